"""People's pages: one account made, seats given and ended, passwords shown once, the yearly confirmation."""

import datetime as dt
import io
import uuid

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from blocs.models import Seat, SeatConfirmation
from blocs.queries.people import stamp_of
from blocs.services import people as services
from emulation.accounts.models import User
from emulation.core import clock
from emulation.core.errors import Stale
from emulation.core.models import Event
from tests import factories as make
from tests.blocs.people import actor, client_of, passwords, rows, seated
from tests.http import main, query_count, words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
ROWS = pytest.mark.parametrize("count", [1, 3, 100])
NEW = "mat-khau-moi-2026"


@pytest.fixture
def year():
    make.ProvinceFactory()
    return make.EmulationYearFactory(label="2026")


@pytest.fixture
def finance():
    return make.AgencyFactory(name="Sở Tài chính", code="STC")


@pytest.fixture
def board(year):
    return client_of(seated("board_specialist"))


@pytest.fixture
def manager(year, finance):
    return client_of(seated("account_manager", finance))


def new(office=None, **changes):
    values = {
        "full_name": "Nguyễn Thị Lan", "phone": "0912 345 678", "capacity": "officer", "title": "Chuyên viên",
        "signs_as": "", "starts_on": "02/11/2026", "username": "", "creation_key": str(uuid.uuid4()),
    }  # fmt: skip
    return {**values, **({"agency": office.pk} if office else {}), **changes}


# --- One account ------------------------------------------------------------------------------------------------------


def test_account_is_made_with_its_seat_and_works_through_the_first_login(board, finance):
    response = board.post(reverse("person_new"), new(finance, starts_on="01/10/2026"))
    (password,) = passwords(response)
    user = User.objects.get(username="stc.lannt")
    assert response["Cache-Control"] == "no-store, private"
    assert [
        text
        for text in (
            "http://testserver/accounts/login/",
            "stc.lannt",
            "đến 09:00, 16/11/2026",
            "0238 3 000 111",
        )
        if text not in words(response)
    ] == []
    assert list(user.seats.values_list("capacity", "agency", "title", "starts_on")) == [
        ("officer", finance.pk, "Chuyên viên", dt.date(2026, 10, 1))
    ]
    event = Event.objects.get()
    assert (event.verb, event.subject_id) == ("user_invited", user.pk)
    fresh = Client()
    assert fresh.post(reverse("account_login"), {"login": "stc.lannt", "password": password})["Location"] == "/"
    assert fresh.get("/")["Location"] == reverse("account_change_password")
    typed = {"oldpassword": password, "password1": NEW, "password2": NEW}
    assert fresh.post(reverse("account_change_password"), typed).status_code == 302
    assert fresh.get("/").status_code == 200
    seat = user.seats.get()
    board.post(reverse("seat_end", args=[user.pk, seat.pk]), {"revision": 0, "ends_on": "01/11/2026", "note": "Nghỉ"})
    assert fresh.get("/")["Location"] == reverse("seat_choose")


def test_password_is_nowhere_but_in_the_answer_and_a_second_click_shows_none(board, finance):
    typed = new(finance)
    (password,) = passwords(board.post(reverse("person_new"), typed))
    before = rows()
    again = board.post(reverse("person_new"), typed)
    user = User.objects.get(username="stc.lannt")
    assert again["Location"] == reverse("person_detail", args=[user.pk])
    page = board.get(again["Location"])
    assert "Nội dung này đã được lưu ở lần bấm trước" in words(page)
    assert password not in page.content.decode()
    assert rows() == before
    stored = [str(session.get_decoded()) for session in Session.objects.all()]
    stored += [event.data + event.note for event in Event.objects.all()]
    assert [text for text in stored if password in text] == []


