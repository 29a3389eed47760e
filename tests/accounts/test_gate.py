"""The gate after login: password, then second factor, then seat; shut for every method and every kind of page."""

import datetime as dt

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from emulation.accounts import middleware
from emulation.core import clock
from tests import factories as make
from tests.accounts.conftest import code_of, confirm, enrol, factors, log_in
from tests.http import words

pytestmark = pytest.mark.django_db
HOME, CHANGE, FACTOR, SEAT = "/", "/accounts/password/change/", "/accounts/2fa/", "/accounts/seat/"
OWN_NEW = "hoi-nghi-tong-ket-9"


@pytest.fixture
def _factor_required(settings):
    settings.REQUIRE_SECOND_FACTOR = True


def door(client, path=HOME, method="get", **headers):
    """Return where the gate sends, None when the page opens."""
    response = getattr(client, method)(path, headers=headers or None)
    return response.get("Location") if response.status_code == 302 else None


def two_seats(user, **values):
    return [make.SeatFactory(user=user, **values), make.SeatFactory(user=user, **values)]


def change_password(client):
    return client.post(CHANGE, {"oldpassword": make.PASSWORD, "password1": OWN_NEW, "password2": OWN_NEW})


@pytest.mark.usefixtures("_factor_required")
@pytest.mark.django_db(transaction=True)
def test_doors_stand_in_order_password_factor_seat():
    user = make.SeatFactory(capacity="board_head", user__must_change_password=True).user
    make.SeatFactory(user=user)
    client = log_in(user)
    assert door(client) == CHANGE
    assert change_password(client)["Location"] == HOME
    assert door(client) == FACTOR
    confirm(client, OWN_NEW)
    client.get("/accounts/2fa/totp/activate/")
    code = code_of(client.session["mfa.totp.secret"])
    client.post("/accounts/2fa/totp/activate/", {"code": code})
    assert factors(user) == ["recovery_codes", "totp"]
    assert door(client) == SEAT
    client.post(SEAT, {"seat": user.seats.first().pk})
    assert door(client) is None


def test_single_open_seat_goes_straight_in(officer):
    assert door(log_in(officer)) is None


def test_several_seats_must_be_chosen_from(officer):
    first, second = officer.seats.get(), make.SeatFactory(user=officer, title="Phó Giám đốc")
    client = log_in(officer)
    assert door(client) == SEAT
    page = words(client.get(SEAT))
    assert f"{first.title}, {first.agency.name}" in page
    assert f"Phó Giám đốc, {second.agency.name}" in page
    response = client.post(SEAT, {"seat": second.pk})
    assert (response.status_code, response["Location"]) == (302, HOME)
    assert door(client) is None


def test_choice_of_somebody_elses_seat_is_not_found(officer, board):
    two_seats(officer)
    client = log_in(officer)
    assert client.post(SEAT, {"seat": board.seats.get().pk}).status_code == 404
    assert client.post(SEAT, {"seat": "x"}).status_code == 404
    assert client.post(SEAT).status_code == 404
    assert door(client) == SEAT


def test_person_without_a_seat_reads_whom_to_call():
    make.ProvinceFactory()
    client = log_in(make.UserFactory())
    assert door(client) == SEAT
    page = client.get(SEAT)
    assert page.status_code == 200
    assert "Phòng Thi đua - Khen thưởng, Sở Nội vụ" in words(page)
    assert "0238 3 000 111" in words(page)


def test_seat_that_ends_is_refused_in_a_running_session(officer):
    client = log_in(officer)
    assert door(client) is None
    officer.seats.update(ends_on=clock.today() - dt.timedelta(days=1))
    assert door(client) == SEAT
    assert client.post("/year/").headers["Location"] == SEAT


def test_seat_works_through_its_last_day(officer):
    officer.seats.update(ends_on=clock.today())
    assert door(log_in(officer)) is None


def test_seat_that_has_not_begun_opens_nothing():
    user = make.SeatFactory(starts_on=clock.today() + dt.timedelta(days=1)).user
    assert door(log_in(user)) == SEAT


def test_ended_chosen_seat_is_not_quietly_replaced_by_the_other(officer):
    chosen, other = officer.seats.get(), make.SeatFactory(user=officer)
    client = log_in(officer)
    client.post(SEAT, {"seat": chosen.pk})
    chosen.ends_on = clock.today() - dt.timedelta(days=1)
    chosen.save()
    assert door(client) == SEAT
    page = words(client.get(SEAT))
    assert "Tư cách vừa dùng đã hết thời hạn" in page
    assert other.agency.name in page


@pytest.mark.parametrize("method", ["get", "head", "post", "put", "patch", "delete", "options"])
@pytest.mark.parametrize("path", ["/", "/blocs/", "/agencies/export/", "/guide/", "/admin/", "/admin/core/event/"])
def test_gate_is_shut_for_every_method(path, method):
    client = log_in(make.UserFactory(must_change_password=True, is_staff=True))
    assert door(client, path, method) == CHANGE


def test_gate_sends_the_whole_page_under_htmx(officer):
    officer.must_change_password = True
    officer.save()
    response = log_in(officer).get("/blocs/", headers={"HX-Request": "true"})
    assert (response.status_code, response["HX-Redirect"], response.content) == (204, CHANGE, b"")


