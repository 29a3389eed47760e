"""Forms of the standing: the places of every member in one table, the publication, the correction."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BoundField

from blocs.models import Standing
from blocs.queries.standing import StandingLine
from blocs.services.standings import PlaceSaid
from emulation.core.forms import KeyField, PastDateField, PointsField, StepForm

LAST_PLACE = 1000
MOST_POINTS = Decimal(100_000)
POINT_DIGITS = 3


class PlaceField(forms.CharField):
    """A place as a whole number from 1; the value is an int or None. The widget is text, so that typed words stay."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            **{"widget": forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}), **options}
        )

    def clean(self, value: Any) -> int | None:
        """Return the place; raises ValidationError with a sentence."""
        text = str(super().clean(value))
        if not text:
            return None
        if not (text.isascii() and text.isdecimal() and 1 <= int(text) <= LAST_PLACE):
            raise ValidationError(f"“{text}” không phải là hạng; nhập số từ 1 trở lên, ví dụ 3.")
        return int(text)


class StandingPointsField(PointsField):
    """Points of a standing: not negative, at most three decimals."""

    def clean(self, value: Any) -> Decimal | None:
        """Return the points; raises ValidationError with a sentence."""
        points = super().clean(value)
        if points is None:
            return None
        if not 0 <= points < MOST_POINTS:
            raise ValidationError("Điểm phải từ 0 đến dưới 100.000; kiểm tra lại số điểm.")
        if points != round(points, POINT_DIGITS):
            raise ValidationError("Điểm ghi tối đa 3 chữ số thập phân, ví dụ 97,125.")
        return points


@dataclass(frozen=True)
class FormLine:
    """A row of the table: the member, and the four boxes about it."""

    line: StandingLine
    place: BoundField
    points: BoundField
    proposal: BoundField
    remark: BoundField


class StandingForm(forms.Form):
    """The whole provisional standing: day, by groups or not, note, and four boxes for every member."""

    decided_on = PastDateField(
        label="Ngày bình xét", required=False, help_text="Ngày họp thống nhất thứ hạng; phải có khi công bố"
    )
    is_by_group = forms.BooleanField(label="Xếp hạng riêng từng nhóm", required=False)
    note = forms.CharField(
        label="Ghi chú chung", max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args: Any, lines: Sequence[StandingLine], **options: Any) -> None:
        super().__init__(*args, **options)
        self.said_of = {line.member.pk: line for line in lines}
        for pk, line in self.said_of.items():
            name = line.member.name.full
            self.fields |= {
                f"place_{pk}": PlaceField(label=f"Hạng: {name}", required=False, initial=line.place),
                f"points_{pk}": StandingPointsField(label=f"Điểm: {name}", required=False, initial=line.points),
                f"proposal_{pk}": forms.CharField(
                    label=f"Khối đề nghị: {name}", max_length=300, required=False, initial=line.proposal
                ),
                f"remark_{pk}": forms.CharField(
                    label=f"Ghi chú: {name}", max_length=300, required=False, initial=line.remark
                ),
            }

    @property
    def has_groups(self) -> bool:
        """Whether the bloc has groups at all."""
        return any(line.member.subgroup_id for line in self.said_of.values())

    def lines(self) -> Iterator[FormLine]:
        """Yield the rows in the order of the decision."""
        for pk, line in self.said_of.items():
            yield FormLine(line, *(self[f"{box}_{pk}"] for box in ("place", "points", "proposal", "remark")))

    @property
    def places(self) -> dict[int, PlaceSaid]:
        """Return what was typed about each member of a valid form."""
        said = self.cleaned_data
        return {
            pk: PlaceSaid(said[f"place_{pk}"], said[f"points_{pk}"], said[f"proposal_{pk}"], said[f"remark_{pk}"])
            for pk in self.said_of
        }


class PublishForm(StepForm):
    """The publication; a correction names who signed it."""

    signer_name = forms.CharField(
        label="Người ký", max_length=150, error_messages={"required": "Ghi họ tên người ký bản đính chính."}
    )
    signer_title = forms.CharField(
        label="Chức danh người ký",
        max_length=150,
        help_text="Ví dụ: Phó Giám đốc Sở Tài chính, Trưởng khối",
        error_messages={"required": "Ghi chức danh người ký bản đính chính."},
    )

    def __init__(self, *args: Any, standing: Standing, **options: Any) -> None:
        super().__init__(*args, **options)
        if standing.version == 1:
            del self.fields["signer_name"], self.fields["signer_title"]

    @property
    def signer(self) -> dict[str, str]:
        """Return who signed, of a valid form; empty for a first version."""
        return {name: self.cleaned_data[name] for name in ("signer_name", "signer_title") if name in self.fields}


class CorrectForm(forms.Form):
    """Why a published standing is corrected."""

    creation_key = KeyField()
    reason = forms.CharField(
        label="Lý do đính chính",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Lý do được in trên bản đính chính và ghi vào lịch sử",
        error_messages={"required": "Ghi lý do đính chính."},
    )
