"""A workbook in two steps: what the preview shows is what the confirmation writes, once."""

import datetime as dt
import json
from decimal import Decimal

import pytest
from django.db import IntegrityError

from blocs.models import (
    Agency,
    BlocYear,
    EmulationYear,
    LeadershipTerm,
    Membership,
    Milestone,
    Movement,
    ReportedResult,
    Target,
)
from blocs.services import blocs as writers
from emulation.core import clock
from emulation.core.audit import act
from emulation.core.errors import Refused
from emulation.core.models import Event, SignedPaper, StoredFile
from emulation.desk.domain.example import EXAMPLE
from emulation.desk.domain.verdicts import Verdict
from emulation.desk.models import BatchState, ImportBatch, ParkedRow, ParkedState
from emulation.desk.renderers.workbook import book
from emulation.desk.services import parked, workbook
from emulation.desk.services.rows import RowWriter
from tests import factories as make
from tests.desk.books import BLOC, BOARD, OFFICER, bring_in, fill, filled, opened, saved, taken_out, upload

pytestmark = pytest.mark.django_db
SECTOR = {"Loại đơn vị": "Sở, ban, ngành của tỉnh"}


@pytest.fixture(autouse=True)
def _province():
    make.ProvinceFactory()


def news(plan):
    return [(row.sheet, row.title, row.verdict, row.sentence) for row in plan.rows if row.is_news]


# --- In and out -------------------------------------------------------------------------------------------------------


def test_example_comes_in_whole_and_goes_out_the_same():
    bloc_year = bring_in(book(EXAMPLE)).bloc_year
    _, plan = upload(taken_out(bloc_year))
    assert news(plan) == []
    assert (plan.is_without_change, plan.may_confirm, plan.kept) == (True, False, ())
    assert Membership.objects.count() == 2
    assert Event.objects.filter(verb="imported").count() == 1


def everything():
    """A bloc year with a row of every kind and every column filled."""
    year = make.EmulationYearFactory(label="2026-2027", kind="school")
    cluster = make.BlocYearFactory(year=year, name="Cụm thi đua số 5", kind="cum")
    row = make.BlocYearFactory(
        year=year,
        bloc__code="K9",
        bloc__locality="Kon Tum",
        name="Khối thi đua số 9",
        number="9",
        kind="khoi",
        parent=cluster,
        partition=make.PartitionFactory(title="Chia khối năm 2026"),
        state="scoring",
        stated_member_count=9,
        theme="+ Đoàn kết\nsáng tạo",
        source="@ Tin hội nghị",
        note="dòng một\ndòng hai",
    )
    group = make.SubgroupFactory(bloc_year=row, name="=Nhóm A")
    first = make.AgencyFactory(name="Sở A", code="000A", locality="Kon Tum", kind="department")
    second = make.AgencyFactory(name="Sở B", locality="không nêu", kind="party")
    third = make.AgencyFactory(name="Sở C", locality="", kind="armed")
    unit = make.AgencyFactory(name="Phòng C1", parent=third)
    joined = {"joined_on": dt.date(2026, 1, 2), "left_on": dt.date(2026, 3, 4)}
    flags = {"is_voting": False, "is_scored": False, "is_ranked": False, "counts_for_quota": False}
    make.MembershipFactory(
        bloc_year=row, agency=first, subgroup=group, position=7, **joined, **flags, also_in="-x", note="n"
    )
    make.MembershipFactory(bloc_year=row, agency=second, position=3)
    make.MembershipFactory(bloc_year=row, agency=third, position=3)
    paper = make.SignedPaperFactory()
    ended = {"elected_on": dt.date(2026, 1, 1), "ends_on": dt.date(2026, 5, 1)}
    make.LeadershipTermFactory(bloc_year=row, agency=first, role="leader", **ended)
    make.LeadershipTermFactory(
        bloc_year=row, agency=second, role="leader", recognised_on=dt.date(2026, 6, 1), recognised_paper=paper
    )
    make.LeadershipTermFactory(bloc_year=row, agency=third, role="deputy")
    make.NextLeaderFactory(bloc_year=row, agency=second, role="leader", stated="bầu")
    make.NextLeaderFactory(bloc_year=row, agency=third, role="deputy", stated="")
    make.MilestoneFactory(
        bloc_year=row, kind="covenant", due_on=dt.date(2026, 2, 28), done_on=dt.date(2026, 3, 5), note="n"
    )
    make.MonitorFactory(bloc_year=row, role="council", seat=make.SeatFactory(capacity="council", agency=None))
    left = make.SeatFactory(capacity="board_specialist", agency=None, ends_on=dt.date(2026, 2, 1))
    make.MonitorFactory(bloc_year=row, role="specialist", seat=left, ends_on=dt.date(2026, 2, 1))
    make.MonitorFactory(
        bloc_year=row, role="council", seat=None, stated="Thành viên phụ trách", ends_on=dt.date(2026, 9, 1)
    )
    make.MovementFactory(bloc_year=row, number=2, title="@ Phong trào", launched_by="sector", is_next_year=True)
    make.TargetFactory(
        bloc_year=row, number=1, planned=Decimal("1234.125"), unit="%", direction="lower", planned_text=""
    )
    make.TargetFactory(bloc_year=row, number=3, planned=None, planned_text="giữ vững")
    make.ReportedPlaceFactory(bloc_year=row, agency=first, place=3)
    make.ReportedPlaceFactory(bloc_year=row, agency=third, place=3)
    make.ReportedResultFactory(bloc_year=row, number=1, agency=first, award_text="Cờ", stage="granted", note="n")
    make.ReportedResultFactory(bloc_year=row, number=2, agency=unit, award_text="Cờ", stage="proposed")
    make.ReportedResultFactory(bloc_year=row, number=5, agency=None, name=None, how_many=3, award_text="Bằng khen")
    make.ReportedFigureFactory(bloc_year=row, number=1, label="Hoàn thành", part=9, whole=9, note="n")
    make.ReportedFigureFactory(bloc_year=row, number=2, label="Không rõ", part=None, whole=None)
    return row


