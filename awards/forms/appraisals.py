"""Forms of the board's queue: its filters, the verdict on what is ticked, the reason of the other acts."""

from typing import Any

import django_filters
from django import forms
from django.http import QueryDict

from awards.enums import NominationState, Route, Verdict
from awards.models import AwardKind, Nomination
from awards.queries.appraisals import QUEUE_STATES, in_queue
from awards.queries.submissions_choices import year_choices
from emulation.core.filters import every_word, word_of


class QueueFilter(django_filters.FilterSet):
    """The queue by agency or person, year, bloc, award, route and state.

    Unless asked otherwise it shows the chosen year, and what waits for the seat: verdicts of the specialist, approvals
    of the head.
    """

    q = django_filters.CharFilter(label="Đơn vị, cá nhân", method="find")
    year = django_filters.ChoiceFilter(label="Năm thi đua", empty_label="Tất cả", field_name="year_id")
    bloc = django_filters.ChoiceFilter(label="Khối", empty_label="Tất cả", field_name="bloc_year_id")
    award = django_filters.ChoiceFilter(label="Danh hiệu, hình thức", empty_label="Tất cả", field_name="award_id")
    route = django_filters.ChoiceFilter(
        label="Con đường",
        empty_label="Tất cả",
        choices=[(route.value, route.label) for route in Route if route != Route.RECORDED],
    )
    state = django_filters.ChoiceFilter(
        label="Trạng thái",
        empty_label="Tất cả",
        choices=[(state.value, state.label) for state in QUEUE_STATES],
        method="keep_state",
    )

    class Meta:
        model = Nomination
        fields = ["q", "year", "bloc", "award", "route", "state"]

    def __init__(self, data: QueryDict, *, queryset: Any, request: Any) -> None:
        offered, asked = year_choices(), data.copy()
        year = asked["year"] = offered.asked(request)
        if "state" not in asked:
            is_head = request.actor.scope.is_board_head
            asked["state"] = NominationState.APPRAISED if is_head else NominationState.SENT
        super().__init__(asked, queryset=queryset, request=request)
        self.filters["year"].extra["choices"] = offered.pairs
        self.filters["bloc"].extra["choices"] = offered.blocs.get(year, [])
        self.filters["award"].extra["choices"] = [(str(row.pk), str(row)) for row in AwardKind.objects.in_order()]

    def find(self, queryset: Any, _name: str, value: str) -> Any:
        """Keep what every word fits: the agency that proposes, the collective, or the person."""
        columns = ("owner__search_key", "agency__search_key", "person__search_key")
        return queryset.filter(every_word(value, *(word_of(column) for column in columns)))

    def keep_state(self, queryset: Any, _name: str, value: str) -> Any:
        """Keep what stands in the queue in that state; the board's drafts wait for their verdict."""
        return queryset.filter(in_queue(value))

    @property
    def state_said(self) -> str:
        """Return the state that is shown, "" for all."""
        return str(self.form["state"].value() or "")


class ActForm(forms.Form):
    """The reason of an act on what is ticked; `needs_note`: whether it must be given."""

    note = forms.CharField(label="Lý do", max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, needs_note: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["note"].required = needs_note
        self.fields["note"].error_messages["required"] = "Ghi lý do trước khi thực hiện."
        if not needs_note:
            self.fields["note"].label = "Ghi chú"


class VerdictForm(forms.Form):
    """One verdict for everything that is ticked; `awards`: what may be proposed instead."""

    verdict = forms.ChoiceField(
        label="Kết quả thẩm định",
        choices=Verdict.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Chọn kết quả thẩm định."},
    )
    award = forms.ModelChoiceField(
        AwardKind.objects.none(), label="Hình thức đề nghị thay", required=False,
        empty_label="Chọn nếu đề nghị hình thức khác",
        error_messages={"invalid_choice": "Chọn danh hiệu, hình thức trong danh sách."},
    )  # fmt: skip
    opinion = forms.CharField(
        label="Ý kiến thẩm định",
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Bắt buộc khi không đủ điều kiện; in trong báo cáo thẩm định",
    )

    def __init__(self, *args: Any, awards: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["award"].queryset = awards  # type: ignore[attr-defined] # a ModelChoiceField

    def clean(self) -> dict[str, Any]:
        """Ask for what belongs to the verdict."""
        said = super().clean() or {}
        verdict = said.get("verdict")
        if verdict == Verdict.CHANGE and not said.get("award") and "award" not in self.errors:
            self.add_error("award", "Chọn danh hiệu, hình thức đề nghị thay.")
        if verdict == Verdict.UNFIT and not said.get("opinion"):
            self.add_error("opinion", "Ghi ý kiến thẩm định khi không đủ điều kiện.")
        return said
