"""The report of the appraisal as a paper: which dossiers came in, what was found of each line, what is proposed."""

from collections.abc import Sequence
from dataclasses import dataclass

from awards.enums import Verdict
from emulation.core.vietnamese import count2, date_short, lower_first, upper_first
from emulation.reports.domain import wording
from emulation.reports.domain.proposal import AppraisalSummary, AppraisedFact, DossierFact
from emulation.reports.papers import award_lists as lists
from emulation.reports.papers.frame import Frame, framed_by_office
from emulation.reports.papers.tables import cell, group_row, make_table, numbered_row
from emulation.reports.papers.text import Numbering, Part, Row, Table, Text

_VERDICTS = {verdict.value: str(verdict.label) for verdict in Verdict}
PENDING = "Chưa thẩm định"


@dataclass(frozen=True, kw_only=True)
class AppraisalReport(Frame):
    """The paper, ready for a template."""

    addressees: tuple[Text, ...]
    basis: tuple[Text, ...]
    opening: Part
    received: Part
    dossier_table: Table | None
    found: Part
    found_table: Table | None
    lacking: Part
    proposed: Part


def build(summary: AppraisalSummary, *, stamp: str | None = None) -> AppraisalReport:
    """Return the paper of a summary; `stamp`: the mark in the corner, "DỰ THẢO" by itself until it has its number."""
    facts = summary.normalised()
    to, numbers = lists.decider(facts), Numbering(annexes=1)
    subject = f"Kết quả thẩm định hồ sơ đề nghị {_asked(facts.about)}"
    return AppraisalReport(
        **framed_by_office(
            facts,
            facts.header,
            issuer=facts.department,
            kind="Báo cáo",
            title=f"Báo cáo {lower_first(subject)}",
            subject=(subject,),
            is_draft=facts.is_draft,
            stamp=stamp,
        ),
        recipients=tuple(Text.short(name) for name in ("Như trên;", "Lưu: VT.")),
        signature=(lists.head_title(facts.department),),
        signer_name=Text("[Họ và tên]"),
        addressees=(Text.short(to),),
        basis=lists.basis_lines(facts.basis),
        opening=Part.of(f"{facts.department} báo cáo kết quả thẩm định hồ sơ đề nghị khen thưởng như sau:"),
        received=Part.of(_received(facts)),
        dossier_table=_dossier_table(facts.dossiers, numbers),
        found=Part.of(*_found(facts)),
        found_table=_found_table(facts.appraised, numbers),
        lacking=_lacking(facts.appraised),
        proposed=Part.of(*_proposed(facts, to)),
    )


# --- Text -------------------------------------------------------------------------------------------------------------


def _asked(about: str) -> str:
    """Return what the dossiers ask for, in the words of the decision: "tặng Cờ thi đua cho …"."""
    words = lower_first(about).removeprefix("về việc ")
    return words if words.startswith(("tặng", "truy tặng", "khen", "công nhận")) else "khen thưởng"


def _received(facts: AppraisalSummary) -> str:
    own = len(facts.appraised) - sum(dossier.collectives + dossier.persons for dossier in facts.dossiers)
    drafted = f"{facts.department} lập {count2(own)} đề nghị" if own > 0 else ""
    if not facts.dossiers:
        return f"{drafted}." if drafted else f"Hồ sơ tiếp nhận: {wording.MISSING}."
    came = f"Tổng số hồ sơ tiếp nhận: {count2(len(facts.dossiers))}"
    return f"{came}; ngoài ra, {drafted}." if drafted else f"{came}."


def _found(facts: AppraisalSummary) -> tuple[str, ...]:
    """Return how many lines each verdict has."""
    lines = facts.appraised
    if not lines:
        return (f"Kết quả thẩm định: {wording.MISSING}.",)
    verdicts = [(label, [line for line in lines if line.verdict == verdict]) for verdict, label in _VERDICTS.items()]
    verdicts.append((PENDING, [line for line in lines if not line.verdict]))
    said = "; ".join(f"{lower_first(label)}: {lists.count_of(found)}" for label, found in verdicts if found)
    return (f"Tổng số đề nghị được thẩm định: {lists.count_of(lines)}; trong đó, {said}.",)


def _lacking(lines: Sequence[AppraisedFact]) -> Part:
    found = [line for line in lines if line.missing]
    if not found:
        return Part.of("Các hồ sơ có đủ giấy tờ theo danh mục.")
    points = [f"{lists.person(line)}: {'; '.join(lower_first(paper) for paper in line.missing)}" for line in found]
    ended = tuple(f"{point}{';' if at < len(points) else '.'}" for at, point in enumerate(points, start=1))
    return Part.of(f"Còn {count2(len(found))} hồ sơ thiếu giấy tờ:", points=ended)


def _proposed(facts: AppraisalSummary, to: str) -> tuple[str, ...]:
    if not facts.lines:
        return (f"Đề nghị tặng thưởng: {wording.MISSING}./.",)
    given = "; ".join(
        f"{lists.in_text(award)} cho {lists.count_of(found)}" for award, found in lists.by_award(facts.lines)
    )
    return (
        f"{facts.department} đề nghị {to} xem xét, tặng {given} (có danh sách kèm theo Tờ trình).",
        f"{facts.department} kính báo cáo {to} xem xét, quyết định./.",
    )


# --- Tables -----------------------------------------------------------------------------------------------------------


def _dossier_table(dossiers: Sequence[DossierFact], numbers: Numbering) -> Table | None:
    if not dossiers:
        return None
    columns = [
        ("STT", 7),
        ("Khối, đơn vị gửi", 37),
        ("Số đến", 10),
        ("Ngày đến", 15),
        ("Nhận bằng", 14),
        ("Đề nghị", 17),
    ]
    rows = [
        numbered_row(
            at,
            dossier.sender,
            cell(dossier.number or wording.BLANK, "c"),
            cell(date_short(dossier.received_on) if dossier.received_on else wording.BLANK, "c"),
            cell(dossier.received_as or wording.BLANK, "c"),
            cell(lists.counted(dossier.collectives, dossier.persons), "c"),
        )
        for at, dossier in enumerate(dossiers, start=1)
    ]
    signs = ((wording.BLANK, "dấu “…” là chưa ghi"),)
    return make_table(f"{numbers.table()}. Hồ sơ tiếp nhận", columns, rows, signs=signs)


def _found_table(lines: Sequence[AppraisedFact], numbers: Numbering) -> Table | None:
    if not lines:
        return None
    columns = [
        ("STT", 7),
        (upper_first(lists.kinds_of(lines)), 37),
        ("Kết quả thẩm định", 24),
        ("Ý kiến thẩm định", 32),
    ]
    rows: list[Row] = []
    for at, (award, found) in enumerate(lists.by_award(lines), start=1):
        rows.append(group_row(at, f"{award}: {lists.count_of(found)}", len(columns)))
        rows += [_found_row(number, line) for number, line in enumerate(found, start=1)]
    signs = ((wording.NONE, "dấu “-” là không có ý kiến thêm"),)
    return make_table(f"{numbers.table()}. Kết quả thẩm định", columns, rows, signs=signs)


def _found_row(at: int, line: AppraisedFact) -> Row:
    verdict = _VERDICTS.get(line.verdict, PENDING)
    said = f"{verdict}: {lists.in_text(line.instead)}" if line.instead else verdict
    return numbered_row(
        at, lists.person(line), cell(said), cell(line.opinion or wording.NONE, "" if line.opinion else "c")
    )
