"""The calendar: days set and put off by the board, steps finished by who runs the bloc; what is late, on every page."""

import datetime as dt
import json

import pytest
from django.test import Client
from django.urls import reverse

from blocs.enums import BlocYearState, MilestoneKind
from blocs.models import BlocYear, Extension, Milestone
from blocs.services import blocs, calendar, years
from blocs.services.calendar import Outcome
from emulation.accounts.queries import ANONYMOUS
from emulation.core import clock as house_clock
from emulation.core.audit import act
from emulation.core.errors import Refused, Stale
from emulation.core.models import Event, SignedPaper
from emulation.core.papers import OnPaper
from emulation.reports.queries import year_summary
from tests import factories as make
from tests.http import main, query_count
from tests.world import ROLES, World

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

BOARD = {"board_head", "board_specialist"}
RUNS = BOARD | {"leader", "deputy"}
SCORE = MilestoneKind.SELF_SCORE  # due 30/10/2026 in the world, three days late
PLAN = MilestoneKind.PLAN  # due 20/02, done 17/02


def year(world: World, key: str = "running") -> BlocYear:
    return BlocYear.objects.select_related("year", "bloc").get(pk=world.bloc_years[key].pk)


def step(kind: str = SCORE) -> Milestone:
    return Milestone.objects.get(kind=kind)


def finish(world: World, role: str = "leader", kind: str = SCORE, revision: int = 0, key: str = "running", **said):
    outcome = Outcome(
        **{name: said.pop(name) for name in ("done_on", "is_done_undated", "none_reason") if name in said}
    )
    return calendar.finish(
        bloc_year=year(world, key), kind=kind, outcome=outcome, revision=revision, **said,
        actor=world.actor(role), at=house_clock.now(),
    )  # fmt: skip


def extend(world: World, role: str = "board_specialist", kind: str = SCORE, revision: int = 0, **said):
    values = {"due_on": dt.date(2026, 11, 15), "reason": "Chờ hướng dẫn."} | said
    return calendar.extend(
        bloc_year=year(world), kind=kind, revision=revision, **values, actor=world.actor(role), at=house_clock.now()
    )


def set_days(world: World, role: str = "board_specialist", **days: tuple[dt.date | None, str]) -> int:
    known = {row.kind: row for row in year(world).milestones.all()}
    return calendar.set_days(
        bloc_year=year(world), days=days, revision=calendar.revision_of(known), actor=world.actor(role),
        at=house_clock.now(),
    )  # fmt: skip


def allowed(world: World, go) -> set[str]:
    done = set()
    for role in ROLES:
        Milestone.objects.filter(kind=SCORE).update(
            revision=0, done_on=None, is_done_undated=False, none_reason="", due_on=dt.date(2026, 10, 30)
        )
        try:
            go(role)
        except PermissionError:
            continue
        done.add(role)
    return done


def calendar_typed(world: World, **boxes: str) -> dict[str, str]:
    known = {row.kind: row for row in year(world).milestones.all()}
    data = {"revision": str(calendar.revision_of(known))}
    for kind in MilestoneKind.values:
        row = known.get(kind)
        data[f"due_on_{kind}"] = row.due_on.strftime("%d/%m/%Y") if row and row.due_on else ""
        data[f"note_{kind}"] = row.note if row else ""
    return data | boxes


# --- All steps in one form --------------------------------------------------------------------------------------------


def test_calendar_writes_what_changed_and_makes_no_empty_rows(world: World) -> None:
    day = dt.date(2026, 12, 20)
    changed = set_days(world, plan=(dt.date(2026, 2, 20), ""), year_review=(day, "tại Sở Nội vụ"), handover=(None, ""))
    assert changed == 1
    assert (step("year_review").due_on, step("year_review").note) == (day, "tại Sở Nội vụ")
    assert set(Milestone.objects.values_list("kind", flat=True)) == {"plan", "self_score", "year_review"}
    event = Event.objects.get()
    assert (event.verb, json.loads(event.data)) == ("calendar_set", {"kinds": ["year_review"]})


def test_calendar_that_changes_nothing_records_nothing(world: World) -> None:
    assert set_days(world, plan=(dt.date(2026, 2, 20), "")) == 0
    assert Event.objects.count() == 0


def test_calendar_is_set_by_the_board(world: World) -> None:
    done = set()
    for number, role in enumerate(ROLES, start=1):
        try:
            set_days(world, role, handover=(dt.date(2026, 12, number), ""))
        except PermissionError:
            continue
        done.add(role)
    assert done == BOARD


