"""The house's filter form: search without accents, a year, a state; "Tất cả" first."""

from typing import Any

import django_filters
from django.db.models import QuerySet

from emulation.core.vietnamese import fold


def search(queryset: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
    """Keep rows whose search key holds every word typed, in any order, with or without accents."""
    for word in fold(value).split():
        queryset = queryset.filter(search_key__contains=word)
    return queryset


class SearchFilter(django_filters.CharFilter):  # type: ignore[misc] # the library ships no types
    """A search box over `search_key`."""

    def __init__(self, label: str) -> None:
        super().__init__(method=search, label=label)