def test_logins_are_proposed_apart(board, finance):
    for _ in range(3):
        board.post(reverse("person_new"), new(finance))
    board.post(reverse("person_new"), new(make.AgencyFactory(name="Hội Nông dân tỉnh"), full_name="Đỗ Thủy"))
    made = User.objects.filter(seats__agency__isnull=False).order_by("pk").values_list("username", flat=True)
    assert list(made) == ["stc.lannt", "stc.lannt2", "stc.lannt3", "hndt.thuyd"]


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"agency": ""}, "Tư cách này phải gắn với đơn vị; chọn đơn vị."),
        ({"capacity": "council"}, "Tư cách này không gắn với đơn vị; chọn “Không gắn với đơn vị”."),
        ({"capacity": "signer"}, "Chỉ người ký có cách ghi khi ký; chọn lại tư cách hoặc cách ghi."),
        ({"signs_as": "kt"}, "Chỉ người ký có cách ghi khi ký; chọn lại tư cách hoặc cách ghi."),
        ({"username": "co-nguoi"}, "Tên đăng nhập “co-nguoi” đã có người dùng; chọn tên khác."),
        ({"starts_on": "31/02/2026"}, "Không có ngày 31/02/2026; nhập theo dạng ngày/tháng/năm, ví dụ 05/11/2026."),
        ({"capacity": "board_head", "agency": ""}, "Chọn lại trong danh sách."),
    ],
)
def test_wrong_account_is_refused_with_its_sentence(board, finance, changes, sentence):
    make.UserFactory(username="co-nguoi")
    before = rows()
    response = board.post(reverse("person_new"), new(finance, **changes))
    assert (response.status_code, sentence in words(response)) == (422, True)
    assert rows() == before


def test_head_of_the_board_gives_the_seat_of_a_head(year):
    head = client_of(seated("board_head"))
    assert head.post(reverse("person_new"), new(capacity="board_head", title="Phó Trưởng phòng")).status_code == 200
    assert Seat.objects.filter(capacity="board_head").count() == 2


# --- Seats ------------------------------------------------------------------------------------------------------------


def test_seat_is_added_and_not_twice(board, finance):
    user = seated("officer", finance)
    typed = new(finance, capacity="signer", signs_as="kt", title="Phó Giám đốc")
    for _ in range(2):
        response = board.post(reverse("seat_add", args=[user.pk]), typed)
        assert response["Location"] == reverse("person_detail", args=[user.pk])
    assert user.seats.filter(capacity="signer").count() == 1
    response = board.post(reverse("seat_add", args=[user.pk]), typed | {"creation_key": uuid.uuid4()})
    assert f"{user} đã có vị trí này; không cần thêm." in words(response)


def test_seat_ends_with_a_reason_and_the_loser_of_a_race_sees_both(board, finance):
    user = seated("officer", finance)
    seat = user.seats.get()
    url = reverse("seat_end", args=[user.pk, seat.pk])
    assert board.get(url).status_code == 200
    Seat.objects.filter(pk=seat.pk).update(revision=1)
    response = board.post(url, {"revision": 0, "ends_on": "31/10/2026", "note": "Nghỉ hưu"})
    assert (response.status_code, "Nghỉ hưu" in words(response)) == (409, True)
    response = board.post(url, {"revision": 1, "ends_on": "31/12/2019", "note": "Nghỉ hưu"})
    assert "Ngày kết thúc đứng trước ngày bắt đầu (01/01/2020); ghi lại ngày kết thúc." in words(response)
    assert board.post(url, {"revision": 1, "ends_on": "31/10/2026", "note": "Nghỉ hưu"}).status_code == 302
    seat.refresh_from_db()
    assert seat.ends_on == dt.date(2026, 10, 31)
    assert (board.get(url).status_code, Event.objects.get().verb) == (404, "seat_withdrawn")


def test_seat_that_begins_later_is_taken_back_and_one_that_has_begun_is_not(manager, finance, year):
    user = seated("officer", finance)
    later = make.SeatFactory(user=user, agency=finance, capacity="signer", title="Giám đốc", starts_on="2026-11-03")
    make.SeatConfirmationFactory(seat=later, year=year)
    url = reverse("seat_cancel", args=[user.pk, later.pk])
    assert url in manager.get(reverse("person_detail", args=[user.pk])).content.decode()
    assert f"{user}: Giám đốc, Sở Tài chính, từ 03/11/2026." in words(manager.get(url))
    assert manager.post(url, {"revision": 0}).status_code == 422
    Seat.objects.filter(pk=later.pk).update(revision=1)
    assert manager.post(url, {"revision": 0, "note": "Chưa bổ nhiệm"}).status_code == 409
    response = manager.post(url, {"revision": 1, "note": "Chưa bổ nhiệm"})
    assert response["Location"] == reverse("person_detail", args=[user.pk])
    assert "Hủy vị trí chưa bắt đầu" in words(manager.get(response["Location"]))
    event = Event.objects.get()
    assert (event.verb, event.subject_id, event.note) == ("seat_cancelled", user.pk, "Chưa bổ nhiệm")
    assert manager.post(url, {"revision": 1, "note": "Lần hai"}).status_code == 404
    begun = user.seats.get()
    url = reverse("seat_cancel", args=[user.pk, begun.pk])
    assert url not in manager.get(reverse("person_detail", args=[user.pk])).content.decode()
    for answer in (manager.get(url), manager.post(url, {"revision": 0, "note": "Thử"})):
        assert (answer.status_code, "Vị trí này đã bắt đầu nên không hủy được" in words(answer)) == (409, True)
    assert user.seats.get() == begun


