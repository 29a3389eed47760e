"""The calendar of a bloc's year: all steps, their days, what is done, what is put off."""

from typing import Any

from django.contrib import messages
from django.http import Http404
from django.urls import reverse

from blocs.enums import MilestoneKind
from blocs.forms.calendar import CalendarForm, ExtendForm, FinishForm
from blocs.models import BlocYear, Milestone
from blocs.queries.calendar import whole_calendar
from blocs.services import calendar
from blocs.views.bloc_years import OfBlocYear, behalf_of, refuse_closed
from emulation.core import clock
from emulation.core.access import can
from emulation.core.views import FormPage


class BlocCalendar(OfBlocYear):
    """Every step of the work, how it stands, what may be done about it."""

    permission = "blocs.finish_milestone"
    template_name = "blocs/milestone_list.html"

    def context(self, row: BlocYear) -> dict[str, Any]:
        """Return the steps."""
        return {
            "title": f"Lịch công tác năm {row.year.label}",
            "lines": whole_calendar(row, actor=self.actor, today=clock.today()),
            "may_set": not row.is_closed and can(self.actor, "blocs.set_milestone", row),
        }


class CalendarEdit(OfBlocYear, FormPage):
    """Due dates and notes of all steps in one form; its revision is that of the whole calendar."""

    permission = "blocs.set_milestone"
    template_name = "blocs/milestone_edit.html"

    def load(self) -> BlocYear:
        """Return the bloc year with its steps; raises Refused when it is closed."""
        row: BlocYear = super().load()
        refuse_closed(row)
        self.known = {step.kind: step for step in row.milestones.all()}
        row.revision = calendar.revision_of(self.known)
        return row

    def form(self, row: BlocYear, data: Any = None, files: Any = None) -> CalendarForm:
        """Return the form with what is stored."""
        return CalendarForm(data, files, known=self.known)

    def context(self, row: BlocYear) -> dict[str, Any]:
        """Return the title."""
        return {"title": f"Sửa lịch công tác năm {row.year.label}"}

    def stored(self, row: BlocYear, name: str) -> Any:
        """Return one box of a step."""
        box, kind = next((box, name.removeprefix(f"{box}_")) for box in ("due_on", "note") if name.startswith(box))
        return getattr(self.known.get(kind), box, None)

    def save(self, row: BlocYear, form: CalendarForm, revision: int) -> str:
        """Write it and go back to the calendar."""
        changed = calendar.set_days(bloc_year=row, days=form.days, revision=revision, actor=self.actor, at=clock.now())
        messages.success(self.request, "Đã lưu lịch công tác." if changed else "Lịch công tác không có gì thay đổi.")
        return reverse("bloc_calendar", args=[row.pk])


class OneMilestone(OfBlocYear, FormPage):
    """A page about one step, `kind` of the URL; the calendar need not have a row of it yet."""

    def load(self) -> Any:
        """Return the step; raises Http404 for what the actor may not, Refused when the year is closed."""
        bloc_year: BlocYear = super().load()
        kind = self.kwargs["kind"]
        if kind not in MilestoneKind.values:
            raise Http404
        refuse_closed(bloc_year)
        found = bloc_year.milestones.filter(kind=kind).first() or Milestone(kind=kind)
        found.bloc_year = bloc_year
        return found

    def context(self, row: Milestone) -> dict[str, Any]:
        """Return the step and the way back."""
        return {"bloc_year": row.bloc_year, "back": reverse("bloc_calendar", args=[row.bloc_year.pk])}


class MilestoneFinish(OneMilestone):
    """Done on a day, done on a day nobody knows, left out, or not done after all."""

    permission = "blocs.finish_milestone"
    template_name = "blocs/milestone_finish.html"

    def form(self, row: Milestone, data: Any = None, files: Any = None) -> FinishForm:
        """Return the form; the board may act for the leader."""
        behalf = behalf_of(self.actor, row.bloc_year)
        return FinishForm(data, files, milestone=row, behalf=behalf)

    def context(self, row: Milestone) -> dict[str, Any]:
        """Return the title."""
        return {**super().context(row), "title": f"Ghi nhận: {row.get_kind_display()}"}

    def save(self, row: Milestone, form: FinishForm, revision: int) -> str:
        """Write it and go back to the calendar."""
        calendar.finish(
            bloc_year=row.bloc_year,
            kind=row.kind,
            outcome=form.said,
            revision=revision,
            behalf_of=form.behalf_said,
            on_paper=form.on_paper(),
            actor=self.actor,
            at=clock.now(),
        )
        messages.success(self.request, f"Đã ghi nhận “{row.get_kind_display()}”.")
        return reverse("bloc_calendar", args=[row.bloc_year.pk])


class MilestoneExtend(OneMilestone):
    """A later day, with its reason and perhaps the paper that allowed it."""

    permission = "blocs.extend_milestone"
    template_name = "blocs/milestone_extend.html"

    def load(self) -> Milestone:
        """Return the step; raises Refused when it has no open due date."""
        row: Milestone = super().load()
        calendar.refuse_extension(row)
        return row

    def form(self, row: Milestone, data: Any = None, files: Any = None) -> ExtendForm:
        """Return the form."""
        return ExtendForm(data, files, milestone=row)

    def context(self, row: Milestone) -> dict[str, Any]:
        """Return the title."""
        return {**super().context(row), "title": f"Gia hạn: {row.get_kind_display()}"}

    def save(self, row: Milestone, form: ExtendForm, revision: int) -> str:
        """Write it and go back to the calendar."""
        calendar.extend(
            bloc_year=row.bloc_year,
            kind=row.kind,
            due_on=form.cleaned_data["due_on"],
            reason=form.cleaned_data["reason"],
            revision=revision,
            on_paper=form.on_paper(),
            actor=self.actor,
            at=clock.now(),
        )
        messages.success(self.request, f"Đã gia hạn “{row.get_kind_display()}”.")
        return reverse("bloc_calendar", args=[row.bloc_year.pk])
