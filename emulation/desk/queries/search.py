"""The search in the head: blocs and agencies by any word of their names, without accents. Four queries at most."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from blocs.models import Agency, BlocYear
from emulation.core.access import Actor
from emulation.core.filters import search
from emulation.core.vietnamese import fold

LIMIT = 20


@dataclass(frozen=True)
class Found:
    """The rows of one kind that match, the first twenty, and how many there are."""

    rows: list[BlocYear] | list[Agency]
    total: int

    @property
    def has_more(self) -> bool:
        """Whether more match than are shown."""
        return self.total > len(self.rows)


def find(actor: Actor, text: str) -> tuple[Found, Found]:
    """Return the bloc years and the agencies whose names hold every word; nothing for a text of signs only."""
    if not fold(text):
        return Found([], 0), Found([], 0)
    blocs = BlocYear.objects.visible_to(actor).select_related("year", "bloc").in_order()
    agencies = Agency.objects.visible_to(actor).select_related("parent").in_order()
    return _found(search(blocs, "", text)), _found(search(agencies, "", text))


def _found(rows: QuerySet[Any]) -> Found:
    return Found(list(rows[:LIMIT]), rows.order_by().count())
