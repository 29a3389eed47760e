"""The members page: one agency more, one membership written, the order, what was added by mistake taken out."""

import datetime as dt
import json
import uuid

import pytest
from django.test import Client
from django.urls import reverse

from blocs.enums import BlocYearState
from blocs.models import Agency, BlocYear, Membership
from blocs.services import agencies, memberships, years
from blocs.services.memberships import MemberSaid
from emulation.accounts.queries import ANONYMOUS
from emulation.core import clock as house_clock
from emulation.core.audit import act
from emulation.core.errors import Refused, Stale
from emulation.core.models import Event
from tests import factories as make
from tests.http import main, query_count
from tests.world import ROLES, World

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

BOARD = {"board_head", "board_specialist"}


def year(world: World, key: str = "running") -> BlocYear:
    return BlocYear.objects.select_related("year", "bloc").get(pk=world.bloc_years[key].pk)


def member(world: World, key: str = "member") -> Membership:
    return Membership.objects.select_related("bloc_year").get(
        bloc_year=world.bloc_years["running"], agency=world.agencies[key]
    )


def names(world: World, key: str = "running") -> list[str]:
    return [f"{row.name}" for row in year(world, key).memberships.select_related("name").in_order()]


def add(world: World, agency: Agency, role: str = "board_specialist", key: str = "running", **said) -> Membership:
    position, creation_key = said.pop("position", None), said.pop("creation_key", None) or uuid.uuid4()
    return memberships.add(
        bloc_year=year(world, key), agency=agency, said=MemberSaid(**said), position=position,
        creation_key=creation_key, actor=world.actor(role), at=house_clock.now(),
    )  # fmt: skip


def edit(world: World, role: str = "board_specialist", revision: int = 0, position: int = 3, **said) -> Membership:
    return memberships.edit(
        membership=member(world), said=MemberSaid(**said), position=position, revision=revision,
        actor=world.actor(role), at=house_clock.now(),
    )  # fmt: skip


def reorder(world: World, positions: dict[str, int], role: str = "board_head", revision: int | None = None) -> None:
    rows = list(year(world).memberships.in_order())
    memberships.reorder(
        bloc_year=year(world),
        positions={member(world, key).pk: number for key, number in positions.items()},
        revision=memberships.revision_of(rows) if revision is None else revision,
        actor=world.actor(role),
        at=house_clock.now(),
    )


def remove(world: World, row: Membership, role: str = "board_specialist") -> None:
    row = Membership.objects.select_related("bloc_year").get(pk=row.pk)
    memberships.remove(membership=row, actor=world.actor(role), at=house_clock.now())


def who_may(go) -> set[str]:
    done = set()
    for role in ROLES:
        try:
            go(role)
        except PermissionError:
            continue
        done.add(role)
    return done


# --- Adding -----------------------------------------------------------------------------------------------------------


def test_add_puts_the_agency_last_under_the_name_it_bears_now(world: World) -> None:
    agency = make.AgencyFactory(name="Sở Y tế")
    row = add(world, agency, joined_on=dt.date(2026, 7, 1), is_voting=False, new_group="Sở, ngành")
    assert (names(world)[0], row.is_voting, row.subgroup.name) == ("Sở Y tế", False, "Sở, ngành")  # its group is listed
    assert row.position == 1 + max(Membership.objects.exclude(pk=row.pk).filter(bloc_year=year(world)).values_list(
        "position", flat=True
    ))  # fmt: skip
    with act(actor=ANONYMOUS, at=house_clock.now()) as current:
        agencies.rename(act=current, agency=agency, full="Sở Y tế và Dân số", valid_from=dt.date(2026, 10, 1))
    assert "Sở Y tế" in names(world)
    event = Event.objects.get(verb="member_added")
    assert (event.subject_id, json.loads(event.data)) == (
        year(world).pk,
        {"agency": agency.pk, "membership": row.pk},
    )


def test_add_is_found_by_the_second_click(world: World) -> None:
    agency, key = make.AgencyFactory(), uuid.uuid4()
    assert add(world, agency, creation_key=key) == add(world, agency, creation_key=key)
    assert Event.objects.filter(verb="member_added").count() == 1


def test_add_refuses_who_is_a_member_already(world: World) -> None:
    with pytest.raises(Refused) as refused:
        add(world, world.agencies["member"])
    assert str(refused.value) == "“Sở Tài chính” đã là thành viên của khối; không cần thêm."
    Membership.objects.filter(pk=member(world).pk).update(left_on=dt.date(2026, 6, 1))
    with pytest.raises(Refused) as left:
        add(world, world.agencies["member"])
    assert str(left.value) == ("“Sở Tài chính” đã là thành viên và rời khối ngày 01/06/2026; sửa dòng của đơn vị đó.")


