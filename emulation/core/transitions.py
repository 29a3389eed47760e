"""The one door through which a state changes."""

from typing import Any

from django.db.models import F

from emulation.core.access import Actor, can
from emulation.core.audit import Act
from emulation.core.errors import Refused
from emulation.core.models import SignedPaper, Stamped
from emulation.core.workflow import Step, Workflow


def offered(obj: Any, workflow: Workflow, *, actor: Actor) -> list[Step]:
    """Return the steps the actor may take now, for the buttons of a page."""
    return [step for step in workflow.steps_from(obj.state) if can(actor, step.permission, obj)]


def check(obj: Stamped, workflow: Workflow, action: str, *, actor: Actor, note: str = "") -> Step:
    """Say whether the step may be taken by the actor now; raises what `move` raises, and writes nothing."""
    step = workflow.step(action)
    row: Any = obj
    if not can(actor, step.permission, obj):
        raise PermissionError(step.permission)
    if row.state not in step.sources:
        raise Refused(step.refusal)
    if step.needs_note and not note.strip():
        raise Refused(f"Cần ghi lý do trước khi chọn “{step.label}”.")
    return step


def move(
    current: Act,
    obj: Stamped,
    workflow: Workflow,
    action: str,
    *,
    note: str = "",
    behalf_of: str = "",
    on_paper: SignedPaper | None = None,
    data: dict[str, Any] | None = None,
    **values: Any,
) -> Step:
    """Take one step inside an open act: permission, time, reason, conditional update on the old state, event.

    `values`: columns that change with the state. Raises Refused with the step's sentence at the wrong time or when
    another person was quicker, PermissionError when the actor may not, KeyError for a step that does not exist,
    ValueError when somebody is acted for without a paper.
    """
    step = check(obj, workflow, action, actor=current.actor, note=note)
    row: Any = obj
    changed = (
        type(row)
        ._default_manager.filter(pk=row.pk, state=row.state)
        .update(state=step.target, updated_at=current.at, revision=F("revision") + 1, **values)
    )
    if changed != 1:
        raise Refused("Người khác vừa cập nhật mục này. Tải lại trang để xem trạng thái mới.")
    current.record(
        step.done,
        row,
        note=note,
        behalf_of=behalf_of,
        on_paper=on_paper,
        data={"from": row.state, "to": step.target, **(data or {})},
    )
    row.state, row.revision = step.target, row.revision + 1
    for name, value in values.items():
        setattr(row, name, value)
    return step
