"""What one seat stands for; pure. Rights follow the seat and the year's leadership, never a flag on the account."""

from dataclasses import dataclass
from enum import StrEnum


class Capacity(StrEnum):
    """In which capacity a seat acts; the values are those of `Seat.capacity`."""

    BOARD_HEAD = "board_head"
    BOARD_SPECIALIST = "board_specialist"
    COUNCIL = "council"
    OFFICER = "officer"
    ACCOUNT_MANAGER = "account_manager"
    SIGNER = "signer"


BOARD = frozenset({Capacity.BOARD_HEAD, Capacity.BOARD_SPECIALIST})
AGENCY = frozenset({Capacity.OFFICER, Capacity.ACCOUNT_MANAGER, Capacity.SIGNER})


@dataclass(frozen=True)
class Scope:
    """What the chosen seat stands for: its capacity, its agency, and the bloc years it belongs to, leads, follows.

    All sets hold ids of bloc years. `inherits`: the earlier years of the blocs it leads or deputises in, whose
    files were handed over to it. `lends_head_acts`: whether the province lends the acts of the head of its board to
    the specialists. Without an open seat everything is empty.
    """

    capacity: Capacity | None = None
    agency_id: int | None = None
    member_of: frozenset[int] = frozenset()
    leads: frozenset[int] = frozenset()
    deputises: frozenset[int] = frozenset()
    monitors: frozenset[int] = frozenset()
    inherits: frozenset[int] = frozenset()
    is_staff: bool = False
    lends_head_acts: bool = False

    @property
    def has_seat(self) -> bool:
        """Whether the person acts in an open seat."""
        return self.capacity is not None

    @property
    def is_board(self) -> bool:
        """Whether the seat is one of the emulation board."""
        return self.capacity in BOARD

    @property
    def is_board_head(self) -> bool:
        """Whether the seat is the head of the board."""
        return self.capacity == Capacity.BOARD_HEAD

    @property
    def acts_as_head(self) -> bool:
        """Whether the seat decides on awards as the head of the board does: its own right, or lent (DESIGN 8)."""
        return self.is_board_head or (self.is_board and self.lends_head_acts)
