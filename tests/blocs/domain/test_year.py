"""The table of the bloc's year."""

from pathlib import Path

from blocs.domain.handover import HANDOVER
from blocs.domain.locality import shown
from blocs.domain.paper import COVENANT, PAPER
from blocs.domain.standing import STANDING
from blocs.domain.succession import SUCCESSION
from blocs.domain.year import YEAR
from blocs.enums import BlocYearState
from emulation.core.access import permissions

README = Path(__file__).resolve().parents[3] / "blocs" / "README.md"


def test_year_reaches_every_state() -> None:
    assert YEAR.unreachable() == frozenset()
    assert YEAR.states() == frozenset(BlocYearState.values)


def test_year_has_a_permission_and_a_label_for_every_step() -> None:
    assert {step.permission for step in YEAR.steps} <= permissions()
    assert [step.action for step in YEAR.steps if not step.label or not step.refusal] == []


def test_readme_shows_the_table_as_it_is() -> None:
    text = README.read_text(encoding="utf-8")
    for table in (YEAR, PAPER, COVENANT, STANDING, HANDOVER, SUCCESSION):
        assert f"```mermaid\n{table.mermaid()}\n```" in text, table.name


def test_locality_shown_says_what_the_source_says() -> None:
    assert [shown(text) for text in ("", "Kon Tum", "không nêu")] == ["", "Kon Tum", "nguồn không nêu địa phương"]
