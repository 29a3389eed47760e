"""How a year is divided: its blocs, the agencies in none of them, the decisions that say so."""

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from blocs.enums import BlocKind, BlocYearState
from blocs.models import Agency, BlocYear, EmulationYear, Membership, Partition
from emulation.core.access import Actor
from emulation.core.filters import search

SHOWN = 200


def divided(year: EmulationYear) -> list[BlocYear]:
    """Return the blocs of this province in the year, each with `member_count`, cụm and decision; one query."""
    rows = BlocYear.objects.in_year(year).filter(bloc__locality="").select_related("year", "parent", "partition__paper")
    counted = rows.annotate(member_count=Count("memberships", filter=Q(memberships__left_on__isnull=True)))
    return list(counted.order_by("sort_key", "pk"))


def open_blocs(rows: list[BlocYear]) -> list[BlocYear]:
    """Return those that still take members."""
    return [row for row in rows if row.state != BlocYearState.CLOSED]


def unplaced(actor: Actor, year: EmulationYear, *, words: str = "", kind: str = "") -> QuerySet[Agency]:
    """Return the whole agencies of this province that are at work and stand in no bloc of the year."""
    stands = Membership.objects.filter(agency=OuterRef("pk"), bloc_year__year=year, left_on__isnull=True)
    rows = Agency.objects.visible_to(actor).filter(parent__isnull=True, locality="", ended_on__isnull=True)
    rows = rows.filter(~Exists(stands)).in_order()
    found: QuerySet[Agency] = search(rows, "", words)
    return found.filter(kind=kind) if kind else found


def partitions() -> list[Partition]:
    """Return the decisions that divide agencies into blocs, the newest first; one query."""
    return list(Partition.objects.select_related("paper").order_by("-paper__dated_on", "-pk"))


def cums(year: EmulationYear) -> list[BlocYear]:
    """Return the cụm of the year a khối may belong to; one query."""
    return list(BlocYear.objects.in_year(year).filter(kind=BlocKind.CUM, bloc__locality="").order_by("sort_key", "pk"))
