"""Changes of agencies: the list, preparing one, the page of everything it touches."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from blocs.domain.succession import SUCCESSION
from blocs.forms.successions import CompleteForm, NewSuccessionForm, SuccessionFilter, SuccessionForm
from blocs.models import AgencySuccession
from blocs.queries import succession as queries
from blocs.services import successions
from emulation.core import clock
from emulation.core.access import can
from emulation.core.errors import Refused
from emulation.core.files import too_large
from emulation.core.views import FormPage, ListPage, Page, StepPage
from emulation.core.workflow import Workflow


class SuccessionList(ListPage):
    """The changes of agencies, the latest first."""

    permission = "blocs.list_succession"
    template_name = "blocs/succession_list.html"
    filterset_class = SuccessionFilter

    def rows(self) -> QuerySet[AgencySuccession]:
        """Return them; they are the board's."""
        return queries.successions()

    def context(self) -> dict[str, Any]:
        """Return the title and the button."""
        add = {"url": reverse("succession_new"), "icon": "file-earmark-plus", "label": "Thêm việc sắp xếp"}
        return {"title": "Sắp xếp đơn vị", "primary": add if can(self.actor, "blocs.draft_succession") else None}

    def show(self, context: dict[str, Any], *, status: int = 200, partial: str = "") -> HttpResponse:
        """Lay both sides in words beside each row of the page."""
        lines = [queries.line_of(row) for row in context["page"].object_list]
        return super().show({**context, "lines": lines}, status=status, partial=partial)


class SuccessionNew(Page):
    """Preparing a change of agencies. Searching for an agency posts the form too, so that nothing typed is lost."""

    permission = "blocs.draft_succession"
    template_name = "blocs/succession_form.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the form, with the agency whose page one came from."""
        self.require()
        return self._form(NewSuccessionForm(initial={"old": request.GET.getlist("agency")}))

    def post(self, request: HttpRequest) -> HttpResponse:
        """Look for agencies, add a row, or prepare the change."""
        self.require()
        if "find" in request.POST:
            return self._form(NewSuccessionForm.typed(request.POST))
        form = NewSuccessionForm(request.POST, request.FILES)
        if request.META.get("upload_too_large"):
            form.add_error(None, too_large())
        if form.is_valid():
            try:
                row = successions.draft(**form.said(), actor=self.actor, at=clock.now())
            except (ValidationError, Refused) as wrong:
                form.add_error(None, wrong if isinstance(wrong, ValidationError) else str(wrong))
            else:
                messages.success(request, "Đã lập việc sắp xếp. Xem từng đối tượng rồi thực hiện.")
                return HttpResponseRedirect(reverse("succession_detail", args=[row.pk]))
        return self._form(form, status=422)

    def _form(self, form: SuccessionForm, status: int = 200) -> HttpResponse:
        context = {
            "title": "Thêm việc sắp xếp đơn vị",
            "form": form,
            "label": "Lập và xem các đối tượng",
            "back": reverse("succession_list"),
        }
        return self.show(context, status=status)


