"""One Chromium for all browser tests; each test gets its own context."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

CHROMIUM = "/usr/bin/chromium"
DESK = {"width": 1366, "height": 768}
PHONE = {"width": 390, "height": 844}


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Start the system's Chromium. The sync API keeps an event loop, which Django takes for asynchronous code."""
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield chromium
        chromium.close()


@pytest.fixture
def open_page(browser: Browser, live_server) -> Iterator[Callable[..., Page]]:
    """Return a function that opens an address of the live server; what the console complains of fails the test."""
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def build(path: str, *, viewport: dict[str, int] = DESK, script: bool = True, bypass_csp: bool = False) -> Page:
        context = browser.new_context(
            viewport=viewport,
            java_script_enabled=script,
            bypass_csp=bypass_csp,
            locale="vi-VN",
            base_url=live_server.url,
        )
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda said: complaints.append(said.text) if said.type in {"error", "warning"} else None)
        page.goto(path)
        return page

    yield build
    for context in contexts:
        context.close()
    assert complaints == []