def test_row_of_every_kind_goes_out_and_comes_in_without_a_change():
    _, plan = upload(taken_out(everything()))
    assert news(plan) == []
    assert plan.kept == ()
    assert {row.sheet for row in plan.rows} == {
        "bloc", "members", "leaders", "milestones", "monitors", "movements", "targets", "places", "results", "figures",
    }  # fmt: skip


def test_who_follows_a_bloc_again_goes_out_and_comes_in_without_a_change():
    row, seat = make.BlocYearFactory(), make.SeatFactory(capacity="board_specialist", agency=None)
    for starts_on, ends_on in ((dt.date(2026, 1, 5), dt.date(2026, 2, 1)), (dt.date(2026, 6, 1), None)):
        make.MonitorFactory(bloc_year=row, role="specialist", seat=seat, starts_on=starts_on, ends_on=ends_on)
    out = opened(taken_out(row))
    assert news(upload(saved(out))[1]) == []
    fill(out, {"Theo dõi": [{}, {"Đến ngày": "01/05/2026"}]})
    assert [sentence for *_, sentence in news(upload(saved(out))[1])] == [
        "Ô E3: Theo dõi khối từ ngày 01/06/2026; ghi “Đến ngày” không sớm hơn ngày đó."
    ]


def test_members_the_list_refuses_wait_and_the_rest_comes_in():
    held = make.PlaceFactory(
        standing__is_by_group=True, standing__state="published", membership__agency__name="Sở A"
    ).membership
    make.AgencyFactory(name="Sở Cũ", ended_on=dt.date(2026, 5, 31))
    out = opened(taken_out(held.bloc_year))
    fill(out, {"Thành viên": [{"Nhóm": "Nhóm B"}, {"Tên đơn vị": "Sở Cũ"}, {"Tên đơn vị": "Sở Mới"}]})
    batch = bring_in(saved(out))
    assert (batch.new_count, batch.changed_count, batch.parked_count) == (1, 0, 2)
    names = held.bloc_year.memberships.order_by("position").values_list("agency__name", flat=True)
    assert list(names) == ["Sở A", "Sở Mới"]


