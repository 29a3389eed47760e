"""Papers: the list, one paper, its files, the job that makes it."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from blocs.models import BlocPaper, BlocYear, EmulationYear
from emulation.core import clock, files, jobs
from emulation.core.access import can
from emulation.core.errors import Refused
from emulation.core.models import Document, DocumentKind, Job
from emulation.core.registry import job_kind
from emulation.core.views import DetailPage, FormPage, ListPage, Page
from emulation.reports import queries
from emulation.reports.filters import AwardPaperFilter, PaperFilter
from emulation.reports.forms import RegisterForm
from emulation.reports.queries.narratives import draft_for
from emulation.reports.queries.search import award_papers
from emulation.reports.rules import BLOC_YEAR
from emulation.reports.services import register, request

STOP_POLLING = 286


class PaperList(ListPage):
    """The papers of each bloc's year: whether they are made, being made, failed, signed."""

    permission = "reports.list_document"
    template_name = "reports/paper_list.html"
    filterset_class = PaperFilter

    def rows(self) -> QuerySet[BlocYear]:
        """Return the bloc years whose papers the actor reads."""
        return queries.bloc_years_with_papers(self.actor)

    def context(self) -> dict[str, Any]:
        """Add whether the whole province may be asked for."""
        return {
            "title": "Văn bản",
            "may_ask_all": can(self.actor, "reports.request_province_reports"),
            "may_change_templates": can(self.actor, "reports.manage_template"),
        }

    def show(self, context: dict[str, Any], *, status: int = 200, partial: str = "") -> HttpResponse:
        """Lay the latest paper and job beside each bloc year of the page."""
        page = context["page"]
        rows = queries.papers_listed(
            list(page.object_list),
            kind=context["filter"].chosen_kind,
            first=page.start_index(),
            actor=self.actor,
        )
        return super().show({**context, "rows": rows}, status=status, partial=partial)


class AwardPaperList(ListPage):
    """The papers of dossiers, nominations and decisions the actor may read, each in its newest version."""

    permission = "reports.list_document"
    template_name = "reports/award_paper_list.html"
    filterset_class = AwardPaperFilter

    def rows(self) -> QuerySet[Document]:
        """Return the papers, the newest year first."""
        return award_papers(self.actor)

    def context(self) -> dict[str, Any]:
        """Return the title."""
        return {"title": "Văn bản khen thưởng"}


class PaperDetail(DetailPage):
    """One version of a paper: files, hashes, số and ngày, signed scan, other versions."""

    permission = "reports.view_document"
    template_name = "reports/paper_detail.html"
    queryset = Document.objects.select_related("pdf", "docx", "signed_scan", "made_by")

    def context(self, row: Document) -> dict[str, Any]:
        """Return the bloc year, the other versions, what may be done."""
        return {
            "title": row.get_kind_display(),
            "back": self._back(row),
            "subject": queries.subject_of(row),
            "versions": queries.versions_of(row, actor=self.actor),
            "draft": self._draft(row),
            "may_register": can(self.actor, "reports.register_document", row),
        }

    def _back(self, row: Document) -> str:
        """Return the address of what the paper belongs to: the pack it was made with, or the list of papers."""
        pack = queries.PACKS.get(row.subject_label)
        return reverse(pack.url, args=[row.subject_id]) if pack else reverse("paper_list")

    def _draft(self, row: Document) -> BlocPaper | None:
        """Return the draft whose sections the report prints, where the actor may know of it."""
        if row.kind != DocumentKind.YEAR_REPORT:
            return None
        return draft_for(self.actor, row.subject_id)


class PaperRegister(FormPage):
    """Số, ngày, signed scan of a paper."""

    permission = "reports.register_document"
    template_name = "reports/paper_register.html"
    queryset = Document.objects.select_related("signed_scan")

    def form(self, row: Document, data: Any = None, files: Any = None) -> RegisterForm:
        """Return the form with what is stored."""
        return RegisterForm(data, files, initial={"number": row.number, "issued_on": row.issued_on})

    def context(self, row: Document) -> dict[str, Any]:
        """Return what the paper is about."""
        return {"title": "Ghi số, ngày, bản ký", "subject": queries.subject_of(row)}

    def save(self, row: Document, form: RegisterForm, revision: int) -> str:
        """Register and go back to the paper."""
        said = form.cleaned_data
        register.register(
            document=row,
            number=said["number"],
            issued_on=said["issued_on"],
            scan=said["scan"],
            revision=revision,
            actor=self.actor,
            at=clock.now(),
        )
        messages.info(self.request, "Đã ghi số, ngày của văn bản.")
        return reverse("paper_detail", args=[row.pk])


