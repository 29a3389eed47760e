"""Decisions, the awards they give, and revocations. Nothing here is ever deleted."""

from typing import Self

from django.db import models
from django.db.models import Q

from awards.enums import DecisionState
from awards.models.catalogue import AwardKind, CommendationKind
from awards.models.nomination import Nomination
from awards.models.person import Person
from blocs.models import Agency, AgencyName, BlocYear, EmulationYear
from emulation.core.access import Actor
from emulation.core.fields import CharField, TextField
from emulation.core.models import SignedPaper, Stamped
from emulation.core.vietnamese import fold

WITH_NUMBER = (DecisionState.NUMBERED, DecisionState.ISSUED)
ONE_SUBJECT = Q(agency__isnull=True, person__isnull=False) | Q(agency__isnull=False, person__isnull=True)


class DecisionQuerySet(models.QuerySet["Decision"]):
    """Which decisions."""

    def visible_to(self, actor: Actor) -> Self:
        """Keep what the actor may know of; the same as `rules.reads_decision`: others than the board, issued ones."""
        if actor.scope.is_board:
            return self
        return self.filter(state=DecisionState.ISSUED) if actor.scope.has_seat else self.none()

    def in_order(self) -> Self:
        """Order the newest first, drafts before what has a day."""
        return self.order_by(models.F("dated_on").desc(nulls_first=True), "-pk")


class Decision(Stamped):
    """A decision that gives awards: `draft → numbered → issued`. Number and day are typed from văn thư.

    `number_year`: the calendar year of `dated_on`, within which a number of an issuer is unique (DECISIONS H10), in
    whatever case, blanks or leading zeros it is typed: `number_key`. `is_elsewhere`: decided by others and only
    recorded here; `year` may then be unknown. `preamble`, `closing`: what the office changed of the
    draft's words. `paper`: the signed decision with its scan.
    """

    year = models.ForeignKey(
        EmulationYear, models.PROTECT, null=True, blank=True, related_name="decisions", verbose_name="năm thi đua"
    )
    state = models.CharField("trạng thái", max_length=9, choices=DecisionState.choices, default=DecisionState.DRAFT)
    title = CharField("trích yếu", max_length=300)
    issuer = CharField("cơ quan ban hành", max_length=300)
    is_elsewhere = models.BooleanField("do nơi khác quyết định", default=False)
    number = CharField("số, ký hiệu", max_length=60, blank=True)
    dated_on = models.DateField("ngày quyết định", null=True, blank=True)
    number_year = models.PositiveSmallIntegerField("năm của số", null=True, blank=True, editable=False)
    number_key = models.CharField("khóa số", max_length=400, editable=False, default="")
    search_key = models.CharField("khóa tìm", max_length=400, editable=False, default="")
    signer_name = CharField("người ký", max_length=150, blank=True)
    signer_title = CharField("chức danh người ký", max_length=200, blank=True)
    merit = CharField("câu ghi thành tích chung", max_length=500, blank=True)
    note = TextField("ghi chú", blank=True)
    issued_at = models.DateTimeField("lúc ban hành", null=True, blank=True)
    paper = models.ForeignKey(
        SignedPaper, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="quyết định đã ký"
    )

    objects = DecisionQuerySet.as_manager()

    class Meta:
        verbose_name = "quyết định khen thưởng"
        verbose_name_plural = "quyết định khen thưởng"
        constraints = [
            models.UniqueConstraint(
                fields=["number_key", "number_year"],
                condition=Q(state__in=WITH_NUMBER),
                name="awards_decision_number",
                violation_error_message="Số này trong năm đã ghi cho một quyết định khác; kiểm tra lại với văn thư.",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=WITH_NUMBER)
                | ~Q(number="") & Q(dated_on__isnull=False, number_year__isnull=False),
                name="awards_decision_numbered_has_number",
            ),
            models.CheckConstraint(
                condition=Q(is_elsewhere=True) | Q(year__isnull=False), name="awards_decision_own_has_year"
            ),
            models.CheckConstraint(
                condition=Q(state=DecisionState.ISSUED, issued_at__isnull=False)
                | ~Q(state=DecisionState.ISSUED) & Q(issued_at__isnull=True),
                name="awards_decision_issued_has_time",
            ),
        ]
        indexes = [models.Index(fields=["year", "state"], name="awards_decision_state")]

    def __str__(self) -> str:
        return f"{self.number} {self.title}".strip()

    @property
    def found_by(self) -> str:
        """Return what search reads: number, subject line and issuer; written with them as `search_key`."""
        return fold(f"{self.number} {self.title} {self.issuer}")[:400]

    @property
    def is_draft(self) -> bool:
        """Whether lines may still be put in and taken out."""
        return self.state == DecisionState.DRAFT

    @property
    def is_numbered(self) -> bool:
        """Whether it has its number and waits to be issued."""
        return self.state == DecisionState.NUMBERED

    @property
    def is_cancelled(self) -> bool:
        """Whether the draft was given up."""
        return self.state == DecisionState.CANCELLED


