"""Papers of a bloc's year: all of them, a new one, one version with its steps, its next version."""

from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from blocs.domain.covenant import named
from blocs.domain.paper import workflow_of
from blocs.enums import PaperKind
from blocs.forms.covenant import NewCovenantForm
from blocs.forms.papers import (
    FinishForm,
    NewPaperForm,
    NewSectionsForm,
    PaperForm,
    PassForm,
    ReviseForm,
    upload_of,
)
from blocs.models import BlocPaper, BlocYear
from blocs.queries.covenant import covenant_page, previous_covenant
from blocs.queries.opinions import opinions_on
from blocs.queries.papers import PaperLine, paper_for, papers_page, versions_of
from blocs.services import covenants, papers
from blocs.views.bloc_years import OfBlocYear, StepOfYear, behalf_of, refuse_closed
from emulation.core import clock, files
from emulation.core.access import Actor, can
from emulation.core.forms import StepForm
from emulation.core.registry import document_line, paper_body
from emulation.core.transitions import offered
from emulation.core.vietnamese import count2
from emulation.core.views import DetailPage, FormPage, Page
from emulation.core.workflow import Step, Workflow

DETAIL = {PaperKind.COVENANT.value: "covenant_detail", PaperKind.REPORT.value: "narrative_detail"}


def address(paper: BlocPaper) -> str:
    """Return the address of the page of a version."""
    return reverse(DETAIL.get(paper.kind, "bloc_paper_detail"), args=[paper.pk])


def steps_of(paper: BlocPaper, actor: Actor) -> list[Step]:
    """Return the steps the actor may take now."""
    if paper.bloc_year.is_closed:
        return []
    return offered(paper, workflow_of(is_covenant=paper.is_covenant), actor=actor)


class BlocPapers(OfBlocYear):
    """Every kind of paper of a bloc's year with its versions."""

    permission = "blocs.list_blocpaper"
    template_name = "blocs/paper_list.html"

    def context(self, row: BlocYear) -> dict[str, Any]:
        """Return the kinds."""
        return {"title": f"Văn bản của khối năm {row.year.label}", "kinds": papers_page(row, actor=self.actor)}


class OfKind(OfBlocYear, FormPage):
    """A form under a bloc year about one kind of paper, `kind` of the URL."""

    def load(self) -> BlocYear:
        """Return the bloc year; raises Http404 for a kind that does not exist, Refused when the year is closed."""
        if self.kwargs["kind"] not in PaperKind.values:
            raise Http404
        row: BlocYear = OfBlocYear.load(self)
        refuse_closed(row)
        self.kind = PaperKind(self.kwargs["kind"])
        return row


class PaperNew(OfKind):
    """The first version of a kind of paper."""

    permission = "blocs.draft_blocpaper"
    template_name = "blocs/paper_new.html"

    def form(
        self, row: BlocYear, data: Any = None, files: Any = None
    ) -> NewPaperForm | NewSectionsForm | NewCovenantForm:
        """Return the form; a covenant's asks whether last year's shall be copied, sections are written later."""
        initial = {"title": papers.title_of(row, self.kind)}
        if self.kind == PaperKind.COVENANT:
            return NewCovenantForm(data, files, initial=initial, last=previous_covenant(row))
        new = NewSectionsForm if paper_body(self.kind) else NewPaperForm
        return new(data, files, initial=initial)

    def context(self, row: BlocYear) -> dict[str, Any]:
        """Return the title."""
        return {"title": f"Soạn {_lower(self.kind)}", "is_covenant": self.kind == PaperKind.COVENANT}

    def save(self, row: BlocYear, form: Any, _revision: int) -> str:
        """Make it, or find the one this form made."""
        said = form.cleaned_data
        made = papers.draft(
            bloc_year=row,
            kind=self.kind,
            title=said["title"],
            body=said.get("body", ""),
            file=said.get("file"),
            copies_last=said.get("copies_last", False),
            creation_key=said["creation_key"],
            actor=self.actor,
            at=clock.now(),
        )
        messages.success(self.request, f"Đã lập dự thảo “{made.title}”.")
        if body := paper_body(made.kind):
            return reverse(body.edit_url, args=[made.pk])
        return reverse("covenant_edit", args=[made.pk]) if made.is_covenant else address(made)


