"""The second factor: enrolled, asked for at login, its codes used once, stored encrypted, recorded."""

import json
from urllib.parse import quote

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.core.cache import cache
from django.db import connection

from emulation.accounts import services
from emulation.core import clock
from emulation.core.models import Event
from tests import factories as make
from tests.accounts.conftest import SYSTEM, code_of, confirm, enrol, factors, is_in, log_in

pytestmark = pytest.mark.django_db
ACTIVATE, AUTHENTICATE = "/accounts/2fa/totp/activate/", "/accounts/2fa/authenticate/"
CODES = "/accounts/2fa/recovery-codes/"
CONFIRM = "/accounts/reauthenticate/?next=%2Faccounts%2F2fa%2Ftotp%2Factivate%2F"


def said(user):
    rows = Event.objects.filter(subject_label="accounts.user", subject_id=user.pk).order_by("seq")
    return [(event.verb, json.loads(event.data)) for event in rows]


@pytest.mark.django_db(transaction=True)
def test_telephone_is_enrolled_then_asked_for_at_login(officer):
    client = log_in(officer)
    response = client.get(ACTIVATE)
    assert response["Location"] == CONFIRM
    response = client.post(response["Location"], {"password": make.PASSWORD})
    assert response["Location"] == ACTIVATE
    assert "data:image/svg+xml;base64," in client.get(ACTIVATE).content.decode()
    secret = client.session["mfa.totp.secret"]
    wrong = client.post(ACTIVATE, {"code": "abc"}).content.decode()
    assert "Mã chưa đúng hoặc đã hết hạn." in wrong
    assert secret in wrong
    response = client.post(ACTIVATE, {"code": code_of(secret)})
    assert response["Location"] == CODES
    shown = client.get(CODES).content.decode()
    assert "Còn 10/10 mã chưa dùng" in shown
    assert factors(officer) == ["recovery_codes", "totp"]
    assert said(officer) == [("second_factor_added", {"kind": "totp"})]
    assert "mfa.totp.secret" not in client.session

    later = log_in(officer)
    assert not is_in(later)
    assert later.get("/").status_code == 302
    later.post(AUTHENTICATE, {"code": code_of(secret)})
    assert is_in(later)


def test_code_of_the_telephone_works_once(officer):
    secret = enrol(officer)
    first, second = log_in(officer), log_in(officer)
    first.post(AUTHENTICATE, {"code": code_of(secret)})
    second.post(AUTHENTICATE, {"code": code_of(secret)})
    assert (is_in(first), is_in(second)) == (True, False)


def test_recovery_code_works_once(officer):
    enrol(officer)
    code, other = RecoveryCodes.activate(officer).generate_codes()[:2]
    first, second, third = log_in(officer), log_in(officer), log_in(officer)
    first.post(AUTHENTICATE, {"code": code})
    second.post(AUTHENTICATE, {"code": code})
    third.post(AUTHENTICATE, {"code": other})
    assert (is_in(first), is_in(second), is_in(third)) == (True, False, True)


def test_five_wrong_codes_lock_the_second_factor(officer):
    secret = enrol(officer)
    client = log_in(officer)
    for _ in range(5):
        client.post(AUTHENTICATE, {"code": "000000"})
    response = client.post(AUTHENTICATE, {"code": code_of(secret)})
    assert "Đã thử sai quá nhiều lần. Chờ khoảng năm phút rồi thử lại." in response.content.decode()
    assert not is_in(client)


def test_seeds_are_not_in_the_database_in_clear(officer):
    secret = enrol(officer)
    codes = RecoveryCodes.activate(officer)
    with connection.cursor() as cursor:
        cursor.execute("SELECT data FROM mfa_authenticator")
        stored = "".join(str(row[0]) for row in cursor.fetchall())
    assert secret not in stored
    assert not any(code in stored for code in codes.generate_codes())
    kept = Authenticator.objects.get(type="totp").data["secret"]
    assert kept.startswith("gAAAA")


def test_factor_is_confirmed_by_the_factor_and_not_by_the_password(officer):
    secret = enrol(officer)
    client = log_in(officer)
    client.post(AUTHENTICATE, {"code": code_of(secret)})
    deactivate = "/accounts/2fa/totp/deactivate/"
    assert client.get(deactivate)["Location"] == f"/accounts/2fa/reauthenticate/?next={quote(deactivate, safe='')}"
    confirm(client)
    assert client.get(deactivate).status_code == 302
    cache.clear()
    client.post("/accounts/2fa/reauthenticate/", {"code": code_of(secret)})
    assert client.post(deactivate)["Location"] == "/accounts/2fa/"
    assert factors(officer) == []
    assert said(officer) == [("second_factor_removed", {"kind": "totp"})]


@pytest.mark.django_db(transaction=True)
def test_new_recovery_codes_replace_the_old_and_are_recorded(officer):
    enrol(officer)
    old = RecoveryCodes.activate(officer).generate_codes()
    client = log_in(officer)
    client.post(AUTHENTICATE, {"code": old[0]})
    client.post("/accounts/2fa/reauthenticate/", {"code": old[1]})
    client.post(f"{CODES}generate/")
    page = client.get(CODES).content.decode()
    assert not any(code in page for code in old)
    assert said(officer) == [("recovery_codes_renewed", {"kind": "recovery_codes"})]


def test_form_sent_after_the_confirmation_ran_out_goes_on_after_a_new_one(officer):
    """The library keeps the form and runs it after the password; the page it shows then needs our request."""
    client = log_in(officer)
    confirm(client)
    client.get(ACTIVATE)
    session = client.session
    for record in session["account_authentication_methods"]:
        record["at"] -= 3600
    session.save()
    response = client.post(ACTIVATE, {"code": "abc"})
    assert response["Location"] == CONFIRM
    response = client.post(response["Location"], {"password": make.PASSWORD})
    assert response.status_code == 200
    assert "Mã chưa đúng hoặc đã hết hạn." in response.content.decode()


def test_reset_takes_every_factor_away(officer):
    enrol(officer)
    RecoveryCodes.activate(officer)
    services.reset_password(user=officer, actor=SYSTEM, at=clock.now(), note="Mất điện thoại")
    assert factors(officer) == []
    assert said(officer) == [("password_reset", {"factors_removed": 2})]
