"""Whom papers of awards name: counts in words, tables by nature and award, "Căn cứ", who decides and signs."""

import re
from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Protocol, TypeVar

from awards.enums import AwardNature
from emulation.core.typesetting import NO_BREAK
from emulation.core.vietnamese import count2, letter, number, upper_first
from emulation.reports.domain import wording
from emulation.reports.domain.facts import HeaderFact
from emulation.reports.domain.proposal import BoardAwardsSummary, LineFact
from emulation.reports.papers.frame import dated_line, number_of
from emulation.reports.papers.tables import cell, group_row, make_table, numbered_row
from emulation.reports.papers.text import Cell, Numbering, Row, Table, Text

ANNEX_TITLE = "Danh sách"
COLLECTIVE, PERSON = "tập thể", "cá nhân"
MERIT = "[bổ sung câu ghi thành tích]"
_NATURES = {nature.value: str(nature.label) for nature in AwardNature}
_ACHIEVED = re.compile(r"^(?:đã )?(?:có|đạt) thành tích\s+|^đã có\s+", re.IGNORECASE)
_COMMITTEE = re.compile(r"^(?:UBND|Ủy ban nhân dân|Uỷ ban nhân dân)(?=\s|$)")
_CHAIR = "Chủ tịch "


class Named(Protocol):
    """What is said of one award of one collective or person."""

    @property
    def award(self) -> str: ...  # noqa: D102 - the fields speak for themselves
    @property
    def nature(self) -> str: ...  # noqa: D102
    @property
    def name(self) -> str: ...  # noqa: D102
    @property
    def title(self) -> str: ...  # noqa: D102
    @property
    def is_person(self) -> bool: ...  # noqa: D102


Of = TypeVar("Of", bound=Named)


# --- Words ------------------------------------------------------------------------------------------------------------


def counted(collectives: int, persons: int) -> str:
    """Return "03 tập thể, 12 cá nhân", without what there is none of."""
    kinds = ((collectives, COLLECTIVE), (persons, PERSON))
    parts = [f"{count2(count)} {word}".replace(" ", NO_BREAK) for count, word in kinds if count]
    return ", ".join(parts) or f"00 {COLLECTIVE}, {PERSON}"


def count_of(lines: Sequence[Named]) -> str:
    """Return how many collectives and persons lines name."""
    persons = sum(line.is_person for line in lines)
    return counted(len(lines) - persons, persons)


def kinds_of(lines: Iterable[Named]) -> str:
    """Return whom lines name: "tập thể", "cá nhân", or both."""
    found = {line.is_person for line in lines}
    return PERSON if found == {True} else COLLECTIVE if found == {False} else f"{COLLECTIVE}, {PERSON}"


def in_text(award: str) -> str:
    """Return an award's name inside a sentence: “Danh hiệu” begins small there."""
    return f"{award[:1].lower()}{award[1:]}" if award.startswith("Danh hiệu") else award


def by_award(lines: Sequence[Of]) -> list[tuple[str, list[Of]]]:
    """Return lines by award, in their order."""
    return [(award, list(found)) for award, found in groupby(lines, key=lambda line: line.award)]


def person(line: Named) -> str:
    """Return a name with its position and agency: "Trần Văn A, Trưởng phòng, Sở Nội vụ"."""
    return f"{line.name}, {line.title}" if line.title else line.name


def merit_of(words: str) -> str:
    """Return what follows "đã có thành tích", whether or not it was typed with these words."""
    return _ACHIEVED.sub("", words).rstrip(" .;")


def basis_lines(lines: Sequence[str]) -> tuple[Text, ...]:
    """Return the texts a paper rests on: each ends in a semicolon, the last in a full stop."""
    plain = [line.rstrip(" ;.") for line in lines]
    return tuple(Text.of(f"{line}{'.' if at == len(plain) else ';'}") for at, line in enumerate(plain, start=1))


def attached_lines(kind: str, header: HeaderFact, issuer: str) -> tuple[str, str]:
    """Return what stands under the title of a list: the paper it goes with, its number and day, who issues it."""
    number_and_day = f"{number_of(header)} {dated_line(header.dated_on)}"
    return (f"(Kèm theo {kind} số {number_and_day}", f"của {issuer})")


# --- Who decides and signs --------------------------------------------------------------------------------------------


def committee(name: str) -> str:
    """Return a People's Committee under its full name; any other office as it is."""
    return _COMMITTEE.sub("Ủy ban nhân dân", name.removeprefix(_CHAIR))


def decider(facts: BoardAwardsSummary) -> str:
    """Return who decides: of a People's Committee its chairman (Law 06/2022/QH15, Article 79)."""
    name = committee(facts.issuer)
    is_chair = facts.issuer.startswith(_CHAIR) or _COMMITTEE.match(facts.issuer)
    return f"{_CHAIR}{name}" if is_chair else name


def head_of_department(facts: BoardAwardsSummary) -> str:
    """Return who signs for the department: "Giám đốc Sở Nội vụ"."""
    return f"{head_title(facts.department)} {facts.department}"


def head_title(office: str) -> str:
    """Return what the head of an office is called, as far as its name tells."""
    return "Giám đốc" if office.startswith("Sở ") else "Trưởng ban" if office.startswith("Ban ") else "Thủ trưởng"


# --- Tables -----------------------------------------------------------------------------------------------------------


