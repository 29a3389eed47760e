"""The bloc workbook: take it out, bring it in by two steps, decide about the rows that wait."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from blocs.models import Agency, BlocYear
from emulation.core import clock, files
from emulation.core.errors import Refused
from emulation.core.models import FileKind
from emulation.core.vietnamese import fold
from emulation.core.views import DetailPage, ListPage, Page
from emulation.desk.domain.sheets import sheet_by
from emulation.desk.domain.shown import mistakes, sections
from emulation.desk.domain.verdicts import Plan, RowVerdict, Verdict
from emulation.desk.forms import ParkedRowForm, UploadForm
from emulation.desk.models import ImportBatch, ParkedRow
from emulation.desk.queries import workbook as queries
from emulation.desk.renderers.workbook import book, empty_book
from emulation.desk.services import parked, undo, workbook

XLSX = files.MIME[FileKind.XLSX]


def _download(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


class WorkbookEmpty(Page):
    """The empty workbook, with its guide and example."""

    permission = "blocs.list_blocyear"

    def get(self, _request: HttpRequest) -> HttpResponse:
        """Answer with the file."""
        self.require()
        return _download(empty_book(), "khoi-thi-dua-mau.xlsx")


class WorkbookExport(Page):
    """A bloc's year as a workbook; for whoever may read its page."""

    permission = "blocs.view_blocyear"

    def get(self, _request: HttpRequest, pk: int) -> HttpResponse:
        """Answer with the file."""
        rows = BlocYear.objects.visible_to(self.actor).select_related("bloc", "year", "parent", "partition")
        row = rows.filter(pk=pk).first()
        if row is None:
            raise Http404
        self.require(row)
        content = book({sheet: [fact.values for fact in facts] for sheet, facts in queries.rows_of(row).items()})
        return _download(content, f"{fold(row.name).replace(' ', '-')[:80]}-{row.year.label}.xlsx")


class WorkbookList(ListPage):
    """Where a workbook is uploaded, and the uploads so far."""

    permission = "desk.import_workbook"
    template_name = "desk/workbook_list.html"

    def rows(self) -> QuerySet[ImportBatch]:
        """Return the uploads, the newest first."""
        return queries.batches()

    def context(self) -> dict[str, Any]:
        """Return the form, and how many rows wait."""
        return {"title": "Nhập từ Excel", "form": UploadForm(), "waiting_count": queries.waiting_rows().count()}

    def post(self, request: HttpRequest) -> HttpResponse:
        """Keep the file and show what it would change, or say what is wrong with it."""
        self.require()
        form = UploadForm(request.POST, request.FILES)
        if request.META.get("upload_too_large"):
            return self._again(UploadForm(), workbook.too_large())
        if not form.is_valid():
            return self._again(form, "")
        upload = form.cleaned_data["file"]
        try:
            batch, _ = workbook.upload(name=upload.name, content=upload.read(), actor=self.actor)
        except Refused as refusal:
            return self._again(form, str(refusal))
        return HttpResponseRedirect(reverse("workbook_detail", args=[batch.pk]))

    def _again(self, form: UploadForm, refusal: str) -> HttpResponse:
        page = Paginator(self.rows(), settings.PAGE_SIZE).get_page(1)
        return self.show({"page": page, **self.context(), "form": form, "refusal": refusal}, status=422)


