"""Dossiers: what a bloc or an agency sends to the board, and the register of what came in.

Whoever locks takes the bloc year first, then the dossier, then nominations by their ids (as decisions do).
"""

import datetime as dt
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from django.db import IntegrityError

from awards.domain.nomination import HELD
from awards.domain.submission import AT_THE_BOARD, OPEN, SUBMISSION, sendable_states
from awards.enums import NominationState, ReceivedAs, Route, SubmissionState
from awards.models import Nomination, Submission
from awards.services.nominations import locked, resolve_findings
from blocs.models import Agency, BlocYear, EmulationYear
from blocs.services import years
from emulation.accounts.domain.scope import Capacity
from emulation.core import papers, revisions
from emulation.core.access import Actor, can
from emulation.core.audit import Act, act
from emulation.core.errors import Refused, Stale
from emulation.core.models import SignedPaper
from emulation.core.papers import OnPaper
from emulation.core.transitions import check, move
from emulation.core.vietnamese import count2, nfc
from emulation.core.workflow import Step

NOTHING = "Đánh dấu ít nhất một đề nghị."
NOT_ITS_OWN = "Có đề nghị không thuộc hồ sơ này. Tải lại trang rồi chọn lại."
NEEDS_PAPER = "Ghi tờ trình đã ký (ngày văn bản, cơ quan ban hành), hoặc để người ký của đơn vị gửi ngay trên hệ thống."
CHANGED = "Hồ sơ vừa có thay đổi sau khi mở trang này; xem lại danh sách rồi gửi."
NOT_OPEN = "Hồ sơ đã gửi nên không sửa được; nhờ cơ quan thường trực trả lại hồ sơ nếu cần sửa."
NO_NUMBER = "Ghi số đến."
NOT_RECEIVED = "Hồ sơ này chưa tiếp nhận hoặc đã có kết quả nên không gửi bổ sung được."
IN_HANDS = (NominationState.SENT, NominationState.APPRAISED)


@dataclass(frozen=True)
class Entry:
    """The line of the register of what came in, as it was typed."""

    register_number: str
    received_on: dt.date
    received_as: str
    received_above_on: dt.date | None = None

    def __post_init__(self) -> None:
        """Write the number one way, however it was spaced."""
        object.__setattr__(self, "register_number", nfc(" ".join(self.register_number.split())))


def prepare(
    *,
    year: EmulationYear,
    bloc_year: BlocYear | None,
    agency: Agency,
    title: str,
    nominations: Iterable[Nomination],
    creation_key: uuid.UUID,
    actor: Actor,
    at: dt.datetime,
) -> Submission:
    """Make a dossier of nominations: of a bloc what it endorsed, of an agency what it sends straight to the board.

    `agency`: who sends, for a bloc its leader. A second click finds the first. Raises PermissionError, ValidationError,
    Refused without a nomination, for one that cannot be sent, in a closed year, and while the bloc has an open dossier.
    """
    row = Submission(year=year, bloc_year=bloc_year, agency=agency, title=nfc(title.strip()), creation_key=creation_key)
    if not can(actor, "awards.draft_submission", row):
        raise PermissionError("awards.draft_submission")
    with act(actor=actor, at=at) as current:
        return _find_or_prepare(current, row, {line.pk for line in nominations})


def _find_or_prepare(current: Act, row: Submission, chosen: set[int]) -> Submission:
    """Write a new dossier with its nominations, or return the one an earlier click wrote."""
    if row.bloc_year is not None:
        years.hold(row.bloc_year)
    # Locked before the key is looked up: an agency's second click waits here until the first has written.
    lines = locked(Nomination.objects.filter(pk__in=chosen), "submission")
    key = {"creation_key": row.creation_key, "bloc_year": row.bloc_year, "agency": row.agency}
    made = Submission.objects.filter(**key).first()
    if made:
        return made
    _refuse_second(row.bloc_year)
    _refuse_unfit(lines, row, chosen)
    revisions.insert(row)
    Nomination.objects.filter(pk__in=chosen).update(submission=row)
    current.record("submission_prepared", row, data={"nominations": sorted(chosen)})
    return row


