"""What senders and blocs are shown of a nomination before its decision: one sentence, whatever the board thinks."""

from types import SimpleNamespace

import pytest

from awards.domain.appraisal import ACTS
from awards.domain.nomination import BOARD, VIA_BLOC
from awards.domain.shown import CONFIDENTIAL, CONFIDENTIAL_VERBS, WAITING, hides_event, shown_award, shown_state
from awards.enums import NominationState as State

MEMBER, OFFICER = (SimpleNamespace(scope=SimpleNamespace(is_board=is_board)) for is_board in (False, True))


def nomination(state: str, dossier: str | None = "received", **values: object) -> SimpleNamespace:
    submission = SimpleNamespace(state=dossier) if dossier else None
    said = {"asked_award_id": None, "asked_award": None, "award": "bk_tinh"} | values
    return SimpleNamespace(state=state, submission=submission, **said)


@pytest.mark.parametrize("state", State)
def test_board_reads_every_state_as_it_is(state: State) -> None:
    assert shown_state(nomination(state), OFFICER).word == state.label


def test_others_read_what_comes_back_and_one_sentence_for_what_the_board_weighs() -> None:
    told = {state: shown_state(nomination(state), MEMBER).word for state in State}
    assert {state for state, word in told.items() if word == WAITING} == CONFIDENTIAL
    assert told[State.RETURNED] == "Trả lại để hoàn thiện"
    assert told[State.REJECTED] == "Trả hồ sơ (không đủ điều kiện)"
    assert told[State.GRANTED] == "Đã có quyết định tặng"
    assert shown_state(nomination(State.REFUSED, None), MEMBER).word == WAITING


def test_when_the_dossier_has_its_result_everything_is_said() -> None:
    assert shown_state(nomination(State.REFUSED, "decided"), MEMBER).word == "Không đồng ý trình khen"


def test_award_the_board_chose_is_shown_as_it_was_asked_for() -> None:
    changed = {"asked_award_id": 1, "asked_award": "cstd_tinh"}
    assert shown_award(nomination(State.APPROVED, **changed), MEMBER) == "cstd_tinh"
    assert shown_award(nomination(State.APPROVED, **changed), OFFICER) == "bk_tinh"
    assert shown_award(nomination(State.GRANTED, **changed), MEMBER) == "bk_tinh"


def test_events_of_what_the_board_weighs_are_told_with_the_result() -> None:
    assert hides_event("nomination_refused", nomination(State.REFUSED), MEMBER)
    assert not hides_event("nomination_refused", nomination(State.REFUSED), OFFICER)
    assert not hides_event("nomination_refused", nomination(State.REFUSED, "decided"), MEMBER)
    assert not hides_event("nomination_sent_back", nomination(State.APPRAISED), MEMBER)
    assert not hides_event("nomination_approved", nomination(State.GRANTED), MEMBER)


def test_every_step_into_or_out_of_what_is_confidential_is_hidden_or_tells_the_sender_at_once() -> None:
    """A new step between confidential states must not slip into the timeline of others."""
    steps = [step for table in (VIA_BLOC, BOARD) for step in table.steps]
    into = {step.done for step in steps if step.target in CONFIDENTIAL}
    within = {step.done for step in steps if step.target == State.SENT and step.sources <= CONFIDENTIAL}
    assert into | within == CONFIDENTIAL_VERBS


def test_acts_in_bulk_start_where_their_steps_do() -> None:
    for act in ACTS.values():
        assert act.states == VIA_BLOC.step(act.action).sources | ({State.DRAFT} if act.action == "appraise" else set())