class PaperFile(Page):
    """One file of a paper, after the paper's permission."""

    permission = "reports.view_document"

    def get(self, _request: HttpRequest, pk: int, part: str) -> FileResponse:
        """Stream the PDF, the Word file or the signed scan."""
        document = Document.objects.select_related("pdf", "docx", "signed_scan").filter(pk=pk).first()
        if document is None:
            raise Http404
        self.require(document)
        stored = {"pdf": document.pdf, "docx": document.docx, "signed": document.signed_scan}[part]
        if stored is None:
            raise Http404
        return files.stream(stored, inline="download" not in self.request.GET)


class JobDetail(DetailPage):
    """A job as one can watch and leave it. The poll is also a sweep of this one row."""

    permission = "reports.view_job"
    template_name = "reports/job_detail.html"
    queryset = Job.objects.select_related("document", "result", "asked_by")

    def load(self) -> Job:
        """Return the job, after looking whether its worker still lives."""
        jobs.sweep(only=self.kwargs["pk"])
        return super().load()

    def context(self, row: Job) -> dict[str, Any]:
        """Return what the job is about, its parts, what may be done."""
        subject = queries.subject_of(row)
        return {
            "title": f"{job_kind(row.kind).label}: {subject}",
            "back": subject.url if row.subject_label != BLOC_YEAR and subject.url else reverse("paper_list"),
            "subject": subject,
            "parts": queries.parts_of(row),
            "may_read": row.document is not None and can(self.actor, "reports.view_document", row.document),
            "may_cancel": row.is_active and can(self.actor, "reports.cancel_job", row),
            "may_retry": row.can_retry and can(self.actor, "reports.retry_job", row),
        }

    def get(self, request: HttpRequest, **_: Any) -> HttpResponse:
        """Show the job, or under HTMX its state alone; an ended job tells the browser to ask no more."""
        row = self.load()
        context = {"row": row, **self.context(row)}
        if not getattr(request, "htmx", False):
            return self.show(context)
        return self.show(context, partial="status", status=200 if row.is_active else STOP_POLLING)


class JobFile(Page):
    """The ZIP of a job over the whole province."""

    permission = "reports.view_job"

    def get(self, _request: HttpRequest, pk: int) -> FileResponse:
        """Stream the file the job made."""
        job = Job.objects.select_related("result").filter(pk=pk).first()
        if job is None:
            raise Http404
        self.require(job)
        if job.result is None:
            raise Http404
        return files.stream(job.result)


class JobAct(DetailPage):
    """Stop or repeat a job."""

    queryset = Job.objects.all()
    http_method_names = ["post"]

    @property
    def permission(self) -> str:  # type: ignore[override] # it follows the act of the URL
        """Return the permission of the act."""
        return {"cancel": "reports.cancel_job", "retry": "reports.retry_job"}[self.kwargs["action"]]

    def post(self, _request: HttpRequest, **_: Any) -> HttpResponse:
        """Do it and show the job again."""
        job = self.load()
        {"cancel": jobs.cancel, "retry": jobs.retry}[self.kwargs["action"]](job=job, actor=self.actor, at=clock.now())
        return HttpResponseRedirect(reverse("job_detail", args=[job.pk]))


@require_POST
def report_request(http: HttpRequest, pk: int) -> HttpResponse:
    """Ask for the year-end report of a bloc and go to its job."""
    actor = http.actor  # type: ignore[attr-defined] # set by ActorAndGate
    bloc_year = BlocYear.objects.visible_to(actor).filter(pk=pk).first()
    if bloc_year is None or not can(actor, "reports.request_year_report", bloc_year):
        raise Http404
    job = request.year_report(bloc_year=bloc_year, actor=actor, at=clock.now())
    return HttpResponseRedirect(reverse("job_detail", args=[job.pk]))


@require_POST
def document_request(http: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """Ask for a paper of a bloc's year and go to its job."""
    actor = http.actor  # type: ignore[attr-defined] # set by ActorAndGate
    bloc_year = BlocYear.objects.visible_to(actor).filter(pk=pk).first()
    asked = next((known for known in DocumentKind if known.value == kind), None)
    if bloc_year is None or asked is None or not can(actor, "reports.request_document", bloc_year):
        raise Http404
    job = request.document(kind=asked, bloc_year=bloc_year, actor=actor, at=clock.now())
    return HttpResponseRedirect(reverse("job_detail", args=[job.pk]))


@require_POST
def province_request(http: HttpRequest) -> HttpResponse:
    """Ask for the reports of every bloc of a year and go to the job that gathers them."""
    actor = http.actor  # type: ignore[attr-defined] # set by ActorAndGate
    if not can(actor, "reports.request_province_reports"):
        raise Http404
    posted = http.POST.get("year", "")
    year = EmulationYear.objects.filter(pk=posted).first() if posted.isdecimal() else None
    if year is None:
        raise Refused("Chọn năm thi đua cần lập báo cáo rồi bấm lại.")
    job = request.province_reports(year=year, actor=actor, at=clock.now())
    return HttpResponseRedirect(reverse("job_detail", args=[job.pk]))
