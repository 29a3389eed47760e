"""The floor's rows: what every row carries, the chain of events, private files, jobs, documents, the province."""

import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from emulation.core.fields import CharField, TextField


class Stamped(models.Model):
    """What every row of the house carries.

    `revision` counts the saves of the content: a form posts the one it showed, and loses politely if it moved.
    `creation_key` comes with the form that creates the row, so that a second click finds the first row.
    """

    created_at = models.DateTimeField("lúc tạo", auto_now_add=True)
    updated_at = models.DateTimeField("lúc sửa", auto_now=True)
    revision = models.PositiveIntegerField("lần sửa", default=0)
    creation_key = models.UUIDField("khóa tạo", unique=True, default=uuid.uuid4, editable=False)

    class Meta:
        abstract = True


class Province(Stamped):
    """The one province of this installation: what papers and screens call it. A single row, edited in the admin."""

    name = CharField("tên tỉnh", max_length=100, help_text="Ví dụ: tỉnh Sông Lam")
    place = CharField("địa danh ghi trên văn bản", max_length=100, help_text="Ví dụ: Sông Lam")
    authority = CharField("cơ quan ra quyết định", max_length=150, help_text="Ví dụ: UBND tỉnh Sông Lam")
    board_label = CharField(
        "cơ quan thường trực", max_length=200, help_text="Ví dụ: Phòng Thi đua - Khen thưởng, Sở Nội vụ"
    )
    department = CharField("sở phụ trách", max_length=200, default="Sở Nội vụ")
    phone = CharField("điện thoại hỗ trợ", max_length=40, blank=True)
    number_sign = CharField("ký hiệu báo cáo của khối", max_length=20, default="BC-KTĐ")
    lends_head_acts = models.BooleanField("chuyên viên được làm thay phần việc của lãnh đạo", default=False)

    class Meta:
        verbose_name = "tỉnh"
        verbose_name_plural = "tỉnh"
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="core_province_one_row")]

    def __str__(self) -> str:
        return str(self.name)


class Event(models.Model):
    """One act, for ever: who, when, in which seat, for whom, on which paper. Rows are chained by their hashes.

    No foreign keys: records outlive what they speak of. `data` is canonical JSON kept as text and holds no private
    data, for it can never be erased. Written by `audit.act` only; the database refuses update and delete.
    """

    seq = models.BigIntegerField("số thứ tự", unique=True)
    previous = models.CharField("mã băm trước", max_length=64, unique=True)
    digest = models.CharField("mã băm", max_length=64, unique=True)
    at = models.DateTimeField("lúc")
    verb = models.CharField("việc", max_length=60)
    subject_label = models.CharField("loại đối tượng", max_length=60)
    subject_id = models.BigIntegerField("đối tượng", null=True)
    user_id = models.BigIntegerField("tài khoản", null=True)
    actor_name = CharField("người thực hiện", max_length=200, blank=True)
    actor_title = CharField("tư cách", max_length=300, blank=True)
    seat_id = models.BigIntegerField("vị trí", null=True)
    behalf_of = CharField("làm thay cho", max_length=300, blank=True)
    paper_id = models.BigIntegerField("theo văn bản", null=True)
    note = TextField("lý do, ghi chú", blank=True)
    data = models.TextField("dữ liệu", default="{}")

    class Meta:
        verbose_name = "sự việc"
        verbose_name_plural = "sự việc"
        indexes = [models.Index(fields=["subject_label", "subject_id", "-seq"], name="core_event_subject")]

    def __str__(self) -> str:
        return f"Sự việc số {self.seq}"


class EventHead(models.Model):
    """The end of the chain: one row, locked while a link is added, so that the chain cannot fork."""

    seq = models.BigIntegerField("số cuối", default=0)
    digest = models.CharField("mã băm cuối", max_length=64, default="0" * 64)

    class Meta:
        verbose_name = "đầu chuỗi"
        verbose_name_plural = "đầu chuỗi"
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="core_eventhead_one_row")]

    def __str__(self) -> str:
        return f"{self.seq}"


