"""An uploaded XLSX → the grid the check reads. Whatever is wrong with the file as a whole is said in one sentence."""

import datetime as dt
import io
import re
import zipfile
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils import column_index_from_string, get_column_letter
from openpyxl.worksheet.cell_range import CellRange
from openpyxl.worksheet.worksheet import Worksheet

from emulation.core.errors import Refused
from emulation.core.vietnamese import fold, nfc
from emulation.desk.domain.cells import EPOCH, RawCell, plain_text
from emulation.desk.domain.facts import Grid, RawRow
from emulation.desk.domain.sheets import ASIDE, BLOC, SHEETS, Sheet, missing_sheets, place_columns

ROW_LIMIT = 5_000
_UNPACKED_LIMIT = 60 * 1024 * 1024
_ROW_TAG = re.compile(rb"<(?:\w+:)?row[\s>/]")
_MERGE_TAG = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*?ref="([A-Z]{1,3}\d{1,7}:[A-Z]{1,3}\d{1,7})"')
_MERGE_LIMIT = 50_000  # cells: the library makes an object of each
_HEADING_ROWS = 10  # a title above the headings is tolerated
_UNREADABLE = "Không đọc được tệp: tệp hỏng hoặc không phải tệp Excel (.xlsx); mở bằng Excel, lưu lại rồi tải lên."


def read(content: bytes) -> Grid:
    """Read a workbook. Raises Refused with everything that is wrong with the file as a whole, a sentence each."""
    _weigh(content)
    try:
        book = load_workbook(io.BytesIO(content), data_only=False, keep_links=False)
    except Exception as broken:
        raise Refused(_UNREADABLE) from broken
    found = {fold(sheet.title): sheet for sheet in book.worksheets}
    faults = missing_sheets(sheet.title for sheet in book.worksheets)
    rows: dict[str, tuple[RawRow, ...]] = {}
    for sheet in SHEETS:
        if fold(sheet.title) in found:
            rows[sheet.key], wrong = _rows(sheet, found[fold(sheet.title)])
            faults += wrong
    total = sum(len(of_sheet) for of_sheet in rows.values())
    if total > ROW_LIMIT:
        faults.append(_too_many(total))
    if not faults and not rows[BLOC.key]:
        faults.append(f"Trang “{BLOC.title}” chưa có dòng nào; điền một dòng: năm thi đua và tên khối.")
    if faults:
        raise Refused(" ".join(faults))
    known = {fold(sheet.title) for sheet in SHEETS} | ASIDE
    strange = [f"“{sheet.title}”" for sheet in book.worksheets if fold(sheet.title) not in known]
    notes = (f"Bỏ qua trang tính {', '.join(strange)}: không thuộc tệp mẫu.",) if strange else ()
    return Grid(rows, _epoch(book.epoch), notes)


def _epoch(of_book: dt.datetime) -> dt.date:
    """Return day 0: Excel on Windows counts from 1899-12-30, old Macs from 1904-01-01."""
    return EPOCH if of_book.year < dt.date(1904, 1, 1).year else of_book.date()


def _weigh(content: bytes) -> None:
    """Refuse what would fill the memory, unparsed: too large unpacked, too many rows, endless merged blocks."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if sum(part.file_size for part in archive.infolist()) > _UNPACKED_LIMIT:
                raise Refused("Tệp quá lớn khi mở ra; xóa hình ảnh và các trang tính thừa rồi tải lên.")
            pages = [archive.read(part) for part in archive.infolist() if "worksheets/" in part.filename]
    except (zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, RuntimeError, OSError, EOFError) as broken:
        raise Refused(_UNREADABLE) from broken
    tags = sum(len(_ROW_TAG.findall(page)) for page in pages)
    if tags > ROW_LIMIT * 10:
        raise Refused(_too_many(tags))
    blocks = [CellRange(ref.decode()) for page in pages for ref in _MERGE_TAG.findall(page)]
    if sum(block.size["rows"] * block.size["columns"] for block in blocks) > _MERGE_LIMIT:
        raise Refused("Tệp gộp quá nhiều ô; bỏ gộp ô, điền từng dòng rồi tải lên.")


def _too_many(count: int) -> str:
    return f"Tệp có {count} dòng, nhiều hơn {ROW_LIMIT}; mỗi tệp chỉ là một khối trong một năm, xóa các dòng thừa."


def _rows(sheet: Sheet, page: Worksheet) -> tuple[tuple[RawRow, ...], list[str]]:
    """Return the rows of a sheet that are not blank, and what is wrong with its headings."""
    heading_row, headings = _headings(sheet, page)
    columns, faults = place_columns(sheet, headings)
    if faults:
        return (), faults
    merged = _merged_rows(page)
    # The library's iterators make every cell up to the last one, and the last one may stand in row 1,048,576.
    present: dict[tuple[int, int], Any] = page._cells  # noqa: SLF001 - see above
    rows = []
    for number in sorted({row for row, _ in present if row > heading_row}):
        raw = {}
        for letter, column in columns.items():
            cell = present.get((number, column_index_from_string(letter)))
            raw[column.key] = _raw(f"{letter}{number}", cell, is_merged=number in merged)
        if any(not cell.is_blank for cell in raw.values()):
            rows.append(RawRow(number, raw))
    return tuple(rows), []


def _headings(sheet: Sheet, page: Worksheet) -> tuple[int, dict[str, str]]:
    """Return the row that holds most of the sheet's headings, and its texts by column letter."""
    known = {fold(column.heading) for column in sheet.columns}
    best, best_hits, best_row = {}, -1, 1
    for cells in page.iter_rows(min_row=1, max_row=_HEADING_ROWS):
        texts = {
            get_column_letter(cell.column): nfc(plain_text(cell.value)) for cell in cells if cell.value is not None
        }
        hits = sum(fold(text) in known for text in texts.values())
        if hits > best_hits:
            best, best_hits, best_row = texts, hits, cells[0].row
    return best_row, {letter: text for letter, text in best.items() if text}


def _merged_rows(page: Worksheet) -> frozenset[int]:
    """Return the rows a merged block reaches into."""
    return frozenset(row for block in page.merged_cells.ranges for row in range(block.min_row, block.max_row + 1))


def _raw(address: str, cell: Any, *, is_merged: bool) -> RawCell:
    if cell is None:
        return RawCell(address, is_merged=is_merged)
    is_formula, value = cell.data_type == "f", cell.value
    if is_formula and not isinstance(value, str):
        value = getattr(value, "text", None) or "công thức"  # array and data-table formulas are objects
    return RawCell(address, value, is_formula, is_merged)
