"""A local account manager as an attacker: no sequence of requests reaches an account outside, none raises a right.

Whatever is asked, rows about people outside the agency, and the rights of those inside, are the same before and after.
"""

import datetime as dt
import uuid

import pytest
from django.urls import reverse

from blocs.models import Seat
from blocs.queries.people import stamp_of
from blocs.services import people, seats
from emulation.accounts import services as accounts
from emulation.accounts.models import User
from emulation.accounts.queries import revision_of
from emulation.core import clock
from tests import factories as make
from tests.blocs.people import actor, client_of, file_of, passwords, rows, seated

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
FUTURE = dt.date(2027, 1, 1)


@pytest.fixture
def own():
    make.ProvinceFactory()
    make.EmulationYearFactory(label="2026")
    return make.AgencyFactory(name="Sở Tài chính", code="STC")


@pytest.fixture
def other():
    return make.AgencyFactory(name="Sở Xây dựng", code="SXD")


@pytest.fixture
def me(own):
    return seated("account_manager", own)


def staff(own, _other):
    user = seated("officer", own)
    user.is_staff = True
    user.save()
    return user


def two_seats(*more):
    """Return a maker of a person who sits in the agency as an officer, and once more as `more` says."""

    def build(own, other):
        user = seated("officer", own)
        for options in more:
            where = other if options.get("capacity", "officer") in {"officer", "signer"} else None
            make.SeatFactory(user=user, **{"agency": where, **options})
        return user

    return build


def ended(own, _other):
    return seated("officer", own, ends_on=dt.date(2026, 11, 1))


#: Who is not the manager's: name → how to make the person from the own agency and another one.
BEYOND = {
    "outsider": lambda _own, other: seated("officer", other),
    "one seat elsewhere": two_seats({}),
    "one seat elsewhere from next year": two_seats({"starts_on": FUTURE}),
    "one seat elsewhere until tonight": two_seats({"ends_on": dt.date(2026, 11, 2)}),
    "council member": two_seats({"capacity": "council"}),
    "head of the board": two_seats({"capacity": "board_head"}),
    "specialist from next year": two_seats({"capacity": "board_specialist", "starts_on": FUTURE}),
    "another account manager": lambda own, _other: seated("account_manager", own),
    "administrator": staff,
    "who left": ended,
    "nobody": lambda _own, _other: make.UserFactory(),
}
TARGETS = pytest.mark.parametrize("who", BEYOND)


def seat_said(**changes):
    return {
        "capacity": "officer", "title": "Chuyên viên", "signs_as": "", "starts_on": "02/11/2026",
        "creation_key": str(uuid.uuid4()), **changes,
    }  # fmt: skip


def attempts(user, own, other):
    """Return every address that changes somebody, with what an attacker would post."""
    stamp, note = stamp_of(user), "Theo đề nghị"
    ends = [(reverse("seat_end", args=[user.pk, seat.pk]), {"revision": 0, "ends_on": "02/11/2026", "note": note})
            for seat in user.seats.order_by("pk")]  # fmt: skip
    right = {f"right_{seat.pk}": "on" for seat in user.seats.all() if seat.agency_id != own.pk}
    ended = {f"ended_{seat.pk}": "02/11/2026" for seat in user.seats.all()}
    return [
        (reverse("person_reset", args=[user.pk]), {"stamp": stamp, "note": note}),
        (reverse("person_lock", args=[user.pk]), {"note": note}),
        (reverse("person_unlock", args=[user.pk]), {"note": note}),
        (reverse("seat_add", args=[user.pk]), seat_said()),
        (reverse("seat_add", args=[user.pk]), seat_said(agency=own.pk)),
        (reverse("seat_add", args=[user.pk]), seat_said(agency=other.pk, capacity="account_manager")),
        *((reverse("person_transfer", args=[user.pk]), seat_said(agency=to.pk, source=of.pk, note=note))
          for to, of in ((own, other), (other, own))),
        *ends,
        *((reverse("seat_cancel", args=[user.pk, seat.pk]), {"revision": 0, "note": note})
          for seat in user.seats.order_by("pk")),
        (reverse("person_edit", args=[user.pk]), {"revision": revision_of(user), "full_name": "Tên Khác", "phone": ""}),
        (reverse("people_sheets"), {"agency": own.pk, "person": [f"{user.pk}:{stamp}"], "note": note}),
        (reverse("people_sheets"), {"agency": other.pk, "person": [f"{user.pk}:{stamp}"], "note": note}),
        (reverse("people_confirm", args=[own.pk]), {**right, **ended}),
        (reverse("people_confirm", args=[other.pk]), {**right, **ended}),
    ]  # fmt: skip


