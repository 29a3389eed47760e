"""Forms about people: an account with its seat, a seat, its end, a transfer, the yearly confirmation, the file."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BoundField

from blocs.domain.people import Chair
from blocs.enums import SeatCapacity, SignsAs
from blocs.models import Agency
from blocs.models.seat import AGENCY_CAPACITIES
from blocs.queries.people import ConfirmLine
from blocs.services.people import SeatSaid
from emulation.core import clock
from emulation.core.access import Actor, can
from emulation.core.forms import DateField, KeyField

_CHOOSE = "Chọn lại trong danh sách."


class SeatFields(forms.Form):
    """A seat: agency, capacity, title, signing words, first day; only what the actor may give is offered."""

    agency = forms.ModelChoiceField(
        label="Đơn vị",
        # Those of other places have no accounts here; one that ended may bear the name of its successor.
        queryset=Agency.objects.filter(locality="", ended_on__isnull=True).in_order(),
        required=False,
        empty_label="Không gắn với đơn vị",
        error_messages={"invalid_choice": _CHOOSE},
    )
    capacity = forms.ChoiceField(label="Tư cách", error_messages={"invalid_choice": _CHOOSE})
    title = forms.CharField(label="Chức danh", max_length=150, help_text="Ví dụ: Chuyên viên, Phó Giám đốc")
    signs_as = forms.ChoiceField(
        label="Ký với tư cách",
        choices=[("", "Không ký"), *SignsAs.choices],
        required=False,
        help_text="Chỉ chọn cho người ký của đơn vị",
        error_messages={"invalid_choice": _CHOOSE},
    )
    starts_on = DateField(label="Từ ngày")

    def __init__(self, *args: Any, actor: Actor, **options: Any) -> None:
        super().__init__(*args, **options)
        self.actor = actor
        own = actor.scope.agency_id
        offered: Any = self.fields["capacity"]
        offered.choices = [
            (value, label)
            for value, label in SeatCapacity.choices
            if can(actor, "blocs.give_seat", Chair(value, own if value in AGENCY_CAPACITIES else None))
        ]
        self.fields["starts_on"].initial = clock.today()
        if not actor.scope.is_board:
            del self.fields["agency"]
            self.own_agency = Agency.objects.filter(pk=own).first()

    def clean(self) -> dict[str, Any]:
        """Say which fields do not fit together."""
        said = super().clean() or {}
        if self.errors:
            return said
        agency, capacity = self._agency(said), said["capacity"]
        if capacity in AGENCY_CAPACITIES and agency is None:
            self.add_error("agency", "Tư cách này phải gắn với đơn vị; chọn đơn vị.")
        if capacity not in AGENCY_CAPACITIES and agency is not None:
            self.add_error("agency", "Tư cách này không gắn với đơn vị; chọn “Không gắn với đơn vị”.")
        if (capacity == SeatCapacity.SIGNER) != bool(said["signs_as"]):
            self.add_error("signs_as", "Chỉ người ký có cách ghi khi ký; chọn lại tư cách hoặc cách ghi.")
        return said

    def said(self) -> SeatSaid:
        """Return the seat of a valid form."""
        said = self.cleaned_data
        return SeatSaid(said["capacity"], said["title"], said["starts_on"], self._agency(said), said["signs_as"])

    def _agency(self, said: dict[str, Any]) -> Agency | None:
        found: Agency | None = said.get("agency") if "agency" in self.fields else self.own_agency
        return found


class SeatForm(SeatFields):
    """One more seat of an account; a second click finds the first seat."""

    creation_key = KeyField()


class NameForm(forms.Form):
    """How a person is called and reached."""

    full_name = forms.CharField(label="Họ và tên", max_length=150)
    phone = forms.CharField(label="Điện thoại", max_length=40, required=False)


class PersonForm(SeatForm, NameForm):
    """A new person: the account and the first seat."""

    username = forms.CharField(
        label="Tên đăng nhập",
        max_length=150,
        required=False,
        help_text="Để trống để hệ thống đề xuất từ mã (tên) đơn vị và họ tên, ví dụ: stc.lannt",
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none"}),
    )
    field_order = ("full_name", "phone", "agency", "capacity", "title", "signs_as", "starts_on", "username")


class EndSeatForm(forms.Form):
    """The last day of a seat and why it ends."""

    ends_on = DateField(label="Ngày làm việc cuối cùng")
    note = forms.CharField(
        label="Lý do", max_length=500, help_text="Ví dụ: nghỉ hưu, chuyển công tác. Ghi vào lịch sử."
    )


class TransferForm(SeatFields):
    """From which agency to which seat elsewhere, from which day."""

    source = forms.ModelChoiceField(
        label="Đơn vị cũ", queryset=Agency.objects.none(), error_messages={"invalid_choice": _CHOOSE}
    )
    note = forms.CharField(label="Lý do, quyết định điều động", max_length=500)
    field_order = ("source", "agency", "capacity", "title", "signs_as", "starts_on", "note")

    def __init__(self, *args: Any, sources: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        chosen: Any = self.fields["source"]
        chosen.queryset, chosen.empty_label = sources, None
        agency: Any = self.fields["agency"]
        agency.label, agency.required, agency.empty_label = "Đơn vị mới", True, "Chọn đơn vị"
        self.fields["starts_on"].label = "Làm việc ở đơn vị mới từ ngày"
        offered: Any = self.fields["capacity"]
        offered.choices = [pair for pair in offered.choices if pair[0] in AGENCY_CAPACITIES]


class PeopleFileForm(forms.Form):
    """The file of people."""

    file = forms.FileField(label="Tệp danh sách", error_messages={"required": "Chọn tệp Excel trên máy rồi tải lên."})


@dataclass(frozen=True)
class ConfirmRow:
    """A row of the confirmation: the seat, its box and its day."""

    line: ConfirmLine
    right: BoundField | None
    ended: BoundField | None


class ConfirmForm(forms.Form):
    """The seats of an agency: each still right, or ended on a day, or left for later."""

    def __init__(self, *args: Any, lines: Sequence[ConfirmLine], **options: Any) -> None:
        super().__init__(*args, **options)
        self.lines = lines
        for line in lines:
            seat = line.seat
            if line.confirmation is None:
                self.fields[f"right_{seat.pk}"] = forms.BooleanField(
                    label=f"Vẫn đúng: {seat.user}, {seat.title}", required=False
                )
            if line.may_end:
                self.fields[f"ended_{seat.pk}"] = DateField(
                    label=f"Kết thúc ngày: {seat.user}, {seat.title}", required=False
                )

    def rows(self) -> Iterator[ConfirmRow]:
        """Return the rows as the page lays them out."""
        for line in self.lines:
            right, ended = f"right_{line.seat.pk}", f"ended_{line.seat.pk}"
            yield ConfirmRow(
                line,
                self[right] if right in self.fields else None,
                self[ended] if ended in self.fields else None,
            )

    def clean(self) -> dict[str, Any]:
        """Refuse a seat that is both."""
        said = super().clean() or {}
        for line in self.lines:
            if said.get(f"right_{line.seat.pk}") and said.get(f"ended_{line.seat.pk}"):
                self.add_error(
                    f"ended_{line.seat.pk}", ValidationError("Chọn một trong hai: vẫn đúng, hoặc ghi ngày kết thúc.")
                )
        return said

    def right(self) -> list[int]:
        """Return the seats said to be right still."""
        return [line.seat.pk for line in self.lines if self.cleaned_data.get(f"right_{line.seat.pk}")]

    def ended(self) -> dict[int, dt.date]:
        """Return the seats to end, each with its last day."""
        days = {line.seat.pk: self.cleaned_data.get(f"ended_{line.seat.pk}") for line in self.lines}
        return {pk: day for pk, day in days.items() if day}
