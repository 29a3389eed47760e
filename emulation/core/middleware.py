"""Headers of every answer, and how refusals and lost sessions look."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from emulation.core.errors import Refused

CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'; manifest-src 'self'"
)
GetResponse = Callable[[HttpRequest], HttpResponse]


class SecurityHeaders:
    """A constant strict policy: possible because no inline script or style exists."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Add the headers an answer does not set itself."""
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", CSP)
        response.headers.setdefault("Permissions-Policy", "camera=(), microphone=(), geolocation=()")
        return response


class HtmxLogin:
    """A lost session under HTMX goes to the login page as a whole, instead of the login page into a table cell."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Turn a redirect to the login page into one of the browser, which comes back to the page it shows."""
        response = self.get_response(request)
        login = reverse(settings.LOGIN_URL)
        htmx: Any = getattr(request, "htmx", None)
        if htmx and response.status_code == 302 and response["Location"].startswith(login):  # noqa: PLR2004
            shown = htmx.current_url_abs_path
            target = redirect_to_login(shown, login).url if shown else response["Location"]
            return HttpResponse(status=204, headers={"HX-Redirect": target})
        return response


class Refusals:
    """A rule that said no becomes a page (or a toast) with its sentence: 409, nothing was saved."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Show the sentence of a refusal; other exceptions are not ours."""
        if not isinstance(exception, Refused):
            return None
        return render(request, "409.html", {"sentence": str(exception)}, status=409)
