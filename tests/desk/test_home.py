"""The first page of every role: what is owed, the grid of blocs by stages, the year as a line."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from blocs.enums import MilestoneKind
from blocs.models import Agency, AgencyName, EmulationYear, Membership, Seat
from emulation.core import clock
from emulation.core.registry import todos
from tests import factories as make
from tests.http import main, opened, pages, query_count, sheet
from tests.world import World, build

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

SHELL = 5  # session, account, seats, what the seat stands for, years with the province


@pytest.fixture
def world() -> World:
    return build()


def owed(world: World, role: str) -> list[tuple[str, str]]:
    """Return what the role has to do, as home shows it."""
    page = world.client(role).get(reverse("home")).context
    return [(item.word, item.todo.title) for item in (*page["todos"], *page["more_todos"])]


# --- To-dos -----------------------------------------------------------------------------------------------------------


def test_leader_reads_what_is_late_then_soon_then_open(world: World) -> None:
    row = world.bloc_years["running"]
    make.MilestoneFactory(bloc_year=row, kind=MilestoneKind.YEAR_REVIEW, due_on="2026-11-09")
    make.MilestoneFactory(bloc_year=row, kind=MilestoneKind.HANDOVER, due_on="2027-01-10")
    make.MilestoneFactory(bloc_year=world.bloc_years["closed"], kind=MilestoneKind.COVENANT, due_on="2025-02-01")
    assert owed(world, "leader") == [
        ("Không lập được", "Không lập được báo cáo tổng kết"),
        ("Trễ 3 ngày", "Tự chấm điểm, thẩm định điểm"),
        ("Còn 7 ngày", "Công bố kết quả xếp hạng"),
        ("Còn 69 ngày", "Bàn giao Trưởng khối theo biên bản"),
    ]


def test_member_reads_only_what_is_its_own(world: World) -> None:
    assert owed(world, "member") == [("Trễ 3 ngày", "Tự chấm điểm, thẩm định điểm")]
    covenant = make.CovenantFactory(bloc_year=world.bloc_years["running"], state="signing").paper
    assert owed(world, "signer")[1:] == [("Đang chờ", "Ký giao ước thi đua")]
    own = world.bloc_years["running"].memberships.get(agency=world.agencies["member"])
    make.SignatureFactory(paper=covenant, membership=own)
    assert owed(world, "signer") == owed(world, "member") == [("Trễ 3 ngày", "Tự chấm điểm, thẩm định điểm")]


def test_draft_of_the_leader_leaves_no_trace_with_members(world: World) -> None:
    before = world.client("member").get(reverse("home")).context
    make.CovenantFactory(bloc_year=world.bloc_years["running"])
    after = world.client("member").get(reverse("home")).context
    assert [line.cells for line in after["lines"]] == [line.cells for line in before["lines"]]
    assert after["todo_count"] == before["todo_count"]
    assert ("Đang chờ", "Gửi dự thảo giao ước lấy ý kiến hoặc mở ký") in owed(world, "leader")


def test_who_takes_over_and_who_keeps_accounts_are_asked(world: World) -> None:
    assert ("Đang chờ", "Nhận bàn giao Trưởng khối theo biên bản") in owed(world, "outgoing")
    seat = world.seats["member"]
    assert ("Đang chờ", "Xác nhận 04 tài khoản của đơn vị còn đúng người") in owed(world, "account_manager")
    make.SeatConfirmationFactory(seat=seat, year=world.years["2026"])
    assert ("Đang chờ", "Xác nhận 03 tài khoản của đơn vị còn đúng người") in owed(world, "account_manager")


def test_board_is_led_to_what_waits_for_it(world: World) -> None:
    assert owed(world, "board_specialist") == [
        ("Trễ 3 ngày", "Đôn đốc 01 khối có việc trễ hạn"),
        ("Còn 59 ngày", "Mở năm 2027 cho 02 khối"),
        ("Đang chờ", "Hoàn tất 01 việc sắp xếp đơn vị đang chuẩn bị"),
        ("Đang chờ", "Xử lý 01 dòng của tệp Excel đang chờ"),
    ]


def test_specialist_is_asked_about_the_own_blocs_only(world: World) -> None:
    make.MonitorFactory(bloc_year=world.bloc_years["scoring"], role="specialist", seat=world.seats["board_specialist"])
    assert "Đôn đốc" not in " ".join(title for _, title in owed(world, "board_specialist"))


@pytest.mark.parametrize("role", ["council", "stranger"])
def test_nobody_is_asked_for_what_is_anothers(world: World, role: str) -> None:
    assert owed(world, role) == []
    assert "Không có việc nào đang chờ ông/bà" in main(world.client(role).get(reverse("home")))


def test_every_to_do_opens_for_who_has_it(world: World) -> None:
    make.CovenantFactory(bloc_year=world.bloc_years["running"], state="signing")
    make.ClauseFactory(covenant=world.bloc_years["running"].papers.get().covenant)
    for role in ("board_head", "leader", "signer", "account_manager", "outgoing"):
        urls = pages(todo.url for todo in todos(world.actor(role), clock.today()))
        assert opened(world, role, urls) == dict.fromkeys(urls, 200), role


# --- The grid ---------------------------------------------------------------------------------------------------------


def grid(world: World, role: str, **asked: str) -> dict[str, dict[str, str]]:
    """Return what the grid says of each bloc, stage by stage."""
    page = world.client(role).get(reverse("home"), asked).context
    return {row.line.row.name: {cell.stage.title: cell.words for cell in row.cells} for row in page["grid"]}


def test_board_sees_every_bloc_of_the_year_in_every_stage(world: World) -> None:
    shown = grid(world, "board_head")
    assert list(shown) == ["Khối thi đua A", "Khối thi đua B", "Khối thi đua C"]
    assert shown["Khối thi đua A"] == {
        "Kế hoạch": "Xong (17/02)",
        "Giao ước": "Chưa đến (chưa định ngày)",
        "Sơ kết 6 tháng": "Chưa đến (chưa định ngày)",
        "Tự chấm, thẩm định": "Trễ 3 ngày (hạn 30/10)",
        "Bình xét, xếp hạng": "Đang làm",
        "Đề nghị khen thưởng": shown["Khối thi đua A"]["Đề nghị khen thưởng"],
        "Báo cáo tổng kết": "Đang làm",
        "Bàn giao": "Đang làm",
    }
    assert shown["Khối thi đua B"]["Bình xét, xếp hạng"] == "Xong"
    assert shown["Khối thi đua C"]["Kế hoạch"] == "Chưa rõ (chưa có số liệu)"


def test_grid_says_whom_to_call(world: World) -> None:
    world.agencies["leader"].phone = "0238 3 111 222"
    world.agencies["leader"].save()
    make.MonitorFactory(bloc_year=world.bloc_years["scoring"], seat=world.seats["council"])
    assert "Văn phòng UBND tỉnh Nguyễn Thị Thử" in main(world.client("board_head").get(reverse("home")))
    said = main(world.client("council").get(reverse("home")))
    assert "Văn phòng UBND tỉnh 0238 3 111 222" in said  # people's names are not a council member's business


def test_grid_is_narrowed_by_stage_state_and_year(world: World) -> None:
    assert grid(world, "board_head", state="late", stage="self_score") == {
        "Khối thi đua A": {"Tự chấm, thẩm định": "Trễ 3 ngày (hạn 30/10)"}
    }
    assert list(grid(world, "board_head", state="late", stage="plan")) == []
    assert list(grid(world, "board_head", year=str(world.years["2025"].pk))) == ["Khối thi đua A"]
    assert len(grid(world, "board_head", state="x", stage="y", year="z", who="w")) == 3


def test_specialist_begins_with_the_own_blocs(world: World) -> None:
    seat = world.seats["board_specialist"]
    make.MonitorFactory(bloc_year=world.bloc_years["scoring"], role="specialist", seat=seat)
    assert list(grid(world, "board_specialist")) == ["Khối thi đua B"]
    assert len(grid(world, "board_specialist", who="all")) == 3


def test_council_sees_the_blocs_it_follows(world: World) -> None:
    assert list(grid(world, "council")) == ["Khối thi đua A"]


def test_cells_open_for_who_sees_them(world: World) -> None:
    make.CovenantFactory(bloc_year=world.bloc_years["running"], state="signing")
    for role in ("board_head", "council"):
        page = world.client(role).get(reverse("home")).context
        urls = pages(cell.url for row in page["grid"] for cell in row.cells)
        assert opened(world, role, urls) == dict.fromkeys(urls, 200), role


def test_grid_as_a_file_has_the_same_rows_and_says_the_filter(world: World) -> None:
    rows = sheet(world.client("board_head").get(reverse("grid_export"), {"state": "late", "stage": "self_score"}))
    assert rows[1][0] == "Năm thi đua: 2026; Bước: Tự chấm, thẩm định; Tình trạng: Trễ; tính đến ngày 02/11/2026"
    assert rows[2][1:] == ("Khối", "Số đơn vị", "Trưởng khối", "Đầu mối", "Điện thoại", "Tự chấm, thẩm định")
    officer = world.users["leader"].full_name
    assert rows[3:] == [
        (1, "Khối thi đua A", 4, "Văn phòng UBND tỉnh", officer, None, "Trễ 3 ngày (hạn 30/10)"),
    ]


# --- Other seats ------------------------------------------------------------------------------------------------------


def test_member_sees_the_year_as_steps_with_today_marked(world: World) -> None:
    line = world.client("member").get(reverse("home")).context["year_lines"][0]
    assert [(step.label, step.note, step.is_late, step.is_current) for step in line.steps] == [
        ("Kế hoạch", "xong, 17/02", False, False),
        ("Tự chấm, thẩm định", "trễ 3 ngày", True, True),
        ("Báo cáo tổng kết", "đang làm", False, False),
        ("Bàn giao", "đang làm", False, False),
    ]


def test_agency_without_a_bloc_reads_whom_to_ask(world: World) -> None:
    client = Client()
    client.force_login(make.SeatFactory().user)
    assert "Đơn vị của ông/bà chưa thuộc khối nào" in main(client.get(reverse("home")))


def test_administrator_is_led_to_the_admin(world: World) -> None:
    assert "Mở trang quản trị" in main(world.client("admin").get(reverse("home")))


# --- Statements -------------------------------------------------------------------------------------------------------


def fill(year: EmulationYear, count: int, agency: Agency, seats: list[Seat]) -> None:
    """Make blocs of twelve with a calendar and a covenant being signed; the agency leads them, the seats follow."""
    members = [agency, *(make.AgencyFactory() for _ in range(11))]
    names = {row.agency_id: row for row in AgencyName.objects.all()}
    for _ in range(count):
        row = make.BlocYearFactory(year=year, state="running")
        Membership.objects.bulk_create(
            Membership(bloc_year=row, agency=member, name=names[member.pk], position=at)
            for at, member in enumerate(members)
        )
        make.LeadershipTermFactory(bloc_year=row, agency=agency)
        for kind in (MilestoneKind.PLAN, MilestoneKind.YEAR_REVIEW):
            make.MilestoneFactory(bloc_year=row, kind=kind, due_on=dt.date(2026, 11, 1))
        make.CovenantFactory(bloc_year=row, state="signing")
        for seat in seats:
            make.MonitorFactory(bloc_year=row, seat=seat)


@pytest.mark.parametrize("blocs", [1, 3, 45])
def test_home_of_every_role_holds_to_twelve(blocs: int) -> None:
    make.ProvinceFactory()
    agency, year = make.AgencyFactory(), make.EmulationYearFactory(label="2026")
    board = {
        capacity: make.SeatFactory(capacity=capacity) for capacity in ("board_head", "board_specialist", "council")
    }
    officers = {
        capacity: make.SeatFactory(capacity=capacity, agency=agency)
        for capacity in ("officer", "signer", "account_manager")
    }
    fill(year, blocs, agency, [board["board_specialist"], board["council"]])
    counted = {}
    for capacity, seat in (board | officers).items():
        client = Client()
        client.force_login(seat.user)
        counted[capacity] = query_count(lambda client=client: client.get(reverse("home")))
    assert counted == {
        "board_head": SHELL + 6,
        "board_specialist": SHELL + 6,
        "council": SHELL + 3,
        "officer": SHELL + 6,
        "signer": SHELL + 6,
        "account_manager": SHELL + 6,
    }
