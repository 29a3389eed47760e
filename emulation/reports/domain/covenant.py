"""What a covenant says, frozen: its clauses, its targets, who signs it and what each member plans."""

import dataclasses
import datetime as dt
from decimal import Decimal

from emulation.reports.domain.facts import AgencyFact, Frozen, HeaderFact

SIGNED = frozenset({"signed", "superseded"})  # states of a covenant that is no draft any more


@dataclasses.dataclass(frozen=True)
class PromiseFact:
    """One target, numbered through all sections; `base`: last year's value, `planned_text`: the plan in words."""

    number: int
    indicator: str
    section: str = ""
    unit: str = ""
    direction: str = "higher"
    base: Decimal | None = None
    planned: Decimal | None = None
    planned_text: str = ""


@dataclasses.dataclass(frozen=True)
class PartyFact:
    """An agency under the covenant, in the order it signs; `role`: "leader", "deputy" or "".

    `signs_as` as in `blocs.enums.SignsAs`; `head_title`: what the head of the agency is called, "" when not known.
    `name` is None until it has signed.
    """

    agency: AgencyFact
    role: str = ""
    signs_as: str = ""
    title: str = ""
    head_title: str = ""
    name: str | None = None


@dataclasses.dataclass(frozen=True)
class ValueFact:
    """What an agency (`key`) plans for a target (`number`)."""

    key: int
    number: int
    planned: Decimal | None = None
    planned_text: str = ""
    is_assigned: bool = True


@dataclasses.dataclass(frozen=True)
class CovenantSummary(Frozen):
    """Everything one version of a covenant says; `state` and `change` as in `blocs.enums`."""

    bloc_name: str
    bloc_kind: str
    year_label: str
    next_year_label: str
    version: int
    state: str
    year_kind: str = "calendar"
    header: HeaderFact = dataclasses.field(default_factory=HeaderFact)
    change: str = "first"
    reason: str = ""
    replaced_on: dt.date | None = None  # when the version before it was signed
    theme: str = ""
    basis: tuple[str, ...] = ()
    clauses: tuple[str, ...] = ()
    targets: tuple[PromiseFact, ...] = ()
    organisation: tuple[str, ...] = ()
    witness: str = ""
    parties: tuple[PartyFact, ...] = ()
    values: tuple[ValueFact, ...] = ()
    schema: int = 1

    @property
    def is_draft(self) -> bool:
        """Whether it is not yet signed."""
        return self.state not in SIGNED
