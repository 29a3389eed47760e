"""Handing the leadership over: the record, its table, its steps; the files of a bloc's earlier years."""

from typing import Any

from django.contrib import messages
from django.http import Http404
from django.urls import reverse

from blocs.domain.handover import HANDOVER
from blocs.forms.handovers import HandForm, HandoverForm, HandoverNewForm
from blocs.models import Agency, BlocYear, Handover
from blocs.queries.handover import agencies_of, bloc_files, handover_for, items_of, sides
from blocs.queries.leadership import HandoverLine
from blocs.services import handovers
from blocs.views.bloc_years import OfBlocYear, StepOfYear, refuse_closed
from emulation.core import clock
from emulation.core.access import can
from emulation.core.forms import StepForm
from emulation.core.models import DocumentKind
from emulation.core.registry import document_line
from emulation.core.transitions import offered
from emulation.core.views import DetailPage, FormPage
from emulation.core.workflow import Workflow


class HandoverNew(FormPage, OfBlocYear):
    """Asks from whom to whom, then makes the record with the proposed lines."""

    permission = "blocs.draft_handover"
    template_name = "blocs/handover_new.html"

    def load(self) -> BlocYear:
        """Return the bloc year; raises Refused when it is closed."""
        row: BlocYear = OfBlocYear.load(self)
        refuse_closed(row)
        return row

    def form(self, row: BlocYear, data: Any = None, files: Any = None) -> HandoverNewForm:
        """Return the form, the leader in office and the next one proposed."""
        return HandoverNewForm(data, files, agencies=agencies_of(row), sides=sides(row))

    def context(self, row: BlocYear) -> dict[str, Any]:
        """Return the title."""
        return {"title": "Lập biên bản bàn giao", "bloc_year": row}

    def save(self, row: BlocYear, form: HandoverNewForm, _revision: int) -> str:
        """Make it, or find the one of the same sides, and go to its table."""
        said = form.cleaned_data
        found = Agency.objects.in_bulk([said["giver"], said["receiver"]])
        made = handovers.draft(
            bloc_year=row,
            giver=found[said["giver"]],
            receiver=found[said["receiver"]],
            creation_key=said["creation_key"],
            actor=self.actor,
            at=clock.now(),
        )
        return reverse("handover_edit" if made.is_open else "handover_detail", args=[made.pk])


class OneHandover(DetailPage):
    """A page about one record, `pk` of the URL."""

    permission = "blocs.view_handover"

    def load(self) -> Handover:
        """Return the record; raises Http404 for what the actor may not know of."""
        row = handover_for(self.actor, self.kwargs["pk"])
        if row is None:
            raise Http404
        self.require(row)
        return row


class HandoverDetail(OneHandover):
    """The record; it prints."""

    template_name = "blocs/handover_detail.html"

    def context(self, row: Handover) -> dict[str, Any]:
        """Return the lines and what the actor may do."""
        is_open = not row.bloc_year.is_closed
        return {
            "title": "Bàn giao Trưởng khối",
            "bloc_year": row.bloc_year,
            "line": HandoverLine(row),
            "items": items_of(row),
            "document": document_line(DocumentKind.HANDOVER, row.bloc_year, self.actor),
            "steps": offered(row, HANDOVER, actor=self.actor) if is_open else [],
            "may_edit": is_open and row.is_open and can(self.actor, "blocs.edit_handover", row),
        }


class HandoverEdit(OneHandover, FormPage):
    """Every line of the record in one form."""

    permission = "blocs.edit_handover"
    template_name = "blocs/handover_edit.html"

    def load(self) -> Handover:
        """Return the record; raises Refused when its year is closed or it is no draft."""
        row = super().load()
        refuse_closed(row.bloc_year)
        handovers.refuse_unless_open(row)
        return row

    def form(self, row: Handover, data: Any = None, files: Any = None) -> HandoverForm:
        """Return the form with what is stored and three empty lines."""
        self.items = items_of(row)
        return HandoverForm(data, files, initial={"place": row.place, "note": row.note}, items=self.items)

    def context(self, row: Handover) -> dict[str, Any]:
        """Return the title."""
        return {"title": "Sửa biên bản bàn giao", "bloc_year": row.bloc_year}

    def stored(self, row: Handover, name: str) -> Any:
        """Return a column of the record, or one box of a line."""
        box, _, number = name.rpartition("_")
        if not number.isdecimal():
            return super().stored(row, name)
        lines = {item.number: item for item in items_of(row)}
        return getattr(lines.get(int(number)), box, None)

    def save(self, row: Handover, form: HandoverForm, revision: int) -> str:
        """Write it and go back to the record."""
        handovers.edit(
            handover=row,
            place=form.cleaned_data["place"],
            note=form.cleaned_data["note"],
            items=form.items,
            revision=revision,
            actor=self.actor,
            at=clock.now(),
        )
        messages.success(self.request, "Đã lưu biên bản bàn giao.")
        return reverse("handover_detail", args=[row.pk])


class HandoverStep(StepOfYear):
    """A step of the record."""

    what_happens = {
        "hand": (
            "Biên bản không sửa được nữa.",
            "Nếu lịch công tác chưa ghi xong bước “Bàn giao Trưởng khối”, ngày bàn giao được ghi vào lịch.",
        ),
        "skip": ("Lý do hiện trong lịch sử của khối. Cơ quan thường trực mở lại được.",),
        "redraft": ("Biên bản sửa được trở lại. Ngày đã ghi vào lịch công tác giữ nguyên.",),
    }

    def find(self) -> Handover:
        """Return the record the actor may know of."""
        row = handover_for(self.actor, self.kwargs["pk"])
        if row is None:
            raise Http404
        return row

    def workflow_of(self, row: Handover) -> Workflow:
        """Return the table of records."""
        return HANDOVER

    def back(self, row: Handover) -> str:
        """Return the page of the record."""
        return reverse("handover_detail", args=[row.pk])

    def form(self, row: Handover, data: Any = None, files: Any = None) -> StepForm:
        """Return the form of the step; handing over asks its day and place."""
        options: dict[str, Any] = {"needs_note": self.step.needs_note, "behalf": self.behalf(row)}
        if self.step.action == "hand":
            initial = {"handed_on": row.handed_on, "place": row.place}
            return HandForm(data, files, initial=initial, **options)
        return StepForm(data, files, **options)

    def take(self, row: Handover, form: Any) -> None:
        """Take it."""
        handovers.take(
            handover=row,
            action=self.step.action,
            note=form.note_said,
            behalf_of=form.behalf_said,
            on_paper=form.on_paper(),
            actor=self.actor,
            at=clock.now(),
            **(form.handing if isinstance(form, HandForm) else {}),
        )


class BlocFiles(OfBlocYear):
    """The files of a bloc's earlier years, for who belongs to the bloc or took it over."""

    permission = "blocs.list_blocpaper"
    template_name = "blocs/bloc_files.html"

    def context(self, row: BlocYear) -> dict[str, Any]:
        """Return them by year."""
        return {"title": "Hồ sơ các năm", "bloc_year": row, "years_of_files": bloc_files(row, actor=self.actor)}
