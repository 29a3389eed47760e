"""Predicates about people alone; they read the scope and the subject and cost no query."""

from rules import predicate

from emulation.accounts.domain.accounts import Account, may_manage
from emulation.accounts.domain.scope import Capacity
from emulation.core.access import Actor, add_perm


@predicate
def has_seat(actor: Actor) -> bool:
    """Whether the actor acts in an open seat."""
    return actor.scope.has_seat


@predicate
def is_board(actor: Actor) -> bool:
    """Whether the actor sits on the emulation board."""
    return actor.scope.is_board


@predicate
def is_board_head(actor: Actor) -> bool:
    """Whether the actor heads the emulation board."""
    return actor.scope.is_board_head


@predicate
def acts_as_head(actor: Actor) -> bool:
    """Whether the actor takes the head's acts on awards and years: as the head, or as the province lends them."""
    return actor.scope.acts_as_head


@predicate
def is_admin(actor: Actor) -> bool:
    """Whether the actor administers the installation (Django admin)."""
    return actor.scope.is_staff


@predicate
def is_account_manager(actor: Actor) -> bool:
    """Whether the actor manages the accounts of an agency."""
    return actor.scope.capacity == Capacity.ACCOUNT_MANAGER


@predicate
def manages(actor: Actor, subject: Account | None) -> bool:
    """Whether the actor may lock, reopen and reset that account."""
    return subject is not None and may_manage(actor.scope, actor.user_id, subject)


add_perm("accounts.invite_user", is_admin | is_board | is_account_manager)
add_perm("accounts.invite_administrator", is_admin)
add_perm("accounts.manage_user", manages)
