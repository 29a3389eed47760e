"""Covenant, standing, handover, plan and rules as PDF and Word: valid, the same words, every name in its place."""

import dataclasses
import io
import re
import time
import unicodedata
import zipfile
from collections import Counter
from html import unescape

import page
import pikepdf
import pytest
from docx import Document
from docx.oxml.ns import qn
from lxml import etree

from emulation.core import documents
from emulation.reports.domain.covenant import PartyFact
from emulation.reports.domain.facts import AgencyFact
from emulation.reports.renderers import docx, pdf
from tests.documents import bloc_samples
from tests.documents.golden import PAPERS, TOLERANCE, differing_pixels, pages
from tests.documents.reading import (
    docx_paragraphs,
    docx_words,
    fonts,
    html_words,
    page_texts,
    paper,
    paper_docx,
    paper_pdf,
    pdf_text,
    pdf_words,
    pictures,
)
from tests.documents.test_year_report_docx import ORDER
from tests.documents.test_year_report_pdf import FALSE_ALARMS

pytestmark = pytest.mark.once

NAMES = [*bloc_samples.PAPERS]
# Papers whose tables run over pages repeat their heads there.
ONE_TABLE_A_PAGE = [name for name in NAMES if name not in {"covenant-large", "standing-groups"}]
NO_BREAK = "\u00a0"


def flat(text: str) -> str:
    return " ".join(text.replace(NO_BREAK, " ").split())


@pytest.mark.parametrize("profile", ["3a", "ua1"])
@pytest.mark.parametrize("name", NAMES)
def test_paper_is_valid_for_archive_and_screen_readers(name: str, profile: str):
    report = page.validate_pdf_bytes(paper_pdf(name), profile=profile)
    failures = [failure.rule_id for failure in report.failures]
    assert [rule for rule in failures if not any(alarm in rule for alarm in FALSE_ALARMS)] == []


@pytest.mark.parametrize("name", NAMES)
def test_paper_embeds_our_serif_and_no_other_font(name: str):
    assert {font.startswith("VB-Serif") for font in fonts(paper_pdf(name))} == {True}


@pytest.mark.parametrize("name", PAPERS)
def test_pages_look_as_they_did_when_a_person_last_looked(name: str):
    shown, golden = pictures(paper_pdf(name)), pages(name)
    assert len(shown) == len(golden)
    differing = {at: differing_pixels(*both) for at, both in enumerate(zip(shown, golden, strict=True), start=1)}
    assert {at: count for at, count in differing.items() if count > TOLERANCE} == {}


@pytest.mark.parametrize("name", NAMES)
def test_equal_summaries_give_equal_bytes(name: str):
    read_back = type(paper(name)).from_json(paper(name).to_json())
    assert read_back == paper(name)
    assert pdf.render(read_back) == paper_pdf(name)


@pytest.mark.parametrize("name", NAMES)
def test_word_file_says_what_the_pdf_says(name: str):
    assert Counter(docx_words(paper_docx(name))) == Counter(html_words(pdf.html(paper(name))))


@pytest.mark.parametrize("name", ONE_TABLE_A_PAGE)
def test_pages_hold_the_letters_of_the_html_and_no_others(name: str):
    """Letters, not words: a line that breaks inside a cell is read back without a blank."""
    shown, meant = pdf_words(paper_pdf(name)), html_words(pdf.html(paper(name)))
    assert Counter("".join(shown)) == Counter("".join(meant))


@pytest.mark.parametrize("name", NAMES)
def test_text_is_precomposed_and_holds_no_trace_of_the_template_language(name: str):
    texts = [pdf_text(paper_pdf(name)), "\n".join(docx_paragraphs(paper_docx(name)))]
    assert [unicodedata.normalize("NFC", text) for text in texts] == texts
    assert [text for text in texts if re.search(r"\{\{|\{%|%\}|\}\}", text)] == []


@pytest.mark.parametrize("name", NAMES)
def test_elements_stand_in_the_order_word_expects(name: str):
    with zipfile.ZipFile(io.BytesIO(paper_docx(name))) as package:
        names = [part for part in package.namelist() if re.match(r"word/(document|styles|header\d+)\.xml", part)]
        trees = [etree.fromstring(package.read(part)) for part in names]
    for kind, order in ORDER.items():
        places = {qn(f"w:{child}"): at for at, child in enumerate(order.split())}
        for element in (found for tree in trees for found in tree.iter(qn(f"w:{kind}"))):
            children = [places[child.tag] for child in element if child.tag in places]
            assert children == sorted(children), etree.tostring(element)


@pytest.mark.parametrize("name", NAMES)
def test_draft_mark_stands_on_every_page_of_a_draft_and_on_no_other(name: str):
    marks = ["DỰ THẢO" in text for text in page_texts(paper_pdf(name))]
    assert marks == [paper(name).is_draft] * len(marks)  # type: ignore[attr-defined] # every kind knows


@pytest.mark.parametrize("name", NAMES)
def test_word_pages_number_and_mark_themselves_in_every_section(name: str):
    for section in Document(io.BytesIO(paper_docx(name))).sections:
        assert "PAGE" in etree.tostring(section.header._element).decode()
        assert "PAGE" not in etree.tostring(section.first_page_header._element).decode()


