"""What waits for the board on the desk itself: rows of workbooks whose agency is in doubt. One statement."""

import datetime as dt

from django.urls import reverse

from emulation.core.access import Actor, can
from emulation.core.registry import Todo
from emulation.core.vietnamese import count2
from emulation.desk.queries.workbook import waiting_rows


def todos_of(actor: Actor, _today: dt.date) -> list[Todo]:
    """Return how many rows of uploaded workbooks wait, for who may place them."""
    if not can(actor, "desk.place_row"):
        return []
    count = waiting_rows().count()
    if not count:
        return []
    return [
        Todo(
            title=f"Xử lý {count2(count)} dòng của tệp Excel đang chờ",
            of="Số liệu nhập từ tệp Excel",
            url=reverse("parked_list"),
            label="Xem các dòng",
        )
    ]
