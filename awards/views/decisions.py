"""Decisions: the list, drafting, the page of one, its words and lines, its number and issue, those of others."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from awards.domain.decision import DECISION
from awards.forms.decisions import (
    AnotherScanForm,
    BackForm,
    DecisionFilter,
    DecisionForm,
    DirectiveForm,
    DraftForm,
    IssueForm,
    PickForm,
    ScanForm,
    SignedForm,
    years,
)
from awards.models import Decision, DecisionLine
from awards.queries import decisions as queries
from awards.services import decisions
from awards.services.decisions import Given
from blocs.models import EmulationYear
from blocs.queries.years import YEAR_KEY, current_year
from emulation.core import clock, exports
from emulation.core.access import can
from emulation.core.errors import Refused
from emulation.core.files import too_large
from emulation.core.lists import ExportPage
from emulation.core.papers import OnPaper
from emulation.core.registry import document_pack
from emulation.core.transitions import offered
from emulation.core.vietnamese import count2, date_short
from emulation.core.views import DetailPage, FormPage, Page, StepPage
from emulation.core.workflow import Workflow

GUIDE = "quyet-dinh-tra-cuu"


class DecisionList(ExportPage):
    """Decisions, drafts before what has a day, the newest first; others than the board see issued ones."""

    permission = "awards.list_decision"
    template_name = "awards/decision_list.html"
    filterset_class = DecisionFilter
    export_title = "Danh sách quyết định khen thưởng"
    columns = (
        exports.Column("Số, ký hiệu", 18),
        exports.Column("Ngày", 12),
        exports.Column("Trích yếu", 60),
        exports.Column("Cơ quan ban hành", 34),
        exports.Column("Người ký", 26),
        exports.Column("Năm thi đua", 12),
        exports.Column("Số khen thưởng", 12),
        exports.Column("Đã thu hồi", 12),
        exports.Column("Trạng thái", 16),
    )

    def rows(self) -> QuerySet[Decision]:
        """Return the decisions the actor may know of."""
        return queries.decision_list(self.actor)

    def context(self) -> dict[str, Any]:
        """Return the title and what the actor may begin."""
        new = {"url": reverse("decision_new"), "icon": "file-earmark-plus", "label": "Soạn quyết định"}
        menu = [
            ("awards.issue_decision", "decision_record", "arrow-left-right", "Ghi quyết định nơi khác"),
            ("awards.record_elsewhere", "grant_new", "journal-check", "Nhập khen thưởng cũ"),
        ]
        return {
            "title": "Quyết định khen thưởng",
            "primary": new if can(self.actor, "awards.draft_decision") else None,
            "menu": [
                {"url": reverse(name), "icon": icon, "label": label}
                for permission, name, icon, label in menu
                if can(self.actor, permission)
            ],
        }

    def show(self, context: dict[str, Any], *, status: int = 200, partial: str = "") -> HttpResponse:
        """Lay the rows of the page as lines."""
        context["lines"] = [queries.Listed(row) for row in context["page"].object_list]
        return super().show(context, status=status, partial=partial)

    def line(self, row: Any) -> tuple[exports.Cell, ...]:
        """Return one line of the Excel file; what is not known stays empty."""
        return (
            row.number or None,
            row.dated_on,
            row.title,
            row.issuer,
            ", ".join(part for part in (row.signer_title, row.signer_name) if part) or None,
            row.year.label if row.year else None,
            row.line_count,
            row.revoked_count or None,
            row.get_state_display(),
        )


class DecisionExport(DecisionList):
    """The list as an Excel file."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Answer with the file."""
        return self.export(request, **kwargs)


class CreatePage(Page):
    """A form that creates: what was typed stays when it is refused."""

    title = ""

    def form(self, data: Any = None, files: Any = None) -> Any:
        """Return the form."""
        raise NotImplementedError

    def save(self, form: Any) -> str:
        """Make the one service call; return the address to go to."""
        raise NotImplementedError

    def context(self) -> dict[str, Any]:
        """Return what the page shows beside the form."""
        return {}

    def get(self, _request: HttpRequest, **_: Any) -> HttpResponse:
        """Show the form."""
        self.require()
        return self.answer(self.form())

    def post(self, request: HttpRequest, **_: Any) -> HttpResponse:
        """Create, or say what is wrong."""
        self.require()
        form = self.form(request.POST, request.FILES)
        if request.META.get("upload_too_large"):
            form.add_error(None, too_large())
        if form.is_valid():
            try:
                return HttpResponseRedirect(self.save(form))
            except (ValidationError, Refused) as wrong:
                form.add_error(None, wrong if isinstance(wrong, ValidationError) else str(wrong))
        return self.answer(form, status=422)

    def answer(self, form: Any, *, status: int = 200) -> HttpResponse:
        """Show the form in its state."""
        return self.show({"title": self.title, "form": form, **self.context()}, status=status)


