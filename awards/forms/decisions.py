"""Forms of decisions: what goes into one, its words and lines, its number, its issue, what others decided."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from django.forms import BoundField

from awards.enums import DecisionState
from awards.models import AwardKind, Decision, DecisionLine, Nomination
from awards.queries.decisions import CandidateGroup, chosen_of
from awards.services.decisions import DecisionSaid, LineSaid
from blocs.models import EmulationYear
from emulation.core.filters import SearchFilter
from emulation.core.forms import KeyField, PastDateField

ONE, EACH = "one", "each"
SCAN_HELP = "PDF hoặc ảnh, tối đa 20 MB. Có thể bổ sung sau"


def years() -> list[EmulationYear]:
    """Return the emulation years to choose from, the newest first; one query."""
    return list(EmulationYear.objects.order_by("-label", "kind"))


class DecisionFilter(django_filters.FilterSet):
    """Decisions by words of the title or the number, year, state and who decided."""

    q = SearchFilter(label="Số, trích yếu")
    year = django_filters.ChoiceFilter(label="Năm thi đua", empty_label="Tất cả", field_name="year_id")
    state = django_filters.ChoiceFilter(label="Trạng thái", empty_label="Tất cả", choices=DecisionState.choices)
    by = django_filters.ChoiceFilter(
        label="Nơi quyết định",
        empty_label="Tất cả",
        choices=[("own", "Tỉnh quyết định"), ("elsewhere", "Nơi khác quyết định")],
        method="decided_by",
    )

    class Meta:
        model = Decision
        fields = ["q", "year", "state", "by"]

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.filters["year"].extra["choices"] = [(str(year.pk), year.label) for year in years()]
        if not self.request.actor.scope.is_board:
            # Others read issued decisions only, so there is no state to ask for.
            del self.filters["state"]

    def decided_by(self, queryset: "QuerySet[Decision]", _name: str, value: str) -> "QuerySet[Decision]":
        """Keep the province's own or those of others."""
        return queryset.filter(is_elsewhere=value == "elsewhere")


class Candidates(forms.MultipleChoiceField):
    """Nominations to tick; the template lays the boxes in a table."""

    def __init__(self) -> None:
        super().__init__(
            label="Đề nghị",
            widget=forms.CheckboxSelectMultiple,
            error_messages={
                "required": "Chọn ít nhất một đề nghị.",
                "invalid_choice": "Có đề nghị vừa được người khác xử lý; xem lại danh sách rồi chọn lại.",
            },
        )


@dataclass(frozen=True)
class Tick:
    """A nomination in the table of what may be chosen."""

    row: Nomination
    is_ticked: bool


class PickForm(forms.Form):
    """Which nominations, among those offered."""

    nominations = Candidates()

    def __init__(self, *args: Any, groups: Sequence[CandidateGroup], **options: Any) -> None:
        super().__init__(*args, **options)
        self.offered = groups
        field: Any = self.fields["nominations"]
        field.choices = [(str(row.pk), row.subject_name) for group in groups for row in group.rows]

    def groups(self) -> Iterator[tuple[AwardKind, list[Tick]]]:
        """Yield the nominations by award, those ticked so far marked."""
        ticked = set(self["nominations"].value() or [])
        for group in self.offered:
            yield group.award, [Tick(row, str(row.pk) in ticked) for row in group.rows]

    @property
    def chosen(self) -> list[Nomination]:
        """Return the nominations ticked in a valid form."""
        return chosen_of(self.offered, [int(pk) for pk in self.cleaned_data["nominations"]])


