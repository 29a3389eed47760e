"""Forms of dossiers: what goes into one, its sending, its receipt; the filters of the list."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import django_filters
from django import forms
from django.forms import BoundField
from django.http import QueryDict

from awards.enums import ReceivedAs, SubmissionState
from awards.models import Submission
from awards.queries.nominations import NominationLine
from awards.queries.submissions import next_number
from awards.queries.submissions_choices import year_choices
from awards.services.submissions import Entry
from emulation.core import clock
from emulation.core.access import Actor
from emulation.core.filters import every_word, part_of_number, word_of
from emulation.core.forms import KeyField, OnPaperForm, PastDateField, StepForm


class SubmissionFilter(django_filters.FilterSet):
    """Dossiers by sender or số đến, year (the chosen one unless asked otherwise), bloc and state."""

    q = django_filters.CharFilter(label="Đơn vị gửi, số đến", method="find")
    year = django_filters.ChoiceFilter(label="Năm thi đua", empty_label="Tất cả", field_name="year_id")
    bloc = django_filters.ChoiceFilter(label="Khối", empty_label="Tất cả", field_name="bloc_year_id")
    state = django_filters.ChoiceFilter(label="Trạng thái", empty_label="Tất cả", choices=SubmissionState.choices)

    class Meta:
        model = Submission
        fields = ["q", "year", "bloc", "state"]

    def __init__(self, data: QueryDict, *, queryset: Any, request: Any) -> None:
        actor: Actor = request.actor
        offered, asked = year_choices(), data.copy()
        year = asked["year"] = offered.asked(request)
        super().__init__(asked, queryset=queryset, request=request)
        self.filters["year"].extra["choices"] = offered.pairs
        if actor.scope.is_board:
            self.filters["bloc"].extra["choices"] = offered.blocs.get(year, [])
        else:
            del self.filters["bloc"]

    def find(self, queryset: Any, _name: str, value: str) -> Any:
        """Keep dossiers whose sender, bloc or số đến fits every word."""
        fits = word_of("agency__search_key"), word_of("bloc_year__search_key"), part_of_number("register_number")
        return queryset.filter(every_word(value, *fits))


@dataclass(frozen=True)
class TickLine:
    """A nomination that may be put into a dossier, and its box."""

    line: NominationLine
    box: BoundField


class SubmissionForm(forms.Form):
    """Title and nominations of a dossier; everything that waits is ticked at first."""

    creation_key = KeyField()
    title = forms.CharField(
        label="Nội dung",
        max_length=300,
        help_text="Như trích yếu của tờ trình",
        error_messages={"required": "Ghi nội dung của hồ sơ, ví dụ: Đề nghị khen thưởng năm 2026."},
    )

    def __init__(self, *args: Any, lines: Sequence[NominationLine], ticked: frozenset[int], **options: Any) -> None:
        super().__init__(*args, **options)
        self.by_id = {line.row.pk: line for line in lines}
        for pk, line in self.by_id.items():
            self.fields[f"line_{pk}"] = forms.BooleanField(
                label=f"Đưa vào hồ sơ: {line.row.subject_name}", required=False, initial=pk in ticked
            )

    def lines(self) -> Iterator[TickLine]:
        """Yield the nominations with their boxes."""
        for pk, line in self.by_id.items():
            yield TickLine(line, self[f"line_{pk}"])

    @property
    def chosen(self) -> list[Any]:
        """Return the nominations ticked in a valid form."""
        return [line.row for pk, line in self.by_id.items() if self.cleaned_data[f"line_{pk}"]]


class EntryForm(forms.Form):
    """The line in the register of what came in; số đến is proposed and may be typed over."""

    register_number = forms.CharField(
        label="Số đến",
        max_length=30,
        help_text="Hệ thống gợi ý số tiếp theo trong năm; sửa theo sổ của văn thư",
        error_messages={"required": "Ghi số đến."},
    )
    received_on = PastDateField(label="Ngày đến", error_messages={"required": "Ghi ngày đến."})
    received_as = forms.ChoiceField(label="Nhận bằng", choices=ReceivedAs.choices)
    received_above_on = PastDateField(
        label="Ngày cấp trên nhận", required=False, help_text="Chỉ ghi khi hồ sơ đã chuyển bộ, ngành Trung ương"
    )

    def __init__(self, *args: Any, submission: Submission, **options: Any) -> None:
        super().__init__(*args, **options)
        today = clock.today()
        self.fields["register_number"].initial = submission.register_number or next_number(today.year)
        self.fields["received_on"].initial = today
        self.fields["received_above_on"].initial = submission.received_above_on

    @property
    def entry(self) -> Entry:
        """Return what is entered in the register, of a valid form."""
        names = ("register_number", "received_on", "received_as", "received_above_on")
        return Entry(**{name: self.cleaned_data[name] for name in names})


class ReceiveForm(EntryForm, StepForm):
    """The receipt of a dossier that was sent."""

    def __init__(self, *args: Any, submission: Submission, **options: Any) -> None:
        super().__init__(*args, submission=submission, **options)
        self.fields["received_as"].initial = ReceivedAs.PAPER if submission.paper_id else ReceivedAs.SYSTEM


class RegisterForm(EntryForm, SubmissionForm, OnPaperForm):
    """A dossier that came on paper, whole: its nominations, its signed letter, its line in the register.

    `behalf`: the names of who may have signed the letter, one at least.
    """

    behalf_of = forms.ChoiceField(
        label="Đơn vị ký tờ trình",
        error_messages={
            "required": "Chọn đơn vị đã ký tờ trình.",
            "invalid_choice": "Chọn lại đơn vị trong danh sách.",
        },
    )

    def __init__(self, *args: Any, behalf: Sequence[str], **options: Any) -> None:
        super().__init__(*args, needs_paper=True, **options)
        self.fields["behalf_of"].choices = [(name, name) for name in behalf]  # type: ignore[attr-defined] # a ChoiceField
        ways = [(way.value, way.label) for way in (ReceivedAs.PAPER, ReceivedAs.FILE)]
        self.fields["received_as"].choices = ways  # type: ignore[attr-defined] # a ChoiceField
