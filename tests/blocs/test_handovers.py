"""The record of handing over: what is proposed, who may, each step allowed and refused, the calendar's last step."""

import datetime as dt
import uuid

import pytest

from blocs.domain.handover import HANDOVER
from blocs.enums import HandoverState, MilestoneKind
from blocs.models import BlocYear, Handover
from blocs.queries.handover import USUAL, ItemSaid, proposed_items, sides
from blocs.services import handovers, years
from emulation.core import clock as house_clock
from emulation.core.errors import Refused, Stale
from emulation.core.models import Event
from emulation.core.papers import OnPaper
from tests import factories as make
from tests.world import ROLES, World

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 12, 20)
PAPER = OnPaper("", DAY, "Văn phòng UBND tỉnh")
RUNS = {"board_head", "board_specialist", "leader", "deputy"}


def take(world: World, action: str, role: str = "board_head", **values) -> None:
    row = Handover.objects.select_related("bloc_year").get(pk=world.handover.pk)
    said = {"note": "vì họp lại", "handed_on": DAY, **values}
    handovers.take(handover=row, action=action, actor=world.actor(role), at=house_clock.now(), **said)


def draft(world: World, role: str = "leader", receiver: str = "member", key: str = "running") -> Handover:
    return handovers.draft(
        bloc_year=world.bloc_years[key],
        giver=world.agencies["leader"],
        receiver=world.agencies[receiver],
        creation_key=uuid.uuid4(),
        actor=world.actor(role),
        at=house_clock.now(),
    )


def edit(world: World, role: str = "leader", revision: int = 0) -> None:
    row = Handover.objects.select_related("bloc_year").get(pk=world.handover.pk)
    handovers.edit(
        handover=row,
        place="Hội trường",
        note="",
        items=[ItemSaid("Kế hoạch", "01 bản")],
        revision=revision,
        actor=world.actor(role),
        at=house_clock.now(),
    )


@pytest.mark.parametrize("step", HANDOVER.steps, ids=lambda step: step.action)
def test_step_is_taken_from_its_states_only(world: World, step) -> None:
    for state in HandoverState.values:
        Handover.objects.filter(pk=world.handover.pk).update(state=state, handed_on=DAY)
        if state in step.sources:
            take(world, step.action)
            assert Handover.objects.get(pk=world.handover.pk).state == step.target
        else:
            with pytest.raises(Refused) as refused:
                take(world, step.action)
            assert str(refused.value) == step.refusal


def test_record_is_written_by_who_runs_the_bloc_and_reopened_by_the_board(world: World) -> None:
    done: dict[str, set[str]] = {"draft": set(), "edit": set(), "hand": set(), "redraft": set()}
    acts = {
        "draft": lambda role: draft(world, role),
        "edit": lambda role: edit(world, role, revision=Handover.objects.get(pk=world.handover.pk).revision),
        "hand": lambda role: take(world, "hand", role),
        "redraft": lambda role: take(world, "redraft", role),
    }
    for name, call in acts.items():
        for role in ROLES:
            state = "handed" if name == "redraft" else "draft"
            Handover.objects.filter(pk=world.handover.pk).update(state=state, handed_on=DAY)
            try:
                call(role)
            except PermissionError:
                continue
            done[name].add(role)
    assert done == {"draft": RUNS, "edit": RUNS, "hand": RUNS, "redraft": {"board_head", "board_specialist"}}


