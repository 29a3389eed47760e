"""Dividing a year: a new bloc, its name and decision, agencies put into blocs; who may, what is refused."""

import datetime as dt
import json
import uuid

import pytest
from django.urls import reverse

from blocs.enums import BlocKind, YearState
from blocs.models import BlocYear, EmulationYear, Membership, Partition
from blocs.services import founding
from blocs.services.founding import FrameSaid
from emulation.core import clock as house_clock
from emulation.core.errors import Refused
from emulation.core.models import Event
from emulation.core.papers import OnPaper
from tests import factories as make
from tests.http import main, query_count
from tests.world import ROLES, World

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

PAPER = OnPaper("12/QĐ-UBND", dt.date(2026, 1, 5), "UBND tỉnh")


def found(world: World, name: str = "Khối các hội", role: str = "board_head", **said: object) -> BlocYear:
    return founding.found(
        year=world.years["2026"], creation_key=said.pop("key", None) or uuid.uuid4(),
        on_paper=said.pop("on_paper", None), said=FrameSaid(name, **said), actor=world.actor(role),
        at=house_clock.now(),
    )  # fmt: skip


def reframe(world: World, row: BlocYear, **said: object) -> BlocYear:
    row = BlocYear.objects.select_related("year").get(pk=row.pk)
    return founding.reframe(
        bloc_year=row, said=FrameSaid(**{"name": row.name, **said}), revision=row.revision,
        actor=world.actor("board_specialist"), at=house_clock.now(),
    )  # fmt: skip


def divide(world: World, *agencies: object, role: str = "board_specialist") -> list[Membership]:
    bloc_year = BlocYear.objects.select_related("year").get(pk=world.bloc_years["running"].pk)
    return founding.divide(
        bloc_year=bloc_year, agencies=agencies, actor=world.actor(role), at=house_clock.now()
    )  # fmt: skip


def who_may(go) -> set[str]:
    done = set()
    for role in ROLES:
        try:
            go(role)
        except PermissionError:
            continue
        done.add(role)
    return done


def test_new_bloc_comes_with_its_decision_and_is_found_by_the_second_click(world: World) -> None:
    key = uuid.uuid4()
    row = found(world, number="9", key=key, on_paper=PAPER, title="Chia khối thi đua năm 2026")
    assert found(world, key=key, on_paper=PAPER, title="Chia khối thi đua năm 2026") == row
    assert (row.bloc.locality, row.number, row.partition.title) == ("", "9", "Chia khối thi đua năm 2026")
    assert (row.partition.paper.number, Partition.objects.count()) == ("12/QĐ-UBND", 1)
    assert BlocYear.objects.filter(search_key__contains="cac hoi").count() == 1
    assert [event.verb for event in Event.objects.all()] == ["created"]


def test_a_name_of_the_year_is_taken_whatever_its_accents(world: World) -> None:
    with pytest.raises(Refused) as refused:
        found(world, "khoi thi dua A")
    assert str(refused.value).startswith("Năm 2026 đã có khối tên “khoi thi dua A”")


def test_a_closed_year_and_a_decision_without_title_are_refused(world: World) -> None:
    with pytest.raises(Refused) as untitled:
        found(world, on_paper=PAPER)
    assert str(untitled.value) == founding.NO_TITLE
    EmulationYear.objects.filter(pk=world.years["2026"].pk).update(state=YearState.CLOSED)
    with pytest.raises(Refused) as closed:
        found(world)
    assert str(closed.value) == "Năm thi đua 2026 đã khóa; chọn năm khác ở đầu trang."


def test_khoi_stands_in_a_cum_of_its_year_and_a_cum_in_none(world: World) -> None:
    cum, other = found(world, "Cụm I", kind=BlocKind.CUM), found(world, "Cụm II", kind=BlocKind.CUM)
    running = world.bloc_years["running"]
    assert reframe(world, running, parent=cum.pk).parent == cum
    for row, said, words in (
        (running, {"parent": world.bloc_years["concluded"].pk}, "Chọn lại cụm"),
        (other, {"kind": BlocKind.CUM, "parent": cum.pk}, "Cụm không thuộc cụm khác"),
        (cum, {"kind": BlocKind.KHOI}, "Cụm này đang có khối"),
    ):
        with pytest.raises(Refused) as refused:
            reframe(world, row, **said)
        assert words in str(refused.value)


