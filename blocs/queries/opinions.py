"""The comments on a paper, and what the actor may do with each."""

from dataclasses import dataclass

from django.db.models import QuerySet

from blocs.enums import OpinionOutcome, PaperKind, PaperState
from blocs.models import BlocPaper, Membership, Opinion
from emulation.core.access import Actor, can

LOOKS = {OpinionOutcome.OPEN: "soon", OpinionOutcome.ADOPTED: "ok", OpinionOutcome.ANSWERED: "run"}


@dataclass(frozen=True)
class OpinionLine:
    """One comment."""

    row: Opinion
    may_edit: bool
    may_settle: bool

    @property
    def look(self) -> str:
        """Return the look of what was made of it."""
        return LOOKS[OpinionOutcome(self.row.outcome)]


@dataclass(frozen=True)
class Opinions:
    """The comments on one version of a paper, the oldest first."""

    lines: tuple[OpinionLine, ...]
    may_give: bool

    @property
    def open_count(self) -> int:
        """Return how many the leader has not looked at."""
        return sum(line.row.outcome == OpinionOutcome.OPEN for line in self.lines)


def opinions_on(paper: BlocPaper, *, actor: Actor) -> Opinions:
    """Return the comments on a paper the actor may read; one query."""
    is_open = paper.state == PaperState.CIRCULATED and not paper.bloc_year.is_closed
    rows = paper.opinions.select_related("membership__name", "signed_paper__scan").order_by("created_at", "pk")
    return Opinions(
        tuple(
            OpinionLine(
                row,
                is_open and can(actor, "blocs.edit_opinion", row),
                is_open and can(actor, "blocs.settle_opinion", row),
            )
            for row in rows
        ),
        is_open and can(actor, "blocs.comment_blocpaper", paper),
    )


def opinion_for(actor: Actor, pk: int) -> Opinion | None:
    """Return a comment on a paper the actor may know of; one query."""
    papers = BlocPaper.objects.visible_to(actor).exclude(kind=PaperKind.COVENANT)
    rows = Opinion.objects.filter(paper__in=papers)
    return rows.select_related("paper__bloc_year__year", "membership__name", "signed_paper").filter(pk=pk).first()


def speakers(paper: BlocPaper, *, actor: Actor) -> QuerySet[Membership]:
    """Return the members the actor may write comments for: all for who runs the bloc, else the own agency."""
    rows = Membership.objects.filter(bloc_year=paper.bloc_year_id, left_on__isnull=True).select_related("name")
    if not can(actor, "blocs.settle_opinion", paper):
        rows = rows.filter(agency=actor.scope.agency_id)
    return rows.in_order()
