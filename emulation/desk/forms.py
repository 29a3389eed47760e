"""Forms of the bloc page."""

from django import forms


class BlocYearForm(forms.Form):
    """What is typed by hand about a bloc's year; members, targets and results come with the workbook."""

    theme = forms.CharField(label="Chủ đề thi đua", max_length=500, required=False)
    stated_member_count = forms.IntegerField(
        label="Số đơn vị theo nguồn",
        min_value=1,
        max_value=1000,
        required=False,
        help_text="Chỉ ghi khi nguồn nêu số lượng; để trống nếu không nêu.",
        error_messages={
            "invalid": "Nhập số đơn vị bằng chữ số, ví dụ 10.",
            "min_value": "Số đơn vị phải từ 1 trở lên; để trống nếu nguồn không nêu.",
            "max_value": "Số đơn vị lớn hơn 1000; kiểm tra lại con số.",
        },
    )
    note = forms.CharField(label="Ghi chú", max_length=5000, required=False, widget=forms.Textarea)
