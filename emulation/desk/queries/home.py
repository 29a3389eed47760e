"""What the first page shows: what I owe and by when, my blocs at a glance, the year as a line. Only what exists."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Prefetch, QuerySet
from django.urls import reverse

from blocs.domain.calendar import Lateness, Urgency
from blocs.enums import BlocYearState, MilestoneKind
from blocs.models import BlocYear, EmulationYear, Milestone
from blocs.queries.calendar import late_of
from blocs.queries.lists import BlocLine, bloc_lines, bloc_list
from emulation.core.access import Actor
from emulation.core.vietnamese import date_short
from emulation.reports.queries import PaperRow, papers_of

AHEAD_DAYS = 30
STEP_WORDS = {
    MilestoneKind.PLAN: "Kế hoạch",
    MilestoneKind.COVENANT: "Ký giao ước",
    MilestoneKind.REGISTRATION: "Đăng ký thi đua",
    MilestoneKind.HALF_YEAR: "Sơ kết 6 tháng",
    MilestoneKind.SELF_SCORE: "Chấm điểm",
    MilestoneKind.YEAR_REVIEW: "Tổng kết, bình xét",
    MilestoneKind.SUBMISSION: "Trình khen thưởng",
    MilestoneKind.YEAR_REPORT: "Báo cáo tổng kết",
    MilestoneKind.HANDOVER: "Bàn giao",
}
_KINDS = tuple(MilestoneKind)


@dataclass(frozen=True)
class Deadline:
    """A milestone and how it stands today."""

    row: Milestone
    late: Lateness


@dataclass(frozen=True)
class HomeLine:
    """A bloc year at a glance: leader, members, stage, late milestones, the next one, the year-end report."""

    bloc: BlocLine
    deadlines: tuple[Deadline, ...]
    paper: PaperRow

    @property
    def late(self) -> tuple[Deadline, ...]:
        """Return the milestones that are overdue."""
        return tuple(line for line in self.deadlines if line.late.urgency == Urgency.LATE)

    @property
    def following(self) -> Deadline | None:
        """Return the next milestone that is not overdue and has a date."""
        ahead = [
            line for line in self.deadlines if line.late.is_open and (line.late.days or 0) <= 0 and line.row.due_on
        ]
        return min(ahead, key=lambda line: line.row.due_on or dt.date.max, default=None)


@dataclass(frozen=True)
class Todo:
    """One thing to do: how urgent, until when, what, where."""

    urgency: str
    word: str
    until: str
    title: str
    text: str
    url: str
    label: str


@dataclass(frozen=True)
class YearStep:
    """One step of the year's line."""

    label: str
    note: str
    is_done: bool
    is_late: bool
    is_current: bool


@dataclass(frozen=True)
class YearLine:
    """The year of one bloc as a line of steps."""

    bloc_year: BlocYear
    steps: tuple[YearStep, ...]


def overview(actor: Actor, year: EmulationYear | None) -> QuerySet[BlocYear]:
    """Return the bloc years of the front page: for the board those of a year, for others their own of all years."""
    rows = bloc_list(actor).prefetch_related(Prefetch("milestones", to_attr="deadlines"))
    if actor.scope.is_board:
        return rows.filter(year=year)
    return rows.filter(pk__in=mine(actor))


def mine(actor: Actor) -> frozenset[int]:
    """Return the bloc years this seat belongs to, leads or follows."""
    scope = actor.scope
    return scope.member_of | scope.leads | scope.deputises | scope.monitors


def home_lines(rows: Iterable[BlocYear], *, actor: Actor, today: dt.date) -> list[HomeLine]:
    """Turn rows of `overview` into lines; two queries for the papers whatever their number."""
    known = list(rows)
    papers = papers_of(known, actor=actor)
    return [
        HomeLine(bloc, _deadlines(bloc.bloc_year, today), paper)
        for bloc, paper in zip(bloc_lines(known), papers, strict=True)
    ]


def _deadlines(bloc_year: BlocYear, today: dt.date) -> tuple[Deadline, ...]:
    rows = sorted(bloc_year.deadlines, key=lambda row: _KINDS.index(row.kind))  # type: ignore[attr-defined] # prefetched
    return tuple(Deadline(row, late_of(row, today)) for row in rows)


def todos(lines: Iterable[HomeLine]) -> list[Todo]:
    """Return what the seat's blocs owe, across years: overdue and near milestones, papers under way or failed."""
    found: list[tuple[int, Todo]] = []
    for line in lines:
        if line.bloc.bloc_year.state == BlocYearState.CLOSED:
            continue
        found += [(-(due.late.days or 0), _milestone(line, due)) for due in line.deadlines if _is_near(due)]
        if line.paper.has_failed and line.paper.may_ask:
            found.append((0, _paper(line, "bad", "Cần xử lý", "Không lập được báo cáo tổng kết", "Xem lý do")))
        elif line.paper.is_under_way:
            found.append((AHEAD_DAYS, _paper(line, "run", "Đang lập", "Báo cáo tổng kết đang được lập", "Xem tiến độ")))
    return [todo for _, todo in sorted(found, key=lambda pair: pair[0])]


def _is_near(due: Deadline) -> bool:
    days = due.late.days
    return due.late.is_open and days is not None and days >= -AHEAD_DAYS


def _milestone(line: HomeLine, due: Deadline) -> Todo:
    bloc_year = line.bloc.bloc_year
    return Todo(
        urgency=due.late.urgency,
        word=due.late.word,
        until=f"hạn {date_short(due.row.due_on)}",
        title=str(due.row),
        text=f"{bloc_year.name}, năm {bloc_year.year.label}",
        url=reverse("bloc_detail", args=[bloc_year.pk]),
        label="Xem khối",
    )


def _paper(line: HomeLine, urgency: str, word: str, title: str, label: str) -> Todo:
    bloc_year, job = line.bloc.bloc_year, line.paper.job
    return Todo(
        urgency=urgency,
        word=word,
        until="",
        title=title,
        text=f"{bloc_year.name}, năm {bloc_year.year.label}",
        url=reverse("job_detail", args=[job.pk]) if job else "",
        label=label,
    )


def year_lines(lines: Iterable[HomeLine], year: EmulationYear | None) -> list[YearLine]:
    """Return the chosen year of each of the seat's blocs as a line of steps; none without a calendar."""
    wanted = [line for line in lines if line.bloc.bloc_year.year_id == (year.pk if year else None)]
    return [YearLine(line.bloc.bloc_year, _steps(line.deadlines)) for line in wanted if line.deadlines]


def _steps(deadlines: tuple[Deadline, ...]) -> tuple[YearStep, ...]:
    current = next((due.row.pk for due in deadlines if due.late.is_open), None)
    return tuple(
        YearStep(
            label=STEP_WORDS[MilestoneKind(due.row.kind)],
            note=_note(due),
            is_done=not due.late.is_open,
            is_late=due.late.urgency == Urgency.LATE,
            is_current=due.row.pk == current,
        )
        for due in deadlines
    )


def _note(due: Deadline) -> str:
    if not due.late.is_open:
        return f"xong {date_short(due.row.done_on)}" if due.row.done_on else _undated(due.late)
    if due.late.urgency == Urgency.LATE:
        return due.late.word.lower()
    return f"hạn {date_short(due.row.due_on)}" if due.row.due_on else "chưa định ngày"


def _undated(late: Lateness) -> str:
    return "không có" if late.urgency == Urgency.NONE else f"xong, {late.fact}"