def test_changed_cells_are_written_and_the_rest_is_left():
    row = everything()
    out = opened(taken_out(row))
    headings = {cell.value: cell.column for cell in out["Mốc thời gian"][1]}
    out["Mốc thời gian"].cell(2, headings["Ngày xong"]).value = "06/03/2026"
    members = {cell.value: cell.column for cell in out["Thành viên"][1]}
    voting = next(
        line for line in out["Thành viên"].iter_rows(min_row=2) if line[members["Tên đơn vị"] - 1].value == "Sở A"
    )
    voting[members["Bỏ phiếu"] - 1].value = "Có"
    voting[members["Nhóm"] - 1].value = "Nhóm mới"
    terms = {cell.value: cell.column for cell in out["Lãnh đạo"][1]}
    for line in out["Lãnh đạo"].iter_rows(min_row=2):
        if line[terms["Năm nào"] - 1].value == "Năm sau" and line[terms["Tên đơn vị"] - 1].value == "Sở C":
            line[terms["Cách ghi của nguồn"] - 1].value = "bầu"
        if line[terms["Vai trò"] - 1].value == "Phó Trưởng khối" and line[terms["Năm nào"] - 1].value == "Năm này":
            line[terms["Ngày bầu"] - 1].value = "02/02/2026"
    for title, heading, value in (
        ("Khối", "Chủ đề thi đua", "Chủ đề khác"),
        ("Khối", "Mã khối", None),
        ("Khối", "Thuộc cụm", None),
        ("Theo dõi", "Đến ngày", "01/10/2026"),
        ("Phong trào", "Tên phong trào", "Khác"),
        ("Chỉ tiêu", "Kế hoạch", "1.234,5"),
        ("Xếp hạng", "Hạng", 1),
        ("Kết quả", "Danh hiệu, hình thức", "Cờ thi đua"),
        ("Số liệu", "Số đạt", 8),
    ):
        columns = {cell.value: cell.column for cell in out[title][1]}
        out[title].cell(2, columns[heading]).value = value
    batch = bring_in(saved(out))
    assert (batch.new_count, batch.changed_count, batch.parked_count) == (0, 11, 0)
    fresh = BlocYear.objects.select_related("bloc").get(pk=row.pk)
    assert (fresh.theme, fresh.bloc.code, fresh.parent, fresh.state) == ("Chủ đề khác", "K9", None, "scoring")
    member = fresh.memberships.get(agency__name="Sở A")
    assert (member.is_voting, member.is_scored, member.subgroup.name, member.position) == (True, False, "Nhóm mới", 7)
    assert Milestone.objects.get(kind="covenant").done_on == dt.date(2026, 3, 6)
    assert fresh.next_leaders.get(agency__name="Sở C").stated == "bầu"
    assert fresh.terms.get(role="deputy").elected_on == dt.date(2026, 2, 2)
    ends = sorted(str(monitor.ends_on) for monitor in fresh.monitors.all())
    assert ends == ["2026-02-01", "2026-09-01", "2026-10-01"]
    assert Movement.objects.get().title == "Khác"
    assert Target.objects.get(number=1).planned == Decimal("1234.5")
    assert fresh.places.get(agency__name="Sở A").place == 1
    assert ReportedResult.objects.get(number=1).award_text == "Cờ thi đua"
    assert fresh.figures.get(number=1).part == 8
    assert news(upload(taken_out(row))[1]) == []


def test_blocs_identity_may_change_when_its_code_says_which_it_is():
    row = make.BlocYearFactory(bloc__code="K1", name="Khối cũ", year__label="2026")
    batch = bring_in(filled({"Khối": [{**BLOC, "Mã khối": "K1", "Tên khối": "Khối mới", "Địa phương": "Kon Tum"}]}))
    fresh = BlocYear.objects.select_related("bloc").get(pk=row.pk)
    assert (batch.bloc_year, fresh.name, fresh.bloc.locality, fresh.search_key) == (
        row,
        "Khối mới",
        "Kon Tum",
        "khoi moi",
    )


def test_code_ties_the_years_of_a_bloc_together():
    first = bring_in(filled({"Khối": [{**BLOC, "Mã khối": "K1"}]})).bloc_year
    second = bring_in(filled({"Khối": [{**BLOC, "Mã khối": "K1", "Năm thi đua": 2027}]})).bloc_year
    assert first.bloc == second.bloc


def test_same_name_in_another_year_without_a_code_is_another_bloc_and_remarked():
    first = bring_in(filled({})).bloc_year
    batch, plan = upload(filled({"Khối": [{**BLOC, "Năm thi đua": 2027}]}))
    assert plan.bloc.sentence == ("Năm 2026 có khối cùng tên; nếu là cùng một khối thì ghi Mã khối cho cả hai năm.")
    second = workbook.confirm(batch=batch, digest=plan.digest, actor=BOARD, at=clock.now()).bloc_year
    assert first.bloc != second.bloc


