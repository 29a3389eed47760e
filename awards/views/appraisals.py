"""The board's queue: the list, its Excel file, and the acts on what is ticked, each with a preview."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse

from awards.domain.appraisal import ACTS, BulkAct
from awards.forms.appraisals import ActForm, QueueFilter, VerdictForm
from awards.models import Nomination
from awards.queries import appraisals as queries
from awards.services import appraisals
from emulation.core import clock, exports
from emulation.core.access import can
from emulation.core.errors import Refused
from emulation.core.lists import ExportPage
from emulation.core.vietnamese import count2
from emulation.core.views import Page

NOTHING = "Đánh dấu ít nhất một dòng rồi chọn việc cần làm."
GONE = "Không còn dòng nào để làm việc này; tải lại danh sách."


class AppraisalList(ExportPage):
    """What waits for its verdict or for the head; boxes to tick, and the acts on them."""

    permission = "awards.appraise_nomination"
    template_name = "awards/appraisal_list.html"
    filterset_class = QueueFilter
    export_title = "Danh sách thẩm định đề nghị khen thưởng"
    columns = (
        exports.Column("Đối tượng", 40),
        exports.Column("Chức vụ, đơn vị", 45),
        exports.Column("Đơn vị đề nghị", 40),
        exports.Column("Khối", 35),
        exports.Column("Loại", 12),
        exports.Column("Danh hiệu, hình thức", 45),
        exports.Column("Hạng", 8),
        exports.Column("Điểm", 10),
        exports.Column("Giấy tờ còn thiếu", 45),
        exports.Column("Đã được tặng", 24),
        exports.Column("Kết quả thẩm định", 24),
        exports.Column("Ý kiến", 50),
        exports.Column("Trạng thái", 28),
    )

    def rows(self) -> QuerySet[Nomination]:
        """Return the queue."""
        return queries.queue()

    def context(self) -> dict[str, Any]:
        """Return the title, and whether everything is ticked."""
        return {"title": "Thẩm định", "ticks_all": self.request.GET.get("tick") == "all"}

    def show(self, context: dict[str, Any], *, status: int = 200, partial: str = "") -> HttpResponse:
        """Render the rows with what is laid beside them, and the acts that fit the state shown."""
        lines = queries.queue_lines(context["page"].object_list, self.actor)
        acts = queries.acts_for(self.actor, context["filter"].state_said)
        return super().show({**context, "lines": lines, "acts": acts}, status=status, partial=partial)

    def lines(self, rows: Any) -> list[queries.QueueLine]:
        """Return the lines of the Excel file."""
        return queries.queue_lines(list(rows), self.actor)

    def line(self, row: queries.QueueLine) -> tuple[exports.Cell, ...]:
        """Return one line of the Excel file; what is not known stays empty."""
        asked = row.row
        return (
            asked.subject_name,
            asked.subject_title or None,
            asked.owner.name,
            asked.bloc_year.name if asked.bloc_year else None,
            row.line.tag,
            str(row.line.award),
            row.place,
            row.points,
            "; ".join(row.missing) or None,
            "; ".join(f"{one.year} ({one.note})" if one.note else one.year for one in row.history) or None,
            row.verdict.get_verdict_display() if row.verdict else None,
            (row.verdict.opinion or None) if row.verdict else None,
            row.shown.word,
        )


class AppraisalExport(AppraisalList):
    """The queue as an Excel file."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Answer with the file."""
        return self.export(request, **kwargs)


