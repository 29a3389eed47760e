"""What the first page shows of blocs: each with whom to call and how it stands in every stage; three statements."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import F, OuterRef, QuerySet, Subquery
from django.urls import reverse

from blocs.enums import BlocYearState, LeadershipRole, SeatCapacity
from blocs.models import BlocYear, EmulationYear, LeadershipTerm, Milestone, Seat
from blocs.queries.calendar import late_of
from blocs.queries.lists import STATE_LOOKS
from blocs.queries.stages import progress_of, with_stages
from emulation.core.access import Actor, can
from emulation.core.registry import Progress, stage_progress
from emulation.core.vietnamese import count2
from emulation.desk.domain.stages import STAGES, Cell, Day, Stage, YearStep, cell, year_steps


@dataclass(frozen=True)
class Contact:
    """Whom to call about a bloc: its leader, the officer there where the actor may know people, a telephone."""

    leader: str
    officer: str
    phone: str


@dataclass(frozen=True)
class HomeLine:
    """A bloc year at a glance: each stage as a cell, and its year as a line of steps."""

    row: BlocYear
    contact: Contact
    member_count: int
    cells: tuple[Cell, ...]
    steps: tuple[YearStep, ...]

    @property
    def members(self) -> str:
        """Return how many members it has: those listed, else as many as the source states, else "–"."""
        return count2(self.member_count or self.row.stated_member_count)

    @property
    def look(self) -> str:
        """Return the look of its state."""
        return STATE_LOOKS[BlocYearState(self.row.state)]

    @property
    def icon(self) -> str:
        """Return the icon of its state where the look's own is not the one."""
        return "lock" if self.row.is_closed else ""


def mine(actor: Actor) -> frozenset[int]:
    """Return the bloc years this seat belongs to, leads or follows."""
    scope = actor.scope
    return scope.member_of | scope.leads | scope.deputises | scope.monitors


def of_year(actor: Actor, year: EmulationYear | None) -> QuerySet[BlocYear]:
    """Return the bloc years of the board's grid; for others those of their own."""
    rows = _at_a_glance(actor).filter(year=year)
    return rows if actor.scope.is_board else rows.filter(pk__in=mine(actor))


def of_all_years(actor: Actor) -> QuerySet[BlocYear]:
    """Return the seat's own bloc years."""
    return _at_a_glance(actor).filter(pk__in=mine(actor))


def _at_a_glance(actor: Actor) -> QuerySet[BlocYear]:
    leader = LeadershipTerm.objects.filter(bloc_year=OuterRef("pk"), role=LeadershipRole.LEADER).order_by(
        F("ends_on").desc(nulls_first=True), "pk"
    )
    officer = Seat.objects.filter(agency=OuterRef("leader_id"), capacity=SeatCapacity.OFFICER, ends_on=None).order_by(
        "starts_on", "pk"
    )
    rows = BlocYear.objects.visible_to(actor).select_related("year", "bloc").in_order()
    return with_stages(rows, actor).annotate(
        leader_id=Subquery(leader.values("agency")[:1]),
        leader_name=Subquery(leader.values("name__full")[:1]),
        leader_phone=Subquery(leader.values("agency__phone")[:1]),
        officer_name=Subquery(officer.values("user__full_name")[:1]),
        officer_phone=Subquery(officer.values("user__phone")[:1]),
    )


def home_lines(rows: Iterable[BlocYear], *, actor: Actor, today: dt.date) -> list[HomeLine]:
    """Turn rows of `of_year` or `of_all_years` into lines; one query for each stage that another app registered."""
    known = list(rows)
    elsewhere = stage_progress([row.pk for row in known], actor)
    knows_people = actor.scope.is_board and can(actor, "blocs.list_people")
    return [_line(row, elsewhere, today, knows_people=knows_people) for row in known]


def _line(row: Any, elsewhere: dict[tuple[int, str], Progress], today: dt.date, *, knows_people: bool) -> HomeLine:
    own = progress_of(row)
    days = {step.kind: _day(step, today) for step in row.deadlines}
    cells = tuple(
        _cell(
            row,
            stage,
            days.get(stage.kind),
            elsewhere.get((row.pk, stage.kind)) or own.get(stage.kind, Progress()),
        )
        for stage in STAGES
    )
    return HomeLine(
        row=row,
        contact=_contact(row, knows_people=knows_people),
        member_count=row.member_count,
        cells=cells,
        steps=year_steps(cells, frozenset(days), today),
    )


def _day(step: Milestone, today: dt.date) -> Day:
    return Day(late_of(step, today), step.due_on, step.done_on)


def _cell(row: BlocYear, stage: Stage, day: Day | None, progress: Progress) -> Cell:
    is_over = row.is_closed or (row.state == BlocYearState.CONCLUDED and (day is None or day.due_on is None))
    url = f"{reverse('bloc_detail', args=[row.pk])}#h-milestones"
    return cell(stage, day, progress, url=url, is_over=is_over)


def _contact(row: Any, *, knows_people: bool) -> Contact:
    officer, phone = (row.officer_name, row.officer_phone) if knows_people else ("", "")
    return Contact(row.leader_name or "", officer or "", phone or row.leader_phone or "")
