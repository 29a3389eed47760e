"""What the admin site says of events in words: the act, the kind of row, each value that changed.

Verbs belong to the apps that record them: each makes its own known when it is loaded.
"""

import datetime as dt
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.db.models import Q

from emulation.core.models import Event
from emulation.core.vietnamese import date_short, upper_first

MISSING = "–"
#: The act of the admin site that writes many rows from a file; its event has no subject of its own.
IMPORTED = "table_imported"
_LIMIT = 200
_verbs: dict[str, str] = {
    "corrected": "Sửa ở trang quản trị",
    IMPORTED: "Nhập từ tệp Excel",
}


def know(verbs: Mapping[str, str]) -> None:
    """Make the words of verbs known; what is known already stays."""
    for verb, words in verbs.items():
        _verbs.setdefault(verb, words)


def verb_said(verb: str) -> str:
    """Return what a verb of an event means."""
    return _verbs.get(verb, "Cập nhật")


def kind_said(label: str) -> str:
    """Return what a kind of row is called ("blocs.agency" → "Đơn vị")."""
    model = _model(label)
    return upper_first(str(model._meta.verbose_name)) if model else label


def value_said(field: Any, value: Any) -> str:
    """Return a value of a column as people read it; "–" for none. A row is said as its `__str__`."""
    if value is None or value in ("", []):
        return MISSING
    if isinstance(field, models.BooleanField):
        return "Có" if value else "Không"
    if isinstance(value, list | tuple):
        return "; ".join(str(part) for part in value)
    if isinstance(field, models.DateField) and not isinstance(field, models.DateTimeField):
        return date_short(value if isinstance(value, dt.date) else dt.date.fromisoformat(str(value)))
    return str(dict(field.flatchoices).get(value, value) if field.choices else value)


@dataclass(frozen=True)
class Change:
    """One column of an event: what stood there, what stands there since."""

    label: str
    old: str
    new: str


@dataclass(frozen=True)
class Told:
    """An event as the history of a row shows it."""

    event: Event
    words: str
    changes: Sequence[Change]


def history(label: str, pk: int) -> list[Told]:
    """Return the acts on one row, newest first, with those of files that touched it."""
    mine = Q(subject_id=pk) | Q(subject_id=None, verb=IMPORTED)
    events = Event.objects.filter(mine, subject_label=label).order_by("-seq")[:_LIMIT]
    found = [(event, fields) for event in events if (fields := _fields(event, pk)) is not None]
    named = _names(label, (fields for _, fields in found))
    return [Told(event, verb_said(event.verb), _changes(label, fields, named)) for event, fields in found]


def changes_of(event: Event) -> Sequence[Change]:
    """Return what one event changed on its subject."""
    fields = _fields(event, event.subject_id) or {}
    return _changes(event.subject_label, fields, _names(event.subject_label, [fields]))


def _fields(event: Event, pk: int | None) -> Mapping[str, Any] | None:
    """Return what the event says of the row's columns: {name: [old, new]}; None when it does not speak of the row."""
    data = json.loads(event.data)
    if event.verb == IMPORTED:
        of_file = data.get("rows", {})
        return of_file.get(str(pk)) if isinstance(of_file, dict) else None
    said = data.get("fields", {})
    return said if isinstance(said, dict) else {}


def _changes(label: str, fields: Mapping[str, Any], named: Mapping[tuple[str, int], str]) -> Sequence[Change]:
    return [
        Change(
            upper_first(str(field.verbose_name)), *(value_said(field, _named(field, value, named)) for value in pair)
        )
        for name, pair in fields.items()
        if (field := _field(label, name)) is not None and isinstance(pair, list)
    ]


def _named(field: Any, value: Any, named: Mapping[tuple[str, int], str]) -> Any:
    if field.is_relation and isinstance(value, list):
        return [named.get((field.name, part), str(part)) for part in value]
    return named.get((field.name, value), value) if field.is_relation else value


def _names(label: str, said: Iterable[Mapping[str, Any]]) -> dict[tuple[str, int], str]:
    """Return the names of the rows that events point to, a query a column."""
    wanted: dict[str, set[int]] = defaultdict(set)
    for fields in said:
        for name, pair in fields.items():
            field = _field(label, name)
            if field is not None and field.is_relation and isinstance(pair, list):
                wanted[name] |= {pk for value in pair for pk in (value if isinstance(value, list) else [value]) if pk}
    return {
        (name, pk): str(row)
        for name, ids in wanted.items()
        for pk, row in _field(label, name).related_model._default_manager.in_bulk(ids).items()
    }


def _field(label: str, name: str) -> Any:
    model = _model(label)
    try:
        return model._meta.get_field(name) if model else None
    except FieldDoesNotExist:
        return None


def _model(label: str) -> type[models.Model] | None:
    try:
        return apps.get_model(label)
    except (LookupError, ValueError):
        return None
