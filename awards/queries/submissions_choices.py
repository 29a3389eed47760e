"""What the filters of dossiers and of the queue offer: years and the blocs of one, in one statement."""

from dataclasses import dataclass
from typing import Any

from django.db.models import F

from blocs.models import EmulationYear
from blocs.queries.years import YEAR_KEY, current_year


@dataclass(frozen=True)
class YearChoices:
    """The years, newest first, and the blocs of each."""

    years: tuple[EmulationYear, ...]
    blocs: dict[str, list[tuple[str, str]]]

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """Return the years as choices."""
        return [(str(year.pk), year.label) for year in self.years]

    def asked(self, request: Any) -> str:
        """Return the year the address asks for, "" for all; unless it says one, that of the head."""
        if "year" in request.GET:
            return str(request.GET["year"])
        chosen = current_year(self.years, request.session.get(YEAR_KEY))
        return str(chosen.pk) if chosen else ""


def year_choices() -> YearChoices:
    """Return the years with their blocs; one query."""
    rows = EmulationYear.objects.annotate(bloc=F("bloc_years"), bloc_name=F("bloc_years__name"))
    years: dict[int, EmulationYear] = {}
    blocs: dict[str, list[tuple[str, str]]] = {}
    for row in rows.order_by("-label", "kind", "bloc_years__sort_key", "bloc_years__pk"):
        years.setdefault(row.pk, row)
        if row.bloc is not None:
            blocs.setdefault(str(row.pk), []).append((str(row.bloc), row.bloc_name))
    return YearChoices(tuple(years.values()), blocs)
