"""The covenant's content: text, clauses, targets, the planned value of each member; and its way to the signatures.

Content changes in draft and while circulated only. From the opening of the signing on it is frozen: what is signed is
what was read.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.core.files import File
from django.db.models import F

from blocs.domain.covenant import Plan
from blocs.domain.paper import COVENANT
from blocs.enums import MilestoneKind, TargetDirection
from blocs.models import BlocPaper, Clause, Covenant, Membership, Signature, Target, TargetValue
from blocs.services import calendar
from blocs.services.papers import (
    held,
    keep_file,
    refuse_frozen,
    refuse_future,
    supersede,
)
from emulation.core import papers, revisions
from emulation.core.access import Actor, can
from emulation.core.audit import act
from emulation.core.errors import Refused, Stale
from emulation.core.papers import OnPaper
from emulation.core.transitions import check, move
from emulation.core.vietnamese import nfc
from emulation.core.workflow import Step

QUICKER = "Người khác vừa lưu giao ước này. Đối chiếu nội dung mới với nội dung bạn nhập rồi lưu lại."
NOTHING_TO_SIGN = "Giao ước chưa có nội dung nào để ký; ghi ít nhất một nội dung thi đua hoặc một chỉ tiêu trước."
NO_DAY = "Ghi ngày ký giao ước: chưa có chữ ký nào để lấy ngày."
_FAR = 1_000_000  # above every number of a target, so that renumbering never meets itself


@dataclass(frozen=True)
class CovenantSaid:
    """What was typed about a covenant beside its targets; clauses in their order."""

    title: str
    theme: str = ""
    basis: str = ""
    clauses: Sequence[str] = ()
    organisation: str = ""
    witness: str = ""


@dataclass(frozen=True)
class TargetSaid:
    """What was typed about one target; `pk` is None for a new one."""

    indicator: str
    pk: int | None = None
    section: str = ""
    unit: str = ""
    direction: str = TargetDirection.HIGHER
    base: Decimal | None = None
    planned: Decimal | None = None
    planned_text: str = ""

    @property
    def columns(self) -> dict[str, Any]:
        """Return the columns it fills."""
        return {name: getattr(self, name) for name in _TARGET_COLUMNS}


_TARGET_COLUMNS = ("section", "indicator", "unit", "direction", "base", "planned", "planned_text")


def edit(
    *,
    paper: BlocPaper,
    said: CovenantSaid,
    file: "File[bytes] | None" = None,
    drops_file: bool = False,
    revision: int,
    actor: Actor,
    at: dt.datetime,
) -> BlocPaper:
    """Write title, theme, basis, clauses, organisation and witness. Without a new file the old one stays.

    Raises PermissionError, Refused when the covenant is past its draft or the year closed, Stale, ValidationError.
    """
    if not can(actor, "blocs.edit_blocpaper", paper):
        raise PermissionError("blocs.edit_blocpaper")
    stored = keep_file(file, actor=actor)
    with act(actor=actor, at=at) as current:
        refuse_frozen(held(paper))
        values: dict[str, Any] = {"title": said.title}
        if stored or drops_file:
            values["file"] = stored
        revisions.save(paper, revision=revision, at=at, **values)
        covenant = Covenant.objects.get(paper=paper)
        revisions.save(
            covenant,
            revision=covenant.revision,
            at=at,
            theme=said.theme,
            basis=said.basis,
            organisation=said.organisation,
            witness=said.witness,
        )
        _write_clauses(covenant, said.clauses, at)
        current.record("paper_edited", paper, data={"kind": paper.kind, "clauses": len(said.clauses)})
    return paper


def _write_clauses(covenant: Covenant, texts: Sequence[str], at: dt.datetime) -> None:
    known = {row.number: row for row in covenant.clauses.all()}
    for number, text in enumerate(texts, start=1):
        row = known.pop(number, None)
        if row is None:
            revisions.insert(Clause(covenant=covenant, number=number, text=text))
        elif row.text != nfc(text):
            revisions.save(row, revision=row.revision, at=at, text=text)
    Clause.objects.filter(pk__in=[row.pk for row in known.values()]).delete()


def set_targets(
    *, paper: BlocPaper, targets: Sequence[TargetSaid], revision: int, actor: Actor, at: dt.datetime
) -> tuple[Target, ...]:
    """Write the whole list of targets in its order: what is not named is removed, with its planned values.

    Raises PermissionError, Refused when the covenant is past its draft or the year closed, Stale, ValidationError.
    """
    if not can(actor, "blocs.edit_blocpaper", paper):
        raise PermissionError("blocs.edit_blocpaper")
    with act(actor=actor, at=at) as current:
        refuse_frozen(held(paper))
        revisions.save(paper, revision=revision, at=at)
        covenant = Covenant.objects.get(paper=paper)
        known = {row.pk: row for row in covenant.targets.all()}
        kept = {said.pk for said in targets if said.pk in known}
        removed = [pk for pk in known if pk not in kept]
        TargetValue.objects.filter(target__in=removed).delete()
        Target.objects.filter(pk__in=removed).delete()
        covenant.targets.update(number=F("number") + _FAR)
        rows = [
            _write_target(covenant, known.get(said.pk or 0), said, number, at) for number, said in enumerate(targets, 1)
        ]
        data = {"targets": len(rows), "added": len(rows) - len(kept), "removed": len(removed)}
        current.record("targets_set", paper, data=data)
    return tuple(rows)


def _write_target(covenant: Covenant, row: Target | None, said: TargetSaid, number: int, at: dt.datetime) -> Target:
    if row is None:
        bloc_year = covenant.paper.bloc_year
        return revisions.insert(Target(bloc_year=bloc_year, covenant=covenant, number=number, **said.columns))
    if all(getattr(row, name) == value for name, value in said.columns.items()):
        Target.objects.filter(pk=row.pk).update(number=number)
        row.number = number
        return row
    return revisions.save(row, revision=row.revision, at=at, number=number, **said.columns)


def values_revision(paper: BlocPaper, values: Sequence[TargetValue]) -> int:
    """Return one number for planned values that moves with every save of one of them, and with the covenant itself.

    Officers save their own columns side by side: only who wrote over the same values has to compare.
    """
    return paper.revision * _FAR + sum(row.revision + 1 for row in values)


def set_values(
    *,
    paper: BlocPaper,
    members: Sequence[Membership],
    plans: Mapping[tuple[int, int], Plan],
    revision: int,
    actor: Actor,
    at: dt.datetime,
) -> int:
    """Write what members plan for the targets; return how many changed. `plans`: by ids of target and membership.

    `members` are those the form showed, `revision` the `values_revision` of theirs. A member's own officer writes its
    own column once the covenant is out of draft. Raises PermissionError, Refused when the covenant is past its draft
    or the year closed, Stale when somebody saved in between, ValidationError.
    """
    if not can(actor, "blocs.view_blocpaper", paper):
        raise PermissionError("blocs.view_blocpaper")
    if not all(can(actor, "blocs.edit_target_values", member) for member in members):
        raise PermissionError("blocs.edit_target_values")
    with act(actor=actor, at=at) as current:
        fresh = held(paper)
        refuse_frozen(fresh)
        asked = {member.pk for member in members}
        rows = list(TargetValue.objects.filter(target__covenant__paper=paper, membership__in=asked))
        if values_revision(fresh, rows) != revision:
            raise Stale(QUICKER)
        known = {(row.target_id, row.membership_id): row for row in rows}
        targets = set(Target.objects.filter(covenant__paper=paper).values_list("pk", flat=True))
        said = {key: plan for key, plan in plans.items() if key[0] in targets and key[1] in asked}
        new = [_new_value(key, plan) for key, plan in said.items() if key not in known and plan.is_said]
        changed = [_changed_value(known[key], plan, at) for key, plan in said.items() if _differs(known.get(key), plan)]
        for row in (*new, *changed):
            row.clean_fields(exclude={"target", "membership", "creation_key"})
        TargetValue.objects.bulk_create(new)
        columns = ["planned", "planned_text", "is_assigned", "revision", "updated_at"]
        TargetValue.objects.bulk_update(changed, columns)
        count = len(new) + len(changed)
        if count:
            current.record("target_values_set", paper, data={"values": count, "members": sorted(asked)})
    return count


def _new_value(key: tuple[int, int], plan: Plan) -> TargetValue:
    target, membership = key
    return TargetValue(
        target_id=target,
        membership_id=membership,
        planned=plan.planned,
        planned_text=plan.words,
        is_assigned=plan.is_assigned,
    )


def _differs(row: TargetValue | None, plan: Plan) -> bool:
    return row is not None and plan_of(row) != plan


def _changed_value(row: TargetValue, plan: Plan, at: dt.datetime) -> TargetValue:
    row.planned, row.planned_text, row.is_assigned = plan.planned, plan.words, plan.is_assigned
    row.revision, row.updated_at = row.revision + 1, at
    return row


def plan_of(row: TargetValue) -> Plan:
    """Return a stored value as what a box says."""
    return Plan(row.planned, row.planned_text, row.is_assigned)


def open_signing(
    *,
    paper: BlocPaper,
    actor: Actor,
    at: dt.datetime,
    note: str = "",
    behalf_of: str = "",
    on_paper: OnPaper | None = None,
) -> Step:
    """Freeze the content and open it for signatures. Members without planned values are no obstacle.

    Raises PermissionError, Refused when there is nothing to sign, ValueError when somebody is acted for without a
    paper.
    """
    check(paper, COVENANT, "open_signing", actor=actor, note=note)
    signed = papers.receive(on_paper, about=paper.bloc_year, actor=actor)
    with act(actor=actor, at=at) as current:
        held(paper)
        counts = {
            "clauses": Clause.objects.filter(covenant__paper=paper).count(),
            "targets": Target.objects.filter(covenant__paper=paper).count(),
        }
        if not any(counts.values()):
            raise Refused(NOTHING_TO_SIGN)
        return move(
            current,
            paper,
            COVENANT,
            "open_signing",
            note=note,
            behalf_of=behalf_of,
            on_paper=papers.write(current, signed),
            data={"version": paper.version, **counts},
        )


def finish(
    *,
    paper: BlocPaper,
    actor: Actor,
    at: dt.datetime,
    signed_on: dt.date | None = None,
    note: str = "",
    behalf_of: str = "",
    on_paper: OnPaper | None = None,
) -> Step:
    """Say that the covenant is signed: by all, or by so many of so many with the reason (`note`).

    The day of signing is that of the latest signature unless it is given. The version that held is superseded and the
    calendar's step finished where it stands open, in the same act. Raises PermissionError, Refused, ValueError when
    somebody is acted for without a paper.
    """
    check(paper, COVENANT, "finish", actor=actor, note=note)
    received = papers.receive(on_paper, about=paper.bloc_year, actor=actor)
    with act(actor=actor, at=at) as current:
        held(paper)
        members = set(paper.bloc_year.memberships.filter(left_on=None).values_list("pk", flat=True))
        valid = dict(Signature.objects.filter(paper=paper, voided_at=None).values_list("membership", "signed_on"))
        signed = len(members & set(valid))
        if signed < len(members) and not nfc(note):
            raise Refused(f"Mới có {signed}/{len(members)} đơn vị ký; ghi lý do để ghi nhận xong khi còn thiếu chữ ký.")
        day = signed_on or max(valid.values(), default=None)
        if day is None:
            raise Refused(NO_DAY)
        refuse_future(day, at)
        written = papers.write(current, received)
        data = {
            "version": paper.version,
            "signed": signed,
            "members": len(members),
            "superseded": supersede(current, paper),
            "milestone": calendar.mark_done(current, bloc_year=paper.bloc_year, kind=MilestoneKind.COVENANT, day=day),
        }
        return move(
            current,
            paper,
            COVENANT,
            "finish",
            note=note,
            behalf_of=behalf_of,
            on_paper=written,
            data=data,
            passed_on=day,
            paper=written,
        )


def reopen(
    *,
    paper: BlocPaper,
    actor: Actor,
    at: dt.datetime,
    note: str,
    behalf_of: str = "",
    on_paper: OnPaper | None = None,
) -> Step:
    """Take a covenant that is being signed back to its draft; every signature is voided with the reason.

    Raises PermissionError, Refused, ValueError when somebody is acted for without a paper.
    """
    check(paper, COVENANT, "reopen", actor=actor, note=note)
    received = papers.receive(on_paper, about=paper.bloc_year, actor=actor)
    with act(actor=actor, at=at) as current:
        held(paper)
        voided = Signature.objects.filter(paper=paper, voided_at=None).update(
            voided_at=at, void_reason=nfc(note), revision=F("revision") + 1, updated_at=at
        )
        return move(
            current,
            paper,
            COVENANT,
            "reopen",
            note=note,
            behalf_of=behalf_of,
            on_paper=papers.write(current, received),
            data={"version": paper.version, "voided": voided},
        )
