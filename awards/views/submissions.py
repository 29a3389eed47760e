"""Dossiers: the list and register, the page of one, its making, its steps, a line sent again."""

from dataclasses import asdict
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.urls import reverse

from awards.domain.submission import OPEN, SUBMISSION
from awards.forms.submissions import ReceiveForm, RegisterForm, SubmissionFilter, SubmissionForm
from awards.models import Nomination, Submission
from awards.queries import submissions as queries
from awards.queries.nominations import lines_of, nomination_for
from awards.services import submissions
from blocs.models import Agency, BlocYear, EmulationYear
from blocs.queries.lists import leadership_names
from blocs.views.bloc_years import refuse_closed
from emulation.accounts.domain.scope import Capacity
from emulation.core import clock, exports, files
from emulation.core.access import can
from emulation.core.errors import Refused
from emulation.core.forms import StepForm
from emulation.core.lists import ExportPage
from emulation.core.registry import document_pack
from emulation.core.transitions import offered
from emulation.core.views import DetailPage, FormPage, Page, StepPage
from emulation.core.workflow import Workflow

NO_LEADER = "Khối chưa có Trưởng khối hoặc Phó Trưởng khối; cơ quan thường trực ghi nhận trước khi lập hồ sơ."


class SubmissionList(ExportPage):
    """The dossiers the actor may know of; for the board the register of what came in."""

    permission = "awards.list_submission"
    template_name = "awards/submission_list.html"
    filterset_class = SubmissionFilter
    export_title = "Sổ hồ sơ đề nghị khen thưởng"
    columns = (
        exports.Column("Số đến", 12),
        exports.Column("Ngày đến", 14),
        exports.Column("Nhận bằng", 16),
        exports.Column("Nơi gửi", 40),
        exports.Column("Nội dung", 50),
        exports.Column("Tờ trình", 20),
        exports.Column("Ngày tờ trình", 14),
        exports.Column("Số đề nghị", 12),
        exports.Column("Trạng thái", 24),
    )

    def rows(self) -> QuerySet[Submission]:
        """Return the dossiers the actor may know of."""
        return queries.submission_list(self.actor)

    def context(self) -> dict[str, Any]:
        """Return the title and the way to a new dossier."""
        new = {"url": reverse("submission_new"), "icon": "file-earmark-plus", "label": "Lập hồ sơ trình"}
        return {"title": "Hồ sơ trình", "primary": new if can(self.actor, "awards.begin_submission") else None}

    def show(self, context: dict[str, Any], *, status: int = 200, partial: str = "") -> HttpResponse:
        """Render the rows with what is laid beside them."""
        lines = queries.submission_lines(context["page"].object_list)
        return super().show({**context, "lines": lines}, status=status, partial=partial)

    def line(self, row: Submission) -> tuple[exports.Cell, ...]:
        """Return one line of the Excel file; what is not known stays empty."""
        line = queries.submission_lines([row])[0]
        return (
            row.register_number,
            row.received_on,
            row.get_received_as_display() or None,
            line.sender,
            row.title,
            (row.paper.number or None) if row.paper else None,
            row.paper.dated_on if row.paper else None,
            line.count,
            row.get_state_display(),
        )


class SubmissionExport(SubmissionList):
    """The list as an Excel file."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Answer with the file."""
        return self.export(request, **kwargs)


class OneSubmission(DetailPage):
    """A page about one dossier, `pk` of the URL."""

    permission = "awards.view_submission"

    def load(self) -> Submission:
        """Return the dossier; raises Http404 for what the actor may not know of."""
        row = queries.submission_for(self.actor, self.kwargs["pk"])
        if row is None:
            raise Http404
        self.require(row)
        return row


class SubmissionDetail(OneSubmission):
    """A dossier: its lines by award, each with its state; its way through the board."""

    template_name = "awards/submission_detail.html"

    def context(self, row: Submission) -> dict[str, Any]:
        """Return the lines and what the actor may do."""
        steps = offered(row, SUBMISSION, actor=self.actor)
        leading = next((step for step in steps if step.action in {"send", "receive"}), None)
        return {
            "title": row.title,
            "page": queries.submission_page(row, self.actor),
            "pack": document_pack(row, self.actor) if row.bloc_year_id else None,
            "leading": leading,
            "steps": [step for step in steps if step != leading],
            "may_edit": row.state in OPEN and can(self.actor, "awards.edit_submission", row),
            "may_appraise": can(self.actor, "awards.appraise_nomination"),
        }


