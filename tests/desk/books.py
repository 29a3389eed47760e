"""Workbooks of the tests: rows by sheet title and heading, written the way a person would."""

import io
from collections.abc import Mapping, Sequence
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from blocs.models import BlocYear
from emulation.accounts.domain.scope import Capacity, Scope
from emulation.core import clock
from emulation.core.access import Actor
from emulation.desk.domain.verdicts import Plan
from emulation.desk.models import ImportBatch, ParkedRow
from emulation.desk.queries.workbook import rows_of
from emulation.desk.renderers.workbook import book, empty_book
from emulation.desk.services import workbook
from tests.factories import ParkedRowFactory

BOARD = Actor(None, "Nguyễn Văn A", "Chuyên viên", None, Scope(capacity=Capacity.BOARD_SPECIALIST))
OFFICER = Actor(None, "Trần Thị B", "Chuyên viên", None, Scope(capacity=Capacity.OFFICER))
BLOC = {"Năm thi đua": 2026, "Tên khối": "Khối thi đua số 6", "Địa phương": "trong tỉnh"}
Rows = Mapping[str, Sequence[Mapping[str, Any]]]


def saved(out: Workbook) -> bytes:
    buffer = io.BytesIO()
    out.save(buffer)
    return buffer.getvalue()


def opened(content: bytes | None = None) -> Workbook:
    return load_workbook(io.BytesIO(content or empty_book()))


def fill(out: Workbook, rows: Rows) -> Workbook:
    """Type the rows below the headings, from row 2."""
    for title, lines in rows.items():
        page: Worksheet = out[title]
        columns = {cell.value: cell.column for cell in page[1]}
        for number, line in enumerate(lines, start=2):
            for heading, value in line.items():
                page.cell(number, columns[heading]).value = value
    return out


def filled(rows: Rows) -> bytes:
    return saved(fill(opened(), {"Khối": [BLOC], **rows}))


def upload(content: bytes) -> tuple[ImportBatch, Plan]:
    return workbook.upload(name="khoi.xlsx", content=content, actor=BOARD)


def bring_in(content: bytes) -> ImportBatch:
    batch, plan = upload(content)
    return workbook.confirm(batch=batch, digest=plan.digest, actor=BOARD, at=clock.now())


def waiting_movement(batch: ImportBatch) -> ParkedRow:
    """Return a waiting row of an import that can be placed as it is."""
    return ParkedRowFactory(batch=batch, sheet="movements", cells='{"title": ["B9", "Phong trào chờ"]}')


def taken_out(bloc_year: BlocYear) -> bytes:
    fresh = BlocYear.objects.get(pk=bloc_year.pk)
    return book({sheet: [row.values for row in rows] for sheet, rows in rows_of(fresh).items()})
