"""The sentences of the year-end report, from facts; pure.

What is not known is named as not known (`MISSING`); what only the bloc can write is asked for in square brackets.
Counts under ten carry a zero (Decree 30/2020); a share keeps the form the source gave it ("9/9").
"""

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from decimal import Decimal

from awards.enums import AwardLevel, AwardNature
from blocs.enums import Launcher, MilestoneKind
from emulation.core.vietnamese import count2, date_long, fold, number, upper_first
from emulation.reports.domain.facts import NextTermFact, OfBlocYear, OfYear, SignerFact
from emulation.reports.domain.summary import (
    AgencyFact,
    AwardFact,
    FigureFact,
    GrantFact,
    HeaderFact,
    MemberFact,
    MilestoneFact,
    MovementFact,
    PlaceFact,
    TargetFact,
    TermFact,
    YearSummary,
)

MISSING = "(chưa có số liệu)"
BLANK = "…"  # not known, in a narrow cell
NONE = "-"  # none occurs
NOT_SPLIT = "(chưa tách theo từng đơn vị)"
UNNAMED = "(chưa nêu tên)"
STEPS = (
    MilestoneKind.PLAN,
    MilestoneKind.COVENANT,
    MilestoneKind.REGISTRATION,
    MilestoneKind.HALF_YEAR,
    MilestoneKind.SELF_SCORE,
    MilestoneKind.YEAR_REVIEW,
)
_ORDINALS = ("nhất", "nhì", "ba", "tư", "năm", "sáu", "bảy", "tám", "chín", "mười")
_NAMING_VERBS = ("bầu", "suy tôn", "đề xuất", "đề nghị", "giới thiệu", "cử", "nhất trí cử", "thống nhất cử")
_NATURES = (AwardNature.TITLE, AwardNature.COMMENDATION, AwardNature.MIXED)

# --- Small words ------------------------------------------------------------------------------------------------------


def noun(summary: OfBlocYear) -> str:
    """Return what the paper calls the bloc after its first mention: "Khối" or "Cụm"."""
    return "Cụm" if summary.bloc_kind == "cum" else "Khối"


def year(summary: OfYear) -> str:
    """Return "năm 2021", or "năm học 2025-2026"."""
    return f"{_year_word(summary)} {summary.year_label}"


def next_year(summary: OfBlocYear) -> str:
    """Return the year after, in the same words."""
    return f"{_year_word(summary)} {summary.next_year_label}"


def units(count: int | None, unit: str = "đơn vị") -> str:
    """Return "03 đơn vị", or that the number is not known."""
    return f"{count2(count)} {unit}" if count is not None else f"số {unit} {MISSING}"


def listing(names: Iterable[str]) -> str:
    """Return "A, B và C"; with semicolons when a name itself holds a comma or "và", so that each stays one."""
    items = list(names)
    if len(items) < 2:  # noqa: PLR2004 - one item needs no joining
        return "".join(items)
    if any(re.search(r"[,;]| và ", item) for item in items):
        return "; ".join(items)
    return f"{', '.join(items[:-1])} và {items[-1]}"


def ordinal(place: int) -> str:
    """Return "thứ nhất", "thứ nhì", … "thứ mười", then "thứ 11"."""
    return f"thứ {_ORDINALS[place - 1] if 1 <= place <= len(_ORDINALS) else place}"


def group_name(name: str) -> str:
    """Return a subgroup's name as part of a sentence: "nhóm có đánh giá công vụ"."""
    if fold(name).split()[:1] != ["nhom"]:
        return f"nhóm {name}"
    return name[:1].lower() + name[1:]


def _year_word(summary: OfYear) -> str:
    return "năm học" if summary.year_kind == "school" else "năm"


def _sentence(text: str) -> str:
    return f"{upper_first(text)}."


def _items(items: Sequence[str]) -> tuple[str, ...]:
    """Return the points of a list: each ends in a semicolon, the last in a full stop."""
    return tuple(f"{item}{';' if at < len(items) else '.'}" for at, item in enumerate(items, start=1))


def _todo(who: str, what: str) -> str:
    """Return a request for what only people can write."""
    return f"[{who} bổ sung: {what}]"


def _by_leader(summary: OfBlocYear, what: str) -> str:
    return _todo(f"Trưởng {noun(summary)}", what)


# --- First page and signature -----------------------------------------------------------------------------------------


def document_title(summary: YearSummary) -> str:
    """Return the title of the file, and of the window that shows it."""
    return f"Báo cáo tổng kết công tác thi đua, khen thưởng {year(summary)} của {summary.bloc_name}"


