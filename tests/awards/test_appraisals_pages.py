"""The board's queue: what stands beside each line, acts in bulk with a preview, the head's acts for the head alone."""

import datetime as dt
import io

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from awards.enums import NominationState as State
from awards.enums import Route, SubmissionState, Verdict
from awards.models import Nomination
from tests import factories as make
from tests.awards.dossiers import appraised, direct, dossier, fresh, via_bloc
from tests.http import main, query_count
from tests.world import ROLES, World

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

HEAD_ACTS = ("approve", "refuse", "unapprove", "propose_up", "not_grant", "fall_back")


def act(action: str) -> str:
    return reverse("appraisal_act", args=[action])


def ticked(*lines: Nomination, **said: object) -> dict[str, object]:
    """Return what the preview posts for these lines, as they stand now."""
    seen = [f"{line.pk}-{fresh(line).revision}" for line in lines]
    return {"line": [line.pk for line in lines], "seen": seen, **said}


def waiting(world: World, **values: object) -> Nomination:
    return direct(world, state=State.SENT, submission=dossier(world, agency=world.agencies["member"]), **values)


def test_queue_is_the_boards_and_the_heads_acts_are_the_heads(world: World) -> None:
    answers = {role: world.client(role).get(reverse("appraisal_list")).status_code for role in ROLES}
    assert {role for role, status in answers.items() if status == 200} == {"board_head", "board_specialist"}
    line = appraised(world)
    for action in HEAD_ACTS:
        got = {role: world.client(role).get(act(action), {"line": line.pk}).status_code for role in
               ("board_head", "board_specialist", "leader")}  # fmt: skip
        assert (got["board_specialist"], got["leader"]) == (404, 404), action
        assert got["board_head"] in {200, 302}, action


def test_queue_holds_what_was_received_and_what_the_board_drafted(world: World) -> None:
    waiting(world, subject_name="Đã tiếp nhận")
    direct(world, state=State.SENT, subject_name="Chưa tiếp nhận",
           submission=dossier(world, SubmissionState.SENT, agency=world.agencies["member"]))  # fmt: skip
    direct(world, route=Route.BOARD, subject_name="Sở lập")
    direct(world, subject_name="Đơn vị đang soạn")
    said = main(world.client("board_specialist").get(reverse("appraisal_list")))
    assert ["Đã tiếp nhận" in said, "Sở lập" in said, "Chưa tiếp nhận" in said, "Đơn vị đang soạn" in said] == [
        True, True, False, False,
    ]  # fmt: skip


def test_line_shows_claim_points_papers_and_the_same_award_before(world: World) -> None:
    flag = make.AwardKindFactory(slug="co_tinh")
    line = via_bloc(world, state=State.SENT, submission=dossier(world), award=flag, place=1, points="97.5")
    make.AttachmentFactory(nomination=line, need=flag.papers.order_by("position")[0])
    given = make.GrantFactory(line__nomination=line, granted_on=dt.date(2025, 1, 5), year=world.years["2025"])
    make.GrantFactory(
        line__nomination__agency=world.agencies["member"], line__nomination__award=make.AwardKindFactory(slug="bk_tinh")
    )
    said = main(world.client("board_specialist").get(reverse("appraisal_list")))
    assert "Hạng 1 97,5 điểm 3/4" not in said
    assert "Hạng 1 97,5 điểm 1/4 thiếu 03" in said
    assert "Danh hiệu" in said
    rows = load_workbook(io.BytesIO(world.client("board_specialist").get(reverse("appraisal_export")).content))
    cells = list(rows.active.iter_rows(values_only=True))[3]
    assert (cells[1], cells[5], cells[10]) == ("Sở Tài chính", "Danh hiệu", "2025")
    type(given).objects.filter(pk=given.pk).update(is_revoked=True)
    assert "đã thu hồi" in main(world.client("board_specialist").get(reverse("appraisal_list")))