class DecisionNew(CreatePage):
    """Nominations of one year that wait for a decision, to tick: one decision for all, or one for each award."""

    permission = "awards.draft_decision"
    template_name = "awards/decision_new.html"
    title = "Soạn quyết định khen thưởng"

    def year(self) -> EmulationYear | None:
        """Return the year of the address, else the one chosen in the head."""
        self.years = years()
        asked = self.request.GET.get("year", "")
        known = {str(year.pk): year for year in self.years}
        return known.get(asked) or current_year(self.years, self.request.session.get(YEAR_KEY))

    def form(self, data: Any = None, files: Any = None) -> DraftForm:
        """Return the form over what may be decided now."""
        self.chosen_year = self.year()
        return DraftForm(data, files, groups=queries.candidates(self.chosen_year))

    def context(self) -> dict[str, Any]:
        """Return the years to choose from."""
        return {"years": self.years, "chosen_year": self.chosen_year}

    def save(self, form: DraftForm) -> str:
        """Draft and go to the draft, or to the list where there are several."""
        if self.chosen_year is None:
            raise Http404
        typed = form.cleaned_data
        said: dict[str, Any] = {
            "year": self.chosen_year,
            "merit": typed["merit"],
            "nominations": form.chosen,
            "creation_key": typed["creation_key"],
            "actor": self.actor,
            "at": clock.now(),
        }
        made = decisions.draft_each(**said) if form.is_each else [decisions.draft(**said, title=typed["title"])]
        messages.success(self.request, f"Đã lập {count2(len(made))} dự thảo quyết định.")
        return reverse("decision_detail", args=[made[0].pk]) if len(made) == 1 else reverse("decision_list")


class DecisionRecord(CreatePage):
    """A decision of others that gives what had gone up: number, day, and which nominations came back."""

    permission = "awards.issue_decision"
    template_name = "awards/decision_record.html"
    title = "Ghi quyết định nơi khác"

    def form(self, data: Any = None, files: Any = None) -> BackForm:
        """Return the form over what went up."""
        return BackForm(data, files, groups=queries.candidates(None, above=True))

    def save(self, form: BackForm) -> str:
        """Record it."""
        row = decisions.record_elsewhere(
            said=form.decision,
            lines=[Given(asked.award, asked) for asked in form.chosen],
            creation_key=form.cleaned_data["creation_key"],
            actor=self.actor,
            at=clock.now(),
        )
        messages.success(self.request, "Đã ghi quyết định; các đề nghị đã chọn có quyết định tặng.")
        return reverse("decision_detail", args=[row.pk])


class OneDecision(DetailPage):
    """A page about one decision, `pk` of the URL."""

    permission = "awards.view_decision"

    def load(self) -> Decision:
        """Return the decision; raises Http404 for what the actor may not know of."""
        row = queries.decision_for(self.actor, self.kwargs["pk"])
        if row is None:
            raise Http404
        self.require(row)
        return row

    def back(self, row: Decision) -> str:
        """Return the page of the decision."""
        return reverse("decision_detail", args=[row.pk])


class DecisionDetail(OneDecision):
    """One decision with its lines and what they gave."""

    template_name = "awards/decision_detail.html"

    def context(self, row: Decision) -> dict[str, Any]:
        """Return the lines and what the actor may do."""
        page = queries.decision_page(row, actor=self.actor)
        may_edit = row.is_draft and can(self.actor, "awards.edit_decision", row)
        may_number = can(self.actor, "awards.number_decision", row)
        return {
            "title": row.title,
            "page": page,
            "pack": document_pack(row, self.actor),
            "steps": offered(row, DECISION, actor=self.actor),
            "may_edit": may_edit,
            "may_number": row.is_draft and may_number,
            "may_issue": row.is_numbered and can(self.actor, "awards.issue_decision", row),
            "may_lay_scan": may_number and row.paper is not None,
            "is_board": self.actor.scope.is_board,
        }


