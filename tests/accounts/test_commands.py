"""The first administrator comes from the command line."""

import re

import pytest
from django.core.management import CommandError, call_command

from emulation.accounts.models import User
from tests.accounts.conftest import log_in

pytestmark = pytest.mark.django_db


def test_first_administrator_gets_in_with_the_printed_password(capsys):
    call_command("create_administrator", "quan.tri", "Lê Quản Trị")
    password = re.search(r"Mật khẩu ban đầu: (\S+)", capsys.readouterr().out).group(1)
    user = User.objects.get()
    assert (user.is_staff, user.is_superuser, user.must_change_password) == (True, False, True)
    client = log_in(user, password=password)
    own = {"oldpassword": password, "password1": "hoi-nghi-tong-ket-9", "password2": "hoi-nghi-tong-ket-9"}
    client.post("/accounts/password/change/", own)
    assert client.get("/admin/").status_code == 200


@pytest.mark.parametrize(
    ("username", "sentence"),
    [("quan.tri", "Tên đăng nhập “quan.tri” đã có người dùng; chọn tên khác."), ("quản trị viên!", "hợp lệ")],
)
def test_impossible_administrator_is_refused_in_a_sentence(username, sentence):
    call_command("create_administrator", "quan.tri", "Lê Quản Trị")
    with pytest.raises(CommandError, match=re.escape(sentence)):
        call_command("create_administrator", username, "Người khác")
