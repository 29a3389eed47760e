"""What a new user tries first, from login to paper, in a real browser with a real worker."""

import io
import time

import docx
import pypdfium2
import pytest
from playwright.sync_api import Page, expect

from blocs.models import BlocYear, ReportedResult
from emulation.core.models import Document, Event, Job, JobState
from emulation.desk.models import ImportBatch, ParkedRow
from tests.browser.acts import download, log_in, upload, words
from tests.browser.province import BOARD, LEADER, MEMBER
from tests.browser.workbooks import MISTAKES, Book, with_mistakes
from tests.workers import Workers

pytestmark = pytest.mark.django_db(transaction=True)


def find_bloc(page: Page, text: str, name: str) -> None:
    page.get_by_role("searchbox", name="Tìm khối, đơn vị").fill(text)
    page.keyboard.press("Enter")
    page.get_by_role("main").get_by_role("link", name=name, exact=True).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(name)


def wait_until_running() -> Job:
    limit = time.monotonic() + 60
    while time.monotonic() < limit:
        job = Job.objects.filter(state=JobState.RUNNING).first()
        if job:
            return job
        time.sleep(0.02)
    return pytest.fail("no worker took the job")


# --- The report -------------------------------------------------------------------------------------------------------


def test_leader_reads_the_report_though_the_worker_was_killed(open_page, workers: Workers, bloc: BlocYear) -> None:
    worker = workers.start()
    page = open_page("/")
    log_in(page, LEADER)
    find_bloc(page, "khoi so 1 tong hop", "Khối thi đua số 1 – Tổng hợp")
    page.get_by_role("button", name="Lập báo cáo tổng kết").click()
    page.wait_for_url("**/jobs/*/")
    job = wait_until_running()
    workers.kill(worker)
    expect(page.locator("#h-job")).to_have_text("Đang lập")
    workers.start()
    expect(page.locator("#h-job")).to_have_text("Hoàn tất", timeout=90_000)
    job.refresh_from_db()
    assert (job.state, Document.objects.count()) == (JobState.READY, 1)

    answer = page.request.get(page.get_by_role("link", name="Mở PDF").get_attribute("href"))
    assert answer.status == 200
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.headers["content-disposition"].startswith("inline;")
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["content-security-policy"].startswith("sandbox")
    text = "".join(sheet.get_textpage().get_text_range() for sheet in pypdfium2.PdfDocument(answer.body()))
    content = download(page, page.get_by_role("link", name="Tải DOCX").click)
    paper = docx.Document(io.BytesIO(content))
    typed = "\n".join(line.text for line in paper.paragraphs)
    for said in (" ".join(text.split()), " ".join(typed.split())):
        assert "Khối thi đua số 1 – Tổng hợp" in said
    assert Event.objects.filter(verb="report_made").count() == 1


def test_report_asked_for_twice_is_one_job(open_page, bloc: BlocYear) -> None:
    page = open_page(f"/blocs/{bloc.pk}/", login=LEADER)
    page.get_by_role("button", name="Lập báo cáo tổng kết").dblclick()
    page.wait_for_url("**/jobs/*/")
    first = page.url
    page.go_back()
    page.reload()
    page.get_by_role("link", name="Xem tiến độ báo cáo").click()
    assert (page.url, Job.objects.count()) == (first, 1)


def test_stop_and_repeat_are_one_click_each(open_page, bloc: BlocYear) -> None:
    page = open_page(f"/blocs/{bloc.pk}/", login=LEADER)
    page.get_by_role("button", name="Lập báo cáo tổng kết").click()
    page.get_by_role("button", name="Dừng").click()
    expect(page.locator("#h-job")).to_have_text("Đã dừng")
    page.get_by_role("button", name="Lập lại").click()
    expect(page.locator("#h-job")).to_have_text("Đang chờ")


# --- The workbook -----------------------------------------------------------------------------------------------------


