"""Every page of the inventory, as the roles that open it, on a desk and on a phone."""

import gzip
import re
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from allauth.mfa.webauthn.internal import auth as passkeys
from axe_playwright_python.base import AXE_SCRIPT
from django.contrib import admin
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from playwright.sync_api import Browser, FilePayload, Page, Response

from awards.models import AwardKind, LegalDocument
from blocs.models import BlocYear
from emulation.core.exports import Column, as_bytes
from emulation.core.files import MIME
from emulation.core.models import FileKind
from tests.browser import pages, province
from tests.browser.conftest import DESK, PHONE, complaint

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.inventory]
OK, FIRST_VISIT_KB = 200, 150
NOT_OK = re.compile("Failed to load resource")
COMPRESSED = ("text/", "application/javascript", "application/json", "image/svg+xml")
ENGLISH = re.compile(
    r"\b(Sign [Ii]n|Sign [Oo]ut|Sign [Uu]p|Log [Ii]n|Log [Oo]ut|Password|Username|E-?mail|This field|required|Search|"
    r"Save|Delete|Page not found|Submit|Cancel|Confirm|Home|History|Add|Change|Remove|Edit|View|Close|Back|Next|"
    r"Previous|Welcome|Actions?|Recent|Today|Now|Yes|None|True|False|Error|Unknown|Select|Choose|Filter|Browse|Upload|"
    r"Show|Hide|Please|Your|Forgot|Remember|Security|Key|Authenticator|Recovery|Codes?|Two-Factor|the|and|is|are)\b"
)
#: What a page says to eyes and ears: text, choices, hints, names for screen readers.
SAID = """() => {
  const said = [document.title, document.body.innerText];
  for (const at of document.querySelectorAll("[placeholder],[title],[aria-label],[alt],option,input[type=submit]")) {
    said.push(at.placeholder, at.title, at.getAttribute("aria-label"), at.alt);
    if (at.matches("option")) said.push(at.textContent);
    if (at.matches("input[type=submit]")) said.push(at.value);
  }
  return said.filter(Boolean).join("\\n");
}"""
#: What is serious or critical. Left out: the searched choice of Django's admin, which names its inner box for nobody,
#: and axe's preload, which writes style sheets into the page, against the policy.
#: Contrast, by far the dearest rule, is asked on the desk only: colours do not change with the width.
AXE = """(contrast) => axe.run({ exclude: [[".select2"]] }, {
  reporter: "no-passes", preload: false, rules: { "color-contrast": { enabled: contrast } } }).then((found) =>
  found.violations.filter((rule) => ["serious", "critical"].includes(rule.impact))
    .map((rule) => [rule.id, rule.nodes[0].html]))"""


def names(patterns: list[URLPattern | URLResolver]) -> Iterator[str]:
    for pattern in patterns:
        if isinstance(pattern, URLPattern):
            yield str(pattern.name)
        elif pattern.app_name != "admin":
            yield from names(pattern.url_patterns)


def test_inventory_knows_every_url(transactional_db: None) -> None:
    listed = {page.name for page in pages.every_page(province.everything())}
    assert set(names(get_resolver().url_patterns)) == listed | pages.NO_PAGES | pages.ON_THE_WAY | pages.ELSEWHERE


class Looker:
    """Opens pages for one login and notes what is wrong with them."""

    def __init__(self, browser: Browser, address: str, login: str) -> None:
        self.address, self.login = address, login
        self.wrong: list[str] = []
        self.context = browser.new_context(viewport=DESK, locale="vi-VN", base_url=address)
        if login:
            self.context.add_cookies([{**province.session_of(login), "url": address}])
        self.page = self.context.new_page()
        self.page.on("pageerror", lambda error: self.note(str(error)))
        self.page.on("console", lambda said: self._said(said.type, said.text))
        self.page.on("request", lambda request: self._host(request.url))
        self.path, self.status = "", OK

    def closed(self) -> str:
        """Close the window and return what was wrong, a line each."""
        self.context.close()
        return "\n".join(self.wrong)

    def note(self, what: str) -> None:
        if what:
            self.wrong.append(f"{self.login or 'anonymous'} {self.path}: {what}")

    def _said(self, kind: str, text: str) -> None:
        if kind in {"error", "warning"} and not (self.status != OK and NOT_OK.match(text)):
            self.note(complaint(text))

    def _host(self, url: str) -> None:
        if not url.startswith((self.address, "data:", "blob:")):
            self.note(f"asks {url}")

    def look(self, path: str, status: int = OK, *, is_first: bool = True) -> None:
        """Open a page and look at it; `is_first`: nobody looked before, so axe is asked, on desk and phone."""
        self.path, self.status = path, status
        answer = self.page.goto(path)
        if answer is None or answer.status != status:
            self.note(f"answers {answer and answer.status}")
        if self.page.url != self.address + path:
            self.note(f"leads to {self.page.url}")
        found = ENGLISH.findall(self.page.evaluate(SAID))
        if found:
            self.note(f"speaks English: {sorted(set(found))}")
        if is_first:
            self.page.evaluate(AXE_SCRIPT)
        self._fits(DESK["width"])
        if is_first:
            self._axe(DESK["width"], contrast=True)
        self.page.set_viewport_size(PHONE)
        self._fits(PHONE["width"])
        if is_first:
            self._axe(PHONE["width"], contrast=False)
        self.page.set_viewport_size(DESK)

    def _fits(self, width: int) -> None:
        wide = self.page.evaluate("document.scrollingElement.scrollWidth")
        if wide > width:
            self.note(f"scrolls sideways at {width}: {wide}")

    def _axe(self, width: int, *, contrast: bool) -> None:
        for rule, element in self.page.evaluate(AXE, contrast):
            self.note(f"axe at {width}: {rule} {element[:120]}")


