"""The calendar of a bloc's year as pages show it: each step, how it stands today, how often it was put off."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.db.models import F

from blocs.domain.calendar import Lateness, extension_words, lateness
from blocs.enums import MilestoneKind
from blocs.models import BlocYear, Milestone
from emulation.core.access import Actor, can

_KINDS = tuple(MilestoneKind)


@dataclass(frozen=True)
class MilestoneLine:
    """A step: how it stands today, from when to when it was put off, and what the actor may do about it."""

    row: Milestone
    late: Lateness
    extensions: tuple[str, ...]
    may_finish: bool
    may_extend: bool


def late_of(row: Milestone, today: dt.date) -> Lateness:
    """Say how a step stands on a day."""
    return lateness(row.due_on, row.done_on, today, is_done_undated=row.is_done_undated, none_reason=row.none_reason)


def milestone_lines(bloc_year: BlocYear, *, actor: Actor, today: dt.date) -> tuple[MilestoneLine, ...]:
    """Return the steps the calendar of a bloc year has, in the order of the work; one query with the extensions."""
    rows = bloc_year.milestones.annotate(
        extended_from=F("extensions__old_due_on"), extended_to=F("extensions__due_on"), why=F("extensions__reason")
    ).order_by("pk", "extensions__pk")
    found = [list(same) for _, same in groupby(rows, key=lambda row: row.pk)]
    return _lines(bloc_year, found, actor, today)


def whole_calendar(bloc_year: BlocYear, *, actor: Actor, today: dt.date) -> tuple[MilestoneLine, ...]:
    """Return every step of the work, also those the calendar has no row of yet; one query."""
    known = {line.row.kind: line for line in milestone_lines(bloc_year, actor=actor, today=today)}
    return tuple(
        known.get(kind) or _lines(bloc_year, [[Milestone(bloc_year=bloc_year, kind=kind)]], actor, today)[0]
        for kind in _KINDS
    )


def _lines(
    bloc_year: BlocYear, found: Iterable[Sequence[Any]], actor: Actor, today: dt.date
) -> tuple[MilestoneLine, ...]:
    is_open = not bloc_year.is_closed
    may_finish = is_open and can(actor, "blocs.finish_milestone", bloc_year)
    may_extend = is_open and can(actor, "blocs.extend_milestone", bloc_year)
    lines = []
    for same in found:
        late = late_of(same[0], today)
        put_off = tuple(
            extension_words(row.extended_from, row.extended_to, row.why)
            for row in same
            if getattr(row, "extended_to", None)
        )
        can_wait = may_extend and late.is_open and same[0].due_on is not None
        lines.append(MilestoneLine(same[0], late, put_off, may_finish, can_wait))
    return tuple(sorted(lines, key=lambda line: _KINDS.index(MilestoneKind(line.row.kind))))
