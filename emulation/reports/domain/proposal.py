"""What the papers of awards say, frozen: a bloc's request, the board's, the appraisal, the decision, their lists."""

import dataclasses
import datetime as dt
from decimal import Decimal

from emulation.reports.domain.facts import Frozen, HeaderFact, SignerFact

INLINE = 5  # so many lines stand in the decision itself; more have a list of their own
IN_HAND = frozenset({"draft", "returned"})  # states of a dossier that has not left who prepares it


def office_sign(office: str) -> str:
    """Return what an office signs its papers with: "SNV" for "Sở Nội vụ", "UBND" for a People's Committee."""
    if office.removeprefix("Chủ tịch ").startswith(("UBND", "Ủy ban nhân dân", "Uỷ ban nhân dân")):
        return "UBND"
    return "".join(word[0] for word in office.split() if word[0].isalpha()).upper()


@dataclasses.dataclass(frozen=True)
class LineFact:
    """One award for one collective or person, in the words papers print; `nature` as in `awards.enums`.

    `title`: position and agency of a person, the agency above a sub-unit. `merit` follows "đã có thành tích".
    `votes_for` of `votes_of` agreed; `place` and `points` come from the bloc's standing.
    """

    award: str
    nature: str
    name: str
    title: str = ""
    is_person: bool = False
    merit: str = ""
    achievement: str = ""
    place: int | None = None
    points: Decimal | None = None
    votes_for: int | None = None
    votes_of: int | None = None


@dataclasses.dataclass(frozen=True)
class DeclinedFact:
    """A collective the bloc agreed not to propose for an award, and why."""

    name: str
    award: str
    reason: str


@dataclasses.dataclass(frozen=True)
class AppraisedFact:
    """What the appraisal says of one line; `verdict` as in `awards.enums`, "" while it is to come.

    `award`, `nature`: what was asked for; `instead`: what the specialist proposes in its place. `missing`: papers of
    the checklist that are not there, and what was asked for and not brought.
    """

    award: str
    nature: str
    name: str
    title: str = ""
    is_person: bool = False
    verdict: str = ""
    instead: str = ""
    opinion: str = ""
    missing: tuple[str, ...] = ()


@dataclasses.dataclass(frozen=True)
class DossierFact:
    """A dossier as it came in; `received_as`: in words. `persons`, `collectives`: how many lines of it are meant."""

    sender: str
    number: str = ""
    received_on: dt.date | None = None
    received_as: str = ""
    collectives: int = 0
    persons: int = 0


# --- Papers of a bloc -------------------------------------------------------------------------------------------------


@dataclasses.dataclass(frozen=True)
class BlocAwardsSummary(Frozen):
    """What a bloc asks for, lines in the order of print; `header`: of its request, which the list goes with.

    `submission`: the dossier, `state` as in `awards.enums`. `addressee`: who is asked, `department`: who receives.
    """

    bloc_name: str
    bloc_kind: str
    year_label: str
    next_year_label: str
    submission: int
    state: str
    year_kind: str = "calendar"
    header: HeaderFact = dataclasses.field(default_factory=HeaderFact)
    signer: SignerFact = dataclasses.field(default_factory=SignerFact)
    addressee: str = ""
    department: str = ""
    basis: tuple[str, ...] = ()
    decided_on: dt.date | None = None  # the meeting that agreed
    members: int | None = None
    lines: tuple[LineFact, ...] = ()
    schema: int = 1

    @property
    def is_draft(self) -> bool:
        """Whether the request has no number and day yet."""
        return not (self.header.number and self.header.dated_on)


@dataclasses.dataclass(frozen=True)
class BlocProposalSummary(BlocAwardsSummary):
    """The request of a bloc."""


@dataclasses.dataclass(frozen=True)
class BlocListSummary(BlocAwardsSummary):
    """The list that goes with it."""


@dataclasses.dataclass(frozen=True)
class BlocMinutesSummary(BlocAwardsSummary):
    """The extract of the minutes of the meeting that agreed; it bears no number."""

    declined: tuple[DeclinedFact, ...] = ()

    @property
    def is_draft(self) -> bool:
        """Whether the dossier has not been sent."""
        return self.state in IN_HAND


# --- Papers of the board ----------------------------------------------------------------------------------------------


@dataclasses.dataclass(frozen=True)
class BoardAwardsSummary(Frozen):
    """What a decision gives, lines in the order of print; `state` as in `awards.enums`.

    `issuer`: who decides, `department`: who prepares, `province` and `authority` as the province calls itself.
    `header`: of the paper itself, for a list of the paper it goes with. `about`: the trích yếu of the decision.
    """

    decision: int
    state: str
    year_label: str
    issuer: str
    department: str
    authority: str
    province: str
    year_kind: str = "calendar"
    header: HeaderFact = dataclasses.field(default_factory=HeaderFact)
    about: str = ""
    merit: str = ""
    basis: tuple[str, ...] = ()
    lines: tuple[LineFact, ...] = ()
    schema: int = 1

    @property
    def is_draft(self) -> bool:
        """Whether the paper has no number and day yet."""
        return not (self.header.number and self.header.dated_on)


@dataclasses.dataclass(frozen=True)
class BoardProposalSummary(BoardAwardsSummary):
    """The request of the department to who decides."""

    dossiers: tuple[DossierFact, ...] = ()


@dataclasses.dataclass(frozen=True)
class BoardListSummary(BoardAwardsSummary):
    """The list that goes with it."""


@dataclasses.dataclass(frozen=True)
class AppraisalSummary(BoardAwardsSummary):
    """The report of the appraisal: what came in, what was found of each line."""

    dossiers: tuple[DossierFact, ...] = ()
    appraised: tuple[AppraisedFact, ...] = ()


@dataclasses.dataclass(frozen=True)
class DecisionSummary(BoardAwardsSummary):
    """The decision; `proposal`: number and day of the department's request. A draft until it is issued."""

    proposal: HeaderFact = dataclasses.field(default_factory=HeaderFact)
    signer_name: str = ""
    signer_title: str = ""

    @property
    def is_draft(self) -> bool:
        """Whether it is not issued."""
        return self.state != "issued"


@dataclasses.dataclass(frozen=True)
class DecisionListSummary(BoardAwardsSummary):
    """The list that goes with the decision."""

    @property
    def is_draft(self) -> bool:
        """Whether the decision is not issued."""
        return self.state != "issued"
