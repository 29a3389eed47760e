"""Decisions: drafted, directed, numbered, issued, cancelled; what others decided is recorded."""

import dataclasses
import datetime as dt
import json
import uuid

import pytest

from awards.enums import NominationState as State
from awards.enums import Route, SubmissionState, Verdict
from awards.models import AwardKind, DecisionLine, Grant
from awards.queries.decisions import candidates
from awards.services import decisions
from awards.services.decisions import Given, LineSaid
from awards.services.persons import PersonSaid
from emulation.core import clock
from emulation.core.errors import Refused, Stale
from emulation.core.models import Event
from emulation.core.papers import OnPaper
from tests import factories as make
from tests.awards.decided import (
    COUNCIL,
    DAY,
    HEAD,
    MINISTRY,
    SPECIALIST,
    asked,
    draft,
    elsewhere,
    fresh,
    issue,
    issued,
    kind,
    number,
    take,
    year,
)  # fmt: skip

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("province", "clock")]


@pytest.fixture
def province() -> None:
    make.ProvinceFactory()


def refused(act) -> str:
    with pytest.raises(Refused) as refusal:
        act()
    return str(refusal.value)


def said_of(person) -> PersonSaid:
    return PersonSaid(person.name, "Chuyên viên", chosen=person.pk)


def names(row) -> list[tuple[str, bool]]:
    return list(row.lines.order_by("position").values_list("subject_name", "is_struck"))


def direct(line, actor=SPECIALIST, **said) -> DecisionLine:
    now = DecisionLine.objects.select_related("decision", "nomination__appraisal").get(pk=line.pk)
    said = {"directive": "Theo ý kiến của Chủ tịch.", "revision": now.revision} | said
    return decisions.direct(line=now, **said, actor=actor, at=clock.now())


# --- Drafting ---------------------------------------------------------------------------------------------------------


def test_draft_has_a_line_for_each_nomination_in_printed_order_and_a_second_click_finds_it() -> None:
    person, flag = asked("Trần Thị B"), asked("Lê Văn C", slug="cstd_tinh")
    key = uuid.uuid4()
    row = draft(person, flag, creation_key=key)
    assert names(row) == [("Lê Văn C", False), ("Trần Thị B", False)]
    assert (row.issuer, row.state) == ("UBND tỉnh Sông Lam", "draft")
    assert draft(person, flag, creation_key=key) == row


def test_one_click_makes_a_decision_for_each_award() -> None:
    rows = [asked("A"), asked("B", slug="cstd_tinh"), asked("C")]
    said = {"year": year(), "merit": "", "nominations": rows, "creation_key": uuid.uuid4()}
    made = decisions.draft_each(**said, actor=SPECIALIST, at=clock.now())
    assert [(row.title, names(row)) for row in made] == [
        ("Về việc tặng danh hiệu “Chiến sĩ thi đua cấp tỉnh” năm 2026", [("B", False)]),
        ("Về việc tặng “Bằng khen của Chủ tịch Ủy ban nhân dân tỉnh” năm 2026", [("A", False), ("C", False)]),
    ]
    assert decisions.draft_each(**said, actor=SPECIALIST, at=clock.now()) == made


def test_only_what_is_appraised_fit_and_in_no_other_decision_is_drafted() -> None:
    first = asked("Trần A")
    draft(first)
    unfit = asked("Trần C", state=State.APPRAISED)
    unfit.appraisal.verdict, unfit.appraisal.opinion = Verdict.UNFIT, "Thiếu thời gian."
    unfit.appraisal.save()
    assert [refused(lambda row=row: draft(row)) for row in (
        first, asked("Trần B", state=State.DRAFT), unfit, asked("Trần D", is_held=True),
    )] == [
        "Đã có trong quyết định khác: Trần A (“Về việc tặng Bằng khen”).",
        "Chỉ đưa vào quyết định được đề nghị đã thẩm định: Trần B (bản nháp).",
        "Thẩm định không đủ điều kiện nên không đưa vào quyết định được: Trần C.",
        "Trần D: Đề nghị này đang được ghi “chưa xét khen thưởng”; chọn “Xét tiếp” trước.",
    ]  # fmt: skip
    assert refused(draft) == decisions.NOTHING
    with pytest.raises(PermissionError):
        draft(asked(), actor=COUNCIL)