class SubmissionScan(OneSubmission):
    """The scan of the tờ trình, for who may read the dossier."""

    def get(self, _request: HttpRequest, **_: Any) -> FileResponse:  # type: ignore[override] # a stream
        """Stream it."""
        row = self.load()
        if row.paper is None or row.paper.scan is None:
            raise Http404
        return files.stream(row.paper.scan, inline=True)


# --- Making one -------------------------------------------------------------------------------------------------------


class SubmissionNew(Page):
    """For which bloc or agency: what waits to be sent, and dossiers that are not sent yet."""

    permission = "awards.begin_submission"
    template_name = "awards/submission_new.html"

    def get(self, _request: HttpRequest, **_: Any) -> HttpResponse:
        """Show the choice."""
        self.require()
        registers = can(self.actor, "awards.receive_submission")
        return self.show(
            {"title": "Lập hồ sơ trình", "sources": queries.sources_for(self.actor), "registers": registers}
        )


class Making(FormPage):
    """The form of a dossier: title, and a box for each nomination that waits."""

    template_name = "awards/submission_edit.html"

    def form(self, row: Submission, data: Any = None, files: Any = None) -> SubmissionForm:
        """Return the form; a new dossier has everything ticked, another one what is in it."""
        rows = list(queries.candidates(row))
        chosen = frozenset(line.pk for line in rows if row.pk is None or line.submission_id == row.pk)
        initial = {"title": row.title}
        return SubmissionForm(data, files, initial=initial, lines=lines_of(rows, self.actor), ticked=chosen)

    def context(self, row: Submission) -> dict[str, Any]:
        """Return the title, of whom, and the way back."""
        is_new = row.pk is None
        return {
            "title": "Lập hồ sơ trình" if is_new else "Sửa hồ sơ trình",
            "sender": queries.SubmissionLine(row, 0).sender,
            "back": reverse("submission_list") if is_new else reverse("submission_detail", args=[row.pk]),
        }


class NewDossier(Making):
    """A dossier that is not there yet."""

    permission = "awards.draft_submission"

    def save(self, row: Submission, form: SubmissionForm, _revision: int) -> str:
        """Make it and go to it."""
        made = submissions.prepare(
            year=row.year,
            bloc_year=row.bloc_year,
            agency=row.agency,
            title=form.cleaned_data["title"],
            nominations=form.chosen,
            creation_key=form.cleaned_data["creation_key"],
            actor=self.actor,
            at=clock.now(),
        )
        messages.success(self.request, "Đã lập hồ sơ; xem lại danh sách rồi gửi.")
        return reverse("submission_detail", args=[made.pk])


class SubmissionNewBloc(NewDossier):
    """A bloc's dossier: what it endorsed."""

    def load(self) -> Submission:
        """Return the dossier it would be; raises Refused in a closed year and without anybody who leads the bloc."""
        rows = BlocYear.objects.visible_to(self.actor).select_related("year")
        bloc_year = rows.filter(pk=self.kwargs["pk"]).first()
        if bloc_year is None:
            raise Http404
        row = Submission(bloc_year=bloc_year, year=bloc_year.year, title=f"Đề nghị khen thưởng năm {bloc_year.year}")
        self.require(row)
        refuse_closed(bloc_year)
        agency = queries.leader_of(bloc_year)
        if agency is None:
            raise Refused(NO_LEADER)
        row.agency = agency
        return row


class SubmissionNewAgency(NewDossier):
    """An agency's dossier: what it sends straight to the board."""

    def load(self) -> Submission:
        """Return the dossier it would be."""
        agency = Agency.objects.visible_to(self.actor).filter(pk=self.kwargs["pk"]).first()
        year = EmulationYear.objects.filter(pk=self.kwargs["year"]).first()
        if agency is None or year is None:
            raise Http404
        row = Submission(year=year, agency=agency, title=f"Đề nghị khen thưởng năm {year}")
        self.require(row)
        return row


