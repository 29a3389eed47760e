"""Blocs: the list, the page of a bloc's year, its few typed words, its steps, its history."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from blocs.domain.year import YEAR
from blocs.models import BlocYear
from blocs.queries.closing import unfinished
from blocs.queries.lists import BlocLine, bloc_lines, bloc_list
from blocs.services import years
from blocs.views.bloc_years import OfBlocYear, behalf_of, refuse_closed
from emulation.core import clock, exports
from emulation.core.access import can
from emulation.core.forms import StepForm
from emulation.core.lists import ExportPage
from emulation.core.transitions import offered
from emulation.core.views import FormPage, Page, StepPage
from emulation.core.workflow import Workflow
from emulation.desk.filters import BlocFilter
from emulation.desk.forms import BlocYearForm
from emulation.desk.queries.bloc_page import bloc_page
from emulation.desk.queries.history import bloc_history


class BlocList(ExportPage):
    """The blocs of a year, or of all years."""

    permission = "blocs.list_blocyear"
    template_name = "desk/bloc_list.html"
    filterset_class = BlocFilter
    export_title = "Danh sách khối thi đua"
    columns = (
        exports.Column("Năm", 12),
        exports.Column("Khối", 45),
        exports.Column("Địa phương", 22),
        exports.Column("Trưởng khối", 40),
        exports.Column("Số đơn vị", 11),
        exports.Column("Số đơn vị theo nguồn", 14),
        exports.Column("Trạng thái", 22),
    )

    def rows(self) -> QuerySet[BlocYear]:
        """Return the bloc years the actor may know of."""
        return bloc_list(self.actor)

    def context(self) -> dict[str, Any]:
        """Return the title, and for the board the ways to new blocs, to the division and to the next year."""
        menu = [
            {"url": reverse("bloc_new"), "icon": "file-earmark-plus", "label": "Lập khối mới"},
            {"url": reverse("year_division"), "icon": "diagram-3", "label": "Chia khối: đơn vị nào thuộc khối nào"},
            {"url": reverse("year_open"), "icon": "play-circle", "label": "Mở năm thi đua tiếp theo"},
        ]
        return {"title": "Khối thi đua", "menu": menu if can(self.actor, "blocs.open_year") else []}

    def show(self, context: dict[str, Any], *, status: int = 200, partial: str = "") -> HttpResponse:
        """Lay the leader and the count beside each row of the page."""
        return super().show(
            {**context, "lines": bloc_lines(context["page"].object_list)}, status=status, partial=partial
        )

    def lines(self, rows: QuerySet[BlocYear]) -> list[BlocLine]:
        """Return the lines of the Excel file."""
        return bloc_lines(rows)

    def line(self, row: BlocLine) -> tuple[exports.Cell, ...]:
        """Return one line of the Excel file; what is not known stays empty."""
        year = row.bloc_year
        return (
            year.year.label,
            year.name,
            year.bloc.locality,
            row.leader.name.full if row.leader else None,
            row.member_count or None,
            year.stated_member_count,
            year.get_state_display(),
        )


class BlocExport(BlocList):
    """The list as an Excel file."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Answer with the file."""
        return self.export(request, **kwargs)


class BlocDetail(Page):
    """The page of a bloc's year; it prints as the bloc's profile."""

    permission = "blocs.view_blocyear"
    template_name = "desk/bloc_detail.html"

    def get(self, _request: HttpRequest, pk: int) -> HttpResponse:
        """Show the page."""
        shown = bloc_page(actor=self.actor, pk=pk, today=clock.today())
        if shown is None:
            raise Http404
        self.require(shown.row)
        row = shown.row
        return self.show(
            {
                "title": row.name,
                "bloc": shown,
                "row": row,
                "steps": offered(row, YEAR, actor=self.actor),
                "may_edit": not row.is_closed and can(self.actor, "blocs.edit_blocyear", row),
                "may_view_history": can(self.actor, "blocs.view_history", row),
                "today": clock.today(),
            }
        )


