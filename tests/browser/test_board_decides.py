"""Nominations to decision as new users live it, three browsers: a leader, a member, the board; and a revocation."""

import io
import zipfile
from collections.abc import Callable

import docx
import pytest
from playwright.sync_api import Locator, Page, expect

from awards.models import Decision, Grant, Nomination, Submission
from blocs.models import BlocYear
from blocs.services import standings
from blocs.services.standings import PlaceSaid
from emulation.accounts.models import User
from emulation.accounts.queries import actor_for, open_seats
from emulation.core import audit, clock
from emulation.reports.queries import year_summary
from tests.browser.acts import download, words
from tests.browser.province import BOARD, HEAD, LEADER, MEMBER
from tests.workers import Workers

pytestmark = pytest.mark.django_db(transaction=True)

CERTIFICATE = "“Bằng khen của Chủ tịch Ủy ban nhân dân tỉnh”"
PERSONS = ("Đặng Văn U", "Đỗ Thị V")
FLOOD = (
    "Lương Văn X, Chuyên viên, Sở Xây dựng",
    "Mạc Thị Y; Phó Trưởng phòng; so xay dung",
    "Ninh Văn S\tLái xe\tSở Tài chính",
)
TELEPHONE = "0238 3 000 202"  # of the leader's officer: whom the board calls
PACK = 5
AIM = 40


class Hand:
    """A person at a page: every click, choice and typed field is counted."""

    def __init__(self, page: Page) -> None:
        self.page, self.count = page, 0

    def at(self, label: str) -> Locator:
        return self.page.locator("main").get_by_label(label, exact=True)

    def open(self, link: str) -> None:
        self.count += 1
        self.page.get_by_role("link", name=link, exact=True).first.click()

    def press(self, button: str) -> None:
        self.count += 1
        self.page.get_by_role("button", name=button, exact=True).first.click()

    def fill(self, label: str, text: str) -> None:
        self.count += 1
        self.page.get_by_role("main").get_by_role("textbox", name=label).first.fill(text)

    def choose(self, label: str, value: str) -> None:
        self.count += 1
        self.page.get_by_role("main").get_by_role("combobox", name=label).first.select_option(label=value)

    def tick(self, label: str) -> None:
        self.count += 1
        self.page.locator("main").get_by_label(label).first.check()

    def confirm(self) -> None:
        """Press the one button that does what the page asks about."""
        self.count += 1
        self.page.locator("main form button.btn-primary, main form button.btn-danger").last.click()

    def reads(self, text: str) -> None:
        expect(self.page.get_by_role("main")).to_contain_text(text)


@pytest.fixture
def sit(open_page) -> Callable[[str, str], Hand]:
    """Seat somebody at an address in a browser of their own."""
    return lambda login, path: Hand(open_page(path, login=login))


def agree_on_places(bloc: BlocYear) -> None:
    """Publish what the meeting agreed on: the first is proposed for the flag, the second for a certificate."""
    user = User.objects.get(username=BOARD)
    board = actor_for(user, open_seats(user)[0])
    standing = standings.draft(bloc_year=bloc, actor=board, at=clock.now())
    first, second = list(bloc.memberships.in_order())[:2]
    standings.enter(
        standing=standing,
        decided_on=clock.today(),
        is_by_group=False,
        note="",
        places={
            first.pk: PlaceSaid(1, proposal="Cờ thi đua của UBND tỉnh"),
            second.pk: PlaceSaid(2, proposal="Bằng khen của Chủ tịch UBND tỉnh"),
        },
        revision=standing.revision,
        actor=board,
        at=clock.now(),
    )
    standings.publish(standing=standing, revision=standing.revision, actor=board, at=clock.now())


def send_dossier(hand: Hand, day: str) -> None:
    hand.page.goto("/submissions/new/")
    hand.page.locator("main ul.rows a").first.click()
    hand.press("Lưu")
    hand.open("Gửi hồ sơ")
    hand.fill("Ngày văn bản", day)
    hand.confirm()
    hand.reads("đã gửi, chờ tiếp nhận")


def leader_submits(hand: Hand, bloc: BlocYear) -> None:
    hand.confirm()
    assert Nomination.objects.filter(bloc_year=bloc, state="endorsed").count() == 2
    send_dossier(hand, "25/11/2026")


def member_sends_two_persons(hand: Hand) -> None:
    for number, name in enumerate(PERSONS, start=1):
        hand.fill(f"Họ và tên {number}", name)
        hand.fill(f"Chức vụ {number}", "Chuyên viên")
    hand.choose("Danh hiệu, hình thức đề nghị", CERTIFICATE)
    hand.confirm()
    send_dossier(hand, "26/11/2026")


def board_receives(hand: Hand) -> None:
    for dossier in Submission.objects.filter(state="sent").order_by("pk"):
        hand.page.goto(f"/submissions/{dossier.pk}/")
        hand.open("Tiếp nhận")
        hand.confirm()
        hand.reads("đã tiếp nhận")


def board_pastes(hand: Hand, lines: tuple[str, ...]) -> None:
    """Draft those nobody else proposes, from the list as it came in a letter."""
    hand.count += 1
    hand.page.get_by_text("Khác", exact=True).click()
    hand.open("Lập từ danh sách dán")
    hand.fill("Danh sách", "\n".join(lines))
    hand.choose("Danh hiệu, hình thức", CERTIFICATE)
    hand.choose("Loại hình khen thưởng", "Khen thưởng đột xuất")
    hand.fill("Câu ghi thành tích", "xuất sắc trong phòng, chống mưa lũ tháng 11 năm 2026")
    hand.press("Xem trước")
    hand.press(f"Lập {len(lines):02d} đề nghị")


