"""What is typed about a paper."""

from typing import Any

from django import forms

from emulation.core import clock
from emulation.core.forms import DateField


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