def test_what_exists_is_proposed_with_its_number_and_the_rest_unticked(world: World) -> None:
    row = make.BlocYearFactory(year=world.years["2026"])
    paper = make.SignedPaperFactory(number="02/KH-KTĐ", dated_on=dt.date(2026, 1, 27))
    make.BlocPaperFactory(bloc_year=row, state="passed", title="Kế hoạch năm 2026", paper=paper)
    make.BlocPaperFactory(bloc_year=row, kind="rules", title="Quy chế đang soạn")
    make.StandingFactory(bloc_year=row, state="published")
    make.DocumentFactory(bloc_year=row, number="12/BC-KTĐ", issued_on=dt.date(2026, 12, 1))
    said = [(item.title, item.is_handed) for item in proposed_items(row)]
    assert said == [
        ("Kế hoạch năm 2026, số 02/KH-KTĐ, ngày 27/01/2026", True),
        ("Kết quả bình xét, xếp hạng năm 2026, ngày 20/11/2026", True),
        ("Báo cáo tổng kết năm 2026, số 12/BC-KTĐ, ngày 01/12/2026", True),
        ("Tệp Excel số liệu của Khối năm 2026", True),
        *((title, False) for title, _ in USUAL),
    ]


def test_sides_are_the_leader_and_who_leads_or_shall_lead_the_next_year(world: World) -> None:
    running, agencies = world.bloc_years["running"], world.agencies
    running = BlocYear.objects.select_related("year").get(pk=running.pk)
    assert (sides(running).giver, sides(running).receiver) == (agencies["leader"].pk, agencies["deputy"].pk)
    make.LeadershipTermFactory(bloc_year=world.bloc_years["preparing"], agency=agencies["member"])
    assert sides(running).receiver == agencies["member"].pk


def test_second_person_finds_the_record_of_the_same_sides(world: World) -> None:
    assert draft(world, "leader").pk == draft(world, "board_head").pk
    assert Event.objects.filter(verb="handover_drafted").count() == 1


def test_one_agency_does_not_hand_over_to_itself(world: World) -> None:
    with pytest.raises(Refused) as refused:
        draft(world, receiver="leader")
    assert str(refused.value) == handovers.ONE_SIDE


def test_handing_over_fills_the_open_step_of_the_calendar_and_keeps_the_signed_record(world: World) -> None:
    step = make.MilestoneFactory(bloc_year=world.bloc_years["running"], kind=MilestoneKind.HANDOVER)
    take(world, "hand", on_paper=PAPER, place="Hội trường", behalf_of="Văn phòng UBND tỉnh")
    step.refresh_from_db()
    row = Handover.objects.get(pk=world.handover.pk)
    event = Event.objects.get(verb="handed_over")
    assert (step.done_on, row.handed_on, row.place, row.paper.issuer) == (DAY, DAY, "Hội trường", "Văn phòng UBND tỉnh")
    assert (event.behalf_of, event.paper_id) == ("Văn phòng UBND tỉnh", row.paper_id)


def test_day_the_calendar_holds_already_stays(world: World) -> None:
    day = dt.date(2026, 12, 1)
    step = make.MilestoneFactory(bloc_year=world.bloc_years["running"], kind=MilestoneKind.HANDOVER, done_on=day)
    take(world, "hand")
    step.refresh_from_db()
    assert step.done_on == day


def test_handing_over_needs_its_day_and_skipping_its_reason(world: World) -> None:
    for action, values, sentence in (
        ("hand", {"handed_on": None}, "Ghi ngày bàn giao."),
        ("skip", {"note": " "}, "Cần ghi lý do trước khi chọn “Ghi nhận không bàn giao”."),
    ):
        with pytest.raises(Refused) as refused:
            take(world, action, **values)
        assert str(refused.value) == sentence


def test_record_is_edited_as_a_draft_only_and_by_one_at_a_time(world: World) -> None:
    edit(world)
    with pytest.raises(Stale):
        edit(world)
    assert [(row.title, row.quantity) for row in world.handover.items.all()] == [("Kế hoạch", "01 bản")]
    take(world, "hand")
    with pytest.raises(Refused) as refused:
        edit(world, revision=2)
    assert str(refused.value) == handovers.NOT_OPEN


def test_closed_year_is_a_wall(world: World) -> None:
    BlocYear.objects.filter(pk=world.bloc_years["running"].pk).update(state="closed")
    for call in (lambda: draft(world), lambda: edit(world), lambda: take(world, "hand")):
        with pytest.raises(Refused) as refused:
            call()
        assert str(refused.value) == years.READ_ONLY
