"""Every workflow table of the house: labelled, reachable, each step with its permission."""

import pytest

from awards.domain.decision import DECISION
from awards.domain.nomination import BOARD, DIRECT, RECORDED, VIA_BLOC
from awards.domain.submission import SUBMISSION
from blocs.domain.handover import HANDOVER
from blocs.domain.paper import COVENANT, PAPER
from blocs.domain.standing import STANDING
from blocs.domain.succession import SUCCESSION
from blocs.domain.year import YEAR
from emulation.core import access
from emulation.core.workflow import Workflow
from emulation.reports.domain.template import TEMPLATE

TABLES = [
    YEAR, PAPER, COVENANT, STANDING, HANDOVER, SUCCESSION, VIA_BLOC, DIRECT, BOARD, RECORDED, SUBMISSION, DECISION,
    TEMPLATE,
]  # fmt: skip


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_table_has_no_state_that_cannot_be_reached(table: Workflow) -> None:
    assert table.unreachable() == frozenset()


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_step_has_a_permission_a_label_and_a_refusal(table: Workflow) -> None:
    for step in table.steps:
        assert step.permission in access.permissions()
        assert step.label
        assert step.refusal.endswith(".")


def test_steps_from_a_state_come_in_the_order_of_the_table() -> None:
    assert [step.action for step in YEAR.steps_from("running")] == ["score", "conclude"]
    assert [step.action for step in YEAR.steps_from("closed")] == ["reopen"]


def test_step_that_does_not_exist_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        YEAR.step("fly")
