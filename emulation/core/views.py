"""The house's pages: list, detail, form, step, errors. Load and authorise in one step: strangers get 404."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.forms import BaseForm, BoundField
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.views.generic import View

from emulation.core.access import Actor, can
from emulation.core.errors import Refused, Stale
from emulation.core.files import too_large
from emulation.core.forms import StepForm
from emulation.core.workflow import Step, Workflow


class Page(View):
    """A page behind one permission; `request.actor` says who asks and in which seat."""

    permission: ClassVar[str]
    template_name: ClassVar[str]

    @property
    def actor(self) -> Actor:
        """Return who asks."""
        actor: Actor = self.request.actor  # type: ignore[attr-defined] # set by ActorAndGate
        return actor

    def require(self, obj: object = None) -> None:
        """Raise Http404 unless the actor may: who may not know of a thing is told it does not exist."""
        if not can(self.actor, self.permission, obj):
            raise Http404

    def show(self, context: dict[str, Any], *, status: int = 200, partial: str = "") -> HttpResponse:
        """Render the page or one partial of it: one address has both, so caches must tell them apart."""
        name = f"{self.template_name}#{partial}" if partial else self.template_name
        response = render(self.request, name, context, status=status)
        patch_vary_headers(response, ["HX-Request"])
        return response


class ListPage(Page):
    """Rows of one kind: filter, page, and under HTMX only the rows (partial `rows` of the template)."""

    filterset_class: ClassVar[Any] = None

    def rows(self) -> "QuerySet[Any]":
        """Return what the actor may see, ordered."""
        raise NotImplementedError

    def context(self) -> dict[str, Any]:
        """Return what the page shows beside its rows."""
        return {}

    def get(self, request: HttpRequest, **_: Any) -> HttpResponse:
        """Show the rows."""
        self.require()
        rows = self.rows()
        filterset = self.filterset_class(request.GET, queryset=rows, request=request) if self.filterset_class else None
        page = Paginator(filterset.qs if filterset else rows, settings.PAGE_SIZE).get_page(request.GET.get("page"))
        partial = "rows" if getattr(request, "htmx", False) else ""
        return self.show({"page": page, "filter": filterset, **self.context()}, partial=partial)


class DetailPage(Page):
    """One row: loaded within what the actor may see, then asked for its permission."""

    queryset: ClassVar["QuerySet[Any]"]

    def load(self) -> Any:
        """Return the row of the URL, or raise Http404."""
        row = self.queryset.all().filter(pk=self.kwargs["pk"]).first()
        if row is None:
            raise Http404
        self.require(row)
        return row

    def context(self, row: Any) -> dict[str, Any]:
        """Return what the page shows beside the row."""
        raise NotImplementedError

    def get(self, request: HttpRequest, **_: Any) -> HttpResponse:
        """Show the row."""
        row = self.load()
        return self.show({"row": row, **self.context(row)})


class FormPage(DetailPage):
    """A form over one row. What was typed stays: 422 when wrong, 409 with both texts when somebody was quicker."""

    def form(self, row: Any, data: Any = None, files: Any = None) -> BaseForm:
        """Return the form, bound when there is data."""
        raise NotImplementedError

    def save(self, row: Any, form: Any, revision: int) -> str:
        """Make the one service call and return the address to go to."""
        raise NotImplementedError

    def stored(self, row: Any, name: str) -> Any:
        """Return what the row now holds under a field's name, for who lost a race and has to compare."""
        return getattr(row, name, None)

    def get(self, request: HttpRequest, **_: Any) -> HttpResponse:
        """Show the form."""
        row = self.load()
        return self.show({"row": row, "form": self.form(row), "revision": row.revision, **self.context(row)})

    def post(self, request: HttpRequest, **_: Any) -> HttpResponse:
        """Save what was typed, or say what is wrong with it."""
        row = self.load()
        form: Any = self.form(row, request.POST, request.FILES)
        posted = request.POST.get("revision", "")
        revision = int(posted) if posted.isdecimal() else -1
        context = {"row": row, "form": form, "revision": revision}
        if request.META.get("upload_too_large"):
            form.add_error(None, too_large())
        if not form.is_valid():
            return self.show({**context, **self.context(row)}, status=422)
        try:
            return HttpResponseRedirect(self.save(row, form, revision))
        except Stale as stale:
            fresh = self.load()
            boxes = [(form[name], self.stored(fresh, name)) for name in form.changed_data]
            saved = [(box.label, _in_words(box, box.value()), _in_words(box, now)) for box, now in boxes]
            both = {**context, "row": fresh, "revision": fresh.revision, "stale": str(stale), "both": saved}
            return self.show({**both, **self.context(fresh)}, status=409)
        except (ValidationError, Refused) as wrong:
            form.add_error(None, wrong if isinstance(wrong, ValidationError) else str(wrong))
            return self.show({**context, **self.context(row)}, status=422)


