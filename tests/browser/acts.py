"""What a person does in the browser, in one word each."""

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Locator, Page

from emulation.core.files import MIME
from emulation.core.models import FileKind
from emulation.desk.services.demo import PASSWORD


def log_in(page: Page, username: str) -> None:
    """Type name and password; the page asked for first comes after."""
    page.fill("#id_login", username)
    page.fill("#id_password", PASSWORD)
    page.click("form[action='/accounts/login/'] button")
    page.wait_for_url(lambda url: "/accounts/login/" not in url)


def download(page: Page, press: Callable[[], None]) -> bytes:
    """Return the file that a press brings."""
    with page.expect_download() as caught:
        press()
    return Path(caught.value.path()).read_bytes()


def upload(page: Page, content: bytes, name: str = "khoi.xlsx") -> None:
    """Bring a workbook to “Nhập từ Excel” and look at its preview."""
    page.goto("/workbooks/")
    page.set_input_files("input[type=file]", files=[{"name": name, "mimeType": MIME[FileKind.XLSX], "buffer": content}])
    page.get_by_role("button", name="Xem trước").click()
    page.wait_for_url("**/workbooks/*/")


def words(place: Page | Locator) -> str:
    """Return what is read there, blanks as one."""
    shown = place.locator("body").inner_text() if isinstance(place, Page) else place.inner_text()
    return " ".join(shown.split())