class DecisionLinesExport(OneDecision):
    """The lines of a decision as an Excel file."""

    columns = (
        exports.Column("Danh hiệu, hình thức", 44),
        exports.Column("Tên", 40),
        exports.Column("Chức vụ, đơn vị", 50),
        exports.Column("Thành tích", 60),
        exports.Column("Ghi chú", 40),
    )

    def get(self, request: HttpRequest, **_: Any) -> HttpResponse:
        """Answer with the file; struck lines say so."""
        row = self.load()
        number = f"số {row.number} ngày {row.dated_on:%d/%m/%Y}" if row.number else "dự thảo"
        return exports.as_response(
            title="Danh sách khen thưởng theo quyết định",
            note=f"{row.title}; {number}",
            columns=self.columns,
            rows=[
                (
                    str(line.row.award),
                    line.row.subject_name,
                    line.row.subject_title or None,
                    line.row.merit or row.merit or None,
                    line.note or None,
                )
                for line in queries.decision_page(row, actor=self.actor).lines
            ],
        )


class DecisionEdit(OneDecision, FormPage):
    """The words of a draft and of every line, in one form."""

    permission = "awards.edit_decision"
    template_name = "awards/decision_edit.html"

    def load(self) -> Decision:
        """Return the draft; raises Refused once it is numbered."""
        row = super().load()
        decisions.refuse_unless_draft(row)
        self.lines = list(row.lines.select_related("award").order_by("position"))
        return row

    def form(self, row: Decision, data: Any = None, files: Any = None) -> DecisionForm:
        """Return the form with what is stored."""
        initial = {name: getattr(row, name) for name in ("title", "issuer", "merit", "note")}
        return DecisionForm(data, files, initial=initial, lines=self.lines)

    def context(self, row: Decision) -> dict[str, Any]:
        """Return the title."""
        return {"title": "Sửa dự thảo quyết định"}

    def stored(self, row: Decision, name: str) -> Any:
        """Return a column of the decision, or one box of a line."""
        box, _, pk = name.partition("_")
        if not pk.isdecimal():
            return super().stored(row, name)
        line = {line.pk: line for line in self.lines}[int(pk)]
        columns = {"name": line.subject_name, "title": line.subject_title, "merit": line.merit, "place": line.position}
        return columns[box]

    def save(self, row: Decision, form: DecisionForm, revision: int) -> str:
        """Write it and go back to the decision."""
        words = {name: form.cleaned_data[name] for name in ("title", "issuer", "merit", "note")}
        decisions.edit(decision=row, **words, lines=form.said, revision=revision, actor=self.actor, at=clock.now())
        messages.success(self.request, "Đã lưu dự thảo quyết định.")
        return self.back(row)


class DecisionAdd(OneDecision, FormPage):
    """More nominations for a draft."""

    permission = "awards.edit_decision"
    template_name = "awards/decision_add.html"

    def load(self) -> Decision:
        """Return the draft; raises Refused once it is numbered."""
        row = super().load()
        decisions.refuse_unless_draft(row)
        return row

    def form(self, row: Decision, data: Any = None, files: Any = None) -> PickForm:
        """Return the form over what may be decided now."""
        return PickForm(data, files, groups=queries.candidates(row.year, into=row))

    def context(self, row: Decision) -> dict[str, Any]:
        """Return the title."""
        return {"title": "Thêm đề nghị vào dự thảo"}

    def save(self, row: Decision, form: PickForm, _revision: int) -> str:
        """Put them in and go back."""
        count = decisions.add(decision=row, nominations=form.chosen, actor=self.actor, at=clock.now())
        messages.success(self.request, f"Đã thêm {count2(count)} đề nghị vào dự thảo.")
        return self.back(row)


