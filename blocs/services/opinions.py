"""Comments of members on a circulated paper: given, changed, taken up or answered, until the paper is passed."""

import datetime as dt
import uuid

from blocs.enums import OpinionOutcome, PaperState
from blocs.models import BlocPaper, Membership, Opinion
from blocs.services.papers import held
from emulation.core import papers, revisions
from emulation.core.access import Actor, can
from emulation.core.audit import act
from emulation.core.errors import Refused
from emulation.core.papers import OnPaper
from emulation.core.vietnamese import date_short, nfc

NEEDS_PAPER = "Ghi văn bản góp ý của đơn vị: ngày văn bản và cơ quan ban hành."
NEEDS_ANSWER = "Ghi câu trả lời cho ý kiến này, hoặc chọn “Đã tiếp thu”."
_CLOSED = {
    PaperState.DRAFT: "Văn bản chưa gửi lấy ý kiến nên chưa nhận góp ý.",
    PaperState.PASSED: "Văn bản đã thông qua nên không nhận góp ý nữa.",
    PaperState.SUPERSEDED: "Bản này đã có bản thay thế nên không nhận góp ý nữa.",
    PaperState.NONE: "Khối đã ghi “không có” văn bản này nên không nhận góp ý.",
}


def give(
    *,
    paper: BlocPaper,
    membership: Membership,
    section: str,
    text: str,
    on_paper: OnPaper | None,
    creation_key: uuid.UUID,
    actor: Actor,
    at: dt.datetime,
) -> Opinion:
    """Write a member's comment on a paper, whole or one section; a second click finds the first.

    Who types for another agency names the letter it came by. Raises PermissionError, Refused without that letter, when
    the paper takes no comments and when the agency has left the bloc; ValueError for an agency of another bloc.
    """
    if not can(actor, "blocs.give_opinion", membership) or not can(actor, "blocs.view_blocpaper", paper):
        raise PermissionError("blocs.give_opinion")
    if membership.bloc_year_id != paper.bloc_year_id:
        raise ValueError("the agency is no member of that bloc year")
    is_own = membership.agency_id == actor.scope.agency_id
    if not is_own and on_paper is None:
        raise Refused(NEEDS_PAPER)
    received = papers.receive(on_paper, about=paper.bloc_year, actor=actor)
    with act(actor=actor, at=at) as current:
        fresh = held(paper)
        if made := Opinion.objects.filter(paper=paper, creation_key=creation_key).first():
            return made
        refuse_closed_to_opinions(fresh)
        if membership.left_on:
            raise Refused(f"“{membership.name.full}” đã rời khối từ ngày {date_short(membership.left_on)}.")
        written = papers.write(current, received)
        opinion = revisions.insert(
            Opinion(
                paper=paper,
                membership=membership,
                section=section,
                text=nfc(text),
                signed_paper=written,
                creation_key=creation_key,
            )
        )
        current.record(
            "opinion_given",
            paper,
            behalf_of="" if is_own else membership.name.full,
            on_paper=written,
            data={"opinion": opinion.pk, "membership": membership.pk},
        )
    return opinion


def edit(*, opinion: Opinion, section: str, text: str, revision: int, actor: Actor, at: dt.datetime) -> Opinion:
    """Change a comment; what the leader had made of it is open again.

    Raises PermissionError, Refused when the paper takes no comments any more, Stale, ValidationError.
    """
    if not can(actor, "blocs.edit_opinion", opinion):
        raise PermissionError("blocs.edit_opinion")
    with act(actor=actor, at=at) as current:
        refuse_closed_to_opinions(held(opinion.paper))
        values = {"section": section, "text": nfc(text), "outcome": OpinionOutcome.OPEN, "answer": ""}
        revisions.save(opinion, revision=revision, at=at, **values)
        is_own = opinion.agency_id == actor.scope.agency_id
        current.record(
            "opinion_edited",
            opinion.paper,
            behalf_of="" if is_own else opinion.membership.name.full,
            on_paper=opinion.signed_paper,
            data={"opinion": opinion.pk, "membership": opinion.membership_id},
        )
    return opinion


def settle(*, opinion: Opinion, outcome: str, answer: str, revision: int, actor: Actor, at: dt.datetime) -> Opinion:
    """Say that a comment is taken up, or answer it with a sentence.

    Raises PermissionError, Refused without an answer and when the paper is passed, Stale when the member has changed
    the comment in between.
    """
    if not can(actor, "blocs.settle_opinion", opinion):
        raise PermissionError("blocs.settle_opinion")
    if outcome == OpinionOutcome.ANSWERED and not nfc(answer):
        raise Refused(NEEDS_ANSWER)
    with act(actor=actor, at=at) as current:
        refuse_closed_to_opinions(held(opinion.paper))
        revisions.save(opinion, revision=revision, at=at, outcome=OpinionOutcome(outcome), answer=nfc(answer))
        data = {"opinion": opinion.pk, "membership": opinion.membership_id, "outcome": opinion.outcome}
        current.record("opinion_settled", opinion.paper, data=data)
    return opinion


def refuse_closed_to_opinions(paper: BlocPaper) -> None:
    """Raise Refused unless the paper is being circulated."""
    if paper.state != PaperState.CIRCULATED:
        raise Refused(_CLOSED[PaperState(paper.state)])
