"""The login form of the house."""

from typing import Any

from allauth.account.forms import LoginForm as LibraryLoginForm
from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse

from emulation.accounts.middleware import begin_shared
from emulation.core import clock


class LoginForm(LibraryLoginForm):
    """Name and password; on a shared machine the session ends with the browser or after half an hour of rest."""

    is_shared = forms.BooleanField(label="Đây là máy dùng chung", required=False)

    def clean(self) -> dict[str, Any]:
        """Refuse, after the password proved right, one that was given and not changed in time."""
        cleaned: dict[str, Any] = super().clean()
        if self.user is not None and self.user.is_given_password_expired(clock.now()):
            raise ValidationError(
                "Mật khẩu được cấp đã quá hạn 14 ngày. Đề nghị người quản lý tài khoản cấp lại mật khẩu."
            )
        return cleaned

    def login(self, request: HttpRequest, redirect_url: str | None = None) -> HttpResponse:
        """Log in, or go on to the second factor, and remember what kind of machine this is."""
        response: HttpResponse = super().login(request, redirect_url)
        if self.cleaned_data["is_shared"]:
            begin_shared(request)
        return response
