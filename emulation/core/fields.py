"""Text columns that store one form of each text: NFC, outer white space gone. Length is checked on every database."""

from typing import Any

from django.db import models

from emulation.core.vietnamese import nfc


class NormalText:
    """What both columns share: normalise on the way into the database and into a cleaned instance."""

    def to_python(self, value: Any) -> Any:  # noqa: ANN401 - Django's signature
        """Return the value normalised, as `full_clean` stores it on the instance."""
        text = super().to_python(value)  # type: ignore[misc] # a mixin before a Field
        return nfc(text) if isinstance(text, str) else text

    def get_prep_value(self, value: Any) -> Any:  # noqa: ANN401 - Django's signature
        """Return the value as the database keeps it."""
        text = super().get_prep_value(value)  # type: ignore[misc] # a mixin before a Field
        return nfc(text) if isinstance(text, str) else text


class CharField(NormalText, models.CharField):
    """One line of text."""


class TextField(NormalText, models.TextField):
    """Text of several lines."""
