"""Lists of the admin site that go out to an Excel file and come in again, in two steps: preview, confirm."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core import signing
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse

from emulation.core import admin_sheets, audit, clock, exports, files
from emulation.core.admin import RACE, AuditedAdmin, ReasonForm, constraint_faults, plain
from emulation.core.admin_sheets import Plan, RowKind, Sheet, Verdict
from emulation.core.admin_words import IMPORTED
from emulation.core.errors import Refused
from emulation.core.models import FileKind, Province, StoredFile, label_of
from emulation.core.vietnamese import upper_first

_SALT = "admin.exchange"
CHOOSE = "Chọn tệp .xlsx đã điền rồi bấm Xem trước."
MOVED = "Dữ liệu đã thay đổi từ lúc xem trước; xem lại kết quả mới dưới đây rồi xác nhận."
NOTHING = "Tệp không có thay đổi nào so với hệ thống; không cần nhập."
WRONG = "Tệp còn dòng sai nên chưa nhập dòng nào; sửa các dòng đó trong tệp rồi tải lên lại."


class FileForm(forms.Form):
    """A filled-in list."""

    file = forms.FileField(
        label="Tệp Excel (.xlsx)",
        error_messages={
            "required": CHOOSE,
            "missing": CHOOSE,
            "invalid": CHOOSE,
            "empty": "Tệp rỗng; chọn lại tệp .xlsx đã điền.",
        },
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
    )


class ConfirmForm(ReasonForm):
    """The reason, for exactly the plan that was shown."""

    digest = forms.CharField(widget=forms.HiddenInput)


class ExchangeAdmin(AuditedAdmin):
    """A page whose list goes out and in.

    `sheet_key`: the columns that say which row is meant. `sheet_columns`: those of the file; without it, the page's.

    A file comes in whole or not at all, through the page's own writers, with one event that holds the reason, the
    counts, the file's hash and what became of each row. Its preview is made again before it is confirmed.
    """

    has_exchange = True
    change_list_template = "admin/exchange_list.html"
    sheet_columns: Sequence[str] = ()
    sheet_key: Sequence[str] = ("slug",)
    fixed_sentence = ""

    def sheet(self) -> Sheet:
        """Return how the list goes out and in."""
        columns: Any = self.sheet_columns or self.fields
        return Sheet(
            model=self.model,
            columns=columns,
            key=self.sheet_key,
            fixed=self.fixed,
            fixed_sentence=self.fixed_sentence,
            faults=lambda row: constraint_faults(row, self.sentences),
        )

    def get_urls(self) -> list[URLPattern]:
        """Return Django's routes and those of the file."""
        view, base = self.admin_site.admin_view, f"{self.opts.app_label}_{self.opts.model_name}"
        return [
            path("export/", view(self.export_view), name=f"{base}_export"),
            path("import/", view(self.import_view), name=f"{base}_import"),
            path("import/<str:token>/", view(self.preview_view), name=f"{base}_preview"),
            *super().get_urls(),
        ]

    def export_view(self, request: HttpRequest) -> HttpResponse:
        """Answer with the whole list; brought in again it changes nothing."""
        sheet = self.sheet()
        rows = self.get_queryset(request).order_by(*self.get_ordering(request), "pk")
        related = [field.name for field in sheet.fields().values() if field.is_relation]
        return exports.as_response(
            title=upper_first(str(self.opts.verbose_name_plural)),
            note="Sửa hoặc thêm dòng rồi nhập lại ở trang quản trị; giữ nguyên hàng tiêu đề.",
            columns=admin_sheets.headings(sheet),
            rows=(admin_sheets.cells(sheet, row) for row in rows.prefetch_related(*related)),
        )

    def import_view(self, request: Any) -> HttpResponse:
        """Take a file, look whether it can be read, and show what it would do."""
        form = FileForm(request.POST or None, request.FILES or None)
        if request.META.get("upload_too_large"):
            form.add_error("file", _too_large())
        elif request.method == "POST" and form.is_valid():
            try:
                stored = self._keep(request, form.cleaned_data["file"])
            except Refused as wrong:
                form.add_error("file", str(wrong))
            else:
                token = signing.dumps([label_of(self.model), stored.pk], salt=_SALT)
                return HttpResponseRedirect(self._url("preview", token))
        columns = [(admin_sheets.heading(field), admin_sheets.hint(field)) for field in self.sheet().fields().values()]
        more = {"form": form, "columns": columns, "key": self._key_words(), "title": f"Nhập {self.opts.verbose_name}"}
        return self._page(request, "admin/import.html", more, is_wrong=form.is_bound)

    def preview_view(self, request: Any, token: str) -> HttpResponse:
        """Show what the file would do; do it when that was confirmed with a reason."""
        stored = self._file_of(token)
        form = ConfirmForm(request.POST or None)
        plan = admin_sheets.plan(self.sheet(), files.read(stored))
        if request.method == "POST" and form.is_valid():
            try:
                plan = self._confirm(request, stored, form.cleaned_data)
            except Refused as wrong:
                form.add_error(None, str(wrong))
                plan = admin_sheets.plan(self.sheet(), files.read(stored))
            else:
                counts = plan.counts
                done = f"Đã nhập: {counts['new']} dòng mới, {counts['changed']} dòng thay đổi."
                self.message_user(request, done, messages.SUCCESS)
                return HttpResponseRedirect(self._url("changelist"))
        more = {"form": form, "plan": plan, "file": stored, "title": f"Xem trước: nhập {self.opts.verbose_name}"}
        return self._page(request, "admin/import_preview.html", more, is_wrong=form.is_bound)

    def _keep(self, request: Any, upload: Any) -> StoredFile:
        name, content = str(upload.name), upload.read()
        kind = files.accept(name, content, kinds={FileKind.XLSX})
        admin_sheets.plan(self.sheet(), content)
        return files.store(name=name, content=content, kind=kind, actor=request.actor)

    def _file_of(self, token: str) -> StoredFile:
        """Return the file an address was made for, on this page: no other stored file is read here."""
        try:
            label, pk = signing.loads(token, salt=_SALT)
        except signing.BadSignature:
            raise Http404 from None
        if label != label_of(self.model):
            raise Http404
        return StoredFile.objects.get(pk=pk)

    def _confirm(self, request: Any, stored: StoredFile, said: dict[str, str]) -> Plan:
        """Write what the plan with that digest says. Raises Refused; then nothing is written."""
        try:
            with audit.act(actor=request.actor, at=clock.now()) as act:
                # Two files may name the same new row, for which none stands yet: lock the one there always is.
                Province.objects.select_for_update().filter(pk=1).first()
                plan = admin_sheets.plan(self.sheet(), files.read(stored))
                if plan.counts["wrong"]:
                    raise Refused(WRONG)
                if not plan.may_confirm:
                    raise Refused(NOTHING)
                if plan.digest != said["digest"]:
                    raise Refused(MOVED)
                written = [self._write(act, row) for row in plan.verdicts if row.kind != RowKind.SAME]
                data = {**plan.counts, "sha256": stored.sha256, "rows": dict(written)}
                act.record(IMPORTED, self.model(), note=said["reason"], data=data)
        except (IntegrityError, ValidationError) as wrong:
            raise Refused(RACE) from wrong
        return plan

    def _write(self, act: audit.Act, verdict: Verdict) -> tuple[str, dict[str, Any]]:
        """Write a row through the page's own writers; return its id and what changed, as events hold it."""
        links = {field.name for field in self.opts.many_to_many}
        row: Any = verdict.row
        before = {} if verdict.kind == RowKind.NEW else self._present(row, verdict.values)
        if verdict.kind == RowKind.NEW:
            self.insert(act, row)
        else:
            self.update(act, row, {name: value for name, value in verdict.values.items() if name not in links})
        for name in links & set(verdict.values):
            getattr(row, name).set(verdict.values[name])
        return str(row.pk), {name: [before.get(name), plain(value)] for name, value in verdict.values.items()}

    def _present(self, row: models.Model, names: Any) -> dict[str, Any]:
        fresh = self.model._default_manager.get(pk=row.pk)
        links = {field.name for field in self.opts.many_to_many}
        return {name: plain(getattr(fresh, name).all() if name in links else getattr(fresh, name)) for name in names}

    def _key_words(self) -> str:
        return " và ".join(f"“{admin_sheets.heading(self.opts.get_field(name))}”" for name in self.sheet_key)

    def _url(self, name: str, *args: str) -> str:
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_{name}", args=args)

    def _page(self, request: HttpRequest, template: str, more: dict[str, Any], *, is_wrong: bool) -> HttpResponse:
        context = {**self.admin_site.each_context(request), "opts": self.opts, **more}
        return TemplateResponse(request, template, context, status=422 if is_wrong else 200)


def _too_large() -> str:
    return f"Tệp lớn hơn {settings.UPLOAD_LIMIT_MB} MB; xóa hình ảnh và các trang tính thừa rồi tải lên."
