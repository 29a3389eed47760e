"""Awards given, as pages show them: the look-up, one award, those of an agency with what came down to it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.urls import reverse

from awards.models import Grant
from blocs.models import Agency
from blocs.queries.succession import lineage
from emulation.core.access import Actor, can
from emulation.core.filters import first_rows, search
from emulation.core.registry import Hit, SearchKind
from emulation.core.vietnamese import date_short

SHOWN_OF_AGENCY = 20
REVOKED = "Đã thu hồi"
STANDING = "Còn hiệu lực"


def grant_list(actor: Actor) -> QuerySet[Grant]:
    """Return the awards given the actor may know of, the newest first, with all a line shows."""
    return (
        Grant.objects.visible_to(actor)
        .select_related("award", "year", "decision", "owner", "agency", "revocation")
        .in_order()
    )


def in_full(rows: Iterable[Grant]) -> list[Grant]:
    """Return awards found by their numbers alone with all a line shows, in the same order; one query.

    A list pages over numbers: joined rows that are only skipped take seconds on the last of a thousand pages.
    """
    ids = [row.pk for row in rows]
    known = Grant.objects.select_related("award", "year", "decision", "owner", "agency", "revocation").in_bulk(ids)
    return [known[pk] for pk in ids]


@dataclass(frozen=True)
class GrantLine:
    """An award as lists show it; `origin`: the merged or renamed agency it came down from, "" for one's own."""

    row: Grant
    origin: str = ""

    @property
    def state(self) -> str:
        """Return whether it still holds, in words."""
        return REVOKED if self.row.is_revoked else STANDING

    @property
    def look(self) -> str:
        """Return the look of that."""
        return "bad" if self.row.is_revoked else "ok"

    @property
    def merit(self) -> str:
        """Return the phrase of merit it was printed with; reads its line and its decision."""
        return self.row.line.merit or self.row.decision.merit

    @property
    def year(self) -> str | None:
        """Return the emulation year it was given for; None when the decision does not say."""
        return self.row.year.label if self.row.year else None


@dataclass(frozen=True)
class Whose:
    """An agency and those whose awards it inherited."""

    agency: Agency
    origins: dict[int, str]

    def keep(self, rows: QuerySet[Grant]) -> QuerySet[Grant]:
        """Keep the awards of the agency, of its units and people, and of those before it."""
        ids = [self.agency.pk, *self.origins]
        return rows.filter(Q(owner__in=ids) | Q(agency__in=ids))

    def line(self, row: Grant) -> GrantLine:
        """Return a line, marked when it came down."""
        origin = self.origins.get(row.agency_id or 0) or self.origins.get(row.owner_id, "")
        return GrantLine(row, origin)


def whose(agency: Agency) -> Whose:
    """Return an agency with its ancestors by merger, division and renaming; two queries."""
    return Whose(agency, lineage(agency).ancestors)


def lines(rows: Iterable[Grant], of: Whose | None = None) -> list[GrantLine]:
    """Lay rows as lines; with an agency, what came down to it is marked."""
    return [of.line(row) if of else GrantLine(row) for row in rows]


@dataclass(frozen=True)
class OfAgency:
    """The newest awards of an agency and how many there are."""

    lines: tuple[GrantLine, ...]
    total: int

    @property
    def has_more(self) -> bool:
        """Whether more were given than are shown."""
        return self.total > len(self.lines)


def agency_grants(actor: Actor, of: Whose) -> OfAgency:
    """Return the newest awards of an agency, its units and people, inherited ones marked; one query."""
    rows, total = first_rows(of.keep(grant_list(actor)), SHOWN_OF_AGENCY)
    return OfAgency(tuple(lines(rows, of)), total)


def grant_for(actor: Actor, pk: int) -> Grant | None:
    """Return an award the actor may know of, with all its page shows; one query."""
    rows = grant_list(actor).select_related("line", "person", "bloc_year", "commendation", "revocation__paper")
    return rows.filter(pk=pk).first()


def others_of(actor: Actor, row: Grant) -> Sequence[GrantLine]:
    """Return what else the same person or agency was given; one query."""
    same = Q(person=row.person_id) if row.person_id else Q(agency=row.agency_id)
    return lines(grant_list(actor).filter(same).exclude(pk=row.pk))


# --- Search -----------------------------------------------------------------------------------------------------------


def _found(actor: Actor, text: str) -> QuerySet[Grant] | None:
    if not can(actor, "awards.list_grant"):
        return None
    return search(grant_list(actor), "", text)


def _hit(row: Grant) -> Hit:
    number = f"số {row.decision.number} ngày {date_short(row.granted_on)}"
    said = (str(row.award), number, REVOKED.lower() if row.is_revoked else "")
    name = ", ".join(part for part in (row.subject_name, row.subject_title) if part)
    return Hit(name, " · ".join(part for part in said if part), reverse("grant_detail", args=[row.pk]))


SEARCH = SearchKind("grants", "Khen thưởng đã tặng", 50, _found, _hit)
