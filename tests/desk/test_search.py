"""The search in the head: every kind, without accents, and nothing of what the seat may not know."""

import pytest
from django.test import Client
from django.urls import reverse

from emulation.core.models import label_of
from emulation.desk.queries.search import find
from tests import factories as make
from tests.http import main, opened, pages, query_count
from tests.world import World, build

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

SHELL, KINDS = 5, 8
TOLD = ("board_head", "leader", "council", "member", "stranger")
ALL_ROWS = pytest.mark.parametrize("rows", [1, 3, 100])


@pytest.fixture
def world() -> World:
    return build()


def found(world: World, role: str, text: str) -> dict[str, list[str]]:
    """Return the titles of what is found, kind by kind; kinds without a row left out."""
    return {
        group.kind.name: [hit.title for hit in group.hits] for group in find(world.actor(role), text) if group.total
    }


def test_search_finds_every_kind_without_accents(world: World) -> None:
    row = world.bloc_years["running"]
    make.BlocPaperFactory(bloc_year=row, state="passed", paper=make.SignedPaperFactory(number="03/KH-KTĐ1"))
    assert found(world, "member", "KHOI b")["blocs"] == ["Khối thi đua B"]
    assert found(world, "member", "noi vu so") == {"agencies": ["Sở Nội vụ"]}
    assert found(world, "board_head", "account_manager")["people"] == [world.users["account_manager"].full_name]
    assert found(world, "member", "ke hoach khoi thi dua a 2026") == {
        "papers": ["Kế hoạch hoạt động của Khối năm 2026"]
    }
    assert found(world, "member", "03 ktd1")["papers"] == ["Kế hoạch hoạt động của Khối năm 2026"]
    assert found(world, "member", "bao cao tong ket 2026")["documents"] == ["Báo cáo tổng kết năm, phiên bản 1"]


@pytest.mark.parametrize("typed", ["8888/QĐ-SYT", "8888 qd syt", "8888", "sit 8888", "qđ-SYT 2026"])
def test_signed_paper_is_found_by_any_part_of_its_number(world: World, typed: str) -> None:
    paper = make.SignedPaperFactory(number="8888/QĐ-SYT", scan=make.StoredFileFactory())
    hits = next(group.hits for group in find(world.actor("member"), typed) if group.kind.name == "signed")
    assert [(hit.title, hit.url) for hit in hits] == [
        ("Số 8888/QĐ-SYT ngày 15/01/2026", reverse("signed_paper_scan", args=[paper.pk]))
    ]


def test_search_keeps_what_a_seat_may_not_know(world: World) -> None:
    # Numbers no sequence of the factories reaches: "99" would find the hundredth person too.
    row = world.bloc_years["running"]
    make.BlocPaperFactory(bloc_year=row, title="Kế hoạch mật")
    about = {"subject_label": "blocs.blocyear", "subject_id": row.pk}
    make.SignedPaperFactory(number="9999/GU-KTĐ", **about)
    world.papers["report"].number = "7777/BC-KTĐ"
    world.papers["report"].save()
    seen = {role: set(found(world, role, "ke hoach") | found(world, role, "9999") | found(world, role, "7777"))
            for role in ("board_head", "leader", "member", "council", "stranger")}  # fmt: skip
    assert seen == {
        "board_head": {"papers", "signed", "documents"},
        "leader": {"papers", "signed", "documents"},
        "member": {"signed", "documents"},
        "council": {"signed", "documents"},
        "stranger": set(),
    }
    assert "people" not in {group.kind.name for group in find(world.actor("leader"), "nguyen")}
    assert set(found(world, "account_manager", "thu")) == {"people"}


