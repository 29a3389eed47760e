"""What a notice of the standing says, frozen."""

import dataclasses
import datetime as dt
from decimal import Decimal

from emulation.reports.domain.facts import AgencyFact, Frozen, HeaderFact, NextTermFact, SignerFact

PUBLISHED = frozenset({"published", "superseded"})  # states of a standing that is no draft any more


@dataclasses.dataclass(frozen=True)
class RankFact:
    """A member in the standing; without a `place`, `remark` says why. `group` is empty unless groups rank apart."""

    agency: AgencyFact
    group: str = ""
    place: int | None = None
    points: Decimal | None = None
    proposal: str = ""
    remark: str = ""
    is_ranked: bool = True


@dataclasses.dataclass(frozen=True)
class StandingSummary(Frozen):
    """Everything one version of a standing says, members in the order of the decision."""

    bloc_name: str
    bloc_kind: str
    year_label: str
    next_year_label: str
    version: int
    state: str
    year_kind: str = "calendar"
    header: HeaderFact = dataclasses.field(default_factory=HeaderFact)
    signer: SignerFact = dataclasses.field(default_factory=SignerFact)
    board: str = ""  # the department that is told
    theme: str = ""
    decided_on: dt.date | None = None
    is_by_group: bool = False
    note: tuple[str, ...] = ()
    reason: str = ""
    replaced_on: dt.date | None = None  # when the version before it was published
    ranks: tuple[RankFact, ...] = ()
    next_leadership: tuple[NextTermFact, ...] = ()
    schema: int = 1

    @property
    def is_draft(self) -> bool:
        """Whether it is provisional."""
        return self.state not in PUBLISHED
