"""What the desk keeps of its own: uploaded bloc workbooks, and their rows that wait for a human."""

import json

from django.conf import settings
from django.db import models
from django.db.models import Q

from blocs.models import Agency, BlocYear
from emulation.core.fields import CharField, TextField
from emulation.core.models import Stamped, StoredFile


class BatchState(models.TextChoices):
    """Where an upload is."""

    PREVIEWED = "previewed", "Chờ xác nhận"
    CONFIRMED = "confirmed", "Đã nhập"
    DISCARDED = "discarded", "Đã bỏ"
    UNDONE = "undone", "Đã hoàn tác"


class ImportBatch(Stamped):
    """One uploaded bloc workbook. Its verdict is not stored: it is found again from the file each time it is shown.

    `written` is what it wrote, as `domain.written` packs it, so that it can be undone. An undone import whose bloc's
    year went with it has none.
    """

    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", verbose_name="tệp")
    state = models.CharField("trạng thái", max_length=10, choices=BatchState.choices, default=BatchState.PREVIEWED)
    bloc_year = models.ForeignKey(
        BlocYear, models.PROTECT, null=True, blank=True, related_name="batches", verbose_name="khối trong năm"
    )
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="người tải lên"
    )
    confirmed_at = models.DateTimeField("lúc nhập", null=True, blank=True)
    new_count = models.PositiveIntegerField("số dòng mới", default=0)
    changed_count = models.PositiveIntegerField("số dòng thay đổi", default=0)
    unchanged_count = models.PositiveIntegerField("số dòng không đổi", default=0)
    parked_count = models.PositiveIntegerField("số dòng chờ xử lý", default=0)
    written = models.TextField("các dòng đã ghi (JSON)", blank=True)
    undone_at = models.DateTimeField("lúc hoàn tác", null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="người hoàn tác"
    )
    undo_note = CharField("lý do hoàn tác", max_length=300, blank=True)

    class Meta:
        verbose_name = "lần nhập tệp của khối"
        verbose_name_plural = "lần nhập tệp của khối"
        constraints = [
            models.CheckConstraint(
                condition=Q(state=BatchState.CONFIRMED, confirmed_at__isnull=False, bloc_year__isnull=False)
                | Q(state=BatchState.UNDONE, confirmed_at__isnull=False)
                | Q(
                    state__in=[BatchState.PREVIEWED, BatchState.DISCARDED],
                    confirmed_at__isnull=True,
                    bloc_year__isnull=True,
                ),
                name="desk_importbatch_confirmed_has_time",
            ),
            models.CheckConstraint(
                condition=Q(state=BatchState.UNDONE, undone_at__isnull=False) & ~Q(undo_note="")
                | ~Q(state=BatchState.UNDONE) & Q(undone_at__isnull=True, undo_note=""),
                name="desk_importbatch_undone_has_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.file}"

    @property
    def look(self) -> str:
        """Return how its state looks on screen."""
        return {BatchState.PREVIEWED: "soon", BatchState.CONFIRMED: "ok"}.get(BatchState(self.state), "")

    @property
    def is_open(self) -> bool:
        """Whether it may still be confirmed."""
        return self.state == BatchState.PREVIEWED

    @property
    def may_be_undone(self) -> bool:
        """Whether it stands and what it wrote was kept."""
        return self.state == BatchState.CONFIRMED and bool(self.written)


class ParkedState(models.TextChoices):
    """What became of a row."""

    WAITING = "waiting", "Chờ xử lý"
    PLACED = "placed", "Đã nhập"
    DROPPED = "dropped", "Đã bỏ"
    REPLACED = "replaced", "Đã có ở lần nhập sau"
    UNDONE = "undone", "Đã hoàn tác cùng lần nhập"


class ParkedRow(Stamped):
    """A row of a confirmed workbook that waits: its agency is in doubt, or something in it is wrong.

    `cells` is JSON: {column key: [address, text]}, as the file had them; `placed_cells` as they went in.
    """

    batch = models.ForeignKey(ImportBatch, models.PROTECT, related_name="parked", verbose_name="lần nhập")
    sheet = models.CharField("trang tính", max_length=20)
    number = models.PositiveIntegerField("dòng")
    title = CharField("nội dung", max_length=700, blank=True)
    cells = models.TextField("các ô (JSON)")
    placed_cells = models.TextField("các ô khi nhập (JSON)", blank=True)
    reason = TextField("lý do chờ")
    state = models.CharField("trạng thái", max_length=10, choices=ParkedState.choices, default=ParkedState.WAITING)
    agency = models.ForeignKey(
        Agency, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="đơn vị được chọn"
    )
    decided_at = models.DateTimeField("lúc xử lý", null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="người xử lý"
    )
    note = CharField("lý do bỏ", max_length=300, blank=True)

    class Meta:
        verbose_name = "dòng chờ xử lý"
        verbose_name_plural = "dòng chờ xử lý"
        constraints = [
            models.UniqueConstraint(fields=["batch", "sheet", "number"], name="desk_parkedrow_once"),
            models.CheckConstraint(
                condition=Q(state=ParkedState.WAITING, decided_at__isnull=True)
                | ~Q(state=ParkedState.WAITING) & Q(decided_at__isnull=False),
                name="desk_parkedrow_decided_has_time",
            ),
            models.CheckConstraint(
                condition=~Q(state=ParkedState.DROPPED) | ~Q(note=""), name="desk_parkedrow_dropped_has_reason"
            ),
        ]
        indexes = [models.Index(fields=["state"], name="desk_parkedrow_state")]

    def __str__(self) -> str:
        return self.title or f"dòng {self.number}"

    @property
    def look(self) -> str:
        """Return how its state looks on screen."""
        return {ParkedState.WAITING: "soon", ParkedState.PLACED: "ok"}.get(ParkedState(self.state), "")

    @property
    def is_waiting(self) -> bool:
        """Whether a human still has to decide."""
        return self.state == ParkedState.WAITING

    @property
    def was_mended(self) -> bool:
        """Whether it went in otherwise than the file had it."""
        return bool(self.placed_cells) and self.placed_cells != self.cells

    @property
    def texts(self) -> dict[str, tuple[str, str]]:
        """Return the cells: {column key: (address, text)}."""
        return {key: (address, text) for key, (address, text) in json.loads(self.cells).items()}
