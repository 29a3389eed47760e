"""The members of a bloc's year, for the board: the list and its order, one membership, one more, one less."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from blocs.forms.members import MemberForm, NewMemberForm, OrderForm
from blocs.models import Agency, BlocYear, Membership
from blocs.queries.members import addable_found, member_rows, monitor_rows
from blocs.services import memberships
from blocs.views.bloc_years import OfBlocYear, refuse_closed
from emulation.core import clock
from emulation.core.views import DetailPage, FormPage


class BlocMembers(OfBlocYear, FormPage):
    """The list in its order; the numbers typed order it anew. A closed year is shown, not changed."""

    permission = "blocs.edit_members"
    template_name = "blocs/member_list.html"

    def load(self) -> BlocYear:
        """Return the bloc year with its members; its revision is that of the whole list."""
        row: BlocYear = super().load()
        self.rows = member_rows(row)
        row.revision = memberships.revision_of(self.rows)
        return row

    def form(self, row: BlocYear, data: Any = None, files: Any = None) -> OrderForm:
        """Return the form."""
        return OrderForm(data, files, rows=self.rows)

    def context(self, row: BlocYear) -> dict[str, Any]:
        """Return how many members there are now, and who follows the bloc."""
        return {
            "title": "Đơn vị thành viên",
            "member_count": sum(1 for member in self.rows if member.left_on is None),
            "has_members": bool(self.rows),
            "may_edit": not row.is_closed,
            "monitors": monitor_rows(row),
        }

    def stored(self, row: BlocYear, name: str) -> Any:
        """Return where a member stands now."""
        pk = int(name.removeprefix("position_"))
        return next((number for number, member in enumerate(self.rows, start=1) if member.pk == pk), None)

    def save(self, row: BlocYear, form: OrderForm, revision: int) -> str:
        """Write the order."""
        memberships.reorder(
            bloc_year=row, positions=form.positions, revision=revision, actor=self.actor, at=clock.now()
        )
        messages.success(self.request, "Đã lưu thứ tự.")
        return reverse("bloc_members", args=[row.pk])


class MemberNew(OfBlocYear, FormPage):
    """First an agency is found by its name, then its membership is written."""

    permission = "blocs.edit_members"
    template_name = "blocs/member_new.html"

    def load(self) -> BlocYear:
        """Return the bloc year; raises Refused when it is closed."""
        row: BlocYear = super().load()
        refuse_closed(row)
        return row

    def form(self, row: BlocYear, data: Any = None, files: Any = None) -> NewMemberForm:
        """Return the form; the agency is the one of the address."""
        return NewMemberForm(data, files, bloc_year=row, initial={"agency": self.request.GET.get("agency")})

    def chosen(self) -> Agency | None:
        """Return the agency that was chosen, None as long as none was."""
        said = self.request.POST.get("agency") or self.request.GET.get("agency") or ""
        # Longer numbers are no id, and the database would not take them.
        known = Agency.objects.visible_to(self.actor)
        return known.filter(pk=said).first() if said.isascii() and said.isdecimal() and len(said) < 10 else None  # noqa: PLR2004

    def context(self, row: BlocYear) -> dict[str, Any]:
        """Return what was found and what was chosen."""
        words = self.request.GET.get("q", "")
        agency = self.chosen()
        return {
            "title": "Thêm đơn vị thành viên",
            "agency": agency,
            "words": words,
            "found": [] if agency else addable_found(row, self.actor, words),
        }

    def save(self, row: BlocYear, form: NewMemberForm, _revision: int) -> str:
        """Write it and go back to the list."""
        agency = self.chosen()
        if agency is None:
            raise Http404
        memberships.add(
            bloc_year=row,
            agency=agency,
            said=form.said,
            position=form.cleaned_data["position"],
            creation_key=form.cleaned_data["creation_key"],
            actor=self.actor,
            at=clock.now(),
        )
        messages.success(self.request, f"Đã thêm “{agency.name}”.")
        return reverse("bloc_members", args=[row.pk])


class OneMembership(DetailPage):
    """A page about one membership, `pk` of the URL."""

    permission = "blocs.edit_members"
    queryset = Membership.objects.select_related("bloc_year__year", "bloc_year__bloc", "name", "subgroup")

    def load(self) -> Any:
        """Return the membership; raises Http404 for what the actor may not, Refused when the year is closed."""
        row = super().load()
        refuse_closed(row.bloc_year)
        return row

    def back(self, row: Membership) -> str:
        """Return the address of the list."""
        return reverse("bloc_members", args=[row.bloc_year_id])


class MemberEdit(OneMembership, FormPage):
    """What is written about one membership."""

    template_name = "blocs/member_edit.html"

    def form(self, row: Membership, data: Any = None, files: Any = None) -> MemberForm:
        """Return the form with what is stored."""
        names = ("position", "joined_on", "left_on", "is_voting", "is_scored", "is_ranked", "counts_for_quota")
        initial = {name: getattr(row, name) for name in (*names, "also_in", "note")}
        return MemberForm(data, files, bloc_year=row.bloc_year, initial={**initial, "group": row.subgroup_id})

    def context(self, row: Membership) -> dict[str, Any]:
        """Return the title."""
        return {"title": row.name.full, "bloc_year": row.bloc_year, "back": self.back(row)}

    def stored(self, row: Membership, name: str) -> Any:
        """Return a column; the group by its name."""
        return row.subgroup if name == "group" else super().stored(row, name)

    def save(self, row: Membership, form: MemberForm, revision: int) -> str:
        """Write it and go back to the list."""
        memberships.edit(
            membership=row,
            said=form.said,
            position=form.cleaned_data["position"],
            revision=revision,
            actor=self.actor,
            at=clock.now(),
        )
        messages.success(self.request, f"Đã lưu “{row.name}”.")
        return self.back(row)


class MemberRemove(OneMembership):
    """Asks before a member that was added by mistake is taken out."""

    template_name = "confirm_page.html"

    def load(self) -> Membership:
        """Return the membership; raises Refused when it cannot be taken out."""
        row: Membership = super().load()
        memberships.refuse_removal(row)
        return row

    def context(self, row: Membership) -> dict[str, Any]:
        """Return the question."""
        return {
            "title": f"Bỏ “{row.name}” khỏi danh sách?",
            "texts": [f"{row.bloc_year}.", "Đơn vị bị bỏ khỏi danh sách của khối; sau này vẫn thêm lại được."],
            "action": self.request.path,
            "label": "Bỏ khỏi danh sách",
            "back": self.back(row),
            "danger": True,
        }

    def post(self, request: HttpRequest, **_: Any) -> HttpResponse:
        """Take it out and go back to the list."""
        row = self.load()
        memberships.remove(membership=row, actor=self.actor, at=clock.now())
        messages.success(request, f"Đã bỏ “{row.name}” khỏi danh sách.")
        return HttpResponseRedirect(self.back(row))
