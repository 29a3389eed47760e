"""Forms of the own account, and those by which administrators give and change accounts."""

from typing import Any

from allauth.account.forms import ChangePasswordForm as LibraryChangePasswordForm
from allauth.account.forms import LoginForm as LibraryLoginForm
from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse

from emulation.accounts.domain.accounts import DEMO_PASSWORD
from emulation.accounts.middleware import begin_shared
from emulation.accounts.queries import reset_notice
from emulation.core import clock


class LoginForm(LibraryLoginForm):
    """Name and password; on a shared machine the session ends with the browser or after half an hour of rest."""

    is_shared = forms.BooleanField(label="Đây là máy dùng chung", required=False)

    def clean(self) -> dict[str, Any]:
        """Refuse the demo's password in production; and, once it proved right, one that was not changed in time."""
        if settings.MODE == "production" and self.cleaned_data.get("password") == DEMO_PASSWORD:
            raise ValidationError(
                "Đây là mật khẩu của dữ liệu minh họa, không dùng được ở bản chính thức. "
                "Đề nghị người quản lý tài khoản cấp lại mật khẩu."
            )
        cleaned: dict[str, Any] = super().clean()
        if self.user is not None and self.user.is_given_password_expired(clock.now()):
            raise ValidationError(
                "Mật khẩu được cấp đã quá hạn 14 ngày. Đề nghị người quản lý tài khoản cấp lại mật khẩu."
            )
        return cleaned

    def login(self, request: HttpRequest, redirect_url: str | None = None) -> HttpResponse:
        """Log in, or go on to the second factor, and remember what kind of machine this is.

        Who comes in with a password somebody reset is told who did it and when.
        """
        response: HttpResponse = super().login(request, redirect_url)
        notice = reset_notice(self.user)
        if notice:
            messages.warning(request, notice)
        if self.cleaned_data["is_shared"]:
            begin_shared(request)
        return response


class ChangePasswordForm(LibraryChangePasswordForm):
    """The own password; one that somebody else gave is not kept by typing it again."""

    def clean_password1(self) -> str:
        """Refuse the present password."""
        password: str = self.cleaned_data["password1"]
        if self.user.check_password(password):
            raise ValidationError("Mật khẩu mới phải khác mật khẩu đang dùng.")
        return password


class InviteForm(forms.Form):
    """A new account."""

    username = forms.CharField(
        label="Tên đăng nhập",
        max_length=150,
        help_text="Chữ không dấu, chữ số, dấu chấm; ví dụ: sotaichinh.lan",
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none"}),
    )
    full_name = forms.CharField(label="Họ và tên", max_length=150)
    phone = forms.CharField(label="Điện thoại", max_length=40, required=False)
    is_administrator = forms.BooleanField(label="Quản trị hệ thống", required=False)
    reason = forms.CharField(label="Lý do", max_length=500, help_text="Ghi vào lịch sử và giữ mãi.")
