"""The board's acts on many nominations at once: what each is called, where it may be taken, what it does; pure."""

from dataclasses import dataclass

from awards.domain.nomination import VIA_BLOC
from awards.enums import NominationState as State

APPRAISE, APPROVE = "awards.appraise_nomination", "awards.approve_nomination"


@dataclass(frozen=True)
class BulkAct:
    """An act on the lines that are ticked.

    `label`: of its button. `states`: where a line may be. `texts`: what happens, to whom, how it is taken back.
    `needs_note`: whether a reason must be given.
    """

    action: str
    label: str
    permission: str
    states: frozenset[str]
    texts: tuple[str, ...]
    needs_note: bool = False
    is_danger: bool = False


def _sources(action: str) -> frozenset[str]:
    return VIA_BLOC.step(action).sources


_NOT_SHOWN = "Đơn vị, khối chưa xem được cho đến khi có quyết định; họ chỉ thấy “Đã thẩm định, chờ quyết định”."

ACTS = {
    act.action: act
    for act in (
        BulkAct(
            "appraise", "Thẩm định", APPRAISE, frozenset({State.SENT, State.DRAFT}),
            ("Các dòng chuyển sang chờ lãnh đạo phê duyệt.", _NOT_SHOWN, "Rút lại được khi lãnh đạo chưa phê duyệt."),
        ),
        BulkAct(
            "unappraise", "Rút kết quả thẩm định", APPRAISE, _sources("unappraise"),
            ("Các dòng trở lại chờ thẩm định; ý kiến đã ghi được giữ để sửa.",), needs_note=True,
        ),
        BulkAct(
            "approve", "Phê duyệt", APPROVE, _sources("approve"),
            (
                "Các dòng được đưa vào tờ trình, quyết định. Dòng đề nghị hình thức khác sẽ đổi sang hình thức đó.",
                _NOT_SHOWN, "Hủy phê duyệt được cho đến khi ban hành quyết định.",
            ),
        ),
        BulkAct(
            "refuse", "Không phê duyệt", APPROVE, _sources("refuse"),
            ("Các dòng không được trình khen.", _NOT_SHOWN, "Hủy được khi hồ sơ chưa ghi có kết quả."),
            needs_note=True, is_danger=True,
        ),
        BulkAct(
            "unapprove", "Hủy phê duyệt", APPROVE, _sources("unapprove"),
            ("Các dòng trở lại chờ phê duyệt, với danh hiệu, hình thức như đơn vị đề nghị.",), needs_note=True,
        ),
        BulkAct(
            "propose_up", "Ghi đã trình cấp trên", APPROVE, _sources("propose_up"),
            ("Chỉ dùng cho danh hiệu, hình thức do cấp trên quyết định. Sau đó ghi kết quả của cấp trên.",),
        ),
        BulkAct(
            "not_grant", "Ghi cấp trên không tặng", APPROVE, _sources("not_grant"),
            ("Đề nghị kết thúc, trừ khi xét hình thức thấp hơn.",), needs_note=True, is_danger=True,
        ),
        BulkAct(
            "fall_back", "Xét hình thức thấp hơn", APPROVE, _sources("fall_back"),
            ("Đề nghị chuyển sang hình thức thấp hơn theo danh mục và được phê duyệt ngay.",), needs_note=True,
        ),
    )
}  # fmt: skip
