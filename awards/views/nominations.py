"""Nominations: the list, one with its dossier, a new one, its steps, its files, a hold."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from awards.domain.shown import is_confidential
from awards.enums import NominationState as State
from awards.enums import Route
from awards.forms.nominations import (
    KINDS,
    OWN,
    AttachForm,
    NominationEditForm,
    NominationForm,
    ReturnForm,
    WhyForm,
)
from awards.forms.nominations_filter import NominationFilter
from awards.models import Attachment, Nomination
from awards.queries.nominations import (
    NominationLine,
    NominationPage,
    attachment_for,
    lines_of,
    needed,
    nomination_for,
    nomination_list,
    nomination_page,
)
from awards.rules import proposes
from awards.services import appraisals, nominations
from blocs.queries.lists import leadership_names
from blocs.queries.people import year_of
from emulation.core import clock, exports, files
from emulation.core.access import can
from emulation.core.errors import Refused
from emulation.core.forms import StepForm
from emulation.core.lists import ExportPage
from emulation.core.registry import document_pack
from emulation.core.vietnamese import count2
from emulation.core.views import DetailPage, FormPage, Page, StepPage
from emulation.core.workflow import Workflow

UNTOLD = (
    "Đề nghị đã được thẩm định, đang chờ quyết định nên không thay đổi được nữa; nếu cần, liên hệ cơ quan thường trực."
)
RETURNING = frozenset({"return", "send_back", "reject"})


class NominationList(ExportPage):
    """The nominations the actor may know of, collectives before persons."""

    permission = "awards.list_nomination"
    template_name = "awards/nomination_list.html"
    filterset_class = NominationFilter
    export_title = "Danh sách đề nghị khen thưởng"
    columns = (
        exports.Column("Năm", 10),
        exports.Column("Đối tượng", 12),
        exports.Column("Tên ghi trên văn bản", 40),
        exports.Column("Chức vụ, đơn vị", 45),
        exports.Column("Đơn vị đề nghị", 35),
        exports.Column("Danh hiệu, hình thức", 45),
        exports.Column("Loại", 12),
        exports.Column("Loại hình khen thưởng", 28),
        exports.Column("Con đường", 40),
        exports.Column("Hạng", 8),
        exports.Column("Trạng thái", 28),
    )

    def rows(self) -> QuerySet[Nomination]:
        """Return the nominations the actor may know of."""
        return nomination_list(self.actor)

    def context(self) -> dict[str, Any]:
        """Return the title and what the actor may begin."""
        is_board = self.actor.scope.is_board
        paste = {"url": reverse("nomination_paste"), "icon": "list", "label": "Lập từ danh sách dán"}
        new = {"url": reverse("nomination_new"), "icon": "file-earmark-plus", "label": "Lập đề nghị"}
        return {
            "title": "Đề nghị khen thưởng",
            "menu": [paste] if is_board else [],
            "primary": new if is_board or proposes(self.actor) else None,
        }

    def show(self, context: dict[str, Any], *, status: int = 200, partial: str = "") -> HttpResponse:
        """Lay beside each row what the actor is shown of it."""
        lines = lines_of(context["page"].object_list, self.actor)
        return super().show({**context, "lines": lines}, status=status, partial=partial)

    def lines(self, rows: QuerySet[Nomination]) -> list[NominationLine]:
        """Return the lines of the Excel file."""
        return lines_of(rows, self.actor)

    def line(self, row: NominationLine) -> tuple[exports.Cell, ...]:
        """Return one line of the Excel file; what is not known stays empty."""
        nomination = row.row
        return (
            nomination.year.label,
            row.group,
            nomination.subject_name,
            nomination.subject_title or None,
            nomination.owner.name,
            str(row.award),
            row.tag,
            str(nomination.commendation) if nomination.commendation else None,
            row.via,
            nomination.place,
            row.shown.word,
        )


class NominationExport(NominationList):
    """The list as an Excel file."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Answer with the file."""
        return self.export(request, **kwargs)


