"""The form of a bloc's groups: their names and order, and for every member the group it stands in."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms import BoundField

from blocs.forms.members import PositionField
from blocs.models import Membership, Subgroup
from blocs.services.groups import NEW, GroupSaid

NEW_GROUP = "Nhóm mới (ghi tên ở trên)"


@dataclass(frozen=True)
class GroupLine:
    """A row of the table of groups; the last one is a group that is to be made."""

    position: BoundField
    name: BoundField
    member_count: int
    is_new: bool


@dataclass(frozen=True)
class PlacedMember:
    """A member with the box of its group."""

    row: Membership
    group: BoundField


class GroupsForm(forms.Form):
    """All groups of a bloc and where each member stands."""

    def __init__(self, *args: Any, groups: Sequence[Subgroup], rows: Sequence[Membership], **options: Any) -> None:
        super().__init__(*args, **options)
        self.groups, self.rows = groups, rows
        for number, group in enumerate(groups, start=1):
            self._add_group(group.pk, group.name, number, f"nhóm “{group.name}”")
        self._add_group(NEW, "", len(groups) + 1, "nhóm mới")
        choices = [("", "Không thuộc nhóm nào"), *((group.pk, group.name) for group in groups), (NEW, NEW_GROUP)]
        for row in rows:
            self.fields[f"group_{row.pk}"] = forms.TypedChoiceField(
                label=f"Nhóm của {row.name}",
                required=False,
                coerce=int,
                empty_value=None,
                choices=choices,
                initial=row.subgroup_id,
                error_messages={"invalid_choice": "Chọn lại nhóm trong danh sách."},
            )

    def _add_group(self, key: int, name: str, number: int, words: str) -> None:
        self.fields[f"position_{key}"] = PositionField(label=f"Thứ tự: {words}", initial=number)
        self.fields[f"name_{key}"] = forms.CharField(label=f"Tên {words}", max_length=200, required=False, initial=name)

    def clean(self) -> dict[str, Any]:
        """Say at the box which group has no name though members stand in it, or bears the name of another."""
        said = super().clean() or {}
        used = {said.get(f"group_{row.pk}") for row in self.rows}
        names: set[str] = set()
        for key in self._keys:
            name = said.get(f"name_{key}", "")
            if not name and key in used:
                what = "Ghi tên nhóm mới" if key == NEW else "Nhóm còn đơn vị: ghi lại tên"
                self.add_error(f"name_{key}", f"{what}, hoặc chọn nhóm khác cho các đơn vị đã xếp vào nhóm này.")
            if name and name in names:
                self.add_error(f"name_{key}", f"Đã có nhóm tên “{name}”; ghi tên khác.")
            names.add(name)
        return said

    @property
    def _keys(self) -> list[int]:
        return [*(group.pk for group in self.groups), NEW]

    def group_lines(self) -> Iterator[GroupLine]:
        """Yield the groups in their order, then the one that is to be made."""
        for key in self._keys:
            count = sum(1 for row in self.rows if row.subgroup_id == key)
            yield GroupLine(self[f"position_{key}"], self[f"name_{key}"], count, key == NEW)

    def member_lines(self) -> Iterator[PlacedMember]:
        """Yield the members in the order of the list."""
        for row in self.rows:
            yield PlacedMember(row, self[f"group_{row.pk}"])

    @property
    def said(self) -> dict[int, GroupSaid]:
        """Return what was typed about each group, of a valid form."""
        said = self.cleaned_data
        return {key: GroupSaid(said[f"name_{key}"], said[f"position_{key}"]) for key in self._keys}

    @property
    def stands_in(self) -> dict[int, int | None]:
        """Return the group of each membership, of a valid form."""
        return {row.pk: self.cleaned_data[f"group_{row.pk}"] for row in self.rows}
