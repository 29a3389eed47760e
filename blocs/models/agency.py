"""The agency, its dated names, and its membership in a bloc's year."""

from typing import Self

from django.db import models
from django.db.models import Case, F, Q, Value, When

from blocs.domain.locality import shown
from blocs.enums import AgencyKind, HeaderStyle
from blocs.models.bloc import BlocYear, Subgroup
from emulation.core.access import Actor
from emulation.core.fields import CharField
from emulation.core.models import Stamped
from emulation.core.vietnamese import fold, sort_key


class AgencyQuerySet(models.QuerySet["Agency"]):
    """Which agencies."""

    def visible_to(self, actor: Actor) -> Self:
        """Keep what the actor may know of: everybody with an open seat knows the agencies of the province."""
        return self if actor.scope.has_seat else self.none()

    def in_order(self) -> Self:
        """Order by name the Vietnamese way."""
        return self.order_by("sort_key", "pk")

    def own_first(self) -> Self:
        """Order the agencies of this province before those of other places that sources speak of."""
        return self.order_by(Case(When(locality="", then=Value(0)), default=Value(1)), "sort_key", "pk")


class Agency(Stamped):
    """The identity of an agency. `name` repeats its open dated name and is written with it, by `services.agencies`.

    `ended_on`: its last day, when it was merged, divided or dissolved. Its last name stays the open one: it was never
    called anything else, and papers of its years go on naming it.
    """

    code = CharField("mã định danh", max_length=40, null=True, blank=True, unique=True)
    name = CharField("tên đơn vị", max_length=300)
    kind = models.CharField("loại", max_length=12, choices=AgencyKind.choices, default=AgencyKind.OTHER)
    locality = CharField(
        "địa phương",
        max_length=100,
        blank=True,
        help_text="Để trống nếu thuộc tỉnh này; “không nêu” nếu nguồn không ghi",
    )
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="units", verbose_name="đơn vị cấp trên"
    )
    phone = CharField("điện thoại", max_length=40, blank=True)
    ended_on = models.DateField("hoạt động đến hết ngày", null=True, blank=True)
    search_key = models.CharField("khóa tìm", max_length=2000, editable=False, default="")
    sort_key = models.CharField("khóa xếp", max_length=400, editable=False, default="")

    objects = AgencyQuerySet.as_manager()

    class Meta:
        verbose_name = "đơn vị"
        verbose_name_plural = "đơn vị"
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="blocs_agency_has_name"),
            models.CheckConstraint(condition=~Q(parent=F("pk")), name="blocs_agency_not_own_parent"),
        ]
        indexes = [
            models.Index(fields=["sort_key"], name="blocs_agency_sort"),
            models.Index(fields=["name", "locality"], name="blocs_agency_name"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def place_words(self) -> str:
        """Return its locality as screens say it, "" for this province."""
        return shown(self.locality)

    def set_keys(self, names: list[str]) -> None:
        """Set the columns that search and order read; every name it ever had is found."""
        self.search_key = " ".join(dict.fromkeys(fold(name) for name in [self.name, *names, self.code or ""]))[:2000]
        self.sort_key = sort_key(self.name)


class AgencyName(Stamped):
    """What an agency was called from a date to a date, and how its papers are headed."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="names", verbose_name="đơn vị")
    full = CharField("tên đầy đủ", max_length=300)
    short = CharField("tên viết tắt", max_length=60, blank=True)
    superior = CharField("cơ quan chủ quản", max_length=300, blank=True)
    place = CharField("địa danh", max_length=100, blank=True)
    header_style = models.CharField("thể thức", max_length=6, choices=HeaderStyle.choices, default=HeaderStyle.STATE)
    valid_from = models.DateField("từ ngày", null=True, blank=True)
    valid_to = models.DateField("đến ngày", null=True, blank=True)

    class Meta:
        verbose_name = "tên của đơn vị"
        verbose_name_plural = "tên của đơn vị"
        constraints = [
            models.UniqueConstraint(
                fields=["agency"], condition=Q(valid_to__isnull=True), name="blocs_agencyname_one_open"
            ),
            models.CheckConstraint(
                condition=Q(valid_from__isnull=True) | Q(valid_to__isnull=True) | Q(valid_from__lte=F("valid_to")),
                name="blocs_agencyname_dates",
            ),
        ]

    def __str__(self) -> str:
        return self.full


class MembershipQuerySet(models.QuerySet["Membership"]):
    """Which memberships."""

    def in_order(self) -> Self:
        """Order as the decision lists them: by group, then by place in the list."""
        return self.order_by(F("subgroup__position").asc(nulls_last=True), "position", "pk")


class Membership(Stamped):
    """An agency in a bloc's year, under the name it bore when it joined, so that old papers print the same for ever."""

    bloc_year = models.ForeignKey(BlocYear, models.PROTECT, related_name="memberships", verbose_name="khối trong năm")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="memberships", verbose_name="đơn vị")
    name = models.ForeignKey(AgencyName, models.PROTECT, related_name="+", verbose_name="tên khi tham gia")
    subgroup = models.ForeignKey(
        Subgroup, models.PROTECT, null=True, blank=True, related_name="memberships", verbose_name="nhóm"
    )
    position = models.PositiveIntegerField("thứ tự")
    joined_on = models.DateField("từ ngày", null=True, blank=True)
    left_on = models.DateField("đến ngày", null=True, blank=True)
    is_voting = models.BooleanField("được bỏ phiếu", default=True)
    is_scored = models.BooleanField("được chấm điểm", default=True)
    is_ranked = models.BooleanField("được xếp hạng", default=True)
    counts_for_quota = models.BooleanField("tính vào số lượng phân bổ", default=True)
    also_in = CharField("cũng thuộc cụm, khối khác", max_length=300, blank=True)
    note = CharField("ghi chú", max_length=300, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = "đơn vị thành viên"
        verbose_name_plural = "đơn vị thành viên"
        constraints = [
            models.UniqueConstraint(fields=["bloc_year", "agency"], name="blocs_membership_agency"),
            models.CheckConstraint(
                condition=Q(joined_on__isnull=True) | Q(left_on__isnull=True) | Q(joined_on__lte=F("left_on")),
                name="blocs_membership_dates",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}"
