"""Plan and rules of a bloc: drafted or uploaded, passed, amended, or declared not to be."""

import datetime as dt
import json
import uuid

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from blocs.domain.paper import PAPER
from blocs.enums import BlocYearState, MilestoneKind
from blocs.models import BlocPaper, BlocYear, Milestone
from blocs.services import papers, years
from emulation.core import clock as house_clock
from emulation.core.errors import Refused, Stale
from emulation.core.models import Event, SignedPaper, StoredFile
from tests import factories as make
from tests.blocs.covenants import PAPER as ON_PAPER
from tests.blocs.covenants import draft, emptied, fresh, step, year
from tests.http import main, query_count
from tests.world import ROLES, World

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

RUNS = {"board_head", "board_specialist", "leader", "deputy"}
READS = RUNS | {"member", "signer", "signer_kt", "account_manager", "council", "outgoing"}
PASSED_ON = dt.date(2026, 2, 17)
REFUSALS = {step.action: step.refusal for step in PAPER.steps}


@pytest.fixture
def world(world_as_built: World) -> World:
    return emptied(world_as_built)


def revise(world: World, paper: BlocPaper, role: str = "leader", **values) -> BlocPaper:
    said = {"change": "amendment", "reason": "Điều chỉnh nhiệm vụ.", "creation_key": uuid.uuid4()} | values
    return papers.revise(paper=fresh(paper), **said, actor=world.actor(role), at=house_clock.now())


def passed(world: World, kind: str = "plan") -> BlocPaper:
    return step(world, draft(world, kind, body="Nội dung."), "pass", passed_on=PASSED_ON)


def none(world: World, kind: str = "rules", role: str = "leader", **values) -> BlocPaper:
    said = {"reason": "Khối dùng quy chế mẫu.", **values}
    return papers.declare_none(bloc_year=year(world), kind=kind, **said, actor=world.actor(role), at=house_clock.now())


def last_event(paper: BlocPaper) -> Event:
    return Event.objects.filter(subject_label="blocs.blocpaper", subject_id=paper.pk).order_by("-seq")[0]


# --- Drafting ---------------------------------------------------------------------------------------------------------


def test_first_version_is_a_draft_with_the_usual_title(world):
    paper = draft(world, "plan", body="I. Mục tiêu")
    assert (paper.version, paper.state, paper.change, paper.title) == (
        1, "draft", "first", "Kế hoạch hoạt động của Khối năm 2026",
    )  # fmt: skip
    event = last_event(paper)
    assert (event.verb, json.loads(event.data)) == ("paper_drafted", {"kind": "plan", "version": 1})


def test_second_click_finds_the_first_paper(world):
    key = uuid.uuid4()
    assert draft(world, "plan", creation_key=key).pk == draft(world, "plan", creation_key=key).pk
    assert BlocPaper.objects.count() == 1


def test_second_person_is_told_that_there_is_a_draft(world):
    draft(world, "plan")
    with pytest.raises(Refused) as refusal:
        draft(world, "plan", role="board_specialist")
    assert str(refusal.value) == (
        "Đã có “Kế hoạch hoạt động của Khối năm 2026”, phiên bản 1 (dự thảo); mở văn bản đó để làm tiếp."
    )


def test_uploaded_file_is_kept_by_its_content(world):
    paper = draft(world, "rules", file=ContentFile(b"%PDF-1.7\n%%EOF\n", name="quy-che.docx"))
    assert (paper.file.kind, paper.file.name) == ("pdf", "quy-che.docx")


def test_file_that_is_neither_word_nor_pdf_is_refused_and_nothing_kept(world):
    with pytest.raises(Refused, match=r"^Nội dung tệp “anh\.pdf” không phải là PDF, Word"):
        draft(world, "rules", file=ContentFile(b"\x89PNG\r\n\x1a\n", name="anh.pdf"))
    assert BlocPaper.objects.count() == 0


def test_text_and_file_change_and_the_file_goes_only_when_dropped(world):
    paper = draft(world, "plan", file=ContentFile(b"%PDF-1.7\n", name="a.pdf"))

    def edit(**values):
        row = fresh(paper)
        said = {"title": "Kế hoạch", "body": "Mới", "revision": row.revision} | values
        papers.edit(paper=row, **said, actor=world.actor("deputy"), at=house_clock.now())
        return fresh(paper)

    assert (edit().title, edit().file is None) == ("Kế hoạch", False)
    assert edit(drops_file=True).file is None


