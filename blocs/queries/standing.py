"""What the page of a standing shows, and which places are published; a constant number of statements."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from django.db.models import F, Q

from blocs.domain import places as rules
from blocs.enums import LeadershipRole, StandingState
from blocs.models import BlocYear, Membership, Place, Standing
from emulation.core.access import Actor
from emulation.core.models import Event, label_of
from emulation.core.vietnamese import date_short

LOOKS = {
    StandingState.PROVISIONAL: "run",
    StandingState.PUBLISHED: "ok",
    StandingState.SUPERSEDED: "",
    StandingState.NONE: "",
}
NO_GROUP = "Không thuộc nhóm nào"
LEADER_FIRST = "Trưởng khối cũng là đơn vị được xếp hạng 1."


@dataclass(frozen=True)
class StandingLine:
    """The place of one member. `place` is None for a member without one; it comes last, its remark says why."""

    member: Membership
    place: int | None
    points: Decimal | None
    proposal: str
    remark: str
    is_shared: bool

    @property
    def is_first(self) -> bool:
        """Whether it is place 1."""
        return self.place == 1

    @property
    def remarks(self) -> tuple[str, ...]:
        """Return what is to be said beside the place: the remark, that it is not ranked, that it has left."""
        row = self.member
        said = [
            (bool(self.remark), self.remark),
            (not row.is_ranked, "không xếp hạng"),
            (row.left_on is not None, f"rời khối ngày {date_short(row.left_on)}"),
        ]
        return tuple(words for holds, words in said if holds)


@dataclass(frozen=True)
class StandingGroup:
    """The lines of one group in order of place; `title` is "" where the whole bloc is ranked together."""

    title: str
    lines: tuple[StandingLine, ...]
    notes: tuple[str, ...]

    @property
    def warnings(self) -> tuple[str, ...]:
        """Return what looks wrong in the places of the group."""
        said = rules.warnings(
            [
                rules.Placed(
                    name=line.member.name.full,
                    place=line.place,
                    points=line.points,
                    remark=line.remark,
                    is_ranked=line.member.is_ranked,
                    has_left=line.member.left_on is not None,
                )
                for line in self.lines
            ]
        )
        return tuple(f"{self.title}: {words}" for words in said) if self.title else said


@dataclass(frozen=True)
class Ranking:
    """The places of one version of a standing."""

    standing: Standing
    groups: tuple[StandingGroup, ...]

    @property
    def lines(self) -> tuple[StandingLine, ...]:
        """Return every line, group after group."""
        return tuple(line for group in self.groups for line in group.lines)

    @property
    def notes(self) -> tuple[str, ...]:
        """Return the sentences about shared places, with the group where there are groups."""
        return tuple(
            f"{group.title}: {words}" if group.title else words for group in self.groups for words in group.notes
        )

    @property
    def warnings(self) -> tuple[str, ...]:
        """Return what looks wrong; never blocks."""
        return tuple(words for group in self.groups for words in group.warnings)

    @property
    def look(self) -> str:
        """Return the look of the state."""
        return LOOKS[StandingState(self.standing.state)]


@dataclass(frozen=True)
class StandingPage:
    """The page of one version."""

    ranking: Ranking
    conflict: str
    versions: tuple[Standing, ...]
    none_reason: str

    @property
    def has_versions(self) -> bool:
        """Whether there is more than this one version."""
        return len(self.versions) > 1


def standing_for(actor: Actor, pk: int) -> Standing | None:
    """Return a version the actor may know of; one query."""
    rows = Standing.objects.visible_to(actor).select_related("bloc_year__year", "bloc_year__bloc", "paper")
    return rows.filter(pk=pk).first()


def standing_page(standing: Standing, *, actor: Actor) -> StandingPage:
    """Return the page of a version: its places, the other versions the actor may know of; five queries at most."""
    ranking = ranking_of(standing)
    return StandingPage(
        ranking=ranking,
        conflict=_conflict(ranking),
        versions=tuple(Standing.objects.visible_to(actor).filter(bloc_year=standing.bloc_year_id).order_by("-version")),
        none_reason=_none_reason(standing),
    )


def ranking_of(standing: Standing) -> Ranking:
    """Return the places of one version, provisional ones with the members that joined since; two queries."""
    known = {row.membership_id: row for row in standing.places.all()}
    members = Membership.objects.filter(bloc_year=standing.bloc_year_id).select_related("name", "subgroup").in_order()
    pairs = [(row, known.get(row.pk)) for row in members if standing.is_provisional or row.pk in known]
    return Ranking(standing, _groups(pairs, is_by_group=standing.is_by_group))


def current_places(bloc_year: BlocYear) -> Ranking | None:
    """Return the published places of a bloc year, None when there are none; one query.

    This is what pages and papers build on: everybody with a seat may know them, and a provisional version never comes.
    """
    rows = list(
        Place.objects.filter(standing__bloc_year=bloc_year, standing__state=StandingState.PUBLISHED)
        .select_related("standing__paper", "membership__name", "membership__subgroup")
        .order_by(F("membership__subgroup__position").asc(nulls_last=True), "membership__position", "membership")
    )
    if not rows:
        return None
    standing = rows[0].standing
    return Ranking(standing, _groups([(row.membership, row) for row in rows], is_by_group=standing.is_by_group))


def _groups(pairs: Sequence[tuple[Membership, Place | None]], *, is_by_group: bool) -> tuple[StandingGroup, ...]:
    if not is_by_group:
        return (_group("", pairs),) if pairs else ()
    apart = groupby(pairs, key=lambda pair: pair[0].subgroup.name if pair[0].subgroup else NO_GROUP)
    return tuple(_group(title, list(found)) for title, found in apart)


def _group(title: str, pairs: Sequence[tuple[Membership, Place | None]]) -> StandingGroup:
    """Lay the members of one group in order of place; within a place the order of the decision holds."""
    stated = [row.place for _, row in pairs if row is not None and row.place is not None]
    shared = rules.shared(stated)
    lines = [
        StandingLine(
            member=member,
            place=row.place if row else None,
            points=row.points if row else None,
            proposal=row.proposal if row else "",
            remark=row.remark if row else "",
            is_shared=row is not None and row.place in shared,
        )
        for member, row in pairs
    ]
    ordered = sorted(lines, key=lambda line: (line.place is None, line.place or 0))
    return StandingGroup(title, tuple(ordered), rules.sentences(stated))


def _conflict(ranking: Ranking) -> str:
    """Say in one quiet line that who led the bloc when the places were agreed on is first itself; "" otherwise."""
    standing, first = ranking.standing, _first(ranking.lines)
    leaders = standing.bloc_year.terms.filter(role=LeadershipRole.LEADER)
    if standing.decided_on:
        leaders = leaders.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=standing.decided_on))
    else:
        leaders = leaders.filter(ends_on__isnull=True)
    return LEADER_FIRST if first.intersection(leaders.values_list("agency_id", flat=True)) else ""


def _first(lines: Iterable[StandingLine]) -> set[int]:
    return {line.member.agency_id for line in lines if line.is_first}


def _none_reason(standing: Standing) -> str:
    """Return why the bloc is not ranked; the reason stands in the event, which nobody can write over."""
    if standing.state != StandingState.NONE:
        return ""
    said = Event.objects.filter(subject_label=label_of(Standing), subject_id=standing.pk, verb="standing_skipped")
    return said.order_by("-seq").values_list("note", flat=True).first() or ""
