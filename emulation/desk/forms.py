"""Forms of the roof's pages: the bloc, the workbook, its waiting rows."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from emulation.desk.domain.sheets import Column, Kind

Choices = Sequence[tuple[str, str]]


class BlocYearForm(forms.Form):
    """What is typed by hand about a bloc's year; members, targets and results come with the workbook."""

    theme = forms.CharField(label="Chủ đề thi đua", max_length=500, required=False)
    stated_member_count = forms.IntegerField(
        label="Số đơn vị theo nguồn",
        min_value=1,
        max_value=1000,
        required=False,
        # A number box hands over nothing at all when what was typed is no number, and the old value would be cleared.
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        help_text="Chỉ ghi khi nguồn nêu số lượng; để trống nếu không nêu.",
        error_messages={
            "invalid": "Nhập số đơn vị bằng chữ số, ví dụ 10.",
            "min_value": "Số đơn vị phải từ 1 trở lên; để trống nếu nguồn không nêu.",
            "max_value": "Số đơn vị lớn hơn 1000; kiểm tra lại con số.",
        },
    )
    note = forms.CharField(label="Ghi chú", max_length=5000, required=False, widget=forms.Textarea)


class UploadForm(forms.Form):
    """A bloc workbook."""

    file = forms.FileField(
        label="Tệp Excel (.xlsx) đã điền",
        error_messages={
            "required": "Chọn tệp .xlsx đã điền rồi bấm Xem trước.",
            "empty": "Tệp rỗng; chọn lại tệp .xlsx đã điền.",
            "invalid": "Chọn lại tệp .xlsx đã điền.",
            "missing": "Chọn tệp .xlsx đã điền rồi bấm Xem trước.",
        },
    )


class ParkedRowForm(forms.Form):
    """A waiting row: its cells as texts, and which agency it means. The row is checked by the service, not here."""

    def __init__(self, data: Any, *, columns: Sequence[Column], texts: Mapping[str, str], choices: Choices) -> None:
        super().__init__(data)
        for column in columns:
            self.fields[column.key] = _cell_field(column, texts.get(column.key, ""))
        if choices:
            self.fields["choice"] = forms.ChoiceField(
                label="Dòng này nói về đơn vị nào?",
                choices=choices,
                required=False,
                widget=forms.RadioSelect,
                error_messages={"invalid_choice": "Chọn một trong các đơn vị được nêu."},
            )

    @property
    def texts(self) -> dict[str, str]:
        """Return the cells as typed."""
        return {name: value for name, value in self.cleaned_data.items() if name != "choice"}

    @property
    def named_agency(self) -> int | None:
        """Return the agency chosen (0: a new one); None when none was."""
        chosen = self.cleaned_data.get("choice", "")
        return int(chosen) if chosen else None


def _cell_field(column: Column, text: str) -> forms.Field:
    labels = ["Có", "Không"] if column.kind == Kind.YES_NO else [label for label, _ in column.choices]
    if not labels:
        widget = forms.Textarea(attrs={"rows": 3}) if column.kind == Kind.LINES else forms.TextInput
        return forms.CharField(label=column.heading, required=False, initial=text, widget=widget, help_text=column.says)
    # A wrong text stays among the choices, so that what the file had is not lost before it is mended.
    offered = ["", *labels, *([text] if text and text not in labels else [])]
    return forms.ChoiceField(
        label=column.heading, required=False, initial=text, choices=[(label, label or "–") for label in offered]
    )
