"""The timeline of a bloc's year in words: which act each verb of an event was, on which object, on which paper."""

import datetime as dt
import json
from dataclasses import dataclass

from django.db.models import Q

from blocs.enums import BlocYearState, MilestoneKind
from blocs.models import BlocPaper, BlocYear, Handover, LeadershipTerm, Milestone, Standing
from emulation.core.access import Actor
from emulation.core.models import DocumentKind, Event, SignedPaper, label_of
from emulation.core.vietnamese import date_short

LIMIT = 100
WORDS = {
    "created": "Lập khối trong năm",
    "imported": "Nhận số liệu từ tệp Excel",
    "import_undone": "Hoàn tác một lần nhập từ Excel",
    "row_placed": "Nhập một dòng chờ xử lý",
    "row_dropped": "Bỏ một dòng chờ xử lý",
    "edited": "Sửa thông tin chung",
    "corrected": "Đính chính",
    "started": "Bắt đầu năm thi đua",
    "scoring_opened": "Chuyển sang chấm điểm, bình xét",
    "concluded": "Ghi nhận đã tổng kết",
    "closed": "Khóa năm",
    "reopened": "Mở lại năm",
    "member_added": "Thêm đơn vị thành viên",
    "member_edited": "Sửa đơn vị thành viên",
    "member_removed": "Bỏ đơn vị khỏi danh sách",
    "members_reordered": "Xếp lại thứ tự đơn vị",
    "groups_arranged": "Sắp xếp nhóm trong khối",
    "monitor_assigned": "Phân công theo dõi khối",
    "monitor_changed": "Sửa thời gian theo dõi khối",
    "calendar_set": "Sửa lịch công tác",
    "year_opened": "Mở năm thi đua",
    "leadership_filled": "Bổ sung lãnh đạo khối",
    "succession_applied": "Áp dụng việc sắp xếp đơn vị",
    "milestone_finished": "Ghi nhận bước đã xong",
    "milestone_skipped": "Ghi nhận bước không thực hiện",
    "milestone_reopened": "Bỏ ghi nhận của bước",
    "milestone_extended": "Gia hạn",
    "paper_drafted": "Soạn văn bản của khối",
    "paper_edited": "Sửa văn bản của khối",
    "paper_circulated": "Gửi các đơn vị lấy ý kiến",
    "paper_withdrawn": "Rút về dự thảo",
    "paper_passed": "Ghi nhận văn bản đã thông qua",
    "paper_skipped": "Ghi nhận không có văn bản",
    "paper_redrafted": "Soạn lại văn bản",
    "paper_revised": "Lập bản sửa đổi, bổ sung",
    "paper_superseded": "Bản cũ được thay bằng bản mới",
    "opinion_given": "Góp ý vào văn bản của khối",
    "opinion_edited": "Sửa ý kiến góp ý",
    "opinion_settled": "Ghi kết quả xem xét ý kiến",
    "targets_set": "Nhập chỉ tiêu giao ước",
    "target_values_set": "Nhập mức của đơn vị",
    "signing_opened": "Chốt nội dung giao ước, mở ký",
    "signing_undone": "Rút giao ước về dự thảo, hủy các chữ ký",
    "covenant_signed": "Ký giao ước trên hệ thống",
    "signature_recorded": "Ghi chữ ký trên giấy",
    "signatures_recorded": "Ghi các chữ ký tại hội nghị",
    "signature_voided": "Hủy một chữ ký",
    "covenant_finished": "Ghi nhận giao ước đã ký xong",
    "decision_drafted": "Soạn quyết định khen thưởng",
    "decision_edited": "Sửa dự thảo quyết định",
    "decision_lines_added": "Thêm đề nghị vào dự thảo quyết định",
    "decision_line_removed": "Đưa đề nghị ra khỏi dự thảo quyết định",
    "decision_line_directed": "Ghi ý kiến chỉ đạo về một dòng của quyết định",
    "decision_numbered": "Ghi số, ngày quyết định",
    "decision_unnumbered": "Bỏ số, soạn lại quyết định",
    "decision_issued": "Ghi quyết định đã ban hành",
    "decision_cancelled": "Hủy dự thảo quyết định",
    "decision_recorded": "Ghi quyết định do nơi khác ban hành",
    "decision_scanned": "Đính bản quét quyết định",
    "grant_revoked": "Thu hồi khen thưởng",
    "standing_drafted": "Lập bảng xếp hạng",
    "standing_entered": "Nhập thứ hạng",
    "standing_corrected": "Lập bản đính chính xếp hạng",
    "standing_published": "Công bố kết quả xếp hạng",
    "standing_superseded": "Bảng xếp hạng cũ được thay bằng bản đính chính",
    "standing_skipped": "Ghi nhận không xếp hạng",
    "standing_redrafted": "Xếp hạng lại",
    "term_elected": "Ghi lãnh đạo khối được bầu",
    "term_recognised": "Ghi quyết định công nhận lãnh đạo khối",
    "term_ended": "Kết thúc nhiệm kỳ lãnh đạo khối",
    "stood_in": "Phó Trưởng khối điều hành thay",
    "stopped_standing_in": "Thôi điều hành thay",
    "next_leader_named": "Ghi lãnh đạo khối năm sau",
    "next_leader_changed": "Sửa lãnh đạo khối năm sau",
    "next_leader_withdrawn": "Bỏ lãnh đạo khối năm sau",
    "handover_drafted": "Lập biên bản bàn giao",
    "handover_edited": "Sửa biên bản bàn giao",
    "handed_over": "Ghi nhận đã bàn giao",
    "handover_skipped": "Ghi nhận không bàn giao",
    "handover_reopened": "Mở lại biên bản bàn giao",
    "nomination_drafted": "Lập đề nghị khen thưởng",
    "nomination_edited": "Sửa nội dung đề nghị",
    "nomination_submitted": "Gửi khối đề nghị khen thưởng",
    "nomination_returned": "Khối trả lại đề nghị để hoàn thiện",
    "nomination_endorsed": "Khối thống nhất đề nghị",
    "nomination_agreed": "Khối thống nhất đề nghị",
    "nomination_declined": "Khối không đề nghị",
    "nomination_disagreed": "Khối không đề nghị",
    "nomination_withdrawn": "Rút đề nghị",
    "nomination_restored": "Lập lại đề nghị",
    "nomination_held": "Ghi “chưa xét khen thưởng”",
    "nomination_resumed": "Xét tiếp đề nghị",
    "nomination_attached": "Thêm tài liệu vào hồ sơ",
    "nomination_detached": "Gỡ tài liệu khỏi hồ sơ",
    "job_requested": "Yêu cầu lập văn bản",
    "document_made": "Lập xong văn bản",
    "document_unchanged": "Văn bản không đổi, dùng lại bản đã lập",
    "report_made": "Lập xong báo cáo tổng kết",
    "report_unchanged": "Báo cáo tổng kết không đổi, dùng lại bản đã lập",
    "template_uploaded": "Tải lên mẫu văn bản",
    "template_tried": "Chạy thử mẫu văn bản đạt",
    "template_activated": "Đưa mẫu văn bản vào dùng",
    "template_retired": "Thôi dùng mẫu văn bản",
    "report_registered": "Ghi số, ngày, bản ký của văn bản",
}
_OF_A_DOCUMENT = frozenset({"job_requested", "document_made", "document_unchanged", "report_registered"})
FIELDS = {
    "theme": "chủ đề thi đua",
    "note": "ghi chú",
    "stated_member_count": "số đơn vị theo nguồn",
    "name": "tên khối",
    "number": "số của khối",
    "kind": "khối hay cụm",
    "parent_id": "thuộc cụm",
    "partition_id": "quyết định chia khối",
}


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
    if event.subject_label == label_of(Milestone) and data.get("kind") in MilestoneKind.values:
        return f": {MilestoneKind(data['kind']).label}"
    if event.verb in _OF_A_DOCUMENT and data.get("kind") in DocumentKind.values:
        return f": {DocumentKind(data['kind']).label}"
    if event.verb == "edited":
        changed = [FIELDS[name] for name in data.get("fields", []) if name in FIELDS]
        return f": {', '.join(changed)}" if changed else ""
    if event.subject_label == label_of(BlocYear) and data.get("from") in BlocYearState.values:
        return f" (trước đó: {BlocYearState(data['from']).label})"
    return ""
