"""The seat: in which capacity a person acts, for whom, from when to when."""

import datetime as dt
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from blocs.enums import SeatCapacity, SignsAs
from blocs.models.agency import Agency
from blocs.models.bloc import EmulationYear
from emulation.core.fields import CharField
from emulation.core.models import Stamped

AGENCY_CAPACITIES = (SeatCapacity.OFFICER, SeatCapacity.ACCOUNT_MANAGER, SeatCapacity.SIGNER)


class SeatQuerySet(models.QuerySet["Seat"]):
    """Which seats."""

    def open_on(self, day: dt.date) -> Self:
        """Keep the seats somebody sits in on that day."""
        return self.lasting(day).filter(starts_on__lte=day)

    def lasting(self, day: dt.date) -> Self:
        """Keep the seats that have not ended on that day, those that begin later among them."""
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=day))


class Seat(Stamped):
    """A person acting in one capacity. An agency may have several signers, or none for a while."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="seats", verbose_name="tài khoản")
    capacity = models.CharField("tư cách", max_length=16, choices=SeatCapacity.choices)
    agency = models.ForeignKey(
        Agency, models.PROTECT, null=True, blank=True, related_name="seats", verbose_name="đơn vị"
    )
    title = CharField("chức danh", max_length=150, help_text="Ví dụ: Phó Giám đốc")
    signs_as = models.CharField("ký với tư cách", max_length=10, choices=SignsAs.choices, blank=True)
    starts_on = models.DateField("từ ngày")
    ends_on = models.DateField("đến ngày", null=True, blank=True)

    objects = SeatQuerySet.as_manager()

    class Meta:
        verbose_name = "vị trí"
        verbose_name_plural = "vị trí"
        constraints = [
            models.UniqueConstraint(
                fields=["user", "capacity", "agency"], condition=Q(ends_on__isnull=True), name="blocs_seat_one_open"
            ),
            models.CheckConstraint(
                condition=Q(capacity__in=AGENCY_CAPACITIES, agency__isnull=False)
                | (~Q(capacity__in=AGENCY_CAPACITIES) & Q(agency__isnull=True)),
                name="blocs_seat_agency_fits",
            ),
            models.CheckConstraint(
                condition=Q(capacity=SeatCapacity.SIGNER) & ~Q(signs_as="")
                | ~Q(capacity=SeatCapacity.SIGNER) & Q(signs_as=""),
                name="blocs_seat_signer_words",
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(starts_on__lte=F("ends_on")), name="blocs_seat_dates"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}, {self.title}"

    def has_ended(self, day: dt.date) -> bool:
        """Whether nobody sits in it any more on that day."""
        return self.ends_on is not None and self.ends_on < day


class SeatConfirmation(Stamped):
    """That a seat still is its person's, said once a year by who manages the agency's accounts."""

    seat = models.ForeignKey(Seat, models.PROTECT, related_name="confirmations", verbose_name="vị trí")
    year = models.ForeignKey(EmulationYear, models.PROTECT, related_name="+", verbose_name="năm thi đua")
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="người xác nhận"
    )
    confirmed_at = models.DateTimeField("lúc xác nhận")

    class Meta:
        verbose_name = "xác nhận tài khoản"
        verbose_name_plural = "xác nhận tài khoản"
        constraints = [models.UniqueConstraint(fields=["seat", "year"], name="blocs_seatconfirmation_one")]

    def __str__(self) -> str:
        return f"{self.seat}, {self.year}"
