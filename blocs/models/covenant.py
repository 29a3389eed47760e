"""What a bloc promises for its year: clauses, measurable targets, the planned value of each member, who signed."""

from django.db import models
from django.db.models import Q

from blocs.enums import SignatureWay, SignsAs, TargetDirection
from blocs.models.agency import Membership
from blocs.models.bloc import BlocYear
from blocs.models.paper import BlocPaper
from blocs.models.seat import Seat
from emulation.core.fields import CharField, TextField
from emulation.core.models import SignedPaper, Stamped


class Covenant(Stamped):
    """What a covenant says beside its clauses and targets; one line a paragraph. Its state is its paper's."""

    paper = models.OneToOneField(BlocPaper, models.PROTECT, related_name="covenant", verbose_name="văn bản")
    theme = CharField("chủ đề", max_length=500, blank=True)
    basis = TextField("căn cứ", blank=True)
    organisation = TextField("tổ chức thực hiện", blank=True)
    witness = CharField("đại diện chứng kiến", max_length=300, blank=True)

    class Meta:
        verbose_name = "giao ước thi đua"
        verbose_name_plural = "giao ước thi đua"

    def __str__(self) -> str:
        return str(self.paper)


class Clause(Stamped):
    """One numbered clause of a covenant ("Nội dung thi đua")."""

    covenant = models.ForeignKey(Covenant, models.PROTECT, related_name="clauses", verbose_name="giao ước")
    number = models.PositiveIntegerField("số thứ tự")
    text = TextField("nội dung")

    class Meta:
        verbose_name = "nội dung giao ước"
        verbose_name_plural = "nội dung giao ước"
        constraints = [
            models.UniqueConstraint(fields=["covenant", "number"], name="blocs_clause_number"),
            models.CheckConstraint(condition=~Q(text=""), name="blocs_clause_has_text"),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.text}"


class Target(Stamped):
    """One measurable target. `planned` is empty when only words are given (`planned_text`); `base`: last year's value.

    `covenant` is empty for a target a source states of a year whose covenant is not kept here; drafting one takes
    those targets in.
    """

    bloc_year = models.ForeignKey(BlocYear, models.PROTECT, related_name="targets", verbose_name="khối trong năm")
    covenant = models.ForeignKey(
        Covenant, models.PROTECT, null=True, blank=True, related_name="targets", verbose_name="giao ước"
    )
    number = models.PositiveIntegerField("số thứ tự")
    section = CharField("nhóm chỉ tiêu", max_length=200, blank=True)
    indicator = CharField("chỉ tiêu", max_length=500)
    unit = CharField("đơn vị tính", max_length=60, blank=True)
    direction = models.CharField("chiều", max_length=6, choices=TargetDirection.choices, default=TargetDirection.HIGHER)
    base = models.DecimalField("gốc so sánh", max_digits=18, decimal_places=4, null=True, blank=True)
    planned = models.DecimalField("kế hoạch", max_digits=18, decimal_places=4, null=True, blank=True)
    planned_text = CharField("kế hoạch (bằng chữ)", max_length=300, blank=True)

    class Meta:
        verbose_name = "chỉ tiêu giao ước"
        verbose_name_plural = "chỉ tiêu giao ước"
        constraints = [
            models.UniqueConstraint(
                fields=["bloc_year", "number"], condition=Q(covenant__isnull=True), name="blocs_target_number"
            ),
            models.UniqueConstraint(fields=["covenant", "number"], name="blocs_target_covenant_number"),
            models.CheckConstraint(condition=~Q(indicator=""), name="blocs_target_has_indicator"),
        ]

    def __str__(self) -> str:
        return self.indicator


class TargetValue(Stamped):
    """What one member plans for one target; `is_assigned` is false where the target is not the member's business."""

    target = models.ForeignKey(Target, models.PROTECT, related_name="values", verbose_name="chỉ tiêu")
    membership = models.ForeignKey(
        Membership, models.PROTECT, related_name="target_values", verbose_name="đơn vị thành viên"
    )
    base = models.DecimalField("gốc so sánh", max_digits=18, decimal_places=4, null=True, blank=True)
    planned = models.DecimalField("kế hoạch", max_digits=18, decimal_places=4, null=True, blank=True)
    planned_text = CharField("kế hoạch (bằng chữ)", max_length=300, blank=True)
    is_assigned = models.BooleanField("được giao chỉ tiêu", default=True)

    class Meta:
        verbose_name = "mức của đơn vị"
        verbose_name_plural = "mức của đơn vị"
        constraints = [
            models.UniqueConstraint(fields=["target", "membership"], name="blocs_targetvalue_one"),
            models.CheckConstraint(
                condition=Q(is_assigned=True) | Q(planned__isnull=True, planned_text=""),
                name="blocs_targetvalue_not_assigned_is_empty",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.target}: {self.membership}"


class Signature(Stamped):
    """One agency's signature under a covenant: who signed, in which capacity, on which day, how.

    On screen it is a signer's own act (`seat`); on paper or at the meeting it is the signed paper that counts
    (`signed_paper`) and whoever typed it stands in the event. Voided signatures stay, with the reason.
    """

    paper = models.ForeignKey(BlocPaper, models.PROTECT, related_name="signatures", verbose_name="văn bản")
    membership = models.ForeignKey(
        Membership, models.PROTECT, related_name="signatures", verbose_name="đơn vị thành viên"
    )
    way = models.CharField("cách ký", max_length=8, choices=SignatureWay.choices)
    signer_name = CharField("người ký", max_length=150)
    signer_title = CharField("chức danh", max_length=150)
    signs_as = models.CharField("ký với tư cách", max_length=10, choices=SignsAs.choices, default=SignsAs.HEAD)
    signed_on = models.DateField("ngày ký")
    seat = models.ForeignKey(Seat, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="vị trí")
    signed_paper = models.ForeignKey(
        SignedPaper, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="bản ký giấy"
    )
    voided_at = models.DateTimeField("lúc hủy", null=True, blank=True)
    void_reason = TextField("lý do hủy", blank=True)

    class Meta:
        verbose_name = "chữ ký"
        verbose_name_plural = "chữ ký"
        constraints = [
            models.UniqueConstraint(
                fields=["paper", "membership"], condition=Q(voided_at__isnull=True), name="blocs_signature_one_valid"
            ),
            models.CheckConstraint(
                condition=Q(way=SignatureWay.SCREEN, seat__isnull=False)
                | ~Q(way=SignatureWay.SCREEN) & Q(signed_paper__isnull=False),
                name="blocs_signature_has_its_proof",
            ),
            models.CheckConstraint(
                condition=Q(voided_at__isnull=True, void_reason="") | Q(voided_at__isnull=False) & ~Q(void_reason=""),
                name="blocs_signature_void_has_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.signer_name}, {self.membership}"
