"""What apps make known to the floor, in their `ready`: jobs, papers, what a succession touches, to-dos, stages, search.

No models here, for apps load it first.
"""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class JobKind:
    """A kind of job: the name of its task, and what screens call it."""

    name: str
    task: str
    label: str


_job_kinds: dict[str, JobKind] = {}


def register_job(kind: JobKind) -> None:
    """Make a kind of job known."""
    _job_kinds[kind.name] = kind


def job_kind(name: str) -> JobKind:
    """Return a registered kind; raises KeyError."""
    return _job_kinds[name]


@dataclass(frozen=True)
class DocumentLine:
    """What a page shows of one kind of paper of a row, a bloc's year by itself: the newest its reader may read.

    `about`: what that paper was made of ("bản 2 của giao ước"); `is_under_way`, `has_failed`: of the last job, which
    only those see who may ask for the paper. `may_read` is false when nothing of it is the reader's business.
    `refusal`: why it cannot be made now.
    """

    kind: str
    title: str
    subject_id: int
    may_read: bool
    may_ask: bool
    may_register: bool = False
    refusal: str = ""
    document_id: int | None = None
    version: int | None = None
    about: str = ""
    made_at: dt.datetime | None = None
    is_draft: bool = False
    number: str = ""
    issued_on: dt.date | None = None
    has_scan: bool = False
    job_id: int | None = None
    job_state: str = ""
    job_word: str = ""
    is_under_way: bool = False
    has_failed: bool = False


_document_lines: list[Callable[..., DocumentLine]] = []


def register_documents(line: Callable[..., DocumentLine]) -> None:
    """Make known who says which papers a bloc's year has: a function of `kind`, `bloc_year`, `actor`."""
    _document_lines[:] = [line]


def document_line(kind: str, bloc_year: Any, actor: Any) -> DocumentLine:
    """Return what a page shows of a kind of paper (`DocumentKind`), for `blocs/document_line.html`; two queries."""
    return _document_lines[0](kind=kind, bloc_year=bloc_year, actor=actor)


@dataclass(frozen=True)
class DocumentPack:
    """The papers of a row that are made together by one button, for `reports/pack.html`.

    `url`: the name of the page that shows them and takes the request, with `subject_id`.
    """

    url: str
    subject_id: int
    title: str
    button: str
    may_read: bool
    may_ask: bool
    lines: tuple[DocumentLine, ...] = ()

    @property
    def is_under_way(self) -> bool:
        """Whether a worker has one of them or will have it."""
        return any(line.is_under_way for line in self.lines)

    @property
    def is_begun(self) -> bool:
        """Whether one of them was made."""
        return any(line.document_id for line in self.lines)

    @property
    def refusal(self) -> str:
        """Return why none of them can be made now, "" when one can."""
        return self.lines[0].refusal if self.lines and all(line.refusal for line in self.lines) else ""


_document_packs: list[Callable[..., DocumentPack]] = []


def register_packs(pack: Callable[..., DocumentPack]) -> None:
    """Make known who says which papers a row has together: a function of `row`, `actor`."""
    _document_packs[:] = [pack]


def document_pack(row: Any, actor: Any) -> DocumentPack:
    """Return the papers of a dossier or a decision that are made together, for `reports/pack.html`."""
    return _document_packs[0](row=row, actor=actor)


@dataclass(frozen=True)
class PaperBody:
    """What a higher app keeps as the body of a kind of paper of a bloc, where it is more than one text.

    `edit_url`: name of the page that edits it. `has_text(paper)`: whether anything is written. `copy(old, new)`: take
    the body into the next version, inside the open act. `sections(paper)`: the titles comments may speak of.
    """

    kind: str
    edit_url: str
    has_text: Callable[[Any], bool]
    copy: Callable[[Any, Any], None]
    sections: Callable[[Any], Sequence[str]]


_paper_bodies: dict[str, PaperBody] = {}


def register_paper_body(body: PaperBody) -> None:
    """Make known who keeps the body of a kind of paper of a bloc."""
    _paper_bodies[body.kind] = body


def paper_body(kind: str) -> PaperBody | None:
    """Return who keeps the body of a kind of paper; None where the paper holds its text itself."""
    return _paper_bodies.get(kind)


@dataclass(frozen=True)
class Touched:
    """One object a change of agencies touches, and what may become of it.

    `part`: the part's name. `label`, `pk`: the row, as events name it; one row of a part is listed once.
    `agency_id`: the old agency it belongs to. `title`: what it is, in words that are kept for ever.
    `choices`: pairs of a word for code (at most 30 letters) and a sentence for people, the proposal first; "keep"
    leaves the object as it is. `bloc_year_id`: the bloc year in whose history the change shall be read.
    """

    part: str
    label: str
    pk: int
    agency_id: int
    title: str
    choices: tuple[tuple[str, str], ...]
    bloc_year_id: int | None = None

    @property
    def key(self) -> str:
        """Return how forms name it."""
        return f"{self.part}-{self.pk}"

    @property
    def is_fixed(self) -> bool:
        """Whether there is nothing to choose."""
        return len(self.choices) == 1


