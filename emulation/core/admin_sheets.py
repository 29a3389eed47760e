"""A list of the admin site as an Excel file and back: what a cell says of a column, and what each row would do.

The columns are columns of a model, so that a list goes out and comes in under the same headings. Nothing is written
here.
"""

import dataclasses
import datetime as dt
import hashlib
import io
import json
import re
import zipfile
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from openpyxl import load_workbook

from emulation.core.admin_words import MISSING, Change, value_said
from emulation.core.errors import Refused
from emulation.core.exports import Cell, Column
from emulation.core.vietnamese import count2, fold, nfc, parse_date, upper_first

ROW_LIMIT = 2_000
_UNPACKED_LIMIT = 30 * 1024 * 1024
_CELL_LIMIT = ROW_LIMIT * 100
_ROW_TAG, _CELL_TAG = re.compile(rb"<(?:\w+:)?row[\s>/]"), re.compile(rb"<(?:\w+:)?c[\s>/]")
_HEADING_ROWS = 10  # a title above the headings is tolerated
_ASIDE = frozenset({"stt"})
_UNREADABLE = "Không đọc được tệp: tệp hỏng hoặc không phải tệp Excel (.xlsx); mở bằng Excel, lưu lại rồi tải lên."
_YES, _NO = frozenset({"co", "x"}), frozenset({"khong"})


