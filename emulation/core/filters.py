"""The house's filter form: search without accents, a year, a state; "Tất cả" first."""

import functools
import operator
from collections.abc import Callable, Iterable
from typing import Any

import django_filters
from django.db.models import Count, Q, QuerySet, Value, Window
from django.db.models.functions import Lower, Replace

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


def every_word(text: str, *said: Callable[[str], Q]) -> Q:
    """Return the condition that each word typed fits somewhere: `said` say what a folded word fits, one column each."""
    found = Q()
    for word in fold(text).split():
        found &= functools.reduce(operator.or_, (fits(word) for fits in said))
    return found


def word_of(column: str) -> Callable[[str], Q]:
    """Return the condition that a word of a `search_key` begins so."""
    return lambda word: Q(**{f"{column}__startswith": word}) | Q(**{f"{column}__contains": f" {word}"})


def number_key(column: str) -> Lower:
    """Return the number of a paper ("12/QĐ-UBND") as `fold` spells letters; for `part_of_number`.

    In SQL, for numbers carry no other marks than the bar of Đ and rows have no column of their own for it.
    """
    plain: Any = column
    for letter, folded in (("Đ", "d"), ("đ", "d"), ("Y", "i"), ("y", "i")):
        plain = Replace(plain, Value(letter), Value(folded))
    return Lower(plain)


def part_of_number(column: str) -> Callable[[str], Q]:
    """Return the condition that a part of a number so spelled begins so: "12", "qd", "ubnd"."""
    parts = (("startswith", ""), ("contains", "/"), ("contains", "-"), ("contains", "."), ("contains", " "))
    return lambda word: functools.reduce(
        operator.or_, (Q(**{f"{column}__{how}": f"{before}{word}"}) for how, before in parts)
    )


def among(column: str, choices: Iterable[tuple[Any, Any]]) -> Callable[[str], Q]:
    """Return the condition that a word of the label of a choice begins so."""
    known = [(value, fold(str(label))) for value, label in choices]
    return lambda word: Q(**{f"{column}__in": [value for value, label in known if f" {label}".find(f" {word}") >= 0]})


def first_rows(rows: QuerySet[Any], limit: int) -> tuple[list[Any], int]:
    """Return the first rows and how many there are; one query."""
    found = list(rows.annotate(found_count=Window(Count("*")))[:limit])
    return found, found[0].found_count if found else 0
