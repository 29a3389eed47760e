"""Decisions: drafted from nominations, numbered by văn thư, issued by the head; what others decided is recorded.

Locks are taken in one order everywhere: the decision, dossiers, nominations, each by their numbers.
"""

import datetime as dt
import uuid
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

from django.core.files import File
from django.db import IntegrityError
from django.db.models import F, Max

from awards.domain import decision as rules
from awards.domain.decision import DECISION
from awards.domain.nomination import HELD
from awards.domain.submission import SUBMISSION
from awards.enums import DecisionState, NominationState, Route, Verdict
from awards.models import AwardKind, CommendationKind, Decision, DecisionLine, Grant, Nomination, Person, Submission
from awards.queries.decisions import awaiting
from awards.services import grants, persons
from awards.services.nominations import locked, refuse_above
from awards.services.persons import PersonSaid
from blocs.models import Agency, AgencyName, EmulationYear
from blocs.services import agencies
from emulation.core import papers, revisions
from emulation.core.access import Actor, can
from emulation.core.audit import Act, act
from emulation.core.errors import Refused
from emulation.core.models import Province, SignedPaper
from emulation.core.papers import OnPaper
from emulation.core.transitions import check, move
from emulation.core.vietnamese import date_short, nfc
from emulation.core.workflow import Step

NOTHING = "Chọn ít nhất một đề nghị để đưa vào quyết định."
ONLY_DRAFT = "Quyết định đã vào số nên không sửa được; bỏ số, đưa về dự thảo rồi sửa."
NO_LINES = "Dự thảo chưa có đề nghị nào; thêm đề nghị trước."
TAKEN = "Số này trong năm đã ghi cho một quyết định khác; kiểm tra lại với văn thư."
QUICKER = "Người khác vừa ghi quyết định cùng số này; bấm “Lưu” lần nữa."
DIRECTED = (
    "Dòng này có ý kiến chỉ đạo nên không bỏ được, để giữ ý kiến trong hồ sơ; mở “Ý kiến chỉ đạo”, chọn “Đưa ra khỏi "
    "danh sách”, hoặc chọn “Giữ như đề nghị đã thẩm định” rồi bỏ dòng."
)
NO_PAPER = "Quyết định chưa ban hành; đính bản quét khi ghi đã ban hành."
WHY_ANOTHER = "Quyết định này đã có bản quét; ghi lý do thay bằng bản quét khác."


# --- Drafting ---------------------------------------------------------------------------------------------------------


def draft(
    *,
    year: EmulationYear,
    title: str,
    merit: str,
    nominations: Sequence[Nomination],
    creation_key: uuid.UUID,
    actor: Actor,
    at: dt.datetime,
) -> Decision:
    """Make one draft decision with a line for each nomination, in the order lists are printed.

    A second click finds the first. Raises PermissionError, ValidationError, Refused without nominations, and for some
    that are not appraised yet, on hold, or in another decision.
    """
    _may_draft(actor, nominations)
    with act(actor=actor, at=at) as current:
        rows = _lock([row.pk for row in nominations])
        found = Decision.objects.filter(creation_key=creation_key).first()
        return found or _draft(current, year, title, merit, rows, creation_key)


def draft_each(
    *,
    year: EmulationYear,
    merit: str,
    nominations: Sequence[Nomination],
    creation_key: uuid.UUID,
    actor: Actor,
    at: dt.datetime,
) -> list[Decision]:
    """Make one draft for each award among the nominations, in one act, with the usual titles; raises as `draft`."""
    _may_draft(actor, nominations)
    with act(actor=actor, at=at) as current:
        rows = _lock([row.pk for row in nominations])
        keys = {award: uuid.uuid5(creation_key, str(award)) for award in {row.award_id for row in rows}}
        found = list(Decision.objects.filter(creation_key__in=keys.values()).order_by("pk"))
        return found or [
            _draft(current, year, rules.title_of(str(award), year.label), merit, list(of_award), keys[award.pk])
            for award, of_award in groupby(rows, key=lambda row: row.award)
        ]


def _may_draft(actor: Actor, nominations: Sequence[Nomination]) -> None:
    if not can(actor, "awards.draft_decision"):
        raise PermissionError("awards.draft_decision")
    if not nominations:
        raise Refused(NOTHING)


