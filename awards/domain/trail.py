"""What was done with a nomination and what comes next, in words; pure."""

from awards.enums import NominationState as State
from awards.enums import Route

#: Acts that are no steps of the tables.
VERBS = {
    "nomination_drafted": "Lập đề nghị",
    "nomination_edited": "Sửa nội dung đề nghị",
    "nomination_held": "Ghi “chưa xét khen thưởng”",
    "nomination_resumed": "Xét tiếp",
    "nomination_attached": "Thêm tài liệu",
    "nomination_detached": "Gỡ tài liệu",
    "job_requested": "Yêu cầu lập báo cáo thành tích",
    "document_made": "Lập xong báo cáo thành tích",
    "document_unchanged": "Báo cáo thành tích không thay đổi",
}
#: Steps that lead on, of which a page shows one as its button.
LEADING = frozenset({"submit", "endorse", "approve", "restore"})
#: Where a page says first why it went no further: whoever took the step had to write the reason.
STOPPED = frozenset({State.RETURNED, State.DECLINED, State.REJECTED})
_NEXT = {
    State.SUBMITTED: "Tiếp theo: khối xét, thống nhất đề nghị",
    State.ENDORSED: "Tiếp theo: Trưởng khối đưa vào hồ sơ, gửi cơ quan thường trực",
    State.DECLINED: "Khối không đề nghị; có thể ghi lại nếu khối họp lại",
    State.SENT: "Tiếp theo: cơ quan thường trực thẩm định",
    State.APPRAISED: "Tiếp theo: cấp có thẩm quyền quyết định",
    State.APPROVED: "Tiếp theo: đưa vào quyết định khen thưởng",
    State.PROPOSED_UP: "Tiếp theo: chờ quyết định của cấp trên",
    State.WITHDRAWN: "Đã rút; có thể lập lại đề nghị",
}
_DRAFT = {
    Route.VIA_BLOC: "Tiếp theo: hoàn thiện hồ sơ, gửi khối",
    Route.DIRECT: "Tiếp theo: hoàn thiện hồ sơ, đưa vào hồ sơ trình của đơn vị",
    Route.BOARD: "Tiếp theo: thẩm định",
    Route.RECORDED: "Tiếp theo: ghi số, ngày quyết định của đơn vị",
}


def next_words(route: str, state: str, *, is_held: bool = False) -> str:
    """Return what comes next for a nomination of that route, "" at its end."""
    if is_held:
        return "Tiếp theo: cơ quan thường trực kết luận, xét tiếp"
    if state in {State.DRAFT, State.RETURNED}:
        return _DRAFT[Route(route)]
    return _NEXT.get(State(state), "")
