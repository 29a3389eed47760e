"""The timeline of a bloc's year in words: which act each verb of an event was, on which object, on which paper."""

import datetime as dt
import json
from dataclasses import dataclass

from django.db.models import Q

from blocs.enums import BlocYearState
from blocs.models import BlocPaper, BlocYear, Handover, LeadershipTerm, Milestone, Standing
from emulation.core.access import Actor
from emulation.core.models import Event, SignedPaper, label_of
from emulation.core.vietnamese import date_short

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
    "job_requested": "Yêu cầu lập văn bản",
    "report_made": "Lập xong báo cáo tổng kết",
    "report_unchanged": "Báo cáo tổng kết không đổi, dùng lại bản đã lập",
    "report_registered": "Ghi số, ngày, bản ký của văn bản",
}
FIELDS = {"theme": "chủ đề thi đua", "note": "ghi chú", "stated_member_count": "số đơn vị theo nguồn"}


@dataclass(frozen=True)
class TimelineItem:
    """One act, as the timeline component shows it."""

    text: str
    at: dt.datetime
    who: str
    note: str


def bloc_history(bloc_year: BlocYear, *, actor: Actor) -> list[TimelineItem]:
    """Return the latest acts on a bloc year and on what hangs on it, newest first.

    Two queries; the caller has asked the permission. An event has no visibility of its own: those on a paper or a
    standing are shown to who may know of the paper or the standing.
    """
    events = list(Event.objects.filter(_about(bloc_year, actor)).order_by("-seq")[:LIMIT])
    papers = SignedPaper.objects.in_bulk([event.paper_id for event in events if event.paper_id])
    return [_item(event, papers.get(event.paper_id or 0)) for event in events]


def _about(bloc_year: BlocYear, actor: Actor) -> Q:
    subjects = Q(subject_label=label_of(BlocYear), subject_id=bloc_year.pk)
    for rows in (
        BlocPaper.objects.visible_to(actor),
        Standing.objects.visible_to(actor),
        Handover.objects.all(),
        LeadershipTerm.objects.all(),
        Milestone.objects.all(),
    ):
        of_year = rows.filter(bloc_year=bloc_year).order_by().values("pk")
        subjects |= Q(subject_label=label_of(rows.model), subject_id__in=of_year)
    return subjects


def _item(event: Event, paper: SignedPaper | None) -> TimelineItem:
    who = ", ".join(part for part in (event.actor_name, event.actor_title) if part)
    if event.behalf_of:
        who = f"{who}, thay cho {event.behalf_of}"
    if paper:
        number = f" số {paper.number}" if paper.number else ""
        who = f"{who} · theo văn bản{number} ngày {date_short(paper.dated_on)}"
    return TimelineItem(f"{WORDS.get(event.verb, 'Cập nhật')}{_detail(event)}", event.at, who, event.note)


def _detail(event: Event) -> str:
    data = json.loads(event.data)
    if event.verb == "edited":
        changed = [FIELDS[name] for name in data.get("fields", []) if name in FIELDS]
        return f": {', '.join(changed)}" if changed else ""
    if event.subject_label == label_of(BlocYear) and data.get("from") in BlocYearState.values:
        return f" (trước đó: {BlocYearState(data['from']).label})"
    return ""