class DecisionNumber(OneDecision, FormPage):
    """Number and day, as văn thư gave them."""

    permission = "awards.number_decision"
    template_name = "awards/decision_form.html"

    def load(self) -> Decision:
        """Return the draft; raises Refused once it is numbered."""
        row = super().load()
        if row.state not in DECISION.step("number").sources:
            raise Refused(DECISION.step("number").refusal)
        return row

    def form(self, row: Decision, data: Any = None, files: Any = None) -> SignedForm:
        """Return the form; who signed stays when a number was taken back."""
        initial = {"signer_name": row.signer_name, "signer_title": row.signer_title}
        return SignedForm(data, files, initial=initial)

    def context(self, row: Decision) -> dict[str, Any]:
        """Return what will happen, and what still stands in the way of issuing."""
        return {
            "title": "Ghi số, ngày của văn thư",
            "texts": ("Vào số rồi thì không sửa được danh sách nữa; muốn sửa phải bỏ số, có lý do.",),
            "warnings": queries.decision_page(row, actor=self.actor).obstacles,
            "label": "Ghi số",
            "back": self.back(row),
        }

    def save(self, row: Decision, form: SignedForm, _revision: int) -> str:
        """Write the number and go back."""
        decisions.number(decision=row, **form.cleaned_data, actor=self.actor, at=clock.now())
        messages.success(self.request, "Đã ghi số, ngày quyết định.")
        return self.back(row)


class DecisionIssue(OneDecision, FormPage):
    """The issue: who is given what, with the signed scan beside it."""

    permission = "awards.issue_decision"
    template_name = "awards/decision_form.html"

    def load(self) -> Decision:
        """Return the numbered decision; raises Refused at another time."""
        row = super().load()
        if not row.is_numbered:
            raise Refused(DECISION.step("issue").refusal)
        return row

    def form(self, row: Decision, data: Any = None, files: Any = None) -> IssueForm:
        """Return the form."""
        return IssueForm(data, files)

    def context(self, row: Decision) -> dict[str, Any]:
        """Return what will happen, to how many, and what stands in the way."""
        page = queries.decision_page(row, actor=self.actor)
        return {
            "title": "Ghi quyết định đã ban hành",
            "texts": (
                f"{row.issuer}, số {row.number} ngày {date_short(row.dated_on)}: {count2(page.giving)} khen thưởng.",
                "Mọi người có tài khoản đều tra cứu được.",
                "Việc này không hoàn tác được; sai sót về sau phải có quyết định thu hồi.",
            ),
            "warnings": page.obstacles,
            "label": "Ghi đã ban hành",
            "back": self.back(row),
        }

    def save(self, row: Decision, form: IssueForm, _revision: int) -> str:
        """Issue it and go back."""
        scan = form.cleaned_data["scan"]
        signed = OnPaper(row.number, row.dated_on, row.issuer, scan) if row.dated_on else None
        decisions.issue(decision=row, on_paper=signed, actor=self.actor, at=clock.now())
        messages.success(self.request, "Đã ghi quyết định ban hành; khen thưởng đã có trong Tra cứu khen thưởng.")
        return self.back(row)


class DecisionScan(OneDecision, FormPage):
    """The scan of an issued decision, where it came later or the first was wrong."""

    permission = "awards.number_decision"
    template_name = "awards/decision_form.html"

    def load(self) -> Decision:
        """Return the decision; raises Refused where there is no paper to lay a scan beside."""
        row = super().load()
        self.label = "Thay bản quét" if decisions.paper_of(row).scan_id else "Đính bản quét"
        return row

    def form(self, row: Decision, data: Any = None, files: Any = None) -> ScanForm:
        """Return the form; another scan needs its reason."""
        return (AnotherScanForm if decisions.paper_of(row).scan_id else ScanForm)(data, files)

    def context(self, row: Decision) -> dict[str, Any]:
        """Return the words."""
        title = f"{self.label} đã ký"
        return {"title": title, "texts": (f"{row}.",), "warnings": (), "label": self.label, "back": self.back(row)}

    def save(self, row: Decision, form: ScanForm, _revision: int) -> str:
        """Lay it beside the decision."""
        decisions.lay_scan(decision=row, **form.cleaned_data, actor=self.actor, at=clock.now())
        messages.success(self.request, "Đã lưu bản quét.")
        return self.back(row)


