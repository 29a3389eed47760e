"""Whatever rows stand, their workbook read back says that nothing changes."""

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from emulation.core.vietnamese import fold, nfc
from emulation.desk.domain import workbook
from emulation.desk.domain.facts import RowFact, World
from emulation.desk.domain.matching import AgencyFact
from emulation.desk.domain.sheets import FIGURES, MILESTONES, MOVEMENTS, RESULTS, SHEETS, TARGETS, Kind
from emulation.desk.renderers import reading
from emulation.desk.renderers.workbook import book

BLOC = {
    "year": "2026", "year_kind": "calendar", "code": "", "name": "Khối thi đua số 1", "number": "", "kind": "khoi",
    "locality": "trong tỉnh", "parent": "", "partition": "", "state": "running", "stated_member_count": None,
    "theme": "", "source": "", "note": "",
}  # fmt: skip
TEXTS = st.text(st.sampled_from("abcxyzăâđêôơưĂÂĐẾỗửỳ =+-@'\"<>&;,.0123456789\n\t–“”"), min_size=1, max_size=40).map(
    nfc
)
FULL = TEXTS.filter(lambda text: bool(fold(text)))
VALUES = {
    Kind.TEXT: TEXTS,
    Kind.LINES: TEXTS,
    Kind.COUNT: st.none() | st.integers(0, 2**31 - 1),
    Kind.NUMBER: st.none() | st.decimals(-(10**9), 10**9, places=4).map(lambda n: n.normalize() if n else Decimal(0)),
    Kind.DATE: st.none() | st.dates(dt.date(1900, 3, 1), dt.date(2100, 12, 31)),
    Kind.YES_NO: st.booleans(),
}


def value_of(column):
    if column.kind == Kind.CHOICE:
        return st.sampled_from([value for _, value in column.choices])
    if column.is_required:
        return FULL
    return VALUES[column.kind]


def rows_of(sheet, **fixed):
    """Up to four rows with numbers of their own; what the rules exclude is left out."""
    columns = {column.key: value_of(column) for column in sheet.columns if column.key != "number"} | fixed
    return st.lists(st.fixed_dictionaries(columns), max_size=4).map(
        lambda rows: [{**row, "number": number} for number, row in enumerate(rows, start=1)]
    )


NOBODY = {"code": st.just(""), "agency": st.just(""), "locality": st.just(""), "parent": st.just("")}
TARGET_ROWS = rows_of(TARGETS, planned_text=st.just("")) | rows_of(TARGETS, planned=st.none())
FIGURE_ROWS = rows_of(FIGURES, whole=st.none()) | rows_of(FIGURES, part=st.none())


@pytest.mark.once
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    movements=rows_of(MOVEMENTS),
    targets=TARGET_ROWS,
    results=rows_of(RESULTS, **NOBODY),
    figures=FIGURE_ROWS,
    milestones=st.lists(
        st.fixed_dictionaries({column.key: value_of(column) for column in MILESTONES.columns}),
        max_size=4,
        unique_by=lambda row: row["kind"],
    ),
)
def test_rows_read_back_from_their_workbook_change_nothing(**sheets):
    rows = {"bloc": [BLOC], **sheets}
    world = World(
        agencies=(AgencyFact(1, "Sở A", frozenset({"so a"})),),
        rows={
            sheet.key: tuple(RowFact(number, row) for number, row in enumerate(rows.get(sheet.key, ()), start=1))
            for sheet in SHEETS
        },
        bloc_year_id=1,
    )
    plan = workbook.plan(reading.read(book(rows)), world)
    assert [(row.title, row.sentence, row.changes) for row in plan.rows if row.is_news] == []
    assert plan.kept == ()
