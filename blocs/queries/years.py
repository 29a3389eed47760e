"""The emulation year a page speaks of."""

from collections.abc import Iterable

from blocs.enums import YearState
from blocs.models import EmulationYear
from emulation.core import clock

YEAR_KEY = "year_id"  # where a session remembers the year chosen in the head


def current_year(years: Iterable[EmulationYear], chosen: int | None) -> EmulationYear | None:
    """Return the year chosen in the head and remembered; `years` come newest first.

    Until one is chosen: the open one of today's calendar, for next year's is often opened early; else the newest open
    one, else the newest.
    """
    known, this_year = list(years), str(clock.today().year)
    opened = [year for year in known if year.state == YearState.OPEN]
    found = [year for year in known if year.pk == chosen]
    found += [year for year in opened if year.label == this_year]
    return next(iter([*found, *opened, *known]), None)