class OneNomination(DetailPage):
    """A page about one nomination, `pk` of the URL."""

    permission = "awards.view_nomination"

    def load(self) -> Nomination:
        """Return the nomination; raises Http404 for what the actor may not know of."""
        row = nomination_for(self.actor, self.kwargs["pk"])
        if row is None:
            raise Http404
        self.require(row)
        return row

    def refuse_untold(self, row: Nomination) -> None:
        """Raise Refused, with one sentence for all, where the board's answer is not yet told to the actor."""
        if is_confidential(row, self.actor):
            raise Refused(UNTOLD)


class NominationDetail(OneNomination):
    """The dossier: its papers, what it lacks, its history, what comes next."""

    template_name = "awards/nomination_detail.html"

    def context(self, row: Nomination) -> dict[str, Any]:
        """Return what the page shows the actor."""
        page = nomination_page(row, actor=self.actor)
        menu = []
        if page.may_edit:
            menu.append({"url": reverse("nomination_edit", args=[row.pk]), "icon": "pen", "label": "Sửa nội dung"})
        if page.may_hold and not row.is_held:
            menu.append({"url": reverse("nomination_hold", args=[row.pk]), "icon": "clock", "label": "Ghi chưa xét"})
        return {
            "title": f"Đề nghị tặng {page.line.award}".replace(" Danh hiệu ", " danh hiệu "),
            "page": page,
            "menu": menu,
            "primary": self._lead(row, page),
            "pack": document_pack(row, self.actor),
            "dossier": row.submission if can(self.actor, "awards.view_submission", row.submission) else None,
        }

    def _lead(self, row: Nomination, page: NominationPage) -> dict[str, str] | None:
        """Return the one button: the leading step, else the page of the dossier, appraisal or decision it waits for."""
        if row.is_held:
            return _button("Xét tiếp", "nomination_resume", row.pk) if page.may_hold else None
        if page.primary:
            return _button(page.primary.label, "nomination_step", row.pk, page.primary.action)
        where = (row.route, row.state)
        is_board, may_write = self.actor.scope.is_board, can(self.actor, "awards.edit_nomination", row)
        if where == (Route.RECORDED, State.DRAFT) and may_write:
            return _button("Ghi quyết định của đơn vị", "grant_own", row.pk)
        if where == (Route.DIRECT, State.RETURNED) and may_write:
            return _button("Gửi bổ sung", "nomination_resend", row.pk)
        if where == (Route.DIRECT, State.DRAFT) and may_write and row.submission_id is None:
            return _button("Đưa vào hồ sơ trình", "submission_new_agency", row.owner_id, row.year_id)
        if row.state == State.ENDORSED and can(self.actor, "awards.endorse_nomination", row) and not row.submission_id:
            return _button("Đưa vào hồ sơ của khối", "submission_new_bloc", row.bloc_year_id)
        if is_board and (row.state == State.SENT or where == (Route.BOARD, State.DRAFT)):
            return _button("Thẩm định", "appraisal_list")
        if row.state == State.NOT_GRANTED and row.award.lower_id and can(self.actor, "awards.approve_nomination", row):
            lead = _button("Xét hình thức thấp hơn", "appraisal_list")
            return lead | {"url": f"{lead['url']}?year={row.year_id}&state={State.NOT_GRANTED}"}
        return None


def _button(label: str, name: str, *args: Any) -> dict[str, str]:
    return {"url": reverse(name, args=args), "icon": "check-lg", "label": label}


