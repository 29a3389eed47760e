"""The achievement report of a nomination (Decree 152/2025, forms of merit): what is known filled in, blanks to type.

Collectives and persons have different sections; both end in the awards given before and in who signs and confirms.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from awards.enums import AwardNature
from emulation.core.vietnamese import date_short, number
from emulation.reports.domain import wording
from emulation.reports.domain.achievement import AchievementSummary, GrantFact
from emulation.reports.papers import award_lists as lists
from emulation.reports.papers.frame import Frame, dated_line, framed_by_office
from emulation.reports.papers.regulation import Block
from emulation.reports.papers.tables import cell, make_table
from emulation.reports.papers.text import Cell, Numbering, Party, Row, Table, Text

NAME = "[Họ và tên]"
SHORT, LINE, IN_TABLE = "…" * 12, "…" * 30, "……"  # dotted: after a label, a whole line, a cell
_CONFIRMED = "Xác nhận của cấp trình khen thưởng"
_STAMPED = "(Ký, đóng dấu)"
_SEXES = {"nam": "Nam", "nu": "Nữ"}
_DECISION = "Số, ngày, tháng, năm của quyết định; cơ quan ban hành"


@dataclass(frozen=True, kw_only=True)
class Achievement(Frame):
    """The paper, ready for a template: `before` and `after` are the text around the tables of section II.

    `confirmation`: who confirms below the two who sign, for a person.
    """

    before: tuple[Block, ...]
    result_tables: tuple[Table, ...]
    after: tuple[Block, ...]
    history_heading: str
    history_tables: tuple[Table, Table]
    parties: tuple[Party, Party]
    confirmation: Party | None
    party_columns: int = 2


def build(summary: AchievementSummary, *, stamp: str | None = None) -> Achievement:
    """Return the paper of a summary; it bears no number, and no mark but a `stamp`, for its author completes it."""
    facts = summary.normalised()
    asked = f"Đề nghị tặng {lists.in_text(facts.award)} {wording.year(facts)}"
    numbers = Numbering(annexes=1)
    results = _person_table(facts, numbers) if facts.is_person else _collective_tables(facts, numbers)
    return Achievement(
        **framed_by_office(
            facts,
            facts.header,
            issuer=facts.issuer,
            kind="Báo cáo thành tích",
            title=f"Báo cáo thành tích {asked[:1].lower()}{asked[1:]} của {facts.name}",
            subject=(asked, *_whom(facts)),
            is_draft=False,
            stamp=stamp,
        )
        | {"superior": Text(wording.superior(facts.header)), "dated": dated_line(None)},
        before=_of_person(facts) if facts.is_person else _of_collective(facts),
        result_tables=results,
        after=() if facts.is_person else _rest_of_collective(),
        history_heading="III. Các hình thức đã được khen thưởng",
        history_tables=_history(facts.grants, numbers),
        parties=_parties(facts),
        confirmation=Party(Text(), _STAMPED, (_CONFIRMED,), Text(NAME)) if facts.is_person else None,
    )


def _whom(facts: AchievementSummary) -> tuple[str, ...]:
    if not facts.is_person:
        return (f"Tên tập thể đề nghị: {facts.name}",)
    return (facts.name, facts.title) if facts.title else (facts.name,)


# --- Sections ---------------------------------------------------------------------------------------------------------


def _of_collective(facts: AchievementSummary) -> tuple[Block, ...]:
    return (
        _section("I. Sơ lược đặc điểm, tình hình"),
        _title("1. Đặc điểm, tình hình"),
        _point("Địa điểm trụ sở chính"),
        _point("Điện thoại", facts.phone),
        _point("Trang thông tin điện tử"),
        _point("Quá trình thành lập và phát triển"),
        _point("Cơ cấu tổ chức, số người làm việc"),
        _point("Tổ chức đảng, đoàn thể"),
        _title("2. Chức năng, nhiệm vụ"),
        *_blank(2),
        _section("II. Thành tích đạt được"),
        _title(f"1. Kết quả thực hiện chỉ tiêu, nhiệm vụ {wording.year(facts)}"),
        *_achieved(facts),
    )


def _rest_of_collective() -> tuple[Block, ...]:
    return (
        _title("2. Biện pháp, nguyên nhân đạt được thành tích; các phong trào thi đua đã thực hiện"),
        *_blank(2),
        _title("3. Việc thực hiện chủ trương của Đảng, chính sách, pháp luật của Nhà nước"),
        *_blank(2),
        _title("4. Hoạt động của tổ chức đảng, đoàn thể"),
        *_blank(2),
    )


def _of_person(facts: AchievementSummary) -> tuple[Block, ...]:
    born = f"……/……/{facts.birth_year}" if facts.birth_year else ""
    return (
        _section("I. Sơ lược lý lịch"),
        _point("Họ và tên", facts.name),
        _point("Sinh ngày, tháng, năm", born),
        _point("Giới tính", _SEXES.get(facts.sex, "")),
        _point("Quê quán"),
        _point("Nơi thường trú"),
        _point("Đơn vị công tác", facts.issuer),
        _point("Chức vụ (đảng, chính quyền, đoàn thể)", facts.position),
        _point("Trình độ chuyên môn, nghiệp vụ"),
        _point("Học hàm, học vị, danh hiệu, giải thưởng"),
        _section("II. Thành tích đạt được"),
        _title("1. Quyền hạn, nhiệm vụ được giao hoặc đảm nhận"),
        *_blank(2),
        _title("2. Thành tích đạt được của cá nhân"),
        *_achieved(facts),
    )


def _achieved(facts: AchievementSummary) -> tuple[Block, ...]:
    """Return the summary that was typed with the nomination, and room to tell more."""
    told = tuple(Block(Text.of(line), "text", "p") for line in facts.achievement)
    return (*told, *_blank(1 if told else 2))


def _section(text: str) -> Block:
    return Block(Text.of(text), "section", "h2")


def _title(text: str) -> Block:
    return Block(Text.of(text), "title", "h3")


def _point(label: str, known: str = "") -> Block:
    return Block(Text.of(f"{label}: {f'{known}.' if known else SHORT}"), "point", "li")


def _blank(lines: int) -> tuple[Block, ...]:
    return (Block(Text(LINE), "text", "p"),) * lines


# --- Tables -----------------------------------------------------------------------------------------------------------


def _collective_tables(facts: AchievementSummary, numbers: Numbering) -> tuple[Table, ...]:
    """Return targets with room for their results, and the places in the standing; what there is none of is left out."""
    tables = []
    if facts.targets:
        heads = [("STT", 8), ("Chỉ tiêu", 44), ("Đơn vị tính", 14), ("Kế hoạch", 17), ("Thực hiện", 17)]
        rows = [
            Row((
                cell(str(at), "c"),
                cell(target.indicator, is_head=True),
                cell(target.unit or wording.BLANK, "c"),
                cell(target.planned_text or _figure(target.planned), "c"),
                cell(IN_TABLE, "c"),
            ))
            for at, target in enumerate(facts.targets, start=1)
        ]  # fmt: skip
        caption = f"{numbers.table()}. Chỉ tiêu thi đua {wording.year(facts)} và kết quả thực hiện"
        tables.append(make_table(caption, heads, rows))
    if facts.places:
        heads = [("Năm", 14), ("Khối, cụm thi đua", 52), ("Xếp hạng", 17), ("Điểm", 17)]
        rows = [
            Row((
                cell(place.year_label, "c"),
                cell(place.bloc_name, is_head=True),
                cell(str(place.place), "c"),
                cell(_figure(place.points), "c"),
            ))
            for place in facts.places
        ]  # fmt: skip
        tables.append(make_table(f"{numbers.table()}. Kết quả bình xét thi đua", heads, rows))
    return tuple(tables)


def _person_table(facts: AchievementSummary, numbers: Numbering) -> tuple[Table]:
    heads = [("Năm", 14), ("Mức độ hoàn thành nhiệm vụ", 28), ("Sáng kiến, giải pháp, đề tài", 30), (_DECISION, 28)]
    row = Row((cell(facts.year_label, "c"), *_dotted(3)))
    caption = f"{numbers.table()}. Mức độ hoàn thành nhiệm vụ, sáng kiến được công nhận"
    return (make_table(caption, heads, [row], signs=()),)


def _history(grants: Sequence[GrantFact], numbers: Numbering) -> tuple[Table, Table]:
    titles = [grant for grant in grants if grant.nature == AwardNature.TITLE]
    others = [grant for grant in grants if grant.nature != AwardNature.TITLE]
    return (
        _history_table(titles, "Danh hiệu thi đua", numbers),
        _history_table(others, "Hình thức khen thưởng", numbers),
    )


def _history_table(grants: Sequence[GrantFact], what: str, numbers: Numbering) -> Table:
    """Return a table of the form; one row to fill in where nothing is known."""
    rows = [
        Row((cell(grant.year_label, "c"), cell(_given(grant), is_head=True), cell(_decided(grant)))) for grant in grants
    ]
    heads = [("Năm", 14), (what, 43), (_DECISION, 43)]
    return make_table(f"{numbers.table()}. {what}", heads, rows or [Row(_dotted(3))], signs=())


def _given(grant: GrantFact) -> str:
    return f"{grant.award} (kế thừa từ {grant.origin})" if grant.origin else grant.award


def _decided(grant: GrantFact) -> str:
    by_number = f"số {grant.number} " if grant.number else ""
    return f"Quyết định {by_number}ngày {date_short(grant.granted_on)} của {grant.issuer}"


def _dotted(cells: int) -> tuple[Cell, ...]:
    return (cell(IN_TABLE, "c"),) * cells


def _figure(value: Decimal | None) -> str:
    return wording.BLANK if value is None else number(value)


# --- Who signs --------------------------------------------------------------------------------------------------------


def _parties(facts: AchievementSummary) -> tuple[Party, Party]:
    """Return who signs at the left and at the right; the head that is known stands for the agency that proposes."""
    head = Text(facts.head.name or NAME)
    office = Text(facts.head.titles[0] if facts.head.name and facts.head.titles else "Thủ trưởng đơn vị")
    if facts.is_person:
        return (
            Party(office, "(Xác nhận, ký, đóng dấu)", (), head),
            Party(Text("Người báo cáo thành tích"), "(Ký, ghi rõ họ và tên)", (), Text(facts.name)),
        )
    if facts.proposer:
        return (
            Party(Text(_CONFIRMED), _STAMPED, (str(office),) if facts.head.name else (), head),
            Party(Text("Thủ trưởng đơn vị"), _STAMPED, (), Text(NAME)),
        )
    return Party(Text(_CONFIRMED), _STAMPED, (), Text(NAME)), Party(office, _STAMPED, (), head)
