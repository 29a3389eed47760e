"""Emulation movements of a bloc's year."""

from django.db import models

from blocs.enums import Launcher
from blocs.models.bloc import BlocYear
from emulation.core.fields import CharField
from emulation.core.models import Stamped


class Movement(Stamped):
    """A movement by its title; one a source names among the next year's tasks is marked so."""

    bloc_year = models.ForeignKey(BlocYear, models.PROTECT, related_name="movements", verbose_name="khối trong năm")
    number = models.PositiveIntegerField("thứ tự")
    title = CharField("tên phong trào", max_length=600)
    launched_by = models.CharField("cấp phát động", max_length=15, choices=Launcher.choices, default=Launcher.UNSTATED)
    is_next_year = models.BooleanField("thuộc phương hướng năm sau", default=False)

    class Meta:
        verbose_name = "phong trào thi đua"
        verbose_name_plural = "phong trào thi đua"
        constraints = [models.UniqueConstraint(fields=["bloc_year", "number"], name="blocs_movement_number")]

    def __str__(self) -> str:
        return self.title
