"""Forms of awards given: the look-up, an old award typed by hand, an agency's own decision, the revocation."""

from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from django.utils.datastructures import MultiValueDict

from awards.enums import AwardLevel, AwardNature
from awards.forms.decisions import SCAN_HELP, ElsewhereForm, SignedForm, years
from awards.models import AwardKind, Grant
from awards.queries.persons import key_of, known_persons
from awards.services.decisions import DecisionSaid, Given
from awards.services.nominations import unfit
from awards.services.persons import PersonSaid
from blocs.models import Agency
from blocs.queries.succession import find_agencies
from emulation.core.filters import SearchFilter
from emulation.core.forms import KeyField, OnPaperForm, PastDateField

NEW_PERSON = "new"
FIRST_BIRTH_YEAR, LAST_BIRTH_YEAR = 1900, 2100


class GrantFilter(django_filters.FilterSet):
    """Awards given by name without accents, year, award, nature, level and whether they still hold.

    `agency` and `bloc` come with the links from the pages of an agency and of a bloc; the page applies the agency.
    """

    q = SearchFilter(label="Đơn vị, cá nhân")
    year = django_filters.ChoiceFilter(label="Năm thi đua", empty_label="Tất cả", field_name="year_id")
    award = django_filters.ChoiceFilter(label="Danh hiệu, hình thức", empty_label="Tất cả", field_name="award_id")
    nature = django_filters.ChoiceFilter(
        label="Loại",
        empty_label="Tất cả",
        field_name="award__nature",
        choices=[(nature.value, nature.label) for nature in (AwardNature.TITLE, AwardNature.COMMENDATION)],
    )
    level = django_filters.ChoiceFilter(
        label="Cấp tặng", empty_label="Tất cả", field_name="award__level", choices=AwardLevel.choices
    )
    state = django_filters.ChoiceFilter(
        label="Tình trạng",
        empty_label="Tất cả",
        choices=[("standing", "Còn hiệu lực"), ("revoked", "Đã thu hồi")],
        method="keep_state",
    )
    agency = django_filters.NumberFilter(label="Đơn vị", widget=forms.HiddenInput, method="keep_all")
    bloc = django_filters.NumberFilter(label="Khối", widget=forms.HiddenInput, field_name="bloc_year__bloc_id")

    class Meta:
        model = Grant
        fields = ["q", "year", "award", "nature", "level", "state", "agency", "bloc"]

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.filters["year"].extra["choices"] = [(str(year.pk), year.label) for year in years()]
        self.filters["award"].extra["choices"] = [(str(award.pk), str(award)) for award in AwardKind.objects.in_order()]

    def keep_state(self, queryset: "QuerySet[Grant]", _name: str, value: str) -> "QuerySet[Grant]":
        """Keep those that hold, or those taken back."""
        return queryset.filter(is_revoked=value == "revoked")

    def keep_all(self, queryset: "QuerySet[Grant]", _name: str, _value: Any) -> "QuerySet[Grant]":
        """Keep everything: the page has asked for one agency already."""
        return queryset


