"""Form fields of the house: dates and points the Vietnamese way, with sentences that say what to do."""

import datetime as dt
import uuid
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from emulation.core import clock
from emulation.core.papers import OnPaper
from emulation.core.vietnamese import date_short, number, parse_date, parse_number


class DateField(forms.CharField):
    """A date as dd/mm/yyyy; the value is a date or None."""

    def __init__(self, **options: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "numeric", "placeholder": "ngày/tháng/năm", "autocomplete": "off"})
        super().__init__(**{"widget": widget, **options})

    def prepare_value(self, value: Any) -> Any:
        """Show a date as dd/mm/yyyy and typed text as it was typed."""
        return date_short(value) if isinstance(value, dt.date) else value

    def clean(self, value: Any) -> dt.date | None:
        """Return the date; raises ValidationError with a sentence."""
        text = super().clean(value)
        try:
            return parse_date(text) if text else None
        except ValueError as wrong:
            raise ValidationError(str(wrong)) from None


class PointsField(forms.CharField):
    """A decimal number with comma or point; the value is a Decimal or None."""

    def prepare_value(self, value: Any) -> Any:
        """Show a number with its comma and typed text as it was typed."""
        return number(value) if isinstance(value, Decimal) else value

    def clean(self, value: Any) -> Decimal | None:
        """Return the number; raises ValidationError with a sentence."""
        text = super().clean(value)
        try:
            return parse_number(text) if text else None
        except ValueError as wrong:
            raise ValidationError(str(wrong)) from None


class PastDateField(DateField):
    """A date that cannot lie in the future; the value is a date or None."""

    def clean(self, value: Any) -> dt.date | None:
        """Return the date; raises ValidationError with a sentence."""
        day = super().clean(value)
        if day and day > clock.today():
            raise ValidationError("Ngày này ở tương lai; kiểm tra lại ngày đã nhập.")
        return day


class KeyField(forms.UUIDField):
    """The key of a form that creates a row (`Stamped.creation_key`): a second click of a page finds the first."""

    def __init__(self, **options: Any) -> None:
        again = {"required": "Tải lại trang rồi nhập lại."}
        super().__init__(**{"widget": forms.HiddenInput, "initial": uuid.uuid4, "error_messages": again, **options})


class OnPaperForm(forms.Form):
    """The four fields about a signed paper, for any form whose act may rest on one ("paper first").

    `needs_paper` (a keyword of the constructor): whether number, date and issuer must be given.
    `issuer`: what stands in the issuer's field at first.
    """

    paper_number = forms.CharField(
        label="Số, ký hiệu văn bản", max_length=60, required=False, help_text="Bỏ trống nếu văn bản không có số"
    )
    paper_dated_on = PastDateField(label="Ngày văn bản", required=False)
    paper_issuer = forms.CharField(label="Cơ quan ban hành", max_length=300, required=False)
    paper_scan = forms.FileField(
        label="Bản quét đã ký", required=False, help_text="PDF hoặc ảnh, tối đa 20 MB. Có thể bổ sung sau"
    )

    def __init__(self, *args: Any, needs_paper: bool = False, issuer: str = "", **options: Any) -> None:
        super().__init__(*args, **options)
        self.needs_paper = needs_paper
        if issuer:
            self.fields["paper_issuer"].initial = issuer

    def clean(self) -> dict[str, Any]:
        """Ask for date and issuer once anything is said about a paper, or always when one is needed."""
        said = super().clean() or {}
        told = any(said.get(name) for name in ("paper_number", "paper_dated_on", "paper_scan"))
        if told or self.needs_paper:
            if not said.get("paper_dated_on") and "paper_dated_on" not in self.errors:
                self.add_error("paper_dated_on", "Ghi ngày của văn bản đã ký.")
            if not said.get("paper_issuer") and "paper_issuer" not in self.errors:
                self.add_error("paper_issuer", "Ghi cơ quan ban hành văn bản đã ký.")
        return said

    def on_paper(self) -> OnPaper | None:
        """Return the paper of a valid form; None when nothing was said about one."""
        said = self.cleaned_data
        if not said.get("paper_dated_on"):
            return None
        return OnPaper(said["paper_number"], said["paper_dated_on"], said["paper_issuer"], said.get("paper_scan"))


class StepForm(OnPaperForm):
    """What a workflow step asks: the reason where one is needed, the paper it rests on, for whom it is taken.

    `needs_note`: whether a reason must be given. `behalf`: names the actor may act for; with one the paper is needed.
    """

    note = forms.CharField(label="Lý do", max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3}))
    behalf_of = forms.ChoiceField(
        label="Làm thay cho",
        required=False,
        help_text="Khi đơn vị đã làm bằng văn bản giấy; ghi văn bản đó ở dưới",
        error_messages={"invalid_choice": "Chọn lại đơn vị trong danh sách."},
    )

    def __init__(self, *args: Any, needs_note: bool = False, behalf: Sequence[str] = (), **options: Any) -> None:
        super().__init__(*args, **options)
        self.needs_note = needs_note
        if not needs_note:
            self.fields["note"].label = "Ghi chú"
        if behalf:
            pairs = [("", "Không, tôi tự thực hiện"), *((name, name) for name in behalf)]
            self.fields["behalf_of"].choices = pairs  # type: ignore[attr-defined] # a ChoiceField
        else:
            del self.fields["behalf_of"]

    def clean(self) -> dict[str, Any]:
        """Ask for the reason, and for the paper of whom one acts for."""
        self.needs_paper = self.needs_paper or bool(self.cleaned_data.get("behalf_of"))
        said = super().clean()
        if self.needs_note and not said.get("note"):
            self.add_error("note", "Ghi lý do trước khi thực hiện.")
        return said

    @property
    def own_fields(self) -> list[forms.BoundField]:
        """Return the fields a step asks beside what every step asks."""
        return [self[name] for name in self.fields if name not in StepForm.base_fields]

    @property
    def note_said(self) -> str:
        """Return the reason or remark of a valid form."""
        return str(self.cleaned_data["note"])

    @property
    def behalf_said(self) -> str:
        """Return for whom a valid form acts, "" for oneself."""
        return str(self.cleaned_data.get("behalf_of", ""))
