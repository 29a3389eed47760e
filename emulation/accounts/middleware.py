"""Who asks, in which seat; and the gate after login: change the password, enrol a second factor, choose a seat."""

from collections.abc import Callable
from typing import Any

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from emulation.accounts.queries import ANONYMOUS, actor_for, open_seats
from emulation.core.access import Actor

SEAT_KEY = "seat_id"
ALWAYS_OPEN = frozenset({"account_logout", "account_login", "health", "mfa_reauthenticate", "account_reauthenticate"})
PASSWORD_PAGES = ALWAYS_OPEN | {"account_change_password"}
FACTOR_PAGES = ALWAYS_OPEN | {
    "mfa_index", "mfa_activate_totp", "mfa_view_recovery_codes", "mfa_generate_recovery_codes",
    "mfa_download_recovery_codes", "mfa_add_webauthn", "mfa_list_webauthn",
}  # fmt: skip
SEAT_PAGES = FACTOR_PAGES | PASSWORD_PAGES | {"seat_choose", "mfa_deactivate_totp", "mfa_edit_webauthn", "mfa_remove_webauthn"}


class ActorAndGate:
    """Set `request.seats` and `request.actor` (read only when asked for) and lead new sessions through the gate."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: Any) -> HttpResponse:  # noqa: ANN401 - a request that grows attributes
        """Hang the lazy actor on the request."""
        request.seats = SimpleLazyObject(lambda: open_seats(request.user) if request.user.is_authenticated else [])
        request.actor = SimpleLazyObject(lambda: _actor(request))
        return self.get_response(request)

    def process_view(self, request: Any, _view: Any, _args: Any, _kwargs: Any) -> HttpResponse | None:  # noqa: ANN401
        """Send a person who has not passed the gate to its next door."""
        if not request.user.is_authenticated:
            return None
        name = request.resolver_match.url_name
        for is_shut, pages, door in _doors(request):
            if is_shut and name not in pages:
                return HttpResponseRedirect(reverse(door))
        return None


def _doors(request: Any) -> list[tuple[bool, frozenset[str], str]]:  # noqa: ANN401
    if request.user.must_change_password:
        return [(True, PASSWORD_PAGES, "account_change_password")]
    needs_factor = settings.REQUIRE_SECOND_FACTOR and (
        request.user.is_staff or any(seat.capacity.startswith("board") for seat in request.seats)
    )
    needs_seat = not request.actor.scope.has_seat and not request.user.is_staff
    return [
        (needs_factor and not is_mfa_enabled(request.user), FACTOR_PAGES, "mfa_index"),
        (needs_seat, SEAT_PAGES, "seat_choose"),
    ]


def _actor(request: Any) -> Actor:  # noqa: ANN401
    if not request.user.is_authenticated:
        return ANONYMOUS
    chosen = request.session.get(SEAT_KEY)
    seat = next((seat for seat in request.seats if seat.pk == chosen), None)
    if seat is None and len(request.seats) == 1:
        seat = request.seats[0]
    return actor_for(request.user, seat)
