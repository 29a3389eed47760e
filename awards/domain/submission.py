"""The workflow of a dossier a bloc or an agency sends to the board (DESIGN 6)."""

from awards.domain.nomination import table_of
from awards.enums import Route
from awards.enums import SubmissionState as State
from emulation.core.workflow import Step, Workflow, sources

SUBMISSION = Workflow(
    "submission",
    State.DRAFT,
    (
        Step(
            "send", sources(State.DRAFT, State.RETURNED), State.SENT, "Gửi hồ sơ", "submission_sent",
            "awards.send_submission", "Chỉ gửi được hồ sơ đang chuẩn bị hoặc được trả lại.",
        ),
        Step(
            "receive", sources(State.SENT), State.RECEIVED, "Tiếp nhận", "submission_received",
            "awards.receive_submission", "Chỉ tiếp nhận được hồ sơ đã gửi.",
        ),
        Step(
            "return", sources(State.SENT, State.RECEIVED), State.RETURNED, "Trả lại để hoàn thiện",
            "submission_returned", "awards.receive_submission", "Chỉ trả lại được hồ sơ chưa thẩm định xong.",
            needs_note=True,
        ),
        Step(
            "finish", sources(State.RECEIVED), State.APPRAISED, "Ghi thẩm định xong", "submission_appraised",
            "awards.receive_submission", "Chỉ ghi thẩm định xong khi hồ sơ đã tiếp nhận.",
        ),
        Step(
            "unfinish", sources(State.APPRAISED), State.RECEIVED, "Thẩm định tiếp", "submission_reopened",
            "awards.receive_submission", "Chỉ thẩm định tiếp được hồ sơ đã ghi thẩm định xong.", needs_note=True,
        ),
        Step(
            "decide", sources(State.RECEIVED, State.APPRAISED), State.DECIDED, "Ghi đã có kết quả",
            "submission_decided", "awards.issue_decision", "Chỉ ghi kết quả của hồ sơ đã tiếp nhận.",
        ),
    ),
)  # fmt: skip


# Where a dossier takes lines, and where the board works on them.
OPEN = (State.DRAFT, State.RETURNED)
AT_THE_BOARD = (State.RECEIVED, State.APPRAISED)
SENDING_ROUTES = (Route.VIA_BLOC, Route.DIRECT)
LOOKS = {
    State.DRAFT: "run",
    State.SENT: "soon",
    State.RECEIVED: "run",
    State.RETURNED: "bad",
    State.APPRAISED: "run",
    State.DECIDED: "ok",
}


def sendable_states(route: str) -> frozenset[str]:
    """Return the states from which a nomination of that route may be sent; none for routes that send nothing."""
    return table_of(Route(route)).step("send").sources if route in SENDING_ROUTES else frozenset()
