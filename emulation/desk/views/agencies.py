"""Agencies: the list and the page of one."""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from awards.queries.grants import Whose, agency_grants
from blocs.models import Agency
from blocs.queries.lists import agency_list, agency_profile
from emulation.core import exports
from emulation.core.access import can
from emulation.core.lists import ExportPage
from emulation.core.vietnamese import date_short
from emulation.core.views import DetailPage
from emulation.desk.filters import AgencyFilter
from emulation.desk.queries.shell import shell_of


class AgencyList(ExportPage):
    """The agencies of the province and those of other places the sources speak of."""

    permission = "blocs.list_agency"
    template_name = "desk/agency_list.html"
    filterset_class = AgencyFilter
    export_title = "Danh sách đơn vị"
    columns = (
        exports.Column("Đơn vị", 50),
        exports.Column("Mã định danh", 16),
        exports.Column("Loại", 28),
        exports.Column("Địa phương", 22),
        exports.Column("Đơn vị cấp trên", 35),
        exports.Column("Khối trong năm đang chọn", 40),
        exports.Column("Điện thoại", 18),
    )

    def rows(self) -> QuerySet[Agency]:
        """Return the agencies the actor may know of."""
        return agency_list(self.actor, shell_of(self.request).current_year)

    def context(self) -> dict[str, Any]:
        """Return the title, and for the board the way to changes of agencies."""
        changes = {"url": reverse("succession_list"), "icon": "arrow-left-right", "label": "Sắp xếp đơn vị"}
        return {"title": "Đơn vị", "menu": [changes] if can(self.actor, "blocs.list_succession") else []}

    def line(self, row: Agency) -> tuple[exports.Cell, ...]:
        """Return one line of the Excel file; what is not known stays empty."""
        blocs = "; ".join(member.bloc_year.name for member in row.of_year)  # type: ignore[attr-defined] # prefetched
        return (
            row.name,
            row.code,
            row.get_kind_display(),
            row.locality,
            row.parent.name if row.parent else None,
            blocs,
            row.phone,
        )


class AgencyExport(AgencyList):
    """The list as an Excel file."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Answer with the file."""
        return self.export(request, **kwargs)


class AgencyDetail(DetailPage):
    """An agency over the years."""

    permission = "blocs.view_agency"
    template_name = "desk/agency_detail.html"

    def load(self) -> Agency:
        """Return the agency, or raise Http404."""
        row = Agency.objects.visible_to(self.actor).select_related("parent").filter(pk=self.kwargs["pk"]).first()
        if row is None:
            raise Http404
        self.require(row)
        return row

    def context(self, row: Agency) -> dict[str, Any]:
        """Return what is known of it; the board may prepare a change of an agency that still works."""
        change = {
            "url": f"{reverse('succession_new')}?agency={row.pk}",
            "icon": "arrow-left-right",
            "label": "Sắp xếp đơn vị này",
        }
        may_change = can(self.actor, "blocs.draft_succession") and row.ended_on is None
        profile = agency_profile(row)
        return {
            "title": row.name,
            "profile": profile,
            "grants": agency_grants(self.actor, Whose(row, profile.ancestors)),
            "menu": [change] if may_change else [],
            "ended": f"đến hết ngày {date_short(row.ended_on)}; hồ sơ các năm vẫn giữ nguyên.",
            "may_list_changes": can(self.actor, "blocs.list_succession"),
        }
