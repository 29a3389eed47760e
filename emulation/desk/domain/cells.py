"""One cell: what stands in the file → a typed value; a typed value → the text a person reads and may type again."""

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from emulation.core.vietnamese import date_short, fold, nfc, number, parse_date, parse_number
from emulation.desk.domain.sheets import Column, Kind, Sheet

EPOCH = dt.date(1899, 12, 30)
_SERIALS = range(20_000, 80_000)  # days since the epoch: 1954 to 2119; other numbers in a date column are mistakes
_YEARS = range(1900, 2101)
_MAX_COUNT = 2_147_483_647
_MAX_DIGITS = 14
_MAX_PLACES = 4
_YES = frozenset({"co", "x", "1", "true", "dung", "ies"})  # folded, so "yes" is "ies"
_NO = frozenset({"khong", "0", "false", "sai", "no", "k"})
_ERRORS = frozenset({"#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NUM!", "#NULL!", "#CALC!", "#SPILL!"})
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


@dataclass(frozen=True)
class RawCell:
    """A cell as the file has it; `address` is "C7"."""

    address: str
    value: Any = None
    is_formula: bool = False
    is_merged: bool = False

    @property
    def is_blank(self) -> bool:
        """Whether nothing stands in it."""
        return self.value is None or (isinstance(self.value, str) and not nfc(self.value))


def typed(cell: RawCell, column: Column, *, epoch: dt.date = EPOCH) -> Any:
    """Return the value of a cell that is not blank. Raises ValueError with a Vietnamese sentence."""
    if cell.is_formula:
        raise ValueError("Là công thức; dán giá trị thay cho công thức.")
    if plain_text(cell.value) in _ERRORS:
        raise ValueError(f"Báo lỗi “{plain_text(cell.value)}” của Excel; ghi lại giá trị đúng.")
    match column.kind:
        case Kind.DATE:
            return _date(cell.value, epoch)
        case Kind.COUNT:
            return _count(_decimal(cell.value))
        case Kind.NUMBER:
            return _bounded(_decimal(cell.value))
        case Kind.YES_NO:
            return _yes_no(cell.value)
        case Kind.CHOICE:
            return _chosen(plain_text(cell.value), column)
    return _fitting(plain_text(cell.value), column)


def plain_text(value: Any) -> str:
    """Return what stands in a cell as text: numbers with a comma, dates as dd/mm/yyyy, Có and Không."""
    if isinstance(value, str):
        return nfc(value)
    if isinstance(value, bool):
        return "Có" if value else "Không"
    if isinstance(value, dt.datetime):
        return date_short(value.date())
    if isinstance(value, dt.date):
        return date_short(value)
    if isinstance(value, int | float | Decimal):
        return _number_text(Decimal(str(value)))
    return "" if value is None else str(value)


def as_text(value: Any, column: Column) -> str:
    """Return a typed value as a person reads it; typing this text again gives the same value."""
    if column.kind == Kind.CHOICE:
        return next((label for label, stored in column.choices if stored == value), str(value or ""))
    return plain_text(value)


def _number_text(value: Decimal) -> str:
    """Return digits and a comma, no dots; three digits after the comma get a zero, for "1,234" could be 1234."""
    text = number(value).replace(".", "")
    return f"{text}0" if re.search(r",\d{3}$", text) else text


def _fitting(text: str, column: Column) -> str:
    if _CONTROLS.search(text):
        raise ValueError(f"“{column.heading}” có ký tự điều khiển không đọc được; gõ lại nội dung ô.")
    if len(text) > column.limit:
        raise ValueError(f"“{column.heading}” dài {len(text)} chữ, tối đa {column.limit} chữ; rút ngắn lại.")
    return text


def _chosen(text: str, column: Column) -> str:
    for label, value in column.choices:
        if fold(label) == fold(text):
            return value
    labels = "; ".join(label for label, _ in column.choices)
    raise ValueError(f"“{text}” không có trong các lựa chọn của “{column.heading}”: {labels}.")


def _yes_no(value: Any) -> bool:
    text = fold(plain_text(value))
    if text in _YES:
        return True
    if text in _NO:
        return False
    raise ValueError(f"“{plain_text(value)}” không phải Có hoặc Không; ghi Có hoặc Không.")


def _date(value: Any, epoch: dt.date) -> dt.date:
    found = _any_date(value, epoch)
    if found.year not in _YEARS:
        raise ValueError(f"Năm {found.year} không hợp lý; nhập ngày từ năm {_YEARS.start} đến {_YEARS.stop - 1}.")
    return found


def _any_date(value: Any, epoch: dt.date) -> dt.date:
    if isinstance(value, dt.datetime):
        return value.date()
    if isinstance(value, dt.date):
        return value
    if isinstance(value, int | float) and not isinstance(value, bool):
        if value == int(value) and int(value) in _SERIALS:
            return epoch + dt.timedelta(days=int(value))
        raise ValueError(f"{_number_text(Decimal(str(value)))} không phải là ngày; nhập theo dạng 05/11/2026.")
    return parse_date(plain_text(value))


def _decimal(value: Any) -> Decimal:
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        return parse_number(plain_text(value))
    found = Decimal(str(value))
    if not found.is_finite():
        raise ValueError("Không đọc được con số trong ô; gõ lại.")
    return found


def _count(value: Decimal) -> int:
    if value != int(value) or not 0 <= value <= _MAX_COUNT:
        raise ValueError(f"{_number_text(value)} không phải là số nguyên từ 0; nhập số nguyên, ví dụ 9.")
    return int(value)


def _bounded(value: Decimal) -> Decimal:
    if abs(value) >= Decimal(10) ** _MAX_DIGITS or value != round(value, _MAX_PLACES):
        raise ValueError(f"{_number_text(value)} quá lớn hoặc có quá {_MAX_PLACES} chữ số sau dấu phẩy; sửa con số.")
    return value.normalize() if value else Decimal(0)


def rows_from_headings(rows: Iterable[Mapping[str, Any]], sheet: Sheet) -> list[dict[str, Any]]:
    """Return rows written by heading ({"Tên đơn vị": "Sở Tài chính"}) as typed values by column key.

    Raises KeyError for a heading the sheet has not, ValueError for a value its column refuses.
    """
    columns = {column.heading: column for column in sheet.columns}
    return [
        {columns[heading].key: typed(RawCell(heading, value), columns[heading]) for heading, value in row.items()}
        for row in rows
    ]
