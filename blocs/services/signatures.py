"""Signing a covenant: on screen by a signer, on paper one by one, or all in one act "đã ký tại hội nghị"."""

import datetime as dt
import uuid
from collections.abc import Mapping
from dataclasses import dataclass

from blocs.domain.covenant import named
from blocs.enums import PaperState, SignatureWay, SignsAs
from blocs.models import BlocPaper, Membership, Seat, Signature
from blocs.services.papers import held, refuse_future
from emulation.core import clock, papers, revisions
from emulation.core.access import Actor, can
from emulation.core.audit import act
from emulation.core.errors import Refused
from emulation.core.papers import OnPaper
from emulation.core.vietnamese import date_short, nfc

NOT_OPEN = "Giao ước chưa mở ký; Trưởng khối hoặc cơ quan thường trực chốt nội dung, mở ký trước."
NOT_HELD = "Bản giao ước này không còn nhận chữ ký."
NEEDS_PAPER = "Ghi văn bản có chữ ký: ngày văn bản và cơ quan ban hành."
NOBODY = "Đánh dấu ít nhất một đơn vị đã ký."
VOIDED = "Chữ ký này đã hủy rồi."


@dataclass(frozen=True)
class SignatureSaid:
    """Who signed for an agency, in which capacity, on which day."""

    signer_name: str
    signer_title: str
    signed_on: dt.date
    signs_as: str = SignsAs.HEAD


def sign(*, paper: BlocPaper, membership: Membership, actor: Actor, at: dt.datetime) -> Signature:
    """Sign on screen for one's agency; name, title and capacity are those of the seat.

    A second click finds the first signature. Raises PermissionError, Refused when the covenant is not open for
    signatures, the agency has left the bloc, or somebody else's signature stands for it.
    """
    if not can(actor, "blocs.sign_covenant", membership) or not can(actor, "blocs.view_blocpaper", paper):
        raise PermissionError("blocs.sign_covenant")
    day = clock.local(at).date()
    with act(actor=actor, at=at) as current:
        refuse_unsignable(held(paper), membership, day)
        seat = Seat.objects.get(pk=actor.seat_id or 0)
        found = _valid(paper, membership)
        if found and found.seat_id == seat.pk:
            return found
        _refuse_second(found, membership)
        signature = revisions.insert(
            Signature(
                paper=paper,
                membership=membership,
                way=SignatureWay.SCREEN,
                signer_name=actor.name,
                signer_title=seat.title,
                signs_as=seat.signs_as,
                signed_on=day,
                seat=seat,
            )
        )
        data = {"membership": membership.pk, "signature": signature.pk, "signs_as": seat.signs_as}
        current.record("covenant_signed", paper, data=data)
    return signature


def record(
    *,
    paper: BlocPaper,
    membership: Membership,
    said: SignatureSaid,
    on_paper: OnPaper | None,
    creation_key: uuid.UUID,
    actor: Actor,
    at: dt.datetime,
) -> Signature:
    """Write a signature that stands on paper; when another agency types it, the event says for whom.

    A second click finds the first. Raises PermissionError, Refused without a paper, at the wrong time, and when a
    signature of that agency stands already; ValidationError.
    """
    if not can(actor, "blocs.record_signature", membership) or not can(actor, "blocs.view_blocpaper", paper):
        raise PermissionError("blocs.record_signature")
    if on_paper is None:
        raise Refused(NEEDS_PAPER)
    refuse_future(said.signed_on, at)
    received = papers.receive(on_paper, about=paper.bloc_year, actor=actor)
    with act(actor=actor, at=at) as current:
        fresh = held(paper)
        found = _valid(paper, membership)
        if found and found.creation_key == creation_key:
            return found
        refuse_unsignable(fresh, membership, said.signed_on)
        _refuse_second(found, membership)
        written = papers.write(current, received)
        signature = revisions.insert(
            Signature(
                paper=paper,
                membership=membership,
                way=SignatureWay.PAPER,
                signer_name=said.signer_name,
                signer_title=said.signer_title,
                signs_as=said.signs_as,
                signed_on=said.signed_on,
                signed_paper=written,
                creation_key=creation_key,
            )
        )
        is_own = membership.agency_id == actor.scope.agency_id
        current.record(
            "signature_recorded",
            paper,
            behalf_of="" if is_own else membership.name.full,
            on_paper=written,
            data={"membership": membership.pk, "signature": signature.pk, "signs_as": said.signs_as},
        )
    return signature