def test_same_name_in_another_locality_is_another_bloc():
    bring_in(filled({}))
    bring_in(filled({"Khối": [{**BLOC, "Địa phương": "Kon Tum"}]}))
    assert BlocYear.objects.count() == 2


def test_two_blocs_of_one_name_in_a_year_need_a_code():
    for _ in range(2):
        make.BlocYearFactory(name="Khối thi đua số 6", year__label="2026")
    _, plan = upload(filled({}))
    assert plan.bloc.sentence == ("Ô D2: Năm 2026 có 2 khối tên “Khối thi đua số 6”; ghi Mã khối để phân biệt.")


def test_other_code_for_a_bloc_that_has_one_stops_the_file():
    make.BlocYearFactory(name="Khối thi đua số 6", year__label="2026", bloc__code="K6")
    _, plan = upload(filled({"Khối": [{**BLOC, "Mã khối": "K7"}]}))
    assert plan.bloc.sentence == "Ô D2: “Khối thi đua số 6” đã có mã K6, tệp ghi mã K7; sửa lại mã."


def test_code_is_given_to_a_bloc_that_had_none():
    row = make.BlocYearFactory(name="Khối thi đua số 6", year__label="2026")
    bring_in(filled({"Khối": [{**BLOC, "Mã khối": "K6"}]}))
    assert BlocYear.objects.get(pk=row.pk).bloc.code == "K6"


# --- Once and only once -----------------------------------------------------------------------------------------------


def test_same_file_twice_changes_nothing():
    content = filled(
        {"Thành viên": [{"Tên đơn vị": "Sở Tài chính", **SECTOR}], "Phong trào": [{"Tên phong trào": "A"}]}
    )
    bring_in(content)
    batch, plan = upload(content)
    assert plan.is_without_change
    with pytest.raises(Refused, match=r"^Tệp không có thay đổi nào so với hệ thống; không cần nhập.$"):
        workbook.confirm(batch=batch, digest=plan.digest, actor=BOARD, at=clock.now())
    assert (Agency.objects.count(), Movement.objects.count(), Event.objects.count()) == (1, 1, 1)


def test_upload_writes_nothing_but_the_file():
    upload(book(EXAMPLE))
    assert (BlocYear.objects.count(), Agency.objects.count(), EmulationYear.objects.count()) == (0, 0, 0)
    assert (StoredFile.objects.count(), Event.objects.count()) == (1, 0)


def test_confirmed_upload_cannot_be_confirmed_or_discarded_again():
    batch = bring_in(filled({}))
    with pytest.raises(Refused, match=r"^Tệp này đã xử lý rồi \(đã nhập\); tải tệp mới nếu cần nhập lại.$"):
        workbook.confirm(batch=batch, digest="", actor=BOARD, at=clock.now())
    with pytest.raises(Refused, match=r"^Tệp này đã xử lý rồi; không bỏ được nữa.$"):
        workbook.discard(batch=batch, actor=BOARD)


def test_discarded_upload_cannot_be_confirmed():
    batch, plan = upload(filled({}))
    workbook.discard(batch=batch, actor=BOARD)
    with pytest.raises(Refused, match=r"^Tệp này đã xử lý rồi \(đã bỏ\)"):
        workbook.confirm(batch=batch, digest=plan.digest, actor=BOARD, at=clock.now())
    assert BlocYear.objects.count() == 0


def test_world_that_moved_since_the_preview_is_shown_instead_of_written_over():
    content = filled({"Phong trào": [{"Thứ tự": 1, "Tên phong trào": "A"}]})
    first, plan = upload(content)
    bring_in(content)
    with pytest.raises(workbook.Moved) as moved:
        workbook.confirm(batch=first, digest=plan.digest, actor=BOARD, at=clock.now())
    assert moved.value.plan.is_without_change
    assert ImportBatch.objects.get(pk=first.pk).state == BatchState.PREVIEWED
    assert Movement.objects.count() == 1