def _draft(
    current: Act,
    year: EmulationYear,
    title: str,
    merit: str,
    nominations: Sequence[Nomination],
    creation_key: uuid.UUID,
) -> Decision:
    _refuse_unfit(nominations)
    authority = Province.objects.values_list("authority", flat=True).get(pk=1)
    row = Decision(year=year, title=nfc(title), merit=merit, issuer=nfc(authority), creation_key=creation_key)
    row.search_key = row.found_by
    revisions.insert(row)
    _write_lines(row, nominations, after=0)
    current.record("decision_drafted", row, data={"nominations": [asked.pk for asked in nominations]})
    return row


def _lock(ids: Collection[int]) -> list[Nomination]:
    """Lock nominations by their numbers; return them as lists are printed, with what lines and grants read."""
    return locked(
        Nomination.objects.filter(pk__in=ids),
        "commendation", "year", "bloc_year", "owner", "agency", "name", "person", "appraisal__award",
    )  # fmt: skip


def _lock_with_dossiers(ids: Sequence[int]) -> dict[int, Nomination]:
    """Lock dossiers, then nominations; return the nominations by their numbers."""
    dossiers = Submission.objects.filter(nominations__in=ids).values("pk")
    list(Submission.objects.select_for_update().filter(pk__in=dossiers).order_by("pk").values_list("pk"))
    return {row.pk: row for row in _lock(ids)}


def _refuse_unfit(nominations: Sequence[Nomination]) -> None:
    early = [
        f"{row.subject_name} ({row.get_state_display().lower()})"
        for row in nominations
        if row.state not in rules.DECIDABLE
    ]
    if early:
        raise Refused(f"Chỉ đưa vào quyết định được đề nghị đã thẩm định: {rules.named(early)}.")
    unfit = [
        row.subject_name
        for row in nominations
        if row.state == NominationState.APPRAISED and row.appraisal.verdict == Verdict.UNFIT
    ]
    if unfit:
        raise Refused(f"Thẩm định không đủ điều kiện nên không đưa vào quyết định được: {rules.named(unfit)}.")
    held = [row.subject_name for row in nominations if row.is_held]
    if held:
        raise Refused(f"{rules.named(held)}: {HELD}")
    _refuse_elsewhere(nominations)


def _refuse_elsewhere(nominations: Iterable[Nomination]) -> None:
    """Refuse nominations that stand in another decision."""
    taken = DecisionLine.objects.filter(nomination__in=list(nominations), is_struck=False).order_by("pk")
    found = [f"{line.subject_name} (“{line.decision.title}”)" for line in taken.select_related("decision")]
    if found:
        raise Refused(f"Đã có trong quyết định khác: {rules.named(found)}.")


def _award_now(row: Nomination) -> AwardKind:
    """Return what a nomination comes to: the award it asks for, or the one the specialist proposes instead.

    The head may not have decided yet: papers are drafted meanwhile.
    """
    proposed = row.appraisal.award if row.state == NominationState.APPRAISED else None
    return proposed or row.award


def _write_lines(decision: Decision, nominations: Sequence[Nomination], *, after: int) -> None:
    DecisionLine.objects.bulk_create(
        DecisionLine(
            decision=decision,
            nomination=row,
            agency=row.agency,
            name=row.name,
            person=row.person,
            subject_name=row.subject_name,
            subject_title=row.subject_title,
            award=_award_now(row),
            merit=row.merit,
            position=number,
        )
        for number, row in enumerate(nominations, start=after + 1)
    )


def _hold(decision: Decision) -> Decision:
    """Let two writers of one decision wait for each other; return it as it now is."""
    return Decision.objects.select_for_update().get(pk=decision.pk)


def _hold_draft(decision: Decision) -> Decision:
    row = _hold(decision)
    refuse_unless_draft(row)
    return row


def refuse_unless_draft(decision: Decision) -> None:
    """Raise Refused unless lines and words may still be changed."""
    if not decision.is_draft:
        raise Refused(ONLY_DRAFT)


def _touch(decision: Decision, at: dt.datetime) -> None:
    """Count a change of the lines as one of the decision, so that a form opened before it goes stale."""
    Decision.objects.filter(pk=decision.pk).update(revision=F("revision") + 1, updated_at=at)


def _may_edit(actor: Actor, decision: Decision) -> None:
    if not can(actor, "awards.edit_decision", decision):
        raise PermissionError("awards.edit_decision")


