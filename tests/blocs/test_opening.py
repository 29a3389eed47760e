"""Opening the next year: what it brings, nothing twice, many at once; leadership patterns of real blocs replayed."""

import datetime as dt
import threading
import time

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from blocs.domain.opening import a_year_later
from blocs.enums import LeadershipRole, MilestoneKind, MonitorRole
from blocs.models import BlocYear, EmulationYear, LeadershipTerm
from blocs.queries.opening import openings
from blocs.services import opening
from emulation.accounts.models import User
from emulation.accounts.queries import actor_for, open_seats
from emulation.core import clock as house_clock
from emulation.core.errors import Refused
from emulation.core.models import Event
from tests import factories as make
from tests.world import ROLES, World, build

pytestmark = pytest.mark.django_db


def open_next(world: World, *rows: BlocYear, role: str = "board_specialist") -> opening.Opened:
    return opening.open_next(year=rows[0].year, bloc_years=rows, actor=world.actor(role), at=house_clock.now())


def terms_of(row: BlocYear) -> list[tuple[str, str, dt.date | None]]:
    found = row.terms.select_related("name").order_by("pk")
    return [(term.name.full, term.role, term.elected_on) for term in found]


def full_bloc() -> BlocYear:
    """Make a bloc year with one of everything that is carried on, and one of what is not."""
    year = make.EmulationYearFactory(label="2027")
    row = make.BlocYearFactory(year=year, name="Khối thi đua 7", number="7", state="running")
    group = make.SubgroupFactory(bloc_year=row, position=1, name="Nhóm I")
    first = make.MembershipFactory(bloc_year=row, position=1, subgroup=group, also_in="Cụm của Bộ", is_ranked=False)
    make.MembershipFactory(bloc_year=row, position=2, left_on=dt.date(2027, 6, 1))
    make.MembershipFactory(bloc_year=row, position=3, agency=make.AgencyFactory(ended_on=dt.date(2027, 6, 30)))
    make.NextLeaderFactory(bloc_year=row, agency=first.agency)
    milestone = make.MilestoneFactory(
        bloc_year=row, kind=MilestoneKind.PLAN, due_on=dt.date(2028, 2, 29), done_on=dt.date(2028, 2, 20)
    )
    put_off = make.MilestoneFactory(bloc_year=row, kind=MilestoneKind.COVENANT, due_on=dt.date(2027, 7, 15))
    make.ExtensionFactory(milestone=put_off, old_due_on=dt.date(2027, 6, 30), due_on=dt.date(2027, 7, 15))
    make.MilestoneFactory(bloc_year=row, kind=MilestoneKind.YEAR_REVIEW, done_on=dt.date(2027, 12, 20))
    make.MonitorFactory(bloc_year=row, starts_on=dt.date(2099, 2, 1))
    make.MonitorFactory(bloc_year=row, role=MonitorRole.SPECIALIST, seat=None, stated="Phòng TĐKT")
    make.MonitorFactory(bloc_year=row, ends_on=dt.date(2027, 3, 1))
    make.MovementFactory(bloc_year=row, title="Của năm nay")
    make.MovementFactory(bloc_year=row, title="Của năm sau", is_next_year=True)
    assert milestone.done_on
    return row


def test_day_of_the_calendar_a_year_later() -> None:
    assert a_year_later(dt.date(2028, 2, 29)) == dt.date(2029, 2, 28)
    assert a_year_later(dt.date(2027, 2, 28)) == dt.date(2028, 2, 28)


def test_only_the_board_opens(world: World) -> None:
    done = set()
    for role in ROLES:
        try:
            open_next(world, world.bloc_years["scoring"], role=role)
            done.add(role)
        except PermissionError:
            continue
    assert done == {"board_head", "board_specialist"}


def test_next_year_begins_with_what_goes_on(world: World) -> None:
    old = full_bloc()
    done = open_next(world, old)
    (new,) = done.made
    new = BlocYear.objects.select_related("year").get(pk=new.pk)
    assert (new.year.label, new.bloc_id, new.name, new.number) == ("2028", old.bloc_id, "Khối thi đua 7", "7")
    assert (new.state, new.copied_from_id, new.stated_member_count) == ("preparing", old.pk, None)
    (member,) = new.memberships.all()
    assert (member.subgroup.name, member.position, member.also_in, member.is_ranked) == (
        "Nhóm I", 1, "Cụm của Bộ", False,
    )  # fmt: skip
    assert terms_of(new) == [(member.name.full, "leader", dt.date(2027, 12, 20))]
    assert [(row.kind, row.due_on, row.done_on) for row in new.milestones.order_by("due_on")] == [
        ("covenant", dt.date(2028, 6, 30), None),
        ("plan", dt.date(2029, 2, 28), None),
    ]
    assert sorted((row.role, row.stated, row.starts_on) for row in new.monitors.all()) == [
        ("council", "", dt.date(2099, 2, 1)), ("specialist", "Phòng TĐKT", None),
    ]  # fmt: skip
    assert [(row.number, row.title, row.is_next_year) for row in new.movements.all()] == [(1, "Của năm sau", False)]
    event = Event.objects.get(verb="year_opened")
    assert (event.subject_id, event.data) == (new.pk, f'{{"copied_from":{old.pk},"members":1,"terms":1}}')


