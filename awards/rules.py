"""Who may, in this app. Predicates read the scope and the subject's own columns, so they cost no query."""

from typing import Any

from rules import predicate

from awards.enums import DecisionState, NominationState, Route, SubmissionState
from emulation.accounts.domain.scope import Capacity
from emulation.accounts.rules import acts_as_head, has_seat, is_board
from emulation.core.access import Actor, add_perm

PROPOSERS = frozenset({Capacity.OFFICER, Capacity.SIGNER})


@predicate
def is_own(actor: Actor, nomination: Any) -> bool:
    """Whether the actor's agency proposes the nomination itself, on a route that is its own."""
    return (
        nomination is not None
        and actor.scope.capacity in PROPOSERS
        and nomination.owner_id == actor.scope.agency_id
        and nomination.route != Route.BOARD
    )


@predicate
def runs_bloc_of(actor: Actor, subject: Any) -> bool:
    """Whether the actor's agency leads or deputises in the bloc year the subject goes through."""
    return (
        subject is not None
        and subject.bloc_year_id is not None
        and subject.bloc_year_id in actor.scope.leads | actor.scope.deputises
    )


@predicate
def follows_bloc_of(actor: Actor, subject: Any) -> bool:
    """Whether the bloc year the subject goes through is followed by the actor, or its files were handed to it."""
    return (
        subject is not None
        and subject.bloc_year_id is not None
        and subject.bloc_year_id in actor.scope.monitors | actor.scope.inherits
    )


@predicate
def inherits_bloc_of(actor: Actor, subject: Any) -> bool:
    """Whether the files of the bloc year the subject goes through were handed to the actor's agency."""
    return subject is not None and subject.bloc_year_id is not None and subject.bloc_year_id in actor.scope.inherits


@predicate
def goes_via_bloc(_actor: Actor, nomination: Any) -> bool:
    """Whether the nomination goes through a bloc."""
    return nomination is not None and nomination.route == Route.VIA_BLOC


@predicate
def is_out(_actor: Actor, nomination: Any) -> bool:
    """Whether the nomination has left the hands of who drafts it."""
    return nomination is not None and nomination.state != NominationState.DRAFT


@predicate
def is_of_agency(_actor: Actor, submission: Any) -> bool:
    """Whether the dossier is an agency's, not a bloc's."""
    return submission is not None and submission.bloc_year_id is None


@predicate
def sends(actor: Actor, submission: Any) -> bool:
    """Whether the actor's agency is the sender."""
    return (
        submission is not None and actor.scope.capacity in PROPOSERS and submission.agency_id == actor.scope.agency_id
    )


@predicate
def monitors_bloc_of(actor: Actor, submission: Any) -> bool:
    """Whether the actor follows, for the council, the bloc year the dossier is of."""
    return submission is not None and submission.bloc_year_id in actor.scope.monitors


@predicate
def has_gone(_actor: Actor, submission: Any) -> bool:
    """Whether the dossier was sent, once at least."""
    return submission is not None and submission.state != SubmissionState.DRAFT


@predicate
def proposes(actor: Actor) -> bool:
    """Whether the actor writes nominations for an agency."""
    return actor.scope.capacity in PROPOSERS


@predicate
def runs_a_bloc(actor: Actor) -> bool:
    """Whether the actor's agency leads or deputises in some bloc."""
    return bool(actor.scope.leads | actor.scope.deputises)


@predicate
def follows_a_bloc(actor: Actor) -> bool:
    """Whether the actor follows some bloc for the council, or the files of one were handed to its agency."""
    return bool(actor.scope.inherits | actor.scope.monitors)


@predicate
def is_issued(_actor: Actor, decision: Any) -> bool:
    """Whether the decision was issued."""
    return decision is not None and decision.state == DecisionState.ISSUED


via_bloc_out = goes_via_bloc & is_out
reads_nomination = is_board | is_own | (via_bloc_out & (runs_bloc_of | follows_bloc_of))
reads_submission = is_board | runs_bloc_of | inherits_bloc_of | (monitors_bloc_of & has_gone) | (is_of_agency & sends)
reads_decision = is_board | (has_seat & is_issued)

add_perm("awards.list_nomination", is_board | proposes | runs_a_bloc | follows_a_bloc)
add_perm("awards.view_nomination", reads_nomination)
# Drafting asks about an unsaved nomination: its route, owner and bloc year.
add_perm("awards.draft_nomination", is_board | is_own)
add_perm("awards.paste_nominations", is_board)
add_perm("awards.edit_nomination", is_board | is_own)
add_perm("awards.submit_nomination", is_board | is_own | (goes_via_bloc & runs_bloc_of))
add_perm("awards.endorse_nomination", goes_via_bloc & (is_board | runs_bloc_of))
add_perm("awards.send_nomination", is_board | is_own | (goes_via_bloc & runs_bloc_of))
add_perm("awards.appraise_nomination", is_board)
add_perm("awards.hold_nomination", is_board)
add_perm("awards.approve_nomination", acts_as_head)

add_perm("awards.list_submission", is_board | proposes | runs_a_bloc | follows_a_bloc)
add_perm("awards.begin_submission", is_board | proposes | runs_a_bloc)
add_perm("awards.view_submission", reads_submission)
for verb in ("draft", "edit", "send"):
    add_perm(f"awards.{verb}_submission", is_board | runs_bloc_of | (is_of_agency & sends))
add_perm("awards.receive_submission", is_board)

add_perm("awards.list_decision", has_seat)
add_perm("awards.view_decision", reads_decision)
for verb in ("draft", "edit", "number"):
    add_perm(f"awards.{verb}_decision", is_board)
add_perm("awards.issue_decision", acts_as_head)
add_perm("awards.record_elsewhere", is_board)
add_perm("awards.list_grant", has_seat)
add_perm("awards.view_grant", has_seat)
add_perm("awards.revoke_grant", acts_as_head)
