import dataclasses
import datetime as dt
import hashlib
import io
import re
import subprocess
import sys
import unicodedata
from collections import Counter
from html import unescape

import page
import pikepdf
import pytest

from emulation.core import documents
from emulation.reports import renderers
from emulation.reports.domain.summary import (
    AgencyFact,
    FigureFact,
    HeaderFact,
    MemberFact,
    MovementFact,
    YearSummary,
)
from emulation.reports.renderers import pdf
from tests import environment
from tests.documents import samples
from tests.documents.golden import NAMES, TOLERANCE, differing_pixels, pages
from tests.documents.reading import (
    fonts,
    html_words,
    page_texts,
    pdf_text,
    pdf_words,
    pictures,
    sample,
    sample_pdf,
)

pytestmark = pytest.mark.once

SAMPLES = [*samples.SEEDS, "stress"]
# Two rules of the validator are false alarms: one belongs to PDF/A-1, the other trips over a stream that ends in 0x0D.
FALSE_ALARMS = ("METADATA-FILTER", "STREAM-LENGTH")


def failures(content: bytes, profile: str) -> list[str]:
    report = page.validate_pdf_bytes(content, profile=profile)
    return [failure.rule_id for failure in report.failures if not any(name in failure.rule_id for name in FALSE_ALARMS)]


