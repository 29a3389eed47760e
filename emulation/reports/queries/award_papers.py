"""Rows → the facts of the papers of awards: of a bloc's dossier and of a decision.

`*_refusal` says why there is nothing to print.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Q

from awards.enums import AwardNature, BasisUse, DecisionState, NominationState, ReceivedAs, Route, Verdict
from awards.models import (
    AwardKind,
    Decision,
    DecisionLine,
    Finding,
    LegalBasis,
    Nomination,
    Submission,
)
from awards.queries.appraisals import papers_of
from emulation.core import clock
from emulation.core.errors import Refused
from emulation.core.models import DocumentKind, Event, Province, label_of
from emulation.reports.domain.facts import HeaderFact
from emulation.reports.domain.proposal import (
    INLINE,
    AppraisalSummary,
    AppraisedFact,
    BlocListSummary,
    BlocMinutesSummary,
    BlocProposalSummary,
    BoardListSummary,
    BoardProposalSummary,
    DecisionListSummary,
    DecisionSummary,
    DeclinedFact,
    DossierFact,
    LineFact,
    office_sign,
)
from emulation.reports.queries import bloc_papers, parts

OF_AN_AGENCY = "Hồ sơ của đơn vị trình thẳng: đơn vị dùng tờ trình của mình; hệ thống lập văn bản cho hồ sơ của khối."
NO_NOMINATIONS = "Hồ sơ chưa có đề nghị nào; thêm đề nghị rồi lập văn bản."
ELSEWHERE = "Quyết định do nơi khác ban hành, ở đây chỉ ghi nhận; không lập bộ trình ký."
CANCELLED = "Dự thảo đã hủy; không lập bộ trình ký."
NO_LINES = "Dự thảo chưa có dòng nào; thêm đề nghị rồi lập bộ trình ký."
IN_THE_DECISION = "Không quá 05 dòng nên danh sách ghi ngay trong quyết định."
NOT_PROPOSED = ("nomination_declined", "nomination_disagreed")
OUT = (NominationState.WITHDRAWN, NominationState.DECLINED)
WITHOUT_VERDICT = (NominationState.DRAFT, NominationState.SENT)  # none yet, or taken back


def _basis(use: BasisUse, day: dt.date | None) -> tuple[str, ...]:
    """Return the lines "Căn cứ" that hold on the day of a paper; today's for one without a day."""
    rows = LegalBasis.objects.filter(use=use).valid_on(day or clock.today()).order_by("position", "pk")
    return tuple(rows.values_list("text", flat=True))


def _rank(award: AwardKind, person_id: int | None) -> tuple[bool, int, int, bool]:
    """Return where a line stands: titles first, then as the catalogue orders awards, collectives before persons."""
    return (award.nature != AwardNature.TITLE, award.position, award.pk, person_id is not None)


# --- A bloc's dossier -------------------------------------------------------------------------------------------------


def _asked(submission: Submission) -> list[Nomination]:
    """Return what the dossier asks for, in the order of print."""
    rows = submission.nominations.exclude(state__in=OUT).select_related("award", "asked_award").order_by("pk")
    return sorted(rows, key=lambda row: (*_rank(_first_asked(row), row.person_id), row.place or 0))


def _first_asked(row: Nomination) -> AwardKind:
    """Return the award that was asked for: what the board makes of it is not the bloc's word."""
    return row.asked_award or row.award


def submission_refusal(submission: Submission) -> str:
    """Return why a dossier has no papers of ours, "" when it has."""
    if submission.bloc_year_id is None:
        return OF_AN_AGENCY
    return "" if submission.nominations.exclude(state__in=OUT).exists() else NO_NOMINATIONS


def _of_bloc(submission: Submission) -> dict[str, Any]:
    """Return what every paper of a dossier says. Raises Refused when there is nothing to print."""
    bloc_year, refusal = submission.bloc_year, submission_refusal(submission)
    if bloc_year is None or refusal:
        raise Refused(refusal)
    province = Province.objects.get(pk=1)
    known = parts.registered(submission, DocumentKind.BLOC_PROPOSAL, paper=submission.paper)
    standing = bloc_papers.standing_of(bloc_year)
    return parts.of_year(bloc_year) | {
        "submission": submission.pk,
        "state": submission.state,
        "header": parts.header(bloc_year, "TTr", known),
        "signer": parts.signer(parts.leader_of(bloc_year), on=known.dated_on),
        "addressee": province.authority,
        "department": province.department,
        "basis": _basis(BasisUse.PROPOSAL, known.dated_on),
        "decided_on": standing.decided_on if standing else None,
        "members": bloc_year.memberships.filter(left_on__isnull=True).count(),
        "lines": tuple(
            LineFact(
                award=str(_first_asked(row)),
                nature=_first_asked(row).nature,
                name=row.subject_name,
                title=row.subject_title,
                is_person=row.is_person,
                achievement=row.achievement,
                place=row.place,
                points=row.points,
                votes_for=row.votes_for,
                votes_of=row.votes_of,
            )
            for row in _asked(submission)
        ),
    }


