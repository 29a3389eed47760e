"""Admin pages that need a reason and leave an event, pages that only show, and those of the floor's own rows."""

import datetime as dt
import json
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse

from emulation.core import audit, clock, revisions
from emulation.core.admin_site import HouseAdmin
from emulation.core.models import Document, Event, Job, Province, SignedPaper, StoredFile, label_of

STALE = "Người khác vừa sửa mục này. Mở lại trang để xem nội dung mới rồi sửa lại."
RACE = "Chưa lưu được vì cùng lúc có người khác ghi mục trùng. Kiểm tra danh sách rồi thử lại."


class ReasonedForm(forms.ModelForm):  # type: ignore[type-arg] # generic for type checkers only
    """A form that asks why, and knows which state of the row it showed."""

    reason = forms.CharField(
        label="Lý do",
        max_length=500,
        strip=True,
        help_text="Ghi vào lịch sử và giữ mãi. Ví dụ: đính chính theo Quyết định số 12/QĐ-UBND.",
        widget=forms.TextInput(attrs={"class": "vTextField"}),
    )
    shown_revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

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

    @property
    def changed_columns(self) -> list[str]:
        """Return the names of the model's own fields that the form changed."""
        columns = {field.name for field in self._meta.model._meta.fields}
        return [name for name in self.changed_data if name in columns]


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
            "events": audit.timeline(label_of(row), row.pk),
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
    values unless they are private (`says_values`), for it can never be erased.
    """

    form = ReasonedForm
    fixed: Sequence[str] = ()
    says_values = True

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Administrators add."""
        return self.admin_site.has_permission(request)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Administrators change."""
        return self.admin_site.has_permission(request)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        """Return what is not typed, with what is fixed once the row is there."""
        return [*super().get_readonly_fields(request, obj), *(self.fixed if obj else ())]

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
        columns = form.changed_columns
        if change and not columns:
            return
        if change:
            self.update(act, obj, {name: getattr(obj, name) for name in columns})
        else:
            self.insert(act, obj)
        said = {name: [_plain(form.initial.get(name)), _plain(form.cleaned_data[name])] for name in columns}
        data = {"is_new": not change, "fields": said if self.says_values else columns}
        act.record("corrected", obj, note=form.cleaned_data["reason"], data=data)

    def insert(self, act: audit.Act, obj: Any) -> None:
        """Write a new row."""
        revisions.insert(obj)

    def update(self, act: audit.Act, obj: Any, values: dict[str, Any]) -> None:
        """Write the columns that changed."""
        revisions.save(obj, revision=obj.revision, at=act.at, **values)


def _plain(value: Any) -> Any:
    if isinstance(value, models.Model):
        return value.pk
    return value if value is None or isinstance(value, bool | int | str | Decimal | dt.date) else str(value)


@admin.register(Province)
class ProvinceAdmin(AuditedAdmin):
    """The one province."""

    fields = ["name", "place", "authority", "department", "board_label", "phone", "number_sign"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Add it once."""
        return super().has_add_permission(request) and not Province.objects.exists()

    def insert(self, act: audit.Act, obj: Province) -> None:
        """Write the one row."""
        obj.pk = 1
        super().insert(act, obj)


@admin.register(SignedPaper)
class SignedPaperAdmin(AuditedAdmin):
    """Papers signed outside."""

    list_display = ["number", "dated_on", "issuer"]
    search_fields = ["number", "issuer"]
    fields = ["number", "dated_on", "issuer"]


@admin.register(Event)
class EventAdmin(ReadOnlyAdmin):
    """The chain of events."""

    list_display = ["seq", "at", "verb", "subject_label", "subject_id", "actor_name", "actor_title", "note"]
    list_filter = ["subject_label", "verb"]
    search_fields = ["actor_name", "note"]
    ordering = ["-seq"]
    fields = [
        "seq", "at", "verb", "subject_label", "subject_id", "actor_name", "actor_title", "behalf_of", "note",
        "pretty_data", "digest", "previous",
    ]  # fmt: skip

    @admin.display(description="dữ liệu")
    def pretty_data(self, event: Event) -> str:
        """Return the data with blanks, to be read."""
        return json.dumps(json.loads(event.data), ensure_ascii=False)


@admin.register(Job)
class JobAdmin(ReadOnlyAdmin):
    """Jobs of the worker."""

    list_display = ["kind", "subject_label", "subject_id", "state", "attempt", "asked_by", "created_at", "finished_at"]
    list_filter = ["state", "kind"]
    list_select_related = ["asked_by"]
    ordering = ["-pk"]


@admin.register(Document)
class DocumentAdmin(ReadOnlyAdmin):
    """Papers the system made: which, when and by whom; what they say is read by who may read them."""

    list_display = ["kind", "subject_label", "subject_id", "version", "made_by", "created_at"]
    list_filter = ["kind"]
    list_select_related = ["made_by"]
    ordering = ["-pk"]
    fields = [
        "kind", "subject_label", "subject_id", "version", "inputs_hash", "number", "issued_on", "made_by", "created_at",
    ]  # fmt: skip


@admin.register(StoredFile)
class StoredFileAdmin(ReadOnlyAdmin):
    """Private files: that they are there, never their content."""

    list_display = ["name", "kind", "size", "stored_by", "created_at"]
    list_filter = ["kind"]
    list_select_related = ["stored_by"]
    ordering = ["-pk"]
    fields = ["name", "kind", "size", "sha256", "stored_by", "created_at"]
