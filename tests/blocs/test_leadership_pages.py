"""Pages of leadership, handing over, earlier files, opening: who sees what, constant statements, the acts by forms."""

import datetime as dt
import uuid

import pytest
from django.urls import reverse

from blocs.models import BlocYear, Handover, LeadershipTerm, NextLeader
from emulation.core import clock as house_clock
from tests import factories as make
from tests.http import get, main, query_count
from tests.world import World

LEADERSHIP, HANDOVER, FILES, OPENING = 11, 8, 11, 12
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def url(world: World, name: str, key: str = "running") -> str:
    return reverse(name, args=[world.bloc_years[key].pk])


def constant(world: World, role: str, address: str, more, counts=(1, 3, 25)) -> set[int]:
    """Return the numbers of statements at growing numbers of rows."""
    client, found, made = world.client(role), set(), 0
    client.get(address)
    for count in counts:
        while made < count:
            more()
            made += 1
        found.add(query_count(lambda: get(client, address)))
    return found


def term(world: World, key: str) -> LeadershipTerm:
    return LeadershipTerm.objects.get(bloc_year=world.bloc_years["running"], agency=world.agencies[key])


def test_leadership_page_says_who_leads_and_takes_constant_statements(world: World) -> None:
    row = world.bloc_years["running"]
    address = url(world, "leadership")
    shown = main(world.client("member").get(address))
    assert "Trưởng khối Văn phòng UBND tỉnh" in shown
    assert "Ghi lãnh đạo được bầu" not in shown
    assert "Ghi lãnh đạo được bầu" in main(world.client("board_head").get(address))

    def more() -> None:
        make.LeadershipTermFactory(bloc_year=row, role="deputy", recognised_paper=make.SignedPaperFactory())
        make.NextLeaderFactory(bloc_year=row, role="deputy")
        make.HandoverFactory(bloc_year=row)

    assert constant(world, "board_head", address, more) == {LEADERSHIP}


def test_acts_by_forms(world: World) -> None:
    client, board = world.client("leader"), world.client("board_specialist")
    answer = board.post(
        url(world, "term_elect"),
        {"agency": world.agencies["member"].pk, "role": "deputy", "creation_key": uuid.uuid4(), "elected_on": ""},
    )
    assert (answer.status_code, term(world, "member").role) == (302, "deputy")
    deputy = term(world, "deputy")
    address = reverse("term_recognise", args=[deputy.pk])
    assert board.post(address, {"recognised_on": "08/01/2026", "revision": 0}).status_code == 422
    paper = {"paper_number": "5/QĐ", "paper_dated_on": "08/01/2026", "paper_issuer": "UBND tỉnh"}
    assert board.post(address, {"recognised_on": "08/01/2026", "revision": 0, **paper}).status_code == 302
    lost = board.post(address, {"recognised_on": "09/01/2026", "revision": 0, **paper})
    assert lost.status_code == 409
    assert "09/01/2026" in main(lost)
    leader = term(world, "leader")
    ended = {"ends_on": "01/06/2026", "reason": "Sáp nhập", "successor": f"steps_up:{deputy.pk}", "revision": 0}
    assert board.post(reverse("term_end", args=[leader.pk]), ended).status_code == 302
    assert board.post(reverse("term_end", args=[leader.pk]), ended).status_code == 409
    assert client.get(reverse("term_end", args=[leader.pk])).status_code == 404
    named = NextLeader.objects.get(bloc_year=world.bloc_years["running"])
    runs = world.client("deputy")
    saved = {"role": "leader", "stated": "luân phiên", "revision": 0}
    assert runs.post(reverse("next_leader_edit", args=[named.pk]), saved).status_code == 302
    assert runs.post(reverse("next_leader_take_back", args=[named.pk]), {"note": "Họp lại"}).status_code == 302
    assert not NextLeader.objects.exists()


def test_files_of_earlier_years_are_for_the_next_leader_from_the_first_day(world: World) -> None:
    """The leader of 2027 reads 2026 and 2025; whoever led 2026 sees nothing of the drafts of 2027."""
    old, new = world.bloc_years["running"], world.bloc_years["preparing"]
    agency = make.AgencyFactory(name="Sở Mới")
    seat = make.SeatFactory(agency=agency)
    passed = make.BlocPaperFactory(bloc_year=old, state="passed", title="Kế hoạch của năm cũ")
    old.standings.update(state="published", published_at=house_clock.now(), decided_on=dt.date(2026, 11, 1))
    handed = make.HandoverFactory(bloc_year=old, state="handed")
    draft = make.BlocPaperFactory(bloc_year=new, title="Dự thảo của năm mới")
    world.users["next"] = seat.user
    paper = reverse("paper_detail", args=[world.papers["report"].pk])
    record = reverse("handover_detail", args=[handed.pk])
    before = world.client("next")
    assert [before.get(address).status_code for address in (paper, record)] == [404, 404]
    make.LeadershipTermFactory(bloc_year=new, agency=agency)
    client = world.client("next")
    assert [client.get(address).status_code for address in (paper, record)] == [200, 200]
    shown = main(client.get(url(world, "bloc_files", "preparing")))
    for words in (passed.title, "Kết quả xếp hạng", "Bàn giao:", "Báo cáo tổng kết năm", "Năm 2025"):
        assert words in shown
    assert draft.title not in shown
    outgoing = world.actor("leader")
    assert new.pk not in outgoing.scope.leads | outgoing.scope.deputises | outgoing.scope.inherits
    assert world.client("leader").get(url(world, "bloc_files", "preparing")).status_code == 404