class PaperNone(OfKind):
    """That the bloc has no such paper, where nothing was drafted."""

    permission = "blocs.skip_blocpaper"
    template_name = "step_page.html"

    def form(self, row: BlocYear, data: Any = None, files: Any = None) -> StepForm:
        """Return the form; the board may act for the leader."""
        return StepForm(data, files, needs_note=True, behalf=behalf_of(self.actor, row))

    def context(self, row: BlocYear) -> dict[str, Any]:
        """Return what the question says."""
        return {
            "title": f"Ghi nhận không có {_lower(self.kind)}?",
            "bloc_year": row,
            "texts": [f"{row}.", "Lý do hiện trên trang của khối và trong lịch sử. Có thể soạn lại về sau."],
            "label": "Ghi nhận không có",
            "back": reverse("bloc_papers", args=[row.pk]),
        }

    def save(self, row: BlocYear, form: Any, _revision: int) -> str:
        """Write it and go back to the papers."""
        papers.declare_none(
            bloc_year=row,
            kind=self.kind,
            reason=form.note_said,
            behalf_of=form.behalf_said,
            on_paper=form.on_paper(),
            actor=self.actor,
            at=clock.now(),
        )
        messages.success(self.request, f"Đã ghi nhận khối không có {_lower(self.kind)}.")
        return reverse("bloc_papers", args=[row.pk])


def _lower(kind: PaperKind) -> str:
    label = str(kind.label)
    return label[0].lower() + label[1:]


class OnePaper(DetailPage):
    """A page about one version, `pk` of the URL."""

    permission = "blocs.view_blocpaper"

    def load(self) -> BlocPaper:
        """Return the version; raises Http404 for what the actor may not know of."""
        row = paper_for(self.actor, self.kwargs["pk"])
        if row is None:
            raise Http404
        self.require(row)
        return row


class PaperDetail(OnePaper):
    """A version of a plan or of rules; a covenant and a report have pages of their own."""

    template_name = "blocs/paper_detail.html"

    def get(self, request: HttpRequest, **_: Any) -> HttpResponse:
        """Show it, or lead to the page of its kind."""
        row = self.load()
        if row.kind in DETAIL:
            return HttpResponseRedirect(address(row))
        return self.show({"row": row, **self.context(row)})

    def context(self, row: BlocPaper) -> dict[str, Any]:
        """Return the text, the versions and what the actor may do."""
        is_open = not row.bloc_year.is_closed
        return {
            "title": row.title,
            "bloc_year": row.bloc_year,
            "look": PaperLine(row, None).look,
            "paragraphs": [line for line in row.body.split("\n") if line],
            "versions": versions_of(row, self.actor),
            "opinions": opinions_on(row, actor=self.actor),
            "line": document_line(row.kind, row.bloc_year, self.actor),
            "steps": steps_of(row, self.actor),
            "may_edit": is_open and row.state in papers.EDITABLE and can(self.actor, "blocs.edit_blocpaper", row),
            "may_revise": is_open and row.is_in_force and can(self.actor, "blocs.draft_blocpaper", row),
        }


class PaperFile(Page):
    """The uploaded file of a version."""

    permission = "blocs.view_blocpaper"

    def get(self, _request: HttpRequest, pk: int) -> FileResponse:
        """Stream it; raises Http404 for what the actor may not know of."""
        row = paper_for(self.actor, pk)
        if row is None or row.file is None:
            raise Http404
        self.require(row)
        return files.stream(row.file, inline=True)


class PaperEdit(OnePaper, FormPage):
    """The text of a plan or of rules while it is being made."""

    permission = "blocs.edit_blocpaper"
    template_name = "blocs/paper_edit.html"

    def load(self) -> BlocPaper:
        """Return the version; raises Refused when its content takes no more changes."""
        row = super().load()
        if row.kind in DETAIL:
            raise Http404
        refuse_closed(row.bloc_year)
        papers.refuse_frozen(row)
        return row

    def form(self, row: BlocPaper, data: Any = None, files: Any = None) -> PaperForm:
        """Return the form with what is stored."""
        return PaperForm(data, files, initial={"title": row.title, "body": row.body}, present=upload_of(row))

    def context(self, row: BlocPaper) -> dict[str, Any]:
        """Return the title."""
        return {"title": "Sửa văn bản", "bloc_year": row.bloc_year, "back": address(row)}

    def save(self, row: BlocPaper, form: PaperForm, revision: int) -> str:
        """Write it and go back to the version."""
        said = form.cleaned_data
        papers.edit(
            paper=row,
            title=said["title"],
            body=said["body"],
            file=said["file"],
            drops_file=said.get("drops_file", False),
            revision=revision,
            actor=self.actor,
            at=clock.now(),
        )
        messages.success(self.request, "Đã lưu văn bản.")
        return address(row)


