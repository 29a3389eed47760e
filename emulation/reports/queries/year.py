"""Rows → the facts of a year-end report."""

from collections.abc import Iterator, Sequence

from django.db.models import Count, Q

from awards.domain.catalogue import identify
from awards.models import AwardKind, Grant
from blocs.enums import MonitorRole, ResultStage
from blocs.models import (
    BlocPaper,
    BlocYear,
    LeadershipTerm,
    Membership,
    Milestone,
    Monitor,
    ReportedResult,
)
from blocs.queries.covenant import current_targets
from blocs.queries.standing import Ranking, current_places
from emulation.core.models import DocumentKind, Province
from emulation.reports.domain import narrative
from emulation.reports.domain.summary import (
    AwardFact,
    FigureFact,
    GrantFact,
    MemberFact,
    MilestoneFact,
    MonitorFact,
    MovementFact,
    NarrativeFact,
    PlaceFact,
    PreviousFact,
    TargetFact,
    TermFact,
    YearSummary,
)
from emulation.reports.queries import parts
from emulation.reports.queries.narratives import draft_of, slots_of

COUNCIL = "Hội đồng Thi đua - Khen thưởng tỉnh"


def year_summary(bloc_year: BlocYear) -> YearSummary:
    """Return what the year-end report of a bloc says today, from the rows alone."""
    province = Province.objects.get(pk=1)
    terms = list(bloc_year.terms.select_related("name", "recognised_paper").order_by("role", "pk"))
    movements = list(bloc_year.movements.order_by("number"))
    milestones = {row.kind: row for row in bloc_year.milestones.all()}
    ranking = current_places(bloc_year)
    results = list(bloc_year.results.select_related("name").order_by("number"))
    draft = draft_of(bloc_year)
    is_own = not bloc_year.bloc.locality
    return YearSummary(
        **parts.of_year(bloc_year),
        header=parts.header(bloc_year, "BC", parts.registered(bloc_year, DocumentKind.YEAR_REPORT)),
        addressees=(COUNCIL, province.department) if is_own else (COUNCIL,),
        signer=parts.signer(next((term for term in terms if term.role == "leader" and term.ends_on is None), None)),
        stated_member_count=bloc_year.stated_member_count,
        members=tuple(_member(row) for row in bloc_year.memberships.select_related("name", "subgroup").in_order()),
        leadership=tuple(_term(row) for row in sorted(terms, key=lambda row: row.role != "leader")),
        next_leadership=parts.next_terms(bloc_year),
        monitors=tuple(
            _monitor(row)
            for row in bloc_year.monitors.filter(role=MonitorRole.COUNCIL).select_related("seat__user").order_by("pk")
        ),
        theme=bloc_year.theme,
        movements=tuple(MovementFact(row.title, row.launched_by) for row in movements if not row.is_next_year),
        next_movements=tuple(MovementFact(row.title, row.launched_by) for row in movements if row.is_next_year),
        milestones=tuple(_milestone(row) for row in milestones.values()),
        targets=tuple(
            TargetFact(row.indicator, row.unit, row.direction, row.planned, row.planned_text)
            for row in current_targets(bloc_year, has_drafts=False)
        ),
        figures=tuple(
            FigureFact(row.label, row.part, row.whole, row.note) for row in bloc_year.figures.order_by("number")
        ),
        places=_places(bloc_year, ranking),
        awards=(*(_award(row) for row in results), *_proposals(ranking, results)),
        source=bloc_year.source,
        draft_state=draft.state if draft else "",
        narratives=_narratives(draft),
        grants=_grants(bloc_year),
        previous=_previous(bloc_year),
    ).normalised()


def _grants(bloc_year: BlocYear) -> tuple[GrantFact, ...]:
    """Return what issued decisions gave to the members, their sub-units and their people; nothing that was revoked.

    What came through another bloc is that bloc's to report.
    """
    members = bloc_year.memberships.order_by().values("agency")
    own = Q(bloc_year=bloc_year) | Q(bloc_year__isnull=True, year=bloc_year.year_id, owner__in=members)
    rows = Grant.objects.standing().filter(own).order_by()
    counted = rows.values_list("award").annotate(Count("agency"), Count("person"))
    counts = {pk: (collectives, persons) for pk, collectives, persons in counted}
    return tuple(
        GrantFact(str(award), award.nature, award.level, *counts[award.pk])
        for award in AwardKind.objects.filter(pk__in=counts).in_order()
    )


