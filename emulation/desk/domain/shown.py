"""A verdict as the preview shows it: by sheet, the wrong rows first said in one list; pure."""

from dataclasses import dataclass

from emulation.desk.domain.sheets import SHEETS, sheet_by
from emulation.desk.domain.verdicts import CellVerdict, Plan, RowVerdict, Verdict

LABELS = {
    Verdict.NEW: ("Mới", "run"),
    Verdict.CHANGED: ("Thay đổi", "gold"),
    Verdict.UNCHANGED: ("Không đổi", ""),
    Verdict.PARKED: ("Chờ xử lý", "soon"),
    Verdict.ERROR: ("Sai", "bad"),
}


@dataclass(frozen=True)
class ShownCell:
    """A cell worth showing: where, its heading, what stands there; `old` when it replaces something."""

    address: str
    heading: str
    text: str
    old: str = ""
    is_change: bool = False
    is_wrong: bool = False
    sentence: str = ""


@dataclass(frozen=True)
class ShownRow:
    """A row: its number in the file, what it is about, its verdict in a word and a look, its cells."""

    number: int
    title: str
    label: str
    look: str
    sentence: str
    cells: tuple[ShownCell, ...]


@dataclass(frozen=True)
class Section:
    """A sheet: the rows that say something new, and how many say nothing new."""

    key: str
    title: str
    rows: tuple[ShownRow, ...]
    same_count: int
    total: int


@dataclass(frozen=True)
class Mistake:
    """What is wrong, and exactly where."""

    where: str
    text: str
    sentence: str


def sections(plan: Plan) -> tuple[Section, ...]:
    """Return the sheets that have rows, in the order of the file."""
    found = []
    for sheet in SHEETS:
        rows = [row for row in plan.rows if row.sheet == sheet.key]
        shown = tuple(_row(row) for row in rows if row.verdict != Verdict.UNCHANGED)
        if rows:
            found.append(Section(sheet.key, sheet.title, shown, len(rows) - len(shown), len(rows)))
    return tuple(found)


def mistakes(plan: Plan) -> tuple[Mistake, ...]:
    """Return every wrong cell, and every row that is wrong as a whole."""
    found = []
    for row in plan.rows:
        if row.verdict != Verdict.ERROR or row.is_settled:
            continue
        sheet = sheet_by(row.sheet).title
        wrong = [cell for cell in row.cells if cell.verdict == Verdict.ERROR]
        found += [Mistake(f"Trang “{sheet}”, ô {cell.address}", cell.text, cell.sentence) for cell in wrong]
        if not wrong:
            found.append(Mistake(f"Trang “{sheet}”, dòng {row.number}", row.title, row.sentence))
    return tuple(found)


def _row(row: RowVerdict) -> ShownRow:
    label, look = ("Từ lần trước", "") if row.is_settled else LABELS[row.verdict]
    cells = tuple(_cell(cell) for cell in row.cells if _is_worth_showing(row, cell))
    has_own = any(cell.is_wrong for cell in cells)
    return ShownRow(row.number, row.title, label, look, "" if has_own and not row.is_settled else row.sentence, cells)


def _is_worth_showing(row: RowVerdict, cell: CellVerdict) -> bool:
    if row.verdict == Verdict.CHANGED:
        return cell.verdict == Verdict.CHANGED
    return bool(cell.text) or bool(cell.sentence)


def _cell(cell: CellVerdict) -> ShownCell:
    return ShownCell(
        cell.address,
        cell.heading,
        cell.text,
        cell.old,
        is_change=cell.verdict == Verdict.CHANGED,
        is_wrong=cell.verdict in {Verdict.ERROR, Verdict.PARKED},
        sentence=cell.sentence,
    )
