"""Form fields of the house: dates and points the Vietnamese way, with sentences that say what to do."""

import datetime as dt
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from emulation.core.vietnamese import date_short, number, parse_date, parse_number


class DateField(forms.CharField):
    """A date as dd/mm/yyyy; the value is a date or None."""

    def __init__(self, **options: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "numeric", "placeholder": "ngày/tháng/năm", "autocomplete": "off"})
        super().__init__(**{"widget": widget, **options})

    def prepare_value(self, value: Any) -> Any:
        """Show a date as dd/mm/yyyy and typed text as it was typed."""
        return date_short(value) if isinstance(value, dt.date) else value

    def clean(self, value: Any) -> dt.date | None:
        """Return the date; raises ValidationError with a sentence."""
        text = super().clean(value)
        try:
            return parse_date(text) if text else None
        except ValueError as wrong:
            raise ValidationError(str(wrong)) from None


class PointsField(forms.CharField):
    """A decimal number with comma or point; the value is a Decimal or None."""

    def prepare_value(self, value: Any) -> Any:
        """Show a number with its comma and typed text as it was typed."""
        return number(value) if isinstance(value, Decimal) else value

    def clean(self, value: Any) -> Decimal | None:
        """Return the number; raises ValidationError with a sentence."""
        text = super().clean(value)
        try:
            return parse_number(text) if text else None
        except ValueError as wrong:
            raise ValidationError(str(wrong)) from None