def add(*, decision: Decision, nominations: Sequence[Nomination], actor: Actor, at: dt.datetime) -> int:
    """Put more nominations at the end of a draft; those in it already are left alone. Return how many were put in.

    Raises PermissionError, Refused as `draft` does, and once the decision is numbered.
    """
    _may_edit(actor, decision)
    if not nominations:
        raise Refused(NOTHING)
    with act(actor=actor, at=at) as current:
        row = _hold_draft(decision)
        there = set(row.lines.values_list("nomination", flat=True))
        fresh = [asked for asked in _lock([asked.pk for asked in nominations]) if asked.pk not in there]
        if not fresh:
            return 0
        _refuse_unfit(fresh)
        last = row.lines.aggregate(last=Max("position"))["last"] or 0
        _write_lines(row, fresh, after=last)
        _touch(row, at)
        current.record("decision_lines_added", row, data={"nominations": [asked.pk for asked in fresh]})
    return len(fresh)


def remove(*, line: DecisionLine, actor: Actor, at: dt.datetime) -> None:
    """Take a line out of a draft, for another decision; a draft binds nobody, so the row goes.

    Raises PermissionError, Refused once the decision is numbered, and for a line with a ý kiến chỉ đạo: what was
    directed stays on record.
    """
    _may_edit(actor, line.decision)
    with act(actor=actor, at=at) as current:
        row = _hold_draft(line.decision)
        if row.lines.filter(pk=line.pk).exclude(directive="").exists():
            raise Refused(DIRECTED)
        if row.lines.filter(pk=line.pk).delete()[0]:
            _touch(row, at)
            current.record("decision_line_removed", row, data={"nomination": line.nomination_id})


def direct(
    *,
    line: DecisionLine,
    directive: str,
    revision: int,
    actor: Actor,
    at: dt.datetime,
    award: AwardKind | None = None,
    strike: bool = False,
) -> DecisionLine:
    """Write a ý kiến chỉ đạo on a line: another award, or out of the list; with an empty text, as it was proposed.

    Raises PermissionError, Refused for a change without its text, for a struck line that is in another decision by
    now, and once the decision is numbered, Stale.
    """
    _may_edit(actor, line.decision)
    said = nfc(directive.strip())
    if not said and (strike or award is not None):
        raise Refused("Ghi nội dung ý kiến chỉ đạo làm thay đổi dòng này.")
    with act(actor=actor, at=at) as current:
        decision = _hold_draft(line.decision)
        asked = _asked(line)
        if line.is_struck and not strike:
            _lock([asked.pk])
            _refuse_elsewhere([asked])
        revisions.save(
            line, revision=revision, at=at, award=award or _award_now(asked), is_struck=strike, directive=said
        )
        _touch(decision, at)
        data = {"line": line.pk, "award": line.award.slug, "struck": strike}
        current.record("decision_line_directed", decision, data=data)
    return line


def _asked(line: DecisionLine) -> Nomination:
    if line.nomination is None:
        raise ValueError("a line of the province's own decision has its nomination")
    return line.nomination


@dataclass(frozen=True)
class LineSaid:
    """What was typed about one line: the words it is printed with, and its place (None: where it stands)."""

    subject_name: str
    subject_title: str
    merit: str
    place: int | None = None


def edit(
    *,
    decision: Decision,
    title: str,
    issuer: str,
    merit: str,
    note: str,
    lines: Mapping[int, LineSaid],
    revision: int,
    actor: Actor,
    at: dt.datetime,
) -> Decision:
    """Write the words of a draft and of its lines, whole; lines that are not named keep theirs.

    Raises PermissionError, Refused once it is numbered, Stale, ValidationError.
    """
    _may_edit(actor, decision)
    with act(actor=actor, at=at) as current:
        _hold_draft(decision)
        decision.title, decision.issuer = nfc(title), nfc(issuer)
        words = {"title": decision.title, "issuer": decision.issuer, "search_key": decision.found_by}
        revisions.save(decision, revision=revision, at=at, **words, merit=merit, note=note)
        rows = list(decision.lines.order_by("position"))
        changed = _reword(rows, lines, at)
        _reorder(decision, rows, lines)
        current.record("decision_edited", decision, data={"lines": changed})
    return decision


