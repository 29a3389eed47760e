"""The year-end report of a bloc as a paper: what stands under which heading, in which table, under which number.

One paper serves PDF and Word, so both say the same. A table or a chart exists only when it has something to show; what
is not known is then said by a sentence.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from awards.enums import AwardLevel, AwardNature
from emulation.core.vietnamese import count2, letter, upper_first
from emulation.reports.domain import narrative, wording
from emulation.reports.domain.summary import AgencyFact, AwardFact, MemberFact, YearSummary
from emulation.reports.enums import NarrativeSection as Section
from emulation.reports.papers.frame import DAY_BLANK, DRAFT_MARK, number_of
from emulation.reports.papers.tables import cell, group_row, make_table, numbered_row
from emulation.reports.papers.text import NO_TEXT, Annex, Cell, Chart, Numbering, Part, Row, Table, Text

_WORTH_DRAWING = 5  # collectives in all: fewer are read quicker in a sentence
Prose = tuple[Part, ...]
_MOST_KINDS = 8  # kinds of award that fit beside each other on a landscape sheet


@dataclass(frozen=True)
class YearReport:
    """The paper, ready for a template."""

    title: str
    bookmark: str
    mark: str
    noun: str
    bloc_name: str
    year: str
    next_year: str
    year_label: str
    next_year_label: str
    superior: Text
    number: str
    place: Text
    dated: str
    subject: tuple[str, ...]
    addressees: tuple[Text, ...]
    opening: Part
    structure: Part
    duties: Prose
    conditions: Prose
    organisation: Prose
    targets_table: Table | None
    steps_table: Table | None
    tasks: Prose
    member_tasks: tuple[tuple[Text, Prose], ...]
    movements: Prose
    commendation: Part
    granted_table: Table | None
    granted_chart: Chart | None
    levels_table: Table | None
    comparison_table: Table | None
    examples: Prose
    activities: Prose
    limits: Prose
    causes: Prose
    plans: Prose
    standing: Part
    proposals: Part
    results_table: Table | None
    proposed_chart: Chart | None
    next_leadership: Text
    requests: Prose
    closing: Part
    recipients: tuple[Text, ...]
    signature: tuple[str, ...]
    signer_name: Text
    attached: tuple[str, str]
    members_annex: Annex | None
    wide_annex: Annex | None


def build(summary: YearSummary, *, stamp: str | None = None) -> YearReport:
    """Return the paper of a summary; `stamp`: the mark in the corner, "DỰ THẢO" by itself until số and ngày exist."""
    facts = summary.normalised()
    the, year = wording.noun(facts), wording.year(facts)
    has_wide = bool(facts.members) and bool(facts.awards or facts.places)
    numbers = Numbering(annexes=1 + has_wide)
    annex = "Phụ lục I" if has_wide else "Phụ lục"
    targets_table = _targets_table(facts, numbers)
    steps_table = _steps_table(facts, numbers)
    granted, proposed = facts.awards_at("granted"), facts.awards_at("proposed")
    granted_table = _granted_table(facts, numbers) if len(wording.kinds(granted)) > 1 else None
    granted_chart = _chart(facts, granted, f"Số tập thể được khen thưởng {year}", numbers)
    levels_table = _levels_table(facts, numbers)
    comparison_table = _comparison_table(facts, numbers)
    results_table = _results_table(facts, numbers)
    proposed_chart = _chart(facts, proposed, f"Số tập thể được đề nghị khen thưởng {year}", numbers)
    figures, figure_points = wording.figures(facts)
    movements, movement_points = wording.movements(facts)
    plans, plan_points = wording.plans(facts)
    standing, places = wording.standing(facts, _names(results_table))
    proposals, proposal_points = wording.proposals(facts, _names(results_table, proposed_chart))
    members = [member.agency for member in facts.staying_members]
    dated, number = wording.dated(facts, DAY_BLANK), number_of(facts.header)
    return YearReport(
        title=wording.document_title(facts),
        bookmark=f"Báo cáo tổng kết {year}",
        mark=stamp if stamp is not None else (DRAFT_MARK if facts.is_draft else ""),
        noun=the,
        bloc_name=facts.bloc_name,
        year=year,
        next_year=wording.next_year(facts),
        year_label=facts.year_label,
        next_year_label=facts.next_year_label,
        superior=Text(wording.superior(facts.header)),
        number=f"Số: {number}".replace(": \u2003", ":\u2003"),
        place=Text(wording.place(facts.header)),
        dated=dated,
        subject=wording.subject(facts),
        addressees=tuple(Text.short(name) for name in facts.addressees),
        opening=Part.of(*wording.opening(facts)),
        structure=Part.of(
            wording.composition(facts, annex),
            *wording.particulars(facts, annex),
            wording.leadership(facts),
            *wording.monitors(facts),
        ),
        duties=_written(facts, Section.DUTIES),
        conditions=_written(facts, Section.CONDITIONS),
        organisation=(
            Part.of(wording.theme(facts)),
            *_written(facts, Section.GUIDANCE),
            Part.of(
                wording.covenant(facts, _names(targets_table)),
                wording.progress(facts, _names(steps_table)),
            ),
        ),
        targets_table=targets_table,
        steps_table=steps_table,
        tasks=(
            Part.of(figures, points=figure_points),
            *(_prose(facts.narrative(Section.TASKS)) if members else _written(facts, Section.TASKS)),
        ),
        member_tasks=tuple(
            (Text.short(f"{letter(at)}) {agency.name}"), _member_tasks(facts, agency))
            for at, agency in enumerate(members, start=1)
        ),
        movements=(Part.of(movements, points=movement_points), *_written(facts, Section.MOVEMENTS)),
        commendation=Part.of(
            wording.granted(facts, _names(granted_table, granted_chart, levels_table)),
            *wording.persons(facts),
            *wording.comparison(facts, _names(comparison_table)),
        ),
        granted_table=granted_table,
        granted_chart=granted_chart,
        levels_table=levels_table,
        comparison_table=comparison_table,
        examples=_written(facts, Section.EXAMPLES),
        activities=(Part.of(wording.activities(facts)), *_written(facts, Section.ACTIVITIES)),
        limits=_written(facts, Section.LIMITS),
        causes=_written(facts, Section.CAUSES),
        plans=(Part.of(plans, points=plan_points), *_plans(facts)),
        standing=Part.of(standing, points=places),
        proposals=Part.of(proposals, points=proposal_points),
        results_table=results_table,
        proposed_chart=proposed_chart,
        next_leadership=Text.of(wording.next_leadership(facts, facts.next_leadership)),
        requests=_written(facts, Section.REQUESTS),
        closing=Part.of(*wording.source(facts), wording.closing(facts)),
        recipients=tuple(Text.short(name) for name in wording.recipients(facts)),
        signature=wording.signature(facts, facts.signer),
        signer_name=Text(wording.signer_name(facts.signer)),
        attached=(f"(Kèm theo Báo cáo số {number} {dated}", f"của {facts.bloc_name})"),
        members_annex=_members_annex(facts, numbers) if facts.members else None,
        wide_annex=_wide_annex(facts, numbers) if has_wide else None,
    )


def _written(facts: YearSummary, section: Section) -> Prose:
    """Return what the bloc wrote in a section, or the request to write it."""
    return _prose(facts.narrative(section)) or (Part.of(narrative.TODOS[section](facts)),)


def _member_tasks(facts: YearSummary, agency: AgencyFact) -> Prose:
    """Return what is written of a member's results, or the request to write it."""
    return _prose(facts.narrative(Section.TASKS, agency.key)) or (Part.of(wording.member_results()),)