class BlocHistory(OfBlocYear):
    """Who did what to a bloc's year."""

    permission = "blocs.view_history"
    template_name = "desk/bloc_history.html"

    def context(self, row: BlocYear) -> dict[str, Any]:
        """Return the timeline."""
        return {"title": "Lịch sử thay đổi", "events": bloc_history(row, actor=self.actor)}


class BlocEdit(OfBlocYear, FormPage):
    """Theme, stated number of members, note."""

    permission = "blocs.edit_blocyear"
    template_name = "desk/bloc_edit.html"

    def load(self) -> BlocYear:
        """Return the row; raises Refused when its year is closed."""
        row: BlocYear = super().load()
        refuse_closed(row)
        return row

    def form(self, row: BlocYear, data: Any = None, files: Any = None) -> BlocYearForm:
        """Return the form with what is stored."""
        initial = {"theme": row.theme, "stated_member_count": row.stated_member_count, "note": row.note}
        return BlocYearForm(data, files, initial=initial)

    def context(self, row: BlocYear) -> dict[str, Any]:
        """Return the title."""
        return {"title": "Sửa thông tin chung", "bloc_year": row}

    def save(self, row: BlocYear, form: BlocYearForm, revision: int) -> str:
        """Write it and go back to the bloc."""
        years.describe(bloc_year=row, **form.cleaned_data, revision=revision, actor=self.actor, at=clock.now())
        messages.success(self.request, "Đã lưu thông tin chung của khối.")
        return reverse("bloc_detail", args=[row.pk])


WHAT_HAPPENS = {
    "start": ("Năm của khối chuyển sang “Đang thực hiện”. Số liệu đã nhập giữ nguyên, vẫn sửa được.",),
    "score": ("Năm của khối chuyển sang “Chấm điểm, bình xét”. Số liệu đã nhập giữ nguyên, vẫn sửa được.",),
    "conclude": ("Năm của khối chuyển sang “Đã tổng kết”. Số liệu đã nhập giữ nguyên, vẫn sửa được.",),
    "close": (
        "Năm của khối bị khóa: mọi người chỉ còn xem, không sửa, không nhận tệp Excel được nữa.",
        "Chỉ lãnh đạo cơ quan thường trực mở lại được, kèm lý do.",
    ),
    "reopen": ("Năm của khối trở lại “Đã tổng kết” và sửa được. Lý do được ghi vào lịch sử, không xóa được.",),
}


class BlocYearStep(StepPage):
    """A step of the bloc's year; the board may take it for a leader who did it on paper."""

    what_happens = WHAT_HAPPENS
    dangers = frozenset({"close"})

    def find(self) -> BlocYear:
        """Return the bloc year the actor may know of."""
        rows = BlocYear.objects.visible_to(self.actor).select_related("year", "bloc")
        row = rows.filter(pk=self.kwargs["pk"]).first()
        if row is None:
            raise Http404
        return row

    def workflow_of(self, row: BlocYear) -> Workflow:
        """Return the table of bloc years."""
        return YEAR

    def context(self, row: BlocYear) -> dict[str, Any]:
        """Return the question, and before the year ends what of it stands open."""
        is_end = self.step.action in {"conclude", "close"}
        return {**super().context(row), "warnings": unfinished(row, clock.today()) if is_end else ()}

    def behalf(self, row: BlocYear) -> list[str]:
        """Return the leader and the deputies, for the board."""
        return behalf_of(self.actor, row)

    def back(self, row: BlocYear) -> str:
        """Return the page of the bloc."""
        return reverse("bloc_detail", args=[row.pk])

    def take(self, row: BlocYear, form: StepForm) -> None:
        """Take it."""
        years.take(
            bloc_year=row,
            action=self.step.action,
            note=form.note_said,
            behalf_of=form.behalf_said,
            on_paper=form.on_paper(),
            actor=self.actor,
            at=clock.now(),
        )