def test_wrong_bloc_row_cannot_be_confirmed():
    batch, plan = upload(filled({"Khối": [{**BLOC, "Năm thi đua": "hai nghìn"}]}))
    with pytest.raises(Refused, match=r"^Chưa nhập được: Ô A2: “hai nghìn” không phải là năm"):
        workbook.confirm(batch=batch, digest=plan.digest, actor=BOARD, at=clock.now())


def test_file_without_a_bloc_name_still_has_its_other_rows_checked():
    _, plan = upload(filled({"Khối": [{**BLOC, "Tên khối": None}], "Xếp hạng": [{"Tên đơn vị": "Sở A", "Hạng": 0}]}))
    assert [row.sentence for row in plan.rows] == [
        "Ô D2: Thiếu “Tên khối”; điền ô này.",
        "Ô D2: Hạng bắt đầu từ 1; sửa con số.",
    ]
    assert not plan.may_confirm


def test_writer_is_asked_for_an_agency_only_where_a_row_names_one():
    batch, plan = upload(filled({"Phong trào": [{"Tên phong trào": "A"}]}))
    with act(actor=BOARD, at=clock.now()) as current, pytest.raises(ValueError, match="names no agency"):
        RowWriter(make.BlocYearFactory(), plan.rows, act=current).agency(plan.rows[1])
    assert batch.is_open


def test_closed_year_takes_no_workbook():
    row = bring_in(filled({})).bloc_year
    BlocYear.objects.filter(pk=row.pk).update(state="closed")
    _, plan = upload(filled({"Phong trào": [{"Tên phong trào": "A"}]}))
    assert plan.bloc.sentence == "Năm này của khối đã khóa nên không nhận thay đổi; mở lại năm trước khi nhập."
    assert upload(taken_out(row))[1].is_without_change
    BlocYear.objects.filter(pk=row.pk).update(state="running")
    EmulationYear.objects.update(state="closed")
    assert not upload(filled({"Khối": [{**BLOC, "Tên khối": "Khối khác"}]}))[1].may_confirm
    make.EmulationYearFactory(label="2031", state="closed")
    assert not upload(filled({"Khối": [{**BLOC, "Năm thi đua": 2031}]}))[1].may_confirm


def test_race_the_database_refuses_is_one_sentence_and_writes_nothing(monkeypatch):
    def collide(**_):
        raise IntegrityError

    monkeypatch.setattr(writers, "add_movement", collide)
    batch, plan = upload(filled({"Phong trào": [{"Tên phong trào": "A"}]}))
    with pytest.raises(Refused, match=r"^Người khác vừa ghi cùng số liệu này; tải lại trang"):
        workbook.confirm(batch=batch, digest=plan.digest, actor=BOARD, at=clock.now())
    assert (BlocYear.objects.count(), Event.objects.count()) == (0, 0)


def test_event_says_how_many_and_which_file():
    batch = bring_in(filled({"Phong trào": [{"Tên phong trào": "A"}], "Xếp hạng": [{"Tên đơn vị": "Sở A", "Hạng": 0}]}))
    event = Event.objects.get()
    assert (event.verb, event.subject_label, event.subject_id) == ("imported", "blocs.blocyear", batch.bloc_year_id)
    assert json.loads(event.data) == {
        "batch": batch.pk, "sha256": batch.file.sha256, "new": 2, "changed": 0, "unchanged": 0, "parked": 1, "kept": 0,
    }  # fmt: skip


def test_only_the_board_brings_workbooks_in():
    batch, plan = upload(filled({}))
    with pytest.raises(PermissionError):
        workbook.upload(name="khoi.xlsx", content=filled({}), actor=OFFICER)
    with pytest.raises(PermissionError):
        workbook.confirm(batch=batch, digest=plan.digest, actor=OFFICER, at=clock.now())
    with pytest.raises(PermissionError):
        workbook.discard(batch=batch, actor=OFFICER)


# --- What the rows become ---------------------------------------------------------------------------------------------


