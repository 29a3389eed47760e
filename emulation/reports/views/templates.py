"""The office's own Word templates: all kinds, one kind with its versions, files, trials, steps."""

from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from emulation.core import clock, files
from emulation.core.errors import Refused
from emulation.core.files import too_large
from emulation.core.models import DocumentKind, FileKind
from emulation.core.views import DetailPage, Page
from emulation.reports import queries
from emulation.reports.forms import TemplateForm
from emulation.reports.models import DocumentTemplate
from emulation.reports.papers.forms import FORMS
from emulation.reports.services import templates

DONE = {"activate": "Từ nay văn bản được lập theo mẫu này.", "retire": "Từ nay văn bản được lập theo mẫu có sẵn."}


class TemplateList(Page):
    """Every kind of paper with the template in use."""

    permission = "reports.manage_template"
    template_name = "reports/template_list.html"

    def get(self, _http: HttpRequest) -> HttpResponse:
        """Show the kinds."""
        self.require()
        return self.show({"title": "Mẫu văn bản", "lines": queries.template_lines()})


class TemplateKind(Page):
    """One kind: the built-in template to download, the versions of the office, a place to upload the next."""

    permission = "reports.manage_template"
    template_name = "reports/template_kind.html"

    def kind(self) -> DocumentKind:
        """Return the kind of the address, or raise Http404."""
        self.require()
        found = next((kind for kind in DocumentKind if kind.value == self.kwargs["kind"]), None)
        if found is None:
            raise Http404
        return found

    def page(self, kind: DocumentKind, form: TemplateForm, *, status: int = 200) -> HttpResponse:
        """Show the kind with a form."""
        versions = queries.versions_of_template(kind, actor=self.actor)
        context = {"title": f"Mẫu văn bản: {kind.label}", "kind": kind, "versions": versions, "form": form}
        return self.show(context, status=status)

    def get(self, _http: HttpRequest, **_: Any) -> HttpResponse:
        """Show the kind."""
        return self.page(self.kind(), TemplateForm())

    def post(self, http: HttpRequest, **_: Any) -> HttpResponse:
        """Store an edited template, or say what is wrong with it."""
        kind, form = self.kind(), TemplateForm(http.POST, http.FILES)
        if http.META.get("upload_too_large"):
            form.errors.pop("file", None)  # a file that was not read is not missing
            form.add_error("file", too_large())
        if not form.is_valid():
            return self.page(kind, form, status=422)
        said = form.cleaned_data
        try:
            templates.upload(kind=kind, **said, actor=self.actor, at=clock.now())
        except Refused as refused:
            form.add_error(None, str(refused))
            return self.page(kind, form, status=422)
        messages.success(http, "Đã tải mẫu lên, đang chạy thử. Mẫu chạy thử đạt thì đưa vào dùng được.")
        return HttpResponseRedirect(reverse("template_kind", args=[kind.value]))


class TemplateBuiltIn(TemplateKind):
    """The template the system comes with, to be edited in Word."""

    http_method_names = ["get"]

    def get(self, _http: HttpRequest, **_: Any) -> FileResponse:  # type: ignore[override] # a file, not a page
        """Stream the Word file."""
        form = FORMS[self.kind()]
        return FileResponse(
            form.docx.open("rb"),
            as_attachment=True,
            filename=f"mau-{form.stem}.docx",
            content_type=files.MIME[FileKind.DOCX],
        )


class TemplateFile(DetailPage):
    """The Word file of a version."""

    permission = "reports.manage_template"
    queryset = DocumentTemplate.objects.select_related("file")

    def get(self, _http: HttpRequest, **_: Any) -> FileResponse:  # type: ignore[override] # a file, not a page
        """Stream the Word file."""
        return files.stream(self.load().file)


class TemplateAct(DetailPage):
    """Try a version, bring it into use, take it out of use."""

    permission = "reports.manage_template"
    queryset = DocumentTemplate.objects.all()
    http_method_names = ["post"]

    def post(self, http: HttpRequest, action: str, **_: Any) -> HttpResponse:
        """Do it and show the kind again."""
        row = self.load()
        if action == "try":
            templates.try_out(template=row, actor=self.actor, at=clock.now())
        else:
            templates.take(template=row, action=action, actor=self.actor, at=clock.now())
            messages.success(http, DONE[action])
        return HttpResponseRedirect(reverse("template_kind", args=[row.kind]))
