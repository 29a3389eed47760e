"""A list as an Excel file: texts stay texts, dates are dates, missing cells stay empty."""

import datetime as dt
import io
from decimal import Decimal

from openpyxl import load_workbook

from emulation.core import exports

COLUMNS = (exports.Column("Tên", 30), exports.Column("Ngày"), exports.Column("Điểm"))


def sheet(rows):
    content = exports.as_bytes(title="Danh sách", note="=ghi chú", columns=COLUMNS, rows=rows)
    return load_workbook(io.BytesIO(content)).active


def test_export_numbers_its_rows_under_the_heading() -> None:
    made = sheet([("Sở A", dt.date(2026, 11, 5), Decimal("93.5")), (None, None, 3)])
    assert [tuple(row) for row in made.iter_rows(values_only=True)] == [
        ("Danh sách", None, None, None),
        ("=ghi chú", None, None, None),
        ("STT", "Tên", "Ngày", "Điểm"),
        (1, "Sở A", dt.datetime(2026, 11, 5), 93.5),
        (2, None, None, 3),
    ]
    assert made["C4"].number_format == "dd/mm/yyyy"


def test_export_takes_no_text_for_a_formula() -> None:
    made = sheet([("=1+1", None, None), ("+84", None, None)])
    assert [(made[cell].value, made[cell].data_type) for cell in ("A2", "B4", "B5")] == [
        ("=ghi chú", "s"), ("=1+1", "s"), ("+84", "s"),
    ]  # fmt: skip


def test_export_drops_characters_a_workbook_cannot_hold() -> None:
    assert sheet([("a\x07b\x00", None, None)])["B4"].value == "ab"


def test_export_of_no_rows_has_its_headings() -> None:
    assert sheet([]).max_row == 3


def test_export_is_named_for_its_title() -> None:
    answer = exports.as_response(title="Danh sách đơn vị", note="", columns=COLUMNS, rows=[])
    assert answer["Content-Disposition"] == 'attachment; filename="danh-sach-don-vi.xlsx"'
    assert answer["Cache-Control"] == "private, no-store"
