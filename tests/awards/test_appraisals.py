"""The specialist appraises, the head approves: many at once, all or nothing, each act with its inverse."""

import pytest

from awards.enums import NominationState as State
from awards.enums import Route, SubmissionState, Verdict
from awards.services import appraisals
from emulation.core import clock as house_clock
from emulation.core.errors import Refused
from emulation.core.models import Event
from tests import factories as make
from tests.awards.dossiers import appraise, appraised, decide, direct, dossier, fresh, via_bloc
from tests.awards.test_submissions import allowed
from tests.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def kind(slug: str):
    return make.AwardKindFactory(slug=slug)


def refused(act) -> str:
    with pytest.raises(Refused) as refusal:
        act()
    return str(refusal.value)


# --- The specialist ---------------------------------------------------------------------------------------------------


def test_verdict_is_written_on_many_lines_at_once_and_taken_back(world: World) -> None:
    row = dossier(world, agency=world.agencies["member"])
    lines = [direct(world, state=State.SENT, submission=row) for _ in range(2)]
    appraise(world, *lines, opinion="Đúng đối tượng.")
    assert [(fresh(line).state, line.appraisal.verdict, line.appraisal.opinion) for line in lines] == [
        (State.APPRAISED, Verdict.FIT, "Đúng đối tượng.")
    ] * 2
    appraisals.unappraise(
        nominations=lines, note="Chấm nhầm.", actor=world.actor("board_specialist"), at=house_clock.now()
    )
    assert {fresh(line).state for line in lines} == {State.SENT}
    appraise(world, lines[0], verdict=Verdict.UNFIT, opinion="Thiếu thời gian công tác.")
    assert fresh(lines[0]).appraisal.verdict == Verdict.UNFIT


def test_nomination_of_the_board_is_appraised_as_a_draft_and_drafted_again(world: World) -> None:
    line = direct(world, route=Route.BOARD)
    appraise(world, line)
    assert fresh(line).state == State.APPRAISED
    appraisals.unappraise(nominations=[line], note="Sửa tên.", actor=world.actor("board_head"), at=house_clock.now())
    assert fresh(line).state == State.DRAFT


def test_verdict_needs_what_belongs_to_it_and_a_received_dossier(world: World) -> None:
    row = dossier(world, agency=world.agencies["member"])
    line = direct(world, state=State.SENT, submission=row)
    name = line.subject_name
    early = direct(world, state=State.SENT, submission=dossier(world, "sent", agency=world.agencies["member"]))
    told = {
        appraisals.NEEDS_AWARD: lambda: appraise(world, line, verdict=Verdict.CHANGE),
        appraisals.SAME_AWARD: lambda: appraise(world, line, verdict=Verdict.CHANGE, award=line.award),
        appraisals.NEEDS_OPINION: lambda: appraise(world, line, verdict=Verdict.UNFIT, opinion=" "),
        appraisals.MOVED: lambda: appraise(world, line, seen={line.pk: 7}),
    }
    for words, act in told.items():
        assert refused(act) == f"{name}: {words}"
    assert refused(lambda: appraise(world, line, early)) == f"{early.subject_name}: {appraisals.NOT_RECEIVED}"
    assert refused(lambda: appraise(world)) == appraisals.NOTHING
    assert fresh(line).state == State.SENT


def test_held_nomination_rests(world: World) -> None:
    line = via_bloc(world, state=State.SENT, submission=dossier(world), is_held=True)
    assert "chưa xét khen thưởng" in refused(lambda: appraise(world, line))


def test_specialist_appraises_and_only_the_head_decides(world: World) -> None:
    line = appraised(world)
    assert allowed(lambda role: appraise(world, line, role=role)) == {"board_head", "board_specialist"}
    assert allowed(lambda role: decide(world, "unapprove", line, role=role, note="Xem lại.")) == {"board_head"}


# --- The head ---------------------------------------------------------------------------------------------------------


def test_head_approves_refuses_and_takes_both_back(world: World) -> None:
    first, second = appraised(world), appraised(world)
    decide(world, "approve", first)
    decide(world, "refuse", second, note="Chưa tiêu biểu.")
    assert (fresh(first).state, fresh(second).state) == (State.APPROVED, State.REFUSED)
    decide(world, "unapprove", first, second, note="Họp lại.")
    assert {fresh(line).state for line in (first, second)} == {State.APPRAISED}