def register(
    *,
    year: EmulationYear,
    bloc_year: BlocYear | None,
    agency: Agency,
    title: str,
    nominations: Iterable[Nomination],
    on_paper: OnPaper,
    entry: Entry,
    behalf_of: str,
    creation_key: uuid.UUID,
    actor: Actor,
    at: dt.datetime,
) -> Submission:
    """Enter a dossier that came on paper, in one act: made of its nominations, sent for who signed, received.

    `behalf_of`: the name of who signed: the agency, of a bloc its leader or a deputy. A second click finds the first.
    Raises PermissionError, and Refused as `prepare`, `send` and `receive` do.
    """
    row = Submission(year=year, bloc_year=bloc_year, agency=agency, title=nfc(title.strip()), creation_key=creation_key)
    if not can(actor, "awards.receive_submission", row):
        raise PermissionError("awards.receive_submission")
    paper = papers.receive(on_paper, about=row, actor=actor)
    try:
        with act(actor=actor, at=at) as current:
            made = _find_or_prepare(current, row, {line.pk for line in nominations})
            if made is not row:
                return made
            if paper is not None:
                paper.subject_id = row.pk
                papers.write(current, paper)
            _send(current, row, note="", behalf_of=behalf_of, on_paper=paper)
            _receive(current, row, entry, note="", behalf_of="", on_paper=paper)
    except IntegrityError:
        # The same click, or the same số đến, twice at the same moment: the other one wrote it.
        found = Submission.objects.filter(creation_key=creation_key).first()
        if found is None:
            raise Refused(_taken(entry)) from None
        return found
    return row


def arrange(
    *,
    submission: Submission,
    title: str,
    nominations: Iterable[Nomination],
    revision: int,
    actor: Actor,
    at: dt.datetime,
) -> Submission:
    """Write title and nominations of a dossier not yet sent, or returned; what the board has already stays in it.

    Raises PermissionError, Refused, Stale when somebody saved in between, ValidationError.
    """
    if not can(actor, "awards.edit_submission", submission):
        raise PermissionError("awards.edit_submission")
    chosen = {line.pk for line in nominations}
    with act(actor=actor, at=at) as current:
        if submission.bloc_year is not None:
            years.hold(submission.bloc_year)
        if _held(submission).state not in OPEN:
            raise Refused(NOT_OPEN)
        now = locked(submission.nominations.all(), "submission")
        fixed = {line.pk for line in now if line.state in IN_HANDS}
        added = chosen - {line.pk for line in now}
        lines = locked(Nomination.objects.filter(pk__in=added), "submission")
        _refuse_unfit([*lines, *(line for line in now if line.pk in chosen - fixed)], submission, chosen - fixed)
        if not chosen | fixed:
            raise Refused(NOTHING)
        revisions.save(submission, revision=revision, at=at, title=nfc(title.strip()))
        dropped = {line.pk for line in now} - chosen - fixed
        Nomination.objects.filter(pk__in=dropped).update(submission=None)
        Nomination.objects.filter(pk__in=added).update(submission=submission)
        data = {"added": sorted(added), "dropped": sorted(dropped)}
        current.record("submission_arranged", submission, data=data)
    return submission


def send(
    *,
    submission: Submission,
    actor: Actor,
    at: dt.datetime,
    note: str = "",
    behalf_of: str = "",
    on_paper: OnPaper | None = None,
    seen: int | None = None,
) -> Step:
    """Send a dossier and each of its nominations to the board: by a signed paper, or on screen by a signer.

    A returned dossier goes again with what is in it; nominations the board has already stay as they are. `seen`: the
    revision whose list the sender read. Raises PermissionError, Refused without a paper, for a nomination that cannot
    be sent (named), at the wrong time, Stale when the list changed since, ValueError when somebody is acted for without
    a paper.
    """
    check(submission, SUBMISSION, "send", actor=actor, note=note)
    if on_paper is None and actor.scope.capacity != Capacity.SIGNER:
        raise Refused(NEEDS_PAPER)
    paper = papers.receive(on_paper, about=submission, actor=actor)
    with act(actor=actor, at=at) as current:
        if submission.bloc_year is not None:
            years.hold(submission.bloc_year)
        held = _held(submission)
        if seen is not None and held.revision != seen:
            raise Stale(CHANGED)
        written = papers.write(current, paper)
        return _send(current, submission, note=note, behalf_of=behalf_of, on_paper=written)


