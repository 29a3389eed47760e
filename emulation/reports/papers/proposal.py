"""The request for awards as a paper (Decree 152/2025, form 01): a bloc's, or the department's to who decides."""

from collections.abc import Sequence
from dataclasses import dataclass

from emulation.core.vietnamese import count2, date_long, lower_first, upper_first
from emulation.reports.domain import wording
from emulation.reports.domain.proposal import BlocProposalSummary, BoardProposalSummary, LineFact
from emulation.reports.papers import award_lists as lists
from emulation.reports.papers.frame import Frame, dated_line, framed, framed_by_office, signed_for_bloc
from emulation.reports.papers.text import Numbering, Part, Table, Text

FEW = 3  # so many names stand in the text itself


@dataclass(frozen=True, kw_only=True)
class Proposal(Frame):
    """The paper, ready for a template."""

    addressees: tuple[Text, ...]
    basis: tuple[Text, ...]
    opening: Part
    count_table: Table | None
    closing: Part


def build_of_bloc(summary: BlocProposalSummary, *, stamp: str | None = None) -> Proposal:
    """Return the request of a bloc; `stamp`: the mark in the corner, "DỰ THẢO" by itself until it has its number."""
    facts = summary.normalised()
    the, year = wording.noun(facts), wording.year(facts)
    to = lists.committee(facts.addressee)
    meeting = f" ngày{date_long(facts.decided_on).removeprefix('ngày')}" if facts.decided_on else " [ngày họp]"
    agreed = f"Căn cứ kết quả bình xét thi đua {year} tại Hội nghị{meeting} của {facts.bloc_name}"
    return Proposal(
        **framed(
            facts,
            facts.header,
            kind="Tờ trình",
            title=f"Tờ trình đề nghị khen thưởng {year} của {facts.bloc_name}",
            subject=(f"Về việc đề nghị khen thưởng {year}", f"đối với các đơn vị thuộc {facts.bloc_name}"),
            is_draft=facts.is_draft,
            dated=dated_line(facts.header.dated_on),
            stamp=stamp,
        ),
        **signed_for_bloc(
            facts, facts.signer, "Như trên;", f"{facts.department};", "Các đơn vị thành viên;", "Lưu: VT."
        ),
        addressees=(Text.short(to),),
        basis=lists.basis_lines((*facts.basis, agreed)),
        opening=Part.of(
            f"{facts.bloc_name} kính đề nghị {to} xem xét, tặng thưởng cho {_who(facts.lines)} đã có thành tích trong "
            f"phong trào thi đua {year} (có danh sách và trích biên bản họp bình xét kèm theo), cụ thể như sau:"
        ),
        count_table=lists.count_table(facts.lines, Numbering(annexes=1)) if facts.lines else None,
        closing=Part.of(
            f"{facts.bloc_name} chịu trách nhiệm về tính chính xác của hồ sơ và việc bình xét theo đúng quy định của "
            f"pháp luật về thi đua, khen thưởng. {the} kính trình {to} xem xét, quyết định./."
        ),
    )


def build_of_board(summary: BoardProposalSummary, *, stamp: str | None = None) -> Proposal:
    """Return the request of the department to who decides; `stamp` as above."""
    facts = summary.normalised()
    to = lists.decider(facts)
    return Proposal(
        **framed_by_office(
            facts,
            facts.header,
            issuer=facts.department,
            kind="Tờ trình",
            title=f"Tờ trình {lower_first(facts.about)}",
            subject=(upper_first(facts.about),),
            is_draft=facts.is_draft,
            stamp=stamp,
        ),
        recipients=tuple(Text.short(name) for name in ("Như trên;", "Lưu: VT.")),
        signature=(lists.head_title(facts.department),),
        signer_name=Text("[Họ và tên]"),
        addressees=(Text.short(to),),
        basis=lists.basis_lines(facts.basis),
        opening=Part.of(
            *_asked_by(facts),
            f"Sau khi thẩm định hồ sơ, {facts.department} kính trình {to} xem xét, quyết định tặng thưởng cho "
            f"{_who(facts.lines)} {_achieved(facts)} (có danh sách và báo cáo thẩm định kèm theo), cụ thể như sau:",
        ),
        count_table=lists.count_table(facts.lines, Numbering(annexes=1)) if facts.lines else None,
        closing=Part.of(f"{facts.department} gửi kèm dự thảo Quyết định và kính trình {to} xem xét, quyết định./."),
    )


def _who(lines: Sequence[LineFact]) -> str:
    """Return whom a request names: a few by name, others by their number."""
    if len(lines) <= FEW and len({line.name for line in lines}) == len(lines):
        named = wording.listing(lists.person(line) for line in lines)
        return f"{lists.count_of(lines)}: {named}," if lines else wording.MISSING
    return lists.count_of(lines)


def _asked_by(facts: BoardProposalSummary) -> tuple[str, ...]:
    """Return whose dossiers the department took up."""
    if not facts.dossiers:
        return ()
    senders = list(dict.fromkeys(dossier.sender for dossier in facts.dossiers))
    named = wording.listing(senders) if len(senders) <= FEW else f"{count2(len(senders))} khối, đơn vị"
    return (f"{facts.department} đã tiếp nhận {count2(len(facts.dossiers))} hồ sơ đề nghị khen thưởng của {named}.",)


def _achieved(facts: BoardProposalSummary) -> str:
    merit = lists.merit_of(facts.merit)
    if not merit and facts.lines and all(line.merit for line in facts.lines):
        return "đã có thành tích ghi tại danh sách"
    return f"đã có thành tích {merit or lists.MERIT}"
