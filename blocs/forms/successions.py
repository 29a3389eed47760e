"""Forms of changes of agencies: what is prepared, and what becomes of each object it touches."""

from collections.abc import Mapping, Sequence
from typing import Any, Self

import django_filters
from django import forms
from django.utils.datastructures import MultiValueDict

from blocs.enums import AgencyKind, SuccessionKind, SuccessionState
from blocs.models import Agency, AgencySuccession, BlocYear
from blocs.queries.succession import Group, bloc_years_to_join, find_agencies, plan_of
from blocs.services.successions import NewAgency
from emulation.core.forms import DateField, KeyField, OnPaperForm

FIRST_ROWS, MOST_ROWS = 2, 12
_LISTS = ("old", "new")
_AGAIN = "Tải lại trang rồi nhập lại."


class SuccessionFilter(django_filters.FilterSet):
    """Changes of agencies by kind and state."""

    kind = django_filters.ChoiceFilter(label="Việc", empty_label="Tất cả", choices=SuccessionKind.choices)
    state = django_filters.ChoiceFilter(label="Trạng thái", empty_label="Tất cả", choices=SuccessionState.choices)

    class Meta:
        model = AgencySuccession
        fields = ["kind", "state"]


class Agencies(forms.MultipleChoiceField):
    """Agencies to tick: those ticked so far and those a search found."""

    def __init__(self, label: str) -> None:
        super().__init__(
            label=label,
            required=False,
            widget=forms.CheckboxSelectMultiple(attrs={"class": "form-check-input"}),
            error_messages={"invalid_choice": "Chọn lại đơn vị trong danh sách; tìm lại nếu không thấy."},
        )


class SuccessionForm(OnPaperForm):
    """What happened to which agencies, from which day, by which decision; with as many new ones as were asked for."""

    kind = forms.ChoiceField(
        label="Việc sắp xếp",
        choices=SuccessionKind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Chọn việc sắp xếp."},
    )
    happened_on = DateField(
        label="Từ ngày",
        help_text="Ngày đầu tiên theo sắp xếp mới; đơn vị cũ kết thúc vào ngày hôm trước",
        error_messages={"required": "Ghi ngày bắt đầu theo sắp xếp mới."},
    )
    old_q = forms.CharField(label="Tìm đơn vị cũ", max_length=100, required=False)
    old = Agencies("Đơn vị cũ")
    new_q = forms.CharField(label="Tìm đơn vị đang có", max_length=100, required=False)
    new = Agencies("Đơn vị đang có")
    to_bloc_year = forms.ChoiceField(
        label="Khối đến",
        required=False,
        help_text="Chỉ khi chuyển sang khối khác",
        error_messages={"invalid_choice": "Chọn lại khối trong danh sách."},
    )
    note = forms.CharField(label="Ghi chú", max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3}))
    row_count = forms.IntegerField(
        widget=forms.HiddenInput,
        required=False,
        initial=FIRST_ROWS,
        min_value=1,
        max_value=MOST_ROWS,
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), _AGAIN),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        asked = str(self["row_count"].value() or "")
        self.numbers = range(1, min(max(int(asked) if asked.isdecimal() else FIRST_ROWS, 1), MOST_ROWS) + 1)
        for number in self.numbers:
            self.fields[f"title_{number}"] = forms.CharField(
                label=f"Tên đơn vị mới {number}", max_length=300, required=False
            )
            self.fields[f"short_{number}"] = forms.CharField(label="Tên viết tắt", max_length=60, required=False)
            self.fields[f"kind_{number}"] = forms.ChoiceField(
                label="Loại", choices=AgencyKind.choices, initial=AgencyKind.DEPARTMENT, required=False
            )
        self.targets = {str(row.pk): row for row in bloc_years_to_join()}
        # A ChoiceField each, which the type of `fields` does not know.
        fields: dict[str, Any] = dict(self.fields)
        fields["to_bloc_year"].choices = [("", "–"), *((pk, str(row)) for pk, row in self.targets.items())]
        for name in _LISTS:
            ticked = [int(pk) for pk in self[name].value() or [] if str(pk).isdecimal()]
            found = find_agencies(str(self[f"{name}_q"].value() or ""), chosen=ticked)
            fields[name].choices = [(str(row.pk), _label(row)) for row in found]

    @classmethod
    def typed(cls, data: "MultiValueDict[str, Any]") -> Self:
        """Return the form with what was typed so far and nothing checked.

        Somebody only looks for an agency, or asks for one more row ("row" in `find`).
        """
        said = {name: data.getlist(name) if name in _LISTS else data.get(name) for name in data}
        form = cls(initial=said)
        if data.get("find") == "row" and form.may_grow:
            return cls(initial=said | {"row_count": len(form.numbers) + 1})
        return form

    @classmethod
    def of(cls, row: AgencySuccession, data: Any = None, files: Any = None) -> Self:
        """Return the form of a change that is prepared (one of `successions()`), for its paper only a new one."""
        plan = plan_of(row)
        made = [party for party in plan.new if party.agency_id is None]
        initial: dict[str, Any] = {
            "kind": row.kind,
            "happened_on": row.happened_on,
            "old": [str(party.agency_id) for party in plan.old],
            "new": [str(party.agency_id) for party in plan.new if party.agency_id],
            "to_bloc_year": str(row.to_bloc_year_id or ""),
            "note": row.note,
            "row_count": max(len(made), FIRST_ROWS),
        }
        for number, party in enumerate(made, start=1):
            said = {"title": party.title, "short": party.short, "kind": party.kind}
            initial |= {f"{name}_{number}": value for name, value in said.items()}
        return cls(data, files, initial=initial)

    @property
    def new_rows(self) -> list[tuple[Any, Any, Any]]:
        """Return the fields of each agency to be created."""
        return [tuple(self[f"{name}_{n}"] for name in ("title", "short", "kind")) for n in self.numbers]  # type: ignore[misc] # three of them

    @property
    def may_grow(self) -> bool:
        """Whether one more agency may be created."""
        return len(self.numbers) < MOST_ROWS

    def words(self, name: str) -> str:
        """Return what stands in a field as people read it, "" where it has no such row."""
        if name not in self.fields:
            return ""
        value, field = self[name].value(), self.fields[name]
        labels: dict[Any, Any] = dict(getattr(field, "choices", ()))
        values = value if isinstance(value, list) else [value]
        return ", ".join(str(labels.get(one, one)) for one in values if one)

    def said(self) -> dict[str, Any]:
        """Return what a valid form asks for, as the service takes it."""
        said = self.cleaned_data
        return {
            "kind": said["kind"],
            "happened_on": said["happened_on"],
            "old": [int(pk) for pk in said["old"]],
            "new": [int(pk) for pk in said["new"]],
            "made": [
                NewAgency(said[f"title_{n}"], said[f"short_{n}"], said[f"kind_{n}"] or AgencyKind.OTHER)
                for n in self.numbers
                if said[f"title_{n}"]
            ],
            "to_bloc_year": self.target(said["to_bloc_year"]),
            "note": said["note"],
            "on_paper": self.on_paper(),
        }

    def target(self, pk: str) -> BlocYear | None:
        """Return the chosen bloc year; None when none was."""
        return self.targets.get(pk)