def _reword(rows: Sequence[DecisionLine], lines: Mapping[int, LineSaid], at: dt.datetime) -> int:
    changed = []
    for row in rows:
        said = lines.get(row.pk)
        new = said and (nfc(said.subject_name), nfc(said.subject_title), nfc(said.merit))
        if new and new != (row.subject_name, row.subject_title, row.merit):
            row.subject_name, row.subject_title, row.merit = new
            row.clean_fields(exclude={"decision", "nomination", "agency", "name", "person", "award", "creation_key"})
            row.revision, row.updated_at = row.revision + 1, at
            changed.append(row)
    DecisionLine.objects.bulk_update(changed, ["subject_name", "subject_title", "merit", "revision", "updated_at"])
    return len(changed)


def _reorder(decision: Decision, rows: Sequence[DecisionLine], lines: Mapping[int, LineSaid]) -> None:
    """Put the lines in the order of the places typed; one that was moved up stands before the one it met."""
    said = {pk: line.place for pk, line in lines.items() if line.place is not None}
    before = {row.pk: number for number, row in enumerate(rows, start=1)}
    moved_up = {pk for pk, place in said.items() if place < before.get(pk, place)}
    order = sorted(rows, key=lambda row: (said.get(row.pk, before[row.pk]), row.pk not in moved_up, before[row.pk]))
    if [row.pk for row in order] == [row.pk for row in rows]:
        return
    # Numbers are unique at every moment, so all lines step out of the way first.
    decision.lines.update(position=F("position") + (rows[-1].position + len(rows)))
    for number, row in enumerate(order, start=1):
        row.position = number
    DecisionLine.objects.bulk_update(order, ["position"])


# --- Number, issue, cancel --------------------------------------------------------------------------------------------


def number(
    *,
    decision: Decision,
    number: str,
    dated_on: dt.date,
    signer_name: str,
    signer_title: str,
    actor: Actor,
    at: dt.datetime,
) -> Step:
    """Write the number and day văn thư gave. A number is one decision's within its issuer and calendar year (H10).

    Raises PermissionError, Refused for a number without a digit, one that is taken, a decision without lines, and one
    that is numbered already.
    """
    check(decision, DECISION, "number", actor=actor)
    typed = _number_of(number)
    try:
        with act(actor=actor, at=at) as current:
            row = _hold(decision)
            if not row.lines.filter(is_struck=False).exists():
                raise Refused(NO_LINES)
            key = rules.number_key(row.issuer, typed)
            _refuse_taken(key, dated_on)
            row.number = typed
            return move(
                current,
                row,
                DECISION,
                "number",
                data={"number": typed, "dated_on": dated_on},
                number=typed,
                dated_on=dated_on,
                number_year=dated_on.year,
                number_key=key,
                search_key=row.found_by,
                signer_name=nfc(signer_name.strip()),
                signer_title=nfc(signer_title.strip()),
            )
    except IntegrityError:
        raise Refused(TAKEN) from None


def _number_of(text: str) -> str:
    """Return a number as it is kept, without blanks: "12 / QĐ-UBND" is "12/QĐ-UBND"."""
    typed = nfc(text).replace(" ", "")
    if not any(char.isdecimal() for char in typed):
        raise Refused("Số quyết định phải có chữ số, ví dụ 123/QĐ-UBND.")
    return typed


def _numbered(key: str, dated_on: dt.date) -> Decision | None:
    states = (DecisionState.NUMBERED, DecisionState.ISSUED)
    return Decision.objects.filter(number_key=key, number_year=dated_on.year, state__in=states).first()


def _refuse_taken(key: str, dated_on: dt.date) -> None:
    other = _numbered(key, dated_on)
    if other is not None:
        raise Refused(
            f"Số {other.number} năm {dated_on.year} của {other.issuer} đã ghi cho quyết định “{other.title}” "
            f"ngày {date_short(other.dated_on)}; kiểm tra lại với văn thư."
        )