def _send(current: Act, submission: Submission, *, note: str, behalf_of: str, on_paper: SignedPaper | None) -> Step:
    """Send a held dossier with those of its nominations the board does not have yet."""
    lines = locked(submission.nominations.all(), "submission")
    is_again = submission.state == SubmissionState.RETURNED
    going = [line for line in lines if not is_again or line.state in sendable_states(line.route)]
    _refuse_unfit(going, submission, {line.pk for line in going})
    if not lines:
        raise Refused(NOTHING)
    resolve_findings([line.pk for line in going], at=current.at)
    for line in going:
        move(current, line, line.workflow, "send", behalf_of=behalf_of, on_paper=on_paper)
    return move(
        current,
        submission,
        SUBMISSION,
        "send",
        note=note,
        behalf_of=behalf_of,
        on_paper=on_paper,
        data={"nominations": len(lines)},
        sent_at=current.at,
        paper=on_paper or submission.paper,
    )


def receive(
    *,
    submission: Submission,
    register_number: str,
    received_on: dt.date,
    received_as: str = ReceivedAs.SYSTEM,
    received_above_on: dt.date | None = None,
    actor: Actor,
    at: dt.datetime,
    note: str = "",
    behalf_of: str = "",
    on_paper: OnPaper | None = None,
) -> Step:
    """Enter a dossier in the register of what came in: số đến, ngày đến, in which form.

    Raises PermissionError, Refused at the wrong time, without a number, and for a number that another dossier of the
    calendar year bears; ValidationError.
    """
    check(submission, SUBMISSION, "receive", actor=actor, note=note)
    entry = Entry(register_number, received_on, received_as, received_above_on)
    paper = papers.receive(on_paper, about=submission, actor=actor)
    try:
        with act(actor=actor, at=at) as current:
            written = papers.write(current, paper)
            return _receive(current, submission, entry, note=note, behalf_of=behalf_of, on_paper=written)
    except IntegrityError:
        raise Refused(_taken(entry)) from None


def _receive(
    current: Act, submission: Submission, entry: Entry, *, note: str, behalf_of: str, on_paper: SignedPaper | None
) -> Step:
    if not entry.register_number:
        raise Refused(NO_NUMBER)
    values: dict[str, Any] = {**asdict(entry), "register_year": entry.received_on.year}
    for name, value in values.items():
        setattr(submission, name, value)
    submission.clean_fields(exclude={field.name for field in Submission._meta.fields} - set(values))
    others = Submission.objects.filter(register_year=entry.received_on.year, register_number=entry.register_number)
    if others.exclude(pk=submission.pk).exists():
        raise Refused(_taken(entry))
    return move(
        current,
        submission,
        SUBMISSION,
        "receive",
        note=note,
        behalf_of=behalf_of,
        on_paper=on_paper,
        data={
            "number": entry.register_number,
            "received_on": entry.received_on,
            "received_as": entry.received_as,
        },
        **values,
    )


def _taken(entry: Entry) -> str:
    year = entry.received_on.year
    return f"Số đến {entry.register_number} của năm {year} đã ghi cho hồ sơ khác; ghi số khác."


def take(
    *,
    submission: Submission,
    action: str,
    actor: Actor,
    at: dt.datetime,
    note: str = "",
    behalf_of: str = "",
    on_paper: OnPaper | None = None,
) -> Step:
    """Take a step that is neither the sending nor the receipt: return, appraisal finished or not, result known.

    Its nominations stay as they are. Raises PermissionError, Refused at the wrong time and while nominations wait,
    KeyError for a step that does not exist, ValueError when somebody is acted for without a paper.
    """
    if action in {"send", "receive"}:
        raise KeyError(action)
    check(submission, SUBMISSION, action, actor=actor, note=note)
    paper = papers.receive(on_paper, about=submission, actor=actor)
    with act(actor=actor, at=at) as current:
        _held(submission)
        lines = locked(submission.nominations.all(), "submission")
        _refuse_waiting(action, lines)
        written = papers.write(current, paper)
        return move(current, submission, SUBMISSION, action, note=note, behalf_of=behalf_of, on_paper=written)