def test_member_goes_on_under_the_name_it_bears_today(world: World) -> None:
    old = world.bloc_years["concluded"]
    agency = make.AgencyFactory(name="Thuế tỉnh")
    former = make.AgencyNameFactory(agency=agency, full="Cục Thuế tỉnh", valid_to=dt.date(2026, 2, 28))
    make.MembershipFactory(bloc_year=old, agency=agency, name=former)
    (new,) = open_next(world, old).made
    assert [row.name.full for row in new.memberships.all()] == ["Thuế tỉnh"]


def test_second_click_opens_nothing_twice(world: World) -> None:
    old = world.bloc_years["concluded"]
    first = open_next(world, old)
    again = open_next(world, old, role="board_head")
    assert (again.made, again.filled, [row.pk for row in again.found]) == ((), (), [first.made[0].pk])
    assert Event.objects.filter(verb="year_opened").count() == 1


def test_refusals_have_their_sentences(world: World) -> None:
    row = world.bloc_years["scoring"]
    actor = world.actor("board_head")
    for rows, sentence in (
        ([], "Chọn ít nhất một khối để mở năm sau."),
        ([world.bloc_years["closed"]], "Chỉ mở được các khối của năm 2026; tải lại trang rồi chọn lại."),
    ):
        with pytest.raises(Refused) as wrong:
            opening.open_next(year=row.year, bloc_years=rows, actor=actor, at=house_clock.now())
        assert str(wrong.value) == sentence
    EmulationYear.objects.filter(label="2027").update(state="closed")
    with pytest.raises(Refused) as wrong:
        open_next(world, row)
    assert str(wrong.value) == "Năm thi đua 2027 đã khóa nên không mở thêm khối được."


def test_situation_2_the_old_year_stays_open_while_the_next_one_runs(world: World) -> None:
    """BLOCS 5.2: a year may close ten months late; the next opens before, and even before any election."""
    old = world.bloc_years["concluded"]
    (new,) = open_next(world, old).made
    BlocYear.objects.filter(pk=new.pk).update(state="running")
    old.refresh_from_db()
    assert (old.state, terms_of(new)) == ("concluded", [])


def test_leadership_named_later_is_filled_in_while_the_year_is_prepared(world: World) -> None:
    old = world.bloc_years["concluded"]
    member = make.MembershipFactory(bloc_year=old)
    (new,) = open_next(world, old).made
    make.NextLeaderFactory(bloc_year=old, agency=member.agency)
    again = open_next(world, old)
    assert (again.made, [row.pk for row in again.filled], again.found) == ((), [new.pk], ())
    assert terms_of(new) == [(member.name.full, "leader", None)]
    assert open_next(world, old).filled == ()
    LeadershipTerm.objects.filter(bloc_year=new).delete()
    BlocYear.objects.filter(pk=new.pk).update(state="running")
    assert open_next(world, old).filled == ()


def test_situation_4_history_hangs_on_identity_not_on_the_number(world: World) -> None:
    """BLOCS 5.4: Khối 10 was six mass organisations and later twenty bank branches."""
    year = world.years["2026"]
    old_ten = make.BlocYearFactory(year=year, name="Khối 10 (đoàn thể)", number="10")
    banks = make.BlocYearFactory(year=year, name="Khối 10 (ngân hàng)", number="10")
    done = open_next(world, old_ten, banks)
    assert [(row.copied_from_id, row.bloc_id) for row in done.made] == [
        (old_ten.pk, old_ten.bloc_id), (banks.pk, banks.bloc_id),
    ]  # fmt: skip


def test_bloc_hangs_under_its_cums_own_next_year_in_any_order(world: World) -> None:
    year = world.years["2026"]
    cum = make.BlocYearFactory(year=year, kind="cum", name="Cụm 1")
    inside = make.BlocYearFactory(year=year, parent=cum, name="Khối trong cụm")
    (first,) = open_next(world, inside).made
    assert BlocYear.objects.get(pk=first.pk).parent_id is None
    (above,) = open_next(world, cum).made
    assert BlocYear.objects.get(pk=first.pk).parent_id == above.pk