@TARGETS
def test_account_beyond_the_bounds_is_out_of_reach_by_every_route(me, own, other, who):
    user, client = BEYOND[who](own, other), client_of(me)
    before = rows()
    for url, data in attempts(user, own, other):
        response = client.post(url, data)
        assert response.status_code in {404, 422}, (url, response.status_code)
        assert passwords(response) == []
    assert rows() == before


@TARGETS
def test_attaching_somebody_first_does_not_open_the_account(me, own, other, who):
    """Give the victim a seat in the own agency, by hand or by file, so as to reset the password then."""
    user, client = BEYOND[who](own, other), client_of(me)
    before = rows()
    client.post(reverse("seat_add", args=[user.pk]), seat_said(capacity="signer", signs_as="head"))
    line = ["STC", user.full_name, "Giám đốc", "Người ký của đơn vị", "Thủ trưởng", "", user.username]
    bring_in(client, [line])
    client.post(reverse("person_new"), seat_said(full_name=user.full_name, username=user.username))
    for url, data in attempts(user, own, other):
        client.post(url, data)
    assert rows() == before


def test_own_account_is_not_touched_by_any_route(me, own, other):
    client, before = client_of(me), rows()
    for url, data in attempts(me, own, other):
        assert client.post(url, data).status_code in {404, 422}, url
    assert rows() == before


RAISED = pytest.mark.parametrize(
    "changes",
    [
        {"capacity": "account_manager"},
        {"capacity": "board_head"},
        {"capacity": "board_specialist"},
        {"capacity": "council"},
        {"capacity": "administrator"},
        {"capacity": ""},
    ],
)


@RAISED
def test_no_right_is_raised_by_a_new_account_or_seat(me, own, changes):
    client, clerk = client_of(me), seated("officer", own)
    before = rows()
    for agency in ("", str(own.pk)):
        data = seat_said(full_name="Lê Mới", agency=agency, **changes)
        assert client.post(reverse("person_new"), data).status_code == 422
        assert client.post(reverse("seat_add", args=[clerk.pk]), data).status_code == 422
    assert rows() == before


def test_agency_that_is_posted_is_not_read(me, own, other):
    client = client_of(me)
    client.post(reverse("person_new"), seat_said(full_name="Lê Mới", agency=other.pk, is_staff="on", is_superuser="on"))
    user = User.objects.get(full_name="Lê Mới")
    assert list(user.seats.values_list("agency", "capacity")) == [(own.pk, "officer")]
    assert (user.is_staff, user.is_superuser) == (False, False)
    assert other.seats.count() == 0


def test_creation_key_of_somebody_elses_seat_shows_nothing(me, own, other):
    client, seat = client_of(me), seated("officer", other).seats.get()
    before = rows()
    data = seat_said(full_name="Lê Mới", creation_key=str(seat.creation_key))
    response = client.post(reverse("person_new"), data)
    assert (response.status_code, passwords(response)) == (409, [])
    assert rows() == before


def bring_in(client, lines):
    """Upload a file, look at it, confirm it with whatever digest the page shows; return the last answer."""
    response = client.post(reverse("people_import"), {"file": file_of(lines)})
    if response.status_code != 302:
        return response
    page = client.get(response["Location"])
    return client.post(response["Location"], {"digest": page.context["digest"]})


@pytest.mark.parametrize(
    "line",
    [
        ["SXD", "Lê Mới", "Chuyên viên", "Đầu mối của đơn vị", "", "", ""],
        ["Sở Xây dựng", "Lê Mới", "Chuyên viên", "Đầu mối của đơn vị", "", "", ""],
        ["STC", "Lê Mới", "Văn thư", "Người quản lý tài khoản của đơn vị", "", "", ""],
        ["STC", "Lê Mới", "Trưởng phòng", "Lãnh đạo cơ quan thường trực", "", "", ""],
        ["", "Lê Mới", "Trưởng phòng", "Thành viên Hội đồng Thi đua - Khen thưởng", "", "", ""],
    ],
)
def test_file_reaches_no_other_agency_and_raises_no_right(me, own, other, line):
    client, before = client_of(me), rows()
    good = ["STC", "Phạm Thật", "Chuyên viên", "Đầu mối của đơn vị", "", "", ""]
    response = bring_in(client, [good, line])
    assert (response.status_code, passwords(response)) == (409, [])
    assert rows() == before