def list_tables(lines: Sequence[LineFact], numbers: Numbering, verb: str) -> tuple[Table, ...]:
    """Return a table for titles and one for commendations, lines under their awards; `verb`: "đề nghị tặng".

    Columns nobody has anything for are left out.
    """
    shown, places = _shown(lines), max((_decimals(line) for line in lines), default=0)
    return tuple(
        _list_table(list(rows), shown, places, f"{numbers.table()}. {_NATURES.get(nature, nature)} {verb}")
        for nature, rows in groupby(lines, key=lambda line: line.nature)
    )


def _shown(lines: Sequence[LineFact]) -> dict[str, int]:
    """Return the columns between name and end that have something to say, with their widths."""
    has = {
        "title": any(line.title for line in lines),
        "place": any(line.place is not None for line in lines),
        "points": any(line.points is not None for line in lines),
        "votes": any(line.votes_for is not None for line in lines),
        "words": any(line.merit or line.achievement for line in lines),
    }
    widths = {"title": 31 if has["words"] else 48, "place": 8, "points": 10, "votes": 12, "words": 31}
    return {name: widths[name] for name, is_there in has.items() if is_there}


def _list_table(lines: Sequence[LineFact], shown: dict[str, int], places: int, caption: str) -> Table:
    named = kinds_of(lines)
    heads = {
        "title": "Chức vụ, đơn vị" if PERSON in named else "Đơn vị",
        "place": "Xếp hạng",
        "points": "Điểm",
        "votes": "Phiếu đồng ý",
        "words": "Thành tích",
    }
    columns = [("STT", 7), ("Họ và tên" if named == PERSON else upper_first(named), 93 - sum(shown.values()))]
    columns += [(heads[name], width) for name, width in shown.items()]
    rows: list[Row] = []
    groups = by_award(lines)
    for at, (award, found) in enumerate(groups, start=1):
        rows.append(group_row(at, f"{award}: {count_of(found)}", len(columns)))
        kinds = [(is_person, list(some)) for is_person, some in groupby(found, key=lambda line: line.is_person)]
        for letter_at, (is_person, some) in enumerate(kinds, start=1):
            if len(kinds) > 1:
                rows.append(_kind_row(letter_at, PERSON if is_person else COLLECTIVE, len(columns)))
            rows += [_list_row(number_at, line, shown, places) for number_at, line in enumerate(some, start=1)]
    if len(groups) > 1:
        rows.append(_total_row(f"Tổng cộng: {count_of(lines)}", len(columns)))
    return make_table(caption, columns, rows, signs=(("…", "dấu “…” là chưa có số liệu"),))


def _decimals(line: LineFact) -> int:
    """Return how many decimals the points need: equal ones down the column."""
    return 0 if line.points is None else max(-int(line.points.normalize().as_tuple().exponent), 0)


def _kind_row(at: int, kind: str, columns: int) -> Row:
    return Row((cell(letter(at), "c"), Cell(Text.short(upper_first(kind)), is_head=True, columns=columns - 1)), "group")


def _total_row(words: str, columns: int) -> Row:
    return Row((cell("", "c"), Cell(Text.short(words), is_head=True, columns=columns - 1)), "total")


def _list_row(at: int, line: LineFact, shown: Iterable[str], places: int) -> Row:
    votes = f"{line.votes_for}/{line.votes_of}" if line.votes_for is not None else wording.BLANK
    title = line.title or (wording.BLANK if line.is_person else "")
    said = {
        "title": cell(title, "" if line.title else "c"),
        "place": cell(wording.BLANK if line.place is None else str(line.place), "c"),
        "points": cell(wording.BLANK if line.points is None else number(line.points, places), "c"),
        "votes": cell(votes, "c"),
        "words": cell(_words(line) or wording.BLANK, "" if _words(line) else "c"),
    }
    return numbered_row(at, line.name, *(said[name] for name in shown))


def _words(line: LineFact) -> str:
    return upper_first(merit_of(line.merit)) or line.achievement


def count_table(lines: Sequence[LineFact], numbers: Numbering) -> Table:
    """Return the small table award × count that a request shows; one kind of those named needs one column."""
    kinds = [(False, "Tập thể"), (True, "Cá nhân")]
    shown = [(is_person, head) for is_person, head in kinds if any(line.is_person == is_person for line in lines)]
    is_both = len(shown) == len(kinds)
    heads = [(head, 14) for _, head in shown] + [("Tổng số", 14)] * is_both
    columns = [("STT", 8), ("Danh hiệu thi đua, hình thức khen thưởng", 92 - 14 * len(heads)), *heads]
    rows: list[Row] = []
    natures = [(nature, list(found)) for nature, found in groupby(lines, key=lambda line: line.nature)]
    for at, (nature, found) in enumerate(natures, start=1):
        rows.append(group_row(at, _NATURES.get(nature, nature), len(columns)))
        for award_at, (award, some) in enumerate(by_award(found), start=1):
            rows.append(numbered_row(award_at, award, *_counts(some, [kind for kind, _ in shown])))
    if len(by_award(lines)) > 1:
        total = _counts(lines, [kind for kind, _ in shown])
        rows.append(Row((cell("", "c"), cell("Tổng cộng", is_head=True), *total), "total"))
    return make_table(f"{numbers.table()}. Số lượng đề nghị", columns, rows, signs=())


def _counts(lines: Sequence[LineFact], shown: Sequence[bool]) -> tuple[Cell, ...]:
    counts = [sum(line.is_person == is_person for line in lines) for is_person in shown]
    every = [*counts, len(lines)] if len(counts) > 1 else counts
    return tuple(cell(count2(count) if count else "0", "c") for count in every)
