"""Awards given: the look-up, the page of one, taking one back, old awards typed, an agency's own."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from awards.domain.decision import title_of
from awards.enums import Route
from awards.forms.grants import GrantFilter, OldAwardForm, OwnForm, RevokeForm
from awards.models import Grant, Nomination
from awards.queries import grants as queries
from awards.services import decisions, grants
from awards.views.decisions import CreatePage
from blocs.models import Agency
from emulation.core import clock, exports
from emulation.core.access import can
from emulation.core.errors import Refused
from emulation.core.lists import ExportPage
from emulation.core.vietnamese import number
from emulation.core.views import DetailPage, FormPage

MOST_ROWS = 5000


class GrantList(ExportPage):
    """Tra cứu khen thưởng; with `agency`, also what came down to it from agencies merged or renamed, marked."""

    permission = "awards.list_grant"
    template_name = "awards/grant_list.html"
    filterset_class = GrantFilter
    export_title = "Danh sách khen thưởng đã tặng"
    columns = (
        exports.Column("Tập thể, cá nhân", 40),
        exports.Column("Chức vụ, đơn vị", 46),
        exports.Column("Danh hiệu, hình thức", 44),
        exports.Column("Loại", 22),
        exports.Column("Cấp tặng", 22),
        exports.Column("Năm thi đua", 12),
        exports.Column("Số quyết định", 18),
        exports.Column("Ngày quyết định", 14),
        exports.Column("Cơ quan ban hành", 34),
        exports.Column("Tình trạng", 16),
        exports.Column("Kế thừa từ", 34),
    )

    def whose(self) -> queries.Whose | None:
        """Return the agency of the address with its ancestors; None without one."""
        asked = self.request.GET.get("agency", "")
        agency = Agency.objects.visible_to(self.actor).filter(pk=int(asked)).first() if asked.isdecimal() else None
        return queries.whose(agency) if agency else None

    def rows(self) -> QuerySet[Grant]:
        """Return the awards given by their numbers, of one agency where the address names one."""
        self.of = self.whose()
        rows = Grant.objects.visible_to(self.actor).only("pk").in_order()
        return self.of.keep(rows) if self.of else rows

    def context(self) -> dict[str, Any]:
        """Return the title, whose awards these are, and the way to type an old one."""
        old = {"url": reverse("grant_new"), "icon": "journal-check", "label": "Nhập khen thưởng cũ"}
        return {
            "title": "Tra cứu khen thưởng",
            "of": self.of,
            "menu": [old] if can(self.actor, "awards.record_elsewhere") else [],
        }

    def show(self, context: dict[str, Any], *, status: int = 200, partial: str = "") -> HttpResponse:
        """Lay the rows of the page as lines."""
        context["lines"] = queries.lines(queries.in_full(context["page"].object_list), self.of)
        return super().show(context, status=status, partial=partial)

    def lines(self, rows: Iterable[Grant]) -> list[queries.GrantLine]:
        """Lay the rows of the file as lines."""
        return queries.lines(queries.in_full(rows), self.of)

    def line(self, row: queries.GrantLine) -> tuple[exports.Cell, ...]:
        """Return one line of the Excel file; what is not known stays empty."""
        grant = row.row
        return (
            grant.subject_name,
            grant.subject_title or None,
            str(grant.award),
            grant.award.get_nature_display(),
            grant.award.get_level_display(),
            row.year,
            grant.decision.number,
            grant.granted_on,
            grant.decision.issuer,
            row.state,
            row.origin or None,
        )


class GrantExport(GrantList):
    """The look-up as an Excel file."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Answer with the file; raises Refused for more rows than one file holds well."""
        self.require()
        count = self.filterset_class(request.GET, queryset=self.rows(), request=request).qs.count()
        if count > MOST_ROWS:
            raise Refused(
                f"Bộ lọc còn {number(count)} khen thưởng, mỗi tệp tối đa {number(MOST_ROWS)} dòng; "
                f"chọn thêm năm, danh hiệu hoặc đơn vị rồi kết xuất lại."
            )
        return self.export(request, **kwargs)


class OneGrant(DetailPage):
    """A page about one award given, `pk` of the URL."""

    permission = "awards.view_grant"

    def load(self) -> Grant:
        """Return the award; raises Http404 for what the actor may not know of."""
        row = queries.grant_for(self.actor, self.kwargs["pk"])
        if row is None:
            raise Http404
        self.require(row)
        return row


