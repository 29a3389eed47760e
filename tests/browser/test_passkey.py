"""A passkey, from enrolment to a login without a password, with the virtual authenticator of Chromium."""

import re

import pytest
from django.core.cache import cache

from emulation.core.models import Event
from tests import factories as make

pytestmark = pytest.mark.django_db(transaction=True)
AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def _no_limits_left_over(transactional_db):
    cache.clear()


@pytest.fixture
def officer(_no_limits_left_over):
    return make.SeatFactory().user


def plug_in(page):
    """Give the browser a security key that its owner always touches; return the control session and the key's id."""
    control = page.context.new_cdp_session(page)
    control.send("WebAuthn.enable")
    made = control.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})
    return control, made["authenticatorId"]


def log_in(page, user):
    page.fill("[name=login]", user.username)
    page.fill("[name=password]", make.PASSWORD)
    page.get_by_role("button", name="Đăng nhập", exact=True).click()


def enrol(page, *, passwordless):
    page.goto("/accounts/2fa/webauthn/add/")
    page.fill("[name=password]", make.PASSWORD)
    page.get_by_role("button", name="Xác nhận").click()
    page.fill("[name=name]", "Máy phòng làm việc")
    if passwordless:
        page.check("[name=passwordless]")
    page.get_by_role("button", name="Thêm khóa").click()
    page.wait_for_url("**/recovery-codes/")


def test_passkey_opens_the_house_without_a_password(open_page, officer):
    page = open_page("/accounts/login/")
    control, key = plug_in(page)
    log_in(page, officer)
    page.wait_for_url(re.compile(r":\d+/$"))
    enrol(page, passwordless=True)
    held = control.send("WebAuthn.getCredentials", {"authenticatorId": key})["credentials"]
    assert [(one["isResidentCredential"], one["rpId"]) for one in held] == [(True, "localhost")]
    assert [event.verb for event in Event.objects.all()] == ["second_factor_added"]

    page.context.clear_cookies()
    page.goto("/accounts/login/?next=/guide/")
    page.get_by_role("button", name="Đăng nhập bằng khóa (passkey)").click()
    page.wait_for_url(re.compile(r":\d+/guide/$"))
    assert officer.full_name in page.inner_text("body")


def test_security_key_is_the_second_step_after_the_password(open_page, officer, settings):
    settings.REQUIRE_SECOND_FACTOR = True
    officer.seats.update(capacity="board_specialist", agency=None)
    page = open_page("/accounts/login/")
    plug_in(page)
    log_in(page, officer)
    page.wait_for_url("**/accounts/2fa/")
    enrol(page, passwordless=False)
    page.goto("/guide/")
    assert page.url.endswith("/guide/")

    page.context.clear_cookies()
    page.goto("/accounts/login/")
    log_in(page, officer)
    page.wait_for_url("**/accounts/2fa/authenticate/")
    page.get_by_role("button", name="Dùng khóa bảo mật").click()
    page.wait_for_url(re.compile(r":\d+/$"))
    page.goto("/accounts/2fa/webauthn/")
    assert "Máy phòng làm việc" in page.inner_text("main")


def test_passkey_of_a_locked_account_opens_nothing(open_page, officer):
    page = open_page("/accounts/login/")
    plug_in(page)
    log_in(page, officer)
    page.wait_for_url(re.compile(r":\d+/$"))
    enrol(page, passwordless=True)
    officer.is_active = False
    officer.save()
    page.context.clear_cookies()
    page.goto("/accounts/login/")
    page.get_by_role("button", name="Đăng nhập bằng khóa (passkey)").click()
    page.wait_for_url("**/accounts/inactive/")
    assert "Tài khoản này đã khóa" in page.inner_text("main")