class OneLine(DetailPage):
    """A page about one line of a draft, `pk` of the URL."""

    permission = "awards.edit_decision"

    def load(self) -> DecisionLine:
        """Return the line; raises Http404, Refused once the decision is numbered."""
        rows = DecisionLine.objects.select_related("decision__year", "award", "nomination__appraisal__award")
        row = rows.filter(pk=self.kwargs["pk"]).first()
        if row is None:
            raise Http404
        self.require(row.decision)
        decisions.refuse_unless_draft(row.decision)
        return row

    def back(self, row: DecisionLine) -> str:
        """Return the page of the decision."""
        return reverse("decision_detail", args=[row.decision_id])


class DecisionLineDirect(OneLine, FormPage):
    """The ý kiến chỉ đạo on a line."""

    template_name = "awards/decision_form.html"

    def form(self, row: DecisionLine, data: Any = None, files: Any = None) -> DirectiveForm:
        """Return the form with what was directed so far."""
        what = _directed(row)
        initial = {
            "what": what,
            "award": row.award if what == DirectiveForm.CHANGE else None,
            "directive": row.directive,
        }
        return DirectiveForm(data, files, initial=initial, is_person=row.person_id is not None)

    def stored(self, row: DecisionLine, name: str) -> Any:
        """Return a column of the line, or what its directive does."""
        return _directed(row) if name == "what" else super().stored(row, name)

    def context(self, row: DecisionLine) -> dict[str, Any]:
        """Return whose line it is."""
        named = ", ".join(part for part in (row.subject_name, row.subject_title) if part)
        return {
            "title": "Ý kiến chỉ đạo",
            "texts": (f"{named}: {row.award}.",),
            "warnings": (),
            "label": "Lưu",
            "back": self.back(row),
        }

    def save(self, row: DecisionLine, form: DirectiveForm, revision: int) -> str:
        """Write it and go back."""
        decisions.direct(line=row, **form.said, revision=revision, actor=self.actor, at=clock.now())
        messages.success(self.request, "Đã lưu ý kiến chỉ đạo.")
        return self.back(row)


def _directed(row: DecisionLine) -> str:
    """Return what the ý kiến chỉ đạo of a line does, as `DirectiveForm` asks for it."""
    if row.is_struck:
        return DirectiveForm.STRIKE
    return DirectiveForm.CHANGE if row.directive else DirectiveForm.KEEP


class DecisionLineRemove(OneLine):
    """Asks before a line leaves a draft."""

    template_name = "confirm_page.html"

    def load(self) -> DecisionLine:
        """Return the line; raises Refused for one with a ý kiến chỉ đạo."""
        row = super().load()
        if row.directive:
            raise Refused(decisions.DIRECTED)
        return row

    def context(self, row: DecisionLine) -> dict[str, Any]:
        """Return the question."""
        return {
            "title": "Đưa dòng này ra khỏi dự thảo?",
            "texts": [f"{row.subject_name}: {row.award}.", "Đề nghị vẫn còn, đưa vào quyết định khác được."],
            "action": self.request.path,
            "label": "Đưa ra khỏi dự thảo",
            "back": self.back(row),
        }

    def post(self, _request: HttpRequest, **_: Any) -> HttpResponse:
        """Take it out."""
        row = self.load()
        decisions.remove(line=row, actor=self.actor, at=clock.now())
        messages.success(self.request, "Đã đưa ra khỏi dự thảo.")
        return HttpResponseRedirect(self.back(row))


class DecisionStep(StepPage):
    """Cancelling a draft, taking a number back."""

    dangers = frozenset({"cancel"})
    what_happens = {
        "unnumber": ("Số, ngày đã ghi bị bỏ; quyết định trở lại dự thảo, danh sách giữ nguyên.",),
        "cancel": ("Dự thảo không dùng nữa; các đề nghị trong đó đưa vào quyết định khác được. Không hoàn tác được.",),
    }

    def find(self) -> Decision:
        """Return the decision the actor may know of."""
        row = queries.decision_for(self.actor, self.kwargs["pk"])
        if row is None:
            raise Http404
        return row

    def workflow_of(self, row: Decision) -> Workflow:
        """Return the table of decisions."""
        return DECISION

    def back(self, row: Decision) -> str:
        """Return the page of the decision."""
        return reverse("decision_detail", args=[row.pk])

    def take(self, row: Decision, form: Any) -> None:
        """Take it."""
        decisions.take(decision=row, action=self.step.action, note=form.note_said, actor=self.actor, at=clock.now())
