"""A covenant as a paper: clauses, targets, how it is carried out, the grid of signatures, the annex of values."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from emulation.core.vietnamese import date_long, number, upper_first
from emulation.reports.domain import capacity, wording
from emulation.reports.domain.covenant import CovenantSummary, PartyFact, PromiseFact, ValueFact
from emulation.reports.domain.facts import AgencyFact
from emulation.reports.papers.frame import Frame, dated_line, framed
from emulation.reports.papers.tables import cell, group_row, make_table, numbered_row
from emulation.reports.papers.text import NO_TEXT, Annex, Cell, Numbering, Party, Row, Table, Text

LINE = "……………………"  # to be written by hand
UPRIGHT = 4  # so many targets fit beside each other on an upright sheet
WIDE = 12  # and on one that lies across
_NUMBERED = re.compile(r"(?:\d+|[a-zđ]|[-+–])[.)]?\s")


@dataclass(frozen=True, kw_only=True)
class Covenant(Frame):
    """The paper, ready for a template; one of `annex`, `wide_annex` when members have planned values."""

    theme: Text
    basis: tuple[Text, ...]
    opening: Text
    replaces: Text
    clauses: tuple[Text, ...]
    targets_table: Table | None
    targets_missing: Text
    organisation: tuple[Text, ...]
    parties_heading: str
    parties: tuple[Party, ...]
    party_columns: int = 3
    witness_heading: str
    witness: Party | None
    attached: tuple[str, str]
    annex: Annex | None
    wide_annex: Annex | None


def build(summary: CovenantSummary, *, stamp: str | None = None) -> Covenant:
    """Return the paper of a summary; `stamp`: the mark in the corner, "DỰ THẢO" by itself until it is signed."""
    facts = summary.normalised()
    the, year = wording.noun(facts), wording.year(facts)
    numbers = Numbering(annexes=1)
    table = _targets_table(facts, numbers)
    annex, wide = _annexes(facts, numbers)
    dated = dated_line(facts.header.dated_on, facts.year_label)
    return Covenant(
        **framed(
            facts,
            facts.header,
            kind="Giao ước thi đua",
            title=f"Giao ước thi đua {year} của {facts.bloc_name}",
            subject=(upper_first(year),),
            is_draft=facts.is_draft,
            dated=dated,
            stamp=stamp,
        ),
        theme=_theme(facts, the, year),
        basis=_basis(facts, the),
        opening=Text.of(
            f"Các đơn vị thành viên {facts.bloc_name} thống nhất ký kết giao ước thi đua {year} với các nội dung và "
            "chỉ tiêu sau:"
        ),
        replaces=_replaces(facts),
        clauses=_in_order(facts.clauses) or (Text.of("[Các đơn vị thống nhất nội dung thi đua]."),),
        targets_table=table,
        targets_missing=NO_TEXT if table else Text.of(f"Chỉ tiêu thi đua {year}: {wording.MISSING}."),
        organisation=_organisation(facts),
        parties_heading="Đại diện các đơn vị ký kết giao ước",
        parties=tuple(_party(party, the) for party in facts.parties),
        witness_heading="Đại diện chứng kiến" if facts.witness else "",
        witness=_witness(facts.witness),
        attached=(f"(Kèm theo Giao ước thi đua {year}", f"của {facts.bloc_name})"),
        annex=annex,
        wide_annex=wide,
    )


# --- Text -------------------------------------------------------------------------------------------------------------


def _theme(facts: CovenantSummary, the: str, year: str) -> Text:
    if facts.theme:
        theme = facts.theme.strip('“”"')
        return Text.of(f"Chủ đề: “{theme}”")
    return Text.of(f"Chủ đề: [Trưởng {the} bổ sung chủ đề thi đua {year}]") if facts.is_draft else NO_TEXT


def _basis(facts: CovenantSummary, the: str) -> tuple[Text, ...]:
    """Return the texts it rests on: each line ends in a semicolon, the last in a full stop."""
    lines = [line.rstrip(" ;.") for line in facts.basis]
    if not lines:
        return (Text.of(f"[Trưởng {the} bổ sung căn cứ ký kết giao ước]."),) if facts.is_draft else ()
    return tuple(Text.of(f"{line}{'.' if at == len(lines) else ';'}") for at, line in enumerate(lines, start=1))


def _replaces(facts: CovenantSummary) -> Text:
    """Return what a later version is to the one before it, and why."""
    if facts.version == 1:
        return NO_TEXT
    before = f"Giao ước thi đua {wording.year(facts)} (bản {facts.version - 1}"
    before += f", ký {date_long(facts.replaced_on)})" if facts.replaced_on else ")"
    why = f" Lý do: {facts.reason.rstrip('. ')}." if facts.reason else ""
    return Text.of(f"Giao ước này (bản {facts.version}) thay thế {before}.{why}")


def _in_order(lines: Sequence[str]) -> tuple[Text, ...]:
    """Return paragraphs with their numbers; lines that bring their own keep them."""
    if len(lines) < 2 or any(_NUMBERED.match(line) for line in lines):  # noqa: PLR2004 - one paragraph needs no number
        return tuple(Text.of(line) for line in lines)
    return tuple(Text.of(f"{at}. {line}") for at, line in enumerate(lines, start=1))


def _organisation(facts: CovenantSummary) -> tuple[Text, ...]:
    """Return how it is carried out; the text of a paper ends with "./."."""
    lines = list(facts.organisation) or ["[Các đơn vị thống nhất việc tổ chức thực hiện, số bản, nơi lưu]"]
    lines[-1] = f"{lines[-1].rstrip(' ./;')}./."
    return _in_order(lines)


# --- Signatures -------------------------------------------------------------------------------------------------------


def _party(party: PartyFact, the: str) -> Party:
    role = {"leader": f"(Trưởng {the})", "deputy": f"(Phó Trưởng {the})"}.get(party.role, "")
    if party.name is None:
        return Party(Text(party.agency.name), role, (LINE,), Text(LINE))
    titles = capacity.lines(party.signs_as, party.title, party.head_title)
    return Party(Text(party.agency.name), role, titles or (LINE,), Text(party.name))


def _witness(words: str) -> Party | None:
    """Return who witnesses: "Nguyễn Văn A, Phó Chủ tịch …" gives the name and the office above it."""
    name, _, office = (part.strip() for part in words.partition(","))
    return Party(NO_TEXT, "", (office,) if office else (), Text(name)) if name else None


# --- Targets ----------------------------------------------------------------------------------------------------------


def _targets_table(facts: CovenantSummary, numbers: Numbering) -> Table | None:
    if not facts.targets:
        return None
    has_base = any(target.base is not None for target in facts.targets)
    heads = [("STT", 8), ("Chỉ tiêu", 57), ("Đơn vị tính", 16), ("Mức phấn đấu", 19)]
    if has_base:
        heads = [("STT", 8), ("Chỉ tiêu", 46), ("Đơn vị tính", 13), ("Gốc so sánh", 14), ("Mức phấn đấu", 19)]
    rows: list[Row] = []
    by_section = [(name, list(found)) for name, found in groupby(facts.targets, key=lambda target: target.section)]
    for at, (section, targets) in enumerate(by_section, start=1):
        if section or len(by_section) > 1:
            rows.append(group_row(at, section or "Chỉ tiêu khác", len(heads)))
        rows.extend(_target_row(target, has_base=has_base) for target in targets)
    return make_table(
        f"{numbers.table()}. Chỉ tiêu thi đua {wording.year(facts)} của {wording.noun(facts)}", heads, rows
    )


def _target_row(target: PromiseFact, *, has_base: bool) -> Row:
    base = (cell(_figure(target.base), "c"),) if has_base else ()
    better = " (càng thấp càng tốt)" if target.direction == "lower" else ""
    return numbered_row(
        target.number,
        f"{target.indicator}{better}",
        cell(target.unit or wording.BLANK, "c"),
        *base,
        cell(target.planned_text or _figure(target.planned), "c"),
    )


def _figure(value: Any) -> str:
    return wording.BLANK if value is None else number(value)


# --- Annex: what each member plans ------------------------------------------------------------------------------------


def _annexes(facts: CovenantSummary, numbers: Numbering) -> tuple[Annex | None, Annex | None]:
    """Return the annex of planned values, upright or across; a covenant of many targets needs a second table."""
    if not any(value.planned is not None or value.planned_text for value in facts.values):
        return None, None
    name = numbers.annex()
    title = f"Chỉ tiêu thi đua {wording.year(facts)} của từng đơn vị"
    first = _values_table(facts, facts.targets[:WIDE], numbers)
    if len(facts.targets) <= UPRIGHT:
        return Annex(name, title, first), None
    rest = facts.targets[WIDE:]
    return None, Annex(name, title, first, _values_table(facts, rest, numbers) if rest else None)


def _values_table(facts: CovenantSummary, targets: Sequence[PromiseFact], numbers: Numbering) -> Table:
    """Return members × targets; many targets are named by their numbers in the table of targets."""
    is_wide = len(facts.targets) > UPRIGHT
    width = (66 if is_wide else 60) // max(len(targets), 3)
    position = 6 if is_wide else 8
    first = 100 - position - width * len(targets)
    names = [str(target.number) if is_wide else _head(target) for target in targets]
    said = {(value.key, value.number): value for value in facts.values}
    rows = [
        numbered_row(at, agency.name, *(_value_cell(said.get((agency.key, target.number))) for target in targets))
        for at, agency in enumerate(_agencies(facts), start=1)
    ]
    legend = "số của chỉ tiêu là số thứ tự ở Bảng 1" if is_wide else ""
    return make_table(
        f"{numbers.table()}. Mức phấn đấu {wording.year(facts)} của từng đơn vị",
        [("STT", position), ("Đơn vị", first), *((name, width) for name in names)],
        rows,
        size="dense" if is_wide else "",
        legend=legend,
        spans=((f"Chỉ tiêu số {targets[0].number} đến số {targets[-1].number}", 2, len(targets)),) if is_wide else (),
        signs=(("…", "dấu “…” là chưa có số liệu"), ("-", "dấu “-” là không giao chỉ tiêu")),
    )


def _agencies(facts: CovenantSummary) -> list[AgencyFact]:
    return [party.agency for party in facts.parties]


def _head(target: PromiseFact) -> str:
    return f"{target.indicator} ({target.unit})" if target.unit else target.indicator


def _value_cell(value: ValueFact | None) -> Cell:
    if value is None:
        return cell(wording.BLANK, "c")
    if not value.is_assigned:
        return cell(wording.NONE, "c")
    return cell(value.planned_text or _figure(value.planned), "c")
