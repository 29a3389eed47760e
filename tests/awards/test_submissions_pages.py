"""Pages of dossiers: who sees what, what a sender is told, the register as a list and a file, literal query counts."""

import io
import uuid

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from awards.enums import NominationState as State
from awards.enums import SubmissionState, Verdict
from awards.models import Nomination, Submission
from awards.queries.todos import todos_of
from emulation.core import clock
from emulation.core.models import Event
from emulation.core.registry import todos
from tests import factories as make
from tests.awards.dossiers import direct, dossier, fresh, via_bloc
from tests.http import main, query_count
from tests.world import ROLES, World

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

BOARD = {"board_head", "board_specialist"}
RUNS = BOARD | {"leader", "deputy"}
PAPER = {"paper_number": "15/TTr", "paper_dated_on": "01/11/2026", "paper_issuer": "Khối A"}


def get(world: World, role: str, name: str, *args: object, **query: str):
    return world.client(role).get(reverse(name, args=args), query)


def sees(world: World, name: str, *args: object) -> set[str]:
    return {role for role in ROLES if get(world, role, name, *args).status_code == 200}


def test_leader_prepares_previews_and_sends_what_the_bloc_agreed(world: World) -> None:
    first, second = via_bloc(world), via_bloc(world, "outgoing")
    client, bloc_year = world.client("leader"), world.bloc_years["running"]
    url = reverse("submission_new_bloc", args=[bloc_year.pk])
    assert url in client.get(reverse("submission_new")).content.decode()
    form = client.get(url).context["form"]
    assert [form[f"line_{line.pk}"].value() for line in (first, second)] == [True, True]
    typed = {"title": "Đề nghị khen thưởng năm 2026", "creation_key": uuid.uuid4(), f"line_{first.pk}": "on"}
    made = client.post(url, typed)
    row = Submission.objects.get()
    assert made["Location"] == reverse("submission_detail", args=[row.pk])
    step = reverse("submission_step", args=[row.pk, "send"])
    asked = main(client.get(step))
    assert "Sở Tài chính" in asked
    assert "Sở Xây dựng" not in asked
    assert "Ghi ngày của văn bản đã ký." in main(client.post(step, {"revision": 0}))
    Submission.objects.filter(pk=row.pk).update(revision=1)
    stale = client.post(step, {"revision": 0, **PAPER})
    assert (stale.status_code, "Hồ sơ vừa có thay đổi" in main(stale), stale.context["revision"]) == (409, True, 1)
    client.post(step, {"revision": 1, **PAPER})
    assert [fresh(line).state for line in (first, second)] == [State.SENT, State.ENDORSED]
    assert "Chờ thẩm định" in main(get(world, "leader", "submission_detail", row.pk))


def test_nothing_ticked_is_said_and_nothing_is_made(world: World) -> None:
    via_bloc(world)
    url = reverse("submission_new_bloc", args=[world.bloc_years["running"].pk])
    said = world.client("leader").post(url, {"title": "Đề nghị", "creation_key": uuid.uuid4()})
    assert (said.status_code, Submission.objects.count()) == (422, 0)
    assert "Đánh dấu ít nhất một đề nghị." in main(said)


def test_signer_sends_without_a_paper_and_the_board_enters_it_in_the_register(world: World) -> None:
    row = dossier(world, SubmissionState.DRAFT, agency=world.agencies["member"])
    direct(world, submission=row)
    world.client("signer").post(reverse("submission_step", args=[row.pk, "send"]), {"revision": 0})
    client, url = world.client("board_specialist"), reverse("submission_step", args=[row.pk, "receive"])
    form = client.get(url).context["form"]
    assert (form["register_number"].value(), form["received_as"].value()) == ("1", "system")
    typed = {"revision": 0, "register_number": "31", "received_on": "02/11/2026", "received_as": "paper"}
    client.post(url, typed)
    assert (fresh(row).state, fresh(row).register_number) == (SubmissionState.RECEIVED, "31")


