"""The search in the head of every page."""

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from emulation.core.access import Actor, can
from emulation.desk.queries.search import find, find_all, hits

LONGEST = 200


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Show what matches every word typed, kind by kind; with `kind`, all of one kind in pages."""
    actor: Actor = request.actor  # type: ignore[attr-defined] # set by ActorAndGate
    if not can(actor, "blocs.list_blocyear"):
        raise Http404
    text = request.GET.get("q", "").strip()[:LONGEST]
    context = {"title": "Tìm kiếm", "text": text}
    if "kind" not in request.GET:
        found = find(actor, text)
        total = sum(kind.total for kind in found)
        return render(request, "desk/search.html", {**context, "found": found, "total": total})
    chosen = find_all(actor, text, request.GET["kind"])
    if chosen is None:
        raise Http404
    kind, rows = chosen
    page = Paginator(rows, settings.PAGE_SIZE).get_page(request.GET.get("page"))
    shown = {"kind": kind, "page": page, "hits": hits(kind, list(page))}
    return render(request, "desk/search_kind.html", {**context, **shown})
