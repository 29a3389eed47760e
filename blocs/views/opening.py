"""Opening the next year: many blocs in one act, or one bloc from its own page."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from blocs.models import BlocYear, EmulationYear
from blocs.queries.opening import Opening, blocs_of, openings
from blocs.services import opening
from blocs.services.opening import Opened
from blocs.views.bloc_years import OfBlocYear, OfYear
from emulation.core import clock
from emulation.core.errors import Refused
from emulation.core.vietnamese import count2


class YearOpen(OfYear):
    """Every bloc of a year with what its next year would begin with; those ticked are opened in one act."""

    permission = "blocs.open_year"
    template_name = "blocs/year_open.html"

    def get(self, _request: HttpRequest, **_: Any) -> HttpResponse:
        """Show what would be opened."""
        self.require()
        return self._page(self.year())

    def post(self, request: HttpRequest, **_: Any) -> HttpResponse:
        """Open what is ticked."""
        self.require()
        year = self.year()
        ticked = {int(pk) for pk in request.POST.getlist("bloc") if pk.isdecimal()}
        rows = BlocYear.objects.filter(pk__in=ticked, year=year)
        try:
            done = opening.open_next(year=year, bloc_years=rows, actor=self.actor, at=clock.now())
        except Refused as refused:
            return self._page(year, error=str(refused), ticked=ticked, status=422)
        messages.success(request, _words(done))
        return HttpResponseRedirect(f"{reverse('bloc_list')}?year={done.year.pk}")

    def _page(
        self, year: EmulationYear, *, error: str = "", ticked: set[int] | None = None, status: int = 200
    ) -> HttpResponse:
        lines = openings(blocs_of(year))
        context = {
            "title": f"Mở năm {year.next_label}",
            "year": year,
            "lines": [(line, line.row.pk in ticked if ticked is not None else line.can_open) for line in lines],
            "openable": sum(1 for line in lines if line.can_open),
            "error": error,
        }
        return self.show(context, status=status)


class BlocYearOpen(OfBlocYear):
    """The same for one bloc; where its next year is opened and led, leads to it."""

    permission = "blocs.open_year"
    template_name = "blocs/year_open_one.html"

    def get(self, request: HttpRequest, **_: Any) -> HttpResponse:
        """Ask, or go to the year that is there."""
        row: BlocYear = self.load()
        (line,) = openings([row])
        if not line.can_open and line.opened:
            return HttpResponseRedirect(reverse("bloc_detail", args=[line.opened.pk]))
        return self.show({"row": row, "bloc_year": row, "title": self._title(row, line), "line": line})

    def post(self, request: HttpRequest, **_: Any) -> HttpResponse:
        """Open it and go there."""
        row: BlocYear = self.load()
        done = opening.open_next(year=row.year, bloc_years=[row], actor=self.actor, at=clock.now())
        messages.success(request, _words(done))
        (there,) = (*done.made, *done.filled, *done.found)
        return HttpResponseRedirect(reverse("bloc_detail", args=[there.pk]))

    def _title(self, row: BlocYear, line: Opening) -> str:
        if line.is_fill:
            return f"Bổ sung lãnh đạo cho năm {row.year.next_label}"
        return f"Mở năm {row.year.next_label} cho khối"


def _words(done: Opened) -> str:
    """Say what an act did."""
    said = []
    if done.made:
        said.append(f"đã mở năm {done.year.label} cho {count2(len(done.made))} khối")
    if done.filled:
        said.append(f"đã bổ sung lãnh đạo cho {count2(len(done.filled))} khối")
    if done.found:
        said.append(f"{count2(len(done.found))} khối đã mở từ trước, giữ nguyên")
    words = "; ".join(said)
    return f"{words[:1].upper()}{words[1:]}."
