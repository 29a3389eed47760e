"""The draft of a year-end report: its sections to read, to write, to save while they are typed."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.forms import BoundField
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse

from blocs.enums import PaperKind
from blocs.models import BlocPaper
from blocs.services import papers
from blocs.views.bloc_years import refuse_closed
from blocs.views.papers import OnePaper, PaperDetail
from emulation.core import clock
from emulation.core.errors import Refused, Stale
from emulation.core.views import DetailPage, FormPage
from emulation.reports.forms import SectionsForm
from emulation.reports.queries.narratives import Slot, slots_of
from emulation.reports.services import narratives
from emulation.reports.services.narratives import SectionSaid


@dataclass(frozen=True)
class Line:
    """One section in the form: its field, and the revision the field is about."""

    field: BoundField
    revision: int

    @property
    def shown(self) -> str:
        """Return the hidden copy of what the field first showed."""
        return self.field.as_hidden(only_initial=True)


class OneDraft(OnePaper):
    """A page about one version of a report's draft, `pk` of the URL."""

    def load(self) -> BlocPaper:
        """Return the version; raises Http404 for another kind of paper."""
        row = super().load()
        if row.kind != PaperKind.REPORT:
            raise Http404
        return row


class NarrativeDetail(OneDraft, PaperDetail):
    """A version with its sections and the comments of members."""

    template_name = "reports/narrative_detail.html"

    def get(self, request: HttpRequest, **options: Any) -> HttpResponse:
        """Show it."""
        return DetailPage.get(self, request, **options)

    def context(self, row: BlocPaper) -> dict[str, Any]:
        """Return what the page of every paper shows, and the sections."""
        slots = slots_of(row)
        written = sum(bool(slot.text) for slot in slots)
        silent = sum(slot.member is not None and not slot.text for slot in slots)
        return {**super().context(row), "slots": slots, "written": written, "silent": silent}


class OpenDraft(OneDraft):
    """A page that writes a draft while it takes changes."""

    permission = "blocs.edit_blocpaper"

    def load(self) -> BlocPaper:
        """Return the version; raises Refused when its sections take no more changes."""
        row = super().load()
        refuse_closed(row.bloc_year)
        papers.refuse_frozen(row)
        return row


class NarrativeEdit(OpenDraft, FormPage):
    """Every section in one form, each saved by itself while it is typed where scripts run."""

    template_name = "reports/narrative_edit.html"
    is_compared = False

    def load(self) -> BlocPaper:
        """Return the version with its sections."""
        row = super().load()
        self.slots = {slot.key: slot for slot in slots_of(row)}
        return row

    def form(self, row: BlocPaper, data: Any = None, files: Any = None) -> SectionsForm:
        """Return the form with what is stored."""
        self.bound = SectionsForm(data, files, slots=tuple(self.slots.values()))
        return self.bound

    def stored(self, row: BlocPaper, name: str) -> str:
        """Return what a section now holds."""
        return self.slots[name].text

    def context(self, row: BlocPaper) -> dict[str, Any]:
        """Return the sections, each with the revision its field is about."""
        return {
            "title": "Soạn báo cáo tổng kết",
            "bloc_year": row.bloc_year,
            "back": reverse("narrative_detail", args=[row.pk]),
            "lines": [
                Line(self.bound[key], self._revision(slot))
                for key, slot in self.slots.items()
                if key in self.bound.fields
            ],
        }

    def save(self, row: BlocPaper, form: SectionsForm, _revision: int) -> str:
        """Write what was typed and go back to the draft."""
        said = {key: SectionSaid(text, self._revision(self.slots[key])) for key, text in form.said.items()}
        try:
            narratives.save(paper=row, said=said, actor=self.actor, at=clock.now())
        except Stale:
            self.is_compared = True
            raise
        messages.success(self.request, "Đã lưu nội dung báo cáo.")
        return reverse("narrative_detail", args=[row.pk])

    def _revision(self, slot: Slot) -> int:
        """Return the revision the form showed of a section; once both texts were laid side by side, that of now."""
        posted = self.request.POST.get(f"revision_{slot.key}", "")
        return int(posted) if posted.isdecimal() and not self.is_compared else slot.revision


class NarrativeAutosave(OpenDraft):
    """One section, posted by the script of the page while it is typed; the answer is data."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, **_: Any) -> JsonResponse:
        """Save it and say when, or say in a sentence why not."""
        try:
            row = self.load()
            said = SectionSaid(request.POST.get("text", ""), int(request.POST.get("revision") or 0))
            at, key = clock.now(), request.POST.get("section", "")
            revision = narratives.autosave(paper=row, key=key, said=said, actor=self.actor, at=at)
        except Refused as refused:
            return JsonResponse({"sentence": str(refused)}, status=409)
        except (KeyError, ValueError):
            return JsonResponse({"sentence": "Tải lại trang rồi nhập lại."}, status=422)
        return JsonResponse({"revision": revision, "at": f"{clock.local(at):%H:%M}"})