def test_what_a_source_stated_stays_and_names_are_taken_in_one_province_only(world: World) -> None:
    cum = make.BlocYearFactory(year=world.years["2026"], bloc__locality="Kon Tum", name="Cụm của nguồn")
    row = make.BlocYearFactory(year=world.years["2026"], bloc__locality="Kon Tum", parent=cum)
    kept = reframe(world, row, name="Khối thi đua A", parent=cum.pk)
    assert (kept.name, kept.parent) == ("Khối thi đua A", cum)
    assert reframe(world, cum, number="2").number == "2"
    page = world.client("board_specialist").get(reverse("bloc_frame", args=[row.pk]))
    assert f'<option value="{cum.pk}" selected>Cụm của nguồn</option>' in page.content.decode()


def test_new_name_is_found_and_told_in_the_history(world: World) -> None:
    row = reframe(world, world.bloc_years["running"], name="Khối Tổng hợp", number="1")
    assert BlocYear.objects.get(search_key__contains="tong hop") == row
    assert json.loads(Event.objects.get().data)["fields"] == ["name", "number"]


def test_divide_adds_who_stands_nowhere_in_the_order_given(world: World) -> None:
    first, second = make.AgencyFactory(name="Sở Y tế"), make.AgencyFactory(name="Ban Dân tộc")
    made = divide(world, world.agencies["stranger"], first, second)
    assert [str(row) for row in made] == ["Sở Y tế", "Ban Dân tộc"]
    assert made[1].position == made[0].position + 1
    assert Event.objects.filter(verb="member_added").count() == 2
    with pytest.raises(Refused) as refused:
        divide(world, first)
    assert str(refused.value).startswith("Các đơn vị đã chọn đều đã thuộc khối trong năm này")


def test_only_the_board_divides(world: World) -> None:
    board = {"board_head", "board_specialist"}
    assert who_may(lambda role: divide(world, make.AgencyFactory(), role=role)) == board
    assert who_may(lambda role: found(world, f"Khối {role}", role)) == board


def test_page_shows_who_stands_nowhere_and_puts_them_into_a_bloc(world: World) -> None:
    client, url = world.client("board_specialist"), reverse("year_division") + f"?year={world.years['2026'].pk}"
    agency = make.AgencyFactory(name="Hội Nông dân tỉnh")
    make.AgencyFactory(name="Hội đã giải thể", ended_on=dt.date(2026, 1, 1))
    shown = main(client.get(url))
    assert ("Hội Nông dân tỉnh" in shown, "Hội đã giải thể" in shown) == (True, False)
    wrong = client.post(url, {"agencies": [agency.pk]})
    assert (wrong.status_code, "Chọn khối để xếp các đơn vị vào." in main(wrong)) == (422, True)
    assert f'value="{agency.pk}"\n                       checked' in wrong.content.decode()
    assert client.post(url, {"agencies": [agency.pk], "bloc": world.bloc_years["running"].pk})["Location"] == url
    assert "Hội Nông dân tỉnh" not in main(client.get(url))


def test_page_of_a_new_bloc_keeps_what_was_typed_and_leads_to_its_members(world: World) -> None:
    client, url = world.client("board_specialist"), reverse("bloc_new") + f"?year={world.years['2026'].pk}"
    typed = {"name": "Khối các hội", "kind": "khoi", "creation_key": str(uuid.uuid4()), "paper_number": "12/QĐ"}
    wrong = client.post(url, typed)
    assert wrong.status_code == 422
    assert founding.NO_TITLE not in main(wrong)
    assert 'value="12/QĐ"' in wrong.content.decode()
    dated = {**typed, "paper_dated_on": "05/01/2026", "paper_issuer": "UBND tỉnh"}
    assert founding.NO_TITLE in main(client.post(url, dated))
    answer = client.post(url, {**dated, "title": "Chia khối"})
    row = BlocYear.objects.get(name="Khối các hội")
    assert (answer["Location"], row.year.label) == (reverse("bloc_members", args=[row.pk]), "2026")


def test_division_costs_the_same_for_many(world: World) -> None:
    client, url = world.client("board_head"), reverse("year_division")
    few = query_count(lambda: client.get(url))
    for number in range(30):
        make.MembershipFactory(bloc_year=make.BlocYearFactory(year=world.years["2026"], name=f"Khối {number}"))
        make.AgencyFactory()
    assert (few, query_count(lambda: client.get(url))) == (8, 8)
