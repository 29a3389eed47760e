"""The workflow of a version of the office's own Word template."""

from emulation.core.workflow import Step, Workflow, sources
from emulation.reports.enums import TemplateState as State

TEMPLATE = Workflow(
    "template",
    State.DRAFT,
    (
        Step(
            "activate", sources(State.DRAFT, State.RETIRED), State.ACTIVE, "Đưa vào dùng", "template_activated",
            "reports.manage_template", "Phiên bản này đang được dùng; tải lại trang để xem trạng thái mới.",
        ),
        Step(
            "retire", sources(State.ACTIVE), State.RETIRED, "Thôi dùng", "template_retired",
            "reports.manage_template", "Phiên bản này không còn được dùng; tải lại trang để xem trạng thái mới.",
        ),
    ),
)  # fmt: skip
