"""Forms of a covenant: its text, its targets in one table, the planned values, the signatures on paper."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BoundField

from blocs.domain.covenant import NOT_ASSIGNED, Plan, lines_of, read_figure, read_plan
from blocs.enums import SignsAs, TargetDirection
from blocs.forms.papers import TITLE_MISSING, UploadForm
from blocs.models import Covenant, Membership, Seat, Target, TargetValue
from blocs.services.covenants import CovenantSaid, TargetSaid
from blocs.services.signatures import NOBODY, SignatureSaid
from emulation.core.forms import KeyField, OnPaperForm, PastDateField
from emulation.core.vietnamese import number

EMPTY_ROWS = 3
DIRECTIONS = [(TargetDirection.HIGHER.value, "Cao là tốt"), (TargetDirection.LOWER.value, "Thấp là tốt")]
_NUMERIC = {"autocomplete": "off"}


def _area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class NewCovenantForm(forms.Form):
    """What a new covenant begins with. `last`: the covenant of the year before, when there is one."""

    creation_key = KeyField()
    title = forms.CharField(label="Tên văn bản", max_length=300, error_messages={"required": TITLE_MISSING})
    copies_last = forms.BooleanField(required=False, initial=True)

    def __init__(self, *args: Any, last: Covenant | None, **options: Any) -> None:
        super().__init__(*args, **options)
        if last is None:
            del self.fields["copies_last"]
        else:
            year = last.paper.bloc_year.year.label
            self.fields["copies_last"].label = f"Chép nội dung, chỉ tiêu từ giao ước năm {year}"
            self.fields["copies_last"].help_text = f"Mức kế hoạch năm {year} trở thành gốc so sánh; kế hoạch để trống"


class CovenantForm(UploadForm):
    """The text of a covenant; clauses one a line."""

    field_order = ("title", "theme", "basis", "clauses", "organisation", "witness", "file", "drops_file")
    title = forms.CharField(label="Tên văn bản", max_length=300, error_messages={"required": TITLE_MISSING})
    theme = forms.CharField(label="Chủ đề thi đua", max_length=500, required=False)
    basis = forms.CharField(label="Căn cứ", required=False, widget=_area(4), help_text="Mỗi căn cứ một dòng")
    clauses = forms.CharField(
        label="Nội dung thi đua",
        required=False,
        widget=_area(10),
        help_text="Mỗi nội dung một dòng, không cần đánh số; dòng trống bỏ qua",
    )
    organisation = forms.CharField(
        label="Tổ chức thực hiện", required=False, widget=_area(4), help_text="Mỗi đoạn một dòng"
    )
    witness = forms.CharField(
        label="Đại diện chứng kiến",
        max_length=300,
        required=False,
        help_text="Họ tên, chức danh; bỏ trống nếu không có",
    )

    @property
    def said(self) -> CovenantSaid:
        """Return what was typed in a valid form."""
        said = self.cleaned_data
        return CovenantSaid(
            title=said["title"],
            theme=said["theme"],
            basis="\n".join(lines_of(said["basis"])),
            clauses=lines_of(said["clauses"]),
            organisation="\n".join(lines_of(said["organisation"])),
            witness=said["witness"],
        )


class FigureField(forms.CharField):
    """A number the columns of targets hold; the value is a Decimal or None."""

    def prepare_value(self, value: Any) -> Any:
        """Show a number with its comma and typed text as it was typed."""
        return number(value) if isinstance(value, Decimal) else value

    def clean(self, value: Any) -> Decimal | None:
        """Return the number; raises ValidationError with a sentence."""
        text = super().clean(value)
        try:
            return read_figure(text) if text else None
        except ValueError as wrong:
            raise ValidationError(str(wrong)) from None


class PlanField(forms.CharField):
    """A planned value: a number, words, or "x" for what is not assigned; the value is a Plan."""

    def __init__(self, *, unit: str = "", may_be_unassigned: bool = True, **options: Any) -> None:
        super().__init__(**{"required": False, "widget": forms.TextInput(attrs=_NUMERIC), "max_length": 400, **options})
        self.unit = unit
        self.may_be_unassigned = may_be_unassigned

    def clean(self, value: Any) -> Plan:
        """Return the plan; raises ValidationError with a sentence."""
        try:
            plan = read_plan(str(super().clean(value)), self.unit)
        except ValueError as wrong:
            raise ValidationError(str(wrong)) from None
        if not plan.is_assigned and not self.may_be_unassigned:
            raise ValidationError(f"Chỉ ghi “{NOT_ASSIGNED}” ở mức của từng đơn vị.")
        return plan


@dataclass(frozen=True)
class TargetBoxes:
    """A row of the table of targets: which one it is (None for an empty row), and its boxes."""

    row: Target | None
    removes: BoundField | None
    order: BoundField
    section: BoundField
    indicator: BoundField
    unit: BoundField
    direction: BoundField
    base: BoundField
    plan: BoundField


class TargetsForm(forms.Form):
    """Every target of a covenant in one table, and three empty rows for more; works without JavaScript."""

    def __init__(self, *args: Any, targets: Sequence[Target], **options: Any) -> None:
        super().__init__(*args, **options)
        self.targets: dict[str, Target | None] = {str(row.pk): row for row in targets}
        self.targets |= {f"new{position}": None for position in range(1, EMPTY_ROWS + 1)}
        for position, (key, row) in enumerate(self.targets.items(), start=1):
            self.fields |= self._row(key, row, position)

    def _row(self, key: str, row: Target | None, position: int) -> dict[str, forms.Field]:
        name = f"chỉ tiêu {position}" if row else f"dòng mới {position}"
        text = forms.TextInput(attrs=_NUMERIC)
        fields: dict[str, forms.Field] = {
            f"order_{key}": FigureField(
                label=f"Thứ tự: {name}", required=False, initial=Decimal(position) if row else None, widget=text
            ),
            f"section_{key}": forms.CharField(
                label=f"Nhóm: {name}", max_length=200, required=False, initial=row.section if row else ""
            ),
            f"indicator_{key}": forms.CharField(
                label=f"Tên: {name}",
                max_length=500,
                required=False,
                initial=row.indicator if row else "",
                widget=_area(2),
            ),
            f"unit_{key}": forms.CharField(
                label=f"Đơn vị tính: {name}", max_length=60, required=False, initial=row.unit if row else ""
            ),
            f"direction_{key}": forms.ChoiceField(
                label=f"Chiều: {name}",
                choices=DIRECTIONS,
                required=False,
                initial=row.direction if row else TargetDirection.HIGHER.value,
            ),
            f"base_{key}": FigureField(
                label=f"Gốc so sánh: {name}", required=False, initial=row.base if row else None, widget=text
            ),
            f"plan_{key}": PlanField(
                label=f"Kế hoạch: {name}",
                may_be_unassigned=False,
                initial=str(Plan(row.planned, row.planned_text)) if row else "",
            ),
        }
        if row:
            fields[f"removes_{key}"] = forms.BooleanField(label=f"Bỏ {name}", required=False)
        return fields

    def rows(self) -> Iterator[TargetBoxes]:
        """Yield the rows of the table."""
        boxes = ("order", "section", "indicator", "unit", "direction", "base", "plan")
        for key, row in self.targets.items():
            removes = self[f"removes_{key}"] if row else None
            yield TargetBoxes(row, removes, *(self[f"{box}_{key}"] for box in boxes))

    def clean(self) -> dict[str, Any]:
        """Ask for the name of every target that says anything else."""
        said = super().clean() or {}
        for key, row in self.targets.items():
            if said.get(f"indicator_{key}") or said.get(f"removes_{key}"):
                continue
            others = (said.get(f"{box}_{key}") for box in ("section", "unit", "base"))
            plan = said.get(f"plan_{key}")
            if row or any(others) or (plan and plan.is_said):
                words = "Ghi tên chỉ tiêu, hoặc đánh dấu “Bỏ”." if row else "Ghi tên chỉ tiêu."
                self.add_error(f"indicator_{key}", words)
        return said

    @property
    def said(self) -> list[TargetSaid]:
        """Return the targets of a valid form in the order typed; rows without a number keep their place."""
        said, lines = self.cleaned_data, []
        for position, (key, row) in enumerate(self.targets.items(), start=1):
            if not said[f"indicator_{key}"] or said.get(f"removes_{key}"):
                continue
            order, plan = said[f"order_{key}"], said[f"plan_{key}"]
            line = TargetSaid(
                pk=row.pk if row else None,
                section=said[f"section_{key}"],
                indicator=said[f"indicator_{key}"],
                unit=said[f"unit_{key}"],
                direction=said[f"direction_{key}"] or TargetDirection.HIGHER,
                base=said[f"base_{key}"],
                planned=plan.planned,
                planned_text=plan.words,
            )
            # A moved row stands before the one whose number it took.
            moved = row is not None and order is not None and order != position
            lines.append(((Decimal(position) if order is None else order, not moved, position), line))
        return [line for _, line in sorted(lines, key=lambda pair: pair[0])]


@dataclass(frozen=True)
class ValueRow:
    """A row of the grid: the member and its box under each target."""

    member: Membership
    boxes: tuple[BoundField, ...]


class ValuesForm(forms.Form):
    """What members plan for each target: one box each, 300 of them at most."""

    def __init__(
        self,
        *args: Any,
        members: Sequence[Membership],
        targets: Sequence[Target],
        known: Iterable[TargetValue],
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.members, self.targets = members, targets
        stored = {
            (row.target_id, row.membership_id): Plan(row.planned, row.planned_text, row.is_assigned) for row in known
        }
        for member in members:
            for target in targets:
                self.fields[self._box(target, member)] = PlanField(
                    label=f"Chỉ tiêu {target.number}: {member.name.full}",
                    unit=target.unit,
                    initial=str(stored.get((target.pk, member.pk), "")),
                )

    def _box(self, target: Target, member: Membership) -> str:
        return f"value_{target.pk}_{member.pk}"

    def rows(self) -> Iterator[ValueRow]:
        """Yield the members in the order of the decision."""
        for member in self.members:
            yield ValueRow(member, tuple(self[self._box(target, member)] for target in self.targets))

    def column(self) -> Iterator[tuple[Target, BoundField]]:
        """Yield the targets with the box of the one member the form is about."""
        for target in self.targets:
            yield target, self[self._box(target, self.members[0])]

    @property
    def plans(self) -> dict[tuple[int, int], Plan]:
        """Return what was typed in a valid form, by ids of target and membership."""
        return {
            (target.pk, member.pk): self.cleaned_data[self._box(target, member)]
            for member in self.members
            for target in self.targets
        }


class RecordForm(OnPaperForm):
    """One signature that stands on paper."""

    field_order = ("signer_name", "signer_title", "signs_as", "signed_on")
    creation_key = KeyField()
    signer_name = forms.CharField(label="Người ký", max_length=150, error_messages={"required": "Ghi họ tên người ký."})
    signer_title = forms.CharField(
        label="Chức danh", max_length=150, error_messages={"required": "Ghi chức danh người ký."}
    )
    signs_as = forms.ChoiceField(label="Ký với tư cách", choices=SignsAs.choices)
    signed_on = PastDateField(label="Ngày ký", error_messages={"required": "Ghi ngày ký."})

    def __init__(self, *args: Any, seat: Seat | None, issuer: str, **options: Any) -> None:
        super().__init__(*args, needs_paper=True, issuer=issuer, **options)
        if seat:
            self.fields["signer_name"].initial = str(seat.user)
            self.fields["signer_title"].initial = seat.title
            self.fields["signs_as"].initial = seat.signs_as

    @property
    def said(self) -> SignatureSaid:
        """Return who signed, of a valid form."""
        said = self.cleaned_data
        return SignatureSaid(said["signer_name"], said["signer_title"], said["signed_on"], said["signs_as"])


@dataclass(frozen=True)
class TickRow:
    """A row of the form "đã ký tại hội nghị": the member, its tick, who signed."""

    member: Membership
    tick: BoundField
    signer_name: BoundField
    signer_title: BoundField
    signs_as: BoundField
    signed_on: BoundField


class RecordAllForm(OnPaperForm):
    """Who signed at the meeting: one scan, and for each member a tick, who, in which capacity, on which day."""

    creation_key = KeyField()
    all_signed_on = PastDateField(label="Ngày hội nghị ký giao ước", error_messages={"required": "Ghi ngày ký."})

    def __init__(
        self, *args: Any, members: Sequence[Membership], seats: Mapping[int, Seat], issuer: str, **options: Any
    ) -> None:
        super().__init__(*args, needs_paper=True, issuer=issuer, **options)
        self.members = members
        for member in members:
            seat, name = seats.get(member.agency_id), member.name.full
            self.fields |= {
                f"tick_{member.pk}": forms.BooleanField(label=f"Đã ký: {name}", required=False, initial=True),
                f"signer_name_{member.pk}": forms.CharField(
                    label=f"Người ký: {name}", max_length=150, required=False, initial=str(seat.user) if seat else ""
                ),
                f"signer_title_{member.pk}": forms.CharField(
                    label=f"Chức danh: {name}", max_length=150, required=False, initial=seat.title if seat else ""
                ),
                f"signs_as_{member.pk}": forms.ChoiceField(
                    label=f"Tư cách: {name}",
                    choices=SignsAs.choices,
                    required=False,
                    initial=seat.signs_as if seat else SignsAs.HEAD,
                ),
                f"signed_on_{member.pk}": PastDateField(label=f"Ngày ký: {name}", required=False),
            }

    def rows(self) -> Iterator[TickRow]:
        """Yield the members in the order of the decision."""
        boxes = ("tick", "signer_name", "signer_title", "signs_as", "signed_on")
        for member in self.members:
            yield TickRow(member, *(self[f"{box}_{member.pk}"] for box in boxes))

    def clean(self) -> dict[str, Any]:
        """Ask for name and title of who is ticked, and for at least one tick."""
        said = super().clean()
        ticked = [member.pk for member in self.members if said.get(f"tick_{member.pk}")]
        if self.members and not ticked:
            self.add_error(None, NOBODY)
        for pk in ticked:
            for box, words in (("signer_name", "Ghi họ tên người ký."), ("signer_title", "Ghi chức danh.")):
                if not said.get(f"{box}_{pk}") and f"{box}_{pk}" not in self.errors:
                    self.add_error(f"{box}_{pk}", words)
        return said

    @property
    def said(self) -> dict[int, SignatureSaid]:
        """Return who signed, by membership, of a valid form; who has no day of its own signed at the meeting."""
        said = self.cleaned_data
        day: dt.date = said["all_signed_on"]
        return {
            member.pk: SignatureSaid(
                said[f"signer_name_{member.pk}"],
                said[f"signer_title_{member.pk}"],
                said[f"signed_on_{member.pk}"] or day,
                said[f"signs_as_{member.pk}"] or SignsAs.HEAD,
            )
            for member in self.members
            if said[f"tick_{member.pk}"]
        }


class VoidForm(forms.Form):
    """Why a signature is voided."""

    reason = forms.CharField(
        label="Lý do hủy chữ ký",
        max_length=2000,
        widget=_area(3),
        error_messages={"required": "Ghi lý do hủy chữ ký."},
    )
