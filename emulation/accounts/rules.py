"""Predicates about people alone; they read the scope and cost no query."""

from rules import predicate

from emulation.core.access import Actor


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
def is_admin(actor: Actor) -> bool:
    """Whether the actor administers the installation (Django admin)."""
    return actor.scope.is_staff