class NominationNew(Page):
    """A new nomination of one of three kinds; persons may be several, of one agency for one award."""

    permission = "awards.list_nomination"
    template_name = "awards/nomination_new.html"

    def load(self) -> None:
        """Raise Http404 for who proposes for nobody or for a kind there is not."""
        self.require()
        self.kind = self.request.GET.get("kind", OWN)
        if self.kind not in KINDS or not (self.actor.scope.is_board or proposes(self.actor)):
            raise Http404

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the form."""
        self.load()
        asked = {name: request.GET[name] for name in ("route", "award") if name in request.GET}
        return self._form(NominationForm(initial=asked, kind=self.kind, actor=self.actor, year=year_of(request)))

    def post(self, request: HttpRequest) -> HttpResponse:
        """Draft what was typed; or show more rows for persons, or say what is wrong."""
        self.load()
        posted = request.POST.get("rows", "")
        rows = int(posted) if posted.isdecimal() else 0
        options: dict[str, Any] = {"kind": self.kind, "actor": self.actor, "year": year_of(request)}
        if "more" in request.POST:
            typed = {name: request.POST[name] for name in request.POST}
            return self._form(NominationForm(initial=typed, rows=rows + 5, **options))
        form = NominationForm(request.POST, rows=rows, **options)
        if form.is_valid():
            try:
                made = nominations.draft_all(
                    said=form.said(), creation_key=form.cleaned_data["creation_key"], actor=self.actor, at=clock.now()
                )
            except (ValidationError, Refused) as wrong:
                form.add_error(None, wrong if isinstance(wrong, ValidationError) else str(wrong))
            else:
                return self._made(made)
        return self._form(form, status=422)

    def _made(self, made: list[Nomination]) -> HttpResponse:
        if len(made) == 1:
            is_own = made[0].route == Route.RECORDED
            then = "Ghi số, ngày quyết định của đơn vị." if is_own else "Bổ sung giấy tờ rồi gửi."
            messages.success(self.request, f"Đã lập đề nghị. {then}")
            return HttpResponseRedirect(reverse("nomination_detail", args=[made[0].pk]))
        messages.success(self.request, f"Đã lập {count2(len(made))} đề nghị. Mở từng đề nghị để bổ sung giấy tờ.")
        return HttpResponseRedirect(f"{reverse('nomination_list')}?year={made[0].year_id}")

    def _form(self, form: NominationForm, status: int = 200) -> HttpResponse:
        kinds = [(kind, label, kind == self.kind) for kind, label in KINDS.items()]
        return self.show(
            {"title": "Lập đề nghị khen thưởng", "form": form, "kinds": kinds, "kind": self.kind}, status=status
        )


class NominationEdit(OneNomination, FormPage):
    """The content of a nomination."""

    permission = "awards.edit_nomination"
    template_name = "awards/nomination_edit.html"

    def load(self) -> Nomination:
        """Return the nomination; raises Refused when its content takes no more changes."""
        row = super().load()
        self.refuse_untold(row)
        nominations.refuse_unless_editable(row, self.actor)
        return row

    def form(self, row: Nomination, data: Any = None, files: Any = None) -> NominationEditForm:
        """Return the form with what is stored."""
        return NominationEditForm(data, files, row=row)

    def context(self, row: Nomination) -> dict[str, Any]:
        """Return the title."""
        return {"title": "Sửa nội dung đề nghị"}

    def save(self, row: Nomination, form: NominationEditForm, revision: int) -> str:
        """Write it and go back to the nomination."""
        nominations.edit(
            nomination=row, revision=revision, **form.cleaned_data, actor=self.actor, at=clock.now()
        )  # fmt: skip
        messages.success(self.request, "Đã lưu nội dung đề nghị.")
        return reverse("nomination_detail", args=[row.pk])


class NominationStep(StepPage):
    """A step of a nomination; the board may take it for a bloc or an agency that did it on paper."""

    dangers = frozenset({"withdraw", "reject", "refuse", "decline"})
    what_happens = {
        "submit": ("Trưởng khối, Phó Trưởng khối xem được đề nghị và giấy tờ kèm theo.",),
        "endorse": ("Đề nghị được đưa vào hồ sơ của khối khi Trưởng khối gửi cơ quan thường trực.",),
        "decline": ("Đơn vị đọc được lý do. Khối họp lại thì ghi lại được.",),
        "return": ("Đơn vị đọc được lý do và từng nội dung cần bổ sung, hoàn thiện rồi gửi lại.",),
        "send_back": ("Đơn vị đọc được lý do và từng nội dung cần bổ sung, hoàn thiện rồi gửi lại.",),
        "reject": ("Hồ sơ trả lại vì không đủ điều kiện; đơn vị đọc được lý do. Không gửi lại được.",),
        "withdraw": ("Đề nghị không được xét nữa; hồ sơ vẫn giữ. Có thể lập lại về sau.",),
        "restore": ("Đề nghị trở lại bản nháp với nội dung, giấy tờ đã có.",),
    }

    def find(self) -> Nomination:
        """Return the nomination the actor may know of."""
        row = nomination_for(self.actor, self.kwargs["pk"])
        if row is None:
            raise Http404
        return row

    def load(self) -> Nomination:
        """Return the nomination; raises Refused as every step does, and the same for all while nothing is told."""
        row = self.find()
        if is_confidential(row, self.actor):
            raise Refused(UNTOLD)
        super().load()
        nominations.refuse_held(row, self.step.action)
        nominations.refuse_returned(row, self.step.action)
        self.papers = needed(row, row.award, []) if self.step.action in RETURNING else ()
        return row

    def workflow_of(self, row: Nomination) -> Workflow:
        """Return the table of its route."""
        return row.workflow

    def behalf(self, row: Nomination) -> list[str]:
        """Return whom the board may act for: the agency that proposes, and who runs the bloc it goes through."""
        if not self.actor.scope.is_board:
            return []
        return [row.owner.name, *(leadership_names(row.bloc_year) if row.bloc_year else [])]

    def back(self, row: Nomination) -> str:
        """Return the page of the nomination."""
        return reverse("nomination_detail", args=[row.pk])

    def form(self, row: Nomination, data: Any = None, files: Any = None) -> StepForm:
        """Return the form of the step; a return names what is lacking."""
        options: dict[str, Any] = {"needs_note": self.step.needs_note, "behalf": self.behalf(row)}
        if self.step.action in RETURNING:
            return ReturnForm(data, files, papers=[paper.need for paper in self.papers], **options)
        return StepForm(data, files, **options)

    def context(self, row: Nomination) -> dict[str, Any]:
        """Return what the question says; what is still lacking warns before it is sent."""
        return {**super().context(row), "warnings": self._warnings(row)}

    def _warnings(self, row: Nomination) -> list[str]:
        if self.step.action not in nominations.SENDING:
            return []
        gaps = [finding.text for finding in row.findings.filter(resolved_at=None).order_by("pk")]
        return [f"Nội dung được yêu cầu bổ sung, kiểm tra lại trước khi gửi: {'; '.join(gaps)}"] if gaps else []

    def take(self, row: Nomination, form: Any) -> None:
        """Take it; the head's acts go the way of the appraisal."""
        action, note = self.step.action, form.note_said
        said: dict[str, Any] = {"actor": self.actor, "at": clock.now()}
        if action in nominations.DECIDED_ELSEWHERE:
            appraisals.decide(nominations=[row], action=action, note=note, **said)
            return
        nominations.take(
            nomination=row,
            action=action,
            note=note,
            behalf_of=form.behalf_said,
            on_paper=form.on_paper(),
            findings=form.findings if isinstance(form, ReturnForm) else (),
            **said,
        )