class WorkbookDetail(DetailPage):
    """One upload: before the confirmation what it would change, afterwards what became of it."""

    permission = "desk.import_workbook"
    template_name = "desk/workbook_detail.html"
    queryset = ImportBatch.objects.select_related("file", "uploaded_by", "undone_by", "bloc_year__year")

    def context(self, row: ImportBatch, plan: Plan | None = None) -> dict[str, Any]:
        """Return the verdict of an open upload, or the account of a closed one."""
        if not row.is_open:
            waiting = list(row.parked.order_by("pk"))
            return {"title": "Kết quả nhập tệp", "parked": [queries.shown_parked(parked) for parked in waiting]}
        plan = plan or workbook.examine(row)
        counts = [(label, sum(_is(each, *verdicts) for each in plan.rows)) for label, verdicts in _COUNTED]
        return {
            "title": "Xem trước tệp số liệu",
            "plan": plan,
            "bloc": plan.bloc,
            "counts": counts,
            "mistakes": mistakes(plan),
            "sections": sections(plan),
        }

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Write what was shown; when the verdict is another by now, show it instead."""
        row = self.load()
        try:
            done = workbook.confirm(batch=row, digest=request.POST.get("digest", ""), actor=self.actor, at=clock.now())
        except workbook.Moved as moved:
            return self.show({"row": row, **self.context(row, moved.plan), "moved": str(moved)}, status=409)
        messages.success(request, f"Đã nhập tệp vào “{done.bloc_year}”.")
        return HttpResponseRedirect(reverse("workbook_detail", args=[row.pk]))


_COUNTED = (
    ("dòng mới", (Verdict.NEW,)),
    ("dòng thay đổi", (Verdict.CHANGED,)),
    ("dòng không đổi", (Verdict.UNCHANGED,)),
    ("dòng chờ xử lý", (Verdict.PARKED,)),
    ("dòng sai", (Verdict.ERROR,)),
)


def _is(row: RowVerdict, *verdicts: Verdict) -> bool:
    return row.verdict in verdicts and not row.is_settled


class WorkbookDiscard(DetailPage):
    """Put an upload aside: GET asks, POST does."""

    permission = "desk.import_workbook"
    template_name = "confirm_page.html"
    queryset = ImportBatch.objects.select_related("file")

    def context(self, row: ImportBatch) -> dict[str, Any]:
        """Return what the question says."""
        return {
            "title": "Bạn có chắc chắn muốn bỏ tệp này?",
            "texts": [f"Tệp “{row.file}” không được nhập. Số liệu trong hệ thống giữ nguyên; có thể tải tệp lên lại."],
            "action": self.request.path,
            "label": "Bỏ tệp",
            "back": reverse("workbook_detail", args=[row.pk]),
            "danger": True,
        }

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Put it aside."""
        workbook.discard(batch=self.load(), actor=self.actor)
        messages.success(request, "Đã bỏ tệp; số liệu giữ nguyên.")
        return HttpResponseRedirect(reverse("workbook_list"))


class WorkbookUndo(DetailPage):
    """Take an import back as a whole, with the reason: GET asks, POST does."""

    permission = "desk.import_workbook"
    template_name = "confirm_page.html"
    queryset = ImportBatch.objects.select_related("file", "bloc_year__year")

    def context(self, row: ImportBatch, note_error: str = "") -> dict[str, Any]:
        """Return what the question says."""
        what = (
            f"Mọi dòng tệp “{row.file}” đã ghi vào “{row.bloc_year}” trở về như trước khi nhập: dòng mới bị xóa, dòng "
            "thay đổi lấy lại nội dung cũ, dòng để chờ không còn chờ."
        )
        limits = (
            "Chỉ hoàn tác được khi chưa ai sửa hoặc dùng các dòng đó. Lý do được ghi vào lịch sử của khối, không xóa "
            "được; tệp có thể tải lên và nhập lại."
        )
        return {
            "title": "Bạn có chắc chắn muốn hoàn tác lần nhập này?",
            "texts": [what, limits],
            "action": self.request.path,
            "label": "Hoàn tác lần nhập",
            "back": reverse("workbook_detail", args=[row.pk]),
            "danger": True,
            "note_label": "Lý do",
            "note": self.request.POST.get("note", ""),
            "note_error": note_error,
        }

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Ask, or say why there is nothing to undo."""
        undo.refuse_other(self.load())
        return super().get(request, **kwargs)

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Undo it, or name the first obstacle; what was typed stays."""
        row = self.load()
        undo.refuse_other(row)
        try:
            undo.undo(batch=row, note=request.POST.get("note", ""), actor=self.actor, at=clock.now())
        except Refused as refusal:
            return self.show({"row": row, **self.context(row, str(refusal))}, status=422)
        messages.success(request, "Đã hoàn tác lần nhập; số liệu trở về như trước khi nhập.")
        return HttpResponseRedirect(reverse("workbook_detail", args=[row.pk]))


class WorkbookFile(DetailPage):
    """The uploaded file itself."""

    permission = "desk.import_workbook"
    queryset = ImportBatch.objects.select_related("file")

    def get(self, _request: HttpRequest, **_: Any) -> HttpResponse:  # type: ignore[override] # a file, not a page
        """Stream it."""
        return files.stream(self.load().file)  # type: ignore[return-value] # a streaming answer is one too


