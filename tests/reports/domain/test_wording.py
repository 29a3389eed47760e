import dataclasses
import datetime as dt
import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulation.reports.domain import wording
from emulation.reports.domain.summary import (
    AgencyFact,
    AwardFact,
    FigureFact,
    HeaderFact,
    MemberFact,
    MilestoneFact,
    MonitorFact,
    MovementFact,
    NextTermFact,
    PlaceFact,
    SignerFact,
    TargetFact,
    TermFact,
    YearSummary,
)
from tests.documents import samples
from tests.documents.samples import agencies, members

A, B, C, D = agencies("Sở A", "Sở B", "Sở C", "Sở D")
LABOUR = AgencyFact(9, "Sở Lao động, Thương binh và Xã hội")


def facts(**changes: object) -> YearSummary:
    return dataclasses.replace(YearSummary("Khối thi đua số 1", "khoi", "2026", "2027"), **changes)


# --- Small words ------------------------------------------------------------------------------------------------------


@given(st.integers(0, 9999))
def test_units_pad_counts_below_ten_only(count: int):
    assert wording.units(count) == f"{'0' if count < 10 else ''}{count} đơn vị"


def test_units_say_that_the_number_is_not_known():
    assert wording.units(None, "tập thể") == "số tập thể (chưa có số liệu)"


@pytest.mark.parametrize(
    ("names", "text"),
    [
        ([], ""),
        (["A"], "A"),
        (["A", "B"], "A và B"),
        (["A", "B", "C"], "A, B và C"),
        (["Sở Lao động, Thương binh và Xã hội", "B"], "Sở Lao động, Thương binh và Xã hội; B"),
        (["Sở Văn hóa và Thể thao", "B", "C"], "Sở Văn hóa và Thể thao; B; C"),
    ],
)
def test_listing_keeps_names_apart(names: list[str], text: str):
    assert wording.listing(names) == text


@given(st.lists(st.from_regex(r"[A-Z]{1,8}", fullmatch=True), min_size=2, max_size=12))
def test_listing_names_each_once_with_one_and(names: list[str]):
    text = wording.listing(names)
    assert re.split(r", | và ", text) == names
    assert text.count(" và ") == 1


def test_ordinal_follows_the_language_up_to_ten():
    assert [wording.ordinal(place) for place in (1, 2, 3, 4, 10, 11)] == [
        "thứ nhất",
        "thứ nhì",
        "thứ ba",
        "thứ tư",
        "thứ mười",
        "thứ 11",
    ]


def test_words_change_for_a_cluster_and_a_school_year():
    school = facts(bloc_kind="cum", year_kind="school", year_label="2025-2026", next_year_label="2026-2027")
    assert wording.noun(school) == "Cụm"
    assert wording.year(school) == "năm học 2025-2026"
    assert wording.next_year(school) == "năm học 2026-2027"
    assert wording.signature(school, school.signer)[:2] == ("TM. Cụm thi đua", "Trưởng Cụm")


@pytest.mark.parametrize(
    ("name", "text"),
    [("Nhóm I", "nhóm I"), ("nhóm có đánh giá công vụ", "nhóm có đánh giá công vụ"), ("đoàn thể", "nhóm đoàn thể")],
)
def test_group_name_reads_in_a_sentence(name: str, text: str):
    assert wording.group_name(name) == text


# --- First page -------------------------------------------------------------------------------------------------------


def test_header_asks_for_what_the_source_does_not_name():
    assert wording.superior(HeaderFact()) == "[Cơ quan chủ quản]"
    assert wording.place(HeaderFact()) == "[Địa danh]"
    assert wording.superior(HeaderFact("UBND tỉnh Sông Lam")) == "UBND tỉnh Sông Lam"


def test_date_is_blank_until_issue_and_its_year_that_of_the_closing_meeting():
    meeting = MilestoneFact("year_review", done_on=dt.date(2021, 2, 25))
    assert wording.dated(facts(), "__") == "ngày__tháng__năm__"
    assert wording.dated(facts(milestones=(meeting,)), "__") == "ngày__tháng__năm 2021"
    issued = facts(header=HeaderFact(dated_on=dt.date(2027, 1, 5)))
    assert wording.dated(issued, "__") == "ngày 05 tháng 01 năm 2027"


