"""What a bloc or an agency sends to the board, and what the board's appraisal says of each line."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from awards.enums import ReceivedAs, SubmissionState, Verdict
from awards.models.catalogue import AwardKind
from awards.models.nomination import Nomination
from blocs.models import Agency, BlocYear, EmulationYear
from emulation.accounts.domain.scope import Capacity
from emulation.core.access import Actor
from emulation.core.fields import CharField, TextField
from emulation.core.models import SignedPaper, Stamped


class SubmissionQuerySet(models.QuerySet["Submission"]):
    """Which dossiers."""

    def visible_to(self, actor: Actor) -> Self:
        """Keep what the actor may know of; the same as `rules.reads_submission`."""
        scope = actor.scope
        if scope.is_board:
            return self
        if not scope.has_seat:
            return self.none()
        seen = Q(bloc_year__in=scope.leads | scope.deputises | scope.inherits)
        seen |= Q(bloc_year__in=scope.monitors) & ~Q(state=SubmissionState.DRAFT)
        if scope.capacity in {Capacity.OFFICER, Capacity.SIGNER}:
            seen |= Q(bloc_year__isnull=True, agency=scope.agency_id)
        return self.filter(seen)

    def in_order(self) -> Self:
        """Order the newest first."""
        return self.order_by("-year__label", "-pk")


class Submission(Stamped):
    """A dossier: of a bloc (`bloc_year`) with what came through it, or of an agency that sends straight to the board.

    `agency`: who sends, for a bloc its leader. `register_number`, `received_on`: số đến, ngày đến at the province;
    `register_year`: the calendar year within which a number is unique; `received_above_on`: at the ministry (LAW 0, 2:
    each date chooses its version of the rules). `paper`: the tờ trình.
    """

    year = models.ForeignKey(EmulationYear, models.PROTECT, related_name="submissions", verbose_name="năm thi đua")
    bloc_year = models.ForeignKey(
        BlocYear, models.PROTECT, null=True, blank=True, related_name="submissions", verbose_name="khối trong năm"
    )
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="submissions", verbose_name="đơn vị gửi")
    state = models.CharField("trạng thái", max_length=9, choices=SubmissionState.choices, default=SubmissionState.DRAFT)
    title = CharField("nội dung", max_length=300)
    note = TextField("ghi chú", blank=True)
    sent_at = models.DateTimeField("lúc gửi", null=True, blank=True)
    received_as = models.CharField("nhận bằng", max_length=6, choices=ReceivedAs.choices, blank=True)
    register_number = CharField("số đến", max_length=30, null=True, blank=True)
    register_year = models.PositiveSmallIntegerField("năm của số đến", null=True, blank=True, editable=False)
    received_on = models.DateField("ngày đến", null=True, blank=True)
    received_above_on = models.DateField("ngày cấp trên nhận", null=True, blank=True)
    paper = models.ForeignKey(
        SignedPaper, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="tờ trình đã ký"
    )

    objects = SubmissionQuerySet.as_manager()

    class Meta:
        verbose_name = "hồ sơ đề nghị khen thưởng"
        verbose_name_plural = "hồ sơ đề nghị khen thưởng"
        constraints = [
            models.CheckConstraint(
                condition=~Q(state__in=[SubmissionState.RECEIVED, SubmissionState.APPRAISED, SubmissionState.DECIDED])
                | Q(received_on__isnull=False) & ~Q(received_as=""),
                name="awards_submission_received_has_day",
            ),
            models.CheckConstraint(
                condition=Q(state=SubmissionState.DRAFT) | Q(sent_at__isnull=False),
                name="awards_submission_sent_has_time",
            ),
            models.UniqueConstraint(
                fields=["bloc_year"],
                condition=Q(state__in=[SubmissionState.DRAFT, SubmissionState.RETURNED]),
                name="awards_submission_one_draft",
            ),
            models.UniqueConstraint(fields=["register_year", "register_number"], name="awards_submission_number"),
        ]
        indexes = [models.Index(fields=["year", "state"], name="awards_submission_state")]

    def __str__(self) -> str:
        return str(self.title)


class Appraisal(Stamped):
    """What a specialist says of one nomination: fit, another award, or not; the head then approves or refuses."""

    nomination = models.OneToOneField(Nomination, models.PROTECT, related_name="appraisal", verbose_name="đề nghị")
    verdict = models.CharField("kết quả thẩm định", max_length=6, choices=Verdict.choices)
    award = models.ForeignKey(
        AwardKind, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="hình thức đề nghị thay"
    )
    opinion = TextField("ý kiến thẩm định", blank=True)
    appraised_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="người thẩm định"
    )
    appraised_at = models.DateTimeField("lúc thẩm định")

    class Meta:
        verbose_name = "kết quả thẩm định"
        verbose_name_plural = "kết quả thẩm định"
        constraints = [
            models.CheckConstraint(
                condition=~Q(verdict=Verdict.CHANGE) | Q(award__isnull=False), name="awards_appraisal_change_has_award"
            ),
            models.CheckConstraint(
                condition=~Q(verdict=Verdict.UNFIT) | ~Q(opinion=""), name="awards_appraisal_unfit_has_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.nomination}: {self.get_verdict_display()}"