@pytest.mark.parametrize("count", [1, 2, 3, 4, 10, 25])
def test_every_party_stands_once_and_in_its_order(count: int):
    parties = bloc_samples.parties(count, is_signed=False)
    html = pdf.html(dataclasses.replace(bloc_samples.covenant(), parties=parties, witness=""))
    printed = [flat(unescape(name.replace("<br>", " "))) for name in re.findall(r'class="agency">(.*?)</p>', html)]
    assert printed == [party.agency.name.upper() for party in parties]
    assert html.count('class="row alone"') == (count % 3 == 1)


def test_every_capacity_is_written_as_the_decree_has_it():
    text = flat(pdf_text(paper_pdf("covenant")))
    for words in (
        "SỞ NỘI VỤ (Trưởng Khối) GIÁM ĐỐC",
        "KT. TRƯỞNG THUẾ TỈNH PHÓ TRƯỞNG THUẾ TỈNH",
        "KT. CHÁNH VĂN PHÒNG PHÓ CHÁNH VĂN PHÒNG PHỤ TRÁCH",
        "Q. CHÁNH VĂN PHÒNG",
        "TUQ. GIÁM ĐỐC CHÁNH VĂN PHÒNG SỞ",
    ):
        assert words in text


def test_space_for_the_hand_is_at_least_twenty_millimetres():
    """A row without its space is as much lower as the space is high."""
    summary = dataclasses.replace(bloc_samples.covenant(), parties=bloc_samples.parties(1, is_signed=True))
    document = Document(io.BytesIO(docx.render(summary)))
    name = document.styles["Party Name"]
    spaced = [row for row in docx_paragraphs(docx.render(summary)) if row == "Trần Thị B"]
    assert (name.font.bold, len(spaced)) == (True, 1)
    with zipfile.ZipFile(io.BytesIO(docx.render(summary))) as package:
        tree = etree.fromstring(package.read("word/document.xml"))
    paragraphs = [row for row in tree.iter(qn("w:p")) if "".join(row.itertext()) == "Trần Thị B"]
    before = int(paragraphs[0].find(f".//{qn('w:spacing')}").get(qn("w:before")))
    assert before / 20 / documents.POINTS_PER_MM >= 20


def test_annex_lies_across_only_when_targets_are_many():
    sizes = {}
    for name in ("covenant-large", "covenant-long", "covenant"):
        with pikepdf.open(io.BytesIO(paper_pdf(name))) as document:
            sizes[name] = {float(leaf.mediabox[2]) > float(leaf.mediabox[3]) for leaf in document.pages}
    assert sizes == {"covenant-large": {False, True}, "covenant-long": {False}, "covenant": {False}}


def test_covenant_of_more_targets_than_fit_beside_each_other_has_a_second_table():
    summary = dataclasses.replace(
        bloc_samples.covenant(), targets=bloc_samples.promises(15), values=bloc_samples.values(10, 15)
    )
    text = flat(pdf_text(pdf.render(summary)))
    assert "Chỉ tiêu số 1 đến số 12" in text
    assert "Chỉ tiêu số 13 đến số 15" in text
    assert Counter(docx_words(docx.render(summary))) == Counter(html_words(pdf.html(summary)))


def test_longest_names_stay_inside_the_sheet():
    name = (
        "Trung tâm Dịch vụ Khoa học kỹ thuật và Chuyển giao công nghệ ứng dụng nông nghiệp công nghệ cao miền núi tỉnh"
    )
    party = PartyFact(
        AgencyFact(99, name), "deputy", "kt", "Phó Giám đốc Thường trực", "", "Nguyễn Thị Hoàng Phương Thảo"
    )
    summary = dataclasses.replace(bloc_samples.covenant(), parties=(party,) * 4)
    for picture in pictures(pdf.render(summary)):
        assert picture.crop((picture.width - 18, 0, picture.width, picture.height)).getextrema() == (255, 255)


def test_hostile_texts_are_printed_as_text():
    hostile = "A <w:p> & {{ 7*7 }} {% now %}"
    for summary in (
        dataclasses.replace(bloc_samples.covenant(), clauses=(hostile, "B")),
        dataclasses.replace(bloc_samples.standing(), note=(hostile,)),
        dataclasses.replace(bloc_samples.handover(), note=(hostile,)),
        dataclasses.replace(bloc_samples.plan(), body=(hostile, "B")),
    ):
        for text in (pdf_text(pdf.render(summary)), "\n".join(docx_paragraphs(docx.render(summary)))):
            assert hostile in flat(text)


def test_record_of_handing_over_has_no_line_of_place_and_date():
    text = flat(pdf_text(paper_pdf("handover")))
    assert "Sông Lam, ngày" not in text
    assert "Thời gian: ngày 05 tháng 01 năm 2027." in text
    assert text.index("ĐẠI DIỆN BÊN GIAO") < text.index("ĐẠI DIỆN BÊN NHẬN")


def test_large_covenant_is_made_in_time():
    """The floor is three times what two busy cores took."""
    started = time.perf_counter()
    pdf.render(paper("covenant-large"))
    assert time.perf_counter() - started < 3