def test_calendar_form_saves_and_keeps_a_wrong_day(world: World) -> None:
    client, url = world.client("board_specialist"), reverse("calendar_edit", args=[year(world).pk])
    wrong = client.post(url, calendar_typed(world, due_on_handover="31/02/2027", note_plan="chữ giữ lại"))
    assert wrong.status_code == 422
    assert "Không có ngày 31/02/2027" in main(wrong)
    assert 'value="chữ giữ lại"' in wrong.content.decode()
    right = client.post(url, calendar_typed(world, due_on_handover="10/01/2027"))
    assert right["Location"] == reverse("bloc_calendar", args=[year(world).pk])
    assert step("handover").due_on == dt.date(2027, 1, 10)


def test_calendar_form_shows_both_texts_to_who_was_slower(world: World) -> None:
    client, url = world.client("board_specialist"), reverse("calendar_edit", args=[year(world).pk])
    slower = calendar_typed(world, due_on_handover="10/01/2027", note_self_score="của tôi")
    set_days(world, "board_head", self_score=(dt.date(2026, 11, 9), "của người kia"))
    answer = client.post(url, slower)
    shown = main(answer)
    assert (answer.status_code, calendar.QUICKER in shown) == (409, True)
    assert "Ghi chú: Tự chấm điểm, thẩm định điểm của tôi của người kia" in shown
    assert not Milestone.objects.filter(kind="handover").exists()


# --- One step ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "verb", "word", "fact"),
    [
        ({"done_on": dt.date(2026, 11, 1)}, "milestone_finished", "Xong", "xong 01/11/2026, trễ 2 ngày"),
        ({"is_done_undated": True}, "milestone_finished", "Xong", "không rõ ngày"),
        ({"none_reason": "Khối không chấm điểm."}, "milestone_skipped", "Không có", "Khối không chấm điểm."),
    ],
)
def test_finish_says_how_a_step_stands_and_can_be_taken_back(
    world: World, said: dict[str, object], verb: str, word: str, fact: str
) -> None:
    finish(world, **said)
    shown = main(world.client("member").get(reverse("bloc_detail", args=[year(world).pk])))
    assert f"hạn 30/10/2026 {fact}" in shown
    assert word in shown
    assert (Event.objects.get().verb, Event.objects.get().note) == (verb, said.get("none_reason", ""))
    finish(world, revision=1)
    row = step()
    assert Outcome(row.done_on, row.is_done_undated, row.none_reason) == Outcome()
    assert Event.objects.order_by("-seq")[0].verb == "milestone_reopened"
    with pytest.raises(Refused) as refused:
        finish(world, revision=2)
    assert str(refused.value) == "Bước này chưa ghi nhận gì nên không có gì để bỏ."


def test_finish_needs_no_row(world: World) -> None:
    finish(world, kind="handover", done_on=dt.date(2026, 10, 1))
    assert (step("handover").due_on, step("handover").done_on) == (None, dt.date(2026, 10, 1))


def test_finish_is_for_who_runs_the_bloc(world: World) -> None:
    assert allowed(world, lambda role: finish(world, role, is_done_undated=True)) == RUNS


def test_finish_on_paper_on_behalf_of_a_silent_leader(world: World) -> None:
    answer = world.client("board_specialist").post(
        reverse("milestone_finish", args=[year(world).pk, SCORE]),
        {
            "revision": 0,
            "outcome": "done",
            "done_on": "29/10/2026",
            "behalf_of": "Văn phòng UBND tỉnh",
            "paper_dated_on": "29/10/2026",
            "paper_issuer": "Văn phòng UBND tỉnh",
        },
    )
    assert answer.status_code == 302
    event = Event.objects.get()
    assert (event.behalf_of, event.paper_id) == ("Văn phòng UBND tỉnh", SignedPaper.objects.latest("pk").pk)
    with pytest.raises(ValueError, match="paper"):
        finish(world, "board_head", is_done_undated=True, behalf_of="Văn phòng UBND tỉnh", revision=1)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({}, "Chọn tình trạng của bước này."),
        ({"outcome": "done"}, "Ghi ngày xong, hoặc chọn “Đã xong, không rõ ngày”."),
        ({"outcome": "none"}, "Ghi lý do khối không thực hiện bước này."),
        ({"outcome": "done", "done_on": "03/11/2026"}, "Ngày này ở tương lai; kiểm tra lại ngày đã nhập."),
        ({"outcome": "open"}, "Chọn lại tình trạng."),
    ],
)
def test_finish_form_asks_for_what_the_choice_needs(world: World, typed: dict[str, str], sentence: str) -> None:
    answer = world.client("leader").post(
        reverse("milestone_finish", args=[year(world).pk, SCORE]), {"revision": 0, **typed}
    )
    assert (answer.status_code, sentence in main(answer)) == (422, True)


