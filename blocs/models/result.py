"""What a source states about a bloc's year, word for word: not yet a standing, a nomination or a grant."""

from django.db import models
from django.db.models import F, Q

from blocs.enums import ResultStage
from blocs.models.agency import Agency, AgencyName
from blocs.models.bloc import BlocYear
from emulation.core.fields import CharField
from emulation.core.models import Stamped


class ReportedPlace(Stamped):
    """A place a source gives an agency; two may share one."""

    bloc_year = models.ForeignKey(BlocYear, models.PROTECT, related_name="places", verbose_name="khối trong năm")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name="đơn vị")
    name = models.ForeignKey(AgencyName, models.PROTECT, related_name="+", verbose_name="tên theo nguồn")
    place = models.PositiveIntegerField("hạng")

    class Meta:
        verbose_name = "thứ hạng theo nguồn"
        verbose_name_plural = "thứ hạng theo nguồn"
        constraints = [
            models.UniqueConstraint(fields=["bloc_year", "agency"], name="blocs_reportedplace_agency"),
            models.CheckConstraint(condition=Q(place__gte=1), name="blocs_reportedplace_from_1"),
        ]

    def __str__(self) -> str:
        return f"{self.place}. {self.name}"


class ReportedResult(Stamped):
    """An award a source says was proposed or received: by an agency, or by so many collectives without names."""

    bloc_year = models.ForeignKey(BlocYear, models.PROTECT, related_name="results", verbose_name="khối trong năm")
    number = models.PositiveIntegerField("thứ tự")
    agency = models.ForeignKey(
        Agency, models.PROTECT, null=True, blank=True, related_name="reported_results", verbose_name="đơn vị"
    )
    name = models.ForeignKey(
        AgencyName, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="tên theo nguồn"
    )
    how_many = models.PositiveIntegerField("số tập thể", null=True, blank=True)
    award_text = CharField("danh hiệu, hình thức theo nguồn", max_length=300)
    stage = models.CharField("đề nghị hay đã nhận", max_length=8, choices=ResultStage.choices)
    note = CharField("ghi chú", max_length=300, blank=True)

    class Meta:
        verbose_name = "kết quả khen thưởng theo nguồn"
        verbose_name_plural = "kết quả khen thưởng theo nguồn"
        constraints = [
            models.UniqueConstraint(fields=["bloc_year", "number"], name="blocs_reportedresult_number"),
            models.CheckConstraint(condition=~Q(award_text=""), name="blocs_reportedresult_has_award"),
            models.CheckConstraint(
                condition=Q(agency__isnull=True) | Q(how_many__isnull=True), name="blocs_reportedresult_one_or_many"
            ),
            models.CheckConstraint(
                condition=Q(agency__isnull=True, name__isnull=True) | Q(agency__isnull=False, name__isnull=False),
                name="blocs_reportedresult_name_pair",
            ),
        ]

    def __str__(self) -> str:
        return self.award_text


class ReportedFigure(Stamped):
    """A figure a source states, as a part of a whole or alone: "9/9 cơ quan hoàn thành tốt nhiệm vụ"."""

    bloc_year = models.ForeignKey(BlocYear, models.PROTECT, related_name="figures", verbose_name="khối trong năm")
    number = models.PositiveIntegerField("thứ tự")
    label = CharField("nội dung", max_length=300)
    part = models.PositiveIntegerField("số đạt", null=True, blank=True)
    whole = models.PositiveIntegerField("trên tổng số", null=True, blank=True)
    note = CharField("ghi chú", max_length=300, blank=True)

    class Meta:
        verbose_name = "số liệu theo nguồn"
        verbose_name_plural = "số liệu theo nguồn"
        constraints = [
            models.UniqueConstraint(fields=["bloc_year", "number"], name="blocs_reportedfigure_number"),
            models.CheckConstraint(
                condition=Q(part__isnull=True) | Q(whole__isnull=True) | Q(part__lte=F("whole")),
                name="blocs_reportedfigure_part_within_whole",
            ),
        ]

    def __str__(self) -> str:
        return self.label
