"""Changes of agencies on screen: preparing one without losing what was typed, one page of choices, what was done."""

import datetime as dt
import uuid
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from blocs.enums import LeadershipRole, PaperState
from blocs.models import Agency, AgencySuccession
from blocs.queries.succession import survey
from emulation.core.models import Event
from tests import factories as make
from tests.http import main, query_count
from tests.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

SHELL = 5
PAPER = {"paper_number": "12/QĐ-UBND", "paper_dated_on": "20/05/2026", "paper_issuer": "UBND tỉnh Sông Lam"}


def post(client: Client, **said: Any) -> Any:
    data = {"kind": "merge", "happened_on": "01/06/2026", "creation_key": uuid.uuid4()}
    return client.post(reverse("succession_new"), data | said)


def prepared(world: World, *keys: str, kind: str = "merge", title: str = "Sở Nội vụ mới") -> AgencySuccession:
    row = make.AgencySuccessionFactory(kind=kind, happened_on=dt.date(2026, 6, 1))
    for key in keys:
        agency = world.agencies[key]
        make.SuccessionPartyFactory(succession=row, agency=agency, name=agency.names.get())
    if kind in {"merge", "rename"}:
        make.SuccessionPartyFactory(succession=row, side="new", agency=None, title=title)
    return row


def choices(row: AgencySuccession) -> dict[str, str]:
    objects = [touched for group in survey(AgencySuccession.objects.get(pk=row.pk)) for touched in group.objects]
    return {touched.key: touched.choices[0][0] for touched in objects if not touched.is_fixed}


def latest() -> AgencySuccession:
    return AgencySuccession.objects.order_by("-pk")[0]


def url(row: AgencySuccession) -> str:
    return reverse("succession_detail", args=[row.pk])


# --- Preparing --------------------------------------------------------------------------------------------------------


def test_search_without_accents_keeps_what_was_typed(world: World) -> None:
    ticked = [world.agencies["member"].pk]
    answer = post(world.client("board_specialist"), find="old_q", old_q="so xay", old=ticked, note="Chữ đã gõ")
    said = main(answer)
    assert answer.status_code == 200
    assert "Sở Xây dựng" in said
    assert "Sở Tài chính" in said
    assert "Hội Nông dân" not in said
    assert "Chữ đã gõ" in answer.content.decode()
    assert "cần sửa" not in said
    assert latest() == world.successions["done"]


def test_search_leaves_out_an_agency_that_ended(world: World) -> None:
    Agency.objects.filter(pk=world.agencies["outgoing"].pk).update(ended_on="2026-05-31")
    said = main(post(world.client("board_head"), find="old_q", old_q="so xay"))
    assert "Sở Xây dựng" not in said


def test_agency_whose_page_one_came_from_is_ticked(world: World) -> None:
    answer = world.client("board_head").get(reverse("succession_new"), {"agency": world.agencies["member"].pk})
    assert "Sở Tài chính" in main(answer)


def test_form_prepares_a_change_and_a_second_click_finds_it(world: World) -> None:
    client, key = world.client("board_specialist"), uuid.uuid4()
    old = [world.agencies[name].pk for name in ("leader", "deputy")]
    said = {"old": old, "title_1": "Sở Nội vụ mới", "short_1": "SNV", "kind_1": "department", "creation_key": key}
    first, second = post(client, **said), post(client, **said)
    row = latest()
    assert first["Location"] == second["Location"] == url(row)
    assert list(row.parties.order_by("pk").values_list("side", "title", "short", "kind")) == [
        ("old", "", "", "department"),
        ("old", "", "", "department"),
        ("new", "Sở Nội vụ mới", "SNV", "department"),
    ]
    assert row.paper is None


