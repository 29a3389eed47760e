"""The search in the head of every page."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from emulation.core.access import Actor, can
from emulation.desk.queries.search import find


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Show the blocs and agencies whose names hold every word typed."""
    actor: Actor = request.actor  # type: ignore[attr-defined] # set by ActorAndGate
    if not can(actor, "blocs.list_blocyear") or not can(actor, "blocs.list_agency"):
        raise Http404
    text = request.GET.get("q", "").strip()[:200]
    blocs, agencies = find(actor, text)
    return render(
        request, "desk/search.html", {"title": "Tìm kiếm", "text": text, "blocs": blocs, "agencies": agencies}
    )
