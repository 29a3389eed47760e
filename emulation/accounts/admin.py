"""Accounts in the admin site: given, locked, reopened and reset through the services, never by typing over a row."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from emulation.accounts import services
from emulation.accounts.forms import InviteForm
from emulation.accounts.models import User
from emulation.accounts.queries import account_of
from emulation.core import admin_words, clock
from emulation.core.access import can
from emulation.core.admin import ActingAdmin, RowAct
from emulation.core.admin_site import Section, yes_no
from emulation.core.audit import Act
from emulation.core.errors import Refused

admin_words.know(
    {
        "user_invited": "Cấp tài khoản",
        "user_edited": "Sửa họ tên, điện thoại",
        "password_reset": "Cấp lại mật khẩu",
        "password_changed": "Đổi mật khẩu",
        "user_deactivated": "Khóa tài khoản",
        "user_reactivated": "Mở lại tài khoản",
        "administrator_given": "Giao quyền quản trị",
        "administrator_withdrawn": "Thôi quyền quản trị",
        "second_factor_added": "Thêm cách xác thực hai bước",
        "second_factor_removed": "Gỡ cách xác thực hai bước",
    }
)


def _give_administration(**values: Any) -> None:
    services.set_administrator(is_administrator=True, **values)


def _withdraw_administration(**values: Any) -> None:
    services.set_administrator(is_administrator=False, **values)


ACTS = (
    RowAct(
        "reset",
        "Cấp lại mật khẩu",
        "Mọi phiên đang đăng nhập kết thúc, mọi cách xác thực hai bước bị gỡ. Mật khẩu mới hiện một lần ở trang sau.",
        "",
        lambda user: user.is_active,
        services.reset_password,
    ),
    RowAct(
        "deactivate",
        "Khóa tài khoản",
        "Người này không đăng nhập được nữa; phiên đang mở kết thúc ngay. Vị trí và lịch sử vẫn giữ nguyên.",
        "Đã khóa tài khoản.",
        lambda user: user.is_active,
        services.deactivate,
    ),
    RowAct(
        "reactivate",
        "Mở lại tài khoản",
        "Người này đăng nhập lại được bằng mật khẩu cũ.",
        "Đã mở lại tài khoản.",
        lambda user: not user.is_active,
        services.reactivate,
    ),
    RowAct(
        "make-administrator",
        "Giao quyền quản trị",
        "Người này vào được trang quản trị và quản lý mọi tài khoản.",
        "Đã giao quyền quản trị.",
        lambda user: not user.is_staff,
        _give_administration,
    ),
    RowAct(
        "end-administrator",
        "Thôi quyền quản trị",
        "Người này không vào được trang quản trị nữa.",
        "Đã thôi quyền quản trị.",
        lambda user: user.is_staff,
        _withdraw_administration,
    ),
)


IN_WORDS = tuple(yes_no(User, name) for name in ("is_active", "is_staff", "must_change_password"))
STATE = (*IN_WORDS, "given_password_until", "last_login", "date_joined")


@admin.register(User)
class UserAdmin(ActingAdmin):
    """People who log in. Their seats are pages of their own; their password and factors are theirs."""

    section = Section.USERS
    acts = ACTS
    list_display = ["username", "full_name", "phone", *IN_WORDS, "last_login"]
    list_filter = ["is_active", "is_staff", "must_change_password"]
    search_fields = ["username", "full_name"]
    ordering = ["username"]
    readonly_fields = ["username", *STATE]
    fields = ["username", "full_name", "phone", *STATE]
    says_values = False  # a phone number is private, and an event is for ever

    def update(self, act: Act, obj: User, values: dict[str, Any]) -> None:
        """Write the columns that changed."""
        obj.save(update_fields=list(values))

    def may_act(self, request: Any, row: User) -> bool:
        """Whether the administrator may act on the account: on every one but their own."""
        return can(request.actor, "accounts.manage_user", account_of(row))

    def add_view(self, request: Any, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        """Give an account; the first password is shown once, on the answer itself."""
        form = InviteForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            note = form.cleaned_data.pop("reason")
            try:
                given = services.invite(actor=request.actor, at=clock.now(), note=note, **form.cleaned_data)
            except (Refused, ValidationError) as wrong:
                form.add_error(None, wrong if isinstance(wrong, ValidationError) else str(wrong))
            else:
                return self._given(request, given)
        return self.act_page(request, form, title="Thêm tài khoản", label="Tạo tài khoản")

    def answer(self, request: Any, row: User, act: RowAct, result: services.Given | None) -> HttpResponse:
        """Show a password that was made; or go back to the account."""
        return super().answer(request, row, act, result) if result is None else self._given(request, result)

    def _given(self, request: HttpRequest, given: services.Given) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": f"Mật khẩu của {given.user}",
            "row": given.user,
            "password": given.password,
        }
        return TemplateResponse(request, "admin/accounts/user_given.html", context)
