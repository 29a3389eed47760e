"""A plan or the rules of a bloc as a paper, from the text drafted in the system."""

import re
from dataclasses import dataclass

from emulation.core.vietnamese import upper_first
from emulation.reports.domain import regulation, wording
from emulation.reports.domain.regulation import RegulationSummary
from emulation.reports.papers.frame import Frame, dated_line, framed, signed_for_bloc
from emulation.reports.papers.text import Text

KINDS = {"plan": "Kế hoạch", "rules": "Quy chế"}
_LEVELS = ("part", "section", "article", "title")  # looks that are headings, from the widest


@dataclass(frozen=True)
class Block:
    """A line of the body; `look` as in `domain.regulation.Line`, `tag`: its element in HTML, `lead`: bold words."""

    text: Text
    look: str
    tag: str
    lead: str = ""


@dataclass(frozen=True, kw_only=True)
class Regulation(Frame):
    """The paper, ready for a template."""

    body: tuple[Block, ...]


def build(summary: RegulationSummary, *, stamp: str | None = None) -> Regulation:
    """Return the paper of a summary; `stamp`: the mark in the corner, "DỰ THẢO" by itself until it is passed."""
    facts = summary.normalised()
    the, kind = wording.noun(facts), KINDS[facts.kind]
    about = upper_first(re.sub(rf"^{kind}\s+", "", facts.title, flags=re.IGNORECASE))
    if not about or about.casefold() == kind.casefold():
        about = f"{'Hoạt động' if facts.kind == 'plan' else 'Tổ chức và hoạt động'} {wording.year(facts)}"
    of_bloc = () if facts.bloc_name.casefold() in about.casefold() else (f"của {facts.bloc_name}",)
    changed = {"amendment": ("(sửa đổi, bổ sung)",), "annex": ("(bổ sung phụ lục)",)}.get(facts.change, ())
    return Regulation(
        **framed(
            facts,
            facts.header,
            kind=kind,
            title=f"{kind} {about[:1].lower()}{about[1:]}{f' {of_bloc[0]}' if of_bloc else ''}",
            subject=(about, *of_bloc, *changed),
            is_draft=facts.is_draft,
            dated=dated_line(facts.header.dated_on),
            stamp=stamp,
        ),
        **signed_for_bloc(facts, facts.signer, f"Các đơn vị thành viên {the};", "Lưu: VT."),
        body=_body(facts, kind),
    )


def _body(facts: RegulationSummary, kind: str) -> tuple[Block, ...]:
    """Return the blocks; headings go down one level at a time, whatever numbering the bloc uses."""
    lines = regulation.lines(facts.body)
    if not lines:
        return (Block(Text.of(f"[Trưởng {wording.noun(facts)} bổ sung nội dung {kind.lower()}]./."), "text", "p"),)
    used = [look for look in _LEVELS if any(line.look == look for line in lines)]
    blocks, open_levels = [], 0
    for at, line in enumerate(lines):
        text = line.text
        if at == len(lines) - 1 and line.look in {"text", "point"} and not text.endswith("]"):
            text = f"{text.rstrip(' ./;')}./."
        tag, lead = {"text": "p", "point": "li"}.get(line.look, ""), ""
        if not tag:
            level = min(used.index(line.look), open_levels)
            open_levels, tag = level + 1, f"h{level + 2}"
        elif line.look == "text":
            lead, text = regulation.lead(text)
        blocks.append(Block(Text.of(text), line.look, tag, lead))
    return tuple(blocks)
