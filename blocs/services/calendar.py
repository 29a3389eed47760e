"""The calendar of a bloc's year: the board sets and puts off days; the board or who runs the bloc says what is done."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from blocs.enums import MilestoneKind
from blocs.models import BlocYear, Extension, Milestone
from blocs.services import years
from emulation.core import papers, revisions
from emulation.core.access import Actor, can
from emulation.core.audit import Act, act
from emulation.core.errors import Refused, Stale
from emulation.core.papers import OnPaper
from emulation.core.vietnamese import date_short, nfc

QUICKER = "Người khác vừa lưu lịch này. Đối chiếu nội dung mới với nội dung bạn nhập rồi lưu lại."
FINISHED = "Bước này đã ghi nhận xong hoặc không có nên không gia hạn được."


@dataclass(frozen=True)
class Outcome:
    """How a step stands: done on a day, done on a day nobody wrote down, left out for a reason, or still open."""

    done_on: dt.date | None = None
    is_done_undated: bool = False
    none_reason: str = ""

    @property
    def verb(self) -> str:
        """Return the event that says so."""
        if self.none_reason:
            return "milestone_skipped"
        return "milestone_finished" if self.done_on or self.is_done_undated else "milestone_reopened"


def revision_of(milestones: Mapping[str, Milestone]) -> int:
    """Return one number for the whole calendar that moves with every save: rows are added and saved, never deleted."""
    return sum(row.revision + 1 for row in milestones.values())


def set_days(
    *,
    bloc_year: BlocYear,
    days: Mapping[str, tuple[dt.date | None, str]],
    revision: int,
    actor: Actor,
    at: dt.datetime,
) -> int:
    """Write due date and note of the steps by their kind; return how many changed. A step with neither gets no row.

    `revision`: `revision_of` what the form showed. Raises PermissionError, Refused when the year is closed, Stale when
    somebody saved in between, ValidationError.
    """
    if not can(actor, "blocs.set_milestone", bloc_year):
        raise PermissionError("blocs.set_milestone")
    with act(actor=actor, at=at) as current:
        years.hold(bloc_year)
        known = {row.kind: row for row in bloc_year.milestones.all()}
        if revision_of(known) != revision:
            raise Stale(QUICKER)
        changed = [kind for kind, (due_on, note) in days.items() if _set(current, bloc_year, known, kind, due_on, note)]
        if changed:
            current.record("calendar_set", bloc_year, data={"kinds": sorted(changed)})
    return len(changed)


def _set(
    current: Act, bloc_year: BlocYear, known: Mapping[str, Milestone], kind: str, due_on: dt.date | None, note: str
) -> bool:
    row = known.get(kind) or Milestone(bloc_year=bloc_year, kind=MilestoneKind(kind))
    if (row.due_on, row.note) == (due_on, nfc(note)):
        return False
    if row.pk is None:
        row.due_on, row.note = due_on, note
        revisions.insert(row)
    else:
        revisions.save(row, revision=row.revision, at=current.at, due_on=due_on, note=note)
    return True


def finish(
    *,
    bloc_year: BlocYear,
    kind: str,
    outcome: Outcome,
    revision: int,
    actor: Actor,
    at: dt.datetime,
    behalf_of: str = "",
    on_paper: OnPaper | None = None,
) -> Milestone:
    """Say how a step stands; the empty outcome takes back what was said. The step needs no due date, nor a row yet.

    `revision`: the one the form showed, 0 for a step without a row. Raises PermissionError, Refused when the year is
    closed or there is nothing to take back, Stale, ValidationError, ValueError when somebody is acted for without a
    paper.
    """
    if not can(actor, "blocs.finish_milestone", bloc_year):
        raise PermissionError("blocs.finish_milestone")
    paper = papers.receive(on_paper, about=bloc_year, actor=actor)
    with act(actor=actor, at=at) as current:
        years.hold(bloc_year)
        row = _found(bloc_year, kind)
        before = Outcome(row.done_on, row.is_done_undated, row.none_reason)
        if outcome == Outcome() == before:
            raise Refused("Bước này chưa ghi nhận gì nên không có gì để bỏ.")
        _write(
            current,
            row,
            revision,
            done_on=outcome.done_on,
            is_done_undated=outcome.is_done_undated,
            none_reason=outcome.none_reason,
        )
        data = {"kind": kind, "done_on": outcome.done_on, "was_done_on": before.done_on}
        written = papers.write(current, paper)
        note = outcome.none_reason
        current.record(outcome.verb, row, note=note, behalf_of=behalf_of, on_paper=written, data=data)
    return row


def extend(
    *,
    bloc_year: BlocYear,
    kind: str,
    due_on: dt.date,
    reason: str,
    revision: int,
    actor: Actor,
    at: dt.datetime,
    on_paper: OnPaper | None = None,
) -> Extension:
    """Put off a due date: keep from which day to which and why, and move the day, in one act.

    Raises PermissionError, Refused when the year is closed, the step is finished, has no due date yet, the new day is
    not later or the reason is missing; Stale, ValidationError.
    """
    if not can(actor, "blocs.extend_milestone", bloc_year):
        raise PermissionError("blocs.extend_milestone")
    if not reason.strip():
        raise Refused("Ghi lý do gia hạn.")
    paper = papers.receive(on_paper, about=bloc_year, actor=actor)
    with act(actor=actor, at=at) as current:
        years.hold(bloc_year)
        row = _found(bloc_year, kind)
        refuse_extension(row)
        old = row.due_on
        if old is None or due_on <= old:
            raise Refused(f"Hạn mới phải sau hạn hiện nay ({date_short(old)}).")
        written = papers.write(current, paper)
        _write(current, row, revision, due_on=due_on)
        extension = revisions.insert(
            Extension(milestone=row, old_due_on=old, due_on=due_on, reason=reason.strip(), paper=written)
        )
        data = {"kind": kind, "from": old, "to": due_on}
        current.record("milestone_extended", row, note=extension.reason, on_paper=written, data=data)
    return extension


def mark_done(current: Act, *, bloc_year: BlocYear, kind: MilestoneKind, day: dt.date) -> int | None:
    """Write the day of a step that another act has just done; return its id.

    None where the calendar has a day for it already, or says that the bloc does without.
    """
    row = _found(bloc_year, kind)
    if row.done_on or row.none_reason:
        return None
    _write(current, row, row.revision, done_on=day, is_done_undated=False)
    return row.pk


def refuse_extension(row: Milestone) -> None:
    """Raise Refused when there is no open due date that could be put off."""
    if row.done_on or row.is_done_undated or row.none_reason:
        raise Refused(FINISHED)
    if row.due_on is None:
        raise Refused("Bước này chưa có hạn; ghi hạn trong lịch công tác trước.")


def _found(bloc_year: BlocYear, kind: str) -> Milestone:
    """Return the step, new where the calendar has no row of it; raises ValueError for a kind that does not exist."""
    found = bloc_year.milestones.filter(kind=MilestoneKind(kind)).first()
    return found or Milestone(bloc_year=bloc_year, kind=kind)


def _write(current: Act, row: Milestone, revision: int, **values: Any) -> None:
    if row.pk is not None:
        revisions.save(row, revision=revision, at=current.at, **values)
        return
    for name, value in values.items():
        setattr(row, name, value)
    revisions.insert(row)
