"""The demo: each bloc says what its article states and nothing else; a login for every role; never in production."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from awards.models import Grant, Nomination, Submission
from blocs.enums import SeatCapacity
from blocs.models import Agency, BlocYear, Seat
from emulation.accounts.domain.scope import Capacity
from emulation.accounts.models import User
from emulation.accounts.queries import actor_for, open_seats
from emulation.core import audit
from emulation.core.models import Event, StoredFile
from emulation.desk.models import ImportBatch, ParkedRow
from emulation.desk.services.demo import FOLDER, LOGINS, PASSWORD
from tests.desk.books import taken_out, upload

pytestmark = pytest.mark.django_db


def run(name, *arguments):
    out = StringIO()
    call_command(name, *arguments, stdout=out)
    return out.getvalue()


@pytest.fixture
def seeded(demo_as_seeded):
    """The demo stands."""


def year_of(name, label):
    return BlocYear.objects.select_related("bloc", "year").get(name=name, year__label=label)


def members(row):
    return [member.name.full for member in row.memberships.in_order()]


def leaders(row):
    return {term.name.full: term.role for term in row.terms.all()}


def following(row):
    return {named.name.full: (named.role, named.stated) for named in row.next_leaders.all()}


def results(row):
    return [
        (result.name.full if result.name else result.how_many, result.award_text, result.stage)
        for result in row.results.order_by("number")
    ]


def counts(row):
    """How many rows of each kind stand: nothing the article does not state."""
    kinds = ("memberships", "terms", "next_leaders", "monitors", "movements", "targets", "places", "results", "figures")
    return tuple(getattr(row, kind).count() for kind in kinds)


def check_general_bloc_of_2021():
    row = year_of("Khối thi đua Tổng hợp", "2021")
    assert counts(row) == (10, 2, 2, 0, 5, 0, 0, 7, 0)
    assert (row.bloc.locality, row.stated_member_count, row.theme) == ("Thừa Thiên Huế", 10, "")
    assert members(row)[0] == "Văn phòng Đoàn ĐBQH và HĐND"
    assert members(row)[-1] == "Cục Thống kê tỉnh"
    assert leaders(row) == {"Văn phòng UBND tỉnh": "leader", "Sở Nội vụ": "deputy"}
    assert following(row) == {"Sở Nội vụ": ("leader", "đề xuất"), "Cục thuế tỉnh": ("deputy", "đề xuất")}
    assert {(m.is_next_year, m.launched_by) for m in row.movements.all()} == {(True, "prime_minister")}
    assert results(row) == [
        ("Sở Kế hoạch và Đầu tư", "Cờ thi đua và Bằng khen", "proposed"),
        ("Ban Dân tộc", "Cờ thi đua và Bằng khen", "proposed"),
        ("Cục thuế tỉnh", "Cờ thi đua và Bằng khen", "proposed"),
        (1, "Bằng khen của Thủ tướng Chính phủ", "granted"),
        (3, "Bằng khen cấp Bộ", "granted"),
        (3, "Cờ thi đua của UBND tỉnh", "granted"),
        (5, "Bằng khen của UBND tỉnh", "granted"),
    ]
    assert [(m.kind, f"{m.done_on}") for m in row.milestones.all()] == [("year_review", "2021-12-04")]


def check_central_bloc_of_2021():
    row = year_of("Khối thi đua các cơ quan, đơn vị Trung ương đóng trên địa bàn tỉnh", "2021")
    assert counts(row) == (0, 1, 1, 1, 1, 0, 0, 2, 0)
    assert (row.bloc.locality, row.stated_member_count) == ("Nam Định", None)
    assert leaders(row) == {"Cục Thống kê": "leader"}
    assert following(row) == {"Cục Thuế": ("leader", "suy tôn")}
    assert [(m.role, m.seat, m.stated) for m in row.monitors.all()] == [
        ("council", None, "Thành viên Hội đồng Thi đua - Khen thưởng tỉnh phụ trách theo dõi Khối")
    ]
    assert results(row) == [(3, "Cờ thi đua của UBND tỉnh", "proposed"), (5, "Bằng khen", "proposed")]
    assert [(m.kind, m.done_on) for m in row.milestones.all()] == [("year_review", None)]


def check_general_offices_of_2019():
    row = year_of("Khối thi đua các sở, ngành tổng hợp", "2019")
    assert counts(row) == (0, 0, 0, 0, 3, 0, 4, 4, 0)
    assert (row.bloc.locality, row.stated_member_count) == ("không nêu", 10)
    assert row.theme == "Đoàn kết, sáng tạo, thi đua hoàn thành xuất sắc mọi nhiệm vụ được giao"
    assert [(place.place, place.name.full) for place in row.places.order_by("place", "pk")] == [
        (1, "Liên minh Hợp tác xã tỉnh"),
        (2, "Cục Thống kê tỉnh"),
        (3, "Cục Thuế tỉnh"),
        (3, "Kho bạc Nhà nước tỉnh"),
    ]
    assert results(row)[0] == ("Liên minh Hợp tác xã tỉnh", "Cờ thi đua của Chính phủ", "proposed")


def check_culture_bloc_of_2020():
    row = year_of("Khối thi đua các cơ quan tham mưu QLNN về văn hóa xã hội", "2020")
    assert counts(row) == (0, 1, 2, 0, 0, 0, 0, 4, 1)
    assert (row.bloc.locality, row.stated_member_count) == ("Kon Tum", 9)
    assert leaders(row) == {"Sở Lao động, Thương binh và Xã hội": "leader"}
    assert following(row) == {"Ban Dân tộc": ("leader", "bầu"), "Đài Phát thanh - Truyền hình tỉnh": ("deputy", "bầu")}
    assert [(figure.part, figure.whole) for figure in row.figures.all()] == [(9, 9)]
    assert f"{row.milestones.get(kind='year_review').done_on}" == "2021-02-25"


def check_bloc_three_of_2017():
    row = year_of("Khối thi đua 3 – Khối cơ quan hành chính tổng hợp của tỉnh", "2017")
    assert counts(row) == (10, 2, 0, 0, 2, 0, 0, 0, 0)
    assert (row.bloc.locality, row.number, row.state) == ("không nêu", "3", "running")
    assert [(group.name, group.memberships.count()) for group in row.subgroups.order_by("position")] == [
        ("Nhóm có đánh giá công vụ", 7),
        ("Nhóm không đánh giá công vụ", 3),
    ]
    assert {m.name.full for m in row.memberships.exclude(also_in="")} == {
        "Thanh tra tỉnh", "Sở Kế hoạch và Đầu tư", "Sở Tư pháp", "Liên minh các HTX tỉnh", "Sở Ngoại vụ",
    }  # fmt: skip
    assert leaders(row) == {"Sở Tư pháp": "leader", "Ban Dân tộc": "deputy"}
    assert f"{row.milestones.get(kind='half_year').done_on}" == "2017-06-28"


def test_five_seeds_state_what_the_articles_state(seeded):
    check_general_bloc_of_2021()
    check_central_bloc_of_2021()
    check_general_offices_of_2019()
    check_culture_bloc_of_2020()
    check_bloc_three_of_2017()
    # "Sở Nội vụ" of four places: agencies of an article that names no province are of its own bloc only.
    assert sorted(Agency.objects.filter(name="Sở Nội vụ").values_list("locality", flat=True)) == [
        "", "Thừa Thiên Huế", "không nêu",
    ]  # fmt: skip
    assert ParkedRow.objects.count() == 0


def test_every_seeded_bloc_goes_out_and_comes_in_without_a_change(seeded):
    for row in BlocYear.objects.all():
        _, plan = upload(taken_out(row))
        assert ([r.title for r in plan.rows if r.is_news], plan.kept) == ([], ()), row


def test_seeding_again_changes_nothing_not_even_what_people_changed(seeded):
    BlocYear.objects.filter(year__label="2021").update(theme="Đã sửa tay")
    user = User.objects.get(username="thanhvien")
    user.set_password("mat-khau-cua-toi")
    user.save()

    def standing():
        return (Event.objects.count(), StoredFile.objects.count(), Seat.objects.count(), ImportBatch.objects.count())

    before = standing()
    assert set(run("seed_demo").splitlines()) == {
        f"{path.stem}: đã có, giữ nguyên"
        for folder in ("seeds", "province")
        for path in (FOLDER / folder).glob("*.json")
    } | {"Năm của khối số 1: đã có, giữ nguyên", "Khen thưởng của Khối số 1: đã có, giữ nguyên"}
    assert standing() == before
    assert User.objects.get(username="thanhvien").check_password("mat-khau-cua-toi")


def test_there_is_a_login_for_every_role(seeded):
    scopes = {}
    for user in User.objects.all():
        seats = open_seats(user)
        scopes[user.username] = actor_for(user, seats[0] if seats else None).scope
        assert user.check_password(PASSWORD)
    assert set(scopes) == {login.username for login in LOGINS}
    current, last = year_of("Khối thi đua số 1 – Tổng hợp", "2026"), year_of("Khối thi đua số 1 – Tổng hợp", "2025")
    assert current.bloc == last.bloc
    assert scopes["lanhdao"].is_board_head
    assert scopes["chuyenvien"].capacity == Capacity.BOARD_SPECIALIST
    assert scopes["truongkhoi"].leads == {current.pk}
    assert scopes["phokhoi"].deputises == {current.pk}
    assert (scopes["thanhvien"].member_of, scopes["thanhvien"].leads) == ({current.pk, last.pk}, frozenset())
    assert scopes["hoidong"].monitors == {current.pk}
    assert (scopes["truongkhoicu"].leads, current.pk in scopes["truongkhoicu"].member_of) == ({last.pk}, True)
    assert current.pk not in scopes["donvikhac"].member_of
    assert not scopes["khongvitri"].has_seat
    assert not scopes["hetnhiemky"].has_seat
    assert scopes["quantri"].is_staff
    assert User.objects.filter(is_superuser=True).count() == 0
    assert len(open_seats(User.objects.get(username="haivitri"))) == 2
    assert {seat.signs_as for seat in Seat.objects.filter(capacity=SeatCapacity.SIGNER)} == {"head", "kt"}


def test_current_bloc_has_two_groups_a_calendar_and_targets(seeded):
    row = year_of("Khối thi đua số 1 – Tổng hợp", "2026")
    assert counts(row) == (10, 2, 0, 2, 5, 5, 0, 0, 0)
    assert [group.memberships.count() for group in row.subgroups.all()] == [7, 3]
    late = [m.kind for m in row.milestones.all() if m.done_on and m.done_on > m.due_on]
    assert late == ["covenant", "half_year"]


@pytest.mark.once
def test_eleven_other_cases_come_in_whole():
    run("seed_demo", "--cases")
    assert BlocYear.objects.count() == 5 + 3 + 11
    assert ParkedRow.objects.count() == 0
    bank = year_of("Khối thi đua số 10", "2025")
    assert (bank.bloc.locality, bank.memberships.count()) == ("Đồng Nai", 20)
    assert Agency.objects.get(name="Văn phòng VKSND tỉnh").parent.name == "VKSND tỉnh"
    for row in BlocYear.objects.all():
        _, plan = upload(taken_out(row))
        assert ([r.title for r in plan.rows if r.is_news], plan.kept) == ([], ()), row


def test_logins_are_printed():
    out = run("demo_logins")
    assert "Mật khẩu của mọi tài khoản: thidua-2026" in out
    assert len(out.splitlines()) == len(LOGINS) + 3
    assert "truongkhoi    Lê Văn Chung      Đầu mối của Trưởng khối năm 2026" in out


@pytest.mark.parametrize("name", ["seed_demo", "demo_logins"])
def test_demo_stays_out_of_production(settings, name):
    settings.MODE = "production"
    with pytest.raises(CommandError, match=r"^Lệnh này chỉ chạy ở MODE=demo"):
        run(name)
    assert User.objects.count() == 0


def test_demo_files_name_no_person_and_no_address():
    invented = {login.full_name for login in LOGINS}
    for path in FOLDER.rglob("*.json"):
        facts = json.loads(path.read_text(encoding="utf-8"))
        people = {row.get("Họ và tên") for rows in facts.values() for row in rows} - {None}
        assert people <= invented
        assert "http" not in path.read_text(encoding="utf-8")


def test_demo_lives_the_leaders_year(seeded):
    last, this = (year_of("Khối thi đua số 1 – Tổng hợp", label) for label in ("2025", "2026"))
    papers = [(row.kind, row.state) for year in (last, this) for row in year.papers.order_by("pk")]
    assert papers == [
        ("covenant", "signed"), ("year_report", "passed"), ("plan", "passed"), ("rules", "none"),
        ("covenant", "signing"),
    ]  # fmt: skip
    signed = [year.papers.get(kind="covenant").signatures.count() for year in (last, this)]
    assert (signed, [row.state for row in last.standings.all()]) == ([9, 9], ["published"])
    assert [(row.giver.name, row.state) for row in last.handovers.all()] == [("Sở Xây dựng", "handed")]
    assert list(audit.faults()) == []


def test_demo_was_proposed_decided_and_given(seeded):
    states = Nomination.objects.values_list("year__label", "route", "state").order_by("year__label", "pk")
    assert list(states) == [
        *[("2025", "via_bloc", "granted")] * 3,
        *[("2025", "direct", "granted")] * 2,
        *[("2026", "board", "appraised")] * 3,
        ("2026", "direct", "draft"),
        ("2026", "recorded", "granted"),
    ]
    given = Grant.objects.order_by("pk").values_list("award__slug", "decision__is_elsewhere", "is_revoked")
    assert list(given) == [
        ("co_tinh", False, False),
        ("bk_tinh", False, False),
        ("bk_tinh", False, False),
        ("bk_tinh", False, False),
        ("bk_tinh", False, True),
        ("hcld3", True, False),
        ("cstdcs", True, False),
    ]
    assert [row.state for row in Submission.objects.order_by("pk")] == ["decided", "decided"]
