"""Dossiers: made of what may be sent, sent by a signed paper, entered in the register, returned, completed."""

import datetime as dt
import json
import uuid

import pytest

from awards.enums import NominationState as State
from awards.enums import SubmissionState
from awards.models import Submission
from awards.queries.submissions import may_resend
from awards.services import submissions
from emulation.core import clock as house_clock
from emulation.core.errors import Refused, Stale
from emulation.core.models import Event
from tests import factories as make
from tests.awards.dossiers import LETTER, direct, dossier, fresh, prepare, receive, send, step, via_bloc
from tests.world import ROLES, World

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def allowed(act) -> set[str]:
    """Return the roles an act does not turn away."""
    done = set()
    for role in ROLES:
        try:
            act(role)
        except PermissionError:
            continue
        except Refused:
            pass
        done.add(role)
    return done


# --- Preparing --------------------------------------------------------------------------------------------------------


def test_dossier_of_a_bloc_holds_what_was_ticked_and_a_second_click_finds_it(world: World) -> None:
    line, key = via_bloc(world), uuid.uuid4()
    made = prepare(world, line, creation_key=key)
    assert prepare(world, line, creation_key=key) == made
    assert (fresh(line).submission, made.state, Submission.objects.count()) == (made, SubmissionState.DRAFT, 1)
    event = Event.objects.get(verb="submission_prepared")
    assert json.loads(event.data) == {"nominations": [line.pk]}


def test_who_may_prepare(world: World) -> None:
    line, own = via_bloc(world), direct(world)
    assert allowed(lambda role: prepare(world, line, role=role)) == {
        "board_head", "board_specialist", "leader", "deputy",
    }  # fmt: skip
    assert allowed(lambda role: prepare(world, own, role=role, key="member")) == {
        "board_head", "board_specialist", "member", "signer", "signer_kt",
    }  # fmt: skip


def test_only_what_may_be_sent_gets_into_a_dossier(world: World) -> None:
    early = via_bloc(world, "outgoing", State.SUBMITTED)
    held = via_bloc(world, is_held=True)
    name = early.subject_name
    for lines, told in (
        ([], submissions.NOTHING),
        ([direct(world)], submissions.NOT_ITS_OWN),
        ([early], f"Không gửi được: {name} (đang ở trạng thái “Chờ khối xét”). Bỏ đánh dấu rồi làm lại."),
        ([held], "Không gửi được: Sở Tài chính (đang ghi “chưa xét khen thưởng”). Bỏ đánh dấu rồi làm lại."),
    ):
        with pytest.raises(Refused) as refusal:
            prepare(world, *lines)
        assert str(refusal.value) == told


def test_bloc_has_one_open_dossier_and_a_nomination_one_dossier(world: World) -> None:
    prepare(world, via_bloc(world))
    with pytest.raises(Refused, match="Khối đang có một hồ sơ chưa gửi"):
        prepare(world, via_bloc(world, "outgoing"))
    own = direct(world)
    prepare(world, own, role="member", key="member")
    with pytest.raises(Refused, match="đã nằm trong hồ sơ khác"):
        prepare(world, own, role="member", key="member")


def test_lines_are_put_in_and_taken_out_until_it_is_sent(world: World) -> None:
    first, second = via_bloc(world), via_bloc(world, "outgoing")
    row = prepare(world, first)

    def arrange(revision: int) -> None:
        submissions.arrange(
            submission=fresh(row), title="Tờ trình năm 2026", nominations=[second], revision=revision,
            actor=world.actor("leader"), at=house_clock.now(),
        )  # fmt: skip

    arrange(0)
    assert (fresh(first).submission, fresh(second).submission, fresh(row).title) == (None, row, "Tờ trình năm 2026")
    with pytest.raises(Stale):
        arrange(0)
    send(world, row)
    with pytest.raises(Refused, match="đã gửi nên không sửa được"):
        arrange(2)


