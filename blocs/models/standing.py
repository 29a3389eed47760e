"""The standing of a bloc's year: versions, each with the place of every member."""

from typing import Self

from django.db import models
from django.db.models import Q

from blocs.enums import StandingState
from blocs.models.agency import Membership
from blocs.models.bloc import BlocYear
from emulation.core.access import Actor
from emulation.core.fields import CharField, TextField
from emulation.core.models import SignedPaper, Stamped


class StandingQuerySet(models.QuerySet["Standing"]):
    """Which standings."""

    def visible_to(self, actor: Actor) -> Self:
        """Keep what the actor may know of; the same as `rules.reads_standing`."""
        scope = actor.scope
        if scope.is_board:
            return self
        if not scope.has_seat:
            return self.none()
        early = scope.leads | scope.deputises | scope.monitors
        return self.filter(Q(bloc_year__in=early) | ~Q(state=StandingState.PROVISIONAL))


class Standing(Stamped):
    """One version of the places a meeting agreed on. Published it is a wall: a correction is the next version.

    `decided_on`: the day of the meeting. `reason`, `signer_name`, `signer_title`: why and by whom a later version was
    signed. `is_by_group`: each group of the bloc is ranked apart.
    """

    bloc_year = models.ForeignKey(BlocYear, models.PROTECT, related_name="standings", verbose_name="khối trong năm")
    version = models.PositiveIntegerField("phiên bản")
    state = models.CharField(
        "trạng thái", max_length=12, choices=StandingState.choices, default=StandingState.PROVISIONAL
    )
    decided_on = models.DateField("ngày bình xét", null=True, blank=True)
    is_by_group = models.BooleanField("xếp hạng theo nhóm", default=False)
    note = TextField("ghi chú", blank=True)
    reason = TextField("lý do sửa", blank=True)
    signer_name = CharField("người ký", max_length=150, blank=True)
    signer_title = CharField("chức danh người ký", max_length=150, blank=True)
    published_at = models.DateTimeField("lúc công bố", null=True, blank=True)
    paper = models.ForeignKey(
        SignedPaper, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="thông báo đã ký"
    )

    objects = StandingQuerySet.as_manager()

    class Meta:
        verbose_name = "kết quả xếp hạng"
        verbose_name_plural = "kết quả xếp hạng"
        constraints = [
            models.UniqueConstraint(fields=["bloc_year", "version"], name="blocs_standing_version"),
            models.UniqueConstraint(
                fields=["bloc_year"],
                condition=Q(state=StandingState.PROVISIONAL),
                name="blocs_standing_one_provisional",
            ),
            models.UniqueConstraint(
                fields=["bloc_year"], condition=Q(state=StandingState.PUBLISHED), name="blocs_standing_one_published"
            ),
            models.CheckConstraint(condition=Q(version__gte=1), name="blocs_standing_version_from_1"),
            models.CheckConstraint(condition=Q(version=1) | ~Q(reason=""), name="blocs_standing_correction_has_reason"),
            models.CheckConstraint(
                condition=~Q(state__in=[StandingState.PUBLISHED, StandingState.SUPERSEDED])
                | Q(published_at__isnull=False, decided_on__isnull=False),
                name="blocs_standing_published_has_time",
            ),
            models.CheckConstraint(
                condition=~Q(state=StandingState.PUBLISHED) | Q(version=1) | ~Q(signer_name="") & ~Q(signer_title=""),
                name="blocs_standing_correction_has_signer",
            ),
        ]

    def __str__(self) -> str:
        return f"Kết quả xếp hạng, phiên bản {self.version}"

    @property
    def is_provisional(self) -> bool:
        """Whether places may still be entered."""
        return self.state == StandingState.PROVISIONAL

    @property
    def is_published(self) -> bool:
        """Whether it is the version that holds."""
        return self.state == StandingState.PUBLISHED


class Place(Stamped):
    """The place of one member; several may share one, and a member may have none (`remark` says why)."""

    standing = models.ForeignKey(Standing, models.PROTECT, related_name="places", verbose_name="kết quả xếp hạng")
    membership = models.ForeignKey(Membership, models.PROTECT, related_name="places", verbose_name="đơn vị thành viên")
    place = models.PositiveIntegerField("hạng", null=True, blank=True)
    points = models.DecimalField("điểm", max_digits=9, decimal_places=3, null=True, blank=True)
    proposal = CharField("Khối đề nghị", max_length=300, blank=True)
    remark = CharField("ghi chú", max_length=300, blank=True)

    class Meta:
        verbose_name = "hạng của đơn vị"
        verbose_name_plural = "hạng của đơn vị"
        constraints = [
            models.UniqueConstraint(fields=["standing", "membership"], name="blocs_place_one"),
            models.CheckConstraint(condition=Q(place__isnull=True) | Q(place__gte=1), name="blocs_place_from_1"),
        ]

    def __str__(self) -> str:
        return f"{self.place or '–'}. {self.membership}"