def bloc_proposal(submission: Submission) -> BlocProposalSummary:
    """Return what the request of a bloc says. Raises Refused."""
    return BlocProposalSummary(**_of_bloc(submission)).normalised()


def bloc_list(submission: Submission) -> BlocListSummary:
    """Return what the list beside it says. Raises Refused."""
    return BlocListSummary(**_of_bloc(submission)).normalised()


def bloc_minutes(submission: Submission) -> BlocMinutesSummary:
    """Return what the extract of the minutes says. Raises Refused."""
    return BlocMinutesSummary(**_of_bloc(submission), declined=_declined(submission)).normalised()


def _declined(submission: Submission) -> tuple[DeclinedFact, ...]:
    """Return what the bloc agreed not to propose, as lists are printed, with the reason of its last word.

    One line for an agency and an award; none where it is proposed all the same. A member's draft is not the bloc's
    word.
    """
    found = Nomination.objects.filter(bloc_year=submission.bloc_year_id, route=Route.VIA_BLOC)
    found = found.exclude(state__in=[NominationState.DRAFT, NominationState.WITHDRAWN])
    asked: dict[tuple[int | None, int], list[Nomination]] = defaultdict(list)
    for row in found.select_related("award", "asked_award").in_order():
        asked[row.agency_id, _first_asked(row).pk].append(row)
    rows = [same[-1] for same in asked.values() if all(row.state == NominationState.DECLINED for row in same)]
    events = Event.objects.filter(
        subject_label=label_of(Nomination), subject_id__in=[row.pk for row in rows], verb__in=NOT_PROPOSED
    )
    reasons = dict(events.order_by("seq").values_list("subject_id", "note"))
    return tuple(DeclinedFact(row.subject_name, str(row.award), reasons.get(row.pk, "")) for row in rows)


# --- A decision -------------------------------------------------------------------------------------------------------


def _lines(decision: Decision) -> list[DecisionLine]:
    """Return what the decision gives, in the order of print."""
    rows = decision.lines.filter(is_struck=False).select_related("award").order_by("position")
    return sorted(rows, key=lambda row: _rank(row.award, row.person_id))


def decision_refusal(decision: Decision) -> str:
    """Return why a decision has no pack, "" when it has."""
    return _never(decision) or ("" if decision.lines.filter(is_struck=False).exists() else NO_LINES)


def decision_list_refusal(decision: Decision) -> str:
    """Return why a decision has no list of its own, "" when it has."""
    if refusal := _never(decision):
        return refusal
    count = decision.lines.filter(is_struck=False).count()
    if not count:
        return NO_LINES
    return IN_THE_DECISION if count <= INLINE else ""


def _never(decision: Decision) -> str:
    if decision.is_elsewhere:
        return ELSEWHERE
    return CANCELLED if decision.state == DecisionState.CANCELLED else ""


def _office_header(province: Province, sign: str, known: parts.Registered) -> HeaderFact:
    number, _, own_sign = known.number.partition("/")
    return HeaderFact(province.authority, province.place, own_sign or sign, number or None, known.dated_on)


def _proposal_header(decision: Decision, province: Province) -> HeaderFact:
    known = parts.registered(decision, DocumentKind.BOARD_PROPOSAL)
    return _office_header(province, f"TTr-{office_sign(province.department)}", known)


def _decision_header(decision: Decision, province: Province) -> HeaderFact:
    known = parts.Registered(decision.number, decision.dated_on)
    return _office_header(province, f"QĐ-{office_sign(decision.issuer)}", known)


def _of_decision(decision: Decision, province: Province, header: HeaderFact) -> dict[str, Any]:
    """Return what every paper of a pack says. Raises Refused when there is nothing to print."""
    if refusal := decision_refusal(decision):
        raise Refused(refusal)
    year = decision.year
    return {
        "decision": decision.pk,
        "state": decision.state,
        "year_label": year.label if year else "",
        "year_kind": year.kind if year else "calendar",
        "issuer": decision.issuer,
        "department": province.department,
        "authority": province.authority,
        "province": province.name,
        "header": header,
        "about": decision.title,
        "merit": decision.merit,
        "lines": tuple(
            LineFact(
                award=str(row.award),
                nature=row.award.nature,
                name=row.subject_name,
                title=row.subject_title,
                is_person=row.person_id is not None,
                merit="" if row.merit == decision.merit else row.merit,
            )
            for row in _lines(decision)
        ),
    }


def board_proposal(decision: Decision) -> BoardProposalSummary:
    """Return what the department's request says. Raises Refused."""
    province = Province.objects.get(pk=1)
    header = _proposal_header(decision, province)
    return BoardProposalSummary(
        **_of_decision(decision, province, header),
        basis=_basis(BasisUse.PROPOSAL, header.dated_on),
        dossiers=_dossiers(_appraised(decision)),
    ).normalised()


