"""What a list of members refuses: an agency that is no more, a move out of a group ranked apart; pure."""

import datetime as dt

from blocs.domain.succession import last_day
from emulation.core.vietnamese import date_short

RANKED = (
    "Kết quả xếp hạng riêng từng nhóm đã công bố, “{name}” đã có trong kết quả đó nên giữ nguyên nhóm; "
    "chọn lại nhóm cũ cho đơn vị này."
)


def ended_refusal(
    name: str,
    ended_on: dt.date | None,
    *,
    label: str,
    kind: str,
    joined_on: dt.date | None,
    left_on: dt.date | None,
) -> str:
    """Return why an agency is no member of that year any more; "" where it may be one.

    Of years that were over by its last day, lists are still typed and read in.
    """
    if ended_on is None:
        return ""
    last = left_on or last_day(label, kind) or joined_on
    if last is None or last <= ended_on:
        return ""
    day = date_short(ended_on)
    return (
        f"“{name}” đã chấm dứt hoạt động, đến hết ngày {day}; chọn đơn vị đang hoạt động, "
        f"hoặc ghi ngày rời khối không muộn hơn ngày {day}."
    )
