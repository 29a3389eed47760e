"""The one clock: the only place that asks the system for the time."""

import datetime as dt

from django.utils import timezone


def now() -> dt.datetime:
    """Return the present moment, aware, in UTC."""
    return timezone.now()


def local(at: dt.datetime) -> dt.datetime:
    """Return the same moment as clocks in the province show it."""
    return timezone.localtime(at)


def today() -> dt.date:
    """Return today's date in the province."""
    return timezone.localdate(now())