def test_award_of_an_agency_merged_into_this_one_is_marked_as_inherited(world: World) -> None:
    line = via_bloc(world, state=State.SENT, submission=dossier(world))
    old = make.AgencyFactory(name="Sở Kế hoạch và Đầu tư")
    done = make.AgencySuccessionFactory(kind="merge", state="done", paper=make.SignedPaperFactory())
    make.SuccessionPartyFactory(succession=done, agency=old)
    make.SuccessionPartyFactory(succession=done, agency=world.agencies["member"], side="new")
    make.GrantFactory(
        line__nomination__agency=old, line__nomination__award=line.award, granted_on=dt.date(2024, 12, 20)
    )
    said = main(world.client("board_specialist").get(reverse("appraisal_list")))
    assert "kế thừa từ Sở Kế hoạch và Đầu tư" in said


def test_specialist_appraises_what_is_ticked_after_a_preview_and_takes_it_back(world: World) -> None:
    first, second = waiting(world, subject_name="Lê Thị Một"), waiting(world, subject_name="Lê Thị Hai")
    client = world.client("board_specialist")
    preview = client.get(act("appraise"), {"line": [first.pk, second.pk], "asked": "state=sent"})
    assert "Thẩm định: 02 dòng" in main(preview)
    assert "Lê Thị Hai" in main(preview)
    missing = client.post(act("appraise"), ticked(first, second))
    assert (missing.status_code, "Chọn kết quả thẩm định." in main(missing)) == (422, True)
    done = client.post(act("appraise"), ticked(first, second, verdict="fit", asked="state=sent"))
    assert done["Location"] == f"{reverse('appraisal_list')}?state=sent"
    assert {fresh(line).state for line in (first, second)} == {State.APPRAISED}
    client.post(act("unappraise"), ticked(first, second, note="Ghi nhầm."))
    assert {fresh(line).state for line in (first, second)} == {State.SENT}


def test_verdict_of_another_award_or_unfit_says_which_and_why(world: World) -> None:
    line, client = waiting(world), world.client("board_specialist")
    other = make.AwardKindFactory(slug="cstd_tinh")
    for verdict, words in (("change", "Chọn danh hiệu, hình thức đề nghị thay."), ("unfit", "Ghi ý kiến thẩm định")):
        assert words in main(client.post(act("appraise"), ticked(line, verdict=verdict)))
    client.post(act("appraise"), ticked(line, verdict="change", award=other.pk))
    assert (fresh(line).appraisal.verdict, fresh(line).appraisal.award) == (Verdict.CHANGE, other)


def test_head_approves_with_a_count_and_what_moved_since_the_preview_stops_it(world: World) -> None:
    first, second = appraised(world), appraised(world)
    client, stale = world.client("board_head"), ticked(first, second)
    Nomination.objects.filter(pk=second.pk).update(revision=5)
    told = client.post(act("approve"), stale)
    assert (told.status_code, fresh(first).state) == (422, State.APPRAISED)
    assert f"{second.subject_name}: người khác vừa cập nhật" in main(told)
    client.post(act("approve"), ticked(first, second))
    assert {fresh(line).state for line in (first, second)} == {State.APPROVED}


def test_lines_that_do_not_fit_the_act_are_left_out_and_counted(world: World) -> None:
    line, other = appraised(world), waiting(world)
    client = world.client("board_head")
    assert "01 dòng đã đánh dấu không ở trạng thái" in main(client.get(act("refuse"), {"line": [line.pk, other.pk]}))
    nothing = client.get(act("refuse"), follow=True)
    assert "Đánh dấu ít nhất một dòng" in main(nothing)
    gone = client.get(act("refuse"), {"line": other.pk, "asked": "//evil.example"})
    assert gone["Location"].startswith(f"{reverse('appraisal_list')}?")


@pytest.mark.parametrize("count", [1, 3, 100])
def test_queue_and_preview_take_the_same_number_of_queries(world: World, count: int) -> None:
    row, award = dossier(world), make.AwardKindFactory()
    agency = world.agencies["member"]
    person = make.PersonFactory(agency=agency)
    Nomination.objects.bulk_create(
        Nomination(
            route=Route.DIRECT, year=world.years["2026"], owner=agency, person=person, subject_name="Lê Văn",
            award=award, state=State.SENT,
        )
        for _ in range(count)
    )  # fmt: skip
    via_bloc(world, state=State.SENT, submission=row)
    client = world.client("board_specialist")
    assert query_count(lambda: client.get(reverse("appraisal_list"))) == 12
    lines = list(Nomination.objects.filter(state=State.SENT).values_list("pk", flat=True))
    assert query_count(lambda: client.get(act("appraise"), {"line": lines})) == 10
