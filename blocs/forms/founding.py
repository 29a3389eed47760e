"""Forms of the division: a bloc in its year with the decision it rests on, agencies put into a bloc."""

from collections.abc import Sequence
from typing import Any

from django import forms

from blocs.enums import BlocKind
from blocs.models import Agency, BlocYear, Partition
from blocs.services.founding import NO_TITLE, FrameSaid
from emulation.core.forms import KeyField, OnPaperForm


class FrameForm(OnPaperForm):
    """Name, number, cụm of a bloc, and the decision: one that is known, or a new one with its paper."""

    name = forms.CharField(
        label="Tên khối",
        max_length=300,
        help_text="Ví dụ: Khối thi đua số 1 – Tổng hợp",
        error_messages={"required": "Ghi tên khối."},
    )
    number = forms.CharField(label="Số của khối", max_length=20, required=False, help_text="Ví dụ: 1 hoặc I")
    kind = forms.ChoiceField(label="Khối hay cụm", choices=BlocKind.choices, initial=BlocKind.KHOI)
    parent = forms.TypedChoiceField(
        label="Thuộc cụm",
        required=False,
        coerce=int,
        empty_value=None,
        error_messages={"invalid_choice": "Chọn lại cụm trong danh sách."},
    )
    partition = forms.TypedChoiceField(
        label="Quyết định chia khối",
        required=False,
        coerce=int,
        empty_value=None,
        error_messages={"invalid_choice": "Chọn lại quyết định trong danh sách."},
    )
    title = forms.CharField(
        label="Trích yếu quyết định mới",
        max_length=300,
        required=False,
        help_text="Ví dụ: Về việc chia khối thi đua năm 2026",
    )

    def __init__(
        self, *args: Any, parents: Sequence[BlocYear], partitions: Sequence[Partition], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        cums = [("", "Không thuộc cụm nào"), *((row.pk, row.name) for row in parents)]
        known = [("", "Chưa có, hoặc ghi quyết định mới ở dưới"), *((row.pk, _words(row)) for row in partitions)]
        self.fields["parent"].choices = cums  # type: ignore[attr-defined] # a ChoiceField
        self.fields["partition"].choices = known  # type: ignore[attr-defined] # a ChoiceField

    def clean(self) -> dict[str, Any]:
        """Ask for title and paper of a new decision, and for one decision only."""
        self.needs_paper = bool(self.cleaned_data.get("title"))
        said = super().clean()
        is_new = self.needs_paper or bool(said.get("paper_dated_on"))
        if is_new and not said.get("title"):
            self.add_error("title", NO_TITLE)
        if is_new and said.get("partition"):
            self.add_error("partition", "Chọn quyết định đã có, hoặc ghi quyết định mới; để trống một trong hai.")
        return said

    @property
    def said(self) -> FrameSaid:
        """Return what was typed, of a valid form."""
        names = ("name", "number", "kind", "parent", "partition", "title")
        return FrameSaid(**{name: self.cleaned_data[name] for name in names})


class NewBlocForm(FrameForm):
    """A bloc that is not there yet."""

    creation_key = KeyField()


class DivideForm(forms.Form):
    """Which agencies go into which bloc."""

    bloc = forms.TypedChoiceField(
        label="Xếp vào khối",
        coerce=int,
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Chọn khối để xếp các đơn vị vào."),
    )
    agencies = forms.TypedMultipleChoiceField(
        label="Đơn vị",
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": "Đánh dấu ít nhất một đơn vị.",
            "invalid_choice": "Có đơn vị đã được xếp vào khối; tải lại trang rồi đánh dấu lại.",
        },
    )

    def __init__(self, *args: Any, blocs: Sequence[BlocYear], found: Sequence[Agency], **options: Any) -> None:
        super().__init__(*args, **options)
        self.blocs, self.found = {row.pk: row for row in blocs}, {row.pk: row for row in found}
        self.fields["bloc"].choices = [("", "Chọn khối"), *((pk, row.name) for pk, row in self.blocs.items())]  # type: ignore[attr-defined] # a ChoiceField
        self.fields["agencies"].choices = [(pk, row.name) for pk, row in self.found.items()]  # type: ignore[attr-defined] # a ChoiceField

    @property
    def bloc_said(self) -> BlocYear:
        """Return the bloc of a valid form."""
        return self.blocs[self.cleaned_data["bloc"]]

    @property
    def agencies_said(self) -> list[Agency]:
        """Return the agencies of a valid form, in the order of the list."""
        ticked = set(self.cleaned_data["agencies"])
        return [row for pk, row in self.found.items() if pk in ticked]


def _words(row: Partition) -> str:
    return f"{row.paper}: {row.title}"
