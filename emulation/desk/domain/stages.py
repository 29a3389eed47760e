"""The stages of a bloc's year as home shows them: one list of columns, one cell for each bloc; pure."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from blocs.domain.calendar import Lateness, Urgency
from blocs.enums import MilestoneKind
from emulation.core.registry import Progress
from emulation.core.vietnamese import date_short

SHORT = 5  # "22/11" of "22/11/2026"


@dataclass(frozen=True)
class Stage:
    """A stage of the work: the step of the calendar it stands for, its heading; whether the board's grid has it."""

    kind: MilestoneKind
    title: str
    in_grid: bool = True


STAGES = (
    Stage(MilestoneKind.PLAN, "Kế hoạch"),
    Stage(MilestoneKind.COVENANT, "Giao ước"),
    Stage(MilestoneKind.REGISTRATION, "Đăng ký thi đua", in_grid=False),
    Stage(MilestoneKind.HALF_YEAR, "Sơ kết 6 tháng"),
    Stage(MilestoneKind.SELF_SCORE, "Tự chấm, thẩm định"),
    Stage(MilestoneKind.YEAR_REVIEW, "Bình xét, xếp hạng"),
    Stage(MilestoneKind.SUBMISSION, "Đề nghị khen thưởng"),
    Stage(MilestoneKind.YEAR_REPORT, "Báo cáo tổng kết"),
    Stage(MilestoneKind.HANDOVER, "Bàn giao"),
)
GRID = tuple(stage for stage in STAGES if stage.in_grid)
_ORDER: Mapping[str, int] = {stage.kind: at for at, stage in enumerate(STAGES)}


class State(StrEnum):
    """How a bloc stands in a stage; the values name filters."""

    LATE = "late"
    RUNNING = "running"
    AHEAD = "ahead"
    DONE = "done"
    NONE = "none"
    UNKNOWN = "unknown"


STATE_WORDS = {
    State.DONE: "Xong",
    State.RUNNING: "Đang làm",
    State.LATE: "Trễ",
    State.AHEAD: "Chưa đến",
    State.NONE: "Không có",
    State.UNKNOWN: "Chưa rõ",
}
LOOKS = {State.DONE: "ok", State.RUNNING: "run", State.LATE: "bad"}


@dataclass(frozen=True)
class Cell:
    """A bloc in a stage: how it stands, in words, and the page that shows more; `due_on` while it is open."""

    stage: Stage
    state: State
    word: str
    note: str
    url: str
    due_on: dt.date | None = None

    @property
    def look(self) -> str:
        """Return the look of its state."""
        return LOOKS.get(self.state, "")

    @property
    def css(self) -> str:
        """Return the look as the grid draws it: what has not begun is only outlined."""
        return self.look or "none"

    @property
    def words(self) -> str:
        """Return all it says, for a spreadsheet: "Trễ 7 ngày (8/10 đơn vị)"."""
        return f"{self.word} ({self.note})" if self.note else self.word


@dataclass(frozen=True)
class Day:
    """What the calendar says of a stage: how it stands, the day it is due, the day it was done."""

    late: Lateness
    due_on: dt.date | None
    done_on: dt.date | None


def cell(stage: Stage, day: Day | None, progress: Progress, *, url: str, is_over: bool) -> Cell:
    """Lay the progress beside the calendar: a thing done late is done; what is overdue and open is late.

    What still lies open (a covenant that somebody has not signed) is not done because its day was written down.
    `url`: the page to open where the progress names none. `is_over`: the bloc has closed its year, so that what was
    never written down is not known and no longer to come.
    """
    state, word, note = _standing(day, progress, is_over=is_over)
    due_on = day.due_on if day and state in {State.LATE, State.RUNNING, State.AHEAD} else None
    return Cell(stage, state, word, note, progress.url or url, due_on)


