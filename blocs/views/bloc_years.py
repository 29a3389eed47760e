"""What pages about one bloc year share: it is found within what the actor may know of."""

from typing import Any

from django.http import Http404

from blocs.models import BlocYear, EmulationYear
from blocs.queries.lists import leadership_names
from blocs.queries.opening import years_to_open
from blocs.queries.years import YEAR_KEY, current_year
from blocs.services import years
from emulation.core.access import Actor
from emulation.core.errors import Refused
from emulation.core.views import DetailPage, Page, StepPage

NO_YEAR = "Chưa có năm thi đua nào; nhập khối đầu tiên bằng tệp Excel, hoặc lập năm ở trang quản trị trước."


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


class OfYear(Page):
    """A page about one emulation year: the one of the address, else the one chosen in the head."""

    def year(self) -> EmulationYear:
        """Return the year; raises Refused where there is none."""
        wanted = self.request.GET.get("year", "")
        chosen = int(wanted) if wanted.isdecimal() else self.request.session.get(YEAR_KEY)
        found = current_year(years_to_open(), chosen)
        if found is None:
            raise Refused(NO_YEAR)
        return found


class StepOfYear(StepPage):
    """A step of something that hangs on a bloc year; the board may take it for a leader who did it on paper."""

    def load(self) -> Any:
        """Return the row; raises Refused when its year is closed, and as every step does."""
        row = super().load()
        refuse_closed(row.bloc_year)
        return row

    def behalf(self, row: Any) -> list[str]:
        """Return whom the actor may act for."""
        return behalf_of(self.actor, row.bloc_year)

    def context(self, row: Any) -> dict[str, Any]:
        """Return what the question says, and of which year."""
        return {**super().context(row), "bloc_year": row.bloc_year}


def behalf_of(actor: Actor, bloc_year: BlocYear) -> list[str]:
    """Return for whom the actor may do what the bloc does: the board for the leader and the deputies."""
    return leadership_names(bloc_year) if actor.scope.is_board else []


def refuse_closed(bloc_year: BlocYear) -> None:
    """Raise Refused when the year takes no more changes: the page says so before anything is typed."""
    if bloc_year.is_closed:
        raise Refused(years.READ_ONLY)