class DecisionLine(Stamped):
    """One award in a decision, with the words the list prints. A line without a nomination: decided elsewhere.

    `directive`: the ý kiến chỉ đạo that changed or struck it after the vote. A struck line gives nothing.
    """

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="lines", verbose_name="quyết định")
    nomination = models.ForeignKey(
        Nomination, models.PROTECT, null=True, blank=True, related_name="lines", verbose_name="đề nghị"
    )
    agency = models.ForeignKey(Agency, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="tập thể")
    name = models.ForeignKey(
        AgencyName, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="tên khi tặng"
    )
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="cá nhân")
    subject_name = CharField("tên ghi trên quyết định", max_length=300)
    subject_title = CharField("chức vụ, đơn vị", max_length=400, blank=True)
    award = models.ForeignKey(AwardKind, models.PROTECT, related_name="+", verbose_name="danh hiệu, hình thức")
    merit = CharField("câu ghi thành tích", max_length=500, blank=True)
    position = models.PositiveIntegerField("thứ tự")
    is_struck = models.BooleanField("đưa ra khỏi danh sách", default=False)
    directive = TextField("ý kiến chỉ đạo", blank=True)

    class Meta:
        verbose_name = "dòng của quyết định"
        verbose_name_plural = "dòng của quyết định"
        constraints = [
            models.CheckConstraint(condition=ONE_SUBJECT, name="awards_decisionline_one_subject"),
            models.CheckConstraint(condition=~Q(subject_name=""), name="awards_decisionline_has_name"),
            models.UniqueConstraint(
                fields=["nomination"], condition=Q(is_struck=False), name="awards_decisionline_one_decision"
            ),
            models.UniqueConstraint(fields=["decision", "position"], name="awards_decisionline_position"),
        ]

    def __str__(self) -> str:
        return f"{self.subject_name}: {self.award}"


class GrantQuerySet(models.QuerySet["Grant"]):
    """Which awards given."""

    def visible_to(self, actor: Actor) -> Self:
        """Keep what the actor may know of: decided and issued, so everybody with an open seat may (H27)."""
        return self if actor.scope.has_seat else self.none()

    def standing(self) -> Self:
        """Keep those that were not revoked: what chains, counts and reports build on."""
        return self.filter(is_revoked=False)

    def in_order(self) -> Self:
        """Order the newest first."""
        return self.order_by("-granted_on", "award__position", "pk")


class Grant(Stamped):
    """An award that was given: to the legal person or the person of its date, for ever.

    `year`: for which emulation year, none when an old decision does not say. `bloc_year`: through which bloc.
    `is_revoked` repeats that a `Revocation` exists, written with it.
    """

    line = models.OneToOneField(DecisionLine, models.PROTECT, related_name="grant", verbose_name="dòng quyết định")
    decision = models.ForeignKey(Decision, models.PROTECT, related_name="grants", verbose_name="quyết định")
    award = models.ForeignKey(AwardKind, models.PROTECT, related_name="grants", verbose_name="danh hiệu, hình thức")
    commendation = models.ForeignKey(
        CommendationKind, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="loại hình"
    )
    year = models.ForeignKey(
        EmulationYear, models.PROTECT, null=True, blank=True, related_name="grants", verbose_name="năm thi đua"
    )
    bloc_year = models.ForeignKey(
        BlocYear, models.PROTECT, null=True, blank=True, related_name="grants", verbose_name="khối trong năm"
    )
    agency = models.ForeignKey(
        Agency, models.PROTECT, null=True, blank=True, related_name="grants", verbose_name="tập thể"
    )
    person = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="grants", verbose_name="cá nhân"
    )
    owner = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name="đơn vị")
    subject_name = CharField("tên ghi trên quyết định", max_length=300)
    subject_title = CharField("chức vụ, đơn vị", max_length=400, blank=True)
    search_key = models.CharField("khóa tìm", max_length=400, editable=False, default="")
    granted_on = models.DateField("ngày tặng")
    is_revoked = models.BooleanField("đã thu hồi", default=False)

    objects = GrantQuerySet.as_manager()

    class Meta:
        verbose_name = "khen thưởng đã tặng"
        verbose_name_plural = "khen thưởng đã tặng"
        constraints = [models.CheckConstraint(condition=ONE_SUBJECT, name="awards_grant_one_subject")]
        indexes = [
            models.Index(fields=["-granted_on"], name="awards_grant_day"),
            models.Index(fields=["owner", "-granted_on"], name="awards_grant_owner"),
            models.Index(fields=["search_key"], name="awards_grant_search"),
        ]

    def __str__(self) -> str:
        return f"{self.subject_name}: {self.award}"


class Revocation(Stamped):
    """A new act that takes an award back: by which paper, when, why. The grant stays, marked."""

    grant = models.OneToOneField(Grant, models.PROTECT, related_name="revocation", verbose_name="khen thưởng đã tặng")
    paper = models.ForeignKey(SignedPaper, models.PROTECT, related_name="+", verbose_name="quyết định thu hồi")
    revoked_on = models.DateField("ngày thu hồi")
    reason = TextField("lý do thu hồi")

    class Meta:
        verbose_name = "thu hồi khen thưởng"
        verbose_name_plural = "thu hồi khen thưởng"
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="awards_revocation_has_reason")]

    def __str__(self) -> str:
        return f"{self.grant}"