class Asking(OneNomination, FormPage):
    """A page that asks for one text and does one thing."""

    permission = "awards.hold_nomination"
    template_name = "awards/nomination_ask.html"
    words: tuple[str, str, str, str]

    def form(self, row: Nomination, data: Any = None, files: Any = None) -> WhyForm:
        """Return the form."""
        _, _, label, required = self.words
        return WhyForm(data, files, label=label, required=required)

    def context(self, row: Nomination) -> dict[str, Any]:
        """Return what the question says."""
        title, text, _, _ = self.words
        return {"title": title, "texts": [f"{row}.", text], "back": reverse("nomination_detail", args=[row.pk])}


class NominationHold(Asking):
    """“Chưa xét khen thưởng”."""

    words = (
        "Ghi “chưa xét khen thưởng”?",
        "Đề nghị giữ nguyên trạng thái; chỉ rút được, không làm tiếp bước nào. Lý do chỉ cơ quan thường trực đọc được.",
        "Lý do chưa xét",
        "Ghi lý do chưa xét khen thưởng.",
    )

    def load(self) -> Nomination:
        """Return the nomination; raises Refused when it has ended or is held already."""
        row = super().load()
        nominations.refuse_unless_holdable(row)
        return row

    def save(self, row: Nomination, form: WhyForm, _revision: int) -> str:
        """Hold it and go back."""
        nominations.hold(nomination=row, reason=form.cleaned_data["note"], actor=self.actor, at=clock.now())
        messages.success(self.request, "Đã ghi “chưa xét khen thưởng”.")
        return reverse("nomination_detail", args=[row.pk])