def test_line_takes_the_award_the_specialist_proposes_instead() -> None:
    row = asked("A", slug="cstd_tinh", state=State.APPRAISED)
    row.appraisal.verdict, row.appraisal.award = Verdict.CHANGE, kind("bk_tinh")
    row.appraisal.save()
    assert draft(row).lines.get().award.slug == "bk_tinh"


def test_lines_are_added_and_taken_out_of_a_draft_only() -> None:
    first, second = asked("A"), asked("B")
    row = draft(first)
    said = {"actor": SPECIALIST, "at": clock.now()}
    assert decisions.add(decision=fresh(row), nominations=[first, second], **said) == 1
    decisions.remove(line=row.lines.get(nomination=first), **said)
    assert (names(row), fresh(row).revision) == ([("B", False)], 2)
    number(row)
    assert refused(lambda: decisions.remove(line=row.lines.get(), **said)) == decisions.ONLY_DRAFT
    assert refused(lambda: decisions.add(decision=fresh(row), nominations=[first], **said)) == decisions.ONLY_DRAFT


def test_words_and_order_of_the_lines_are_written_whole_and_a_stale_form_loses() -> None:
    row = draft(asked("A"), asked("B"), asked("C"))
    ids = dict(row.lines.values_list("subject_name", "pk"))
    said = {"title": "Về việc khen thưởng", "issuer": "Chủ tịch UBND tỉnh", "merit": "Có thành tích", "note": ""}
    lines = {ids["C"]: LineSaid("C C", "Chuyên viên", "Cứu người", 1), ids["A"]: LineSaid("A", "", "", 1)}
    edit = {"decision": fresh(row), **said, "lines": lines, "actor": SPECIALIST, "at": clock.now()}
    decisions.edit(**edit, revision=0)
    assert (names(row), fresh(row).issuer) == ([("C C", False), ("A", False), ("B", False)], "Chủ tịch UBND tỉnh")
    with pytest.raises(Stale):
        decisions.edit(**edit | {"decision": fresh(row)}, revision=0)


def test_directive_changes_a_line_strikes_it_and_is_taken_back() -> None:
    row = draft(asked("A"), asked("B"))
    first, second = row.lines.order_by("position")
    assert direct(first, award=kind("giay_khen")).award.slug == "giay_khen"
    direct(second, strike=True)
    assert names(row) == [("A", False), ("B", True)]
    said = {"line": fresh(second), "actor": SPECIALIST, "at": clock.now()}
    assert refused(lambda: decisions.remove(**said)) == decisions.DIRECTED
    assert [group.award.slug for group in candidates(row.year)] == ["bk_tinh"]
    assert candidates(row.year, into=row) == ()
    direct(first, directive="")
    assert fresh(first).award.slug == "bk_tinh"
    other = draft(second.nomination)
    assert refused(lambda: direct(second, directive="")) == (
        "Đã có trong quyết định khác: B (“Về việc tặng Bằng khen”)."
    )
    take(other, "cancel")
    direct(second, directive="")
    assert names(row) == [("A", False), ("B", False)]
    assert refused(lambda: direct(first, directive=" ", strike=True)) == (
        "Ghi nội dung ý kiến chỉ đạo làm thay đổi dòng này."
    )


# --- Number, issue, cancel --------------------------------------------------------------------------------------------


