"""Who asks, in which seat; the gate after login: password, second factor, seat; the short session of shared machines.

The gate is shut by default: what a person may reach before passing a door is listed by URL name, and the check runs
before the view whatever the method, for pages, parts of pages and the admin site alike.
"""

from collections.abc import Callable
from typing import Any

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth import logout
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from emulation.accounts import services
from emulation.accounts.domain.scope import BOARD
from emulation.accounts.models import User
from emulation.accounts.queries import ANONYMOUS, actor_for, factor_types, open_seats
from emulation.core import clock
from emulation.core.access import Actor

SEAT_KEY = "seat_id"
FACTOR_KEY = "second_factor_of"
SHARED_KEY = "shared_seen_at"
SHARED_IDLE_SECONDS = 30 * 60
SHARED_WRITE_SECONDS = 60

ALWAYS_OPEN = frozenset({"account_logout", "account_login", "account_inactive", "health"})
PASSWORD_PAGES = ALWAYS_OPEN | {"account_change_password"}
CONFIRM_PAGES = ALWAYS_OPEN | {"mfa_reauthenticate", "mfa_reauthenticate_webauthn"}
ENROL_PAGES = CONFIRM_PAGES | {
    "account_reauthenticate", "mfa_index", "mfa_activate_totp", "mfa_add_webauthn", "mfa_list_webauthn",
}  # fmt: skip
OWN_PAGES = PASSWORD_PAGES | ENROL_PAGES | {
    "mfa_deactivate_totp", "mfa_edit_webauthn", "mfa_remove_webauthn", "mfa_view_recovery_codes",
    "mfa_generate_recovery_codes", "mfa_download_recovery_codes", "seat_choose",
}  # fmt: skip

GetResponse = Callable[[HttpRequest], HttpResponse]


class SharedMachine:
    """End the session of a shared machine after half an hour of rest; it also ends with the browser."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Log out who rested too long; remember, at most once a minute, that somebody works here."""
        seen_at = request.session.get(SHARED_KEY)
        if seen_at is not None:
            rest = _timestamp() - seen_at
            if rest > SHARED_IDLE_SECONDS:
                logout(request)
            elif rest > SHARED_WRITE_SECONDS:
                request.session[SHARED_KEY] = _timestamp()
        return self.get_response(request)


def begin_shared(request: HttpRequest) -> None:
    """Make the session one of a shared machine."""
    request.session.set_expiry(0)
    request.session[SHARED_KEY] = _timestamp()


class ActorAndGate:
    """Set `request.seats` and `request.actor` (read only when asked for) and lead new sessions through the gate."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: Any) -> HttpResponse:
        """Hang the lazy actor on the request."""
        request.seats = SimpleLazyObject(lambda: open_seats(request.user) if request.user.is_authenticated else [])
        request.actor = SimpleLazyObject(lambda: _actor(request))
        return self.get_response(request)

    def process_view(self, request: Any, _view: Any, _args: Any, _kwargs: Any) -> HttpResponse | None:
        """Send a person who has not passed the gate to its next door; nobody but staff knows of the admin site."""
        if not request.user.is_authenticated:
            return None
        match = request.resolver_match
        is_admin_page = match.app_names[:1] == ["admin"]
        if is_admin_page and not request.user.is_staff:
            raise Http404
        door = _shut_door(request, is_admin_page=is_admin_page)
        if door is None or match.view_name in door[0]:
            return None
        target = reverse(door[1])
        if request.htmx:
            return HttpResponse(status=204, headers={"HX-Redirect": target})
        return HttpResponseRedirect(target)


def chosen_seat(request: Any) -> Any | None:
    """Return the open seat the session acts in: the chosen one, or the only one when nothing was chosen.

    A chosen seat that has ended is not quietly replaced by another: what was typed in one is never done in the next.
    """
    chosen = request.session.get(SEAT_KEY)
    if chosen is None:
        return request.seats[0] if len(request.seats) == 1 else None
    return next((seat for seat in request.seats if seat.pk == chosen), None)


def factor_used(*, request: HttpRequest, user: User, **_: Any) -> None:
    """Let a session that has shown a second factor through its door, for good: the check costs no query."""
    request.session[FACTOR_KEY] = user.pk


def factor_added(*, request: HttpRequest, user: User, authenticator: Authenticator, **_: Any) -> None:
    """Record it; codes for emergencies come along by themselves and open no door."""
    if authenticator.type != Authenticator.Type.RECOVERY_CODES:
        request.session[FACTOR_KEY] = user.pk
        _record("second_factor_added", request, user, authenticator)


def factor_removed(*, request: HttpRequest, user: User, authenticator: Authenticator, **_: Any) -> None:
    """Record it; without any factor left the session is back before the door."""
    if not factor_types(user):
        request.session.pop(FACTOR_KEY, None)
    if authenticator.type != Authenticator.Type.RECOVERY_CODES:
        _record("second_factor_removed", request, user, authenticator)


def factor_renewed(*, request: HttpRequest, user: User, authenticator: Authenticator, **_: Any) -> None:
    """Record that the emergency codes were made anew."""
    _record("recovery_codes_renewed", request, user, authenticator)


def _record(verb: str, request: HttpRequest, user: User, authenticator: Authenticator) -> None:
    actor = request.actor  # type: ignore[attr-defined] # set by ActorAndGate
    services.record_factor(verb=verb, kind=authenticator.type, user=user, actor=actor, at=clock.now())


def _shut_door(request: Any, *, is_admin_page: bool) -> tuple[frozenset[str], str] | None:
    """Return the first shut door, as the pages open before it and the page that opens it; None when all are open."""
    if request.user.must_change_password:
        return PASSWORD_PAGES, "account_change_password"
    if _lacks_factor(request):
        return _factor_door(request.user)
    is_seatless_admin = request.user.is_staff and (is_admin_page or not request.seats)
    if chosen_seat(request) is None and not is_seatless_admin:
        return OWN_PAGES, "seat_choose"
    return None


def _lacks_factor(request: Any) -> bool:
    if not settings.REQUIRE_SECOND_FACTOR or request.session.get(FACTOR_KEY) == request.user.pk:
        return False
    return request.user.is_staff or any(seat.capacity in BOARD for seat in request.seats)


def _factor_door(user: Any) -> tuple[frozenset[str], str]:
    """Return where to enrol a factor, or, for a session older than the factor, where to show it."""
    enrolled = factor_types(user)
    if not enrolled:
        return ENROL_PAGES, "mfa_index"
    return CONFIRM_PAGES, "mfa_reauthenticate_webauthn" if enrolled == {"webauthn"} else "mfa_reauthenticate"


def _actor(request: Any) -> Actor:
    if not request.user.is_authenticated:
        return ANONYMOUS
    return actor_for(request.user, chosen_seat(request))


def _timestamp() -> int:
    return int(clock.now().timestamp())
