"""What a year-end report says, frozen: plain facts without rows, clock or wording.

The summary is stored as JSON beside the files made from it, and inside the PDF, so a report can be made again years
later. Nothing is guessed here: `None`, an empty text and an empty tuple mean *not known*, and the paper says so.
"""

import dataclasses
import datetime as dt
from decimal import Decimal

from emulation.reports.domain.facts import AgencyFact, Frozen, HeaderFact, NextTermFact, SignerFact

__all__ = [
    "SCHEMA",
    "AgencyFact",
    "AwardFact",
    "FigureFact",
    "GrantFact",
    "HeaderFact",
    "MemberFact",
    "MilestoneFact",
    "MonitorFact",
    "MovementFact",
    "NarrativeFact",
    "NextTermFact",
    "PlaceFact",
    "PreviousFact",
    "SignerFact",
    "TargetFact",
    "TermFact",
    "YearSummary",
]

SCHEMA = 1  # raised when stored summaries can no longer be read by this code


@dataclasses.dataclass(frozen=True)
class MemberFact:
    """A member, in the order of the decision. `group` is the subgroup's name, empty when the bloc has none."""

    agency: AgencyFact
    group: str = ""
    is_ranked: bool = True
    is_scored: bool = True
    is_voting: bool = True
    counts_for_quota: bool = True
    also_in: str = ""  # other blocs it belongs to, in words
    joined_on: dt.date | None = None
    left_on: dt.date | None = None
    note: str = ""


@dataclasses.dataclass(frozen=True)
class TermFact:
    """An agency leading ("leader") or deputising ("deputy") in the year; `ends_on` when it left before its end."""

    agency: AgencyFact
    role: str
    elected_on: dt.date | None = None
    recognised_on: dt.date | None = None
    recognised_paper: str = ""  # "12/QĐ-UBND", empty when there is none
    ends_on: dt.date | None = None


@dataclasses.dataclass(frozen=True)
class MonitorFact:
    """Who follows the bloc; `role`: "council" or "specialist", `title`: office in words, `name`: None if not named."""

    role: str
    title: str
    name: str | None = None


@dataclasses.dataclass(frozen=True)
class MovementFact:
    """A movement by its title without quotes; `launched_by` as in `blocs.enums.Launcher`."""

    title: str
    launched_by: str = "unstated"


@dataclasses.dataclass(frozen=True)
class MilestoneFact:
    """A step of the year. `is_done`: None when not known; it may be done on a day nobody wrote down."""

    kind: str  # as in blocs.enums.MilestoneKind
    due_on: dt.date | None = None
    done_on: dt.date | None = None
    is_done: bool | None = None
    note: str = ""

    @property
    def days_late(self) -> int | None:
        """Return the days between due and done: negative when early, None when one of them is not known."""
        if self.due_on is None or self.done_on is None:
            return None
        return (self.done_on - self.due_on).days

    @property
    def says_anything(self) -> bool:
        """Whether anything is known of the step."""
        return self != MilestoneFact(self.kind)


@dataclasses.dataclass(frozen=True)
class TargetFact:
    """A target of the covenant: `planned` as a number, or `planned_text` in words; `direction` "higher" or "lower"."""

    indicator: str
    unit: str = ""
    direction: str = "higher"
    planned: Decimal | None = None
    planned_text: str = ""
    achieved: Decimal | None = None


@dataclasses.dataclass(frozen=True)
class FigureFact:
    """A figure a source states, as a part of a whole or alone: 9 of 9 "cơ quan, đơn vị hoàn thành nhiệm vụ"."""

    label: str
    part: int | None = None
    whole: int | None = None
    note: str = ""


@dataclasses.dataclass(frozen=True)
class PlaceFact:
    """A place an agency took, from 1; several may share one."""

    agency: AgencyFact
    place: int


@dataclasses.dataclass(frozen=True)
class AwardFact:
    """An award proposed or granted: to an agency, or to so many collectives without names.

    `text` as stated ("Cờ thi đua của UBND tỉnh"); `nature` and `level` as in `awards.enums`.
    """

    stage: str  # "proposed" or "granted"
    text: str
    nature: str
    level: str = "unstated"
    agency: AgencyFact | None = None
    how_many: int | None = None
    note: str = ""

    @property
    def count(self) -> int | None:
        """Return how many collectives it speaks of, None when not known."""
        return 1 if self.agency else self.how_many


