"""Comments of members on a paper: a new one, its words, what the leader makes of it."""

from typing import Any

from django.contrib import messages
from django.http import Http404

from blocs.forms.opinions import OpinionForm, SettleForm, WordsForm
from blocs.models import BlocPaper, Opinion
from blocs.queries.opinions import opinion_for, speakers
from blocs.services import opinions
from blocs.views.bloc_years import refuse_closed
from blocs.views.papers import OnePaper, address
from emulation.core import clock
from emulation.core.registry import paper_body
from emulation.core.views import DetailPage, FormPage


def sections_of(paper: BlocPaper) -> tuple[str, ...]:
    """Return the titles of the sections comments may speak of; none where the paper is one text."""
    body = paper_body(paper.kind)
    return tuple(body.sections(paper)) if body else ()


class OpinionNew(OnePaper, FormPage):
    """A comment on a circulated paper."""

    permission = "blocs.comment_blocpaper"
    template_name = "blocs/opinion_new.html"

    def load(self) -> BlocPaper:
        """Return the paper; raises Refused when it takes no comments, Http404 for a covenant."""
        row = super().load()
        if row.is_covenant:
            raise Http404
        refuse_closed(row.bloc_year)
        opinions.refuse_closed_to_opinions(row)
        return row

    def form(self, row: BlocPaper, data: Any = None, files: Any = None) -> OpinionForm:
        """Return the form."""
        own = self.actor.scope.agency_id
        members = list(speakers(row, actor=self.actor))
        return OpinionForm(data, files, sections=sections_of(row), members=members, own=own)

    def context(self, row: BlocPaper) -> dict[str, Any]:
        """Return the title."""
        return {"title": "Góp ý", "bloc_year": row.bloc_year, "back": address(row)}

    def save(self, row: BlocPaper, form: OpinionForm, _revision: int) -> str:
        """Write it and go back to the paper."""
        opinions.give(
            paper=row,
            membership=form.member_said,
            section=form.section_said,
            text=form.cleaned_data["text"],
            on_paper=form.on_paper(),
            creation_key=form.cleaned_data["creation_key"],
            actor=self.actor,
            at=clock.now(),
        )
        messages.success(self.request, "Đã ghi ý kiến góp ý.")
        return f"{address(row)}#h-opinions"


class OneOpinion(DetailPage):
    """A page about one comment, `pk` of the URL."""

    def load(self) -> Opinion:
        """Return the comment; raises Refused when its paper takes no more comments."""
        row = opinion_for(self.actor, self.kwargs["pk"])
        if row is None:
            raise Http404
        self.require(row)
        refuse_closed(row.paper.bloc_year)
        opinions.refuse_closed_to_opinions(row.paper)
        return row

    def context(self, row: Opinion) -> dict[str, Any]:
        """Return whose comment it is, and on what."""
        return {"bloc_year": row.paper.bloc_year, "paper": row.paper, "back": address(row.paper)}


class OpinionEdit(OneOpinion, FormPage):
    """The words of a comment."""

    permission = "blocs.edit_opinion"
    template_name = "blocs/opinion_edit.html"

    def form(self, row: Opinion, data: Any = None, files: Any = None) -> WordsForm:
        """Return the form with what is stored."""
        sections = dict.fromkeys((*sections_of(row.paper), *([row.section] if row.section else [])))
        return WordsForm(data, files, initial={"section": row.section, "text": row.text}, sections=tuple(sections))

    def context(self, row: Opinion) -> dict[str, Any]:
        """Return the title."""
        return {"title": "Sửa ý kiến", **super().context(row)}

    def save(self, row: Opinion, form: WordsForm, revision: int) -> str:
        """Write it and go back to the paper."""
        opinions.edit(
            opinion=row,
            section=form.section_said,
            text=form.cleaned_data["text"],
            revision=revision,
            actor=self.actor,
            at=clock.now(),
        )
        messages.success(self.request, "Đã sửa ý kiến.")
        return f"{address(row.paper)}#h-opinions"


class OpinionSettle(OneOpinion, FormPage):
    """What the leader makes of a comment."""

    permission = "blocs.settle_opinion"
    template_name = "blocs/opinion_settle.html"

    def form(self, row: Opinion, data: Any = None, files: Any = None) -> SettleForm:
        """Return the form with what is stored."""
        return SettleForm(data, files, initial={"outcome": row.outcome, "answer": row.answer})

    def context(self, row: Opinion) -> dict[str, Any]:
        """Return the title."""
        return {"title": "Xem xét ý kiến", **super().context(row)}

    def save(self, row: Opinion, form: SettleForm, revision: int) -> str:
        """Write it and go back to the paper."""
        opinions.settle(opinion=row, **form.cleaned_data, revision=revision, actor=self.actor, at=clock.now())
        messages.success(self.request, "Đã ghi kết quả xem xét ý kiến.")
        return f"{address(row.paper)}#h-opinions"