def subject(summary: YearSummary) -> tuple[str, str]:
    """Return the trích yếu, broken where its sense breaks."""
    return (
        f"Tổng kết công tác thi đua, khen thưởng {year(summary)}",
        f"và phương hướng, nhiệm vụ {next_year(summary)} của {summary.bloc_name}",
    )


def dated(summary: YearSummary, blank: str) -> str:
    """Return "ngày 05 tháng 01 năm 2026"; before issue `blank` stands for the day and the month.

    The year is that of the closing meeting when its day is known: a report may be issued in the year after its own.
    """
    if summary.header.dated_on:
        return date_long(summary.header.dated_on)
    held = summary.milestone(MilestoneKind.YEAR_REVIEW).done_on
    return f"ngày{blank}tháng{blank}năm{f' {held.year}' if held else blank}"


def superior(header: HeaderFact) -> str:
    """Return the line above the issuer; in brackets when the source does not name the locality."""
    return header.superior or "[Cơ quan chủ quản]"


def place(header: HeaderFact) -> str:
    """Return the place the paper is dated from; in brackets when the source does not name the locality."""
    return header.place or "[Địa danh]"


def opening(summary: YearSummary) -> tuple[str, ...]:
    """Return the paragraphs before section I: the closing meeting, what follows, and how far the facts reach."""
    held = summary.milestone(MilestoneKind.YEAR_REVIEW)
    meeting = ""
    if held.done_on:
        meeting = (
            f"{upper_first(date_long(held.done_on))}, {summary.bloc_name} tổ chức Hội nghị tổng kết phong trào thi đua "
            f"{year(summary)}. "
        )
    follows = (
        f"{meeting}{summary.bloc_name} (sau đây gọi là {noun(summary)}) báo cáo kết quả công tác thi đua, khen thưởng "
        f"{year(summary)} và phương hướng, nhiệm vụ {next_year(summary)} như sau:"
    )
    return (*reach(summary), follows)


def reach(summary: YearSummary) -> tuple[str, ...]:
    """Return the sentence that says the facts end at mid-year, when nothing is known of the closing meeting."""
    half = summary.milestone(MilestoneKind.HALF_YEAR)
    if summary.milestone(MilestoneKind.YEAR_REVIEW).says_anything or not (half.done_on or half.is_done):
        return ()
    when = f" ({date_long(half.done_on)})" if half.done_on else ""
    known = f"Số liệu hiện có đến Hội nghị sơ kết 6 tháng đầu năm{when}"
    return (f"{known}; kết quả 6 tháng cuối năm và Hội nghị tổng kết: {MISSING}.",)


def closing(summary: YearSummary) -> str:
    """Return the last paragraph; a text ends with "./."."""
    return (
        f"Trên đây là Báo cáo tổng kết công tác thi đua, khen thưởng {year(summary)} và phương hướng, nhiệm vụ "
        f"{next_year(summary)} của {summary.bloc_name}./."
    )


def recipients(summary: YearSummary) -> tuple[str, ...]:
    """Return the points of "Nơi nhận"."""
    return ("Như trên;", f"Các đơn vị thành viên {noun(summary)};", "Lưu: VT.")


def signature(summary: OfBlocYear, signer: SignerFact) -> tuple[str, ...]:
    """Return the lines above the signature: for whom, as what, and the signer's own title when it is known."""
    return (f"TM. {noun(summary)} thi đua", f"Trưởng {noun(summary)}", *signer.titles)


def signer_name(signer: SignerFact) -> str:
    """Return the name under the signature, or that it is to come."""
    return signer.name or "[Họ và tên]"


def source(summary: YearSummary) -> tuple[str, ...]:
    """Return where the facts come from, when that is written down."""
    return (f"Nguồn số liệu: {summary.source.rstrip('. ')}.",) if summary.source else ()


# --- I. The bloc ------------------------------------------------------------------------------------------------------


def composition(summary: YearSummary, annex: str) -> str:
    """Return who makes up the bloc; `annex` names the annex that lists the members ("Phụ lục I")."""
    total, listed = summary.member_total, len(summary.staying_members)
    the = noun(summary)
    if total is None:
        return f"Số đơn vị thành viên và danh sách đơn vị của {the}: {MISSING}."
    if not listed:
        return f"{the} gồm {units(total)} thành viên; danh sách đơn vị: {MISSING}."
    if listed < total:
        return f"{the} gồm {units(total)} thành viên; số liệu hiện có nêu tên {units(listed)} (danh sách tại {annex})."
    if listed > total:
        return (
            f"Số liệu ghi {the} có {units(total)} thành viên, danh sách có {units(listed)} ({annex}). "
            f"[Trưởng {the} rà soát, thống nhất số đơn vị thành viên]"
        )
    groups = _groups(summary.staying_members)
    if not groups:
        return f"{the} gồm {units(total)} thành viên (danh sách tại {annex})."
    parts = [f"{group_name(name)} ({units(len(inside))})" for name, inside in groups if name]
    rest = next((len(inside) for name, inside in groups if not name), 0)
    if rest:
        parts.append(f"{units(rest)} chưa xếp nhóm")
    named = sum(1 for name, _ in groups if name)
    return (
        f"{the} gồm {units(total)} thành viên, chia thành {units(named, 'nhóm')}: {listing(parts)}; "
        f"danh sách tại {annex}."
    )


