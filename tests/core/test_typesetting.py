import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulation.core.typesetting import NO_BREAK, balanced, bind, bind_last, bind_words


def shown(text: str) -> str:
    return text.replace(NO_BREAK, "~")


def width(text: str) -> float:
    return len(text)


@pytest.mark.parametrize(
    ("text", "bound"),
    [
        ("gồm 10 đơn vị thành viên", "gồm 10~đơn~vị thành viên"),
        ("ngày 04 tháng 12 năm 2021", "ngày~04 tháng~12 năm~2021"),
        ("6 tháng đầu năm", "6~tháng đầu năm"),
        ("tại Bảng 2, Biểu đồ 1, Phụ lục II", "tại Bảng~2, Biểu đồ~1, Phụ lục~II"),
        ("Đài Phát thanh - Truyền hình", "Đài Phát thanh~- Truyền hình"),
        ("giai đoạn 2016 – 2020", "giai đoạn 2016~– 2020"),
        ("Sở Nội vụ và Ban Dân tộc", "Sở~Nội vụ và Ban~Dân tộc"),
        ("năm nay", "năm nay"),
    ],
)
def test_bind_keeps_pairs_on_one_line(text: str, bound: str):
    assert shown(bind(text)) == bound


def test_last_word_of_a_long_paragraph_is_not_left_alone():
    assert shown(bind_last("a" * 40 + " cuối cùng")).endswith(" cuối~cùng")
    assert bind_last("ngắn thôi") == "ngắn thôi"


def test_words_of_several_syllables_stay_whole_in_headings():
    assert shown(bind_words("Khối thi đua các cơ quan, đơn vị thuộc Ủy ban nhân dân tỉnh")) == (
        "Khối thi~đua các cơ~quan, đơn~vị thuộc Ủy~ban~nhân~dân tỉnh"
    )


@given(st.text(alphabet="abcđ -,0123ngàytháơvị", max_size=80))
def test_binding_changes_nothing_but_blanks(text: str):
    for change in (bind, bind_last, bind_words):
        assert change(text).replace(NO_BREAK, " ") == text.replace(NO_BREAK, " ")


@given(st.lists(st.text(alphabet="abc", min_size=1, max_size=9), min_size=1, max_size=25), st.integers(9, 60))
def test_balanced_lines_keep_every_word_and_fit_the_room(words: list[str], room: int):
    lines = balanced(" ".join(words), room, width)
    assert " ".join(lines).split(" ") == words
    assert all(width(line) <= room for line in lines)


def test_balanced_breaks_before_a_phrase_and_after_a_comma():
    text = bind_words("của Khối thi đua các cơ quan, đơn vị Trung ương đóng trên địa bàn tỉnh")
    assert [shown(line).replace("~", " ") for line in balanced(text, 40, width)] == [
        "của Khối thi đua các cơ quan,",
        "đơn vị Trung ương đóng trên địa bàn tỉnh",
    ]


def test_balanced_gives_a_word_wider_than_the_room_its_own_line():
    assert balanced("a bbbbbbbbbbbb c", 5, width) == ["a", "bbbbbbbbbbbb", "c"]
