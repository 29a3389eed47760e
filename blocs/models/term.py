"""Who leads a bloc's year, and whom the year's meeting named for the next."""

from django.db import models
from django.db.models import F, Q

from blocs.enums import LeadershipRole
from blocs.models.agency import Agency, AgencyName
from blocs.models.bloc import BlocYear
from emulation.core.fields import CharField
from emulation.core.models import SignedPaper, Stamped


class LeadershipTerm(Stamped):
    """An agency leading or deputising in a bloc's year; it acts from its election, recognition may come later."""

    bloc_year = models.ForeignKey(BlocYear, models.PROTECT, related_name="terms", verbose_name="khối trong năm")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="leadership_terms", verbose_name="đơn vị")
    name = models.ForeignKey(AgencyName, models.PROTECT, related_name="+", verbose_name="tên khi nhận nhiệm vụ")
    role = models.CharField("vai trò", max_length=8, choices=LeadershipRole.choices)
    elected_on = models.DateField("ngày bầu", null=True, blank=True)
    recognised_on = models.DateField("ngày công nhận", null=True, blank=True)
    recognised_paper = models.ForeignKey(
        SignedPaper, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="quyết định công nhận"
    )
    stands_in_from = models.DateField("điều hành thay Trưởng khối từ ngày", null=True, blank=True)
    ends_on = models.DateField("đến ngày", null=True, blank=True)
    end_reason = CharField("lý do kết thúc", max_length=300, blank=True)

    class Meta:
        verbose_name = "nhiệm kỳ lãnh đạo khối"
        verbose_name_plural = "nhiệm kỳ lãnh đạo khối"
        constraints = [
            models.UniqueConstraint(
                fields=["bloc_year"],
                condition=Q(ends_on__isnull=True, role=LeadershipRole.LEADER),
                name="blocs_term_one_open_leader",
            ),
            models.UniqueConstraint(
                fields=["bloc_year", "agency"], condition=Q(ends_on__isnull=True), name="blocs_term_one_open_per_agency"
            ),
            models.CheckConstraint(
                condition=Q(elected_on__isnull=True) | Q(ends_on__isnull=True) | Q(elected_on__lte=F("ends_on")),
                name="blocs_term_dates",
            ),
            models.CheckConstraint(
                condition=Q(stands_in_from__isnull=True) | Q(role=LeadershipRole.DEPUTY),
                name="blocs_term_only_deputy_stands_in",
            ),
            models.UniqueConstraint(
                fields=["bloc_year"],
                condition=Q(ends_on__isnull=True, stands_in_from__isnull=False),
                name="blocs_term_one_stands_in",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()}: {self.name}"


class NextLeader(Stamped):
    """An agency the year's meeting chose or proposed to lead the next year; opening that year turns it into a term."""

    bloc_year = models.ForeignKey(BlocYear, models.PROTECT, related_name="next_leaders", verbose_name="khối trong năm")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name="đơn vị")
    name = models.ForeignKey(AgencyName, models.PROTECT, related_name="+", verbose_name="tên khi được chọn")
    role = models.CharField("vai trò", max_length=8, choices=LeadershipRole.choices)
    stated = CharField("cách ghi của nguồn", max_length=200, blank=True, help_text="Ví dụ: đề xuất, bầu, suy tôn")

    class Meta:
        verbose_name = "lãnh đạo khối năm sau"
        verbose_name_plural = "lãnh đạo khối năm sau"
        constraints = [
            models.UniqueConstraint(fields=["bloc_year", "agency"], name="blocs_nextleader_agency"),
            models.UniqueConstraint(
                fields=["bloc_year"], condition=Q(role=LeadershipRole.LEADER), name="blocs_nextleader_one_leader"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()} năm sau: {self.name}"
