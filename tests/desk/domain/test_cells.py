"""One cell: every way a date, a number, a yes can be typed; what comes out goes in again."""

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulation.desk.domain.cells import EPOCH, RawCell, as_text, plain_text, rows_from_headings, typed
from emulation.desk.domain.sheets import MEMBERS, SHEETS, TARGETS, Column, Kind

DATE = Column("day", "Ngày", Kind.DATE)
COUNT = Column("count", "Số", Kind.COUNT)
NUMBER = Column("number", "Kế hoạch", Kind.NUMBER)
FLAG = Column("flag", "Bỏ phiếu", Kind.YES_NO)
TEXT = Column("text", "Tên đơn vị")
KIND = MEMBERS.column("agency_kind")


def read(value, column, **options):
    return typed(RawCell("C7", value, **options), column)


@pytest.mark.parametrize(
    "value",
    [
        "05/11/2026",
        " 5/11/2026 ",
        "05.11.2026",
        "05-11-2026",
        "2026-11-05",
        "2026-11-05 00:00:00",
        dt.datetime(2026, 11, 5),
        dt.date(2026, 11, 5),
        46331,
        46331.0,
    ],
)
def test_date_is_the_fifth_of_november_in_every_form(value):
    assert read(value, DATE) == dt.date(2026, 11, 5)


def test_date_serial_follows_the_files_own_epoch():
    assert typed(RawCell("C7", 44869), DATE, epoch=dt.date(1904, 1, 1)) == dt.date(2026, 11, 5)
    assert dt.date(1899, 12, 30) == EPOCH


@pytest.mark.parametrize(
    ("value", "sentence"),
    [
        ("31/02/2026", "Không có ngày 31/02/2026; nhập theo dạng ngày/tháng/năm, ví dụ 05/11/2026."),
        ("tháng 11", "“tháng 11” không phải là ngày; nhập theo dạng ngày/tháng/năm, ví dụ 05/11/2026."),
        (2026, "2026 không phải là ngày; nhập theo dạng 05/11/2026."),
        (46331.5, "46331,5 không phải là ngày; nhập theo dạng 05/11/2026."),
        ("05/11/0026", "Năm 26 không hợp lý; nhập ngày từ năm 1900 đến 2100."),
        (True, "“Có” không phải là ngày; nhập theo dạng ngày/tháng/năm, ví dụ 05/11/2026."),
    ],
)
def test_date_is_refused_with_a_sentence(value, sentence):
    with pytest.raises(ValueError, match=r"^.*$") as refused:
        read(value, DATE)
    assert str(refused.value) == sentence


@pytest.mark.parametrize("value", ["93,5", "93.5", 93.5, Decimal("93.5"), " 93,50 ", "+93,5"])
def test_number_is_ninety_three_and_a_half_in_every_form(value):
    assert read(value, NUMBER) == Decimal("93.5")


@pytest.mark.parametrize("value", ["1.234,5", "1,234.5", "1 234,5", 1234.5])
def test_number_takes_separators_that_leave_no_doubt(value):
    assert read(value, NUMBER) == Decimal("1234.5")


@pytest.mark.parametrize("value", ["1.234", "1,234"])
def test_number_with_one_separator_and_three_digits_is_refused(value):
    with pytest.raises(ValueError, match=r"^Không rõ “1.234” là phần nghìn hay phần thập phân"):
        read(value, NUMBER)


@pytest.mark.parametrize("value", ["chín", "", "1e5", float("nan"), float("inf"), 10**15, Decimal("0.00001")])
def test_number_is_refused_when_it_is_none_or_does_not_fit(value):
    with pytest.raises(ValueError, match=r"\w"):
        read(value, NUMBER)


@pytest.mark.parametrize(("value", "count"), [(9, 9), ("9", 9), ("09", 9), (9.0, 9), ("9,0", 9), (0, 0)])
def test_count_is_a_whole_number(value, count):
    assert read(value, COUNT) == count


@pytest.mark.parametrize("value", [-1, 2.5, "2,5", 2**31, "nhiều"])
def test_count_is_refused_when_it_is_not_a_whole_number(value):
    with pytest.raises(ValueError, match=r"\w"):
        read(value, COUNT)


@pytest.mark.parametrize("value", ["Có", "có", "CÓ", "co", "x", "X", True, 1, "1"])
def test_flag_says_yes(value):
    assert read(value, FLAG) is True


@pytest.mark.parametrize("value", ["Không", "khong", False, 0, "0"])
def test_flag_says_no(value):
    assert read(value, FLAG) is False