def test_new_agency_named_on_several_sheets_is_created_once():
    of_bloc = {"Tên đơn vị": "Sở Tài chính"}
    bring_in(
        filled(
            {
                "Thành viên": [{**of_bloc, **SECTOR, "Mã đơn vị": "TC01"}],
                "Lãnh đạo": [{**of_bloc, "Vai trò": "Trưởng khối"}],
                "Xếp hạng": [{"Tên đơn vị": "SỞ TÀI CHÍNH", "Hạng": 1}],
                "Kết quả": [
                    {**of_bloc, "Danh hiệu, hình thức": "Cờ", "Đề nghị hay đã nhận": "Đề nghị"},
                    {
                        "Tên đơn vị": "Văn phòng Sở",
                        "Thuộc đơn vị": "Sở Tài chính",
                        "Danh hiệu, hình thức": "Cờ",
                        "Đề nghị hay đã nhận": "Đề nghị",
                    },
                ],
            }
        )
    )
    agency, unit = Agency.objects.order_by("pk")
    assert (agency.name, agency.code, agency.kind, agency.names.get().full) == (
        "Sở Tài chính",
        "TC01",
        "department",
        "Sở Tài chính",
    )
    assert (unit.name, unit.parent) == ("Văn phòng Sở", agency)


def test_known_agency_gets_the_code_and_kind_it_lacked():
    agency = make.AgencyFactory(name="Sở Tài chính", kind="other")
    bring_in(filled({"Thành viên": [{"Tên đơn vị": "Sở Tài chính", "Mã đơn vị": "TC01", **SECTOR}]}))
    fresh = Agency.objects.get()
    assert (fresh.pk, fresh.code, fresh.kind, "tc01" in fresh.search_key) == (agency.pk, "TC01", "department", True)


def test_member_keeps_the_name_the_file_gives_it_among_those_it_bore():
    agency = make.AgencyFactory(name="Thuế tỉnh")
    old = make.AgencyNameFactory(agency=agency, full="Cục Thuế tỉnh", valid_to=dt.date(2025, 2, 28))
    bring_in(filled({"Thành viên": [{"Tên đơn vị": "Cục Thuế tỉnh"}]}))
    assert Membership.objects.get().name == old


def test_decision_of_recognition_is_written_once_for_leader_and_deputy():
    paper = {"Số quyết định công nhận": "12/QĐ-UBND", "Ngày quyết định": "06/01/2026", "Cơ quan ban hành": "UBND tỉnh"}
    leaders = [
        {"Vai trò": "Trưởng khối", "Tên đơn vị": "Sở A", **paper},
        {"Vai trò": "Phó Trưởng khối", "Tên đơn vị": "Sở B", **paper},
        {"Năm nào": "Năm sau", "Vai trò": "Trưởng khối", "Tên đơn vị": "Sở B", "Cách ghi của nguồn": "bầu"},
    ]
    row = bring_in(filled({"Lãnh đạo": leaders})).bloc_year
    assert SignedPaper.objects.get().number == "12/QĐ-UBND"
    assert row.terms.filter(recognised_paper__isnull=False).count() == 2
    assert row.next_leaders.get().stated == "bầu"


def test_leader_and_deputy_change_places():
    row = bring_in(
        filled(
            {
                "Lãnh đạo": [
                    {"Vai trò": "Trưởng khối", "Tên đơn vị": "Sở A"},
                    {"Vai trò": "Phó Trưởng khối", "Tên đơn vị": "Sở B"},
                ]
            }
        )
    ).bloc_year
    bring_in(
        filled(
            {
                "Lãnh đạo": [
                    {"Vai trò": "Trưởng khối", "Tên đơn vị": "Sở B"},
                    {"Vai trò": "Phó Trưởng khối", "Tên đơn vị": "Sở A"},
                ]
            }
        )
    )
    assert {term.agency.name: term.role for term in row.terms.all()} == {"Sở A": "deputy", "Sở B": "leader"}
    assert LeadershipTerm.objects.count() == 2


def test_person_who_follows_a_bloc_is_found_by_name():
    seat = make.SeatFactory(capacity="board_specialist", agency=None, user__full_name="Trần Thị Bình")
    row = bring_in(filled({"Theo dõi": [{"Vai trò": "Chuyên viên phụ trách", "Họ và tên": "tran thi binh"}]})).bloc_year
    assert row.monitors.get().seat == seat


# --- Rows that wait ---------------------------------------------------------------------------------------------------


