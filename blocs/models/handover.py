"""Handing the leadership of a bloc over: from whom to whom, which files and things."""

from django.db import models
from django.db.models import F, Q

from blocs.enums import HandoverState
from blocs.models.agency import Agency, AgencyName
from blocs.models.bloc import BlocYear
from emulation.core.fields import CharField, TextField
from emulation.core.models import SignedPaper, Stamped


class Handover(Stamped):
    """The record ("biên bản bàn giao") of one handing over; `bloc_year` is the year whose leader hands over."""

    bloc_year = models.ForeignKey(BlocYear, models.PROTECT, related_name="handovers", verbose_name="khối trong năm")
    giver = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name="bên giao")
    giver_name = models.ForeignKey(AgencyName, models.PROTECT, related_name="+", verbose_name="tên bên giao")
    receiver = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name="bên nhận")
    receiver_name = models.ForeignKey(AgencyName, models.PROTECT, related_name="+", verbose_name="tên bên nhận")
    state = models.CharField("trạng thái", max_length=8, choices=HandoverState.choices, default=HandoverState.DRAFT)
    handed_on = models.DateField("ngày bàn giao", null=True, blank=True)
    place = CharField("tại", max_length=300, blank=True)
    note = TextField("ghi chú", blank=True)
    paper = models.ForeignKey(
        SignedPaper, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="biên bản đã ký"
    )

    class Meta:
        verbose_name = "bàn giao Trưởng khối"
        verbose_name_plural = "bàn giao Trưởng khối"
        constraints = [
            models.UniqueConstraint(fields=["bloc_year", "giver", "receiver"], name="blocs_handover_one"),
            models.CheckConstraint(condition=~Q(giver=F("receiver")), name="blocs_handover_two_sides"),
            models.CheckConstraint(
                condition=~Q(state=HandoverState.HANDED) | Q(handed_on__isnull=False), name="blocs_handover_has_day"
            ),
        ]

    def __str__(self) -> str:
        return f"Bàn giao từ {self.giver_name} sang {self.receiver_name}"

    @property
    def is_open(self) -> bool:
        """Whether it is still being prepared."""
        return self.state == HandoverState.DRAFT


class HandoverItem(Stamped):
    """One file or thing handed over."""

    handover = models.ForeignKey(Handover, models.PROTECT, related_name="items", verbose_name="bàn giao")
    number = models.PositiveIntegerField("số thứ tự")
    title = CharField("hồ sơ, tài sản", max_length=300)
    quantity = CharField("số lượng", max_length=60, blank=True)
    is_handed = models.BooleanField("đã giao", default=True)
    note = CharField("ghi chú", max_length=300, blank=True)

    class Meta:
        verbose_name = "mục bàn giao"
        verbose_name_plural = "mục bàn giao"
        constraints = [
            models.UniqueConstraint(fields=["handover", "number"], name="blocs_handoveritem_number"),
            models.CheckConstraint(condition=~Q(title=""), name="blocs_handoveritem_has_title"),
        ]

    def __str__(self) -> str:
        return self.title
