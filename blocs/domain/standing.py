"""The workflow of a standing: provisional, then published; a correction is the next version (DESIGN 6)."""

from blocs.enums import StandingState as State
from emulation.core.workflow import Step, Workflow, sources

STANDING = Workflow(
    "standing",
    State.PROVISIONAL,
    (
        Step(
            "publish", sources(State.PROVISIONAL), State.PUBLISHED, "Công bố kết quả", "standing_published",
            "blocs.publish_standing", "Chỉ công bố được kết quả dự kiến.",
        ),
        Step(
            "skip", sources(State.PROVISIONAL), State.NONE, "Ghi nhận không xếp hạng", "standing_skipped",
            "blocs.skip_standing", "Chỉ ghi “không xếp hạng” được khi kết quả chưa công bố.", needs_note=True,
        ),
        Step(
            "redraft", sources(State.NONE), State.PROVISIONAL, "Xếp hạng lại", "standing_redrafted",
            "blocs.redraft_standing", "Chỉ xếp hạng lại được khi đã ghi “không xếp hạng”.",
        ),
        Step(
            "supersede", sources(State.PUBLISHED), State.SUPERSEDED, "Thay bằng bản mới", "standing_superseded",
            "blocs.publish_standing", "Chỉ thay được kết quả đang có hiệu lực.", is_inner=True,
        ),
    ),
)  # fmt: skip
