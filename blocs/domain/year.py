"""The workflow of a bloc's year (DESIGN: it shows where the year is and locks nothing but what is published)."""

from blocs.enums import BlocYearState as State
from emulation.core.workflow import Step, Workflow, sources

YEAR = Workflow(
    "bloc_year",
    State.PREPARING,
    (
        Step(
            "start", sources(State.PREPARING), State.RUNNING, "Bắt đầu năm thi đua", "started", "blocs.start_blocyear",
            "Chỉ bắt đầu được khi năm của khối đang ở bước chuẩn bị.",
        ),
        Step(
            "score", sources(State.PREPARING, State.RUNNING), State.SCORING, "Chuyển sang chấm điểm, bình xét",
            "scoring_opened", "blocs.score_blocyear", "Chỉ mở chấm điểm khi năm của khối chưa tổng kết.",
        ),
        Step(
            "conclude", sources(State.PREPARING, State.RUNNING, State.SCORING), State.CONCLUDED, "Ghi nhận đã tổng kết",
            "concluded", "blocs.conclude_blocyear", "Năm của khối đã tổng kết hoặc đã khóa.",
        ),
        Step(
            "close", sources(State.CONCLUDED), State.CLOSED, "Khóa năm", "closed", "blocs.close_blocyear",
            "Chỉ khóa được năm đã tổng kết; hãy ghi nhận đã tổng kết trước.",
        ),
        Step(
            "reopen", sources(State.CLOSED), State.CONCLUDED, "Mở lại năm", "reopened", "blocs.reopen_blocyear",
            "Chỉ mở lại được năm đã khóa.", needs_note=True,
        ),
    ),
)  # fmt: skip
