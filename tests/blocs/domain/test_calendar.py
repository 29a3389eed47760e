"""Milestones: lateness in days, in words that say what is still open."""

import datetime as dt

import pytest

from blocs.domain.calendar import Lateness, Urgency, lateness

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
