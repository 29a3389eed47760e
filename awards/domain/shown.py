"""What of a nomination's state others than the board are shown before the decision; pure (DESIGN 6, PEERS-INTL R30).

What the board thinks is its own affair until there is a decision: from the appraisal on, senders and the bloc read one
and the same sentence, whatever the board found, approved, refused or asked for above. A line that comes back to them
(returned, rejected) is shown at once. When the dossier has its result, everything is said.
"""

from dataclasses import dataclass
from typing import Any

from awards.enums import NominationState as State
from awards.enums import SubmissionState

WAITING = "Đã thẩm định, chờ quyết định"
CONFIDENTIAL = frozenset({State.APPRAISED, State.APPROVED, State.REFUSED, State.PROPOSED_UP, State.NOT_GRANTED})
CONFIDENTIAL_VERBS = frozenset({
    "nomination_appraised", "nomination_unappraised", "nomination_approved", "nomination_refused",
    "nomination_unapproved", "nomination_proposed_up", "nomination_not_granted", "nomination_fell_back",
})  # fmt: skip
LOOKS = {
    State.DRAFT: "run",
    State.SUBMITTED: "soon",
    State.RETURNED: "bad",
    State.ENDORSED: "run",
    State.SENT: "soon",
    State.APPRAISED: "run",
    State.APPROVED: "ok",
    State.PROPOSED_UP: "run",
    State.GRANTED: "gold",
    State.REJECTED: "bad",
}


@dataclass(frozen=True)
class Shown:
    """A state as a page shows it: the word and its look."""

    word: str
    look: str


def is_confidential(nomination: Any, actor: Any) -> bool:
    """Whether what the board did with the nomination is not yet for that actor. Reads `nomination.submission`."""
    if actor.scope.is_board or nomination.state not in CONFIDENTIAL:
        return False
    dossier = nomination.submission
    return dossier is None or dossier.state != SubmissionState.DECIDED


def shown_state(nomination: Any, actor: Any) -> Shown:
    """Return the state of a nomination for that actor; every page that shows a state asks here."""
    if is_confidential(nomination, actor):
        return Shown(WAITING, "run")
    state = State(nomination.state)
    return Shown(str(state.label), LOOKS.get(state, ""))


def shown_award(nomination: Any, actor: Any) -> Any:
    """Return the award as that actor may know it: what was asked for, as long as the board's change is its own."""
    if nomination.asked_award_id and is_confidential(nomination, actor):
        return nomination.asked_award
    return nomination.award


def hides_event(verb: str, nomination: Any, actor: Any) -> bool:
    """Whether an event of the nomination would tell that actor what the board has not yet said."""
    return verb in CONFIDENTIAL_VERBS and not actor.scope.is_board and not _is_told(nomination)


def _is_told(nomination: Any) -> bool:
    dossier = nomination.submission
    return nomination.state == State.GRANTED or (dossier is not None and dossier.state == SubmissionState.DECIDED)