def test_number_is_one_decisions_within_issuer_and_calendar_year() -> None:
    first, second = draft(asked("A"), title="Quyết định một"), draft(asked("B"))
    number(first, " 05 / QĐ-UBND")
    assert (fresh(first).number, fresh(first).number_year) == ("05/QĐ-UBND", 2026)
    assert refused(lambda: number(second, "5/qđ-ubnd")) == (
        "Số 05/QĐ-UBND năm 2026 của UBND tỉnh Sông Lam đã ghi cho quyết định “Quyết định một” ngày 20/10/2026; "
        "kiểm tra lại với văn thư."
    )
    number(second, "5/QĐ-UBND", day=dt.date(2025, 10, 20))
    assert refused(lambda: number(first, "6/QĐ-UBND")) == decisions.DECISION.step("number").refusal
    take(first, "unnumber")
    assert (fresh(first).state, fresh(first).number, fresh(first).dated_on) == ("draft", "", None)
    assert refused(lambda: number(first, "QĐ-UBND")) == "Số quyết định phải có chữ số, ví dụ 123/QĐ-UBND."


def test_issue_gives_the_awards_ends_the_nominations_and_the_dossier() -> None:
    dossier = make.SubmissionFactory(bloc_year=None, year=year(), state=SubmissionState.RECEIVED)
    waiting = asked("D", route=Route.DIRECT, submission=dossier)
    rows = [asked("Trần Thị B", route=Route.DIRECT, submission=dossier), asked("Lê Văn C")]
    row = draft(*rows)
    direct(row.lines.get(subject_name="Lê Văn C"), award=kind("giay_khen"))
    number(row)
    issue(row, on_paper=OnPaper("12/QĐ-UBND", DAY, "UBND"))
    grants = list(Grant.objects.order_by("subject_name").values_list("subject_name", "award__slug", "granted_on"))
    assert grants == [("Lê Văn C", "giay_khen", DAY), ("Trần Thị B", "bk_tinh", DAY)]
    changed = fresh(rows[1])
    assert (changed.state, changed.award.slug, changed.asked_award.slug) == ("granted", "giay_khen", "bk_tinh")
    assert (fresh(row).state, str(fresh(row).paper), fresh(dossier).state) == (
        "issued", "12/QĐ-UBND (20/10/2026)", "received",
    )  # fmt: skip
    issued(waiting, text="13/QĐ-UBND")
    assert fresh(dossier).state == "decided"
    said = [event.data for event in Event.objects.all()]
    assert [text for text in said if "Trần" in json.loads(text).__str__()] == []


def test_issue_names_every_line_that_is_not_approved_and_a_paper_of_another_number() -> None:
    row = draft(asked("A", state=State.APPRAISED), asked("B", slug="bk_ttg"), asked("C"))
    number(row)
    assert refused(lambda: issue(row)) == (
        "Chưa ban hành được: B (do cấp trên tặng, ghi ở “Ghi quyết định nơi khác”); "
        "A (đã thẩm định, chờ phê duyệt). Trình phê duyệt các dòng này trước, hoặc bỏ số, đưa các dòng "
        "này ra khỏi danh sách rồi ghi số lại."
    )
    assert refused(lambda: issue(row, on_paper=OnPaper("13/QĐ-UBND", DAY, "UBND"))) == (
        "Số trên bản đã ký (13/QĐ-UBND) khác số đã ghi (12/QĐ-UBND); kiểm tra lại."
    )
    with pytest.raises(PermissionError):
        issue(row, actor=SPECIALIST)
    assert Grant.objects.count() == 0


def test_award_the_head_approved_instead_must_be_taken_over_before_issuing() -> None:
    asking = asked("A", slug="cstd_tinh", state=State.APPRAISED)
    row = draft(asking)
    type(asking).objects.filter(pk=asking.pk).update(state=State.APPROVED, award=kind("bk_tinh"))
    number(row)
    assert "đã phê duyệt danh hiệu, hình thức khác" in refused(lambda: issue(row))
    take(row, "unnumber")
    direct(row.lines.get(), directive="")
    number(row)
    issue(row)
    assert Grant.objects.get().award.slug == "bk_tinh"


def test_cancelled_draft_frees_its_nominations_and_an_issued_one_cannot_be_cancelled() -> None:
    asking = asked("A")
    row = draft(asking)
    take(row, "cancel")
    again = issued(asking)
    assert (fresh(row).state, fresh(asking).state) == ("cancelled", "granted")
    assert refused(lambda: take(again, "cancel")) == decisions.DECISION.step("cancel").refusal


