"""Giving, locking and resetting accounts: guarded, recorded, the password seen once."""

import json
import re

import pytest
from django.core.exceptions import ValidationError

from emulation.accounts import services
from emulation.accounts.models import User
from emulation.accounts.queries import actor_for
from emulation.core import clock
from emulation.core.errors import Refused
from emulation.core.models import Event
from tests import factories as make
from tests.accounts.conftest import SYSTEM

pytestmark = pytest.mark.django_db


def invite(**values):
    return services.invite(**({"username": "moi", "full_name": "Lê Mới", "actor": SYSTEM, "at": clock.now()} | values))


def in_seat(user):
    return actor_for(user, user.seats.first())


def last_event():
    event = Event.objects.order_by("seq").last()
    return event.verb, event.subject_id, event.actor_name, event.note, json.loads(event.data)


def test_invited_person_gets_a_random_first_password_to_change():
    given = invite(username=" So.TaiChinh ", full_name="Nguyễn  Thị Lan", phone="0238 3 111 222", note="Đề nghị của Sở")
    user = User.objects.get(username="so.taichinh")
    assert (user.must_change_password, user.is_staff, user.is_superuser, user.is_active) == (True, False, False, True)
    assert re.fullmatch(r"[a-hj-km-np-z2-9]{4}(-[a-hj-km-np-z2-9]{4}){2}", given.password)
    assert user.check_password(given.password)
    said = ("user_invited", user.pk, "Lệnh trên máy chủ", "Đề nghị của Sở", {"is_administrator": False})
    assert last_event() == said


def test_first_passwords_differ():
    assert len({invite(username=f"moi{number}").password for number in range(20)}) == 20


def test_name_taken_in_other_letters_is_refused():
    make.UserFactory(username="Moi")
    with pytest.raises(Refused, match=r"Tên đăng nhập “moi” đã có người dùng; chọn tên khác."):
        invite(username="MOI")


@pytest.mark.parametrize("values", [{"username": "có dấu cách"}, {"username": ""}, {"full_name": ""}])
def test_impossible_account_is_refused_and_nothing_written(values):
    with pytest.raises(ValidationError):
        invite(**values)
    assert (User.objects.count(), Event.objects.count()) == (0, 0)


def test_password_is_in_no_event():
    given = invite()
    again = services.reset_password(user=given.user, actor=SYSTEM, at=clock.now())
    said = " ".join(f"{event.data} {event.note}" for event in Event.objects.all())
    assert given.password not in said
    assert again.password not in said
    assert given.password != again.password


@pytest.mark.parametrize(
    ("capacity", "may"),
    [
        ("board_head", True), ("board_specialist", True), ("account_manager", True), ("officer", False),
        ("signer", False), ("council", False),
    ],
)  # fmt: skip
def test_invitation_is_for_the_board_and_account_managers(capacity, may):
    actor = in_seat(make.SeatFactory(capacity=capacity).user)
    if may:
        assert invite(actor=actor).user.pk
    else:
        with pytest.raises(PermissionError):
            invite(actor=actor)


def test_administrators_are_made_by_administrators_only(board):
    with pytest.raises(PermissionError):
        invite(actor=in_seat(board), is_administrator=True)
    user = invite(is_administrator=True).user
    assert (user.is_staff, user.is_superuser) == (True, False)
    assert [group.name for group in user.groups.all()] == ["Quản trị"]


def test_account_manager_resets_own_officers_and_nobody_else():
    seat = make.SeatFactory(capacity="account_manager")
    actor = in_seat(seat.user)
    officer = make.SeatFactory(agency=seat.agency).user
    assert services.reset_password(user=officer, actor=actor, at=clock.now()).password
    make.SeatFactory(user=officer)  # now also elsewhere
    peer = make.SeatFactory(agency=seat.agency, capacity="account_manager").user
    for user in (officer, peer, make.SeatFactory().user, make.UserFactory(), seat.user):
        with pytest.raises(PermissionError):
            services.reset_password(user=user, actor=actor, at=clock.now())


def test_specialist_does_not_reset_the_head_or_an_administrator(board, administrator):
    head = make.SeatFactory(capacity="board_head").user
    for user in (head, administrator):
        with pytest.raises(PermissionError):
            services.reset_password(user=user, actor=in_seat(board), at=clock.now())
        with pytest.raises(PermissionError):
            services.deactivate(user=user, actor=in_seat(board), at=clock.now(), note="")


def test_ended_seats_give_no_power_over_accounts(board, officer):
    board.seats.update(ends_on="2020-12-31")
    with pytest.raises(PermissionError):
        services.reset_password(user=officer, actor=actor_for(board, None), at=clock.now())


def test_lock_and_reopen_are_recorded_and_refused_twice(officer):
    services.deactivate(user=officer, actor=SYSTEM, at=clock.now(), note="Nghỉ hưu")
    assert last_event() == ("user_deactivated", officer.pk, "Lệnh trên máy chủ", "Nghỉ hưu", {})
    with pytest.raises(Refused, match=r"Tài khoản này đã khóa."):
        services.deactivate(user=officer, actor=SYSTEM, at=clock.now(), note="")
    services.reactivate(user=officer, actor=SYSTEM, at=clock.now(), note="Trở lại")
    with pytest.raises(Refused, match=r"Tài khoản này đang mở."):
        services.reactivate(user=officer, actor=SYSTEM, at=clock.now(), note="")
    assert [event.verb for event in Event.objects.order_by("seq")] == ["user_deactivated", "user_reactivated"]


def test_administration_is_given_and_withdrawn(officer, board):
    services.set_administrator(user=officer, is_administrator=True, actor=SYSTEM, at=clock.now(), note="Phân công")
    officer.refresh_from_db()
    assert (officer.is_staff, officer.groups.count()) == (True, 1)
    with pytest.raises(Refused, match=r"Tài khoản này đã là quản trị."):
        services.set_administrator(user=officer, is_administrator=True, actor=SYSTEM, at=clock.now(), note="")
    with pytest.raises(PermissionError):
        services.set_administrator(user=officer, is_administrator=False, actor=in_seat(board), at=clock.now(), note="")
    services.set_administrator(user=officer, is_administrator=False, actor=SYSTEM, at=clock.now(), note="Thôi")
    officer.refresh_from_db()
    assert (officer.is_staff, officer.groups.count()) == (False, 0)
    assert last_event()[0] == "administrator_withdrawn"


def test_own_new_password_is_recorded_without_it(officer):
    services.change_own_password(user=officer, password="hoi-nghi-9-9", actor=in_seat(officer), at=clock.now())
    assert last_event() == ("password_changed", officer.pk, officer.full_name, "", {})
