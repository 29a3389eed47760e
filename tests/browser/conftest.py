"""One Chromium for all browser tests; each test gets its own contexts."""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from blocs.models import BlocYear
from tests.browser import province

CHROMIUM = "/usr/bin/chromium"
DESK = {"width": 1366, "height": 768}
PHONE = {"width": 390, "height": 844}
#: Answers of the house that Chromium also writes into its console: a refusal, and a form with mistakes.
_ANSWERS = re.compile(r"Failed to load resource: the server responded with a status of (409|422)")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Start the system's Chromium. The sync API keeps an event loop, which Django takes for asynchronous code."""
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        patch.setenv("LANGUAGE", "vi")  # the words of the browser's own controls
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--lang=vi"])
        yield chromium
        chromium.close()


def complaint(text: str) -> str:
    """Return what the console said, or nothing when it only repeats an answer of the house."""
    return "" if _ANSWERS.match(text) else text


@pytest.fixture
def open_page(browser: Browser, live_server) -> Iterator[Callable[..., Page]]:
    """Return a function that opens an address of the live server; what the console complains of fails the test.

    With `login`, somebody is logged in already.
    """
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def build(
        path: str,
        *,
        login: str = "",
        viewport: dict[str, int] = DESK,
        script: bool = True,
        bypass_csp: bool = False,
    ) -> Page:
        context = browser.new_context(
            viewport=viewport,
            java_script_enabled=script,
            bypass_csp=bypass_csp,
            locale="vi-VN",
            base_url=live_server.url,
        )
        contexts.append(context)
        if login:
            context.add_cookies([{**province.session_of(login), "url": live_server.url}])
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on(
            "console",
            lambda said: complaints.append(complaint(said.text)) if said.type in {"error", "warning"} else None,
        )
        page.goto(path)
        return page

    yield build
    for context in contexts:
        context.close()
    assert list(filter(None, complaints)) == []


@pytest.fixture
def bloc(transactional_db: None) -> BlocYear:
    """Bring the demo in; return the bloc year its logins are about."""
    return province.seed()
