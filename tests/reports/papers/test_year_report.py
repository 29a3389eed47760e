import dataclasses
import datetime as dt

import pytest

from emulation.reports.domain.summary import AwardFact, HeaderFact, MemberFact, PlaceFact, YearSummary
from emulation.reports.papers import year_report
from emulation.reports.papers.text import Head, Table, Text
from tests.documents import samples
from tests.documents.samples import agencies, members, proposed

pytestmark = pytest.mark.once

A, B, C, D = agencies("Sở A", "Sở B", "Sở C", "Sở D")


def facts(**changes: object) -> YearSummary:
    return dataclasses.replace(YearSummary("Khối thi đua số 1", "khoi", "2026", "2027"), **changes)


def cells(table: Table) -> list[list[str]]:
    return [[cell.text.replace("\u00a0", " ") for cell in row.cells] for row in table.rows]


# --- Texts ------------------------------------------------------------------------------------------------------------


def test_text_marks_what_is_missing_what_is_to_be_written_and_what_must_not_break():
    text = Text.of("Số 01-KL/TW: (chưa có số liệu) và [Trưởng Khối bổ sung: 02 câu] & <b>")
    assert text.__html__().replace("\u00a0", " ") == (
        'Số <span class="sign">01-KL/TW</span>: <span class="missing">(chưa có số liệu)</span> và '
        '<span class="todo">[Trưởng Khối bổ sung: 02 câu]</span> &amp; &lt;b&gt;'
    )


def test_runs_of_a_text_add_up_to_it():
    for name in ("seed-0", "seed-4"):
        paper = year_report.build(samples.SEEDS[name]())
        organisation = [text for part in paper.organisation for text in part.before]
        for text in (*paper.opening.before, *paper.structure.before, *organisation, *paper.recipients):
            assert "".join(run.text for run in text.runs()) == text


def test_what_the_bloc_wrote_stands_where_it_was_asked_for():
    paper = year_report.build(samples.written())
    (part,) = paper.limits
    assert (part.before, part.points) == (("Một số hạn chế:",), ("Gửi báo cáo chậm;", "Ít điển hình."))
    assert [text.replace("\u00a0", " ") for part in paper.plans for text in part.before] == [
        "1. Các phong trào thi đua năm 2027: (chưa có số liệu).",
        "2. Nhiệm vụ trọng tâm của Khối trong năm 2027:",
        "Đổi mới cách làm.",
    ]
    (first, told), (second, asked) = paper.member_tasks
    assert (first.replace("\u00a0", " "), len(told), told[0].before[0].is_todo) == ("a) Sở A", 1, False)
    assert second.replace("\u00a0", " ") == "b) Sở B"
    assert (asked[0].before[0].is_todo, paper.causes[0].before[0].is_todo) == (True, True)


# --- Tables -----------------------------------------------------------------------------------------------------------


def test_results_table_of_seed_2_shares_the_third_place():
    assert cells(year_report.build(samples.seed_2()).results_table) == [
        ["1", "Liên minh Hợp tác xã tỉnh", "1", "Cờ thi đua của Chính phủ"],
        ["2", "Cục Thống kê tỉnh", "2", "Cờ thi đua của UBND tỉnh"],
        ["3", "Cục Thuế tỉnh", "3", "Bằng khen của Chủ tịch UBND tỉnh"],
        ["4", "Kho bạc Nhà nước tỉnh", "3", "Bằng khen của Chủ tịch UBND tỉnh"],
    ]


def test_awards_by_decisions_stand_beside_those_stated_by_nature_and_level():
    table = year_report.build(samples.written()).levels_table
    assert cells(table) == [
        ["I", "Danh hiệu thi đua"],
        ["1", "Tỉnh", "01", "-", "-"],
        ["II", "Hình thức khen thưởng"],
        ["1", "Tỉnh", "02", "12", "03"],
    ]


