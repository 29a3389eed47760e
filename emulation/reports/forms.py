"""What is typed about a paper, and into the sections of a report."""

from collections.abc import Sequence
from typing import Any

from django import forms

from emulation.core import clock
from emulation.core.forms import DateField, KeyField
from emulation.reports.queries.narratives import Slot
from emulation.reports.services.narratives import LENGTH


class RegisterForm(forms.Form):
    """Số and ngày from văn thư, and the signed scan."""

    number = forms.CharField(
        label="Số, ký hiệu", max_length=60, help_text="Do văn thư cấp, ví dụ 05/BC-KTĐ. Hệ thống không tự đặt số."
    )
    issued_on = DateField(label="Ngày ban hành")
    scan = forms.FileField(
        label="Bản ký (scan)", required=False, help_text="PDF hoặc ảnh, tối đa 20 MB. Bỏ trống nếu chưa có."
    )

    def clean_issued_on(self) -> Any:
        """Refuse a date to come."""
        day = self.cleaned_data["issued_on"]
        if day and day > clock.today():
            raise forms.ValidationError("Ngày ban hành ở tương lai; kiểm tra lại ngày ghi trên văn bản.")
        return day


class TemplateForm(forms.Form):
    """An edited Word template and what was changed in it."""

    file = forms.FileField(label="Tệp mẫu đã sửa", help_text="Tệp Word (.docx), tối đa 20 MB.")
    note = forms.CharField(label="Nội dung sửa", max_length=300, required=False, help_text="Ví dụ: đổi cỡ chữ nơi nhận")
    creation_key = KeyField()


class SectionsForm(forms.Form):
    """Every section of a draft, a field each. A hidden copy of what was shown tells which were typed in."""

    def __init__(self, *args: Any, slots: Sequence[Slot], **options: Any) -> None:
        super().__init__(*args, **options)
        for slot in slots:
            self.fields[slot.key] = section_field(label=slot.full_title, help_text=slot.hint, initial=slot.text)

    @property
    def said(self) -> dict[str, str]:
        """Return what a valid form changes, by the key of the section."""
        return {name: self.cleaned_data[name] for name in self.changed_data}


def section_field(**options: Any) -> forms.CharField:
    """Return the field of one section."""
    area = forms.Textarea(attrs={"rows": 5})
    return forms.CharField(max_length=LENGTH, required=False, widget=area, show_hidden_initial=True, **options)