def test_opening_names_the_closing_meeting_when_its_day_is_known():
    opening = wording.opening(facts(milestones=(MilestoneFact("year_review", done_on=dt.date(2026, 12, 4)),)))
    assert opening == (
        (
            "Ngày 04 tháng 12 năm 2026, Khối thi đua số 1 tổ chức Hội nghị tổng kết phong trào thi đua năm 2026. "
            "Khối thi đua số 1 (sau đây gọi là Khối) báo cáo kết quả công tác thi đua, khen thưởng năm 2026 và phương "
            "hướng, nhiệm vụ năm 2027 như sau:"
        ),
    )


def test_opening_says_how_far_the_facts_reach_when_only_mid_year_is_known():
    assert wording.opening(samples.seed_4())[0] == (
        "Số liệu hiện có đến Hội nghị sơ kết 6 tháng đầu năm (ngày 28 tháng 6 năm 2017); kết quả 6 tháng cuối năm và "
        "Hội nghị tổng kết: (chưa có số liệu)."
    )
    assert len(wording.opening(samples.seed_0())) == 1


def test_closing_ends_the_text_as_the_decree_says():
    assert wording.closing(facts()).endswith("của Khối thi đua số 1./.")


def test_signature_adds_the_signers_own_title_when_known():
    assert wording.signature(facts(), facts().signer) == ("TM. Khối thi đua", "Trưởng Khối")
    signed = facts(signer=SignerFact(("Giám đốc Sở A",), "Nguyễn Văn A"))
    assert wording.signature(signed, signed.signer) == ("TM. Khối thi đua", "Trưởng Khối", "Giám đốc Sở A")
    assert wording.signer_name(signed.signer) == "Nguyễn Văn A"
    assert wording.signer_name(facts().signer) == "[Họ và tên]"


def test_source_is_said_when_written_down():
    assert wording.source(facts()) == ()
    assert wording.source(facts(source="báo cáo của Sở A.")) == ("Nguồn số liệu: báo cáo của Sở A.",)


# --- I. The bloc ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("summary", "text"),
    [
        (facts(), "Số đơn vị thành viên và danh sách đơn vị của Khối: (chưa có số liệu)."),
        (
            facts(stated_member_count=10),
            "Khối gồm 10 đơn vị thành viên; danh sách đơn vị: (chưa có số liệu).",
        ),
        (facts(members=members([A, B])), "Khối gồm 02 đơn vị thành viên (danh sách tại Phụ lục)."),
        (
            facts(members=members([A, B]), stated_member_count=9),
            "Khối gồm 09 đơn vị thành viên; số liệu hiện có nêu tên 02 đơn vị (danh sách tại Phụ lục).",
        ),
        (
            facts(members=members([A, B, C]), stated_member_count=2),
            (
                "Số liệu ghi Khối có 02 đơn vị thành viên, danh sách có 03 đơn vị (Phụ lục). "
                "[Trưởng Khối rà soát, thống nhất số đơn vị thành viên]"
            ),
        ),
        (
            facts(members=(*members([A, B], "Nhóm I"), *members([C]))),
            (
                "Khối gồm 03 đơn vị thành viên, chia thành 01 nhóm: nhóm I (02 đơn vị) và 01 đơn vị chưa xếp nhóm; "
                "danh sách tại Phụ lục."
            ),
        ),
        (
            samples.seed_4(),
            (
                "Khối gồm 10 đơn vị thành viên, chia thành 02 nhóm: nhóm có đánh giá công vụ (07 đơn vị) và nhóm không "
                "đánh giá công vụ (03 đơn vị); danh sách tại Phụ lục."
            ),
        ),
    ],
)
def test_composition_says_what_is_known_of_the_members(summary: YearSummary, text: str):
    assert wording.composition(summary, "Phụ lục") == text


@given(st.none() | st.integers(1, 40), st.integers(0, 40))
def test_composition_never_prints_a_count_nobody_gave(stated: int | None, listed: int):
    names = agencies(*(f"Đơn vị {chr(65 + at % 26)}" for at in range(listed)))
    text = wording.composition(facts(stated_member_count=stated, members=members(names)), "Phụ lục")
    assert {int(number) for number in re.findall(r"\d+", text)} <= {stated, listed}


