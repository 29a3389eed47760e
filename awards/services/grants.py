"""Awards that were given: the row each makes, and the act that takes one back."""

import datetime as dt
from typing import cast

from django.db.models import F

from awards.domain.decision import search_key_of
from awards.models import CommendationKind, Decision, DecisionLine, Grant, Revocation
from blocs.models import Agency, BlocYear, EmulationYear
from emulation.core import papers, revisions
from emulation.core.access import Actor, can
from emulation.core.audit import act
from emulation.core.errors import Refused
from emulation.core.models import SignedPaper
from emulation.core.papers import OnPaper
from emulation.core.vietnamese import date_short, nfc

REVOKED = "Khen thưởng này đã được thu hồi; tải lại trang để xem văn bản thu hồi."


def day_of(decision: Decision) -> dt.date:
    """Return the day of a decision that has its number, and so its day."""
    if decision.dated_on is None:
        raise ValueError("a numbered decision has its day")
    return decision.dated_on


def given_by(
    line: DecisionLine,
    *,
    decision: Decision,
    owner: Agency,
    year: EmulationYear | None = None,
    bloc_year: BlocYear | None = None,
    commendation: CommendationKind | None = None,
) -> Grant:
    """Return the award a line of a dated decision gives, not yet written. What a nomination knows goes before."""
    asked = line.nomination
    return Grant(
        line=line,
        decision=decision,
        award=line.award,
        commendation=asked.commendation if asked else commendation,
        year=asked.year if asked else year,
        bloc_year=asked.bloc_year if asked else bloc_year,
        agency=line.agency,
        person=line.person,
        owner=owner,
        subject_name=line.subject_name,
        subject_title=line.subject_title,
        search_key=search_key_of(line.subject_name, line.subject_title, owner.name),
        granted_on=day_of(decision),
    )


def revoke(
    *, grant: Grant, paper: OnPaper | None, revoked_on: dt.date, reason: str, actor: Actor, at: dt.datetime
) -> Revocation:
    """Take an award back by a decision of its own; the grant stays for ever, marked.

    Raises PermissionError, Refused without the decision's number or a reason, for a decision or a day before the award
    was given, and when it is revoked already.
    """
    if not can(actor, "awards.revoke_grant", grant):
        raise PermissionError("awards.revoke_grant")
    if paper is None or not paper.number.strip():
        raise Refused("Ghi số, ngày và cơ quan ban hành của quyết định thu hồi.")
    if not reason.strip():
        raise Refused("Ghi lý do thu hồi.")
    given = date_short(grant.granted_on)
    if revoked_on < grant.granted_on:
        raise Refused(f"Ngày thu hồi không thể trước ngày tặng ({given}).")
    if paper.dated_on < grant.granted_on:
        raise Refused(f"Quyết định thu hồi không thể có ngày trước ngày tặng ({given}).")
    received = papers.receive(paper, about=None, actor=actor)
    with act(actor=actor, at=at) as current:
        marked = Grant.objects.filter(pk=grant.pk, is_revoked=False)
        if marked.update(is_revoked=True, revision=F("revision") + 1, updated_at=at) != 1:
            raise Refused(REVOKED)
        written = cast("SignedPaper", papers.write(current, received))
        row = revisions.insert(
            Revocation(grant=grant, paper=written, revoked_on=revoked_on, reason=nfc(reason.strip()))
        )
        # The reason may name a person, and events are for ever: it stands in the revocation alone.
        current.record("grant_revoked", grant, on_paper=written, data={"decision": grant.decision_id})
    grant.is_revoked = True
    return row