@pytest.mark.parametrize("path", ["/admin/", "/admin/login/", "/admin/core/event/", "/admin/khong-co/"])
def test_admin_is_unknown_before_the_gate_to_who_is_not_staff(path):
    client = log_in(make.UserFactory(must_change_password=True))
    assert client.get(path).status_code == 404


PASSWORD_DOOR = {"account_change_password", "account_logout"}
ENROL_DOOR = {
    "account_logout", "account_reauthenticate", "mfa_index", "mfa_activate_totp", "mfa_add_webauthn",
    "mfa_list_webauthn", "mfa_reauthenticate", "mfa_reauthenticate_webauthn",
}  # fmt: skip
OWN = ENROL_DOOR | PASSWORD_DOOR | {
    "seat_choose", "mfa_view_recovery_codes", "mfa_generate_recovery_codes", "mfa_download_recovery_codes",
    "mfa_deactivate_totp",
}  # fmt: skip
PLAIN = (
    "home", "search", "guide", "bloc_list", "bloc_export", "agency_list", "agency_export", "admin:index",
    "admin:login",
)  # fmt: skip


@pytest.mark.parametrize("name", sorted(OWN | set(PLAIN)))
def test_before_each_door_only_its_own_pages_open(name, settings):
    settings.REQUIRE_SECOND_FACTOR = True
    newcomer = make.UserFactory(must_change_password=True, is_staff=True)
    bare = make.SeatFactory(capacity="board_head", user__is_staff=True).user
    settled = make.UserFactory()
    for user, opens, leads in ((newcomer, PASSWORD_DOOR, CHANGE), (bare, ENROL_DOOR, FACTOR), (settled, OWN, SEAT)):
        client = Client()
        client.force_login(user)
        response = client.get(reverse(name))
        if user is settled and name.startswith("admin:"):
            assert response.status_code == 404
        else:
            assert (response.get("Location") == leads) is (name not in opens), (user, response)


@pytest.mark.usefixtures("_factor_required")
@pytest.mark.parametrize("capacity", ["officer", "signer", "account_manager", "council"])
def test_other_seats_need_no_second_factor(capacity):
    assert door(log_in(make.SeatFactory(capacity=capacity).user)) is None


@pytest.mark.usefixtures("_factor_required")
def test_administrator_needs_a_second_factor(administrator):
    assert door(log_in(administrator), "/admin/") == FACTOR


def test_demo_asks_nobody_for_a_second_factor(board, administrator):
    assert door(log_in(board)) is None
    assert door(log_in(administrator), "/admin/") is None


@pytest.mark.usefixtures("_factor_required")
def test_code_at_login_opens_the_second_door(board):
    secret = enrol(board)
    client = log_in(board)
    client.post("/accounts/2fa/authenticate/", {"code": code_of(secret)})
    assert door(client) is None


@pytest.mark.usefixtures("_factor_required")
def test_session_older_than_the_factor_must_show_it(board):
    client = log_in(board)
    assert door(client) == FACTOR
    secret = enrol(board)
    assert door(client) == "/accounts/2fa/reauthenticate/"
    # A password alone must reach neither the emergency codes nor the way to take the factor away.
    for path in ("recovery-codes/", "recovery-codes/download/", "totp/deactivate/", "webauthn/add/"):
        assert door(client, f"/accounts/2fa/{path}") == "/accounts/2fa/reauthenticate/"
    assert door(client, "/accounts/reauthenticate/") == "/accounts/2fa/reauthenticate/"
    client.post("/accounts/2fa/reauthenticate/", {"code": code_of(secret)})
    assert door(client) is None


@pytest.mark.usefixtures("_factor_required")
def test_taking_the_last_factor_away_shuts_the_door_again(board):
    secret = enrol(board)
    client = log_in(board)
    client.post("/accounts/2fa/authenticate/", {"code": code_of(secret)})
    cache.clear()  # a code works once; the telephone would show the next one in half a minute
    client.post("/accounts/2fa/reauthenticate/", {"code": code_of(secret)})
    client.post("/accounts/2fa/totp/deactivate/")
    assert factors(board) == []
    assert door(client) == FACTOR


@pytest.mark.usefixtures("_factor_required")
def test_gate_costs_one_query_and_none_for_the_factor(board):
    secret = enrol(board)
    client = log_in(board)
    client.post("/accounts/2fa/authenticate/", {"code": code_of(secret)})
    with CaptureQueriesContext(connection) as queries:
        client.get("/year/")  # 405: nothing but the session, the user and the gate
    tables = [query["sql"].split('FROM "')[1].split('"')[0] for query in queries]
    assert tables == ["django_session", "accounts_user", "blocs_seat"]


def test_administrator_without_a_seat_reaches_home_and_the_admin_site(administrator):
    client = log_in(administrator)
    assert door(client) is None
    assert door(client, "/admin/") is None


def test_administrator_with_seats_chooses_for_pages_but_not_for_the_admin_site(administrator):
    two_seats(administrator)
    client = log_in(administrator)
    assert door(client) == SEAT
    assert client.get("/admin/").status_code == 200


def test_every_page_before_a_door_is_a_route():
    names = middleware.OWN_PAGES | middleware.CONFIRM_PAGES
    for name in names - {"mfa_edit_webauthn", "mfa_remove_webauthn"}:
        assert reverse(name)
    assert reverse("mfa_edit_webauthn", args=[1])
    assert reverse("mfa_remove_webauthn", args=[1])
