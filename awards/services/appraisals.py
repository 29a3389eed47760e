"""The board's acts on nominations: a specialist appraises, the head approves or refuses; many at once, all or nothing.

Each act has its inverse. `seen`, everywhere: the revisions the preview showed, by id; a nomination that moved since
then stops the act, so that nobody approves what they did not see.
"""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.db import IntegrityError
from django.db.models import F

from awards.domain.nomination import CLOSED, HELD
from awards.domain.submission import AT_THE_BOARD
from awards.enums import DecisionState, Route, SubmissionState, Verdict
from awards.models import Appraisal, AwardKind, DecisionLine, Nomination
from awards.services.nominations import locked
from emulation.core.access import Actor
from emulation.core.audit import Act, act
from emulation.core.errors import Refused
from emulation.core.transitions import check, move
from emulation.core.vietnamese import nfc

NOTHING = "Đánh dấu ít nhất một đề nghị."
MOVED = "người khác vừa cập nhật; tải lại trang để xem nội dung mới"
NOT_RECEIVED = "hồ sơ chưa tiếp nhận; tiếp nhận hồ sơ rồi mới thẩm định"
DECIDED = "hồ sơ đã ghi có kết quả"
NEEDS_AWARD = "chọn danh hiệu, hình thức đề nghị thay"
SAME_AWARD = "hình thức đề nghị thay phải khác hình thức đang đề nghị"
NEEDS_OPINION = "ghi ý kiến thẩm định khi không đủ điều kiện"
AGAINST = "chuyên viên thẩm định không đủ điều kiện; ghi lý do phê duyệt"
IN_DECISION = "đã có trong quyết định số {}; bỏ số, đưa quyết định về dự thảo trước"
TWICE = "đã có đề nghị khác cho cùng danh hiệu, hình thức này"
ACTIONS = ("approve", "refuse", "unapprove", "propose_up", "not_grant")

Said = tuple[Nomination, str, AwardKind | None, str]
Seen = Mapping[int, int]


def appraise(*, lines: Sequence[Said], actor: Actor, at: dt.datetime, seen: Seen | None = None) -> list[Nomination]:
    """Write what the specialist says of each: fit, another award, unfit, with the opinion; return the fresh rows.

    All or nothing. Raises PermissionError, Refused with the name of the one that stops it.
    """
    said = {line.pk: (verdict, award, nfc(opinion.strip())) for line, verdict, award, opinion in lines}

    def do(current: Act, line: Nomination) -> None:
        verdict, award, opinion = said[line.pk]
        _refuse_verdict(line, verdict, award, opinion)
        code = {"verdict": str(verdict), "award": award.slug if award and verdict == Verdict.CHANGE else ""}
        move(current, line, line.workflow, "appraise", data=code)
        Appraisal.objects.update_or_create(
            nomination=line,
            defaults={
                "verdict": verdict,
                "award": award if verdict == Verdict.CHANGE else None,
                "opinion": opinion,
                "appraised_by_id": actor.user_id or 0,
                "appraised_at": at,
                "updated_at": at,
            },
        )

    return _each([line for line, *_ in lines], "appraise", do, actor=actor, at=at, seen=seen)


def unappraise(
    *, nominations: Sequence[Nomination], note: str, actor: Actor, at: dt.datetime, seen: Seen | None = None
) -> list[Nomination]:
    """Take verdicts back: the nominations wait for their appraisal again. The last words stay to be written over.

    All or nothing. Raises PermissionError, Refused without a reason or with the name of the one that stops it.
    """

    def do(current: Act, line: Nomination) -> None:
        move(current, line, line.workflow, _back(line), note=note)

    return _each(nominations, "unappraise", do, actor=actor, at=at, seen=seen, note=note)


def decide(
    *,
    nominations: Sequence[Nomination],
    action: str,
    note: str = "",
    actor: Actor,
    at: dt.datetime,
    seen: Seen | None = None,
) -> list[Nomination]:
    """Take a step of the head (`ACTIONS`) on each; return the fresh rows.

    Where the specialist proposed another award, the approval gives that one and keeps what was asked for; to unapprove
    puts it back. All or nothing. Raises PermissionError, KeyError for another action, Refused without a reason where
    one is needed, or with the name of the one that stops it.
    """
    if action not in ACTIONS:
        raise KeyError(action)

    def do(current: Act, line: Nomination) -> None:
        values = _awards_after(line, action, note)
        move(current, line, line.workflow, action, note=note, data=_codes(line, values), **values)
        _carry(line, values)

    return _each(nominations, action, do, actor=actor, at=at, seen=seen, note=note)


