"""The guide: one page a screen, and all of them on one page to print."""

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe


@dataclass(frozen=True)
class Chapter:
    """One chapter: its address, its heading, its text (templates/desk/guide/)."""

    slug: str
    title: str

    @property
    def template(self) -> str:
        """Return the template of the text."""
        return f"desk/guide/{self.slug}.html"


CHAPTERS = (
    Chapter("bat-dau", "Đăng nhập và chọn tư cách làm việc"),
    Chapter("trang-chu", "Trang chủ"),
    Chapter("khoi", "Khối thi đua"),
    Chapter("nam-cua-khoi", "Năm của khối: giao ước, xếp hạng, bàn giao"),
    Chapter("bao-cao-nam", "Báo cáo tổng kết: soạn nội dung, góp ý"),
    Chapter("so-lieu", "Số liệu của khối: tệp Excel"),
    Chapter("don-vi", "Đơn vị"),
    Chapter("nguoi-dung", "Người dùng và tài khoản"),
    Chapter("tim-kiem", "Tìm kiếm"),
    Chapter("van-ban", "Văn bản: báo cáo tổng kết năm"),
)


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
