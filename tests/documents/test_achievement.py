"""The achievement report as PDF and Word: valid, the same words, known facts filled in, blanks for the rest."""

import dataclasses
import datetime as dt
import re
from collections import Counter
from decimal import Decimal

import page
import pytest

from emulation.reports.domain.achievement import AchievementSummary, GrantFact, PlaceFact, TargetFact
from emulation.reports.domain.facts import HeaderFact, SignerFact
from emulation.reports.renderers import docx, pdf
from tests.documents.award_samples import CERTIFICATE, FIGHTER, FLAG, TEAM
from tests.documents.reading import docx_paragraphs, docx_words, html_words
from tests.documents.test_year_report_pdf import FALSE_ALARMS

pytestmark = pytest.mark.once
GRANTS = (
    GrantFact(FLAG, "title", "2023", "123/QĐ-UBND", dt.date(2024, 1, 5), "UBND tỉnh Sông Lam"),
    GrantFact(TEAM, "title", "2024", "88/QĐ-UBND", dt.date(2025, 1, 15), "UBND tỉnh Sông Lam", "Sở Kế hoạch"),
    GrantFact(CERTIFICATE, "commendation", "2022", "", dt.date(2022, 11, 5), "Chủ tịch UBND tỉnh"),
)
COLLECTIVE = AchievementSummary(
    1, "2025", FLAG, "Sở Tài chính", "Sở Tài chính",
    header=HeaderFact("UBND tỉnh Sông Lam", "Sông Lam", ""),
    head=SignerFact(("Giám đốc",), "Trần Thị B"),
    phone="0238 123456",
    achievement=("Hoàn thành 12/12 chỉ tiêu.",),
    targets=(TargetFact("Hồ sơ đúng hạn", "%", Decimal("98.5")), TargetFact("Sáng kiến", "", None, "ít nhất 02")),
    places=(PlaceFact("2024", "Khối thi đua A", 2, Decimal("96.5")), PlaceFact("2025", "Khối thi đua A", 1)),
    grants=GRANTS,
)  # fmt: skip
UNIT = dataclasses.replace(COLLECTIVE, name="Phòng Ngân sách", issuer="Phòng Ngân sách", proposer="Sở Tài chính")
BARE = AchievementSummary(2, "2025-2026", CERTIFICATE, "Trường A", "Trường A", year_kind="school")
PERSON = AchievementSummary(
    3, "2025", FIGHTER, "Lê Văn C", "Sở Tài chính", is_person=True, title="Phó Trưởng phòng, Sở Tài chính",
    position="Phó Trưởng phòng", birth_year=1985, sex="nam", grants=GRANTS[2:],
)  # fmt: skip
PAPERS = {"collective": COLLECTIVE, "unit": UNIT, "bare": BARE, "person": PERSON}


def said(summary: AchievementSummary) -> str:
    """The words of the Word file, without the blanks that tie them."""
    return " ".join(" ".join(docx_paragraphs(docx.render(summary))).replace("\u00a0", " ").split())


@pytest.mark.parametrize("name", PAPERS)
def test_both_forms_say_the_same_and_the_pdf_is_valid(name: str):
    summary = PAPERS[name]
    assert AchievementSummary.from_json(summary.to_json()) == summary
    assert Counter(docx_words(docx.render(summary))) == Counter(html_words(pdf.html(summary)))
    found = [page.validate_pdf_bytes(pdf.render(summary), profile=profile).failures for profile in ("3a", "ua1")]
    rules = [failure.rule_id for failures in found for failure in failures]
    assert [rule for rule in rules if not any(alarm in rule for alarm in FALSE_ALARMS)] == []


def test_collective_reads_its_targets_places_and_awards_and_leaves_the_results_to_be_typed():
    text = said(COLLECTIVE)
    for words in (
        "Sông Lam, ngày tháng năm Báo cáo thành tích Đề nghị tặng “Cờ thi đua của Ủy ban nhân dân tỉnh” năm 2025",
        "Tên tập thể đề nghị: Sở Tài chính",
        "- Điện thoại: 0238 123456.",
        "1 Hồ sơ đúng hạn % 98,5 ……",
        "2 Sáng kiến … ít nhất 02 ……",
        "2024 Khối thi đua A 2 96,5 2025 Khối thi đua A 1 …",
        "2024 Danh hiệu “Tập thể lao động xuất sắc” (kế thừa từ Sở Kế hoạch) Quyết định số 88/QĐ-UBND ngày 15/01/2025",
        "Quyết định ngày 05/11/2022 của Chủ tịch UBND tỉnh",
    ):
        assert words in text
    assert re.search(r"XÁC NHẬN CỦA CẤP TRÌNH KHEN THƯỞNG \(Ký, đóng dấu\) GIÁM ĐỐC .*\[Họ và tên\] Trần Thị B$", text)


def test_head_of_the_agency_confirms_what_a_unit_below_it_did():
    assert re.search(r"THỦ TRƯỞNG ĐƠN VỊ \(Ký, đóng dấu\) GIÁM ĐỐC Trần Thị B \[Họ và tên\]$", said(UNIT))


def test_person_reports_and_the_head_confirms():
    text = said(PERSON)
    for words in ("- Sinh ngày, tháng, năm: ……/……/1985.", "- Giới tính: Nam.", "- Quê quán: …", "2025 …… …… ……"):
        assert words in text
    assert text.endswith("[Họ và tên] Lê Văn C Xác nhận của cấp trình khen thưởng (Ký, đóng dấu) [Họ và tên]")


def test_where_nothing_is_known_the_form_asks():
    text = said(BARE)
    assert ("[CƠ QUAN CHỦ QUẢN]" in text.upper(), "năm học 2025-2026" in text) == (True, True)
    assert ("Bảng 1. Danh hiệu thi đua" in text, text.count("…… …… ……")) == (True, 2)
