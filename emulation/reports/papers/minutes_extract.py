"""The extract of the minutes of the meeting that agreed on a bloc's request (Decree 30/2020, model 1.9)."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from emulation.core.vietnamese import date_long
from emulation.reports.domain import wording
from emulation.reports.domain.facts import HeaderFact
from emulation.reports.domain.proposal import BlocMinutesSummary, DeclinedFact
from emulation.reports.papers import award_lists as lists
from emulation.reports.papers.frame import DAY_BLANK, Frame, framed
from emulation.reports.papers.text import NO_TEXT, Numbering, Part, Party, Table, Text


@dataclass(frozen=True, kw_only=True)
class MinutesExtract(Frame):
    """The paper, ready for a template; `parties`: who wrote the minutes and who led the meeting."""

    facts: Part
    agreed: Part
    tables: tuple[Table, ...]
    missing: Text
    closing: Text
    parties: tuple[Party, Party]
    party_columns: int = 2


def build(summary: BlocMinutesSummary, *, stamp: str | None = None) -> MinutesExtract:
    """Return the paper of a summary; `stamp`: the mark in the corner, "DỰ THẢO" by itself until the dossier is sent."""
    facts = summary.normalised()
    the, year = wording.noun(facts), wording.year(facts)
    lines = [replace(line, achievement="") for line in facts.lines]
    tables = lists.list_tables(lines, Numbering(annexes=1), "thống nhất đề nghị")
    when = (
        date_long(facts.decided_on) if facts.decided_on else f"ngày{DAY_BLANK}tháng{DAY_BLANK}năm{DAY_BLANK}".rstrip()
    )
    members = f"; tổng số đơn vị thành viên: {wording.units(facts.members)}" if facts.members is not None else ""
    return MinutesExtract(
        **framed(
            facts,
            HeaderFact(facts.header.superior, facts.header.place, ""),
            kind="Trích biên bản",
            title=f"Trích biên bản họp bình xét thi đua {year} của {facts.bloc_name}",
            subject=(f"Họp bình xét thi đua {year}", f"của {facts.bloc_name}"),
            is_draft=facts.is_draft,
            dated="",
            stamp=stamp,
        ),
        recipients=tuple(Text.short(name) for name in (f"{facts.department};", "Lưu: VT.")),
        facts=Part.of(
            f"Thời gian: {when}.",
            "Địa điểm: [Địa điểm họp].",
            f"Thành phần: [Số đại biểu có mặt, vắng mặt]{members}.",
            "Chủ tọa: [Họ và tên, chức vụ]. Thư ký: [Họ và tên, chức vụ].",
        ),
        agreed=Part.of(
            f"Sau khi nghe báo cáo kết quả thi đua {year} của các đơn vị, thảo luận và bình xét, Hội nghị thống nhất:",
            *_declined(facts.declined),
            f"Đề nghị khen thưởng {lists.count_of(facts.lines)}, cụ thể như sau:",
        )
        if facts.declined
        else Part.of(
            f"Sau khi nghe báo cáo kết quả thi đua {year} của các đơn vị, thảo luận và bình xét, Hội nghị thống nhất "
            f"đề nghị khen thưởng {lists.count_of(facts.lines)}, cụ thể như sau:",
        ),
        tables=tables,
        missing=NO_TEXT if tables else Text.of(f"Danh sách: {wording.MISSING}."),
        closing=Text.of(
            f"Trích từ Biên bản họp bình xét thi đua {year} của {facts.bloc_name}; nội dung trích đúng với bản chính "
            f"lưu tại Trưởng {the}./."
        ),
        parties=(
            Party(Text("Thư ký"), "", (), Text("[Họ và tên]")),
            Party(Text("Chủ tọa"), "", (), Text("[Họ và tên]")),
        ),
    )


def _declined(rows: Iterable[DeclinedFact]) -> list[str]:
    """Return a sentence for each collective the meeting agreed not to propose."""
    return [
        f"Không đề nghị tặng {lists.in_text(row.award)} cho {row.name}; lý do: {row.reason.rstrip(' .')}."
        for row in rows
    ]
