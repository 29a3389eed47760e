"""Rows → the facts of the papers of a bloc's year: covenant, standing, handover, plan and rules.

Each paper is made of the newest version that is not recorded as "không có"; `*_refusal` says why there is nothing to
print.
"""

import datetime as dt
from collections.abc import Iterable

from blocs.enums import HandoverState, LeadershipRole, PaperState, StandingState
from blocs.models import (
    BlocPaper,
    BlocYear,
    Handover,
    Membership,
    Signature,
    Standing,
    TargetValue,
)
from emulation.core.errors import Refused
from emulation.core.models import DocumentKind, Province
from emulation.reports.domain.covenant import CovenantSummary, PartyFact, PromiseFact, ValueFact
from emulation.reports.domain.facts import AgencyFact, SignerFact
from emulation.reports.domain.handover import HandoverSummary, ItemFact
from emulation.reports.domain.regulation import RegulationSummary
from emulation.reports.domain.standing import RankFact, StandingSummary
from emulation.reports.queries import parts

NO_COVENANT = "Khối chưa soạn giao ước thi đua của năm này; soạn giao ước rồi lập văn bản."
NO_STANDING = "Khối chưa nhập kết quả xếp hạng của năm này; nhập kết quả rồi lập thông báo."
NO_HANDOVER = "Khối chưa lập danh mục bàn giao của năm này; lập danh mục rồi in biên bản."
NO_PAPER = "Khối chưa soạn văn bản này cho năm nay; soạn nội dung rồi lập văn bản."
UPLOADED = "Bản hiện có được tải lên từ tệp, không có nội dung soạn trên hệ thống; tải tệp đó về để dùng."

_SIGNS = {DocumentKind.PLAN: "KH", DocumentKind.RULES: "QC"}