@pytest.fixture
def shown(transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> province.Shown:
    monkeypatch.setattr(passkeys, "get_credentials", lambda _user: [])  # the passkey is a row only
    return province.everything()


#: Who looks; the board has so many pages that it looks in four turns.
TURNS = 4
LOOKS = [
    *((login, 0, 1) for login in ("", province.LEADER, province.MEMBER, province.HEAD, province.MANAGER)),
    *((province.BOARD, turn, TURNS) for turn in range(TURNS)),
]


@pytest.mark.parametrize(("login", "turn", "turns"), LOOKS)
def test_every_page_holds(
    browser: Browser, live_server, shown: province.Shown, login: str, turn: int, turns: int
) -> None:
    looker = Looker(browser, live_server.url, login)
    for page in [page for page in pages.every_page(shown) if login in page.logins][turn::turns]:
        looker.look(page.path, is_first=login == page.logins[0])
    if login == province.MEMBER:
        looker.look("/khong-co/", status=404)
    assert looker.closed() == ""


def catalogue_file(slug: str) -> FilePayload:
    """Return a list of awards to bring in: one row that changes, one that is new, one that is wrong."""
    rows = [[slug, "Cờ của tỉnh", "Tỉnh"], ["moi", "Mới", "Tỉnh"], ["sai", "Sai", "Cấp lạ"]]
    content = as_bytes(
        title="Danh mục",
        note="",
        columns=[Column("Mã"), Column("Tên dùng trong tỉnh"), Column("Cấp tặng")],
        rows=rows,
    )
    return {"name": "danh-muc.xlsx", "mimeType": MIME[FileKind.XLSX], "buffer": content}


def test_every_kind_of_admin_page_holds(browser: Browser, live_server, transactional_db: None) -> None:
    province.everything_anew()
    looker = Looker(browser, live_server.url, province.ADMIN)
    looker.look(reverse("home"))
    looker.look(reverse("admin:index"))
    registered = {f"{model._meta.app_label}_{model._meta.model_name}": model for model in admin.site._registry}
    for name in pages.ADMIN_MODELS:
        looker.look(reverse(f"admin:{name}_changelist"))
        first = registered[name].objects.order_by("pk").first()
        looker.look(reverse(f"admin:{name}_change", args=[first.pk]))
    award, text = AwardKind.objects.get(slug="co_tinh"), LegalDocument.objects.get(slug="luat-2022")
    looker.look(reverse("admin:awards_awardkind_change", args=[award.pk]))
    looker.look(reverse("admin:awards_awardkind_history", args=[award.pk]))
    looker.look(reverse("admin:awards_legaldocument_act", args=[text.pk, "verify"]))
    looker.look(reverse("admin:core_event_changelist"))
    looker.look(reverse("admin:awards_awardkind_import"))
    looker.page.set_input_files("[name=file]", catalogue_file(award.slug))
    looker.page.get_by_role("button", name="Xem trước").click()
    looker.look(looker.page.url.removeprefix(live_server.url))
    assert looker.closed() == ""


def test_menu_of_a_page_stays_on_the_phone(open_page, bloc: BlocYear) -> None:
    page = open_page(f"/blocs/{bloc.pk}/", login=province.LEADER, viewport=PHONE)
    page.get_by_text("Khác", exact=True).click()
    box = page.locator(".page-head .menu-list").bounding_box()
    assert box is not None
    assert 0 <= box["x"] <= box["x"] + box["width"] <= PHONE["width"]
    assert page.evaluate("document.scrollingElement.scrollWidth") == PHONE["width"]


def weight(answer: Response) -> int:
    """Return bytes over the wire; text as the production server sends it, compressed."""
    body = answer.body()
    kind = answer.headers.get("content-type", "")
    is_static = urlsplit(answer.url).path.startswith("/static/")
    return len(gzip.compress(body)) if is_static and kind.startswith(COMPRESSED) else len(body)


def first_visit(page: Page, path: str) -> float:
    answers: list[Response] = []
    page.on("response", lambda answer: answers.append(answer))  # noqa: PLW0108 - the handler must take attributes
    page.goto(path, wait_until="networkidle")
    return sum(map(weight, answers)) / 1024


def test_first_visit_of_login_is_light(browser: Browser, live_server, bloc: BlocYear) -> None:
    context = browser.new_context(viewport=DESK, base_url=live_server.url)
    assert first_visit(context.new_page(), "/accounts/login/") <= FIRST_VISIT_KB
    context.close()


def test_first_visit_of_the_list_is_light(browser: Browser, live_server, bloc: BlocYear) -> None:
    context = browser.new_context(viewport=DESK, base_url=live_server.url)
    context.add_cookies([{**province.session_of(province.BOARD), "url": live_server.url}])
    assert first_visit(context.new_page(), "/blocs/?year=") <= FIRST_VISIT_KB
    context.close()