def particulars(summary: YearSummary, annex: str) -> tuple[str, ...]:
    """Return what is special about members: those not ranked, those of other blocs, those who came or left."""
    staying = summary.staying_members
    unranked = [member.agency.name for member in staying if not member.is_ranked]
    elsewhere = sum(1 for member in staying if member.also_in)
    joined = [f"{m.agency.name} (từ {date_long(m.joined_on)})" for m in summary.members if m.joined_on]
    left = [f"{m.agency.name} (đến {date_long(m.left_on)})" for m in summary.members if m.left_on]
    sentences = []
    if unranked:
        sentences.append(f"{units(len(unranked))} không xếp hạng: {listing(unranked)}")
    if elsewhere:
        sentences.append(f"{units(elsewhere)} đồng thời tham gia cụm, khối thi đua khác ({annex})")
    if joined:
        sentences.append(f"{units(len(joined))} tham gia {noun(summary)} trong năm: {listing(joined)}")
    if left:
        sentences.append(f"{units(len(left))} rời {noun(summary)} trong năm: {listing(left)}")
    return tuple(_sentence(sentence) for sentence in sentences)


def leadership(summary: YearSummary) -> str:
    """Return who led and deputised in the year, and who did so for part of it."""
    the, when = noun(summary), upper_first(year(summary))
    leader, deputies = summary.leader, summary.deputies
    if not leader and not deputies:
        text = f"Trưởng {the}, Phó Trưởng {the} {year(summary)}: {MISSING}."
    else:
        head = f"{_term(leader)} là Trưởng {the}" if leader else f"Trưởng {the}: {MISSING}"
        if deputies:
            tail = f"{listing(_term(term) for term in deputies)} là Phó Trưởng {the}"
        else:
            tail = f"Phó Trưởng {the}: {MISSING}"
        text = f"{when}, {head}; {tail}."
    for term in summary.leadership:
        if term.ends_on:
            role = "Trưởng" if term.role == "leader" else "Phó Trưởng"
            text += f" {term.agency.name} là {role} {the} đến {date_long(term.ends_on)}."
    return text


def monitors(summary: YearSummary) -> tuple[str, ...]:
    """Return who follows the bloc for the council, and which specialist is in charge when one is named."""
    council = [_monitor(who.title, who.name) for who in summary.monitors if who.role == "council"]
    others = [_monitor(who.title, who.name) for who in summary.monitors if who.role != "council"]
    the = noun(summary)
    first = (
        f"Theo dõi hoạt động của {the}: {listing(council)}."
        if council
        else f"Thành viên Hội đồng Thi đua - Khen thưởng tỉnh theo dõi {the}: {MISSING}."
    )
    return (first, *([f"Phụ trách {the}: {listing(others)}."] if others else []))


def _term(term: TermFact) -> str:
    paper = f" theo văn bản số {term.recognised_paper}" if term.recognised_paper else ""
    if not term.recognised_on:
        return term.agency.name + (f" (được công nhận{paper})" if paper else "")
    return f"{term.agency.name} (được công nhận {date_long(term.recognised_on)}{paper})"


def _monitor(title: str, name: str | None) -> str:
    words = title[:1].lower() + title[1:] if title[1:2].islower() else title
    return f"{words}: {name}" if name else f"{words} {UNNAMED}"


def _groups(members: Sequence[MemberFact]) -> list[tuple[str, list[MemberFact]]]:
    """Return the members by subgroup in their order; an empty list when no member has one."""
    if not any(member.group for member in members):
        return []
    names = list(dict.fromkeys(member.group for member in members))
    return [(name, [member for member in members if member.group == name]) for name in names]


def member_groups(summary: YearSummary) -> tuple[tuple[str, tuple[MemberFact, ...]], ...]:
    """Return all members, also those who left, by subgroup; one group without a name when there are none."""
    groups = _groups(summary.members) or [("", list(summary.members))]
    return tuple((name, tuple(inside)) for name, inside in groups if inside)


