"""What people write into the year-end report, a row a section; and the office's own Word templates, versioned."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from blocs.models import BlocPaper, Membership
from emulation.core.fields import CharField, TextField
from emulation.core.models import DocumentKind, Stamped, StoredFile
from emulation.reports.enums import NarrativeSection, TemplateState


class Narrative(Stamped):
    """One section of a version of the report's draft: plain text, a paragraph a line, "- " before a point of a list.

    `membership`: whose results a part of section II.2 tells; without one a section speaks of the whole bloc.
    """

    paper = models.ForeignKey(BlocPaper, models.PROTECT, related_name="narratives", verbose_name="dự thảo báo cáo")
    section = models.CharField("mục", max_length=12, choices=NarrativeSection.choices)
    membership = models.ForeignKey(
        Membership, models.PROTECT, null=True, blank=True, related_name="narratives", verbose_name="đơn vị"
    )
    text = TextField("nội dung", blank=True)

    class Meta:
        verbose_name = "mục của báo cáo"
        verbose_name_plural = "mục của báo cáo"
        constraints = [
            models.UniqueConstraint(
                fields=["paper", "section"], condition=Q(membership__isnull=True), name="reports_narrative_section"
            ),
            models.UniqueConstraint(
                fields=["paper", "section", "membership"],
                condition=Q(membership__isnull=False),
                name="reports_narrative_section_member",
            ),
            models.CheckConstraint(
                condition=Q(membership__isnull=True) | Q(section=NarrativeSection.TASKS),
                name="reports_narrative_member_has_tasks",
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_section_display())


class DocumentTemplate(Stamped):
    """A version of the Word template of a kind of paper, as the office edited it; papers fill the active one.

    `tried_at`: when it was last filled with real facts without a fault; only then may it come into use.
    """

    kind = models.CharField("loại văn bản", max_length=30, choices=DocumentKind.choices)
    version = models.PositiveIntegerField("phiên bản")
    state = models.CharField("trạng thái", max_length=7, choices=TemplateState.choices, default=TemplateState.DRAFT)
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", verbose_name="tệp mẫu")
    note = CharField("nội dung sửa", max_length=300, blank=True)
    tried_at = models.DateTimeField("lúc chạy thử đạt", null=True, blank=True)
    active_from = models.DateTimeField("dùng từ lúc", null=True, blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="người tải lên"
    )

    class Meta:
        verbose_name = "mẫu văn bản"
        verbose_name_plural = "mẫu văn bản"
        constraints = [
            models.UniqueConstraint(fields=["kind", "version"], name="reports_documenttemplate_version"),
            models.UniqueConstraint(
                fields=["kind"],
                condition=Q(state=TemplateState.ACTIVE),
                name="reports_documenttemplate_one_active",
            ),
            models.CheckConstraint(
                condition=~Q(state=TemplateState.ACTIVE) | Q(tried_at__isnull=False, active_from__isnull=False),
                name="reports_documenttemplate_active_was_tried",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, mẫu phiên bản {self.version}"
