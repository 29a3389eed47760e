"""Milestones: lateness in days, in words that say what is still open."""

import datetime as dt

import pytest

from blocs.domain.calendar import Lateness, Urgency, extension_words, lateness

TODAY = dt.date(2026, 11, 2)


@pytest.mark.parametrize(
    ("due_on", "done_on", "said"),
    [
        (dt.date(2026, 11, 1), None, Lateness(Urgency.LATE, "Trễ 1 ngày", "", 1)),
        (dt.date(2026, 11, 2), None, Lateness(Urgency.SOON, "Hạn hôm nay", "", 0)),
        (dt.date(2026, 11, 3), None, Lateness(Urgency.SOON, "Còn 1 ngày", "", -1)),
        (dt.date(2026, 11, 9), None, Lateness(Urgency.SOON, "Còn 7 ngày", "", -7)),
        (dt.date(2026, 11, 10), None, Lateness(Urgency.LATER, "Còn 8 ngày", "", -8)),
        (None, None, Lateness(Urgency.LATER, "Chưa rõ ngày", "", None)),
        (None, dt.date(2026, 3, 1), Lateness(Urgency.DONE, "Xong", "xong 01/03/2026", None)),
        (dt.date(2026, 3, 1), dt.date(2026, 3, 1), Lateness(Urgency.DONE, "Xong", "xong 01/03/2026", 0)),
        (dt.date(2026, 2, 27), dt.date(2026, 3, 1), Lateness(Urgency.DONE, "Xong", "xong 01/03/2026, trễ 2 ngày", 2)),
        (dt.date(2026, 3, 5), dt.date(2026, 3, 1), Lateness(Urgency.DONE, "Xong", "xong 01/03/2026", -4)),
    ],
)
def test_lateness_says_how_a_milestone_stands(due_on: dt.date, done_on: dt.date, said: Lateness) -> None:
    assert lateness(due_on, done_on, TODAY) == said


def test_lateness_is_open_until_done() -> None:
    assert lateness(TODAY, None, TODAY).is_open is True
    assert lateness(TODAY, TODAY, TODAY).is_open is False


def test_lateness_of_a_step_done_on_a_day_nobody_knows() -> None:
    said = lateness(dt.date(2026, 3, 1), None, TODAY, is_done_undated=True)
    assert (said, said.is_open) == (Lateness(Urgency.DONE, "Xong", "không rõ ngày", None), False)


def test_lateness_of_a_step_the_bloc_does_without() -> None:
    said = lateness(dt.date(2026, 3, 1), None, TODAY, none_reason="Khối dùng kế hoạch chung.")
    assert said == Lateness(Urgency.NONE, "Không có", "Khối dùng kế hoạch chung.", None)
    assert said.is_open is False


def test_extension_says_from_when_to_when_and_why() -> None:
    new = dt.date(2026, 11, 15)
    assert extension_words(dt.date(2026, 10, 30), new, "chờ hướng dẫn") == (
        "gia hạn từ 30/10/2026 đến 15/11/2026: chờ hướng dẫn"
    )
    assert extension_words(None, new, "chờ hướng dẫn") == "gia hạn đến 15/11/2026: chờ hướng dẫn"
