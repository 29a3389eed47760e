"""The leadership of a bloc's year: its page, the acts on terms of office, who shall lead the next year."""

from typing import Any, ClassVar

from django.contrib import messages
from django.http import Http404
from django.urls import reverse

from blocs.enums import LeadershipRole
from blocs.forms.leadership import (
    ElectForm,
    EndForm,
    NextEditForm,
    NextForm,
    RecogniseForm,
    StandInForm,
    StopForm,
    TakeBackForm,
)
from blocs.models import BlocYear, LeadershipTerm, NextLeader
from blocs.queries.leadership import deputies_of, leadership_page, members_now, next_leader_for, term_for
from blocs.services import terms
from blocs.views.bloc_years import OfBlocYear, behalf_of, refuse_closed
from emulation.core import clock
from emulation.core.access import can
from emulation.core.errors import Refused
from emulation.core.forms import OnPaperForm
from emulation.core.vietnamese import date_short
from emulation.core.views import DetailPage, FormPage


class Leadership(OfBlocYear):
    """Terms now and past, who stands in, who shall lead the next year, the handing over."""

    permission = "blocs.view_blocyear"
    template_name = "blocs/leadership.html"

    def context(self, row: BlocYear) -> dict[str, Any]:
        """Return the page and what the actor may do."""
        page = leadership_page(row, actor=self.actor)
        is_open = not row.is_closed
        return {
            "title": "Lãnh đạo khối",
            "bloc_year": row,
            "page": page,
            "may_manage": is_open and can(self.actor, "blocs.manage_term", row),
            "may_name": is_open and not page.is_taken_over and can(self.actor, "blocs.name_next_leader", row),
            "may_hand_over": is_open and can(self.actor, "blocs.draft_handover", row),
            "may_open": can(self.actor, "blocs.open_year"),
        }


class _Act(FormPage):
    """One act of the leadership as a small form."""

    template_name = "blocs/leadership_act.html"
    label: ClassVar[str]
    done: ClassVar[str]
    danger: ClassVar[bool] = False

    def bloc_year_of(self, row: Any) -> BlocYear:
        """Return the bloc year the act is about."""
        bloc_year: BlocYear = row.bloc_year
        return bloc_year

    def texts(self, row: Any) -> list[str]:
        """Return what the act is about and what it will change."""
        raise NotImplementedError

    def context(self, row: Any) -> dict[str, Any]:
        """Return the question."""
        bloc_year = self.bloc_year_of(row)
        return {
            "title": self.label,
            "bloc_year": bloc_year,
            "texts": self.texts(row),
            "label": self.label,
            "danger": self.danger,
            "back": self.back(row),
        }

    def back(self, row: Any) -> str:
        """Return the page of the leadership."""
        return reverse("leadership", args=[self.bloc_year_of(row).pk])

    def act(self, row: Any, form: Any, revision: int) -> None:
        """Make the one service call."""
        raise NotImplementedError

    def save(self, row: Any, form: Any, revision: int) -> str:
        """Act, say so, and go back."""
        self.act(row, form, revision)
        messages.success(self.request, self.done)
        return self.back(row)

    def said(self, form: Any) -> dict[str, Any]:
        """Return what every call passes on."""
        return {"actor": self.actor, "at": clock.now()} | (
            {"on_paper": form.on_paper()} if isinstance(form, OnPaperForm) else {}
        )


class _OnBlocYear(_Act, OfBlocYear):
    """An act that makes a row of a bloc year."""

    def load(self) -> BlocYear:
        """Return the bloc year; raises Refused when it is closed."""
        row: BlocYear = OfBlocYear.load(self)
        refuse_closed(row)
        return row

    def bloc_year_of(self, row: BlocYear) -> BlocYear:
        """Return it."""
        return row


