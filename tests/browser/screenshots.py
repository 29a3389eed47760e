"""The pictures of the README and the guide, from the demo: `pytest tests/browser/screenshots.py` writes them anew.

Not part of the suite (its name is no test's): run it after a change of look, look at the pictures, commit them.
"""

import io
import time
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from awards.models import Decision
from blocs.models import BlocYear
from emulation.core.models import Job
from tests import environment
from tests.browser.acts import download, upload
from tests.browser.province import BOARD, LEADER
from tests.browser.workbooks import Book
from tests.workers import Workers

pytestmark = pytest.mark.django_db(transaction=True)
FOLDER = environment.ROOT / "static" / "img" / "guide"
LIMIT_KB = 150
PAGE_WIDTH = 900


def keep(name: str, picture: Image.Image) -> None:
    """Write a picture with at most 128 colours: screens and papers have few."""
    path = Path(FOLDER, f"{name}.png")
    path.parent.mkdir(parents=True, exist_ok=True)
    picture.convert("RGB").quantize(128, dither=Image.Dither.NONE).save(path, optimize=True)
    assert path.stat().st_size <= LIMIT_KB * 1024, f"{name}: {path.stat().st_size} bytes"


def shoot(page: Page, name: str) -> None:
    page.evaluate("document.fonts.ready")
    page.mouse.move(0, 0)
    keep(name, Image.open(io.BytesIO(page.screenshot())))


def test_login(open_page, bloc: BlocYear) -> None:
    shoot(open_page("/accounts/login/"), "dang-nhap")


def test_board_sees_home_a_real_bloc_and_a_preview(open_page, bloc: BlocYear) -> None:
    page = open_page("/", login=BOARD)
    shoot(page, "trang-chu")
    real = BlocYear.objects.filter(places__isnull=False).exclude(bloc__locality="").order_by("-pk").first()
    page.goto(f"/blocs/{real.pk}/")
    shoot(page, "khoi")
    page.get_by_text("Khác", exact=True).click()
    book = Book(download(page, page.get_by_role("link", name="Kết xuất Excel").click))
    book.write("Khối", "Chủ đề thi đua", 2, "Đoàn kết, sáng tạo, thi đua lập thành tích")
    book.write("Xếp hạng", "Hạng", 3, int(book.read("Xếp hạng", "Hạng", 3)) + 1)
    upload(page, book.content, "so-lieu-cua-khoi.xlsx")
    shoot(page, "nhap-excel")


def test_report_being_made_and_its_first_page(open_page, workers: Workers, bloc: BlocYear) -> None:
    page = open_page(f"/blocs/{bloc.pk}/", login=LEADER)
    page.get_by_role("button", name="Lập báo cáo tổng kết").click()
    page.wait_for_url("**/jobs/*/")
    workers.start()
    while not Job.objects.filter(stage__startswith="Đang dựng").exists():
        time.sleep(0.02)
    page.reload()
    expect(page.locator("#h-job")).to_have_text("Đang lập")
    shoot(page, "van-ban")
    expect(page.locator("#h-job")).to_have_text("Hoàn tất", timeout=60_000)
    paper = page.request.get(page.get_by_role("link", name="Mở PDF").get_attribute("href")).body()
    assert Job.objects.get().document is not None
    first = pypdfium2.PdfDocument(paper)[0]
    keep("bao-cao", first.render(scale=PAGE_WIDTH / first.get_width()).to_pil())


def test_covenant_being_signed(open_page, bloc: BlocYear) -> None:
    shoot(open_page(f"/covenants/{bloc.papers.get(kind='covenant').pk}/", login=LEADER), "giao-uoc")


def test_decision_with_its_signing_pack(open_page, bloc: BlocYear) -> None:
    shoot(open_page(f"/decisions/{Decision.objects.order_by('pk').first().pk}/", login=BOARD), "quyet-dinh")
