import dataclasses
import datetime as dt
import io
import re
import unicodedata
import zipfile
from collections import Counter

import pytest
from docx import Document
from docx.enum.section import WD_ORIENTATION
from docx.oxml.ns import qn
from docx.shared import Pt
from lxml import etree

from emulation.core.documents import DocumentError
from emulation.reports.domain.summary import AgencyFact, HeaderFact, MemberFact, YearSummary
from emulation.reports.renderers import docx, pdf
from tests.documents import samples
from tests.documents.reading import docx_paragraphs, docx_words, html_words, pdf_words, sample, sample_docx, sample_pdf
from tests.tools import make_docx_template

pytestmark = pytest.mark.once

SAMPLES = [*samples.SEEDS, "stress"]
# The order in which Word expects the children of an element; out of order it calls the file damaged.
ORDER = {
    "pPr": "pStyle keepNext keepLines pageBreakBefore widowControl pBdr shd tabs spacing ind jc outlineLvl rPr sectPr",
    "rPr": "rStyle rFonts b bCs i iCs caps color sz szCs u bdr shd lang",
    "tblPr": "tblStyle tblW jc tblInd tblBorders shd tblLayout tblCellMar tblLook",
    "trPr": "cantSplit tblHeader",
    "tcPr": "tcW gridSpan vMerge tcBorders shd tcMar vAlign",
    "sectPr": "headerReference footerReference type pgSz pgMar pgNumType cols titlePg docGrid",
}


def opened(content: bytes):
    return Document(io.BytesIO(content))


def body(content: bytes) -> etree._Element:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return etree.fromstring(package.read("word/document.xml"))


def saved(document) -> bytes:
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


@pytest.mark.parametrize("name", [*samples.SEEDS, "written"])
def test_word_file_says_what_the_pdf_says(name: str):
    assert Counter(docx_words(sample_docx(name))) == Counter(pdf_words(sample_pdf(name)))


def test_word_file_says_what_the_pdf_says_when_tables_run_over_pages():
    assert Counter(docx_words(sample_docx("stress"))) == Counter(html_words(pdf.html(sample("stress"))))


@pytest.mark.parametrize("name", SAMPLES)
def test_text_of_the_word_file_is_precomposed(name: str):
    text = "\n".join(docx_paragraphs(sample_docx(name)))
    assert unicodedata.normalize("NFC", text) == text


@pytest.mark.parametrize("name", SAMPLES)
def test_no_trace_of_the_template_language_is_left(name: str):
    with zipfile.ZipFile(io.BytesIO(sample_docx(name))) as package:
        parts = [package.read(part).decode() for part in package.namelist() if part.endswith(".xml")]
    assert [part for part in parts if re.search(r"\{\{|\{%|%\}|\}\}", part)] == []


def test_equal_summaries_give_equal_content():
    read_back = YearSummary.from_json(sample("seed-0").to_json())
    assert etree.tostring(body(docx.render(read_back))) == etree.tostring(body(sample_docx("seed-0")))


@pytest.mark.parametrize("name", SAMPLES)
def test_elements_stand_in_the_order_word_expects(name: str):
    with zipfile.ZipFile(io.BytesIO(sample_docx(name))) as package:
        names = [part for part in package.namelist() if re.match(r"word/(document|styles|header\d+)\.xml", part)]
        trees = [etree.fromstring(package.read(part)) for part in names]
    for kind, order in ORDER.items():
        places = {qn(f"w:{child}"): at for at, child in enumerate(order.split())}
        for element in (found for tree in trees for found in tree.iter(qn(f"w:{kind}"))):
            children = [places[child.tag] for child in element if child.tag in places]
            assert children == sorted(children), etree.tostring(element)


def test_layout_follows_the_decree():
    document = opened(sample_docx("seed-0"))
    normal = document.styles["Normal"]
    assert (normal.font.name, normal.font.size) == ("Times New Roman", Pt(14))
    fonts = normal.element.rPr.rFonts
    assert {fonts.get(qn(f"w:{kind}")) for kind in ("ascii", "hAnsi", "eastAsia", "cs")} == {"Times New Roman"}
    assert normal.element.rPr.find(qn("w:lang")).get(qn("w:val")) == "vi-VN"
    for section in document.sections:
        sides = (section.top_margin, section.right_margin, section.bottom_margin, section.left_margin)
        assert [round(side.mm) for side in sides] == [20, 15, 20, 30]
        assert section.different_first_page_header_footer


def test_only_the_wide_annex_lies_across_and_annexes_count_their_pages_anew():
    sections = opened(sample_docx("seed-0")).sections
    assert [section.orientation for section in sections] == [
        WD_ORIENTATION.PORTRAIT,
        WD_ORIENTATION.PORTRAIT,
        WD_ORIENTATION.LANDSCAPE,
    ]
    assert [(round(section.page_width.mm), round(section.page_height.mm)) for section in sections] == [
        (210, 297),
        (210, 297),
        (297, 210),
    ]
    starts = [section._sectPr.find(qn("w:pgNumType")) for section in sections]
    assert [None if start is None else start.get(qn("w:start")) for start in starts] == [None, "1", "1"]


@pytest.mark.parametrize(("name", "count"), [("seed-4", 2), ("seed-2", 1)])
def test_paper_without_a_wide_annex_ends_upright(name: str, count: int):
    sections = opened(sample_docx(name)).sections
    assert [round(section.page_height.mm) for section in sections] == [297] * count


def test_page_number_stands_in_the_middle_from_the_second_page_on():
    for section in opened(sample_docx("seed-0")).sections:
        assert "PAGE" in etree.tostring(section.header._element).decode()
        assert "PAGE" not in etree.tostring(section.first_page_header._element).decode()


