"""Who follows a bloc: assigned by the board from a day to a day; the days say what the person may read."""

import datetime as dt
import uuid

import pytest
from django.urls import reverse

from blocs.enums import MonitorRole, SeatCapacity
from blocs.models import BlocYear, Monitor, Seat
from blocs.services import monitors
from blocs.services.monitors import MonitorSaid
from emulation.accounts.queries import scope_of
from emulation.core import clock as house_clock
from emulation.core.errors import Refused
from emulation.core.models import Event
from tests import factories as make
from tests.http import main
from tests.world import ROLES, World

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]  # 2 November 2026


@pytest.fixture
def seat() -> Seat:
    user = make.UserFactory(full_name="Trần Văn Theo")
    return make.SeatFactory(user=user, capacity=SeatCapacity.COUNCIL, agency=None, title="Ủy viên Hội đồng")


def assign(world: World, role: str = "board_specialist", *, seat: Seat | None = None, **said: object) -> Monitor:
    return monitors.assign(
        bloc_year=BlocYear.objects.get(pk=world.bloc_years["running"].pk), seat=seat,
        role=said.pop("as_role", MonitorRole.COUNCIL), stated=said.pop("stated", ""),
        creation_key=said.pop("key", None) or uuid.uuid4(), said=MonitorSaid(**said), actor=world.actor(role),
        at=house_clock.now(),
    )  # fmt: skip


def follows(row: Monitor) -> bool:
    return row.bloc_year_id in scope_of(row.seat.user, row.seat).monitors


def test_days_say_whether_one_reads(world: World, seat: Seat) -> None:
    row, actor = assign(world, seat=seat), world.actor("board_head")
    for first, last, may_read in (
        (None, None, True),
        (dt.date(2026, 11, 3), None, False),
        (None, dt.date(2026, 11, 1), False),
        (dt.date(2026, 11, 2), dt.date(2026, 11, 2), True),
    ):
        said = MonitorSaid(first, last)
        monitors.change(monitor=row, said=said, revision=row.revision, actor=actor, at=house_clock.now())
        assert follows(row) is may_read


def test_second_click_finds_the_first_and_a_second_line_is_refused(world: World, seat: Seat) -> None:
    key = uuid.uuid4()
    made = assign(world, seat=seat, key=key)
    assert assign(world, seat=seat, key=key) == made
    with pytest.raises(Refused) as refused:
        assign(world, seat=seat)
    assert str(refused.value) == "Trần Văn Theo đang theo dõi khối này; không cần thêm."
    assert [event.verb for event in Event.objects.all()] == ["monitor_assigned"]


def test_who_stopped_may_follow_again_but_not_twice_at_once(world: World, seat: Seat) -> None:
    old = assign(world, seat=seat, ends_on=dt.date(2026, 6, 30))
    assign(world, seat=seat, starts_on=dt.date(2026, 10, 1))
    with pytest.raises(Refused):
        monitors.change(
            monitor=old, said=MonitorSaid(), revision=0, actor=world.actor("board_head"), at=house_clock.now()
        )


def test_nobody_an_unfit_seat_an_ended_seat_and_wrong_days_are_refused(world: World, seat: Seat) -> None:
    for said, words in (
        ({}, "Chọn người theo dõi, hoặc ghi chức danh"),
        ({"seat": seat, "as_role": MonitorRole.SPECIALIST}, "Trần Văn Theo không thuộc cơ quan thường trực"),
        ({"seat": world.seats["member"]}, "không phải thành viên Hội đồng"),
        ({"seat": seat, "starts_on": dt.date(2026, 2, 1), "ends_on": dt.date(2026, 1, 1)}, "Ngày thôi theo dõi đứng"),
    ):
        with pytest.raises(Refused) as refused:
            assign(world, **said)
        assert words in str(refused.value)
    Seat.objects.filter(pk=seat.pk).update(ends_on=dt.date(2026, 11, 1))
    with pytest.raises(Refused):
        assign(world, seat=Seat.objects.get(pk=seat.pk))
    assert Monitor.objects.count() == 1


def test_only_the_board_assigns(world: World) -> None:
    done = set()
    for role in ROLES:
        try:
            assign(world, role, stated=f"Ông {role}")
        except PermissionError:
            continue
        done.add(role)
    assert done == {"board_head", "board_specialist"}


def test_pages_assign_say_what_is_wrong_and_change_the_days(world: World, seat: Seat) -> None:
    client, bloc = world.client("board_specialist"), world.bloc_years["running"].pk
    url, listed = reverse("bloc_monitor_new", args=[bloc]), reverse("bloc_members", args=[bloc])
    typed = {"role": "council", "seat": "", "stated": "", "creation_key": str(uuid.uuid4())}
    wrong = client.post(url, typed)
    assert (wrong.status_code, "Chọn người theo dõi, hoặc ghi chức danh, họ tên ở ô dưới." in main(wrong)) == (
        422,
        True,
    )
    unfit = client.post(url, {**typed, "role": "specialist", "seat": seat.pk})
    assert "Người này không thuộc vai trò đã chọn" in main(unfit)
    assert client.post(url, {**typed, "seat": seat.pk, "starts_on": "01/03/2026"})["Location"] == listed
    made = Monitor.objects.get(seat=seat)
    said = {"revision": 0, "starts_on": "01/03/2026", "ends_on": "01/11/2026"}
    assert client.post(reverse("monitor_edit", args=[made.pk]), said)["Location"] == listed
    assert "Trần Văn Theo, Ủy viên Hội đồng" in main(client.get(listed))
    assert "từ 01/03/2026 · đến 01/11/2026" in main(client.get(listed))
    slower = client.post(reverse("monitor_edit", args=[made.pk]), {**said, "ends_on": ""})
    assert (slower.status_code, "Đến hết ngày – 01/11/2026" in main(slower)) == (409, True)