class SuccessionEdit(FormPage):
    """Changing what was prepared, both sides and the day, as long as it is not done."""

    permission = "blocs.edit_succession"
    template_name = "blocs/succession_form.html"
    queryset = queries.successions()

    def load(self) -> AgencySuccession:
        """Return the change; raises Refused when it is done or given up."""
        row: AgencySuccession = super().load()
        if not row.is_open:
            raise Refused(successions.NOT_DRAFT)
        return row

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Look for agencies, add a row, or save."""
        if "find" not in request.POST:
            return super().post(request, **kwargs)
        row = self.load()
        context = {"row": row, "form": SuccessionForm.typed(request.POST), "revision": request.POST.get("revision")}
        return self.show({**context, **self.context(row)})

    def form(self, row: AgencySuccession, data: Any = None, files: Any = None) -> SuccessionForm:
        """Return the form with what is stored."""
        return SuccessionForm.of(row, data, files)

    def context(self, row: AgencySuccession) -> dict[str, Any]:
        """Return the words of the page."""
        return {
            "title": "Sửa việc sắp xếp đơn vị",
            "label": "Lưu và xem các đối tượng",
            "back": reverse("succession_detail", args=[row.pk]),
        }

    def show(self, context: dict[str, Any], *, status: int = 200, partial: str = "") -> HttpResponse:
        """Put agencies and kinds in words where both texts stand side by side."""
        if "both" in context:
            typed, saved = context["form"], SuccessionForm.of(context["row"])
            named = [name for name in typed.changed_data if not typed[name].is_hidden]
            context["both"] = [(typed[name].label, typed.words(name), saved.words(name)) for name in named]
        return super().show(context, status=status, partial=partial)

    def save(self, row: AgencySuccession, form: SuccessionForm, revision: int) -> str:
        """Save it and show what it touches now."""
        successions.edit(succession=row, **form.said(), revision=revision, actor=self.actor, at=clock.now())
        messages.success(self.request, "Đã lưu việc sắp xếp. Xem từng đối tượng rồi thực hiện.")
        return reverse("succession_detail", args=[row.pk])


class SuccessionDetail(FormPage):
    """Everything one change touches, each object with its choices; afterwards what was done with each."""

    permission = "blocs.list_succession"
    template_name = "blocs/succession_detail.html"
    queryset = queries.successions()

    def get(self, request: HttpRequest, **_: Any) -> HttpResponse:
        """Show the choices while it is prepared, else what was done."""
        row = self.load()
        shown = {"form": self.form(row), "revision": row.revision} if row.is_open else {"done": queries.done(row)}
        return self.show({"row": row, **shown, **self.context(row)})

    def form(self, row: AgencySuccession, data: Any = None, files: Any = None) -> CompleteForm:
        """Return the form of choices; raises Refused for a second click, which reads that it is done."""
        if not row.is_open:
            raise Refused(SUCCESSION.step("complete").refusal)
        return CompleteForm(data, files, groups=queries.survey(row), needs_paper=row.paper_id is None)

    def context(self, row: AgencySuccession) -> dict[str, Any]:
        """Return both sides in words, and who did what."""
        line = queries.line_of(row)
        cancel = SUCCESSION.step("cancel")
        menu = []
        if row.is_open and can(self.actor, "blocs.edit_succession", row):
            url = reverse("succession_edit", args=[row.pk])
            menu.append({"url": url, "icon": "pen", "label": "Sửa việc sắp xếp"})
        if row.state in cancel.sources and can(self.actor, cancel.permission, row):
            url = reverse("succession_step", args=[row.pk, "cancel"])
            menu.append({"url": url, "icon": "x-lg", "label": cancel.label})
        return {
            "title": row.get_kind_display(),
            "line": line,
            "is_too_early": row.is_open and row.happened_on > clock.today(),
            "events": queries.history(row),
            "menu": menu,
        }

    def save(self, row: AgencySuccession, form: CompleteForm, revision: int) -> str:
        """Do the whole change and show what was done."""
        successions.complete(
            succession=row,
            choices=form.choices,
            on_paper=form.on_paper(),
            revision=revision,
            actor=self.actor,
            at=clock.now(),
        )
        messages.success(self.request, "Đã thực hiện việc sắp xếp. Kết quả từng đối tượng ở dưới.")
        return reverse("succession_detail", args=[row.pk])


class SuccessionStep(StepPage):
    """Giving up a change that was only prepared; doing it is the detail page's own form."""

    dangers = frozenset({"cancel"})
    what_happens = {
        "cancel": ("Không đơn vị nào bị thay đổi. Việc sắp xếp vẫn còn trong danh sách với trạng thái “Đã hủy”.",)
    }

    def find(self) -> AgencySuccession:
        """Return the row for who may know of it."""
        row = queries.successions().filter(pk=self.kwargs["pk"]).first()
        if row is None or not can(self.actor, "blocs.list_succession"):
            raise Http404
        return row

    def workflow_of(self, row: AgencySuccession) -> Workflow:
        """Return the table."""
        return SUCCESSION

    def back(self, row: AgencySuccession) -> str:
        """Return the page of the change."""
        return reverse("succession_detail", args=[row.pk])

    def take(self, row: AgencySuccession, form: Any) -> None:
        """Take it."""
        successions.cancel(succession=row, actor=self.actor, at=clock.now(), note=form.note_said)
