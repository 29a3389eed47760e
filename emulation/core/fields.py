"""Text columns that store one form of each text: NFC, outer white space gone. Length is checked on every database."""

from typing import TYPE_CHECKING, Any

from django.db import models

from emulation.core.vietnamese import nfc

if TYPE_CHECKING:
    Char = models.CharField[Any, Any]
    Text = models.TextField[Any, Any]
else:
    Char, Text = models.CharField, models.TextField


class NormalText:
    """What both columns share: normalise on the way into the database and into a cleaned instance."""

    def to_python(self, value: Any) -> Any:
        """Return the value normalised, as `full_clean` stores it on the instance."""
        text = super().to_python(value)  # type: ignore[misc] # a mixin before a Field
        return nfc(text) if isinstance(text, str) else text

    def get_prep_value(self, value: Any) -> Any:
        """Return the value as the database keeps it."""
        text = super().get_prep_value(value)  # type: ignore[misc] # a mixin before a Field
        return nfc(text) if isinstance(text, str) else text


class CharField(NormalText, Char):
    """One line of text."""


class TextField(NormalText, Text):
    """Text of several lines."""
