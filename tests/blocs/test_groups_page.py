"""The groups page: names, order, who stands where, in one act; a published place within a group holds its member."""

import pytest
from django.test import Client
from django.urls import reverse

from blocs.enums import StandingState
from blocs.models import BlocYear, Membership, Standing
from blocs.services import groups, members, memberships
from blocs.services.groups import NEW, GroupSaid
from blocs.services.memberships import MemberSaid
from emulation.core import clock as house_clock
from emulation.core.audit import act
from emulation.core.errors import Refused, Stale
from emulation.core.models import Event
from tests import factories as make
from tests.http import main, query_count
from tests.world import ROLES, World

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.fixture
def bloc(world: World) -> BlocYear:
    """Khối A of 2026: two groups, the member in the first."""
    row = BlocYear.objects.get(pk=world.bloc_years["running"].pk)
    first = make.SubgroupFactory(bloc_year=row, position=1, name="Sở, ngành")
    make.SubgroupFactory(bloc_year=row, position=2, name="Trung ương")
    Membership.objects.filter(pk=member(world).pk).update(subgroup=first)
    return row


def member(world: World, key: str = "member") -> Membership:
    return Membership.objects.get(bloc_year=world.bloc_years["running"], agency=world.agencies[key])


def seen(row: BlocYear) -> int:
    return groups.revision_of(list(row.memberships.all()), list(row.subgroups.all()))


def arrange(world: World, row: BlocYear, said: dict, stands_in=None, role="board_specialist", revision=None) -> bool:
    return groups.arrange(
        bloc_year=row, groups={key: GroupSaid(*words) for key, words in said.items()}, stands_in=stands_in or {},
        revision=seen(row) if revision is None else revision, actor=world.actor(role), at=house_clock.now(),
    )  # fmt: skip


def named(row: BlocYear) -> list[tuple[int, str, list[str]]]:
    rows = row.subgroups.order_by("position")
    return [(g.position, g.name, [str(m) for m in g.memberships.select_related("name").in_order()]) for g in rows]


def test_names_and_numbers_change_places_and_members_move_in_one_act(world: World, bloc: BlocYear) -> None:
    first, second = bloc.subgroups.order_by("position")
    said = {first.pk: ("Trung ương", 2), second.pk: ("Sở, ngành", 1), NEW: ("Doanh nghiệp", 3)}
    moves = {member(world).pk: NEW, member(world, "deputy").pk: second.pk}
    assert arrange(world, bloc, said, moves) is True
    assert named(bloc) == [
        (1, "Sở, ngành", ["Sở Nội vụ"]), (2, "Trung ương", []), (3, "Doanh nghiệp", ["Sở Tài chính"])
    ]  # fmt: skip
    assert Event.objects.get().verb == "groups_arranged"


def test_a_group_without_name_goes_once_nobody_stands_in_it(world: World, bloc: BlocYear) -> None:
    first, second = bloc.subgroups.order_by("position")
    said = {first.pk: ("", 1), second.pk: ("Trung ương", 2), NEW: ("", 3)}
    with pytest.raises(Refused) as refused:
        arrange(world, bloc, said, {member(world).pk: first.pk})
    assert str(refused.value).startswith("Nhóm bỏ trống tên vẫn còn đơn vị; ghi tên nhóm")
    arrange(world, bloc, said, {member(world).pk: None})
    assert named(bloc) == [(1, "Trung ương", [])]


def test_nothing_changed_is_no_event(world: World, bloc: BlocYear) -> None:
    first, second = bloc.subgroups.order_by("position")
    said = {first.pk: (first.name, 1), second.pk: (second.name, 2), NEW: (" ", 3)}
    assert arrange(world, bloc, said, {member(world).pk: first.pk}) is False
    assert (Event.objects.count(), bloc.subgroups.filter(revision__gt=0).count()) == (0, 0)


def test_two_groups_with_one_name_and_foreign_groups_are_refused(world: World, bloc: BlocYear) -> None:
    first, second = bloc.subgroups.order_by("position")
    with pytest.raises(Refused) as refused:
        arrange(world, bloc, {first.pk: ("Một", 1), second.pk: ("Một", 2)})
    assert str(refused.value) == "Hai nhóm cùng tên “Một”; ghi tên khác cho một nhóm."
    with pytest.raises(Refused):
        arrange(world, bloc, {make.SubgroupFactory().pk: ("Khác", 1)})