def _in_words(box: BoundField, value: Any) -> Any:
    """Return a value as its page shows it: the words of a choice instead of its code."""
    choices: Any = getattr(box.field, "choices", ())
    words = {str(key): label for key, label in choices}
    return words.get(value, value) if isinstance(value, str) else value


class StepPage(FormPage):
    """A workflow step on one row: GET asks, POST does; on paper and on behalf where it was done so.

    `what_happens` says for each action what will change, for whom, whether it can be undone.
    """

    template_name = "step_page.html"
    what_happens: ClassVar[Mapping[str, tuple[str, ...]]] = {}
    dangers: ClassVar[frozenset[str]] = frozenset()
    step: Step

    def find(self) -> Any:
        """Return the row within what the actor may see, or raise Http404."""
        raise NotImplementedError

    def workflow_of(self, row: Any) -> Workflow:
        """Return the table of the row."""
        raise NotImplementedError

    def behalf(self, row: Any) -> Sequence[str]:
        """Return the names the actor may take the step for; nobody by default."""
        return ()

    def back(self, row: Any) -> str:
        """Return the address of the page the step belongs to."""
        raise NotImplementedError

    def take(self, row: Any, form: Any) -> None:
        """Make the one service call."""
        raise NotImplementedError

    def load(self) -> Any:
        """Return the row; raises Http404 for what the actor may not, Refused when the step cannot be taken now."""
        row = self.find()
        action = self.kwargs["action"]
        steps = {step.action: step for step in self.workflow_of(row).steps if not step.is_inner}
        if action not in steps or not can(self.actor, steps[action].permission, row):
            raise Http404
        self.step = steps[action]
        if row.state not in self.step.sources:
            raise Refused(self.step.refusal)
        return row

    def form(self, row: Any, data: Any = None, files: Any = None) -> BaseForm:
        """Return the form of the step."""
        return StepForm(data, files, needs_note=self.step.needs_note, behalf=self.behalf(row))

    def context(self, row: Any) -> dict[str, Any]:
        """Return what the question says."""
        return {
            "title": f"Bạn có chắc chắn muốn chọn “{self.step.label}”?",
            "texts": [f"{row}.", *self.what_happens.get(self.step.action, ())],
            "label": self.step.label,
            "back": self.back(row),
            "danger": self.step.action in self.dangers,
            "warnings": (),
        }

    def save(self, row: Any, form: Any, _revision: int) -> str:
        """Take the step and go back."""
        self.take(row, form)
        messages.success(self.request, f"Đã thực hiện “{self.step.label}”.")
        return self.back(row)


def error_403(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer a form without its token: the page was open too long."""
    return render(request, "403.html", status=403)


def error_404(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer for what does not exist, or what this seat may not know of."""
    return render(request, "404.html", status=404)


def error_500(request: HttpRequest) -> HttpResponse:
    """Answer when something broke: a sentence, whom to call, no stack trace."""
    return render(request, "500.html", status=500)