def test_particulars_name_members_that_differ():
    summary = facts(
        members=(
            MemberFact(A, is_ranked=False),
            MemberFact(B, also_in="khối của Bộ"),
            MemberFact(C, joined_on=dt.date(2026, 7, 1)),
            MemberFact(D, left_on=dt.date(2026, 2, 3)),
        )
    )
    assert wording.particulars(summary, "Phụ lục I") == (
        "01 đơn vị không xếp hạng: Sở A.",
        "01 đơn vị đồng thời tham gia cụm, khối thi đua khác (Phụ lục I).",
        "01 đơn vị tham gia Khối trong năm: Sở C (từ ngày 01 tháng 7 năm 2026).",
        "01 đơn vị rời Khối trong năm: Sở D (đến ngày 03 tháng 02 năm 2026).",
    )
    assert wording.particulars(samples.seed_4(), "Phụ lục")[0].startswith("05 đơn vị đồng thời tham gia")


@pytest.mark.parametrize(
    ("terms", "text"),
    [
        ((), "Trưởng Khối, Phó Trưởng Khối năm 2026: (chưa có số liệu)."),
        ((TermFact(A, "leader"),), "Năm 2026, Sở A là Trưởng Khối; Phó Trưởng Khối: (chưa có số liệu)."),
        ((TermFact(B, "deputy"),), "Năm 2026, Trưởng Khối: (chưa có số liệu); Sở B là Phó Trưởng Khối."),
        (
            (TermFact(A, "leader"), TermFact(B, "deputy"), TermFact(C, "deputy")),
            "Năm 2026, Sở A là Trưởng Khối; Sở B và Sở C là Phó Trưởng Khối.",
        ),
        (
            (
                TermFact(A, "leader", ends_on=dt.date(2026, 6, 30)),
                TermFact(B, "leader", recognised_on=dt.date(2026, 7, 15), recognised_paper="12/QĐ-UBND"),
                TermFact(C, "deputy"),
            ),
            (
                "Năm 2026, Sở B (được công nhận ngày 15 tháng 7 năm 2026 theo văn bản số 12/QĐ-UBND) là Trưởng Khối; "
                "Sở C là Phó Trưởng Khối. Sở A là Trưởng Khối đến ngày 30 tháng 6 năm 2026."
            ),
        ),
    ],
)
def test_leadership_names_who_led(terms: tuple[TermFact, ...], text: str):
    assert wording.leadership(facts(leadership=terms)) == text


def test_monitor_of_the_council_is_named_by_office_when_the_source_names_nobody():
    assert wording.monitors(samples.seed_1()) == (
        (
            "Theo dõi hoạt động của Khối: thành viên Hội đồng Thi đua Khen thưởng tỉnh phụ trách theo dõi Khối (chưa "
            "nêu tên)."
        ),
    )
    assert wording.monitors(facts()) == (
        "Thành viên Hội đồng Thi đua - Khen thưởng tỉnh theo dõi Khối: (chưa có số liệu).",
    )
    named = (
        MonitorFact("council", "Phó Chủ tịch Hội đồng", "Trần Thị B"),
        MonitorFact("specialist", "Chuyên viên", "Lê C"),
    )
    assert wording.monitors(facts(monitors=named)) == (
        "Theo dõi hoạt động của Khối: phó Chủ tịch Hội đồng: Trần Thị B.",
        "Phụ trách Khối: chuyên viên: Lê C.",
    )


# --- II. Results ------------------------------------------------------------------------------------------------------


def test_steps_are_listed_in_the_order_of_the_work_when_one_is_known():
    summary = facts(milestones=(MilestoneFact("handover"), MilestoneFact("covenant", is_done=True)))
    assert [step.kind for step in wording.steps(summary)] == [
        "plan",
        "covenant",
        "registration",
        "half_year",
        "self_score",
        "year_review",
        "handover",
    ]
    assert wording.steps(facts(milestones=(MilestoneFact("plan"),))) == ()


@pytest.mark.parametrize(
    ("step", "done", "note"),
    [
        (MilestoneFact("plan"), "…", "(chưa có số liệu)"),
        (MilestoneFact("plan", is_done=True), "Đã thực hiện", "Ngày thực hiện: (chưa có số liệu)"),
        (MilestoneFact("plan", is_done=False), "Chưa thực hiện", ""),
        (MilestoneFact("plan", note="đã ban hành"), "…", "đã ban hành"),
        (MilestoneFact("plan", dt.date(2026, 3, 1), dt.date(2026, 3, 1)), "01/03/2026", "Đúng hạn"),
        (MilestoneFact("plan", dt.date(2026, 3, 1), dt.date(2026, 3, 6)), "06/03/2026", "Chậm 05 ngày"),
        (MilestoneFact("plan", dt.date(2026, 3, 1), dt.date(2026, 2, 1), note="họp"), "01/02/2026", "Sớm 28 ngày; họp"),
    ],
)
def test_step_says_when_it_was_done_and_how_late(step: MilestoneFact, done: str, note: str):
    assert (wording.step_done(step), wording.step_note(step)) == (done, note)