def fall_back(
    *,
    nominations: Sequence[Nomination],
    note: str,
    actor: Actor,
    at: dt.datetime,
    seen: Seen | None = None,
) -> list[Nomination]:
    """Approve the lower award the catalogue names where the higher one was not given, in one act; return the rows.

    All or nothing. Raises PermissionError, Refused without a reason, at the wrong time, where no lower award is named.
    """

    def do(current: Act, line: Nomination) -> None:
        lower = line.award.lower
        if lower is None:
            raise Refused(f"danh mục chưa ghi hình thức xét thay cho {line.award}")
        values = _changed(line, lower)
        move(current, line, line.workflow, "fall_back", note=note, data=_codes(line, values), **values)
        _carry(line, values)

    return _each(nominations, "fall_back", do, actor=actor, at=at, seen=seen, note=note)


def _back(line: Nomination) -> str:
    """Return the step that takes a verdict back on the route of the nomination."""
    return "redraft" if line.route == Route.BOARD else "unappraise"


def _each(
    nominations: Sequence[Nomination],
    action: str,
    do: Callable[[Act, Nomination], None],
    *,
    actor: Actor,
    at: dt.datetime,
    seen: Seen | None,
    note: str = "",
) -> list[Nomination]:
    """Lock them all, then do it to each; who may not, or what cannot be, undoes the whole."""
    if not nominations:
        raise Refused(NOTHING)
    chosen = {line.pk for line in nominations}
    try:
        with act(actor=actor, at=at) as current:
            lines = locked(
                Nomination.objects.filter(pk__in=chosen),
                "award__lower", "asked_award", "submission", "appraisal__award",
            )  # fmt: skip
            for line in lines:
                try:
                    _refuse_moved(line, seen)
                    step = _back(line) if action == "unappraise" else action
                    _refuse_now(line, step, actor=actor, note=note)
                    do(current, line)
                except Refused as refusal:
                    raise Refused(f"{line.subject_name}: {refusal}") from None
    except IntegrityError:
        raise Refused(f"Không lưu được: {TWICE}.") from None
    return lines


def _refuse_moved(line: Nomination, seen: Seen | None) -> None:
    if seen is not None and seen.get(line.pk) != line.revision:
        raise Refused(MOVED)


def _refuse_now(line: Nomination, action: str, *, actor: Actor, note: str) -> None:
    try:
        check(line, line.workflow, action, actor=actor, note=note)
    except KeyError:
        raise Refused("con đường của đề nghị này không có bước đó") from None
    if line.is_held:
        raise Refused(HELD)
    dossier = line.submission
    if dossier is None:
        return
    if action in {"appraise", "unappraise"} and dossier.state not in AT_THE_BOARD:
        raise Refused(NOT_RECEIVED)
    if action == "unapprove" and dossier.state == SubmissionState.DECIDED:
        raise Refused(DECIDED)


def _refuse_verdict(line: Nomination, verdict: str, award: AwardKind | None, opinion: str) -> None:
    if verdict == Verdict.CHANGE and award is None:
        raise Refused(NEEDS_AWARD)
    if verdict == Verdict.CHANGE and award is not None and award.pk == line.award_id:
        raise Refused(SAME_AWARD)
    if verdict == Verdict.UNFIT and not opinion:
        raise Refused(NEEDS_OPINION)


def _awards_after(line: Nomination, action: str, note: str) -> dict[str, Any]:
    """Return the columns of the award a step of the head changes. Raises Refused."""
    if action == "approve":
        said: Appraisal | None = getattr(line, "appraisal", None)
        if said is not None and said.verdict == Verdict.UNFIT and not note.strip():
            raise Refused(AGAINST)
        return _changed(line, said.award) if said is not None and said.award is not None else {}
    if action == "unapprove" and line.asked_award is not None:
        return {"award": line.asked_award, "asked_award": None}
    if action == "propose_up" and not line.award.is_above_province:
        raise Refused(f"{line.award} không do cấp trên quyết định nên không trình cấp trên")
    return {}


def _changed(line: Nomination, award: AwardKind) -> dict[str, Any]:
    """Return the columns of a nomination that gets another award. Raises Refused where it would be there twice."""
    others = Nomination.objects.filter(bloc_year=line.bloc_year_id, agency=line.agency_id, award=award)
    if line.route == Route.VIA_BLOC and others.exclude(state__in=CLOSED).exclude(pk=line.pk).exists():
        raise Refused(TWICE)
    return {"award": award, "asked_award": line.asked_award or line.award}


def _carry(line: Nomination, values: dict[str, Any]) -> None:
    """Write a changed award into the draft decision that has the line already, unless a directive chose there.

    Raises Refused for a decision with its number: what was printed and signed is not changed from here.
    """
    if "award" not in values:
        return
    lines = DecisionLine.objects.filter(nomination=line, is_struck=False, directive="")
    numbered = lines.filter(decision__state=DecisionState.NUMBERED).select_related("decision").first()
    if numbered is not None:
        raise Refused(IN_DECISION.format(numbered.decision.number))
    lines.filter(decision__state=DecisionState.DRAFT).update(award=values["award"], revision=F("revision") + 1)


def _codes(line: Nomination, values: dict[str, Any]) -> dict[str, str]:
    """Return, for the event, from which award to which."""
    return {"from_award": line.award.slug, "to_award": values["award"].slug} if "award" in values else {}