class TermElect(_OnBlocYear):
    """Writes who was elected."""

    permission = "blocs.manage_term"
    label = "Ghi lãnh đạo khối được bầu"
    done = "Đã ghi lãnh đạo khối."

    def form(self, row: BlocYear, data: Any = None, files: Any = None) -> ElectForm:
        """Return the form with the members to choose from."""
        return ElectForm(data, files, members=members_now(row))

    def texts(self, row: BlocYear) -> list[str]:
        """Return what the act does."""
        return [
            "Lãnh đạo khối là đơn vị, không phải cá nhân.",
            "Đơn vị làm nhiệm vụ ngay từ khi được bầu; quyết định công nhận ghi sau được.",
        ]

    def act(self, row: BlocYear, form: ElectForm, _revision: int) -> None:
        """Write the term."""
        said = form.cleaned_data
        terms.elect(
            bloc_year=row,
            agency=form.agency_said,
            role=said["role"],
            elected_on=said["elected_on"],
            creation_key=said["creation_key"],
            **self.said(form),
        )


class _OnTerm(_Act, DetailPage):
    """An act on one term of office, `pk` of the URL."""

    permission = "blocs.manage_term"
    must_be_open = True

    def load(self) -> LeadershipTerm:
        """Return the term; raises Http404 for what the actor may not, Refused at the wrong time."""
        row = term_for(self.actor, self.kwargs["pk"])
        if row is None:
            raise Http404
        self.require(row)
        refuse_closed(row.bloc_year)
        if self.must_be_open and row.ends_on is not None:
            raise Refused(terms.ENDED)
        return row


class TermRecognise(_OnTerm):
    """Writes the decision that recognises a term."""

    label = "Ghi quyết định công nhận"
    done = "Đã ghi quyết định công nhận."
    must_be_open = False

    def form(self, row: LeadershipTerm, data: Any = None, files: Any = None) -> RecogniseForm:
        """Return the form with the day that is written."""
        return RecogniseForm(data, files, initial={"recognised_on": row.recognised_on})

    def texts(self, row: LeadershipTerm) -> list[str]:
        """Return whose term it is."""
        return [f"{row}."]

    def act(self, row: LeadershipTerm, form: RecogniseForm, revision: int) -> None:
        """Write it."""
        terms.recognise(
            term=row, recognised_on=form.cleaned_data["recognised_on"], revision=revision, **self.said(form)
        )


class TermEnd(_OnTerm):
    """Ends a term; when the leader goes, a deputy may stand in or step up in the same act."""

    label = "Ghi kết thúc nhiệm kỳ"
    done = "Đã ghi kết thúc nhiệm kỳ."
    danger = True

    def form(self, row: LeadershipTerm, data: Any = None, files: Any = None) -> EndForm:
        """Return the form; the deputies are offered when the leader goes."""
        deputies: list[LeadershipTerm] = []
        if row.role == LeadershipRole.LEADER:
            deputies = deputies_of(
                list(row.bloc_year.terms.select_related("name", "agency", "bloc_year").order_by("pk"))
            )
        return EndForm(data, files, deputies=deputies)

    def texts(self, row: LeadershipTerm) -> list[str]:
        """Return whose term it is and what its end means."""
        return [
            f"{row}.",
            "Sau ngày này đơn vị không còn làm nhiệm vụ, không sửa được hồ sơ của khối.",
            "Nhiệm kỳ vẫn hiện trong danh sách đã kết thúc.",
        ]

    def act(self, row: LeadershipTerm, form: EndForm, revision: int) -> None:
        """End it."""
        said = form.cleaned_data
        terms.end(
            term=row,
            ends_on=said["ends_on"],
            reason=said["reason"],
            revision=revision,
            stands_in=form.successor_said.get("stands_in"),
            steps_up=form.successor_said.get("steps_up"),
            **self.said(form),
        )


class TermStandIn(_OnTerm):
    """Lets a deputy act in the leader's place."""

    label = "Ghi điều hành thay Trưởng khối"
    done = "Đã ghi việc điều hành thay."

    def load(self) -> LeadershipTerm:
        """Return the term; raises Refused for who is no deputy."""
        row = super().load()
        if row.role != LeadershipRole.DEPUTY:
            raise Refused(terms.NOT_DEPUTY)
        return row

    def form(self, _row: LeadershipTerm, data: Any = None, files: Any = None) -> StandInForm:
        """Return the form."""
        return StandInForm(data, files)

    def texts(self, row: LeadershipTerm) -> list[str]:
        """Return whose term it is."""
        return [f"{row}.", "Đơn vị vẫn là Phó Trưởng khối và điều hành thay cho đến khi ghi kết thúc điều hành thay."]

    def act(self, row: LeadershipTerm, form: StandInForm, revision: int) -> None:
        """Write it."""
        terms.stand_in(term=row, day=form.cleaned_data["day"], revision=revision, **self.said(form))


