"""The sections of the year-end report that people write: what is asked for in each, and what stands there; pure."""

import dataclasses
import re
from collections.abc import Callable, Iterator

from emulation.reports.domain import wording
from emulation.reports.domain.facts import OfBlocYear
from emulation.reports.enums import NarrativeSection as Section

#: What the paper asks for where nothing is written; the page shows the same words beside the field.
TODOS: dict[Section, Callable[[OfBlocYear], str]] = {
    Section.DUTIES: wording.duties,
    Section.CONDITIONS: wording.conditions,
    Section.GUIDANCE: wording.guidance,
    Section.TASKS: lambda _: wording.members_results(),
    Section.MOVEMENTS: wording.movements_todo,
    Section.EXAMPLES: lambda _: wording.examples(),
    Section.ACTIVITIES: wording.activities_todo,
    Section.LIMITS: wording.limits,
    Section.CAUSES: wording.causes,
    Section.PLANS: wording.plans_todo,
    Section.REQUESTS: wording.requests,
}
_POINT = re.compile(r"[-+–•*]\s+")


@dataclasses.dataclass(frozen=True)
class Chunk:
    """Paragraphs and the points of a list that follow them."""

    before: tuple[str, ...] = ()
    points: tuple[str, ...] = ()


def hint(section: str, bloc: OfBlocYear) -> str:
    """Return what is asked for in a section, in words for a page: without brackets, without who is asked."""
    words = _asked(TODOS[Section(section)](bloc))
    return f"{words[:1].upper()}{words[1:]}"


def shared_hint() -> str:
    """Return what is asked for in section II.2 where each member has a part of its own below."""
    return f"Kết quả chung, nếu có. Ở các ô dưới, mỗi đơn vị {_asked(wording.member_results())}"


def _asked(todo: str) -> str:
    return re.sub(r"^[^:]{0,60}? bổ sung:? ", "", todo.strip("[]"))


def chunks(lines: tuple[str, ...]) -> Iterator[Chunk]:
    """Yield typed lines as paragraphs with the lists under them."""
    before: list[str] = []
    points: list[str] = []
    for line in lines:
        found = _POINT.match(line)
        if found:
            points.append(line[found.end() :])
            continue
        if points:
            yield Chunk(tuple(before), tuple(points))
            before, points = [], []
        before.append(line)
    if before or points:
        yield Chunk(tuple(before), tuple(points))


def lines_of(text: str) -> tuple[str, ...]:
    """Return the lines of a text that say something: a paragraph each."""
    return tuple(line.strip() for line in text.splitlines() if line.strip())
