"""What people write into the year-end report, a row a section, so that two may write at once."""

from django.db import models
from django.db.models import Q

from blocs.models import BlocPaper, Membership
from emulation.core.fields import TextField
from emulation.core.models import Stamped
from emulation.reports.enums import NarrativeSection


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