@dataclasses.dataclass(frozen=True)
class GrantFact:
    """Awards of one kind given by issued decisions and not revoked: to so many collectives and persons, unnamed."""

    text: str
    nature: str
    level: str
    collectives: int = 0
    persons: int = 0


@dataclasses.dataclass(frozen=True)
class NarrativeFact:
    """What the bloc wrote in a section (`reports.enums.NarrativeSection`), a line a paragraph.

    `agency`: the key of the member whose part it is, None when it speaks of the whole bloc.
    """

    section: str
    lines: tuple[str, ...]
    agency: int | None = None


@dataclasses.dataclass(frozen=True)
class PreviousFact:
    """What is known of the same bloc's year before; `awards` are those received."""

    year_label: str
    member_total: int | None = None
    milestones: tuple[MilestoneFact, ...] = ()
    places: tuple[PlaceFact, ...] = ()
    awards: tuple[AwardFact, ...] = ()
    grants: tuple[GrantFact, ...] = ()


@dataclasses.dataclass(frozen=True)
class YearSummary(Frozen):
    """Everything the year-end report of one bloc says."""

    bloc_name: str  # "Khối thi đua Tổng hợp"
    bloc_kind: str  # as in blocs.enums.BlocKind
    year_label: str  # "2021", or "2025-2026"
    next_year_label: str
    year_kind: str = "calendar"  # as in blocs.enums.YearKind
    header: HeaderFact = dataclasses.field(default_factory=HeaderFact)
    addressees: tuple[str, ...] = ("Hội đồng Thi đua - Khen thưởng tỉnh",)
    signer: SignerFact = dataclasses.field(default_factory=SignerFact)
    stated_member_count: int | None = None
    members: tuple[MemberFact, ...] = ()
    leadership: tuple[TermFact, ...] = ()
    next_leadership: tuple[NextTermFact, ...] = ()
    monitors: tuple[MonitorFact, ...] = ()
    theme: str = ""
    movements: tuple[MovementFact, ...] = ()
    next_movements: tuple[MovementFact, ...] = ()
    milestones: tuple[MilestoneFact, ...] = ()
    targets: tuple[TargetFact, ...] = ()
    figures: tuple[FigureFact, ...] = ()
    places: tuple[PlaceFact, ...] = ()
    awards: tuple[AwardFact, ...] = ()
    grants: tuple[GrantFact, ...] = ()
    source: str = ""  # where the facts come from, in words
    draft_state: str = ""  # of the typed sections, as in blocs.enums.PaperState; "" where none were begun
    narratives: tuple[NarrativeFact, ...] = ()
    previous: PreviousFact | None = None
    schema: int = SCHEMA

    @property
    def staying_members(self) -> tuple[MemberFact, ...]:
        """Return the members that did not leave during the year."""
        return tuple(member for member in self.members if member.left_on is None)

    @property
    def member_total(self) -> int | None:
        """Return how many members the bloc has: as stated, else as listed, None when neither is known."""
        if self.stated_member_count is not None:
            return self.stated_member_count
        return len(self.staying_members) or None

    @property
    def is_draft(self) -> bool:
        """Whether số or ngày are still to come, or the typed sections are not passed."""
        is_open = self.draft_state in {"draft", "circulated"}
        return is_open or self.header.number is None or self.header.dated_on is None

    @property
    def leader(self) -> TermFact | None:
        """Return who led to the end of the year, None when not known."""
        return next((term for term in self.leadership if term.role == "leader" and term.ends_on is None), None)

    @property
    def deputies(self) -> tuple[TermFact, ...]:
        """Return who deputised to the end of the year."""
        return tuple(term for term in self.leadership if term.role == "deputy" and term.ends_on is None)

    def milestone(self, kind: str) -> MilestoneFact:
        """Return what is known of a step; an unknown one when the summary does not speak of it."""
        return next((step for step in self.milestones if step.kind == kind), MilestoneFact(kind))

    def narrative(self, section: str, agency: int | None = None) -> tuple[str, ...]:
        """Return the lines of a section, or of a member's part of it; none where nothing is written."""
        rows = (row for row in self.narratives if (row.section, row.agency) == (section, agency))
        return next((row.lines for row in rows), ())

    def awards_at(self, stage: str) -> tuple[AwardFact, ...]:
        """Return the awards of a stage, "proposed" or "granted"."""
        return tuple(award for award in self.awards if award.stage == stage)
