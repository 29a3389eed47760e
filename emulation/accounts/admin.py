"""Accounts in the admin site: given, locked, reopened and reset through the services, never by typing over a row."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse

from emulation.accounts import services
from emulation.accounts.forms import InviteForm, ReasonForm
from emulation.accounts.models import User
from emulation.accounts.queries import account_of
from emulation.core import audit, clock
from emulation.core.access import can
from emulation.core.admin import AuditedAdmin
from emulation.core.admin_site import yes_no
from emulation.core.errors import Refused


@dataclass(frozen=True)
class UserAct:
    """Something done to an account: its words, when it fits, and the service."""

    name: str
    label: str
    sentence: str
    done: str
    fits: Callable[[User], bool]
    take: Callable[..., services.Given | None]


def _give_administration(**values: Any) -> None:
    services.set_administrator(is_administrator=True, **values)


def _withdraw_administration(**values: Any) -> None:
    services.set_administrator(is_administrator=False, **values)


ACTS = (
    UserAct(
        "reset",
        "Cấp lại mật khẩu",
        "Mọi phiên đang đăng nhập kết thúc, mọi cách xác thực hai bước bị gỡ. Mật khẩu mới hiện một lần ở trang sau.",
        "",
        lambda user: user.is_active,
        services.reset_password,
    ),
    UserAct(
        "deactivate",
        "Khóa tài khoản",
        "Người này không đăng nhập được nữa; phiên đang mở kết thúc ngay. Vị trí và lịch sử vẫn giữ nguyên.",
        "Đã khóa tài khoản.",
        lambda user: user.is_active,
        services.deactivate,
    ),
    UserAct(
        "reactivate",
        "Mở lại tài khoản",
        "Người này đăng nhập lại được bằng mật khẩu cũ.",
        "Đã mở lại tài khoản.",
        lambda user: not user.is_active,
        services.reactivate,
    ),
    UserAct(
        "make-administrator",
        "Giao quyền quản trị",
        "Người này vào được trang quản trị và quản lý mọi tài khoản.",
        "Đã giao quyền quản trị.",
        lambda user: not user.is_staff,
        _give_administration,
    ),
    UserAct(
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
class UserAdmin(AuditedAdmin):
    """People who log in. Their seats are pages of their own; their password and factors are theirs."""

    list_display = ["username", "full_name", "phone", *IN_WORDS, "last_login"]
    list_filter = ["is_active", "is_staff", "must_change_password"]
    search_fields = ["username", "full_name"]
    ordering = ["username"]
    readonly_fields = ["username", *STATE]
    fields = ["username", "full_name", "phone", *STATE]
    says_values = False  # a phone number is private, and an event is for ever
    change_form_template = "admin/accounts/user_change.html"

    def update(self, act: audit.Act, obj: User, values: dict[str, Any]) -> None:
        """Write the columns that changed."""
        obj.save(update_fields=list(values))

    def get_urls(self) -> list[URLPattern]:
        """Return Django's routes and the acts."""
        act = path("<int:pk>/act/<slug:name>/", self.admin_site.admin_view(self.act_view), name="accounts_user_act")
        return [act, *super().get_urls()]

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
        return self._page(request, form, title="Thêm tài khoản", label="Tạo tài khoản")

    def change_view(self, request: Any, object_id: str, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        """Show the account with the acts that fit it now."""
        user = self.get_object(request, object_id)
        acts = []
        if user is not None and can(request.actor, "accounts.manage_user", account_of(user)):
            acts = [act for act in ACTS if act.fits(user)]
        return super().change_view(request, object_id, form_url, {"acts": acts, **(extra_context or {})})

    def act_view(self, request: Any, pk: int, name: str) -> HttpResponse:
        """Ask for the reason, then do it."""
        user = User.objects.filter(pk=pk).first()
        act = next((act for act in ACTS if act.name == name), None)
        if user is None or act is None or not can(request.actor, "accounts.manage_user", account_of(user)):
            raise Http404
        form = ReasonForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            try:
                given = act.take(user=user, actor=request.actor, at=clock.now(), note=form.cleaned_data["reason"])
            except Refused as wrong:
                form.add_error(None, str(wrong))
            else:
                if given is not None:
                    return self._given(request, given)
                self.message_user(request, act.done, messages.SUCCESS)
                return HttpResponseRedirect(reverse("admin:accounts_user_change", args=[pk]))
        return self._page(request, form, title=f"{act.label}: {user}", label=act.label, sentence=act.sentence, row=user)

    def _page(
        self, request: HttpRequest, form: forms.Form, *, title: str, label: str, sentence: str = "", row: Any = None
    ) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": title,
            "form": form,
            "label": label,
            "sentence": sentence,
            "row": row,
        }
        status = 422 if form.is_bound else 200
        return TemplateResponse(request, "admin/accounts/user_act.html", context, status=status)

    def _given(self, request: HttpRequest, given: services.Given) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": f"Mật khẩu của {given.user}",
            "row": given.user,
            "password": given.password,
        }
        return TemplateResponse(request, "admin/accounts/user_given.html", context)
