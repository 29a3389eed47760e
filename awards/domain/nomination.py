"""The workflows of a nomination: one enum of states, a table for each route (DESIGN 6, DECISIONS A12); pure."""

from typing import Any

from awards.enums import AwardLevel, Route
from awards.enums import NominationState as State
from emulation.core.workflow import Step, Workflow, sources

CLOSED = (
    State.DECLINED,
    State.REFUSED,
    State.GRANTED,
    State.NOT_GRANTED,
    State.REJECTED,
    State.WITHDRAWN,
)
#: Whose awards an agency gives itself, so that they are only recorded.
OWN_LEVELS = frozenset({AwardLevel.GRASSROOTS, AwardLevel.UNSTATED})
HELD = "Đề nghị này đang được ghi “chưa xét khen thưởng”; chọn “Xét tiếp” trước."

_RETURN = Step(
    "send_back", sources(State.SENT, State.APPRAISED), State.RETURNED, "Trả lại để hoàn thiện", "nomination_sent_back",
    "awards.appraise_nomination", "Chỉ trả lại được đề nghị đã gửi và chưa phê duyệt.", needs_note=True,
)  # fmt: skip
_AFTER_SENDING = (
    Step(
        "appraise", sources(State.SENT), State.APPRAISED, "Thẩm định", "nomination_appraised",
        "awards.appraise_nomination", "Chỉ thẩm định được đề nghị đã gửi và chưa có kết quả.", is_inner=True,
    ),
    Step(
        "unappraise", sources(State.APPRAISED), State.SENT, "Rút kết quả thẩm định", "nomination_unappraised",
        "awards.appraise_nomination", "Chỉ rút được kết quả thẩm định khi chưa phê duyệt.", needs_note=True,
        is_inner=True,
    ),
    _RETURN,
    Step(
        "reject", sources(State.SENT, State.APPRAISED), State.REJECTED, "Trả hồ sơ (không đủ điều kiện)",
        "nomination_rejected", "awards.appraise_nomination", "Chỉ trả hồ sơ được khi đề nghị chưa phê duyệt.",
        needs_note=True,
    ),
)  # fmt: skip
_DECIDING = (
    Step(
        "approve", sources(State.APPRAISED), State.APPROVED, "Phê duyệt", "nomination_approved",
        "awards.approve_nomination", "Chỉ phê duyệt được đề nghị đã thẩm định; tải lại trang để xem trạng thái mới.",
    ),
    Step(
        "refuse", sources(State.APPRAISED), State.REFUSED, "Không phê duyệt", "nomination_refused",
        "awards.approve_nomination", "Chỉ từ chối được đề nghị đã thẩm định; tải lại trang để xem trạng thái mới.",
        needs_note=True,
    ),
    Step(
        "unapprove", sources(State.APPROVED, State.REFUSED), State.APPRAISED, "Hủy phê duyệt", "nomination_unapproved",
        "awards.approve_nomination", "Chỉ hủy được phê duyệt khi chưa trình cấp trên và chưa ban hành quyết định.",
        needs_note=True,
    ),
    Step(
        "propose_up", sources(State.APPROVED), State.PROPOSED_UP, "Ghi đã trình cấp trên", "nomination_proposed_up",
        "awards.approve_nomination", "Chỉ trình cấp trên được đề nghị đã phê duyệt.",
    ),
    Step(
        "not_grant", sources(State.PROPOSED_UP), State.NOT_GRANTED, "Ghi cấp trên không tặng", "nomination_not_granted",
        "awards.approve_nomination", "Chỉ ghi được kết quả của đề nghị đã trình cấp trên.", needs_note=True,
    ),
    Step(
        "fall_back", sources(State.PROPOSED_UP, State.NOT_GRANTED), State.APPROVED, "Xét hình thức thấp hơn",
        "nomination_fell_back", "awards.approve_nomination",
        "Chỉ xét hình thức thấp hơn cho đề nghị đã trình cấp trên mà không được tặng.", needs_note=True, is_inner=True,
    ),
    Step(
        "grant", sources(State.APPROVED, State.PROPOSED_UP), State.GRANTED, "Ghi đã có quyết định tặng",
        "nomination_granted", "awards.issue_decision",
        "Chỉ ghi quyết định tặng cho đề nghị đã phê duyệt và chưa bị rút.", is_inner=True,
    ),
)  # fmt: skip
_RESTORE = Step(
    "restore", sources(State.WITHDRAWN), State.DRAFT, "Lập lại đề nghị", "nomination_restored",
    "awards.edit_nomination", "Chỉ lập lại được đề nghị đã rút.",
)  # fmt: skip


def _withdraw(permission: str, *states: str) -> Step:
    return Step(
        "withdraw", sources(*states), State.WITHDRAWN, "Rút đề nghị", "nomination_withdrawn", permission,
        "Đề nghị đã được phê duyệt hoặc đã kết thúc nên không rút được; liên hệ cơ quan thường trực.", needs_note=True,
    )  # fmt: skip


