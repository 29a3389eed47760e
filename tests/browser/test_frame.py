"""The frame of every page in a real browser: policy, drawer, dialog, guard, passkey; with and without script."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from blocs.models import Seat
from emulation.accounts.models import User
from emulation.core.models import Province
from tests.browser.conftest import DESK, PHONE

pytestmark = pytest.mark.django_db(transaction=True)
PASSWORD = "khoi-thi-dua-2026"


@pytest.fixture(autouse=True)
def _a_board_head():
    Province.objects.create(
        pk=1,
        name="tỉnh Sông Lam",
        place="Sông Lam",
        authority="UBND tỉnh Sông Lam",
        board_label="Sở Nội vụ",
        phone="0238 3 000",
    )
    user = User.objects.create_user("lam", password=PASSWORD, full_name="Trần Văn Lâm")
    Seat.objects.create(user=user, capacity="board_head", title="Trưởng phòng", starts_on="2026-01-01")


def log_in(page):
    page.fill("#id_login", "lam")
    page.fill("#id_password", PASSWORD)
    page.click("form[action='/accounts/login/'] button")
    page.wait_for_url("/")


def drawer_is_open(page):
    return page.locator("#nav").evaluate("nav => getComputedStyle(nav).visibility === 'visible'")


@pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["desk", "phone"])
def test_login_page_passes_axe_and_does_not_scroll_sideways(open_page, viewport):
    page = open_page("/accounts/login/", viewport=viewport, bypass_csp=True)
    assert [rule["id"] for rule in Axe().run(page).response["violations"]] == []
    assert page.evaluate("document.documentElement.scrollWidth") == viewport["width"]


def test_skip_link_comes_first_and_leads_to_the_content(open_page):
    page = open_page("/accounts/login/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Đến nội dung chính"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_drawer_opens_with_focus_inside_and_escape_gives_it_back(open_page):
    page = open_page("/accounts/login/", viewport=PHONE)
    log_in(page)
    assert not drawer_is_open(page)
    page.click("[aria-label='Mở danh mục']")
    assert page.evaluate("document.activeElement.id") == "nav"
    assert page.evaluate("document.querySelector('.page').inert") is True
    page.keyboard.press("Escape")
    page.wait_for_function("getComputedStyle(document.querySelector('#nav')).visibility === 'hidden'")
    assert page.evaluate("document.activeElement.getAttribute('aria-label')") == "Mở danh mục"


def test_drawer_and_menus_work_without_script(open_page):
    page = open_page("/accounts/login/", viewport=PHONE, script=False)
    log_in(page)
    page.click("[aria-label='Mở danh mục']")
    page.wait_for_timeout(500)  # the drawer slides
    page.get_by_role("link", name="Khối thi đua", exact=True).click()
    assert page.url.endswith("/blocs/")
    page.click("summary.who")
    page.get_by_role("button", name="Đăng xuất").click()
    assert "/accounts/login/" in page.url


def test_menu_closes_by_escape_and_by_a_click_outside(open_page):
    page = open_page("/accounts/login/")
    log_in(page)
    menu = page.locator("details.menu").first
    page.click("summary.who")
    assert menu.get_attribute("open") is not None
    page.keyboard.press("Escape")
    assert menu.get_attribute("open") is None
    page.click("summary.who")
    page.click("h1")
    assert menu.get_attribute("open") is None


def test_passkey_is_added_and_then_logs_in(open_page):
    page = open_page("/accounts/login/")
    tools = page.context.new_cdp_session(page)
    tools.send("WebAuthn.enable")
    tools.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
                "isUserVerified": True, "automaticPresenceSimulation": True,
            }
        },
    )  # fmt: skip
    log_in(page)
    page.goto("/accounts/2fa/webauthn/add/")
    page.fill("#id_password", PASSWORD)
    page.click("main button[type=submit]")
    page.check("#id_passwordless")
    page.click("#mfa_webauthn_add")
    page.wait_for_url("**/2fa/recovery-codes/")
    page.goto("/accounts/logout/")
    page.click("main button[type=submit]")
    page.goto("/accounts/login/")
    page.click("#passkey_login")
    page.wait_for_url("/")
    assert page.locator(".who b").text_content() == "Trần Văn Lâm"
