"""What higher apps make known to the floor, in their `ready`: kinds of jobs. No models here, for apps load it first."""

from dataclasses import dataclass


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