def test_add_refuses_a_unit_and_days_that_contradict(world: World) -> None:
    unit = make.AgencyFactory(name="Phòng Tài vụ", parent=world.agencies["member"])
    with pytest.raises(Refused) as refused:
        add(world, unit)
    assert str(refused.value).startswith("“Phòng Tài vụ” là bộ phận của đơn vị khác")
    with pytest.raises(Refused) as days:
        add(world, make.AgencyFactory(), joined_on=dt.date(2026, 7, 1), left_on=dt.date(2026, 6, 1))
    assert str(days.value) == "Ngày rời khối đứng trước ngày tham gia; ghi lại một trong hai ngày."


def test_add_is_for_the_board(world: World) -> None:
    assert who_may(lambda role: add(world, make.AgencyFactory(), role)) == BOARD


def test_add_page_finds_without_accents_and_leaves_members_out(world: World) -> None:
    found = make.AgencyFactory(name="Hội Liên hiệp Phụ nữ tỉnh")
    make.AgencyFactory(name="Phòng Phụ nữ", parent=found)
    client, url = world.client("board_specialist"), reverse("member_new", args=[year(world).pk])
    shown = main(client.get(url, {"q": "phu nu"}))
    assert ("Hội Liên hiệp Phụ nữ tỉnh" in shown, "Phòng Phụ nữ" in shown) == (True, False)
    shown = main(client.get(url, {"q": "tai chinh"}))
    assert "Không tìm thấy đơn vị nào chưa thuộc khối có tên như vậy." in shown
    shown = main(client.get(url, {"agency": found.pk}))
    assert "Hội Liên hiệp Phụ nữ tỉnh Chọn đơn vị khác" in shown
    typed = {"agency": found.pk, "creation_key": str(uuid.uuid4()), "is_voting": "on", "joined_on": "01/07/2026"}
    assert client.post(url, typed)["Location"] == reverse("bloc_members", args=[year(world).pk])
    row = Membership.objects.get(agency=found)
    assert (row.is_voting, row.is_scored, row.joined_on) == (True, False, dt.date(2026, 7, 1))
    again = client.post(url, {**typed, "creation_key": str(uuid.uuid4())})
    assert (again.status_code, "đã là thành viên của khối; không cần thêm." in main(again)) == (422, True)


def test_add_page_without_an_agency_asks_for_one(world: World) -> None:
    url = reverse("member_new", args=[year(world).pk])
    for typed in ({}, {"agency": "x"}, {"agency": "9" * 30}):
        answer = world.client("board_head").post(url, typed)
        assert (answer.status_code, "Tìm và chọn đơn vị cần thêm trước." in main(answer)) == (422, True)
    gone = {"agency": "999999", "creation_key": str(uuid.uuid4())}
    assert world.client("board_head").post(url, gone).status_code == 404


# --- One membership ---------------------------------------------------------------------------------------------------


def test_edit_writes_the_flags_and_keeps_the_name(world: World) -> None:
    group = make.SubgroupFactory(bloc_year=year(world))
    name = member(world).name_id
    said = {"is_ranked": False, "left_on": dt.date(2026, 6, 30), "also_in": "Khối của Bộ", "note": "sáp nhập"}
    edit(world, group=group.pk, position=member(world).position, **said)
    row = member(world)
    assert (row.subgroup, row.is_ranked, row.left_on, row.also_in, row.note, row.name_id) == (
        group,
        False,
        dt.date(2026, 6, 30),
        "Khối của Bộ",
        "sáp nhập",
        name,
    )
    fields = json.loads(Event.objects.get().data)["fields"]
    assert fields == ["also_in", "is_ranked", "left_on", "note", "subgroup"]


def test_edit_makes_a_group_once(world: World) -> None:
    edit(world, new_group="Trung ương")
    edit(world, revision=1, new_group="Trung ương")
    assert year(world).subgroups.count() == 1


def test_edit_refuses_a_group_of_another_bloc(world: World) -> None:
    with pytest.raises(Refused) as refused:
        edit(world, group=make.SubgroupFactory().pk)
    assert str(refused.value) == "Nhóm này không thuộc khối; chọn lại nhóm."


def test_edit_is_for_the_board(world: World) -> None:
    assert who_may(lambda role: edit(world, role, revision=member(world).revision)) == BOARD