@dataclass(frozen=True)
class SuccessionPart:
    """A kind of object a change of agencies touches.

    `find(succession)` returns the objects of its old agencies, each with its choices, in a constant number of queries;
    `blocs.queries.succession.plan_of` says who stands on which side. `apply(act, succession, touched, choice)` does
    what was chosen inside the open act, the new agencies being there already, and returns what was done in one
    Vietnamese sentence; it ends old rows and writes new ones, deletes nothing that was decided, and records no event
    but of what always has one of its own. It may raise Refused or Stale: then nothing of the change is written. Parts
    are asked and applied in their `order`; those of blocs stand at tens, so that others fit between them.
    """

    name: str
    title: str
    order: int
    find: Callable[[Any], Sequence[Touched]]
    apply: Callable[..., str]


_succession_parts: dict[str, SuccessionPart] = {}


def register_succession(part: SuccessionPart) -> None:
    """Make known what a change of agencies touches."""
    _succession_parts[part.name] = part


def succession_parts() -> list[SuccessionPart]:
    """Return the registered parts in their order."""
    return sorted(_succession_parts.values(), key=lambda part: (part.order, part.name))


# --- What home and search show ----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Todo:
    """One thing the actor has to do, as home shows it: never what is another's, never what they may not know of.

    `title`: what, as a command ("Ký giao ước thi đua"). `of`: of which bloc or agency, with its year where it has one.
    `owed_to`: who waits for it ("Trưởng khối"). `url`, `label`: the one button. `due_on`: None where no day is set.
    `year`: the label of the year, for years are never mixed up. `order`: among those of one day, small first.
    `is_urgent`: it stands with what is late, whatever its day; `word` then says why ("Không lập được").
    """

    title: str
    of: str
    url: str
    label: str
    owed_to: str = ""
    due_on: dt.date | None = None
    year: str = ""
    order: int = 50
    is_urgent: bool = False
    word: str = ""


TodoSource = Callable[[Any, dt.date], Sequence[Todo]]
_todo_sources: list[TodoSource] = []


def register_todos(source: TodoSource) -> None:
    """Make known who says what an actor has to do: a function of (actor, today), called for every kind of seat.

    It returns what is owed in all years, not only the one chosen in the head, in a constant number of queries: home
    holds to twelve, of which every source together has five. It asks the rules itself, and returns nothing, without
    a query, for a seat that never has anything to do in its part.
    """
    _todo_sources.append(source)


def todos(actor: Any, today: dt.date) -> list[Todo]:
    """Return everything the actor has to do: what is urgent first, then by day, what has no day last."""
    found = [todo for source in _todo_sources for todo in source(actor, today)]
    return sorted(found, key=lambda todo: (not todo.is_urgent, todo.due_on or dt.date.max, todo.order, todo.of))


@dataclass(frozen=True)
class Progress:
    """How far a bloc year has come in one stage, apart from the day it is due.

    `note`: what to add in few letters ("8/10", "03 hồ sơ"). `url`: the page that shows it, "" for the bloc's own.
    `is_none`: the bloc does without the stage.
    """

    is_begun: bool = False
    is_done: bool = False
    is_none: bool = False
    note: str = ""
    url: str = ""


StageSource = Callable[[Sequence[int], Any], Mapping[int, Progress]]
_stage_sources: dict[str, StageSource] = {}


def register_stage(kind: str, source: StageSource) -> None:
    """Make known how far bloc years are in a stage (a `MilestoneKind`), where the calendar alone does not say it.

    A function of (ids of bloc years, actor): one query, a `Progress` for each id it knows of; what the actor may not
    know of leaves no trace in it. Lateness is added from the calendar.
    """
    _stage_sources[kind] = source


def stage_progress(ids: Sequence[int], actor: Any) -> dict[tuple[int, str], Progress]:
    """Return what the registered stages say, by bloc year and kind; one query for each of them."""
    return {
        (pk, kind): progress for kind, source in _stage_sources.items() for pk, progress in source(ids, actor).items()
    }


@dataclass(frozen=True)
class Hit:
    """A row that was found: what it is called, what to add, its page ("" when it has none)."""

    title: str
    note: str = ""
    url: str = ""


@dataclass(frozen=True)
class SearchKind:
    """A kind of thing the search in the head finds.

    `name`: for the address. `find(actor, text)` returns a queryset of what matches every word and the actor may know
    of, ordered and with what `hit` reads joined to it (no prefetch); None for who may not search this kind at all, so
    that they see no heading either. `text` holds at least one letter or digit. `hit(row)` makes no query. Kinds are
    shown by their `order`; those of blocs stand at tens.
    """

    name: str
    title: str
    order: int
    find: Callable[[Any, str], Any]
    hit: Callable[[Any], Hit]


_search_kinds: dict[str, SearchKind] = {}


def register_search(kind: SearchKind) -> None:
    """Make a kind of thing found; one query a search."""
    _search_kinds[kind.name] = kind


def search_kinds() -> list[SearchKind]:
    """Return the registered kinds in their order."""
    return sorted(_search_kinds.values(), key=lambda kind: (kind.order, kind.name))
