"""The scan of a signed paper, after the rule of what the paper is about."""

from django.http import FileResponse, Http404, HttpRequest

from emulation.core import files
from emulation.core.models import SignedPaper
from emulation.core.views import Page


class SignedPaperScan(Page):
    """The scan of one signed paper."""

    permission = "blocs.view_signed_paper"

    def get(self, _request: HttpRequest, pk: int) -> FileResponse:
        """Stream it."""
        paper = SignedPaper.objects.select_related("scan").filter(pk=pk).first()
        if paper is None:
            raise Http404
        self.require(paper)
        if paper.scan is None:
            raise Http404
        return files.stream(paper.scan, inline=True)
