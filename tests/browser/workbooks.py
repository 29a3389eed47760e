"""Workbooks as a person fills them in: the house's own file, its cells found by their headings."""

import io
from typing import Any

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

SIXTH = {
    "Khối": [{"Năm thi đua": "2026", "Tên khối": "Khối thi đua số 6 – Giao thông", "Địa phương": "trong tỉnh"}],
    "Thành viên": [
        {"Tên đơn vị": "Ban Quản lý dự án giao thông tỉnh", "Loại đơn vị": "Sở, ban, ngành của tỉnh"},
        {"Tên đơn vị": "Cảng vụ Đường thủy tỉnh", "Loại đơn vị": "Sở, ban, ngành của tỉnh", "Từ ngày": "15/01/2026"},
    ],
    "Xếp hạng": [
        {"Tên đơn vị": "Ban Quản lý dự án giao thông tỉnh", "Hạng": 1},
        {"Tên đơn vị": "Cảng vụ Đường thủy tỉnh", "Hạng": 2},
    ],
}
#: Where a wrong text goes, and what should stand there.
MISTAKES = (
    ("Thành viên", "Từ ngày", 3, "31/02/2026", "15/01/2026"),
    ("Thành viên", "Loại đơn vị", 2, "Sở ban nghành", "Sở, ban, ngành của tỉnh"),
    ("Xếp hạng", "Hạng", 3, "1,5", 2),
)


class Book:
    """A workbook in memory; cells are named by sheet, heading and row, as one reads them on the screen of Excel."""

    def __init__(self, content: bytes) -> None:
        self.workbook = openpyxl.load_workbook(io.BytesIO(content))

    def _column(self, sheet: str, heading: str) -> int:
        page: Worksheet = self.workbook[sheet]
        return next(cell.column for cell in page[1] if cell.value == heading)

    def address(self, sheet: str, heading: str, row: int) -> str:
        """Return the address Excel shows, such as "C3"."""
        return self.workbook[sheet].cell(row, self._column(sheet, heading)).coordinate

    def read(self, sheet: str, heading: str, row: int) -> Any:
        """Return what stands in a cell."""
        return self.workbook[sheet].cell(row, self._column(sheet, heading)).value

    def write(self, sheet: str, heading: str, row: int, value: Any) -> None:
        """Type into a cell."""
        self.workbook[sheet].cell(row, self._column(sheet, heading)).value = value

    def fill(self, facts: dict[str, list[dict[str, Any]]]) -> None:
        """Type rows below the headings."""
        for sheet, rows in facts.items():
            for number, row in enumerate(rows, start=2):
                for heading, value in row.items():
                    self.write(sheet, heading, number, value)

    @property
    def content(self) -> bytes:
        """Return the file."""
        buffer = io.BytesIO()
        self.workbook.save(buffer)
        return buffer.getvalue()


def with_mistakes(empty: bytes) -> Book:
    """Return a sixth bloc typed into the empty workbook, with three mistakes."""
    book = Book(empty)
    book.fill(SIXTH)
    for sheet, heading, row, wrong, _ in MISTAKES:
        book.write(sheet, heading, row, wrong)
    return book