def test_edit_form_keeps_what_is_wrong_and_shows_both_texts(world: World) -> None:
    client, url = world.client("board_specialist"), reverse("member_edit", args=[member(world).pk])
    typed = {"revision": 0, "position": "ba", "note": "chữ giữ lại", "joined_on": "01/07/2026", "left_on": "01/06/2026"}
    wrong = client.post(url, typed)
    assert wrong.status_code == 422
    assert "Nhập thứ tự bằng số từ 1 trở lên, ví dụ 3." in main(wrong)
    assert "Ngày rời khối đứng trước ngày tham gia" in main(wrong)
    assert 'value="chữ giữ lại"' in wrong.content.decode()
    group = make.SubgroupFactory(bloc_year=year(world), name="Nhóm của người kia")
    edit(world, group=group.pk, note="bản kia")
    slower = client.post(url, {"revision": 0, "position": "3", "note": "bản của tôi"})
    assert slower.status_code == 409
    assert "Ghi chú bản của tôi bản kia" in main(slower)
    assert "Nhóm – Nhóm của người kia" in main(slower)
    saved = {"revision": 1, "position": "3", "note": "x", "group": group.pk, "is_ranked": "on"}
    assert client.post(url, saved)["Location"] == reverse("bloc_members", args=[year(world).pk])
    assert (member(world).note, member(world).subgroup, member(world).is_voting) == ("x", group, False)


def test_edit_loses_politely_to_a_quicker_save(world: World) -> None:
    edit(world, note="bản kia")
    with pytest.raises(Stale):
        edit(world, note="bản của tôi")
    assert member(world).note == "bản kia"


# --- The order --------------------------------------------------------------------------------------------------------


def test_reorder_numbers_the_list_anew(world: World) -> None:
    reorder(world, {"outgoing": 1, "leader": 2, "deputy": 3, "member": 3})
    assert names(world) == ["Sở Xây dựng", "Văn phòng UBND tỉnh", "Sở Nội vụ", "Sở Tài chính"]
    assert list(year(world).memberships.in_order().values_list("position", flat=True)) == [1, 2, 3, 4]
    assert Event.objects.get().verb == "members_reordered"


def test_reorder_that_moves_nobody_records_nothing(world: World) -> None:
    reorder(world, {"leader": 1, "deputy": 2, "member": 3, "outgoing": 4})
    events = Event.objects.count()
    reorder(world, {"leader": 1, "deputy": 2, "member": 3, "outgoing": 4})
    assert Event.objects.count() == events


def test_reorder_page_saves_and_shows_both_orders_to_who_was_slower(world: World) -> None:
    client, url = world.client("board_specialist"), reverse("bloc_members", args=[year(world).pk])
    rows = list(year(world).memberships.in_order())
    typed = {f"position_{row.pk}": 5 - number for number, row in enumerate(rows, start=1)}
    typed["revision"] = memberships.revision_of(rows)
    assert client.post(url, typed)["Location"] == url
    assert names(world) == ["Sở Xây dựng", "Sở Tài chính", "Sở Nội vụ", "Văn phòng UBND tỉnh"]
    slower = client.post(url, {**typed, f"position_{rows[0].pk}": 2})
    assert (slower.status_code, memberships.QUICKER in main(slower)) == (409, True)
    assert "Thứ tự: Văn phòng UBND tỉnh 2 4" in main(slower)
    wrong = client.post(url, {**typed, f"position_{rows[0].pk}": "một"})
    assert (wrong.status_code, "Nhập thứ tự bằng số từ 1 trở lên, ví dụ 3." in main(wrong)) == (422, True)


def test_reorder_is_for_the_board(world: World) -> None:
    assert who_may(lambda role: reorder(world, {"leader": 1}, role)) == BOARD


def test_reorder_loses_to_one_member_more(world: World) -> None:
    before = memberships.revision_of(list(year(world).memberships.in_order()))
    add(world, make.AgencyFactory())
    with pytest.raises(Stale):
        reorder(world, {"outgoing": 1}, revision=before)


# --- Taking out -------------------------------------------------------------------------------------------------------


def test_remove_while_the_year_is_prepared_and_nothing_hangs(world: World) -> None:
    row = add(world, make.AgencyFactory(name="Sở Y tế"), key="preparing")
    client, url = world.client("board_specialist"), reverse("member_remove", args=[row.pk])
    assert "Bỏ “Sở Y tế” khỏi danh sách?" in main(client.get(url))
    assert client.post(url)["Location"] == reverse("bloc_members", args=[row.bloc_year_id])
    assert names(world, "preparing") == []
    assert Event.objects.order_by("-seq")[0].verb == "member_removed"
    assert client.post(url).status_code == 404


