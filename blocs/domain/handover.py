"""The workflow of handing the leadership over."""

from blocs.enums import HandoverState as State
from emulation.core.workflow import Step, Workflow, sources

HANDOVER = Workflow(
    "handover",
    State.DRAFT,
    (
        Step(
            "hand", sources(State.DRAFT), State.HANDED, "Ghi nhận đã bàn giao", "handed_over",
            "blocs.hand_handover", "Lần bàn giao này đã ghi nhận xong.",
        ),
        Step(
            "skip", sources(State.DRAFT), State.NONE, "Ghi nhận không bàn giao", "handover_skipped",
            "blocs.skip_handover", "Chỉ ghi “không bàn giao” được khi chưa bàn giao.", needs_note=True,
        ),
        Step(
            "redraft", sources(State.HANDED, State.NONE), State.DRAFT, "Mở lại biên bản", "handover_reopened",
            "blocs.redraft_handover", "Chỉ mở lại được khi đã bàn giao hoặc đã ghi “không bàn giao”.",
            needs_note=True,
        ),
    ),
)  # fmt: skip
