"""Without a whole page, without a mouse, without script: the same acts work."""

import pytest
from playwright.sync_api import Page, expect

from blocs.models import BlocYear
from emulation.core import clock
from emulation.core.models import Job, JobState
from emulation.desk.services.demo import PASSWORD
from tests.browser.acts import log_in
from tests.browser.province import BOARD, LEADER
from tests.factories import DocumentFactory, JobFactory

pytestmark = pytest.mark.django_db(transaction=True)
NAME = "Khối thi đua số 1 – Tổng hợp"
MOST_KEYS = 40
FOCUS = """() => {
  const at = document.activeElement, box = at.getBoundingClientRect(), look = getComputedStyle(at);
  const x = box.left + box.width / 2, y = box.top + Math.min(box.height, innerHeight) / 2;
  const top = document.elementFromPoint(x, y);
  const marked = look.boxShadow !== "none" || (look.outlineStyle !== "none" && parseFloat(look.outlineWidth) > 0);
  return {
    words: (at.getAttribute("aria-label") || at.innerText || at.name || at.tagName).trim(),
    seen: marked && top !== null && (at.contains(top) || top.contains(at)),
  };
}"""


# --- HTMX -------------------------------------------------------------------------------------------------------------


def test_filter_changes_the_rows_and_nothing_else(open_page, bloc: BlocYear) -> None:
    page = open_page("/blocs/", login=BOARD)
    page.evaluate("document.querySelector('h1').dataset.kept = 'yes'")
    with page.expect_response(lambda answer: "/blocs/?" in answer.url) as answered:
        page.locator("main").get_by_label("Khối", exact=True).select_option(label="Tất cả")
    page.locator("main").get_by_label("Năm thi đua").select_option(label="Tất cả")
    assert answered.value.request.headers["hx-request"] == "true"
    assert "<html" not in answered.value.text()
    expect(page.locator("#rows tbody tr")).to_have_count(BlocYear.objects.count())
    page.locator("main").get_by_label("Tên khối").fill("hanh chinh tong hop")
    page.keyboard.press("Enter")
    expect(page.locator("#rows tbody tr")).to_have_count(1)
    assert page.locator("h1").get_attribute("data-kept") == "yes"
    page.reload()
    expect(page.locator("#rows tbody tr")).to_have_count(1)


def post_by_htmx(page: Page, path: str, values: dict[str, str], **wanted: str) -> None:
    """Send a form the way HTMX does; the house's own pages only fetch with it so far."""
    token = page.locator("[name=csrfmiddlewaretoken]").first.input_value()
    page.evaluate(
        "([path, wanted]) => { htmx.ajax('POST', path, {target: '#main', ...wanted}); }",
        [path, {"values": values | {"csrfmiddlewaretoken": token}, **wanted}],
    )


def test_refusal_under_htmx_is_a_line_in_the_corner(open_page, bloc: BlocYear) -> None:
    paper = DocumentFactory(bloc_year=bloc)
    job = JobFactory(bloc_year=bloc, state=JobState.READY, document=paper, finished_at=clock.now())
    page = open_page(f"/jobs/{job.pk}/", login=LEADER)
    post_by_htmx(page, f"/jobs/{job.pk}/cancel/", {})
    expect(page.locator("#toasts")).to_contain_text("Việc này đã kết thúc nên không dừng được nữa.")
    expect(page.locator("#h-job")).to_have_text("Hoàn tất")


def test_form_with_mistakes_under_htmx_is_put_in_place(open_page, bloc: BlocYear) -> None:
    paper = DocumentFactory(bloc_year=bloc)
    page = open_page("/documents/", login=LEADER)
    typed = {"number": "12/BC-KTĐ", "issued_on": "31/02/2026"}
    post_by_htmx(page, f"/documents/{paper.pk}/register/", typed, select="#main")
    expect(page.get_by_role("alert")).to_contain_text("Chưa lưu được")
    expect(page.get_by_label("Số, ký hiệu")).to_have_value("12/BC-KTĐ")


# --- Keyboard ---------------------------------------------------------------------------------------------------------


def tab_to(page: Page, words: str) -> None:
    """Press Tab until the words have the focus; at every stop it must be seen where it is."""
    passed = []
    for _ in range(MOST_KEYS):
        page.keyboard.press("Tab")
        focus = page.evaluate(FOCUS)
        assert focus["seen"], focus["words"]
        passed.append(focus["words"])
        if words in focus["words"]:
            return
    pytest.fail(f"{words!r} has no focus after {MOST_KEYS} keys: {passed}")


def test_keyboard_alone_leads_from_login_to_the_report(open_page, bloc: BlocYear) -> None:
    page = open_page("/accounts/login/")
    tab_to(page, "Đến nội dung chính")
    tab_to(page, "login")
    page.keyboard.type(LEADER)
    tab_to(page, "password")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("/")
    tab_to(page, "Đến nội dung chính")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    page.reload()
    tab_to(page, "Khối thi đua")
    page.keyboard.press("Enter")
    page.wait_for_url("/blocs/")
    tab_to(page, "q")
    page.keyboard.type("khoi 1 tong hop")
    page.keyboard.press("Enter")
    page.wait_for_url("/search/**")
    tab_to(page, NAME)
    page.keyboard.press("Enter")
    page.wait_for_url("/blocs/*/")
    tab_to(page, "Khác")
    page.keyboard.press("Enter")
    tab_to(page, "Lập báo cáo tổng kết")
    page.keyboard.press("Enter")
    page.wait_for_url("/jobs/*/")
    assert Job.objects.get().subject_id == bloc.pk


# --- No script --------------------------------------------------------------------------------------------------------


def test_login_filter_and_report_work_without_script(open_page, bloc: BlocYear) -> None:
    page = open_page("/blocs/", script=False)
    log_in(page, LEADER)
    page.locator("main").get_by_label("Năm thi đua").select_option(label="Tất cả")
    page.locator("main").get_by_label("Tên khối").fill("tong hop")
    page.get_by_role("button", name="Lọc").click()
    assert page.locator("#rows tbody tr").count() == BlocYear.objects.filter(search_key__contains="tong hop").count()
    page.locator("#rows").get_by_role("link", name=NAME, exact=True).first.click()
    page.get_by_role("button", name="Lập báo cáo tổng kết").click()
    job = Job.objects.get()
    assert page.url.endswith(f"/jobs/{job.pk}/")
    assert page.locator("#h-job").inner_text() == "Đang chờ"
    paper = DocumentFactory(bloc_year=bloc)
    Job.objects.update(state=JobState.READY, document=paper, finished_at=job.created_at)
    page.get_by_role("link", name="Tải lại trang để xem tiến độ").click()
    assert page.locator("#h-job").inner_text() == "Hoàn tất"
    assert page.get_by_role("link", name="Mở PDF").is_visible()
