"""The papers a bloc passes each year: plan, rules, covenant, draft of the report, each in versions."""

from typing import Self

from django.db import models
from django.db.models import Q

from blocs.enums import PaperChange, PaperKind, PaperState
from blocs.models.bloc import BlocYear
from emulation.core.access import Actor
from emulation.core.fields import CharField, TextField
from emulation.core.models import SignedPaper, Stamped, StoredFile

OPEN_STATES = (PaperState.DRAFT, PaperState.CIRCULATED, PaperState.SIGNING)
IN_FORCE = (PaperState.PASSED, PaperState.SIGNED)


class BlocPaperQuerySet(models.QuerySet["BlocPaper"]):
    """Which papers of blocs."""

    def visible_to(self, actor: Actor) -> Self:
        """Keep what the actor may know of; the same as `rules.reads_paper`."""
        scope = actor.scope
        if scope.is_board:
            return self
        runs = scope.leads | scope.deputises
        reads = scope.member_of | scope.monitors | scope.inherits
        return self.filter(Q(bloc_year__in=runs) | Q(bloc_year__in=reads) & ~Q(state=PaperState.DRAFT))

    def in_order(self) -> Self:
        """Order by kind, the newest version first."""
        return self.order_by("kind", "-version")


class BlocPaper(Stamped):
    """One version of a paper of a bloc's year: a body typed here, or a file made elsewhere.

    `passed_on`: the day it was passed (plan, rules) or signed (covenant). `paper`: its signed form with số and ngày.
    `none_reason`: why the bloc has no such paper. `reason`: why a later version was needed.
    """

    bloc_year = models.ForeignKey(BlocYear, models.PROTECT, related_name="papers", verbose_name="khối trong năm")
    kind = models.CharField("loại", max_length=20, choices=PaperKind.choices)
    version = models.PositiveIntegerField("phiên bản")
    change = models.CharField("so với bản trước", max_length=10, choices=PaperChange.choices, default=PaperChange.FIRST)
    state = models.CharField("trạng thái", max_length=10, choices=PaperState.choices, default=PaperState.DRAFT)
    title = CharField("tên văn bản", max_length=300)
    body = TextField("nội dung", blank=True)
    file = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="tệp dự thảo"
    )
    passed_on = models.DateField("ngày thông qua, ngày ký", null=True, blank=True)
    paper = models.ForeignKey(
        SignedPaper, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="bản ký"
    )
    reason = TextField("lý do sửa đổi", blank=True)
    none_reason = TextField("lý do không có", blank=True)

    objects = BlocPaperQuerySet.as_manager()

    class Meta:
        verbose_name = "văn bản của khối"
        verbose_name_plural = "văn bản của khối"
        constraints = [
            models.UniqueConstraint(fields=["bloc_year", "kind", "version"], name="blocs_blocpaper_version"),
            models.UniqueConstraint(
                fields=["bloc_year", "kind"], condition=Q(state__in=OPEN_STATES), name="blocs_blocpaper_one_open"
            ),
            models.UniqueConstraint(
                fields=["bloc_year", "kind"], condition=Q(state__in=IN_FORCE), name="blocs_blocpaper_one_in_force"
            ),
            models.CheckConstraint(condition=Q(version__gte=1), name="blocs_blocpaper_version_from_1"),
            models.CheckConstraint(
                condition=Q(version=1, change=PaperChange.FIRST) | Q(version__gt=1) & ~Q(change=PaperChange.FIRST),
                name="blocs_blocpaper_first_is_first",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=IN_FORCE) | Q(passed_on__isnull=False), name="blocs_blocpaper_in_force_has_day"
            ),
            models.CheckConstraint(
                condition=~Q(state=PaperState.NONE) | ~Q(none_reason=""), name="blocs_blocpaper_none_has_reason"
            ),
            models.CheckConstraint(
                condition=Q(kind=PaperKind.COVENANT) & ~Q(state=PaperState.PASSED)
                | ~Q(kind=PaperKind.COVENANT) & ~Q(state__in=[PaperState.SIGNING, PaperState.SIGNED]),
                name="blocs_blocpaper_state_fits_kind",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}, phiên bản {self.version}"

    @property
    def is_open(self) -> bool:
        """Whether it is still being made."""
        return self.state in OPEN_STATES

    @property
    def is_in_force(self) -> bool:
        """Whether it is the version that holds."""
        return self.state in IN_FORCE

    @property
    def is_covenant(self) -> bool:
        """Whether it is the covenant, which is signed by each member."""
        return self.kind == PaperKind.COVENANT
