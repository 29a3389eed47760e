"""Dividing a year into blocs, for the board: the whole year at a glance, a new bloc, its name and decision."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from blocs.enums import AgencyKind
from blocs.forms.founding import DivideForm, FrameForm, NewBlocForm
from blocs.models import BlocYear, EmulationYear
from blocs.queries.division import SHOWN, cums, divided, open_blocs, partitions, unplaced
from blocs.services import founding
from blocs.views.bloc_years import OfBlocYear, OfYear, refuse_closed
from emulation.core import clock
from emulation.core.errors import Refused
from emulation.core.vietnamese import count2
from emulation.core.views import FormPage


class YearDivision(OfYear):
    """The blocs of a year, and the agencies in none of them: those ticked are put into one bloc."""

    permission = "blocs.open_year"
    template_name = "blocs/year_division.html"

    def get(self, _request: HttpRequest, **_: Any) -> HttpResponse:
        """Show the year."""
        self.require()
        return self._page(self.year())

    def post(self, request: HttpRequest, **_: Any) -> HttpResponse:
        """Put the agencies that are ticked into the bloc."""
        self.require()
        year = self.year()
        blocs = divided(year)
        form = DivideForm(request.POST, blocs=open_blocs(blocs), found=list(unplaced(self.actor, year)))
        if not form.is_valid():
            return self._page(year, form=form, status=422)
        try:
            made = founding.divide(
                bloc_year=form.bloc_said, agencies=form.agencies_said, actor=self.actor, at=clock.now()
            )
        except Refused as refused:
            form.add_error(None, str(refused))
            return self._page(year, form=form, status=422)
        messages.success(request, f"Đã xếp {count2(len(made))} đơn vị vào {form.bloc_said.name}.")
        return HttpResponseRedirect(request.get_full_path())

    def _page(self, year: EmulationYear, *, form: DivideForm | None = None, status: int = 200) -> HttpResponse:
        words, kind = self.request.GET.get("q", ""), self.request.GET.get("kind", "")
        rows, left = divided(year), unplaced(self.actor, year, words=words, kind=kind)
        found = list(left[: SHOWN + 1])
        context = {
            "title": f"Chia khối năm {year.label}",
            "year": year,
            "rows": rows,
            "found": found[:SHOWN],
            "is_more": len(found) > SHOWN,
            "form": form or DivideForm(blocs=open_blocs(rows), found=found[:SHOWN]),
            "ticked": set(self.request.POST.getlist("agencies")),
            "words": words,
            "kind": kind,
            "kinds": AgencyKind.choices,
            "is_narrowed": bool(words or kind),
        }
        return self.show(context, status=status)


class BlocNew(OfYear, FormPage):
    """A bloc that is not there yet, in the year chosen in the head."""

    permission = "blocs.open_year"
    template_name = "blocs/bloc_frame.html"

    def load(self) -> BlocYear:
        """Return the bloc year that would be made."""
        self.require()
        return BlocYear(year=self.year())

    def form(self, row: BlocYear, data: Any = None, files: Any = None) -> NewBlocForm:
        """Return the form."""
        return NewBlocForm(data, files, parents=cums(row.year), partitions=partitions())

    def context(self, row: BlocYear) -> dict[str, Any]:
        """Return the title."""
        title = f"Lập khối mới trong năm {row.year.label}"
        return {"title": title, "year": row.year, "back": reverse("bloc_list")}

    def save(self, row: BlocYear, form: NewBlocForm, _revision: int) -> str:
        """Make it and go to its members."""
        made = founding.found(
            year=row.year,
            said=form.said,
            on_paper=form.on_paper(),
            creation_key=form.cleaned_data["creation_key"],
            actor=self.actor,
            at=clock.now(),
        )
        messages.success(self.request, f"Đã lập {made.name}; thêm đơn vị thành viên.")
        return reverse("bloc_members", args=[made.pk])


class BlocFrame(OfBlocYear, FormPage):
    """Name, number, cụm and decision of a bloc's year."""

    permission = "blocs.edit_members"
    template_name = "blocs/bloc_frame.html"
    queryset = OfBlocYear.queryset.select_related("parent", "partition__paper")

    def load(self) -> BlocYear:
        """Return the bloc year; raises Refused when it is closed."""
        row: BlocYear = super().load()
        refuse_closed(row)
        return row

    def form(self, row: BlocYear, data: Any = None, files: Any = None) -> FrameForm:
        """Return the form with what is stored."""
        initial = {name: getattr(row, name) for name in ("name", "number", "kind")}
        initial |= {"parent": row.parent_id, "partition": row.partition_id}
        parents = [cum for cum in cums(row.year) if cum.pk not in (row.pk, row.parent_id)]
        parents += [row.parent] if row.parent else []
        return FrameForm(data, files, parents=parents, partitions=partitions(), initial=initial)

    def context(self, row: BlocYear) -> dict[str, Any]:
        """Return the title."""
        return {
            "title": "Tên khối, quyết định chia khối",
            "bloc_year": row,
            "back": reverse("bloc_detail", args=[row.pk]),
        }

    def save(self, row: BlocYear, form: FrameForm, revision: int) -> str:
        """Write it and go back to the bloc."""
        founding.reframe(
            bloc_year=row,
            said=form.said,
            on_paper=form.on_paper(),
            revision=revision,
            actor=self.actor,
            at=clock.now(),
        )
        messages.success(self.request, "Đã lưu tên khối, quyết định chia khối.")
        return reverse("bloc_detail", args=[row.pk])
