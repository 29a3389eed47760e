"""The bloc, its year (the aggregate most things hang on), and what frames them: years, partitions, calendar."""

from typing import Self

from django.db import models
from django.db.models import F, Q

from blocs.domain.locality import shown
from blocs.enums import BlocKind, BlocYearState, MilestoneKind, MonitorRole, YearKind, YearState
from emulation.core.access import Actor
from emulation.core.fields import CharField, TextField
from emulation.core.models import SignedPaper, Stamped
from emulation.core.vietnamese import fold, sort_key


class EmulationYear(Stamped):
    """A year of emulation. It never follows from a date: a bloc may close ten months late."""

    label = CharField("năm thi đua", max_length=20, help_text="Ví dụ: 2026 hoặc 2026-2027")
    kind = models.CharField("loại năm", max_length=10, choices=YearKind.choices, default=YearKind.CALENDAR)
    state = models.CharField("trạng thái", max_length=10, choices=YearState.choices, default=YearState.OPEN)

    class Meta:
        verbose_name = "năm thi đua"
        verbose_name_plural = "năm thi đua"
        constraints = [models.UniqueConstraint(fields=["label", "kind"], name="blocs_year_label_kind")]

    def __str__(self) -> str:
        return self.label

    @property
    def next_label(self) -> str:
        """Return the label of the year after: "2021" → "2022", "2025-2026" → "2026-2027"."""
        return "-".join(str(int(part) + 1) if part.isdecimal() else part for part in self.label.split("-"))


class Partition(Stamped):
    """A decision that divides the agencies into blocs."""

    title = CharField("trích yếu", max_length=300)
    paper = models.ForeignKey(SignedPaper, models.PROTECT, verbose_name="văn bản")

    class Meta:
        verbose_name = "quyết định chia khối"
        verbose_name_plural = "quyết định chia khối"

    def __str__(self) -> str:
        return self.title


class Bloc(Stamped):
    """The identity of a bloc over the years; number and name belong to each year, for numbers are reused."""

    code = CharField("mã khối", max_length=40, null=True, blank=True, unique=True)
    locality = CharField(
        "địa phương",
        max_length=100,
        blank=True,
        help_text="Để trống nếu thuộc tỉnh này; “không nêu” nếu nguồn không ghi",
    )

    class Meta:
        verbose_name = "khối"
        verbose_name_plural = "khối"

    def __str__(self) -> str:
        return self.code or f"Khối số {self.pk}"


class BlocYearQuerySet(models.QuerySet["BlocYear"]):
    """Which bloc years."""

    def visible_to(self, actor: Actor) -> Self:
        """Keep what the actor may know of: everybody with an open seat knows how the province is divided."""
        return self if actor.scope.has_seat else self.none()

    def in_year(self, year: EmulationYear) -> Self:
        """Keep one emulation year."""
        return self.filter(year=year)

    def in_order(self) -> Self:
        """Order as lists show them: newest year first, then by name the Vietnamese way."""
        return self.order_by("-year__label", "sort_key", "pk")


class BlocYear(Stamped):
    """A bloc in one emulation year."""

    bloc = models.ForeignKey(Bloc, models.PROTECT, related_name="years", verbose_name="khối")
    year = models.ForeignKey(EmulationYear, models.PROTECT, related_name="bloc_years", verbose_name="năm thi đua")
    name = CharField("tên khối", max_length=300)
    number = CharField("số của khối", max_length=20, blank=True)
    kind = models.CharField("khối hay cụm", max_length=5, choices=BlocKind.choices, default=BlocKind.KHOI)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name="thuộc cụm"
    )
    partition = models.ForeignKey(
        Partition, models.PROTECT, null=True, blank=True, related_name="bloc_years", verbose_name="quyết định chia khối"
    )
    state = models.CharField(
        "trạng thái", max_length=10, choices=BlocYearState.choices, default=BlocYearState.PREPARING
    )
    copied_from = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="copies", verbose_name="mở từ năm"
    )
    stated_member_count = models.PositiveIntegerField("số đơn vị theo nguồn", null=True, blank=True)
    theme = CharField("chủ đề thi đua", max_length=500, blank=True)
    source = CharField("nguồn số liệu", max_length=500, blank=True)
    note = TextField("ghi chú", blank=True)
    search_key = models.CharField("khóa tìm", max_length=700, editable=False, default="")
    sort_key = models.CharField("khóa xếp", max_length=400, editable=False, default="")

    objects = BlocYearQuerySet.as_manager()

    class Meta:
        verbose_name = "khối trong năm"
        verbose_name_plural = "khối trong năm"
        constraints = [
            models.UniqueConstraint(fields=["bloc", "year"], name="blocs_blocyear_bloc_year"),
            models.CheckConstraint(condition=~Q(name=""), name="blocs_blocyear_has_name"),
        ]
        indexes = [models.Index(fields=["year", "sort_key"], name="blocs_blocyear_year_sort")]

    def __str__(self) -> str:
        return f"{self.name}, năm {self.year.label}"

    @property
    def bloc_year_id(self) -> int:
        """Return its own id: every subject of a predicate offers one."""
        return self.pk

    @property
    def is_closed(self) -> bool:
        """Whether the year takes no more changes."""
        return self.state == BlocYearState.CLOSED

    @property
    def place_words(self) -> str:
        """Return the bloc's locality as screens say it, "" for this province."""
        return shown(self.bloc.locality)

    def set_keys(self) -> None:
        """Set the columns that search and order read."""
        self.search_key = fold(f"{self.name} {self.number}")
        self.sort_key = sort_key(self.name)


