"""What the members page shows: the list in its order, which agencies could be added, who follows the bloc."""

from collections.abc import Collection

from django.db.models import QuerySet

from blocs.enums import StandingState
from blocs.models import Agency, BlocYear, Membership, Monitor, Place, Seat
from emulation.core import clock
from emulation.core.access import Actor
from emulation.core.filters import search
from emulation.core.vietnamese import date_short

FOUND_LIMIT = 20


def remarks_of(row: Membership) -> tuple[str, ...]:
    """Return what is not usual about a membership, in words."""
    said = [
        (not row.is_voting, "không bỏ phiếu"),
        (not row.is_scored, "không chấm điểm"),
        (not row.is_ranked, "không xếp hạng"),
        (not row.counts_for_quota, "không tính vào số lượng phân bổ"),
        (bool(row.joined_on), f"từ {date_short(row.joined_on)}"),
        (bool(row.left_on), f"đến {date_short(row.left_on)}"),
        (bool(row.note), row.note),
    ]
    return tuple(words for holds, words in said if holds)


def member_rows(bloc_year: BlocYear) -> list[Membership]:
    """Return the members in the order of the list, those who left among them; one query."""
    return list(bloc_year.memberships.select_related("name", "subgroup", "agency").in_order())


def places_apart() -> QuerySet[Place]:
    """Return the places within groups that were ever published: they hold their members in their groups."""
    published = [StandingState.PUBLISHED, StandingState.SUPERSEDED]
    return Place.objects.filter(standing__is_by_group=True, standing__state__in=published)


def addable(bloc_year: BlocYear, actor: Actor) -> QuerySet[Agency]:
    """Return the whole agencies that are not members yet, those of this province first."""
    rows = Agency.objects.visible_to(actor).filter(parent__isnull=True)
    return rows.exclude(memberships__bloc_year=bloc_year).own_first()


def addable_found(bloc_year: BlocYear, actor: Actor, words: str) -> list[Agency]:
    """Return the first agencies to add whose name has every word typed, with or without accents; one query."""
    return list(search(addable(bloc_year, actor), "", words)[:FOUND_LIMIT]) if words.strip() else []


def monitor_rows(bloc_year: BlocYear) -> list[Monitor]:
    """Return who follows the bloc, the council before specialists, those who stopped among them; one query."""
    return list(bloc_year.monitors.select_related("seat__user").order_by("role", "seat__user__sort_key", "pk"))


def followers(capacities: Collection[str]) -> list[Seat]:
    """Return the lasting seats of these capacities, by the names of who sits there; one query."""
    rows = Seat.objects.filter(capacity__in=capacities, user__is_active=True).lasting(clock.today())
    return list(rows.select_related("user").order_by("user__sort_key", "pk"))