class AppraisalAct(Page):
    """One act on the lines that are ticked: GET shows how many and who, POST does it, all or nothing.

    The form carries the revision of each line it showed; a line that moved meanwhile stops the act.
    """

    template_name = "awards/appraisal_act.html"
    act: BulkAct

    def find_act(self) -> BulkAct:
        """Return the act of the URL; raises Http404 for what the actor may not."""
        act = ACTS.get(self.kwargs["action"])
        if act is None or not can(self.actor, act.permission):
            raise Http404
        return act

    def get(self, request: HttpRequest, **_: Any) -> HttpResponse:
        """Show who is meant and what will happen."""
        self.act = self.find_act()
        rows = self.ticked(request.GET)
        if not rows:
            messages.warning(request, GONE if request.GET.getlist("line") else NOTHING)
            return HttpResponseRedirect(self.back(request.GET))
        return self.ask(rows, self.form(rows), request.GET)

    def post(self, request: HttpRequest, **_: Any) -> HttpResponse:
        """Do it, or say what stops it."""
        self.act = self.find_act()
        rows = self.ticked(request.POST)
        if not rows:
            messages.warning(request, GONE if request.POST.getlist("line") else NOTHING)
            return HttpResponseRedirect(self.back(request.POST))
        form = self.form(rows, request.POST)
        if not form.is_valid():
            return self.ask(rows, form, request.POST, status=422)
        try:
            self.do(rows, form, _seen(request.POST))
        except Refused as refusal:
            form.add_error(None, str(refusal))
            return self.ask(rows, form, request.POST, status=422)
        messages.success(request, f"Đã thực hiện “{self.act.label}”: {count2(len(rows))} dòng.")
        return HttpResponseRedirect(self.back(request.POST))

    def ticked(self, data: QueryDict) -> list[Nomination]:
        """Return the lines of the queue that are ticked and where the act may be taken."""
        chosen = [int(pk) for pk in data.getlist("line") if pk.isdecimal()]
        return list(queries.queue().filter(pk__in=chosen, state__in=self.act.states)) if chosen else []

    def form(self, rows: Sequence[Nomination], data: Any = None) -> Form:
        """Return the form of the act; one line alone shows the verdict that was taken back."""
        if self.act.action != "appraise":
            return ActForm(data, needs_note=self.act.needs_note)
        last = getattr(rows[0], "appraisal", None) if len(rows) == 1 else None
        initial = {"verdict": last.verdict, "award": last.award_id, "opinion": last.opinion} if last else {}
        return VerdictForm(data, initial=initial, awards=queries.awards_for(rows))

    def ask(self, rows: list[Nomination], form: Form, data: QueryDict, *, status: int = 200) -> HttpResponse:
        """Show the preview with its form."""
        count = count2(len(rows))
        return self.show(
            {
                "title": f"{self.act.label}: {count} dòng",
                "act": self.act,
                "lines": queries.queue_lines(rows, self.actor),
                "form": form,
                "label": f"{self.act.label} {count} dòng",
                "left_out": len(set(data.getlist("line"))) - len(rows),
                "asked": data.get("asked", ""),
                "back": self.back(data),
            },
            status=status,
        )

    def back(self, data: QueryDict) -> str:
        """Return the queue as it was filtered: `asked` is taken apart again, so that it leads nowhere else."""
        asked = QueryDict(data.get("asked", "")).urlencode()
        return f"{reverse('appraisal_list')}?{asked}" if asked else reverse("appraisal_list")

    def do(self, rows: Sequence[Nomination], form: Form, seen: dict[int, int]) -> None:
        """Make the one service call."""
        who: dict[str, Any] = {"actor": self.actor, "at": clock.now(), "seen": seen}
        said = form.cleaned_data
        action = self.act.action
        if action == "appraise":
            lines = [(row, said["verdict"], said["award"], said["opinion"]) for row in rows]
            appraisals.appraise(lines=lines, **who)
        elif action == "unappraise":
            appraisals.unappraise(nominations=rows, note=said["note"], **who)
        elif action == "fall_back":
            appraisals.fall_back(nominations=rows, note=said["note"], **who)
        else:
            appraisals.decide(nominations=rows, action=action, note=said["note"], **who)


def _seen(data: QueryDict) -> dict[int, int]:
    """Return the revision of each line the preview showed ("12-3": line 12 at its revision 3)."""
    pairs = [text.partition("-") for text in data.getlist("seen")]
    return {int(pk): int(revision) for pk, _, revision in pairs if pk.isdecimal() and revision.isdecimal()}
