"""Vietnamese text, dates and numbers."""

import datetime as dt
import unicodedata
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulation.core import vietnamese as vi

pytestmark = pytest.mark.domain


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Sở Kế hoạch và Đầu tư", "so ke hoach va dau tu"),
        ("SỞ KẾ HOẠCH - ĐẦU TƯ", "so ke hoach dau tu"),
        ("Uỷ ban", "ui ban"),
        ("Ủy ban", "ui ban"),
        ("Chiến sĩ", "chien si"),
        ("Chiến sỹ", "chien si"),
        (unicodedata.normalize("NFD", "Đường Lý Thường Kiệt"), "duong li thuong kiet"),
        ("  Khối  3 – Khối ", "khoi 3 khoi"),
        ("", ""),
    ],
)
def test_fold_meets_spellings_that_mean_the_same(text: str, key: str) -> None:
    assert vi.fold(text) == key


@given(st.text(max_size=60))
def test_fold_is_stable_and_ascii(text: str) -> None:
    key = vi.fold(text)
    assert key == vi.fold(key)
    assert key.isascii()


@given(st.text(max_size=60))
def test_nfc_is_stable_when_applied_again(text: str) -> None:
    once = vi.nfc(text)
    assert vi.nfc(once) == once


def test_sort_key_orders_as_a_vietnamese_dictionary() -> None:
    names = [
        "Sở Y tế",
        "Sở Nội vụ",
        "Sở Xây dựng",
        "Đài Phát thanh",
        "Ban Dân tộc",
        "Sở Ngoại vụ",
        "Sở Tài chính",
        "Dân vận",
    ]
    assert sorted(names, key=vi.sort_key) == [
        "Ban Dân tộc", "Dân vận", "Đài Phát thanh", "Sở Ngoại vụ", "Sở Nội vụ", "Sở Tài chính", "Sở Xây dựng",
        "Sở Y tế",
    ]  # fmt: skip


def test_sort_key_orders_numbers_by_value() -> None:
    mixed = ["Khối 100", "Khối 33", "Khối 10 A", "Khối 10", "Khối 2", "Khối 1"]
    assert sorted(mixed, key=vi.sort_key) == ["Khối 1", "Khối 2", "Khối 10", "Khối 10 A", "Khối 33", "Khối 100"]


def test_sort_key_orders_tones_after_letters() -> None:
    assert sorted(["mạ", "má", "mã", "mả", "mà", "ma"], key=vi.sort_key) == ["ma", "mà", "mả", "mã", "má", "mạ"]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("05/11/2026", dt.date(2026, 11, 5)),
        ("5/1/2026", dt.date(2026, 1, 5)),
        ("05-11-2026", dt.date(2026, 11, 5)),
        ("05.11.2026", dt.date(2026, 11, 5)),
        ("2026-11-05", dt.date(2026, 11, 5)),
        ("2026-11-05 00:00:00", dt.date(2026, 11, 5)),
    ],
)
def test_parse_date_reads_day_first(text: str, day: dt.date) -> None:
    assert vi.parse_date(text) == day


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("31/02/2025", "Không có ngày 31/02/2025; nhập theo dạng ngày/tháng/năm, ví dụ 05/11/2026."),
        ("hôm qua", "“hôm qua” không phải là ngày; nhập theo dạng ngày/tháng/năm, ví dụ 05/11/2026."),
        ("05/11/26", "“05/11/26” không phải là ngày; nhập theo dạng ngày/tháng/năm, ví dụ 05/11/2026."),
    ],
)
def test_parse_date_says_what_is_wrong(text: str, sentence: str) -> None:
    with pytest.raises(ValueError, match="ngày") as wrong:
        vi.parse_date(text)
    assert str(wrong.value) == sentence


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("93,5", "93.5"), ("93.5", "93.5"), ("1.234,5", "1234.5"), ("1,234.5", "1234.5"), ("1 234", "1234"),
        ("-2", "-2"), ("1.234.567", "1234567"), ("0,125", "0.125"), ("100", "100"),
    ],
)  # fmt: skip
def test_parse_number_reads_both_signs(text: str, value: str) -> None:
    assert vi.parse_number(text) == Decimal(value)


@pytest.mark.parametrize("text", ["1.234", "12,345", "abc", "1,2,3", "", "--1", "."])
def test_parse_number_refuses_what_is_unclear(text: str) -> None:
    with pytest.raises(ValueError, match="“"):
        vi.parse_number(text)


@given(st.decimals(min_value=-99999, max_value=99999, places=2))
def test_number_is_read_back_as_it_was_written(value: Decimal) -> None:
    assert vi.parse_number(vi.number(value, 2)) == value


def test_number_shows_missing_as_missing() -> None:
    assert [vi.number(None), vi.number(Decimal("93.50")), vi.number(1234567), vi.number(Decimal(5), 2)] == [
        "–", "93,5", "1.234.567", "5,00",
    ]  # fmt: skip


def test_dates_and_counts_are_written_as_the_decree_says() -> None:
    assert vi.date_long(dt.date(2026, 1, 5)) == "ngày 05 tháng 01 năm 2026"
    assert vi.date_long(dt.date(2026, 3, 29)) == "ngày 29 tháng 3 năm 2026"
    assert [vi.count2(n) for n in (None, 0, 3, 10, 125)] == ["–", "00", "03", "10", "125"]
    assert vi.date_short(None) == "–"


def test_letters_follow_the_vietnamese_alphabet() -> None:
    assert "".join(vi.letter(n) for n in range(1, 24)) == "abcdđeghiklmnopqrstuvxy"
    assert [vi.letter(24), vi.letter(25)] == ["aa", "ab"]


@given(st.integers(min_value=1, max_value=3000))
def test_roman_adds_up_to_its_number(value: int) -> None:
    sizes = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}
    digits = [sizes[sign] for sign in vi.roman(value)]
    total = sum(
        -size if any(later > size for later in digits[i + 1 : i + 2]) else size for i, size in enumerate(digits)
    )
    assert total == value


def test_counting_starts_at_one() -> None:
    for function in (vi.roman, vi.letter):
        with pytest.raises(ValueError, match="0"):
            function(0)