def test_two_people_at_one_text_and_the_second_is_stale(world):
    paper = draft(world, "plan")
    said = {"title": "Kế hoạch", "body": "A", "revision": 0, "actor": world.actor("leader"), "at": house_clock.now()}
    papers.edit(paper=fresh(paper), **said)
    with pytest.raises(Stale):
        papers.edit(paper=fresh(paper), **said | {"body": "B"})
    assert fresh(paper).body == "A"


# --- Steps ------------------------------------------------------------------------------------------------------------


def test_paper_without_content_is_not_circulated(world):
    with pytest.raises(Refused, match=r"^Văn bản chưa có nội dung"):
        step(world, draft(world, "plan"), "circulate")


def test_passing_supersedes_nothing_at_first_and_finishes_the_milestone_that_stands_open(world):
    Milestone.objects.filter(kind=MilestoneKind.PLAN).update(done_on=None)
    paper = passed(world)
    assert (paper.state, paper.passed_on) == ("passed", PASSED_ON)
    assert Milestone.objects.get(bloc_year=year(world), kind="plan").done_on == PASSED_ON
    assert json.loads(last_event(paper).data)["superseded"] is None


def test_milestone_that_is_done_or_not_done_at_all_stays(world):
    plan = Milestone.objects.get(bloc_year=year(world), kind="plan")
    before = plan.done_on
    passed(world)
    plan.refresh_from_db()
    assert plan.done_on == before


def test_plan_without_a_row_in_the_calendar_gets_one(world):
    Milestone.objects.filter(bloc_year=year(world), kind="plan").delete()
    passed(world)
    assert Milestone.objects.get(bloc_year=year(world), kind="plan").done_on == PASSED_ON


def test_rules_touch_no_milestone(world):
    before = list(Milestone.objects.order_by("pk").values())
    passed(world, "rules")
    assert list(Milestone.objects.order_by("pk").values()) == before


def test_day_in_the_future_is_refused(world):
    with pytest.raises(Refused, match=r"^Ngày này ở tương lai"):
        step(world, draft(world, "plan"), "pass", passed_on=dt.date(2026, 11, 3))


def test_passed_on_paper_for_the_leader_by_the_board(world):
    paper = draft(world, "plan")
    step(
        world, paper, "pass", role="board_specialist", passed_on=PASSED_ON, on_paper=ON_PAPER,
        behalf_of="Văn phòng UBND tỉnh",
    )  # fmt: skip
    assert fresh(paper).paper.number == "05/GU-KTĐ"
    assert (last_event(paper).behalf_of, last_event(paper).paper_id) == (
        "Văn phòng UBND tỉnh", SignedPaper.objects.get(number="05/GU-KTĐ").pk,
    )  # fmt: skip


def test_acting_for_the_leader_without_a_paper_is_no_act(world):
    with pytest.raises(ValueError, match="needs its paper"):
        step(world, draft(world, "plan"), "pass", role="board_specialist", passed_on=PASSED_ON, behalf_of="VP")


@pytest.mark.parametrize(
    ("made", "action"),
    [
        ("passed", "circulate"), ("passed", "withdraw"), ("passed", "skip"), ("passed", "redraft"), ("passed", "pass"),
        ("draft", "withdraw"), ("draft", "redraft"), ("none", "pass"), ("none", "skip"), ("none", "circulate"),
    ],
)  # fmt: skip
def test_step_at_the_wrong_time_is_refused_with_its_sentence(world, made, action):
    paper = {"passed": passed, "draft": lambda w: draft(w, "plan"), "none": lambda w: none(w, "plan")}[made](world)
    values = {"passed_on": PASSED_ON} if action == "pass" else {"note": "Lý do."}
    with pytest.raises(Refused) as refusal:
        step(world, paper, action, **values)
    assert str(refusal.value) == REFUSALS[action]


@pytest.mark.parametrize("role", [role for role in ROLES if role not in RUNS])
def test_only_who_runs_the_bloc_drafts_and_steps(world, role):
    paper = draft(world, "plan", body="A")
    for act in (
        lambda: draft(world, "rules", role=role),
        lambda: step(world, paper, "circulate", role=role),
        lambda: step(world, paper, "pass", role=role, passed_on=PASSED_ON),
        lambda: none(world, role=role),
        lambda: revise(world, paper, role=role),
    ):
        with pytest.raises(PermissionError):
            act()