class OldAwardForm(ElsewhereForm):
    """One award others decided: whose, which, for which year, by which decision."""

    find_agency = forms.CharField(
        label="Tìm đơn vị", max_length=100, required=False, help_text="Gõ tên không cần dấu rồi bấm “Tìm”"
    )
    agency = forms.ChoiceField(
        label="Đơn vị",
        widget=forms.RadioSelect,
        help_text="Khen cá nhân thì chọn đơn vị của người đó",
        error_messages={"required": "Tìm rồi chọn đơn vị.", "invalid_choice": "Tìm lại rồi chọn đơn vị."},
    )
    person_name = forms.CharField(
        label="Họ và tên cá nhân", max_length=150, required=False, help_text="Để trống nếu khen tập thể"
    )
    person_position = forms.CharField(label="Chức vụ khi được khen", max_length=200, required=False)
    birth_year = forms.IntegerField(
        label="Năm sinh",
        min_value=FIRST_BIRTH_YEAR,
        max_value=LAST_BIRTH_YEAR,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), "Ghi năm sinh bằng 4 chữ số."),
    )
    person = forms.ChoiceField(
        label="Người được khen",
        required=False,
        widget=forms.RadioSelect,
        help_text="Đơn vị có người trùng tên; chọn đúng người",
    )
    award = forms.ModelChoiceField(
        AwardKind.objects.in_order(),
        label="Danh hiệu, hình thức",
        empty_label="–",
        error_messages={"required": "Chọn danh hiệu, hình thức."},
    )
    year = forms.ChoiceField(label="Năm thi đua", required=False, help_text="Để trống nếu quyết định không nêu")

    field_order = (
        "find_agency", "agency", "person_name", "person_position", "birth_year", "person", "award", "year",
        *ElsewhereForm.field_order,
    )  # fmt: skip

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.years = {str(year.pk): year for year in years()}
        # A ChoiceField each, which the type of `fields` does not know.
        fields: dict[str, Any] = dict(self.fields)
        fields["year"].choices = [("", "–"), *((pk, year.label) for pk, year in self.years.items())]
        chosen = str(self["agency"].value() or "")
        ids = [int(chosen)] if chosen.isdecimal() else []
        found = find_agencies(str(self["find_agency"].value() or ""), chosen=ids)
        self.agencies = {str(row.pk): row for row in found}
        fields["agency"].choices = [(pk, _named(row)) for pk, row in self.agencies.items()]
        self._offer_namesakes(fields["person"], chosen)

    def _offer_namesakes(self, field: Any, agency: str) -> None:
        """Show whom the name may mean where several bear it, and the way to somebody new."""
        name = str(self["person_name"].value() or "")
        key = key_of(name, int(agency)) if name and agency.isdecimal() else None
        known = known_persons([key] if key else []).get(key or ("", 0), [])
        if len(known) > 1 or (known and self["person"].value()):
            born = [(str(row.pk), f"{row.name}, {row.position or '–'}, sinh {row.birth_year or '–'}") for row in known]
            field.choices = [*born, (NEW_PERSON, "Người khác, chưa có trong hệ thống")]
        else:
            del self.fields["person"]

    def clean(self) -> dict[str, Any]:
        """Refuse an award that is never given to such a subject."""
        said = super().clean() or {}
        award, is_person = said.get("award"), bool(said.get("person_name"))
        if award is not None and not award.subjects.filter(is_person=is_person).exists():
            self.add_error("award", unfit(award, is_person=is_person))
        return said

    @classmethod
    def typed(cls, data: "MultiValueDict[str, Any]") -> "OldAwardForm":
        """Return the form with what was typed so far and nothing checked: somebody only looks for an agency."""
        return cls(initial={name: data.get(name) for name in data})

    @property
    def given(self) -> Given:
        """Return the award of a valid form."""
        typed = self.cleaned_data
        return Given(
            award=typed["award"],
            agency=self.agencies[typed["agency"]],
            person=self._person() if typed["person_name"] else None,
            year=self.years.get(typed["year"]),
        )

    def _person(self) -> PersonSaid:
        typed = self.cleaned_data
        chosen = typed.get("person", "")
        return PersonSaid(
            typed["person_name"],
            typed["person_position"],
            typed["birth_year"],
            chosen=int(chosen) if chosen.isdecimal() else None,
            is_new=chosen == NEW_PERSON,
        )


def _named(row: Agency) -> str:
    return f"{row.name} ({row.place_words})" if row.place_words else row.name


class OwnForm(SignedForm):
    """The decision by which an agency gave an award itself."""

    creation_key = KeyField()
    scan = forms.FileField(label="Bản quét đã ký", required=False, help_text=SCAN_HELP)

    def decision(self, *, title: str, issuer: str) -> DecisionSaid:
        """Return the decision of a valid form."""
        typed = self.cleaned_data
        names = ("number", "dated_on", "signer_name", "signer_title", "scan")
        return DecisionSaid(title, issuer, **{name: typed[name] for name in names})


class RevokeForm(OnPaperForm):
    """The decision that takes an award back, the day, and why."""

    revoked_on = PastDateField(
        label="Ngày thu hồi",
        help_text="Ngày quyết định thu hồi có hiệu lực",
        error_messages={"required": "Ghi ngày thu hồi."},
    )
    reason = forms.CharField(
        label="Lý do thu hồi",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Ghi lý do thu hồi."},
    )

    field_order = ("paper_number", "paper_dated_on", "paper_issuer", "paper_scan", "revoked_on", "reason")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        # Without its number nobody can find the decision again.
        number = self.fields["paper_number"]
        number.required, number.help_text = True, "Ví dụ: 3400/QĐ-UBND"
        number.error_messages["required"] = "Ghi số quyết định thu hồi."