def test_page_warns_of_what_is_missing(world: World) -> None:
    ended = full_bloc()
    row = world.bloc_years["concluded"]
    assert openings([row])[0].warnings == (
        "Chưa ghi Trưởng khối năm sau; mở trước rồi bổ sung lãnh đạo được.",
        "Chưa có danh sách đơn vị thành viên để đưa sang.",
    )
    (line,) = openings([ended])
    gone = line.ended[0].name.full
    assert line.warnings == (f"“{gone}” đã chấm dứt hoạt động ngày 30/06/2027, không đưa sang năm sau.",)


def test_hundred_blocs_take_about_as_many_statements_as_one(world: World) -> None:
    def statements(count: int, label: str) -> int:
        year = make.EmulationYearFactory(label=label)
        rows = make.BlocYearFactory.create_batch(count, year=year)
        agencies = make.AgencyFactory.create_batch(3)
        for row in rows:
            for agency in agencies:
                make.MembershipFactory(bloc_year=row, agency=agency)
            make.NextLeaderFactory(bloc_year=row, agency=agencies[0])
        actor = world.actor("board_head")
        with CaptureQueriesContext(connection) as queries:
            start = time.perf_counter()
            opening.open_next(year=year, bloc_years=rows, actor=actor, at=house_clock.now())
        assert time.perf_counter() - start < 5
        return len(queries)

    # SQLite cuts a bulk insert where its parameters run out; nothing else grows.
    assert (statements(1, "2040") < 30, statements(100, "2050") < 40) == (True, True)


# --- Real blocs -------------------------------------------------------------------------------------------------------

LEADER, DEPUTY = LeadershipRole.LEADER, LeadershipRole.DEPUTY
PATTERNS = {
    # two deputies; nobody named, so the next year opens without a leadership
    ("Khối thi đua VII", "2019"): [],
    # the deputy steps up
    ("Khối thi đua số 3", "2020"): [("Công an tỉnh", LEADER, None), ("Sở Tư pháp", DEPUTY, None)],
    ("Khối thi đua Tổng hợp", "2021"): [
        ("Sở Nội vụ", LEADER, dt.date(2021, 12, 4)), ("Cục thuế tỉnh", DEPUTY, dt.date(2021, 12, 4)),
    ],
    # the runner-up leads
    ("Khối thi đua MTTQ và các tổ chức Chính trị - Xã hội tỉnh", "2016"): [
        ("Tỉnh Đoàn thanh niên Hòa Bình", LEADER, None)
    ],
    # the leader wins, and does not lead again by that
    ("Khối thi đua các cơ quan tham mưu QLNN về văn hóa xã hội", "2020"): [
        ("Ban Dân tộc", LEADER, dt.date(2021, 2, 25)),
        ("Đài Phát thanh - Truyền hình tỉnh", DEPUTY, dt.date(2021, 2, 25)),
    ],
    ("Khối thi đua Văn hóa - Xã hội", "2022"): [],
    # the covenant signed in August, no deputy: what the source leaves open stays open
    ("Khối thi đua các cơ quan tham mưu quản lý nhà nước về kinh tế-kỹ thuật tỉnh", "2024"): [],
    # reviewed ten months late, members counted but not listed: the next year opens all the same
    ("Khối thi đua Kinh tế – Kỹ thuật", "2019"): [],
}  # fmt: skip


@pytest.mark.once  # nine real blocs brought in
def test_leadership_patterns_of_real_blocs_open_their_next_year() -> None:
    call_command("seed_demo", "--cases", verbosity=0)
    board = build_actor()
    got = {}
    for name, label in PATTERNS:
        row = BlocYear.objects.select_related("year").get(name=name, year__label=label)
        done = opening.open_next(year=row.year, bloc_years=[row], actor=board, at=house_clock.now())
        (there,) = (*done.made, *done.filled, *done.found)
        got[name, label] = terms_of(there)
    assert got == PATTERNS
    two_deputies = BlocYear.objects.get(name="Khối thi đua VII", year__label="2019")
    assert sorted(role for _, role, _ in terms_of(two_deputies)) == ["deputy", "deputy", "leader"]


def build_actor():

    user = User.objects.get(username="chuyenvien")
    return actor_for(user, open_seats(user)[0])


@pytest.mark.postgres_only
@pytest.mark.django_db(transaction=True)
def test_two_officers_open_at_once_and_nothing_is_opened_twice() -> None:
    world = build()
    row, start, made = world.bloc_years["concluded"], threading.Barrier(3), []
    actor = world.actor("board_head")

    def run() -> None:
        try:
            start.wait(timeout=10)
            done = opening.open_next(year=row.year, bloc_years=[row], actor=actor, at=house_clock.now())
            made.append((len(done.made), len(done.found)))
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    assert sorted(made) == [(0, 1), (0, 1), (1, 0)]
