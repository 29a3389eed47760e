"""Admin pages that need a reason and leave an event, pages that only show, and those of the floor's own rows.

Administrators are not the board (DESIGN 8): what an app withholds has no page here, and leaves no trace on the pages
of events, papers and jobs. Stored files are listed without their names, for a name may say whom a dossier is about.
"""

import datetime as dt
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html_join

from emulation.core import admin_words, audit, clock, registry, revisions
from emulation.core.access import Actor
from emulation.core.admin_site import HouseAdmin, Section
from emulation.core.errors import Refused
from emulation.core.models import Document, Event, Job, Province, SignedPaper, StoredFile, label_of

STALE = "Người khác vừa sửa mục này. Mở lại trang để xem nội dung mới rồi sửa lại."
RACE = "Chưa lưu được vì cùng lúc có người khác ghi mục trùng. Kiểm tra danh sách rồi thử lại."
_withheld: set[str] = set()


def withhold(*rows: type[models.Model]) -> None:
    """Leave events, papers and jobs about these rows out of the admin site: administrators may not know of them."""
    _withheld.update(map(label_of, rows))


def constraint_faults(row: models.Model, sentences: Mapping[str, str], exclude: set[str] | None = None) -> list[str]:
    """Return a sentence for each constraint the row breaks, from `sentences` by the name of the constraint."""
    found = []
    for model, constraints in row.get_constraints():
        for constraint in constraints:
            try:
                constraint.validate(model, row, exclude=exclude)
            except ValidationError as wrong:
                found.append(sentences.get(constraint.name, " ".join(wrong.messages)))
    return found


def reason_field() -> forms.CharField:
    """Return the field that asks why."""
    return forms.CharField(
        label="Lý do",
        max_length=500,
        strip=True,
        error_messages={"required": "Ghi lý do trước khi lưu."},
        help_text="Ghi vào lịch sử và giữ mãi. Ví dụ: đính chính theo Quyết định số 12/QĐ-UBND.",
        widget=forms.TextInput(attrs={"class": "vTextField"}),
    )


class ReasonForm(forms.Form):
    """An act, with its reason."""

    reason = reason_field()