class RowKind(StrEnum):
    """What becomes of a row."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    WRONG = "wrong"

    @property
    def label(self) -> str:
        """Return how the preview says it."""
        return {"new": "Mới", "changed": "Thay đổi", "same": "Không thay đổi", "wrong": "Sai"}[self]


@dataclass(frozen=True)
class Sheet:
    """How a model goes out and in: its columns in order, the ones that say which row is meant, what is never changed.

    `fixed`: columns given once; `fixed_sentence` says where to change them, if anywhere. `faults`: a sentence for each
    constraint a row breaks. `find`: which rows a file's values mean, from the rows there are; by the key without it.
    """

    model: type[models.Model]
    columns: Sequence[str]
    key: Sequence[str]
    fixed: Sequence[str] = ()
    fixed_sentence: str = ""
    faults: Callable[[models.Model], list[str]] = lambda _row: []
    find: Callable[[Sequence[Any]], Callable[[Mapping[str, Any]], Sequence[Any]]] | None = None

    def fields(self) -> dict[str, Any]:
        """Return the columns by name."""
        return {name: self.model._meta.get_field(name) for name in self.columns}

    def key_of(self, values: Mapping[str, Any]) -> tuple[str, ...]:
        """Return what tells rows apart: texts without accents, choices by their code, rows by their number."""
        return tuple(_key(values.get(name)) for name in self.key)

    def finder(self, rows: Sequence[Any]) -> Callable[[Mapping[str, Any]], Sequence[Any]]:
        """Return the function that finds the rows that values mean."""
        if self.find:
            return self.find(rows)
        known: dict[tuple[str, ...], list[Any]] = defaultdict(list)
        for row in rows:
            known[self.key_of({name: getattr(row, name) for name in self.key})].append(row)
        return lambda values: known[self.key_of(values)]


@dataclass(frozen=True)
class Verdict:
    """What one row of the file would do. `row` is what would be written, `values` the columns that change."""

    number: int
    kind: RowKind
    title: str
    sentence: str = ""
    changes: Sequence[Change] = ()
    row: Any = dataclasses.field(default=None, compare=False)
    values: Mapping[str, Any] = dataclasses.field(default_factory=dict, compare=False)


@dataclass(frozen=True)
class Plan:
    """What a file would do, row by row."""

    verdicts: Sequence[Verdict]
    notes: Sequence[str] = ()

    @property
    def digest(self) -> str:
        """Return what tells two plans apart; a row that moved in between is told apart too."""
        said = [
            [row.number, row.kind, row.sentence, [[part.label, part.old, part.new] for part in row.changes],
             getattr(row.row, "revision", None), getattr(row.row, "pk", None)]
            for row in self.verdicts
        ]  # fmt: skip
        return hashlib.sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()

    @property
    def counts(self) -> dict[str, int]:
        """Return how many rows are of each kind."""
        found = Counter(row.kind for row in self.verdicts)
        return {str(kind): found[kind] for kind in RowKind}

    @property
    def shown(self) -> list[Verdict]:
        """Return the rows that need eyes, the wrong ones first."""
        order = [RowKind.WRONG, RowKind.CHANGED, RowKind.NEW]
        return sorted((row for row in self.verdicts if row.kind in order), key=lambda row: order.index(row.kind))

    @property
    def may_confirm(self) -> bool:
        """Whether there is something to write and nothing wrong: a file comes in whole or not at all."""
        return not self.counts["wrong"] and bool(self.counts["new"] + self.counts["changed"])


# --- Out --------------------------------------------------------------------------------------------------------------


def headings(sheet: Sheet) -> list[Column]:
    """Return the columns of the exported file."""
    return [Column(heading(field), 50 if _is_long(field) else 20) for field in sheet.fields().values()]


def cells(sheet: Sheet, row: Any) -> list[Cell]:
    """Return a row of the exported file."""
    return [_cell(field, _value(row, field)) for field in sheet.fields().values()]


def heading(field: Any) -> str:
    """Return the heading of a column."""
    return upper_first(str(field.verbose_name))


def hint(field: Any) -> str:
    """Return what may stand in a column, for who fills it in."""
    if isinstance(field, models.BooleanField):
        return "Có hoặc Không"
    if field.choices:
        return "Một trong: " + "; ".join(str(label) for _, label in field.flatchoices)
    if field.many_to_many:
        return "Tên, cách nhau bằng dấu chấm phẩy"
    if field.is_relation:
        return f"Tên hoặc mã của {field.related_model._meta.verbose_name} đã có"
    if isinstance(field, models.DateField):
        return "Ngày, ví dụ 05/11/2026"
    if isinstance(field, models.IntegerField):
        return "Số nguyên"
    return f"Chữ, không quá {field.max_length} ký tự"


def _is_long(field: Any) -> bool:
    return field.is_relation or (field.max_length or 0) > 100  # noqa: PLR2004 - a width, by eye


def _value(row: Any, field: Any) -> Any:
    return list(getattr(row, field.name).all()) if field.many_to_many else getattr(row, field.name)


def _cell(field: Any, value: Any) -> Cell:
    if isinstance(value, dt.date | int) and not isinstance(value, bool):
        return value
    said = value_said(field, value)
    return None if said == MISSING else said


# --- In ---------------------------------------------------------------------------------------------------------------


def plan(sheet: Sheet, content: bytes) -> Plan:
    """Return what a file would do as things stand now. Raises Refused when it cannot be read."""
    fields = sheet.fields()
    lines, notes = _read(content, fields, needed=sheet.key)
    return Plan(_Examiner(sheet, fields).all(lines), notes)


@dataclass(frozen=True)
class _Line:
    number: int
    cells: Mapping[str, Any]


def _read(content: bytes, fields: Mapping[str, Any], needed: Sequence[str]) -> tuple[list[_Line], list[str]]:
    _weigh(content)
    try:
        book = load_workbook(io.BytesIO(content), data_only=False, keep_links=False)
        # The library's iterators make every cell up to the last one, and the last one may stand in row 1,048,576.
        found: dict[tuple[int, int], Any] = book.worksheets[0]._cells  # noqa: SLF001 - see above
    except Exception as broken:
        raise Refused(_UNREADABLE) from broken
    heading_row, columns, strange = _headings(found, {fold(heading(field)): name for name, field in fields.items()})
    missing = [f"“{heading(fields[name])}”" for name in needed if name not in columns]
    if missing:
        raise Refused(f"Trang đầu của tệp thiếu cột {', '.join(missing)}; xuất tệp mẫu và giữ nguyên hàng tiêu đề.")
    lines = [
        _Line(number, {name: found.get((number, column)) for name, column in columns.items()})
        for number in sorted({row for row, _ in found if row > heading_row})
    ]
    filled = [
        line for line in lines if any(cell is not None and cell.value is not None for cell in line.cells.values())
    ]
    if not filled:
        raise Refused("Tệp chưa có dòng nào; điền ít nhất một dòng rồi tải lên.")
    if len(filled) > ROW_LIMIT:
        raise Refused(f"Tệp có {len(filled)} dòng, nhiều hơn {ROW_LIMIT}; chia thành nhiều tệp.")
    return filled, [f"Bỏ qua cột “{text}”: không có trong danh sách này." for text in strange]


def _weigh(content: bytes) -> None:
    """Refuse what would fill the memory, unparsed."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if sum(part.file_size for part in archive.infolist()) > _UNPACKED_LIMIT:
                raise Refused("Tệp quá lớn khi mở ra; xóa hình ảnh và các trang tính thừa rồi tải lên.")
            pages = [archive.read(part) for part in archive.infolist() if "worksheets/" in part.filename]
    except (zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, RuntimeError, OSError, EOFError) as broken:
        raise Refused(_UNREADABLE) from broken
    if any(b"mergeCell " in page for page in pages):
        raise Refused("Tệp có ô gộp; bỏ gộp ô, điền từng dòng rồi tải lên.")
    if sum(len(_ROW_TAG.findall(page)) for page in pages) > ROW_LIMIT * 10:
        raise Refused(f"Tệp có nhiều hơn {ROW_LIMIT} dòng; xóa các dòng thừa hoặc chia thành nhiều tệp.")
    if sum(len(_CELL_TAG.findall(page)) for page in pages) > _CELL_LIMIT:
        raise Refused("Tệp có quá nhiều ô; xóa các cột và dòng thừa rồi tải lên.")