def test_files_take_constant_statements(world: World) -> None:
    bloc, labels = world.bloc_years["preparing"].bloc, iter(range(1990, 2024))
    make.LeadershipTermFactory(bloc_year=world.bloc_years["preparing"], agency=world.agencies["leader"])

    def more() -> None:
        row = make.BlocYearFactory(bloc=bloc, year=make.EmulationYearFactory(label=str(next(labels))))
        make.BlocPaperFactory(bloc_year=row, state="passed", paper=make.SignedPaperFactory())
        make.StandingFactory(bloc_year=row, state="published")
        make.HandoverFactory(bloc_year=row, state="handed")
        make.DocumentFactory(bloc_year=row)

    assert constant(world, "leader", url(world, "bloc_files", "preparing"), more) == {FILES}


def test_handover_by_forms_and_in_constant_statements(world: World) -> None:
    row, client = world.bloc_years["running"], world.client("leader")
    sides = {"giver": world.agencies["leader"].pk, "receiver": world.agencies["deputy"].pk}
    posted = {**sides, "creation_key": uuid.uuid4()}
    first = client.post(url(world, "handover_new"), posted)
    assert client.post(url(world, "handover_new"), posted)["Location"] == first["Location"]
    made = Handover.objects.get(bloc_year=row, giver=world.agencies["leader"])
    edit = reverse("handover_edit", args=[made.pk])
    typed = {"rows": 4, "title_1": "Kế hoạch", "is_handed_1": "on", "title_4": "Cờ luân lưu", "revision": 0}
    assert client.post(edit, typed).status_code == 302
    lost = client.post(edit, {**typed, "title_1": "Kế hoạch khác"})
    assert lost.status_code == 409
    assert "Kế hoạch khác" in main(lost)
    assert [(item.number, item.title, item.is_handed) for item in made.items.order_by("number")] == [
        (1, "Kế hoạch", True), (2, "Cờ luân lưu", False),
    ]  # fmt: skip
    step = reverse("handover_step", args=[made.pk, "hand"])
    assert client.post(step, {}).status_code == 422
    assert client.post(step, {"handed_on": "01/11/2026", "place": "Hội trường"}).status_code == 302
    assert client.post(step, {"handed_on": "01/11/2026"}).status_code == 409
    made.refresh_from_db()
    assert (made.state, made.handed_on, made.place) == ("handed", dt.date(2026, 11, 1), "Hội trường")
    number = iter(range(10, 100))
    address = reverse("handover_detail", args=[made.pk])
    assert constant(world, "member", address, lambda: make.HandoverItemFactory(handover=made, number=next(number))) == {
        HANDOVER
    }


def test_stranger_sees_no_handover(world: World) -> None:
    made = make.HandoverFactory(bloc_year=world.bloc_years["running"], receiver=world.agencies["stranger"])
    other = make.HandoverFactory(bloc_year=world.bloc_years["running"])
    client = world.client("stranger")
    codes = [client.get(reverse("handover_detail", args=[row.pk])).status_code for row in (made, other)]
    assert codes == [200, 404]


def test_year_is_opened_from_the_page_in_constant_statements(world: World) -> None:
    client, year = world.client("board_specialist"), world.years["2026"]
    address = reverse("year_open")
    shown = main(client.get(address))
    assert "Đã mở năm 2027" in shown
    b, c = world.bloc_years["scoring"], world.bloc_years["concluded"]
    assert client.post(f"{address}?year={year.pk}", {}).status_code == 422
    answer = client.post(f"{address}?year={year.pk}", {"bloc": [b.pk, c.pk]})
    assert answer["Location"] == f"{reverse('bloc_list')}?year={world.years['2027'].pk}"
    assert BlocYear.objects.filter(year__label="2027").count() == 3
    client.post(f"{address}?year={year.pk}", {"bloc": [b.pk, c.pk]})
    assert BlocYear.objects.filter(year__label="2027").count() == 3

    def more() -> None:
        row = make.BlocYearFactory(year=year)
        member = make.MembershipFactory(bloc_year=row)
        make.NextLeaderFactory(bloc_year=row, agency=member.agency)

    assert constant(world, "board_head", f"{address}?year={year.pk}", more, counts=(1, 3, 100)) == {OPENING}


def test_one_bloc_is_opened_from_its_own_page_and_found_again(world: World) -> None:
    client, address = world.client("board_head"), url(world, "blocyear_open", "concluded")
    assert client.get(address).status_code == 200
    first = client.post(address)
    made = BlocYear.objects.get(bloc=world.bloc_years["concluded"].bloc, year__label="2027")
    there = reverse("bloc_detail", args=[made.pk])
    assert (first["Location"], client.post(address)["Location"], client.get(address)["Location"]) == (there,) * 3
