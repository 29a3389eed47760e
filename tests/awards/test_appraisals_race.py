"""Two people at one nomination at once, on PostgreSQL: one wins, the other reads a sentence; nothing blocks."""

import datetime as dt
import uuid
from collections.abc import Callable

import pytest

from awards.enums import NominationState as State
from awards.enums import SubmissionState, Verdict
from awards.models import Appraisal, Nomination, Submission
from awards.services import appraisals, nominations, submissions
from emulation.core import clock
from emulation.core.models import Event
from tests.awards.dossiers import LETTER, appraised, direct, dossier, fresh, receive, via_bloc
from tests.together import together
from tests.world import World, build

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres_only]


def appraising(world: World, line: Nomination, role: str, verdict: str) -> Callable[[], object]:
    row, actor = fresh(line), world.actor(role)
    said = [(row, verdict, None, "Ý kiến.")]
    return lambda: appraisals.appraise(lines=said, actor=actor, at=clock.now())


def approving(world: World, *lines: Nomination) -> Callable[[], object]:
    rows, actor = [fresh(line) for line in lines], world.actor("board_head")
    return lambda: appraisals.decide(nominations=rows, action="approve", actor=actor, at=clock.now())


def test_two_officers_at_one_line_and_one_verdict_stands() -> None:
    world = build()
    line = direct(world, state=State.SENT, submission=dossier(world, agency=world.agencies["member"]))
    told = together(
        appraising(world, line, "board_specialist", Verdict.FIT), appraising(world, line, "board_head", Verdict.UNFIT)
    )
    assert min(told) == ""
    assert "Chỉ thẩm định được đề nghị đã gửi" in max(told)
    verdict = Verdict.FIT if told[0] == "" else Verdict.UNFIT
    assert [row.verdict for row in Appraisal.objects.all()] == [verdict]


def test_nomination_withdrawn_while_it_is_approved_and_one_wins() -> None:
    world = build()
    line = appraised(world)
    member, row = world.actor("member"), fresh(line)
    told = together(
        approving(world, line),
        lambda: nominations.take(nomination=row, action="withdraw", actor=member, at=clock.now(), note="Rút."),
    )
    state = fresh(line).state
    assert (told[0] == "", told[1] == "", state) in [(True, False, State.APPROVED), (False, True, State.WITHDRAWN)]
    assert "".join(told)
    assert Event.objects.filter(verb__in=["nomination_approved", "nomination_withdrawn"]).count() == 1


def test_two_acts_on_the_same_lines_in_another_order_never_block_each_other() -> None:
    world = build()
    lines = [appraised(world) for _ in range(3)]
    told = together(approving(world, *lines), approving(world, *reversed(lines)))
    assert min(told) == ""
    assert {fresh(line).state for line in lines} == {State.APPROVED}
    assert Event.objects.filter(verb="nomination_approved").count() == 3


def test_same_number_for_two_dossiers_and_one_gets_it() -> None:
    world = build()
    rows = [dossier(world, SubmissionState.SENT, agency=world.agencies[key]) for key in ("member", "leader")]
    told = together(*(lambda row=row: receive(world, row) for row in rows))
    assert sorted(told) == ["", "Số đến 12 của năm 2026 đã ghi cho hồ sơ khác; ghi số khác."]


def test_agency_clicks_twice_and_its_paper_dossier_is_entered_once() -> None:
    world = build()
    line, agency, key = direct(world), world.agencies["member"], uuid.uuid4()
    actor = world.actor("board_specialist")

    def registering() -> object:
        return submissions.register(
            year=world.years["2026"], bloc_year=None, agency=agency, title="Đề nghị", nominations=[line],
            on_paper=LETTER, entry=submissions.Entry("41", dt.date(2026, 11, 2), "paper"), behalf_of=agency.name,
            creation_key=key, actor=actor, at=clock.now(),
        )  # fmt: skip

    told = together(registering, registering)
    assert (told, Submission.objects.count(), fresh(line).state) == (["", ""], 1, State.SENT)


def test_nomination_withdrawn_while_its_dossier_is_sent_is_never_half_sent() -> None:
    world = build()
    row = dossier(world, SubmissionState.DRAFT)
    line = via_bloc(world, submission=row)
    leader, member, sending, withdrawing = world.actor("leader"), world.actor("member"), fresh(row), fresh(line)
    told = together(
        lambda: submissions.send(submission=sending, actor=leader, at=clock.now(), on_paper=LETTER),
        lambda: nominations.take(nomination=withdrawing, action="withdraw", actor=member, at=clock.now(), note="Rút."),
    )
    found = (fresh(row).state, fresh(line).state)
    if told[0]:
        assert found == (SubmissionState.DRAFT, State.WITHDRAWN)
    else:
        assert found in [(SubmissionState.SENT, State.SENT), (SubmissionState.SENT, State.WITHDRAWN)]
