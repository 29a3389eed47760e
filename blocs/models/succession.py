"""What happened to agencies (merged, split, renamed, dissolved, moved) and what became of each object it touched."""

from django.db import models
from django.db.models import Q

from blocs.enums import AgencyKind, SuccessionKind, SuccessionState
from blocs.enums import SuccessionSide as Side
from blocs.models.agency import Agency, AgencyName
from blocs.models.bloc import BlocYear
from emulation.core.fields import CharField, TextField
from emulation.core.models import SignedPaper, Stamped


class AgencySuccession(Stamped):
    """One change of agencies on one day by one decision. Awards stay with the legal person of their date.

    `to_bloc_year`: where a transferred agency goes.
    """

    kind = models.CharField("việc", max_length=8, choices=SuccessionKind.choices)
    state = models.CharField("trạng thái", max_length=9, choices=SuccessionState.choices, default=SuccessionState.DRAFT)
    happened_on = models.DateField("từ ngày")
    paper = models.ForeignKey(
        SignedPaper, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="quyết định"
    )
    to_bloc_year = models.ForeignKey(
        BlocYear, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="sang khối"
    )
    note = TextField("ghi chú", blank=True)

    class Meta:
        verbose_name = "sắp xếp đơn vị"
        verbose_name_plural = "sắp xếp đơn vị"
        constraints = [
            models.CheckConstraint(
                condition=Q(kind=SuccessionKind.TRANSFER) | Q(to_bloc_year__isnull=True),
                name="blocs_succession_only_transfer_moves",
            ),
            models.CheckConstraint(
                condition=~Q(state=SuccessionState.DONE) | Q(paper__isnull=False), name="blocs_succession_done_on_paper"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} từ {self.happened_on:%d/%m/%Y}"

    @property
    def is_open(self) -> bool:
        """Whether it is still being prepared."""
        return self.state == SuccessionState.DRAFT


class SuccessionParty(Stamped):
    """An agency on one side. A new one has a title only until the act creates it; `name`: what it was called then."""

    succession = models.ForeignKey(
        AgencySuccession, models.PROTECT, related_name="parties", verbose_name="sắp xếp đơn vị"
    )
    side = models.CharField("bên", max_length=3, choices=Side.choices)
    agency = models.ForeignKey(
        Agency, models.PROTECT, null=True, blank=True, related_name="successions", verbose_name="đơn vị"
    )
    name = models.ForeignKey(
        AgencyName, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="tên khi đó"
    )
    title = CharField("tên mới", max_length=300, blank=True)
    short = CharField("tên viết tắt", max_length=60, blank=True)
    kind = models.CharField("loại", max_length=12, choices=AgencyKind.choices, default=AgencyKind.OTHER)

    class Meta:
        verbose_name = "bên trong sắp xếp"
        verbose_name_plural = "bên trong sắp xếp"
        constraints = [
            models.UniqueConstraint(fields=["succession", "side", "agency"], name="blocs_successionparty_one"),
            models.CheckConstraint(
                condition=Q(agency__isnull=False) | Q(side=Side.NEW) & ~Q(title=""),
                name="blocs_successionparty_somebody",
            ),
        ]

    def __str__(self) -> str:
        return str(self.name or self.agency or self.title)


class SuccessionLine(Stamped):
    """What was decided about one object the change touched, kept in words for ever."""

    succession = models.ForeignKey(
        AgencySuccession, models.PROTECT, related_name="lines", verbose_name="sắp xếp đơn vị"
    )
    number = models.PositiveIntegerField("số thứ tự")
    part = models.CharField("phần", max_length=30)
    subject_label = models.CharField("loại đối tượng", max_length=60)
    subject_id = models.BigIntegerField("đối tượng")
    title = CharField("đối tượng (bằng chữ)", max_length=500)
    choice = models.CharField("lựa chọn", max_length=30)
    outcome = CharField("kết quả", max_length=500)

    class Meta:
        verbose_name = "đối tượng trong sắp xếp"
        verbose_name_plural = "đối tượng trong sắp xếp"
        constraints = [models.UniqueConstraint(fields=["succession", "number"], name="blocs_successionline_number")]

    def __str__(self) -> str:
        return f"{self.title}: {self.outcome}"
