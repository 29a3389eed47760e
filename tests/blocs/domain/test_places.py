"""Shared places are said, and a place nobody holds is explained, not skipped."""

import pytest

from blocs.domain import places


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
