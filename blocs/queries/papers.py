"""What the pages about a bloc's papers show: per kind the version in force, the open one, older ones."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Max, QuerySet

from blocs.enums import PaperKind, PaperState
from blocs.models import BlocPaper, BlocYear
from blocs.queries.covenant import PAPER_LOOKS
from emulation.core.access import Actor, can
from emulation.core.models import Event, label_of


@dataclass(frozen=True)
class PaperLine:
    """One version, and the last thing done with it."""

    row: BlocPaper
    last: Event | None

    @property
    def look(self) -> str:
        """Return the look of its state."""
        return PAPER_LOOKS[PaperState(self.row.state)]


@dataclass(frozen=True)
class KindOfPaper:
    """The versions of one kind, the newest first, and what the actor may begin."""

    kind: str
    title: str
    lines: tuple[PaperLine, ...]
    may_draft: bool
    may_skip: bool
    may_revise: bool

    @property
    def in_force(self) -> PaperLine | None:
        """Return the version that holds."""
        return next((line for line in self.lines if line.row.is_in_force), None)

    @property
    def open(self) -> PaperLine | None:
        """Return the version that is being made."""
        return next((line for line in self.lines if line.row.is_open), None)

    @property
    def none(self) -> PaperLine | None:
        """Return the version that says there is none, where nothing else holds or is being made."""
        if self.in_force or self.open:
            return None
        return next((line for line in self.lines if line.row.state == PaperState.NONE), None)

    @property
    def older(self) -> tuple[PaperLine, ...]:
        """Return the other versions."""
        shown = (self.in_force, self.open, self.none)
        return tuple(line for line in self.lines if line not in shown)


def paper_for(actor: Actor, pk: int) -> BlocPaper | None:
    """Return a version of a paper the actor may know of; one query."""
    return papers_for(actor).filter(pk=pk).first()


def papers_for(actor: Actor) -> QuerySet[BlocPaper]:
    """Return the versions the actor may know of, with what pages read of them."""
    return BlocPaper.objects.visible_to(actor).select_related("bloc_year__year", "bloc_year__bloc", "paper", "file")


def papers_page(bloc_year: BlocYear, *, actor: Actor) -> tuple[KindOfPaper, ...]:
    """Return every kind of paper with its versions; two queries."""
    rows = list(papers_for(actor).filter(bloc_year=bloc_year).order_by("kind", "-version"))
    last = _last_events(rows)
    is_open = not bloc_year.is_closed
    may_draft = is_open and can(actor, "blocs.draft_blocpaper", bloc_year)
    may_skip = is_open and can(actor, "blocs.skip_blocpaper", bloc_year)
    return tuple(
        _kind(kind, [PaperLine(row, last.get(row.pk)) for row in rows if row.kind == kind], may_draft, may_skip)
        for kind in PaperKind
    )


def _kind(kind: PaperKind, lines: Sequence[PaperLine], may_draft: bool, may_skip: bool) -> KindOfPaper:  # noqa: FBT001 - two answers of the rules
    in_force = any(line.row.is_in_force for line in lines)
    is_open = any(line.row.is_open for line in lines)
    return KindOfPaper(
        kind=kind.value,
        title=str(kind.label),
        lines=tuple(lines),
        may_draft=may_draft and not lines,
        may_skip=may_skip and not lines,
        may_revise=may_draft and in_force and not is_open,
    )


def _last_events(rows: Sequence[BlocPaper]) -> dict[int, Event]:
    """Return the latest event of each row; one query."""
    of_rows = Event.objects.filter(subject_label=label_of(BlocPaper), subject_id__in=[row.pk for row in rows])
    latest = of_rows.order_by().values("subject_id").annotate(last=Max("seq")).values("last")
    return {event.subject_id: event for event in Event.objects.filter(seq__in=latest) if event.subject_id is not None}


def versions_of(paper: BlocPaper, actor: Actor) -> tuple[BlocPaper, ...]:
    """Return every version of that paper the actor may know of, the newest first; one query."""
    rows = BlocPaper.objects.visible_to(actor).filter(bloc_year=paper.bloc_year_id, kind=paper.kind)
    return tuple(rows.order_by("-version"))
