"""Every route of the login library, for who is out and who is in; what is not in the table does not exist."""

import allauth.account.urls
import allauth.mfa.urls
import pytest
from django.test import Client
from django.urls import NoReverseMatch, get_resolver, reverse

from emulation.accounts import urls
from tests.accounts.conftest import confirm, enrol, log_in

pytestmark = pytest.mark.django_db
LOGIN, AGAIN, AGAIN_MFA = "/accounts/login/", "/accounts/reauthenticate/", "/accounts/2fa/reauthenticate/"

# name → (out), (in, without a second factor), (in, with a telephone, just confirmed); a path is a redirect there
TABLE = {
    "seat_choose": (LOGIN, 200, 200),
    "account_login": (200, "/", "/"),
    "account_logout": (LOGIN, 200, 200),
    "account_inactive": (200, 200, 200),
    "account_signup": (200, "/", "/"),
    "account_reauthenticate": (LOGIN, 200, AGAIN_MFA),
    "account_change_password": (LOGIN, 200, 200),
    "mfa_index": (LOGIN, 200, 200),
    "mfa_authenticate": (LOGIN, "/", "/"),
    "mfa_reauthenticate": (LOGIN, AGAIN, 200),
    "mfa_activate_totp": (LOGIN, AGAIN, "/accounts/2fa/totp/deactivate/"),
    "mfa_deactivate_totp": (LOGIN, 404, 200),
    "mfa_view_recovery_codes": (LOGIN, 404, 200),
    "mfa_generate_recovery_codes": (LOGIN, AGAIN, 200),
    "mfa_download_recovery_codes": (LOGIN, 404, 200),
    "mfa_list_webauthn": (LOGIN, 200, 200),
    "mfa_add_webauthn": (LOGIN, AGAIN, 200),
    "mfa_login_webauthn": (LOGIN, "/", "/"),
    "mfa_reauthenticate_webauthn": (LOGIN, AGAIN, AGAIN_MFA),
    "mfa_edit_webauthn": (LOGIN, AGAIN, 404),
    "mfa_remove_webauthn": (LOGIN, AGAIN, 404),
}


def url_of(name):
    return reverse(name, args=[1]) if name in {"mfa_edit_webauthn", "mfa_remove_webauthn"} else reverse(name)


def outcome(client, name):
    response = client.get(url_of(name))
    return response["Location"].partition("?")[0] if response.status_code == 302 else response.status_code


def test_table_is_what_is_routed():
    assert {route.name for route in urls.urlpatterns} == set(TABLE)


@pytest.mark.parametrize("name", TABLE)
def test_route_answers_who_is_out(name):
    assert outcome(Client(), name) == TABLE[name][0]


@pytest.mark.parametrize("name", TABLE)
def test_route_answers_who_is_in(name, officer):
    assert outcome(log_in(officer), name) == TABLE[name][1]


@pytest.mark.parametrize("name", TABLE)
def test_route_answers_who_has_a_second_factor(name, officer):
    client = log_in(officer)
    confirm(client)
    enrol(officer)
    client.post("/accounts/2fa/recovery-codes/generate/")
    assert outcome(client, name) == TABLE[name][2]


def _names(patterns):
    for pattern in patterns:
        if hasattr(pattern, "url_patterns"):
            yield from _names(pattern.url_patterns)
        else:
            yield pattern.name


CLOSED = sorted({*_names(allauth.account.urls.urlpatterns), *_names(allauth.mfa.urls.urlpatterns)} - set(TABLE))


def test_library_offers_more_than_is_routed():
    assert {"account_email", "account_reset_password", "account_set_password", "account_confirm_email"} <= set(CLOSED)


@pytest.mark.parametrize("name", CLOSED)
def test_other_route_of_the_library_does_not_exist(name):
    assert name not in get_resolver().reverse_dict
    with pytest.raises(NoReverseMatch):
        reverse(name)


@pytest.mark.parametrize(
    "path",
    [
        "email/", "confirm-email/", "confirm-email/abc/", "password/set/", "password/reset/", "password/reset/done/",
        "password/reset/key/1-abc/", "login/code/", "login/code/confirm/", "signup/passkey/", "2fa/webauthn/signup/",
        "2fa/trust/", "phone/verify/", "sessions/", "social/login/",
    ],
)  # fmt: skip
def test_address_of_a_closed_page_is_not_found(path, officer):
    for client in (Client(), log_in(officer)):
        assert client.get(f"/accounts/{path}").status_code == 404
        assert client.post(f"/accounts/{path}").status_code == 404


def test_signup_creates_nobody_and_says_whom_to_ask(client, django_user_model):
    password = "mat-khau-thu-2026"
    response = client.post("/accounts/signup/", {"username": "moi", "password1": password, "password2": password})
    assert "Không tự đăng ký tài khoản" in response.content.decode()
    assert django_user_model.objects.count() == 0