def test_rows_for_new_agencies_are_added_one_by_one_up_to_twelve(world: World) -> None:
    client = world.client("board_specialist")
    more = post(client, find="row", row_count="2", title_1="Sở Một", title_2="Sở Hai")
    assert (more.context["form"]["title_2"].value(), len(more.context["form"].new_rows)) == ("Sở Hai", 3)
    full = post(client, find="row", row_count="11")
    assert (len(full.context["form"].new_rows), "Thêm dòng đơn vị mới" in main(full)) == (12, False)
    titles = {f"title_{number}": f"Sở {number}" for number in range(1, 13)}
    post(client, kind="split", old=[world.agencies["leader"].pk], row_count="12", **titles)
    assert list(latest().parties.filter(side="new").order_by("pk").values_list("title", flat=True)) == [
        *titles.values()
    ]
    assert post(client, row_count="13").status_code == 422


def test_decision_may_be_given_at_once(world: World) -> None:
    post(world.client("board_head"), kind="dissolve", old=[world.agencies["member"].pk], **PAPER)
    assert latest().paper.number == "12/QĐ-UBND"


def test_transfer_is_prepared_with_its_bloc(world: World) -> None:
    target = world.bloc_years["scoring"]
    post(world.client("board_head"), kind="transfer", old=[world.agencies["member"].pk], to_bloc_year=target.pk)
    assert latest().to_bloc_year == target


def test_what_is_wrong_stands_at_its_field_and_nothing_is_lost(world: World) -> None:
    answer = post(world.client("board_head"), old=[world.agencies["member"].pk], title_1="Sở Gì Đó")
    assert answer.status_code == 422
    assert "Hợp nhất thành đơn vị mới cần từ 02 đơn vị cũ; nếu chỉ có một, chọn “Đổi tên”." in main(answer)
    assert "Sở Gì Đó" in answer.content.decode()
    missing = main(world.client("board_head").post(reverse("succession_new"), {}))
    for sentence in ("Chọn việc sắp xếp.", "Ghi ngày bắt đầu theo sắp xếp mới.", "Tải lại trang rồi nhập lại."):
        assert sentence in missing


def test_what_is_prepared_is_changed_and_the_loser_of_a_race_sees_both(world: World) -> None:
    row, client = prepared(world, "leader", "deputy"), world.client("board_specialist")
    edit = reverse("succession_edit", args=[row.pk])
    assert edit in client.get(url(row)).content.decode()
    page = client.get(edit).content.decode()
    assert ("Văn phòng UBND tỉnh" in page, "Sở Nội vụ mới" in page) == (True, True)
    said = {"kind": "merge", "happened_on": "01/07/2026", "old": [world.agencies["member"].pk], "title_1": "Sở Mới"}
    found = client.post(edit, said | {"revision": 0, "find": "old_q", "old_q": "so xay"})
    assert (found.status_code, "Sở Xây dựng" in main(found), found.context["revision"]) == (200, True, "0")
    both = [world.agencies[key].pk for key in ("leader", "member")]
    assert client.post(edit, said | {"revision": 0, "old": both})["Location"] == url(row)
    assert "Sở Mới" in main(client.get(url(row)))
    late = client.post(edit, said | {"revision": 0, "kind": "rename"})
    assert late.status_code == 409
    sides = {str(label): (typed, saved) for label, typed, saved in late.context["both"]}
    assert sides["Việc sắp xếp"] == ("Đổi tên", "Sáp nhập, hợp nhất")
    assert sides["Đơn vị cũ"] == ("Sở Tài chính", "Văn phòng UBND tỉnh, Sở Tài chính")
    client.post(reverse("succession_step", args=[row.pk, "cancel"]), {"revision": 1})
    assert client.get(edit).status_code == 409
    assert edit not in client.get(url(row)).content.decode()


# --- The page of choices ----------------------------------------------------------------------------------------------


def test_one_page_lists_every_object_with_its_choices(world: World) -> None:
    row = prepared(world, "leader", "deputy")
    said = main(world.client("board_specialist").get(url(row)))
    for words in (
        "Văn phòng UBND tỉnh, Trưởng khối Khối thi đua A, năm 2026",
        "Sở Nội vụ mới tiếp tục làm Trưởng khối",
        "Thay bằng Sở Nội vụ mới từ 01/06/2026, giữ thứ tự và nhóm",
        "Chuyển sang Sở Nội vụ mới",
        "Hoạt động đến hết ngày 31/05/2026",
        "Quyết định sắp xếp",
    ):
        assert words in said


