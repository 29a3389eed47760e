"""The admin site: for administrators only, unknown to everybody else, and only with the house's own pages.

It opens to who is staff and in the group; being superuser gives nothing. Pages that libraries would add are not taken:
they could delete, show secrets, or write without a reason.
"""

from collections.abc import Iterable
from enum import StrEnum
from functools import update_wrapper
from typing import Any

from django.conf import settings
from django.contrib import admin
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import URLPattern, URLResolver, reverse
from django.utils.decorators import method_decorator

ADMINISTRATORS = "Quản trị"
# Login, logout and the change of a password have their own pages, with limits, second factor and events.
CLOSED = frozenset({"logout", "password_change", "password_change_done", "view_on_site"})


class Section(StrEnum):
    """The groups of the first page, in their order."""

    CATALOGUE = "Danh mục khen thưởng"
    BLOCS = "Đơn vị và khối thi đua"
    USERS = "Người dùng"
    PROVINCE = "Cấu hình tỉnh"
    EXCHANGE = "Nhập và xuất"
    HISTORY = "Lịch sử"


def yes_no(model: type[models.Model], name: str) -> Any:
    """Return a column that says a yes-or-no field in words: Django's icon has an English name for screen readers."""

    @admin.display(description=model._meta.get_field(name).verbose_name, ordering=name)  # type: ignore[union-attr]
    def column(row: Any) -> str:
        return "Có" if getattr(row, name) else "Không"

    column.__name__ = name
    return column


class HouseAdmin(admin.ModelAdmin):  # type: ignore[type-arg] # generic for type checkers only
    """What every page of the admin site shares; the site takes no other. Nothing is deleted, anywhere.

    `section`: under which group the first page names it. `has_exchange`: whether the list goes out to a file and in.
    """

    section = Section.HISTORY
    has_exchange = False
    actions = None
    show_full_result_count = False

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Administrators see the section."""
        return self.admin_site.has_permission(request)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Administrators read."""
        return self.admin_site.has_permission(request)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nothing is deleted."""
        return False

    def _get_obj_does_not_exist_redirect(self, request: HttpRequest, opts: Any, object_id: str) -> HttpResponse:
        """Know nothing of a row that is not there or not for administrators; Django leads to the first page."""
        raise Http404


class HouseAdminSite(admin.AdminSite):
    """Django's site behind our own door."""

    site_title = "Quản trị"
    site_header = "Thi đua khối: quản trị"
    index_title = "Trang quản trị"
    empty_value_display = "–"

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[Any]:
        """Return the pages in groups that people understand; those of one app as Django lists them."""
        apps: list[Any] = super().get_app_list(request, app_label)
        if app_label:
            return apps
        groups: dict[Section, list[Any]] = {section: [] for section in Section}
        for entry in (entry for app in apps for entry in app["models"]):
            page: Any = self._registry[entry["model"]]
            groups[page.section].append(entry)
            if page.has_exchange:
                groups[Section.EXCHANGE].append(self._exchange(entry))
        return [
            {"name": str(section), "app_label": section.name.lower(), "app_url": "", "models": entries}
            for section, entries in groups.items()
            if entries
        ]

    def _exchange(self, entry: dict[str, Any]) -> dict[str, Any]:
        """Return the entry of a list that goes out to a file and in."""
        meta = entry["model"]._meta
        base = f"{self.name}:{meta.app_label}_{meta.model_name}"
        links = {"import_url": reverse(f"{base}_import"), "export_url": reverse(f"{base}_export")}
        return {**entry, "object_name": f"{entry['object_name']}_exchange", "admin_url": "", "add_url": "", **links}

    def register(
        self,
        model_or_iterable: type[models.Model] | Iterable[type[models.Model]],
        admin_class: type[Any] | None = None,
        **options: Any,
    ) -> None:
        """Take the house's own pages; leave out, in silence, what a library brings along."""
        if admin_class is not None and issubclass(admin_class, HouseAdmin):
            super().register(model_or_iterable, admin_class, **options)

    def has_permission(self, request: HttpRequest) -> bool:
        """Whether the person is an administrator: staff, and in the group. One query a request."""
        user: Any = request.user
        if not user.is_active or not user.is_staff:
            return False
        holder: Any = request
        if not hasattr(holder, "is_administrator"):
            holder.is_administrator = user.groups.filter(name=ADMINISTRATORS).exists()
        return bool(holder.is_administrator)

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:  # noqa: FBT001, FBT002 - Django's signature
        """Let administrators in, send the anonymous to the login page, know nothing of the site to others."""
        inner = super().admin_view(view, cacheable)

        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path(), reverse(settings.LOGIN_URL))
            if not self.has_permission(request):
                raise Http404
            try:
                response: HttpResponseBase = inner(request, *args, **kwargs)
            except PermissionDenied:
                raise Http404 from None
            return response

        return update_wrapper(guarded, view)

    @method_decorator(login_not_required)
    def login(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """Send everybody to the one login page, for it has limits and asks for the second factor."""
        if not request.user.is_authenticated:
            return redirect_to_login(request.GET.get("next") or reverse("admin:index"), reverse(settings.LOGIN_URL))
        if not self.has_permission(request):
            raise Http404
        return HttpResponseRedirect(reverse("admin:index"))

    def get_urls(self) -> list[URLPattern | URLResolver]:
        """Return Django's routes without those that have a better page elsewhere, all behind the one login page."""
        routes = [route for route in super().get_urls() if getattr(route, "name", None) not in CLOSED]
        for route in routes:
            if isinstance(route, URLPattern):
                vars(route.callback).pop("login_url", None)
        return routes