def issue(
    *,
    decision: Decision,
    actor: Actor,
    at: dt.datetime,
    on_paper: OnPaper | None = None,
    note: str = "",
) -> Step:
    """Mark a numbered decision issued: its awards are given, its nominations granted, dossiers without open lines end.

    `on_paper`: the signed decision; its number and day are those typed before, its scan may come later. Raises
    PermissionError, Refused naming every line that is not approved or that others confer.
    """
    check(decision, DECISION, "issue", actor=actor, note=note)
    if on_paper is not None and rules.number_key("", on_paper.number) != rules.number_key("", decision.number):
        raise Refused(f"Số trên bản đã ký ({on_paper.number}) khác số đã ghi ({decision.number}); kiểm tra lại.")
    signed = OnPaper(decision.number, grants.day_of(decision), decision.issuer, on_paper.scan if on_paper else None)
    paper = papers.receive(signed, about=None, actor=actor)
    with act(actor=actor, at=at) as current:
        row = _hold(decision)
        if (row.number, row.dated_on) != (decision.number, decision.dated_on):
            raise Refused("Người khác vừa sửa số quyết định. Tải lại trang để xem số mới.")
        lines = list(row.lines.filter(is_struck=False).select_related("award", "agency", "person").order_by("position"))
        nominations = _lock_with_dossiers([line.nomination_id for line in lines if line.nomination_id])
        for line in lines:
            line.nomination = nominations[line.nomination_id or 0]
        _refuse_unready(lines)
        written = papers.write(current, paper)
        step = move(
            current,
            row,
            DECISION,
            "issue",
            note=note,
            on_paper=written,
            data={"grants": len(lines)},
            issued_at=at,
            paper=written,
        )
        _give(current, row, lines)
    decision.state, decision.revision = row.state, row.revision
    return step


def _refuse_unready(lines: Sequence[DecisionLine]) -> None:
    if not lines:
        raise Refused(NO_LINES)
    found = rules.obstacles([awaiting(line) for line in lines])
    if found:
        raise Refused(
            f"Chưa ban hành được: {rules.named(found)}. Trình phê duyệt các dòng này trước, hoặc bỏ số, đưa các dòng "
            f"này ra khỏi danh sách rồi ghi số lại."
        )


def _give(current: Act, decision: Decision, lines: Sequence[DecisionLine]) -> None:
    """Write the awards of lines that have their nominations, and end what waited for them."""
    asked = [_asked(line) for line in lines]
    made = [grants.given_by(line, decision=decision, owner=row.owner) for line, row in zip(lines, asked, strict=True)]
    for line, row in zip(lines, asked, strict=True):
        _end(current, row, line, "grant")
    Grant.objects.bulk_create(made)
    _close_dossiers(current, asked)


def _end(current: Act, asked: Nomination, line: DecisionLine, action: str) -> None:
    """Move a nomination to its end, with the award it was given in the end."""
    changed: dict[str, Any] = {"award": line.award, "asked_award": asked.asked_award or asked.award}
    values = changed if line.award_id != asked.award_id else {}
    move(current, asked, asked.workflow, action, data={"decision": line.decision_id}, **values)


def _close_dossiers(current: Act, nominations: Collection[Nomination]) -> None:
    """End the dossiers of nominations once none of their lines is open."""
    ids = {row.submission_id for row in nominations if row.submission_id}
    waiting = Nomination.objects.open().filter(submission__in=ids).values("submission")
    received = Submission.objects.filter(pk__in=ids, state__in=SUBMISSION.step("decide").sources)
    for row in received.exclude(pk__in=waiting).order_by("pk"):
        move(current, row, SUBMISSION, "decide")


def take(*, decision: Decision, action: str, actor: Actor, at: dt.datetime, note: str = "") -> Step:
    """Cancel a draft, which frees its nominations, or take its number back; both with a reason.

    Raises PermissionError, Refused, KeyError for a step that is none of these.
    """
    if action not in {"cancel", "unnumber"}:
        raise KeyError(action)
    check(decision, DECISION, action, actor=actor, note=note)
    with act(actor=actor, at=at) as current:
        row = _hold(decision)
        if action == "cancel":
            row.lines.filter(is_struck=False).update(is_struck=True, updated_at=at, revision=F("revision") + 1)
            return move(current, row, DECISION, action, note=note, data={"number": row.number})
        data, row.number = {"number": row.number}, ""
        blank: dict[str, Any] = {"number": "", "dated_on": None, "number_year": None, "number_key": ""}
        return move(current, row, DECISION, action, note=note, data=data, **blank, search_key=row.found_by)


def paper_of(decision: Decision) -> SignedPaper:
    """Return the signed paper of an issued decision, beside which a scan is laid; raises Refused."""
    if decision.paper is None:
        raise Refused(NO_PAPER)
    return decision.paper