VIA_BLOC = Workflow(
    "nomination_via_bloc",
    State.DRAFT,
    (
        Step(
            "submit", sources(State.DRAFT, State.RETURNED), State.SUBMITTED, "Gửi khối", "nomination_submitted",
            "awards.submit_nomination", "Chỉ gửi được đề nghị đang soạn hoặc được trả lại.",
        ),
        Step(
            "return", sources(State.SUBMITTED, State.ENDORSED), State.RETURNED, "Trả lại để hoàn thiện",
            "nomination_returned", "awards.endorse_nomination", "Chỉ trả lại được đề nghị chưa gửi Sở Nội vụ.",
            needs_note=True,
        ),
        Step(
            "endorse", sources(State.SUBMITTED, State.DECLINED), State.ENDORSED, "Khối thống nhất đề nghị",
            "nomination_endorsed", "awards.endorse_nomination",
            "Chỉ ghi được ý kiến của khối khi đề nghị chờ khối xét.",
        ),
        Step(
            "agree", sources(State.DRAFT), State.ENDORSED, "Khối thống nhất đề nghị", "nomination_agreed",
            "awards.endorse_nomination", "Chỉ lập được đề nghị từ kết quả bình xét khi đề nghị mới.", is_inner=True,
        ),
        Step(
            "disagree", sources(State.DRAFT), State.DECLINED, "Khối không đề nghị", "nomination_disagreed",
            "awards.endorse_nomination", "Chỉ lập được ý kiến từ kết quả bình xét khi đề nghị mới.", needs_note=True,
            is_inner=True,
        ),
        Step(
            "decline", sources(State.SUBMITTED, State.ENDORSED, State.RETURNED), State.DECLINED, "Khối không đề nghị",
            "nomination_declined", "awards.endorse_nomination", "Chỉ ghi được ý kiến của khối khi chưa gửi Sở Nội vụ.",
            needs_note=True,
        ),
        Step(
            "send", sources(State.ENDORSED), State.SENT, "Gửi Sở Nội vụ", "nomination_sent",
            "awards.send_nomination", "Chỉ gửi được đề nghị khối đã thống nhất.", is_inner=True,
        ),
        *_AFTER_SENDING,
        *_DECIDING,
        _withdraw(
            "awards.edit_nomination", State.DRAFT, State.SUBMITTED, State.RETURNED, State.ENDORSED, State.SENT,
            State.APPRAISED,
        ),
        _RESTORE,
    ),
)  # fmt: skip

DIRECT = Workflow(
    "nomination_direct",
    State.DRAFT,
    (
        Step(
            "send", sources(State.DRAFT, State.RETURNED), State.SENT, "Gửi Sở Nội vụ", "nomination_sent",
            "awards.send_nomination", "Chỉ gửi được đề nghị đang soạn hoặc được trả lại.", is_inner=True,
        ),
        *_AFTER_SENDING,
        *_DECIDING,
        _withdraw("awards.edit_nomination", State.DRAFT, State.RETURNED, State.SENT, State.APPRAISED),
        _RESTORE,
    ),
)  # fmt: skip

BOARD = Workflow(
    "nomination_board",
    State.DRAFT,
    (
        Step(
            "appraise", sources(State.DRAFT), State.APPRAISED, "Thẩm định", "nomination_appraised",
            "awards.appraise_nomination", "Chỉ thẩm định được đề nghị đang soạn.", is_inner=True,
        ),
        Step(
            "redraft", sources(State.APPRAISED), State.DRAFT, "Sửa lại đề nghị", "nomination_redrafted",
            "awards.appraise_nomination", "Chỉ sửa lại được đề nghị chưa phê duyệt.", needs_note=True,
        ),
        *_DECIDING,
        _withdraw("awards.edit_nomination", State.DRAFT, State.APPRAISED),
        _RESTORE,
    ),
)  # fmt: skip

RECORDED = Workflow(
    "nomination_recorded",
    State.DRAFT,
    (
        Step(
            "record", sources(State.DRAFT), State.GRANTED, "Ghi nhận quyết định của đơn vị", "nomination_recorded",
            "awards.edit_nomination", "Chỉ ghi nhận được đề nghị chưa có quyết định.", is_inner=True,
        ),
        _withdraw("awards.edit_nomination", State.DRAFT),
        _RESTORE,
    ),
)  # fmt: skip

TABLES = {Route.VIA_BLOC: VIA_BLOC, Route.DIRECT: DIRECT, Route.BOARD: BOARD, Route.RECORDED: RECORDED}


def table_of(route: Route) -> Workflow:
    """Return the table a nomination of that route goes by."""
    return TABLES[route]


def declines_in_dossier(nomination: Any, action: str) -> bool:
    """Whether the step would decline what was returned out of a dossier; the table allows what never was in one."""
    return action == "decline" and nomination.state == State.RETURNED and nomination.submission_id is not None
