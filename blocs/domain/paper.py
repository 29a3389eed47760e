"""The workflows of a bloc's papers: plan and rules are passed, the covenant is signed (DESIGN 6, DECISIONS A12)."""

from blocs.enums import PaperState as State
from emulation.core.workflow import Step, Workflow, sources

_CIRCULATE = Step(
    "circulate", sources(State.DRAFT), State.CIRCULATED, "Gửi các đơn vị lấy ý kiến", "paper_circulated",
    "blocs.circulate_blocpaper", "Chỉ gửi lấy ý kiến được khi văn bản đang là dự thảo.",
)  # fmt: skip
_WITHDRAW = Step(
    "withdraw", sources(State.CIRCULATED), State.DRAFT, "Rút về dự thảo", "paper_withdrawn",
    "blocs.withdraw_blocpaper", "Chỉ rút về được khi văn bản đang lấy ý kiến.",
)  # fmt: skip
_SKIP = Step(
    "skip", sources(State.DRAFT, State.CIRCULATED), State.NONE, "Ghi nhận không có", "paper_skipped",
    "blocs.skip_blocpaper", "Chỉ ghi “không có” được khi văn bản chưa ký, chưa thông qua.", needs_note=True,
)  # fmt: skip
_REDRAFT = Step(
    "redraft", sources(State.NONE), State.DRAFT, "Soạn lại", "paper_redrafted",
    "blocs.redraft_blocpaper", "Chỉ soạn lại được văn bản đã ghi “không có”.",
)  # fmt: skip

PAPER = Workflow(
    "bloc_paper",
    State.DRAFT,
    (
        _CIRCULATE,
        _WITHDRAW,
        Step(
            "pass", sources(State.DRAFT, State.CIRCULATED), State.PASSED, "Ghi nhận đã thông qua", "paper_passed",
            "blocs.pass_blocpaper", "Văn bản này đã thông qua hoặc đã ghi “không có”.",
        ),
        _SKIP,
        _REDRAFT,
        Step(
            "supersede", sources(State.PASSED), State.SUPERSEDED, "Thay bằng bản mới", "paper_superseded",
            "blocs.pass_blocpaper", "Chỉ thay được bản đang có hiệu lực.", is_inner=True,
        ),
    ),
)  # fmt: skip

COVENANT = Workflow(
    "covenant",
    State.DRAFT,
    (
        _CIRCULATE,
        _WITHDRAW,
        Step(
            "open_signing", sources(State.DRAFT, State.CIRCULATED), State.SIGNING, "Chốt nội dung, mở ký",
            "signing_opened", "blocs.open_signing_blocpaper", "Chỉ mở ký được khi giao ước chưa mở ký.",
        ),
        Step(
            "finish", sources(State.SIGNING), State.SIGNED, "Ghi nhận đã ký xong", "covenant_finished",
            "blocs.finish_blocpaper", "Chỉ ghi nhận ký xong được khi giao ước đang ký.",
        ),
        Step(
            "reopen", sources(State.SIGNING), State.DRAFT, "Rút về dự thảo, hủy các chữ ký", "signing_undone",
            "blocs.reopen_blocpaper", "Chỉ rút về được khi giao ước đang ký; giao ước đã ký thì lập bản sửa đổi.",
            needs_note=True,
        ),
        _SKIP,
        _REDRAFT,
        Step(
            "supersede", sources(State.SIGNED), State.SUPERSEDED, "Thay bằng bản mới", "paper_superseded",
            "blocs.finish_blocpaper", "Chỉ thay được bản đang có hiệu lực.", is_inner=True,
        ),
    ),
)  # fmt: skip


def workflow_of(*, is_covenant: bool) -> Workflow:
    """Return the table a paper follows."""
    return COVENANT if is_covenant else PAPER
