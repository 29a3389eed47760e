"""The standing: its page, its table, its steps, its correction, its Excel file."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from blocs.domain.standing import STANDING
from blocs.forms.standings import CorrectForm, PublishForm, StandingForm
from blocs.models import BlocYear, Standing
from blocs.queries.standing import Ranking, ranking_of, standing_for, standing_page
from blocs.services import standings
from blocs.views.bloc_years import OfBlocYear, StepOfYear, refuse_closed
from emulation.core import clock, exports
from emulation.core.access import can
from emulation.core.errors import Refused
from emulation.core.forms import StepForm
from emulation.core.models import DocumentKind
from emulation.core.registry import document_line
from emulation.core.transitions import offered
from emulation.core.views import DetailPage, FormPage
from emulation.core.workflow import Workflow


class StandingNew(OfBlocYear):
    """Asks before the first version is made; where there is one already, leads to it."""

    permission = "blocs.draft_standing"
    template_name = "confirm_page.html"

    def get(self, request: HttpRequest, **_: Any) -> HttpResponse:
        """Ask."""
        row: BlocYear = self.load()
        newest = row.standings.order_by("-version").first()
        if newest:
            return HttpResponseRedirect(reverse("standing_detail", args=[newest.pk]))
        refuse_closed(row)
        return self.show(
            {
                "row": row,
                "title": "Lập bảng xếp hạng?",
                "texts": [
                    f"{row}.",
                    "Bảng dự kiến có mọi đơn vị thành viên, điền sẵn thứ hạng theo nguồn số liệu nếu có.",
                    "Trước khi công bố chỉ cơ quan thường trực, lãnh đạo khối và người theo dõi khối xem được.",
                ],
                "action": self.request.path,
                "label": "Lập bảng xếp hạng",
                "back": reverse("bloc_detail", args=[row.pk]),
            }
        )

    def post(self, _request: HttpRequest, **_: Any) -> HttpResponse:
        """Make it, or find the one that is there."""
        made = standings.draft(bloc_year=self.load(), actor=self.actor, at=clock.now())
        name = "standing_edit" if made.is_provisional else "standing_detail"
        return HttpResponseRedirect(reverse(name, args=[made.pk]))


class OneStanding(DetailPage):
    """A page about one version, `pk` of the URL."""

    permission = "blocs.view_standing"

    def load(self) -> Standing:
        """Return the version; raises Http404 for what the actor may not know of."""
        row = standing_for(self.actor, self.kwargs["pk"])
        if row is None:
            raise Http404
        self.require(row)
        return row


class StandingDetail(OneStanding):
    """One version with its places; it prints."""

    template_name = "blocs/standing_detail.html"

    def context(self, row: Standing) -> dict[str, Any]:
        """Return the places, the versions and what the actor may do."""
        is_open = not row.bloc_year.is_closed
        return {
            "title": f"Xếp hạng năm {row.bloc_year.year.label}",
            "bloc_year": row.bloc_year,
            "page": standing_page(row, actor=self.actor),
            "steps": offered(row, STANDING, actor=self.actor) if is_open else [],
            "line": document_line(DocumentKind.STANDING, row.bloc_year, self.actor),
            "may_edit": is_open and row.is_provisional and can(self.actor, "blocs.edit_standing", row),
            "may_propose": is_open and row.is_published and can(self.actor, "blocs.draft_standing", row.bloc_year),
            "may_correct": is_open and row.is_published and can(self.actor, "blocs.correct_standing", row),
        }


class StandingExport(OneStanding):
    """The version as an Excel file."""

    columns = (
        exports.Column("Nhóm", 26),
        exports.Column("Hạng", 8),
        exports.Column("Đơn vị", 45),
        exports.Column("Điểm", 12),
        exports.Column("Khối đề nghị", 40),
        exports.Column("Ghi chú", 40),
    )

    def get(self, request: HttpRequest, **_: Any) -> HttpResponse:
        """Answer with the file; what is not known stays empty."""
        row = self.load()
        decided = f", bình xét ngày {row.decided_on:%d/%m/%Y}" if row.decided_on else ""
        return exports.as_response(
            title=f"Kết quả xếp hạng năm {row.bloc_year.year.label}",
            note=f"{row.bloc_year.name}; phiên bản {row.version}, {row.get_state_display().lower()}{decided}",
            columns=self.columns,
            rows=_cells(ranking_of(row)),
        )


def _cells(ranking: Ranking) -> list[tuple[exports.Cell, ...]]:
    return [
        (
            line.member.subgroup.name if line.member.subgroup else None,
            line.place,
            line.member.name.full,
            line.points,
            line.proposal or None,
            "; ".join(line.remarks) or None,
        )
        for line in ranking.lines
    ]


class StandingEdit(OneStanding, FormPage):
    """The whole table of a provisional version in one form."""

    permission = "blocs.edit_standing"
    template_name = "blocs/standing_edit.html"

    def load(self) -> Standing:
        """Return the version; raises Refused when its year is closed or it is no longer provisional."""
        row = super().load()
        refuse_closed(row.bloc_year)
        standings.refuse_unless_open(row)
        self.lines = {line.member.pk: line for line in ranking_of(row).lines}
        return row

    def form(self, row: Standing, data: Any = None, files: Any = None) -> StandingForm:
        """Return the form with what is stored, members in the order of the decision."""
        initial = {"decided_on": row.decided_on, "is_by_group": row.is_by_group, "note": row.note}
        lines = sorted(self.lines.values(), key=lambda line: _in_order(line.member))
        return StandingForm(data, files, initial=initial, lines=lines)

    def context(self, row: Standing) -> dict[str, Any]:
        """Return the title."""
        return {"title": "Nhập kết quả xếp hạng", "bloc_year": row.bloc_year}

    def stored(self, row: Standing, name: str) -> Any:
        """Return a column of the standing, or one box of a member."""
        box, _, pk = name.partition("_")
        return getattr(self.lines[int(pk)], box) if pk.isdecimal() else super().stored(row, name)

    def save(self, row: Standing, form: StandingForm, revision: int) -> str:
        """Write it and go back to the standing."""
        standings.enter(
            standing=row,
            decided_on=form.cleaned_data["decided_on"],
            is_by_group=form.cleaned_data["is_by_group"],
            note=form.cleaned_data["note"],
            places=form.places,
            revision=revision,
            actor=self.actor,
            at=clock.now(),
        )
        messages.success(self.request, "Đã lưu kết quả xếp hạng dự kiến.")
        return reverse("standing_detail", args=[row.pk])


def _in_order(member: Any) -> tuple[bool, int, int, int]:
    group = member.subgroup
    return group is None, group.position if group else 0, member.position, member.pk


class StandingCorrect(OneStanding, FormPage):
    """Asks why, then makes the next version."""

    permission = "blocs.correct_standing"
    template_name = "blocs/standing_correct.html"

    def load(self) -> Standing:
        """Return the version; raises Refused when its year is closed or it is not the one that holds."""
        row = super().load()
        refuse_closed(row.bloc_year)
        if not row.is_published:
            raise Refused(standings.ONLY_PUBLISHED)
        return row

    def form(self, row: Standing, data: Any = None, files: Any = None) -> CorrectForm:
        """Return the form."""
        return CorrectForm(data, files)

    def context(self, row: Standing) -> dict[str, Any]:
        """Return the title."""
        return {"title": "Lập bản đính chính", "bloc_year": row.bloc_year}

    def save(self, row: Standing, form: CorrectForm, _revision: int) -> str:
        """Make it and go to its table."""
        new = standings.correct(standing=row, **form.cleaned_data, actor=self.actor, at=clock.now())
        messages.success(self.request, f"Đã lập bản đính chính, phiên bản {new.version}; sửa rồi công bố.")
        return reverse("standing_edit", args=[new.pk])


class StandingStep(StepOfYear):
    """A step of a version."""

    template_name = "blocs/standing_step.html"
    what_happens = {
        "publish": (
            "Mọi người có tài khoản đều xem được.",
            "Công bố rồi thì không sửa được nữa; sai thì lập bản đính chính có lý do và người ký.",
        ),
        "skip": ("Khối không xếp hạng năm này; lý do hiện trên trang. Có thể xếp hạng lại.",),
        "redraft": ("Kết quả trở lại “Dự kiến”, thứ hạng đã nhập giữ nguyên.",),
    }

    def find(self) -> Standing:
        """Return the version the actor may know of."""
        row = standing_for(self.actor, self.kwargs["pk"])
        if row is None:
            raise Http404
        return row

    def workflow_of(self, row: Standing) -> Workflow:
        """Return the table of standings."""
        return STANDING

    def back(self, row: Standing) -> str:
        """Return the page of the version."""
        return reverse("standing_detail", args=[row.pk])

    def form(self, row: Standing, data: Any = None, files: Any = None) -> StepForm:
        """Return the form of the step; a published correction names who signed it."""
        options: dict[str, Any] = {"needs_note": self.step.needs_note, "behalf": self.behalf(row)}
        if self.step.action == "publish":
            return PublishForm(data, files, standing=row, **options)
        return StepForm(data, files, **options)

    def context(self, row: Standing) -> dict[str, Any]:
        """Return what the question says; before the publication the places themselves."""
        context = super().context(row)
        if self.step.action != "publish":
            return context
        ranking = ranking_of(row)
        return {**context, "ranking": ranking, "warnings": ranking.warnings}

    def save(self, row: Standing, form: Any, revision: int) -> str:
        """Take the step and go back."""
        said = {
            "standing": row,
            "note": form.note_said,
            "behalf_of": form.behalf_said,
            "on_paper": form.on_paper(),
            "actor": self.actor,
            "at": clock.now(),
        }
        if self.step.action == "publish":
            standings.publish(**said, **form.signer, revision=revision)
        else:
            standings.take(**said, action=self.step.action)
        messages.success(self.request, f"Đã thực hiện “{self.step.label}”.")
        return self.back(row)