def duties(summary: OfBlocYear) -> str:
    """Ask for the members' functions."""
    return _by_leader(summary, "01 - 02 câu về chức năng, nhiệm vụ chung của các đơn vị thành viên")


def conditions(summary: OfBlocYear) -> str:
    """Ask for what helped and what hindered."""
    return _by_leader(
        summary,
        "02 - 03 câu về thuận lợi, khó khăn có ảnh hưởng trực tiếp đến việc tổ chức phong trào thi đua trong năm",
    )


# --- II. Results ------------------------------------------------------------------------------------------------------


def theme(summary: YearSummary) -> str:
    """Return the theme of the year in quotes."""
    return f"Chủ đề thi đua {year(summary)}: {f'“{summary.theme}”' if summary.theme else MISSING}."


def guidance(summary: OfBlocYear) -> str:
    """Ask for how the work was directed."""
    return _by_leader(
        summary, "số, ngày các văn bản chỉ đạo, kế hoạch của Khối; cách tổ chức, kiểm tra, đôn đốc"
    ).replace("của Khối", f"của {noun(summary)}")


def steps(summary: YearSummary) -> tuple[MilestoneFact, ...]:
    """Return the steps of the year in the order of the work, or none at all when nothing is known of any."""
    named = [MilestoneKind(kind) for kind in dict.fromkeys((*STEPS, *(step.kind for step in summary.milestones)))]
    facts = [summary.milestone(kind) for kind in sorted(named, key=list(MilestoneKind).index)]
    return tuple(facts) if any(fact.says_anything for fact in facts) else ()


def step_name(summary: YearSummary, step: MilestoneFact) -> str:
    """Return what a step is called."""
    return str(MilestoneKind(step.kind).label).replace("Khối", noun(summary))


def step_done(step: MilestoneFact) -> str:
    """Return when a step was done, that it was on a day nobody wrote down, or that it was not."""
    if step.done_on:
        return step.done_on.strftime("%d/%m/%Y")
    if step.is_done is None:
        return BLANK
    return "Đã thực hiện" if step.is_done else "Chưa thực hiện"


def step_note(step: MilestoneFact) -> str:
    """Return the lateness in days, and the note; that nothing is known; or the missing day."""
    notes = []
    if step.days_late is not None:
        late = step.days_late
        notes.append("Đúng hạn" if late == 0 else f"{'Chậm' if late > 0 else 'Sớm'} {count2(abs(late))} ngày")
    if step.is_done and not step.done_on:
        notes.append(f"Ngày thực hiện: {MISSING}")
    if step.note:
        notes.append(step.note)
    return "; ".join(notes) if notes else (MISSING if not step.says_anything else "")


def progress(summary: YearSummary, table: str) -> str:
    """Return the sentence about the steps; `table` names the table that lists them, empty when there is none."""
    if not table:
        return f"Tiến độ thực hiện các bước công tác trong năm: {MISSING}."
    late = [step_name(summary, step) for step in summary.milestones if (step.days_late or 0) > 0]
    text = f"Tiến độ thực hiện các bước công tác trong năm thể hiện tại {table}"
    return f"{text}; {units(len(late), 'bước')} chậm so với thời hạn." if late else f"{text}."


def covenant(summary: YearSummary, table: str) -> str:
    """Return the sentence about the covenant's targets; `table` names the table that lists them, empty without one."""
    if not table:
        return f"Các chỉ tiêu trong giao ước thi đua {year(summary)}: {MISSING}."
    return f"Giao ước thi đua {year(summary)} có {units(len(summary.targets), 'chỉ tiêu')} ({table})."


def target_name(target: TargetFact) -> str:
    """Return the indicator, saying so when less is better."""
    return target.indicator + (" (càng thấp càng tốt)" if target.direction == "lower" else "")


def target_planned(target: TargetFact) -> str:
    """Return the planned figure, or its words."""
    return target.planned_text or _figure(target.planned)


def target_achieved(target: TargetFact) -> str:
    """Return the achieved figure."""
    return _figure(target.achieved)


def _figure(value: Decimal | None) -> str:
    return number(value) if value is not None else BLANK


def figures(summary: YearSummary) -> tuple[str, tuple[str, ...]]:
    """Return the figures of the whole bloc: one sentence, or a lead-in and points."""
    whole = f"toàn {noun(summary)}"
    if not summary.figures:
        return f"Số liệu chung của {whole} về mức độ hoàn thành nhiệm vụ: {MISSING}.", ()
    texts = [figure(fact) for fact in summary.figures]
    if len(texts) == 1:
        joint = f"{upper_first(whole)} có {texts[0]}" if texts[0][:1].isdigit() else texts[0]
        return f"{joint.rstrip('.')}.", ()
    return f"Số liệu chung của {whole}:", _items(texts)


