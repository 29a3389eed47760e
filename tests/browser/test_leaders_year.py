"""The leader's year as new users live it: next year opened, a covenant signed, a merger, a silent leader, the files."""

import pytest
from playwright.sync_api import Locator, Page, expect

from blocs.enums import BlocYearState, PaperState
from blocs.models import Agency, BlocPaper, BlocYear, LeadershipTerm, Signature
from emulation.core import audit
from emulation.core.models import Event, SignedPaper
from tests.browser.acts import words
from tests.browser.province import BOARD, HEAD, LEADER

pytestmark = pytest.mark.django_db(transaction=True)

NEXT_LEADER = "phokhoi"  # of Sở Tư pháp, deputy in 2026, named to lead 2027
SIGNER = "nguoiky"  # the head of Sở Tài chính
SCAN = [{"name": "ban-ky.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7\n%%EOF\n"}]


def go(page: Page, link: str) -> None:
    page.get_by_role("main").get_by_role("link", name=link, exact=True).first.click()


def press(page: Page, button: str) -> None:
    page.get_by_role("button", name=button, exact=True).click()


def at(page: Page, label: str) -> Locator:
    return page.locator("main").get_by_label(label)


def choose(page: Page, label: str, value: str) -> None:
    at(page, label).select_option(label=value)


def next_year(bloc: BlocYear) -> BlocYear:
    return BlocYear.objects.get(bloc=bloc.bloc, year__label="2027")


def name_next_leader(open_page, bloc: BlocYear) -> None:
    page = open_page(f"/blocs/{bloc.pk}/", login=LEADER)
    go(page, "Lãnh đạo khối, bàn giao")
    go(page, "Ghi thêm")
    choose(page, "Đơn vị", "Sở Tư pháp")
    choose(page, "Vai trò", "Trưởng khối")
    press(page, "Ghi lãnh đạo khối năm sau")
    expect(page.get_by_text("Đã ghi lãnh đạo khối năm sau.")).to_be_visible()


def open_next_year(open_page) -> None:
    page = open_page("/blocs/", login=BOARD)
    page.get_by_text("Khác", exact=True).click()
    page.get_by_role("link", name="Mở năm thi đua tiếp theo").click()
    press(page, "Mở năm 2027 cho các khối đã chọn")
    expect(page.get_by_text("Đã mở năm 2027 cho 02 khối.")).to_be_visible()
    page.go_back()
    page.reload()
    assert "Đã mở" in words(page)
    assert BlocYear.objects.filter(year__label="2027").count() == 2


def write_covenant(open_page, row: BlocYear) -> BlocPaper:
    page = open_page(f"/blocs/{row.pk}/", login=NEXT_LEADER)
    go(page, "Kế hoạch, quy chế, giao ước")
    page.get_by_role("link", name="Soạn mới Giao ước thi đua").click()
    page.get_by_role("button", name="Lập dự thảo").click()
    at(page, "Nội dung thi đua").fill("Hoàn thành nhiệm vụ chính trị.\nĐẩy mạnh chuyển đổi số.")
    press(page, "Lưu")
    page.get_by_role("link", name="Sửa chỉ tiêu").first.click()
    at(page, "Tên: dòng mới").first.fill("Hồ sơ giải quyết đúng hạn")
    at(page, "Đơn vị tính: dòng mới").first.fill("%")
    at(page, "Kế hoạch: dòng mới").first.fill("99")
    press(page, "Lưu")
    go(page, "Chốt nội dung, mở ký")
    press(page, "Chốt nội dung, mở ký")
    expect(page.get_by_role("main")).to_contain_text("đã ký 00/10 đơn vị")
    return BlocPaper.objects.get(bloc_year=row, kind="covenant")


def sign_at_the_meeting(open_page, paper: BlocPaper) -> None:
    """Nine sign on one scan; Sở Tài chính is left out, for its head was away."""
    page = open_page(f"/covenants/{paper.pk}/", login=NEXT_LEADER)
    go(page, "Đã ký tại hội nghị")
    at(page, "Ngày hội nghị ký giao ước").fill("20/11/2026")
    at(page, "Ngày văn bản").fill("20/11/2026")
    at(page, "Bản quét đã ký").set_input_files(SCAN)
    for box in at(page, "Người ký:").all():
        box.fill("Nguyễn Văn A")
    for box in at(page, "Chức danh:").all():
        box.fill("Giám đốc")
    at(page, "Đã ký: Sở Tài chính").uncheck()
    press(page, "Ghi các chữ ký")
    expect(page.get_by_role("main")).to_contain_text("đã ký 09/10 đơn vị")


def sign_later_as_deputy(open_page, paper: BlocPaper) -> None:
    page = open_page(f"/covenants/{paper.pk}/", login=LEADER)
    go(page, "Đã ký trên giấy, ghi lại")
    at(page, "Người ký").fill("Bùi Thị Lan")
    at(page, "Chức danh").fill("Phó Giám đốc")
    choose(page, "Ký với tư cách", "KT. (ký thay)")
    at(page, "Ngày ký").fill("24/11/2026")
    at(page, "Ngày văn bản").fill("24/11/2026")
    press(page, "Ghi chữ ký")
    expect(page.get_by_role("main")).to_contain_text("đã ký 10/10 đơn vị")
    page = open_page(f"/covenants/{paper.pk}/", login=NEXT_LEADER)
    go(page, "Ghi nhận đã ký xong")
    press(page, "Ghi nhận đã ký xong")
    expect(page.get_by_role("main")).to_contain_text("đã ký")


