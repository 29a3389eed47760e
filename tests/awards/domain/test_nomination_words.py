"""Pure rules of nominations: award names in sources, pasted lists, namesakes, what may still be changed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from awards.domain import changing
from awards.domain.identity import AWARDS
from awards.domain.naming import Meant, meant
from awards.domain.pasted import agencies_meant, parse, twins
from awards.domain.persons import Namesake, Who, who
from emulation.core.vietnamese import fold


@pytest.mark.parametrize(
    ("text", "slugs", "is_sure"),
    [
        ("Cờ thi đua của UBND tỉnh", ("co_tinh",), True),
        ("Cờ thi đua dẫn đầu Khối của UBND tỉnh", ("co_tinh",), True),
        ("Cờ thi đua của Uỷ ban nhân dân tỉnh", ("co_tinh",), True),
        ("CỜ THI ĐUA CỦA CHÍNH PHỦ", ("co_cp",), True),
        ("Bằng khen của Chủ tịch UBND tỉnh", ("bk_tinh",), True),
        ("Bằng khen của UBND tỉnh", ("bk_tinh",), True),
        ("Bằng khen của Thủ tướng Chính phủ", ("bk_ttg",), True),
        ("Tập thể lao động xuất sắc", ("ttldxs",), True),
        ("Chiến sỹ thi đua cấp tỉnh", ("cstd_tinh",), True),
        ("Huân chương Lao động hạng Ba", ("hcld3",), True),
        ("Kỷ niệm chương", ("knc",), True),
        ("Cờ thi đua và Bằng khen", ("co_tinh", "bk_tinh"), False),
        ("Cờ thi đua", ("co_tinh", "co_cp"), False),
        ("Bằng khen", ("bk_tinh", "bk_ttg"), False),
        ("Bằng khen cấp Bộ", (), False),
        ("Đề nghị biểu dương", (), False),
        ("", (), False),
    ],
)
def test_award_texts_of_sources(text: str, slugs: tuple[str, ...], is_sure: bool) -> None:
    assert meant(text) == Meant(slugs, is_sure)


def test_the_provinces_own_names_come_first() -> None:
    assert meant("Cờ dẫn đầu của tỉnh", {fold("Cờ dẫn đầu của tỉnh"): "co_tinh"}) == Meant(("co_tinh",), is_sure=True)


def test_every_name_of_the_law_means_itself() -> None:

    known = {"thon_vh", "gdvh", "xa_tieubieu"}  # no bloc proposes these
    assert [row.slug for row in AWARDS if row.slug not in known and meant(row.name) != Meant((row.slug,), True)] == []


def test_pasted_lines_from_word_and_from_excel() -> None:
    text = (
        "STT, Họ và tên, Chức vụ, Đơn vị\n"
        "1. Ông Nguyễn Văn An, Trưởng phòng, phụ trách, Sở Tài chính\n\n"
        "2\tTrần Thị Bình\tChuyên viên\tSở Y tế\n"
        "Lê Văn Cường; Đội trưởng; Công an tỉnh\n"
        "Bà Hoàng Thị Bà, Sở Y tế\n"
        "Sở Xây dựng\n"
        " , ; \n"
    )
    said = [(line.number, line.person, line.position, line.agency) for line in parse(text)]
    assert said == [
        (2, "Nguyễn Văn An", "Trưởng phòng, phụ trách", "Sở Tài chính"),
        (4, "Trần Thị Bình", "Chuyên viên", "Sở Y tế"),
        (5, "Lê Văn Cường", "Đội trưởng", "Công an tỉnh"),
        (6, "Hoàng Thị Bà", "", "Sở Y tế"),
        (7, "", "", "Sở Xây dựng"),
    ]


@given(st.text(alphabet="aàđĐ ,;\t\n1.)ÔBỹ/-", max_size=80))
def test_any_paste_is_read_and_every_line_names_somebody(text: str) -> None:
    lines = parse(text)
    assert all(fold(line.agency) for line in lines)
    assert [line.number for line in lines] == sorted({line.number for line in lines})


def test_a_line_that_repeats_another_is_named() -> None:
    lines = parse("Nguyễn Văn An, Trưởng phòng, Sở Y tế\nLê Bình, Sở Y tế\nNGUYEN VAN AN, Chuyên viên, Sở Y tế")
    assert twins(lines) == {3: 1}


def test_agencies_without_accents_near_and_unknown() -> None:
    known = {"so i te": [1], "so tai chinh": [2, 9], "cuc thue tinh": [3], "cuc thong ke tinh": [4]}
    assert agencies_meant("SO Y TE", known) == ([1], True)
    assert agencies_meant("Sở Tài chính", known) == ([2, 9], False)
    assert agencies_meant("Cục thuế", known) == ([3], False)
    assert agencies_meant("Phòng Nghiệp vụ, Sở Y tế", known) == ([1], False)
    assert agencies_meant("Hội Làm vườn", known) == ([], False)


def test_namesakes() -> None:
    assert who(None, []) == Who()
    assert who(None, [Namesake(1, 1980)]) == Who(1)
    assert who(1975, [Namesake(1, 1980)]) == Who()
    assert who(1980, [Namesake(1, 1980), Namesake(2, None)]) == Who(1)
    assert who(1975, [Namesake(1, 1980), Namesake(2, None)]) == Who(None, (2,))
    assert who(None, [Namesake(1, 1980), Namesake(2, None)]) == Who(None, (1, 2))


def test_until_when_a_dossier_takes_changes() -> None:
    own = [
        state
        for state in ("draft", "returned", "endorsed", "sent", "approved")
        if changing.may_edit(state, is_board=False)
    ]
    assert own == ["draft", "returned", "endorsed"]
    assert changing.may_edit("sent", is_board=True)
    assert (changing.may_change_award("endorsed"), changing.may_attach("granted", is_board=False)) == (False, False)
    assert changing.may_attach("granted", is_board=True)
