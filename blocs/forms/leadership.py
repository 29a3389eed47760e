"""Forms of the leadership: each act is a few fields, and the paper it rests on."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.forms import BoundField

from blocs.enums import LeadershipRole
from blocs.models import Agency, LeadershipTerm, Membership
from emulation.core.forms import KeyField, OnPaperForm, PastDateField

STATED = ("bầu", "đề xuất", "suy tôn", "luân phiên")
AGAIN = {"required": "Chọn đơn vị.", "invalid_choice": "Chọn lại đơn vị trong danh sách."}


ASIDE = frozenset({"creation_key", "behalf_of", "paper_number", "paper_dated_on", "paper_issuer", "paper_scan"})


class _ActForm(forms.Form):
    """What the page of an act lays out: first the act's own fields, then the paper."""

    def own_fields(self) -> list[BoundField]:
        """Return the fields that are neither the key nor about the paper."""
        return [field for field in self if field.name not in ASIDE]


class _PaperForm(_ActForm, OnPaperForm):
    """An act that may rest on a paper."""


class _Creating(_PaperForm):
    """A form that makes a row of one member; its key lets a second click find the first row."""

    creation_key = KeyField()
    agency = forms.ChoiceField(label="Đơn vị", error_messages=AGAIN)
    role = forms.ChoiceField(label="Vai trò", choices=LeadershipRole.choices)

    def __init__(self, *args: Any, members: Sequence[Membership], **options: Any) -> None:
        super().__init__(*args, **options)
        self.agencies = {str(row.agency_id): row.agency for row in members}
        pairs = [("", "Chọn đơn vị"), *((pk, agency.name) for pk, agency in self.agencies.items())]
        self.fields["agency"].choices = pairs  # type: ignore[attr-defined] # a ChoiceField

    @property
    def agency_said(self) -> Agency:
        """Return the agency of a valid form."""
        return self.agencies[self.cleaned_data["agency"]]


class ElectForm(_Creating):
    """Who was elected, as what, when."""

    elected_on = PastDateField(label="Ngày bầu", required=False, help_text="Bỏ trống nếu không rõ ngày")
    field_order = ("agency", "role", "elected_on")


class RecogniseForm(_PaperForm):
    """The decision that recognises a term."""

    recognised_on = PastDateField(
        label="Ngày công nhận", error_messages={"required": "Ghi ngày công nhận, thường là ngày của quyết định."}
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, needs_paper=True, **options)


class EndForm(_PaperForm):
    """The last day of a term and why; when the leader goes, who takes the place."""

    ends_on = PastDateField(
        label="Ngày kết thúc",
        help_text="Ngày cuối cùng giữ nhiệm vụ",
        error_messages={"required": "Ghi ngày kết thúc nhiệm kỳ."},
    )
    reason = forms.CharField(
        label="Lý do",
        max_length=300,
        help_text="Ví dụ: sáp nhập đơn vị; hết nhiệm kỳ; xin thôi",
        error_messages={"required": "Ghi lý do kết thúc nhiệm kỳ."},
    )
    successor = forms.ChoiceField(label="Ai làm nhiệm vụ Trưởng khối sau ngày đó", required=False)

    def __init__(self, *args: Any, deputies: Sequence[LeadershipTerm], **options: Any) -> None:
        super().__init__(*args, **options)
        self.deputies = {str(row.pk): row for row in deputies}
        if not deputies:
            del self.fields["successor"]
            return
        pairs = [("", "Chưa có, sẽ ghi sau")]
        pairs += [(f"stands_in:{pk}", f"{row.name} điều hành thay") for pk, row in self.deputies.items()]
        pairs += [(f"steps_up:{pk}", f"{row.name} lên làm Trưởng khối") for pk, row in self.deputies.items()]
        self.fields["successor"].choices = pairs  # type: ignore[attr-defined] # a ChoiceField

    @property
    def successor_said(self) -> dict[str, LeadershipTerm]:
        """Return who takes the place, by how, of a valid form; empty for nobody yet."""
        way, _, pk = str(self.cleaned_data.get("successor", "")).partition(":")
        return {way: self.deputies[pk]} if way else {}


class StandInForm(_PaperForm):
    """From which day a deputy acts in the leader's place."""

    day = PastDateField(label="Từ ngày", error_messages={"required": "Ghi ngày bắt đầu điều hành thay."})


class StopForm(_ActForm):
    """Nothing is asked but the click."""


def _stated(form: forms.Form, current: str = "") -> None:
    known = dict.fromkeys([*STATED, *([current] if current else [])])
    form.fields["stated"].choices = [("", "Không ghi"), *((word, word) for word in known)]  # type: ignore[attr-defined]


class BehalfForm(_PaperForm):
    """A paper, and for whom one acts; with one the paper is needed. `behalf`: the names the actor may act for."""

    behalf_of = forms.ChoiceField(
        label="Làm thay cho", required=False, error_messages={"invalid_choice": "Chọn lại đơn vị trong danh sách."}
    )

    def __init__(self, *args: Any, behalf: Sequence[str] = (), **options: Any) -> None:
        super().__init__(*args, **options)
        if behalf:
            pairs = [("", "Không, tôi tự thực hiện"), *((name, name) for name in behalf)]
            self.fields["behalf_of"].choices = pairs  # type: ignore[attr-defined] # a ChoiceField
        else:
            del self.fields["behalf_of"]

    def clean(self) -> dict[str, Any]:
        """Ask for the paper of whom one acts for."""
        self.needs_paper = self.needs_paper or bool(self.cleaned_data.get("behalf_of"))
        return super().clean()

    @property
    def behalf_said(self) -> str:
        """Return for whom a valid form acts, "" for oneself."""
        return str(self.cleaned_data.get("behalf_of", ""))


class NextForm(BehalfForm, _Creating):
    """Whom the meeting chose or proposed to lead the next year."""

    stated = forms.ChoiceField(label="Cách chọn", required=False)
    field_order = ("agency", "role", "stated")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        _stated(self)


class NextEditForm(BehalfForm):
    """Another role or way of choosing for who is named already."""

    role = forms.ChoiceField(label="Vai trò", choices=LeadershipRole.choices)
    stated = forms.ChoiceField(label="Cách chọn", required=False)
    field_order = ("role", "stated")

    def __init__(self, *args: Any, current: str, **options: Any) -> None:
        super().__init__(*args, **options)
        _stated(self, current)


class TakeBackForm(_ActForm):
    """Why a name is taken back."""

    note = forms.CharField(
        label="Lý do",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Ghi lý do rút tên."},
    )
