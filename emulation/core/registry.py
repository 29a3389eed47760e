"""What higher apps make known to the floor, in their `ready`: kinds of jobs, papers, what a succession touches.

No models here, for apps load it first.
"""

import datetime as dt
from collections.abc import Callable, Sequence
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
    """What a page shows of one kind of paper of a bloc's year: the newest one its reader may read, and its making.

    `about`: what that paper was made of ("bản 2 của giao ước"); `is_under_way`, `has_failed`: of the last job, which
    only those see who may ask for the paper. `may_read` is false when nothing of it is the reader's business.
    """

    kind: str
    title: str
    bloc_year_id: int
    may_read: bool
    may_ask: bool
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