def test_seat_that_follows_a_bloc_is_not_taken_back(board, year):
    seat = make.SeatFactory(capacity="council", starts_on="2026-11-03")
    make.MonitorFactory(seat=seat, bloc_year=make.BlocYearFactory(year=year))
    answer = board.post(reverse("seat_cancel", args=[seat.user_id, seat.pk]), {"revision": 0, "note": "Thử"})
    assert (answer.status_code, "Vị trí này đã được giao theo dõi khối" in words(answer)) == (409, True)
    assert Seat.objects.filter(pk=seat.pk).exists()


def test_transfer_ends_here_and_begins_there_in_one_act(board, finance):
    user, new_agency = seated("officer", finance), make.AgencyFactory(name="Sở Xây dựng")
    make.SeatFactory(user=user, capacity="signer", agency=finance)
    url = reverse("person_transfer", args=[user.pk])
    assert board.get(url).status_code == 200
    typed = new(new_agency, source=finance.pk, starts_on="01/12/2026", note="Quyết định 12")
    assert board.post(url, typed).status_code == 302
    assert list(user.seats.order_by("pk").values_list("agency", "starts_on", "ends_on")) == [
        (finance.pk, dt.date(2020, 1, 1), dt.date(2026, 11, 30)),
        (finance.pk, dt.date(2020, 1, 1), dt.date(2026, 11, 30)),
        (new_agency.pk, dt.date(2026, 12, 1), None),
    ]
    assert list(Event.objects.values_list("verb", flat=True)) == ["person_transferred"]
    response = board.post(url, typed | {"source": new_agency.pk})
    assert (response.status_code, "Chọn đơn vị mới khác đơn vị cũ." in words(response)) == (422, True)
    response = board.post(url, new(finance, source=new_agency.pk, starts_on="01/12/2026", note="Trả lại"))
    assert "ngày chuyển phải sau ngày đó." in words(response)


# --- Names ------------------------------------------------------------------------------------------------------------


def test_name_and_phone_are_corrected_and_the_loser_of_a_race_sees_both(manager, finance):
    user = seated("officer", finance, user__full_name="Lê Thi Lam", user__phone="0912")
    url = reverse("person_edit", args=[user.pk])
    seen = manager.get(url).context["revision"]
    assert manager.post(url, {"revision": seen, "full_name": "", "phone": "0912"}).status_code == 422
    assert manager.post(url, {"revision": seen, "full_name": "Lê Thị Lan ", "phone": "0912"}).status_code == 302
    user.refresh_from_db()
    assert (user.full_name, user.search_key.split()[:3]) == ("Lê Thị Lan", ["le", "thi", "lan"])
    event = Event.objects.get()
    assert (event.verb, event.subject_id, event.data) == ("user_edited", user.pk, '{"fields":["full_name"]}')
    late = manager.post(url, {"revision": seen, "full_name": "Lê Thị Lan", "phone": "0999"})
    assert (late.status_code, "0999" in words(late), "0912" in words(late)) == (409, True, True)
    again = {"revision": late.context["revision"], "full_name": "Lê Thị Lan", "phone": "0912"}
    assert manager.post(url, again).status_code == 302
    assert Event.objects.count() == 1  # nothing was changed


# --- Passwords --------------------------------------------------------------------------------------------------------


def reset(client, user, **changes):
    data = {"note": "Quên mật khẩu", "stamp": stamp_of(User.objects.get(pk=user.pk)), **changes}
    return client.post(reverse("person_reset", args=[user.pk]), data)


def test_reset_shows_the_password_once_ends_sessions_and_tells_the_person(manager, finance):
    user = seated("officer", finance)
    theirs = client_of(user)
    assert theirs.get("/").status_code == 200
    stamp = stamp_of(user)
    assert reset(manager, user, note="").status_code == 422
    (password,) = passwords(reset(manager, user))
    assert theirs.get("/")["Location"].startswith(reverse("account_login"))
    before = rows()
    again = reset(manager, user, stamp=stamp)
    assert (again.status_code, "mỗi mật khẩu chỉ hiện một lần" in words(again)) == (409, True)
    assert rows() == before
    response = Client().post(reverse("account_login"), {"login": user.username, "password": password}, follow=True)
    assert "Chuyên viên, Sở Tài chính) cấp lại ngày 02/11/2026. Nếu ông/bà không đề nghị" in words(response)