def _plans(facts: YearSummary) -> Prose:
    """Return the tasks of the next year under their number, or the request to write them."""
    lines = facts.narrative(Section.PLANS)
    if not lines:
        return (Part.of(f"2. {wording.plans_todo(facts)}"),)
    return _prose((wording.plans_lead(facts), *lines))


def _prose(lines: tuple[str, ...]) -> Prose:
    """Return typed lines as they are printed; nothing where nothing was typed."""
    return tuple(Part.of(*chunk.before, points=chunk.points) for chunk in narrative.chunks(lines))


def _names(*pictures: Table | Chart | None) -> str:
    """Return the names of the tables and charts there are: "Bảng 2, Biểu đồ 1"."""
    return ", ".join(picture.caption.split(".")[0] for picture in pictures if picture)


# --- Tables -----------------------------------------------------------------------------------------------------------


def _steps_table(facts: YearSummary, numbers: Numbering) -> Table | None:
    steps = wording.steps(facts)
    if not steps:
        return None
    rows = [
        numbered_row(
            at,
            wording.step_name(facts, step),
            cell(step.due_on.strftime("%d/%m/%Y") if step.due_on else wording.BLANK, "c"),
            cell(wording.step_done(step), "c"),
            cell(wording.step_note(step)),
        )
        for at, step in enumerate(steps, start=1)
    ]
    heads = [("STT", 8), ("Bước công tác", 35), ("Thời hạn", 14), ("Thực hiện", 17), ("Ghi chú", 26)]
    return make_table(
        f"{numbers.table()}. Tiến độ thực hiện các bước công tác thi đua {wording.year(facts)}", heads, rows
    )