def flat(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("profile", ["3a", "ua1"])
@pytest.mark.parametrize("name", [*SAMPLES, "letters"])
def test_report_is_valid_for_archive_and_screen_readers(name: str, profile: str):
    assert failures(sample_pdf(name), profile) == []


@pytest.mark.parametrize("name", [*SAMPLES, "letters"])
def test_report_embeds_our_serif_and_no_other_font(name: str):
    assert {font.startswith("VB-Serif") for font in fonts(sample_pdf(name))} == {True}


@pytest.mark.parametrize("name", NAMES)
def test_pages_look_as_they_did_when_a_person_last_looked(name: str):
    shown, golden = pictures(sample_pdf(name)), pages(name)
    assert len(shown) == len(golden)
    differing = {at: differing_pixels(*both) for at, both in enumerate(zip(shown, golden, strict=True), start=1)}
    assert {at: count for at, count in differing.items() if count > TOLERANCE} == {}


@pytest.mark.parametrize("name", SAMPLES)
def test_equal_summaries_give_equal_bytes(name: str):
    read_back = YearSummary.from_json(sample(name).to_json())
    assert pdf.render(read_back) == sample_pdf(name)


def test_bytes_are_the_same_in_another_process():
    code = (
        "from tests import environment; environment.prepare(); import django; django.setup(); import hashlib;"
        "from tests.documents.reading import sample_pdf; print(hashlib.sha256(sample_pdf('seed-2')).hexdigest())"
    )
    other = subprocess.run(  # noqa: S603 - our own code
        [sys.executable, "-c", code], cwd=environment.ROOT, capture_output=True, text=True, check=True
    )
    assert other.stdout.strip() == hashlib.sha256(sample_pdf("seed-2")).hexdigest()


@pytest.mark.parametrize("name", [*samples.SEEDS])
def test_pages_hold_the_words_of_the_html_and_no_others(name: str):
    assert Counter(pdf_words(sample_pdf(name))) == Counter(html_words(pdf.html(sample(name))))


@pytest.mark.parametrize("name", SAMPLES)
def test_text_of_the_pages_is_precomposed(name: str):
    text = pdf_text(sample_pdf(name))
    assert unicodedata.normalize("NFC", text) == text


def test_every_vietnamese_letter_reads_back_in_every_face():
    words = pdf_text(sample_pdf("letters")).split()
    assert {letter: words.count(letter) for letter in documents.vietnamese_letters()} == dict.fromkeys(
        documents.vietnamese_letters(), 4
    )
    assert len(set(documents.vietnamese_letters())) == 146


def test_summary_travels_inside_the_pdf_as_data():
    with pikepdf.open(io.BytesIO(sample_pdf("seed-0"))) as document:
        attached = document.attachments["so-lieu.json"]
        assert attached.get_file().read_bytes().decode() == sample("seed-0").to_json()
        assert document.Root.AF[0].AFRelationship == "/Data"


def test_outline_names_the_report_its_sections_and_annexes():
    with pikepdf.open(io.BytesIO(sample_pdf("seed-0"))) as document, document.open_outline() as outline:
        assert [item.title for item in outline.root] == [
            "Báo cáo tổng kết năm 2021",
            "Phụ lục I. Danh sách đơn vị thành viên và chức danh trong Khối",
            "Phụ lục II. Tổng hợp kết quả khen thưởng và xếp hạng năm 2021",
        ]
        assert [item.title.split(".")[0] for item in outline.root[0].children] == ["I", "II", "III", "IV", "V"]


def test_window_shows_the_title_and_the_language_is_vietnamese():
    with pikepdf.open(io.BytesIO(sample_pdf("seed-0"))) as document:
        assert document.Root.Lang == "vi"
        assert document.Root.ViewerPreferences.DisplayDocTitle
        assert str(document.docinfo.Title) == (
            "Báo cáo tổng kết công tác thi đua, khen thưởng năm 2021 của Khối thi đua Tổng hợp"
        )
        assert "/CreationDate" not in document.docinfo


def test_pages_are_a4_and_the_wide_annex_lies_across():
    with pikepdf.open(io.BytesIO(sample_pdf("seed-0"))) as document:
        sizes = [
            [round(float(side) / documents.POINTS_PER_MM) for side in leaf.mediabox[2:]] for leaf in document.pages
        ]
    assert sizes == [[210, 297]] * 7 + [[297, 210]]


def test_page_numbers_start_on_the_second_page_and_anew_in_each_annex():
    numbers = []
    for text in page_texts(sample_pdf("stress")):
        found = re.search(r"\n(\d+)\s*$", text)
        numbers.append(int(found[1]) if found else None)
    body = numbers.index(None, 1)
    assert numbers[:body] == [None, *range(2, body + 1)]
    assert numbers[body:] == [None, 2, None, 2]


@pytest.mark.parametrize("count", range(0, 39, 3))
def test_signature_never_stands_alone_whatever_the_length(count: int):
    summary = dataclasses.replace(
        samples.seed_2(), next_movements=tuple(MovementFact(f"Phong trào {at}") for at in range(count))
    )
    leaf = next(text for text in page_texts(pdf.render(summary)) if "Nơi nhận:" in text)
    assert "Trên đây là Báo cáo" in leaf
    assert "[Họ và tên]" in leaf


@pytest.mark.parametrize("count", [1, 4, 10, 25, 60])
def test_member_table_splits_between_rows_and_leaves_none_alone(count: int):
    leaves = [flat(text) for text in page_texts(pdf.render(samples.with_members(count)))]
    annex = leaves[next(at for at, text in enumerate(leaves) if "Bảng I.1" in text) :]
    listed = [len(re.findall(r"Đơn vị thứ \d+ (?:Thành viên|Trưởng Khối)", text)) for text in annex]
    assert sum(listed) == count
    assert count == 1 or all(rows != 1 for rows in listed)
    assert all("Chức danh trong Khối" in text for text, rows in zip(annex, listed, strict=True) if rows)


def test_draft_bears_its_mark_on_every_page_until_it_has_number_and_date():
    assert all("DỰ THẢO" in text for text in page_texts(sample_pdf("seed-0")))
    assert not any("DỰ THẢO" in text for text in page_texts(sample_pdf("stress")))
    stamped = pdf.render(sample("stress"), stamp="BẢN MẪU")
    assert all("BẢN MẪU" in text for text in page_texts(stamped))


def test_header_prints_number_place_and_date_once_given():
    first = flat(page_texts(sample_pdf("stress"))[0])
    assert "Số: 05/BC-KTĐ" in first
    assert "Sông Lam, ngày 05 tháng 01 năm 2027" in first
    assert flat(page_texts(sample_pdf("seed-0"))[0]).count("Thừa Thiên Huế, ngày tháng năm 2021") == 1


def test_header_keeps_a_number_that_brings_its_own_sign():
    header = HeaderFact("UBND tỉnh Sông Lam", "Sông Lam", number="07/BC-SNV", dated_on=dt.date(2027, 1, 5))
    assert "Số: 07/BC-SNV" in unescape(pdf.html(dataclasses.replace(sample("seed-0"), header=header)))


@pytest.mark.parametrize(
    ("name", "phrases"),
    [
        (
            "seed-0",
            [
                "Khối gồm 10 đơn vị thành viên (danh sách tại Phụ lục I).",
                "Văn phòng UBND tỉnh là Trưởng Khối; Sở Nội vụ là Phó Trưởng Khối",
                "Cờ thi đua và Bằng khen cho 03 đơn vị (chưa tách theo từng đơn vị)",
                "đề xuất Sở Nội vụ làm Trưởng Khối, Cục thuế tỉnh làm Phó Trưởng Khối năm 2022",
                "Biểu đồ 1. Số tập thể được khen thưởng năm 2021",
            ],
        ),
        (
            "seed-1",
            [
                "Số đơn vị thành viên và danh sách đơn vị của Khối: (chưa có số liệu).",
                "thành viên Hội đồng Thi đua Khen thưởng tỉnh phụ trách theo dõi Khối (chưa nêu tên)",
                "Cờ thi đua của UBND tỉnh cho 03 tập thể (chưa nêu tên)",
                "Bằng khen cho 05 tập thể (chưa nêu tên)",
                "suy tôn Cục Thuế làm Trưởng Khối năm 2022; Phó Trưởng Khối: (chưa có số liệu)",
            ],
        ),
        (
            "seed-2",
            [
                "[CƠ QUAN CHỦ QUẢN]",
                "[Địa danh], ngày",
                "Khối gồm 10 đơn vị thành viên; danh sách đơn vị: (chưa có số liệu).",
                "Trưởng Khối, Phó Trưởng Khối năm 2019: (chưa có số liệu).",
                "Cùng thứ ba (02 đơn vị): Cục Thuế tỉnh và Kho bạc Nhà nước tỉnh.",
                "3 Cục Thuế tỉnh 3 Bằng khen của Chủ tịch UBND tỉnh",
                "4 Kho bạc Nhà nước tỉnh 3 Bằng khen của Chủ tịch UBND tỉnh",
            ],
        ),
        (
            "seed-3",
            [
                "Ngày 25 tháng 02 năm 2021",
                "Toàn Khối có 9/9 cơ quan, đơn vị cơ bản hoàn thành tốt nhiệm vụ.",
                "bầu Ban Dân tộc làm Trưởng Khối, Đài Phát thanh - Truyền hình tỉnh làm Phó Trưởng Khối năm 2021",
            ],
        ),
        (
            "seed-4",
            [
                "Số liệu hiện có đến Hội nghị sơ kết 6 tháng đầu năm (ngày 28 tháng 6 năm 2017)",
                "nhóm có đánh giá công vụ (07 đơn vị) và nhóm không đánh giá công vụ (03 đơn vị)",
                "05 đơn vị đồng thời tham gia cụm, khối thi đua khác",
                "I Nhóm có đánh giá công vụ (07 đơn vị)",
                "Kết quả xếp hạng: (chưa có số liệu).",
                "Đề nghị khen thưởng: (chưa có số liệu).",
            ],
        ),
    ],
)
def test_seed_says_what_its_source_states(name: str, phrases: list[str]):
    text = flat(pdf_text(sample_pdf(name)))
    assert [phrase for phrase in phrases if phrase not in text] == []


@pytest.mark.parametrize("name", ["seed-1", "seed-2", "seed-3"])
def test_seed_without_a_member_list_has_no_annex(name: str):
    assert "Phụ lục" not in pdf_text(sample_pdf(name))


def test_only_annex_bears_no_number():
    text = flat(pdf_text(sample_pdf("seed-4")))
    assert "(Phụ lục)" in text
    assert "Phụ lục I" not in text


def test_tables_and_charts_are_numbered_in_their_order():
    text = pdf_text(sample_pdf("stress")).replace("\u00a0", " ")
    assert re.findall(r"^(Bảng [I.]*\d)\. ", text, flags=re.MULTILINE) == [
        "Bảng 1",
        "Bảng 2",
        "Bảng 3",
        "Bảng 4",
        "Bảng I.1",
        "Bảng II.1",
    ]
    assert re.findall(r"^(Biểu đồ \d)\. ", text, flags=re.MULTILINE) == ["Biểu đồ 1", "Biểu đồ 2"]


def test_bloc_of_which_nothing_is_known_gives_sentences_and_no_empty_table():
    bare = YearSummary("Khối thi đua số 1", "khoi", "2026", "2027")
    content = pdf.render(bare)
    assert "<table" not in pdf.html(bare)
    assert "<svg" not in pdf.html(bare)
    assert pdf_text(content).count("(chưa có số") >= 10
    assert failures(content, "3a") == failures(content, "ua1") == []


def test_foreign_and_hostile_texts_are_printed_as_text():
    name = "Sở <script>alert(1)</script> & {{ 7*7 }} {% now %} 😀 中文 \x00\x1b[31m"
    summary = dataclasses.replace(
        sample("seed-0"),
        bloc_name=f"Khối {name}",
        members=(MemberFact(AgencyFact(1, name)),),
        figures=(FigureFact(name, 1, 2),),
    )
    content = pdf.render(summary)
    assert {font.startswith("VB-Serif") for font in fonts(content)} == {True}
    assert "Sở <script>alert(1)</script> & {{ 7*7 }} {% now %} □ □□ [31m" in flat(pdf_text(content))
    assert failures(content, "3a") == failures(content, "ua1") == []


def test_fingerprint_is_stable_and_covers_the_templates():
    assert renderers.fingerprint() == renderers.fingerprint()
    assert re.fullmatch(r"[0-9a-f]{64}", renderers.fingerprint())
