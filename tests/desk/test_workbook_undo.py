"""An import is undone as a whole, or not at all: every row goes back, else the first obstacle is named."""

import pytest
from django.test import Client
from django.urls import reverse

from blocs.models import Agency, BlocYear, EmulationYear, LeadershipTerm, Membership, NextLeader, Subgroup
from emulation.core import clock
from emulation.core.errors import Refused
from emulation.core.models import Event, SignedPaper
from emulation.desk.domain.example import EXAMPLE
from emulation.desk.models import BatchState, ImportBatch, ParkedRow, ParkedState
from emulation.desk.renderers.workbook import book
from emulation.desk.services import parked, undo
from tests import factories as make
from tests.desk.books import BLOC, BOARD, OFFICER, bring_in, filled, opened, saved, taken_out, waiting_movement
from tests.http import main

pytestmark = pytest.mark.django_db
INSTEAD = "sửa từng dòng ở trang của khối."


@pytest.fixture(autouse=True)
def _province():
    make.ProvinceFactory()


def take_back(batch, note="Nhập nhầm tệp của năm trước", actor=BOARD):
    return undo.undo(batch=batch, note=note, actor=actor, at=clock.now())


def refused(batch, **said):
    with pytest.raises(Refused) as told:
        take_back(batch, **said)
    return str(told.value)


def stated(rows):
    return filled({"Thành viên": rows})


def test_new_bloc_goes_with_everything_it_brought():
    batch = bring_in(book(EXAMPLE))
    bloc_year_id = batch.bloc_year_id
    done = take_back(batch)
    left = (BlocYear, EmulationYear, Agency, Membership, LeadershipTerm, SignedPaper)
    assert [model.objects.count() for model in left] == [0] * 6
    assert (done.state, done.bloc_year_id, done.undo_note) == (BatchState.UNDONE, None, "Nhập nhầm tệp của năm trước")
    event = Event.objects.get(verb="import_undone")
    assert (event.subject_id, event.note) == (bloc_year_id, "Nhập nhầm tệp của năm trước")
    assert bring_in(book(EXAMPLE)).state == BatchState.CONFIRMED


def test_what_stood_before_stands_again_column_by_column():
    first = bring_in(book(EXAMPLE))
    before = taken_out(first.bloc_year)
    sheets = opened(before)
    sheets["Khối"].cell(2, [cell.value for cell in sheets["Khối"][1]].index("Chủ đề thi đua") + 1).value = "Chủ đề sai"
    page = sheets["Thành viên"]
    column = {cell.value: cell.column for cell in page[1]}
    page.cell(2, column["Nhóm"]).value = "Nhóm lạ"
    for heading, value in {"Thứ tự": 9, "Tên đơn vị": "Sở Lạ", "Địa phương": "trong tỉnh", "Nhóm": "Nhóm lạ"}.items():
        page.cell(4, column[heading]).value = value
    second = bring_in(saved(sheets))
    assert (Subgroup.objects.count(), Membership.objects.count()) == (3, 3)
    take_back(second)
    cells = [[[cell.value for cell in row] for row in page] for page in opened(before)]
    assert [[[cell.value for cell in row] for row in page] for page in opened(taken_out(first.bloc_year))] == cells
    assert not Agency.objects.filter(name="Sở Lạ").exists()
    second.refresh_from_db()
    assert (second.state, second.bloc_year_id) == (BatchState.UNDONE, first.bloc_year_id)
    take_back(first)
    assert BlocYear.objects.count() == 0


def test_changed_row_is_the_obstacle_and_nothing_moves():
    batch = bring_in(stated([{"Tên đơn vị": "Sở A"}, {"Tên đơn vị": "Sở B"}]))
    row = Membership.objects.get(agency__name="Sở B")
    row.note, row.revision = "đã sửa", row.revision + 1
    row.save()
    assert refused(batch) == f"Chưa hoàn tác được: đơn vị thành viên “{row}” đã được sửa sau lần nhập này; {INSTEAD}"
    assert (Membership.objects.count(), ImportBatch.objects.get().state) == (2, BatchState.CONFIRMED)


def test_row_somebody_uses_is_the_obstacle():
    batch = bring_in(stated([{"Tên đơn vị": "Sở A"}]))
    seat = make.SeatFactory(agency=Agency.objects.get())
    assert refused(batch) == (
        f"Chưa hoàn tác được: đã có {seat._meta.verbose_name} “{seat}” dựa vào số liệu của lần nhập này; {INSTEAD}"
    )
    seat.delete()
    document = make.DocumentFactory(subject_label="blocs.blocyear", subject_id=batch.bloc_year_id)
    assert refused(batch).startswith(f"Chưa hoàn tác được: đã có văn bản “{document}”")