def _targets_table(facts: YearSummary, numbers: Numbering) -> Table | None:
    if not facts.targets:
        return None
    rows = [
        numbered_row(
            at,
            wording.target_name(target),
            cell(target.unit or wording.BLANK, "c"),
            cell(wording.target_planned(target), "c"),
            cell(wording.target_achieved(target), "c"),
        )
        for at, target in enumerate(facts.targets, start=1)
    ]
    heads = [("STT", 8), ("Chỉ tiêu", 42), ("Đơn vị tính", 14), ("Kế hoạch", 20), ("Thực hiện", 16)]
    return make_table(f"{numbers.table()}. Chỉ tiêu giao ước thi đua {wording.year(facts)}", heads, rows)


def _granted_table(facts: YearSummary, numbers: Numbering) -> Table:
    rows: list[Row] = []
    kinds = wording.kinds(facts.awards_at("granted"))
    natures = list(dict.fromkeys(wording.nature(awards[0]) for _, awards in kinds))
    for at, nature in enumerate(natures, start=1):
        rows.append(group_row(at, nature, 5))
        inside = [(text, awards) for text, awards in kinds if wording.nature(awards[0]) == nature]
        for number, (text, awards) in enumerate(inside, start=1):
            notes = "; ".join(dict.fromkeys(award.note for award in awards if award.note))
            rows.append(
                numbered_row(
                    number,
                    text,
                    cell(wording.level(awards[0]), "c"),
                    cell(_count(awards), "c"),
                    cell(upper_first(notes)),
                )
            )
    heads = [("STT", 8), ("Danh hiệu, hình thức", 40), ("Cấp khen", 20), ("Số tập\u00a0thể", 12), ("Ghi chú", 20)]
    return make_table(f"{numbers.table()}. Tập thể được khen thưởng {wording.year(facts)}", heads, rows)


