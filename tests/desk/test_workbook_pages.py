"""The workbook in the browser: upload, preview, confirm, waiting rows, export; each in one number of statements."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from blocs.models import Agency, BlocYear, Movement
from emulation.desk.models import ImportBatch, ParkedRow
from emulation.desk.renderers import reading
from emulation.desk.renderers.workbook import empty_book
from tests import factories as make
from tests.desk.books import BLOC, bring_in, fill, filled, opened, saved, taken_out
from tests.http import main, query_count, words

pytestmark = pytest.mark.django_db
SHELL = 5  # session, account, seats, what the seat stands for, years with the province


@pytest.fixture(autouse=True)
def _province():
    make.ProvinceFactory()


@pytest.fixture
def board():
    return logged_in("board_specialist")


def logged_in(capacity, **options):
    client = Client()
    client.force_login(make.SeatFactory(capacity=capacity, **options).user)
    return client


def send(client, content, name="khoi.xlsx"):
    return client.post(reverse("workbook_list"), {"file": SimpleUploadedFile(name, content)})


def digest_on(page):
    return re.search(r'name="digest" value="([0-9a-f]{64})"', page.content.decode()).group(1)


def confirm(client, batch, digest):
    return client.post(reverse("workbook_detail", args=[batch.pk]), {"digest": digest})


def test_upload_shows_every_verdict_before_anything_is_written(board):
    row = make.BlocYearFactory(name="Khối thi đua số 6", year__label="2026", state="preparing")
    make.MovementFactory(bloc_year=row, number=1, title="Cũ", launched_by="province")
    make.MovementFactory(bloc_year=row, number=2, title="Không có trong tệp")
    rows = [
        {"Thứ tự": 1, "Tên phong trào": "<script>alert(1)</script>", "Cấp phát động": "Tỉnh"},
        {"Thứ tự": 3, "Tên phong trào": "Mới", "Cấp phát động": "Trung ương"},
    ]
    answer = send(board, filled({"Phong trào": rows, "Xếp hạng": [{"Tên đơn vị": "Sở Mới", "Hạng": 1}]}))
    batch = ImportBatch.objects.get()
    assert answer.headers["Location"] == reverse("workbook_detail", args=[batch.pk])
    page = board.get(answer.headers["Location"])
    said = main(page)
    assert "01 dòng mới 01 dòng thay đổi 01 dòng không đổi 00 dòng chờ xử lý 01 dòng sai" in said
    assert "B2 Tên phong trào: Cũ → <script>alert(1)</script>" in said
    assert "<script>alert(1)" not in page.content.decode()
    assert "Trang “Phong trào”, ô C3 Trung ương “Trung ương” không có trong các lựa chọn" in said
    assert "Có trong hệ thống, không có trong tệp: giữ nguyên 01 dòng Phong trào: Không có trong tệp" in said
    assert "Sở Mới đơn vị mới" in said
    assert (Movement.objects.get(number=1).title, Agency.objects.count()) == ("Cũ", 0)


def test_confirmation_writes_and_shows_what_became_of_it(board):
    send(board, filled({"Phong trào": [{"Tên phong trào": "A"}, {"Tên phong trào": "B", "Cấp phát động": "?"}]}))
    batch = ImportBatch.objects.get()
    address = reverse("workbook_detail", args=[batch.pk])
    assert confirm(board, batch, digest_on(board.get(address))).headers["Location"] == address
    said = main(board.get(address))
    assert "02 dòng mới 00 dòng thay đổi 00 dòng không đổi 01 dòng để chờ" in said
    assert "trang “Phong trào”, dòng 3" in said
    assert Movement.objects.get().title == "A"
    assert "02 chỗ" not in said


def test_confirmation_shows_the_new_verdict_when_the_world_moved(board):
    content = filled({"Phong trào": [{"Tên phong trào": "A"}]})
    send(board, content)
    batch = ImportBatch.objects.get()
    digest = digest_on(board.get(reverse("workbook_detail", args=[batch.pk])))
    bring_in(content)
    answer = confirm(board, batch, digest)
    assert answer.status_code == 409
    assert "Chưa ghi gì. Số liệu trong hệ thống đã thay đổi từ lúc xem trước" in main(answer)
    assert "Không có thay đổi." in main(answer)
    assert Movement.objects.count() == 1


def test_second_click_on_confirm_says_that_it_is_done(board):
    send(board, filled({}))
    batch = ImportBatch.objects.get()
    digest = digest_on(board.get(reverse("workbook_detail", args=[batch.pk])))
    assert confirm(board, batch, digest).status_code == 302
    again = confirm(board, batch, digest)
    assert (again.status_code, "Tệp này đã xử lý rồi (đã nhập)" in words(again)) == (409, True)
    assert BlocYear.objects.count() == 1


def test_wrong_bloc_row_leaves_no_button_to_confirm(board):
    send(board, filled({"Khối": [{**BLOC, "Năm thi đua": "?"}]}))
    page = main(board.get(reverse("workbook_detail", args=[ImportBatch.objects.get().pk])))
    assert "Chưa nhập được tệp này." in page
    assert "Xác nhận nhập" not in page


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "Tệp rỗng; chọn lại tệp .xlsx đã điền."),
        (b"<html></html>", "Nội dung tệp “khoi.xlsx” không phải là Excel"),
        (empty_book(), "Trang “Khối” chưa có dòng nào; điền một dòng: năm thi đua và tên khối."),
    ],
)
def test_bad_file_is_answered_on_the_page_and_not_kept(board, content, sentence):
    answer = send(board, content)
    assert answer.status_code == 422
    assert sentence in main(answer)
    assert ImportBatch.objects.count() == 0


def test_form_without_a_file_says_what_to_do(board):
    answer = board.post(reverse("workbook_list"), {})
    assert (answer.status_code, "Chọn tệp .xlsx đã điền rồi bấm Xem trước." in main(answer)) == (422, True)


def test_oversized_upload_is_stopped_with_the_sentence(board, settings):
    settings.UPLOAD_LIMIT_MB = 1
    answer = send(board, b"PK" + b"\x00" * (3 * 1024 * 1024))
    assert answer.status_code == 422
    assert "Tệp lớn hơn 1 MB" in main(answer)
    assert ImportBatch.objects.count() == 0


def test_upload_can_be_put_aside(board):
    send(board, filled({}))
    batch = ImportBatch.objects.get()
    address = reverse("workbook_discard", args=[batch.pk])
    assert "Tệp “khoi.xlsx” không được nhập." in main(board.get(address))
    assert board.post(address).headers["Location"] == reverse("workbook_list")
    assert "Tệp này đã bỏ." in main(board.get(reverse("workbook_detail", args=[batch.pk])))


def test_uploaded_file_comes_back_as_it_was(board):
    content = filled({})
    send(board, content)
    answer = board.get(reverse("workbook_file", args=[ImportBatch.objects.get().pk]))
    assert (b"".join(answer.streaming_content), str(ImportBatch.objects.get())) == (content, "khoi.xlsx")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="khoi.xlsx"'


# --- Out --------------------------------------------------------------------------------------------------------------


def test_empty_workbook_is_for_everybody_with_a_seat():
    answer = logged_in("officer").get(reverse("workbook_empty"))
    assert answer.headers["Content-Disposition"] == 'attachment; filename="khoi-thi-dua-mau.xlsx"'
    assert opened(answer.content).sheetnames[0] == "Khối"


def test_export_is_what_the_upload_takes(board):
    row = bring_in(filled({"Thành viên": [{"Tên đơn vị": "Sở Tài chính"}]})).bloc_year
    answer = logged_in("officer").get(reverse("workbook_export", args=[row.pk]))
    assert answer.headers["Content-Disposition"] == 'attachment; filename="khoi-thi-dua-so-6-2026.xlsx"'
    assert reading.read(answer.content).rows == reading.read(taken_out(row)).rows
    send(board, answer.content)
    page = main(board.get(reverse("workbook_detail", args=[ImportBatch.objects.latest("pk").pk])))
    assert "Không có thay đổi." in page


def test_export_of_no_bloc_is_not_found(board):
    assert board.get(reverse("workbook_export", args=[404])).status_code == 404


# --- Waiting rows -----------------------------------------------------------------------------------------------------


@pytest.fixture
def doubt():
    agency = make.AgencyFactory(name="Sở Nội vụ", locality="Kon Tum", code="NV01")
    places = [{"Tên đơn vị": "Sở Nội vụ", "Hạng": 2}]
    batch = bring_in(filled({"Khối": [{**BLOC, "Địa phương": ""}], "Xếp hạng": places}))
    return batch.parked.get(), agency


def test_waiting_row_is_listed_with_its_reason(board, doubt):
    said = main(board.get(reverse("parked_list")))
    assert "Sở Nội vụ trang “Xếp hạng”, dòng 2" in said
    assert "Đã có “Sở Nội vụ” ở địa phương khác" in said
    assert "01 dòng đang chờ xử lý" in main(board.get(reverse("workbook_list")))


def test_waiting_row_offers_the_candidates_and_takes_one(board, doubt):
    row, agency = doubt
    address = reverse("parked_detail", args=[row.pk])
    assert "Sở Nội vụ (Kon Tum, mã NV01) Đơn vị khác: tạo đơn vị mới" in main(board.get(address))
    answer = board.post(address, {"agency": "Sở Nội vụ", "place": "2", "choice": str(agency.pk)})
    assert answer.headers["Location"] == reverse("parked_list")
    assert row.batch.bloc_year.places.get().agency == agency
    assert "Đơn vị được chọn Sở Nội vụ" in main(board.get(address))
    again = board.post(address, {"agency": "Sở Nội vụ", "place": "2", "choice": str(agency.pk)})
    assert (again.status_code, "Dòng này đã được xử lý" in words(again)) == (409, True)


def test_waiting_row_keeps_what_was_typed_when_it_is_still_wrong(board, doubt):
    row, _ = doubt
    answer = board.post(reverse("parked_detail", args=[row.pk]), {"agency": "Sở Nội vụ", "place": "hai"})
    assert answer.status_code == 422
    assert "Chưa nhập được, có 01 chỗ cần sửa." in main(answer)
    assert 'value="hai"' in answer.content.decode()
    assert "“hai” không phải là số" in main(answer)
    assert ParkedRow.objects.get().texts["place"] == ("D2", "2")


def test_waiting_row_without_a_choice_asks_for_it(board, doubt):
    row, agency = doubt
    answer = board.post(reverse("parked_detail", args=[row.pk]), {"agency": "Sở Nội vụ", "place": "2"})
    assert (answer.status_code, f'value="{agency.pk}"' in answer.content.decode()) == (422, True)
    strange = {"agency": "Sở Nội vụ", "place": "2", "choice": "999999"}
    answer = board.post(reverse("parked_detail", args=[row.pk]), strange)
    assert (answer.status_code, "Chọn một trong các đơn vị được nêu." in main(answer)) == (422, True)


def test_waiting_row_is_dropped_with_a_reason(board, doubt):
    row, _ = doubt
    address = reverse("parked_drop", args=[row.pk])
    assert "Dòng “Sở Nội vụ” không được nhập." in main(board.get(address))
    empty = board.post(address, {"note": " "})
    assert (empty.status_code, "Ghi lý do bỏ dòng này." in main(empty)) == (422, True)
    assert board.post(address, {"note": "Ghi nhầm khối"}).status_code == 302
    assert (ParkedRow.objects.get().state, ParkedRow.objects.get().note) == ("dropped", "Ghi nhầm khối")
    assert "Không có dòng nào chờ" in main(board.get(reverse("parked_list")))


def test_wrong_choice_of_a_waiting_row_stays_among_the_options(board):
    rows = [{"Tên phong trào": "A", "Cấp phát động": "Trung ương", "Thuộc phương hướng năm sau": "có lẽ"}]
    row = bring_in(filled({"Phong trào": rows})).parked.get()
    page = board.get(reverse("parked_detail", args=[row.pk])).content.decode()
    assert '<option value="Trung ương" selected>' in page
    assert '<option value="có lẽ" selected>' in page


# --- Who, and how many statements -------------------------------------------------------------------------------------


@pytest.mark.parametrize("capacity", ["officer", "council", "signer", "account_manager"])
def test_pages_do_not_exist_for_who_is_not_of_the_board(capacity, doubt):
    row, _ = doubt
    options = {"agency": None} if capacity == "council" else {"signs_as": "head"} if capacity == "signer" else {}
    client = logged_in(capacity, **options)
    batch = make.ImportBatchFactory()
    for name, pks in (
        ("workbook_list", []),
        ("workbook_detail", [batch.pk]),
        ("workbook_file", [batch.pk]),
        ("workbook_discard", [batch.pk]),
        ("parked_list", []),
        ("parked_detail", [row.pk]),
        ("parked_drop", [row.pk]),
    ):
        assert client.get(reverse(name, args=pks)).status_code == 404
    assert send(client, filled({})).status_code == 404
    assert confirm(client, batch, "").status_code == 404


@pytest.fixture
def big(request):
    """A bloc of so many members, each with a place and a result."""
    names = [f"Sở số {number}" for number in range(request.param)]
    return filled(
        {
            "Thành viên": [{"Tên đơn vị": name, "Nhóm": "Nhóm A"} for name in names],
            "Lãnh đạo": [{"Vai trò": "Trưởng khối", "Tên đơn vị": names[0]}],
            "Xếp hạng": [{"Tên đơn vị": name, "Hạng": 1} for name in names],
            "Kết quả": [
                {"Tên đơn vị": name, "Danh hiệu, hình thức": "Cờ", "Đề nghị hay đã nhận": "Đề nghị"} for name in names
            ],
        }
    )


@pytest.mark.parametrize("big", [1, 25], indirect=True)
def test_preview_takes_twenty_seven(board, big):
    row = bring_in(big).bloc_year
    changed = opened(taken_out(row))
    fill(changed, {"Xếp hạng": [{"Hạng": 2}]})
    send(board, saved(changed))
    address = reverse("workbook_detail", args=[ImportBatch.objects.latest("pk").pk])
    assert query_count(lambda: board.get(address)) == SHELL + 22


@pytest.mark.parametrize("big", [1, 25], indirect=True)
def test_export_takes_fifteen(board, big):
    row = bring_in(big).bloc_year
    assert query_count(lambda: board.get(reverse("workbook_export", args=[row.pk]))) == 15


@pytest.mark.parametrize("rows", [1, 3, 100])
def test_lists_take_eight_and_seven(board, settings, rows):
    settings.PAGE_SIZE = 100
    make.EmulationYearFactory(label="2026")
    batch = make.ParkedRowFactory().batch
    for _ in range(rows - 1):
        make.ParkedRowFactory(batch=batch)
        make.ImportBatchFactory(file=batch.file, uploaded_by=batch.uploaded_by)
    assert query_count(lambda: board.get(reverse("workbook_list"))) == SHELL + 3
    assert query_count(lambda: board.get(reverse("parked_list"))) == SHELL + 2