@given(st.dates(), st.integers(-400, 400))
def test_step_note_counts_the_days_it_was_late(due: dt.date, days: int):
    try:
        done = due + dt.timedelta(days=days)
    except OverflowError:
        return
    note = wording.step_note(MilestoneFact("plan", due, done))
    assert note.startswith("Chậm") == (days > 0)
    assert [int(number) for number in re.findall(r"\d+", note)] == ([abs(days)] if days else [])


def test_progress_counts_late_steps():
    late = MilestoneFact("plan", dt.date(2026, 3, 1), dt.date(2026, 3, 6))
    assert wording.progress(facts(milestones=(late,)), "Bảng 1").endswith("tại Bảng 1; 01 bước chậm so với thời hạn.")
    assert wording.progress(facts(), "") == "Tiến độ thực hiện các bước công tác trong năm: (chưa có số liệu)."


def test_theme_stands_in_quotes():
    assert wording.theme(samples.seed_2()) == (
        "Chủ đề thi đua năm 2019: “Đoàn kết, sáng tạo, thi đua hoàn thành xuất sắc mọi nhiệm vụ được giao”."
    )
    assert wording.theme(facts()) == "Chủ đề thi đua năm 2026: (chưa có số liệu)."


@pytest.mark.parametrize(
    ("target", "name", "planned"),
    [
        (TargetFact("Hồ sơ đúng hạn", "%", planned=Decimal("93.5")), "Hồ sơ đúng hạn", "93,5"),
        (TargetFact("Hồ sơ trễ hạn", "%", "lower", Decimal(0)), "Hồ sơ trễ hạn (càng thấp càng tốt)", "0"),
        (TargetFact("Tai nạn", planned_text="không để xảy ra"), "Tai nạn", "không để xảy ra"),
        (TargetFact("Sáng kiến"), "Sáng kiến", "…"),
    ],
)
def test_target_prints_its_plan_with_a_comma_and_a_missing_one_as_missing(target: TargetFact, name: str, planned: str):
    assert (wording.target_name(target), wording.target_planned(target)) == (name, planned)


@pytest.mark.parametrize(
    ("fact", "text"),
    [
        (FigureFact("đơn vị hoàn thành tốt nhiệm vụ", 9, 9), "9/9 đơn vị hoàn thành tốt nhiệm vụ"),
        (FigureFact("Đơn vị gửi báo cáo đúng hạn", 7, 9, "theo Sở"), "Đơn vị gửi báo cáo đúng hạn: 7/9 (theo Sở)"),
        (FigureFact("sáng kiến được công nhận", 3), "03 sáng kiến được công nhận"),
        (FigureFact("đơn vị gửi báo cáo", None, 9), "Đơn vị gửi báo cáo: (chưa có số liệu)/9"),
        (FigureFact("đơn vị gửi báo cáo"), "Đơn vị gửi báo cáo: (chưa có số liệu)"),
    ],
)
def test_figure_keeps_the_form_the_source_gave(fact: FigureFact, text: str):
    assert wording.figure(fact) == text


def test_figures_of_seed_3_are_nine_of_nine():
    assert wording.figures(samples.seed_3()) == (
        "Toàn Khối có 9/9 cơ quan, đơn vị cơ bản hoàn thành tốt nhiệm vụ.",
        (),
    )


def test_movements_say_once_who_launched_them_all():
    titles = (MovementFact("A", "prime_minister"), MovementFact("B", "prime_minister"))
    assert wording.movements(facts(movements=titles)) == (
        "Khối hưởng ứng 02 phong trào thi đua do Thủ tướng Chính phủ phát động:",
        ("“A”;", "“B”."),
    )
    mixed = (MovementFact("A", "bloc"), MovementFact("B"))
    assert wording.movements(facts(movements=mixed)) == (
        "Khối hưởng ứng 02 phong trào thi đua:",
        ("“A” (Khối phát động);", "“B”."),
    )


def test_planned_movements_of_seed_0_are_next_years():
    lead, points = wording.plans(samples.seed_0())
    assert lead == "1. Hưởng ứng 05 phong trào thi đua năm 2022 do Thủ tướng Chính phủ phát động:"
    assert len(points) == 5
    assert wording.plans_todo(samples.seed_0()).startswith("[Trưởng Khối bổ sung")
    assert wording.movements(samples.seed_0())[1] == ()