def _headings(cells: Mapping[tuple[int, int], Any], known: Mapping[str, str]) -> tuple[int, dict[str, int], list[str]]:
    """Return the row that holds most of the headings, the column of each, and the headings nobody knows."""
    rows: dict[int, dict[int, str]] = {row: {} for row in range(1, _HEADING_ROWS + 1)}
    for (row, column), cell in sorted(cells.items()):
        if row <= _HEADING_ROWS and cell.value is not None:
            rows[row][column] = nfc(str(cell.value))
    best = max(rows, key=lambda row: (sum(fold(text) in known for text in rows[row].values()), -row))
    columns: dict[str, int] = {}
    for column, text in rows[best].items():
        if fold(text) in known:
            columns.setdefault(known[fold(text)], column)
    return best, columns, [text for text in rows[best].values() if fold(text) not in known.keys() | _ASIDE]


class _Wrong(Exception):
    """A row cannot come in; the message says why and what to do."""


class _Examiner:
    def __init__(self, sheet: Sheet, fields: Mapping[str, Any]) -> None:
        self.sheet, self.fields = sheet, fields
        relations = [field for field in fields.values() if field.is_relation]
        rows = sheet.model._default_manager.select_related(*(rel.name for rel in relations if not rel.many_to_many))
        self.rows: list[Any] = list(rows.prefetch_related(*(rel.name for rel in relations if rel.many_to_many)))
        self.named = {field.name: _by_name(field.related_model._default_manager.all()) for field in relations}
        self.find = sheet.finder(self.rows)
        self.met: dict[object, int] = {}

    def all(self, lines: Iterable[_Line]) -> list[Verdict]:
        return [self._verdict(line) for line in lines]

    def _verdict(self, line: _Line) -> Verdict:
        title = " · ".join(text for name in self.sheet.key if (text := _text(line.cells.get(name))))
        try:
            return self._examine(line, title)
        except _Wrong as wrong:
            return Verdict(line.number, RowKind.WRONG, title, str(wrong))

    def _examine(self, line: _Line, title: str) -> Verdict:
        said: dict[str, Any] = {}
        for name, cell in line.cells.items():
            self._read(name, cell, said)
        found = self.find(said)
        if len(found) > 1:
            raise _Wrong(f"Có {count2(len(found))} mục cùng tên như vậy; ghi thêm mã hoặc sửa trên trang của mục đó.")
        self._once(line, said, found)
        if not found:
            return self._new(line, title, said)
        return self._changed(line, said, found[0])

    def _once(self, line: _Line, said: Mapping[str, Any], found: Sequence[Any]) -> None:
        """Refuse what two rows of the file say of one row, or claim as theirs alone."""
        claims: list[object] = [("row", found[0].pk)] if found else [("key", self.sheet.key_of(said))]
        claims += [(name, said[name]) for name, field in self.fields.items() if field.unique and said.get(name)]
        for claim in claims:
            if claim in self.met:
                raise _Wrong(f"Trùng với dòng {self.met[claim]} của tệp; giữ một dòng.")
        self.met |= dict.fromkeys(claims, line.number)

    def _new(self, line: _Line, title: str, said: Mapping[str, Any]) -> Verdict:
        row = self.sheet.model(**{name: value for name, value in said.items() if not self.fields[name].many_to_many})
        self._check(row)
        changes = [
            Change(heading(self.fields[name]), MISSING, text)
            for name, value in said.items()
            if (text := value_said(self.fields[name], value)) != MISSING
        ]
        return Verdict(line.number, RowKind.NEW, title, "", changes, row, said)

    def _changed(self, line: _Line, said: Mapping[str, Any], row: Any) -> Verdict:
        title = str(row)
        old = {name: _value(row, self.fields[name]) for name in said}
        values = {name: value for name, value in said.items() if _plain(value) != _plain(old[name])}
        if not values:
            return Verdict(line.number, RowKind.SAME, title, row=row)
        for name in self.sheet.fixed:
            if name in values:
                asked = f"Cột “{heading(self.fields[name])}” trong hệ thống ghi “{old[name]}”; viết lại cho đúng."
                raise _Wrong(f"{asked} {self.sheet.fixed_sentence}".strip())
        changes = [
            Change(heading(self.fields[name]), *(value_said(self.fields[name], part) for part in (old[name], value)))
            for name, value in values.items()
        ]
        for name, value in values.items():
            if not self.fields[name].many_to_many:
                setattr(row, name, value)
        self._check(row)
        return Verdict(line.number, RowKind.CHANGED, title, "", changes, row, values)

    def _check(self, row: Any) -> None:
        """Ask the row itself, with its columns and constraints."""
        others = {field.name for field in row._meta.fields if field.name not in self.fields or field.is_relation}
        try:
            row.clean_fields(exclude=others)
            row.validate_unique(exclude=others)
        except ValidationError as wrong:
            name, sentences = next(iter(wrong.message_dict.items()))
            at = f"{heading(self.fields[name])}: " if name in self.fields else ""
            raise _Wrong(f"{at}{sentences[0]}") from None
        for name, field in self.fields.items():
            if field.is_relation and not field.many_to_many and not field.null and getattr(row, field.attname) is None:
                raise _Wrong(f"Chưa ghi cột “{heading(self.fields[name])}”.")
        for sentence in self.sheet.faults(row):
            raise _Wrong(sentence)

    def _read(self, name: str, cell: Any, said: dict[str, Any]) -> None:
        """Put what a cell says into `said`. Nothing is said by an empty cell of a column that cannot be empty."""
        field, text = self.fields[name], _text(cell)
        label = heading(field)
        if cell is not None and cell.data_type == "f":
            raise _Wrong(f"Ô “{label}” là công thức; dán giá trị thay cho công thức.")
        if cell is not None and cell.data_type == "e":
            raise _Wrong(f"Ô “{label}” báo lỗi “{text}” của Excel; ghi lại giá trị đúng.")
        if not text:
            if field.many_to_many or field.null or (isinstance(field, models.CharField) and not field.choices):
                said[name] = [] if field.many_to_many else None if field.null else ""
        elif field.many_to_many:
            said[name] = [self._row(name, part) for part in re.split(r"[;\n]", text) if part.strip()]
        elif field.is_relation:
            said[name] = self._row(name, text)
        elif field.choices:
            said[name] = _choice(field, label, text)
        elif isinstance(field, models.BooleanField):
            if fold(text) not in _YES | _NO:
                raise _Wrong(f"Ô “{label}” ghi “{text}”; ghi Có hoặc Không.")
            said[name] = fold(text) in _YES
        elif isinstance(field, models.DateField):
            said[name] = _date(label, cell.value)
        elif isinstance(field, models.IntegerField):
            if not re.fullmatch(r"\d{1,9}", text):
                raise _Wrong(f"Ô “{label}” ghi “{text}”; ghi một số nguyên, ví dụ 3.")
            said[name] = int(text)
        else:
            said[name] = text

    def _row(self, name: str, text: str) -> Any:
        found = self.named[name].get(fold(text), [])
        kind = self.fields[name].related_model._meta.verbose_name
        if not found:
            raise _Wrong(f"Chưa có {kind} “{text.strip()}”; thêm vào danh sách đó trước, hoặc sửa lại tên.")
        if len(found) > 1:
            raise _Wrong(f"Có {count2(len(found))} {kind} tên “{text.strip()}”; ghi mã thay cho tên.")
        return found[0]