def _paragraphs(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def about_version(version: int) -> str:
    """Return how a document names the version it was made of."""
    return f"bản {version}"


# --- Plan and rules ---------------------------------------------------------------------------------------------------


def paper_of(bloc_year: BlocYear, kind: str) -> BlocPaper | None:
    """Return the newest version of a paper that the bloc has."""
    rows = bloc_year.papers.filter(kind=kind).exclude(state=PaperState.NONE)
    return rows.select_related("paper", "covenant").order_by("-version").first()


def regulation_refusal(bloc_year: BlocYear, kind: str) -> str:
    """Return why a plan or rules cannot be printed, "" when they can."""
    paper = paper_of(bloc_year, kind)
    if paper is None:
        return NO_PAPER
    return UPLOADED if paper.file_id and not paper.body else ""


def regulation_summary(bloc_year: BlocYear, kind: DocumentKind) -> RegulationSummary:
    """Return what the plan or the rules say. Raises Refused when there are none to print."""
    paper = paper_of(bloc_year, kind)
    if paper is None or regulation_refusal(bloc_year, kind):
        raise Refused(regulation_refusal(bloc_year, kind) or NO_PAPER)
    known = parts.registered(bloc_year, kind, about_version(paper.version), paper.paper)
    return RegulationSummary(
        kind=str(kind.value),
        **parts.of_year(bloc_year),
        version=paper.version,
        state=paper.state,
        header=parts.header(bloc_year, _SIGNS[kind], known),
        signer=parts.signer(parts.leader_of(bloc_year), on=paper.passed_on),
        title=paper.title,
        change=paper.change,
        body=_paragraphs(paper.body),
    ).normalised()


# --- Covenant ---------------------------------------------------------------------------------------------------------


def covenant_refusal(bloc_year: BlocYear) -> str:
    """Return why the covenant cannot be printed, "" when it can."""
    paper = paper_of(bloc_year, DocumentKind.COVENANT)
    if paper is None:
        return NO_COVENANT
    if not hasattr(paper, "covenant"):
        return UPLOADED if paper.file_id else NO_COVENANT
    return ""


def covenant_summary(bloc_year: BlocYear) -> CovenantSummary:
    """Return what the covenant says. Raises Refused when there is none to print."""
    paper, refusal = paper_of(bloc_year, DocumentKind.COVENANT), covenant_refusal(bloc_year)
    if paper is None or refusal:
        raise Refused(refusal)
    covenant = paper.covenant
    before = bloc_year.papers.filter(kind=paper.kind, version__lt=paper.version, passed_on__isnull=False)
    known = parts.registered(bloc_year, DocumentKind.COVENANT, about_version(paper.version), paper.paper)
    header = parts.header(bloc_year, "", parts.Registered(known.number, paper.passed_on or known.dated_on))
    targets = list(covenant.targets.order_by("number"))
    numbers = {target.pk: at for at, target in enumerate(targets, start=1)}
    return CovenantSummary(
        **parts.of_year(bloc_year),
        version=paper.version,
        state=paper.state,
        header=header,
        change=paper.change,
        reason=paper.reason,
        replaced_on=before.order_by("-version").values_list("passed_on", flat=True).first(),
        theme=covenant.theme or bloc_year.theme,
        basis=_paragraphs(covenant.basis),
        clauses=tuple(covenant.clauses.order_by("number").values_list("text", flat=True)),
        targets=tuple(
            PromiseFact(
                number=numbers[row.pk],
                indicator=row.indicator,
                section=row.section,
                unit=row.unit,
                direction=row.direction,
                base=row.base,
                planned=row.planned,
                planned_text=row.planned_text,
            )
            for row in targets
        ),
        organisation=_paragraphs(covenant.organisation),
        witness=covenant.witness,
        parties=_parties(bloc_year, paper),
        values=tuple(
            ValueFact(row.membership.agency_id, numbers[row.target_id], row.planned, row.planned_text, row.is_assigned)
            for row in TargetValue.objects.filter(target__in=targets)
            .select_related("membership")
            .order_by("membership_id", "target__number")
        ),
    ).normalised()


def _parties(bloc_year: BlocYear, paper: BlocPaper) -> tuple[PartyFact, ...]:
    """Return who signs: leader, deputies, then members as the decision lists them; who left only if it has signed."""
    signed = {row.membership_id: row for row in paper.signatures.filter(voided_at__isnull=True)}
    members = [
        row
        for row in bloc_year.memberships.select_related("name", "subgroup").in_order()
        if row.left_on is None or row.pk in signed
    ]
    roles = dict(bloc_year.terms.filter(ends_on__isnull=True).order_by("role", "pk").values_list("agency_id", "role"))
    ranks = {str(LeadershipRole.LEADER.value): 0, str(LeadershipRole.DEPUTY.value): 1}
    heads = parts.head_seats([row.agency_id for row in members])
    ordered = sorted(members, key=lambda row: ranks.get(roles.get(row.agency_id, ""), 2))
    return tuple(_party(row, roles.get(row.agency_id, ""), signed.get(row.pk), heads) for row in ordered)


def _party(member: Membership, role: str, signature: Signature | None, heads: dict[int, list[parts.Seat]]) -> PartyFact:
    agency = parts.agency(member)
    if signature is None:
        return PartyFact(agency, role)
    seats = parts.sat_on(heads.get(member.agency_id, []), signature.signed_on)
    titles = {seat.title for seat in seats}
    return PartyFact(
        agency,
        role,
        signs_as=signature.signs_as,
        title=signature.signer_title,
        head_title=titles.pop() if len(titles) == 1 else "",
        name=signature.signer_name,
    )


# --- Standing ---------------------------------------------------------------------------------------------------------


def standing_of(bloc_year: BlocYear) -> Standing | None:
    """Return the newest version of the standing."""
    rows = bloc_year.standings.exclude(state=StandingState.NONE)
    return rows.select_related("paper").order_by("-version").first()


def standing_refusal(bloc_year: BlocYear) -> str:
    """Return why the standing cannot be printed, "" when it can."""
    return "" if standing_of(bloc_year) else NO_STANDING


def standing_summary(bloc_year: BlocYear) -> StandingSummary:
    """Return what the notice of the standing says. Raises Refused when there is no standing."""
    standing = standing_of(bloc_year)
    if standing is None:
        raise Refused(NO_STANDING)
    known = parts.registered(bloc_year, DocumentKind.STANDING, about_version(standing.version), standing.paper)
    signer = parts.signer(parts.leader_of(bloc_year), on=standing.decided_on)
    if standing.signer_name:
        signer = SignerFact((standing.signer_title,) if standing.signer_title else (), standing.signer_name)
    earlier = bloc_year.standings.filter(version__lt=standing.version).select_related("paper")
    return StandingSummary(
        **parts.of_year(bloc_year),
        version=standing.version,
        state=standing.state,
        header=parts.header(bloc_year, "TB", known),
        signer=signer,
        board="" if bloc_year.bloc.locality else Province.objects.get(pk=1).department,
        theme=bloc_year.theme,
        decided_on=standing.decided_on,
        is_by_group=standing.is_by_group,
        note=_paragraphs(standing.note),
        reason=standing.reason,
        replaced_on=_day_of(earlier.order_by("-version").first()),
        ranks=_ranks(bloc_year, standing),
        next_leadership=parts.next_terms(bloc_year),
    ).normalised()


def _day_of(standing: Standing | None) -> dt.date | None:
    """Return the day of a notice: of its signed paper, else of its publication."""
    if standing is None:
        return None
    if standing.paper:
        return standing.paper.dated_on
    return parts.clock.local(standing.published_at).date() if standing.published_at else None


def _ranks(bloc_year: BlocYear, standing: Standing) -> tuple[RankFact, ...]:
    """Return the members in the order of the decision; who left, or is not ranked, stands there if it has a place."""
    places = {row.membership_id: row for row in standing.places.all()}
    members = bloc_year.memberships.select_related("name", "subgroup").in_order()
    found = []
    for member in members:
        place = places.get(member.pk)
        has_place = place is not None and place.place is not None
        if not has_place and (member.left_on is not None or (place is None and not member.is_ranked)):
            continue
        found.append(
            RankFact(
                agency=parts.agency(member),
                group=member.subgroup.name if member.subgroup else "",
                place=place.place if place else None,
                points=place.points if place else None,
                proposal=place.proposal if place else "",
                remark=place.remark if place else "",
                is_ranked=member.is_ranked,
            )
        )
    return tuple(found)


# --- Handing over -----------------------------------------------------------------------------------------------------


def handover_of(bloc_year: BlocYear) -> Handover | None:
    """Return the newest handing over of the year's leadership."""
    rows = bloc_year.handovers.exclude(state=HandoverState.NONE)
    return rows.select_related("giver_name", "receiver_name", "paper").order_by("-pk").first()


def handover_refusal(bloc_year: BlocYear) -> str:
    """Return why the record cannot be printed, "" when it can."""
    return "" if handover_of(bloc_year) else NO_HANDOVER


def handover_summary(bloc_year: BlocYear) -> HandoverSummary:
    """Return what the record of the handing over says. Raises Refused when there is none."""
    row = handover_of(bloc_year)
    if row is None:
        raise Refused(NO_HANDOVER)
    known = parts.registered(bloc_year, DocumentKind.HANDOVER, about_handover(row), row.paper)
    heads = parts.heads([row.giver_id, row.receiver_id], on=row.handed_on)
    led_here = bloc_year.terms.filter(role=LeadershipRole.LEADER, agency_id=row.receiver_id)
    return HandoverSummary(
        **parts.of_year(bloc_year),
        handover=row.pk,
        state=row.state,
        giver=AgencyFact(row.giver_id, row.giver_name.full),
        receiver=AgencyFact(row.receiver_id, row.receiver_name.full),
        header=parts.header(bloc_year, "BB", known),
        giver_signer=_side(heads.get(row.giver_id, []), row.giver_name.full),
        receiver_signer=_side(heads.get(row.receiver_id, []), row.receiver_name.full),
        is_receiver_next=not led_here.exists(),
        handed_on=row.handed_on,
        place=row.place,
        note=_paragraphs(row.note),
        items=tuple(
            ItemFact(item.title, item.quantity, item.is_handed, item.note) for item in row.items.order_by("number")
        ),
    ).normalised()


def about_handover(row: Handover) -> str:
    """Return how a document names the handing over it was made of."""
    return f"bàn giao số {row.pk}"


def _side(seats: Iterable[parts.Seat], agency: str) -> SignerFact:
    """Return the one head that signs for a side; nobody when there is none or several to choose from."""
    known = list(seats)
    if len(known) != 1:
        return SignerFact()
    return SignerFact((f"{known[0].title} {agency}",), known[0].user.full_name)
