"""A thing to do as home shows it: how late or how near, in words; pure."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from blocs.domain.calendar import Urgency, lateness
from emulation.core.registry import Todo
from emulation.core.vietnamese import date_short

WAITING = "Đang chờ"


@dataclass(frozen=True)
class ShownTodo:
    """A thing to do with the badge it bears today."""

    todo: Todo
    word: str
    look: str
    until: str

    @property
    def is_far(self) -> bool:
        """Whether it has a day, and that day is not near."""
        return not self.look and bool(self.until)

    @property
    def is_late(self) -> bool:
        """Whether it is overdue, or went wrong."""
        return self.look == Urgency.LATE

    @property
    def text(self) -> str:
        """Return of what it is, and who waits for it."""
        return " · ".join(part for part in (self.todo.of, self.todo.owed_to and f"báo {self.todo.owed_to}") if part)


def shown(todos: Iterable[Todo], today: dt.date) -> list[ShownTodo]:
    """Return to-dos in their order with the words of today."""
    return [_shown(todo, today) for todo in todos]


def _shown(todo: Todo, today: dt.date) -> ShownTodo:
    until = f"hạn {date_short(todo.due_on)}" if todo.due_on else ""
    if todo.is_urgent:
        return ShownTodo(todo, todo.word or "Cần xử lý", Urgency.LATE, until)
    if todo.due_on is None:
        return ShownTodo(todo, todo.word or WAITING, "", until)
    late = lateness(todo.due_on, None, today)
    return ShownTodo(todo, late.word, late.urgency, until)
