"""Opening the next year of blocs: one act for as many as are ticked; a second act finds what the first one made."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import IntegrityError
from django.db.models import Q

from blocs.domain.opening import a_year_later
from blocs.enums import MilestoneKind, YearState
from blocs.models import (
    BlocYear,
    EmulationYear,
    Extension,
    LeadershipTerm,
    Membership,
    Milestone,
    Monitor,
    Movement,
    Subgroup,
)
from blocs.queries.opening import Opening, openings
from blocs.services import blocs
from emulation.core import clock
from emulation.core.access import Actor, can
from emulation.core.audit import Act, act
from emulation.core.errors import Refused

FOREIGN = "Chỉ mở được các khối của năm {}; tải lại trang rồi chọn lại."
NONE_CHOSEN = "Chọn ít nhất một khối để mở năm sau."
YEAR_CLOSED = "Năm thi đua {} đã khóa nên không mở thêm khối được."
QUICKER = "Người khác vừa mở năm sau cho khối này. Tải lại trang để xem."


@dataclass(frozen=True)
class Opened:
    """What one act did: the next year, the bloc years it made, those it gave leaders, those it found as they are."""

    year: EmulationYear
    made: tuple[BlocYear, ...]
    filled: tuple[BlocYear, ...]
    found: tuple[BlocYear, ...]


def open_next(*, year: EmulationYear, bloc_years: Iterable[BlocYear], actor: Actor, at: dt.datetime) -> Opened:
    """Open the year after for these blocs, each with its members, groups, leadership, calendar and who follows it.

    Nothing is opened twice: what is there is found, and given the leadership it was opened without while it is being
    prepared. Raises PermissionError, Refused when nothing is chosen, a bloc is of another year, the next year is
    closed, or somebody was quicker.
    """
    if not can(actor, "blocs.open_year"):
        raise PermissionError("blocs.open_year")
    chosen = {row.pk for row in bloc_years}
    if not chosen:
        raise Refused(NONE_CHOSEN)
    try:
        with act(actor=actor, at=at) as current:
            return _open(current, year, chosen)
    except IntegrityError:
        raise Refused(QUICKER) from None


def _open(current: Act, year: EmulationYear, chosen: set[int]) -> Opened:
    # Whoever opens the same bloc waits here, and then finds what the first one made.
    held = BlocYear.objects.filter(pk__in=chosen, year=year).order_by("pk").select_for_update(of=("self",))
    rows = list(held.select_related("year", "bloc"))
    if len(rows) < len(chosen):
        raise Refused(FOREIGN.format(year.label))
    following = blocs.open_year(act=current, label=year.next_label, kind=year.kind)
    if following.state == YearState.CLOSED:
        raise Refused(YEAR_CLOSED.format(following.label))
    lines = openings(rows)
    new = [line for line in lines if line.is_new]
    made = _bloc_years(following, new)
    if made:
        _parents(made, following)
        _memberships(made, new, _groups(made, new))
        _monitors(made, new, current)
        _milestones(made, new)
        _movements(made, new)
    fill = {line.row.pk: line.opened for line in lines if line.is_fill and line.opened}
    elected = _terms(made | fill, [line for line in lines if line.can_open])
    for line in lines:
        if line.row.pk in made:
            data = {"copied_from": line.row.pk, "members": len(line.members), "terms": elected.get(line.row.pk, 0)}
            current.record("year_opened", made[line.row.pk], data=data)
        elif line.row.pk in fill:
            data = {"copied_from": line.row.pk, "terms": elected[line.row.pk]}
            current.record("leadership_filled", fill[line.row.pk], data=data)
    found = tuple(line.opened for line in lines if line.opened and not line.is_fill)
    return Opened(following, tuple(made.values()), tuple(fill.values()), found)


def _bloc_years(following: EmulationYear, new: Sequence[Opening]) -> dict[int, BlocYear]:
    """Make the bloc years; return them by the id of the year they are copied from."""
    made = []
    for line in new:
        old = line.row
        row = BlocYear(
            bloc=old.bloc,
            year=following,
            name=old.name,
            number=old.number,
            kind=old.kind,
            partition_id=old.partition_id,
            copied_from=old,
        )
        row.set_keys()
        made.append(row)
    BlocYear.objects.bulk_create(made)
    return {line.row.pk: row for line, row in zip(new, made, strict=True)}


def _parents(made: dict[int, BlocYear], following: EmulationYear) -> None:
    """Hang each bloc under its cụm's own next year, also those that were opened before their cụm."""
    orphans = BlocYear.objects.filter(year=following, parent=None, copied_from__parent__isnull=False)
    touched = list(
        orphans.filter(Q(pk__in=[row.pk for row in made.values()]) | Q(copied_from__parent__in=made)).select_related(
            "copied_from__parent"
        )
    )
    blocs_above = {row.copied_from.parent.bloc_id for row in touched if row.copied_from and row.copied_from.parent}
    above = {row.bloc_id: row for row in BlocYear.objects.filter(year=following, bloc__in=blocs_above)}
    hung = []
    for row in touched:
        parent = above.get(row.copied_from.parent.bloc_id) if row.copied_from and row.copied_from.parent else None
        if parent:
            row.parent = parent
            hung.append(row)
    BlocYear.objects.bulk_update(hung, ["parent"])


