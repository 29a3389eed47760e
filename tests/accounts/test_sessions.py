"""How long a session lasts, and what ends it."""

import datetime as dt

import pytest
import time_machine
from django.test import Client

from emulation.accounts import services
from emulation.core import clock
from tests import factories as make
from tests.accounts.conftest import SYSTEM, code_of, enrol, is_in, log_in

pytestmark = pytest.mark.django_db
START = dt.datetime(2026, 11, 2, 2, tzinfo=dt.UTC)


def test_session_lasts_twelve_hours(officer):
    with time_machine.travel(START, tick=False) as stopped:
        client = log_in(officer)
        assert client.cookies["sessionid"]["max-age"] == 12 * 3600
        stopped.shift(dt.timedelta(hours=11, minutes=59))
        assert client.get("/guide/").status_code == 200
        stopped.shift(dt.timedelta(minutes=2))
        assert client.get("/guide/")["Location"] == "/accounts/login/?next=/guide/"


def test_session_of_before_the_login_is_not_the_one_after_it(officer):
    """What somebody else laid into the browser beforehand opens nothing."""
    client = Client()
    session = client.session
    session["planted"] = "x"
    session.save()
    client.cookies["sessionid"] = session.session_key
    client.post("/accounts/login/", {"login": officer.username, "password": make.PASSWORD})
    assert is_in(client)
    assert client.cookies["sessionid"].value != session.session_key
    stale = Client()
    stale.cookies["sessionid"] = session.session_key
    assert not is_in(stale)


def test_shared_machine_forgets_after_half_an_hour_of_rest(officer):
    with time_machine.travel(START, tick=False) as stopped:
        client = log_in(officer, is_shared="on")
        assert client.cookies["sessionid"]["max-age"] == ""  # gone with the browser
        for _ in range(3):
            stopped.shift(dt.timedelta(minutes=29))
            assert client.get("/guide/").status_code == 200
        stopped.shift(dt.timedelta(minutes=31))
        assert client.get("/guide/")["Location"] == "/accounts/login/?next=/guide/"
        assert not is_in(client)


def test_shared_machine_writes_its_session_at_most_once_a_minute(officer):
    with time_machine.travel(START, tick=False) as stopped:
        client = log_in(officer, is_shared="on")
        stopped.shift(dt.timedelta(seconds=50))
        client.get("/guide/")
        assert client.session["shared_seen_at"] == int(START.timestamp())
        stopped.shift(dt.timedelta(seconds=50))
        client.get("/guide/")
        assert client.session["shared_seen_at"] == int(START.timestamp()) + 100


def test_shared_machine_is_remembered_through_the_second_factor(officer):
    secret = enrol(officer)
    client = log_in(officer, is_shared="on")
    assert not is_in(client)
    client.post("/accounts/2fa/authenticate/", {"code": code_of(secret)})
    assert is_in(client)
    assert client.session["shared_seen_at"] > 0
    assert client.cookies["sessionid"]["max-age"] == ""


def test_login_page_offers_the_shared_machine(client):
    assert "Đây là máy dùng chung" in client.get("/accounts/login/").content.decode()


def test_own_new_password_ends_the_other_sessions_only(officer):
    here, there = log_in(officer), log_in(officer)
    own = {"oldpassword": make.PASSWORD, "password1": "hoi-nghi-tong-ket-9", "password2": "hoi-nghi-tong-ket-9"}
    here.post("/accounts/password/change/", own)
    assert here.get("/guide/").status_code == 200
    assert there.get("/guide/").status_code == 302


def test_reset_password_ends_every_session(officer):
    client = log_in(officer)
    services.reset_password(user=officer, actor=SYSTEM, at=clock.now(), note="Quên mật khẩu")
    assert client.get("/guide/")["Location"] == "/accounts/login/?next=/guide/"


def test_locked_account_is_out_at_once_and_cannot_come_back(officer):
    client = log_in(officer)
    services.deactivate(user=officer, actor=SYSTEM, at=clock.now(), note="Chuyển công tác")
    assert client.get("/guide/")["Location"] == "/accounts/login/?next=/guide/"
    response = Client().post("/accounts/login/", {"login": officer.username, "password": make.PASSWORD}, follow=True)
    assert "Tài khoản này đã khóa" in response.content.decode()


def test_lost_session_under_htmx_leads_the_browser_to_the_login_page(officer):
    client = log_in(officer)
    client.logout()
    response = client.get("/blocs/?page=2", headers={"HX-Request": "true"})
    assert (response.status_code, response["HX-Redirect"]) == (204, "/accounts/login/?next=/blocs/%3Fpage%3D2")
    shown = {"HX-Request": "true", "HX-Current-URL": "http://testserver/agencies/?q=so"}
    response = client.get("/blocs/?page=2", headers=shown)
    assert response["HX-Redirect"] == "/accounts/login/?next=/agencies/%3Fq%3Dso"


def test_logout_leads_to_the_login_page(officer):
    client = log_in(officer)
    assert client.get("/accounts/logout/").status_code == 200
    assert is_in(client)
    assert client.post("/accounts/logout/")["Location"] == "/accounts/login/"
    assert not is_in(client)


@pytest.mark.parametrize("target", ["https://example.com/", "//example.com/", "javascript:alert(1)", "\\\\example.com"])
def test_login_never_leads_to_another_host(officer, target):
    response = Client().post(f"/accounts/login/?next={target}", {"login": officer.username, "password": make.PASSWORD})
    assert (response.status_code, response["Location"]) == (302, "/")