class NominationResume(Asking):
    """Taking up a held nomination."""

    words = (
        "Xét tiếp đề nghị này?",
        "Đề nghị tiếp tục từ trạng thái đang giữ.",
        "Kết luận",
        "Ghi kết luận trước khi xét tiếp.",
    )

    def load(self) -> Nomination:
        """Return the nomination; raises Refused when it is not held."""
        row = super().load()
        nominations.refuse_unless_held(row)
        return row

    def save(self, row: Nomination, form: WhyForm, _revision: int) -> str:
        """Take it up and go back."""
        nominations.resume(nomination=row, outcome=form.cleaned_data["note"], actor=self.actor, at=clock.now())
        messages.success(self.request, "Đề nghị được xét tiếp.")
        return reverse("nomination_detail", args=[row.pk])


class AttachmentNew(OneNomination, FormPage):
    """One more file of the dossier."""

    permission = "awards.edit_nomination"
    template_name = "awards/nomination_attach.html"

    def load(self) -> Nomination:
        """Return the nomination; raises Refused when the dossier takes no more files."""
        row = super().load()
        self.refuse_untold(row)
        nominations.refuse_unless_attachable(row, self.actor)
        self.papers = needed(row, row.award, [])
        return row

    def form(self, row: Nomination, data: Any = None, files: Any = None) -> AttachForm:
        """Return the form, with the paper whose button was pressed."""
        needs = [paper.need for paper in self.papers]
        return AttachForm(data, files, needs=needs, initial={"need": self.request.GET.get("need", "")})

    def context(self, row: Nomination) -> dict[str, Any]:
        """Return the title."""
        return {"title": "Thêm tài liệu"}

    def save(self, row: Nomination, form: AttachForm, _revision: int) -> str:
        """Store it and go back to the nomination."""
        nominations.attach(nomination=row, **form.cleaned_data, actor=self.actor, at=clock.now())
        messages.success(self.request, "Đã thêm tài liệu.")
        return reverse("nomination_detail", args=[row.pk])


class AttachmentFile(Page):
    """A file of a dossier."""

    permission = "awards.view_nomination"

    def get(self, _request: HttpRequest, pk: int) -> FileResponse:
        """Stream it; raises Http404 for what the actor may not know of and for what was taken out."""
        row = attachment_for(self.actor, pk)
        if row is None:
            raise Http404
        self.require(row.nomination)
        return files.stream(row.file, inline=True)


class AttachmentRemove(Page):
    """Asks, then takes a file out of the dossier."""

    permission = "awards.edit_nomination"
    template_name = "confirm_page.html"

    def load(self) -> Attachment:
        """Return the file; raises Http404, and Refused when the dossier gives none back."""
        row = attachment_for(self.actor, self.kwargs["pk"])
        if row is None:
            raise Http404
        self.require(row.nomination)
        nominations.refuse_unless_attachable(row.nomination, self.actor)
        return row

    def get(self, request: HttpRequest, **_: Any) -> HttpResponse:
        """Ask."""
        row = self.load()
        return self.show(
            {
                "row": row,
                "title": "Gỡ tài liệu này?",
                "texts": [f"{row.title}.", "Tài liệu không hiện trong hồ sơ nữa; lịch sử vẫn ghi."],
                "action": request.path,
                "label": "Gỡ tài liệu",
                "back": reverse("nomination_detail", args=[row.nomination_id]),
            }
        )

    def post(self, request: HttpRequest, **_: Any) -> HttpResponse:
        """Take it out."""
        row = self.load()
        nominations.detach(attachment=row, actor=self.actor, at=clock.now())
        messages.success(request, "Đã gỡ tài liệu.")
        return HttpResponseRedirect(reverse("nomination_detail", args=[row.nomination_id]))


class NominationPaper(OneNomination):
    """The scan of the signed paper the nomination was sent by; it obeys the rule of the nomination."""

    def get(self, request: HttpRequest, **_: Any) -> HttpResponse:
        """Stream it."""
        row = self.load()
        if row.paper is None or row.paper.scan is None:
            raise Http404
        return files.stream(row.paper.scan, inline=True)  # type: ignore[return-value] # streamed, but an answer