def record_all(
    *,
    paper: BlocPaper,
    signatures: Mapping[int, SignatureSaid],
    on_paper: OnPaper | None,
    creation_key: uuid.UUID,
    actor: Actor,
    at: dt.datetime,
) -> list[Signature]:
    """Write in one act who signed at the meeting, by the id of the membership; one paper proves them all.

    A second click finds what the first wrote. Raises PermissionError, Refused without a paper, when nobody is ticked,
    at the wrong time, and when one of the agencies has signed already; ValidationError.
    """
    if not can(actor, "blocs.record_every_signature", paper):
        raise PermissionError("blocs.record_every_signature")
    if not signatures:
        raise Refused(NOBODY)
    if on_paper is None:
        raise Refused(NEEDS_PAPER)
    for said in signatures.values():
        refuse_future(said.signed_on, at)
    received = papers.receive(on_paper, about=paper.bloc_year, actor=actor)
    keys = {pk: uuid.uuid5(creation_key, str(pk)) for pk in signatures}
    with act(actor=actor, at=at) as current:
        fresh = held(paper)
        made = list(Signature.objects.filter(paper=paper, creation_key__in=keys.values()))
        if made:
            return made
        members = {row.pk: row for row in paper.bloc_year.memberships.select_related("name").filter(pk__in=signatures)}
        for pk, said in signatures.items():
            refuse_unsignable(fresh, members[pk], said.signed_on)
        signed = Signature.objects.filter(paper=paper, membership__in=members, voided_at=None)
        already = [members[pk].name.full for pk in signed.values_list("membership", flat=True)]
        if already:
            raise Refused(f"Đã có chữ ký của {named(already)}; bỏ dấu ở các đơn vị đó rồi lưu lại.")
        written = papers.write(current, received)
        rows = [
            revisions.insert(
                Signature(
                    paper=paper,
                    membership=members[pk],
                    way=SignatureWay.MEETING,
                    signer_name=said.signer_name,
                    signer_title=said.signer_title,
                    signs_as=said.signs_as,
                    signed_on=said.signed_on,
                    signed_paper=written,
                    creation_key=keys[pk],
                )
            )
            for pk, said in signatures.items()
        ]
        data = {"signatures": len(rows), "memberships": sorted(members)}
        current.record("signatures_recorded", paper, on_paper=written, data=data)
    return rows


def void(*, signature: Signature, reason: str, actor: Actor, at: dt.datetime) -> Signature:
    """Void one signature; it stays, with the reason, and the agency may sign again.

    Raises PermissionError, Refused without a reason, for one that is void already, and once the covenant is no longer
    the one that holds or is being signed.
    """
    paper = signature.paper
    if not can(actor, "blocs.record_every_signature", paper):
        raise PermissionError("blocs.record_every_signature")
    if not nfc(reason):
        raise Refused("Ghi lý do hủy chữ ký.")
    with act(actor=actor, at=at) as current:
        fresh = held(paper)
        refuse_closed_to_signatures(fresh)
        found = Signature.objects.get(pk=signature.pk)
        if found.voided_at:
            raise Refused(VOIDED)
        revisions.save(found, revision=found.revision, at=at, voided_at=at, void_reason=nfc(reason))
        data = {"membership": found.membership_id, "signature": found.pk}
        current.record("signature_voided", paper, note=nfc(reason), data=data)
    return found


def refuse_closed_to_signatures(paper: BlocPaper) -> None:
    """Raise Refused unless signatures may be written under the covenant: while it is signed, and while it holds."""
    if paper.state in {PaperState.DRAFT, PaperState.CIRCULATED}:
        raise Refused(NOT_OPEN)
    if paper.state not in {PaperState.SIGNING, PaperState.SIGNED}:
        raise Refused(NOT_HELD)


def refuse_unsignable(paper: BlocPaper, membership: Membership, day: dt.date) -> None:
    """Raise Refused when the covenant takes no signature, or the agency had left the bloc by that day."""
    if membership.bloc_year_id != paper.bloc_year_id:
        raise ValueError("the agency is no member of that bloc year")
    refuse_closed_to_signatures(paper)
    if membership.left_on and day > membership.left_on:
        left = date_short(membership.left_on)
        raise Refused(f"“{membership.name.full}” đã rời khối từ ngày {left} nên không ký ngày này.")


def _valid(paper: BlocPaper, membership: Membership) -> Signature | None:
    return Signature.objects.filter(paper=paper, membership=membership, voided_at=None).first()


def _refuse_second(found: Signature | None, membership: Membership) -> None:
    if found:
        who = f"{found.signer_name}, {found.signer_title}, ngày {date_short(found.signed_on)}"
        raise Refused(f"“{membership.name.full}” đã có chữ ký ({who}); không cần ghi thêm.")
