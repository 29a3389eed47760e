"""Who may, in this app. Predicates read the scope and the subject's own columns, so they cost no query."""

from typing import Any

from rules import predicate

from emulation.accounts.rules import has_seat, is_board, is_board_head
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


runs = leads | deputises

add_perm("blocs.list_blocyear", has_seat)
add_perm("blocs.view_blocyear", has_seat)
add_perm("blocs.edit_blocyear", is_board | runs)
add_perm("blocs.start_blocyear", is_board | runs)
add_perm("blocs.score_blocyear", is_board | runs)
add_perm("blocs.conclude_blocyear", is_board | runs)
add_perm("blocs.close_blocyear", is_board)
add_perm("blocs.reopen_blocyear", is_board_head)
add_perm("blocs.list_agency", has_seat)
add_perm("blocs.view_agency", has_seat)
add_perm("blocs.view_history", is_board | belongs | runs | monitors)