def test_granted_awards_of_seed_0_are_counted_per_award():
    assert wording.granted(samples.seed_0(), "Bảng 2, Biểu đồ 1") == (
        "a) Đối với tập thể: năm 2021, toàn Khối có 03 tập thể được tặng Cờ thi đua của UBND tỉnh, 01 tập thể được "
        "tặng Bằng khen của Thủ tướng Chính phủ, 03 tập thể được tặng Bằng khen cấp Bộ và 05 tập thể được tặng Bằng "
        "khen của UBND tỉnh (Bảng 2, Biểu đồ 1). Một tập thể có thể nhận nhiều danh hiệu, hình thức nên các số không "
        "cộng thành số đơn vị."
    )
    assert wording.granted(facts(), "") == "a) Đối với tập thể: (chưa có số liệu)."


def test_total_is_unknown_when_one_award_does_not_say_how_many():
    known = AwardFact("granted", "Bằng khen", "commendation", how_many=3)
    assert wording.total([known, AwardFact("granted", "Bằng khen", "commendation", agency=A)]) == 4
    assert wording.total([known, AwardFact("granted", "Bằng khen", "commendation")]) is None


@given(
    st.lists(
        st.builds(
            AwardFact,
            st.just("proposed"),
            st.sampled_from(["Cờ", "Bằng khen", "Huân chương"]),
            st.sampled_from(["title", "commendation", "mixed"]),
            how_many=st.none() | st.integers(1, 9),
        ),
        max_size=8,
    )
)
def test_kinds_lose_and_add_no_award(awards: list[AwardFact]):
    grouped = [award for _, rows in wording.kinds(awards) for award in rows]
    assert sorted(grouped, key=repr) == sorted(awards, key=repr)


# --- V. Standing, proposals, next year --------------------------------------------------------------------------------


def test_standing_of_seed_2_shares_the_third_place():
    assert wording.standing(samples.seed_2(), "Bảng 2") == (
        "Các đơn vị dẫn đầu (Bảng 2):",
        (
            "Thứ nhất: Liên minh Hợp tác xã tỉnh;",
            "Thứ nhì: Cục Thống kê tỉnh;",
            "Cùng thứ ba (02 đơn vị): Cục Thuế tỉnh và Kho bạc Nhà nước tỉnh.",
        ),
    )


def test_standing_is_told_per_group_when_each_has_its_own_first_place():
    summary = facts(
        members=(*members([A, B], "Nhóm I"), *members([C, D], "Nhóm II")),
        places=(PlaceFact(A, 2), PlaceFact(B, 1), PlaceFact(C, 1), PlaceFact(D, 1)),
    )
    assert wording.standing(summary, "")[1] == (
        "Nhóm I: Sở B (thứ nhất), Sở A (thứ nhì);",
        "Nhóm II: Sở C (thứ nhất), Sở D (thứ nhất).",
    )


def test_standing_runs_through_the_bloc_when_groups_are_only_listed_apart():
    summary = facts(
        members=(*members([A], "Nhóm I"), *members([B], "Nhóm II")), places=(PlaceFact(A, 1), PlaceFact(B, 2))
    )
    assert wording.standing(summary, "")[1] == ("Thứ nhất: Sở A;", "Thứ nhì: Sở B.")


@given(st.lists(st.integers(1, 12), max_size=25))
def test_placed_groups_keep_every_place_once(places: list[int]):
    names = agencies(*(f"Đơn vị {at}" for at in range(len(places))))
    groups = [members([name], f"Nhóm {at % 3}")[0] for at, name in enumerate(names)]
    rows = tuple(PlaceFact(name, place) for name, place in zip(names, places, strict=True))
    placed = [row for _, inside in wording.placed_groups(facts(members=tuple(groups), places=rows)) for row in inside]
    assert sorted(placed, key=lambda row: row.agency.key) == list(rows)


def test_proposal_of_seed_0_is_not_split():
    assert wording.proposals(samples.seed_0(), "Bảng 3") == (
        (
            "Thống nhất đề nghị tặng Cờ thi đua và Bằng khen cho 03 đơn vị (chưa tách theo từng đơn vị): Sở Kế hoạch "
            "và Đầu tư; Ban Dân tộc; Cục thuế tỉnh (Bảng 3)."
        ),
        (),
    )