class Subgroup(Stamped):
    """A group of members inside a bloc's year, ranked apart or only listed apart."""

    bloc_year = models.ForeignKey(BlocYear, models.PROTECT, related_name="subgroups", verbose_name="khối trong năm")
    position = models.PositiveIntegerField("thứ tự")
    name = CharField("tên nhóm", max_length=200)

    class Meta:
        verbose_name = "nhóm trong khối"
        verbose_name_plural = "nhóm trong khối"
        constraints = [
            models.UniqueConstraint(fields=["bloc_year", "position"], name="blocs_subgroup_position"),
            models.UniqueConstraint(fields=["bloc_year", "name"], name="blocs_subgroup_name"),
        ]

    def __str__(self) -> str:
        return self.name


class Milestone(Stamped):
    """One step of the year's calendar: when due, when done. Lateness is days between them, a fact and not a state.

    `is_done_undated`: a source calls it done and gives no day. `none_reason`: why the bloc does without the step.
    """

    bloc_year = models.ForeignKey(BlocYear, models.PROTECT, related_name="milestones", verbose_name="khối trong năm")
    kind = models.CharField("bước", max_length=20, choices=MilestoneKind.choices)
    due_on = models.DateField("hạn", null=True, blank=True)
    done_on = models.DateField("ngày xong", null=True, blank=True)
    is_done_undated = models.BooleanField("đã xong, không rõ ngày", default=False)
    none_reason = CharField("lý do không thực hiện", max_length=300, blank=True)
    note = CharField("ghi chú", max_length=300, blank=True)

    class Meta:
        verbose_name = "mốc thời hạn"
        verbose_name_plural = "mốc thời hạn"
        constraints = [
            models.UniqueConstraint(fields=["bloc_year", "kind"], name="blocs_milestone_kind"),
            models.CheckConstraint(
                condition=Q(done_on__isnull=True) | Q(is_done_undated=False, none_reason=""),
                name="blocs_milestone_done_or_none",
            ),
            models.CheckConstraint(
                condition=Q(is_done_undated=False) | Q(none_reason=""), name="blocs_milestone_undated_or_none"
            ),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()


class Extension(Stamped):
    """A due date put off: from which day to which, why, on which paper. The milestone bears the new day."""

    milestone = models.ForeignKey(Milestone, models.PROTECT, related_name="extensions", verbose_name="mốc thời hạn")
    old_due_on = models.DateField("hạn cũ", null=True, blank=True)
    due_on = models.DateField("hạn mới")
    reason = CharField("lý do", max_length=300)
    paper = models.ForeignKey(
        SignedPaper, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="văn bản"
    )

    class Meta:
        verbose_name = "gia hạn"
        verbose_name_plural = "gia hạn"
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="blocs_extension_has_reason"),
            models.CheckConstraint(
                condition=Q(old_due_on__isnull=True) | Q(due_on__gt=F("old_due_on")), name="blocs_extension_later"
            ),
        ]

    def __str__(self) -> str:
        return f"Gia hạn đến {self.due_on:%d/%m/%Y}"


class Monitor(Stamped):
    """Who follows a bloc for the council or is in charge of it at the board; a source may name the office only."""

    bloc_year = models.ForeignKey(BlocYear, models.PROTECT, related_name="monitors", verbose_name="khối trong năm")
    role = models.CharField("vai trò", max_length=10, choices=MonitorRole.choices)
    seat = models.ForeignKey(
        "blocs.Seat", models.PROTECT, null=True, blank=True, related_name="monitored", verbose_name="người theo dõi"
    )
    stated = CharField("theo nguồn", max_length=300, blank=True)
    starts_on = models.DateField("từ ngày", null=True, blank=True)
    ends_on = models.DateField("đến ngày", null=True, blank=True)

    class Meta:
        verbose_name = "người theo dõi khối"
        verbose_name_plural = "người theo dõi khối"
        constraints = [
            models.CheckConstraint(condition=Q(seat__isnull=False) | ~Q(stated=""), name="blocs_monitor_somebody"),
            models.UniqueConstraint(
                fields=["bloc_year", "role", "seat"], condition=Q(ends_on__isnull=True), name="blocs_monitor_open_seat"
            ),
            models.UniqueConstraint(
                fields=["bloc_year", "role", "stated"], condition=Q(seat__isnull=True), name="blocs_monitor_stated"
            ),
            models.CheckConstraint(
                condition=Q(starts_on__isnull=True) | Q(ends_on__isnull=True) | Q(starts_on__lte=F("ends_on")),
                name="blocs_monitor_dates",
            ),
        ]

    def __str__(self) -> str:
        return self.stated or str(self.seat)
