"""Production and the demo do not meet: its commands refuse, its password opens nothing, the checks name its logins."""

import os
import subprocess
import sys

import pytest
from django.contrib.auth.hashers import make_password
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from emulation.accounts.models import User
from emulation.desk.services.demo import PASSWORD, check_demo_logins, check_deployed
from tests import factories as make
from tests.environment import ROOT
from tests.http import words

pytestmark = pytest.mark.django_db
REFUSALS = {
    "seed_demo": "Lệnh này chỉ chạy ở MODE=demo: dữ liệu minh họa có mật khẩu ai cũng biết.",
    "demo_logins": "Lệnh này chỉ chạy ở MODE=demo: bản chính thức không có tài khoản minh họa.",
}


@pytest.fixture
def production(settings):
    settings.MODE = "production"


@pytest.mark.parametrize("command", REFUSALS)
def test_demo_command_refuses_with_a_sentence(production, command):
    with pytest.raises(CommandError) as refused:
        call_command(command)
    assert (str(refused.value), User.objects.count()) == (REFUSALS[command], 0)


@pytest.mark.once
@pytest.mark.parametrize("command", REFUSALS)
def test_demo_command_ends_with_a_code(tmp_path, command):
    environ = os.environ | {
        "MODE": "production", "SECRET_KEY": "0123456789-abcdefghijklmnopqrstuvwxyz-ABCDEFGHIJKLMNOPQRSTUVWXYZ",
        "ALLOWED_HOSTS": "thidua.example", "DATABASE_URL": f"sqlite:///{tmp_path}/no.sqlite3",
        "BROKER_URL": "redis://localhost/0", "DATA_DIR": str(tmp_path),
    }  # fmt: skip
    done = subprocess.run(  # noqa: S603 - our own words
        [sys.executable, "manage.py", command], cwd=ROOT, env=environ, capture_output=True, text=True, check=False
    )
    assert (done.returncode, REFUSALS[command] in done.stderr) == (1, True)


def test_password_of_the_demo_opens_nothing_in_production(production):
    user = make.SeatFactory(user__username="chuyenvien", user__password=PASSWORD).user
    client = Client()
    response = client.post(reverse("account_login"), {"login": user.username, "password": PASSWORD})
    assert "Đây là mật khẩu của dữ liệu minh họa, không dùng được ở bản chính thức." in words(response)
    assert "_auth_user_id" not in client.session


def test_password_of_the_demo_opens_the_demo():
    user = make.SeatFactory(user__username="chuyenvien", user__password=PASSWORD).user
    client = Client()
    client.post(reverse("account_login"), {"login": user.username, "password": PASSWORD})
    assert client.session["_auth_user_id"] == str(user.pk)


def test_checks_name_the_logins_of_the_demo_in_production(settings):
    make.UserFactory(username="chuyenvien")
    for name, password, is_active in (
        ("lanhdao", PASSWORD, True), ("quantri", PASSWORD, True), ("kythay", PASSWORD, False),
    ):  # fmt: skip
        User.objects.create(username=name, password=make_password(password), is_active=is_active)
    assert (check_deployed(), check_demo_logins(databases=["default"])) == ([], [])
    settings.MODE = "production"
    (error,) = check_deployed()
    assert error.id == "desk.E001"
    assert error.msg == "Bản chính thức còn tài khoản minh họa dùng mật khẩu ai cũng biết: lanhdao, quantri."
    assert check_demo_logins(databases=["default"]) == [error]
    assert check_demo_logins(databases=None) == []
    User.objects.filter(username__in=["lanhdao", "quantri"]).update(is_active=False)
    assert check_deployed() == []