def test_chosen_people_are_reset_all_or_none_with_a_sheet_each(manager, finance):
    users = [seated("officer", finance) for _ in range(3)]
    url = reverse("people_sheets")
    page = manager.get(url)
    assert [user.full_name in words(page) for user in users] == [True, True, True]
    chosen = [f"{user.pk}:{stamp_of(user)}" for user in users[:2]]
    assert manager.post(url, {"agency": finance.pk, "person": [], "note": "Đầu năm"}).status_code == 422
    response = manager.post(url, {"agency": finance.pk, "person": chosen, "note": "Đầu năm"})
    assert len(passwords(response)) == 2
    assert Event.objects.filter(verb="password_reset").count() == 2
    before = rows()
    mixed = [chosen[0], f"{users[2].pk}:{stamp_of(users[2])}"]
    assert manager.post(url, {"agency": finance.pk, "person": mixed, "note": "Lần nữa"}).status_code == 409
    assert rows() == before


def test_account_is_locked_and_opened(board, finance):
    user = seated("officer", finance)
    assert board.post(reverse("person_lock", args=[user.pk]), {"note": ""}).status_code == 422
    assert board.post(reverse("person_lock", args=[user.pk]), {"note": "Nghi lộ mật khẩu"}).status_code == 302
    assert board.post(reverse("person_lock", args=[user.pk]), {"note": "Lần hai"}).status_code == 409
    user.refresh_from_db()
    assert user.is_active is False
    assert reset(board, user).status_code == 409
    assert board.post(reverse("person_unlock", args=[user.pk]), {"note": "Đã rõ"}).status_code == 302
    user.refresh_from_db()
    assert user.is_active is True


def test_first_login_hashes_with_all_rounds(settings, board, finance):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.PBKDF2PasswordHasher"]
    (password,) = passwords(board.post(reverse("person_new"), new(finance)))
    assert User.objects.get(username="stc.lannt").password.split("$")[1] == "50000"
    Client().post(reverse("account_login"), {"login": "stc.lannt", "password": password})
    assert User.objects.get(username="stc.lannt").password.split("$")[1] == "1000000"


# --- Lists ------------------------------------------------------------------------------------------------------------


def people(finance, count, year):
    for number in range(count):
        user = seated("officer", finance)
        make.SeatFactory(user=user, capacity="signer", agency=finance)
        if number % 2:
            make.SeatConfirmationFactory(seat=user.seats.first(), year=year)


@ROWS
def test_people_list_takes_eleven(settings, board, finance, year, count):
    settings.PAGE_SIZE = 100
    people(finance, count, year)
    asked = {"q": "nguyen thi", "agency": finance.pk, "capacity": "signer", "confirmed": "no"}
    assert query_count(lambda: board.get(reverse("people_list"), asked)) == 11


@ROWS
def test_people_export_takes_nine(board, finance, year, count):
    people(finance, count, year)
    assert query_count(lambda: board.get(reverse("people_export"))) == 9


@ROWS
def test_person_page_takes_eight(board, finance, year, count):
    user = seated("officer", finance)
    for _ in range(count):
        make.SeatFactory(user=user, capacity="officer", agency=make.AgencyFactory())
    assert query_count(lambda: board.get(reverse("person_detail", args=[user.pk]))) == 8


@ROWS
def test_unconfirmed_takes_nine(settings, board, year, count):
    settings.PAGE_SIZE = 100
    for _ in range(count):
        people(make.AgencyFactory(), 1, year)
    assert query_count(lambda: board.get(reverse("people_unconfirmed"))) == 9


@ROWS
def test_confirmation_takes_ten(board, finance, year, count):
    people(finance, count, year)
    assert query_count(lambda: board.get(reverse("people_confirm", args=[finance.pk]))) == 10


@ROWS
def test_sheets_take_eight(manager, finance, year, count):
    people(finance, count, year)
    assert query_count(lambda: manager.get(reverse("people_sheets"))) == 8


def names(client, **asked):
    return [line.user.full_name for line in client.get(reverse("people_list"), asked).context["lines"]]