@pytest.fixture
def waiting():
    """A file whose agency is in doubt on two sheets, and whose movement is wrong."""
    make.AgencyFactory(name="Sở Nội vụ", locality="Kon Tum")
    batch = bring_in(
        filled(
            {
                "Khối": [{**BLOC, "Địa phương": ""}],
                "Thành viên": [{"Tên đơn vị": "Sở Nội vụ"}, {"Tên đơn vị": "Sở Tài chính"}],
                "Lãnh đạo": [{"Vai trò": "Trưởng khối", "Tên đơn vị": "sở nội vụ"}],
                "Phong trào": [{"Tên phong trào": "A", "Cấp phát động": "Trung ương"}],
            }
        )
    )
    return batch, {row.sheet: row for row in batch.parked.all()}


def test_rows_in_doubt_and_wrong_rows_wait_and_the_rest_comes_in(waiting):
    batch, rows = waiting
    assert (batch.parked_count, set(rows)) == (3, {"members", "leaders", "movements"})
    assert Membership.objects.get().agency.name == "Sở Tài chính"
    assert rows["movements"].texts == {"title": ("B2", "A"), "launched_by": ("C2", "Trung ương")}
    assert rows["movements"].reason.startswith("Ô C2: “Trung ương” không có trong các lựa chọn")


def test_same_file_again_parks_nothing_again(waiting):
    batch, _ = waiting
    make.ProvinceFactory()
    _, plan = upload(bytes(workbook.files.read(batch.file)))
    assert plan.is_without_change
    assert [row.sentence[:32] for row in plan.rows if row.is_settled] == ["Đã chờ xử lý từ lần nhập trước: "] * 3


def test_agency_a_human_names_brings_in_every_row_that_speaks_of_it(waiting):
    batch, rows = waiting
    chosen = Agency.objects.get(locality="Kon Tum")
    assert parked.verdict_on(rows["members"], batch.bloc_year).candidates == (chosen.pk,)
    assert parked.place(row=rows["members"], choice=chosen.pk, actor=BOARD, at=clock.now()) == 2
    assert batch.bloc_year.memberships.filter(agency=chosen).count() == 1
    assert batch.bloc_year.terms.get().agency == chosen
    states = {row.sheet: (row.state, row.agency) for row in batch.parked.all()}
    assert states == {
        "members": (ParkedState.PLACED, chosen),
        "leaders": (ParkedState.PLACED, chosen),
        "movements": (ParkedState.WAITING, None),
    }
    event = Event.objects.latest("seq")
    assert (event.verb, json.loads(event.data)["rows"]) == ("row_placed", 2)


def test_named_agency_is_remembered_when_the_file_comes_again(waiting):
    batch, rows = waiting
    parked.place(row=rows["members"], choice=parked.NEW_AGENCY, actor=BOARD, at=clock.now())
    created = Agency.objects.get(name="Sở Nội vụ", locality="")
    assert batch.bloc_year.terms.get().agency == created
    _, plan = upload(workbook.files.read(batch.file))
    assert plan.is_without_change
    assert plan.count(Verdict.UNCHANGED) == 4


def test_row_without_a_choice_is_refused_while_the_doubt_stands(waiting):
    _, rows = waiting
    with pytest.raises(Refused, match=r"^Đã có “Sở Nội vụ” ở địa phương khác"):
        parked.place(row=rows["members"], choice=None, actor=BOARD, at=clock.now())
    assert ParkedRow.objects.get(pk=rows["members"].pk).is_waiting


def test_mended_row_comes_in(waiting):
    batch, rows = waiting
    texts = {"title": "Phong trào A", "launched_by": "Tỉnh", "number": ""}
    assert parked.place(row=rows["movements"], choice=None, texts=texts, actor=BOARD, at=clock.now()) == 1
    assert batch.bloc_year.movements.get().launched_by == "province"
    fresh = ParkedRow.objects.get(pk=rows["movements"].pk)
    assert (fresh.title, fresh.texts["title"], fresh.was_mended) == ("Phong trào A", ("B2", "A"), True)
    assert json.loads(fresh.placed_cells) == {"title": ["B2", "Phong trào A"], "launched_by": ["C2", "Tỉnh"]}


def test_file_with_the_mistake_a_human_mended_has_nothing_new(waiting):
    batch, rows = waiting
    parked.place(row=rows["movements"], choice=None, texts={"launched_by": "Tỉnh"}, actor=BOARD, at=clock.now())
    _, plan = upload(workbook.files.read(batch.file))
    assert plan.is_without_change
    assert "Đã sửa và nhập ở lần nhập trước." in [row.sentence for row in plan.rows]


