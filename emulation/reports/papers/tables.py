"""Tables as papers lay them: rows with numbers, rows that name a group, the remark that explains the signs used."""

from collections.abc import Sequence

from emulation.core.vietnamese import roman
from emulation.reports.papers.text import NO_TEXT, Cell, Column, Row, Table, Text

SIGNS = (("…", "dấu “…” là chưa có số liệu"), ("-", "dấu “-” là không có"), ("x", "dấu “x” là có"))
_WHOLE_TABLE = 1000  # characters, 60 for each row: about half a page


def cell(text: str, look: str = "", *, is_head: bool = False) -> Cell:
    """Return a cell of plain words."""
    return Cell(Text.short(text), look, is_head)


def numbered_row(number: int, name: str, *cells: Cell) -> Row:
    """Return a row with its number and the cell that names it."""
    return Row((cell(str(number), "c"), cell(name, is_head=True), *cells))


def group_row(number: int, name: str, columns: int) -> Row:
    """Return the row that names a group; `columns`: how many the table has."""
    return Row((cell(roman(number), "c"), Cell(Text.short(name), is_head=True, columns=columns - 1)), "group")


def make_table(
    caption: str,
    columns: Sequence[tuple[str, int]],
    rows: Sequence[Row],
    *,
    size: str = "",
    legend: str = "",
    spans: tuple[tuple[str, int, int], ...] = (),
    signs: Sequence[tuple[str, str]] = SIGNS,
) -> Table:
    """Return a table; a short one is never split, and its remark explains the signs that occur in it."""
    texts = [cell.text for row in rows for cell in row.cells]
    if not size and sum(len(text) for text in texts) + 60 * len(rows) < _WHOLE_TABLE:
        size = "whole"
    remarks = [words for sign, words in signs if sign in texts] + ([legend] if legend else [])
    remark = Text.of(f"Ghi chú: {'; '.join(remarks)}.") if remarks else NO_TEXT
    return Table(Text.of(caption), tuple(Column(*column) for column in columns), tuple(rows), size, remark, spans)