def resend(
    *,
    nomination: Nomination,
    actor: Actor,
    at: dt.datetime,
    note: str = "",
    behalf_of: str = "",
    on_paper: OnPaper | None = None,
) -> Step:
    """Send a nomination that was returned and made good again, within the dossier the board has received.

    What it lacked counts as supplied. Raises PermissionError, Refused, ValueError when somebody is acted for without a
    paper.
    """
    check(nomination, nomination.workflow, "send", actor=actor, note=note)
    paper = papers.receive(on_paper, about=nomination, actor=actor)
    with act(actor=actor, at=at) as current:
        dossier = Submission.objects.select_for_update(of=("self",)).filter(nominations=nomination.pk).first()
        for line in locked(Nomination.objects.filter(pk=nomination.pk), "submission"):
            _refuse_resending(line, dossier)
        written = papers.write(current, paper)
        resolve_findings([nomination.pk], at=at)
        return move(current, nomination, nomination.workflow, "send", note=note, behalf_of=behalf_of, on_paper=written)


def _held(submission: Submission) -> Submission:
    return Submission.objects.select_for_update().get(pk=submission.pk)


def _refuse_second(bloc_year: BlocYear | None) -> None:
    """Raise Refused while the bloc has a dossier that is not sent: its nominations belong there."""
    if bloc_year is not None and bloc_year.submissions.filter(state__in=OPEN).exists():
        raise Refused("Khối đang có một hồ sơ chưa gửi; mở hồ sơ đó để thêm đề nghị.")


def _refuse_unfit(lines: Sequence[Nomination], submission: Submission, chosen: set[int]) -> None:
    if not chosen and submission.pk is None:
        raise Refused(NOTHING)
    if {line.pk for line in lines} != chosen or not all(_belongs(line, submission) for line in lines):
        raise Refused(NOT_ITS_OWN)
    said = [f"{line.subject_name} ({why})" for line in lines if (why := _why_not(line, submission))]
    if said:
        raise Refused(f"Không gửi được: {'; '.join(said)}. Bỏ đánh dấu rồi làm lại.")


def _belongs(line: Nomination, submission: Submission) -> bool:
    if submission.bloc_year_id is not None:
        return line.route == Route.VIA_BLOC and line.bloc_year_id == submission.bloc_year_id
    is_own = line.owner_id == submission.agency_id and line.year_id == submission.year_id
    return line.route == Route.DIRECT and is_own


def _why_not(line: Nomination, submission: Submission) -> str:
    """Say why a nomination cannot be sent with the dossier, "" when it can."""
    other = line.submission
    if line.is_held:
        return "đang ghi “chưa xét khen thưởng”"
    if other is not None and other.pk != submission.pk and other.state != SubmissionState.DECIDED:
        return "đã nằm trong hồ sơ khác"
    if line.state not in sendable_states(line.route):
        return f"đang ở trạng thái “{line.get_state_display()}”"
    return ""


def _refuse_waiting(action: str, lines: Sequence[Nomination]) -> None:
    if action == "finish":
        waiting = sum(line.state == NominationState.SENT for line in lines)
        if waiting:
            raise Refused(f"Còn {count2(waiting)} dòng chờ thẩm định; thẩm định hoặc trả lại từng dòng trước.")
    if action == "decide":
        waiting = sum(line.is_open for line in lines)
        if waiting:
            raise Refused(f"Còn {count2(waiting)} dòng chưa có kết quả; hồ sơ có kết quả khi mọi dòng đã kết thúc.")


def _refuse_resending(line: Nomination, dossier: Submission | None) -> None:
    if line.is_held:
        raise Refused(HELD)
    if dossier is None or dossier.state not in AT_THE_BOARD:
        raise Refused(NOT_RECEIVED)