def test_one_changed_cell_is_shown_confirmed_and_not_written_again(open_page, bloc: BlocYear) -> None:
    result = ReportedResult.objects.get(bloc_year__name="Khối thi đua Tổng hợp", how_many=5)
    page = open_page(f"/blocs/{result.bloc_year_id}/", login=BOARD)
    page.get_by_text("Khác", exact=True).click()
    book = Book(download(page, page.get_by_role("link", name="Kết xuất Excel").click))
    row = next(number for number in range(2, 20) if book.read("Kết quả", "Số tập thể", number) == 5)
    book.write("Kết quả", "Số tập thể", row, 6)

    upload(page, book.content)
    changed = page.locator(".cells li")
    assert changed.count() == 1
    assert words(changed) == f"{book.address('Kết quả', 'Số tập thể', row)} Số tập thể: 5 → 6"
    assert ReportedResult.objects.get(pk=result.pk).how_many == 5
    page.get_by_role("button", name="Xác nhận nhập").click()
    page.get_by_role("link", name="Mở trang của khối").click()
    expect(page.get_by_role("rowheader", name="06 tập thể")).to_be_visible()

    upload(page, book.content)
    expect(page.get_by_text("Không có thay đổi.")).to_be_visible()
    expect(page.get_by_role("button", name="Xác nhận nhập")).to_have_count(0)


def test_sixth_bloc_names_each_mistake_at_its_cell_and_comes_in_once_mended(open_page, bloc: BlocYear) -> None:
    page = open_page("/workbooks/", login=BOARD)
    book = with_mistakes(download(page, page.get_by_role("link", name="Tải tệp mẫu").click))
    upload(page, book.content)
    expect(page.locator("#h-mistakes")).to_have_text("03 chỗ cần sửa")
    places = {f"Trang “{sheet}”, ô {book.address(sheet, heading, row)}" for sheet, heading, row, _, _ in MISTAKES}
    table = page.get_by_role("region", name="Các chỗ cần sửa")
    assert set(table.get_by_role("rowheader").all_inner_texts()) == places
    for *_, wrong, _ in MISTAKES:
        expect(table.get_by_role("cell", name=wrong, exact=True)).to_be_visible()

    for sheet, heading, row, _, right in MISTAKES:
        book.write(sheet, heading, row, right)
    upload(page, book.content)
    expect(page.locator("#h-mistakes")).to_have_count(0)
    page.get_by_role("button", name="Xác nhận nhập").click()
    page.get_by_role("link", name="Mở trang của khối").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Khối thi đua số 6 – Giao thông")
    members = page.get_by_role("region", name="Đơn vị thành viên")
    expect(members.get_by_role("rowheader")).to_have_count(2)
    assert ParkedRow.objects.count() == 0


def test_confirmation_sent_again_from_the_page_before_writes_nothing(open_page, bloc: BlocYear) -> None:
    page = open_page("/workbooks/", login=BOARD)
    book = with_mistakes(download(page, page.get_by_role("link", name="Tải tệp mẫu").click))
    upload(page, book.content)
    address = page.url
    token = page.locator("main [name=csrfmiddlewaretoken]").first.input_value()
    digest = page.locator("[name=digest]").input_value()
    page.get_by_role("button", name="Xác nhận nhập").click()
    expect(page.get_by_role("link", name="Mở trang của khối")).to_be_visible()
    before = (BlocYear.objects.count(), ParkedRow.objects.count(), Event.objects.count())
    again = page.request.post(
        address, form={"csrfmiddlewaretoken": token, "digest": digest}, headers={"Referer": address}
    )
    assert again.status == 409
    assert "Tệp này đã xử lý rồi" in again.text()
    assert (BlocYear.objects.count(), ParkedRow.objects.count(), Event.objects.count()) == before
    assert ImportBatch.objects.filter(state="confirmed", file__name="khoi.xlsx").count() == 1


