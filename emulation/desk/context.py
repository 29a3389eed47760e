"""What the shell shows on every page."""

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from emulation.desk.queries.shell import shell_of


def shell(request: HttpRequest) -> dict[str, object]:
    """Return the shell's data, each part read only when a template asks for it."""
    frame = shell_of(request)
    return {
        "province": SimpleLazyObject(lambda: frame.province),
        "years": SimpleLazyObject(lambda: frame.years),
        "current_year": SimpleLazyObject(lambda: frame.current_year),
        "nav": SimpleLazyObject(lambda: frame.nav),
        "actor": SimpleLazyObject(lambda: frame.person),
    }
