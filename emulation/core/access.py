"""The one door to the rules: who may do what. Nobody passes by being a superuser."""

from dataclasses import dataclass
from typing import Any

from rules import RuleSet
from rules.predicates import Predicate

_RULES = RuleSet()


@dataclass(frozen=True)
class Actor:
    """Who acts: a user in one seat, and what that seat stands for (`accounts.domain.scope.Scope`).

    One hat at a time: a person with several seats acts through the one chosen in the header.
    """

    user_id: int | None
    name: str
    title: str
    seat_id: int | None
    scope: Any

    @property
    def is_anonymous(self) -> bool:
        """Whether nobody is logged in."""
        return self.user_id is None


def add_perm(name: str, predicate: Predicate) -> None:
    """Register the predicate of a permission; raises KeyError when the name is taken."""
    _RULES.add_rule(name, predicate)  # type: ignore[no-untyped-call] # the library ships no types


def can(actor: Actor, perm: str, obj: object = None) -> bool:
    """Say whether the actor may, in principle. When is the workflow's matter; an unknown permission raises KeyError."""
    return bool(_RULES[perm].test(actor, obj))


def permissions() -> frozenset[str]:
    """Return every registered permission."""
    return frozenset(_RULES)
