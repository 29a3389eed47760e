"""Who may give, lock and reset whose account; pure. A reset is a way into an account, so it never leads upward."""

from dataclasses import dataclass

from emulation.accounts.domain.scope import Capacity, Scope

# The password of every login of the demo, printed for everybody; production refuses it.
DEMO_PASSWORD = "thidua-2026"  # noqa: S105 - see above
OWN_AGENCY_ONLY = frozenset({Capacity.OFFICER, Capacity.SIGNER})


@dataclass(frozen=True)
class Account:
    """An account as a subject of permissions: whose it is, and every seat that has not ended as (capacity, agency id).

    A seat that begins later counts: who resets the password today would sit in it tomorrow.
    """

    user_id: int
    is_staff: bool = False
    stands: frozenset[tuple[str, int | None]] = frozenset()


def may_manage(scope: Scope, user_id: int | None, account: Account) -> bool:
    """Whether a person in that scope may lock, reopen and reset the account.

    Administrators all but their own; the board everybody but administrators, and its head only by the head; an
    agency's account manager those whose every open seat is an officer's or a signer's of that agency.
    """
    if account.user_id == user_id:
        return False
    if scope.is_staff:
        return True
    if account.is_staff:
        return False
    if scope.is_board:
        is_of_head = any(capacity == Capacity.BOARD_HEAD for capacity, _ in account.stands)
        return scope.is_board_head or not is_of_head
    if scope.capacity != Capacity.ACCOUNT_MANAGER or not account.stands:
        return False
    return all(capacity in OWN_AGENCY_ONLY and agency_id == scope.agency_id for capacity, agency_id in account.stands)


def may_seat(scope: Scope, capacity: str, agency_id: int | None) -> bool:
    """Whether a person in that scope may give or end a seat of that capacity; whose it is, `may_manage` says.

    The board every seat, its head's only the head; an agency's account manager an officer's or a signer's of that
    agency, so that no right is raised by who manages accounts.
    """
    if scope.is_board:
        return capacity != Capacity.BOARD_HEAD or scope.is_board_head
    if scope.capacity != Capacity.ACCOUNT_MANAGER or scope.agency_id is None:
        return False
    return capacity in OWN_AGENCY_ONLY and agency_id == scope.agency_id
