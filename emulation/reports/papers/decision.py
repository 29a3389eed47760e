"""The decision that gives awards as a paper (Decree 30/2020, model 1.2), a draft until it is issued."""

from collections.abc import Sequence
from dataclasses import dataclass

from emulation.core.vietnamese import letter, lower_first, upper_first
from emulation.reports.domain import capacity, wording
from emulation.reports.domain.proposal import INLINE, DecisionSummary, LineFact, office_sign
from emulation.reports.papers import award_lists as lists
from emulation.reports.papers.frame import Frame, dated_line, framed_by_office, number_of
from emulation.reports.papers.regulation import Block
from emulation.reports.papers.text import Text


@dataclass(frozen=True, kw_only=True)
class DecisionPaper(Frame):
    """The paper, ready for a template; `authority`: who decides, in the middle under the title."""

    authority: str
    basis: tuple[Text, ...]
    body: tuple[Block, ...]


def build(summary: DecisionSummary, *, stamp: str | None = None) -> DecisionPaper:
    """Return the paper of a summary; `stamp`: the mark in the corner, "DỰ THẢO" by itself until it is issued."""
    facts = summary.normalised()
    decider, head = lists.decider(facts), lists.head_of_department(facts)
    drafted_by = office_sign(facts.department)
    return DecisionPaper(
        **framed_by_office(
            facts,
            facts.header,
            issuer=lists.committee(facts.issuer),
            kind="Quyết định",
            title=f"Quyết định {lower_first(facts.about)}",
            subject=(upper_first(facts.about),),
            is_draft=facts.is_draft,
            stamp=stamp,
        ),
        recipients=tuple(
            Text.short(name) for name in ("Như Điều 3;", f"{facts.department};", f"Lưu: VT, {drafted_by}.")
        ),
        signature=_signature(facts, decider),
        signer_name=Text(facts.signer_name or "[Họ và tên]"),
        authority=decider,
        basis=lists.basis_lines((*facts.basis, f"Theo đề nghị của {head} tại Tờ trình số {_proposal(facts)}")),
        body=(*_first_article(facts), *_other_articles(facts, head)),
    )


def _proposal(facts: DecisionSummary) -> str:
    return f"{number_of(facts.proposal)} {dated_line(facts.proposal.dated_on)}"


def _signature(facts: DecisionSummary, decider: str) -> tuple[str, ...]:
    if facts.signer_title:
        return capacity.lines("in_charge", facts.signer_title)
    return ("Chủ tịch",) if decider.startswith("Chủ tịch ") else ("[Chức vụ người ký]",)


# --- Articles ---------------------------------------------------------------------------------------------------------


def _first_article(facts: DecisionSummary) -> tuple[Block, ...]:
    """Return article 1: one award in a sentence, a few under it, many in a list of their own."""
    lines, groups = facts.lines, lists.by_award(facts.lines)
    if not lines:
        return (_article(1, f"Tặng thưởng cho: {wording.MISSING}."),)
    is_inline, achieved = len(lines) <= INLINE, _achieved(facts)
    what = lists.in_text(groups[0][0]) if len(groups) == 1 else _natures(lines)
    if len(lines) == 1:
        return (_article(1, f"Tặng {what} cho {lists.person(lines[0])}{achieved}."),)
    whom = f"Tặng {what} cho {lists.count_of(lines)}{achieved}"
    if len(groups) == 1:
        if is_inline:
            return (_article(1, f"{whom}, gồm:"), *_names(lines))
        return (_article(1, f"{whom} (có danh sách kèm theo)."),)
    if not is_inline:
        counts = [f"{upper_first(award)}: {lists.count_of(found)}" for award, found in groups]
        return (_article(1, f"{whom} (có danh sách kèm theo), gồm:"), *_items(counts))
    blocks = [_article(1, f"{whom}, gồm:")]
    for at, (award, found) in enumerate(groups, start=1):
        blocks += [_plain(f"{at}. {upper_first(award)}, tặng {lists.count_of(found)}:"), *_names(found, is_point=True)]
    return tuple(blocks)


def _natures(lines: Sequence[LineFact]) -> str:
    """Return what several awards are called together."""
    found = list(dict.fromkeys(line.nature for line in lines))
    words = {"title": "danh hiệu thi đua", "commendation": "hình thức khen thưởng"}
    return " và ".join(words[nature] for nature in found if nature in words) or "danh hiệu, hình thức khen thưởng"


def _achieved(facts: DecisionSummary) -> str:
    common = lists.merit_of(facts.merit)
    if len(facts.lines) == 1:
        return f" đã có thành tích {lists.merit_of(facts.lines[0].merit) or common or lists.MERIT}"
    if common:
        return f" đã có thành tích {common}"
    if all(line.merit for line in facts.lines):
        return "" if len(facts.lines) <= INLINE else " đã có thành tích ghi tại danh sách"
    return f" đã có thành tích {lists.MERIT}"


def _names(lines: Sequence[LineFact], *, is_point: bool = False) -> tuple[Block, ...]:
    return _items([_named(line) for line in lines], is_point=is_point)


def _named(line: LineFact) -> str:
    merit = lists.merit_of(line.merit)
    return f"{lists.person(line)}{f', đã có thành tích {merit}' if merit else ''}"


def _items(texts: Sequence[str], *, is_point: bool = False) -> tuple[Block, ...]:
    """Return numbered lines, or points with letters; each ends in a semicolon, the last in a full stop."""
    signs = [f"{letter(at)})" if is_point else f"{at}." for at in range(1, len(texts) + 1)]
    ends = [";"] * (len(texts) - 1) + ["."]
    return tuple(_plain(f"{sign} {text}{end}") for sign, text, end in zip(signs, texts, ends, strict=True))


def _other_articles(facts: DecisionSummary, head: str) -> tuple[Block, ...]:
    whom = f"{'các ' if len(facts.lines) > 1 else ''}{lists.kinds_of(facts.lines)}"
    named = "có tên tại Điều 1"
    office = f"Chánh Văn phòng {lists.committee(facts.issuer)}"
    return (
        _article(
            2,
            f"{upper_first(whom)} {named} được tặng thưởng kèm tiền thưởng theo quy định của pháp luật về thi đua, "
            f"khen thưởng; kinh phí chi từ quỹ thi đua, khen thưởng của {facts.province}.",
        ),
        _article(
            3,
            f"{office}, {head}, thủ trưởng các cơ quan, đơn vị có liên quan và {whom} {named} chịu trách nhiệm thi "
            "hành Quyết định này kể từ ngày ký./.",
        ),
    )


def _article(at: int, text: str) -> Block:
    return Block(Text.of(text), "", "p", f"Điều {at}.")


def _plain(text: str) -> Block:
    return Block(Text.of(text), "", "p")