class DraftForm(PickForm):
    """A new draft, or one for each award among what was ticked.

    What the province itself gives is ticked at first, so that one click drafts it.
    """

    creation_key = KeyField()
    how = forms.ChoiceField(
        label="Lập",
        choices=[
            (EACH, "Mỗi danh hiệu, hình thức một quyết định (trích yếu ghi sẵn)"),
            (ONE, "Một quyết định chung cho các đề nghị đã chọn"),
        ],
        initial=EACH,
        widget=forms.RadioSelect,
    )
    title = forms.CharField(
        label="Trích yếu", max_length=300, required=False, help_text="Chỉ cần khi lập một quyết định chung"
    )
    merit = forms.CharField(
        label="Câu ghi thành tích chung",
        max_length=500,
        required=False,
        help_text="In sau “đã có thành tích”; từng dòng có thể ghi khác",
    )

    field_order: Sequence[str] = ("nominations", "how", "title", "merit", "creation_key")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        own = [group for group in self.offered if not group.award.is_above_province]
        self.initial["nominations"] = [str(row.pk) for group in own for row in group.rows]

    def clean(self) -> dict[str, Any]:
        """Ask for the subject line of one decision for all."""
        said = super().clean() or {}
        if said.get("how") == ONE and not said.get("title"):
            self.add_error("title", "Ghi trích yếu của quyết định.")
        return said

    @property
    def is_each(self) -> bool:
        """Whether a valid form asks for a decision for each award."""
        return bool(self.cleaned_data["how"] == EACH)


