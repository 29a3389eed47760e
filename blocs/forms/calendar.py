"""Forms of the calendar: all steps at once, how one stands, a new day for one."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms import BoundField

from blocs.enums import MilestoneKind
from blocs.models import Milestone
from blocs.services.calendar import Outcome
from emulation.core.forms import DateField, OnPaperForm, PastDateField, StepForm
from emulation.core.vietnamese import date_short

OUTCOMES = {
    "done": "Đã xong, ghi ngày ở dưới",
    "undated": "Đã xong, không rõ ngày",
    "none": "Không có, ghi lý do ở dưới",
    "open": "Chưa xong: bỏ ghi nhận",
}


@dataclass(frozen=True)
class CalendarLine:
    """A row of the table: the step and its two boxes."""

    label: str
    due_on: BoundField
    note: BoundField


class CalendarForm(forms.Form):
    """Due date and note of every step of the work."""

    def __init__(self, *args: Any, known: Mapping[str, Milestone], **options: Any) -> None:
        super().__init__(*args, **options)
        for kind in MilestoneKind:
            row = known.get(kind)
            self.fields |= {
                f"due_on_{kind}": DateField(
                    label=f"Hạn: {kind.label}", required=False, initial=row.due_on if row else None
                ),
                f"note_{kind}": forms.CharField(
                    label=f"Ghi chú: {kind.label}", max_length=300, required=False, initial=row.note if row else ""
                ),
            }

    def lines(self) -> Iterator[CalendarLine]:
        """Yield the rows in the order of the work."""
        for kind in MilestoneKind:
            yield CalendarLine(str(kind.label), self[f"due_on_{kind}"], self[f"note_{kind}"])

    @property
    def days(self) -> dict[str, tuple[dt.date | None, str]]:
        """Return due date and note of each kind, of a valid form."""
        said = self.cleaned_data
        return {kind.value: (said[f"due_on_{kind}"], said[f"note_{kind}"]) for kind in MilestoneKind}


class FinishForm(StepForm):
    """How a step stands; on paper and on behalf where it was done so."""

    field_order = ("outcome", "done_on", "none_reason")
    outcome = forms.ChoiceField(
        label="Tình trạng",
        widget=forms.RadioSelect,
        error_messages={"required": "Chọn tình trạng của bước này.", "invalid_choice": "Chọn lại tình trạng."},
    )
    done_on = PastDateField(label="Ngày xong", required=False)
    none_reason = forms.CharField(
        label="Lý do không có", max_length=300, required=False, help_text="Chỉ ghi khi khối không thực hiện bước này"
    )

    def __init__(self, *args: Any, milestone: Milestone, **options: Any) -> None:
        super().__init__(*args, **options)
        del self.fields["note"]
        is_said = bool(milestone.done_on or milestone.is_done_undated or milestone.none_reason)
        offered = [(name, words) for name, words in OUTCOMES.items() if name != "open" or is_said]
        self.fields["outcome"].choices = offered  # type: ignore[attr-defined] # a ChoiceField
        self.fields["outcome"].initial = (
            "none" if milestone.none_reason else "undated" if milestone.is_done_undated else "done"
        )
        self.fields["done_on"].initial = milestone.done_on
        self.fields["none_reason"].initial = milestone.none_reason

    def clean(self) -> dict[str, Any]:
        """Ask for the day, or the reason, the choice needs."""
        said = super().clean()
        if said.get("outcome") == "done" and not said.get("done_on") and "done_on" not in self.errors:
            self.add_error("done_on", "Ghi ngày xong, hoặc chọn “Đã xong, không rõ ngày”.")
        if said.get("outcome") == "none" and not said.get("none_reason"):
            self.add_error("none_reason", "Ghi lý do khối không thực hiện bước này.")
        return said

    @property
    def said(self) -> Outcome:
        """Return the outcome of a valid form; what does not belong to the choice is left aside."""
        said = self.cleaned_data
        return {
            "done": Outcome(done_on=said["done_on"]),
            "undated": Outcome(is_done_undated=True),
            "none": Outcome(none_reason=said["none_reason"]),
            "open": Outcome(),
        }[said["outcome"]]


class ExtendForm(OnPaperForm):
    """A later day for a step, and why."""

    field_order = ("due_on", "reason")
    due_on = DateField(label="Hạn mới", error_messages={"required": "Ghi hạn mới."})
    reason = forms.CharField(label="Lý do gia hạn", max_length=300, error_messages={"required": "Ghi lý do gia hạn."})

    def __init__(self, *args: Any, milestone: Milestone, **options: Any) -> None:
        super().__init__(*args, **options)
        self.old = milestone.due_on

    def clean_due_on(self) -> dt.date:
        """Refuse a day that is not later."""
        day: dt.date = self.cleaned_data["due_on"]
        if self.old and day <= self.old:
            raise forms.ValidationError(f"Hạn mới phải sau hạn hiện nay ({date_short(self.old)}).")
        return day