# --- Decided elsewhere ------------------------------------------------------------------------------------------------


def test_flag_of_the_government_comes_back_with_the_decision_of_others() -> None:
    up = asked("A", slug="bk_ttg", state=State.PROPOSED_UP)
    row = elsewhere(Given(up.award, up))
    grant = Grant.objects.get()
    assert (fresh(up).state, row.is_elsewhere, row.state, row.year) == ("granted", True, "issued", year())
    assert (grant.decision, grant.subject_name, grant.owner) == (row, "A", up.owner)
    with pytest.raises(PermissionError):
        elsewhere(Given(up.award, asked("B", state=State.PROPOSED_UP)), actor=SPECIALIST)


def test_old_awards_are_typed_one_by_one_into_one_decision_of_others() -> None:
    agency, person, key = make.AgencyFactory(name="Sở Tài chính"), make.PersonFactory(name="Trần A"), uuid.uuid4()
    said = dataclasses.replace(MINISTRY, dated_on=dt.date(2015, 5, 19))
    first = elsewhere(Given(kind("hcld3"), agency=agency), said=said, actor=SPECIALIST)
    again = dataclasses.replace(said, number="09 / QĐ-TTg")
    given = Given(kind("hcld3"), agency=person.agency, person=said_of(person))
    same = [elsewhere(given, said=again, creation_key=key) for _ in range(2)]
    assert (same, first.year, first.lines.count()) == ([first, first], None, 2)
    grant = Grant.objects.get(person=person)
    assert (grant.subject_title, grant.year, grant.owner) == (
        f"Chuyên viên, {person.agency.name}", None, person.agency,
    )  # fmt: skip
    assert refused(lambda: elsewhere(Given(kind("hcld3"), agency=agency), said=said)) == (
        "Sở Tài chính đã được ghi “Huân chương Lao động” hạng Ba trong quyết định số 9/QĐ-TTg."
    )
    other_day = dataclasses.replace(said, dated_on=dt.date(2015, 5, 20))
    assert refused(lambda: elsewhere(Given(kind("hcld2"), agency=agency), said=other_day)) == (
        "Quyết định số 9/QĐ-TTg của Thủ tướng Chính phủ đã ghi ngày 19/05/2015; kiểm tra lại ngày."
    )


def test_number_of_the_provinces_own_decision_is_not_taken_as_one_of_others() -> None:
    row = issued(asked("A"))
    said = dataclasses.replace(MINISTRY, issuer=row.issuer, number="12/QĐ-UBND")
    sentence = refused(lambda: elsewhere(Given(kind("bk_tinh"), agency=make.AgencyFactory()), said=said))
    assert sentence.startswith("Số 12/QĐ-UBND năm 2026 của UBND tỉnh Sông Lam đã ghi cho quyết định")


def test_agency_records_its_own_decision_of_its_own_level_only() -> None:
    own = [asked(name, slug="ldtt", state=State.DRAFT, route=Route.RECORDED) for name in "AB"]
    said = dataclasses.replace(MINISTRY, issuer="Sở Tài chính", number="3/QĐ-STC")

    def record(row):
        return decisions.record_own(nomination=row, said=said, creation_key=uuid.uuid4(), actor=HEAD, at=clock.now())

    record(own[0])
    assert fresh(own[0]).state == "granted"
    assert refused(lambda: record(own[1])).startswith("Số 3/QĐ-STC năm 2026 của Sở Tài chính đã ghi cho quyết định")
    high = asked("C", state=State.DRAFT, route=Route.RECORDED)
    assert refused(lambda: record(high)) == (
        f"{AwardKind.objects.get(slug='bk_tinh')} do Chủ tịch Ủy ban nhân dân tỉnh tặng, "
        f"đơn vị không tự quyết định được; chọn danh hiệu, hình thức khác hoặc trình thẳng."
    )
