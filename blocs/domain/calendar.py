"""Milestones: how late or how near, in days; pure. Lateness is a fact, not a state: what is done is done."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from emulation.core.vietnamese import date_short

SOON_DAYS = 7


class Urgency(StrEnum):
    """How a milestone stands today; the values are the looks of the house, what a bloc does without has none."""

    DONE = "ok"
    LATE = "bad"
    SOON = "soon"
    LATER = ""
    NONE = "none"


@dataclass(frozen=True)
class Lateness:
    """How a milestone stands: its urgency, the word on its badge, and what to add in words.

    `days` counts from the due date: 3 is three days late, -3 three days left; None without a due date, and for a step
    that is done on a day nobody wrote down or that the bloc does without.
    """

    urgency: Urgency
    word: str
    fact: str
    days: int | None

    @property
    def is_open(self) -> bool:
        """Whether it is still to be done."""
        return self.urgency not in {Urgency.DONE, Urgency.NONE}


def lateness(
    due_on: dt.date | None,
    done_on: dt.date | None,
    today: dt.date,
    *,
    is_done_undated: bool = False,
    none_reason: str = "",
) -> Lateness:
    """Say how a milestone stands on a day.

    `is_done_undated`: it is done and nobody knows on which day. `none_reason`: why the bloc does without it.
    """
    if done_on is not None:
        days = (done_on - due_on).days if due_on else None
        late = f", trễ {days} ngày" if days is not None and days > 0 else ""
        return Lateness(Urgency.DONE, "Xong", f"xong {date_short(done_on)}{late}", days)
    if is_done_undated:
        return Lateness(Urgency.DONE, "Xong", "không rõ ngày", None)
    if none_reason:
        return Lateness(Urgency.NONE, "Không có", none_reason, None)
    if due_on is None:
        return Lateness(Urgency.LATER, "Chưa rõ ngày", "", None)
    days = (today - due_on).days
    if days > 0:
        return Lateness(Urgency.LATE, f"Trễ {days} ngày", "", days)
    if days == 0:
        return Lateness(Urgency.SOON, "Hạn hôm nay", "", days)
    return Lateness(Urgency.SOON if -days <= SOON_DAYS else Urgency.LATER, f"Còn {-days} ngày", "", days)


def extension_words(old_due_on: dt.date | None, due_on: dt.date, reason: str) -> str:
    """Say how a due date was put off: "gia hạn từ 30/10/2026 đến 15/11/2026: chờ hướng dẫn"."""
    since = f" từ {date_short(old_due_on)}" if old_due_on else ""
    return f"gia hạn{since} đến {date_short(due_on)}: {reason}"