def merge_in_june(open_page) -> None:
    page = open_page("/successions/new/", login=BOARD)
    at(page, "Sáp nhập, hợp nhất").check()
    at(page, "Từ ngày").fill("01/06/2026")
    at(page, "Tìm đơn vị cũ").fill("so xay dung")
    page.get_by_role("main").get_by_role("button", name="Tìm").first.click()
    at(page, "Sở Xây dựng").first.check()
    at(page, "Tìm đơn vị cũ").fill("so khoa hoc")
    page.get_by_role("main").get_by_role("button", name="Tìm").first.click()
    at(page, "Sở Khoa học và Công nghệ").first.check()
    at(page, "Tên đơn vị mới 1").fill("Sở Xây dựng và Công nghệ")
    press(page, "Lập và xem các đối tượng")
    expect(page.get_by_role("heading", level=1)).to_have_text("Sáp nhập, hợp nhất")
    at(page, "Ngày văn bản").fill("25/05/2026")
    at(page, "Cơ quan ban hành").fill("UBND tỉnh Sông Lam")
    at(page, "Đã đối chiếu với quyết định sắp xếp").check()
    press(page, "Thực hiện sắp xếp")
    expect(page.get_by_text("Đã thực hiện việc sắp xếp.")).to_be_visible()


def close_for_the_silent_leader(open_page, bloc: BlocYear) -> None:
    page = open_page(f"/blocs/{bloc.pk}/", login=BOARD)
    go(page, "Ghi nhận đã tổng kết")
    page.get_by_text("Đã làm bằng văn bản giấy, hoặc làm thay đơn vị khác").click()
    choose(page, "Làm thay cho", "Sở Tài chính")
    press(page, "Ghi nhận đã tổng kết")
    expect(page.get_by_text("Ghi ngày của văn bản đã ký.")).to_be_visible()
    at(page, "Số, ký hiệu văn bản").fill("15/BC-STC")
    at(page, "Ngày văn bản").fill("24/11/2026")
    at(page, "Cơ quan ban hành").fill("Sở Tài chính")
    press(page, "Ghi nhận đã tổng kết")
    page = open_page(f"/blocs/{bloc.pk}/", login=HEAD)
    go(page, "Khóa năm")
    press(page, "Khóa năm")
    expect(page.get_by_text("chỉ đọc.")).to_be_visible()


def test_year_goes_on_from_hand_to_hand(open_page, bloc: BlocYear) -> None:
    name_next_leader(open_page, bloc)
    open_next_year(open_page)
    row = next_year(bloc)
    assert LeadershipTerm.objects.get(bloc_year=row, role="leader").agency.name == "Sở Tư pháp"

    paper = write_covenant(open_page, row)
    sign_at_the_meeting(open_page, paper)
    sign_later_as_deputy(open_page, paper)
    paper.refresh_from_db()
    assert (paper.state, str(paper.passed_on)) == (PaperState.SIGNED, "2026-11-24")
    assert Signature.objects.filter(paper=paper, signs_as="kt").count() == 1

    merge_in_june(open_page)
    new = Agency.objects.get(name="Sở Xây dựng và Công nghệ")
    assert {member.bloc_year.year.label for member in new.memberships.all()} == {"2026", "2027"}

    close_for_the_silent_leader(open_page, bloc)
    bloc.refresh_from_db()
    assert bloc.state == BlocYearState.CLOSED
    concluded = Event.objects.get(verb="concluded", subject_id=bloc.pk)
    assert (concluded.behalf_of, SignedPaper.objects.get(pk=concluded.paper_id).number) == ("Sở Tài chính", "15/BC-STC")

    page = open_page(f"/blocs/{row.pk}/", login=NEXT_LEADER)
    go(page, "Hồ sơ các năm")
    expect(page.get_by_role("main")).to_contain_text("Kế hoạch hoạt động của Khối năm 2026")
    expect(page.get_by_role("main")).to_contain_text("Giao ước thi đua năm 2025")
    assert list(audit.faults()) == []


def test_signer_signs_on_screen_and_a_second_click_signs_nothing_twice(open_page, bloc: BlocYear) -> None:
    paper = bloc.papers.get(kind="covenant")
    page = open_page(f"/covenants/{paper.pk}/", login=SIGNER)
    go(page, "Ký giao ước")
    page.get_by_role("button", name="Ký giao ước").dblclick()
    expect(page.get_by_role("main")).to_contain_text("đã ký 10/10 đơn vị")
    signed = Signature.objects.get(paper=paper, membership__agency__name="Sở Tài chính")
    assert (signed.way, signed.signer_title) == ("screen", "Giám đốc")