def figure(fact: FigureFact) -> str:
    """Return "9/9 cơ quan, đơn vị …" for a label in running text, "Label: 9/9" for one that starts with a capital."""
    if fact.part is None:
        value = f"{MISSING}/{fact.whole}" if fact.whole is not None else MISSING
    else:
        value = f"{fact.part}/{fact.whole}" if fact.whole is not None else count2(fact.part)
    runs_on = fact.part is not None and fact.label[:1].islower()
    text = f"{value} {fact.label}" if runs_on else f"{upper_first(fact.label)}: {value}"
    return f"{text} ({fact.note})" if fact.note else text


def member_results() -> str:
    """Ask a member for its own results."""
    return _todo(
        "Đơn vị",
        "02 - 03 kết quả nổi bật về thực hiện nhiệm vụ chính trị, có số liệu so với kế hoạch và so với năm trước; "
        "kết quả xếp loại cuối năm",
    )


def members_results() -> str:
    """Ask for the members' results when the members are not listed."""
    return _todo(
        "Các đơn vị thành viên",
        "mỗi đơn vị 02 - 03 kết quả nổi bật về thực hiện nhiệm vụ chính trị, có số liệu so với kế hoạch và so với năm "
        "trước; kết quả xếp loại cuối năm",
    )


def movements(summary: YearSummary) -> tuple[str, tuple[str, ...]]:
    """Return the movements of the year: a lead-in and points, or that none is known."""
    if not summary.movements:
        return f"Các phong trào thi đua phát động, hưởng ứng trong năm: {MISSING}.", ()
    by, points = _launched(summary.movements)
    return f"{noun(summary)} hưởng ứng {units(len(points), 'phong trào')} thi đua{by}:", points


def movements_todo(summary: OfBlocYear) -> str:
    """Ask for how the movements went."""
    return _by_leader(
        summary, "cách làm, kết quả của từng phong trào bằng số liệu; không liệt kê lại nhiệm vụ chuyên môn"
    )


def _launched(movements: Sequence[MovementFact]) -> tuple[str, tuple[str, ...]]:
    """Return who launched them all, for the lead-in, and the points; each names its own launcher when they differ."""
    if len({movement.launched_by for movement in movements}) == 1:
        return _by(movements[0], " do {} phát động"), _items([f"“{movement.title}”" for movement in movements])
    return "", _items([f"“{movement.title}”{_by(movement, ' ({} phát động)')}" for movement in movements])


def _by(movement: MovementFact, words: str) -> str:
    launcher = Launcher(movement.launched_by)
    return "" if launcher == Launcher.UNSTATED else words.format(launcher.label)


def kinds(awards: Sequence[AwardFact]) -> list[tuple[str, list[AwardFact]]]:
    """Return awards by their text: titles, then commendations, then what a source does not split; in stated order."""
    ordered = sorted(awards, key=lambda award: _NATURES.index(AwardNature(award.nature)))
    texts = list(dict.fromkeys(award.text for award in ordered))
    return [(text, [award for award in ordered if award.text == text]) for text in texts]


def total(awards: Iterable[AwardFact]) -> int | None:
    """Return how many collectives the awards speak of, None when one of them does not say."""
    counts = [award.count for award in awards]
    return None if None in counts else sum(count for count in counts if count is not None)


def nature(award: AwardFact) -> str:
    """Return "Danh hiệu thi đua", "Hình thức khen thưởng", or that both are in one."""
    return str(AwardNature(award.nature).label)


def level(award: AwardFact) -> str:
    """Return who confers."""
    return BLANK if award.level == AwardLevel.UNSTATED else str(AwardLevel(award.level).label)


def granted(summary: YearSummary, references: str) -> str:
    """Return which collectives were commended, by decisions where there are any, else as stated.

    `references` names tables and chart, empty without them.
    """
    lead = f"a) Đối với tập thể: {year(summary)}, toàn {noun(summary)}"
    given = [f"{units(row.collectives, 'tập thể')} được tặng {row.text}" for row in summary.grants if row.collectives]
    if given:
        where = f" ({references})" if references else ""
        return f"{lead} có {_series(given)}, theo các quyết định đã ban hành{where}."
    awards = summary.awards_at("granted")
    if not awards:
        return f"a) Đối với tập thể: {MISSING}."
    parts = [f"{units(total(rows), 'tập thể')} được tặng {text}" for text, rows in kinds(awards)]
    text = f"{lead} có {_series(parts)}{f' ({references})' if references else ''}."
    if len(parts) > 1:
        text += " Một tập thể có thể nhận nhiều danh hiệu, hình thức nên các số không cộng thành số đơn vị."
    return text


