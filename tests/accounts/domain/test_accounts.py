"""Who may reset whose account: a reset is a way in, so it never leads upward."""

import pytest

from emulation.accounts.domain.accounts import Account, may_manage, may_seat
from emulation.accounts.domain.scope import Capacity, Scope

HEAD = Scope(capacity=Capacity.BOARD_HEAD)
SPECIALIST = Scope(capacity=Capacity.BOARD_SPECIALIST)
MANAGER = Scope(capacity=Capacity.ACCOUNT_MANAGER, agency_id=7)
ADMIN = Scope(is_staff=True)


def account(*stands, user_id=2, is_staff=False):
    return Account(user_id=user_id, is_staff=is_staff, stands=frozenset(stands))


@pytest.mark.parametrize(
    ("scope", "subject", "expected"),
    [
        (ADMIN, account(), True),
        (ADMIN, account(is_staff=True), True),
        (HEAD, account(("board_head", None)), True),
        (HEAD, account(is_staff=True), False),
        (SPECIALIST, account(("board_specialist", None)), True),
        (SPECIALIST, account(("board_head", None), ("officer", 7)), False),
        (SPECIALIST, account(), True),
        (MANAGER, account(("officer", 7), ("signer", 7)), True),
        (MANAGER, account(("officer", 7), ("officer", 8)), False),
        (MANAGER, account(("account_manager", 7)), False),
        (MANAGER, account(("officer", 7), ("council", None)), False),
        (MANAGER, account(), False),
        (MANAGER, account(("officer", 7), is_staff=True), False),
        (Scope(capacity=Capacity.OFFICER, agency_id=7), account(("officer", 7)), False),
        (Scope(capacity=Capacity.COUNCIL), account(), False),
        (Scope(), account(), False),
    ],
)
def test_account_is_managed_by_who_stands_above_it(scope, subject, expected):
    assert may_manage(scope, 1, subject) is expected


@pytest.mark.parametrize("scope", [ADMIN, HEAD, SPECIALIST, MANAGER])
def test_nobody_manages_the_own_account(scope):
    assert may_manage(scope, 2, account(("officer", 7))) is False


@pytest.mark.parametrize(
    ("scope", "capacity", "agency_id", "expected"),
    [
        (HEAD, "board_head", None, True),
        (SPECIALIST, "board_head", None, False),
        (SPECIALIST, "board_specialist", None, True),
        (SPECIALIST, "account_manager", 8, True),
        (MANAGER, "officer", 7, True),
        (MANAGER, "signer", 7, True),
        (MANAGER, "officer", 8, False),
        (MANAGER, "officer", None, False),
        (MANAGER, "account_manager", 7, False),
        (MANAGER, "council", None, False),
        (Scope(capacity=Capacity.ACCOUNT_MANAGER), "officer", None, False),
        (Scope(capacity=Capacity.OFFICER, agency_id=7), "officer", 7, False),
        (ADMIN, "officer", 7, False),
        (Scope(), "officer", None, False),
    ],
)
def test_seat_is_given_by_who_stands_above_it(scope, capacity, agency_id, expected):
    assert may_seat(scope, capacity, agency_id) is expected
