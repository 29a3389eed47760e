"""The timeline of a row in words: which act each verb of an event was."""

import datetime as dt
import json
from dataclasses import dataclass

from blocs.enums import BlocYearState
from blocs.models import BlocYear
from emulation.core.audit import timeline
from emulation.core.models import Event, label_of

LIMIT = 100
WORDS = {
    "created": "Lập khối trong năm",
    "imported": "Nhận số liệu từ tệp Excel",
    "row_placed": "Nhập một dòng chờ xử lý",
    "row_dropped": "Bỏ một dòng chờ xử lý",
    "edited": "Sửa thông tin chung",
    "corrected": "Đính chính",
    "started": "Bắt đầu năm thi đua",
    "scoring_opened": "Chuyển sang chấm điểm, bình xét",
    "concluded": "Ghi nhận đã tổng kết",
    "closed": "Khóa năm",
    "reopened": "Mở lại năm",
    "job_requested": "Yêu cầu lập báo cáo tổng kết",
    "report_made": "Lập xong báo cáo tổng kết",
    "report_unchanged": "Báo cáo tổng kết không đổi, dùng lại bản đã lập",
}
FIELDS = {"theme": "chủ đề thi đua", "note": "ghi chú", "stated_member_count": "số đơn vị theo nguồn"}


@dataclass(frozen=True)
class TimelineItem:
    """One act, as the timeline component shows it."""

    text: str
    at: dt.datetime
    who: str
    note: str


def bloc_history(bloc_year: BlocYear) -> list[TimelineItem]:
    """Return the latest acts on a bloc year, newest first. One query; the caller has asked the permission."""
    return [_item(event) for event in timeline(label_of(BlocYear), bloc_year.pk, limit=LIMIT)]


def _item(event: Event) -> TimelineItem:
    who = ", ".join(part for part in (event.actor_name, event.actor_title) if part)
    if event.behalf_of:
        who = f"{who}, thay cho {event.behalf_of}"
    return TimelineItem(f"{WORDS.get(event.verb, 'Cập nhật')}{_detail(event)}", event.at, who, event.note)


def _detail(event: Event) -> str:
    data = json.loads(event.data)
    if event.verb == "edited":
        changed = [FIELDS[name] for name in data.get("fields", []) if name in FIELDS]
        return f": {', '.join(changed)}" if changed else ""
    if "from" in data and data["from"] in BlocYearState.values:
        return f" (trước đó: {BlocYearState(data['from']).label})"
    return ""