def test_step_of_another_kind_is_no_step(world):
    with pytest.raises(KeyError):
        papers.take(paper=fresh(draft(world, "plan")), action="pass", actor=world.actor("leader"), at=house_clock.now())


# --- Amendments and annexes -------------------------------------------------------------------------------------------


def test_amendment_copies_the_text_and_supersedes_when_passed(world):
    first = passed(world)
    second = revise(world, first, change="annex", reason="Thêm phụ lục phân công.")
    assert (second.version, second.state, second.change, second.body) == (2, "draft", "annex", "Nội dung.")
    assert fresh(first).state == "passed"
    step(world, second, "pass", passed_on=dt.date(2026, 6, 1))
    assert (fresh(first).state, fresh(second).state) == ("superseded", "passed")
    assert [row.verb for row in Event.objects.order_by("-seq")[:2]] == ["paper_passed", "paper_superseded"]


def test_amendment_needs_a_reason_and_a_version_that_holds(world):
    first = passed(world)
    with pytest.raises(Refused, match=r"^Ghi lý do"):
        revise(world, first, reason=" ")
    second = revise(world, first)
    with pytest.raises(Refused, match=r"^Chỉ sửa đổi, bổ sung được bản đang có hiệu lực"):
        revise(world, second)


def test_second_amendment_waits_for_the_first_and_a_second_click_finds_it(world):
    first, key = passed(world), uuid.uuid4()
    made = revise(world, first, creation_key=key)
    assert revise(world, first, creation_key=key).pk == made.pk
    with pytest.raises(Refused) as refusal:
        revise(world, first)
    assert str(refusal.value) == "Đang có phiên bản 2 chưa xong (dự thảo); sửa tiếp trên bản đó."


def test_amendment_that_was_given_up_leaves_the_first_in_force(world):
    first = passed(world)
    second = revise(world, first)
    step(world, second, "skip", note="Không cần sửa nữa.")
    assert (fresh(first).state, fresh(second).state) == ("passed", "none")
    third = revise(world, first)
    assert third.version == 3
    with pytest.raises(Refused, match=r"^Đã có phiên bản 3 của văn bản này"):
        step(world, second, "redraft")


@pytest.mark.parametrize("state", ["passed", "superseded", "none"])
def test_text_that_is_out_of_hand_is_frozen(world, state):
    paper = make.BlocPaperFactory(bloc_year=year(world), state=state, passed_on=PASSED_ON)
    with pytest.raises(Refused):
        papers.edit(
            paper=fresh(paper), title="A", body="B", revision=0, actor=world.actor("leader"), at=house_clock.now()
        )


# --- "Không có" -------------------------------------------------------------------------------------------------------


def test_none_is_a_row_and_a_step_in_one_act(world):
    paper = none(world)
    assert (paper.version, paper.state, paper.none_reason) == (1, "none", "Khối dùng quy chế mẫu.")
    assert [row.verb for row in Event.objects.filter(subject_id=paper.pk)] == ["paper_skipped"]
    assert none(world, role="board_head").pk == paper.pk


def test_none_needs_a_reason_and_nothing_that_says_otherwise(world):
    with pytest.raises(Refused, match=r"^Ghi lý do không có"):
        none(world, reason="")
    draft(world, "rules")
    with pytest.raises(Refused, match=r"^Đã có “Quy chế"):
        none(world)


def test_none_is_taken_back_by_drafting_again(world):
    paper = none(world)
    with pytest.raises(Refused, match=r"^Khối đã ghi “không có” văn bản này; mở văn bản đó"):
        draft(world, "rules")
    step(world, paper, "redraft")
    assert (fresh(paper).state, fresh(paper).none_reason) == ("draft", "")


def test_closed_year_is_a_wall(world):
    paper = draft(world, "plan", body="A")
    BlocYear.objects.filter(pk=year(world).pk).update(state=BlocYearState.CLOSED)
    for act in (
        lambda: draft(world, "rules"),
        lambda: none(world),
        lambda: step(world, paper, "circulate"),
        lambda: step(world, paper, "pass", passed_on=PASSED_ON),
    ):
        with pytest.raises(Refused) as refusal:
            act()
        assert str(refusal.value) == years.READ_ONLY


# --- Pages ------------------------------------------------------------------------------------------------------------


def get(world, role, name, *args):
    return world.client(role).get(reverse(name, args=args))