def _results_table(facts: YearSummary, numbers: Numbering) -> Table | None:
    """Return who took which place and is proposed for what, placed members first; None for fewer than two agencies."""
    proposed = facts.awards_at("proposed")
    groups = wording.placed_groups(facts) if facts.places else [("", [])]
    placed = {row.agency.key for row in facts.places}
    others = {award.agency.key: award.agency for award in proposed if award.agency and award.agency.key not in placed}
    if len(placed) + len(others) < 2:  # noqa: PLR2004 - one agency is a sentence
        return None
    before = _places_before(facts)
    heads = [("STT", 8), ("Đơn vị", 37), ("Xếp hạng", 13), ("Danh hiệu, hình thức đề nghị", 42)]
    if facts.previous and before:
        heads = [*heads[:2], heads[2], (f"Năm {facts.previous.year_label}", 12), ("Danh hiệu, hình thức đề nghị", 30)]
    columns = len(heads)

    def line(number: int, agency: AgencyFact, place: str) -> Row:
        earlier = [cell(before.get(agency.key, wording.BLANK), "c")] if before else []
        return numbered_row(number, agency.name, cell(place, "c"), *earlier, _proposed_cell(agency.key, proposed))

    rows: list[Row] = []
    for at, (name, places) in enumerate(groups, start=1):
        if name:
            rows.append(group_row(at, upper_first(wording.group_name(name)), columns))
        rows += [line(number, row.agency, str(row.place)) for number, row in enumerate(places, start=1)]
    if others and len(groups) > 1:
        rows.append(group_row(len(groups) + 1, "Đơn vị chưa có thứ hạng", columns))
    first = 1 if len(groups) > 1 else len(placed) + 1
    rows += [line(number, agency, wording.BLANK) for number, agency in enumerate(others.values(), start=first)]
    what = "Kết quả xếp hạng và đề nghị khen thưởng" if facts.places else "Đơn vị được đề nghị khen thưởng"
    if not proposed:
        what = "Kết quả xếp hạng"
    caption = f"{numbers.table()}. {what} {wording.year(facts)}"
    legend = "" if facts.places else "thứ tự trong bảng không phải thứ hạng"
    return make_table(caption, heads, rows, legend=legend)


def _places_before(facts: YearSummary) -> dict[int, str]:
    """Return which place each agency took the year before, where places of both years are known."""
    if facts.previous is None or not facts.places:
        return {}
    return {row.agency.key: str(row.place) for row in facts.previous.places}


def _proposed_cell(key: int, proposed: Sequence[AwardFact]) -> Cell:
    mine = [award for award in proposed if award.agency and award.agency.key == key]
    if mine:
        split = f" {wording.NOT_SPLIT}" if any(award.nature == "mixed" for award in mine) else ""
        return cell("; ".join(award.text for award in mine) + split)
    return cell(_nobody(proposed), "c")


def _nobody(awards: Sequence[AwardFact]) -> str:
    """Return what stands beside an agency no award names: none, or unknown while some awards name nobody."""
    return wording.NONE if awards and all(award.agency for award in awards) else wording.BLANK


def _count(awards: Sequence[AwardFact]) -> str:
    total = wording.total(awards)
    return wording.BLANK if total is None else count2(total)


def _chart(facts: YearSummary, awards: Sequence[AwardFact], what: str, numbers: Numbering) -> Chart | None:
    """Return a picture of the counts per award; None when there is little or nothing to see."""
    counted = [(text, wording.total(rows)) for text, rows in wording.kinds(awards)]
    rows = tuple((text, total, count2(total)) for text, total in counted if total is not None)
    if len(rows) < 2 or sum(total for _, total, _ in rows) < _WORTH_DRAWING:  # noqa: PLR2004 - one bar compares nothing
        return None
    whole = facts.member_total
    remark = NO_TEXT
    if whole is not None and whole >= max(total for _, total, _ in rows):
        remark = Text.of(f"Nền xám: {wording.units(whole)} thành viên của {wording.noun(facts)}.")
    return Chart(Text.of(f"{numbers.chart()}. {what}"), rows, whole, remark)


def _levels_table(facts: YearSummary, numbers: Numbering) -> Table | None:
    """Return awards by nature and level, by decisions beside what was stated; None while no decision gave any."""
    if not facts.grants:
        return None
    given, stated = wording.given_levels(facts.grants), wording.levels(facts.awards_at("granted"))
    rows: list[Row] = []
    kinds = wording.in_order((*given, *stated))
    for at, nature in enumerate(dict.fromkeys(nature for nature, _ in kinds), start=1):
        rows.append(group_row(at, str(AwardNature(nature).label), 5))
        for number, kind in enumerate((kind for kind in kinds if kind[0] == nature), start=1):
            counts = (*given.get(kind, (0, 0)), stated.get(kind, 0) if stated else None)
            cells = [cell(wording.counted(count), "c") for count in counts]
            rows.append(numbered_row(number, str(AwardLevel(kind[1]).label), *cells))
    heads = [("STT", 8), ("Cấp khen", 44), ("Tập thể", 14), ("Cá nhân", 14), ("Khối báo cáo (tập thể)", 20)]
    return make_table(
        f"{numbers.table()}. Khen thưởng theo quyết định đã ban hành và theo số liệu báo cáo {wording.year(facts)}",
        heads,
        rows,
        spans=(("Theo quyết định", 2, 2),),
    )


