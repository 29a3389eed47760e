"""Milestones: how late or how near, in days; pure. Lateness is a fact, not a state: what is done is done."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from emulation.core.vietnamese import date_short

SOON_DAYS = 7


class Urgency(StrEnum):
    """How a milestone stands today; the values are the looks of the house."""

    DONE = "ok"
    LATE = "bad"
    SOON = "soon"
    LATER = ""


@dataclass(frozen=True)
class Lateness:
    """How a milestone stands: its urgency, the word on its badge, and what to add in words.

    `days` counts from the due date: 3 is three days late, -3 three days left; None without a due date.
    """

    urgency: Urgency
    word: str
    fact: str
    days: int | None

    @property
    def is_open(self) -> bool:
        """Whether it is still to be done."""
        return self.urgency != Urgency.DONE


def lateness(due_on: dt.date | None, done_on: dt.date | None, today: dt.date) -> Lateness:
    """Say how a milestone stands on a day."""
    if done_on is not None:
        days = (done_on - due_on).days if due_on else None
        late = f", trễ {days} ngày" if days is not None and days > 0 else ""
        return Lateness(Urgency.DONE, "Xong", f"xong {date_short(done_on)}{late}", days)
    if due_on is None:
        return Lateness(Urgency.LATER, "Chưa rõ ngày", "", None)
    days = (today - due_on).days
    if days > 0:
        return Lateness(Urgency.LATE, f"Trễ {days} ngày", "", days)
    if days == 0:
        return Lateness(Urgency.SOON, "Hạn hôm nay", "", days)
    return Lateness(Urgency.SOON if -days <= SOON_DAYS else Urgency.LATER, f"Còn {-days} ngày", "", days)
