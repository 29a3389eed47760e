"""The bloc workbook as a file: empty with an example, or filled from a bloc's year. Reading it back changes nothing."""

import datetime as dt
import io
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from emulation.desk.domain.cells import as_text
from emulation.desk.domain.example import EXAMPLE
from emulation.desk.domain.sheets import EXAMPLE_TITLE, GUIDE_TITLE, SHEETS, Column, Kind, Sheet

_HEAD = PatternFill("solid", fgColor="9B1C1F")
_HEAD_FONT = Font(name="Arial", size=11, bold=True, color="FFFFFF")
_FONT = Font(name="Arial", size=11)
_GREY = Font(name="Arial", size=11, italic=True, color="6B6B6B")
_BOLD = Font(name="Arial", size=12, bold=True)
_LINE = Side(style="thin", color="C9C4BC")
_BOX = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_TOP = Alignment(vertical="top", wrap_text=True)
_LINE_HEIGHT = 15.5  # points
_READY_ROWS = 200  # rows that carry formats and choices beyond what is filled
_FORMATS = {Kind.DATE: "dd/mm/yyyy", Kind.COUNT: "0", Kind.NUMBER: "General"}
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_FORMULA_SIGNS = ("=", "+", "-", "@")

RULES = (
    "Mỗi tệp là một khối trong một năm. Giữ nguyên tên các trang tính và tên các cột; thứ tự cột không quan trọng.",
    "Ngày ghi theo dạng 05/11/2026. Số có dấu phẩy thập phân, ví dụ 93,5. Có hoặc Không; có thể ghi x thay cho Có.",
    "Điều nguồn không ghi thì để trống; không điền 0 và không đoán.",
    "Không gộp ô, không dùng công thức: dán giá trị.",
    "Tải tệp lên chỉ để xem trước: từng ô được ghi rõ là mới, thay đổi, không đổi, chờ xử lý hay sai.",
    "Chỉ khi bấm xác nhận dữ liệu mới được ghi.",
    "Đơn vị được nhận ra theo mã, nếu không có mã thì theo tên và địa phương.",
    "Khi có nhiều khả năng, dòng được để chờ người xử lý chọn; không dòng nào bị bỏ.",
    "Dòng đã có trong hệ thống mà không có trong tệp được giữ nguyên, không bị xóa.",
    "Nhập cùng một tệp hai lần không làm thay đổi gì.",
)


def empty_book() -> bytes:
    """Return the empty workbook with its guide and its example."""
    return book({})


def book(rows: Mapping[str, Sequence[Mapping[str, Any]]]) -> bytes:
    """Return a workbook with these rows ({sheet key: rows of typed values by column key})."""
    out = Workbook()
    out.remove(out.active)
    for sheet in SHEETS:
        _sheet(out.create_sheet(sheet.title), sheet, rows.get(sheet.key, ()))
    _example(out.create_sheet(EXAMPLE_TITLE))
    _guide(out.create_sheet(GUIDE_TITLE))
    out.properties.creator = "Hệ thống thi đua khối"
    out.properties.title = "Tệp số liệu của khối"
    buffer = io.BytesIO()
    out.save(buffer)
    return buffer.getvalue()


def _sheet(page: Worksheet, sheet: Sheet, rows: Sequence[Mapping[str, Any]]) -> None:
    page.freeze_panes = "A2"
    page.row_dimensions[1].height = 2 * _LINE_HEIGHT
    _set_print(page)
    for position, column in enumerate(sheet.columns, start=1):
        _heading(page.cell(1, position), column)
        page.column_dimensions[get_column_letter(position)].width = column.width
    for number, row in enumerate(rows, start=2):
        for position, column in enumerate(sheet.columns, start=1):
            _write(page.cell(number, position), row.get(column.key), column)
        lines = max(_lines(as_text(row.get(column.key), column), column.width) for column in sheet.columns)
        page.row_dimensions[number].height = lines * _LINE_HEIGHT
    _prepare(page, sheet, len(rows) + 2)


def _set_print(page: Worksheet) -> None:
    """Print across the whole width of a landscape page, headings on every page."""
    page.page_setup.orientation = "landscape"
    page.page_setup.paperSize = page.PAPERSIZE_A4
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    page.sheet_properties.pageSetUpPr.fitToPage = True
    page.print_title_rows = "1:1"


def _lines(text: str, width: int) -> int:
    """Return how many lines a text takes in a column that wide; not every program fits the height by itself."""
    return sum(math.ceil(max(len(line), 1) / width) for line in text.split("\n"))


def _heading(cell: Cell, column: Column) -> None:
    cell.value = column.heading
    cell.font, cell.fill, cell.border = _HEAD_FONT, _HEAD, _BOX
    cell.alignment = Alignment(vertical="center", wrap_text=True)