def _comparison_table(facts: YearSummary, numbers: Numbering) -> Table | None:
    """Return this year beside the year before: members, steps in time, collectives by nature and level of award."""
    before = facts.previous
    if before is None:
        return None
    then = wording.collectives(before.awards, before.grants)
    now = wording.collectives(facts.awards_at("granted"), facts.grants)
    pairs = [
        ("Số đơn vị thành viên", before.member_total, facts.member_total),
        ("Bước công tác đúng hạn", wording.in_time(before.milestones), wording.in_time(facts.milestones)),
    ]
    for kind in wording.in_order((*then, *now)):
        # A year that knows of awards received none of a kind it does not name.
        old, new = (counts.get(kind, 0) if counts else None for counts in (then, now))
        pairs.append((wording.received(*kind), old, new))
    if before.grants and facts.grants:
        old, new = (sum(row.persons for row in grants) for grants in (before.grants, facts.grants))
        pairs.append(("Lượt cá nhân được khen thưởng", old, new))
    rows = [numbered_row(at, what, *_compared(old, new)) for at, (what, old, new) in enumerate(pairs, start=1)]
    heads = [
        ("STT", 8), ("Nội dung", 46), (f"Năm {before.year_label}", 15), (f"Năm {facts.year_label}", 15),
        ("Tăng, giảm", 16),
    ]  # fmt: skip
    return make_table(f"{numbers.table()}. So sánh với {wording.year_before(facts, before.year_label)}", heads, rows)


def _compared(old: int | None, new: int | None) -> tuple[Cell, Cell, Cell]:
    """Return two counts and what changed; what is not known in one year is compared with nothing."""
    first, second = (cell(wording.BLANK if count is None else count2(count), "c") for count in (old, new))
    return first, second, cell(wording.change(old, new), "c")


# --- Annexes ----------------------------------------------------------------------------------------------------------


def _members_annex(facts: YearSummary, numbers: Numbering) -> Annex:
    name, the, shared = numbers.annex(), wording.noun(facts), wording.also_in(facts)
    notes = {member.agency.key: wording.member_note(member, shared) for member in facts.members}
    has_notes = any(notes.values())
    heads = [("STT", 8), ("Đơn vị", 46), (f"Năm {facts.year_label}", 23), (f"Năm {facts.next_year_label}", 23)]
    if has_notes:
        heads = [*zip((head for head, _ in heads), (8, 30, 22, 22), strict=True), ("Ghi chú", 18)]
    rows: list[Row] = []
    for at, (group, members) in enumerate(wording.member_groups(facts), start=1):
        if group or rows:
            label = upper_first(wording.group_name(group)) if group else "Đơn vị chưa xếp nhóm"
            rows.append(group_row(at, f"{label} ({wording.units(len(members))})", len(heads)))
        for number, member in enumerate(members, start=1):
            note = [cell(notes[member.agency.key])] if has_notes else []
            rows.append(numbered_row(number, member.agency.name, *_roles(facts, member), *note))
    total = wording.units(len(facts.staying_members))
    last = Cell(Text.short(total), "c", columns=len(heads) - 2)
    rows.append(Row((cell(""), cell("Tổng cộng", is_head=True), last), "total"))
    legends = [f"(*) cũng thuộc {shared}"] if shared else []
    if facts.next_leadership:
        legends.append(f"chức danh {wording.next_year(facts)} theo kết quả Hội nghị")
    table = make_table(
        f"{numbers.table()}. Đơn vị thành viên của {the} {wording.year(facts)}",
        heads,
        rows,
        size="airy",
        legend="; ".join(legends),
        spans=((f"Chức danh trong {the}", 2, 2),),
    )
    return Annex(name, f"Danh sách đơn vị thành viên và chức danh trong {the}", table)