def test_board_enters_a_paper_dossier_with_one_form(world: World) -> None:
    line, client = via_bloc(world), world.client("board_specialist")
    url = reverse("submission_register_bloc", args=[world.bloc_years["running"].pk])
    assert url in client.get(reverse("submission_new")).content.decode()
    assert url not in get(world, "leader", "submission_new").content.decode()
    leader, deputy = (name for name, _ in client.get(url).context["form"].fields["behalf_of"].choices)
    assert (leader, deputy) == (world.agencies["leader"].name, world.agencies["deputy"].name)
    typed = {
        "title": "Đề nghị khen thưởng năm 2026", "creation_key": uuid.uuid4(), f"line_{line.pk}": "on",
        "register_number": "31", "received_on": "02/11/2026", "received_as": "paper", "behalf_of": deputy,
    }  # fmt: skip
    wrong = client.post(url, typed)
    assert (wrong.status_code, "Ghi ngày của văn bản đã ký." in main(wrong)) == (422, True)
    client.post(url, typed | PAPER)
    row = Submission.objects.get()
    assert (row.state, row.register_number, fresh(line).state) == (SubmissionState.RECEIVED, "31", State.SENT)
    assert Event.objects.get(verb="submission_sent").behalf_of == deputy


def test_dossier_of_a_bloc_is_for_who_runs_it_and_of_an_agency_for_the_agency(world: World) -> None:
    of_bloc, of_agency = dossier(world), dossier(world, agency=world.agencies["member"])
    assert sees(world, "submission_detail", of_bloc.pk) == RUNS | {"council"}
    assert sees(world, "submission_detail", of_agency.pk) == BOARD | {"member", "signer", "signer_kt"}


def test_council_reads_what_its_blocs_sent_and_begins_nothing(world: World) -> None:
    row = dossier(world, SubmissionState.DRAFT)
    line = via_bloc(world, submission=row)
    listed = main(get(world, "council", "submission_list"))
    assert (str(row.title) in listed, "Lập hồ sơ trình" in listed) == (False, False)
    assert get(world, "council", "submission_detail", row.pk).status_code == 404
    Submission.objects.filter(pk=row.pk).update(state=SubmissionState.RETURNED, sent_at=clock.now())
    assert str(row.title) in main(get(world, "council", "submission_list"))
    said = main(get(world, "council", "submission_detail", row.pk))
    assert (line.subject_name in said, "Gửi hồ sơ" in said, "Sửa danh sách" in said) == (True, False, False)
    assert get(world, "council", "submission_new").status_code == 404


def test_sender_reads_one_sentence_until_there_is_a_result(world: World) -> None:
    row = dossier(world)
    proposed, asked = make.AwardKindFactory(slug="bk_tinh"), make.AwardKindFactory(slug="co_tinh")
    line = via_bloc(world, state=State.APPROVED, submission=row, award=proposed, asked_award=asked)
    via_bloc(world, "outgoing", state=State.REFUSED, submission=row)
    make.AppraisalFactory(nomination=line, verdict=Verdict.CHANGE, award=proposed, opinion="Chưa tiêu biểu.")
    said = main(get(world, "leader", "submission_detail", row.pk))
    assert said.count("Đã thẩm định, chờ quyết định") == 2
    for words in ("Bằng khen", "Không đồng ý", "Đồng ý trình khen", "Chưa tiêu biểu"):
        assert words not in said
    told = main(get(world, "board_specialist", "submission_detail", row.pk))
    assert "Bằng khen" in told
    assert "Không đồng ý trình khen" in told
    Submission.objects.filter(pk=row.pk).update(state=SubmissionState.DECIDED)
    assert "Không đồng ý trình khen" in main(get(world, "leader", "submission_detail", row.pk))


def test_returned_line_has_its_button_for_the_owner(world: World) -> None:
    row = dossier(world, agency=world.agencies["member"])
    line = direct(world, state=State.RETURNED, submission=row)
    url = reverse("nomination_resend", args=[line.pk])
    assert url in get(world, "member", "submission_detail", row.pk).content.decode()
    world.client("member").post(url, {"revision": 0})
    assert fresh(line).state == State.SENT
    assert get(world, "member", "nomination_resend", line.pk).status_code == 409