def test_page_shows_what_holds_what_is_made_and_what_there_is_not(world):
    first = passed(world)
    revise(world, first)
    none(world)
    said = main(get(world, "leader", "bloc_papers", year(world).pk))
    for words in (
        "Đang có hiệu lực Kế hoạch hoạt động của Khối năm 2026, phiên bản 1 Đã thông qua ngày 17/02/2026",
        "Đang làm Kế hoạch hoạt động của Khối năm 2026, phiên bản 2 Dự thảo",
        "Sửa đổi, bổ sung: Điều chỉnh nhiệm vụ.",
        "Quy chế hoạt động của Khối năm 2026, phiên bản 1 Không có Lý do: Khối dùng quy chế mẫu.",
        "Không có Giao ước thi đua",
    ):
        assert words in said


def test_draft_is_seen_by_who_runs_the_bloc_and_circulated_by_the_members(world):
    paper = draft(world, "plan", body="A")
    page = lambda: {role for role in ROLES if get(world, role, "bloc_paper_detail", paper.pk).status_code == 200}  # noqa: E731
    assert page() == RUNS
    step(world, paper, "circulate")
    assert page() == READS


@pytest.mark.parametrize("rows", [1, 3, 25])
def test_papers_page_takes_eight(world, rows):
    for version in range(1, rows + 1):
        make.BlocPaperFactory(bloc_year=year(world), kind="plan", version=version, state="superseded")
    client, url = world.client("member"), reverse("bloc_papers", args=[year(world).pk])
    assert query_count(lambda: client.get(url)) == 8


def test_paper_is_made_edited_and_passed_through_its_forms(world):
    client, bloc_year = world.client("leader"), year(world)
    upload = SimpleUploadedFile("ke-hoach.pdf", b"%PDF-1.7\n%%EOF\n")
    data = {"creation_key": uuid.uuid4(), "title": "Kế hoạch", "body": "I. Mục tiêu", "file": upload}
    made = client.post(reverse("bloc_paper_new", args=[bloc_year.pk, "plan"]), data)
    paper = BlocPaper.objects.get()
    assert made["Location"] == reverse("bloc_paper_detail", args=[paper.pk])
    assert b"".join(client.get(reverse("bloc_paper_file", args=[paper.pk])).streaming_content) == b"%PDF-1.7\n%%EOF\n"
    edited = {"revision": 0, "title": "Kế hoạch năm", "body": "II."}
    assert client.post(reverse("bloc_paper_edit", args=[paper.pk]), edited).status_code == 302
    late = client.post(reverse("bloc_paper_edit", args=[paper.pk]), edited | {"body": "III."})
    assert late.status_code == 409
    assert "Nội dung III. II." in main(late)
    url = reverse("bloc_paper_step", args=[paper.pk, "pass"])
    assert client.post(url, {"passed_on": ""}).status_code == 422
    assert client.post(url, {"passed_on": "17/02/2026"}).status_code == 302
    assert (fresh(paper).state, StoredFile.objects.filter(name="ke-hoach.pdf").count()) == ("passed", 1)
    revised = client.post(
        reverse("bloc_paper_revise", args=[paper.pk]),
        {"creation_key": uuid.uuid4(), "change": "annex", "reason": "Thêm phụ lục."},
    )
    second = BlocPaper.objects.get(version=2)
    assert revised["Location"] == reverse("bloc_paper_detail", args=[second.pk])


def test_wrong_kind_and_wrong_step_are_not_found(world):
    paper = draft(world, "plan")
    assert get(world, "leader", "bloc_paper_new", year(world).pk, "budget").status_code == 404
    assert get(world, "leader", "bloc_paper_step", paper.pk, "supersede").status_code == 404
    assert get(world, "leader", "bloc_paper_step", paper.pk, "finish").status_code == 404
    assert get(world, "leader", "bloc_paper_file", paper.pk).status_code == 404


def test_none_is_declared_through_its_form(world):
    url = reverse("bloc_paper_none", args=[year(world).pk, "covenant"])
    client = world.client("board_specialist")
    assert client.post(url, {"note": ""}).status_code == 422
    assert client.post(url, {"note": "Khối ký trong kế hoạch."}).status_code == 302
    paper = BlocPaper.objects.get()
    assert (paper.kind, paper.state) == ("covenant", "none")
    assert "Khối ký trong kế hoạch." in main(client.get(reverse("covenant_detail", args=[paper.pk])))