def test_year_before_is_compared_where_both_are_known():
    paper = year_report.build(samples.written())
    assert cells(paper.comparison_table) == [
        ["1", "Số đơn vị thành viên", "03", "02", "giảm 01"],
        ["2", "Bước công tác đúng hạn", "…", "01", "…"],
        ["3", "Tập thể được tặng danh hiệu thi đua (cấp khen: Tỉnh)", "00", "01", "tăng 01"],
        ["4", "Tập thể được tặng hình thức khen thưởng (cấp khen: Tỉnh)", "02", "02", "không đổi"],
    ]
    assert cells(paper.results_table) == [["1", "Sở A", "1", "2", "…"], ["2", "Sở B", "2", "…", "…"]]


def test_results_table_of_seed_0_splits_nothing_and_claims_no_order():
    table = year_report.build(samples.seed_0()).results_table
    assert cells(table)[0] == [
        "1",
        "Sở Kế hoạch và Đầu tư",
        "…",
        "Cờ thi đua và Bằng khen (chưa tách theo từng đơn vị)",
    ]
    assert "thứ tự trong bảng không phải thứ hạng" in table.remark.replace("\u00a0", " ")
    assert table.caption.replace("\u00a0", " ") == "Bảng 3. Đơn vị được đề nghị khen thưởng năm 2021"


def test_results_table_groups_places_given_apart_and_lists_the_unplaced_last():
    summary = facts(
        members=(*members([A], "Nhóm I"), *members([B], "Nhóm II"), *members([C])),
        places=(PlaceFact(A, 1), PlaceFact(B, 1)),
        awards=proposed("Bằng khen", "commendation", "province", A, C),
    )
    assert cells(year_report.build(summary).results_table) == [
        ["I", "Nhóm I"],
        ["1", "Sở A", "1", "Bằng khen"],
        ["II", "Nhóm II"],
        ["1", "Sở B", "1", "-"],
        ["III", "Đơn vị chưa có thứ hạng"],
        ["1", "Sở C", "…", "Bằng khen"],
    ]


def test_one_agency_is_a_sentence_and_no_table():
    summary = facts(awards=proposed("Bằng khen", "commendation", "province", A))
    assert year_report.build(summary).results_table is None


def test_proposal_of_an_agency_is_unknown_while_some_awards_name_nobody():
    unnamed = AwardFact("proposed", "Cờ thi đua", "title", how_many=1)
    summary = facts(places=(PlaceFact(A, 1), PlaceFact(B, 2)), awards=(unnamed,))
    assert [row[3] for row in cells(year_report.build(summary).results_table)] == ["…", "…"]


def test_granted_table_keeps_titles_and_commendations_apart():
    table = year_report.build(samples.seed_0()).granted_table
    assert cells(table) == [
        ["I", "Danh hiệu thi đua"],
        ["1", "Cờ thi đua của UBND tỉnh", "Tỉnh", "03", ""],
        ["II", "Hình thức khen thưởng"],
        ["1", "Bằng khen của Thủ tướng Chính phủ", "Chính phủ, Thủ tướng Chính phủ", "01", ""],
        ["2", "Bằng khen cấp Bộ", "Bộ, ban, ngành Trung ương", "03", ""],
        ["3", "Bằng khen của UBND tỉnh", "Tỉnh", "05", "Mỗi đơn vị nhận nhiều Bằng khen"],
    ]


def test_members_annex_of_seed_4_counts_its_groups():
    annex = year_report.build(samples.seed_4()).members_annex
    rows = cells(annex.table)
    assert [row[1] for row in rows if len(row) == 2] == [
        "Nhóm có đánh giá công vụ (07 đơn vị)",
        "Nhóm không đánh giá công vụ (03 đơn vị)",
    ]
    assert [row[4] for row in rows if len(row) == 5].count("(*)") == 5
    assert rows[-1] == ["", "Tổng cộng", "10 đơn vị"]
    assert annex.name == "Phụ lục"


def test_members_annex_drops_the_column_of_notes_when_there_is_none():
    table = year_report.build(samples.seed_0()).members_annex.table
    assert [column.head for column in table.columns] == ["STT", "Đơn vị", "Năm 2021", "Năm 2022"]
    assert table.top_heads == [Head("STT", 1, 2), Head("Đơn vị", 1, 2), Head("Chức danh trong Khối", 2, 1)]
    assert table.lower_heads == ["Năm 2021", "Năm 2022"]


