"""The pages of the login library: in Vietnamese, in our look, and only those that work without mail."""

import re

import pytest
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from django.core.cache import cache
from django.urls import NoReverseMatch, reverse

from emulation.accounts.models import User

pytestmark = pytest.mark.django_db
PASSWORD = "khoi-thi-dua-2026"
SECRET = "JBSWY3DPEHPK3PXP"
# Words that would betray a page that nobody translated.
ENGLISH = re.compile(
    r"\b(sign|log ?in|password|username|email|code|key|the|your|you|please|submit|save|cancel|add|required|invalid)\b",
    re.IGNORECASE,
)


@pytest.fixture(autouse=True)
def _no_limits_left_over():
    cache.clear()


@pytest.fixture
def user():
    return User.objects.create_user("vpubnd.hang", password=PASSWORD, full_name="Nguyễn Thị Thu Hằng")


def english_in(response):
    text = re.sub(r"<script\b.*?</script>|<!--.*?-->|<[^>]+>", " ", response.content.decode(), flags=re.DOTALL)
    shown = re.findall(r'(?:placeholder|aria-label|title|alt)="([^"]*)"', response.content.decode())
    return ENGLISH.findall(text) + ENGLISH.findall(" ".join(shown))


def enrol(user):
    totp.TOTP.activate(user, SECRET)
    return Authenticator.objects.get(user=user, type=Authenticator.Type.TOTP)


def open_the_way(client, user):
    """Log in, and confirm the password once more, as the library wants before it shows secrets."""
    client.post(reverse("account_login"), {"login": user.username, "password": PASSWORD})
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})


@pytest.mark.parametrize("name", ["account_login", "account_signup", "account_inactive"])
def test_anonymous_page_is_vietnamese(client, name):
    response = client.get(reverse(name))
    assert response.status_code == 200
    assert english_in(response) == []
    assert '<div class="gate">' in response.content.decode()


@pytest.mark.parametrize(
    "name",
    [
        "account_logout", "account_change_password", "account_reauthenticate", "mfa_index", "mfa_activate_totp",
        "mfa_list_webauthn", "mfa_add_webauthn",
    ],
)  # fmt: skip
def test_page_of_the_own_account_is_vietnamese(client, user, name):
    open_the_way(client, user)
    response = client.get(reverse(name))
    assert response.status_code == 200
    assert english_in(response) == []
    assert '<div class="gate">' in response.content.decode()


@pytest.mark.parametrize(
    "name",
    [
        "mfa_index", "mfa_deactivate_totp", "mfa_generate_recovery_codes", "mfa_view_recovery_codes",
        "mfa_reauthenticate",
    ],
)  # fmt: skip
def test_page_of_the_second_factor_is_vietnamese(client, user, name):
    open_the_way(client, user)
    enrol(user)
    client.post(reverse("mfa_generate_recovery_codes"))
    response = client.get(reverse(name))
    assert response.status_code == 200
    assert english_in(response) == []


def test_recovery_codes_are_downloaded_with_a_vietnamese_head(client, user):
    open_the_way(client, user)
    enrol(user)
    client.post(reverse("mfa_generate_recovery_codes"))
    lines = client.get(reverse("mfa_download_recovery_codes")).content.decode().split("\n")
    assert lines[0] == "Thi đua khối: mã dự phòng, mỗi mã dùng được một lần. Cất riêng, không gửi cho ai."
    assert len([line for line in lines[1:] if line]) == 10


def test_login_says_what_to_check_when_the_password_is_wrong(client, user):
    response = client.post(reverse("account_login"), {"login": user.username, "password": "sai"})
    assert "Tên đăng nhập hoặc mật khẩu chưa đúng. Kiểm tra phím Caps Lock" in response.content.decode()
    assert f'value="{user.username}"' in response.content.decode()


def test_login_asks_for_the_code_of_the_second_factor(client, user):
    enrol(user)
    response = client.post(reverse("account_login"), {"login": user.username, "password": PASSWORD}, follow=True)
    assert "<h1>Xác thực hai bước</h1>" in response.content.decode()
    assert english_in(response) == []
    wrong = client.post(reverse("mfa_authenticate"), {"code": "000000"})
    assert "Mã chưa đúng hoặc đã hết hạn." in wrong.content.decode()
    code = totp.format_hotp_value(totp.hotp_value(SECRET, next(iter(totp.yield_hotp_counters_from_time()))))
    client.post(reverse("mfa_authenticate"), {"code": code})
    assert client.session.get("_auth_user_id") == str(user.pk)


def test_too_many_wrong_passwords_are_answered_in_vietnamese(client, user):
    for _ in range(5):
        client.post(reverse("account_login"), {"login": user.username, "password": "sai"})
    response = client.post(reverse("account_login"), {"login": user.username, "password": PASSWORD})
    assert "Đã thử sai quá nhiều lần. Chờ khoảng năm phút rồi thử lại." in response.content.decode()


def test_own_new_password_ends_the_duty_to_change_and_leads_to_work(client, user):
    user.must_change_password = True
    user.save()
    open_the_way(client, user)
    page = client.get(reverse("account_change_password"))
    assert "Mật khẩu đang dùng do người khác đặt." in page.content.decode()
    data = {"oldpassword": PASSWORD, "password1": "hoi-nghi-tong-ket-9", "password2": "hoi-nghi-tong-ket-9"}
    response = client.post(reverse("account_change_password"), data)
    assert (response.status_code, response["Location"]) == (302, reverse("home"))
    user.refresh_from_db()
    assert user.must_change_password is False
    assert user.check_password("hoi-nghi-tong-ket-9")


def test_weak_new_password_is_refused_with_sentences_that_say_why(client, user):
    open_the_way(client, user)
    data = {"oldpassword": PASSWORD, "password1": "123456", "password2": "123456"}
    html = client.post(reverse("account_change_password"), data).content.decode()
    assert "Mật khẩu quá ngắn, phải có ít nhất 10 ký tự." in html
    assert "Mật khẩu không được chỉ gồm chữ số." in html
    assert '<a href="#id_password1">' in html


@pytest.mark.parametrize(
    "name",
    [
        "account_reset_password",
        "account_email",
        "account_set_password",
        "account_confirm_login_code",
        "mfa_signup_webauthn",
    ],
)
def test_route_that_needs_mail_or_signs_up_is_not_there(name):
    with pytest.raises(NoReverseMatch):
        reverse(name)


def test_signup_is_closed(client):
    response = client.post(reverse("account_signup"), {"username": "moi", "password1": PASSWORD, "password2": PASSWORD})
    assert "Không tự đăng ký tài khoản" in response.content.decode()
    assert not User.objects.exists()


def test_person_without_a_seat_reads_whom_to_ask(client, user):
    open_the_way(client, user)
    response = client.get(reverse("home"), follow=True)
    assert "Chưa có tư cách làm việc" in response.content.decode()


def test_secret_of_the_second_factor_is_not_stored_in_clear(user):
    stored = enrol(user).data["secret"]
    assert SECRET not in stored
    assert get_adapter().decrypt(stored) == SECRET
