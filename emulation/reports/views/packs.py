"""The papers of a dossier, a nomination or a decision: their page, the one button, all Word files at once."""

import io
import zipfile
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from emulation.core import clock, files
from emulation.core.access import can
from emulation.core.models import Document
from emulation.core.views import Page
from emulation.reports import queries
from emulation.reports.services import request

STOP_POLLING = 286


class PackPage(Page):
    """The pack of one row: GET shows it and, while papers are being made, is asked again; POST makes all of it."""

    permission = "reports.view_document"
    template_name = "reports/pack_detail.html"

    def load(self, pk: int, label: str) -> Any:
        """Return the row, or raise Http404 when the actor may not read its papers."""
        row = queries.rows_of(label).filter(pk=pk).first()
        if row is None:
            raise Http404
        self.require(Document(subject_label=label, subject_id=pk))
        return row

    def get(self, http: HttpRequest, pk: int, label: str) -> HttpResponse:
        """Show the papers, or under HTMX their card alone; when all have ended the browser is told to ask no more."""
        row = self.load(pk, label)
        pack = queries.document_pack(row=row, actor=self.actor)
        subject = queries.described(row)
        context = {"title": pack.title, "pack": pack, "subject": subject}
        if not getattr(http, "htmx", False):
            return self.show(context)
        return self.show(context, partial="pack", status=200 if pack.is_under_way else STOP_POLLING)

    def post(self, _http: HttpRequest, pk: int, label: str) -> HttpResponse:
        """Ask for every paper and show them."""
        row = self.load(pk, label)
        if not can(self.actor, "reports.request_document", row):
            raise Http404
        request.pack(row=row, actor=self.actor, at=clock.now())
        return HttpResponseRedirect(reverse(queries.PACKS[label].url, args=[pk]))


class PackZip(PackPage):
    """The newest Word file of each paper in one ZIP."""

    http_method_names = ["get"]

    def get(self, _http: HttpRequest, pk: int, label: str) -> HttpResponse:
        """Answer with the ZIP; raises Http404 when no paper was made yet."""
        row = self.load(pk, label)
        papers = queries.pack_files(row=row, actor=self.actor)
        if not papers:
            raise Http404
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
            for paper in papers:
                archive.writestr(paper.docx.name, files.read(paper.docx))
        return HttpResponse(
            buffer.getvalue(),
            headers={
                "Content-Type": "application/zip",
                "Content-Disposition": f'attachment; filename="bo-van-ban-{pk}.zip"',
                "Cache-Control": "private, no-store",
            },
        )