def lay_scan(*, decision: Decision, scan: "File[bytes]", actor: Actor, at: dt.datetime, note: str = "") -> None:
    """Lay the scan beside an issued decision, or another in the place of a wrong one, which stays stored.

    Raises PermissionError, Refused for a second scan without a reason, Stale.
    """
    if not can(actor, "awards.number_decision", decision):
        raise PermissionError("awards.number_decision")
    paper = paper_of(decision)
    if paper.scan_id is not None and not note.strip():
        raise Refused(WHY_ANOTHER)
    stored, before = papers.keep_scan(scan, actor=actor), paper.scan_id
    with act(actor=actor, at=at) as current:
        revisions.save(paper, revision=paper.revision, at=at, scan=stored)
        current.record("decision_scanned", decision, note=note, on_paper=paper, data={"before": before})


# --- Decided elsewhere ------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class DecisionSaid:
    """A decision others made, as it was typed."""

    title: str
    issuer: str
    number: str
    dated_on: dt.date
    signer_name: str = ""
    signer_title: str = ""
    scan: "File[bytes] | None" = None
    note: str = ""


@dataclass(frozen=True)
class Given:
    """One award of a decision others made: of a nomination that went up, or of an agency, or of a person in it."""

    award: AwardKind
    nomination: Nomination | None = None
    agency: Agency | None = None
    person: PersonSaid | None = None
    year: EmulationYear | None = None
    commendation: CommendationKind | None = None
    merit: str = ""


def record_elsewhere(
    *, said: DecisionSaid, lines: Sequence[Given], creation_key: uuid.UUID, actor: Actor, at: dt.datetime
) -> Decision:
    """Record awards others decided: nominations that went up come back granted, old awards are typed.

    The same number of the same issuer and year is the same decision: lines are added to it. A second click finds the
    first. Raises PermissionError, ValidationError, Refused when the number is a decision's of the province's own, when
    its day is another, for a subject that has that award in it already.
    """
    if not can(actor, "awards.record_elsewhere"):
        raise PermissionError("awards.record_elsewhere")
    if not lines:
        raise Refused("Ghi ít nhất một khen thưởng của quyết định này.")
    return _record(said, lines, creation_key, "grant", actor=actor, at=at)


def record_own(
    *,
    nomination: Nomination,
    said: DecisionSaid,
    creation_key: uuid.UUID,
    actor: Actor,
    at: dt.datetime,
) -> Decision:
    """Record what an agency decided itself (route "recorded"): its nomination is granted by the agency's own number.

    Raises as `record_elsewhere`, and Refused for an award that is not the agency's to give.
    """
    check(nomination, nomination.workflow, "record", actor=actor)
    refuse_above(nomination.award, nomination.route)
    return _record(said, [Given(nomination.award, nomination)], creation_key, "record", actor=actor, at=at)


def _record(
    said: DecisionSaid, lines: Sequence[Given], creation_key: uuid.UUID, action: str, *, actor: Actor, at: dt.datetime
) -> Decision:
    typed = _number_of(said.number)
    paper = papers.receive(OnPaper(typed, said.dated_on, said.issuer, said.scan), about=None, actor=actor)
    try:
        with act(actor=actor, at=at) as current:
            made = DecisionLine.objects.filter(creation_key=creation_key).select_related("decision").first()
            if made is not None:
                return made.decision
            asked = [line.nomination for line in lines if line.nomination]
            decision = _known(said, typed, asked) or _laid(current, said, typed, lines, paper)
            held = _lock_with_dossiers([row.pk for row in asked])
            _refuse_elsewhere(held.values())
            _record_lines(current, decision, lines, held, creation_key, action)
            current.record("decision_recorded", decision, on_paper=decision.paper, data={"grants": len(lines)})
    except IntegrityError:
        # The same click, or the same number, twice at the same moment: the other one wrote it.
        made = DecisionLine.objects.filter(creation_key=creation_key).select_related("decision").first()
        if made is None:
            raise Refused(QUICKER) from None
        return made.decision
    return decision


def _laid(current: Act, said: DecisionSaid, number: str, lines: Sequence[Given], paper: SignedPaper | None) -> Decision:
    """Write a decision of others; it is issued from the first, for nothing of it is left to be done here."""
    row = Decision(
        year=_common_year(lines),
        state=DecisionState.ISSUED,
        is_elsewhere=True,
        title=nfc(said.title),
        issuer=nfc(said.issuer),
        number=number,
        dated_on=said.dated_on,
        number_year=said.dated_on.year,
        number_key=rules.number_key(said.issuer, number),
        signer_name=said.signer_name,
        signer_title=said.signer_title,
        note=said.note,
        issued_at=current.at,
        paper=papers.write(current, paper),
    )
    row.search_key = row.found_by
    return revisions.insert(row)


