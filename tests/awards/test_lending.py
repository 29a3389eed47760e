"""What the province may lend of the head's acts to the specialists of its board, and what it never does."""

import pytest

from blocs.domain.people import Chair
from emulation.accounts.domain.scope import Capacity, Scope
from emulation.core.access import Actor, can
from emulation.core.models import Province
from tests.world import World

LENT = (
    "awards.approve_nomination",
    "awards.issue_decision",
    "awards.revoke_grant",
    "blocs.reopen_blocyear",
)


def may(capacity: Capacity, permission: str, obj: object = None, *, lends: bool) -> bool:
    return can(Actor(None, "A", "", None, Scope(capacity=capacity, lends_head_acts=lends)), permission, obj)


@pytest.mark.parametrize("permission", LENT)
def test_acts_of_the_head_are_the_specialists_only_where_they_are_lent(permission: str) -> None:
    assert [may(Capacity.BOARD_HEAD, permission, lends=lends) for lends in (False, True)] == [True, True]
    assert [may(Capacity.BOARD_SPECIALIST, permission, lends=lends) for lends in (False, True)] == [False, True]
    assert not any(may(other, permission, lends=True) for other in (Capacity.COUNCIL, Capacity.SIGNER))


def test_seat_of_the_head_is_not_lent() -> None:
    chair = Chair(Capacity.BOARD_HEAD, None)
    assert not may(Capacity.BOARD_SPECIALIST, "blocs.give_seat", chair, lends=True)
    assert may(Capacity.BOARD_HEAD, "blocs.give_seat", chair, lends=False)


@pytest.mark.django_db
@pytest.mark.usefixtures("clock")
def test_setting_of_the_province_reaches_the_next_request(world: World) -> None:
    assert not world.actor("board_specialist").scope.acts_as_head
    Province.objects.update(lends_head_acts=True)
    scopes = {role: world.actor(role).scope for role in ("board_specialist", "council", "leader")}
    assert {role: scope.acts_as_head for role, scope in scopes.items()} == {
        "board_specialist": True, "council": False, "leader": False,
    }  # fmt: skip
    assert scopes["council"].monitors == {world.bloc_years["running"].pk}