def test_draft_bears_its_mark_until_it_has_number_and_date():
    draft, issued = opened(sample_docx("seed-0")), opened(sample_docx("stress"))
    assert ["DỰ THẢO" in section.header.paragraphs[0].text for section in draft.sections] == [True] * 3
    assert "DỰ THẢO" in draft.sections[0].first_page_header.paragraphs[0].text
    assert ["DỰ THẢO" in section.header.paragraphs[0].text for section in issued.sections] == [False] * 3


def test_rows_are_never_split_and_heads_are_repeated():
    tables = [
        table
        for table in body(sample_docx("stress")).iter(qn("w:tbl"))
        if table.find(f".//{qn('w:tblHeader')}") is not None
    ]
    assert len(tables) == 6
    for table in tables:
        assert all(row.find(f"{qn('w:trPr')}/{qn('w:cantSplit')}") is not None for row in table.iter(qn("w:tr")))
        heads = [row.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None for row in table.iter(qn("w:tr"))]
        assert heads == sorted(heads, reverse=True)
        columns = len(table.find(qn("w:tblGrid")))
        for row in table.iter(qn("w:tr")):
            spans = [cell.find(f"{qn('w:tcPr')}/{qn('w:gridSpan')}") for cell in row.iter(qn("w:tc"))]
            assert sum(1 if span is None else int(span.get(qn("w:val"))) for span in spans) == columns


def test_signature_keeps_with_the_last_paragraph():
    paragraphs = list(body(sample_docx("seed-0")).iter(qn("w:p")))
    texts = ["".join(node.text or "" for node in paragraph.iter(qn("w:t"))) for paragraph in paragraphs]
    start = next(at for at, text in enumerate(texts) if text.startswith("Trên đây"))
    end = next(at for at, text in enumerate(texts) if text == "[Họ và tên]")
    styles = opened(sample_docx("seed-0")).styles
    for paragraph in paragraphs[start:end]:
        own = paragraph.find(f"{qn('w:pPr')}/{qn('w:keepNext')}")
        style = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
        by_style = style is not None and any(
            item.paragraph_format.keep_with_next
            for item in styles
            if item.style_id == style.get(qn("w:val")) and item.type == 1
        )
        assert own is not None or by_style


def test_title_of_the_file_names_bloc_and_year():
    properties = opened(sample_docx("seed-0")).core_properties
    assert properties.title == "Báo cáo tổng kết công tác thi đua, khen thưởng năm 2021 của Khối thi đua Tổng hợp"
    assert properties.author == "Khối thi đua Tổng hợp"


def test_hostile_texts_are_printed_as_text():
    name = "Sở <w:p> & {{ 7*7 }} {% now %} ]]> \x00\x0b"
    summary = dataclasses.replace(
        sample("seed-0"), bloc_name=f"Khối {name}", members=(MemberFact(AgencyFact(1, name)),)
    )
    text = "\n".join(docx_paragraphs(docx.render(summary))).replace("\u00a0", " ")
    assert text.count("Sở <w:p> & {{ 7*7 }} {% now %} ]]>") >= 3


@pytest.mark.parametrize("name", [*make_docx_template.TEMPLATES])
def test_committed_template_is_what_the_tool_makes(name: str):
    template = make_docx_template.FOLDER / f"{name}.docx"
    made, committed = (
        zipfile.ZipFile(io.BytesIO(content))
        for content in (saved(make_docx_template.TEMPLATES[name]()), template.read_bytes())
    )
    with made, committed:
        names = [name for name in made.namelist() if name.startswith("word/")]
        assert [name for name in names if made.read(name) != committed.read(name)] == []


def test_office_template_may_reword_and_leave_out():
    document = Document()
    document.add_paragraph("Đơn vị: {{ bloc_name }}, {{ year }}")
    document.add_paragraph("{{p members_annex.table.body }}")
    text = "\n".join(docx_paragraphs(docx.render(sample("seed-0"), saved(document))))
    assert "Đơn vị: Khối thi đua Tổng hợp, năm 2021" in text
    assert "Cục Thống kê tỉnh" in text.replace("\u00a0", " ")
    assert "Kính gửi" not in text


@pytest.mark.parametrize(
    "line",
    [
        "{{ no_such_field }}",
        "{{ unclosed",
        "{% if %}",
        "{{ ''.__class__.__mro__ }}",
        "{{ superior.add.__globals__ }}",
        "{{ bloc_name.format.__self__.__class__ }}",
    ],
)
def test_office_template_that_asks_for_what_there_is_not_is_refused(line: str):
    document = Document()
    document.add_paragraph(line)
    with pytest.raises(DocumentError, match="cannot be filled"):
        docx.render(sample("seed-0"), saved(document))


@pytest.mark.parametrize("content", [b"no zip", b"PK\x03\x04broken"])
def test_template_that_is_no_word_file_is_refused(content: bytes):
    with pytest.raises(DocumentError, match="cannot be filled"):
        docx.render(sample("seed-0"), content)


def test_number_and_date_are_printed_once_given():
    header = HeaderFact("UBND tỉnh Sông Lam", "Sông Lam", number="05", dated_on=dt.date(2027, 1, 5))
    text = "\n".join(docx_paragraphs(docx.render(dataclasses.replace(sample("seed-0"), header=header))))
    assert "Số: 05/BC-KTĐ" in text
    assert "Sông Lam, ngày 05 tháng 01 năm 2027" in text.replace("\u00a0", " ")
