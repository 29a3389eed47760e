"""The nomination of one agency, sub-unit or person for one award, and what belongs to its dossier."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from awards.domain.nomination import CLOSED, table_of
from awards.enums import NominationState, Route
from awards.models.catalogue import AwardKind, CommendationKind, RequiredPaper
from awards.models.person import Person
from blocs.models import Agency, AgencyName, BlocYear, EmulationYear, Place
from emulation.accounts.domain.scope import Capacity, Scope
from emulation.core.access import Actor
from emulation.core.fields import CharField, TextField
from emulation.core.models import SignedPaper, Stamped, StoredFile
from emulation.core.workflow import Workflow


def _own(scope: Scope) -> Q:
    if scope.capacity not in {Capacity.OFFICER, Capacity.SIGNER}:
        return Q(pk__in=())
    return Q(owner=scope.agency_id) & ~Q(route=Route.BOARD)


class NominationQuerySet(models.QuerySet["Nomination"]):
    """Which nominations."""

    def visible_to(self, actor: Actor) -> Self:
        """Keep what the actor may know of; the same as `rules.reads_nomination`.

        Nobody but the board and the agency itself knows of a person's or a sub-unit's nomination: the bloc's leader
        does not (DESIGN 6, DECISIONS H27). What was decided is read from grants, not from here.
        """
        scope = actor.scope
        if scope.is_board:
            return self
        if not scope.has_seat:
            return self.none()
        seen = Q(route=Route.VIA_BLOC, bloc_year__in=scope.leads | scope.deputises | scope.monitors | scope.inherits)
        seen &= ~Q(state=NominationState.DRAFT)
        return self.filter(seen | _own(scope))

    def owned_by(self, actor: Actor) -> Self:
        """Keep what the actor's agency proposes itself; the same as `rules.is_own`."""
        return self.filter(_own(actor.scope))

    def open(self) -> Self:
        """Keep those whose end is not reached."""
        return self.exclude(state__in=CLOSED)

    def in_order(self) -> Self:
        """Order as lists print them: by award, collectives before persons, then as they came."""
        return self.order_by("award__position", "award", F("person").asc(nulls_first=True), "pk")


class Nomination(Stamped):
    """A proposal that an agency or a person be given an award for a year; exactly one of `agency`, `person`.

    `owner`: the agency that proposes: the subject itself, the agency above a sub-unit, or the person's agency.
    `subject_name`, `subject_title`: as they are printed, frozen when it was written. `award` is what is asked for now;
    `asked_award` what was asked for first, once the board changed it. `place`, `points` come from the standing it was
    made from. `merit`: the phrase papers print after "đã có thành tích". `route` never changes.
    """

    route = models.CharField("con đường", max_length=8, choices=Route.choices)
    state = models.CharField(
        "trạng thái", max_length=11, choices=NominationState.choices, default=NominationState.DRAFT
    )
    year = models.ForeignKey(EmulationYear, models.PROTECT, related_name="nominations", verbose_name="năm thi đua")
    bloc_year = models.ForeignKey(
        BlocYear, models.PROTECT, null=True, blank=True, related_name="nominations", verbose_name="khối trong năm"
    )
    owner = models.ForeignKey(Agency, models.PROTECT, related_name="own_nominations", verbose_name="đơn vị đề nghị")
    agency = models.ForeignKey(
        Agency, models.PROTECT, null=True, blank=True, related_name="nominations", verbose_name="tập thể"
    )
    name = models.ForeignKey(
        AgencyName, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="tên khi đề nghị"
    )
    person = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="nominations", verbose_name="cá nhân"
    )
    subject_name = CharField("tên ghi trên văn bản", max_length=300)
    subject_title = CharField("chức vụ, đơn vị ghi trên văn bản", max_length=400, blank=True)
    award = models.ForeignKey(
        AwardKind, models.PROTECT, related_name="nominations", verbose_name="danh hiệu, hình thức đề nghị"
    )
    asked_award = models.ForeignKey(
        AwardKind, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="đề nghị ban đầu"
    )
    commendation = models.ForeignKey(
        CommendationKind, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="loại hình khen thưởng"
    )
    achievement = TextField("tóm tắt thành tích", blank=True)
    merit = CharField("câu ghi thành tích", max_length=500, blank=True)
    votes_for = models.PositiveIntegerField("số phiếu đồng ý", null=True, blank=True)
    votes_of = models.PositiveIntegerField("trên tổng số", null=True, blank=True)
    standing_place = models.ForeignKey(
        Place, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="từ kết quả xếp hạng"
    )
    place = models.PositiveIntegerField("hạng", null=True, blank=True)
    points = models.DecimalField("điểm", max_digits=9, decimal_places=3, null=True, blank=True)
    submission = models.ForeignKey(
        "awards.Submission", models.PROTECT, null=True, blank=True, related_name="nominations", verbose_name="hồ sơ"
    )
    is_held = models.BooleanField("chưa xét", default=False)
    paper = models.ForeignKey(
        SignedPaper, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="văn bản đề nghị"
    )

    objects = NominationQuerySet.as_manager()

    class Meta:
        verbose_name = "đề nghị khen thưởng"
        verbose_name_plural = "đề nghị khen thưởng"
        constraints = [
            models.CheckConstraint(
                condition=Q(agency__isnull=True, person__isnull=False) | Q(agency__isnull=False, person__isnull=True),
                name="awards_nomination_one_subject",
            ),
            models.CheckConstraint(
                condition=Q(agency__isnull=True, name__isnull=True) | Q(agency__isnull=False, name__isnull=False),
                name="awards_nomination_name_pair",
            ),
            models.CheckConstraint(
                condition=~Q(route=Route.VIA_BLOC) | Q(bloc_year__isnull=False, person__isnull=True),
                name="awards_nomination_bloc_agencies",
            ),
            models.CheckConstraint(condition=~Q(subject_name=""), name="awards_nomination_has_name"),
            models.CheckConstraint(
                condition=Q(votes_for__isnull=True, votes_of__isnull=True) | Q(votes_for__lte=F("votes_of")),
                name="awards_nomination_votes",
            ),
            models.UniqueConstraint(
                fields=["bloc_year", "agency", "award"],
                condition=Q(route=Route.VIA_BLOC) & ~Q(state__in=CLOSED),
                name="awards_nomination_one_open",
            ),
        ]
        indexes = [
            models.Index(fields=["year", "state"], name="awards_nomination_state"),
            models.Index(fields=["owner", "year"], name="awards_nomination_owner"),
        ]

    def __str__(self) -> str:
        return f"{self.subject_name}: {self.award}"

    @property
    def workflow(self) -> Workflow:
        """Return the table of its route."""
        return table_of(Route(self.route))

    @property
    def is_person(self) -> bool:
        """Whether a person is nominated."""
        return self.person_id is not None

    @property
    def is_open(self) -> bool:
        """Whether its end is not reached."""
        return self.state not in CLOSED