def _narratives(draft: BlocPaper | None) -> tuple[NarrativeFact, ...]:
    """Return what is written in the newest version of the draft, in the order of the report."""
    if draft is None:
        return ()
    return tuple(
        NarrativeFact(slot.section, lines, slot.member.agency_id if slot.member else None)
        for slot in slots_of(draft)
        if (lines := narrative.lines_of(slot.text))
    )


def _previous(bloc_year: BlocYear) -> PreviousFact | None:
    """Return what is known of the bloc's year before: of the one this was opened from, else of the nearest earlier."""
    earlier = Q(bloc=bloc_year.bloc_id, year__kind=bloc_year.year.kind, year__label__lt=bloc_year.year.label)
    rows = BlocYear.objects.filter(earlier).select_related("year", "bloc").order_by("-year__label", "pk")
    row = rows.first()
    if row is None:
        return None
    ranking = current_places(row)
    results = row.results.select_related("name").order_by("number")
    return PreviousFact(
        year_label=row.year.label,
        member_total=row.stated_member_count or row.memberships.filter(left_on__isnull=True).count() or None,
        milestones=tuple(_milestone(step) for step in row.milestones.order_by("pk")),
        places=_places(row, ranking),
        awards=tuple(_award(result) for result in results if result.stage == ResultStage.GRANTED),
        grants=_grants(row),
    )


def _places(bloc_year: BlocYear, ranking: Ranking | None) -> tuple[PlaceFact, ...]:
    """Return the places of the published standing, else those a source states."""
    if ranking:
        return tuple(PlaceFact(parts.agency(line.member), line.place) for line in ranking.lines if line.place)
    rows = bloc_year.places.select_related("name").order_by("place", "agency__sort_key", "pk")
    return tuple(PlaceFact(parts.agency(row), row.place) for row in rows)


def _proposals(ranking: Ranking | None, results: Sequence[ReportedResult]) -> Iterator[AwardFact]:
    """Yield what the published standing proposes, unless a source states the proposals of the year itself."""
    if ranking is None or any(row.stage == ResultStage.PROPOSED for row in results):
        return
    for line in ranking.lines:
        if line.proposal:
            identity = identify(line.proposal)
            yield AwardFact(
                stage="proposed",
                text=line.proposal,
                nature=identity.nature,
                level=identity.level,
                agency=parts.agency(line.member),
            )


def _milestone(row: Milestone) -> MilestoneFact:
    return MilestoneFact(row.kind, row.due_on, row.done_on, _is_done(row), _note(row))


def _note(row: Milestone) -> str:
    return f"Không thực hiện: {row.none_reason}" if row.none_reason else row.note


def _is_done(row: Milestone) -> bool | None:
    return True if row.done_on or row.is_done_undated else None


def _member(row: Membership) -> MemberFact:
    return MemberFact(
        agency=parts.agency(row),
        group=row.subgroup.name if row.subgroup else "",
        is_ranked=row.is_ranked,
        is_scored=row.is_scored,
        is_voting=row.is_voting,
        counts_for_quota=row.counts_for_quota,
        also_in=row.also_in,
        joined_on=row.joined_on,
        left_on=row.left_on,
        note=row.note,
    )


def _term(row: LeadershipTerm) -> TermFact:
    paper = row.recognised_paper
    return TermFact(
        agency=parts.agency(row),
        role=row.role,
        elected_on=row.elected_on,
        recognised_on=row.recognised_on,
        recognised_paper=paper.number if paper else "",
        ends_on=row.ends_on,
    )


def _monitor(row: Monitor) -> MonitorFact:
    if row.seat:
        return MonitorFact(row.role, row.seat.title, row.seat.user.full_name)
    return MonitorFact(row.role, row.stated)


def _award(row: ReportedResult) -> AwardFact:
    identity = identify(row.award_text)
    return AwardFact(
        stage="granted" if row.stage == ResultStage.GRANTED else "proposed",
        text=row.award_text,
        nature=identity.nature,
        level=identity.level,
        agency=parts.agency(row) if row.agency_id else None,
        how_many=row.how_many,
        note=row.note,
    )
