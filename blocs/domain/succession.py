"""The workflow of a change of agencies."""

from blocs.enums import SuccessionState as State
from emulation.core.workflow import Step, Workflow, sources

SUCCESSION = Workflow(
    "succession",
    State.DRAFT,
    (
        Step(
            "complete", sources(State.DRAFT), State.DONE, "Thực hiện sắp xếp", "succession_done",
            "blocs.complete_succession", "Việc sắp xếp này đã thực hiện hoặc đã hủy.",
        ),
        Step(
            "cancel", sources(State.DRAFT), State.CANCELLED, "Hủy, không thực hiện", "succession_cancelled",
            "blocs.cancel_succession", "Chỉ hủy được việc sắp xếp chưa thực hiện.",
        ),
    ),
)  # fmt: skip