class ParkedList(ListPage):
    """The rows that wait for a human."""

    permission = "desk.place_row"
    template_name = "desk/parked_list.html"

    def rows(self) -> QuerySet[ParkedRow]:
        """Return the waiting rows, the newest upload first."""
        return queries.waiting_rows()

    def context(self) -> dict[str, Any]:
        """Return the title."""
        return {"title": "Dòng chờ xử lý"}

    def show(self, context: dict[str, Any], *, status: int = 200, partial: str = "") -> HttpResponse:
        """Say each row's sheet in words."""
        lines = [queries.shown_parked(row) for row in context["page"].object_list]
        return super().show({**context, "lines": lines}, status=status, partial=partial)


class ParkedDetail(DetailPage):
    """One waiting row: name its agency, mend its cells, or drop it."""

    permission = "desk.place_row"
    template_name = "desk/parked_detail.html"
    queryset = ParkedRow.objects.select_related("batch__file", "batch__bloc_year__year", "agency", "decided_by")

    def form(self, row: ParkedRow, verdict: RowVerdict, data: Any = None) -> ParkedRowForm:
        """Return the form over the row's cells and the agencies it may mean."""
        sheet = sheet_by(row.sheet)
        names = Agency.objects.in_bulk(verdict.candidates)
        choices = [(str(pk), _full(names[pk])) for pk in verdict.candidates]
        if verdict.verdict == Verdict.PARKED:
            choices.append((str(parked.NEW_AGENCY), "Đơn vị khác: tạo đơn vị mới"))
        texts = {key: text for key, (_, text) in row.texts.items()}
        return ParkedRowForm(data, columns=sheet.columns, texts=texts, choices=choices)

    def context(self, row: ParkedRow) -> dict[str, Any]:
        """Return the verdict as things stand now, and the form while the row waits."""
        shown = {"title": f"Dòng {row.number}, trang “{sheet_by(row.sheet).title}”", "line": queries.shown_parked(row)}
        if not row.is_waiting:
            return shown
        verdict = parked.verdict_on(row, parked.bloc_year_of(row))
        return {**shown, "verdict": verdict, "form": self.form(row, verdict)}

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Bring the row in, or say what is still wrong; what was typed stays."""
        row = self.load()
        if not row.is_waiting:
            raise Refused(parked.DECIDED)
        # What was typed decides which agencies are offered.
        verdict = parked.verdict_on(row, parked.bloc_year_of(row), cells=parked.mended(row, request.POST))
        form = self.form(row, verdict, request.POST)
        if form.is_valid():
            try:
                count = parked.place(
                    row=row, choice=form.named_agency, texts=form.texts, actor=self.actor, at=clock.now()
                )
            except Refused as refusal:
                form.add_error(None, str(refusal))
            else:
                messages.success(request, f"Đã nhập {count} dòng.")
                return HttpResponseRedirect(reverse("parked_list"))
        return self.show({"row": row, **self.context(row), "verdict": verdict, "form": form}, status=422)


class ParkedDrop(DetailPage):
    """Leave a waiting row out, with the reason: GET asks, POST does."""

    permission = "desk.place_row"
    template_name = "confirm_page.html"
    queryset = ParkedRow.objects.select_related("batch")

    def context(self, row: ParkedRow, note_error: str = "") -> dict[str, Any]:
        """Return what the question says."""
        return {
            "title": "Bạn có chắc chắn muốn bỏ dòng này?",
            "texts": [f"Dòng “{row}” không được nhập. Lý do được ghi vào lịch sử của khối, không xóa được."],
            "action": self.request.path,
            "label": "Bỏ dòng",
            "back": reverse("parked_detail", args=[row.pk]),
            "danger": True,
            "note_label": "Lý do",
            "note": self.request.POST.get("note", ""),
            "note_error": note_error,
        }

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Drop it; without a reason, ask again."""
        row = self.load()
        if not request.POST.get("note", "").strip():
            return self.show({"row": row, **self.context(row, "Ghi lý do bỏ dòng này.")}, status=422)
        parked.drop(row=row, note=request.POST["note"], actor=self.actor, at=clock.now())
        messages.success(request, "Đã bỏ dòng và ghi lý do vào lịch sử.")
        return HttpResponseRedirect(reverse("parked_list"))


def _full(agency: Agency) -> str:
    """Return an agency as a person tells it from its namesakes."""
    more = [agency.locality or "trong tỉnh", f"mã {agency.code}" if agency.code else ""]
    return f"{agency.name} ({', '.join(text for text in more if text)})"