def _by_name(rows: Iterable[Any]) -> dict[str, list[Any]]:
    """Return rows by every word that may name them: as they are called, by their name, by their code."""
    named: dict[str, list[Any]] = defaultdict(list)
    for row in rows:
        texts = (str(row), *(getattr(row, name, None) for name in ("name", "slug", "code")))
        for key in {fold(text) for text in texts if text}:
            named[key].append(row)
    return named


def _choice(field: Any, label: str, text: str) -> str:
    known = {fold(str(words)): str(value) for value, words in field.flatchoices}
    if fold(text) not in known:
        words = "; ".join(str(words) for _, words in field.flatchoices)
        raise _Wrong(f"Ô “{label}” ghi “{text}”; ghi một trong: {words}.")
    return known[fold(text)]


def _date(label: str, value: Any) -> dt.date:
    if isinstance(value, dt.datetime):
        return value.date()
    if isinstance(value, dt.date):
        return value
    try:
        return parse_date(nfc(str(value)))
    except ValueError as wrong:
        raise _Wrong(f"Ô “{label}”: {wrong}") from None


def _text(cell: Any) -> str:
    value = None if cell is None else cell.value
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return "" if value is None else nfc(str(value))


def _key(value: Any) -> str:
    if isinstance(value, models.Model):
        return str(value.pk)
    return "" if value is None else fold(str(value))


def _plain(value: Any) -> Any:
    """Return a value so that equal ones are equal: lists without order, texts as files give them."""
    if isinstance(value, list):
        return {row.pk for row in value}
    return nfc(value) if isinstance(value, str) else value