# --- Sending and receiving --------------------------------------------------------------------------------------------


def test_sending_by_a_signed_paper_moves_the_dossier_and_its_lines(world: World) -> None:
    line = via_bloc(world)
    row = prepare(world, line)
    with pytest.raises(Refused) as refusal:
        send(world, row, on_paper=None)
    assert str(refusal.value) == submissions.NEEDS_PAPER
    send(world, row)
    row = fresh(row)
    assert (row.state, row.paper.number, fresh(line).state) == (SubmissionState.SENT, "15/TTr-KTĐ", State.SENT)
    assert [event.paper_id for event in Event.objects.filter(verb__endswith="_sent")] == [row.paper_id] * 2


def test_signer_sends_on_screen_and_the_board_on_behalf_by_the_paper(world: World) -> None:
    row = prepare(world, direct(world), role="member", key="member")
    send(world, row, "signer", on_paper=None)
    assert (fresh(row).state, fresh(row).paper) == (SubmissionState.SENT, None)
    other = prepare(world, via_bloc(world), role="board_specialist")
    send(world, other, "board_specialist", behalf_of="Văn phòng UBND tỉnh")
    assert Event.objects.get(verb="submission_sent", subject_id=other.pk).behalf_of == "Văn phòng UBND tỉnh"


def test_nomination_withdrawn_meanwhile_stops_the_sending_by_name(world: World) -> None:
    line = via_bloc(world)
    row = prepare(world, line, via_bloc(world, "outgoing"))
    type(line).objects.filter(pk=line.pk).update(state=State.WITHDRAWN)
    with pytest.raises(Refused, match=r"Sở Tài chính \(đang ở trạng thái “Đơn vị rút”\)"):
        send(world, row)
    assert fresh(row).state == SubmissionState.DRAFT


def test_receipt_writes_the_register_and_a_number_is_given_once_a_year(world: World) -> None:
    rows = [dossier(world, SubmissionState.SENT, agency=world.agencies[key]) for key in ("leader", "deputy", "member")]
    receive(world, rows[0], register_number=" 12 / ĐVB ")
    row = fresh(rows[0])
    assert (row.state, row.register_number, row.register_year) == (SubmissionState.RECEIVED, "12 / ĐVB", 2026)
    for number, told in (("12 / ĐVB", "Số đến 12 / ĐVB của năm 2026 đã ghi"), (" ", "Ghi số đến.")):
        with pytest.raises(Refused, match=told):
            receive(world, rows[1], register_number=number)
    receive(world, rows[1], register_number="12 / ĐVB", received_on=dt.date(2025, 12, 30))
    with pytest.raises(Refused, match="Chỉ tiếp nhận được hồ sơ đã gửi"):
        receive(world, rows[1], register_number="14")
    assert allowed(lambda role: receive(world, rows[2], role)) == {"board_head", "board_specialist"}


def register(world: World, *lines, role: str = "board_specialist", key: str = "member", **values):
    """Enter the dossier of an agency that came on paper."""
    said = {
        "year": world.years["2026"], "bloc_year": None, "agency": world.agencies[key], "title": "Đề nghị năm 2026",
        "on_paper": LETTER, "entry": submissions.Entry("41", dt.date(2026, 11, 2), "paper"),
        "behalf_of": world.agencies[key].name, "creation_key": uuid.uuid4(),
    }  # fmt: skip
    return submissions.register(**said | values, nominations=lines, actor=world.actor(role), at=house_clock.now())