def test_papers_of_dossiers_and_decisions_are_found_by_who_reads_them(world: World) -> None:
    row = world.bloc_years["running"]
    dossier = make.SubmissionFactory(bloc_year=row, title="Hồ sơ Khối A", state="sent")
    draft = make.SubmissionFactory(bloc_year=row, title="Hồ sơ đang soạn")
    person = make.PersonFactory(name="Trần Thị Tìm", agency=world.agencies["member"])
    nomination = make.NominationFactory(route="direct", bloc_year=None, person=person, year=row.year)
    decision = make.DecisionFactory(year=row.year, number="8765/QĐ-UBND", title="Tặng Bằng khen")
    for kind, about, is_draft in (
        ("bloc_proposal", dossier, False),
        ("bloc_proposal", draft, True),
        ("achievement", nomination, False),
        ("board_proposal", decision, False),
    ):
        make.DocumentFactory(kind=kind, subject_label=label_of(about), subject_id=about.pk, is_draft=is_draft)

    def notes(role: str, text: str) -> list[str]:
        return [hit.note for group in find(world.actor(role), text) if group.kind.name == "documents"
                for hit in group.hits]  # fmt: skip

    sent, prepared = "Hồ sơ Khối A, năm 2026 · dự thảo", "Hồ sơ đang soạn, năm 2026 · dự thảo"
    assert notes("board_head", "to trinh 8765") == ["Tặng Bằng khen, năm 2026 · dự thảo"]
    assert {role: sorted(notes(role, "to trinh khoi thi dua a")) for role in TOLD} == {
        "board_head": [sent, prepared], "leader": [sent, prepared], "council": [sent], "member": [], "stranger": [],
    }  # fmt: skip
    named = ["Trần Thị Tìm, năm 2026"]
    assert {role: notes(role, "thanh tich tim") for role in TOLD} == {
        "board_head": named, "leader": [], "council": [], "member": named, "stranger": [],
    }  # fmt: skip
    assert [notes(role, "to trinh 8765") for role in TOLD[1:]] == [[]] * 4


def test_every_hit_opens_for_who_finds_it(world: World) -> None:
    make.BlocPaperFactory(bloc_year=world.bloc_years["running"], state="circulated")
    make.CovenantFactory(bloc_year=world.bloc_years["running"], state="signing")
    for role in ("board_head", "member", "account_manager", "stranger"):
        groups = [group for text in ("khoi", "so", "2026", "qd") for group in find(world.actor(role), text)]
        urls = pages(hit.url for group in groups for hit in group.hits)
        assert opened(world, role, urls) == dict.fromkeys(urls, 200), role


def test_search_shows_ten_and_leads_to_all_of_the_kind(world: World) -> None:
    for _ in range(12):
        make.AgencyFactory(name="Trường Chính trị")
    client = world.client("member")
    answer = client.get(reverse("search"), {"q": "truong"})
    assert "Đơn vị (12)" in main(answer)
    assert answer.content.decode().count("Trường Chính trị") == 10
    assert "?q=truong&amp;kind=agencies" in answer.content.decode()
    whole = client.get(reverse("search"), {"q": "truong", "kind": "agencies"})
    assert len(whole.context["hits"]) == 12
    assert [client.get(reverse("search"), {"q": "a", "kind": kind}).status_code for kind in ("people", "x")] == [
        404
    ] * 2


@pytest.mark.parametrize("typed", ["", " -- ", "''", "%", "_", "\x00", "a" * 5000, "❤"])
def test_odd_words_find_nothing(world: World, typed: str) -> None:
    answer = world.client("board_head").get(reverse("search"), {"q": typed})
    assert (answer.status_code, answer.context["total"]) == (200, 0)


@ALL_ROWS
def test_search_takes_a_query_for_each_kind(rows: int) -> None:
    make.ProvinceFactory()
    seat, file = make.SeatFactory(capacity="board_head"), make.StoredFileFactory()
    for number in range(rows):
        row = make.BlocYearFactory()
        make.AgencyFactory(parent=make.AgencyFactory())
        make.DocumentFactory(bloc_year=row, pdf=file, docx=file)
        make.BlocPaperFactory(bloc_year=row, paper=make.SignedPaperFactory(number=f"khoi-{number}"))
    client = Client()
    client.force_login(seat.user)
    assert query_count(lambda: client.get(reverse("search"), {"q": "khoi"})) == SHELL + KINDS
