"""What each seat has to do next, from where papers and acts are."""

import dataclasses

import pytest

from blocs.domain.todo import Thing, YearFacts, acts
from blocs.enums import PaperKind

LEADER = YearFacts(pk=1, runs=True, member_id=7)
MEMBER = YearFacts(pk=1, runs=False, member_id=8, speaks=True)


def said(facts: YearFacts, **changes: object) -> set[str]:
    """Return what lies open."""
    return {
        f"{act.title} [{act.page} {act.args}]" for act in acts(dataclasses.replace(facts, **changes)) if act.is_begun
    }


def papers(kind: PaperKind, state: str) -> dict[str, object]:
    return {"papers": {kind: Thing(5, state)}}


def test_leader_of_an_empty_year_begins_each_stage_once() -> None:
    assert [(act.stage, act.page) for act in acts(LEADER)] == [
        ("plan", "bloc_paper_new"),
        ("covenant", "bloc_paper_new"),
        ("registration", "milestone_finish"),
        ("half_year", "milestone_finish"),
        ("self_score", "milestone_finish"),
        ("submission", "milestone_finish"),
        ("year_review", "standing_new"),
        ("year_report", "bloc_detail"),
        ("handover", "handover_new"),
    ]


SIGNING = papers(PaperKind.COVENANT, "signing") | {"has_signed": True}
REPORT = {"report": Thing(5), "report_job": Thing(6, "ready")}
PLAN, RULES = "kế hoạch hoạt động của Khối", "quy chế hoạt động của Khối"


@pytest.mark.parametrize(
    ("changes", "opened"),
    [
        (papers(PaperKind.PLAN, "draft"), f"Gửi lấy ý kiến hoặc thông qua {PLAN} [bloc_paper_detail (5,)]"),
        (papers(PaperKind.RULES, "circulated"), f"Ghi nhận {RULES} đã thông qua [bloc_paper_detail (5,)]"),
        (papers(PaperKind.COVENANT, "draft"), "Gửi dự thảo giao ước lấy ý kiến hoặc mở ký [covenant_detail (5,)]"),
        (papers(PaperKind.COVENANT, "circulated"), "Chốt nội dung giao ước, mở ký [covenant_detail (5,)]"),
        (SIGNING | {"unsigned": 3}, "Ghi chữ ký giao ước của 03 đơn vị [covenant_record_all (5,)]"),
        (SIGNING, "Ghi nhận giao ước đã ký xong [bloc_paper_step (5, 'finish')]"),
        ({"standing": Thing(5, "provisional")}, "Công bố kết quả xếp hạng [standing_detail (5,)]"),
        (REPORT, "Ký báo cáo tổng kết, ghi số và ngày văn bản [paper_register (5,)]"),
        ({"report_job": Thing(6, "failed")}, "Không lập được báo cáo tổng kết [job_detail (6,)]"),
        ({"handover": Thing(5, "draft")}, "Bàn giao Trưởng khối theo biên bản [handover_detail (5,)]"),
    ],
)
def test_leader_goes_on_with_what_lies_open(changes: dict[str, object], opened: str) -> None:
    assert said(LEADER, **changes) == {opened}


@pytest.mark.parametrize(
    "changes",
    [
        papers(PaperKind.PLAN, "passed"),
        papers(PaperKind.COVENANT, "signed"),
        papers(PaperKind.COVENANT, "none"),
        {"standing": Thing(5, "published")},
        {"report": Thing(5, "12/BC-KTĐ")},
        {"report_job": Thing(6, "running")},
        {"handover": Thing(5, "handed")},
    ],
)
def test_leader_owes_nothing_in_a_stage_that_is_done(changes: dict[str, object]) -> None:
    assert said(LEADER, **changes) == set()
    assert len(list(acts(dataclasses.replace(LEADER, **changes)))) == 8


def test_member_signs_plans_and_comments_for_itself() -> None:
    signing = papers(PaperKind.COVENANT, "signing")
    sign = {"Ký giao ước thi đua [covenant_sign (5,)]"}
    assert said(MEMBER, signs=True, **signing) == sign
    assert said(MEMBER, **signing) == {"Ghi chữ ký giao ước của đơn vị (nếu ký trên giấy) [covenant_record (5, 8)]"}
    assert said(MEMBER, signs=True, has_signed=True, **signing) == set()
    assert said(LEADER, signs=True, unsigned=1, **signing) > sign
    values = "Nhập mức chỉ tiêu của đơn vị trong giao ước [covenant_member_values (5, 8)]"
    assert said(MEMBER, may_plan=True, **papers(PaperKind.COVENANT, "circulated")) == {values}
    plan = papers(PaperKind.PLAN, "circulated")
    assert said(MEMBER, **plan) == {"Góp ý kế hoạch hoạt động của Khối [opinion_new (5,)]"}
    assert said(MEMBER, has_said=frozenset({"plan"}), **plan) == set()
    assert said(MEMBER, speaks=False, **plan) == set()


def test_who_takes_over_sees_the_record() -> None:
    assert said(MEMBER, receives=Thing(9)) == {"Nhận bàn giao Trưởng khối theo biên bản [handover_detail (9,)]"}


def test_who_is_no_member_and_leads_nothing_has_nothing_to_do() -> None:
    assert list(acts(YearFacts(pk=1, runs=False))) == []
