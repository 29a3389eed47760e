"""Who may, in this app. Predicates read the scope and the subject's own columns, so they cost no query."""

from typing import Any

from rules import predicate

from blocs.domain.people import Chair
from blocs.enums import PaperState, StandingState
from emulation.accounts.domain.accounts import may_seat
from emulation.accounts.domain.scope import Capacity
from emulation.accounts.rules import acts_as_head, has_seat, is_account_manager, is_board
from emulation.core.access import Actor, add_perm


@predicate
def leads(actor: Actor, subject: Any) -> bool:
    """Whether the actor's agency leads the bloc year of the subject."""
    return subject is not None and subject.bloc_year_id in actor.scope.leads


@predicate
def deputises(actor: Actor, subject: Any) -> bool:
    """Whether the actor's agency is a deputy of the bloc year of the subject."""
    return subject is not None and subject.bloc_year_id in actor.scope.deputises


@predicate
def belongs(actor: Actor, subject: Any) -> bool:
    """Whether the actor's agency is a member of the bloc year of the subject."""
    return subject is not None and subject.bloc_year_id in actor.scope.member_of


@predicate
def monitors(actor: Actor, subject: Any) -> bool:
    """Whether the actor follows the bloc year of the subject for the council."""
    return subject is not None and subject.bloc_year_id in actor.scope.monitors


@predicate
def inherits(actor: Actor, subject: Any) -> bool:
    """Whether the actor's agency leads another year of the same bloc, so that this year's files came to it."""
    return subject is not None and subject.bloc_year_id in actor.scope.inherits


@predicate
def is_out(_actor: Actor, paper: Any) -> bool:
    """Whether the paper has left the hands of who drafts it."""
    return paper is not None and paper.state != PaperState.DRAFT


@predicate
def is_decided(_actor: Actor, standing: Any) -> bool:
    """Whether the standing is no longer provisional."""
    return standing is not None and standing.state != StandingState.PROVISIONAL


@predicate
def is_own(actor: Actor, membership: Any) -> bool:
    """Whether the membership is the actor's agency's."""
    return membership is not None and membership.agency_id == actor.scope.agency_id


@predicate
def speaks(actor: Actor, _subject: Any) -> bool:
    """Whether the actor's seat writes and signs for its agency."""
    return actor.scope.capacity in {Capacity.OFFICER, Capacity.SIGNER}


@predicate
def came_by_letter(_actor: Actor, opinion: Any) -> bool:
    """Whether a comment was typed by others from the member's letter."""
    return opinion is not None and opinion.signed_paper_id is not None


@predicate
def is_side(actor: Actor, handover: Any) -> bool:
    """Whether the actor's agency hands over or takes over."""
    agency = actor.scope.agency_id
    return handover is not None and agency is not None and agency in {handover.giver_id, handover.receiver_id}


@predicate
def is_signer(actor: Actor) -> bool:
    """Whether the actor signs for an agency."""
    return actor.scope.capacity == Capacity.SIGNER


@predicate
def is_public(_actor: Actor, paper: Any) -> bool:
    """Whether a signed paper has no subject of its own: decisions about the province's structure."""
    return paper is not None and paper.subject_label == ""


@predicate
def reads_year_of(actor: Actor, paper: Any) -> bool:
    """Whether a signed paper speaks of a bloc year the actor reads papers of."""
    scope = actor.scope
    read = scope.member_of | scope.leads | scope.deputises | scope.monitors | scope.inherits
    return paper is not None and paper.subject_label == "blocs.blocyear" and paper.subject_id in read


@predicate
def is_own_agency(actor: Actor, agency: Any) -> bool:
    """Whether the agency is the actor's."""
    return agency is not None and agency.pk == actor.scope.agency_id


@predicate
def seats_in(actor: Actor, chair: Chair | None) -> bool:
    """Whether the actor may give or end a seat of that capacity in that agency."""
    return chair is not None and may_seat(actor.scope, chair.capacity, chair.agency_id)


runs = leads | deputises
reads_paper = is_board | runs | ((belongs | monitors | inherits) & is_out)
reads_standing = is_board | runs | monitors | (has_seat & is_decided)

add_perm("blocs.list_blocyear", has_seat)
add_perm("blocs.view_blocyear", has_seat)
add_perm("blocs.edit_blocyear", is_board | runs)
add_perm("blocs.start_blocyear", is_board | runs)
add_perm("blocs.score_blocyear", is_board | runs)
add_perm("blocs.conclude_blocyear", is_board | runs)
add_perm("blocs.close_blocyear", is_board)
add_perm("blocs.reopen_blocyear", acts_as_head)
add_perm("blocs.list_agency", has_seat)
add_perm("blocs.view_agency", has_seat)
add_perm("blocs.view_history", is_board | belongs | runs | monitors | inherits)
add_perm("blocs.edit_members", is_board)
add_perm("blocs.open_year", is_board)
add_perm("blocs.view_signed_paper", is_board | (has_seat & is_public) | reads_year_of)

# Papers of the bloc. The subject is the paper; drafting the first one asks about the bloc year.
add_perm("blocs.list_blocpaper", is_board | belongs | runs | monitors | inherits)
add_perm("blocs.view_blocpaper", reads_paper)
for verb in ("draft", "edit", "circulate", "withdraw", "pass", "skip", "redraft", "open_signing", "finish", "reopen"):
    add_perm(f"blocs.{verb}_blocpaper", is_board | runs)

# Comments of members. The subject is the paper, the membership that speaks, or the comment.
add_perm("blocs.comment_blocpaper", is_board | runs | (belongs & speaks))
add_perm("blocs.give_opinion", is_board | runs | (is_own & speaks))
add_perm("blocs.edit_opinion", (is_own & speaks) | ((is_board | runs) & came_by_letter))
add_perm("blocs.settle_opinion", is_board | runs)

# Signatures and planned values. The subject is the membership that signs or plans.
add_perm("blocs.sign_covenant", is_signer & is_own)
add_perm("blocs.record_signature", is_board | runs | is_own)
add_perm("blocs.record_every_signature", is_board | runs)
add_perm("blocs.edit_target_values", is_board | runs | is_own)

add_perm("blocs.view_standing", reads_standing)
for verb in ("draft", "edit", "publish", "skip", "redraft", "correct"):
    add_perm(f"blocs.{verb}_standing", is_board | runs)

# Leadership: whom the meeting chose is the bloc's own act; terms of office are the board's.
add_perm("blocs.name_next_leader", is_board | runs)
add_perm("blocs.manage_term", is_board)
add_perm("blocs.view_handover", is_board | belongs | runs | monitors | inherits | is_side)
for verb in ("draft", "edit", "hand", "skip"):
    add_perm(f"blocs.{verb}_handover", is_board | runs)
add_perm("blocs.redraft_handover", is_board)

# The calendar: the board sets and extends days, the bloc says what is done or left out.
add_perm("blocs.set_milestone", is_board)
add_perm("blocs.extend_milestone", is_board)
add_perm("blocs.finish_milestone", is_board | runs)

for verb in ("list", "draft", "edit", "complete", "cancel"):
    add_perm(f"blocs.{verb}_succession", is_board)

# People: seats and accounts together. Whose account may be touched is `accounts.manage_user`.
add_perm("blocs.list_people", is_board | is_account_manager)
add_perm("blocs.give_seat", seats_in)
add_perm("blocs.transfer_person", is_board)
add_perm("blocs.list_unconfirmed", is_board)
add_perm("blocs.confirm_seat", is_board | (is_account_manager & is_own_agency))
