"""The draft of a year-end report and its sections, written or still to be written."""

from dataclasses import dataclass

from blocs.enums import PaperKind, PaperState
from blocs.models import BlocPaper, BlocYear, Membership
from emulation.core.access import Actor
from emulation.reports.domain import narrative
from emulation.reports.domain.narrative import Chunk
from emulation.reports.domain.summary import YearSummary
from emulation.reports.enums import NarrativeSection
from emulation.reports.models import Narrative
from emulation.reports.queries import parts


@dataclass(frozen=True)
class Slot:
    """One section of a draft: what is asked for, and the row that answers, if there is one."""

    section: str
    member: Membership | None
    row: Narrative | None
    hint: str = ""

    @property
    def key(self) -> str:
        """Return how forms and addresses name it."""
        return f"{self.section}_{self.member.pk}" if self.member else self.section

    @property
    def title(self) -> str:
        """Return the heading: of the section, or of a member's part of it."""
        return self.member.name.full if self.member else str(NarrativeSection(self.section).label)

    @property
    def full_title(self) -> str:
        """Return the heading as it can stand alone."""
        label = str(NarrativeSection(self.section).label)
        return f"{label.partition(' ')[0]} {self.member.name.full}" if self.member else label

    @property
    def text(self) -> str:
        """Return what is written, "" for nothing."""
        return str(self.row.text) if self.row else ""

    @property
    def revision(self) -> int:
        """Return what a form about it posts: 0 while no row is there."""
        return self.row.revision if self.row else 0

    @property
    def chunks(self) -> tuple[Chunk, ...]:
        """Return what is written as paragraphs and lists."""
        return tuple(narrative.chunks(narrative.lines_of(self.text)))


def slots_of(paper: BlocPaper) -> tuple[Slot, ...]:
    """Return every section in the order of the report, section II.2 with a part for each member; two queries."""
    rows = {(row.section, row.membership_id): row for row in Narrative.objects.filter(paper=paper)}
    bloc = YearSummary(**parts.of_year(paper.bloc_year))
    members = [
        member
        for member in Membership.objects.filter(bloc_year=paper.bloc_year_id).select_related("name").in_order()
        if member.left_on is None or (NarrativeSection.TASKS, member.pk) in rows
    ]
    found = []
    for section in NarrativeSection:
        is_shared = section == NarrativeSection.TASKS and bool(members)
        hint = narrative.shared_hint() if is_shared else narrative.hint(section.value, bloc)
        found.append(Slot(section.value, None, rows.get((section.value, None)), hint))
        if is_shared:
            found += [Slot(section.value, member, rows.get((section.value, member.pk))) for member in members]
    return tuple(found)


def has_text(paper: BlocPaper) -> bool:
    """Whether anything is written in a draft; one query."""
    return Narrative.objects.filter(paper=paper).exclude(text="").exists()


def titles_of(paper: BlocPaper) -> tuple[str, ...]:
    """Return the titles of the sections, for who comments on one."""
    return tuple(slot.full_title for slot in slots_of(paper))


def draft_of(bloc_year: BlocYear) -> BlocPaper | None:
    """Return the newest version of the report's draft that the bloc has; one query."""
    rows = bloc_year.papers.filter(kind=PaperKind.REPORT).exclude(state=PaperState.NONE)
    return rows.order_by("-version").first()


def draft_for(actor: Actor, bloc_year_id: int) -> BlocPaper | None:
    """Return the newest version of the report's draft that the actor may know of; one query."""
    rows = BlocPaper.objects.visible_to(actor).filter(bloc_year=bloc_year_id, kind=PaperKind.REPORT)
    return rows.order_by("-version").first()
