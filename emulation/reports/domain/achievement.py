"""What an achievement report says of a collective or a person who is nominated, frozen."""

import dataclasses
import datetime as dt
from decimal import Decimal

from emulation.reports.domain.facts import Frozen, HeaderFact, SignerFact


@dataclasses.dataclass(frozen=True)
class TargetFact:
    """A target of the bloc's covenant and what the subject planned; the result is not kept here."""

    indicator: str
    unit: str = ""
    planned: Decimal | None = None
    planned_text: str = ""


@dataclasses.dataclass(frozen=True)
class PlaceFact:
    """Where a meeting placed the subject in a year."""

    year_label: str
    bloc_name: str
    place: int
    points: Decimal | None = None


@dataclasses.dataclass(frozen=True)
class GrantFact:
    """An award that was given before; `origin`: the agency it came down from, "" for the subject's own."""

    award: str
    nature: str
    year_label: str
    number: str
    granted_on: dt.date
    issuer: str
    origin: str = ""


@dataclasses.dataclass(frozen=True)
class AchievementSummary(Frozen):
    """What the system knows for the report of one nomination; the rest is typed in Word.

    `award`: what was asked for, whatever the board made of it. `issuer`: the collective itself, or the person's agency;
    `proposer`: the agency above a sub-unit, "" where the subject stands alone. `head`: of the agency that proposes.
    `title`: position and agency of a person as papers print them. `grants`: of earlier years, the oldest first.
    `is_draft`: whether the nomination was not handed in yet.
    """

    nomination: int
    year_label: str
    award: str
    name: str
    issuer: str
    year_kind: str = "calendar"
    is_person: bool = False
    header: HeaderFact = dataclasses.field(default_factory=lambda: HeaderFact(sign=""))
    proposer: str = ""
    head: SignerFact = dataclasses.field(default_factory=SignerFact)
    title: str = ""
    position: str = ""
    birth_year: int | None = None
    sex: str = ""
    phone: str = ""
    achievement: tuple[str, ...] = ()
    targets: tuple[TargetFact, ...] = ()
    places: tuple[PlaceFact, ...] = ()
    grants: tuple[GrantFact, ...] = ()
    is_draft: bool = False
    schema: int = 1