class GrantDetail(OneGrant):
    """One award: whose, by which decision, whether it was taken back, what else the same was given."""

    template_name = "awards/grant_detail.html"

    def context(self, row: Grant) -> dict[str, Any]:
        """Return the award as a line, the others, and what the actor may do."""
        may_revoke = not row.is_revoked and can(self.actor, "awards.revoke_grant", row)
        revoke = {"url": reverse("grant_revoke", args=[row.pk]), "icon": "x-lg", "label": "Thu hồi khen thưởng"}
        return {
            "title": row.subject_name,
            "line": queries.GrantLine(row),
            "others": queries.others_of(self.actor, row),
            "menu": [revoke] if may_revoke else [],
        }


class GrantRevoke(OneGrant, FormPage):
    """Taking an award back, by a decision of its own."""

    permission = "awards.revoke_grant"
    template_name = "awards/grant_revoke.html"

    def load(self) -> Grant:
        """Return the award; raises Refused when it was taken back already."""
        row = super().load()
        if row.is_revoked:
            raise Refused(grants.REVOKED)
        return row

    def form(self, row: Grant, data: Any = None, files: Any = None) -> RevokeForm:
        """Return the form; the same issuer is proposed."""
        return RevokeForm(data, files, needs_paper=True, issuer=row.decision.issuer)

    def context(self, row: Grant) -> dict[str, Any]:
        """Return the title."""
        return {"title": "Thu hồi khen thưởng", "line": queries.GrantLine(row)}

    def save(self, row: Grant, form: RevokeForm, _revision: int) -> str:
        """Take it back and show it."""
        grants.revoke(
            grant=row,
            paper=form.on_paper(),
            revoked_on=form.cleaned_data["revoked_on"],
            reason=form.cleaned_data["reason"],
            actor=self.actor,
            at=clock.now(),
        )
        messages.success(self.request, "Đã ghi thu hồi; khen thưởng còn trong tra cứu với dấu “Đã thu hồi”.")
        return reverse("grant_detail", args=[row.pk])


class GrantNew(CreatePage):
    """An old award, or one others decided, typed by hand. Looking for the agency posts the form too."""

    permission = "awards.record_elsewhere"
    template_name = "awards/grant_new.html"
    title = "Nhập khen thưởng do nơi khác quyết định"

    def form(self, data: Any = None, files: Any = None) -> OldAwardForm:
        """Return the form, with the agency whose page one came from."""
        if data is None:
            return OldAwardForm(initial={"agency": self.request.GET.get("agency", "")})
        return OldAwardForm(data, files)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Look for the agency, or record the award."""
        if "find" in request.POST:
            self.require()
            return self.answer(OldAwardForm.typed(request.POST))
        return super().post(request, **kwargs)

    def save(self, form: OldAwardForm) -> str:
        """Record it and show the decision, where the next line may be typed."""
        row = decisions.record_elsewhere(
            said=form.decision,
            lines=[form.given],
            creation_key=form.cleaned_data["creation_key"],
            actor=self.actor,
            at=clock.now(),
        )
        messages.success(self.request, "Đã ghi khen thưởng; cùng số quyết định thì nhập tiếp dòng sau.")
        return reverse("decision_detail", args=[row.pk])


class GrantOwn(FormPage):
    """The decision by which an agency gave what it only records here, `pk` of its nomination."""

    permission = "awards.edit_nomination"
    template_name = "awards/decision_form.html"

    def load(self) -> Nomination:
        """Return the nomination; raises Http404 unless it is one to be recorded, Refused when it has its decision."""
        rows = Nomination.objects.visible_to(self.actor).select_related("owner", "award", "year")
        row = rows.filter(pk=self.kwargs["pk"], route=Route.RECORDED).first()
        if row is None:
            raise Http404
        self.require(row)
        step = row.workflow.step("record")
        if row.state not in step.sources:
            raise Refused(step.refusal)
        return row

    def form(self, row: Nomination, data: Any = None, files: Any = None) -> OwnForm:
        """Return the form."""
        return OwnForm(data, files)

    def context(self, row: Nomination) -> dict[str, Any]:
        """Return what will happen."""
        return {
            "title": "Ghi nhận quyết định của đơn vị",
            "texts": (f"{row}. {row.owner.name} tự quyết định; hệ thống chỉ ghi nhận để tra cứu.",),
            "warnings": (),
            "label": "Ghi nhận",
            "back": reverse("nomination_detail", args=[row.pk]),
        }

    def save(self, row: Nomination, form: OwnForm, _revision: int) -> str:
        """Record it and show what was given."""
        made = decisions.record_own(
            nomination=row,
            said=form.decision(title=title_of(str(row.award), row.year.label), issuer=row.owner.name),
            creation_key=form.cleaned_data["creation_key"],
            actor=self.actor,
            at=clock.now(),
        )
        messages.success(self.request, "Đã ghi nhận quyết định của đơn vị.")
        return reverse("decision_detail", args=[made.pk])
