"""What pages about one bloc year share: it is found within what the actor may know of."""

from typing import Any

from django.http import Http404

from blocs.models import BlocYear
from blocs.services import years
from emulation.core.errors import Refused
from emulation.core.views import DetailPage


class OfBlocYear(DetailPage):
    """A page under a bloc year, `pk` of the URL."""

    queryset = BlocYear.objects.select_related("year", "bloc")

    def load(self) -> Any:
        """Return the bloc year; raises Http404 for what the actor may not know of."""
        row = self.queryset.all().visible_to(self.actor).filter(pk=self.kwargs["pk"]).first()
        if row is None:
            raise Http404
        self.require(row)
        return row


def refuse_closed(bloc_year: BlocYear) -> None:
    """Raise Refused when the year takes no more changes: the page says so before anything is typed."""
    if bloc_year.is_closed:
        raise Refused(years.READ_ONLY)