def test_remove_refuses_once_the_year_runs(world: World) -> None:
    with pytest.raises(Refused) as refused:
        remove(world, member(world))
    assert str(refused.value) == (
        "Chỉ bỏ được đơn vị khi năm của khối đang chuẩn bị; năm đã bắt đầu thì ghi ngày rời khối cho đơn vị này."
    )
    assert world.client("board_head").get(reverse("member_remove", args=[member(world).pk])).status_code == 409


@pytest.mark.parametrize("what", ["term", "place", "reported", "value"])
def test_remove_refuses_what_something_hangs_on(world: World, what: str) -> None:
    row = add(world, make.AgencyFactory(), key="preparing")
    of = {"bloc_year": row.bloc_year, "agency": row.agency}
    hang = {
        "term": lambda: make.LeadershipTermFactory(**of),
        "place": lambda: make.PlaceFactory(standing__bloc_year=row.bloc_year, membership=row),
        "reported": lambda: make.ReportedPlaceFactory(**of),
        "value": lambda: make.TargetValueFactory(target__bloc_year=row.bloc_year, membership=row),
    }
    hang[what]()
    with pytest.raises(Refused) as refused:
        remove(world, row)
    assert str(refused.value) == (
        "Đơn vị này đã có số liệu trong năm của khối nên không bỏ được; ghi ngày rời khối cho đơn vị này."
    )


def test_remove_is_for_the_board(world: World) -> None:
    assert who_may(lambda role: remove(world, add(world, make.AgencyFactory(), key="preparing"), role)) == BOARD


# --- Walls and pages --------------------------------------------------------------------------------------------------


def test_closed_year_is_shown_and_not_changed(world: World) -> None:
    row = Membership.objects.select_related("bloc_year").get(
        bloc_year=world.bloc_years["closed"], agency=world.agencies["member"]
    )
    actor, at = world.actor("board_head"), house_clock.now()
    for go in (
        lambda: add(world, make.AgencyFactory(), key="closed"),
        lambda: memberships.edit(membership=row, said=MemberSaid(), position=1, revision=0, actor=actor, at=at),
        lambda: memberships.reorder(bloc_year=row.bloc_year, positions={}, revision=0, actor=actor, at=at),
        lambda: memberships.remove(membership=row, actor=actor, at=at),
    ):
        with pytest.raises(Refused) as refused:
            go()
        assert str(refused.value) == years.READ_ONLY
    client, pk = world.client("board_head"), row.bloc_year_id
    shown = main(client.get(reverse("bloc_members", args=[pk])))
    assert ("Sở Tài chính" in shown, "Lưu thứ tự" in shown, "Thêm đơn vị" in shown) == (True, False, False)
    for name, subject in (("member_new", pk), ("member_edit", row.pk), ("member_remove", row.pk)):
        assert client.get(reverse(name, args=[subject])).status_code == 409


def test_members_page_says_what_is_unusual_and_counts_who_is_there(world: World) -> None:
    edit(world, is_voting=False, left_on=dt.date(2026, 6, 30))
    shown = main(world.client("board_head").get(reverse("bloc_members", args=[year(world).pk])))
    assert "03 đơn vị" in shown
    assert "không bỏ phiếu; đến 30/06/2026" in shown


def test_members_page_without_members_says_what_to_do_first(world: World) -> None:
    shown = main(world.client("board_head").get(reverse("bloc_members", args=[world.bloc_years["preparing"].pk])))
    assert "Chưa có đơn vị nào" in shown


def test_year_that_was_prepared_runs_only_leaves(world: World) -> None:
    row = add(world, make.AgencyFactory(), key="preparing")
    BlocYear.objects.filter(pk=row.bloc_year_id).update(state=BlocYearState.RUNNING)
    with pytest.raises(Refused):
        remove(world, row)


@pytest.mark.parametrize("rows", [1, 3, 25])
def test_member_pages_take_at_most_eight(rows: int) -> None:
    make.ProvinceFactory()
    bloc_year = make.BlocYearFactory()
    for number in range(rows):
        group = make.SubgroupFactory(bloc_year=bloc_year) if number % 2 else None
        row = make.MembershipFactory(bloc_year=bloc_year, subgroup=group)
        make.AgencyFactory(name=f"Hội {number}")
    client = Client()
    client.force_login(make.SeatFactory(capacity="board_head").user)

    def count(name: str, pk: int, **query: str) -> int:
        return query_count(lambda: client.get(reverse(name, args=[pk]), query))

    assert count("bloc_members", bloc_year.pk) == 8
    assert count("member_new", bloc_year.pk, q="hoi") == 8
    assert count("member_edit", row.pk) == 7
