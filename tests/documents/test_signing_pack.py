"""The papers of awards as PDF and Word: valid, the same words, every name in its place, whatever their number."""

import dataclasses
import functools
import io
import re
from collections import Counter
from typing import Any

import page
import pytest
from docx import Document

from emulation.reports.domain.facts import HeaderFact
from emulation.reports.renderers import docx, pdf
from tests.documents import award_samples as samples
from tests.documents.reading import docx_paragraphs, docx_words, fonts, html_words, page_texts, pdf_words, pictures
from tests.documents.test_year_report_pdf import FALSE_ALARMS

pytestmark = pytest.mark.once
NAMES = [*samples.BUILDERS]
NO_BREAK = "\u00a0"


@functools.cache
def paper_pdf(name: str) -> bytes:
    return pdf.render(samples.BUILDERS[name]())


def said(summary: Any) -> str:
    """The words of the Word file, without the blanks that tie them."""
    return " ".join(" ".join(docx_paragraphs(docx.render(summary))).replace(NO_BREAK, " ").split())


@pytest.mark.parametrize("name", NAMES)
def test_paper_is_valid_for_archive_and_screen_readers_in_our_serif(name: str):
    found = [page.validate_pdf_bytes(paper_pdf(name), profile=profile).failures for profile in ("3a", "ua1")]
    rules = [failure.rule_id for failures in found for failure in failures]
    assert [rule for rule in rules if not any(alarm in rule for alarm in FALSE_ALARMS)] == []
    assert {font.startswith("VB-Serif") for font in fonts(paper_pdf(name))} == {True}


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("count", [0, 1, 12])
def test_word_file_opens_and_says_what_the_pdf_says(name: str, count: int):
    summary = samples.BUILDERS[name](count)
    assert type(summary).from_json(summary.to_json()) == summary
    content = docx.render(summary)
    assert Document(io.BytesIO(content)).paragraphs
    assert Counter(docx_words(content)) == Counter(html_words(pdf.html(summary)))
    assert [text for text in docx_paragraphs(content) if re.search(r"\{\{|\{%|%\}|\}\}", text)] == []


@pytest.mark.parametrize("name", ["bloc_proposal", "board_proposal", "decision"])
def test_pages_hold_the_letters_of_the_html_and_no_others(name: str):
    shown, meant = pdf_words(paper_pdf(name)), html_words(pdf.html(samples.BUILDERS[name]()))
    assert Counter("".join(shown)) == Counter("".join(meant))


@pytest.mark.parametrize("name", NAMES)
def test_draft_mark_stands_on_every_page_until_the_paper_is_out(name: str):
    assert {"DỰ THẢO" in text for text in page_texts(paper_pdf(name))} == {True}
    header = HeaderFact("UBND tỉnh Sông Lam", "Sông Lam", "X", "05", samples.dossiers(1)[0].received_on)
    state = "issued" if name.startswith("decision") else "sent"
    assert 'class="mark"' not in pdf.html(samples.BUILDERS[name](header=header, state=state))


@pytest.mark.parametrize("name", ["board_list", "appraisal"])
def test_long_names_stay_inside_the_sheet(name: str):
    for picture in pictures(paper_pdf(name)):
        assert picture.crop((picture.width - 18, 0, picture.width, picture.height)).getextrema() == (255, 255)


def test_who_signs_and_who_receives_stand_on_one_page_with_the_last_lines():
    """Of these lines the two that sign just fit under the text, and Nơi nhận did not."""
    *_, last = page_texts(pdf.render(samples.minutes_of_bloc(3)))
    assert [words for words in ("./.", "THƯ KÝ", "Nơi nhận:", "- Lưu: VT.") if words not in last] == []


def test_decision_of_one_names_who_is_honoured_in_its_first_article():
    text = said(samples.decision(1))
    assert "ỦY BAN NHÂN DÂN TỈNH SÔNG LAM CỘNG HÒA" in text
    assert "CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH SÔNG LAM Căn cứ" in text
    assert (
        "Điều 1. Tặng “Bằng khen của Chủ tịch Ủy ban nhân dân tỉnh” cho Nguyễn Thị Hoàng Phương 0, Phó Trưởng phòng "
        "Quản lý tổng hợp và Cải cách hành chính, Sở Nội vụ đã có thành tích xuất sắc trong công tác phòng, chống"
    ) in text
    assert "kèm theo" not in text