class PlaceField(forms.IntegerField):
    """The place of a line in the list."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            min_value=1,
            required=False,
            widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "size": 3}),
            error_messages={"invalid": "Ghi số thứ tự, ví dụ 3.", "min_value": "Số thứ tự từ 1 trở lên."},
            **options,
        )


@dataclass(frozen=True)
class LineBoxes:
    """The boxes about one line."""

    row: DecisionLine
    place: BoundField
    name: BoundField
    title: BoundField
    merit: BoundField


class DecisionForm(forms.Form):
    """The words of a draft and of every line of it."""

    title = forms.CharField(label="Trích yếu", max_length=300, error_messages={"required": "Ghi trích yếu."})
    issuer = forms.CharField(
        label="Cơ quan ban hành", max_length=300, error_messages={"required": "Ghi cơ quan ban hành."}
    )
    merit = forms.CharField(
        label="Câu ghi thành tích chung",
        max_length=500,
        required=False,
        help_text="In cho mọi dòng không ghi câu riêng",
    )
    note = forms.CharField(label="Ghi chú", max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args: Any, lines: Sequence[DecisionLine], **options: Any) -> None:
        super().__init__(*args, **options)
        self.rows = {line.pk: line for line in lines}
        for number, (pk, line) in enumerate(self.rows.items(), start=1):
            name = line.subject_name
            self.fields |= {
                f"place_{pk}": PlaceField(label=f"Thứ tự: {name}", initial=number),
                f"name_{pk}": forms.CharField(
                    label=f"Tên: {name}",
                    max_length=300,
                    initial=name,
                    error_messages={"required": "Ghi tên như in trên quyết định."},
                ),
                f"title_{pk}": forms.CharField(
                    label=f"Chức vụ, đơn vị: {name}", max_length=400, required=False, initial=line.subject_title
                ),
                f"merit_{pk}": forms.CharField(
                    label=f"Thành tích: {name}",
                    max_length=500,
                    required=False,
                    initial=line.merit,
                    widget=forms.Textarea(attrs={"rows": 3}),
                ),
            }

    def lines(self) -> Iterator[LineBoxes]:
        """Yield the lines in their order."""
        for pk, row in self.rows.items():
            yield LineBoxes(row, *(self[f"{box}_{pk}"] for box in ("place", "name", "title", "merit")))

    @property
    def said(self) -> dict[int, LineSaid]:
        """Return what was typed about each line of a valid form; an empty place leaves it where it stands."""
        typed = self.cleaned_data
        return {
            pk: LineSaid(typed[f"name_{pk}"], typed[f"title_{pk}"], typed[f"merit_{pk}"], typed[f"place_{pk}"])
            for pk in self.rows
        }


class DirectiveForm(forms.Form):
    """A ý kiến chỉ đạo on one line: another award, or out of the list; an empty text takes it back."""

    KEEP, CHANGE, STRIKE = "keep", "change", "strike"

    what = forms.ChoiceField(
        label="Thay đổi",
        choices=[
            (KEEP, "Giữ như đề nghị đã thẩm định"),
            (CHANGE, "Đổi danh hiệu, hình thức"),
            (STRIKE, "Đưa ra khỏi danh sách"),
        ],
        widget=forms.RadioSelect,
    )
    award = forms.ModelChoiceField(
        AwardKind.objects.none(),
        label="Danh hiệu, hình thức mới",
        required=False,
        empty_label="–",
        help_text="Chỉ chọn khi đổi",
    )
    directive = forms.CharField(
        label="Nội dung ý kiến chỉ đạo",
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Ghi của ai, ngày nào, theo văn bản hay trao đổi nào; giữ lại trong hồ sơ của quyết định",
    )

    def __init__(self, *args: Any, is_person: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        award: Any = self.fields["award"]
        award.queryset = AwardKind.objects.for_decision(is_person=is_person)

    def clean(self) -> dict[str, Any]:
        """Ask for the award and the text where something changes."""
        said = super().clean() or {}
        if said.get("what") == self.CHANGE and not said.get("award"):
            self.add_error("award", "Chọn danh hiệu, hình thức mới.")
        if said.get("what") in {self.CHANGE, self.STRIKE} and not said.get("directive"):
            self.add_error("directive", "Ghi nội dung ý kiến chỉ đạo làm thay đổi dòng này.")
        return said

    @property
    def said(self) -> dict[str, Any]:
        """Return what a valid form asks for, as the service takes it."""
        typed = self.cleaned_data
        changes = typed["what"] != self.KEEP
        return {
            "directive": typed["directive"] if changes else "",
            "award": typed["award"] if typed["what"] == self.CHANGE else None,
            "strike": typed["what"] == self.STRIKE,
        }


class SignedForm(forms.Form):
    """Number and day of a decision, as văn thư gave them, and who signed."""

    number = forms.CharField(
        label="Số, ký hiệu",
        max_length=60,
        help_text="Ví dụ: 1234/QĐ-UBND",
        error_messages={"required": "Ghi số quyết định do văn thư cấp."},
    )
    dated_on = PastDateField(label="Ngày quyết định", error_messages={"required": "Ghi ngày quyết định."})
    signer_name = forms.CharField(label="Người ký", max_length=150, required=False)
    signer_title = forms.CharField(
        label="Chức danh người ký", max_length=200, required=False, help_text="Ví dụ: Chủ tịch, KT. Chủ tịch"
    )


class ScanForm(forms.Form):
    """The scan of the signed decision."""

    scan = forms.FileField(
        label="Bản quét đã ký",
        help_text="PDF hoặc ảnh, tối đa 20 MB",
        error_messages={"required": "Chọn tệp bản quét của quyết định đã ký."},
    )


class AnotherScanForm(ScanForm):
    """Another scan in the place of a wrong one, and why."""

    note = forms.CharField(
        label="Lý do thay",
        max_length=500,
        help_text="Ví dụ: đính nhầm tệp. Bản quét trước vẫn được lưu",
        error_messages={"required": "Ghi lý do thay bản quét."},
    )


class IssueForm(ScanForm):
    """The issue: the scan may come later."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["scan"].required = False
        self.fields["scan"].help_text = SCAN_HELP


class ElsewhereForm(SignedForm):
    """A decision others made."""

    creation_key = KeyField()
    title = forms.CharField(label="Trích yếu", max_length=300, error_messages={"required": "Ghi trích yếu."})
    issuer = forms.CharField(
        label="Cơ quan ban hành",
        max_length=300,
        help_text="Ví dụ: Thủ tướng Chính phủ; Bộ Nội vụ",
        error_messages={"required": "Ghi cơ quan ban hành quyết định."},
    )
    scan = forms.FileField(label="Bản quét đã ký", required=False, help_text=SCAN_HELP)

    field_order: Sequence[str] = (
        "title",
        "issuer",
        "number",
        "dated_on",
        "signer_name",
        "signer_title",
        "scan",
        "creation_key",
    )

    @property
    def decision(self) -> DecisionSaid:
        """Return the decision of a valid form."""
        typed = self.cleaned_data
        names = ("title", "issuer", "number", "dated_on", "signer_name", "signer_title", "scan")
        return DecisionSaid(**{name: typed[name] for name in names})


class BackForm(PickForm, ElsewhereForm):
    """A decision of others that gives what went up: which nominations came back."""