class FileKind(models.TextChoices):
    """What a stored file is, decided by its content and never by its name."""

    PDF = "pdf", "PDF"
    DOCX = "docx", "Word"
    XLSX = "xlsx", "Excel"
    ZIP = "zip", "ZIP"
    PNG = "png", "Ảnh PNG"
    JPEG = "jpeg", "Ảnh JPEG"


class StoredFile(Stamped):
    """A private file. Written before the row that names it, never overwritten, served only by its owner's view."""

    key = models.CharField("khóa lưu", max_length=120, unique=True)
    name = CharField("tên tệp", max_length=200)
    kind = models.CharField("loại", max_length=8, choices=FileKind.choices)
    size = models.PositiveBigIntegerField("cỡ (byte)")
    sha256 = models.CharField("SHA-256", max_length=64)
    stored_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="người lưu"
    )

    class Meta:
        verbose_name = "tệp lưu"
        verbose_name_plural = "tệp lưu"

    def __str__(self) -> str:
        return str(self.name)


class SignedPaper(Stamped):
    """A paper somebody signed outside: number, date, issuer, scan. Acts done on paper point to it.

    `subject_label`, `subject_id`: whose rules its scan obeys; without a subject everybody with a seat may read it.
    """

    number = CharField("số, ký hiệu", max_length=60, blank=True)
    dated_on = models.DateField("ngày văn bản")
    issuer = CharField("cơ quan ban hành", max_length=300)
    scan = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="bản quét"
    )
    subject_label = models.CharField("loại đối tượng", max_length=60, blank=True)
    subject_id = models.BigIntegerField("đối tượng", null=True, blank=True)

    class Meta:
        verbose_name = "văn bản đã ký"
        verbose_name_plural = "văn bản đã ký"

    def __str__(self) -> str:
        return f"{self.number} ({self.dated_on:%d/%m/%Y})"


class DocumentKind(models.TextChoices):
    """The papers the system makes."""

    YEAR_REPORT = "year_report", "Báo cáo tổng kết năm"
    PLAN = "plan", "Kế hoạch hoạt động của Khối"
    RULES = "rules", "Quy chế hoạt động của Khối"
    COVENANT = "covenant", "Giao ước thi đua"
    STANDING = "standing", "Thông báo kết quả bình xét"
    HANDOVER = "handover", "Biên bản bàn giao Trưởng khối"
    BLOC_PROPOSAL = "bloc_proposal", "Tờ trình của khối"
    BLOC_LIST = "bloc_list", "Danh sách đề nghị khen thưởng"
    BLOC_MINUTES = "bloc_minutes", "Trích biên bản họp bình xét"
    ACHIEVEMENT = "achievement", "Báo cáo thành tích"
    BOARD_PROPOSAL = "board_proposal", "Tờ trình của Sở Nội vụ"
    BOARD_LIST = "board_list", "Danh sách kèm tờ trình"
    APPRAISAL = "appraisal", "Báo cáo thẩm định"
    DECISION = "decision", "Dự thảo quyết định khen thưởng"
    DECISION_LIST = "decision_list", "Danh sách kèm quyết định"


