"""What a seat has to do in its blocs: one statement for the board, two for an agency's seats, none for the council."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.db.models import Count, Exists, IntegerField, Min, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.urls import reverse

from blocs.domain.succession import last_day
from blocs.domain.todo import BOARD, Act, acts
from blocs.enums import BlocYearState, MilestoneKind, SuccessionState, YearState
from blocs.models import AgencySuccession, BlocYear, EmulationYear, Milestone, Seat, SeatConfirmation
from blocs.queries.calendar import late_of
from blocs.queries.stages import facts_of, with_own, with_stages
from emulation.accounts.domain.scope import AGENCY, Capacity
from emulation.core.access import Actor
from emulation.core.registry import Todo
from emulation.core.vietnamese import count2

AHEAD_DAYS = 30
_OPENS_BEFORE, _OPENS_UNTIL = 61, 120  # days around the end of a year in which the next one is opened
_ORDER = {kind.value: at for at, kind in enumerate(MilestoneKind)}


def todos_of(actor: Actor, today: dt.date) -> list[Todo]:
    """Return what the seat owes in every year that is not closed."""
    scope = actor.scope
    if scope.is_board:
        years = list(_years(actor, today))
        return [todo for year in years for todo in _of_board(year, today)] + list(_drafts(years))
    if scope.capacity not in AGENCY:
        return []
    mine = scope.member_of | scope.leads | scope.deputises
    rows = BlocYear.objects.filter(pk__in=mine).exclude(state=BlocYearState.CLOSED).select_related("year")
    counted = rows.annotate(unconfirmed=_unconfirmed(actor, today)).order_by("year__label", "sort_key", "pk")
    found = list(with_own(with_stages(counted, actor), actor))
    todos = [todo for row in found for todo in _of_year(row, actor, today)]
    return todos + list(_to_confirm(found, actor, today))


# --- The board --------------------------------------------------------------------------------------------------------


def late_steps(today: dt.date) -> Q:
    """Keep the steps of a calendar that are overdue."""
    return Q(due_on__lt=today, done_on=None, is_done_undated=False, none_reason="")


def _years(actor: Actor, today: dt.date) -> QuerySet[EmulationYear]:
    """Return the open years, each with what of it waits for the board."""
    late = Milestone.objects.filter(late_steps(today), bloc_year__year=OuterRef("pk"))
    late = late.exclude(bloc_year__state=BlocYearState.CLOSED)
    if actor.scope.monitors:
        late = late.filter(bloc_year__in=actor.scope.monitors)
    by_year = late.order_by().values("bloc_year__year")
    drafts = AgencySuccession.objects.filter(state=SuccessionState.DRAFT)
    after = BlocYear.objects.filter(bloc=OuterRef("bloc"), year__label__gt=OuterRef("year__label"))
    unopened = BlocYear.objects.filter(~Exists(after), year=OuterRef("pk"), bloc__locality="")
    return (
        EmulationYear.objects.filter(state=YearState.OPEN)
        .annotate(
            late_count=_number(by_year.annotate(number=Count("bloc_year", distinct=True))),
            late_since=Subquery(by_year.annotate(first=Min("due_on")).values("first")),
            unopened_count=_number(unopened.order_by().values("year").annotate(number=Count("pk"))),
            draft_count=_number(drafts.order_by().values("state").annotate(number=Count("pk"))),
            draft_id=Subquery(drafts.order_by("happened_on", "pk").values("pk")[:1]),
        )
        .order_by("label", "kind")
    )


def _number(rows: QuerySet[Any]) -> Coalesce:
    return Coalesce(Subquery(rows.values("number"), output_field=IntegerField()), 0)


def _of_board(year: Any, today: dt.date) -> Iterator[Todo]:
    if year.late_count:
        yield Todo(
            title=f"Đôn đốc {count2(year.late_count)} khối có việc trễ hạn",
            of=f"Năm {year.label}",
            url=f"{reverse('home')}?year={year.pk}&state=late#h-grid",
            label="Xem các khối",
            due_on=year.late_since,
            year=year.label,
        )
    end = last_day(year.label, year.kind)
    if year.unopened_count and end and -_OPENS_BEFORE <= (today - end).days <= _OPENS_UNTIL:
        yield Todo(
            title=f"Mở năm {year.next_label} cho {count2(year.unopened_count)} khối",
            of=f"Năm {year.next_label}",
            url=f"{reverse('year_open')}?year={year.pk}",
            label="Mở năm",
            due_on=end,
            year=year.next_label,
        )


def _drafts(years: list[Any]) -> Iterator[Todo]:
    """Ask once for the changes of agencies that were begun; every year bears the same count."""
    for year in years[:1]:
        if year.draft_count:
            one = year.draft_count == 1
            yield Todo(
                title=f"Hoàn tất {count2(year.draft_count)} việc sắp xếp đơn vị đang chuẩn bị",
                of="Sắp xếp đơn vị",
                owed_to="các đơn vị",
                url=reverse("succession_detail", args=[year.draft_id]) if one else reverse("succession_list"),
                label="Mở để hoàn tất",
            )


# --- An agency's seats ------------------------------------------------------------------------------------------------


def _of_year(row: Any, actor: Actor, today: dt.date) -> Iterator[Todo]:
    """Lay the acts of a year beside its calendar: what lies open always, what has not begun when its day is near."""
    steps = {step.kind: step for step in row.deadlines}
    near = {step.kind for step in row.deadlines if _is_near(step, today)}
    closed = {step.kind for step in row.deadlines if not late_of(step, today).is_open}
    for act in acts(facts_of(row, actor)):
        if act.is_begun or act.stage in near:
            step = steps.get(act.stage) if act.stage else None
            yield _todo(act, row, step.due_on if step and act.stage not in closed else None)


def _is_near(step: Milestone, today: dt.date) -> bool:
    late = late_of(step, today)
    return late.is_open and late.days is not None and late.days >= -AHEAD_DAYS


def _todo(act: Act, row: BlocYear, due_on: dt.date | None) -> Todo:
    return Todo(
        title=act.title,
        of=f"{row.name}, năm {row.year.label}",
        owed_to=act.owed_to,
        url=reverse(act.page, args=act.args),
        label=act.label,
        due_on=due_on,
        year=row.year.label,
        order=_ORDER.get(act.stage or "", len(_ORDER)),
        is_urgent=bool(act.failure),
        word=act.failure,
    )


def _unconfirmed(actor: Actor, today: dt.date) -> Any:
    """Count the seats of the actor's agency nobody confirmed for the bloc's year; for who manages its accounts."""
    if actor.scope.capacity != Capacity.ACCOUNT_MANAGER:
        return Value(0)
    confirmed = SeatConfirmation.objects.filter(seat=OuterRef("pk"), year=OuterRef(OuterRef("year")))
    seats = Seat.objects.lasting(today).filter(~Exists(confirmed), agency=actor.scope.agency_id)
    return _number(seats.order_by().values("agency").annotate(number=Count("pk")))


def _to_confirm(rows: list[Any], actor: Actor, today: dt.date) -> Iterator[Todo]:
    """Ask for the confirmation of this year's accounts once, in however many blocs the agency is."""
    counts = {row.year.label: row.unconfirmed for row in rows if row.year.label.startswith(str(today.year))}
    for label, count in sorted(counts.items())[:1]:
        if count:
            yield Todo(
                title=f"Xác nhận {count2(count)} tài khoản của đơn vị còn đúng người",
                of=f"Năm {label}",
                owed_to=BOARD,
                url=reverse("people_confirm", args=[actor.scope.agency_id]),
                label="Xác nhận",
                year=label,
            )