def test_scan_of_the_letter_is_for_who_reads_the_dossier(world: World) -> None:
    paper = make.SignedPaperFactory(scan=make.StoredFileFactory(), subject_label="awards.submission", subject_id=1)
    row = dossier(world, agency=world.agencies["member"], paper=paper)
    url = reverse("submission_scan", args=[row.pk])
    got = {role: world.client(role).get(url) for role in ("member", "leader", "board_head")}
    assert {role: answer.status_code for role, answer in got.items()} == {
        "member": 200,
        "leader": 404,
        "board_head": 200,
    }
    for role in ("member", "board_head"):
        b"".join(got[role].streaming_content)


def test_register_is_found_by_sender_and_number_and_goes_to_excel(world: World) -> None:
    dossier(world, agency=world.agencies["member"], register_number="31", register_year=2026)
    dossier(world, SubmissionState.SENT, agency=world.agencies["outgoing"])
    assert "Sở Xây dựng" not in main(get(world, "board_head", "submission_list", q="tai chinh"))
    assert "Sở Xây dựng" not in main(get(world, "board_head", "submission_list", q="31"))
    file = get(world, "board_head", "submission_export", state=SubmissionState.RECEIVED)
    rows = list(load_workbook(io.BytesIO(file.content)).active.iter_rows(values_only=True))
    assert rows[2][1:5] == ("Số đến", "Ngày đến", "Nhận bằng", "Nơi gửi")
    assert [row[1] for row in rows[3:]] == ["31"]


@pytest.mark.parametrize("count", [1, 3, 100])
def test_list_and_page_take_the_same_number_of_queries(world: World, count: int) -> None:
    row = dossier(world)
    via_bloc(world, submission=row, state=State.SENT)
    lines = [
        Nomination(
            **{name: getattr(line, name) for name in ("route", "year", "bloc_year", "subject_name", "award")},
            owner=line.owner, agency=line.agency, name=line.name, submission=row, state=State.WITHDRAWN,
        )
        for line in row.nominations.all() for _ in range(count - 1)
    ]  # fmt: skip
    Nomination.objects.bulk_create(lines)
    make.SubmissionFactory.create_batch(
        count, bloc_year=None, agency=world.agencies["member"], year=world.years["2026"], state="sent"
    )
    client = world.client("board_specialist")
    assert query_count(lambda: client.get(reverse("submission_list"))) == 8
    assert query_count(lambda: client.get(reverse("submission_detail", args=[row.pk]))) == 11


# --- To-dos -----------------------------------------------------------------------------------------------------------


def mine(world: World, role: str, django_assert_num_queries) -> list[str]:
    actor = world.actor(role)
    with django_assert_num_queries(0 if role in {"council", "account_manager"} else 1):
        return [todo.title for todo in todos_of(actor, clock.today())]


def test_each_seat_is_told_what_waits_for_it(world: World, django_assert_num_queries) -> None:
    row = dossier(world)
    via_bloc(world, state=State.SUBMITTED)
    via_bloc(world, "outgoing")
    via_bloc(world, "deputy", state=State.SENT, submission=row)
    via_bloc(world, "leader", state=State.APPRAISED, submission=row)
    direct(world, state=State.RETURNED, submission=dossier(world, agency=world.agencies["member"]))
    direct(world)
    direct(world, "stranger", state=State.SENT, submission=dossier(world, "sent", agency=world.agencies["stranger"]))
    told = {role: mine(world, role, django_assert_num_queries) for role in (
        "board_head", "board_specialist", "leader", "member", "stranger", "council", "account_manager",
    )}  # fmt: skip
    board = ["Tiếp nhận 01 hồ sơ đề nghị khen thưởng", "Thẩm định 01 đề nghị khen thưởng"]
    assert told == {
        "board_head": [*board, "Phê duyệt 01 đề nghị khen thưởng"],
        "board_specialist": board,
        "leader": ["Xét 01 đề nghị khen thưởng của thành viên", "Gửi 01 đề nghị khối đã thống nhất"],
        "member": ["Hoàn thiện 01 đề nghị khen thưởng bị trả lại", "Gửi 01 đề nghị khen thưởng đang soạn"],
        "stranger": [],
        "council": [],
        "account_manager": [],
    }
    assert {todo.url for todo in todos(world.actor("leader"), clock.today())} >= {reverse("submission_new")}