class ReasonedForm(forms.ModelForm):  # type: ignore[type-arg] # generic for type checkers only
    """A form that asks why, and knows which state of the row it showed."""

    reason = reason_field()
    sentences: Mapping[str, str] = {}
    shown_revision = forms.IntegerField(label="Lần sửa", widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk and hasattr(self.instance, "revision"):
            self.fields["shown_revision"].initial = self.instance.revision
        else:
            del self.fields["shown_revision"]

    def clean(self) -> dict[str, Any]:
        """Refuse when the row moved since it was shown; it stays locked until this save is over."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if "shown_revision" in self.fields:
            row: Any = type(self.instance)._default_manager.select_for_update().get(pk=self.instance.pk)
            if row.revision != cleaned.get("shown_revision"):
                raise ValidationError(STALE)
        return cleaned

    def _post_clean(self) -> None:
        """Say in words what the database would refuse: Django asks the row itself about its constraints."""

        def validate_constraints(exclude: set[str] | None = None) -> None:
            faults = constraint_faults(self.instance, self.sentences, exclude)
            if faults:
                raise ValidationError(faults)

        self.instance.validate_constraints = validate_constraints
        super()._post_clean()  # type: ignore[misc] # the stubs leave it out
        del self.instance.validate_constraints

    @property
    def changed_columns(self) -> list[str]:
        """Return the names of the model's own fields that the form changed."""
        columns = {field.name for field in self._meta.model._meta.fields}
        return [name for name in self.changed_data if name in columns]

    @property
    def changed_links(self) -> list[str]:
        """Return the names of the lists of other rows that the form changed."""
        links = {field.name for field in self._meta.model._meta.many_to_many}
        return [name for name in self.changed_data if name in links]


class TimelineAdmin(HouseAdmin):
    """A page whose history is the events of the row; Django's own log is not kept beside it."""

    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> None:  # type: ignore[override]
        """Keep no second log."""

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> None:  # type: ignore[override]
        """Keep no second log."""

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        """Show the events of the row."""
        row = self.get_object(request, object_id)
        if row is None or not self.has_view_permission(request, row):
            raise Http404
        context = {
            **self.admin_site.each_context(request),
            "title": f"Lịch sử: {row}",
            "object": row,
            "opts": self.opts,
            "history": admin_words.history(label_of(row), row.pk),
        }
        return TemplateResponse(request, "admin/object_history.html", context)


class ReadOnlyAdmin(TimelineAdmin):
    """A page that only shows: these rows are written by services."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Nothing is added here."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nothing is changed here."""
        return False


class AuditedAdmin(TimelineAdmin):
    """A page that adds and changes with a reason, in one transaction with one event `corrected`.

    `fixed` names fields that are set when the row is added and never changed here. The event says the old and the new
    values unless they are private (`says_values`), for it can never be erased. `sentences`: what to say of a
    constraint that a row breaks, by its name.
    """

    form = ReasonedForm
    formfield_overrides = {models.ManyToManyField: {"widget": forms.CheckboxSelectMultiple}}
    fixed: Sequence[str] = ()
    says_values = True
    sentences: Mapping[str, str] = {}

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Administrators add."""
        return self.admin_site.has_permission(request)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Administrators change."""
        return self.admin_site.has_permission(request)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        """Return what is not typed, with what is fixed once the row is there."""
        return [*super().get_readonly_fields(request, obj), *(self.fixed if obj else ())]

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:  # noqa: FBT001, FBT002 - Django's signature
        """Return the form with the sentences of this page."""
        form: Any = super().get_form(request, obj, change, **kwargs)
        form.sentences = self.sentences
        return form

    def get_fields(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        """Return the page's fields and, when it can be saved, the reason."""
        fields = [name for name in super().get_fields(request, obj) if name not in {"reason", "shown_revision"}]
        may_save = self.has_change_permission(request, obj) if obj else self.has_add_permission(request)
        if not may_save:
            return fields
        return [*fields, "reason", *(["shown_revision"] if obj and hasattr(obj, "revision") else [])]

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """Open one act around a save: its event is chained in as the last statement, or nothing is written."""
        if request.method != "POST":
            return super().changeform_view(request, object_id, form_url, extra_context)
        holder: Any = request
        try:
            with audit.act(actor=holder.actor, at=clock.now()) as holder.act:
                return super().changeform_view(request, object_id, form_url, extra_context)
        except (IntegrityError, ValidationError):
            self.message_user(request, RACE, messages.ERROR)
            return HttpResponseRedirect(request.get_full_path())

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:  # noqa: FBT001 - Django's signature
        """Write only what changed, and record it with the reason."""
        act: audit.Act = request.act  # type: ignore[attr-defined] # set by changeform_view
        columns, links = form.changed_columns, form.changed_links  # Django writes the links itself, after this
        if change and not columns + links:
            return
        if change:
            self.update(act, obj, {name: getattr(obj, name) for name in columns})
        else:
            self.insert(act, obj)
        said = {name: [plain(form.initial.get(name)), plain(form.cleaned_data[name])] for name in columns + links}
        data = {"is_new": not change, "fields": said if self.says_values else columns}
        act.record("corrected", obj, note=form.cleaned_data["reason"], data=data)

    def insert(self, act: audit.Act, obj: Any) -> None:
        """Write a new row."""
        revisions.insert(obj)

    def update(self, act: audit.Act, obj: Any, values: dict[str, Any]) -> None:
        """Write the columns that changed."""
        revisions.save(obj, revision=obj.revision, at=act.at, **values)


def plain(value: Any) -> Any:
    """Return a value as events hold it: rows as their ids."""
    if isinstance(value, models.Model):
        return value.pk
    if isinstance(value, list | models.QuerySet):
        return sorted(row.pk for row in value)
    return value if value is None or isinstance(value, bool | int | str | Decimal | dt.date) else str(value)


@dataclass(frozen=True)
class RowAct:
    """Something done to a row with a reason: its words, when it fits, and the service.

    `take` is called with the row under the name of its model (`user=`), `actor`, `at`, `note`; it may raise Refused.
    """

    name: str
    label: str
    sentence: str
    done: str
    fits: Callable[[Any], bool]
    take: Callable[..., Any]


class ActingAdmin(AuditedAdmin):
    """A page whose rows also know acts, each with a page of its own that asks why."""

    acts: Sequence[RowAct] = ()
    change_form_template = "admin/act_change_form.html"

    def may_act(self, request: Any, row: Any) -> bool:
        """Whether the administrator may act on the row."""
        return self.has_change_permission(request, row)

    def get_urls(self) -> list[URLPattern]:
        """Return Django's routes and the acts."""
        name = f"{self.opts.app_label}_{self.opts.model_name}_act"
        return [
            path("<int:pk>/act/<slug:name>/", self.admin_site.admin_view(self.act_view), name=name),
            *super().get_urls(),
        ]

    def change_view(self, request: Any, object_id: str, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        """Show the row with the acts that fit it now."""
        row = self.get_object(request, object_id)
        acts = [act for act in self.acts if act.fits(row)] if row is not None and self.may_act(request, row) else []
        return super().change_view(request, object_id, form_url, {"acts": acts, **(extra_context or {})})

    def act_view(self, request: Any, pk: int, name: str) -> HttpResponse:
        """Ask for the reason, then do it."""
        row = self.get_queryset(request).filter(pk=pk).first()
        act = next((act for act in self.acts if act.name == name), None)
        if row is None or act is None or not self.may_act(request, row):
            raise Http404
        form = ReasonForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            try:
                result = self.take(act, row, request.actor, form.cleaned_data["reason"])
            except Refused as wrong:
                form.add_error(None, str(wrong))
            else:
                return self.answer(request, row, act, result)
        title = f"{act.label}: {row}"
        return self.act_page(request, form, title=title, label=act.label, sentence=act.sentence, row=row)

    def take(self, act: RowAct, row: Any, actor: Actor, note: str) -> Any:
        """Do the act."""
        return act.take(**{str(self.opts.model_name): row}, actor=actor, at=clock.now(), note=note)

    def answer(self, request: Any, row: Any, act: RowAct, result: Any) -> HttpResponse:
        """Answer to an act that was done."""
        self.message_user(request, act.done, messages.SUCCESS)
        return HttpResponseRedirect(
            reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_change", args=[row.pk])
        )

    def act_page(
        self, request: HttpRequest, form: forms.Form, *, title: str, label: str, sentence: str = "", row: Any = None
    ) -> HttpResponse:
        """Show the page of an act: what it means, and the form; `label` is the button's."""
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": title,
            "form": form,
            "label": label,
            "sentence": sentence,
            "row": row,
        }
        return TemplateResponse(request, "admin/act.html", context, status=422 if form.is_bound else 200)


# --- The floor's own rows ---------------------------------------------------------------------------------------------

PRINTED = {
    "name": (
        "In ở đầu mọi trang, ở trang đăng nhập và trong câu của tờ trình, báo cáo thẩm định. "
        "Ghi cả chữ “tỉnh”, ví dụ: tỉnh Sông Lam."
    ),
    "place": (
        "In ở dòng địa danh, ngày tháng của văn bản. Ví dụ: Sông Lam, thành “Sông Lam, ngày 05 tháng 11 năm 2026”."
    ),
    "authority": (
        "In ở góc trái trên của văn bản và ở phần “Kính gửi” của tờ trình, báo cáo thẩm định. "
        "Ví dụ: UBND tỉnh Sông Lam."
    ),
    "department": (
        "In ở phần “Kính gửi”, “Nơi nhận” của văn bản của Khối và là cơ quan lập tờ trình, báo cáo thẩm định; "
        "ký hiệu của các văn bản đó lấy theo tên này. Ví dụ: Sở Nội vụ, thành “TTr-SNV”."
    ),
    "board_label": (
        "In ở trang đăng nhập và trang báo chưa được phân quyền. Ví dụ: Phòng Thi đua - Khen thưởng, Sở Nội vụ."
    ),
    "phone": "In ở danh mục bên trái, ở trang báo lỗi và phiếu giao tài khoản. Để trống nếu không có.",
    "number_sign": (
        "In ở dòng số, ký hiệu của báo cáo Khối, ví dụ BC-KTĐ thành “Số:    /BC-KTĐ”. "
        "Phần sau “BC-” cũng in ở các loại văn bản khác của Khối, ví dụ TB-KTĐ."
    ),
    "lends_head_acts": (
        "Đánh dấu thì chuyên viên cũng phê duyệt, không phê duyệt đề nghị, ghi ban hành, hủy, bỏ số quyết định, "
        "thu hồi khen thưởng và mở lại năm của khối. Không đánh dấu thì chỉ lãnh đạo cơ quan thường trực làm được."
    ),
}


class ProvinceForm(ReasonedForm):
    """The province, each field with where it is printed."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, words in PRINTED.items():
            if name in self.fields:
                self.fields[name].help_text = words


@admin.register(Province)
class ProvinceAdmin(AuditedAdmin):
    """The one province."""

    section = Section.PROVINCE
    form = ProvinceForm
    fields = ["name", "place", "authority", "department", "board_label", "phone", "number_sign", "lends_head_acts"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Add it once."""
        return super().has_add_permission(request) and not Province.objects.exists()

    def insert(self, act: audit.Act, obj: Province) -> None:
        """Write the one row."""
        obj.pk = 1
        super().insert(act, obj)


class NotWithheld(HouseAdmin):
    """Rows that speak of a subject: those about what administrators may not know of are left out."""

    def get_queryset(self, request: HttpRequest) -> Any:
        """Keep what administrators may know of."""
        return super().get_queryset(request).exclude(subject_label__in=_withheld)

    @admin.display(description="đối tượng", ordering="subject_label")
    def subject(self, row: Any) -> str:
        """Return what kind of row it is about, and which."""
        said = admin_words.kind_said(row.subject_label)
        return f"{said} ({row.subject_id})" if row.subject_id else said


@admin.register(SignedPaper)
class SignedPaperAdmin(NotWithheld, AuditedAdmin):
    """Papers signed outside."""

    section = Section.BLOCS
    list_display = ["number", "dated_on", "issuer"]
    search_fields = ["number", "issuer"]
    fields = ["number", "dated_on", "issuer"]


class SaidFilter(admin.SimpleListFilter):
    """A filter over a column of codes, said in words."""

    column = ""
    said: Callable[[str], str]

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """Return the codes there are with their words."""
        codes = model_admin.get_queryset(request).order_by().values_list(self.column, flat=True).distinct()
        return sorted(((code, type(self).said(code)) for code in codes), key=lambda pair: pair[1])

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        """Keep one code."""
        return queryset.filter(**{self.column: self.value()}) if self.value() else queryset


class VerbFilter(SaidFilter):
    """Which act."""

    title, parameter_name, column = "việc", "verb", "verb"
    said = staticmethod(admin_words.verb_said)


class SubjectFilter(SaidFilter):
    """About which kind of row."""

    title, parameter_name, column = "đối tượng", "subject_label", "subject_label"
    said = staticmethod(admin_words.kind_said)


@admin.register(Event)
class EventAdmin(NotWithheld, ReadOnlyAdmin):
    """The chain of events."""

    section = Section.HISTORY
    list_display = ["seq", "at", "act", "subject", "actor_name", "actor_title", "note"]
    list_filter = [SubjectFilter, VerbFilter]
    search_fields = ["actor_name", "note"]
    ordering = ["-seq"]
    fields = [
        "seq", "at", "act", "subject", "actor_name", "actor_title", "behalf_of", "note", "changes",
        "pretty_data", "digest", "previous",
    ]  # fmt: skip

    @admin.display(description="việc", ordering="verb")
    def act(self, event: Event) -> str:
        """Return what was done."""
        return admin_words.verb_said(event.verb)

    @admin.display(description="thay đổi")
    def changes(self, event: Event) -> str:
        """Return what was changed, a line each."""
        rows = ((change.label, change.old, change.new) for change in admin_words.changes_of(event))
        return format_html_join("", "<div>{}: {} → {}</div>", rows) or admin_words.MISSING

    @admin.display(description="dữ liệu máy đọc")
    def pretty_data(self, event: Event) -> str:
        """Return the data with blanks, to be read."""
        return json.dumps(json.loads(event.data), ensure_ascii=False)


@admin.register(Job)
class JobAdmin(NotWithheld, ReadOnlyAdmin):
    """Jobs of the worker."""

    section = Section.HISTORY
    list_display = ["kind_word", "subject", "state", "attempt", "asked_by", "created_at", "finished_at"]
    list_filter = ["state"]
    list_select_related = ["asked_by"]
    ordering = ["-pk"]
    fields = [
        "kind_word", "subject", "state", "stage", "done_count", "total_count", "attempt", "tries_left",
        "failure", "document", "asked_by", "asked_as", "created_at", "lease_until", "not_before", "finished_at",
    ]  # fmt: skip

    @admin.display(description="việc", ordering="kind")
    def kind_word(self, job: Job) -> str:
        """Return what is made."""
        return registry.job_kind(job.kind).label


@admin.register(Document)
class DocumentAdmin(NotWithheld, ReadOnlyAdmin):
    """Papers the system made: which, when and by whom; what they say is read by who may read them."""

    section = Section.HISTORY
    list_display = ["kind", "subject", "version", "made_by", "created_at"]
    list_filter = ["kind"]
    list_select_related = ["made_by"]
    ordering = ["-pk"]
    fields = ["kind", "subject", "version", "inputs_hash", "number", "issued_on", "made_by", "created_at"]


@admin.register(StoredFile)
class StoredFileAdmin(ReadOnlyAdmin):
    """Private files: that they are there, in a list without names, and nothing of what they hold."""

    section = Section.HISTORY
    list_display = ["pk", "kind", "size", "sha256", "stored_by", "created_at"]
    list_display_links = None
    list_filter = ["kind"]
    list_select_related = ["stored_by"]
    ordering = ["-pk"]

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Show the list only: the page of a file is headed by its name."""
        return obj is None and super().has_view_permission(request)
