"""What a check of a workbook starts from: the file as it was read, and the present as far as it matters; pure."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from emulation.desk.domain.cells import EPOCH, RawCell
from emulation.desk.domain.matching import AgencyFact, Key

Print = tuple[str, tuple[tuple[str, str], ...]]  # a row's sheet and texts: the same row again has the same


@dataclass(frozen=True)
class RawRow:
    """A row of the file that is not blank: its number as Excel shows it, its cells by column key."""

    number: int
    cells: Mapping[str, RawCell]


@dataclass(frozen=True)
class Grid:
    """The whole file. `epoch` is day 0 of its date serials; `notes` say what was passed over."""

    rows: Mapping[str, tuple[RawRow, ...]]
    epoch: dt.date = EPOCH
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class RowFact:
    """A row as it stands: its id, its values by column key, the agency it is about.

    A monitor's values have `starts_on` too, for which the file has no column.
    """

    id: int
    values: Mapping[str, Any]
    agency_id: int | None = None


@dataclass(frozen=True)
class SeatFact:
    """Somebody who may follow a bloc in a role."""

    id: int
    role: str
    person: str
    title: str


@dataclass(frozen=True)
class BlocWanted:
    """Which bloc year the file is about."""

    year: str
    year_kind: str
    name: str
    code: str
    locality: str


@dataclass(frozen=True)
class World:
    """What stands now, as far as one workbook can touch it.

    `refusal` is a sentence when the bloc cannot be told; `remark` what a person should know. `choices` are agencies a
    human has named for rows of this bloc before, `settled` rows that wait or were dropped already: {row: sentence}.
    `frozen`: sheets that take no new or changed row now, each with why. `held`: ids of memberships that stay in their
    groups.
    """

    own: frozenset[str] = frozenset()
    agencies: tuple[AgencyFact, ...] = ()
    linked: frozenset[int] = frozenset()
    seats: tuple[SeatFact, ...] = ()
    parents: tuple[tuple[int, str], ...] = ()
    partitions: tuple[tuple[int, str], ...] = ()
    rows: Mapping[str, tuple[RowFact, ...]] = field(default_factory=dict)
    bloc_year_id: int | None = None
    bloc_id: int | None = None
    is_closed: bool = False
    refusal: str = ""
    remark: str = ""
    choices: Mapping[Key, int] = field(default_factory=dict)
    settled: Mapping[Print, str] = field(default_factory=dict)
    frozen: Mapping[str, str] = field(default_factory=dict)
    held: frozenset[int] = frozenset()


def print_of(sheet: str, texts: Mapping[str, str]) -> Print:
    """Return the print of a row from its texts by column key."""
    return sheet, tuple(sorted((key, text) for key, text in texts.items() if text))