def test_it_is_done_from_the_page_and_shown_afterwards(world: World) -> None:
    row, client = prepared(world, "leader", "deputy"), world.client("board_specialist")
    data = choices(row) | PAPER | {"confirmed": "on", "revision": 0}
    assert client.post(url(row), data)["Location"] == url(row)
    said = main(client.get(url(row)))
    assert "Kết thúc ngày 31/05/2026; Sở Nội vụ mới làm Trưởng khối từ ngày 01/06/2026." in said
    assert "Thực hiện sắp xếp" in said
    assert "số 12/QĐ-UBND" in said
    second = client.post(url(row), data)
    assert second.status_code == 409
    assert "Việc sắp xếp này đã thực hiện hoặc đã hủy." in second.content.decode()
    assert Event.objects.filter(verb="succession_done").count() == 1


def test_page_asks_for_the_decision_the_tick_and_every_choice(world: World) -> None:
    row, client = prepared(world, "leader", "deputy"), world.client("board_head")
    answer = client.post(url(row), choices(row) | {"revision": 0})
    assert answer.status_code == 422
    assert "Đối chiếu với quyết định rồi đánh dấu vào đây." in main(answer)
    answer = client.post(url(row), choices(row) | {"confirmed": "on", "revision": 0})
    assert "Ghi ngày của văn bản đã ký." in main(answer)
    some = dict(list(choices(row).items())[1:])
    answer = client.post(url(row), some | PAPER | {"confirmed": "on", "revision": 0})
    assert "Mục này vừa thay đổi; chọn lại cách xử lý." in main(answer)
    assert AgencySuccession.objects.get(pk=row.pk).is_open


def test_refusal_of_the_act_keeps_the_choices(world: World) -> None:
    row = prepared(world, "leader", "deputy")
    AgencySuccession.objects.filter(pk=row.pk).update(happened_on=dt.date(2026, 12, 1))
    client = world.client("board_head")
    assert "Chưa đến ngày." in main(client.get(url(row)))
    answer = client.post(url(row), choices(row) | PAPER | {"confirmed": "on", "revision": 0})
    assert (answer.status_code, "Chưa đến ngày 01/12/2026; thực hiện từ ngày đó." in main(answer)) == (422, True)


def test_cancelling_asks_first_and_leaves_the_agencies(world: World) -> None:
    row, client = prepared(world, "leader", kind="dissolve"), world.client("board_head")
    step = reverse("succession_step", args=[row.pk, "cancel"])
    assert "Không đơn vị nào bị thay đổi." in main(client.get(step))
    assert client.post(step, {"revision": 0})["Location"] == url(row)
    assert "Hủy, không thực hiện" in main(client.get(url(row)))
    assert client.post(step, {"revision": 0}).status_code == 409
    assert client.get(reverse("succession_step", args=[row.pk, "complete"])).status_code == 404


# --- The agency's own page --------------------------------------------------------------------------------------------


def test_agency_pages_say_what_happened_and_mark_what_is_inherited(world: World) -> None:
    row, client = prepared(world, "leader", "deputy"), world.client("board_specialist")
    client.post(url(row), choices(row) | PAPER | {"confirmed": "on", "revision": 0})
    new = Agency.objects.get(name="Sở Nội vụ mới")
    said = main(client.get(reverse("agency_detail", args=[new.pk])))
    assert (
        "Hợp nhất từ Văn phòng UBND tỉnh và Sở Nội vụ từ ngày 01/06/2026 (văn bản số 12/QĐ-UBND ngày 20/05/2026)"
    ) in said
    assert "kế thừa từ Văn phòng UBND tỉnh" in said
    old = main(client.get(reverse("agency_detail", args=[world.agencies["leader"].pk])))
    assert "Đã sáp nhập vào Sở Nội vụ mới từ ngày 01/06/2026" in old
    assert "Đã chấm dứt hoạt động đến hết ngày 31/05/2026" in old
    assert "đến 31/05/2026" in old
    assert "Sắp xếp đơn vị này" not in old
    member = client.get(reverse("agency_detail", args=[world.agencies["member"].pk]))
    assert "Sắp xếp đơn vị này" in main(member)
    seen = world.client("member").get(reverse("agency_detail", args=[new.pk]))
    assert url(row) not in seen.content.decode()


