"""A list as an Excel file: title, heading row, one row a line; the same for every "Kết xuất Excel" of the house."""

import datetime as dt
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.http import HttpResponse
from django.utils.http import content_disposition_header
from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter

from emulation.core.files import MIME
from emulation.core.models import FileKind
from emulation.core.vietnamese import fold

Cell = str | int | Decimal | dt.date | None
_HEAD_ROW = 3
_EDGE = Border(*[Side(style="thin", color="FF8B837C")] * 4)


@dataclass(frozen=True)
class Column:
    """A column of an exported list: its heading and its width in characters."""

    heading: str
    width: int = 16


def as_response(*, title: str, note: str, columns: Sequence[Column], rows: Iterable[Sequence[Cell]]) -> HttpResponse:
    """Answer with the list as a workbook, numbered in a first column STT; `note` says which rows were asked for.

    Every text is stored as text, so that a name that begins with "=" is no formula. Missing values stay empty.
    """
    name = f"{fold(title).replace(' ', '-')}.xlsx"
    return HttpResponse(
        as_bytes(title=title, note=note, columns=columns, rows=rows),
        content_type=MIME[FileKind.XLSX],
        headers={
            "Content-Disposition": content_disposition_header(as_attachment=True, filename=name),
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "private, no-store",
        },
    )


def as_bytes(*, title: str, note: str, columns: Sequence[Column], rows: Iterable[Sequence[Cell]]) -> bytes:
    """Return the workbook of `as_response`."""
    book = Workbook()
    sheet = book.active
    sheet.title = "Danh sách"
    sheet.append([_printable(title)])
    sheet.append([_printable(note)])
    sheet["A1"].font = Font(bold=True, size=14)
    sheet["A2"].font = Font(italic=True)
    headed = [Column("STT", 6), *columns]
    sheet.append([column.heading for column in headed])
    for number, row in enumerate(rows, start=1):
        sheet.append([number, *map(_printable, row)])
    for line in sheet.iter_rows():
        for cell in line:
            if isinstance(cell.value, str):
                cell.data_type = "s"
    for position, column in enumerate(headed, start=1):
        sheet.column_dimensions[get_column_letter(position)].width = column.width
        sheet.cell(_HEAD_ROW, position).font = Font(bold=True)
        sheet.cell(_HEAD_ROW, position).fill = PatternFill("solid", fgColor="FFF2EEE9")
    for line in sheet.iter_rows(min_row=_HEAD_ROW, max_col=len(headed)):
        for cell in line:
            cell.border = _EDGE
            cell.alignment = Alignment(vertical="top", wrap_text=True)
            if isinstance(cell.value, dt.date):
                cell.number_format = "dd/mm/yyyy"
    sheet.freeze_panes = sheet.cell(_HEAD_ROW + 1, 1)
    sheet.print_title_rows = f"{_HEAD_ROW}:{_HEAD_ROW}"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_setup.fitToHeight = 0
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _printable(value: Cell) -> Cell:
    """Drop control characters, which a workbook cannot hold."""
    return ILLEGAL_CHARACTERS_RE.sub("", value) if isinstance(value, str) else value