def board_list(decision: Decision) -> BoardListSummary:
    """Return what the list beside it says. Raises Refused."""
    province = Province.objects.get(pk=1)
    return BoardListSummary(**_of_decision(decision, province, _proposal_header(decision, province))).normalised()


def appraisal(decision: Decision) -> AppraisalSummary:
    """Return what the report of the appraisal says. Raises Refused."""
    province, rows = Province.objects.get(pk=1), _appraised(decision)
    known = parts.registered(decision, DocumentKind.APPRAISAL)
    header = _office_header(province, f"BC-{office_sign(province.department)}", known)
    missing = _missing(rows)
    return AppraisalSummary(
        **_of_decision(decision, province, header),
        basis=_basis(BasisUse.APPRAISAL, header.dated_on),
        dossiers=_dossiers(rows),
        appraised=tuple(_appraised_fact(row, missing.get(row.pk, ())) for row in rows),
    ).normalised()


def decision_paper(decision: Decision) -> DecisionSummary:
    """Return what the decision says. Raises Refused."""
    province = Province.objects.get(pk=1)
    header = _decision_header(decision, province)
    return DecisionSummary(
        **_of_decision(decision, province, _without_superior(header)),
        basis=_basis(BasisUse.DECISION, header.dated_on),
        proposal=_proposal_header(decision, province),
        signer_name=decision.signer_name,
        signer_title=decision.signer_title,
    ).normalised()


def decision_list(decision: Decision) -> DecisionListSummary:
    """Return what the list beside the decision says. Raises Refused, also when the decision itself holds the list."""
    if refusal := decision_list_refusal(decision):
        raise Refused(refusal)
    province = Province.objects.get(pk=1)
    return DecisionListSummary(**_of_decision(decision, province, _decision_header(decision, province))).normalised()


def _without_superior(header: HeaderFact) -> HeaderFact:
    """Return the header of who has nobody above it on its papers: the People's Committee of the province."""
    return HeaderFact(None, header.place, header.sign, header.number, header.dated_on)


# --- What the appraisal found -----------------------------------------------------------------------------------------


def _appraised(decision: Decision) -> list[Nomination]:
    """Return what the report tells of: the lines of the decision, and what was found unfit in the same dossiers."""
    own = decision.lines.filter(is_struck=False, nomination__isnull=False).values("nomination")
    dossiers = Submission.objects.filter(nominations__in=own)
    rows = (
        Nomination.objects.filter(Q(pk__in=own) | Q(submission__in=dossiers, appraisal__verdict=Verdict.UNFIT))
        .exclude(state__in=OUT)
        .select_related("award", "asked_award", "appraisal__award", "submission__bloc_year", "submission__agency")
        .order_by("pk")
    )
    return sorted(rows, key=lambda row: _rank(_first_asked(row), row.person_id))


def _dossiers(rows: Iterable[Nomination]) -> tuple[DossierFact, ...]:
    """Return the dossiers nominations came in with, in the order of their arrival."""
    found: dict[Submission, list[Nomination]] = defaultdict(list)
    for row in rows:
        if row.submission:
            found[row.submission].append(row)
    arrived = sorted(found, key=lambda dossier: (dossier.received_on or dt.date.max, dossier.pk))
    return tuple(_dossier(dossier, found[dossier]) for dossier in arrived)


def _dossier(submission: Submission, rows: Sequence[Nomination]) -> DossierFact:
    bloc_year, persons = submission.bloc_year, sum(row.is_person for row in rows)
    received_as = submission.received_as
    return DossierFact(
        sender=bloc_year.name if bloc_year else submission.agency.name,
        number=submission.register_number or "",
        received_on=submission.received_on,
        received_as=str(ReceivedAs(received_as).label) if received_as else "",
        collectives=len(rows) - persons,
        persons=persons,
    )


def _appraised_fact(row: Nomination, missing: tuple[str, ...]) -> AppraisedFact:
    found = None if row.state in WITHOUT_VERDICT else getattr(row, "appraisal", None)
    instead = found.award if found and found.verdict == Verdict.CHANGE else None
    asked = _first_asked(row)
    return AppraisedFact(
        award=str(asked),
        nature=asked.nature,
        name=row.subject_name,
        title=row.subject_title,
        is_person=row.is_person,
        verdict=found.verdict if found else "",
        instead=str(instead) if instead else "",
        opinion=found.opinion if found else "",
        missing=missing,
    )


def _missing(rows: Sequence[Nomination]) -> dict[int, tuple[str, ...]]:
    """Return which papers each dossier lacks: of the checklist, and what was asked for and did not come; 2 queries."""
    checked = papers_of(rows)
    asked_for = defaultdict(list)
    findings = Finding.objects.filter(nomination__in=rows, resolved_at=None).order_by("pk")
    for nomination, text in findings.values_list("nomination", "text"):
        asked_for[nomination].append(text.rstrip(". "))
    return {
        row.pk: (
            *(title for title, is_there in checked.get(row.pk, {}).items() if not is_there),
            *asked_for[row.pk],
        )
        for row in rows
    }
