"""Filters of the lists of blocs and agencies; "Tất cả" first, search without accents."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.http import QueryDict

from blocs.enums import UNSTATED_LOCALITY, AgencyKind, BlocYearState
from blocs.models import Agency, BlocYear
from blocs.queries.lists import localities
from emulation.core.filters import SearchFilter
from emulation.desk.queries.shell import shell_of

OWN = "own"


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


class BlocFilter(django_filters.FilterSet):
    """Blocs by name, year (the chosen one unless asked otherwise), state and locality."""

    q = SearchFilter(label="Tên khối")
    year = YearFilter()
    state = django_filters.ChoiceFilter(label="Trạng thái", empty_label="Tất cả", choices=BlocYearState.choices)
    locality = LocalityFilter("bloc__locality")

    class Meta:
        model = BlocYear
        fields = ["q", "year", "state", "locality"]

    def __init__(self, data: QueryDict, *, queryset: Any, request: Any) -> None:
        shell = shell_of(request)
        asked = data.copy()
        if "year" not in asked and shell.current_year is not None:
            asked["year"] = str(shell.current_year.pk)
        super().__init__(asked, queryset=queryset, request=request)
        self.filters["year"].extra["choices"] = [(str(year.pk), year.label) for year in shell.years]
        self.filters["locality"].extra["choices"] = _locality_choices(BlocYear.objects.all(), "bloc__locality")


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