@pytest.mark.parametrize(("count", "is_inline"), [(5, True), (6, False)])
def test_list_stands_in_the_decision_up_to_five_lines(count: int, is_inline: bool):
    text = said(samples.decision(count))
    assert ("(có danh sách kèm theo)" in text) is not is_inline
    assert ("Nguyễn Thị Hoàng Phương" in text) is is_inline


def test_titles_and_commendations_stand_apart_and_are_counted():
    text = said(samples.list_of_decision(12))
    first, second = (
        text.index("Bảng 1. Danh hiệu thi đua được tặng"),
        text.index("Bảng 2. Hình thức khen thưởng được tặng"),
    )
    assert first < text.index("I “Cờ thi đua của Ủy ban nhân dân tỉnh”: 04 tập thể") < second
    assert text.index("I “Bằng khen của Chủ tịch Ủy ban nhân dân tỉnh”: 02 tập thể, 02 cá nhân a Tập thể") > second


def test_deputy_signs_for_the_chairman_and_the_number_is_printed():
    header = HeaderFact(None, "Sông Lam", "QĐ-UBND", "1234", samples.dossiers(1)[0].received_on)
    text = said(samples.decision(1, header=header, signer_title="Phó Chủ tịch Thường trực", signer_name="Lê Văn C"))
    assert "Số: 1234/QĐ-UBND Sông Lam, ngày 20 tháng 11 năm 2026" in text
    assert "KT. Chủ tịch Phó Chủ tịch Thường trực Lê Văn C" in text


@pytest.mark.parametrize(
    ("issuer", "line"),
    [
        ("UBND tỉnh Sông Lam", "CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH SÔNG LAM"),
        ("Chủ tịch UBND tỉnh Sông Lam", "CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH SÔNG LAM"),
        ("Sở Nội vụ", "SỞ NỘI VỤ"),
    ],
)
def test_chairman_decides_for_a_committee(issuer: str, line: str):
    assert f"bão số 3 {line} Căn cứ" in said(samples.decision(1, issuer=issuer))


def test_lines_of_basis_end_in_semicolons_and_the_last_in_a_full_stop():
    text = said(samples.decision(1))
    assert (
        "năm 2026; Căn cứ Thông tư số 15/2025/TT-BNV ngày 04 tháng 8 năm 2025 của Bộ trưởng Bộ Nội vụ; Theo đề nghị"
        in text
    )
    assert "Bộ trưởng Bộ Nội vụ. Sở Nội vụ đã tiếp nhận" in said(samples.proposal_of_board(12))


@pytest.mark.parametrize(
    ("merit", "printed"),
    [
        ("đã có thành tích xuất sắc trong A", "đã có thành tích xuất sắc trong A."),
        ("xuất sắc trong A.", "đã có thành tích xuất sắc trong A."),
        ("", "đã có thành tích [bổ sung câu ghi thành tích]."),
    ],
)
def test_merit_is_said_once_however_it_was_typed(merit: str, printed: str):
    assert f"Sở Nội vụ {printed}" in said(samples.decision(1, merit=merit))


def test_own_merits_are_told_line_by_line():
    own = samples.lines(2, merit="cứu người trong lũ")
    assert said(samples.decision(2, lines=own, merit="")).count("đã có thành tích cứu người trong lũ") == 2
    assert "Cứu người trong lũ" in said(samples.list_of_decision(2, lines=own, merit=""))


def test_report_of_the_appraisal_counts_verdicts_and_names_what_is_missing():
    text = said(samples.appraisal(12))
    assert "trong đó, đủ điều kiện: 02 tập thể, 03 cá nhân; đề nghị hình thức khác: 01 tập thể, 02 cá nhân" in text
    assert "Còn 03 hồ sơ thiếu giấy tờ: - Thống kê tỉnh 9: biên bản bình xét; kết quả bỏ phiếu;" in text
    assert "Tổng số hồ sơ tiếp nhận: 04; ngoài ra, Sở Nội vụ lập 04 đề nghị." in text


def test_hostile_texts_are_printed_as_text():
    hostile = "A <w:p> & {{ 7*7 }} {% now %}"
    line = dataclasses.replace(samples.lines(1)[0], name=hostile)
    assert hostile in said(samples.decision(1, lines=(line,)))
    assert "{{ 7*7 }}" in pdf.html(samples.decision(1, lines=(line,))).replace(NO_BREAK, " ")
