"""The check of a bloc workbook: what each row and cell would change in the present rows; pure.

A row is new, changed, unchanged, parked (a human must say which agency is meant) or wrong. Rows the file does not speak
of are kept and listed. Nothing is guessed, nothing is dropped.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from string import ascii_uppercase
from typing import Any

from blocs.domain.members import RANKED, ended_refusal
from emulation.core.vietnamese import date_short, fold
from emulation.desk.domain import cells
from emulation.desk.domain.cells import RawCell
from emulation.desk.domain.facts import BlocWanted, Grid, RawRow, RowFact, SeatFact, World
from emulation.desk.domain.matching import Doubt, Found, Home, Key, Match, Register, Wanted
from emulation.desk.domain.recognising import identity, present_row
from emulation.desk.domain.rowrules import Standing, faults_between, faults_within
from emulation.desk.domain.sheets import BLOC, MEMBERS, OWN_LOCALITY, SHEETS, Column, Sheet, sheet_by
from emulation.desk.domain.verdicts import CellVerdict, Plan, RowVerdict, Verdict


def head(grid: Grid) -> BlocWanted | None:
    """Return which bloc year the file is about; None when its row cannot be read."""
    row = next(iter(grid.rows.get(BLOC.key, ())), None)
    if row is None:
        return None
    reading = _read(BLOC, row, grid.epoch)
    if any(cell.key in {"year", "year_kind", "code", "name", "locality"} for cell in reading.wrong):
        return None
    values = {column.key: reading.values.get(column.key, column.fallback or "") for column in BLOC.columns}
    return BlocWanted(values["year"], values["year_kind"], values["name"], values["code"], values["locality"])


def plan(grid: Grid, world: World, choices: Mapping[Key, int | None] | None = None) -> Plan:
    """Return the verdict on every row of the file. `choices` are agencies a human has named (None: a new one)."""
    return _Checker(world, {**world.choices, **(choices or {})}, grid).run()


def wanted_of(texts: Mapping[str, str]) -> Wanted:
    """Return the agency the texts of a row name."""
    return Wanted(*(texts.get(key, "") for key in ("agency", "code", "locality", "parent")))


def single(sheet: str, number: int, texts: Mapping[str, tuple[str, str]]) -> Grid:
    """Return a file of one row, from what a parked row kept: {column key: (address, text)}."""
    columns = sheet_by(sheet).columns
    blank = {column.key: RawCell(f"{letter}{number}") for letter, column in zip(ascii_uppercase, columns, strict=False)}
    said = {key: RawCell(address, text) for key, (address, text) in texts.items()}
    return Grid({sheet: (RawRow(number, {**blank, **said}),)})


@dataclass(frozen=True)
class _Reading:
    """The cells of a row, read: typed values of the cells that are not blank, and the wrong ones."""

    values: dict[str, Any]
    wrong: tuple[CellVerdict, ...]


def _read(sheet: Sheet, row: RawRow, epoch: dt.date) -> _Reading:
    values: dict[str, Any] = {}
    wrong = []
    for column in sheet.columns:
        cell = row.cells.get(column.key, RawCell(f"{row.number}"))
        if cell.is_merged:
            sentence = f"Dòng {row.number} có ô gộp ({cell.address}); bỏ gộp ô rồi điền từng dòng."
        elif cell.is_blank and column.is_required:
            sentence = f"Thiếu “{column.heading}”; điền ô này."
        elif cell.is_blank:
            continue
        else:
            try:
                values[column.key] = cells.typed(cell, column, epoch=epoch)
                continue
            except ValueError as fault:
                sentence = str(fault)
        wrong.append(_cell(cell, column, Verdict.ERROR, sentence=sentence))
    return _Reading(values, tuple(wrong))


def _cell(cell: RawCell, column: Column, verdict: Verdict, *, old: str = "", sentence: str = "") -> CellVerdict:
    text = cells.plain_text(cell.value)
    return CellVerdict(cell.address, column.heading, column.key, text, verdict, old, sentence)


class _Checker:
    """One check of one file."""

    def __init__(self, world: World, choices: Mapping[Key, int | None], grid: Grid) -> None:
        self.world = world
        self.grid = grid
        self.year = _year(world, grid)
        self.home = Home(world.own, _home_locality(world, grid), world.linked)
        members = [row.agency_id for row in world.rows.get(MEMBERS.key, ()) if row.agency_id is not None]
        self.register = Register(world.agencies, home=self.home, members=members, choices=choices)
        self.matched: dict[str, dict[int, int]] = {sheet.key: {} for sheet in SHEETS}  # sheet → row id → file row
        self.new_keys: dict[tuple[Any, ...], int] = {}
        self.taken: dict[str, set[int]] = {}

    def run(self) -> Plan:
        rows: list[RowVerdict] = []
        for sheet in SHEETS:
            self.taken[sheet.key] = self._numbers(sheet)
            found = [self._row(sheet, raw) for raw in self.grid.rows.get(sheet.key, ())]
            rows += self._between(sheet, found)
        return Plan(self._closed(tuple(self._settled(row) for row in rows)), self._kept(), self.grid.notes)

    def _settled(self, row: RowVerdict) -> RowVerdict:
        """Mark a waiting row that waits, or was dropped, since an earlier import."""
        sentence = self.world.settled.get(row.print, "") if row.waits and row.sheet != BLOC.key else ""
        return replace(row, is_settled=True, sentence=sentence) if sentence else row

    def _numbers(self, sheet: Sheet) -> set[int]:
        """Return the numbers that stand, and those the file gives: rows without one come after them."""
        present = {row.values["number"] for row in self.world.rows.get(sheet.key, ()) if "number" in row.values}
        if not any(column.key == "number" and column.keeps for column in sheet.columns):
            return set()
        typed = [_read(sheet, raw, self.grid.epoch).values.get("number") for raw in self.grid.rows.get(sheet.key, ())]
        return {number for number in (*present, *typed) if isinstance(number, int)}

    def _row(self, sheet: Sheet, raw: RawRow) -> RowVerdict:
        reading = _read(sheet, raw, self.grid.epoch)
        said = reading.values
        values = {column.key: said.get(column.key, column.empty) for column in sheet.columns}
        if sheet is BLOC:
            values["locality"] = self.home.read(values["locality"]) or OWN_LOCALITY
        wanted, match = self._agency(sheet, values, reading)
        fact = present_row(sheet, self.world.rows.get(sheet.key, ()), self.matched[sheet.key], values, said, match)
        values |= {
            column.key: self._unsaid(sheet, column, fact)
            for column in sheet.columns
            if column.keeps and column.key not in said
        }
        wrong = list(reading.wrong)
        if not wrong:
            faults = faults_within(sheet.key, values) + self._about_the_world(sheet, values, fact, match)
            wrong = [_cell(_at(raw, key), sheet.column(key), Verdict.ERROR, sentence=text) for key, text in faults]
        repeated = "" if wrong else self._repeated(sheet, raw, values, fact, match)
        seats = [] if wrong or fact or sheet.key != "monitors" else self._seats(values)
        row = RowVerdict(
            sheet=sheet.key,
            number=raw.number,
            title=_title(sheet, values),
            verdict=Verdict.UNCHANGED,
            cells=(),
            values=values,
            row_id=fact.id if fact else None,
            found=match if isinstance(match, Found) else None,
            wanted=wanted,
            seat_id=seats[0].id if seats else None,
        )
        if wrong and fact is not None:
            self.matched[sheet.key].setdefault(fact.id, raw.number)
        if wrong or repeated:
            sentence = repeated or f"Ô {wrong[0].address}: {wrong[0].sentence}"
            return replace(row, verdict=Verdict.ERROR, sentence=sentence, cells=self._merge(sheet, raw, wrong))
        if isinstance(match, Doubt):
            cell = _cell(_at(raw, "agency"), sheet.column("agency"), Verdict.PARKED, sentence=match.sentence)
            marked = self._merge(sheet, raw, [cell])
            return replace(
                row, verdict=Verdict.PARKED, sentence=match.sentence, candidates=match.candidates, cells=marked
            )
        return self._frozen(sheet, raw, self._compared(sheet, raw, row, fact))

    def _frozen(self, sheet: Sheet, raw: RawRow, row: RowVerdict) -> RowVerdict:
        """Refuse a row that would change a sheet which takes no changes now."""
        sentence = self.world.frozen.get(sheet.key, "")
        if not sentence or row.verdict == Verdict.UNCHANGED:
            return row
        cells = self._merge(sheet, raw, [])
        return replace(row, verdict=Verdict.ERROR, sentence=sentence, cells=cells, changes=frozenset())

    def _agency(self, sheet: Sheet, values: dict[str, Any], reading: _Reading) -> tuple[Wanted | None, Match | None]:
        """Return which agency the row names and what that means; None when it names none or it cannot be read."""
        if not sheet.names_agency or not values["agency"]:
            return None, None
        if any(cell.key in {"agency", "code", "locality", "parent"} for cell in reading.wrong):
            return None, None
        wanted = Wanted(values["agency"], values["code"], values["locality"], values.get("parent", ""))
        ask = self.register.member if sheet is MEMBERS else self.register.mention
        return wanted, ask(wanted)

    def _unsaid(self, sheet: Sheet, column: Column, fact: RowFact | None) -> Any:
        """Return what an empty cell means in a column that cannot be empty."""
        if fact is not None:
            return fact.values[column.key]
        if column.key == "number" and sheet is not BLOC:
            number = max(self.taken[sheet.key], default=0) + 1
            self.taken[sheet.key].add(number)
            return number
        return column.fallback

    def _about_the_world(
        self, sheet: Sheet, values: dict[str, Any], fact: RowFact | None, match: Match | None
    ) -> list[tuple[str, str]]:
        """Return what the row says against what stands."""
        if sheet is BLOC:
            return self._about_the_bloc(values, fact)
        if sheet is MEMBERS and isinstance(match, Found) and match.id:
            return self._about_the_member(values, fact, match.id)
        if sheet.key == "monitors":
            return self._about_the_monitor(values, fact)
        return []

    def _about_the_member(
        self, values: Mapping[str, Any], fact: RowFact | None, agency_id: int
    ) -> list[tuple[str, str]]:
        known = self.register.fact(agency_id)
        if known.parent_id is not None:
            return [("agency", f"“{known.name}” là bộ phận của đơn vị khác, không phải đơn vị thành viên; sửa tên.")]
        if fact is not None:
            is_moved = fact.id in self.world.held and values["group"] != fact.values["group"]
            return [("group", RANKED.format(name=fact.values["agency"]))] if is_moved else []
        label, kind = self.year
        days = {"joined_on": values["joined_on"], "left_on": values["left_on"]}
        refusal = ended_refusal(known.name, known.ended_on, label=label, kind=kind, **days)
        return [("agency", refusal)] if refusal else []

    def _about_the_bloc(self, values: dict[str, Any], fact: RowFact | None) -> list[tuple[str, str]]:
        faults = []
        if self.world.refusal:
            faults.append(("name", self.world.refusal))
        if fact and values["state"] != fact.values["state"]:
            faults.append(("state", "Trạng thái không đổi qua tệp; đổi bằng nút trên trang của khối, rồi tải tệp lại."))
        for key, known in (("parent", self.world.parents), ("partition", self.world.partitions)):
            ids = [row for row, name in known if fold(name) == fold(values[key])]
            if values[key] and len(ids) != 1:
                faults.append((key, f"Hệ thống chưa có “{values[key]}”, hoặc có nhiều hơn một; ghi đúng tên đã có."))
            values[f"{key}_id"] = ids[0] if values[key] and ids else None
        return faults

    def _about_the_monitor(self, values: Mapping[str, Any], fact: RowFact | None) -> list[tuple[str, str]]:
        if fact is None:
            return self._about_the_person(values) if values["person"] else []
        began = fact.values.get("starts_on")
        if began and values["ends_on"] and values["ends_on"] < began:
            return [("ends_on", f"Theo dõi khối từ ngày {date_short(began)}; ghi “Đến ngày” không sớm hơn ngày đó.")]
        return []

    def _about_the_person(self, values: Mapping[str, Any]) -> list[tuple[str, str]]:
        seats = self._seats(values)
        if len(seats) == 1:
            return []
        if seats:
            return [("person", f"Có {len(seats)} người tên “{values['person']}”; ghi thêm chức danh.")]
        return [("person", f"Không có ai tên “{values['person']}” ở vai trò này; sửa tên, hoặc ghi ở cột Theo nguồn.")]

    def _seats(self, values: Mapping[str, Any]) -> list[SeatFact]:
        """Return the open seats of whom the row names; a person who has left may only go on standing."""
        return [
            seat
            for seat in self.world.seats
            if seat.role == values["role"]
            and fold(seat.person) == fold(values["person"])
            and fold(values["title"]) in {"", fold(seat.title)}
        ]

    def _repeated(
        self, sheet: Sheet, raw: RawRow, values: Mapping[str, Any], fact: RowFact | None, match: Match | None
    ) -> str:
        """Return a sentence when an earlier row of the file says the same thing; remember this one."""
        if sheet is BLOC:
            is_second = raw is not self.grid.rows[BLOC.key][0]
            return "Mỗi tệp là một khối trong một năm; bỏ dòng này, tải khối khác bằng tệp khác." if is_second else ""
        if isinstance(match, Doubt):
            return ""
        if fact is not None:
            first = self.matched[sheet.key].setdefault(fact.id, raw.number)
        else:
            first = self.new_keys.setdefault((sheet.key, *identity(sheet, values, match)), raw.number)
        return f"Trùng với dòng {first}; bỏ một trong hai dòng." if first != raw.number else ""

    def _compared(self, sheet: Sheet, raw: RawRow, row: RowVerdict, fact: RowFact | None) -> RowVerdict:
        changes = set()
        marked = []
        for column in sheet.columns:
            cell = _at(raw, column.key)
            if fact is None:
                change = self._new_cell(sheet, column, cell, row)
            else:
                change = self._changed_cell(sheet, column, cell, row, fact)
            if change is not None:
                marked.append(change)
                if change.verdict == Verdict.CHANGED:
                    changes.add(column.key)
        verdict = Verdict.NEW if fact is None else Verdict.CHANGED if changes else Verdict.UNCHANGED
        sentence = self.world.remark if sheet is BLOC and fact is None else ""
        return replace(
            row,
            verdict=verdict,
            changes=frozenset(changes),
            sentence=sentence,
            cells=self._merge(sheet, raw, marked, rest=Verdict.NEW if fact is None else Verdict.UNCHANGED),
        )

    def _new_cell(self, sheet: Sheet, column: Column, cell: RawCell, row: RowVerdict) -> CellVerdict | None:
        """Return the remark on a cell of a new row: which agency it means, and what of that agency changes."""
        if column.key == "agency" and row.found:
            note = row.found.note
            if row.found.id is None:
                note = f"đơn vị mới; {note}" if note else "đơn vị mới"
            return _cell(cell, column, Verdict.NEW, sentence=note)
        return self._agency_change(sheet, column, cell, row)

    def _agency_change(self, sheet: Sheet, column: Column, cell: RawCell, row: RowVerdict) -> CellVerdict | None:
        """Return the change of a known agency that the row brings: a code it had not, another kind."""
        if cell.is_blank or row.found is None or row.found.id is None:
            return None
        known = self.register.fact(row.found.id)
        if column.key == "code" and not known.code:
            return _cell(cell, column, Verdict.CHANGED)
        if column.key == "agency_kind" and row.values["agency_kind"] != known.kind:
            return _cell(cell, column, Verdict.CHANGED, old=cells.as_text(known.kind, column))
        return None

    def _changed_cell(
        self, sheet: Sheet, column: Column, cell: RawCell, row: RowVerdict, fact: RowFact
    ) -> CellVerdict | None:
        key, new, old = column.key, row.values[column.key], fact.values[column.key]
        if sheet.names_agency and key in {"code", "agency", "locality", "parent", "agency_kind"}:
            if key == "agency" and row.found and row.found.id == fact.agency_id:
                other = row.found.note or ""
                return _cell(cell, column, Verdict.UNCHANGED, sentence=other) if other else None
            if key == "agency" and (row.found is not None or fact.agency_id is not None):
                return _cell(cell, column, Verdict.CHANGED, old=cells.as_text(old, column))
            return self._agency_change(sheet, column, cell, row)
        if new == old or (sheet is BLOC and key in {"year", "year_kind"}):
            return None
        if sheet is BLOC and key in {"locality", "parent", "partition"} and fold(new) == fold(old):
            return None
        if sheet.key == "monitors" and key in {"role", "person", "title"}:
            return None
        return _cell(cell, column, Verdict.CHANGED, old=cells.as_text(old, column))

    def _merge(
        self, sheet: Sheet, raw: RawRow, marked: list[CellVerdict], *, rest: Verdict = Verdict.UNCHANGED
    ) -> tuple[CellVerdict, ...]:
        """Return every cell of the row that says something, the marked ones with their verdict."""
        by_key = {cell.key: cell for cell in marked}
        all_cells = []
        for column in sheet.columns:
            cell = _at(raw, column.key)
            if column.key in by_key:
                all_cells.append(by_key[column.key])
            elif not cell.is_blank:
                all_cells.append(_cell(cell, column, rest))
        return tuple(all_cells)

    def _between(self, sheet: Sheet, rows: list[RowVerdict]) -> list[RowVerdict]:
        """Mark rows that cannot stand beside others of their sheet."""
        touched = {row.row_id for row in rows if not row.waits}
        standing = [
            Standing(fact.values, fact.agency_id, None, fact.values.get("agency", ""))
            for fact in self.world.rows.get(sheet.key, ())
            if fact.id not in touched
        ]
        standing += [
            Standing(row.values, _agency_of(row), position, row.title)
            for position, row in enumerate(rows)
            if not row.waits
        ]
        for position, (key, sentence) in faults_between(sheet.key, standing).items():
            row = rows[position]
            if row.verdict == Verdict.UNCHANGED:
                continue
            marked = tuple(
                replace(cell, verdict=Verdict.ERROR, sentence=sentence) if cell.key == key else cell
                for cell in row.cells
            )
            address = next((cell.address for cell in marked if cell.key == key), f"{row.number}")
            rows[position] = replace(
                row, verdict=Verdict.ERROR, sentence=f"Ô {address}: {sentence}", cells=marked, changes=frozenset()
            )
        return rows

    def _closed(self, rows: tuple[RowVerdict, ...]) -> tuple[RowVerdict, ...]:
        """Mark the bloc's row when the year takes no changes and the file has some."""
        if not self.world.is_closed or not any(row.is_news for row in rows):
            return rows
        sentence = "Năm này của khối đã khóa nên không nhận thay đổi; mở lại năm trước khi nhập."
        return tuple(
            replace(row, verdict=Verdict.ERROR, sentence=sentence) if row.sheet == BLOC.key else row for row in rows
        )

    def _kept(self) -> tuple[tuple[str, str], ...]:
        """Return the present rows no row of the file is about."""
        return tuple(
            (sheet.title, _title(sheet, fact.values))
            for sheet in SHEETS
            if sheet is not BLOC
            for fact in self.world.rows.get(sheet.key, ())
            if fact.id not in self.matched[sheet.key]
        )