def _senders(row: Submission) -> list[str]:
    """Return whom the board may send a dossier for: the bloc's leader and deputies, or the agency."""
    return leadership_names(row.bloc_year) if row.bloc_year else [row.agency.name]


class Registering(NewDossier):
    """A dossier that came on paper: made, sent for its sender and received with one form."""

    permission = "awards.receive_submission"
    template_name = "awards/submission_register.html"

    def form(self, row: Submission, data: Any = None, files: Any = None) -> RegisterForm:
        """Return the form over what waits, everything ticked."""
        rows = list(queries.candidates(row))
        return RegisterForm(
            data,
            files,
            initial={"title": row.title},
            lines=lines_of(rows, self.actor),
            ticked=frozenset(line.pk for line in rows),
            submission=row,
            issuer=queries.SubmissionLine(row, 0).sender,
            behalf=_senders(row),
        )

    def context(self, row: Submission) -> dict[str, Any]:
        """Return the title and the way back to the choice."""
        return {**super().context(row), "title": "Tiếp nhận hồ sơ giấy", "back": reverse("submission_new")}

    def save(self, row: Submission, form: Any, _revision: int) -> str:
        """Enter it and go to it."""
        on_paper = form.on_paper()
        if on_paper is None:
            raise Refused(submissions.NEEDS_PAPER)
        made = submissions.register(
            year=row.year,
            bloc_year=row.bloc_year,
            agency=row.agency,
            title=form.cleaned_data["title"],
            nominations=form.chosen,
            on_paper=on_paper,
            entry=form.entry,
            behalf_of=form.cleaned_data["behalf_of"],
            creation_key=form.cleaned_data["creation_key"],
            actor=self.actor,
            at=clock.now(),
        )
        messages.success(self.request, f"Đã tiếp nhận, số đến {made.register_number}.")
        return reverse("submission_detail", args=[made.pk])


class SubmissionRegisterBloc(Registering, SubmissionNewBloc):
    """A bloc's dossier that came on paper."""


class SubmissionRegisterAgency(Registering, SubmissionNewAgency):
    """An agency's dossier that came on paper."""


class SubmissionEdit(Making, OneSubmission):
    """A dossier that is not sent, or was returned."""

    permission = "awards.edit_submission"

    def load(self) -> Submission:
        """Return the dossier; raises Refused once the board has it."""
        row = super().load()
        if row.state not in OPEN:
            raise Refused(submissions.NOT_OPEN)
        return row

    def save(self, row: Submission, form: SubmissionForm, revision: int) -> str:
        """Write it and go back."""
        submissions.arrange(
            submission=row,
            title=form.cleaned_data["title"],
            nominations=form.chosen,
            revision=revision,
            actor=self.actor,
            at=clock.now(),
        )
        messages.success(self.request, "Đã lưu hồ sơ.")
        return reverse("submission_detail", args=[row.pk])


# --- Steps ------------------------------------------------------------------------------------------------------------