class NewSuccessionForm(SuccessionForm):
    """A change that is prepared first; a second click finds it."""

    creation_key = KeyField()

    def said(self) -> dict[str, Any]:
        """Return what a valid form asks for, with its key."""
        return super().said() | {"creation_key": self.cleaned_data["creation_key"]}


def _label(row: Agency) -> str:
    """Return an agency's name with what tells it from others of the same name."""
    beside = [part for part in (row.place_words, f"thuộc {row.parent.name}" if row.parent else "") if part]
    return f"{row.name} ({', '.join(beside)})" if beside else row.name


class CompleteForm(OnPaperForm):
    """One choice for each object that is touched, and the decision unless it is there already."""

    confirmed = forms.BooleanField(
        label="Đã đối chiếu với quyết định sắp xếp",
        error_messages={"required": "Đối chiếu với quyết định rồi đánh dấu vào đây."},
    )

    def __init__(self, *args: Any, groups: Sequence[Group], **options: Any) -> None:
        super().__init__(*args, **options)
        self.groups = groups
        for touched in (touched for group in groups for touched in group.objects if not touched.is_fixed):
            self.fields[touched.key] = forms.ChoiceField(
                label=touched.title,
                choices=touched.choices,
                error_messages=dict.fromkeys(
                    ("required", "invalid_choice"), "Mục này vừa thay đổi; chọn lại cách xử lý."
                ),
            )

    @property
    def parts(self) -> list[tuple[str, list[tuple[Any, Any]]]]:
        """Return each part's title with its objects, each beside its field (None where nothing is to choose)."""
        return [
            (group.part.title, [(row, None if row.is_fixed else self[row.key]) for row in group.objects])
            for group in self.groups
        ]

    @property
    def choices(self) -> Mapping[str, str]:
        """Return the choices of a valid form by the key of their object."""
        return {key: value for key, value in self.cleaned_data.items() if "-" in key}
