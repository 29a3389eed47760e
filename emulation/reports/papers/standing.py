"""The notice of the standing as a paper: who took which place, who has none and why, who leads next year."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from emulation.core.vietnamese import count2, date_long, number, upper_first
from emulation.reports.domain import wording
from emulation.reports.domain.standing import RankFact, StandingSummary
from emulation.reports.papers.frame import Frame, dated_line, framed, signed_for_bloc
from emulation.reports.papers.tables import cell, group_row, make_table
from emulation.reports.papers.text import Cell, Numbering, Part, Row, Table, Text

_NUMBER_WORDS = ("", "Một", "Hai", "Ba", "Bốn", "Năm", "Sáu", "Bảy", "Tám", "Chín")


@dataclass(frozen=True, kw_only=True)
class Standing(Frame):
    """The paper, ready for a template."""

    opening: Part
    places_table: Table | None
    after: Part
    next_leadership: Text
    closing: Text


def build(summary: StandingSummary, *, stamp: str | None = None) -> Standing:
    """Return the paper of a summary; `stamp`: the mark in the corner, "DỰ THẢO" by itself until it is published."""
    facts = summary.normalised()
    the, year = wording.noun(facts), wording.year(facts)
    table = _places_table(facts)
    recipients = (
        *((f"{facts.board} (để báo cáo);",) if facts.board else ()),
        f"Các đơn vị thành viên {the};",
        "Lưu: VT.",
    )
    return Standing(
        **framed(
            facts,
            facts.header,
            kind="Thông báo",
            title=f"Thông báo kết quả bình xét thi đua {year} của {facts.bloc_name}",
            subject=(f"Kết quả bình xét thi đua {year}", f"của {facts.bloc_name}"),
            is_draft=facts.is_draft,
            dated=dated_line(facts.header.dated_on, str(facts.decided_on.year) if facts.decided_on else ""),
            stamp=stamp,
        ),
        **signed_for_bloc(facts, facts.signer, *recipients),
        opening=Part.of(_meeting(facts), *_replaces(facts), _lead(facts, table)),
        places_table=table,
        after=Part.of(*_without_place(facts), *facts.note),
        next_leadership=Text.of(wording.next_leadership(facts, facts.next_leadership)),
        closing=Text.of(f"{facts.bloc_name} thông báo để các đơn vị thành viên biết và phối hợp thực hiện./."),
    )


# --- Text -------------------------------------------------------------------------------------------------------------


def _meeting(facts: StandingSummary) -> str:
    """Return what the meeting did, and on which day."""
    the, year = wording.noun(facts), wording.year(facts)
    theme = facts.theme.strip('“”"')
    about = f", với chủ đề “{theme}”" if theme else ""
    when = upper_first(date_long(facts.decided_on)) if facts.decided_on else "[Ngày họp]"
    who = f", đối với {wording.units(len(facts.ranks))} thành viên" if facts.ranks else ""
    return f"{when}, Hội nghị của {the} đã bình xét thi đua {year}{about}{who}."


def _replaces(facts: StandingSummary) -> tuple[str, ...]:
    """Return which notice a correction stands for, and why."""
    if facts.version == 1:
        return ()
    when = f" ({date_long(facts.replaced_on)})" if facts.replaced_on else ""
    reason = facts.reason.rstrip(". ") or wording.MISSING
    before = f"Thông báo phiên bản {facts.version - 1}{when}"
    return (f"Thông báo này (phiên bản {facts.version}) thay thế {before}, lý do: {reason}.",)


def _lead(facts: StandingSummary, table: Table | None) -> str:
    if table is None:
        return f"Kết quả bình xét, xếp hạng {wording.year(facts)}: {wording.MISSING}."
    return f"{facts.bloc_name} thông báo kết quả bình xét như sau:"


def _without_place(facts: StandingSummary) -> tuple[str, ...]:
    """Return who has no place, each with the reason that was given."""
    unplaced = [row for row in facts.ranks if row.place is None]
    if not unplaced or len(unplaced) == len(facts.ranks):
        return ()
    said = "; ".join(
        f"{row.agency.name}{f' ({row.remark[:1].lower()}{row.remark[1:]})' if row.remark else ''}".replace(".)", ")")
        for row in unplaced
    )
    return (f"Không xếp hạng: {said}.",)


# --- Table ------------------------------------------------------------------------------------------------------------


def _places_table(facts: StandingSummary) -> Table | None:
    if not any(row.place is not None for row in facts.ranks):
        return None
    has_points = any(row.points is not None for row in facts.ranks)
    has_proposals = any(row.proposal for row in facts.ranks)
    places = max((_decimals(row) for row in facts.ranks), default=0)
    heads = [("Xếp hạng", 14), ("Đơn vị", 86 - 15 * has_points - 38 * has_proposals)]
    heads += [("Tổng điểm", 15)] if has_points else []
    heads += [("Danh hiệu, hình thức đề nghị", 38)] if has_proposals else []
    rows: list[Row] = []
    groups = _groups(facts)
    for at, (name, members) in enumerate(groups, start=1):
        if len(groups) > 1:
            rows.append(group_row(at, upper_first(wording.group_name(name)) if name else "Đơn vị khác", len(heads)))
        rows.extend(_row(member, places, has_points=has_points, has_proposals=has_proposals) for member in members)
    caption = f"{Numbering(annexes=1).table()}. Kết quả xếp hạng{' và đề nghị khen thưởng' if has_proposals else ''}"
    return make_table(
        f"{caption} {wording.year(facts)}",
        heads,
        rows,
        legend="; ".join(_shared(groups)),
        signs=(("…", "dấu “…” là chưa có số liệu"), ("-", "dấu “-” là không xếp hạng, không đề nghị")),
    )


def _decimals(row: RankFact) -> int:
    """Return how many decimals the points need: equal ones down the column."""
    if row.points is None:
        return 0
    return max(-int(row.points.normalize().as_tuple().exponent), 0)


def _groups(facts: StandingSummary) -> list[tuple[str, list[RankFact]]]:
    """Return the groups that rank apart, each by place, members without a place last."""
    named = [(row.group if facts.is_by_group else "", row) for row in facts.ranks]
    found = [(name, [row for _, row in pairs]) for name, pairs in groupby(named, key=lambda pair: pair[0])]
    return [(name, sorted(rows, key=lambda row: (row.place is None, row.place or 0))) for name, rows in found]


def _row(member: RankFact, places: int, *, has_points: bool, has_proposals: bool) -> Row:
    has_place = member.place is not None
    cells: list[Cell] = [cell(str(member.place) if has_place else wording.NONE, "c")]
    cells.append(cell(member.agency.name, is_head=True))
    if has_points:
        missing = wording.BLANK if has_place else wording.NONE
        cells.append(cell(missing if member.points is None else number(member.points, places), "c"))
    if has_proposals:
        cells.append(cell(member.proposal or wording.NONE, "" if member.proposal else "c"))
    return Row(tuple(cells))


def _shared(groups: Sequence[tuple[str, Sequence[RankFact]]]) -> tuple[str, ...]:
    """Return which places several members share: "hai đơn vị cùng xếp hạng 3"."""
    said = []
    for name, members in groups:
        taken = [row.place for row in members if row.place is not None]
        where = f" {wording.group_name(name)}" if name and len(groups) > 1 else ""
        for place in sorted({place for place in taken if taken.count(place) > 1}):
            count = taken.count(place)
            words = _NUMBER_WORDS[count].lower() if count < len(_NUMBER_WORDS) else count2(count)
            said.append(f"{words} đơn vị{where} cùng xếp hạng {place}")
    return tuple(said)