def _known(said: DecisionSaid, number: str, asked: Sequence[Nomination]) -> Decision | None:
    """Return the decision of that number where it was recorded before, locked; raises Refused when it is another's."""
    there = _numbered(rules.number_key(said.issuer, number), said.dated_on)
    if there is None:
        return None
    row = _hold(there)
    owners = {nomination.owner_id for nomination in asked if nomination.route == Route.RECORDED}
    strangers = row.lines.exclude(nomination__route=Route.RECORDED, nomination__owner__in=owners)
    if not row.is_elsewhere or (owners and strangers.exists()):
        _refuse_taken(row.number_key, said.dated_on)
    if row.dated_on != said.dated_on:
        raise Refused(
            f"Quyết định số {row.number} của {row.issuer} đã ghi ngày {date_short(row.dated_on)}; kiểm tra lại ngày."
        )
    return row


def _common_year(lines: Sequence[Given]) -> EmulationYear | None:
    years = {line.nomination.year if line.nomination else line.year for line in lines}
    return years.pop() if len(years) == 1 else None


def _record_lines(
    current: Act,
    decision: Decision,
    lines: Sequence[Given],
    asked: Mapping[int, Nomination],
    creation_key: uuid.UUID,
    action: str,
) -> None:
    last = decision.lines.aggregate(last=Max("position"))["last"] or 0
    for number, said in enumerate(lines, start=1):
        nomination = asked[said.nomination.pk] if said.nomination else None
        if nomination is not None and nomination.is_held:
            raise Refused(f"{nomination.subject_name}: {HELD}")
        line = _line_of(current, decision, said, nomination)
        line.decision, line.award, line.position = decision, said.award, last + number
        _refuse_twice(line)
        # The key of the form stays with its first line, for the decision may have been there before.
        line.creation_key = creation_key if number == 1 else line.creation_key
        revisions.insert(line)
        owner = _owner(line, nomination)
        grant = grants.given_by(line, decision=decision, owner=owner, year=said.year, commendation=said.commendation)
        revisions.insert(grant)
        if nomination is not None:
            _end(current, nomination, line, action)
    _close_dossiers(current, asked.values())


def _line_of(current: Act, decision: Decision, said: Given, nomination: Nomination | None) -> DecisionLine:
    """Return whose award it is, in the words of its day."""
    if nomination is not None:
        return DecisionLine(
            nomination=nomination,
            agency=nomination.agency,
            name=nomination.name,
            person=nomination.person,
            subject_name=nomination.subject_name,
            subject_title=nomination.subject_title,
            merit=said.merit or nomination.merit,
        )
    if said.agency is None:
        raise ValueError("an award is somebody's")
    name = _name_on(said.agency, grants.day_of(decision))
    if said.person is None:
        return DecisionLine(agency=said.agency, name=name, subject_name=name.full, merit=said.merit)
    person = _person(current, said.person, said.agency)
    title = ", ".join(part for part in (nfc(said.person.position), name.full) if part)
    return DecisionLine(person=person, subject_name=person.name, subject_title=title, merit=said.merit)


def _person(current: Act, said: PersonSaid, agency: Agency) -> Person:
    """Return the person meant. The position of an old award is the one held then, not the one of today."""
    person = persons.settle(act=current, said=replace(said, position=""), agency=agency)
    if said.position and not person.position:
        revisions.save(person, revision=person.revision, at=current.at, position=nfc(said.position))
    return person


def _refuse_twice(line: DecisionLine) -> None:
    there = line.decision.lines.filter(agency=line.agency, person=line.person, award=line.award, is_struck=False)
    if there.exists():
        raise Refused(f"{line.subject_name} đã được ghi {line.award} trong quyết định số {line.decision.number}.")


def _owner(line: DecisionLine, nomination: Nomination | None) -> Agency:
    if nomination is not None:
        return nomination.owner
    if line.person is not None:
        return line.person.agency
    if line.agency is None:
        raise ValueError("an award is somebody's")
    return line.agency.parent or line.agency


def _name_on(agency: Agency, day: dt.date) -> AgencyName:
    """Return the name an agency bore on a day; for one before its first known name, the name it bears now."""
    known = agency.names.filter(valid_from__lte=day).order_by("-valid_from").first()
    return known or agencies.open_name(agency)
