"""Terms of office: elected, recognised, ended, standing in, stepping up; who shall lead the next year."""

import datetime as dt
import threading
import uuid

import pytest
from django.db import connection

from blocs.models import LeadershipTerm, NextLeader
from blocs.services import terms, years
from emulation.core import clock as house_clock
from emulation.core.errors import Refused, Stale
from emulation.core.models import Event
from emulation.core.papers import OnPaper
from tests import factories as make
from tests.world import ROLES, World, build

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 6, 30)
PAPER = OnPaper("15/QĐ-UBND", dt.date(2026, 1, 8), "UBND tỉnh Sông Lam")
BOARD = {"board_head", "board_specialist"}
RUNS = BOARD | {"leader", "deputy"}


def now() -> dt.datetime:
    return house_clock.now()


def term_of(world: World, key: str) -> LeadershipTerm:
    return LeadershipTerm.objects.get(
        bloc_year=world.bloc_years["running"], agency=world.agencies[key], ends_on__isnull=True
    )


def elect(world: World, key: str = "member", role: str = "deputy", **values) -> LeadershipTerm:
    said = {"elected_on": DAY, "creation_key": uuid.uuid4(), "actor": world.actor("board_specialist"), **values}
    return terms.elect(bloc_year=world.bloc_years["running"], agency=world.agencies[key], role=role, at=now(), **said)


def end(world: World, key: str = "leader", **values) -> LeadershipTerm:
    term = term_of(world, key)
    said = {"reason": "Sáp nhập", "revision": term.revision, "actor": world.actor("board_head"), "ends_on": DAY}
    return terms.end(term=term, at=now(), **{**said, **values})


def standing(world: World) -> list[tuple[str, str, dt.date | None, dt.date | None]]:
    rows = world.bloc_years["running"].terms.order_by("pk")
    return [(row.name.full, row.role, row.stands_in_from, row.ends_on) for row in rows]


def acts() -> list[str]:
    return list(Event.objects.order_by("seq").values_list("verb", flat=True))


def refused(call, sentence: str) -> None:
    with pytest.raises(Refused) as wrong:
        call()
    assert str(wrong.value) == sentence


def may(world: World, call) -> set[str]:
    """Return the roles the call does not refuse for want of a right; what it says otherwise is not the question."""
    found = set()
    for role in ROLES:
        try:
            call(world.actor(role))
        except PermissionError:
            continue
        except Refused:
            pass
        found.add(role)
    return found


def test_terms_are_the_boards(world: World) -> None:
    term, row = term_of(world, "deputy"), world.bloc_years["running"]
    key = {"creation_key": uuid.uuid4(), "elected_on": None}
    assert (
        may(world, lambda a: terms.elect(bloc_year=row, agency=term.agency, role="leader", actor=a, at=now(), **key))
        == BOARD
    )
    assert may(world, lambda a: terms.end(term=term, ends_on=DAY, reason=" ", revision=0, actor=a, at=now())) == BOARD
    assert may(world, lambda a: terms.stop_standing_in(term=term, revision=0, actor=a, at=now())) == BOARD
    leader = term_of(world, "leader")
    assert may(world, lambda a: terms.stand_in(term=leader, day=DAY, revision=0, actor=a, at=now())) == BOARD


def test_elected_agency_acts_at_once_and_a_second_click_finds_the_first(world: World) -> None:
    key = uuid.uuid4()
    first, again = elect(world, creation_key=key), elect(world, creation_key=key)
    assert (first.pk, acts()) == (again.pk, ["term_elected"])
    assert world.bloc_years["running"].pk in world.actor("member").scope.deputises


def test_situation_16_an_agency_is_elected_never_a_person_and_a_deputy_stands_in(world: World) -> None:
    """BLOCS 5.16: the rule names the agency; the head changes in mid-year and a deputy chairs."""
    term = term_of(world, "deputy")
    terms.stand_in(term=term, day=DAY, revision=0, actor=world.actor("board_head"), at=now())
    assert standing(world) == [
        ("Văn phòng UBND tỉnh", "leader", None, None),
        ("Sở Nội vụ", "deputy", DAY, None),
    ]
    assert world.bloc_years["running"].pk in world.actor("deputy").scope.deputises
    again = term_of(world, "deputy")
    terms.stop_standing_in(term=again, revision=1, actor=world.actor("board_head"), at=now())
    assert standing(world)[1] == ("Sở Nội vụ", "deputy", None, None)
    assert acts() == ["stood_in", "stopped_standing_in"]


def test_two_leaders_are_impossible(world: World) -> None:
    refused(
        lambda: elect(world, role="leader"),
        "Khối đang có Trưởng khối là “Văn phòng UBND tỉnh”; ghi ngày kết thúc trước khi ghi Trưởng khối mới.",
    )


