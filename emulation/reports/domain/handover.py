"""What the record of a handing over says, frozen."""

import dataclasses
import datetime as dt

from emulation.reports.domain.facts import AgencyFact, Frozen, HeaderFact, SignerFact


@dataclasses.dataclass(frozen=True)
class ItemFact:
    """A file or a thing that is handed over, or is still to be."""

    title: str
    quantity: str = ""
    is_handed: bool = True
    note: str = ""


@dataclasses.dataclass(frozen=True)
class HandoverSummary(Frozen):
    """Everything the record of one handing over says; `handover`: its row, `state` as in `blocs.enums`."""

    bloc_name: str
    bloc_kind: str
    year_label: str
    next_year_label: str
    handover: int
    state: str
    giver: AgencyFact
    receiver: AgencyFact
    year_kind: str = "calendar"
    header: HeaderFact = dataclasses.field(default_factory=HeaderFact)
    giver_signer: SignerFact = dataclasses.field(default_factory=SignerFact)
    receiver_signer: SignerFact = dataclasses.field(default_factory=SignerFact)
    is_receiver_next: bool = True  # the receiver leads in the next year, not in the rest of this one
    handed_on: dt.date | None = None
    place: str = ""
    note: tuple[str, ...] = ()
    items: tuple[ItemFact, ...] = ()
    schema: int = 1

    @property
    def is_draft(self) -> bool:
        """Whether nothing is handed over yet."""
        return self.state != "handed"
