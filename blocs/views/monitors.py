"""Who follows a bloc's year, for the board: one more, from which day to which."""

from typing import Any

from django.contrib import messages
from django.urls import reverse

from blocs.forms.monitors import MonitorForm, NewMonitorForm
from blocs.models import BlocYear, Monitor
from blocs.queries.members import followers
from blocs.services import monitors
from blocs.views.bloc_years import OfBlocYear, refuse_closed
from emulation.core import clock
from emulation.core.views import FormPage


class MonitorNew(OfBlocYear, FormPage):
    """Somebody follows the bloc from now on."""

    permission = "blocs.edit_members"
    template_name = "blocs/monitor_edit.html"

    def load(self) -> BlocYear:
        """Return the bloc year; raises Refused when it is closed."""
        row: BlocYear = super().load()
        refuse_closed(row)
        return row

    def form(self, row: BlocYear, data: Any = None, files: Any = None) -> NewMonitorForm:
        """Return the form with everybody who could follow a bloc."""
        capacities = [capacity for fit in monitors.CAPACITIES.values() for capacity in fit]
        return NewMonitorForm(data, files, seats=followers(capacities))

    def context(self, row: BlocYear) -> dict[str, Any]:
        """Return the title."""
        return {
            "title": "Phân công theo dõi khối",
            "bloc_year": row,
            "label": "Phân công",
            "back": reverse("bloc_members", args=[row.pk]),
        }

    def save(self, row: BlocYear, form: NewMonitorForm, _revision: int) -> str:
        """Write it and go back to the members."""
        made = monitors.assign(
            bloc_year=row,
            role=form.cleaned_data["role"],
            seat=form.seat_said,
            stated=form.cleaned_data["stated"],
            said=form.said,
            creation_key=form.cleaned_data["creation_key"],
            actor=self.actor,
            at=clock.now(),
        )
        messages.success(self.request, f"Đã phân công {made} theo dõi khối.")
        return reverse("bloc_members", args=[row.pk])


class MonitorEdit(FormPage):
    """From which day to which somebody follows the bloc."""

    permission = "blocs.edit_members"
    template_name = "blocs/monitor_edit.html"
    queryset = Monitor.objects.select_related("bloc_year__year", "bloc_year__bloc", "seat__user")

    def load(self) -> Monitor:
        """Return the row; raises Http404 for what the actor may not, Refused when the year is closed."""
        row: Monitor = super().load()
        refuse_closed(row.bloc_year)
        return row

    def form(self, row: Monitor, data: Any = None, files: Any = None) -> MonitorForm:
        """Return the form with what is stored."""
        return MonitorForm(data, files, initial={"starts_on": row.starts_on, "ends_on": row.ends_on})

    def context(self, row: Monitor) -> dict[str, Any]:
        """Return who it is about."""
        return {
            "title": f"Thời gian theo dõi khối: {row}",
            "bloc_year": row.bloc_year,
            "label": "Lưu",
            "back": reverse("bloc_members", args=[row.bloc_year_id]),
        }

    def save(self, row: Monitor, form: MonitorForm, revision: int) -> str:
        """Write it and go back to the members."""
        monitors.change(monitor=row, said=form.said, revision=revision, actor=self.actor, at=clock.now())
        messages.success(self.request, f"Đã lưu thời gian theo dõi khối của {row}.")
        return reverse("bloc_members", args=[row.bloc_year_id])
