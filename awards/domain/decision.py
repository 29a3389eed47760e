"""The workflow of a decision (DESIGN 6): number and day come from văn thư, never from us."""

from awards.enums import DecisionState as State
from emulation.core.workflow import Step, Workflow, sources

DECISION = Workflow(
    "decision",
    State.DRAFT,
    (
        Step(
            "number", sources(State.DRAFT), State.NUMBERED, "Ghi số, ngày của văn thư", "decision_numbered",
            "awards.number_decision", "Quyết định đã vào số; tải lại trang để xem số đã ghi.", is_inner=True,
        ),
        Step(
            "unnumber", sources(State.NUMBERED), State.DRAFT, "Bỏ số, soạn lại", "decision_unnumbered",
            "awards.issue_decision", "Chỉ bỏ số được khi quyết định chưa ban hành.", needs_note=True,
        ),
        Step(
            "issue", sources(State.NUMBERED), State.ISSUED, "Ghi đã ban hành", "decision_issued",
            "awards.issue_decision", "Chỉ ghi ban hành được quyết định đã vào số.", is_inner=True,
        ),
        Step(
            "cancel", sources(State.DRAFT, State.NUMBERED), State.CANCELLED, "Hủy dự thảo", "decision_cancelled",
            "awards.issue_decision", "Quyết định đã ban hành thì không hủy được; lập quyết định thu hồi.",
            needs_note=True,
        ),
    ),
)  # fmt: skip
