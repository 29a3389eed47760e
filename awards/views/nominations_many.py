"""Many nominations in one act: from what a bloc agreed on, from a pasted list."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from awards.enums import Route
from awards.forms.nominations_many import DeclineForm, FromStandingForm, PasteForm
from awards.models import Nomination
from awards.queries.nominations_from import agreed
from awards.services import nominations
from blocs.models import BlocYear
from blocs.queries.people import year_of
from blocs.views.bloc_years import refuse_closed
from emulation.core import clock
from emulation.core.access import can
from emulation.core.errors import Refused
from emulation.core.vietnamese import count2
from emulation.core.views import FormPage, Page


class OfBloc(FormPage):
    """A page about what the bloc agreed on, `pk` of the URL."""

    permission = "awards.endorse_nomination"

    def load(self) -> BlocYear:
        """Return the bloc year; raises Http404 for who does not run it, Refused when it is closed."""
        rows = BlocYear.objects.visible_to(self.actor).select_related("year", "bloc")
        row = rows.filter(pk=self.kwargs["pk"]).first()
        if row is None or not can(
            self.actor, self.permission, Nomination(route=Route.VIA_BLOC, bloc_year=row)
        ):  # fmt: skip
            raise Http404
        refuse_closed(row)
        self.agreed = agreed(row, actor=self.actor)
        return row


class FromStanding(OfBloc):
    """What the bloc agreed on, ticked and proposed in one act."""

    template_name = "awards/nomination_from_standing.html"

    def form(self, row: BlocYear, data: Any = None, files: Any = None) -> FromStandingForm:
        """Return the table."""
        return FromStandingForm(data, files, agreed=self.agreed)

    def context(self, row: BlocYear) -> dict[str, Any]:
        """Return the title."""
        return {"title": "Lập đề nghị từ kết quả bình xét", "agreed": self.agreed}

    def save(self, row: BlocYear, form: FromStandingForm, _revision: int) -> str:
        """Make them and go to the list of the bloc."""
        made = nominations.from_standing(
            bloc_year=row, lines=form.picked, declined=form.cleaned_data["declined"], actor=self.actor, at=clock.now()
        )
        if made:
            messages.success(self.request, f"Đã lập {count2(len(made))} đề nghị khối thống nhất.")
        else:
            messages.info(self.request, "Các đề nghị này đã có từ trước; không lập thêm.")
        return f"{reverse('nomination_list')}?year={row.year_id}&bloc={row.pk}"


class Declined(OfBloc):
    """That the bloc agreed not to propose a line of its results, with the reason."""

    template_name = "awards/nomination_decline.html"

    def form(self, row: BlocYear, data: Any = None, files: Any = None) -> DeclineForm:
        """Return the form, with the line whose link was pressed."""
        return DeclineForm(data, files, agreed=self.agreed, line=self.request.GET.get("line", ""))

    def context(self, row: BlocYear) -> dict[str, Any]:
        """Return the title."""
        return {"title": "Ghi khối không đề nghị"}

    def save(self, row: BlocYear, form: DeclineForm, _revision: int) -> str:
        """Record it and go back to what the bloc agreed on."""
        reason = form.cleaned_data["reason"]
        made = nominations.decline_from_standing(
            bloc_year=row, line=form.picked, reason=reason, actor=self.actor, at=clock.now()
        )
        messages.success(self.request, f"Đã ghi khối không đề nghị: {made}.")
        return reverse("nominations_from_standing", args=[row.pk])


class NominationPaste(Page):
    """The board's own nominations from a pasted list: previewed in the same page, then made in one act."""

    permission = "awards.paste_nominations"
    template_name = "awards/nomination_paste.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the form."""
        self.require()
        return self._form(PasteForm(year=year_of(request)))

    def post(self, request: HttpRequest) -> HttpResponse:
        """Preview the list, or make what was previewed and is not in doubt."""
        self.require()
        form = PasteForm(request.POST, year=year_of(request))
        if not form.is_valid():
            return self._form(form, status=422)
        if "confirm" not in request.POST or not form.was_seen:
            return self._form(form)
        if form.problems:
            form.add_error(None, "Còn dòng chưa rõ; xem cột “Kết quả” ở bảng dưới.")
            return self._form(form, status=422)
        said = form.cleaned_data
        try:
            made = nominations.paste(
                year=said["year"],
                lines=form.picks(),
                award=said["award"],
                commendation=said["commendation"],
                merit=said["merit"],
                creation_key=said["creation_key"],
                actor=self.actor,
                at=clock.now(),
            )
        except (ValidationError, Refused) as wrong:
            form.add_error(None, wrong if isinstance(wrong, ValidationError) else str(wrong))
            return self._form(form, status=422)
        messages.success(request, f"Đã lập {count2(len(made))} đề nghị.")
        return HttpResponseRedirect(f"{reverse('nomination_list')}?year={made[0].year_id}&route={Route.BOARD}")

    def _form(self, form: PasteForm, status: int = 200) -> HttpResponse:
        return self.show({"title": "Lập đề nghị từ danh sách dán", "form": form}, status=status)