def persons(summary: YearSummary) -> tuple[str, ...]:
    """Return how many awards persons received by decisions; their share without a leading post nobody knows yet."""
    given = [f"{units(row.persons, 'lượt cá nhân')} được tặng {row.text}" for row in summary.grants if row.persons]
    said = f"{_series(given)}, theo các quyết định đã ban hành" if given else MISSING
    return (
        f"b) Đối với cá nhân: {said}.",
        f"c) Tỷ lệ khen thưởng người lao động trực tiếp, không giữ chức vụ lãnh đạo, quản lý: {MISSING}.",
    )


Level = tuple[str, str]  # nature and level, as in `awards.enums`


def in_order(kinds: Iterable[Level]) -> list[Level]:
    """Return natures and levels once each: titles first, within a nature the highest level first."""
    natures, ranks = list(AwardNature), list(AwardLevel)
    return sorted(set(kinds), key=lambda kind: (natures.index(AwardNature(kind[0])), ranks.index(AwardLevel(kind[1]))))


def levels(awards: Iterable[AwardFact]) -> dict[Level, int | None]:
    """Return how many collectives received awards of each nature and level, as stated."""
    found: dict[Level, list[AwardFact]] = {}
    for award in awards:
        found.setdefault((award.nature, award.level), []).append(award)
    return {kind: total(rows) for kind, rows in found.items()}


def given_levels(grants: Iterable[GrantFact]) -> dict[Level, tuple[int, int]]:
    """Return how many collectives and persons received awards of each nature and level, by decisions."""
    found: dict[Level, tuple[int, int]] = {}
    for row in grants:
        collectives, persons = found.get((row.nature, row.level), (0, 0))
        found[row.nature, row.level] = collectives + row.collectives, persons + row.persons
    return found


def collectives(awards: Iterable[AwardFact], grants: Sequence[GrantFact]) -> dict[Level, int | None]:
    """Return how many collectives received awards of each nature and level: by decisions, else as stated."""
    if grants:
        return {kind: count for kind, (count, _) in given_levels(grants).items() if count}
    return levels(awards)


def received(nature: str, level: str) -> str:
    """Return the line of the comparison about one nature and level."""
    by = "không nêu cấp" if level == AwardLevel.UNSTATED else f"cấp khen: {AwardLevel(level).label}"
    return f"Tập thể được tặng {str(AwardNature(nature).label).lower()} ({by})"


def comparison(summary: YearSummary, table: str) -> tuple[str, ...]:
    """Return the sentence that leads to the table of both years; nothing where the year before is not known."""
    if summary.previous is None:
        return ()
    return (f"So sánh với {year_before(summary, summary.previous.year_label)} thể hiện tại {table}.",)


def in_time(steps: Sequence[MilestoneFact]) -> int | None:
    """Return how many finished steps with a due date were in time, None when there are none to judge."""
    late = [step.days_late for step in steps if step.days_late is not None]
    return sum(days <= 0 for days in late) if late else None


def counted(count: int | None) -> str:
    """Return a count in a narrow cell: "03", none, or unknown."""
    if count is None:
        return BLANK
    return count2(count) if count else NONE


def year_before(summary: OfBlocYear, label: str) -> str:
    """Return the year before in the words of this one: "năm 2025"."""
    return f"{_year_word(summary)} {label}"


def change(old: int | None, new: int | None) -> str:
    """Return "tăng 02", "giảm 01", "không đổi"; unknown when one of the counts is."""
    if old is None or new is None:
        return BLANK
    if old == new:
        return "không đổi"
    return f"{'tăng' if new > old else 'giảm'} {count2(abs(new - old))}"


def _series(parts: Sequence[str]) -> str:
    return f"{', '.join(parts[:-1])} và {parts[-1]}" if len(parts) > 1 else "".join(parts)


def examples() -> str:
    """Ask for outstanding examples."""
    return _todo("Các đơn vị", "tên tập thể, cá nhân điển hình và việc làm cụ thể; mỗi đơn vị không quá 03 dòng")