def test_proposals_of_seed_1_name_nobody():
    assert wording.proposals(samples.seed_1(), "Biểu đồ 1") == (
        "Thống nhất đề nghị tặng (Biểu đồ 1):",
        ("Cờ thi đua của UBND tỉnh cho 03 tập thể (chưa nêu tên);", "Bằng khen cho 05 tập thể (chưa nêu tên)."),
    )


def test_proposals_of_seed_3_give_the_leader_its_flag():
    assert wording.proposals(samples.seed_3(), "")[1] == (
        "Cờ thi đua của UBND tỉnh cho 01 đơn vị: Sở Lao động, Thương binh và Xã hội;",
        (
            "Bằng khen của Chủ tịch UBND tỉnh cho 03 đơn vị: Sở Văn hóa, Thể thao và Du lịch; Đài Phát thanh - Truyền "
            "hình tỉnh; Trường Cao đẳng Cộng đồng tỉnh."
        ),
    )


def test_proposals_count_named_and_unnamed_apart():
    awards = (
        AwardFact("proposed", "Bằng khen", "commendation", agency=A),
        AwardFact("proposed", "Bằng khen", "commendation", how_many=2, note="chờ số liệu"),
    )
    assert wording.proposals(facts(awards=awards), "")[0] == (
        "Thống nhất đề nghị tặng Bằng khen cho 01 đơn vị: Sở A và 02 tập thể (chưa nêu tên) (chờ số liệu)."
    )


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("seed-0", "Hội nghị đã đề xuất Sở Nội vụ làm Trưởng Khối, Cục thuế tỉnh làm Phó Trưởng Khối năm 2022."),
        ("seed-1", "Hội nghị đã suy tôn Cục Thuế làm Trưởng Khối năm 2022; Phó Trưởng Khối: (chưa có số liệu)."),
        ("seed-2", "Trưởng Khối, Phó Trưởng Khối năm 2020: (chưa có số liệu)."),
        (
            "seed-3",
            (
                "Hội nghị đã bầu Ban Dân tộc làm Trưởng Khối, Đài Phát thanh - Truyền hình tỉnh làm Phó Trưởng Khối "
                "năm 2021."
            ),
        ),
        ("seed-4", "Trưởng Khối, Phó Trưởng Khối năm 2018: (chưa có số liệu)."),
    ],
)
def test_next_leadership_says_it_as_the_source_does(name: str, text: str):
    summary = samples.SEEDS[name]()
    assert wording.next_leadership(summary, summary.next_leadership) == text


def test_next_leadership_quotes_words_that_are_no_verb():
    terms = (NextTermFact(A, "leader", "dự kiến theo luân phiên"), NextTermFact(B, "deputy", "dự kiến theo luân phiên"))
    assert wording.next_leadership(facts(), terms) == (
        "Trưởng Khối năm 2027: Sở A; Phó Trưởng Khối năm 2027: Sở B (dự kiến theo luân phiên)."
    )


def test_roles_in_the_annex_follow_the_leadership():
    summary = facts(
        leadership=(TermFact(A, "leader"), TermFact(B, "deputy")), next_leadership=(NextTermFact(B, "leader"),)
    )
    assert [wording.role_in(summary, agency) for agency in (A, B, C)] == [
        "Trưởng Khối",
        "Phó Trưởng Khối",
        "Thành viên",
    ]
    assert [wording.next_role_in(summary, agency) for agency in (A, B)] == ["-", "Trưởng Khối"]
    assert wording.next_role_in(facts(), A) == "…"


def test_member_note_lists_what_is_special():
    member = MemberFact(
        A,
        is_ranked=False,
        is_scored=False,
        is_voting=False,
        counts_for_quota=False,
        also_in="khối của Bộ",
        joined_on=dt.date(2026, 7, 1),
        note="tách từ Sở B",
    )
    assert wording.member_note(member, "") == (
        "Không xếp hạng; không chấm điểm; không bỏ phiếu; không tính vào số lượng phân bổ; cũng thuộc khối của Bộ; "
        "từ 01/07/2026; tách từ Sở B"
    )
    assert wording.member_note(MemberFact(A, also_in="khối của Bộ"), "khối của Bộ") == "(*)"


def test_other_blocs_are_said_once_when_all_share_them():
    assert wording.also_in(samples.seed_4()) == "cụm, khối thi đua do bộ, ngành Trung ương tổ chức"
    assert wording.also_in(facts(members=(MemberFact(A, also_in="X"),))) == ""
    assert wording.also_in(facts(members=(MemberFact(A, also_in="X"), MemberFact(B, also_in="Y")))) == ""