class Document(Stamped):
    """One version of a paper made by the system: its frozen facts, its files, and the signed scan beside them.

    Số and ngày come from văn thư, never from us; until then our files say *Dự thảo*. `about`: of which version of its
    subject it speaks ("bản 2"). `is_draft`: made while its subject was in the hands of who drafts it, its only readers.
    """

    kind = models.CharField("loại văn bản", max_length=30, choices=DocumentKind.choices)
    subject_label = models.CharField("loại đối tượng", max_length=60)
    subject_id = models.BigIntegerField("đối tượng")
    version = models.PositiveIntegerField("phiên bản")
    about = CharField("lập từ", max_length=200, blank=True)
    is_draft = models.BooleanField("lập từ bản chưa đưa ra", default=False)
    inputs_hash = models.CharField("mã băm đầu vào", max_length=64)
    summary = models.TextField("số liệu đã chốt (JSON)")
    pdf = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", verbose_name="bản PDF")
    docx = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", verbose_name="bản Word")
    number = CharField("số, ký hiệu", max_length=60, blank=True)
    issued_on = models.DateField("ngày ban hành", null=True, blank=True)
    signed_scan = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="bản ký"
    )
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="người lập"
    )

    class Meta:
        verbose_name = "văn bản"
        verbose_name_plural = "văn bản"
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "subject_label", "subject_id", "version"], name="core_document_version"
            ),
            models.CheckConstraint(condition=Q(version__gte=1), name="core_document_version_from_1"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, phiên bản {self.version}"


class JobState(models.TextChoices):
    """Where a job is."""

    QUEUED = "queued", "Đang chờ"
    RUNNING = "running", "Đang lập"
    READY = "ready", "Hoàn tất"
    FAILED = "failed", "Không lập được"
    CANCELLED = "cancelled", "Đã dừng"


ACTIVE_STATES = (JobState.QUEUED, JobState.RUNNING)


class Job(Stamped):
    """Work a worker does, as a row that exists before the work starts. The row is the queue, messages are hints.

    A worker owns the row while `attempt` is the one it claimed and the lease has not run out; every write of its names
    that attempt, so a worker that was thought dead and wakes up again can change nothing.
    """

    kind = models.CharField("việc", max_length=30)
    subject_label = models.CharField("loại đối tượng", max_length=60)
    subject_id = models.BigIntegerField("đối tượng")
    state = models.CharField("trạng thái", max_length=10, choices=JobState.choices, default=JobState.QUEUED)
    attempt = models.PositiveIntegerField("lần thử", default=0)
    tries_left = models.PositiveIntegerField("số lần còn thử", default=3)
    lease_until = models.DateTimeField("giữ việc đến", null=True, blank=True)
    not_before = models.DateTimeField("không chạy trước", null=True, blank=True)
    is_cancel_requested = models.BooleanField("được yêu cầu dừng", default=False)
    done_count = models.PositiveIntegerField("đã xong", default=0)
    total_count = models.PositiveIntegerField("tổng số", default=0)
    stage = CharField("đang làm", max_length=200, blank=True)
    failure = TextField("lý do không lập được", blank=True)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name="thuộc đợt"
    )
    document = models.ForeignKey(
        Document, models.PROTECT, null=True, blank=True, related_name="jobs", verbose_name="văn bản"
    )
    result = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="tệp")
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="người yêu cầu"
    )
    asked_as = CharField("tư cách", max_length=300, blank=True)
    finished_at = models.DateTimeField("lúc xong", null=True, blank=True)

    class Meta:
        verbose_name = "việc lập văn bản"
        verbose_name_plural = "việc lập văn bản"
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "subject_label", "subject_id"],
                condition=Q(state__in=ACTIVE_STATES),
                name="core_job_one_active",
            ),
            models.CheckConstraint(condition=Q(done_count__lte=F("total_count")), name="core_job_done_within_total"),
            models.CheckConstraint(
                condition=Q(state__in=ACTIVE_STATES, finished_at__isnull=True)
                | (~Q(state__in=ACTIVE_STATES) & Q(finished_at__isnull=False)),
                name="core_job_finished_has_time",
            ),
            models.CheckConstraint(
                condition=~Q(state=JobState.FAILED) | ~Q(failure=""), name="core_job_failure_has_sentence"
            ),
        ]
        indexes = [models.Index(fields=["state", "lease_until"], name="core_job_state_lease")]

    def __str__(self) -> str:
        return f"Việc số {self.pk}"

    @property
    def is_active(self) -> bool:
        """Whether a worker may still work on it."""
        return self.state in ACTIVE_STATES

    @property
    def can_retry(self) -> bool:
        """Whether it ended without a result and may be queued again."""
        return self.state in {JobState.FAILED, JobState.CANCELLED}


def label_of(row: models.Model | type[models.Model]) -> str:
    """Return how events, jobs and documents name the kind of a row: "blocs.blocyear"."""
    meta: Any = row._meta
    return str(meta.label_lower)
