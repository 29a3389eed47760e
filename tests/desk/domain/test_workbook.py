"""The verdict on every row and cell: new, changed, unchanged, parked, wrong; rows the file leaves out are kept."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest

from emulation.core.vietnamese import fold
from emulation.desk.domain import workbook
from emulation.desk.domain.cells import RawCell
from emulation.desk.domain.facts import Grid, RawRow, RowFact, SeatFact, World, print_of
from emulation.desk.domain.matching import AgencyFact
from emulation.desk.domain.sheets import BLOC, SHEETS
from emulation.desk.domain.shown import mistakes, sections
from emulation.desk.domain.verdicts import Verdict
from emulation.desk.domain.workbook import single, wanted_of

BLOC_ROW = {"year": 2026, "name": "Khối thi đua số 1", "locality": "trong tỉnh"}
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def cell(sheet, key, number, value):
    letter = LETTERS[[column.key for column in sheet.columns].index(key)]
    is_formula = isinstance(value, str) and value.startswith("=")
    return RawCell(f"{letter}{number}", value, is_formula=is_formula)


def grid(**sheets):
    rows = {}
    for sheet in SHEETS:
        said = sheets.get(sheet.key, [BLOC_ROW] if sheet is BLOC else [])
        rows[sheet.key] = tuple(
            RawRow(
                number,
                {column.key: cell(sheet, column.key, number, row.get(column.key)) for column in sheet.columns},
            )
            for number, row in enumerate(said, start=2)
        )
    return Grid(rows)


def agency(pk, name, code="", kind="department", **more):
    return AgencyFact(pk, name, frozenset({fold(name)}), code, kind=kind, **more)


FINANCE, JUSTICE = agency(1, "Sở Tài chính"), agency(2, "Sở Tư pháp", "TP01")
STANDS = {
    "year": "2026",
    "year_kind": "calendar",
    "code": "K1",
    "name": "Khối thi đua số 1",
    "number": "1",
    "kind": "khoi",
    "locality": "trong tỉnh",
    "parent": "",
    "partition": "",
    "state": "running",
    "stated_member_count": None,
    "theme": "",
    "source": "",
    "note": "",
}


def membership(row, fact, **changes):
    values = {
        "number": row,
        "code": fact.code,
        "agency": fact.name,
        "locality": "trong tỉnh",
        "agency_kind": fact.kind,
        "group": "",
        "joined_on": None,
        "left_on": None,
        "is_voting": True,
        "is_scored": True,
        "is_ranked": True,
        "counts_for_quota": True,
        "also_in": "",
        "note": "",
    }
    return RowFact(row, {**values, **changes}, fact.id)


def term(row, fact, **changes):
    values = {
        "term": "this",
        "role": "leader",
        "code": fact.code,
        "agency": fact.name,
        "locality": "trong tỉnh",
        "elected_on": None,
        "recognised_on": None,
        "paper_number": "",
        "paper_date": None,
        "paper_issuer": "",
        "ends_on": None,
        "stated": "",
    }
    return RowFact(row, {**values, **changes}, fact.id)


def world(**changes):
    rows = {"bloc": (RowFact(7, STANDS),), "members": (membership(1, FINANCE), membership(2, JUSTICE))}
    base = World(
        own=frozenset({"song lam"}),
        agencies=(FINANCE, JUSTICE),
        linked=frozenset({1, 2}),
        rows={**rows, **changes.pop("rows", {})},
        bloc_year_id=7,
        bloc_id=3,
    )
    return replace(base, **changes)


def verdicts(plan, sheet):
    return [row.verdict for row in plan.rows if row.sheet == sheet]


def only(plan, sheet):
    (row,) = [row for row in plan.rows if row.sheet == sheet]
    return row


def check(row, sheet, **stands):
    """The verdict on one row of a sheet, in a bloc with two members."""
    return only(workbook.plan(grid(**{sheet: [row]}), world(**stands)), sheet)


# --- The bloc ---------------------------------------------------------------------------------------------------------


def test_head_says_which_bloc_year_the_file_is_about():
    wanted = workbook.head(grid(bloc=[{**BLOC_ROW, "code": "K1"}]))
    assert (wanted.year, wanted.year_kind, wanted.name, wanted.code, wanted.locality) == (
        "2026",
        "calendar",
        "Khối thi đua số 1",
        "K1",
        "trong tỉnh",
    )
    assert workbook.head(grid(bloc=[{"year": 2026}])) is None
    assert workbook.head(grid(bloc=[])) is None


def test_empty_cells_that_cannot_be_empty_leave_what_stands():
    plan = workbook.plan(grid(bloc=[{**BLOC_ROW, "number": 1}]), world())
    assert plan.is_without_change
    assert not plan.may_confirm
    assert plan.kept == (("Thành viên", "Sở Tài chính"), ("Thành viên", "Sở Tư pháp"))


def test_empty_cell_clears_what_may_be_empty():
    row = check({**BLOC_ROW}, "bloc")
    assert (row.verdict, row.changes) == (Verdict.CHANGED, {"number"})
    (changed,) = [each for each in row.cells if each.verdict == Verdict.CHANGED]
    assert (changed.heading, changed.old, changed.text) == ("Số của khối", "1", "")


def test_new_bloc_takes_the_defaults():
    plan = workbook.plan(grid(), World(remark="Năm 2025 có khối cùng tên."))
    assert (plan.bloc.verdict, plan.bloc.sentence) == (Verdict.NEW, "Năm 2025 có khối cùng tên.")
    assert (plan.bloc.values["state"], plan.bloc.values["kind"]) == ("preparing", "khoi")
    assert plan.may_confirm


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        ({"year": "0000"}, "Ô A2: “0000” không phải là năm; ghi 2026 với năm công tác, 2026-2027 với năm học."),
        ({"year": "26"}, "Ô A2: “26” không phải là năm; ghi 2026 với năm công tác, 2026-2027 với năm học."),
        (
            {"year": "2026-2028", "year_kind": "Năm học"},
            "Ô A2: “2026-2028” không phải là năm; ghi 2026 với năm công tác, 2026-2027 với năm học.",
        ),
        (
            {"state": "Đã khóa"},
            "Ô J2: Trạng thái không đổi qua tệp; đổi bằng nút trên trang của khối, rồi tải tệp lại.",
        ),
        ({"parent": "Cụm 5"}, "Ô H2: Hệ thống chưa có “Cụm 5”, hoặc có nhiều hơn một; ghi đúng tên đã có."),
        (
            {"partition": "Quyết định lạ"},
            "Ô I2: Hệ thống chưa có “Quyết định lạ”, hoặc có nhiều hơn một; ghi đúng tên đã có.",
        ),
        ({"name": ""}, "Ô D2: Thiếu “Tên khối”; điền ô này."),
        ({"name": "Đ" * 301}, "Ô D2: “Tên khối” dài 301 chữ, tối đa 300 chữ; rút ngắn lại."),
    ],
)
def test_wrong_bloc_stops_the_whole_file(row, sentence):
    plan = workbook.plan(grid(bloc=[{**BLOC_ROW, **row}]), world())
    assert (plan.bloc.verdict, plan.bloc.sentence) == (Verdict.ERROR, sentence)
    assert not plan.may_confirm


def test_school_year_and_what_frames_the_bloc_are_found():
    row = {**BLOC_ROW, "year": "2026-2027", "year_kind": "nam hoc", "parent": "cụm 5", "partition": "chia khối 2026"}
    found = check(row, "bloc", parents=((11, "Cụm 5"),), partitions=((12, "Chia khối 2026"),))
    assert (found.values["parent_id"], found.values["partition_id"]) == (11, 12)
    assert found.changes >= {"parent", "partition"}


def test_bloc_that_cannot_be_told_stops_the_file():
    plan = workbook.plan(grid(), world(refusal="Năm 2026 có 2 khối tên này."))
    assert plan.bloc.sentence == "Ô D2: Năm 2026 có 2 khối tên này."


def test_second_bloc_in_a_file_is_wrong():
    plan = workbook.plan(grid(bloc=[BLOC_ROW, BLOC_ROW]), world())
    assert plan.rows[1].sentence == "Mỗi tệp là một khối trong một năm; bỏ dòng này, tải khối khác bằng tệp khác."


def test_closed_year_takes_no_change_but_says_when_there_is_none():
    same = grid(bloc=[{**BLOC_ROW, "number": 1}])
    assert workbook.plan(same, world(is_closed=True)).is_without_change
    other = grid(bloc=[{**BLOC_ROW, "number": 1}], members=[{"agency": "Sở Mới"}])
    plan = workbook.plan(other, world(is_closed=True))
    assert plan.bloc.sentence == "Năm này của khối đã khóa nên không nhận thay đổi; mở lại năm trước khi nhập."


# --- Members ----------------------------------------------------------------------------------------------------------


def test_member_is_unchanged_changed_or_new():
    rows = [
        {"number": 1, "agency": "SỞ TÀI CHÍNH"},
        {"number": 5, "agency": "Sở Tư pháp", "code": "TP01", "left_on": "31/03/2026", "is_voting": "Không"},
        {"agency": "Sở Y tế"},
    ]
    same, changed, new = (row for row in workbook.plan(grid(members=rows), world()).rows if row.sheet == "members")
    assert (same.verdict, same.row_id, same.cells[1].sentence) == (Verdict.UNCHANGED, 1, "khớp với “Sở Tài chính”")
    assert (changed.verdict, changed.changes) == (Verdict.CHANGED, {"number", "left_on", "is_voting"})
    assert {each.heading: (each.old, each.text) for each in changed.cells if each.verdict == Verdict.CHANGED} == {
        "Thứ tự": ("2", "5"),
        "Đến ngày": ("", "31/03/2026"),
        "Bỏ phiếu": ("Có", "Không"),
    }
    assert (new.verdict, new.values["number"], new.cells[0].sentence) == (Verdict.NEW, 6, "đơn vị mới")
    assert new.values["is_voting"] is True


def test_member_brings_a_code_and_a_kind_to_its_agency():
    row = check({"agency": "Sở Tài chính", "code": "TC01", "agency_kind": "Cơ quan Đảng"}, "members")
    assert (row.verdict, row.changes) == (Verdict.CHANGED, {"code", "agency_kind"})
    new = check({"agency": "Sở Tài chính", "code": "TC01"}, "members", rows={"members": ()})
    assert (new.verdict, new.changes) == (Verdict.NEW, {"code"})


def test_member_twice_in_the_file_is_wrong_the_second_time():
    plan = workbook.plan(grid(members=[{"agency": "Sở Tài chính"}, {"agency": "sở tài chính"}]), world())
    assert [row.sentence for row in plan.rows if row.sheet == "members"] == [
        "",
        "Trùng với dòng 2; bỏ một trong hai dòng.",
    ]
    plan = workbook.plan(grid(members=[{"agency": "Sở Mới"}, {"agency": "SỞ MỚI"}]), world())
    assert verdicts(plan, "members") == [Verdict.NEW, Verdict.ERROR]


def test_unit_of_an_agency_is_no_member():
    unit = agency(9, "Văn phòng Sở", parent_id=1)
    row = check({"agency": "Văn phòng Sở"}, "members", agencies=(FINANCE, JUSTICE, unit))
    assert row.sentence == "Ô C2: “Văn phòng Sở” là bộ phận của đơn vị khác, không phải đơn vị thành viên; sửa tên."


def test_agency_that_is_no_more_is_no_new_member_beyond_its_last_day():
    gone = agency(9, "Sở Cũ", ended_on=dt.date(2026, 5, 31))
    there = {"agencies": (FINANCE, JUSTICE, gone)}
    refusal = (
        "Ô C2: “Sở Cũ” đã chấm dứt hoạt động, đến hết ngày 31/05/2026; chọn đơn vị đang hoạt động, "
        "hoặc ghi ngày rời khối không muộn hơn ngày 31/05/2026."
    )
    assert check({"agency": "Sở Cũ"}, "members", **there).sentence == refusal
    assert check({"agency": "Sở Cũ", "left_on": "31/05/2026"}, "members", **there).verdict == Verdict.NEW
    alone = single("members", 2, {"agency": ("C2", "Sở Cũ")})
    assert only(workbook.plan(alone, world(**there)), "members").sentence == refusal
    stands = {"members": (membership(3, gone),)}
    assert check({"agency": "Sở Cũ"}, "members", rows=stands, **there).verdict == Verdict.UNCHANGED


def test_member_ranked_within_its_group_stays_in_it():
    stands = {"rows": {"members": (membership(1, FINANCE, group="Nhóm A"),)}, "held": frozenset({1})}
    moved = check({"agency": "Sở Tài chính", "group": "Nhóm B"}, "members", **stands)
    assert moved.sentence == (
        "Ô F2: Kết quả xếp hạng riêng từng nhóm đã công bố, “Sở Tài chính” đã có trong kết quả đó nên giữ nguyên nhóm; "
        "chọn lại nhóm cũ cho đơn vị này."
    )
    noted = check({"agency": "Sở Tài chính", "group": "Nhóm A", "note": "n"}, "members", **stands)
    assert (noted.verdict, noted.changes) == (Verdict.CHANGED, {"note"})


def test_member_that_left_before_it_came_is_wrong():
    row = check({"agency": "Sở Tài chính", "joined_on": "02/01/2026", "left_on": "01/01/2026"}, "members")
    assert row.sentence == "Ô H2: Ngày kết thúc đứng trước ngày bắt đầu 02/01/2026; sửa một trong hai."


def test_doubt_parks_the_row_with_the_candidates():
    twin = agency(9, "Sở Tài Chính")
    row = check({"agency": "Sở Tài chính"}, "members", agencies=(FINANCE, JUSTICE, twin), linked=frozenset({1, 9}))
    assert (row.verdict, row.candidates, row.waits) == (Verdict.PARKED, (1, 9), True)
    chosen = workbook.plan(
        grid(members=[{"agency": "Sở Tài chính"}]),
        world(agencies=(FINANCE, JUSTICE, twin), linked=frozenset({1, 9})),
        {row.wanted.key: 9},
    )
    assert (only(chosen, "members").verdict, only(chosen, "members").found.id) == (Verdict.NEW, 9)


def test_wrong_row_is_still_recognised_so_that_it_does_not_count_as_left_out():
    plan = workbook.plan(grid(members=[{"agency": "Sở Tài chính", "joined_on": "mai"}]), world())
    assert plan.kept == (("Thành viên", "Sở Tư pháp"),)
    assert only(plan, "members").verdict == Verdict.ERROR


def test_merged_cell_makes_its_row_wrong():
    base = grid(members=[{"agency": "Sở Tài chính"}])
    merged = RawRow(2, {"agency": RawCell("C2", "Sở Tài chính", is_merged=True)})
    plan = workbook.plan(Grid({**base.rows, "members": (merged,)}), world())
    assert only(plan, "members").sentence == "Ô C2: Dòng 2 có ô gộp (C2); bỏ gộp ô rồi điền từng dòng."


# --- Leaders ----------------------------------------------------------------------------------------------------------


def test_leader_is_recognised_by_agency_and_changes_in_place():
    stands = {"leaders": (term(4, FINANCE), term(5, JUSTICE, role="deputy"))}
    rows = [
        {"role": "Trưởng khối", "agency": "Sở Tài chính", "elected_on": "05/01/2026"},
        {"role": "Trưởng khối", "agency": "Sở Tư pháp", "ends_on": "01/02/2026"},
    ]
    plan = workbook.plan(grid(leaders=rows), world(rows=stands))
    first, second = (row for row in plan.rows if row.sheet == "leaders")
    assert (first.row_id, first.changes) == (4, {"elected_on"})
    assert (second.row_id, second.changes) == (5, {"role", "ends_on"})


def test_second_open_leader_is_wrong_and_the_standing_one_is_not():
    rows = [{"role": "Trưởng khối", "agency": "Sở Tài chính"}, {"role": "Trưởng khối", "agency": "Sở Tư pháp"}]
    plan = workbook.plan(grid(leaders=rows), world(rows={"leaders": (term(4, FINANCE),)}))
    assert verdicts(plan, "leaders") == [Verdict.UNCHANGED, Verdict.ERROR]
    assert plan.rows[-1].sentence == "Ô B3: Đã có Trưởng khối “Sở Tài chính”; ghi ngày kết thúc cho một bên."


def test_leader_the_file_leaves_out_still_stands():
    row = check({"role": "Trưởng khối", "agency": "Sở Tư pháp"}, "leaders", rows={"leaders": (term(4, FINANCE),)})
    assert row.sentence == "Ô B2: Đã có Trưởng khối “Sở Tài chính”; ghi ngày kết thúc cho một bên."


def test_agency_has_one_role_in_a_year():
    rows = [
        {"role": "Trưởng khối", "agency": "Sở Tài chính"},
        {"role": "Phó Trưởng khối", "agency": "Sở Tài chính"},
    ]
    plan = workbook.plan(grid(leaders=rows), world())
    assert verdicts(plan, "leaders") == [Verdict.ERROR, Verdict.ERROR]
    assert plan.rows[-1].sentence == "Ô D3: “Sở Tài chính” đã có vai trò khác trong năm; bỏ một dòng."


def test_next_years_leader_is_told_from_this_years():
    rows = [
        {"role": "Trưởng khối", "agency": "Sở Tài chính"},
        {"term": "Năm sau", "role": "Trưởng khối", "agency": "Sở Tư pháp", "stated": "đề xuất"},
    ]
    stands = {"leaders": (term(4, FINANCE), term(-4, JUSTICE, term="next", stated="bầu"))}
    plan = workbook.plan(grid(leaders=rows), world(rows=stands))
    assert verdicts(plan, "leaders") == [Verdict.UNCHANGED, Verdict.CHANGED]
    assert plan.rows[-1].changes == {"stated"}


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        (
            {"term": "Năm sau", "elected_on": "05/01/2026"},
            "Ô F2: Lãnh đạo năm sau chưa có ngày và quyết định; để trống ô này.",
        ),
        ({"stated": "bầu"}, "Ô L2: “Cách ghi của nguồn” chỉ dùng cho năm sau; để trống ô này."),
        (
            {"paper_number": "12/QĐ-UBND"},
            "Ô I2: Quyết định công nhận cần có ngày và cơ quan ban hành; ghi đủ hoặc để trống cả ba ô.",
        ),
        (
            {"paper_date": "06/01/2026"},
            "Ô J2: Quyết định công nhận cần có ngày và cơ quan ban hành; ghi đủ hoặc để trống cả ba ô.",
        ),
        (
            {"elected_on": "05/02/2026", "ends_on": "01/02/2026"},
            "Ô K2: Ngày kết thúc đứng trước ngày bắt đầu 05/02/2026; sửa một trong hai.",
        ),
        ({"role": ""}, "Ô B2: Thiếu “Vai trò”; điền ô này."),
    ],
)
def test_leader_that_contradicts_itself_is_wrong(row, sentence):
    found = check({"role": "Trưởng khối", "agency": "Sở Tài chính", **row}, "leaders")
    assert (found.verdict, found.sentence) == (Verdict.ERROR, sentence)


def test_leader_outside_the_member_list_is_parked():
    row = check({"role": "Trưởng khối", "agency": "Sở Lạ"}, "leaders")
    assert (row.verdict, row.candidates) == (Verdict.PARKED, (1, 2))


# --- The other sheets -------------------------------------------------------------------------------------------------


def test_milestone_is_recognised_by_its_step():
    stands = RowFact(3, {"kind": "covenant", "due_on": dt.date(2026, 2, 28), "done_on": None, "note": ""})
    row = check(
        {"kind": "Ký kết giao ước thi đua", "due_on": "28/02/2026", "done_on": dt.datetime(2026, 3, 5)},
        "milestones",
        rows={"milestones": (stands,)},
    )
    assert (row.row_id, row.changes, row.title) == (3, {"done_on"}, "Ký kết giao ước thi đua")


def test_monitor_is_a_person_with_a_seat_or_the_words_of_the_source():
    seats = (SeatFact(1, "council", "Vũ Thị Hạnh", "Ủy viên"), SeatFact(2, "council", "Vũ Thị Hạnh", "Phó Chủ tịch"))
    role = "Thành viên Hội đồng Thi đua - Khen thưởng theo dõi Khối"
    several = check({"role": role, "person": "vũ thị hạnh"}, "monitors", seats=seats)
    assert several.sentence == "Ô B2: Có 2 người tên “vũ thị hạnh”; ghi thêm chức danh."
    named = check({"role": role, "person": "Vũ Thị Hạnh", "title": "phó chủ tịch"}, "monitors", seats=seats)
    assert (named.verdict, named.seat_id, named.title) == (Verdict.NEW, 2, "Vũ Thị Hạnh")
    nobody = check({"role": role, "person": "Trần Văn Lạ"}, "monitors", seats=seats)
    assert nobody.sentence.startswith("Ô B2: Không có ai tên “Trần Văn Lạ” ở vai trò này")
    neither = check({"role": role}, "monitors")
    assert neither.sentence == "Ô B2: Ghi họ tên người có trong hệ thống, hoặc ghi ở cột Theo nguồn."
    stands = RowFact(
        6, {"role": "council", "person": "", "title": "", "stated": "Thành viên phụ trách", "ends_on": None}
    )
    stated = check({"role": role, "stated": "thành viên phụ trách"}, "monitors", rows={"monitors": (stands,)})
    assert (stated.row_id, stated.changes) == (6, {"stated"})
    person = RowFact(8, {"role": "council", "person": "Vũ Thị Hạnh", "title": "Ủy viên", "stated": "", "ends_on": None})
    again = check({"role": role, "person": "Vũ Thị Hạnh"}, "monitors", seats=seats[:1], rows={"monitors": (person,)})
    assert (again.row_id, again.verdict) == (8, Verdict.UNCHANGED)
    other = check(
        {"role": "Chuyên viên phụ trách", "stated": "Thành viên phụ trách"}, "monitors", rows={"monitors": (stands,)}
    )
    assert other.verdict == Verdict.NEW


def test_who_follows_a_bloc_again_has_two_rows_of_which_one_is_open():
    who = {"role": "specialist", "person": "Vũ Thị Hạnh", "title": "Chuyên viên", "stated": ""}
    first = RowFact(6, {**who, "starts_on": dt.date(2026, 1, 5), "ends_on": dt.date(2026, 2, 1)})
    again = RowFact(8, {**who, "starts_on": dt.date(2026, 6, 1), "ends_on": None})

    def said(*ends):
        rows = [{"role": "Chuyên viên phụ trách", "person": "Vũ Thị Hạnh", "ends_on": day} for day in ends]
        plan = workbook.plan(grid(monitors=rows), world(rows={"monitors": (first, again)}))
        return [(row.row_id, row.verdict, row.sentence) for row in plan.rows if row.sheet == "monitors"]

    assert said("01/02/2026", None) == [(6, Verdict.UNCHANGED, ""), (8, Verdict.UNCHANGED, "")]
    assert said(None, "01/02/2026") == [(8, Verdict.UNCHANGED, ""), (6, Verdict.UNCHANGED, "")]
    assert said(None, None) == [
        (8, Verdict.UNCHANGED, ""),
        (8, Verdict.ERROR, "Trùng với dòng 2; bỏ một trong hai dòng."),
    ]
    assert said("01/02/2026", "01/05/2026")[1] == (
        8, Verdict.ERROR, "Ô E3: Theo dõi khối từ ngày 01/06/2026; ghi “Đến ngày” không sớm hơn ngày đó.",
    )  # fmt: skip


def movement(row, title, **changes):
    return RowFact(row, {"number": row, "title": title, "launched_by": "unstated", "is_next_year": False, **changes})


def test_numbered_row_is_recognised_by_its_number():
    row = check({"number": 1, "title": "Phong trào B"}, "movements", rows={"movements": (movement(1, "Phong trào A"),)})
    assert (row.row_id, row.changes) == (1, {"title"})


def test_row_without_a_number_is_recognised_by_its_text_or_numbered_after_the_last():
    stands = {"movements": (movement(1, "Phong trào A"), movement(4, "Phong trào D"))}
    rows = [{"title": "phong trào D"}, {"title": "Phong trào mới"}, {"number": 9, "title": "Chín"}, {"title": "Mười"}]
    plan = workbook.plan(grid(movements=rows), world(rows=stands))
    found = [row for row in plan.rows if row.sheet == "movements"]
    assert [row.row_id for row in found] == [4, None, None, None]
    assert [row.values["number"] for row in found] == [4, 10, 9, 11]


def test_same_number_twice_is_wrong_the_second_time():
    rows = [{"number": 1, "title": "Phong trào A"}, {"number": 1, "title": "Phong trào B"}]
    plan = workbook.plan(grid(movements=rows), world())
    assert verdicts(plan, "movements") == [Verdict.NEW, Verdict.ERROR]


def test_target_takes_a_number_or_words_not_both():
    row = check({"indicator": "Hồ sơ đúng hạn", "planned": "98,5", "unit": "%"}, "targets")
    assert (row.verdict, row.values["planned"], row.values["direction"]) == (Verdict.NEW, Decimal("98.5"), "higher")
    both = check({"indicator": "Hồ sơ", "planned": 98, "planned_text": "đúng hạn"}, "targets")
    assert both.sentence == "Ô F2: Kế hoạch ghi bằng số hoặc bằng chữ; để trống một trong hai ô."
    stands = RowFact(
        1,
        {
            "number": 1,
            "indicator": "Hồ sơ đúng hạn",
            "unit": "",
            "direction": "higher",
            "planned": Decimal("98.5000"),
            "planned_text": "",
        },
    )
    same = check({"number": 1, "indicator": "Hồ sơ đúng hạn", "planned": 98.5}, "targets", rows={"targets": (stands,)})
    assert same.verdict == Verdict.UNCHANGED


def test_two_agencies_may_share_a_place():
    rows = [{"agency": "Sở Tài chính", "place": 3}, {"agency": "Sở Tư pháp", "place": "3"}]
    plan = workbook.plan(grid(places=rows), world())
    assert verdicts(plan, "places") == [Verdict.NEW, Verdict.NEW]
    assert check({"agency": "Sở Tài chính", "place": 0}, "places").sentence == "Ô D2: Hạng bắt đầu từ 1; sửa con số."


def result(row, agency_id=None, **changes):
    values = {
        "number": row,
        "code": "",
        "agency": "",
        "locality": "",
        "parent": "",
        "how_many": 3,
        "award_text": "Cờ thi đua",
        "stage": "proposed",
        "note": "",
    }
    return RowFact(row, {**values, **changes}, agency_id)


def test_result_is_of_an_agency_or_of_so_many():
    stands = {"results": (result(1), result(2, 1, agency="Sở Tài chính", how_many=None, award_text="Bằng khen"))}
    rows = [
        {"how_many": 3, "award_text": "Cờ thi đua", "stage": "Đề nghị"},
        {"agency": "Sở Tài chính", "award_text": "Bằng khen", "stage": "Đề nghị"},
        {"agency": "Sở Tài chính", "award_text": "Bằng khen", "stage": "Đã nhận"},
    ]
    plan = workbook.plan(grid(results=rows), world(rows=stands))
    assert [row.row_id for row in plan.rows if row.sheet == "results"] == [1, 2, None]
    both = {"agency": "Sở Tài chính", "how_many": 3, "award_text": "Cờ", "stage": "Đề nghị"}
    assert check(both, "results").sentence == (
        "Ô F2: Ghi tên một đơn vị hoặc số tập thể không nêu tên; để trống một trong hai ô."
    )
    nameless = {"code": "TP01", "award_text": "Cờ", "stage": "Đề nghị"}
    assert check(nameless, "results").sentence == "Ô C2: Ghi tên đơn vị, vì đã ghi mã hoặc đơn vị cấp trên."


def test_result_may_change_whom_it_is_of():
    stands = {"results": (result(1, 1, agency="Sở Tài chính", how_many=None),)}
    moved = check(
        {"number": 1, "agency": "Sở Tư pháp", "award_text": "Cờ thi đua", "stage": "Đề nghị"}, "results", rows=stands
    )
    assert (moved.row_id, moved.changes, moved.found.id) == (1, {"agency"}, 2)
    unnamed = check(
        {"number": 1, "how_many": 2, "award_text": "Cờ thi đua", "stage": "Đề nghị"}, "results", rows=stands
    )
    assert (unnamed.changes, unnamed.found) == ({"agency", "how_many"}, None)


def test_figure_is_a_part_of_a_whole():
    row = check({"label": "Đơn vị hoàn thành tốt nhiệm vụ", "part": 9, "whole": 9}, "figures")
    assert (row.verdict, row.values["part"], row.values["whole"]) == (Verdict.NEW, 9, 9)
    over = check({"label": "Đơn vị", "part": 10, "whole": 9}, "figures")
    assert over.sentence == "Ô C2: Số đạt (10) lớn hơn tổng số (9); sửa một trong hai."


# --- What was decided before, and how it is shown ---------------------------------------------------------------------


def test_row_that_waits_or_was_dropped_is_no_news():
    rows = {"agency": "Sở Lạ", "place": 1}
    row = check(rows, "places")
    again = workbook.plan(
        grid(bloc=[{**BLOC_ROW, "number": 1}], places=[rows]),
        world(settled={print_of("places", {"agency": "Sở Lạ", "place": "1"}): "Đã bỏ ở lần nhập trước: nhầm"}),
    )
    assert row.is_news
    assert (only(again, "places").is_settled, again.is_without_change, again.may_confirm) == (True, True, False)
    assert only(again, "places").sentence == "Đã bỏ ở lần nhập trước: nhầm"


def test_agency_named_before_is_not_asked_for_again():
    row = check({"agency": "Sở Lạ", "place": 1}, "places", choices={wanted_of({"agency": "Sở Lạ"}).key: 2})
    assert (row.verdict, row.found.id) == (Verdict.NEW, 2)


def test_digest_moves_with_the_world():
    file = grid(members=[{"agency": "Sở Tài chính"}])
    assert workbook.plan(file, world()).digest == workbook.plan(file, world()).digest
    assert workbook.plan(file, world()).digest != workbook.plan(file, world(rows={"members": ()})).digest


def test_row_alone_is_checked_as_in_its_file():
    file = single("places", 7, {"agency": ("B7", "Sở Tài chính"), "place": ("D7", "hai")})
    assert only(workbook.plan(file, world()), "places").sentence.startswith("Ô D7: “hai” không phải là số")


def test_preview_lists_each_mistake_with_its_cell():
    plan = workbook.plan(
        grid(
            members=[{"agency": "Sở Tài chính", "joined_on": "mai", "is_voting": "=1"}, {"agency": "Sở Tư pháp"}],
            places=[{"agency": "Sở Lạ", "place": 1}],
        ),
        world(),
    )
    assert [(mistake.where, mistake.text) for mistake in mistakes(plan)] == [
        ("Trang “Thành viên”, ô G2", "mai"),
        ("Trang “Thành viên”, ô I2", "=1"),
    ]
    shown = {section.key: section for section in sections(plan)}
    assert (shown["members"].total, shown["members"].same_count, len(shown["members"].rows)) == (2, 1, 1)
    wrong = shown["members"].rows[0]
    assert [line.address for line in wrong.cells if line.is_wrong] == ["G2", "I2"]
    assert shown["places"].rows[0].label == "Chờ xử lý"
    assert "leaders" not in shown


def test_preview_says_what_is_wrong_with_a_whole_row():
    plan = workbook.plan(grid(members=[{"agency": "Sở Tài chính"}, {"agency": "Sở Tài chính"}]), world())
    assert [mistake.where for mistake in mistakes(plan)] == ["Trang “Thành viên”, dòng 3"]


def test_preview_shows_only_the_changed_cells_of_a_changed_row():
    plan = workbook.plan(grid(members=[{"agency": "Sở Tài chính", "note": "mới"}]), world())
    (section,) = [section for section in sections(plan) if section.key == "members"]
    assert [(each.heading, each.old, each.text, each.is_change) for each in section.rows[0].cells] == [
        ("Ghi chú", "", "mới", True)
    ]


# --- Spelling ---------------------------------------------------------------------------------------------------------


def test_agency_that_cannot_be_read_is_asked_of_nobody():
    row = check({"agency": "Đ" * 301, "place": 1}, "places")
    assert (row.verdict, row.wanted) == (Verdict.ERROR, None)


def test_other_spelling_of_what_a_row_is_recognised_by_changes_nothing():
    there = world(rows={"bloc": (RowFact(7, {**STANDS, "locality": "Kon Tum"}),)})
    plan = workbook.plan(grid(bloc=[{**BLOC_ROW, "number": 1, "locality": "KON TUM"}]), there)
    assert plan.bloc.verdict == Verdict.UNCHANGED
    follows = {"role": "council", "person": "Vũ Thị Hạnh", "title": "Ủy viên", "stated": "", "ends_on": None}
    role = "Thành viên Hội đồng Thi đua - Khen thưởng theo dõi Khối"
    row = check({"role": role, "person": "VŨ THỊ HẠNH"}, "monitors", rows={"monitors": (RowFact(8, follows),)})
    assert (row.verdict, row.row_id) == (Verdict.UNCHANGED, 8)