def test_only_a_member_that_still_exists_is_elected(world: World) -> None:
    name = world.agencies["stranger"].name
    refused(
        lambda: elect(world, "stranger"),
        f"“{name}” không phải đơn vị thành viên của khối; ghi vào danh sách đơn vị trước.",
    )
    agency = world.agencies["member"]
    agency.ended_on = DAY
    agency.save()
    refused(lambda: elect(world), "“Sở Tài chính” đã chấm dứt hoạt động ngày 30/06/2026; chọn đơn vị khác.")


def test_closed_year_is_a_wall(world: World) -> None:
    term = LeadershipTerm.objects.get(bloc_year=world.bloc_years["closed"])
    actor = world.actor("board_head")
    refused(lambda: terms.end(term=term, ends_on=DAY, reason="x", revision=0, actor=actor, at=now()), years.READ_ONLY)


def test_recognition_comes_later_on_its_decision_even_for_a_term_that_has_ended(world: World) -> None:
    term = end(world)
    fresh = LeadershipTerm.objects.get(pk=term.pk)
    terms.recognise(
        term=fresh,
        recognised_on=dt.date(2026, 1, 8),
        on_paper=PAPER,
        revision=1,
        actor=world.actor("board_specialist"),
        at=now(),
    )
    fresh.refresh_from_db()
    assert (fresh.recognised_on, fresh.recognised_paper.number) == (dt.date(2026, 1, 8), "15/QĐ-UBND")
    assert fresh.recognised_paper.subject_id == fresh.bloc_year_id
    assert Event.objects.get(verb="term_recognised").paper_id == fresh.recognised_paper_id


def test_leader_goes_and_a_deputy_stands_in_until_a_leader_is_elected(world: World) -> None:
    end(world, stands_in=term_of(world, "deputy"))
    assert standing(world) == [
        ("Văn phòng UBND tỉnh", "leader", None, DAY),
        ("Sở Nội vụ", "deputy", dt.date(2026, 7, 1), None),
    ]
    elect(world, role="leader", elected_on=dt.date(2026, 8, 1))
    assert standing(world)[1:] == [("Sở Nội vụ", "deputy", None, None), ("Sở Tài chính", "leader", None, None)]
    assert acts() == ["term_ended", "term_elected"]


def test_leader_goes_and_a_deputy_steps_up_in_one_act(world: World) -> None:
    end(world, steps_up=term_of(world, "deputy"))
    assert standing(world) == [
        ("Văn phòng UBND tỉnh", "leader", None, DAY),
        ("Sở Nội vụ", "deputy", None, DAY),
        ("Sở Nội vụ", "leader", None, None),
    ]
    assert (term_of(world, "deputy").elected_on, acts()) == (dt.date(2026, 7, 1), ["term_ended"])


def test_end_is_refused_with_its_sentence(world: World) -> None:
    refused(lambda: end(world, reason=" "), "Ghi lý do kết thúc nhiệm kỳ.")
    LeadershipTerm.objects.filter(pk=term_of(world, "leader").pk).update(elected_on=dt.date(2026, 12, 1))
    refused(lambda: end(world), "Đơn vị được bầu ngày 01/12/2026; ngày kết thúc không thể trước ngày đó.")
    leader, deputy = term_of(world, "leader"), term_of(world, "deputy")
    actor = world.actor("board_head")
    refused(
        lambda: terms.end(term=deputy, ends_on=DAY, reason="x", stands_in=leader, revision=0, actor=actor, at=now()),
        terms.NOT_DEPUTY,
    )
    refused(lambda: terms.stand_in(term=leader, day=DAY, revision=0, actor=actor, at=now()), terms.NOT_DEPUTY)
    refused(lambda: terms.stop_standing_in(term=deputy, revision=0, actor=actor, at=now()), terms.NOBODY_STANDS_IN)
    terms.end(term=deputy, ends_on=DAY, reason="x", revision=0, actor=actor, at=now())
    refused(lambda: terms.end(term=deputy, ends_on=DAY, reason="x", revision=1, actor=actor, at=now()), terms.ENDED)


def test_two_deputies_do_not_stand_in_together(world: World) -> None:
    elect(world)
    actor = world.actor("board_head")
    terms.stand_in(term=term_of(world, "deputy"), day=DAY, revision=0, actor=actor, at=now())
    refused(
        lambda: terms.stand_in(term=term_of(world, "member"), day=DAY, revision=0, actor=actor, at=now()),
        "“Sở Nội vụ” đang điều hành thay; kết thúc việc điều hành thay đó trước.",
    )


def test_two_people_on_one_term(world: World) -> None:
    term = term_of(world, "leader")
    end(world)
    with pytest.raises(Stale):
        terms.recognise(
            term=term, recognised_on=DAY, on_paper=PAPER, revision=0, actor=world.actor("board_head"), at=now()
        )


