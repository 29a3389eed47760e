"""Rows that wait: a human names the agency, mends the row, or drops it with a reason; then it goes the common way."""

import datetime as dt
import json
from collections.abc import Mapping

from blocs.enums import YearState
from blocs.models import BlocYear
from emulation.core.access import Actor, can
from emulation.core.audit import Act, act
from emulation.core.errors import Refused
from emulation.core.vietnamese import fold, nfc
from emulation.desk.domain import workbook
from emulation.desk.domain.sheets import SHEETS
from emulation.desk.domain.verdicts import RowVerdict
from emulation.desk.domain.workbook import wanted_of
from emulation.desk.models import ImportBatch, ParkedRow, ParkedState
from emulation.desk.queries.workbook import world_of
from emulation.desk.services.account import Account
from emulation.desk.services.rows import RowWriter
from emulation.desk.services.workbook import hold, importing

Cells = dict[str, tuple[str, str]]  # {column key: (address, text)}
NEW_AGENCY = 0  # the choice "none of these: a new agency"
DECIDED = "Dòng này đã được xử lý; tải lại trang để xem kết quả."
_ORDER = [sheet.key for sheet in SHEETS]


def bloc_year_of(row: ParkedRow) -> BlocYear:
    """Return the bloc year a waiting row belongs to; its workbook is confirmed, so there is one."""
    return BlocYear.objects.select_related("bloc", "year", "parent", "partition").get(batches=row.batch)


def verdict_on(
    row: ParkedRow, bloc_year: BlocYear, choice: int | None = None, cells: Cells | None = None
) -> RowVerdict:
    """Return what the row means as things stand now, with the cells mended.

    `choice` is the agency a human names; NEW_AGENCY a new one.
    """
    cells = row.texts if cells is None else cells
    wanted = wanted_of({key: text for key, (_, text) in cells.items()})
    chosen = {} if choice is None else {wanted.key: choice or None}
    grid = workbook.single(row.sheet, row.number, cells)
    # The row's own waiting is no answer to what it means.
    return workbook.plan(grid, world_of(bloc_year, is_fresh=True), chosen).rows[0]


def place(
    *, row: ParkedRow, choice: int | None, texts: Mapping[str, str] | None = None, actor: Actor, at: dt.datetime
) -> int:
    """Bring a waiting row in, under the agency named and with the cells mended; return how many rows went in.

    Other waiting rows of the same file that name the same agency go in with it.
    Raises Refused with what is still wrong or when the row was decided already, PermissionError when the actor may not.
    """
    _require(actor)
    with importing(actor=actor, at=at) as current:
        row = _locked(row)
        batch = ImportBatch.objects.select_for_update().get(pk=row.batch_id)
        hold(BlocYear.objects.filter(batches=batch))
        bloc_year = bloc_year_of(row)
        if bloc_year.is_closed or bloc_year.year.state == YearState.CLOSED:
            raise Refused("Năm này của khối đã khóa nên không nhận thay đổi; mở lại năm trước khi nhập.")
        placed = _bring_in(row, choice, batch, bloc_year, current, cells=mended(row, texts or {}))
        for other in _same_agency(row) if choice is not None else []:
            placed += _bring_in(other, row.agency_id, batch, bloc_year, current, is_optional=True)
        batch.revision += 1
        batch.save()
        current.record(
            "row_placed",
            bloc_year,
            data={
                "batch": row.batch_id,
                "sheet": row.sheet,
                "row": row.number,
                "agency": row.agency_id,
                "rows": placed,
            },
        )
    return placed


def _bring_in(
    row: ParkedRow,
    choice: int | None,
    batch: ImportBatch,
    bloc_year: BlocYear,
    current: Act,
    *,
    cells: Cells | None = None,
    is_optional: bool = False,
) -> int:
    verdict = verdict_on(row, bloc_year, choice, cells)
    if verdict.waits and is_optional:
        return 0
    if verdict.waits:
        raise Refused(verdict.sentence)
    year = (bloc_year.year.label, bloc_year.year.kind)
    account = Account(batch, [verdict], year=year, bloc_year_id=bloc_year.pk, bloc_id=bloc_year.bloc_id)
    writer = RowWriter(bloc_year, [verdict], act=current)
    writer.write()
    if batch.written:  # what an import without an account wrote cannot be undone, nor can its rows placed later
        account.close(bloc_year, writer)
    if choice is not None and verdict.found:
        row.agency_id = verdict.found.id or writer.agencies[verdict.found.key].pk
    row.title = verdict.title[:700]
    row.placed_cells = json.dumps(row.texts if cells is None else cells, ensure_ascii=False)
    _decide(row, ParkedState.PLACED, current)
    return 1


def drop(*, row: ParkedRow, note: str, actor: Actor, at: dt.datetime) -> None:
    """Leave a waiting row out, with the reason. Raises Refused without one, or when the row was decided already."""
    _require(actor)
    if not nfc(note):
        raise Refused("Cần ghi lý do bỏ dòng này.")
    with act(actor=actor, at=at) as current:
        row = _locked(row)
        row.note = nfc(note)[:300]
        _decide(row, ParkedState.DROPPED, current)
        data = {"batch": row.batch_id, "sheet": row.sheet, "row": row.number}
        current.record("row_dropped", bloc_year_of(row), note=row.note, data=data)


def _require(actor: Actor) -> None:
    if not can(actor, "desk.place_row"):
        raise PermissionError("desk.place_row")


def _locked(row: ParkedRow) -> ParkedRow:
    found = ParkedRow.objects.select_for_update(of=("self",)).select_related("batch").get(pk=row.pk)
    if not found.is_waiting:
        raise Refused(DECIDED)
    return found


def _decide(row: ParkedRow, state: ParkedState, current: Act) -> None:
    row.state, row.decided_at, row.decided_by_id = state, current.at, current.actor.user_id
    row.revision += 1
    row.save()


def mended(row: ParkedRow, texts: Mapping[str, str]) -> Cells:
    """Return the row's cells with the texts a human typed; cells keep their addresses."""
    old = row.texts
    (blank,) = workbook.single(row.sheet, row.number, {}).rows[row.sheet]
    cells: Cells = {}
    for key, cell in blank.cells.items():
        address, text = old.get(key, (cell.address, ""))
        said = nfc(texts[key]) if key in texts else text
        if said:
            cells[key] = (address, said)
    return cells


def _same_agency(row: ParkedRow) -> list[ParkedRow]:
    """Return the other waiting rows of the file that name the same agency, members first."""
    mine = wanted_of({key: text for key, (_, text) in row.texts.items()})
    waiting = ParkedRow.objects.select_for_update(of=("self",)).select_related("batch").exclude(pk=row.pk)
    same = []
    for other in waiting.filter(batch=row.batch, state=ParkedState.WAITING):
        theirs = wanted_of({key: text for key, (_, text) in other.texts.items()})
        places = {fold(mine.locality), fold(theirs.locality)} - {""}
        if fold(theirs.name) == fold(mine.name) and theirs.parent == mine.parent and len(places) <= 1:
            same.append(other)
    return sorted(same, key=lambda other: (_ORDER.index(other.sheet), other.number))
