"""What a day of this year's calendar becomes in the next one; pure."""

import datetime as dt

_LAST_OF_FEBRUARY = 28


def a_year_later(day: dt.date) -> dt.date:
    """Return the same day a year later; 29/02 becomes 28/02."""
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return day.replace(year=day.year + 1, day=_LAST_OF_FEBRUARY)