def _write(cell: Cell, value: Any, column: Column) -> None:
    """Write a typed value so that Excel keeps its type and takes no text for a formula."""
    cell.font, cell.alignment, cell.border = _FONT, _TOP, _BOX
    cell.number_format = _FORMATS.get(column.kind, "@")
    if value is None or value == "":
        return
    if column.kind in {Kind.DATE, Kind.COUNT, Kind.NUMBER} and isinstance(value, dt.date | int | Decimal):
        cell.value = value
        return
    text = _CONTROLS.sub(" ", as_text(value, column))
    cell.value = text
    cell.data_type = "s"
    if text.startswith(_FORMULA_SIGNS):
        cell.quotePrefix = True


def _prepare(page: Worksheet, sheet: Sheet, first: int) -> None:
    """Give the blank rows below their formats and lists of choices."""
    for position, column in enumerate(sheet.columns, start=1):
        letter = get_column_letter(position)
        page.column_dimensions[letter].number_format = _FORMATS.get(column.kind, "@")
        source = _CHOICES.get((sheet.key, column.key))
        if source:
            # A hint, not a wall: a value outside the list is answered by the preview, with its sentence.
            listed = DataValidation(type="list", formula1=source.area, allow_blank=True, showErrorMessage=False)
            page.add_data_validation(listed)
            listed.add(f"{letter}2:{letter}{first + _READY_ROWS}")


@dataclass(frozen=True)
class _Choices:
    """The labels of a column, and where the guide lists them."""

    title: str
    labels: tuple[str, ...]
    position: int

    @property
    def area(self) -> str:
        letter = get_column_letter(self.position)
        return f"'{GUIDE_TITLE}'!${letter}$2:${letter}${len(self.labels) + 1}"


def _labels(column: Column) -> tuple[str, ...]:
    return ("Có", "Không") if column.kind == Kind.YES_NO else tuple(label for label, _ in column.choices)


_CHOSEN = [(sheet, column) for sheet in SHEETS for column in sheet.columns if _labels(column)]
_CHOICES = {
    (sheet.key, column.key): _Choices(f"{sheet.title}: {column.heading}", _labels(column), position)
    for position, (sheet, column) in enumerate(_CHOSEN, start=5)
}


def _guide(page: Worksheet) -> None:
    """Say how the workbook is filled, what each column takes, which choices there are."""
    page.column_dimensions["A"].width, page.column_dimensions["B"].width = 18, 28
    page.column_dimensions["C"].width = 100
    _set_print(page)
    page.print_title_rows = None
    page.cell(1, 1, "Cách điền tệp số liệu của khối").font = _BOLD
    number = 2
    for rule in RULES:
        _say(page.cell(number, 3), rule)
        _say(page.cell(number, 1), f"{number - 1}.")
        number += 1
    number += 1
    for position, heading in enumerate(("Trang tính", "Cột", "Điền gì"), start=1):
        cell = page.cell(number, position, heading)
        cell.font, cell.fill = _HEAD_FONT, _HEAD
    for sheet in SHEETS:
        number += 1
        _say(page.cell(number, 1), sheet.title)
        _say(page.cell(number, 3), sheet.says)
        for column in sheet.columns:
            number += 1
            _say(page.cell(number, 2), column.heading)
            _say(page.cell(number, 3), _advice(column))
    for choices in _CHOICES.values():
        _say(page.cell(1, choices.position), choices.title)
        for offset, label in enumerate(choices.labels, start=2):
            _say(page.cell(offset, choices.position), label)


def _advice(column: Column) -> str:
    what = {
        Kind.TEXT: f"Chữ, tối đa {column.limit} chữ.",
        Kind.LINES: f"Chữ nhiều dòng, tối đa {column.limit} chữ.",
        Kind.COUNT: "Số nguyên từ 0.",
        Kind.NUMBER: "Số.",
        Kind.DATE: "Ngày.",
        Kind.YES_NO: "",
        Kind.CHOICE: f"Một trong: {'; '.join(label for label, _ in column.choices)}.",
    }[column.kind]
    return " ".join(text for text in ("Bắt buộc." if column.is_required else "", what, column.says) if text)


def _say(cell: Cell, text: str) -> None:
    cell.value = text
    cell.font, cell.alignment = _FONT, _TOP


def _example(page: Worksheet) -> None:
    """Show a filled workbook, all sheets below each other, in grey. This sheet is never read back."""
    _set_print(page)
    page.print_title_rows = None
    page.cell(1, 1, "Ví dụ để xem cách điền; trang này không được nhập vào hệ thống.").font = _BOLD
    number = 3
    for sheet in SHEETS:
        page.cell(number, 1, f"Trang “{sheet.title}”").font = _BOLD
        for position, column in enumerate(sheet.columns, start=1):
            _heading(page.cell(number + 1, position), column)
            page.column_dimensions[get_column_letter(position)].width = 24
        for example in EXAMPLE[sheet.key]:
            for position, column in enumerate(sheet.columns, start=1):
                cell = page.cell(number + 2, position)
                _write(cell, example.get(column.key), column)
                cell.font = _GREY
            number += 1
        number += 4