def _groups(made: dict[int, BlocYear], new: Sequence[Opening]) -> dict[int, Subgroup]:
    """Make the groups; return them by the id of the group they are copied from."""
    pairs = [
        (old.pk, Subgroup(bloc_year=made[line.row.pk], position=old.position, name=old.name))
        for line in new
        for old in line.groups
    ]
    Subgroup.objects.bulk_create([row for _, row in pairs])
    return dict(pairs)


def _memberships(made: dict[int, BlocYear], new: Sequence[Opening], groups: dict[int, Subgroup]) -> None:
    Membership.objects.bulk_create(
        Membership(
            bloc_year=made[line.row.pk],
            agency_id=member.row.agency_id,
            name=member.name,
            subgroup=groups[member.row.subgroup_id] if member.row.subgroup_id else None,
            position=member.row.position,
            is_voting=member.row.is_voting,
            is_scored=member.row.is_scored,
            is_ranked=member.row.is_ranked,
            counts_for_quota=member.row.counts_for_quota,
            also_in=member.row.also_in,
        )
        for line in new
        for member in line.members
    )


def _terms(opened: dict[int, BlocYear], lines: Sequence[Opening]) -> dict[int, int]:
    """Turn who was named into terms, elected at the year's meeting; return how many by the old year's id."""
    reviews = dict(
        Milestone.objects.filter(bloc_year__in=opened, kind=MilestoneKind.YEAR_REVIEW).values_list(
            "bloc_year", "done_on"
        )
    )
    rows = [
        LeadershipTerm(
            bloc_year=opened[line.row.pk],
            agency_id=leader.row.agency_id,
            name=leader.name,
            role=leader.row.role,
            elected_on=reviews.get(line.row.pk),
        )
        for line in lines
        for leader in line.leaders
    ]
    LeadershipTerm.objects.bulk_create(rows)
    return {line.row.pk: len(line.leaders) for line in lines}


def _monitors(made: dict[int, BlocYear], new: Sequence[Opening], current: Act) -> None:
    """Carry on whoever still follows the bloc and still sits in the seat."""
    day = clock.local(current.at).date()
    seated = Q(seat__isnull=True) | Q(seat__ends_on__isnull=True) | Q(seat__ends_on__gte=day)
    Monitor.objects.bulk_create(
        Monitor(
            bloc_year=made[row.bloc_year_id],
            role=row.role,
            seat_id=row.seat_id,
            stated=row.stated,
            starts_on=row.starts_on if row.starts_on and row.starts_on > day else None,
        )
        for row in Monitor.objects.filter(seated, bloc_year__in=_ids(new), ends_on__isnull=True).order_by("pk")
    )


def _milestones(made: dict[int, BlocYear], new: Sequence[Opening]) -> None:
    """Set the same calendar a year later, nothing done. A day that was put off this year is not put off the next."""
    first: dict[int, dt.date | None] = {}
    for extension in Extension.objects.filter(milestone__bloc_year__in=_ids(new)).order_by("-pk"):
        first[extension.milestone_id] = extension.old_due_on
    rows = Milestone.objects.filter(bloc_year__in=_ids(new), due_on__isnull=False).order_by("pk")
    days = [(row, first.get(row.pk) or row.due_on) for row in rows]
    Milestone.objects.bulk_create(
        Milestone(bloc_year=made[row.bloc_year_id], kind=row.kind, due_on=a_year_later(day)) for row, day in days if day
    )


def _movements(made: dict[int, BlocYear], new: Sequence[Opening]) -> None:
    """Make this year's of what the source names among the next year's tasks."""
    numbers: dict[int, int] = {}
    rows = []
    for row in Movement.objects.filter(bloc_year__in=_ids(new), is_next_year=True).order_by("bloc_year", "number"):
        number = numbers[row.bloc_year_id] = numbers.get(row.bloc_year_id, 0) + 1
        rows.append(
            Movement(bloc_year=made[row.bloc_year_id], number=number, title=row.title, launched_by=row.launched_by)
        )
    Movement.objects.bulk_create(rows)


def _ids(lines: Sequence[Opening]) -> list[int]:
    return [line.row.pk for line in lines]
