"""The first page, the choice of the year, and whether the house stands."""

from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from django.conf import settings
from django.contrib import admin
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.db import DatabaseError, connection
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from blocs.queries.years import YEAR_KEY
from emulation.accounts.domain.scope import Capacity
from emulation.core import clock
from emulation.core.access import Actor, can
from emulation.desk.queries import home as queries
from emulation.desk.queries.shell import Shell, shell_of
from emulation.desk.queries.workbook import waiting_rows


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show what this seat owes and its blocs at a glance; to an administrator without a seat, the way to the admin."""
    actor: Actor = request.actor  # type: ignore[attr-defined] # set by ActorAndGate
    if not actor.scope.has_seat:
        may_administer = admin.site.has_permission(request)
        return render(request, "desk/home_admin.html", {"title": "Trang chủ", "may_administer": may_administer})
    return render(request, "desk/home.html", _board(request, actor) if actor.scope.is_board else _mine(request, actor))


def _board(request: HttpRequest, actor: Actor) -> dict[str, Any]:
    year = shell_of(request).current_year
    page = Paginator(queries.overview(actor, year), settings.PAGE_SIZE).get_page(request.GET.get("page"))
    lines = queries.home_lines(page.object_list, actor=actor, today=clock.today())
    return {
        "title": "Trang chủ",
        "lines": lines,
        "page": page,
        "is_board": True,
        "waiting_count": waiting_rows().count() if can(actor, "desk.place_row") else 0,
        "today": clock.today(),
    }


def _mine(request: HttpRequest, actor: Actor) -> dict[str, Any]:
    lines = queries.home_lines(queries.overview(actor, None), actor=actor, today=clock.today())
    todos = queries.todos(lines)
    follows = actor.scope.capacity == Capacity.COUNCIL
    return {
        "title": "Trang chủ",
        "todo_title": "Mốc sắp đến hạn" if follows else "Việc cần làm",
        "mine_title": "Các khối theo dõi" if follows else "Các khối của tôi",
        "lines": lines,
        "todos": todos,
        "late_count": sum(1 for todo in todos if todo.urgency == "bad"),
        "year_lines": queries.year_lines(lines, shell_of(request).current_year),
        "today": clock.today(),
    }


@require_POST
def year_choose(request: HttpRequest) -> HttpResponse:
    """Remember the year chosen in the head and go back to the page; a list's own choice of year gives way to it."""
    shell: Shell = shell_of(request)
    if not shell.actor.scope.has_seat:
        raise Http404
    year = next((year for year in shell.years if str(year.pk) == request.POST.get("year")), None)
    if year is None:
        raise Http404
    request.session[YEAR_KEY] = year.pk
    return HttpResponseRedirect(_without_year(request, request.POST.get("next", "")))


def _without_year(request: HttpRequest, target: str) -> str:
    if not url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure()):
        return reverse("home")
    parts = urlsplit(target)
    kept = [(name, value) for name, value in parse_qsl(parts.query) if name not in {"year", "page"}]
    return parts._replace(query=urlencode(kept)).geturl()


@never_cache
@login_not_required
@require_safe
def health(_request: HttpRequest) -> HttpResponse:
    """Answer 200 "ok" while the database answers, else 503."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return HttpResponse("database unavailable", status=503, content_type="text/plain")
    return HttpResponse("ok", content_type="text/plain")