def test_dossier_that_came_on_paper_is_entered_in_one_act_and_can_be_returned(world: World) -> None:
    line, key = direct(world), uuid.uuid4()
    row = register(world, line, creation_key=key)
    assert register(world, creation_key=key) == row
    row = fresh(row)
    assert (row.state, row.register_number, row.received_as) == (SubmissionState.RECEIVED, "41", "paper")
    assert (row.paper.number, row.paper.subject_id, fresh(line).state) == ("15/TTr-KTĐ", row.pk, State.SENT)
    events = Event.objects.filter(verb__startswith="submission_").order_by("seq")
    assert [(event.verb, event.behalf_of, event.paper_id) for event in events] == [
        ("submission_prepared", "", None),
        ("submission_sent", "Sở Tài chính", row.paper_id),
        ("submission_received", "", row.paper_id),
    ]
    step(world, row, "return")
    send(world, row, "signer", on_paper=None)
    receive(world, row, register_number="41")
    assert fresh(row).state == SubmissionState.RECEIVED


def test_nothing_of_a_paper_dossier_is_kept_when_its_number_is_taken(world: World) -> None:
    dossier(world, agency=world.agencies["leader"], register_number="41", register_year=2026)
    line = direct(world)
    with pytest.raises(Refused, match="Số đến 41 của năm 2026 đã ghi cho hồ sơ khác"):
        register(world, line)
    assert (fresh(line).submission, Submission.objects.count()) == (None, 1)
    assert allowed(lambda role: register(world, role=role)) == {"board_head", "board_specialist"}


# --- Coming back ------------------------------------------------------------------------------------------------------


def test_returned_dossier_goes_again_with_what_the_board_has_and_what_is_new(world: World) -> None:
    first, second = via_bloc(world), via_bloc(world, "outgoing")
    row = prepare(world, first)
    send(world, row)
    step(world, row, "return")
    submissions.arrange(
        submission=fresh(row), title="Tờ trình", nominations=[second], revision=fresh(row).revision,
        actor=world.actor("leader"), at=house_clock.now(),
    )  # fmt: skip
    send(world, row)
    assert {fresh(line).state for line in (first, second)} == {State.SENT}
    assert fresh(row).state == SubmissionState.SENT


def test_line_sent_back_is_completed_and_sent_again_in_the_same_dossier(world: World) -> None:
    row = dossier(world, agency=world.agencies["member"])
    line = direct(world, state=State.RETURNED, submission=row)
    lack = make.FindingFactory(nomination=line)
    assert may_resend(fresh(line), world.actor("member"))
    assert not may_resend(fresh(line), world.actor("leader"))
    submissions.resend(nomination=fresh(line), actor=world.actor("member"), at=house_clock.now())
    assert (fresh(line).state, fresh(line).submission, fresh(lack).resolved_at is None) == (State.SENT, row, False)


def test_line_of_a_dossier_not_received_is_not_sent_alone(world: World) -> None:
    line = direct(world, state=State.RETURNED, submission=dossier(world, "draft", agency=world.agencies["member"]))
    with pytest.raises(Refused) as refusal:
        submissions.resend(nomination=fresh(line), actor=world.actor("member"), at=house_clock.now())
    assert str(refusal.value) == submissions.NOT_RECEIVED


def test_appraisal_is_finished_when_no_line_waits_and_the_result_is_known_when_all_have_ended(world: World) -> None:
    row = dossier(world)
    line = via_bloc(world, state=State.SENT, submission=row)
    with pytest.raises(Refused, match="Còn 01 dòng chờ thẩm định"):
        step(world, row, "finish")
    type(line).objects.filter(pk=line.pk).update(state=State.APPRAISED)
    step(world, row, "finish")
    with pytest.raises(Refused, match="Còn 01 dòng chưa có kết quả"):
        step(world, row, "decide", "board_head")
    type(line).objects.filter(pk=line.pk).update(state=State.REFUSED)
    step(world, row, "decide", "board_head")
    assert fresh(row).state == SubmissionState.DECIDED


def test_step_with_a_service_of_its_own_is_no_other_step(world: World) -> None:
    for action in ("send", "receive", "fly"):
        with pytest.raises(KeyError):
            step(world, dossier(world, SubmissionState.SENT, agency=world.agencies["member"]), action)
    assert LETTER.number == "15/TTr-KTĐ"