def test_wide_annex_marks_named_awards_and_leaves_unnamed_ones_open():
    table = year_report.build(samples.seed_0()).wide_annex.table
    rows = cells(table)
    assert [row[0] for row in rows] == [*(str(number) for number in range(1, 11)), ""]
    assert rows[0][2:] == ["…", "…", "…", "…", "…", "-"]
    assert rows[5][2:] == ["…", "…", "…", "…", "…", "x"]
    assert rows[-1] == ["", "Toàn Khối", "03", "01", "03", "05", "", "03"]


def test_wide_annex_says_which_member_takes_no_place():
    summary = facts(members=(MemberFact(A), MemberFact(B, is_ranked=False)), places=(PlaceFact(A, 1),))
    assert [row[2] for row in cells(year_report.build(summary).wide_annex.table)] == ["1", "Không xếp hạng", ""]


@pytest.mark.parametrize("name", [*samples.SEEDS, "stress"])
def test_columns_fill_the_width_and_rows_fill_the_columns(name: str):
    paper = year_report.build({**samples.SEEDS, "stress": samples.stress}[name]())
    annexes = [annex.table for annex in (paper.members_annex, paper.wide_annex) if annex]
    tables = [paper.targets_table, paper.steps_table, paper.granted_table, paper.results_table, *annexes]
    for table in filter(None, tables):
        assert 99 <= sum(column.width for column in table.columns) <= 100
        for row in table.rows:
            assert sum(cell.columns for cell in row.cells) == len(table.columns)


# --- Charts -----------------------------------------------------------------------------------------------------------


def test_chart_of_seed_0_shows_the_counts_against_the_members():
    chart = year_report.build(samples.seed_0()).granted_chart
    assert [(label, count) for label, count, _ in chart.rows] == [
        ("Cờ thi đua của UBND tỉnh", 3),
        ("Bằng khen của Thủ tướng Chính phủ", 1),
        ("Bằng khen cấp Bộ", 3),
        ("Bằng khen của UBND tỉnh", 5),
    ]
    assert chart.whole == 10
    assert "Cờ thi đua của UBND tỉnh 03" in chart.in_words


@pytest.mark.parametrize("name", ["seed-2", "seed-3", "seed-4"])
def test_no_chart_is_drawn_when_there_is_little_to_see(name: str):
    paper = year_report.build(samples.SEEDS[name]())
    assert (paper.granted_chart, paper.proposed_chart) == (None, None)


def test_chart_leaves_out_an_award_whose_number_is_unknown():
    counted = [AwardFact("granted", text, "title", how_many=count) for text, count in (("A", 3), ("B", 2), ("C", None))]
    chart = year_report.build(facts(awards=tuple(counted))).granted_chart
    assert [label for label, _, _ in chart.rows] == ["A", "B"]


# --- The whole --------------------------------------------------------------------------------------------------------


def test_references_name_the_tables_and_charts_there_are():
    paper = year_report.build(samples.seed_0())
    assert "(Bảng 2, Biểu đồ 1)" in paper.commendation.before[0].replace("\u00a0", " ")
    assert paper.granted_table.caption.replace("\u00a0", " ").startswith("Bảng 2. ")
    assert paper.granted_chart.caption.replace("\u00a0", " ").startswith("Biểu đồ 1. ")


def test_paper_of_nothing_known_has_no_table_no_chart_and_no_annex():
    paper = year_report.build(facts())
    pictures = (
        paper.targets_table,
        paper.steps_table,
        paper.granted_table,
        paper.granted_chart,
        paper.results_table,
        paper.proposed_chart,
        paper.members_annex,
        paper.wide_annex,
    )
    assert set(pictures) == {None}


def test_mark_is_draft_until_issue_and_a_stamp_when_one_is_given():
    issued = HeaderFact(number="05", dated_on=dt.date(2027, 1, 5))
    assert year_report.build(facts()).mark == "DỰ THẢO"
    assert year_report.build(facts(header=issued)).mark == ""
    assert year_report.build(facts(header=issued), stamp="BẢN MẪU").mark == "BẢN MẪU"