def test_finish_form_takes_back_with_one_choice(world: World) -> None:
    finish(world, is_done_undated=True)
    url = reverse("milestone_finish", args=[year(world).pk, SCORE])
    assert "Chưa xong: bỏ ghi nhận" in main(world.client("leader").get(url))
    world.client("leader").post(url, {"revision": 1, "outcome": "open"})
    assert step().is_done_undated is False


def test_finish_loses_politely_to_a_quicker_one(world: World) -> None:
    finish(world, "deputy", done_on=dt.date(2026, 10, 28))
    with pytest.raises(Stale):
        finish(world, none_reason="Không chấm.")
    url = reverse("milestone_finish", args=[year(world).pk, SCORE])
    answer = world.client("leader").post(url, {"revision": 0, "outcome": "done", "done_on": "29/10/2026"})
    shown = main(answer)
    assert (answer.status_code, "Ngày xong 29/10/2026" in shown) == (409, True)
    assert step().done_on == dt.date(2026, 10, 28)


def test_unknown_step_has_no_page(world: World) -> None:
    url = reverse("milestone_finish", args=[year(world).pk, "khong-co"])
    assert world.client("leader").get(url).status_code == 404


# --- Putting off ------------------------------------------------------------------------------------------------------


def test_extend_moves_the_day_and_keeps_why_in_one_act(world: World) -> None:
    said = OnPaper("15/SNV", dt.date(2026, 10, 29), "Sở Nội vụ")
    extend(world, on_paper=said)
    row = Extension.objects.get()
    assert (row.old_due_on, row.due_on, row.reason, row.paper.number) == (
        dt.date(2026, 10, 30),
        dt.date(2026, 11, 15),
        "Chờ hướng dẫn.",
        "15/SNV",
    )
    assert (step().due_on, step().revision) == (dt.date(2026, 11, 15), 1)
    event = Event.objects.get()
    assert (event.verb, event.note, event.paper_id) == ("milestone_extended", "Chờ hướng dẫn.", row.paper_id)
    shown = main(world.client("member").get(reverse("bloc_detail", args=[year(world).pk])))
    assert "gia hạn từ 30/10/2026 đến 15/11/2026: Chờ hướng dẫn." in shown


def test_extend_twice_shows_both_and_the_step_once(world: World) -> None:
    extend(world)
    extend(world, revision=1, due_on=dt.date(2026, 11, 30), reason="Bão.")
    shown = main(world.client("leader").get(reverse("bloc_calendar", args=[year(world).pk])))
    assert "gia hạn từ 30/10/2026 đến 15/11/2026: Chờ hướng dẫn. gia hạn từ 15/11/2026 đến 30/11/2026: Bão." in shown
    assert shown.count("Tự chấm điểm, thẩm định điểm hạn") == 1


def test_extend_is_for_the_board(world: World) -> None:
    assert allowed(world, lambda role: extend(world, role)) == BOARD


@pytest.mark.parametrize(
    ("kind", "values", "sentence"),
    [
        (SCORE, {"due_on": dt.date(2026, 10, 30)}, "Hạn mới phải sau hạn hiện nay (30/10/2026)."),
        (SCORE, {"reason": " "}, "Ghi lý do gia hạn."),
        (PLAN, {}, calendar.FINISHED),
        ("handover", {}, "Bước này chưa có hạn; ghi hạn trong lịch công tác trước."),
    ],
)
def test_extend_refuses(world: World, kind: str, values: dict[str, object], sentence: str) -> None:
    with pytest.raises(Refused) as refused:
        extend(world, kind=kind, **values)
    assert str(refused.value) == sentence
    assert Extension.objects.count() == 0


def test_extend_form_says_what_is_wrong_and_then_saves(world: World) -> None:
    client, url = world.client("board_head"), reverse("milestone_extend", args=[year(world).pk, SCORE])
    early = client.post(url, {"revision": 0, "due_on": "01/10/2026", "reason": "Chờ"})
    assert (early.status_code, "Hạn mới phải sau hạn hiện nay (30/10/2026)." in main(early)) == (422, True)
    assert client.post(url, {"revision": 0, "due_on": "20/11/2026", "reason": "Chờ"}).status_code == 302
    assert step().due_on == dt.date(2026, 11, 20)
    slower = client.post(url, {"revision": 0, "due_on": "25/11/2026", "reason": "Chờ"})
    assert (slower.status_code, step().due_on) == (409, dt.date(2026, 11, 20))
    assert client.get(reverse("milestone_extend", args=[year(world).pk, PLAN])).status_code == 409


