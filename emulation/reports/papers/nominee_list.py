"""The list that goes with a request or a decision as a paper of its own: an annex of Decree 30/2020, unsigned."""

from dataclasses import dataclass

from emulation.core.vietnamese import lower_first, upper_first
from emulation.reports.domain import wording
from emulation.reports.domain.facts import HeaderFact
from emulation.reports.domain.proposal import BlocListSummary, BoardListSummary, DecisionListSummary
from emulation.reports.papers import award_lists as lists
from emulation.reports.papers.frame import Frame, framed, framed_by_office
from emulation.reports.papers.text import NO_TEXT, Numbering, Table, Text


@dataclass(frozen=True, kw_only=True)
class NomineeList(Frame):
    """The paper, ready for a template; `attached`: with which paper it goes."""

    attached: tuple[str, str]
    tables: tuple[Table, ...]
    missing: Text


def build_of_bloc(summary: BlocListSummary, *, stamp: str | None = None) -> NomineeList:
    """Return the list a bloc sends with its request; `stamp`: the mark in the corner of every page."""
    facts = summary.normalised()
    year = wording.year(facts)
    tables = lists.list_tables(facts.lines, Numbering(annexes=1), "đề nghị tặng")
    return NomineeList(
        **framed(
            facts,
            _unnumbered(facts.header),
            kind=lists.ANNEX_TITLE,
            title=f"Danh sách đề nghị khen thưởng {year} của {facts.bloc_name}",
            subject=(f"Đề nghị khen thưởng {year}", f"của {facts.bloc_name}"),
            is_draft=facts.is_draft,
            dated="",
            stamp=stamp,
        ),
        attached=lists.attached_lines("Tờ trình", facts.header, facts.bloc_name),
        tables=tables,
        missing=_missing(tables),
    )


def build_of_board(summary: BoardListSummary, *, stamp: str | None = None) -> NomineeList:
    """Return the list the department sends with its request."""
    return _of_board(summary, "đề nghị tặng thưởng", "đề nghị tặng", "Tờ trình", summary.department, stamp)


def build_of_decision(summary: DecisionListSummary, *, stamp: str | None = None) -> NomineeList:
    """Return the list that goes with the decision."""
    return _of_board(summary, "được tặng thưởng", "được tặng", "Quyết định", lists.decider(summary), stamp)


def _of_board(
    summary: BoardListSummary | DecisionListSummary,
    what: str,
    verb: str,
    goes_with: str,
    issuer: str,
    stamp: str | None,
) -> NomineeList:
    facts = summary.normalised()
    tables = lists.list_tables(facts.lines, Numbering(annexes=1), verb)
    subject = upper_first(f"{lists.kinds_of(facts.lines)} {what}")
    return NomineeList(
        **framed_by_office(
            facts,
            _unnumbered(facts.header),
            issuer=issuer,
            kind=lists.ANNEX_TITLE,
            title=f"Danh sách {lower_first(subject)} {wording.year(facts)}",
            subject=(subject,),
            is_draft=facts.is_draft,
            stamp=stamp,
        ),
        attached=lists.attached_lines(goes_with, facts.header, issuer),
        tables=tables,
        missing=_missing(tables),
    )


def _missing(tables: tuple[Table, ...]) -> Text:
    return NO_TEXT if tables else Text.of(f"Danh sách: {wording.MISSING}.")


def _unnumbered(header: HeaderFact) -> HeaderFact:
    """Return the header of a list: it bears no number of its own."""
    return HeaderFact(superior=header.superior, place=header.place, sign="")
