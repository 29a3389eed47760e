"""What the facts of every paper share: how they are frozen as JSON, and the facts each paper has."""

import dataclasses
import datetime as dt
import functools
import json
import types
import typing
import unicodedata
from collections.abc import Callable
from decimal import Decimal
from typing import Any, Protocol, Self


class OfYear(Protocol):
    """What every summary knows of the emulation year it speaks of; `year_kind` as in `blocs.enums`."""

    @property
    def year_label(self) -> str: ...  # noqa: D102 - the fields speak for themselves
    @property
    def year_kind(self) -> str: ...  # noqa: D102


class OfBlocYear(OfYear, Protocol):
    """What a summary knows of the bloc's year it speaks of; `bloc_kind` as in `blocs.enums`."""

    @property
    def bloc_name(self) -> str: ...  # noqa: D102 - the fields speak for themselves
    @property
    def bloc_kind(self) -> str: ...  # noqa: D102
    @property
    def next_year_label(self) -> str: ...  # noqa: D102


class Frozen:
    """A frozen dataclass that is stored as JSON and read back. Its field `schema` tells which shape it was written in.

    Stored beside the files made from it and inside the PDF, so a paper can be made again years later.
    """

    def normalised(self) -> Self:
        """Return the same facts with every text precomposed (NFC), without control characters and outer blanks."""
        return typing.cast("Self", _map_text(self, _clean))

    def to_json(self) -> str:
        """Return the canonical JSON: equal facts give equal text, on every machine and for ever."""
        return json.dumps(_plain(self), ensure_ascii=False, sort_keys=True, separators=(",", ":"))

    @classmethod
    def from_json(cls, text: str) -> Self:
        """Read what `to_json` wrote; raises ValueError for another schema or a shape that does not fit."""
        data, schema = json.loads(text), cls.schema  # type: ignore[attr-defined] # a field with a default
        if not isinstance(data, dict) or data.get("schema") != schema:
            message = f"Not a summary of schema {schema}"
            raise ValueError(message)
        try:
            return typing.cast("Self", _rebuilt(cls, data))
        except (TypeError, KeyError, AttributeError, ArithmeticError) as error:
            message = f"Not a summary: {error}"
            raise ValueError(message) from error


@dataclasses.dataclass(frozen=True)
class AgencyFact:
    """An agency under the name frozen for this bloc's year.

    `key` tells agencies of one summary apart (the row's id will do): names may repeat, and one agency may be written
    in two ways.
    """

    key: int
    name: str


@dataclasses.dataclass(frozen=True)
class HeaderFact:
    """The first page's header. The issuer is the bloc itself.

    `superior`: the line above it ("UBND tỉnh Thừa Thiên Huế"), None when the source does not name the locality.
    `place`: the place papers are dated from ("Thừa Thiên Huế"), None likewise.
    `sign`: what follows the number ("BC-KTĐ"). `number` ("05") and `dated_on` come from văn thư; while either is None
    the paper is a draft.
    """

    superior: str | None = None
    place: str | None = None
    sign: str = "BC-KTĐ"
    number: str | None = None
    dated_on: dt.date | None = None


@dataclasses.dataclass(frozen=True)
class SignerFact:
    """Who signs for the leader: lines of title as printed ("Giám đốc Sở Nội vụ"), and the name; None when not known."""

    titles: tuple[str, ...] = ()
    name: str | None = None


@dataclasses.dataclass(frozen=True)
class NextTermFact:
    """An agency the year's meeting named for the next year; `stated`: in which way ("đề xuất", "bầu", "suy tôn")."""

    agency: AgencyFact
    role: str
    stated: str = ""


def _plain(value: Any) -> Any:
    """Return a value as JSON knows it: dates in ISO form, decimals as text so that no digit is lost."""
    if dataclasses.is_dataclass(value):
        return {field.name: _plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    return str(value) if isinstance(value, str) else value


@functools.cache
def _hints(kind: type) -> dict[str, Any]:
    return typing.get_type_hints(kind)


def _rebuilt(hint: Any, value: Any) -> Any:
    """Return a JSON value as the hinted type; raises TypeError, KeyError or ValueError when it does not fit."""
    if typing.get_origin(hint) is types.UnionType:
        if value is None:
            return None
        hint = next(option for option in typing.get_args(hint) if option is not type(None))
    if typing.get_origin(hint) is tuple:
        return tuple(_rebuilt(typing.get_args(hint)[0], item) for item in value)
    if dataclasses.is_dataclass(hint):
        hints = _hints(typing.cast("type", hint))
        return typing.cast("type", hint)(**{name: _rebuilt(hints[name], item) for name, item in value.items()})
    if hint is dt.date:
        return dt.date.fromisoformat(value)
    if hint is Decimal:
        return Decimal(value)
    if type(value) is not hint:
        message = f"{value!r} is not {hint}"
        raise TypeError(message)
    return value


def _map_text(value: Any, change: Callable[[str], str]) -> Any:
    """Return a copy of a tree of facts with every text changed."""
    if isinstance(value, str):
        return change(value)
    if isinstance(value, tuple):
        return tuple(_map_text(item, change) for item in value)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        fields = {field.name: getattr(value, field.name) for field in dataclasses.fields(value)}
        return dataclasses.replace(value, **{name: _map_text(item, change) for name, item in fields.items()})
    return value


def _clean(text: str) -> str:
    """Return a text fit to print: precomposed, blanks as single spaces, nothing that is neither letter nor sign."""
    blanks = "".join(" " if char.isspace() else char for char in unicodedata.normalize("NFC", text))
    return " ".join("".join(char for char in blanks if unicodedata.category(char)[0] != "C").split())
