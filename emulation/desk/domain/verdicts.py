"""What a check of a workbook says: a verdict on the file, its rows, its cells; pure."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from emulation.desk.domain.facts import Print, print_of
from emulation.desk.domain.matching import Found, Wanted
from emulation.desk.domain.sheets import BLOC


class Verdict(StrEnum):
    """What a row or a cell means for the present rows."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    PARKED = "parked"
    ERROR = "error"


@dataclass(frozen=True)
class CellVerdict:
    """One cell: where, what stands there, what it replaces, what is wrong with it."""

    address: str
    heading: str
    key: str
    text: str
    verdict: Verdict
    old: str = ""
    sentence: str = ""


@dataclass(frozen=True)
class RowVerdict:
    """One row: what it means, and what a writer needs to carry it out."""

    sheet: str
    number: int
    title: str
    verdict: Verdict
    cells: tuple[CellVerdict, ...]
    values: Mapping[str, Any]
    sentence: str = ""
    row_id: int | None = None
    changes: frozenset[str] = frozenset()
    found: Found | None = None
    wanted: Wanted | None = None
    candidates: tuple[int, ...] = ()
    seat_id: int | None = None
    is_settled: bool = False

    @property
    def print(self) -> Print:
        """Return what makes the same row of a later file known again."""
        return print_of(self.sheet, {cell.key: cell.text for cell in self.cells})

    @property
    def is_news(self) -> bool:
        """Whether a confirmation would write something for it."""
        return self.verdict != Verdict.UNCHANGED and not self.is_settled

    @property
    def waits(self) -> bool:
        """Whether a confirmed import leaves the row to a human."""
        return self.verdict in {Verdict.PARKED, Verdict.ERROR}


@dataclass(frozen=True)
class Plan:
    """What a workbook would do. `kept` are rows that stand and that the file does not speak of: (sheet, title)."""

    rows: tuple[RowVerdict, ...]
    kept: tuple[tuple[str, str], ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def bloc(self) -> RowVerdict:
        """Return the verdict on the bloc itself."""
        return next(row for row in self.rows if row.sheet == BLOC.key)

    @property
    def may_confirm(self) -> bool:
        """Whether there is something to write and the bloc itself is beyond doubt."""
        return not self.bloc.waits and any(row.is_news for row in self.rows)

    @property
    def is_without_change(self) -> bool:
        """Whether every row says what stands, or waits, already."""
        return not any(row.is_news for row in self.rows)

    def count(self, verdict: Verdict) -> int:
        """Return how many rows have that verdict."""
        return sum(row.verdict == verdict for row in self.rows)

    @property
    def digest(self) -> str:
        """Return a hash of all that was shown: when it differs at the confirmation, the world has moved."""
        said = [
            [row.sheet, row.number, row.verdict, row.sentence, row.row_id, sorted(row.changes)]
            + [[cell.address, cell.verdict, cell.text, cell.old, cell.sentence] for cell in row.cells]
            for row in self.rows
        ]
        return hashlib.sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()