def _roles(facts: YearSummary, member: MemberFact) -> tuple[Cell, Cell]:
    roles = wording.role_in(facts, member.agency), wording.next_role_in(facts, member.agency)
    now, then = (cell(role, "c strong" if role.startswith(("Trưởng", "Phó")) else "c") for role in roles)
    return now, then


def _wide_annex(facts: YearSummary, numbers: Numbering) -> Annex:
    """Return one line per member with what it received, where it stands and what is proposed for it."""
    name, year = numbers.annex(), wording.year(facts)
    granted, proposed = (wording.kinds(facts.awards_at(stage)) for stage in ("granted", "proposed"))
    if len(granted) + len(proposed) > _MOST_KINDS:
        granted, proposed = _merged(granted, "Danh hiệu, hình thức"), _merged(proposed, "Danh hiệu, hình thức")
    places = {row.agency.key: str(row.place) for row in facts.places}
    rows: list[Row] = []
    groups = wording.member_groups(facts)
    for at, (group, members) in enumerate(groups, start=1):
        if group or rows:
            label = upper_first(wording.group_name(group)) if group else "Đơn vị chưa xếp nhóm"
            rows.append(group_row(at, label, 3 + len(granted) + len(proposed)))
        for number, member in enumerate(members, start=1):
            place = places.get(member.agency.key, wording.BLANK if member.is_ranked else "Không xếp hạng")
            cells = (
                *(_award_cell(member, awards) for _, awards in granted),
                cell(place, "c"),
                *(_award_cell(member, awards) for _, awards in proposed),
            )
            rows.append(numbered_row(number, member.agency.name, *cells))
    counts = [*(_count(awards) for _, awards in granted), "", *(_count(awards) for _, awards in proposed)]
    rows.append(
        Row(
            (cell(""), cell(f"Toàn {wording.noun(facts)}", is_head=True), *(cell(text, "c") for text in counts)),
            "total",
        )
    )
    kinds = len(granted) + len(proposed)
    share = min(64 // max(kinds, 1), 30 if kinds <= 2 else 12)  # noqa: PLR2004 - two columns hold words
    heads = [
        ("STT", 5),
        ("Đơn vị", 87 - share * kinds),
        *((text, share) for text, _ in granted),
        ("Xếp hạng", 8),
        *((text, share) for text, _ in proposed),
    ]
    spans = []
    if granted:
        spans.append((f"Được khen thưởng {year}", 2, len(granted)))
    if proposed:
        spans.append((f"Đề nghị khen thưởng {year}", 3 + len(granted), len(proposed)))
    table = make_table(
        f"{numbers.table()}. Kết quả khen thưởng, xếp hạng và đề nghị khen thưởng theo đơn vị",
        heads,
        rows,
        size="small",
        spans=tuple(spans),
    )
    return Annex(name, f"Tổng hợp kết quả khen thưởng và xếp hạng {year}", table)


def _merged(kinds: list[tuple[str, list[AwardFact]]], head: str) -> list[tuple[str, list[AwardFact]]]:
    """Return all kinds as one column: too many stand for columns of their own."""
    return [(head, [award for _, awards in kinds for award in awards])] if kinds else []


def _award_cell(member: MemberFact, awards: Sequence[AwardFact]) -> Cell:
    mine = list(dict.fromkeys(award.text for award in awards if award.agency and award.agency.key == member.agency.key))
    if not mine:
        return cell(_nobody(awards), "c")
    is_one_kind = len({award.text for award in awards}) == 1
    return cell("x", "c") if is_one_kind else cell("; ".join(mine))