def test_upload_of_somebody_else_is_not_found(me, own):
    board = client_of(seated("board_specialist"))
    line = ["STC", "Lê Mới", "Văn thư", "Người quản lý tài khoản của đơn vị", "", "", ""]
    url = board.post(reverse("people_import"), {"file": file_of([line])})["Location"]
    client, before = client_of(me), rows()
    digest = board.get(url).context["digest"]
    assert (client.get(url).status_code, client.post(url, {"digest": digest}).status_code) == (404, 404)
    assert rows() == before


# --- Between the page and the click -----------------------------------------------------------------------------------


def test_person_seated_elsewhere_after_the_page_was_shown_is_out_of_reach(me, own, other):
    user, client = seated("officer", own), client_of(me)
    assert client.get(reverse("person_reset", args=[user.pk])).status_code == 200
    steps = attempts(user, own, other)
    make.SeatFactory(user=user, agency=other, starts_on=FUTURE)
    before = rows()
    for url, data in steps:
        assert client.post(url, data).status_code in {404, 422}, url
    assert rows() == before


@pytest.mark.parametrize("step", ["reset", "many", "lock", "edit", "end", "cancel", "add", "confirm", "transfer"])
def test_service_asks_again_inside_the_act(me, own, other, step):
    """The view's question was answered before; the service reads the account anew, under its lock."""
    user, who = seated("officer", own), actor(me)
    seat, at, stamp = user.seats.get(), clock.now(), stamp_of(user)
    known = User.objects.get(pk=user.pk)
    make.SeatFactory(user=user, capacity="council")
    before = rows()
    said = people.SeatSaid("officer", "Chuyên viên", clock.today(), own)
    takes = {
        "reset": lambda: accounts.reset_password(user=known, actor=who, at=at),
        "many": lambda: people.reset_passwords(chosen=[(known, stamp)], note="x", actor=who, at=at),
        "lock": lambda: accounts.deactivate(user=known, actor=who, at=at, note="x"),
        "edit": lambda: accounts.edit(
            user=known, full_name="Tên Khác", phone="", revision=revision_of(known), actor=who, at=at
        ),
        "cancel": lambda: people.cancel_seat(seat=seat, note="x", revision=0, actor=who, at=at),
        "end": lambda: people.end_seat(seat=seat, ends_on=clock.today(), note="x", revision=0, actor=who, at=at),
        "add": lambda: people.add_seat(user=known, said=said, actor=who, at=at),
        "confirm": lambda: people.confirm(
            agency=own, year=make.EmulationYearFactory(), right=[], ended={seat.pk: clock.today()}, actor=who, at=at
        ),
        "transfer": lambda: people.transfer(user=known, source=own, said=said, note="x", actor=who, at=at),
    }
    with pytest.raises(PermissionError):
        takes[step]()
    assert rows() == before


def test_manager_who_lost_the_seat_is_out_at_once(me, own):
    user, client = seated("officer", own), client_of(me)
    assert client.get(reverse("people_list")).status_code == 200
    Seat.objects.filter(user=me).update(ends_on=dt.date(2026, 11, 1))
    before = rows()
    response = client.post(reverse("person_reset", args=[user.pk]), {"stamp": stamp_of(user), "note": "x"})
    assert response["Location"] == reverse("seat_choose")
    assert rows() == before


def test_specialist_of_the_board_cannot_reach_the_head_or_administrators(own, other):
    client = client_of(seated("board_specialist"))
    head, admin = seated("board_head"), staff(own, other)
    before = rows()
    for user in (head, admin):
        for url, data in attempts(user, own, other)[:8]:
            assert client.post(url, data).status_code == 404, url
    assert rows() == before


def test_what_the_manager_may_do_works(me, own):
    """The bounds are no wall around everything."""
    client, user = client_of(me), seated("officer", own)
    make.SeatFactory(user=user, agency=own, capacity="signer", starts_on=FUTURE)
    assert passwords(client.post(reverse("person_new"), seat_said(full_name="Lê Mới"))) != []
    response = client.post(reverse("person_reset", args=[user.pk]), {"stamp": stamp_of(user), "note": "Quên"})
    assert len(passwords(response)) == 1
    seat = user.seats.get(capacity="officer")
    url = reverse("seat_end", args=[user.pk, seat.pk])
    assert client.post(url, {"revision": 0, "ends_on": "01/11/2026", "note": "Nghỉ"}).status_code == 302
    seat.refresh_from_db()
    assert seat.ends_on == dt.date(2026, 11, 1)
    line = ["STC", "Phạm Thật", "Giám đốc", "Người ký của đơn vị", "Thủ trưởng", "", ""]
    assert len(passwords(bring_in(client, [line]))) == 1
    assert seats.said_of(User.objects.get(full_name="Phạm Thật").seats.get())["agency"] == own.pk