def test_list_is_searched_without_accents_filtered_and_ordered_by_given_name(board, finance, year):
    bloc_year = make.BlocYearFactory(year=year)
    make.MembershipFactory(bloc_year=bloc_year, agency=finance)
    an = seated("officer", finance, user__full_name="Trần Văn Ân")
    seated("signer", user__full_name="Lê Thị Bình", user__is_active=False)
    make.UserFactory(full_name="Đỗ Chi", must_change_password=True)
    make.SeatConfirmationFactory(seat=an.seats.get(), year=year)
    User.objects.filter(pk=an.pk).update(last_login=dt.datetime(2026, 10, 1, tzinfo=dt.UTC))
    me = "Nguyễn Thị Thử"
    assert [name for name in names(board) if not name.startswith(me)] == ["Trần Văn Ân", "Lê Thị Bình", "Đỗ Chi"]
    assert names(board, q="binh le") == ["Lê Thị Bình"]
    assert names(board, q="do chi") == ["Đỗ Chi"]
    assert names(board, agency=finance.pk) == ["Trần Văn Ân"]
    assert names(board, bloc=bloc_year.pk) == ["Trần Văn Ân"]
    assert names(board, capacity="signer") == ["Lê Thị Bình"]
    assert names(board, capacity="signer", agency=finance.pk) == []
    assert names(board, state="locked") == ["Lê Thị Bình"]
    assert [name for name in names(board, state="working") if not name.startswith(me)] == ["Trần Văn Ân"]
    assert [name for name in names(board, state="no_seat") if not name.startswith(me)] == ["Đỗ Chi"]
    assert names(board, confirmed="yes") == ["Trần Văn Ân"]
    assert names(board, confirmed="no") == ["Lê Thị Bình"]


def test_manager_sees_the_own_agency_and_of_others_nothing(manager, finance):
    own, other = seated("officer", finance), seated("officer")
    both = seated("officer", finance)
    make.SeatFactory(user=both, agency=other.seats.get().agency)
    said = words(manager.get(reverse("people_list")))
    assert (own.full_name in said, both.full_name in said, other.full_name in said) == (True, True, False)
    page = main(manager.get(reverse("person_detail", args=[both.pk])))
    assert other.seats.get().agency.name not in page
    assert "việc sửa, cấp lại mật khẩu do cơ quan thường trực làm." in page
    assert manager.get(reverse("person_detail", args=[other.pk])).status_code == 404


def test_list_and_counts_are_taken_to_excel(board, finance, year):
    seated("signer", finance, user__full_name="Trần Văn Ân", title="Giám đốc")
    book = load_workbook(io.BytesIO(board.get(reverse("people_export"), {"q": "an tran"}).content))
    assert [cell.value for cell in book.active[4]][1:4] == [
        "Trần Văn Ân",
        User.objects.get(full_name="Trần Văn Ân").username,
        "Giám đốc, Sở Tài chính, Người ký của đơn vị, Thủ trưởng, từ 01/01/2020",
    ]
    book = load_workbook(io.BytesIO(board.get(reverse("people_unconfirmed_export")).content))
    assert [cell.value for cell in book.active[4]] == [1, "Sở Tài chính", 1, 1, None, None]


# --- The yearly confirmation ------------------------------------------------------------------------------------------


def test_seats_are_confirmed_or_ended_in_one_act_and_again_changes_nothing(manager, finance, year):
    stays, leaves = seated("officer", finance).seats.get(), seated("signer", finance).seats.get()
    url = reverse("people_confirm", args=[finance.pk])
    typed = {"year": year.pk, f"right_{stays.pk}": "on", f"ended_{leaves.pk}": "30/10/2026"}
    assert manager.post(url, {"year": year.pk}).status_code == 422
    both = manager.post(url, {**typed, f"right_{leaves.pk}": "on"})
    assert "Chọn một trong hai: vẫn đúng, hoặc ghi ngày kết thúc." in words(both)
    assert manager.post(url, typed)["Location"] == url
    assert list(SeatConfirmation.objects.values_list("seat", "year")) == [(stays.pk, year.pk)]
    leaves.refresh_from_db()
    assert leaves.ends_on == dt.date(2026, 10, 30)
    assert list(Event.objects.values_list("verb", flat=True)) == ["people_confirmed"]
    before = rows()
    assert manager.post(url, typed).status_code == 422
    assert rows() == before
    assert "Đã xác nhận" in words(manager.get(url))


def test_who_confirms_a_list_that_moved_on_is_told(manager, finance, year):
    seat = seated("officer", finance, ends_on=dt.date(2026, 10, 1)).seats.get()
    chief = actor(seated("account_manager", finance))
    with pytest.raises(Stale, match=r"^Danh sách vừa thay đổi"):
        services.confirm(agency=finance, year=year, right=[seat.pk], ended={}, actor=chief, at=clock.now())