def act_on_all(hand: Hand, act: str, *, verdict: str = "") -> None:
    hand.open("Đánh dấu cả trang")
    hand.press(act)
    if verdict:
        hand.tick(verdict)
    hand.confirm()


def draft_one_decision(hand: Hand, lines: int) -> Decision:
    """Put every line that is ready into one decision."""
    for box in hand.page.get_by_role("main").get_by_role("checkbox").all():
        hand.count += 1
        box.check()
    hand.tick("Một quyết định chung cho các đề nghị đã chọn")
    hand.fill("Trích yếu", "Về việc khen thưởng năm 2026")
    hand.confirm()
    decision = Decision.objects.get(title="Về việc khen thưởng năm 2026")
    assert decision.lines.count() == lines
    return decision


def take_to_word(hand: Hand) -> dict[str, str]:
    """Make the signing pack; return the text of each Word file."""
    hand.press("Lập bộ trình ký")
    link = hand.page.get_by_role("link", name="Tải tất cả bản Word (ZIP)")
    expect(link).to_be_visible(timeout=120_000)
    hand.count += 1
    with zipfile.ZipFile(io.BytesIO(download(hand.page, link.click))) as archive:
        found = {name: archive.read(name) for name in archive.namelist() if name.endswith(".docx")}
    return {name: text_of(content) for name, content in found.items()}


def text_of(content: bytes) -> str:
    paper = docx.Document(io.BytesIO(content))
    cells = (cell.text for table in paper.tables for row in table.rows for cell in row.cells)
    return " ".join(" ".join([*(line.text for line in paper.paragraphs), *cells]).split())


def number_and_issue(sit: Callable[[str, str], Hand], decision: Decision) -> None:
    board = sit(BOARD, f"/decisions/{decision.pk}/")
    board.open("Ghi số, ngày")
    board.fill("Số, ký hiệu", "3201/QĐ-UBND")
    board.fill("Ngày quyết định", "26/11/2026")
    board.fill("Người ký", "Nguyễn Văn Q")
    board.fill("Chức danh người ký", "Phó Chủ tịch")
    board.confirm()
    head = sit(HEAD, f"/decisions/{decision.pk}/")
    head.open("Ghi đã ban hành")
    head.confirm()
    head.reads("đã ban hành")


def revoke(hand: Hand) -> None:
    hand.page.get_by_text("Khác", exact=True).click()
    hand.open("Thu hồi khen thưởng")
    hand.fill("Số, ký hiệu văn bản", "3400/QĐ-UBND")
    hand.fill("Ngày văn bản", "27/11/2026")
    hand.fill("Ngày thu hồi", "27/11/2026")
    hand.fill("Lý do thu hồi", "Kê khai thành tích không đúng.")
    hand.confirm()
    hand.reads("Đã thu hồi")


def given(bloc: BlocYear) -> dict[str, tuple[int, int]]:
    """Return what the year's report says was given: collectives and persons by award."""
    return {fact.text: (fact.collectives, fact.persons) for fact in year_summary(bloc).grants}


def test_from_the_meeting_to_the_award_and_its_revocation(sit, open_page, bloc: BlocYear) -> None:
    agree_on_places(bloc)
    leader_submits(sit(LEADER, f"/blocs/{bloc.pk}/nominations/new/"), bloc)
    member_sends_two_persons(sit(MEMBER, "/nominations/new/?kind=persons"))
    assert PERSONS[0] not in words(open_page("/nominations/", login=LEADER))
    board_receives(sit(BOARD, "/submissions/"))
    board_pastes(sit(BOARD, "/nominations/"), FLOOD)
    act_on_all(sit(BOARD, "/appraisal/?state=sent"), "Thẩm định", verdict="Đủ điều kiện")
    act_on_all(sit(HEAD, "/appraisal/?state=appraised"), "Phê duyệt")
    decision = draft_one_decision(sit(BOARD, "/decisions/new/"), 11)
    number_and_issue(sit, decision)

    assert Grant.objects.filter(decision=decision).count() == 11
    assert not Nomination.objects.filter(submission__isnull=False).exclude(state="granted").exists()
    assert PERSONS[0] in words(open_page("/grants/?q=dang+van+u", login=LEADER))
    flag = Grant.objects.get(decision=decision, award__slug="co_tinh")
    before = given(bloc)
    revoke(sit(HEAD, f"/grants/{flag.pk}/"))
    page = words(open_page(f"/grants/{flag.pk}/", login=MEMBER))
    assert ("Đã thu hồi" in page, "Còn hiệu lực" in page) == (True, False)
    assert str(flag.award) in before
    assert given(bloc) == {name: counts for name, counts in before.items() if name != str(flag.award)}
    assert before[CERTIFICATE][0] == 1
    assert TELEPHONE in words(open_page("/", login=BOARD))
    assert list(audit.faults()) == []


def test_ten_pasted_names_are_five_word_files_in_forty_acts(sit, workers: Workers, bloc: BlocYear) -> None:
    Nomination.objects.filter(route="board").update(state="withdrawn")
    workers.start()
    hand = sit(BOARD, "/nominations/")
    board_pastes(hand, tuple(f"Lương Văn {letter}, Chuyên viên, Sở Xây dựng" for letter in "ABCDEGHIKL"))
    hand.open("Thẩm định")
    act_on_all(hand, "Thẩm định", verdict="Đủ điều kiện")
    hand.open("Quyết định")
    hand.open("Soạn quyết định")
    draft_one_decision(hand, 10)
    papers = take_to_word(hand)
    assert len(papers) == PACK
    assert sum("Lương Văn L" in text for text in papers.values()) >= 2
    assert hand.count <= AIM