class TermStop(_OnTerm):
    """Ends the standing in of a deputy."""

    label = "Kết thúc điều hành thay"
    done = "Đã ghi kết thúc điều hành thay."

    def load(self) -> LeadershipTerm:
        """Return the term; raises Refused for who does not stand in."""
        row = super().load()
        if row.stands_in_from is None:
            raise Refused(terms.NOBODY_STANDS_IN)
        return row

    def form(self, _row: LeadershipTerm, data: Any = None, files: Any = None) -> StopForm:
        """Return the form."""
        return StopForm(data, files)

    def texts(self, row: LeadershipTerm) -> list[str]:
        """Return whose term it is."""
        return [f"{row}.", f"Đang điều hành thay từ ngày {date_short(row.stands_in_from)}."]

    def act(self, row: LeadershipTerm, form: StopForm, revision: int) -> None:
        """Write it."""
        terms.stop_standing_in(term=row, revision=revision, **self.said(form))


class NextLeaderNew(_OnBlocYear):
    """Writes whom the meeting chose or proposed."""

    permission = "blocs.name_next_leader"
    label = "Ghi lãnh đạo khối năm sau"
    done = "Đã ghi lãnh đạo khối năm sau."

    def form(self, row: BlocYear, data: Any = None, files: Any = None) -> NextForm:
        """Return the form with the members to choose from."""
        behalf = behalf_of(self.actor, row)
        return NextForm(data, files, members=members_now(row), behalf=behalf)

    def texts(self, row: BlocYear) -> list[str]:
        """Return what it is for."""
        return [f"Khi mở năm {row.year.next_label}, đơn vị được ghi ở đây thành lãnh đạo khối của năm đó."]

    def act(self, row: BlocYear, form: NextForm, _revision: int) -> None:
        """Write it."""
        said = form.cleaned_data
        terms.name_next(
            bloc_year=row,
            agency=form.agency_said,
            role=said["role"],
            stated=said["stated"],
            creation_key=said["creation_key"],
            behalf_of=form.behalf_said,
            **self.said(form),
        )


class _OnNextLeader(_Act, DetailPage):
    """An act on one named next leader, `pk` of the URL."""

    permission = "blocs.name_next_leader"

    def load(self) -> NextLeader:
        """Return the row; raises Http404 for what the actor may not, Refused in a closed year."""
        row = next_leader_for(self.actor, self.kwargs["pk"])
        if row is None:
            raise Http404
        self.require(row)
        refuse_closed(row.bloc_year)
        return row

    def texts(self, row: NextLeader) -> list[str]:
        """Return who it is."""
        return [f"{row}."]


class NextLeaderEdit(_OnNextLeader):
    """Another role or way of choosing."""

    label = "Sửa lãnh đạo khối năm sau"
    done = "Đã lưu lãnh đạo khối năm sau."

    def form(self, row: NextLeader, data: Any = None, files: Any = None) -> NextEditForm:
        """Return the form with what is stored."""
        initial = {"role": row.role, "stated": row.stated}
        behalf = behalf_of(self.actor, row.bloc_year)
        return NextEditForm(data, files, initial=initial, current=row.stated, behalf=behalf)

    def act(self, row: NextLeader, form: NextEditForm, revision: int) -> None:
        """Write it."""
        said = form.cleaned_data
        terms.change_next(
            named=row,
            role=said["role"],
            stated=said["stated"],
            revision=revision,
            behalf_of=form.behalf_said,
            **self.said(form),
        )


class NextLeaderTakeBack(_OnNextLeader):
    """Takes a name back."""

    label = "Rút tên khỏi danh sách năm sau"
    done = "Đã rút tên."
    danger = True

    def form(self, _row: NextLeader, data: Any = None, files: Any = None) -> TakeBackForm:
        """Return the form."""
        return TakeBackForm(data, files)

    def act(self, row: NextLeader, form: TakeBackForm, _revision: int) -> None:
        """Take it back."""
        terms.take_back_next(named=row, note=form.cleaned_data["note"], **self.said(form))
