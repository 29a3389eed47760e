"""The bloc's year: each step allowed and refused; the few typed words, saved once."""

import datetime as dt
import unicodedata

import pytest
from django.db import IntegrityError

from blocs.domain.year import YEAR
from blocs.enums import BlocYearState, StandingState
from blocs.models import BlocYear
from blocs.queries.closing import unfinished
from blocs.services import years
from emulation.core import clock as house_clock
from emulation.core.errors import Refused, Stale
from emulation.core.models import Event
from tests import factories as make
from tests.world import ROLES, World

pytestmark = pytest.mark.django_db

MAY_RUN = {"board_head", "board_specialist", "leader", "deputy"}
MAY = {
    "start": MAY_RUN,
    "score": MAY_RUN,
    "conclude": MAY_RUN,
    "close": {"board_head", "board_specialist"},
    "reopen": {"board_head"},
}


def take(world: World, role: str, action: str, note: str = "vì nhập nhầm") -> None:
    row = BlocYear.objects.get(pk=world.bloc_years["running"].pk)
    years.take(bloc_year=row, action=action, actor=world.actor(role), at=house_clock.now(), note=note)


def put(world: World, state: str) -> None:
    BlocYear.objects.filter(pk=world.bloc_years["running"].pk).update(state=state)


@pytest.mark.parametrize("step", YEAR.steps, ids=lambda step: step.action)
def test_year_takes_a_step_from_its_states_only(world: World, step) -> None:
    for state in BlocYearState.values:
        put(world, state)
        if state in step.sources:
            take(world, "board_head", step.action)
            assert BlocYear.objects.get(pk=world.bloc_years["running"].pk).state == step.target
        else:
            with pytest.raises(Refused) as refused:
                take(world, "board_head", step.action)
            assert str(refused.value) == step.refusal
            assert BlocYear.objects.get(pk=world.bloc_years["running"].pk).state == state


@pytest.mark.parametrize("step", YEAR.steps, ids=lambda step: step.action)
def test_year_step_is_for_who_may(world: World, step) -> None:
    done = set()
    for role in ROLES:
        put(world, min(step.sources))
        try:
            take(world, role, step.action)
        except PermissionError:
            continue
        done.add(role)
    assert done == MAY[step.action]


def test_year_reopens_with_a_reason_only(world: World) -> None:
    put(world, BlocYearState.CLOSED)
    with pytest.raises(Refused) as refused:
        take(world, "board_head", "reopen", note="  ")
    assert str(refused.value) == "Cần ghi lý do trước khi chọn “Mở lại năm”."
    take(world, "board_head", "reopen", note="Sót một đơn vị")
    event = Event.objects.get(verb="reopened")
    assert (event.note, event.data) == ("Sót một đơn vị", '{"from":"closed","to":"concluded"}')


def test_year_step_loses_to_a_quicker_one(world: World) -> None:
    row = BlocYear.objects.get(pk=world.bloc_years["running"].pk)
    put(world, BlocYearState.SCORING)
    with pytest.raises(Refused) as refused:
        years.take(bloc_year=row, action="conclude", actor=world.actor("leader"), at=house_clock.now())
    assert str(refused.value) == "Người khác vừa cập nhật mục này. Tải lại trang để xem trạng thái mới."
    assert Event.objects.count() == 0


def describe(world: World, role: str, revision: int = 0, key: str = "running", **values) -> BlocYear:
    said = {"theme": "Đoàn kết", "note": "", "stated_member_count": 10} | values
    row = BlocYear.objects.get(pk=world.bloc_years[key].pk)
    return years.describe(bloc_year=row, **said, revision=revision, actor=world.actor(role), at=house_clock.now())


def test_describe_saves_once_and_records_which_fields(world: World) -> None:
    row = describe(world, "deputy")
    assert (row.theme, row.stated_member_count, row.revision) == ("Đoàn kết", 10, 1)
    assert Event.objects.get().data == '{"fields":["stated_member_count","theme"]}'


def test_describe_loses_politely_to_a_quicker_save(world: World) -> None:
    describe(world, "leader")
    with pytest.raises(Stale):
        describe(world, "deputy", theme="Sáng tạo")
    assert BlocYear.objects.get(pk=world.bloc_years["running"].pk).theme == "Đoàn kết"
    assert Event.objects.count() == 1


def test_describe_refuses_a_closed_year(world: World) -> None:
    with pytest.raises(Refused) as refused:
        describe(world, "board_head", key="closed")
    assert str(refused.value) == years.READ_ONLY


def test_describe_is_for_who_runs_the_bloc(world: World) -> None:
    done = set()
    for role in ROLES:
        BlocYear.objects.update(revision=0)
        try:
            describe(world, role)
        except PermissionError:
            continue
        done.add(role)
    assert done == MAY_RUN


def test_outgoing_leader_still_runs_its_own_year_only(world: World) -> None:
    BlocYear.objects.filter(pk=world.bloc_years["closed"].pk).update(state=BlocYearState.RUNNING)
    describe(world, "outgoing", key="closed")
    with pytest.raises(PermissionError):
        describe(world, "outgoing", key="running")


def test_describe_keeps_composed_text(world: World) -> None:
    decomposed = unicodedata.normalize("NFD", "Đoàn kết")
    describe(world, "leader", theme=decomposed)
    assert BlocYear.objects.get(pk=world.bloc_years["running"].pk).theme == "Đoàn kết"


def test_second_leader_in_office_is_refused_by_the_database(world: World) -> None:
    with pytest.raises(IntegrityError):
        make.LeadershipTermFactory(bloc_year=world.bloc_years["running"], agency=world.agencies["member"])


def test_what_stands_open_is_said_before_the_year_ends() -> None:
    today = dt.date(2026, 12, 31)
    row = make.BlocYearFactory()
    bare = ("Chưa có kết quả xếp hạng, cũng chưa ghi nhận “không xếp hạng”.", "Chưa ghi Trưởng khối năm sau.")
    assert unfinished(row, today) == bare
    make.NextLeaderFactory(bloc_year=row)
    make.BlocPaperFactory(bloc_year=row, state="circulated")
    make.MilestoneFactory(bloc_year=row, kind="plan", due_on=dt.date(2026, 1, 1), done_on=None)
    standing = make.StandingFactory(bloc_year=row)
    assert unfinished(row, today) == (
        "Kết quả xếp hạng còn dự kiến, chưa công bố.",
        "01 văn bản của khối chưa thông qua hoặc chưa ký xong.",
        "01 bước trong lịch công tác đã quá hạn, chưa ghi nhận xong.",
    )
    row.standings.filter(pk=standing.pk).update(state=StandingState.NONE)
    row.papers.update(state="passed", passed_on=today)
    row.milestones.update(is_done_undated=True)
    assert unfinished(row, today) == ()
