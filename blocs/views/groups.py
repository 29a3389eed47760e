"""The groups of a bloc's year, for the board: names, order, and which member stands where, in one form."""

from typing import Any

from django.contrib import messages
from django.urls import reverse

from blocs.forms.groups import GroupsForm
from blocs.models import BlocYear
from blocs.queries.members import member_rows
from blocs.services import groups
from blocs.views.bloc_years import OfBlocYear, refuse_closed
from emulation.core import clock
from emulation.core.views import FormPage


class BlocGroups(OfBlocYear, FormPage):
    """Every group and every member; a group without a name goes."""

    permission = "blocs.edit_members"
    template_name = "blocs/group_edit.html"

    def load(self) -> BlocYear:
        """Return the bloc year, its revision that of groups and members; raises Refused when it is closed."""
        row: BlocYear = super().load()
        refuse_closed(row)
        self.rows = member_rows(row)
        self.groups = list(row.subgroups.order_by("position"))
        row.revision = groups.revision_of(self.rows, self.groups)
        return row

    def form(self, row: BlocYear, data: Any = None, files: Any = None) -> GroupsForm:
        """Return the form with what is stored."""
        return GroupsForm(data, files, groups=self.groups, rows=self.rows)

    def context(self, row: BlocYear) -> dict[str, Any]:
        """Return the title."""
        return {"title": "Nhóm trong khối", "has_members": bool(self.rows)}

    def stored(self, row: BlocYear, name: str) -> Any:
        """Return a group's name or number, or where a member stands, by name."""
        box, _, key = name.partition("_")
        if box == "group":
            return next((member.subgroup for member in self.rows if member.pk == int(key)), None)
        known = {group.pk: (number, group.name) for number, group in enumerate(self.groups, start=1)}
        number, title = known.get(int(key), (None, ""))
        return number if box == "position" else title

    def save(self, row: BlocYear, form: GroupsForm, revision: int) -> str:
        """Write it and go back to the members."""
        changed = groups.arrange(
            bloc_year=row,
            groups=form.said,
            stands_in=form.stands_in,
            revision=revision,
            actor=self.actor,
            at=clock.now(),
        )
        messages.success(self.request, "Đã lưu nhóm của khối." if changed else "Nhóm của khối không có gì thay đổi.")
        return reverse("bloc_members", args=[row.pk])
