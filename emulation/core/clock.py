"""The one clock: the only place that asks the system for the time."""

import datetime as dt

from django.utils import timezone


def now() -> dt.datetime:
    """Return the present moment, aware, in UTC."""
    return timezone.now()


def today() -> dt.date:
    """Return today's date in the province."""
    return timezone.localdate(now())