# --- Walls and pages --------------------------------------------------------------------------------------------------


def test_closed_year_refuses_every_write(world: World) -> None:
    BlocYear.objects.filter(pk=year(world).pk).update(state=BlocYearState.CLOSED)
    for go in (
        lambda: finish(world, is_done_undated=True),
        lambda: extend(world),
        lambda: set_days(world, handover=(dt.date(2026, 12, 1), "")),
    ):
        with pytest.raises(Refused) as refused:
            go()
        assert str(refused.value) == years.READ_ONLY
    client = world.client("board_head")
    for name, *more in (("calendar_edit",), ("milestone_finish", SCORE), ("milestone_extend", SCORE)):
        assert client.get(reverse(name, args=[year(world).pk, *more])).status_code == 409
    assert "Ghi nhận" not in main(client.get(reverse("bloc_calendar", args=[year(world).pk])))


def test_calendar_page_lists_all_nine_steps_with_what_may_be_done(world: World) -> None:
    shown = main(world.client("leader").get(reverse("bloc_calendar", args=[year(world).pk])))
    assert [str(kind.label) in shown for kind in MilestoneKind] == [True] * 9
    assert ("Ghi nhận" in shown, "Gia hạn" in shown, "Sửa lịch công tác" in shown) == (True, False, False)
    shown = main(world.client("board_head").get(reverse("bloc_calendar", args=[year(world).pk])))
    assert (shown.count("Gia hạn"), "Sửa lịch công tác" in shown) == (1, True)


def test_bloc_page_leads_to_the_calendar_and_that_to_the_steps_for_who_may(world: World) -> None:
    calendar = reverse("bloc_calendar", args=[year(world).pk])
    finishing = reverse("milestone_finish", args=[year(world).pk, SCORE])
    extending = reverse("milestone_extend", args=[year(world).pk, SCORE])

    def leads(role: str) -> tuple[bool, bool, bool]:
        client = world.client(role)
        page = client.get(reverse("bloc_detail", args=[year(world).pk])).content.decode()
        steps = client.get(calendar).content.decode()
        return calendar in page, finishing in steps, extending in steps

    assert {role: leads(role) for role in ("board_head", "leader", "member")} == {
        "board_head": (True, True, True),
        "leader": (True, True, False),
        "member": (False, False, False),
    }


def test_home_does_not_call_late_what_is_done_or_left_out(world: World) -> None:
    late = "Trễ 3 ngày"
    assert late in main(world.client("leader").get(reverse("home")))
    finish(world, is_done_undated=True)
    shown = main(world.client("leader").get(reverse("home")))
    assert (late in shown, "xong, không rõ ngày" in shown) == (False, True)
    finish(world, none_reason="Không chấm.", revision=1)
    shown = main(world.client("leader").get(reverse("home")))
    assert (late in shown, "không có" in shown) == (False, True)


def test_import_of_a_day_takes_back_that_the_day_was_unknown(world: World) -> None:
    finish(world, is_done_undated=True)
    with act(actor=ANONYMOUS, at=house_clock.now()) as current:
        blocs.set_milestone(act=current, bloc_year=year(world), kind=SCORE, due_on=None, done_on=dt.date(2026, 10, 1))
    assert (step().done_on, step().is_done_undated) == (dt.date(2026, 10, 1), False)


def test_year_report_says_done_of_a_step_whose_day_nobody_knows(world: World) -> None:
    finish(world, is_done_undated=True)
    fact = year_summary(year(world)).milestone(SCORE)
    assert (fact.is_done, fact.done_on) == (True, None)


@pytest.mark.parametrize("rows", [1, 3, 25])
def test_calendar_pages_take_seven(rows: int) -> None:
    make.ProvinceFactory()
    bloc_year = make.BlocYearFactory()
    for kind in MilestoneKind.values[:rows]:
        row = make.MilestoneFactory(bloc_year=bloc_year, kind=kind, due_on="2026-02-01")
        for _ in range(rows):
            make.ExtensionFactory(milestone=row)
    client = Client()
    client.force_login(make.SeatFactory(capacity="board_head").user)
    for name, *more in (("bloc_calendar",), ("calendar_edit",), ("milestone_extend", PLAN)):
        assert query_count(lambda name=name, more=more: client.get(reverse(name, args=[bloc_year.pk, *more]))) == 7
    assert query_count(lambda: client.get(reverse("milestone_finish", args=[bloc_year.pk, PLAN]))) == 8