class SubmissionStep(StepPage):
    """A step of a dossier; before the sending it shows what goes."""

    template_name = "awards/submission_step.html"
    what_happens = {
        "send": (
            "Cơ quan thường trực nhận được hồ sơ và mọi đề nghị trong đó.",
            "Gửi rồi thì không sửa được nữa; cơ quan thường trực có thể trả lại để hoàn thiện.",
        ),
        "receive": ("Hồ sơ được vào sổ; các đề nghị trong hồ sơ chuyển sang chờ thẩm định.",),
        "return": (
            "Nơi gửi sửa hồ sơ rồi gửi lại. Muốn trả lại một đề nghị thì mở đề nghị đó.",
            "Lý do hiện trên trang của hồ sơ.",
        ),
        "finish": ("Mọi dòng đã thẩm định. Chọn “Thẩm định tiếp” nếu cần mở lại.",),
        "unfinish": ("Hồ sơ trở lại “Đã tiếp nhận”.",),
        "decide": (
            "Nơi gửi xem được kết quả của từng đề nghị, kể cả đề nghị không được phê duyệt.",
            "Sau đó không hủy được kết quả “Không phê duyệt” trong hồ sơ này.",
        ),
    }

    def find(self) -> Submission:
        """Return the dossier the actor may know of."""
        row = queries.submission_for(self.actor, self.kwargs["pk"])
        if row is None:
            raise Http404
        return row

    def workflow_of(self, row: Submission) -> Workflow:
        """Return the table of dossiers."""
        return SUBMISSION

    def behalf(self, row: Submission) -> list[str]:
        """Return whom the board may send for."""
        return _senders(row) if self.actor.scope.is_board and self.step.action == "send" else []

    def back(self, row: Submission) -> str:
        """Return the page of the dossier."""
        return reverse("submission_detail", args=[row.pk])

    def form(self, row: Submission, data: Any = None, files: Any = None) -> StepForm:
        """Return the form of the step: a sending needs its tờ trình unless a signer sends on screen."""
        options: dict[str, Any] = {"needs_note": self.step.needs_note, "behalf": self.behalf(row)}
        if self.step.action == "receive":
            return ReceiveForm(data, files, submission=row, **options)
        if self.step.action == "send":
            signs = self.actor.scope.capacity == Capacity.SIGNER
            options |= {"needs_paper": not signs, "issuer": queries.SubmissionLine(row, 0).sender}
        return StepForm(data, files, **options)

    def context(self, row: Submission) -> dict[str, Any]:
        """Return what the question says; before the sending the lines themselves."""
        context = {**super().context(row), "dossier": row, "bloc_year": row.bloc_year}
        if self.step.action == "send":
            context["paper_title"] = "Tờ trình đã ký"
            context["groups"] = queries.groups_of(queries.lines_in(row, self.actor))
        return context

    def save(self, row: Submission, form: Any, revision: int) -> str:
        """Take the step and go back; what is sent is the list that was read."""
        said: dict[str, Any] = {"submission": row, "note": form.note_said, "actor": self.actor, "at": clock.now()}
        on_paper = {"behalf_of": form.behalf_said, "on_paper": form.on_paper()}
        if self.step.action == "receive":
            submissions.receive(**said, **on_paper, **asdict(form.entry))
            messages.success(self.request, f"Đã tiếp nhận, số đến {row.register_number}.")
            return self.back(row)
        if self.step.action == "send":
            submissions.send(**said, **on_paper, seen=revision)
        else:
            submissions.take(**said, **on_paper, action=self.step.action)
        messages.success(self.request, f"Đã thực hiện “{self.step.label}”.")
        return self.back(row)


class NominationResend(FormPage):
    """Asks before a line that was returned goes to the board again, within its dossier."""

    permission = "awards.send_nomination"
    template_name = "step_page.html"

    def load(self) -> Nomination:
        """Return the nomination; raises Http404 for what the actor may not, Refused when it cannot go."""
        row = nomination_for(self.actor, self.kwargs["pk"])
        if row is None:
            raise Http404
        self.require(row)
        if not queries.may_resend(row, self.actor):
            raise Refused(submissions.NOT_RECEIVED)
        return row

    def form(self, row: Nomination, data: Any = None, files: Any = None) -> StepForm:
        """Return the form; the board may act for the agency that proposes."""
        return StepForm(data, files, behalf=[row.owner.name] if self.actor.scope.is_board else [])

    def context(self, row: Nomination) -> dict[str, Any]:
        """Return what the question says."""
        return {
            "title": "Bạn có chắc chắn muốn gửi lại đề nghị này?",
            "texts": [f"{row}.", f"Gửi trong hồ sơ “{row.submission}”; nội dung cần bổ sung được ghi là đã bổ sung."],
            "label": "Gửi lại",
            "back": self.back(row),
            "bloc_year": row.bloc_year,
        }

    def back(self, row: Nomination) -> str:
        """Return the page of the nomination."""
        return reverse("nomination_detail", args=[row.pk])

    def save(self, row: Nomination, form: Any, _revision: int) -> str:
        """Send it and go back."""
        submissions.resend(
            nomination=row,
            note=form.note_said,
            behalf_of=form.behalf_said,
            on_paper=form.on_paper(),
            actor=self.actor,
            at=clock.now(),
        )
        messages.success(self.request, "Đã gửi lại đề nghị.")
        return self.back(row)