def test_one_line_that_cannot_stops_all_and_is_named(world: World) -> None:
    good, bad = appraised(world), direct(world, state=State.WITHDRAWN)
    told = refused(lambda: decide(world, "approve", good, bad))
    assert told.startswith(f"{bad.subject_name}: Chỉ phê duyệt được đề nghị đã thẩm định")
    assert fresh(good).state == State.APPRAISED


def test_approval_gives_the_award_the_specialist_proposed_and_unapproval_puts_it_back(world: World) -> None:
    asked, proposed = kind("cstd_tinh"), kind("bk_tinh")
    line = appraised(world, Verdict.CHANGE, award=asked, proposed=proposed)
    decide(world, "approve", line)
    assert (fresh(line).award, fresh(line).asked_award) == (proposed, asked)
    assert '"to_award":"bk_tinh"' in Event.objects.get(verb="nomination_approved").data
    decide(world, "unapprove", line, note="Họp lại.")
    assert (fresh(line).award, fresh(line).asked_award) == (asked, None)


def test_changed_award_is_carried_into_the_draft_decision_and_not_into_a_numbered_one(world: World) -> None:
    asked, proposed = kind("cstd_tinh"), kind("bk_tinh")
    line = appraised(world, Verdict.CHANGE, award=asked, proposed=proposed)
    drafted = make.DecisionLineFactory(nomination=line)
    decide(world, "approve", line)
    assert fresh(drafted).award == proposed
    type(drafted.decision).objects.update(state="numbered")
    told = refused(lambda: decide(world, "unapprove", line, note="Họp lại."))
    assert told.startswith(f"{line.subject_name}: đã có trong quyết định số {drafted.decision.number}")


def test_approval_against_the_specialist_needs_a_reason(world: World) -> None:
    line = appraised(world, Verdict.UNFIT, opinion="Chưa đủ thời gian.")
    assert refused(lambda: decide(world, "approve", line)) == f"{line.subject_name}: {appraisals.AGAINST}"
    decide(world, "approve", line, note="Thành tích đặc biệt.")
    assert fresh(line).state == State.APPROVED


def test_award_is_not_changed_to_one_that_is_proposed_already(world: World) -> None:
    flag, letter, row = kind("co_tinh"), kind("bk_tinh"), dossier(world)
    via_bloc(world, award=letter)
    line = via_bloc(world, state=State.APPRAISED, award=flag, submission=row)
    make.AppraisalFactory(nomination=line, verdict=Verdict.CHANGE, award=letter)
    assert refused(lambda: decide(world, "approve", line)) == f"Sở Tài chính: {appraisals.TWICE}"


def test_what_is_above_the_province_is_proposed_not_granted_and_falls_back_in_one_act(world: World) -> None:
    line = via_bloc(world, state=State.APPROVED, award=kind("co_cp"), submission=dossier(world))
    decide(world, "propose_up", line)
    decide(world, "not_grant", line, note="Bộ Nội vụ trả lời.")
    appraisals.fall_back(
        nominations=[line], note="Chuyển Cờ của tỉnh.", actor=world.actor("board_head"), at=house_clock.now()
    )
    row = fresh(line)
    assert (row.state, row.award.slug, row.asked_award.slug) == (State.APPROVED, "co_tinh", "co_cp")
    assert "không do cấp trên quyết định" in refused(lambda: decide(world, "propose_up", line))


def test_fall_back_needs_a_lower_award_in_the_catalogue(world: World) -> None:
    line = via_bloc(world, state=State.PROPOSED_UP, award=kind("hcld3"))
    told = refused(
        lambda: appraisals.fall_back(
            nominations=[line], note="–", actor=world.actor("board_head"), at=house_clock.now()
        )
    )
    assert "danh mục chưa ghi hình thức xét thay" in told


def test_refusal_in_a_dossier_with_its_result_stays(world: World) -> None:
    row = dossier(world, SubmissionState.DECIDED)
    line = via_bloc(world, state=State.REFUSED, submission=row)
    assert refused(lambda: decide(world, "unapprove", line, note="–")) == f"Sở Tài chính: {appraisals.DECIDED}"


def test_action_of_no_service_is_no_action(world: World) -> None:
    with pytest.raises(KeyError):
        decide(world, "grant", appraised(world))
