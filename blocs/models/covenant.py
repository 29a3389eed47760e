"""What a bloc promised for its year."""

from django.db import models
from django.db.models import Q

from blocs.enums import TargetDirection
from blocs.models.bloc import BlocYear
from emulation.core.fields import CharField
from emulation.core.models import Stamped


class Target(Stamped):
    """One measurable target of the covenant. `planned` is empty when the source gives words only (`planned_text`)."""

    bloc_year = models.ForeignKey(BlocYear, models.PROTECT, related_name="targets", verbose_name="khối trong năm")
    number = models.PositiveIntegerField("số thứ tự")
    indicator = CharField("chỉ tiêu", max_length=500)
    unit = CharField("đơn vị tính", max_length=60, blank=True)
    direction = models.CharField("chiều", max_length=6, choices=TargetDirection.choices, default=TargetDirection.HIGHER)
    planned = models.DecimalField("kế hoạch", max_digits=18, decimal_places=4, null=True, blank=True)
    planned_text = CharField("kế hoạch (bằng chữ)", max_length=300, blank=True)

    class Meta:
        verbose_name = "chỉ tiêu giao ước"
        verbose_name_plural = "chỉ tiêu giao ước"
        constraints = [
            models.UniqueConstraint(fields=["bloc_year", "number"], name="blocs_target_number"),
            models.CheckConstraint(condition=~Q(indicator=""), name="blocs_target_has_indicator"),
        ]

    def __str__(self) -> str:
        return self.indicator
