"""Forms about who follows a bloc: one more, from which day to which."""

from collections.abc import Sequence
from typing import Any

from django import forms

from blocs.enums import MonitorRole, SeatCapacity
from blocs.models import Seat
from blocs.services.monitors import CAPACITIES, MonitorSaid
from emulation.core.forms import DateField, KeyField

GROUPS = ("Thành viên Hội đồng", "Cơ quan thường trực")


class MonitorForm(forms.Form):
    """From which day to which somebody follows the bloc."""

    starts_on = DateField(label="Theo dõi từ ngày", required=False, help_text="Bỏ trống nếu từ khi phân công")
    ends_on = DateField(label="Đến hết ngày", required=False, help_text="Bỏ trống nếu còn theo dõi")

    def clean(self) -> dict[str, Any]:
        """Refuse a last day before the first."""
        said = super().clean() or {}
        first, last = said.get("starts_on"), said.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", "Ngày thôi theo dõi đứng trước ngày bắt đầu; ghi lại một trong hai ngày.")
        return said

    @property
    def said(self) -> MonitorSaid:
        """Return the days of a valid form."""
        return MonitorSaid(self.cleaned_data["starts_on"], self.cleaned_data["ends_on"])


class NewMonitorForm(MonitorForm):
    """Who follows the bloc as what: a person with a seat, or words about one who has no account."""

    field_order = ("role", "seat", "stated")
    creation_key = KeyField()
    role = forms.ChoiceField(
        label="Vai trò",
        choices=MonitorRole.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Chọn vai trò.", "invalid_choice": "Chọn lại vai trò."},
    )
    seat = forms.ChoiceField(
        label="Người theo dõi",
        required=False,
        error_messages={"invalid_choice": "Chọn lại người theo dõi trong danh sách."},
    )
    stated = forms.CharField(
        label="Hoặc ghi chức danh, họ tên",
        max_length=300,
        required=False,
        help_text="Chỉ ghi khi người đó chưa có tài khoản",
    )

    def __init__(self, *args: Any, seats: Sequence[Seat], **options: Any) -> None:
        super().__init__(*args, **options)
        self.seats = {str(seat.pk): seat for seat in seats}
        council = [(seat.pk, str(seat)) for seat in seats if seat.capacity == SeatCapacity.COUNCIL]
        board = [(seat.pk, str(seat)) for seat in seats if seat.capacity != SeatCapacity.COUNCIL]
        groups = zip(GROUPS, (council, board), strict=True)
        choices = [("", "Chưa có tài khoản"), *(group for group in groups if group[1])]
        self.fields["seat"].choices = choices  # type: ignore[attr-defined] # a ChoiceField

    def clean(self) -> dict[str, Any]:
        """Ask for one of both, and for a person whose seat fits the role."""
        said = super().clean()
        seat = self.seats.get(said.get("seat", ""))
        if not seat and not said.get("stated") and not {"seat", "stated"} & set(self.errors):
            self.add_error("seat", "Chọn người theo dõi, hoặc ghi chức danh, họ tên ở ô dưới.")
        if seat and said.get("role") and seat.capacity not in CAPACITIES[MonitorRole(said["role"])]:
            self.add_error("seat", "Người này không thuộc vai trò đã chọn; chọn lại người hoặc vai trò.")
        return said

    @property
    def seat_said(self) -> Seat | None:
        """Return the seat of a valid form."""
        return self.seats.get(self.cleaned_data["seat"])