def test_row_that_rests_on_a_new_member_is_the_obstacle_though_bloc_and_agency_were_there():
    agency = make.AgencyFactory(name="Sở A", code="A01")
    bring_in(stated([]))
    rows = {"Thành viên": [{"Mã đơn vị": "A01", "Tên đơn vị": "Sở A"}], "Xếp hạng": [{"Tên đơn vị": "Sở A", "Hạng": 1}]}
    batch = bring_in(filled(rows))
    elected = make.LeadershipTermFactory(bloc_year=batch.bloc_year, agency=agency)
    # A row of the file placed later does not hide what stood by then.
    parked.place(row=waiting_movement(batch), choice=None, actor=BOARD, at=clock.now())
    resting = (
        lambda: elected,
        lambda: make.HandoverFactory(bloc_year=batch.bloc_year, giver=agency),
        lambda: make.HandoverFactory(bloc_year=batch.bloc_year, receiver=agency),
        lambda: make.NominationFactory(bloc_year=batch.bloc_year, owner=agency),
        lambda: make.SubmissionFactory(bloc_year=batch.bloc_year, agency=agency),
    )
    for create in resting:
        row = create()
        assert refused(batch) == (
            f"Chưa hoàn tác được: đã có {row._meta.verbose_name} “{row}” dựa vào số liệu của lần nhập này; {INSTEAD}"
        )
        row.delete()
    assert take_back(batch).state == BatchState.UNDONE


def test_leaders_who_changed_places_change_back():
    def led(leader, deputy):
        said = [{"Vai trò": "Trưởng khối", "Tên đơn vị": leader}, {"Vai trò": "Phó Trưởng khối", "Tên đơn vị": deputy}]
        named = [{**row, "Năm nào": "Năm sau", "Cách ghi của nguồn": "bầu"} for row in said]
        return bring_in(filled({"Lãnh đạo": said + named}))

    def leaders():
        kinds = (LeadershipTerm, NextLeader)
        return [list(kind.objects.filter(role="leader").values_list("agency__name", flat=True)) for kind in kinds]

    led("Sở A", "Sở B")
    there, back = led("Sở B", "Sở A"), led("Sở A", "Sở B")
    take_back(back)
    assert leaders() == [["Sở B"], ["Sở B"]]
    take_back(there)
    assert leaders() == [["Sở A"], ["Sở A"]]


def test_member_ranked_in_the_group_the_import_moved_it_to_is_the_obstacle():
    bring_in(stated([{"Tên đơn vị": "Sở A", "Nhóm": "Nhóm 1"}]))
    batch = bring_in(stated([{"Tên đơn vị": "Sở A", "Nhóm": "Nhóm 2"}]))
    standing = make.StandingFactory(bloc_year=batch.bloc_year, is_by_group=True, state="published")
    place = make.PlaceFactory(standing=standing, membership=Membership.objects.get())
    assert refused(batch) == (
        f"Chưa hoàn tác được: đã có hạng của đơn vị “{place}” dựa vào số liệu của lần nhập này; {INSTEAD}"
    )
    place.delete()
    take_back(batch)
    assert Membership.objects.get().subgroup.name == "Nhóm 1"


def test_waiting_rows_end_with_it_and_placed_ones_are_taken_back():
    make.AgencyFactory(name="Sở A", locality="Kon Tum", code="A01")
    rows = [{"Tên đơn vị": "Sở B"}, {"Tên đơn vị": "Sở A"}]
    batch = bring_in(filled({"Khối": [{**BLOC, "Địa phương": ""}], "Thành viên": rows}))
    waiting = ParkedRow.objects.get()
    parked.place(row=waiting, choice=parked.NEW_AGENCY, actor=BOARD, at=clock.now())
    assert Membership.objects.count() == 2
    batch.refresh_from_db()
    take_back(batch)
    assert (Membership.objects.count(), Agency.objects.count()) == (0, 1)
    waiting.refresh_from_db()
    assert (waiting.state, waiting.agency_id) == (ParkedState.UNDONE, None)


def test_only_the_board_with_a_reason_once_and_in_an_open_year():
    batch = bring_in(stated([{"Tên đơn vị": "Sở A"}]))
    with pytest.raises(PermissionError):
        take_back(batch, actor=OFFICER)
    assert refused(batch, note="  ") == "Ghi lý do hoàn tác lần nhập này."
    EmulationYear.objects.update(state="closed")
    assert refused(batch).startswith("Năm này của khối đã khóa")
    EmulationYear.objects.update(state="open")
    ImportBatch.objects.update(written="")
    assert refused(batch).startswith("Lần nhập này có từ trước khi hệ thống giữ số liệu cũ")


def test_page_of_the_import_leads_to_it_and_keeps_what_was_typed():
    batch = bring_in(stated([{"Tên đơn vị": "Sở A"}]))
    board = make.SeatFactory(capacity="board_specialist").user
    client = Client()
    client.force_login(board)
    page, asks = (reverse(name, args=[batch.pk]) for name in ("workbook_detail", "workbook_undo"))
    assert asks in client.get(page).content.decode()
    assert client.get(asks).status_code == 200
    without = client.post(asks, {"note": " "})
    assert (without.status_code, "Ghi lý do hoàn tác lần nhập này." in main(without)) == (422, True)
    seat = make.SeatFactory(agency=Agency.objects.get())
    stopped = client.post(asks, {"note": "nhầm tệp"})
    assert (stopped.status_code, f"“{seat}”" in main(stopped), "nhầm tệp" in main(stopped)) == (422, True, True)
    seat.delete()
    assert client.post(asks, {"note": "nhầm tệp"}).headers["Location"] == page
    done = client.get(page).content.decode()
    assert ("Lần nhập này đã hoàn tác." in done, "nhầm tệp" in done, asks in done) == (True, True, False)
    assert (client.get(asks).status_code, client.post(asks, {"note": "nữa"}).status_code) == (409, 409)
