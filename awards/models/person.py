"""Persons who are nominated or were given an award: one person, one row."""

from typing import Self

from django.db import models
from django.db.models import Q

from blocs.models import Agency
from emulation.core.fields import CharField
from emulation.core.models import Stamped
from emulation.core.vietnamese import fold, sort_key


class PersonQuerySet(models.QuerySet["Person"]):
    """Which persons."""

    def in_order(self) -> Self:
        """Order by name the Vietnamese way."""
        return self.order_by("sort_key", "pk")


class Person(Stamped):
    """A person, as far as nominations need: name, position, agency; birth year and sex where they are known.

    Who may know of a person follows from the nominations and grants about them; there is no list of persons.
    """

    name = CharField("họ và tên", max_length=150)
    position = CharField("chức vụ", max_length=200, blank=True)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="persons", verbose_name="đơn vị")
    sex = models.CharField("giới tính", max_length=3, choices=[("nam", "Nam"), ("nu", "Nữ")], blank=True)
    birth_year = models.PositiveSmallIntegerField("năm sinh", null=True, blank=True)
    search_key = models.CharField("khóa tìm", max_length=400, editable=False, default="")
    sort_key = models.CharField("khóa xếp", max_length=400, editable=False, default="")

    objects = PersonQuerySet.as_manager()

    class Meta:
        verbose_name = "cá nhân"
        verbose_name_plural = "cá nhân"
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="awards_person_has_name"),
            models.CheckConstraint(
                condition=Q(birth_year__isnull=True) | Q(birth_year__gte=1900), name="awards_person_birth_year"
            ),
        ]
        indexes = [
            models.Index(fields=["sort_key"], name="awards_person_sort"),
            models.Index(fields=["search_key"], name="awards_person_search"),
        ]

    def __str__(self) -> str:
        return str(self.name)

    def set_keys(self) -> None:
        """Set the columns that search and order read."""
        self.search_key, self.sort_key = fold(self.name)[:400], sort_key(self.name)[:400]
