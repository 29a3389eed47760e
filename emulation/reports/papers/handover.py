"""The record of handing the leadership over as a paper (Decree 30/2020, model 1.9: no line of place and date)."""

from dataclasses import dataclass

from emulation.core.vietnamese import date_long, upper_first
from emulation.reports.domain import wording
from emulation.reports.domain.facts import SignerFact
from emulation.reports.domain.handover import HandoverSummary, ItemFact
from emulation.reports.papers.frame import DAY_BLANK, Frame, framed
from emulation.reports.papers.tables import cell, make_table, numbered_row
from emulation.reports.papers.text import NO_TEXT, Numbering, Part, Party, Table, Text

NAME_BLANK = "[Họ và tên, chức vụ]"


@dataclass(frozen=True, kw_only=True)
class Handover(Frame):
    """The paper, ready for a template; `parties`: who gives and who receives."""

    facts: Part
    sides: tuple[Part, Part]
    agreed: Text
    items_table: Table | None
    items_missing: Text
    notes: tuple[Text, ...]
    closing: Text
    parties: tuple[Party, Party]
    party_columns: int = 2


def build(summary: HandoverSummary, *, stamp: str | None = None) -> Handover:
    """Return the paper of a summary; `stamp`: the mark in the corner, "DỰ THẢO" by itself until it is handed over."""
    facts = summary.normalised()
    the = wording.noun(facts)
    table = _items_table(facts)
    return Handover(
        **framed(
            facts,
            facts.header,
            kind="Biên bản",
            title=f"Biên bản bàn giao nhiệm vụ Trưởng {the} của {facts.bloc_name}, {wording.year(facts)}",
            subject=(f"Bàn giao nhiệm vụ Trưởng {the}", f"của {facts.bloc_name}"),
            is_draft=facts.is_draft,
            dated="",
            stamp=stamp,
        ),
        recipients=tuple(Text.short(name) for name in ("Bên giao;", "Bên nhận;", "Cơ quan thường trực;", "Lưu: VT.")),
        facts=Part.of(
            f"Thời gian: {_when(facts)}",
            f"Địa điểm: {facts.place.rstrip('. ') or '[Địa điểm bàn giao]'}.",
            "Thành phần:",
        ),
        sides=(
            Part.of(
                f"1. Bên giao: {facts.giver.name}, Trưởng {the} {wording.year(facts)}.",
                f"Đại diện: {_person(facts.giver_signer)}.",
            ),
            Part.of(
                f"2. Bên nhận: {facts.receiver.name}, Trưởng {the} {_receiver_year(facts)}.",
                f"Đại diện: {_person(facts.receiver_signer)}.",
            ),
        ),
        agreed=Text.of(
            f"Hai bên thống nhất bàn giao nhiệm vụ Trưởng {the} và hồ sơ, tài liệu, tài sản của {the} như sau:"
        ),
        items_table=table,
        items_missing=NO_TEXT if table else Text.of(f"Hồ sơ, tài liệu, tài sản bàn giao: {wording.MISSING}."),
        notes=tuple(Text.of(line) for line in facts.note),
        closing=Text.of(
            "Hai bên đã kiểm tra, xác nhận đúng các nội dung trên. Biên bản được lập thành [02] bản có giá trị như "
            "nhau, mỗi bên giữ [01] bản./."
        ),
        parties=(
            Party(Text("Đại diện bên giao"), "", facts.giver_signer.titles, _name(facts.giver_signer)),
            Party(Text("Đại diện bên nhận"), "", facts.receiver_signer.titles, _name(facts.receiver_signer)),
        ),
    )


def _when(facts: HandoverSummary) -> str:
    if facts.handed_on:
        return f"{date_long(facts.handed_on)}."
    return f"ngày{DAY_BLANK}tháng{DAY_BLANK}năm{DAY_BLANK}".rstrip()


def _receiver_year(facts: HandoverSummary) -> str:
    return wording.next_year(facts) if facts.is_receiver_next else wording.year(facts)


def _person(signer: SignerFact) -> str:
    """Return who stands for a side: "Nguyễn Văn A, Giám đốc"; asked for while it is not known."""
    if not signer.name:
        return NAME_BLANK
    return ", ".join((signer.name, *signer.titles))


def _name(signer: SignerFact) -> Text:
    return Text(signer.name or "[Họ và tên]")


def _items_table(facts: HandoverSummary) -> Table | None:
    if not facts.items:
        return None
    rows = [
        numbered_row(at, item.title, cell(item.quantity or wording.BLANK, "c"), cell(_note(item)))
        for at, item in enumerate(facts.items, start=1)
    ]
    heads = [("STT", 8), ("Hồ sơ, tài liệu, tài sản", 50), ("Số lượng", 15), ("Ghi chú", 27)]
    return make_table(f"{Numbering(annexes=1).table()}. Hồ sơ, tài liệu, tài sản bàn giao", heads, rows)


def _note(item: ItemFact) -> str:
    return upper_first("; ".join(words for words in ("" if item.is_handed else "chưa giao", item.note) if words))
