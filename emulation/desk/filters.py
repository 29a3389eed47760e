"""Filters of the lists of blocs and agencies, and of the grid; "Tất cả" first, search without accents."""

from collections.abc import Iterable
from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from django.http import QueryDict

from blocs.enums import UNSTATED_LOCALITY, AgencyKind, BlocYearState
from blocs.models import Agency, BlocYear, EmulationYear
from blocs.queries.lists import localities
from emulation.core.access import Actor
from emulation.core.filters import SearchFilter
from emulation.desk.domain.stages import GRID, STATE_WORDS, Cell, Stage
from emulation.desk.queries.shell import shell_of

OWN = "own"
OWN_BLOCS = "mine"
WHOSE = {"all": "Tất cả", OWN_BLOCS: "Tôi phụ trách"}


class LocalityFilter(django_filters.ChoiceFilter):
    """This province, or another one by the words of the source. The choices are read when the form is shown."""

    def __init__(self, column: str) -> None:
        super().__init__(label="Địa phương", empty_label="Tất cả", method=self._keep)
        self.column = column

    def _keep(self, queryset: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        return queryset.filter(**{self.column: "" if value == OWN else value})


class YearFilter(django_filters.ChoiceFilter):
    """A year of the head's list, by its id."""

    def __init__(self) -> None:
        super().__init__(label="Năm thi đua", empty_label="Tất cả", field_name="year_id")


def _locality_choices(rows: Any, column: str) -> list[tuple[str, str]]:
    named = [(name, name if name != UNSTATED_LOCALITY else "Nguồn không nêu") for name in localities(rows, column)]
    return [(OWN, "Tỉnh này"), *named]


def has_own(actor: Actor) -> bool:
    """Return whether the board's seat is in charge of some blocs: lists then start with those (DECISIONS C8)."""
    return actor.scope.is_board and bool(actor.scope.monitors)


class BlocFilter(django_filters.FilterSet):
    """Blocs by whose they are, name, year (the chosen one unless asked otherwise), state and locality.

    A specialist's list starts with the blocs of that seat, where it has some in the year.
    """

    who = django_filters.ChoiceFilter(label="Khối", empty_label=None, choices=list(WHOSE.items()), method="keep_whose")
    q = SearchFilter(label="Tên khối")
    year = YearFilter()
    state = django_filters.ChoiceFilter(label="Trạng thái", empty_label="Tất cả", choices=BlocYearState.choices)
    locality = LocalityFilter("bloc__locality")

    class Meta:
        model = BlocYear
        fields = ["who", "q", "year", "state", "locality"]

    def __init__(self, data: QueryDict, *, queryset: Any, request: Any) -> None:
        shell = shell_of(request)
        asked = data.copy()
        if "year" not in asked and shell.current_year is not None:
            asked["year"] = str(shell.current_year.pk)
        self.own = shell.actor.scope.monitors
        if has_own(shell.actor) and asked.get("who") not in WHOSE:
            own = queryset.filter(pk__in=self.own)
            is_known = asked.get("year") in {str(year.pk) for year in shell.years}
            of_year = own.filter(year=asked["year"]) if is_known else own
            asked["who"] = OWN_BLOCS if of_year.exists() else "all"
        super().__init__(asked, queryset=queryset, request=request)
        if not has_own(shell.actor):
            del self.filters["who"]
        self.filters["year"].extra["choices"] = [(str(year.pk), year.label) for year in shell.years]
        self.filters["locality"].extra["choices"] = _locality_choices(BlocYear.objects.all(), "bloc__locality")

    def keep_whose(self, rows: QuerySet[BlocYear], _name: str, value: str) -> QuerySet[BlocYear]:
        """Keep the blocs the seat is in charge of, where that is asked for."""
        return rows.filter(pk__in=self.own) if value == OWN_BLOCS else rows


class AgencyFilter(django_filters.FilterSet):
    """Agencies by any name they ever had, kind and locality."""

    q = SearchFilter(label="Tên đơn vị")
    kind = django_filters.ChoiceFilter(label="Loại", empty_label="Tất cả", choices=AgencyKind.choices)
    locality = LocalityFilter("locality")

    class Meta:
        model = Agency
        fields = ["q", "kind", "locality"]

    def __init__(self, data: QueryDict, *, queryset: Any, request: Any) -> None:
        super().__init__(data, queryset=queryset, request=request)
        self.filters["locality"].extra["choices"] = _locality_choices(Agency.objects.all(), "locality")


class GridForm(forms.Form):
    """What of the grid is shown: whose blocs, which year, one stage or all, one state or all."""

    who = forms.ChoiceField(label="Khối", required=False)
    year = forms.ChoiceField(label="Năm thi đua", required=False)
    stage = forms.ChoiceField(
        label="Bước", required=False, choices=[("", "Tất cả"), *((stage.kind.value, stage.title) for stage in GRID)]
    )
    state = forms.ChoiceField(
        label="Tình trạng",
        required=False,
        choices=[("", "Tất cả"), *((key.value, word) for key, word in STATE_WORDS.items())],
    )

    def __init__(self, data: QueryDict, *, request: Any) -> None:
        shell = shell_of(request)
        self.actor: Actor = shell.actor
        self.years = {str(year.pk): year for year in shell.years}
        asked = data.copy()
        if asked.get("year") not in self.years and shell.current_year is not None:
            asked["year"] = str(shell.current_year.pk)
        is_own = has_own(self.actor)
        if is_own and asked.get("who") not in WHOSE:
            asked["who"] = OWN_BLOCS
        super().__init__(asked)
        self._choices("year", [(pk, year.label) for pk, year in self.years.items()])
        self._choices("who", list(WHOSE.items()))
        if not is_own:
            del self.fields["who"]

    def _choices(self, name: str, choices: list[tuple[str, str]]) -> None:
        field: Any = self.fields[name]
        field.choices = choices

    def said(self, name: str) -> str:
        """Return what was asked for, "" for anything else than a choice that is offered."""
        return str(self.cleaned_data.get(name) or "") if self.is_valid() or name in self.cleaned_data else ""

    @property
    def chosen_year(self) -> EmulationYear | None:
        """Return the year asked for, else the one chosen in the head."""
        return self.years.get(self.said("year"))

    @property
    def stages(self) -> tuple[Stage, ...]:
        """Return the columns."""
        return tuple(stage for stage in GRID if self.said("stage") in {"", stage.kind})

    @property
    def is_narrowed(self) -> bool:
        """Whether anything but the year is asked for."""
        return any(self.said(name) for name in ("stage", "state")) or self.said("who") == OWN_BLOCS

    @property
    def whose(self) -> str:
        """Say whose blocs are shown."""
        if not self.actor.scope.is_board:
            return "Các khối theo dõi"
        return "Các khối phụ trách" if self.said("who") == OWN_BLOCS else "Toàn tỉnh"

    def keep(self, rows: QuerySet[BlocYear]) -> QuerySet[BlocYear]:
        """Keep the blocs the seat is in charge of, where that was asked for."""
        return rows.filter(pk__in=self.actor.scope.monitors) if self.said("who") == OWN_BLOCS else rows

    def fits(self, cells: Iterable[Cell]) -> bool:
        """Whether a bloc has a stage, among those shown, in the state asked for."""
        state = self.said("state")
        return not state or any(cell.state == state for cell in cells)

    @property
    def words(self) -> str:
        """Say the filters, for the head of a file."""
        said = [(field.label, dict(field.field.choices).get(field.value() or "")) for field in self]  # type: ignore[attr-defined] # all are choices
        return "; ".join(f"{label}: {word or 'Tất cả'}" for label, word in said)
