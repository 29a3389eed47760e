"""Shared places are said, and a place nobody holds is explained, not skipped."""

from decimal import Decimal

import pytest

from blocs.domain import places
from blocs.domain.places import Placed


@pytest.mark.parametrize(
    ("stated", "said"),
    [
        ([], ()),
        ([1, 2, 3], ()),
        ([1, 2, 3, 3, 5], ("02 đơn vị đồng hạng 3, không có hạng 4.",)),
        ([1, 2, 3, 3], ("02 đơn vị đồng hạng 3.",)),
        ([1, 2, 3, 3, 4], ("02 đơn vị đồng hạng 3.",)),
        ([1, 1, 1, 4, 4, 6], ("03 đơn vị đồng hạng 1, không có hạng 2, 3.", "02 đơn vị đồng hạng 4, không có hạng 5.")),
    ],
)
def test_sentences_say_shared_and_missing_places(stated: list[int], said: tuple[str, ...]) -> None:
    assert places.sentences(stated) == said


def test_shared_names_the_places_of_more_than_one() -> None:
    assert places.shared([1, 2, 3, 3, 5, 5]) == frozenset({3, 5})


@pytest.mark.parametrize(
    ("stated", "missing"),
    [
        ([], ()),
        ([1], ()),
        ([1, 2, 3, 3, 5], ()),
        ([1, 2, 3, 3, 4], ()),
        ([1, 1, 2], ()),
        ([1, 1, 3], ()),
        ([1, 3], (2,)),
        ([2, 3], (1,)),
        ([1, 2, 3, 3, 6], (5,)),
        ([4], (1, 2, 3)),
    ],
)
def test_gaps_are_places_no_shared_one_explains(stated: list[int], missing: tuple[int, ...]) -> None:
    assert places.gaps(stated) == missing


def test_warnings_name_the_missing_place() -> None:
    assert places.warnings([Placed("Sở A", 1), Placed("Sở B", 3)]) == ("Không có hạng 2.",)


def test_warnings_name_who_is_placed_without_being_ranked() -> None:
    assert places.warnings([Placed("Sở A", 1), Placed("Văn phòng", 2, is_ranked=False)]) == (
        "Văn phòng là đơn vị không xếp hạng nhưng có hạng 2.",
    )


def test_warnings_ask_why_a_ranked_member_has_no_place() -> None:
    silent = [
        Placed("Sở B", None, remark="vi phạm"),
        Placed("Sở C", None, is_ranked=False),
        Placed("Sở D", None, has_left=True),
    ]
    assert places.warnings([Placed("Sở A", None), *silent]) == ("Sở A chưa có hạng và chưa ghi chú lý do.",)


@pytest.mark.parametrize(
    ("members", "said"),
    [
        ([Placed("A", 1, Decimal(95)), Placed("B", 2, Decimal(95))], ()),
        ([Placed("A", 1, Decimal(95)), Placed("B", 2), Placed("C", 3, Decimal(90))], ()),
        (
            [Placed("B", 2, Decimal("95.5")), Placed("A", 1, Decimal(90))],
            ("A xếp hạng 1 với 90 điểm, thấp hơn điểm của B ở hạng 2 (95,5 điểm).",),
        ),
        (
            [Placed("A", 1, Decimal(97)), Placed("B", 1, Decimal(98))],
            ("B và A đồng hạng 1 nhưng điểm khác nhau (98 và 97).",),
        ),
    ],
)
def test_warnings_name_points_that_contradict_places(members: list[Placed], said: tuple[str, ...]) -> None:
    assert places.warnings(members) == said
