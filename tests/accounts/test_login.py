"""Login with name and password, and its limits."""

import datetime as dt

import pytest
from django.test import Client

from emulation.accounts import services
from emulation.core.clock import now
from tests import factories as make
from tests.accounts.conftest import SYSTEM, is_in, log_in

pytestmark = pytest.mark.django_db
LOGIN = "/accounts/login/"


def attempt(username, password, **extra):
    return Client(**extra).post(LOGIN, {"login": username, "password": password})


def test_right_password_leads_to_the_page_that_was_asked_for(officer):
    client = Client()
    asked = client.get("/blocs/?q=khoi")["Location"]
    response = client.post(asked, {"login": officer.username, "password": make.PASSWORD})
    assert (response.status_code, response["Location"]) == (302, "/blocs/?q=khoi")
    assert is_in(client)


@pytest.mark.parametrize("written", ["So.Tai.Chinh", " so.tai.chinh ", "SO.TAI.CHINH"])
def test_name_is_taken_however_the_keyboard_wrote_it(written):
    user = make.UserFactory(username="so.tai.chinh")
    client = Client()
    client.post(LOGIN, {"login": written, "password": make.PASSWORD})
    assert client.session.get("_auth_user_id") == str(user.pk)


@pytest.mark.parametrize("username", ["co-that", "khong-co"])
def test_wrong_password_and_unknown_name_hear_the_same_sentence(username):
    make.UserFactory(username="co-that")
    response = attempt(username, "sai")
    assert response.status_code == 200
    sentence = "Tên đăng nhập hoặc mật khẩu chưa đúng. Kiểm tra phím Caps Lock và bộ gõ tiếng Việt, rồi thử lại."
    assert sentence in response.content.decode()


def test_sixth_attempt_is_refused_even_with_the_right_password(officer):
    for _ in range(5):
        attempt(officer.username, "sai")
    client = Client()
    response = client.post(LOGIN, {"login": officer.username, "password": make.PASSWORD})
    assert "Đã thử sai quá nhiều lần. Chờ khoảng năm phút rồi thử lại." in response.content.decode()
    assert not is_in(client)


def test_lock_is_per_name_whatever_the_address(officer):
    for number in range(5):
        attempt(officer.username.upper(), "sai", REMOTE_ADDR=f"10.0.0.{number}")
    assert not is_in(log_in(officer))
    assert is_in(log_in(make.UserFactory()))


def test_lock_ends_after_five_minutes(officer, clock):
    for _ in range(5):
        attempt(officer.username, "sai")
    clock.shift(dt.timedelta(minutes=5, seconds=1))
    assert is_in(log_in(officer))


def test_right_passwords_do_not_count_as_attempts(officer):
    for _ in range(7):
        assert is_in(log_in(officer))


def test_training_hall_behind_one_address_gets_in():
    """Forty people, each mistyping once, within a minute."""
    people = make.UserFactory.create_batch(40)
    for user in people:
        attempt(user.username, "sai")
    assert all(is_in(log_in(user)) for user in people)


def test_flood_from_one_address_is_answered_in_vietnamese(settings):
    settings.ACCOUNT_RATE_LIMITS = {"login": "3/m/ip"}
    for _ in range(3):
        attempt("khong-co", "sai")
    response = attempt("khong-co", "sai")
    assert response.status_code == 429
    assert "Thử lại sau ít phút" in response.content.decode()
    assert Client().get(LOGIN).status_code == 200


def test_given_password_opens_for_fourteen_days_only(clock):
    given = services.invite(username="moi", full_name="Lê Mới", actor=SYSTEM, at=now())
    clock.shift(dt.timedelta(days=13, hours=23))
    assert is_in(log_in(given.user, password=given.password))
    clock.shift(dt.timedelta(hours=2))
    client = Client()
    response = client.post(LOGIN, {"login": "moi", "password": given.password})
    assert "Mật khẩu được cấp đã quá hạn 14 ngày." in response.content.decode()
    assert not is_in(client)
    assert "chưa đúng" in attempt("moi", "sai").content.decode()


def test_own_password_does_not_expire(clock):
    given = services.invite(username="moi", full_name="Lê Mới", actor=SYSTEM, at=now())
    client = log_in(given.user, password=given.password)
    own = {"oldpassword": given.password, "password1": "hoi-nghi-tong-ket-9", "password2": "hoi-nghi-tong-ket-9"}
    client.post("/accounts/password/change/", own)
    clock.shift(dt.timedelta(days=400))
    assert is_in(log_in(given.user, password="hoi-nghi-tong-ket-9"))


def test_initial_password_may_not_be_kept():
    given = services.invite(username="moi", full_name="Lê Mới", actor=SYSTEM, at=now())
    client = log_in(given.user, password=given.password)
    same = {"oldpassword": given.password, "password1": given.password, "password2": given.password}
    response = client.post("/accounts/password/change/", same)
    assert "Mật khẩu mới phải khác mật khẩu đang dùng." in response.content.decode()
    given.user.refresh_from_db()
    assert given.user.must_change_password is True
