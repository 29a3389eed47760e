"""What members say of a paper of their bloc while it is a draft, and what the leader makes of it."""

from django.db import models
from django.db.models import Q

from blocs.enums import OpinionOutcome
from blocs.models.agency import Membership
from blocs.models.paper import BlocPaper
from emulation.core.fields import CharField, TextField
from emulation.core.models import SignedPaper, Stamped


class Opinion(Stamped):
    """A member's comment on a circulated paper, whole or one section; who may read the paper may read it.

    `section`: the title of the section, "" for the whole. `signed_paper`: the letter it came by, when others typed it.
    `answer`: what the leader replied.
    """

    paper = models.ForeignKey(BlocPaper, models.PROTECT, related_name="opinions", verbose_name="văn bản")
    membership = models.ForeignKey(
        Membership, models.PROTECT, related_name="opinions", verbose_name="đơn vị thành viên"
    )
    section = CharField("về mục", max_length=400, blank=True)
    text = TextField("ý kiến")
    outcome = models.CharField(
        "kết quả xem xét", max_length=10, choices=OpinionOutcome.choices, default=OpinionOutcome.OPEN
    )
    answer = TextField("trả lời", blank=True)
    signed_paper = models.ForeignKey(
        SignedPaper, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="văn bản góp ý"
    )

    class Meta:
        verbose_name = "ý kiến góp ý"
        verbose_name_plural = "ý kiến góp ý"
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="blocs_opinion_has_text"),
            models.CheckConstraint(
                condition=~Q(outcome=OpinionOutcome.ANSWERED) | ~Q(answer=""), name="blocs_opinion_answered_has_answer"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.membership}: {self.text[:60]}"

    @property
    def bloc_year_id(self) -> int:
        """Return the bloc year of its paper: every subject of a predicate offers one."""
        return int(self.membership.bloc_year_id)

    @property
    def agency_id(self) -> int:
        """Return whose comment it is."""
        return int(self.membership.agency_id)