def test_waiting_row_is_mended_on_screen_and_leaves_the_list(open_page, bloc: BlocYear) -> None:
    page = open_page("/workbooks/", login=BOARD)
    upload(page, with_mistakes(download(page, page.get_by_role("link", name="Tải tệp mẫu").click)).content)
    page.get_by_role("button", name="Xác nhận nhập").click()
    page.goto("/parked-rows/")
    expect(page.get_by_role("link", name="Xử lý")).to_have_count(3)
    page.get_by_role("row", name="31/02/2026").get_by_role("link", name="Xử lý").click()
    page.get_by_label("Từ ngày").fill("31/04/2026")
    page.get_by_role("button", name="Nhập dòng này").click()
    expect(page.get_by_role("alert")).to_contain_text("31/04/2026")
    expect(page.get_by_label("Từ ngày")).to_have_value("31/04/2026")
    page.get_by_label("Từ ngày").fill("30/04/2026")
    page.get_by_role("button", name="Nhập dòng này").click()
    expect(page.get_by_role("link", name="Xử lý")).to_have_count(2)


# --- Who may ----------------------------------------------------------------------------------------------------------


def test_member_sees_no_button_it_may_not_use(open_page, bloc: BlocYear) -> None:
    page = open_page(f"/blocs/{bloc.pk}/", login=MEMBER)
    for path in (f"/blocs/{bloc.pk}/", "/blocs/", "/agencies/", "/documents/", "/"):
        page.goto(path)
        expect(page.get_by_role("main").locator("form[method=post]")).to_have_count(0)
        expect(page.get_by_role("link", name="Nhập từ Excel")).to_have_count(0)
    page.goto(f"/blocs/{bloc.pk}/")
    page.get_by_text("Khác", exact=True).click()
    expect(page.get_by_role("link", name="Kết xuất Excel")).to_be_visible()
    expect(page.get_by_role("link", name="Sửa")).to_have_count(0)
    expect(page.get_by_role("heading", name="Trạng thái của năm")).to_have_count(0)


# --- Two people, one form ---------------------------------------------------------------------------------------------


def test_second_of_two_people_sees_both_texts_and_keeps_the_typed_one(open_page, bloc: BlocYear) -> None:
    slow, quick = (open_page(f"/blocs/{bloc.pk}/edit/", login=login) for login in (LEADER, BOARD))
    quick.get_by_label("Chủ đề thi đua").fill("Chữ của người nhanh")
    quick.get_by_role("button", name="Lưu").click()
    quick.wait_for_url(f"**/blocs/{bloc.pk}/")
    slow.get_by_label("Chủ đề thi đua").fill("Chữ của người chậm")
    with slow.expect_response(lambda answer: answer.request.method == "POST") as refused:
        slow.get_by_role("button", name="Lưu").click()
    assert refused.value.status == 409
    row = slow.get_by_role("region", name="So sánh").get_by_role("row", name="Chủ đề thi đua")
    assert row.get_by_role("cell").all_inner_texts() == ["Chữ của người chậm", "Chữ của người nhanh"]
    expect(slow.get_by_label("Chủ đề thi đua")).to_have_value("Chữ của người chậm")
    bloc.refresh_from_db()
    assert bloc.theme == "Chữ của người nhanh"
    slow.get_by_role("button", name="Lưu").click()
    slow.wait_for_url(f"**/blocs/{bloc.pk}/")
    bloc.refresh_from_db()
    assert bloc.theme == "Chữ của người chậm"


def test_number_typed_wrongly_is_named_and_kept(open_page, bloc: BlocYear) -> None:
    page = open_page(f"/blocs/{bloc.pk}/edit/", login=LEADER)
    page.get_by_label("Số đơn vị theo nguồn").fill("10,5")
    page.get_by_role("button", name="Lưu").click()
    expect(page.get_by_role("alert")).to_contain_text("Chưa lưu được, có 01 chỗ cần sửa.")
    expect(page.get_by_text("Nhập số đơn vị bằng chữ số, ví dụ 10.")).to_be_visible()
    expect(page.get_by_label("Số đơn vị theo nguồn")).to_have_value("10,5")
    bloc.refresh_from_db()
    assert bloc.stated_member_count == 10
