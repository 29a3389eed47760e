"""Filters of the list of papers."""

import django_filters
from django.db.models import QuerySet

from blocs.models import BlocYear, EmulationYear
from emulation.core.filters import SearchFilter
from emulation.core.models import Document
from emulation.reports.queries import KINDS
from emulation.reports.queries.search import matching
from emulation.reports.rules import BLOC_YEAR, DECISION, NOMINATION, SUBMISSION


class PaperFilter(django_filters.FilterSet):
    """Search a bloc without accents; one year or all; one kind of paper or all, which the lines of the page obey."""

    q = SearchFilter(label="Khối")
    year = django_filters.ModelChoiceFilter(
        queryset=EmulationYear.objects.order_by("-label"), label="Năm thi đua", empty_label="Tất cả"
    )
    kind = django_filters.ChoiceFilter(
        choices=[(kind.value, kind.label) for kind in KINDS[BLOC_YEAR]],
        label="Loại văn bản",
        empty_label="Tất cả",
        method="keep_every_bloc",
    )

    class Meta:
        model = BlocYear
        fields = ["q", "year", "kind"]

    def keep_every_bloc(self, rows: QuerySet[BlocYear], _name: str, _value: str) -> QuerySet[BlocYear]:
        """Keep the bloc years: a kind chooses among their papers."""
        return rows

    @property
    def chosen_kind(self) -> str:
        """Return the kind that is looked for, "" for all."""
        form = self.form
        return str(form.cleaned_data.get("kind") or "") if form.is_valid() else ""


class AwardPaperFilter(django_filters.FilterSet):
    """Search papers of dossiers, nominations and decisions as the head's search does; one kind of paper or all."""

    q = django_filters.CharFilter(label="Tên hoặc số văn bản", method="keep_matching")
    kind = django_filters.ChoiceFilter(
        choices=[(kind.value, kind.label) for label in (SUBMISSION, NOMINATION, DECISION) for kind in KINDS[label]],
        label="Loại văn bản",
        empty_label="Tất cả",
    )

    class Meta:
        model = Document
        fields = ["q", "kind"]

    def keep_matching(self, rows: QuerySet[Document], _name: str, value: str) -> QuerySet[Document]:
        """Keep what every word typed fits."""
        return matching(rows, value)
