"""Forms of handing over: the two sides, the record in one table, the day it was done."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms import BoundField

from blocs.models import HandoverItem
from blocs.queries.handover import ItemSaid, Sides
from emulation.core.forms import KeyField, PastDateField, StepForm

EMPTY_ROWS = 3
AGAIN = {"required": "Chọn đơn vị.", "invalid_choice": "Chọn lại đơn vị trong danh sách."}


class HandoverNewForm(forms.Form):
    """From whom to whom."""

    creation_key = KeyField()
    giver = forms.TypedChoiceField(label="Bên giao", coerce=int, error_messages=AGAIN)
    receiver = forms.TypedChoiceField(label="Bên nhận", coerce=int, error_messages=AGAIN)

    def __init__(self, *args: Any, agencies: Sequence[tuple[int, str]], sides: Sides, **options: Any) -> None:
        super().__init__(*args, **options)
        for name, proposed in (("giver", sides.giver), ("receiver", sides.receiver)):
            field: Any = self.fields[name]
            field.choices = [("", "Chọn đơn vị"), *agencies]
            field.initial = proposed

    def clean(self) -> dict[str, Any]:
        """Ask for two different agencies."""
        said = super().clean() or {}
        if said.get("giver") and said.get("giver") == said.get("receiver"):
            self.add_error("receiver", "Bên nhận phải khác bên giao.")
        return said


@dataclass(frozen=True)
class FormRow:
    """A row of the table: its number, and the four boxes."""

    number: int
    title: BoundField
    quantity: BoundField
    is_handed: BoundField
    note: BoundField


class HandoverForm(forms.Form):
    """The record: place, note, every line and three empty ones. A line whose title is emptied is left out."""

    place = forms.CharField(label="Địa điểm bàn giao", max_length=300, required=False)
    note = forms.CharField(label="Ghi chú", max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args: Any, items: Sequence[HandoverItem], **options: Any) -> None:
        super().__init__(*args, **options)
        posted = str(self.data.get("rows", "")) if self.is_bound else ""
        # Somebody may have saved fewer lines meanwhile; what was typed stays on the page.
        self.rows = max(len(items) + EMPTY_ROWS, min(int(posted), 200) if posted.isdecimal() else 0)
        stored: list[HandoverItem | None] = [*items, *([None] * (self.rows - len(items)))]
        for number, item in enumerate(stored, start=1):
            self.fields |= {
                f"title_{number}": forms.CharField(
                    label=f"Hồ sơ, tài sản dòng {number}",
                    max_length=300,
                    required=False,
                    initial=item.title if item else "",
                ),
                f"quantity_{number}": forms.CharField(
                    label=f"Số lượng dòng {number}",
                    max_length=60,
                    required=False,
                    initial=item.quantity if item else "",
                ),
                f"is_handed_{number}": forms.BooleanField(
                    label=f"Đã giao dòng {number}", required=False, initial=item.is_handed if item else False
                ),
                f"note_{number}": forms.CharField(
                    label=f"Ghi chú dòng {number}", max_length=300, required=False, initial=item.note if item else ""
                ),
            }

    def lines(self) -> Iterator[FormRow]:
        """Yield the rows of the table."""
        for number in range(1, self.rows + 1):
            yield FormRow(number, *(self[f"{box}_{number}"] for box in ("title", "quantity", "is_handed", "note")))

    @property
    def items(self) -> list[ItemSaid]:
        """Return the lines of a valid form."""
        said = self.cleaned_data
        return [
            ItemSaid(said[f"title_{n}"], said[f"quantity_{n}"], said[f"is_handed_{n}"], said[f"note_{n}"])
            for n in range(1, self.rows + 1)
            if said[f"title_{n}"]
        ]

    def clean(self) -> dict[str, Any]:
        """Say where something was typed beside an empty title."""
        said = super().clean() or {}
        for n in range(1, self.rows + 1):
            beside = said.get(f"quantity_{n}") or said.get(f"note_{n}")
            if beside and not said.get(f"title_{n}") and not self[f"title_{n}"].initial:
                self.add_error(f"title_{n}", "Ghi tên hồ sơ, tài sản của dòng này, hoặc xóa các ô còn lại.")
        return said


class HandForm(StepForm):
    """The step of handing over: its day and place, and the signed record."""

    handed_on = PastDateField(label="Ngày bàn giao", error_messages={"required": "Ghi ngày bàn giao."})
    place = forms.CharField(label="Tại", max_length=300, required=False)

    @property
    def handing(self) -> dict[str, Any]:
        """Return day and place of a valid form."""
        return {name: self.cleaned_data[name] for name in ("handed_on", "place")}
