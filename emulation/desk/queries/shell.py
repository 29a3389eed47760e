"""What every page's frame shows: the province, the years, what this seat may open. Two queries at most."""

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from django.contrib import admin
from django.db import DatabaseError
from django.db.models import QuerySet, Subquery
from django.http import HttpRequest
from django.urls import reverse

from blocs.models import EmulationYear
from blocs.queries import years
from emulation.accounts.queries import ANONYMOUS
from emulation.core.access import Actor, can
from emulation.core.models import Province
from emulation.desk.domain.guide import chapter_of

_SHOWN = ("name", "place", "board_label", "phone")


@dataclass(frozen=True)
class Person:
    """Who is logged in, as the head of the page says it."""

    display_name: str
    acting_for: str
    initials: str
    seat_id: int | None


# Pages about one bloc whose addresses begin with what they show.
OF_A_BLOC = (
    "/standings/", "/memberships/", "/bloc-papers/", "/covenants/", "/signatures/", "/terms/", "/next-leaders/",
    "/handovers/", "/years/", "/monitors/", "/opinions/", "/report-drafts/",
)  # fmt: skip


@dataclass(frozen=True)
class NavItem:
    """An entry of the navigation."""

    url: str
    icon: str
    label: str
    is_current: bool


class Shell:
    """The frame of one request's page; everything is read only when a template asks for it."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request
        self.actor: Actor = getattr(request, "actor", ANONYMOUS)

    @cached_property
    def _rows(self) -> list[EmulationYear]:
        """Return the years, each carrying the province's words, so that both cost one query."""
        if not self.actor.scope.has_seat:
            return []
        return list(_with_province(EmulationYear.objects.order_by("-label", "kind")))

    @cached_property
    def province(self) -> Province | None:
        """Return the province. The page that says the database is away is a page too, so that is no error here."""
        try:
            if not self._rows:
                return Province.objects.filter(pk=1).first()
        except DatabaseError:
            return None
        said = {name: getattr(self._rows[0], f"province_{name}") for name in _SHOWN}
        return Province(pk=1, **said) if said["name"] is not None else None

    @cached_property
    def years(self) -> list[EmulationYear]:
        """Return the years to choose from, the newest first; none for who may open no list."""
        try:
            return self._rows
        except DatabaseError:
            return []

    @cached_property
    def current_year(self) -> EmulationYear | None:
        """Return the year chosen in the head and remembered, else the one of today."""
        return years.current_year(self.years, self.request.session.get(years.YEAR_KEY))

    @cached_property
    def person(self) -> Person:
        """Return who is logged in and for whom they act."""
        words = self.actor.name.split()
        initials = "".join(word[0] for word in words[-2:]).upper()
        acting_for = self.actor.title or ("Quản trị hệ thống" if self.actor.scope.is_staff else "")
        return Person(self.actor.name, acting_for, initials, self.actor.seat_id)

    @cached_property
    def nav(self) -> list[NavItem]:
        """Return what this seat may open, in the order of the work."""
        if self.actor.is_anonymous:
            return []
        return [item for may, item in self._entries() if may]

    def _entries(self) -> list[tuple[bool, NavItem]]:
        actor = self.actor
        return [
            (True, self._item("home", icon="house", label="Trang chủ", exact=True)),
            (
                can(actor, "blocs.list_blocyear"),
                self._item("bloc_list", icon="diagram-3", label="Khối thi đua", also=OF_A_BLOC),
            ),
            (
                can(actor, "blocs.list_agency"),
                self._item("agency_list", icon="building", label="Đơn vị", also=(reverse("succession_list"),)),
            ),
            (
                can(actor, "awards.list_nomination"),
                self._item("nomination_list", icon="flag", label="Đề nghị khen thưởng", also=("/nomination-files/",)),
            ),
            (
                can(actor, "awards.list_submission"),
                self._item("submission_list", icon="file-earmark-check", label="Hồ sơ trình"),
            ),
            (
                can(actor, "awards.appraise_nomination"),
                self._item("appraisal_list", icon="journal-check", label="Thẩm định"),
            ),
            (
                can(actor, "awards.list_decision"),
                self._item("decision_list", icon="file-earmark-check", label="Quyết định"),
            ),
            (can(actor, "awards.list_grant"), self._item("grant_list", icon="flag", label="Tra cứu khen thưởng")),
            (can(actor, "blocs.list_people"), self._item("people_list", icon="key", label="Người dùng")),
            (
                can(actor, "desk.import_workbook"),
                self._item("workbook_list", icon="upload", label="Nhập từ Excel", also=(reverse("parked_list"),)),
            ),
            (
                can(actor, "reports.list_document"),
                self._item("paper_list", icon="folder2-open", label="Văn bản", also=("/jobs/",)),
            ),
            (admin.site.has_permission(self.request), self._item("admin:index", icon="gear", label="Quản trị")),
            (True, self._guide()),
        ]

    def _guide(self) -> NavItem:
        """Return the entry of the guide, which opens at the chapter about this page."""
        item = self._item("guide", icon="question-circle", label="Hướng dẫn sử dụng")
        match = self.request.resolver_match
        chapter = chapter_of(match.url_name or "") if match else None
        return replace(item, url=reverse("guide_chapter", args=[chapter.slug])) if chapter else item

    def _item(self, name: str, *, icon: str, label: str, exact: bool = False, also: tuple[str, ...] = ()) -> NavItem:
        """Return an entry; it is the current one on the pages under its address, and under `also`."""
        url = reverse(name)
        path = self.request.path
        return NavItem(url, icon, label, path == url if exact else path.startswith((url, *also)))


def shell_of(request: HttpRequest) -> Shell:
    """Return the request's shell, made once."""
    holder: Any = request
    if not hasattr(holder, "shell"):
        holder.shell = Shell(request)
    return holder.shell


def _with_province(years: QuerySet[EmulationYear]) -> QuerySet[EmulationYear]:
    province = Province.objects.filter(pk=1)
    return years.annotate(**{f"province_{name}": Subquery(province.values(name)[:1]) for name in _SHOWN})
