"""The one door through which a state changes."""

import datetime as dt
from typing import Any

from django.db.models import F

from emulation.core.access import Actor, can
from emulation.core.audit import act
from emulation.core.errors import Refused
from emulation.core.models import SignedPaper, Stamped
from emulation.core.workflow import Step, Workflow


def perform(
    obj: Stamped,
    workflow: Workflow,
    action: str,
    *,
    actor: Actor,
    at: dt.datetime,
    note: str = "",
    behalf_of: str = "",
    on_paper: SignedPaper | None = None,
) -> Step:
    """Take one step: permission, time, reason, conditional update on the old state, event — all or nothing.

    Raises Refused with the step's sentence at the wrong time or when another person was quicker, PermissionError
    when the actor may not, ValueError when somebody is acted for without a paper.
    """
    step = workflow.step(action)
    row: Any = obj
    if not can(actor, step.permission, obj):
        raise PermissionError(step.permission)
    if row.state not in step.sources:
        raise Refused(step.refusal)
    if step.needs_note and not note.strip():
        raise Refused(f"Cần ghi lý do trước khi chọn “{step.label}”.")
    if behalf_of and on_paper is None:
        raise ValueError("an act on behalf needs its paper")
    with act(actor=actor, at=at) as current:
        changed = (
            type(row)
            ._default_manager.filter(pk=row.pk, state=row.state)
            .update(state=step.target, updated_at=at, revision=F("revision") + 1)
        )
        if changed != 1:
            raise Refused("Người khác vừa cập nhật mục này. Tải lại trang để xem trạng thái mới.")
        current.record(
            step.done,
            row,
            note=note,
            behalf_of=behalf_of,
            on_paper=on_paper,
            data={"from": row.state, "to": step.target},
        )
    row.state = step.target
    return step