def activities(summary: YearSummary) -> str:
    """Return the meetings of the bloc."""
    sentences = []
    for kind, label in ((MilestoneKind.HALF_YEAR, "sơ kết 6 tháng đầu năm"), (MilestoneKind.YEAR_REVIEW, "tổng kết")):
        step = summary.milestone(kind)
        if step.done_on:
            sentences.append(f"Hội nghị {label} tổ chức {date_long(step.done_on)}.")
        elif step.is_done:
            sentences.append(f"Hội nghị {label} đã tổ chức; ngày: {MISSING}.")
        elif step.note or kind == MilestoneKind.YEAR_REVIEW:
            sentences.append(f"Hội nghị {label}: {step.note or MISSING}.")
    return " ".join(sentences)


def activities_todo(summary: OfBlocYear) -> str:
    """Ask for what else the bloc did together."""
    return _by_leader(summary, f"các hoạt động chung khác của {noun(summary)} trong năm")


# --- III, IV ----------------------------------------------------------------------------------------------------------


def limits(summary: OfBlocYear) -> str:
    """Ask for shortcomings."""
    return _by_leader(
        summary,
        "hạn chế trong tổ chức phong trào, thời hạn gửi báo cáo, nhân rộng điển hình, khen thưởng người lao động "
        "trực tiếp",
    )


def causes(summary: OfBlocYear) -> str:
    """Ask for their causes."""
    return _by_leader(summary, "nguyên nhân khách quan, chủ quan")


def plans(summary: YearSummary) -> tuple[str, tuple[str, ...]]:
    """Return the movements planned for the next year: a lead-in and points."""
    if not summary.next_movements:
        return f"1. Các phong trào thi đua {next_year(summary)}: {MISSING}.", ()
    by, points = _launched(summary.next_movements)
    return f"1. Hưởng ứng {units(len(points), 'phong trào')} thi đua {next_year(summary)}{by}:", points


def plans_todo(summary: OfBlocYear) -> str:
    """Ask for the tasks of the next year."""
    return _by_leader(summary, f"04 - 06 nhóm nhiệm vụ trọng tâm của {noun(summary)} trong {next_year(summary)}")


def plans_lead(summary: OfBlocYear) -> str:
    """Return what stands before the typed tasks of the next year."""
    return f"2. Nhiệm vụ trọng tâm của {noun(summary)} trong {next_year(summary)}:"


# --- V. Standing and proposals ----------------------------------------------------------------------------------------


def standing(summary: YearSummary, table: str) -> tuple[str, tuple[str, ...]]:
    """Return the first three places, per subgroup when places were given apart: a lead-in and points.

    `table` names the table that lists all of them, empty without one.
    """
    if not summary.places:
        return f"Kết quả xếp hạng: {MISSING}.", ()
    groups = placed_groups(summary)
    if len(groups) == 1:
        rows = groups[0][1]
        points = [upper_first(f"{_shared(rows, at)}: {listing(_at(rows, at))}") for at in _first_places(rows)]
    else:
        points = [
            f"{upper_first(group_name(name))}: "
            + ", ".join(f"{agency} ({ordinal(at)})" for at in _first_places(rows) for agency in _at(rows, at))
            for name, rows in groups
        ]
    return f"Các đơn vị dẫn đầu{f' ({table})' if table else ''}:", _items(points)


def _first_places(rows: Sequence[PlaceFact]) -> list[int]:
    return sorted({row.place for row in rows})[:3]


def _at(rows: Sequence[PlaceFact], place: int) -> list[str]:
    return [row.agency.name for row in rows if row.place == place]


def _shared(rows: Sequence[PlaceFact], place: int) -> str:
    """Return "thứ ba", or "cùng thứ ba (02 đơn vị)" when it is shared."""
    names = _at(rows, place)
    return f"cùng {ordinal(place)} ({units(len(names))})" if len(names) > 1 else ordinal(place)


def placed_groups(summary: YearSummary) -> list[tuple[str, list[PlaceFact]]]:
    """Return the places by subgroup, each from the first on; one unnamed group when places run through the bloc."""
    group_of = {member.agency.key: member.group for member in summary.members}
    rows = sorted(summary.places, key=lambda row: row.place)
    names = dict.fromkeys(member.group for member in summary.members)
    groups = [(name, [row for row in rows if group_of.get(row.agency.key, "") == name]) for name in names]
    groups = [(name, inside) for name, inside in groups if inside]
    apart = len(groups) > 1 and all(inside[0].place == 1 for _, inside in groups)
    return groups if apart and sum(len(inside) for _, inside in groups) == len(rows) else [("", rows)]


def proposals(summary: YearSummary, references: str) -> tuple[str, tuple[str, ...]]:
    """Return what the meeting proposes, a point per award; `references` names table and chart, empty without them."""
    awards = summary.awards_at("proposed")
    if not awards:
        return f"Đề nghị khen thưởng: {MISSING}.", ()
    where = f" ({references})" if references else ""
    points = [_proposal(text, rows) for text, rows in kinds(awards)]
    if len(points) == 1:
        return f"Thống nhất đề nghị tặng {points[0]}{where}.", ()
    return f"Thống nhất đề nghị tặng{where}:", _items(points)