# --- The next year ----------------------------------------------------------------------------------------------------


def name_next(world: World, key: str = "member", role: str = "deputy", role_of_actor: str = "leader", **values):
    said = {"creation_key": uuid.uuid4(), "actor": world.actor(role_of_actor), "stated": "bầu", **values}
    return terms.name_next(
        bloc_year=world.bloc_years["running"], agency=world.agencies[key], role=role, at=now(), **said
    )


def following(world: World) -> list[tuple[str, str, str]]:
    rows = world.bloc_years["running"].next_leaders.order_by("pk")
    return [(row.name.full, row.role, row.stated) for row in rows]


def test_next_leaders_are_named_by_who_runs_the_bloc(world: World) -> None:
    named = world.bloc_years["running"].next_leaders.get()
    assert may(world, lambda a: terms.take_back_next(named=named, note=" ", actor=a, at=now())) == RUNS
    assert (
        may(
            world,
            lambda a: terms.name_next(
                bloc_year=world.bloc_years["running"],
                agency=world.agencies["stranger"],
                role="deputy",
                stated="",
                creation_key=uuid.uuid4(),
                actor=a,
                at=now(),
            ),
        )
        == RUNS
    )


def test_next_leaders_are_named_changed_and_taken_back(world: World) -> None:
    key = uuid.uuid4()
    named = name_next(world, creation_key=key)
    assert name_next(world, creation_key=key).pk == named.pk
    assert following(world) == [("Sở Nội vụ", "leader", "bầu"), ("Sở Tài chính", "deputy", "bầu")]
    actor = world.actor("deputy")
    refused(
        lambda: terms.change_next(named=named, role="leader", stated="", revision=0, actor=actor, at=now()),
        "Trưởng khối năm sau đã ghi là “Sở Nội vụ”; sửa hoặc rút dòng đó trước.",
    )
    fresh = NextLeader.objects.get(pk=named.pk)
    terms.change_next(named=fresh, role="deputy", stated="luân phiên", revision=0, actor=actor, at=now())
    with pytest.raises(Stale):
        terms.change_next(named=named, role="deputy", stated="", revision=0, actor=actor, at=now())
    refused(lambda: terms.take_back_next(named=named, note="", actor=actor, at=now()), "Ghi lý do rút tên.")
    terms.take_back_next(named=named, note="Họp lại", actor=actor, at=now())
    assert following(world) == [("Sở Nội vụ", "leader", "bầu")]
    assert acts() == ["next_leader_named", "next_leader_changed", "next_leader_withdrawn"]


def test_board_names_for_a_leader_on_its_paper_only(world: World) -> None:
    with pytest.raises(ValueError, match="paper"):
        name_next(world, role_of_actor="board_specialist", behalf_of="Văn phòng UBND tỉnh")
    name_next(world, role_of_actor="board_specialist", behalf_of="Văn phòng UBND tỉnh", on_paper=PAPER)
    event = Event.objects.get(verb="next_leader_named")
    assert (event.behalf_of, event.paper_id is None) == ("Văn phòng UBND tỉnh", False)


def test_agency_is_named_once(world: World) -> None:
    refused(lambda: name_next(world, "deputy"), "“Sở Nội vụ” đã được ghi là Trưởng khối năm sau; sửa dòng đó.")


def test_next_leaders_stay_once_the_next_year_has_its_leadership(world: World) -> None:
    make.LeadershipTermFactory(bloc_year=world.bloc_years["preparing"], agency=world.agencies["deputy"])
    named = world.bloc_years["running"].next_leaders.get()
    sentence = "Năm 2027 của khối đã mở và đã có lãnh đạo; sửa lãnh đạo ở trang của năm đó."
    refused(lambda: name_next(world), sentence)
    refused(lambda: terms.take_back_next(named=named, note="x", actor=world.actor("leader"), at=now()), sentence)


@pytest.mark.postgres_only
@pytest.mark.django_db(transaction=True)
def test_two_leaders_are_impossible_in_a_race() -> None:
    world = build()
    end(world)
    actor, start, outcomes = world.actor("board_head"), threading.Barrier(3), []

    def run(key: str) -> None:
        try:
            start.wait(timeout=10)
            elect(world, key, role="leader", actor=actor)
            outcomes.append("elected")
        except Refused as wrong:
            outcomes.append(str(wrong)[:30])
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(key,)) for key in ("member", "outgoing", "leader")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    assert sorted(said[:24] for said in outcomes) == ["Khối đang có Trưởng khối"] * 2 + ["elected"]
    assert world.bloc_years["running"].terms.filter(role="leader", ends_on=None).count() == 1