def test_list_filters_by_kind_and_state(world: World) -> None:
    prepared(world, "leader", kind="dissolve")
    prepared(world, "member", kind="rename", title="Sở Tài chính mới")
    client = world.client("board_head")
    said = main(client.get(reverse("succession_list"), {"kind": "rename", "state": "draft"}))
    assert "Sở Tài chính mới" in said
    assert "Văn phòng UBND tỉnh" not in said
    assert "Chưa có việc sắp xếp nào" in main(client.get(reverse("succession_list"), {"kind": "split"}))


# --- Budgets ----------------------------------------------------------------------------------------------------------


def board() -> Client:
    client = Client()
    client.force_login(make.SeatFactory(capacity="board_specialist").user)
    return client


@pytest.mark.parametrize("rows", [1, 3, 100])
def test_list_takes_eight(settings, rows: int) -> None:
    settings.PAGE_SIZE = 100
    make.ProvinceFactory()
    make.EmulationYearFactory()
    for _ in range(rows):
        row = make.AgencySuccessionFactory(paper=make.SignedPaperFactory())
        for _ in range(2):
            make.SuccessionPartyFactory(succession=row)
        make.SuccessionPartyFactory(succession=row, side="new", agency=None, title="Sở mới")
    client = board()
    assert query_count(lambda: client.get(reverse("succession_list"))) == SHELL + 3


@pytest.mark.parametrize("rows", [1, 20])
def test_page_of_choices_takes_twenty_four_whatever_it_lists(rows: int) -> None:
    make.ProvinceFactory()
    year = make.EmulationYearFactory()
    old = make.AgencyFactory()
    for _ in range(rows):
        bloc_year = make.BlocYearFactory(year=year)
        member = make.MembershipFactory(bloc_year=bloc_year, agency=old)
        make.LeadershipTermFactory(bloc_year=bloc_year, agency=old)
        make.LeadershipTermFactory(bloc_year=bloc_year, role=LeadershipRole.DEPUTY)
        make.NextLeaderFactory(bloc_year=bloc_year, agency=old)
        make.HandoverFactory(bloc_year=bloc_year, giver=old)
        covenant = make.CovenantFactory(bloc_year=bloc_year, state=PaperState.SIGNED)
        target = make.TargetFactory(bloc_year=bloc_year, covenant=covenant)
        make.TargetValueFactory(target=target, membership=member)
        make.SignatureFactory(paper=covenant.paper, membership=member)
        make.PlaceFactory(standing=make.StandingFactory(bloc_year=bloc_year), membership=member)
        make.ReportedPlaceFactory(bloc_year=bloc_year, agency=old)
        make.ReportedResultFactory(bloc_year=bloc_year, agency=old)
        make.SeatFactory(agency=old)
        make.AgencyFactory(parent=old)
    row = make.AgencySuccessionFactory()
    make.SuccessionPartyFactory(succession=row, agency=old, name=old.names.get())
    make.SuccessionPartyFactory(succession=row, side="new")
    client = board()
    assert query_count(lambda: client.get(url(row))) == SHELL + 19


@pytest.mark.parametrize("rows", [1, 100])
def test_page_of_what_was_done_takes_nine(rows: int) -> None:
    make.ProvinceFactory()
    make.EmulationYearFactory()
    row = make.AgencySuccessionFactory(state="done", paper=make.SignedPaperFactory())
    for _ in range(rows):
        make.SuccessionLineFactory(succession=row)
    client = board()
    assert query_count(lambda: client.get(url(row))) == SHELL + 4
