"""The tables of nominations, dossiers and decisions."""

from pathlib import Path

from awards.domain.decision import DECISION
from awards.domain.nomination import CLOSED, TABLES, VIA_BLOC
from awards.domain.submission import SUBMISSION
from awards.enums import DecisionState, NominationState, Route, SubmissionState

README = Path(__file__).resolve().parents[3] / "awards" / "README.md"


def test_readme_shows_the_tables_as_they_are() -> None:
    text = README.read_text(encoding="utf-8")
    for table in (*TABLES.values(), SUBMISSION, DECISION):
        assert f"```mermaid\n{table.mermaid()}\n```" in text, table.name


def test_tables_of_all_routes_reach_every_state() -> None:
    assert set(TABLES) == set(Route)
    assert frozenset().union(*(table.states() for table in TABLES.values())) == frozenset(NominationState.values)
    assert SUBMISSION.states() == frozenset(SubmissionState.values)
    assert DECISION.states() == frozenset(DecisionState.values)


def test_only_the_bloc_endorses_and_only_what_goes_through_it() -> None:
    endorsing = {route for route, table in TABLES.items() if any(s.action == "endorse" for s in table.steps)}
    assert endorsing == {Route.VIA_BLOC}


def test_granted_and_rejected_are_ends() -> None:
    for table in TABLES.values():
        assert table.steps_from(NominationState.GRANTED) == ()
        assert table.steps_from(NominationState.REJECTED) == ()
    assert [step.action for step in VIA_BLOC.steps_from(NominationState.WITHDRAWN)] == ["restore"]
    assert set(CLOSED) >= {NominationState.GRANTED, NominationState.WITHDRAWN}
