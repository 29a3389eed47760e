"""How a bloc stands in a stage: done, under way, late, to come, left out, unknown."""

import datetime as dt

import pytest

from blocs.domain.calendar import lateness
from emulation.core.registry import Progress
from emulation.desk.domain.stages import STAGES, Day, State, cell, counts, week, year_steps

TODAY = dt.date(2026, 11, 22)
PAST, AHEAD = dt.date(2026, 11, 15), dt.date(2026, 11, 25)
COVENANT, REVIEW = STAGES[1], STAGES[5]
BEGUN, DONE, NOTHING = Progress(is_begun=True, note="8/10"), Progress(is_done=True), Progress()


def day(due_on: dt.date | None, done_on: dt.date | None = None, none_reason: str = "") -> Day:
    return Day(lateness(due_on, done_on, TODAY, none_reason=none_reason), due_on, done_on)


def at(when: Day | None, progress: Progress = NOTHING, *, is_over: bool = False, stage=COVENANT):
    return cell(stage, when, progress, url="/blocs/1/", is_over=is_over)


@pytest.mark.parametrize(
    ("when", "progress", "is_over", "words"),
    [
        (day(PAST), NOTHING, False, "Trễ 7 ngày (hạn 15/11)"),
        (day(PAST), BEGUN, False, "Trễ 7 ngày (8/10)"),
        (day(AHEAD), BEGUN, False, "Đang làm (8/10)"),
        (day(AHEAD), NOTHING, False, "Chưa đến (hạn 25/11)"),
        (day(None), NOTHING, False, "Chưa đến (chưa định ngày)"),
        (None, NOTHING, False, "Chưa đến (chưa định ngày)"),
        (day(PAST, PAST), NOTHING, False, "Xong (15/11)"),
        (day(PAST, dt.date(2026, 11, 20)), NOTHING, False, "Xong (trễ 5 ngày)"),
        (day(PAST, PAST), BEGUN, False, "Đang làm (8/10)"),
        (day(PAST), DONE, False, "Xong"),
        (day(PAST, none_reason="Không tổ chức"), NOTHING, False, "Không có"),
        (day(PAST), Progress(is_none=True), False, "Không có"),
        (day(PAST), NOTHING, True, "Chưa rõ (chưa có số liệu)"),
    ],
)
def test_cell_says_how_the_bloc_stands(when: Day | None, progress: Progress, is_over: bool, words: str) -> None:
    assert at(when, progress, is_over=is_over).words == words


def test_cell_opens_the_page_of_what_there_is() -> None:
    assert at(day(AHEAD), Progress(url="/covenants/1/")).url == "/covenants/1/"
    assert at(day(AHEAD)).url == "/blocs/1/"


def test_week_is_the_next_day_that_most_blocs_share() -> None:
    rows = [[at(day(AHEAD)), at(day(AHEAD), stage=REVIEW)], [at(day(PAST)), at(day(AHEAD), stage=REVIEW)]]
    found = week(rows, TODAY)
    assert found is not None
    assert (found.stage, found.due_on, found.bloc_count) == (REVIEW, AHEAD, 2)
    assert week([[at(day(PAST)), at(day(PAST, PAST))]], TODAY) is None


def test_counts_name_the_states_that_occur() -> None:
    rows = [[at(day(PAST)), at(day(AHEAD))], [at(day(AHEAD))]]
    assert counts(rows) == [(State.LATE, "Trễ", 1), (State.AHEAD, "Chưa đến", 2)]


def test_line_of_a_year_has_the_calendar_and_what_is_known() -> None:
    cells = [
        at(day(PAST, PAST)),
        at(day(PAST), stage=STAGES[4]),
        at(day(AHEAD), stage=REVIEW),
        at(None, stage=STAGES[8]),
    ]
    steps = year_steps(cells, frozenset({"covenant", "self_score", "year_review"}), TODAY)
    assert [(step.label, step.note, step.is_done, step.is_late, step.is_current) for step in steps] == [
        ("Giao ước", "xong, 15/11", True, False, False),
        ("Tự chấm, thẩm định", "trễ 7 ngày", False, True, False),
        ("Bình xét, xếp hạng", "hạn 25/11", False, False, True),
    ]


def test_year_without_a_day_ahead_stands_at_its_first_open_stage() -> None:
    steps = year_steps([at(day(PAST)), at(None, BEGUN, stage=REVIEW)], frozenset({"covenant"}), TODAY)
    assert [(step.label, step.note, step.is_current) for step in steps] == [
        ("Giao ước", "trễ 7 ngày", True),
        ("Bình xét, xếp hạng", "đang làm, 8/10", False),
    ]