def test_flag_is_refused_when_it_says_neither():
    with pytest.raises(ValueError, match=r"^“có lẽ” không phải Có hoặc Không; ghi Có hoặc Không.$"):
        read("có lẽ", FLAG)


def test_choice_is_found_by_folded_label_and_listed_when_it_is_not():
    assert read("co quan dang", KIND) == "party"
    with pytest.raises(ValueError, match=r"^“Bộ” không có trong các lựa chọn của “Loại đơn vị”: Sở, ban"):
        read("Bộ", KIND)


def test_text_is_stored_precomposed_and_trimmed():
    assert read("  Sở  Y tế\u0301 ".replace("ế\u0301", "e\u0302\u0301"), TEXT) == "Sở Y tế"


def test_text_as_long_as_the_column_is_taken_and_longer_is_refused():
    assert read("đ" * 300, TEXT) == "đ" * 300
    with pytest.raises(ValueError, match=r"^“Tên đơn vị” dài 301 chữ, tối đa 300 chữ; rút ngắn lại.$"):
        read("đ" * 301, TEXT)


def test_text_with_control_characters_is_refused():
    with pytest.raises(ValueError, match=r"^“Tên đơn vị” có ký tự điều khiển"):
        read("Sở\x00 Y tế", TEXT)


def test_text_keeps_what_looks_like_markup():
    assert read("<script>alert(1)</script>", TEXT) == "<script>alert(1)</script>"


def test_text_takes_numbers_and_dates_that_excel_made_of_it():
    assert read(2026, TEXT) == "2026"
    assert read(93.5, TEXT) == "93,5"
    assert read(dt.datetime(2026, 11, 5), TEXT) == "05/11/2026"


@pytest.mark.parametrize("column", [DATE, COUNT, NUMBER, FLAG, TEXT, KIND])
def test_formula_is_never_guessed(column):
    with pytest.raises(ValueError, match=r"^Là công thức; dán giá trị thay cho công thức.$"):
        read("=1+1", column, is_formula=True)


@pytest.mark.parametrize("column", [DATE, TEXT, KIND])
def test_error_of_a_formula_is_no_text(column):
    with pytest.raises(ValueError, match=r"^Báo lỗi “#N/A” của Excel; ghi lại giá trị đúng.$"):
        read("#N/A", column)


def test_nothing_reads_as_nothing():
    assert RawCell("A1", " \u00a0").is_blank
    assert RawCell("A1").is_blank
    assert not RawCell("A1", 0).is_blank
    assert plain_text(None) == ""


DATES = st.dates(dt.date(1900, 1, 1), dt.date(2100, 12, 31))
NUMBERS = st.decimals(min_value=-(10**13), max_value=10**13, places=4).map(lambda n: n.normalize() if n else Decimal(0))
COUNTS = st.integers(0, 2**31 - 1)


@given(value=DATES)
def test_date_comes_back_from_its_text(value):
    assert read(as_text(value, DATE), DATE) == value


@given(value=NUMBERS)
def test_number_comes_back_from_its_text(value):
    assert read(as_text(value, NUMBER), NUMBER) == value


@given(value=COUNTS)
def test_count_comes_back_from_its_text(value):
    assert read(as_text(value, COUNT), COUNT) == value


@given(value=st.booleans())
def test_flag_comes_back_from_its_text(value):
    assert read(as_text(value, FLAG), FLAG) is value


@pytest.mark.parametrize(
    ("column", "value"),
    [(column, value) for sheet in SHEETS for column in sheet.columns for _, value in column.choices],
)
def test_choice_comes_back_from_its_text(column, value):
    assert read(as_text(value, column), column) == value


@given(value=st.text(st.characters(exclude_categories=("Cs", "Cc", "Cn")), max_size=300))
def test_text_that_was_read_once_is_read_the_same_again(value):
    if RawCell("A1", value).is_blank or len(plain_text(value)) > TEXT.limit:
        return
    first = read(value, TEXT)
    assert read(as_text(first, TEXT), TEXT) == first


def test_rows_by_heading_become_typed_values():
    rows = rows_from_headings([{"Chỉ tiêu": "Hồ sơ đúng hạn", "Kế hoạch": "98,5"}], TARGETS)
    assert rows == [{"indicator": "Hồ sơ đúng hạn", "planned": Decimal("98.5")}]
    with pytest.raises(KeyError):
        rows_from_headings([{"Chỉ số": "x"}], TARGETS)
