"""What the page of a bloc year's leadership shows; a constant number of statements."""

from collections.abc import Sequence
from dataclasses import dataclass

from blocs.enums import HandoverState, LeadershipRole
from blocs.models import BlocYear, Handover, LeadershipTerm, Membership, NextLeader
from blocs.queries.opening import next_of
from emulation.core.access import Actor, can

HANDOVER_LOOKS = {HandoverState.DRAFT: "run", HandoverState.HANDED: "ok", HandoverState.NONE: ""}


@dataclass(frozen=True)
class TermLine:
    """A term of office as the page shows it."""

    row: LeadershipTerm

    @property
    def is_open(self) -> bool:
        """Whether no end is written."""
        return self.row.ends_on is None

    @property
    def is_leader(self) -> bool:
        """Whether it is the leader's."""
        return self.row.role == LeadershipRole.LEADER

    @property
    def stands_in(self) -> bool:
        """Whether it acts in the leader's place."""
        return self.is_open and self.row.stands_in_from is not None

    @property
    def may_stand_in(self) -> bool:
        """Whether it could act in the leader's place."""
        return self.is_open and not self.is_leader and not self.stands_in


@dataclass(frozen=True)
class HandoverLine:
    """A handing over with the look of its state."""

    row: Handover

    @property
    def look(self) -> str:
        """Return the look of its state."""
        return HANDOVER_LOOKS[HandoverState(self.row.state)]


@dataclass(frozen=True)
class LeadershipPage:
    """The leadership of a bloc year. `following`: the next year of the bloc, where it is opened."""

    open_terms: tuple[TermLine, ...]
    past_terms: tuple[TermLine, ...]
    next_leaders: tuple[NextLeader, ...]
    following: BlocYear | None
    is_taken_over: bool
    handovers: tuple[HandoverLine, ...]

    @property
    def leader(self) -> TermLine | None:
        """Return the leader in office."""
        return next((line for line in self.open_terms if line.is_leader), None)


def leadership_page(bloc_year: BlocYear, *, actor: Actor) -> LeadershipPage:
    """Return the page; four statements, five where the next year is opened."""
    terms = [
        TermLine(row) for row in bloc_year.terms.select_related("name", "agency", "recognised_paper").order_by("pk")
    ]
    terms.sort(key=lambda line: (not line.is_leader, line.row.pk))
    following = next_of(bloc_year)
    # A handover is asked for through its own rule: the page itself is for everybody with a seat.
    handovers = bloc_year.handovers.select_related("giver_name", "receiver_name").order_by("-pk")
    return LeadershipPage(
        open_terms=tuple(line for line in terms if line.is_open),
        past_terms=tuple(line for line in terms if not line.is_open),
        next_leaders=tuple(bloc_year.next_leaders.select_related("name", "agency").order_by("-role", "pk")),
        following=following,
        is_taken_over=following is not None and following.terms.exists(),
        handovers=tuple(HandoverLine(row) for row in handovers if can(actor, "blocs.view_handover", row)),
    )


def members_now(bloc_year: BlocYear) -> list[Membership]:
    """Return the members that may hold an office: not left, not ended; in the order of the decision. One query."""
    rows = bloc_year.memberships.filter(left_on__isnull=True, agency__ended_on__isnull=True)
    return list(rows.select_related("agency", "name", "subgroup").in_order())


def deputies_of(terms: Sequence[LeadershipTerm]) -> list[LeadershipTerm]:
    """Return the deputies in office among terms."""
    return [row for row in terms if row.ends_on is None and row.role == LeadershipRole.DEPUTY]


def term_for(actor: Actor, pk: int) -> LeadershipTerm | None:
    """Return a term the actor may know of. One query."""
    if not actor.scope.has_seat:
        return None
    rows = LeadershipTerm.objects.select_related("bloc_year__year", "bloc_year__bloc", "name", "agency")
    return rows.filter(pk=pk).first()


def next_leader_for(actor: Actor, pk: int) -> NextLeader | None:
    """Return a named next leader the actor may know of. One query."""
    if not actor.scope.has_seat:
        return None
    rows = NextLeader.objects.select_related("bloc_year__year", "bloc_year__bloc", "name", "agency")
    return rows.filter(pk=pk).first()
