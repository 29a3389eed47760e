"""What the pages about blocs and agencies show, from the rows of this app; the number of queries is constant."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, IntegerField, OuterRef, Prefetch, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from blocs.enums import BlocYearState, LeadershipRole
from blocs.models import (
    Agency,
    AgencyName,
    BlocYear,
    EmulationYear,
    LeadershipTerm,
    Membership,
    ReportedPlace,
    ReportedResult,
)
from blocs.queries.succession import Change, lineage
from emulation.core.access import Actor
from emulation.core.vietnamese import count2

STATE_LOOKS = {
    BlocYearState.PREPARING: "",
    BlocYearState.RUNNING: "run",
    BlocYearState.SCORING: "run",
    BlocYearState.CONCLUDED: "ok",
    BlocYearState.CLOSED: "",
}


@dataclass(frozen=True)
class BlocLine:
    """A bloc year as lists show it, with who leads it and how many members it has now."""

    bloc_year: BlocYear
    leader: LeadershipTerm | None
    member_count: int

    @property
    def look(self) -> str:
        """Return the look of its state."""
        return STATE_LOOKS[BlocYearState(self.bloc_year.state)]

    @property
    def icon(self) -> str:
        """Return the icon of its state where the look's own is not the one."""
        return "lock" if self.bloc_year.is_closed else ""

    @property
    def members(self) -> str:
        """Return how many members it has: those listed, else as many as the source states, else "–"."""
        return count2(self.member_count or self.bloc_year.stated_member_count)

    @property
    def members_note(self) -> str:
        """Return what to add to that number: that it is the source's, or that the source states another."""
        stated = self.bloc_year.stated_member_count
        if stated is None or stated == self.member_count:
            return ""
        return f"nguồn nêu {count2(stated)}" if self.member_count else "theo nguồn"


def bloc_list(actor: Actor) -> QuerySet[BlocYear]:
    """Return the bloc years the actor may know of, ready for `bloc_lines`."""
    leaders = LeadershipTerm.objects.filter(role=LeadershipRole.LEADER).select_related("name", "agency")
    return (
        BlocYear.objects.visible_to(actor)
        .select_related("year", "bloc")
        .annotate(member_count=_members_now())
        .prefetch_related(
            Prefetch("terms", leaders.order_by(F("ends_on").desc(nulls_first=True), "pk"), to_attr="leaders")
        )
        .in_order()
    )


def bloc_lines(rows: Iterable[BlocYear]) -> list[BlocLine]:
    """Turn rows of `bloc_list` into lines; the leader is the one in office, else the last one."""
    return [BlocLine(row, next(iter(row.leaders), None), row.member_count) for row in rows]  # type: ignore[attr-defined] # annotated by bloc_list


def _members_now() -> Coalesce:
    counted = (
        Membership.objects.filter(bloc_year=OuterRef("pk"), left_on__isnull=True)
        .order_by()
        .values("bloc_year")
        .annotate(count=Count("pk"))
        .values("count")
    )
    return Coalesce(Subquery(counted, output_field=IntegerField()), Value(0))


def leadership_names(bloc_year: BlocYear) -> list[str]:
    """Return whom the board may act for in a bloc year: the leader in office first, then the deputies. One query."""
    terms = bloc_year.terms.filter(ends_on__isnull=True).select_related("name")
    return [term.name.full for term in sorted(terms, key=lambda term: (term.role != LeadershipRole.LEADER, term.pk))]


def agency_list(actor: Actor, year: EmulationYear | None) -> QuerySet[Agency]:
    """Return the agencies the actor may know of, each with its memberships of one emulation year (`of_year`)."""
    of_year = Membership.objects.filter(bloc_year__year=year, left_on__isnull=True).select_related("bloc_year")
    return (
        Agency.objects.visible_to(actor)
        .select_related("parent")
        .prefetch_related(Prefetch("memberships", of_year.order_by("bloc_year__sort_key", "pk"), to_attr="of_year"))
        .in_order()
    )


def localities(rows: "QuerySet[Agency] | QuerySet[BlocYear]", column: str) -> list[str]:
    """Return the localities that occur, this province ("") left out."""
    found = rows.order_by().exclude(**{column: ""}).values_list(column, flat=True).distinct()
    return sorted(found)


@dataclass(frozen=True)
class Known:
    """A row about an agency; `origin`: from which predecessor it came down, "" for its own."""

    row: Any
    origin: str


@dataclass(frozen=True)
class AgencyProfile:
    """What is known of one agency over the years, with what came down to it from agencies merged or divided.

    `ancestors`: the names of those agencies by their ids, for what higher apps know of them.
    """

    names: list[AgencyName]
    units: list[Agency]
    changes: tuple[Change, ...]
    memberships: list[Known]
    terms: list[Known]
    places: list[Known]
    results: list[Known]
    ancestors: dict[int, str]


def agency_profile(agency: Agency) -> AgencyProfile:
    """Return an agency's names, units, changes, memberships, terms and stated results, the newest year first.

    Eight queries. Awards stay with the legal person of their date: those of a predecessor are marked as inherited.
    """
    line = lineage(agency)
    whose = [agency.pk, *line.ancestors]

    def known(rows: QuerySet[Any]) -> list[Known]:
        return [Known(row, line.ancestors.get(row.agency_id, "")) for row in _of_years(rows.filter(agency__in=whose))]

    return AgencyProfile(
        names=list(agency.names.order_by(F("valid_to").desc(nulls_first=True), "-pk")),
        units=list(agency.units.in_order()),
        changes=line.changes,
        memberships=known(Membership.objects.select_related("name", "subgroup")),
        terms=known(LeadershipTerm.objects.select_related("name")),
        places=known(ReportedPlace.objects.select_related("name")),
        results=known(ReportedResult.objects.select_related("name")),
        ancestors=line.ancestors,
    )


def _of_years(rows: QuerySet[Any]) -> list[Any]:
    return list(rows.select_related("bloc_year__year").order_by("-bloc_year__year__label", "bloc_year__sort_key", "pk"))
