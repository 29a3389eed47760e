"""Forms of the members page: one membership, the order of the list."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms import BoundField

from blocs.models import BlocYear, Membership
from blocs.queries.members import remarks_of
from blocs.services.memberships import MemberSaid
from emulation.core.forms import DateField, KeyField

LAST_POSITION = 1000


class PositionField(forms.IntegerField):
    """A place in the list, from 1. A text box: a number box hands over nothing when what was typed is no number."""

    def __init__(self, **options: Any) -> None:
        wrong = "Nhập thứ tự bằng số từ 1 trở lên, ví dụ 3."
        super().__init__(
            **{
                "min_value": 1,
                "max_value": LAST_POSITION,
                "widget": forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
                "error_messages": dict.fromkeys(("invalid", "min_value", "max_value", "required"), wrong),
                **options,
            }
        )


class MemberForm(forms.Form):
    """What is written about one membership."""

    position = PositionField(label="Thứ tự trong danh sách")
    group = forms.TypedChoiceField(
        label="Nhóm",
        required=False,
        coerce=int,
        empty_value=None,
        error_messages={"invalid_choice": "Chọn lại nhóm trong danh sách."},
    )
    new_group = forms.CharField(
        label="Nhóm mới", max_length=200, required=False, help_text="Ghi tên khi nhóm chưa có trong danh sách"
    )
    joined_on = DateField(label="Tham gia từ ngày", required=False, help_text="Bỏ trống nếu từ đầu năm")
    left_on = DateField(label="Rời khối ngày", required=False)
    is_voting = forms.BooleanField(label="Được bỏ phiếu", required=False, initial=True)
    is_scored = forms.BooleanField(label="Được chấm điểm", required=False, initial=True)
    is_ranked = forms.BooleanField(label="Được xếp hạng", required=False, initial=True)
    counts_for_quota = forms.BooleanField(label="Tính vào số lượng phân bổ", required=False, initial=True)
    also_in = forms.CharField(label="Cũng thuộc cụm, khối khác", max_length=300, required=False)
    note = forms.CharField(label="Ghi chú", max_length=300, required=False)

    def __init__(self, *args: Any, bloc_year: BlocYear, **options: Any) -> None:
        super().__init__(*args, **options)
        groups = bloc_year.subgroups.order_by("position").values_list("pk", "name")
        self.fields["group"].choices = [("", "Không thuộc nhóm nào"), *groups]  # type: ignore[attr-defined] # a choice

    def clean(self) -> dict[str, Any]:
        """Refuse a day of leaving before the day of joining."""
        said = super().clean() or {}
        joined, left = said.get("joined_on"), said.get("left_on")
        if joined and left and left < joined:
            self.add_error("left_on", "Ngày rời khối đứng trước ngày tham gia; ghi lại một trong hai ngày.")
        return said

    @property
    def said(self) -> MemberSaid:
        """Return what was typed, of a valid form."""
        own = {"position", "creation_key", "agency"}
        return MemberSaid(**{name: value for name, value in self.cleaned_data.items() if name not in own})


class NewMemberForm(MemberForm):
    """A new membership; without a position it comes last."""

    creation_key = KeyField()
    agency = forms.IntegerField(
        widget=forms.HiddenInput,
        error_messages=dict.fromkeys(("required", "invalid"), "Tìm và chọn đơn vị cần thêm trước."),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["position"].required = False
        self.fields["position"].help_text = "Bỏ trống để xếp cuối danh sách"


@dataclass(frozen=True)
class OrderLine:
    """A row of the list with its box."""

    row: Membership
    number: int
    box: BoundField

    @property
    def remarks(self) -> tuple[str, ...]:
        """Return what is not usual about this membership, in words."""
        return remarks_of(self.row)


class OrderForm(forms.Form):
    """The order of the list: a number for every member."""

    def __init__(self, *args: Any, rows: Sequence[Membership], **options: Any) -> None:
        super().__init__(*args, **options)
        self.rows = rows
        for number, row in enumerate(rows, start=1):
            self.fields[f"position_{row.pk}"] = PositionField(label=f"Thứ tự: {row.name.full}", initial=number)

    def lines(self) -> Iterator[OrderLine]:
        """Yield the rows in their order."""
        for number, row in enumerate(self.rows, start=1):
            yield OrderLine(row, number, self[f"position_{row.pk}"])

    @property
    def positions(self) -> dict[int, int]:
        """Return the number of each membership, of a valid form."""
        return {row.pk: self.cleaned_data[f"position_{row.pk}"] for row in self.rows}
