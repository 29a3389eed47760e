"""What the pages of decisions show: the list, one decision with its lines, what may go into one."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.db.models import Exists, F, Func, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.urls import reverse

from awards.domain import decision as rules
from awards.enums import DecisionState, NominationState, Verdict
from awards.models import AwardKind, Decision, DecisionLine, Grant, Nomination
from blocs.models import EmulationYear
from emulation.core.access import Actor
from emulation.core.filters import search
from emulation.core.registry import Hit, SearchKind
from emulation.core.vietnamese import date_short

LOOKS = {
    DecisionState.DRAFT: "",
    DecisionState.NUMBERED: "run",
    DecisionState.ISSUED: "ok",
    DecisionState.CANCELLED: "",
}


def decision_list(actor: Actor) -> QuerySet[Decision]:
    """Return the decisions the actor may know of, with how many lines give something and how many were taken back.

    Counted for each row that is shown: a join would count fifty thousand lines to show fifty decisions.
    """
    return (
        Decision.objects.visible_to(actor)
        .select_related("year")
        .annotate(
            line_count=_count(DecisionLine.objects.filter(decision=OuterRef("pk"), is_struck=False)),
            revoked_count=_count(Grant.objects.filter(decision=OuterRef("pk"), is_revoked=True)),
        )
        .in_order()
    )


def _count(rows: QuerySet[Any]) -> Subquery:
    counted = rows.order_by().annotate(count=Func(F("pk"), function="COUNT")).values("count")
    return Subquery(counted, output_field=IntegerField())


@dataclass(frozen=True)
class Listed:
    """A decision as the list shows it."""

    row: Any

    @property
    def look(self) -> str:
        """Return the look of its state."""
        return LOOKS[DecisionState(self.row.state)]


def decision_for(actor: Actor, pk: int) -> Decision | None:
    """Return a decision the actor may know of; one query."""
    return Decision.objects.visible_to(actor).select_related("year", "paper").filter(pk=pk).first()


@dataclass(frozen=True)
class Line:
    """A line of a decision: the row, what it gave, what stands in its way while it is a draft, what was directed.

    `directive` is "" for others than the board.
    """

    row: DecisionLine
    grant: Grant | None
    obstacle: str
    directive: str

    @property
    def is_revoked(self) -> bool:
        """Whether what it gave was taken back."""
        return self.grant is not None and self.grant.is_revoked

    @property
    def note(self) -> str:
        """Return what is to be said beside it: struck, changed by whom, taken back."""
        said = [
            (self.row.is_struck, "đưa ra khỏi danh sách"),
            (bool(self.directive), f"ý kiến chỉ đạo: {self.directive}"),
            (self.is_revoked, "đã thu hồi"),
        ]
        return "; ".join(words for holds, words in said if holds)

    @property
    def is_changed(self) -> bool:
        """Whether a ý kiến chỉ đạo gave it another award than was proposed."""
        asked = self.row.nomination
        return asked is not None and not self.row.is_struck and self.row.award_id != asked.award_id


@dataclass(frozen=True)
class LineGroup:
    """The lines of one award, in printed order."""

    award: AwardKind
    lines: tuple[Line, ...]

    @property
    def giving(self) -> int:
        """Return how many lines give something."""
        return sum(1 for line in self.lines if not line.row.is_struck)

    @property
    def title(self) -> str:
        """Return the award with its nature, for titles and commendations never share a list unmarked."""
        return f"{self.award} · {self.award.get_nature_display()}"


@dataclass(frozen=True)
class DecisionPage:
    """One decision with its lines by award."""

    row: Decision
    groups: tuple[LineGroup, ...]

    @property
    def look(self) -> str:
        """Return the look of the state."""
        return LOOKS[DecisionState(self.row.state)]

    @property
    def lines(self) -> tuple[Line, ...]:
        """Return every line, group after group."""
        return tuple(line for group in self.groups for line in group.lines)

    @property
    def giving(self) -> int:
        """Return how many lines give something."""
        return sum(group.giving for group in self.groups)

    @property
    def obstacles(self) -> tuple[str, ...]:
        """Return what must be settled before it is issued, a sentence a line."""
        return tuple(f"{line.row.subject_name}: {line.obstacle}." for line in self.lines if line.obstacle)


def decision_page(row: Decision, *, actor: Actor) -> DecisionPage:
    """Return the page of a decision; one query for its lines and all they show.

    What was struck, and why anything was changed, is the board's own affair: nobody else learns who was left out.
    """
    known = row.lines.select_related("award", "agency", "person", "nomination", "grant__revocation__paper")
    if not actor.scope.is_board:
        known = known.filter(is_struck=False)
    lines = [
        _line(row, line, is_board=actor.scope.is_board)
        for line in known.order_by("award__position", "award", "position")
    ]
    groups = groupby(lines, key=lambda line: line.row.award)
    return DecisionPage(row, tuple(LineGroup(award, tuple(of_award)) for award, of_award in groups))


def _line(decision: Decision, line: DecisionLine, *, is_board: bool) -> Line:
    waits = decision.state in {DecisionState.DRAFT, DecisionState.NUMBERED} and not line.is_struck
    why = rules.obstacle(awaiting(line)) if waits else ""
    return Line(line, getattr(line, "grant", None), why, line.directive if is_board else "")


def awaiting(line: DecisionLine) -> rules.Awaiting:
    """Return what the rules read of a line of the province's own decision; its nomination and award are loaded."""
    asked = line.nomination
    if asked is None:
        raise ValueError("a line of the province's own decision has its nomination")
    return rules.Awaiting(
        name=line.subject_name,
        state=asked.state,
        is_held=asked.is_held,
        is_above=line.award.is_above_province,
        is_other=not line.directive and line.award_id != asked.award_id,
    )


