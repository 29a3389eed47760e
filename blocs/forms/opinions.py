"""Forms of comments on a paper: one comment, and what the leader makes of it."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from blocs.enums import OpinionOutcome
from blocs.models import Membership
from blocs.services.opinions import NEEDS_ANSWER
from emulation.core.forms import KeyField, OnPaperForm

WHOLE = "Toàn bộ văn bản"
TEXT_MISSING = "Ghi ý kiến góp ý."
LENGTH = 5000


def _text(**options: Any) -> forms.CharField:
    return forms.CharField(max_length=LENGTH, widget=forms.Textarea(attrs={"rows": 5}), **options)


class WordsForm(forms.Form):
    """Of which section a comment speaks, and its words. `sections`: the titles to choose from."""

    section = forms.ChoiceField(label="Về mục", required=False)
    text = _text(label="Ý kiến", error_messages={"required": TEXT_MISSING})

    def __init__(self, *args: Any, sections: Sequence[str], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["section"].choices = [("", WHOLE), *((title, title) for title in sections)]  # type: ignore[attr-defined] # a ChoiceField
        if not sections:
            del self.fields["section"]

    @property
    def section_said(self) -> str:
        """Return the title of the section of a valid form, "" for the whole paper."""
        return str(self.cleaned_data.get("section", ""))


class OpinionForm(WordsForm, OnPaperForm):
    """A new comment. `members`: whom the actor may write for; `own`: the actor's agency, which needs no letter."""

    field_order = ("creation_key", "member", "section", "text")
    creation_key = KeyField()
    member = forms.ChoiceField(
        label="Ý kiến của đơn vị",
        help_text="Nhập thay đơn vị khác thì ghi văn bản góp ý của đơn vị đó ở dưới",
        error_messages={"required": "Chọn đơn vị góp ý.", "invalid_choice": "Chọn lại đơn vị trong danh sách."},
    )

    def __init__(self, *args: Any, members: Sequence[Membership], own: int | None, **options: Any) -> None:
        super().__init__(*args, **options)
        self.members = {str(row.pk): row for row in members}
        self.own = own
        choices = [(key, row.name.full) for key, row in self.members.items()]
        if len(choices) > 1:
            choices.insert(0, ("", "Chọn đơn vị"))
        self.fields["member"].choices = choices  # type: ignore[attr-defined] # a ChoiceField
        if len(choices) == 1:
            self.fields["member"].initial = choices[0][0]
            self.fields["member"].widget = forms.HiddenInput()

    def clean(self) -> dict[str, Any]:
        """Ask for the letter of an agency that is not the actor's own."""
        member = self.members.get(self.cleaned_data.get("member", ""))
        self.needs_paper = member is not None and member.agency_id != self.own
        if self.needs_paper and member and not self.cleaned_data.get("paper_issuer"):
            self.cleaned_data["paper_issuer"] = member.name.full
        return super().clean()

    @property
    def member_said(self) -> Membership:
        """Return whose comment a valid form holds."""
        return self.members[self.cleaned_data["member"]]


class SettleForm(forms.Form):
    """What the leader makes of a comment."""

    outcome = forms.ChoiceField(
        label="Kết quả xem xét",
        choices=[
            (OpinionOutcome.ADOPTED.value, "Đã tiếp thu"),
            (OpinionOutcome.ANSWERED.value, "Giải trình, trả lời"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Chọn kết quả xem xét."},
    )
    answer = _text(label="Trả lời", required=False, help_text="Bắt buộc khi không tiếp thu")

    def clean(self) -> dict[str, Any]:
        """Ask for the answer where the comment is not taken up."""
        said = super().clean() or {}
        if said.get("outcome") == OpinionOutcome.ANSWERED and not said.get("answer"):
            self.add_error("answer", ValidationError(NEEDS_ANSWER))
        return said
