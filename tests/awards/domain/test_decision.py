"""Numbers of decisions, their usual titles, and what stands in the way of issuing one."""

import pytest

from awards.domain.decision import Awaiting, named, number_key, obstacles, search_key_of, title_of
from awards.enums import NominationState as State


@pytest.mark.parametrize("typed", ["5/QĐ-UBND", "05/QĐ-UBND", "5 / qđ - ubnd", "  5/QĐ-UBND "])
def test_number_is_the_same_however_it_is_typed(typed: str) -> None:
    assert number_key("UBND tỉnh Sông Lam", typed) == "ubnd tinh song lam|5 qd ubnd"


def test_numbers_of_two_issuers_or_with_other_digits_differ() -> None:
    keys = {number_key(*said) for said in (("A", "5/QĐ"), ("B", "5/QĐ"), ("A", "50/QĐ"), ("A", "15/QĐ"))}
    assert len(keys) == 4


def test_title_names_the_award_in_lower_case() -> None:
    assert title_of("Danh hiệu “Chiến sĩ thi đua cấp tỉnh”", "2026") == (
        "Về việc tặng danh hiệu “Chiến sĩ thi đua cấp tỉnh” năm 2026"
    )


def test_every_line_that_cannot_be_given_is_named_with_its_reason() -> None:
    lines = [
        Awaiting("A", State.APPROVED, is_held=False, is_above=False),
        Awaiting("B", State.APPRAISED, is_held=False, is_above=False),
        Awaiting("C", State.WITHDRAWN, is_held=False, is_above=False),
        Awaiting("D", State.APPROVED, is_held=True, is_above=False),
        Awaiting("E", State.PROPOSED_UP, is_held=False, is_above=True),
        Awaiting("F", State.APPROVED, is_held=False, is_above=False, is_other=True),
    ]
    assert obstacles(lines) == (
        "B (đã thẩm định, chờ phê duyệt)",
        "C (đơn vị rút)",
        "D (đang ghi “chưa xét khen thưởng”)",
        "E (do cấp trên tặng, ghi ở “Ghi quyết định nơi khác”)",
        "F (đã phê duyệt danh hiệu, hình thức khác; mở dòng này rồi lưu để cập nhật)",
    )


def test_long_list_is_cut_and_counted() -> None:
    assert named(["A", "B"]) == "A; B"
    assert named(list("ABCDEFG")) == "A; B; C; D; E và 02 dòng khác"


def test_search_key_says_name_position_and_agency_once() -> None:
    assert search_key_of("Trần Thị Yến", "Trưởng phòng", "Sở Tài chính") == "tran thi ien truong phong so tai chinh"
    assert search_key_of("Sở Tài chính", "", "Sở Tài chính") == "so tai chinh"
