"""What a bloc agreed on, laid out to be proposed in one act: places of the published standing, results of sources."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, F
from django.urls import reverse

from awards.domain.naming import Meant, meant
from awards.domain.shown import shown_award, shown_state
from awards.enums import NominationState, Route
from awards.models import AwardKind, Nomination
from blocs.enums import ResultStage, StandingState
from blocs.models import Agency, BlocYear, Place, ReportedResult
from emulation.core.access import Actor
from emulation.core.registry import Progress
from emulation.core.vietnamese import count2, fold


@dataclass(frozen=True)
class There:
    """A nomination that is there already: its award and state as the actor may know them."""

    row: Nomination
    award: AwardKind
    word: str


@dataclass(frozen=True)
class Candidate:
    """An agency in a bloc's results: where it stands, what was said of an award, which one that means.

    `key`: its name in the form. `award_id`: the award proposed at first, None where nothing or a doubt was said.
    """

    key: str
    agency: Agency
    name: str
    place: int | None
    points: Decimal | None
    text: str
    meant: Meant
    award_id: int | None
    there: tuple[There, ...]
    standing_place: Place | None = None

    @property
    def is_proposed(self) -> bool:
        """Whether it is ticked at first: its award is certain, and it is not proposed for it yet."""
        return self.award_id is not None and self.meant.is_sure and not self.is_there

    @property
    def is_there(self) -> bool:
        """Whether it is proposed for that award already, or was before the board changed it."""
        return any(self.award_id in {one.award.pk, one.row.asked_award_id} for one in self.there)

    @property
    def is_doubtful(self) -> bool:
        """Whether something was said that does not name one award."""
        return bool(self.text) and not self.meant.is_sure


@dataclass(frozen=True)
class Agreed:
    """Everything the bloc agreed on. `unnamed`: collectives a source counts without naming them."""

    candidates: tuple[Candidate, ...]
    unnamed: tuple[str, ...]
    awards: tuple[AwardKind, ...]
    is_published: bool

    @property
    def declined(self) -> frozenset[int]:
        """Return the ids of what is shown as declined by the bloc."""
        there = (one.row for row in self.candidates for one in row.there)
        return frozenset(row.pk for row in there if row.state == NominationState.DECLINED)


def agreed(bloc_year: BlocYear, *, actor: Actor) -> Agreed:
    """Return what may be proposed from a bloc's results; five statements."""
    awards = tuple(AwardKind.objects.usable().filter(subjects__is_person=False).distinct().in_order())
    places = list(
        Place.objects.filter(standing__bloc_year=bloc_year, standing__state=StandingState.PUBLISHED)
        .select_related("membership__agency__parent", "membership__name")
        .order_by(F("place").asc(nulls_last=True), "membership__position", "pk")
    )
    results = list(
        bloc_year.results.filter(stage=ResultStage.PROPOSED).select_related("agency__parent", "name").order_by("number")
    )
    stated = {} if places else dict(bloc_year.places.values_list("agency_id", "place"))
    candidates = _candidates(places, results, stated, _by_slug(awards), _there(bloc_year, actor))
    unnamed = tuple(
        f"{count2(row.how_many)} tập thể: {row.award_text}" if row.how_many else row.award_text
        for row in results
        if row.agency_id is None
    )
    return Agreed(tuple(candidates), unnamed, awards, bool(places))


def _by_slug(awards: Sequence[AwardKind]) -> dict[str, AwardKind]:
    return {award.slug: award for award in awards}


def _there(bloc_year: BlocYear, actor: Actor) -> dict[int, tuple[There, ...]]:
    rows = Nomination.objects.visible_to(actor).filter(bloc_year=bloc_year, route=Route.VIA_BLOC)
    found: dict[int, tuple[There, ...]] = {}
    for row in rows.select_related("award", "asked_award", "submission").order_by("pk"):
        if row.agency_id is not None and row.state != NominationState.DRAFT:
            there = There(row, shown_award(row, actor), shown_state(row, actor).word)
            found[row.agency_id] = (*found.get(row.agency_id, ()), there)
    return found


def _candidates(
    places: Sequence[Place],
    results: Sequence[ReportedResult],
    stated: Mapping[int, int],
    awards: Mapping[str, AwardKind],
    there: Mapping[int, tuple[There, ...]],
) -> Iterable[Candidate]:
    """Yield the places of the standing, then what sources add. A place without words takes those of a source."""
    own = {fold(str(award)): slug for slug, award in awards.items()}
    left = {row.pk: row for row in results if row.agency is not None}
    for place in places:
        agency = place.membership.agency
        text = place.proposal
        for row in [row for row in left.values() if row.agency_id == agency.pk]:
            if not text or meant(text, own) == meant(row.award_text, own):
                text = text or row.award_text
                del left[row.pk]
        yield _candidate(f"p{place.pk}", agency, place.membership.name.full, text, own, awards, there, place=place)
    for row in left.values():
        if row.agency is not None and row.name is not None:
            yield _candidate(
                f"r{row.pk}", row.agency, row.name.full, row.award_text, own, awards, there,
                stated=stated.get(row.agency_id or 0),
            )  # fmt: skip


def _candidate(
    key: str,
    agency: Agency,
    name: str,
    text: str,
    own: Mapping[str, str],
    awards: Mapping[str, AwardKind],
    there: Mapping[int, tuple[There, ...]],
    *,
    place: Place | None = None,
    stated: int | None = None,
) -> Candidate:
    means = meant(text, own)
    first = awards.get(means.slugs[0]) if means.is_sure else None
    return Candidate(
        key=key,
        agency=agency,
        name=name,
        place=place.place if place else stated,
        points=place.points if place else None,
        text=text,
        meant=means if first or not means.is_sure else Meant(),
        award_id=first.pk if first else None,
        there=there.get(agency.pk, ()),
        standing_place=place,
    )


# --- The grid of the board --------------------------------------------------------------------------------------------

_IN_THE_BLOC = frozenset({
    NominationState.DRAFT, NominationState.SUBMITTED, NominationState.RETURNED, NominationState.ENDORSED,
})  # fmt: skip


def stage_of_nominations(ids: Sequence[int], actor: Actor) -> dict[int, Progress]:
    """Return how far the nominations through each bloc are, as far as the actor may know; one query.

    Done is what was sent to the board; whether the board agrees is nobody else's affair before the decision.
    """
    rows = Nomination.objects.visible_to(actor).filter(bloc_year__in=list(ids), route=Route.VIA_BLOC)
    rows = rows.exclude(state__in=[NominationState.WITHDRAWN, NominationState.DECLINED]).order_by()
    found: dict[int, dict[str, int]] = {}
    years = {}
    for pk, year, state, count in rows.values_list("bloc_year", "year", "state").annotate(count=Count("pk")):
        found.setdefault(pk, {})[state] = count
        years[pk] = year
    return {pk: _progress(states, f"?year={years[pk]}&bloc={pk}") for pk, states in found.items()}


def _progress(states: Mapping[str, int], query: str) -> Progress:
    url = reverse("nomination_list") + query
    waiting = sum(count for state, count in states.items() if state in _IN_THE_BLOC)
    granted = states.get(NominationState.GRANTED, 0)
    if waiting:
        endorsed = states.get(NominationState.ENDORSED, 0)
        note = f"{count2(endorsed)} chờ gửi" if endorsed == waiting else f"{count2(waiting)} đang lập"
        return Progress(is_begun=True, note=note, url=url)
    note = f"{count2(granted)} được tặng" if granted else f"{count2(sum(states.values()))} đã gửi"
    return Progress(is_begun=True, is_done=True, note=note, url=url)
