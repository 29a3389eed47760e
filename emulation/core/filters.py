"""The house's filter form: search without accents, a year, a state; "Tất cả" first."""

from typing import Any

import django_filters
from django.db.models import Q, QuerySet

from emulation.core.vietnamese import fold


def search(queryset: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
    """Keep rows whose search key has, for every word typed, a word that begins so: any order, with or without accents.

    Beginnings only, for Vietnamese words are short: "hoi" finds "Hội Nông dân" and not every "Khối".
    """
    for word in fold(value).split():
        queryset = queryset.filter(Q(search_key__startswith=word) | Q(search_key__contains=f" {word}"))
    return queryset


class SearchFilter(django_filters.CharFilter):  # type: ignore[misc] # the library ships no types
    """A search box over `search_key`."""

    def __init__(self, label: str) -> None:
        super().__init__(method=search, label=label)