def test_row_that_speaks_of_the_agency_but_is_wrong_otherwise_goes_on_waiting(waiting):
    _, rows = waiting
    cells = json.loads(rows["leaders"].cells)
    ParkedRow.objects.filter(sheet="leaders").update(cells=json.dumps({**cells, "elected_on": ["F2", "mai"]}))
    assert parked.place(row=rows["members"], choice=parked.NEW_AGENCY, actor=BOARD, at=clock.now()) == 1
    assert ParkedRow.objects.get(sheet="leaders").is_waiting


def test_dropped_row_keeps_its_reason_and_is_not_asked_for_again(waiting):
    batch, rows = waiting
    with pytest.raises(Refused, match=r"^Cần ghi lý do bỏ dòng này.$"):
        parked.drop(row=rows["movements"], note="  ", actor=BOARD, at=clock.now())
    parked.drop(row=rows["movements"], note="Ghi nhầm", actor=BOARD, at=clock.now())
    event = Event.objects.latest("seq")
    assert (event.verb, event.note) == ("row_dropped", "Ghi nhầm")
    _, plan = upload(workbook.files.read(batch.file))
    assert "Đã bỏ ở lần nhập trước: Ghi nhầm" in [row.sentence for row in plan.rows]
    assert plan.is_without_change


def test_row_of_a_closed_year_goes_on_waiting(waiting):
    batch, rows = waiting
    BlocYear.objects.filter(pk=batch.bloc_year_id).update(state="closed")
    with pytest.raises(Refused, match=r"^Năm này của khối đã khóa"):
        parked.place(row=rows["members"], choice=parked.NEW_AGENCY, actor=BOARD, at=clock.now())
    assert ParkedRow.objects.get(pk=rows["members"].pk).is_waiting


@pytest.mark.parametrize("act", ["place", "drop"])
def test_row_is_decided_once(waiting, act):
    _, rows = waiting
    parked.drop(row=rows["movements"], note="Ghi nhầm", actor=BOARD, at=clock.now())
    more = {"choice": None} if act == "place" else {"note": "lại"}
    with pytest.raises(Refused, match=r"^Dòng này đã được xử lý; tải lại trang để xem kết quả.$"):
        getattr(parked, act)(row=rows["movements"], actor=BOARD, at=clock.now(), **more)


def test_only_the_board_decides(waiting):
    _, rows = waiting
    with pytest.raises(PermissionError):
        parked.place(row=rows["members"], choice=None, actor=OFFICER, at=clock.now())
    with pytest.raises(PermissionError):
        parked.drop(row=rows["members"], note="x", actor=OFFICER, at=clock.now())


def test_corrected_file_closes_the_rows_that_waited(waiting):
    batch, _ = waiting
    bring_in(saved(fill(opened(workbook.files.read(batch.file)), {"Phong trào": [{"Cấp phát động": "Tỉnh"}]})))
    states = {row.sheet: row.state for row in ParkedRow.objects.filter(batch=batch)}
    assert states == {"members": "waiting", "leaders": "waiting", "movements": "replaced"}
    assert ParkedRow.objects.count() == 3
    assert Movement.objects.get().launched_by == "province"


def test_three_mistakes_are_said_at_their_cells_and_wait_when_confirmed():
    batch, plan = upload(
        filled(
            {
                "Thành viên": [{"Tên đơn vị": "Sở A", "Từ ngày": "31/02/2026"}, {"Tên đơn vị": "Sở B"}],
                "Chỉ tiêu": [{"Chỉ tiêu": "Hồ sơ", "Kế hoạch": "1.234"}],
                "Xếp hạng": [{"Tên đơn vị": "Sở B", "Hạng": "=1"}],
            }
        )
    )
    assert [row.sentence.partition(";")[0] for row in plan.rows if row.verdict == Verdict.ERROR] == [
        "Ô G2: Không có ngày 31/02/2026",
        "Ô E2: Không rõ “1.234” là phần nghìn hay phần thập phân",
        "Ô D2: Là công thức",
    ]
    done = workbook.confirm(batch=batch, digest=plan.digest, actor=BOARD, at=clock.now())
    assert (done.new_count, done.parked_count) == (2, 3)
    assert done.bloc_year.memberships.get().agency.name == "Sở B"
