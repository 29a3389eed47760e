"""What higher apps make known to the floor, in their `ready`: kinds of jobs, what a succession of agencies touches.

No models here, for apps load it first.
"""

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
class Touched:
    """One object a change of agencies touches, and what may become of it.

    `choices`: pairs of a word for code and a sentence for people, the proposal first. `is_fixed`: nothing is to choose,
    the object stays as it is and is only shown. `agency_id`: the old agency it belongs to.
    """

    part: str
    label: str
    pk: int
    agency_id: int
    title: str
    choices: tuple[tuple[str, str], ...]

    @property
    def is_fixed(self) -> bool:
        """Whether there is nothing to choose."""
        return len(self.choices) == 1


@dataclass(frozen=True)
class SuccessionPart:
    """A kind of object a change of agencies touches.

    `find(succession)` returns the objects of its old agencies, each with its choices. `apply(act, succession, touched,
    choice)` does what was chosen inside the open act and returns what was done, in one Vietnamese sentence. Parts are
    asked and applied in their `order`.
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