class PaperRevise(OnePaper, FormPage):
    """Asks why, then makes the next version as a draft."""

    permission = "blocs.draft_blocpaper"
    template_name = "blocs/paper_revise.html"

    def load(self) -> BlocPaper:
        """Return the version in force; raises Refused when no next one may be begun now."""
        row = super().load()
        refuse_closed(row.bloc_year)
        if self.request.method == "GET":
            papers.refuse_revision(row)
        return row

    def form(self, row: BlocPaper, data: Any = None, files: Any = None) -> ReviseForm:
        """Return the form."""
        return ReviseForm(data, files)

    def context(self, row: BlocPaper) -> dict[str, Any]:
        """Return the title."""
        return {"title": "Sửa đổi, bổ sung", "bloc_year": row.bloc_year, "back": address(row)}

    def save(self, row: BlocPaper, form: ReviseForm, _revision: int) -> str:
        """Make it and go to it."""
        new = papers.revise(paper=row, **form.cleaned_data, actor=self.actor, at=clock.now())
        messages.success(self.request, f"Đã lập phiên bản {new.version}, dự thảo; sửa nội dung rồi làm tiếp.")
        return address(new)


class PaperStep(StepOfYear):
    """A step of a version."""

    dangers = frozenset({"reopen"})
    what_happens = {
        "circulate": ("Các đơn vị thành viên, người theo dõi khối xem được dự thảo.", "Có thể rút về dự thảo."),
        "withdraw": ("Các đơn vị thành viên không xem được nữa. Nội dung giữ nguyên.",),
        "pass": (
            "Văn bản có hiệu lực, thay bản đang có hiệu lực nếu có.",
            "Thông qua rồi thì không sửa được nữa; muốn sửa thì lập bản sửa đổi hoặc phụ lục.",
        ),
        "open_signing": ("Nội dung, chỉ tiêu, mức của từng đơn vị chốt lại, không sửa được nữa. Các đơn vị ký.",),
        "finish": (
            "Giao ước có hiệu lực, thay bản đang có hiệu lực nếu có. Bước ký giao ước trong lịch được ghi ngày xong.",
            "Đơn vị còn thiếu vẫn ghi chữ ký được về sau; nội dung thì không sửa được nữa.",
        ),
        "reopen": ("Mọi chữ ký đã có bị hủy, kèm lý do; các đơn vị phải ký lại.",),
        "skip": ("Lý do hiện trên trang. Có thể soạn lại về sau.",),
        "redraft": ("Văn bản trở lại “Dự thảo”.",),
    }

    def find(self) -> BlocPaper:
        """Return the version the actor may know of."""
        row = paper_for(self.actor, self.kwargs["pk"])
        if row is None:
            raise Http404
        return row

    def load(self) -> BlocPaper:
        """Return the version, of a covenant with what its page shows; raises Refused when its year is closed."""
        row: BlocPaper = super().load()
        self.page = covenant_page(row, actor=self.actor) if self.step.action in {"open_signing", "finish"} else None
        return row

    def workflow_of(self, row: BlocPaper) -> Workflow:
        """Return the table of the kind."""
        return workflow_of(is_covenant=row.is_covenant)

    def back(self, row: BlocPaper) -> str:
        """Return the page of the version."""
        return address(row)

    def form(self, row: BlocPaper, data: Any = None, files: Any = None) -> StepForm:
        """Return the form of the step."""
        options: dict[str, Any] = {"needs_note": self.step.needs_note, "behalf": self.behalf(row)}
        if self.step.action == "pass":
            return PassForm(data, files, **options)
        if self.step.action == "finish" and self.page:
            return FinishForm(data, files, missing=len(self.page.unsigned), **options)
        return StepForm(data, files, **options)

    def context(self, row: BlocPaper) -> dict[str, Any]:
        """Return what the question says; of a covenant also who is missing."""
        return {**super().context(row), "warnings": self._warnings()}

    def _warnings(self) -> list[str]:
        if self.page is None:
            return []
        if self.step.action == "open_signing":
            if self.page.is_empty:
                return [covenants.NOTHING_TO_SIGN]
            missing = self.page.without_plans
            return [f"{count2(len(missing))} đơn vị chưa ghi mức chỉ tiêu: {named(missing)}."] if missing else []
        unsigned = [line.row.name.full for line in self.page.unsigned]
        said = [f"{self.page.signed_text}."]
        return [*said, f"Chưa ký: {named(unsigned)}."] if unsigned else said

    def take(self, row: BlocPaper, form: Any) -> None:
        """Take it."""
        said = {
            "paper": row,
            "note": form.note_said,
            "behalf_of": form.behalf_said,
            "on_paper": form.on_paper(),
            "actor": self.actor,
            "at": clock.now(),
        }
        match self.step.action:
            case "pass":
                papers.pass_paper(**said, passed_on=form.cleaned_data["passed_on"])
            case "open_signing":
                covenants.open_signing(**said)
            case "finish":
                covenants.finish(**said, signed_on=form.cleaned_data["signed_on"])
            case "reopen":
                covenants.reopen(**said)
            case action:
                papers.take(**said, action=action)
