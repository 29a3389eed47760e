"""The first page and its grid as a file, the choice of the year, and whether the house stands."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from django.contrib import admin
from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from blocs.domain.calendar import lateness
from blocs.queries.years import YEAR_KEY
from emulation.core import clock, exports, registry
from emulation.core.access import Actor, can
from emulation.core.vietnamese import date_short
from emulation.desk.domain.stages import LOOKS, Cell, counts, week
from emulation.desk.domain.todos import shown
from emulation.desk.filters import GridForm
from emulation.desk.queries import home as queries
from emulation.desk.queries.shell import Shell, shell_of

SHOWN_TODOS = 8  # the rest opens below them, so that the blocs stay in sight
_GRID_COLUMNS = (
    exports.Column("Khối", 40),
    exports.Column("Số đơn vị", 10),
    exports.Column("Trưởng khối", 36),
    exports.Column("Đầu mối", 24),
    exports.Column("Điện thoại", 16),
)


@dataclass(frozen=True)
class GridRow:
    """A line of the grid: the bloc, and those of its stages that are shown."""

    line: queries.HomeLine
    cells: tuple[Cell, ...]


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show what this seat owes and its blocs at a glance; to an administrator without a seat, the way to the admin."""
    actor: Actor = request.actor  # type: ignore[attr-defined] # set by ActorAndGate
    if not actor.scope.has_seat:
        may_administer = admin.site.has_permission(request)
        return render(request, "desk/home_admin.html", {"title": "Trang chủ", "may_administer": may_administer})
    shown = _grid(request, actor) if can(actor, "desk.view_grid") else _mine(request, actor)
    return render(request, "desk/home.html", {"title": "Trang chủ", **_todos(actor), **shown})


@require_safe
def grid_export(request: HttpRequest) -> HttpResponse:
    """Answer with the grid as an Excel file: the same rows, columns and filters."""
    actor: Actor = request.actor  # type: ignore[attr-defined] # set by ActorAndGate
    if not can(actor, "desk.view_grid"):
        raise Http404
    form, rows = _grid_rows(request, actor)
    return exports.as_response(
        title="Tình hình các khối theo từng bước",
        note=f"{form.words}; tính đến ngày {date_short(clock.today())}",
        columns=(*_GRID_COLUMNS, *(exports.Column(stage.title, 20) for stage in form.stages)),
        rows=[
            (
                row.line.row.name,
                row.line.member_count or row.line.row.stated_member_count,
                row.line.contact.leader,
                row.line.contact.officer,
                row.line.contact.phone,
                *(cell.words for cell in row.cells),
            )
            for row in rows
        ],
    )


def _todos(actor: Actor) -> dict[str, Any]:
    todos = shown(registry.todos(actor, clock.today()), clock.today())
    return {
        "todos": todos[:SHOWN_TODOS],
        "more_todos": todos[SHOWN_TODOS:],
        "todo_count": len(todos),
        "late_count": sum(todo.is_late for todo in todos),
    }


def _grid_rows(request: HttpRequest, actor: Actor) -> tuple[GridForm, list[GridRow]]:
    form = GridForm(request.GET, request=request)
    found = form.keep(queries.of_year(actor, form.chosen_year))
    lines = queries.home_lines(found, actor=actor, today=clock.today())
    kinds = {stage.kind for stage in form.stages}
    rows = [GridRow(line, tuple(cell for cell in line.cells if cell.stage.kind in kinds)) for line in lines]
    return form, [row for row in rows if form.fits(row.cells)]


def _grid(request: HttpRequest, actor: Actor) -> dict[str, Any]:
    form, rows = _grid_rows(request, actor)
    cells = [row.cells for row in rows]
    now = week(cells, clock.today())
    return {
        "grid": rows,
        "stages": form.stages,
        "filter": {"form": form},
        "is_narrowed": form.is_narrowed,
        "whose": form.whose,
        "year": form.chosen_year,
        "is_board": actor.scope.is_board,
        "member_count": sum(row.line.member_count or row.line.row.stated_member_count or 0 for row in rows),
        "counts": [(key, word, LOOKS.get(key, ""), count) for key, word, count in counts(cells)],
        "week": now,
        "week_late": lateness(now.due_on, None, clock.today()) if now else None,
        "today": clock.today(),
    }


def _mine(request: HttpRequest, actor: Actor) -> dict[str, Any]:
    lines = queries.home_lines(queries.of_all_years(actor), actor=actor, today=clock.today())
    year = shell_of(request).current_year
    return {
        "lines": lines,
        "year_lines": [line for line in lines if line.row.year_id == (year.pk if year else None) and line.steps],
        "year": year,
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
