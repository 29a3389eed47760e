"""The search in the head: every registered kind by any word, without accents; one query for each kind."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from emulation.core.access import Actor
from emulation.core.filters import first_rows
from emulation.core.registry import Hit, SearchKind, search_kinds
from emulation.core.vietnamese import fold

LIMIT = 10


@dataclass(frozen=True)
class Found:
    """What was found of one kind: the first rows, and how many there are."""

    kind: SearchKind
    hits: tuple[Hit, ...]
    total: int

    @property
    def has_more(self) -> bool:
        """Whether more match than are shown."""
        return self.total > len(self.hits)


def find(actor: Actor, text: str) -> list[Found]:
    """Return what matches of each kind the actor may search; nothing for a text of signs only."""
    if not fold(text):
        return []
    asked = [(kind, kind.find(actor, text)) for kind in search_kinds()]
    return [_found(kind, rows) for kind, rows in asked if rows is not None]


def _found(kind: SearchKind, rows: Any) -> Found:
    first, total = first_rows(rows, LIMIT)
    return Found(kind, hits(kind, first), total)


def find_all(actor: Actor, text: str, name: str) -> tuple[SearchKind, Any] | None:
    """Return one kind and all its rows that match; None for a kind that is none, or none of the actor's."""
    kind = next((kind for kind in search_kinds() if kind.name == name), None)
    rows = kind.find(actor, text) if kind and fold(text) else None
    return (kind, rows) if kind and rows is not None else None


def hits(kind: SearchKind, rows: Sequence[Any]) -> tuple[Hit, ...]:
    """Return rows as lines."""
    return tuple(kind.hit(row) for row in rows)