class Attachment(Stamped):
    """A file of a dossier; `need` says which paper of the checklist it is, none for another one."""

    nomination = models.ForeignKey(Nomination, models.PROTECT, related_name="attachments", verbose_name="đề nghị")
    need = models.ForeignKey(
        RequiredPaper, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="giấy tờ"
    )
    title = CharField("tên tài liệu", max_length=200)
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", verbose_name="tệp")
    removed_at = models.DateTimeField("lúc gỡ", null=True, blank=True)

    class Meta:
        verbose_name = "tài liệu đính kèm"
        verbose_name_plural = "tài liệu đính kèm"

    def __str__(self) -> str:
        return str(self.title)


class Finding(Stamped):
    """One thing a dossier lacks, named when it was returned; `resolved_at`: when it was made good."""

    nomination = models.ForeignKey(Nomination, models.PROTECT, related_name="findings", verbose_name="đề nghị")
    need = models.ForeignKey(
        RequiredPaper, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="giấy tờ"
    )
    text = CharField("nội dung cần bổ sung", max_length=500)
    resolved_at = models.DateTimeField("lúc bổ sung xong", null=True, blank=True)

    class Meta:
        verbose_name = "nội dung cần bổ sung"
        verbose_name_plural = "nội dung cần bổ sung"
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="awards_finding_has_text")]

    def __str__(self) -> str:
        return str(self.text)


class Hold(Stamped):
    """“Chưa xét khen thưởng”: a nomination rests in its state from a moment, with a reason, until it is resumed."""

    nomination = models.ForeignKey(Nomination, models.PROTECT, related_name="holds", verbose_name="đề nghị")
    reason = TextField("lý do chưa xét")
    held_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="người ghi")
    resumed_at = models.DateTimeField("lúc xét tiếp", null=True, blank=True)
    outcome = TextField("kết luận", blank=True)

    class Meta:
        verbose_name = "chưa xét khen thưởng"
        verbose_name_plural = "chưa xét khen thưởng"
        constraints = [
            models.UniqueConstraint(
                fields=["nomination"], condition=Q(resumed_at__isnull=True), name="awards_hold_one_open"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="awards_hold_has_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.nomination}"