def _standing(day: Day | None, progress: Progress, *, is_over: bool) -> tuple[State, str, str]:
    late = day.late if day else None
    if progress.is_none or (late and late.urgency == Urgency.NONE):
        return State.NONE, STATE_WORDS[State.NONE], ""
    is_open = progress.is_begun and not progress.is_done
    if progress.is_done or (late and not late.is_open and not is_open):
        return State.DONE, STATE_WORDS[State.DONE], progress.note or _done_note(day)
    if is_over:
        return State.UNKNOWN, STATE_WORDS[State.UNKNOWN], "chưa có số liệu"
    due = f"hạn {_short(day.due_on)}" if day and day.due_on else ""
    if late and late.urgency == Urgency.LATE:
        return State.LATE, late.word, progress.note or due
    if progress.is_begun:
        return State.RUNNING, STATE_WORDS[State.RUNNING], progress.note or due
    return State.AHEAD, STATE_WORDS[State.AHEAD], due or "chưa định ngày"


def _done_note(day: Day | None) -> str:
    if day is None or day.late.is_open:
        return ""
    if day.late.days is not None and day.late.days > 0:
        return f"trễ {day.late.days} ngày"
    return _short(day.done_on) if day.done_on else "không rõ ngày"


def _short(day: dt.date | None) -> str:
    return date_short(day)[:SHORT]


def counts(rows: Iterable[Sequence[Cell]]) -> list[tuple[State, str, int]]:
    """Return how many cells are done, under way, late, to come; a state that does not occur is left out."""
    found = Counter(cell.state for cells in rows for cell in cells)
    return [(state, STATE_WORDS[state], found[state]) for state in STATE_WORDS if found[state]]


@dataclass(frozen=True)
class Week:
    """The stage whose turn it is: the next day on which one is due, the same for how many blocs."""

    stage: Stage
    due_on: dt.date
    bloc_count: int


def week(rows: Iterable[Sequence[Cell]], today: dt.date) -> Week | None:
    """Return the stage that is due next, for most blocs on that day; None when nothing has a day ahead."""
    ahead = Counter(
        (cell.due_on, cell.stage) for cells in rows for cell in cells if cell.due_on and cell.due_on >= today
    )
    if not ahead:
        return None
    (due_on, stage), count = min(ahead.items(), key=lambda item: (item[0][0], -item[1], _ORDER[item[0][1].kind]))
    return Week(stage, due_on, count)


@dataclass(frozen=True)
class YearStep:
    """One step of a year's line."""

    label: str
    note: str
    is_done: bool
    is_late: bool
    is_current: bool


def year_steps(cells: Sequence[Cell], planned: frozenset[str], today: dt.date) -> tuple[YearStep, ...]:
    """Return a year as a line: the stages of its calendar (`planned`) and those something is known of.

    The current one is the first open stage whose day is still to come, for what was left lying behind is not where
    the year is; where no day is ahead, the first open one.
    """
    shown = [cell for cell in cells if cell.stage.kind in planned or cell.state not in {State.AHEAD, State.UNKNOWN}]
    still_open = [cell for cell in shown if cell.state in {State.LATE, State.RUNNING, State.AHEAD}]
    ahead = [cell for cell in still_open if cell.due_on and cell.due_on >= today]
    current = next(iter(ahead or still_open), None)
    return tuple(
        YearStep(
            label=cell.stage.title,
            note=_step_note(cell),
            is_done=cell.state in {State.DONE, State.NONE},
            is_late=cell.state == State.LATE,
            is_current=cell is current,
        )
        for cell in shown
    )


def _step_note(cell: Cell) -> str:
    if cell.state in {State.LATE, State.NONE, State.UNKNOWN}:
        return cell.word.lower()
    if cell.state == State.DONE:
        return f"xong, {cell.note}" if cell.note else "xong"
    word = "đang làm" if cell.state == State.RUNNING else ""
    return ", ".join(part for part in (word, cell.note) if part)
