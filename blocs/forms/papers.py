"""Forms of a bloc's papers: a new one, its text, its next version, that there is none, that it was passed."""

from typing import Any

from django import forms

from blocs.enums import PaperChange
from blocs.models import BlocPaper
from emulation.core.forms import KeyField, PastDateField, StepForm

TITLE_MISSING = "Ghi tên văn bản."
REASON_MISSING = "Ghi lý do sửa đổi, bổ sung."
CHANGES = [
    (PaperChange.AMENDMENT.value, "Sửa đổi, bổ sung nội dung"),
    (PaperChange.ANNEX.value, "Thêm phụ lục"),
]


class UploadForm(forms.Form):
    """The file of a draft made elsewhere. `present`: the name of the one that is kept now."""

    file = forms.FileField(
        label="Tệp dự thảo", required=False, help_text="Word (.docx) hoặc PDF, tối đa 20 MB; khi văn bản đã soạn sẵn"
    )
    drops_file = forms.BooleanField(label="Bỏ tệp đang lưu", required=False)

    def __init__(self, *args: Any, present: str = "", **options: Any) -> None:
        super().__init__(*args, **options)
        self.present = present
        if present:
            self.fields["file"].help_text = f"Đang lưu “{present}”; chọn tệp khác để thay"
        else:
            del self.fields["drops_file"]


class PaperForm(UploadForm):
    """Title and text of a plan or of rules."""

    field_order = ("title", "body", "file", "drops_file")
    title = forms.CharField(label="Tên văn bản", max_length=300, error_messages={"required": TITLE_MISSING})
    body = forms.CharField(
        label="Nội dung",
        required=False,
        widget=forms.Textarea(attrs={"rows": 18}),
        help_text="Mỗi đoạn một dòng. Bỏ trống nếu tải tệp lên",
    )


class NewPaperForm(PaperForm):
    """The first version of a plan or of rules."""

    creation_key = KeyField()


class NewSectionsForm(forms.Form):
    """The first version of a paper whose sections are written on a page of their own."""

    creation_key = KeyField()
    title = forms.CharField(label="Tên văn bản", max_length=300, error_messages={"required": TITLE_MISSING})


class ReviseForm(forms.Form):
    """Why the next version is made, and what it is to the one that holds."""

    creation_key = KeyField()
    change = forms.ChoiceField(
        label="Bản mới là", choices=CHANGES, widget=forms.RadioSelect, initial=PaperChange.AMENDMENT
    )
    reason = forms.CharField(
        label="Lý do",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Lý do được ghi vào lịch sử của văn bản",
        error_messages={"required": REASON_MISSING},
    )


class PassForm(StepForm):
    """On which day a plan or rules were passed; its signed form is the paper."""

    field_order = ("passed_on", "note")
    passed_on = PastDateField(
        label="Ngày thông qua",
        help_text="Ngày các đơn vị thống nhất hoặc ngày ký ban hành",
        error_messages={"required": "Ghi ngày thông qua."},
    )


class FinishForm(StepForm):
    """That a covenant is signed; `missing` members have not."""

    field_order = ("signed_on", "note")
    signed_on = PastDateField(
        label="Ngày ký giao ước", required=False, help_text="Bỏ trống: lấy ngày của chữ ký sau cùng"
    )

    def __init__(self, *args: Any, missing: int, **options: Any) -> None:
        super().__init__(*args, **{**options, "needs_note": missing > 0})
        if missing:
            self.fields["note"].label = "Lý do ghi nhận xong khi còn thiếu chữ ký"


def upload_of(row: BlocPaper | None) -> str:
    """Return the name of the file a version keeps, "" without one."""
    return row.file.name if row and row.file else ""