def _year(world: World, grid: Grid) -> tuple[str, str]:
    """Return the label and kind of the year as the file says them; for a single row, as they stand."""
    wanted = head(grid)
    if wanted is not None:
        return wanted.year, wanted.year_kind
    return next(((fact.values["year"], fact.values["year_kind"]) for fact in world.rows.get(BLOC.key, ())), ("", ""))


def _home_locality(world: World, grid: Grid) -> str:
    """Return the bloc's locality as the file words it; for a single row, as it stands.

    "" says nothing, "trong tỉnh" says that the bloc, and its rows that say nothing themselves, are of this province.
    """
    wanted = head(grid)
    if wanted is not None:
        return wanted.locality
    stands = next((fact.values["locality"] for fact in world.rows.get(BLOC.key, ())), "")
    return "" if stands == OWN_LOCALITY else str(stands)


def _at(raw: RawRow, key: str) -> RawCell:
    return raw.cells.get(key, RawCell(f"{raw.number}"))


def _title(sheet: Sheet, values: Mapping[str, Any]) -> str:
    """Return what a person calls the row."""
    for key in ("agency", "title", "indicator", "label", "name", "person", "award_text", "stated"):
        if sheet.key == "monitors" and key == "title":
            continue
        if values.get(key):
            return str(values[key])
    kind = next((column for column in sheet.columns if column.key == "kind"), None)
    return cells.as_text(values["kind"], kind) if kind else sheet.title


def _agency_of(row: RowVerdict) -> object:
    return (row.found.id or row.found.key) if row.found else None