@dataclass(frozen=True)
class CandidateGroup:
    """Nominations of one award that may go into a decision."""

    award: AwardKind
    rows: tuple[Nomination, ...]


def candidates(
    year: EmulationYear | None, *, above: bool = False, into: Decision | None = None
) -> tuple[CandidateGroup, ...]:
    """Return the nominations of a year that wait for a decision, by award; one query.

    `above`: those that went up to who confers above the province, of every year; else those the province may decide.
    `into`: the draft they shall go into, whose own lines are left out, struck ones too. Left out is also what stands
    in a decision already, what is on hold, and what the specialist found unfit.
    """
    there = DecisionLine.objects.filter(Q(is_struck=False) | Q(decision=into), nomination=OuterRef("pk"))
    rows = Nomination.objects.filter(is_held=False).exclude(Exists(there))
    if above:
        rows = rows.filter(state=NominationState.PROPOSED_UP)
    else:
        rows = rows.filter(year=year, state__in=rules.DECIDABLE - {NominationState.PROPOSED_UP}).exclude(
            state=NominationState.APPRAISED, appraisal__verdict=Verdict.UNFIT
        )
    known = rows.select_related("award", "year", "owner", "bloc_year").in_order()
    return tuple(
        CandidateGroup(award, tuple(of_award)) for award, of_award in groupby(known, key=lambda row: row.award)
    )


def chosen_of(groups: Sequence[CandidateGroup], ids: Sequence[int]) -> list[Nomination]:
    """Return the ticked nominations among those that were offered."""
    wanted = set(ids)
    return [row for group in groups for row in group.rows if row.pk in wanted]


# --- Search -----------------------------------------------------------------------------------------------------------


def _found(actor: Actor, text: str) -> QuerySet[Decision] | None:
    if not actor.scope.has_seat:
        return None
    return search(Decision.objects.visible_to(actor).in_order(), "", text)


def _hit(row: Decision) -> Hit:
    number = f"số {row.number} ngày {date_short(row.dated_on)}" if row.number else ""
    said = (number, row.issuer, str(row.get_state_display()).lower())
    return Hit(row.title, " · ".join(part for part in said if part), reverse("decision_detail", args=[row.pk]))


SEARCH = SearchKind("decisions", "Quyết định khen thưởng", 55, _found, _hit)
