"""Titles and commendations as data: identity only, with source and date; no condition is claimed here."""

import datetime as dt
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from awards.enums import ABOVE_PROVINCE, AwardLevel, AwardNature, BasisUse
from emulation.core.fields import CharField
from emulation.core.models import Stamped


class Dated(models.QuerySet):
    """Rows that hold from a day to a day."""

    def valid_on(self, day: dt.date) -> Self:
        """Keep what holds on that day; an open end holds for ever."""
        return self.filter(
            Q(valid_from__isnull=True) | Q(valid_from__lte=day), Q(valid_to__isnull=True) | Q(valid_to__gte=day)
        )


class SubjectKind(Stamped):
    """Whom an award may be given to: persons, collectives, households …; rows, for the law may add some (LAW 1.1)."""

    slug = models.CharField("mã", max_length=30, unique=True)
    name = CharField("tên", max_length=100)
    is_person = models.BooleanField("là cá nhân", default=False)
    position = models.PositiveIntegerField("thứ tự", default=0)

    class Meta:
        verbose_name = "loại đối tượng"
        verbose_name_plural = "loại đối tượng"

    def __str__(self) -> str:
        return str(self.name)


class CommendationKind(Stamped):
    """Why an award is given: công trạng, đột xuất, theo chuyên đề …; an open table (LAW 1.1)."""

    slug = models.CharField("mã", max_length=30, unique=True)
    name = CharField("tên", max_length=150)
    source = CharField("nguồn", max_length=300, blank=True)
    position = models.PositiveIntegerField("thứ tự", default=0)

    class Meta:
        verbose_name = "loại hình khen thưởng"
        verbose_name_plural = "loại hình khen thưởng"

    def __str__(self) -> str:
        return str(self.name)


class AwardKindQuerySet(models.QuerySet["AwardKind"]):
    """Which awards."""

    def in_order(self) -> Self:
        """Order as the catalogue lists them: titles first, the highest level first."""
        return self.order_by("position", "pk")

    def usable(self) -> Self:
        """Keep what may be nominated for today."""
        return self.filter(is_active=True)

    def for_decision(self, *, is_person: bool) -> Self:
        """Keep what a decision of the province may give such a subject: nothing that is conferred above it."""
        fit = self.usable().filter(subjects__is_person=is_person).exclude(level__in=ABOVE_PROVINCE)
        return fit.distinct().in_order()


class AwardKind(Stamped):
    """One title or commendation of the law, known by its slug; `local_name`: how this province calls it."""

    slug = models.CharField("mã", max_length=30, unique=True)
    name = CharField("tên theo luật", max_length=300)
    local_name = CharField(
        "tên dùng trong tỉnh", max_length=300, blank=True, help_text="Để trống nếu dùng tên theo luật"
    )
    nature = models.CharField("loại", max_length=13, choices=AwardNature.choices)
    level = models.CharField("cấp tặng", max_length=12, choices=AwardLevel.choices)
    conferrer = CharField("thẩm quyền quyết định", max_length=300, blank=True)
    rhythm = CharField("định kỳ", max_length=200, blank=True)
    law = CharField("căn cứ", max_length=300, blank=True)
    subjects = models.ManyToManyField(SubjectKind, related_name="awards", verbose_name="đối tượng")
    lower = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="xét thay khi cấp trên không tặng"
    )
    is_active = models.BooleanField("đang dùng", default=True)
    position = models.PositiveIntegerField("thứ tự", default=0)

    objects = AwardKindQuerySet.as_manager()

    class Meta:
        verbose_name = "danh hiệu, hình thức khen thưởng"
        verbose_name_plural = "danh hiệu, hình thức khen thưởng"
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="awards_awardkind_has_name"),
            models.CheckConstraint(condition=~Q(lower=F("pk")), name="awards_awardkind_not_own_lower"),
        ]

    def __str__(self) -> str:
        return str(self.local_name or self.name)

    @property
    def is_title(self) -> bool:
        """Whether it is a title (danh hiệu thi đua), not a commendation."""
        return self.nature == AwardNature.TITLE

    @property
    def is_above_province(self) -> bool:
        """Whether somebody above the province confers it."""
        return self.level in ABOVE_PROVINCE


class RequiredPaper(Stamped):
    """One paper a dossier for an award holds (LAW 1.6): the checklist; a missing one warns and never blocks."""

    award = models.ForeignKey(AwardKind, models.PROTECT, related_name="papers", verbose_name="danh hiệu, hình thức")
    title = CharField("giấy tờ", max_length=200)
    for_person = models.BooleanField("cần với cá nhân", default=True)
    for_collective = models.BooleanField("cần với tập thể", default=True)
    source = CharField("nguồn", max_length=300, blank=True)
    position = models.PositiveIntegerField("thứ tự", default=0)

    class Meta:
        verbose_name = "giấy tờ của hồ sơ"
        verbose_name_plural = "giấy tờ của hồ sơ"
        constraints = [models.UniqueConstraint(fields=["award", "title"], name="awards_requiredpaper_one")]

    def __str__(self) -> str:
        return str(self.title)


class LegalDocument(Stamped):
    """A law, decree, circular, or the province's own decision, from when to when it holds (LAW 0.1)."""

    slug = models.CharField("mã", max_length=40, unique=True)
    number = CharField("số, ký hiệu", max_length=100)
    title = CharField("tên văn bản", max_length=400)
    issued_on = models.DateField("ngày ban hành", null=True, blank=True)
    valid_from = models.DateField("có hiệu lực từ", null=True, blank=True)
    valid_to = models.DateField("hết hiệu lực sau ngày", null=True, blank=True)
    source = CharField("nguồn", max_length=300, blank=True)
    verified_at = models.DateTimeField("lúc đối chiếu văn bản gốc", null=True, blank=True)
    verified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="người đối chiếu",
    )

    objects = Dated.as_manager()

    class Meta:
        verbose_name = "văn bản pháp luật"
        verbose_name_plural = "văn bản pháp luật"
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_from__isnull=True) | Q(valid_to__isnull=True) | Q(valid_from__lte=F("valid_to")),
                name="awards_legaldocument_dates",
            ),
            models.CheckConstraint(
                condition=Q(verified_at__isnull=True, verified_by__isnull=True)
                | Q(verified_at__isnull=False, verified_by__isnull=False),
                name="awards_legaldocument_verified_pair",
            ),
        ]

    def __str__(self) -> str:
        return str(self.number)


class LegalBasis(Stamped):
    """One line "Căn cứ …;" of a kind of paper, printed on papers dated between its days, in its order (DESIGN 9)."""

    use = models.CharField("dùng cho", max_length=9, choices=BasisUse.choices)
    text = CharField("dòng căn cứ", max_length=500)
    document = models.ForeignKey(
        LegalDocument, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="văn bản"
    )
    valid_from = models.DateField("dùng từ ngày", null=True, blank=True)
    valid_to = models.DateField("dùng đến ngày", null=True, blank=True)
    position = models.PositiveIntegerField("thứ tự", default=0)

    objects = Dated.as_manager()

    class Meta:
        verbose_name = "dòng căn cứ"
        verbose_name_plural = "dòng căn cứ"
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="awards_legalbasis_has_text"),
            models.CheckConstraint(
                condition=Q(valid_from__isnull=True) | Q(valid_to__isnull=True) | Q(valid_from__lte=F("valid_to")),
                name="awards_legalbasis_dates",
            ),
        ]

    def __str__(self) -> str:
        return str(self.text)