def _proposal(text: str, rows: Sequence[AwardFact]) -> str:
    named = [award.agency.name for award in rows if award.agency]
    unnamed = [award for award in rows if not award.agency]
    split = f" {NOT_SPLIT}" if rows[0].nature == AwardNature.MIXED and (total(rows) or 2) > 1 else ""
    parts = []
    if named:
        parts.append(f"{units(len(named))}{split}: {listing(named)}")
    if unnamed:
        parts.append(f"{units(total(unnamed), 'tập thể')} {UNNAMED}{'' if named else split}")
    notes = "; ".join(dict.fromkeys(award.note for award in rows if award.note))
    return f"{text} cho {' và '.join(parts)}{f' ({notes})' if notes else ''}"


def next_leadership(summary: OfBlocYear, terms: Sequence[NextTermFact]) -> str:
    """Return whom the meeting named for the next year, in the way the source says it."""
    the, when = noun(summary), next_year(summary)
    if not terms:
        return f"Trưởng {the}, Phó Trưởng {the} {when}: {MISSING}."
    stated = list(dict.fromkeys(term.stated for term in terms if term.stated))
    roles = {role: listing(term.agency.name for term in terms if term.role == role) for role in ("leader", "deputy")}
    head = f"Trưởng {the}", roles["leader"]
    tail = f"Phó Trưởng {the}", roles["deputy"]
    verb = stated[0].lower() if len(stated) == 1 and stated[0].lower() in _NAMING_VERBS else ""
    if verb:
        named = [f"{who} làm {role}" for role, who in (head, tail) if who]
        unknown = [f"; {role}: {MISSING}" for role, who in (head, tail) if not who]
        return f"Hội nghị đã {verb} {', '.join(named)} {when}{''.join(unknown)}."
    text = "; ".join(f"{role} {when}: {who or MISSING}" for role, who in (head, tail))
    return f"{text}{f' ({listing(stated)})' if stated else ''}."


def requests(summary: OfBlocYear) -> str:
    """Ask for what the bloc asks of others."""
    return (
        f"[Trưởng {noun(summary)} bổ sung kiến nghị với Hội đồng Thi đua - Khen thưởng tỉnh, UBND tỉnh; nếu không có "
        "thì ghi “không có”]"
    )


# --- Annexes ----------------------------------------------------------------------------------------------------------


def role_in(summary: YearSummary, agency: AgencyFact) -> str:
    """Return what an agency was in the year: "Trưởng Khối", "Phó Trưởng Khối" or "Thành viên"."""
    roles = [term.role for term in summary.leadership if term.agency.key == agency.key and term.ends_on is None]
    return _role(noun(summary), roles[0] if roles else "")


def next_role_in(summary: YearSummary, agency: AgencyFact) -> str:
    """Return what an agency is named to be in the next year; unknown for all when nobody is named."""
    if not summary.next_leadership:
        return BLANK
    roles = [term.role for term in summary.next_leadership if term.agency.key == agency.key]
    return _role(noun(summary), roles[0]) if roles else NONE


def _role(the: str, role: str) -> str:
    return {"leader": f"Trưởng {the}", "deputy": f"Phó Trưởng {the}"}.get(role, "Thành viên")


def also_in(summary: YearSummary) -> str:
    """Return the other blocs when all members of other blocs belong to the same: said once, under the table."""
    named = [member.also_in for member in summary.members if member.also_in]
    return named[0] if len(named) > 1 and len(set(named)) == 1 else ""


def member_note(member: MemberFact, shared: str) -> str:
    """Return what the annex says of a member beside its roles; `shared`: the other blocs that a star stands for."""
    notes = []
    if not member.is_ranked:
        notes.append("không xếp hạng")
    if not member.is_scored:
        notes.append("không chấm điểm")
    if not member.is_voting:
        notes.append("không bỏ phiếu")
    if not member.counts_for_quota:
        notes.append("không tính vào số lượng phân bổ")
    if member.also_in:
        notes.append("(*)" if shared else f"cũng thuộc {member.also_in}")
    if member.joined_on:
        notes.append(f"từ {_short(member.joined_on)}")
    if member.left_on:
        notes.append(f"đến {_short(member.left_on)}")
    if member.note:
        notes.append(member.note)
    return upper_first("; ".join(notes))


def _short(day: dt.date) -> str:
    return day.strftime("%d/%m/%Y")
