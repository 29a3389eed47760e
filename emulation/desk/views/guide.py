"""The guide: one page a screen, and all of them on one page to print."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from emulation.desk.domain.guide import CHAPTERS


@require_safe
def guide(request: HttpRequest) -> HttpResponse:
    """Show every chapter on one page; each has its anchor."""
    return render(request, "desk/guide.html", {"title": "Hướng dẫn sử dụng", "chapters": CHAPTERS})


@require_safe
def guide_chapter(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one chapter."""
    chapter = next((chapter for chapter in CHAPTERS if chapter.slug == slug), None)
    if chapter is None:
        raise Http404
    return render(
        request, "desk/guide_chapter.html", {"title": chapter.title, "chapter": chapter, "chapters": CHAPTERS}
    )