def test_the_board_arranges_and_the_slower_of_two_is_told(world: World, bloc: BlocYear) -> None:
    done, before = set(), seen(bloc)
    for role in ROLES:
        try:
            arrange(world, bloc, {NEW: (role, 1), **{g.pk: (g.name, 2) for g in bloc.subgroups.all()}}, role=role)
        except PermissionError:
            continue
        done.add(role)
    assert done == {"board_head", "board_specialist"}
    with pytest.raises(Stale):
        arrange(world, bloc, {}, revision=before)


def test_a_published_place_within_the_group_holds_the_member(world: World, bloc: BlocYear) -> None:
    standing = make.StandingFactory(
        bloc_year=bloc, version=9, state=StandingState.SUPERSEDED, is_by_group=True,
        published_at=house_clock.now(), decided_on=house_clock.today(), reason="x",
    )  # fmt: skip
    make.PlaceFactory(standing=standing, membership=member(world), place=1)
    names = {group.pk: (group.name, group.position) for group in bloc.subgroups.all()}
    row = Membership.objects.select_related("bloc_year").get(pk=member(world).pk)

    def by_list() -> None:
        arrange(world, bloc, names, {row.pk: None})

    def by_edit() -> None:
        memberships.edit(
            membership=row, said=MemberSaid(group=None), position=3, revision=row.revision,
            actor=world.actor("board_head"), at=house_clock.now(),
        )  # fmt: skip

    def by_file() -> None:
        with act(actor=world.actor("board_head"), at=house_clock.now()) as current:
            members.update(act=current, membership=member(world), subgroup=None)

    def by_name() -> None:
        first, second = bloc.subgroups.order_by("position")
        arrange(world, bloc, {first.pk: (second.name, 1), second.pk: (first.name, 2)})

    for way in (by_list, by_edit, by_file, by_name):
        with pytest.raises(Refused) as refused:
            way()
        assert str(refused.value).startswith("Kết quả xếp hạng riêng từng nhóm đã công bố, “Sở Tài chính” đã có")
    assert member(world).subgroup is not None
    Standing.objects.filter(pk=standing.pk).update(is_by_group=False)
    by_list()
    assert member(world).subgroup is None


def post(client: Client, row: BlocYear, **typed: object) -> object:
    boxes = {f"name_{g.pk}": g.name for g in row.subgroups.all()} | {"name_0": "", "position_0": 9}
    boxes |= {f"position_{g.pk}": g.position for g in row.subgroups.all()}
    boxes |= {f"group_{m.pk}": m.subgroup_id or "" for m in row.memberships.all()}
    return client.post(reverse("bloc_groups", args=[row.pk]), {"revision": seen(row), **boxes, **typed})


def test_page_saves_says_what_is_wrong_and_shows_both_texts(world: World, bloc: BlocYear) -> None:
    client, own = world.client("board_specialist"), member(world)
    assert "Nhóm của Sở Tài chính" in main(client.get(reverse("bloc_groups", args=[bloc.pk])))
    wrong = post(client, bloc, **{f"group_{own.pk}": NEW})
    assert (wrong.status_code, "Ghi tên nhóm mới, hoặc chọn nhóm khác" in main(wrong)) == (422, True)
    before = seen(bloc)
    saved = post(client, bloc, name_0="Doanh nghiệp", position_0=1, **{f"group_{own.pk}": NEW})
    assert saved["Location"] == reverse("bloc_members", args=[bloc.pk])
    assert named(bloc)[0] == (1, "Doanh nghiệp", ["Sở Tài chính"])
    slower = post(client, bloc, revision=before, **{f"group_{own.pk}": ""})
    assert (slower.status_code, "Nhóm của Sở Tài chính Không thuộc nhóm nào Doanh nghiệp" in main(slower)) == (
        409,
        True,
    )


def test_page_costs_the_same_for_many(world: World, bloc: BlocYear) -> None:
    client, url = world.client("board_head"), reverse("bloc_groups", args=[bloc.pk])
    few = query_count(lambda: client.get(url))
    for number in range(30):
        make.MembershipFactory(bloc_year=bloc, position=number + 10)
    assert (few, query_count(lambda: client.get(url))) == (8, 8)
