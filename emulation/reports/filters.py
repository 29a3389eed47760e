"""Filters of the list of papers."""

import django_filters

from blocs.models import BlocYear, EmulationYear
from emulation.core.filters import SearchFilter


class PaperFilter(django_filters.FilterSet):
    """Search a bloc without accents; one year or all."""

    q = SearchFilter(label="Khối")
    year = django_filters.ModelChoiceFilter(
        queryset=EmulationYear.objects.order_by("-label"), label="Năm thi đua", empty_label="Tất cả"
    )

    class Meta:
        model = BlocYear
        fields = ["q", "year"]
