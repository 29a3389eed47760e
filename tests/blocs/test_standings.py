"""The standing: entered, published, corrected; a published one is a wall, a provisional one is nobody else's."""

import datetime as dt
import io
import json
import uuid
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from blocs.domain.standing import STANDING
from blocs.enums import BlocYearState, MilestoneKind, StandingState
from blocs.models import BlocYear, Membership, Milestone, Place, Standing
from blocs.queries.standing import LEADER_FIRST, current_places
from blocs.services import standings, years
from blocs.services.standings import PlaceSaid
from emulation.core import clock as house_clock
from emulation.core.errors import Refused, Stale
from emulation.core.models import Event, SignedPaper
from tests import factories as make
from tests.http import main, query_count
from tests.world import ROLES, SEATED, World

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

RUNS = {"board_head", "board_specialist", "leader", "deputy"}
EARLY = RUNS | {"council"}
MEETING = dt.date(2026, 10, 30)
REFUSALS = {step.action: step.refusal for step in STANDING.steps}


@pytest.fixture
def world(world_as_built: World) -> World:
    """Return the province before any bloc has agreed on places."""
    Place.objects.all().delete()
    Standing.objects.all().delete()
    return world_as_built


def year(world: World, key: str = "running") -> BlocYear:
    return BlocYear.objects.select_related("year", "bloc").get(pk=world.bloc_years[key].pk)


def member(world: World, key: str, of: str = "running") -> Membership:
    return Membership.objects.get(bloc_year=world.bloc_years[of], agency=world.agencies[key])


def draft(world: World, role: str = "leader", key: str = "running") -> Standing:
    return standings.draft(bloc_year=year(world, key), actor=world.actor(role), at=house_clock.now())


def enter(world: World, standing: Standing, role: str = "leader", **values) -> Standing:
    """Write places by the key of the agency: {"member": 1} or {"member": PlaceSaid(…)}."""
    places = {
        member(world, key).pk: said if isinstance(said, PlaceSaid) else PlaceSaid(place=said)
        for key, said in values.pop("places", {"member": 1, "outgoing": 2}).items()
    }
    said = {"decided_on": MEETING, "is_by_group": False, "note": "", "revision": standing.revision} | values
    row = Standing.objects.get(pk=standing.pk)
    return standings.enter(standing=row, places=places, **said, actor=world.actor(role), at=house_clock.now())


def publish(world: World, standing: Standing, role: str = "leader", **values) -> Standing:
    row = Standing.objects.select_related("bloc_year").get(pk=standing.pk)
    values = {"revision": row.revision} | values
    standings.publish(standing=row, **values, actor=world.actor(role), at=house_clock.now())
    return row


def published(world: World) -> Standing:
    return publish(world, enter(world, draft(world)))


def correct(world: World, standing: Standing, role: str = "leader", **values) -> Standing:
    said = {"reason": "Nhập nhầm hạng.", "creation_key": uuid.uuid4()} | values
    row = Standing.objects.select_related("bloc_year").get(pk=standing.pk)
    return standings.correct(standing=row, **said, actor=world.actor(role), at=house_clock.now())


def take(world: World, standing: Standing, action: str, role: str = "leader", note: str = "Không đủ đơn vị.") -> None:
    row = Standing.objects.select_related("bloc_year").get(pk=standing.pk)
    standings.take(standing=row, action=action, note=note, actor=world.actor(role), at=house_clock.now())


def page(world: World, role: str, name: str, *args: object):
    return world.client(role).get(reverse(name, args=args))


def typed(standing: Standing, **boxes: str) -> dict[str, str]:
    """Return what the table's form posts with nothing changed but the boxes."""
    row = Standing.objects.get(pk=standing.pk)
    data = {"revision": str(row.revision), "decided_on": "30/10/2026", "note": ""}
    known = {place.membership_id: place for place in row.places.all()}
    for pk in row.bloc_year.memberships.values_list("pk", flat=True):
        place = known.get(pk)
        data |= {
            f"place_{pk}": str(place.place or "") if place else "",
            f"points_{pk}": "", f"proposal_{pk}": "", f"remark_{pk}": "",
        }  # fmt: skip
    return data | boxes


# --- The first version ------------------------------------------------------------------------------------------------


def test_draft_has_a_place_row_for_each_member_prefilled_from_the_source(world: World) -> None:
    made = draft(world)
    assert (made.version, made.state) == (1, StandingState.PROVISIONAL)
    assert {row.membership.agency_id: row.place for row in made.places.all()} == {
        world.agencies["leader"].pk: None,
        world.agencies["deputy"].pk: None,
        world.agencies["member"].pk: 1,
        world.agencies["outgoing"].pk: None,
    }
    event = Event.objects.get()
    assert (event.verb, json.loads(event.data)) == ("standing_drafted", {"members": 4, "prefilled": 1})


def test_draft_is_found_by_the_second_click_and_by_the_second_person(world: World) -> None:
    assert draft(world) == draft(world) == draft(world, "board_head")
    assert (Standing.objects.count(), Event.objects.count()) == (1, 1)


def test_draft_is_for_who_runs_the_bloc(world: World) -> None:
    done = set()
    for role in ROLES:
        try:
            draft(world, role)
        except PermissionError:
            continue
        done.add(role)
    assert done == RUNS


def test_draft_page_asks_then_leads_to_the_table_and_later_to_the_standing(world: World) -> None:
    client, url = world.client("leader"), reverse("standing_new", args=[year(world).pk])
    assert "Lập bảng xếp hạng?" in main(client.get(url))
    answer = client.post(url)
    made = Standing.objects.get()
    assert answer["Location"] == reverse("standing_edit", args=[made.pk])
    assert client.get(url)["Location"] == reverse("standing_detail", args=[made.pk])


# --- The table --------------------------------------------------------------------------------------------------------


def test_enter_writes_the_table_once_and_says_how_much_changed(world: World) -> None:
    standing = draft(world)
    said = PlaceSaid(place=2, points=Decimal("96.5"), proposal="Cờ thi đua của UBND tỉnh", remark="đồng điểm")
    enter(world, standing, places={"member": 1, "deputy": said}, note="Họp tại Hội trường A", is_by_group=True)
    row = Place.objects.get(membership=member(world, "deputy"))
    assert (row.place, row.points, row.proposal, row.remark) == (2, Decimal("96.5"), said.proposal, "đồng điểm")
    standing.refresh_from_db()
    assert (standing.decided_on, standing.is_by_group, standing.note) == (MEETING, True, "Họp tại Hội trường A")
    assert json.loads(Event.objects.get(verb="standing_entered").data) == {"changed": 1, "members": 2}


def test_enter_makes_a_row_for_who_joined_since(world: World) -> None:
    standing = draft(world)
    late = make.MembershipFactory(bloc_year=year(world))
    world.agencies["late"] = late.agency
    enter(world, standing, places={"late": 3})
    assert Place.objects.get(membership=late).place == 3


def test_enter_keeps_out_a_member_of_another_bloc(world: World) -> None:
    standing, stranger = draft(world), member(world, "stranger", "scoring")
    standings.enter(
        standing=standing, decided_on=None, is_by_group=False, note="", places={stranger.pk: PlaceSaid(place=1)},
        revision=0, actor=world.actor("leader"), at=house_clock.now(),
    )  # fmt: skip
    assert not Place.objects.filter(membership=stranger).exists()


def test_enter_loses_politely_to_a_quicker_save(world: World) -> None:
    standing = draft(world)
    enter(world, standing, places={"member": 2})
    with pytest.raises(Stale):
        enter(world, standing, "deputy", places={"member": 3})
    assert Place.objects.get(membership=member(world, "member")).place == 2


def test_enter_is_for_who_runs_the_bloc(world: World) -> None:
    standing, done = draft(world), set()
    for role in ROLES:
        try:
            enter(world, Standing.objects.get(pk=standing.pk), role)
        except PermissionError:
            continue
        done.add(role)
    assert done == RUNS


def test_table_saves_what_was_typed(world: World) -> None:
    standing, pk = draft(world), member(world, "deputy").pk
    boxes = {f"place_{pk}": "2", f"points_{pk}": "96,5", f"proposal_{pk}": "Bằng khen", f"remark_{pk}": "x"}
    answer = world.client("leader").post(reverse("standing_edit", args=[standing.pk]), typed(standing, **boxes))
    assert answer["Location"] == reverse("standing_detail", args=[standing.pk])
    row = Place.objects.get(membership=pk)
    assert (row.place, row.points, row.proposal, row.remark) == (2, Decimal("96.5"), "Bằng khen", "x")
    shown = main(page(world, "leader", "standing_detail", standing.pk))
    assert "2 Sở Nội vụ 96,5 Bằng khen x" in shown


@pytest.mark.parametrize(
    ("box", "text", "sentence"),
    [
        ("place", "ba", "“ba” không phải là hạng; nhập số từ 1 trở lên, ví dụ 3."),
        ("place", "0", "“0” không phải là hạng; nhập số từ 1 trở lên, ví dụ 3."),
        ("place", "2,5", "“2,5” không phải là hạng; nhập số từ 1 trở lên, ví dụ 3."),
        ("points", "-1", "Điểm phải từ 0 đến dưới 100.000; kiểm tra lại số điểm."),
        ("points", "97,1234", "Điểm ghi tối đa 3 chữ số thập phân, ví dụ 97,125."),
    ],
)
def test_table_says_in_one_sentence_what_is_no_number_and_keeps_it(
    world: World, box: str, text: str, sentence: str
) -> None:
    standing, pk = draft(world), member(world, "deputy").pk
    boxes = {f"{box}_{pk}": text, f"remark_{pk}": "giữ lại chữ này"}
    answer = world.client("leader").post(reverse("standing_edit", args=[standing.pk]), typed(standing, **boxes))
    html = answer.content.decode()
    assert answer.status_code == 422
    assert main(answer).count(sentence) == 1
    assert f'value="{text}"' in html
    assert 'value="giữ lại chữ này"' in html
    assert Place.objects.get(membership=pk).place is None


def test_table_shows_both_texts_to_who_was_slower(world: World) -> None:
    standing, pk = draft(world), member(world, "deputy").pk
    slower = typed(standing, **{f"place_{pk}": "3", f"remark_{pk}": "bản của tôi"})
    enter(world, standing, "deputy", places={"deputy": PlaceSaid(place=2, remark="bản kia")})
    answer = world.client("leader").post(reverse("standing_edit", args=[standing.pk]), slower)
    shown = main(answer)
    assert answer.status_code == 409
    assert "Người khác vừa lưu mục này." in shown
    assert "Hạng: Sở Nội vụ 3 2" in shown
    assert "Ghi chú: Sở Nội vụ bản của tôi bản kia" in shown
    assert Place.objects.get(membership=pk).remark == "bản kia"


def test_two_people_edit_and_publish_at_once_and_the_editor_keeps_the_text(world: World) -> None:
    standing = enter(world, draft(world))
    before = typed(standing, note="chữ của người sửa")
    row = Standing.objects.get(pk=standing.pk)
    publish(world, standing, "deputy")
    with pytest.raises(Refused) as refused:
        standings.enter(
            standing=row, decided_on=MEETING, is_by_group=False, note="x", places={}, revision=row.revision,
            actor=world.actor("leader"), at=house_clock.now(),
        )  # fmt: skip
    assert str(refused.value) == standings.WALL
    answer = world.client("leader").post(reverse("standing_edit", args=[standing.pk]), before)
    assert (answer.status_code, standings.WALL in main(answer)) == (409, True)


# --- Publication ------------------------------------------------------------------------------------------------------


def test_publish_sets_the_version_and_the_day_of_the_meeting_only(world: World) -> None:
    standing = published(world)
    standing.refresh_from_db()
    assert (standing.state, standing.published_at) == (StandingState.PUBLISHED, house_clock.now())
    assert year(world).state == BlocYearState.RUNNING
    event = Event.objects.get(verb="standing_published")
    review = year(world).milestones.get(kind=MilestoneKind.YEAR_REVIEW)
    assert json.loads(event.data) == {
        "from": "provisional", "to": "published", "version": 1, "review": review.pk,
    }  # fmt: skip


def test_publish_writes_the_day_of_the_meeting_into_an_open_review(world: World) -> None:
    review = make.MilestoneFactory(bloc_year=year(world), kind=MilestoneKind.YEAR_REVIEW, is_done_undated=True)
    published(world)
    review.refresh_from_db()
    assert (review.done_on, review.is_done_undated, review.revision) == (MEETING, False, 1)


@pytest.mark.parametrize("known", [{"done_on": dt.date(2026, 10, 1)}, {"none_reason": "Không họp."}])
def test_publish_leaves_a_review_alone_that_is_answered(world: World, known: dict[str, object]) -> None:
    review = make.MilestoneFactory(bloc_year=year(world), kind=MilestoneKind.YEAR_REVIEW, **known)
    published(world)
    assert Milestone.objects.filter(pk=review.pk, **known, revision=0).exists()


def test_publish_needs_the_day_and_one_place(world: World) -> None:
    standing = enter(world, draft(world), decided_on=None)
    with pytest.raises(Refused) as no_day:
        publish(world, standing)
    assert str(no_day.value) == "Ghi ngày bình xét trước khi công bố."
    standing = enter(world, standing, places={"member": None, "outgoing": None})
    with pytest.raises(Refused) as no_place:
        publish(world, standing)
    assert str(no_place.value) == ("Chưa đơn vị nào có hạng; nhập hạng trước, hoặc ghi nhận không xếp hạng kèm lý do.")
    assert Standing.objects.get().state == StandingState.PROVISIONAL


def test_publish_refuses_places_the_publisher_did_not_see(world: World) -> None:
    standing = enter(world, draft(world))
    seen = Standing.objects.get(pk=standing.pk).revision
    enter(world, Standing.objects.get(pk=standing.pk), "deputy", places={"member": 5})
    with pytest.raises(Refused) as refused:
        publish(world, standing, revision=seen)
    assert str(refused.value) == standings.SEEN


def test_publish_on_paper_on_behalf_keeps_the_paper(world: World) -> None:
    standing = enter(world, draft(world, "board_head"), "board_specialist")
    scan = SimpleUploadedFile("thong-bao.pdf", b"%PDF-1.7\n%%EOF\n")
    answer = world.client("board_specialist").post(
        reverse("standing_step", args=[standing.pk, "publish"]),
        {
            "revision": Standing.objects.get().revision,
            "behalf_of": "Văn phòng UBND tỉnh",
            "paper_number": "12/TB-KTĐ",
            "paper_dated_on": "31/10/2026",
            "paper_issuer": "Khối thi đua A",
            "paper_scan": scan,
        },
    )
    assert answer.status_code == 302
    paper, event = SignedPaper.objects.get(number="12/TB-KTĐ"), Event.objects.get(verb="standing_published")
    assert (event.behalf_of, event.paper_id) == ("Văn phòng UBND tỉnh", paper.pk)
    assert Standing.objects.get().paper == paper
    assert "số 12/TB-KTĐ, ngày 31/10/2026, Khối thi đua A" in main(
        page(world, "member", "standing_detail", standing.pk)
    )


def test_publish_on_behalf_needs_a_paper(world: World) -> None:
    standing = enter(world, draft(world))
    with pytest.raises(ValueError, match="paper"):
        publish(world, standing, "board_head", behalf_of="Văn phòng UBND tỉnh")
    assert Standing.objects.get().state == StandingState.PROVISIONAL


def test_publish_page_shows_the_places_and_what_looks_wrong(world: World) -> None:
    standing = enter(world, draft(world), places={"member": 1, "outgoing": 3})
    shown = main(page(world, "leader", "standing_step", standing.pk, "publish"))
    assert "1 Sở Tài chính" in shown
    assert "Không có hạng 2." in shown


def test_two_people_publish_and_one_wins(world: World) -> None:
    standing = enter(world, draft(world))
    first, second = (Standing.objects.select_related("bloc_year").get(pk=standing.pk) for _ in range(2))
    standings.publish(standing=first, revision=first.revision, actor=world.actor("leader"), at=house_clock.now())
    with pytest.raises(Refused) as refused:
        standings.publish(standing=second, revision=second.revision, actor=world.actor("deputy"), at=house_clock.now())
    assert str(refused.value) == "Người khác vừa cập nhật mục này. Tải lại trang để xem trạng thái mới."
    assert Event.objects.filter(verb="standing_published").count() == 1


# --- Steps ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("state", StandingState.values)
@pytest.mark.parametrize("action", ["publish", "skip", "redraft"])
def test_standing_takes_a_step_from_its_states_only(world: World, action: str, state: str) -> None:
    standing = enter(world, draft(world))
    Standing.objects.filter(pk=standing.pk).update(state=state, published_at=house_clock.now())
    step = STANDING.step(action)

    def go() -> None:
        if action == "publish":
            publish(world, standing)
        else:
            take(world, standing, action)

    if state in step.sources:
        go()
        assert Standing.objects.get().state == step.target
    else:
        with pytest.raises(Refused) as refused:
            go()
        assert str(refused.value) == REFUSALS[action]
        assert Standing.objects.get().state == state


@pytest.mark.parametrize("action", ["publish", "skip", "redraft"])
def test_standing_step_is_for_who_runs_the_bloc(world: World, action: str) -> None:
    standing, done = enter(world, draft(world)), set()
    for role in ROLES:
        state = StandingState.NONE if action == "redraft" else StandingState.PROVISIONAL
        Standing.objects.filter(pk=standing.pk).update(state=state)
        try:
            if action == "publish":
                publish(world, standing, role)
            else:
                take(world, standing, action, role)
        except PermissionError:
            continue
        done.add(role)
    assert done == RUNS


def test_skip_needs_a_reason_that_the_page_shows(world: World) -> None:
    standing = draft(world)
    answer = world.client("leader").post(reverse("standing_step", args=[standing.pk, "skip"]), {"revision": 0})
    assert (answer.status_code, "Ghi lý do trước khi thực hiện." in main(answer)) == (422, True)
    take(world, standing, "skip", note="Năm nay chỉ có hai đơn vị.")
    assert "Năm nay chỉ có hai đơn vị." in main(page(world, "stranger", "standing_detail", standing.pk))
    with pytest.raises(Refused) as refused:
        enter(world, Standing.objects.get())
    assert str(refused.value) == standings.SKIPPED


def test_internal_step_has_no_page(world: World) -> None:
    standing = published(world)
    assert page(world, "leader", "standing_step", standing.pk, "supersede").status_code == 404
    with pytest.raises(KeyError):
        take(world, standing, "supersede")


# --- Correction -------------------------------------------------------------------------------------------------------


def test_correction_is_the_next_version_with_the_places_copied(world: World) -> None:
    old = published(world)
    new = correct(world, old)
    assert (new.version, new.state, new.reason) == (2, StandingState.PROVISIONAL, "Nhập nhầm hạng.")
    places = {standing: set(standing.places.values_list("membership", "place")) for standing in (old, new)}
    assert places[old] == places[new]
    assert Standing.objects.get(pk=old.pk).state == StandingState.PUBLISHED


def test_correction_published_names_its_signer_and_supersedes_in_the_same_act(world: World) -> None:
    old = published(world)
    new = correct(world, old)
    enter(world, new, places={"member": 2, "outgoing": 1})
    with pytest.raises(Refused) as refused:
        publish(world, new, signer_name="Lê Thị Hoa")
    assert str(refused.value) == "Bản đính chính phải ghi họ tên và chức danh người ký."
    publish(world, new, signer_name="Lê Thị Hoa", signer_title="Chánh Văn phòng, Trưởng khối")
    assert list(Standing.objects.order_by("version").values_list("state", flat=True)) == ["superseded", "published"]
    last = Event.objects.order_by("-seq")[:2]
    assert [event.verb for event in last] == ["standing_published", "standing_superseded"]
    assert len({event.at for event in last}) == 1


def test_correction_page_names_the_signer(world: World) -> None:
    new = correct(world, published(world))
    url = reverse("standing_step", args=[new.pk, "publish"])
    answer = world.client("leader").post(url, {"revision": 0})
    assert answer.status_code == 422
    assert "Ghi họ tên người ký bản đính chính." in main(answer)
    signed = {"revision": 0, "signer_name": "Lê Thị Hoa", "signer_title": "Trưởng khối"}
    assert world.client("leader").post(url, signed).status_code == 302
    shown = main(page(world, "stranger", "standing_detail", new.pk))
    assert "Người ký Lê Thị Hoa Trưởng khối" in shown
    assert "Lý do đính chính Nhập nhầm hạng." in shown
    assert "Phiên bản 1 đã có bản thay thế" in shown


def test_correction_is_found_by_the_second_click_but_not_made_twice(world: World) -> None:
    old, key = published(world), uuid.uuid4()
    assert correct(world, old, creation_key=key) == correct(world, old, creation_key=key)
    with pytest.raises(Refused) as refused:
        correct(world, old, "deputy")
    assert str(refused.value) == "Đang có bản đính chính dự kiến (phiên bản 2); sửa tiếp trên bản đó."
    assert Standing.objects.count() == 2


def test_correction_needs_a_reason_and_a_published_version(world: World) -> None:
    standing = enter(world, draft(world))
    with pytest.raises(Refused) as early:
        correct(world, standing)
    assert str(early.value) == standings.ONLY_PUBLISHED
    publish(world, standing)
    with pytest.raises(Refused) as silent:
        correct(world, standing, reason="  ")
    assert str(silent.value) == "Ghi lý do đính chính."
    answer = world.client("leader").post(
        reverse("standing_correct", args=[standing.pk]), {"creation_key": str(uuid.uuid4()), "reason": ""}
    )
    assert (answer.status_code, "Ghi lý do đính chính." in main(answer)) == (422, True)


def test_correction_given_up_leaves_the_published_one_and_makes_room_for_another(world: World) -> None:
    old = published(world)
    given_up = correct(world, old)
    take(world, given_up, "skip")
    third = correct(world, old)
    assert third.version == 3
    with pytest.raises(Refused) as refused:
        take(world, given_up, "redraft")
    assert str(refused.value) == "Đã có phiên bản sau của kết quả này; xếp hạng trên phiên bản mới nhất."


def test_correction_is_for_who_runs_the_bloc(world: World) -> None:
    old, done = published(world), set()
    for role in ROLES:
        Place.objects.exclude(standing=old).delete()
        Standing.objects.exclude(pk=old.pk).delete()
        try:
            correct(world, old, role)
        except PermissionError:
            continue
        done.add(role)
    assert done == RUNS


# --- Walls ------------------------------------------------------------------------------------------------------------


def test_published_standing_refuses_every_write(world: World) -> None:
    standing = published(world)
    with pytest.raises(Refused) as entered:
        enter(world, Standing.objects.get(), "board_head")
    with pytest.raises(Refused) as again:
        publish(world, standing, "board_head")
    with pytest.raises(Refused) as skipped:
        take(world, standing, "skip", "board_head")
    with pytest.raises(Refused) as redrafted:
        take(world, standing, "redraft", "board_head")
    assert [str(said.value) for said in (entered, again, skipped, redrafted)] == [
        standings.WALL,
        REFUSALS["publish"],
        REFUSALS["skip"],
        REFUSALS["redraft"],
    ]
    assert page(world, "board_head", "standing_edit", standing.pk).status_code == 409


def test_closed_year_refuses_every_write(world: World) -> None:
    standing = enter(world, draft(world))
    BlocYear.objects.filter(pk=year(world).pk).update(state=BlocYearState.CLOSED)
    acts = (
        lambda: enter(world, Standing.objects.get()),
        lambda: publish(world, standing),
        lambda: take(world, standing, "skip"),
        lambda: draft(world),
    )
    for go in acts:
        with pytest.raises(Refused) as refused:
            go()
        assert str(refused.value) == years.READ_ONLY
    Standing.objects.update(state=StandingState.PUBLISHED, published_at=house_clock.now())
    with pytest.raises(Refused) as refused:
        correct(world, standing)
    assert str(refused.value) == years.READ_ONLY
    for name, *more in (("standing_edit",), ("standing_correct",), ("standing_step", "skip")):
        assert page(world, "leader", name, standing.pk, *more).status_code == 409


def test_provisional_standing_is_nobody_elses(world: World) -> None:
    standing = draft(world)
    got = {role for role in SEATED if page(world, role, "standing_detail", standing.pk).status_code == 200}
    assert got == EARLY
    assert page(world, "member", "standing_export", standing.pk).status_code == 404
    assert set(Standing.objects.visible_to(world.actor("member"))) == set()
    assert current_places(year(world)) is None
    publish(world, enter(world, standing))
    got = {role for role in SEATED if page(world, role, "standing_detail", standing.pk).status_code == 200}
    assert got == set(SEATED)


def test_correction_under_way_is_not_among_the_versions_a_member_sees(world: World) -> None:
    old = published(world)
    correct(world, old)
    assert "Phiên bản 2" in main(page(world, "leader", "standing_detail", old.pk))
    assert "Phiên bản 2" not in main(page(world, "member", "standing_detail", old.pk))


# --- What pages show --------------------------------------------------------------------------------------------------


def test_page_lists_by_place_groups_apart_and_who_has_none_last(world: World) -> None:
    rows, bloc_year = {}, make.BlocYearFactory()
    province, central = (make.SubgroupFactory(bloc_year=bloc_year, name=name) for name in ("Sở, ngành", "Trung ương"))
    standing = make.StandingFactory(bloc_year=bloc_year, is_by_group=True, state="published")
    for name, group, place, more in (
        ("Sở A", province, 2, {}),
        ("Sở B", province, 1, {}),
        ("Sở C", province, None, {"is_ranked": False}),
        ("Kho bạc", central, 1, {"left_on": dt.date(2026, 6, 1)}),
    ):
        rows[name] = make.MembershipFactory(bloc_year=bloc_year, agency__name=name, subgroup=group, **more)
        make.PlaceFactory(standing=standing, membership=rows[name], place=place)
    shown = main(page(world, "stranger", "standing_detail", standing.pk))
    table = (
        "I. Sở, ngành (03) 1 Sở B – – – 2 Sở A – – – – Sở C – – không xếp hạng "
        "II. Trung ương (01) 1 Kho bạc – – rời khối ngày 01/06/2026"
    )
    assert table in shown


def test_export_has_every_line_with_numbers_as_numbers(world: World) -> None:
    standing = enter(
        world, draft(world), places={"member": PlaceSaid(1, Decimal("97.5"), "Cờ thi đua", ""), "outgoing": 2}
    )
    publish(world, standing)
    sheet = load_workbook(io.BytesIO(page(world, "stranger", "standing_export", standing.pk).content)).active
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=4, max_row=5)]
    assert rows == [
        [1, None, 1, "Sở Tài chính", 97.5, "Cờ thi đua", None],
        [2, None, 2, "Sở Xây dựng", None, None, None],
    ]
    assert sheet["A2"].value == "Khối thi đua A; phiên bản 1, đã công bố, bình xét ngày 30/10/2026"


def test_current_places_are_the_published_ones_only(world: World) -> None:
    old = published(world)
    correct(world, old)
    ranking = current_places(year(world))
    assert ranking is not None
    assert (ranking.standing, [(line.member.agency.name, line.place) for line in ranking.lines[:2]]) == (
        old,
        [("Sở Tài chính", 1), ("Sở Xây dựng", 2)],
    )


# --- Awkward situations (BLOCS 5) -------------------------------------------------------------------------------------


def test_situation_1_two_units_at_rank_3_both_with_the_award(world: World) -> None:
    award = "Bằng khen của Chủ tịch UBND tỉnh"
    third = PlaceSaid(place=3, proposal=award)
    standing = enter(world, draft(world), places={"leader": 1, "deputy": 2, "member": third, "outgoing": third})
    assert "Cần xem lại" not in main(page(world, "leader", "standing_detail", standing.pk))
    publish(world, standing)
    shown = main(page(world, "stranger", "standing_detail", standing.pk))
    assert f"3 Sở Tài chính đồng hạng 3 – {award}" in shown
    assert f"3 Sở Xây dựng đồng hạng 3 – {award}" in shown
    assert "02 đơn vị đồng hạng 3." in shown


def test_situation_2_year_closes_ten_months_late_while_the_next_runs(world: World) -> None:
    late = world.bloc_years["closed"]
    BlocYear.objects.filter(pk=late.pk).update(state=BlocYearState.SCORING)
    review = make.MilestoneFactory(bloc_year=late, kind=MilestoneKind.YEAR_REVIEW, due_on=dt.date(2025, 12, 20))
    outgoing = world.actor("outgoing")  # led 2025 and leads nothing in 2026
    standing = standings.draft(bloc_year=year(world, "closed"), actor=outgoing, at=house_clock.now())
    first = member(world, "member", "closed")
    standings.enter(
        standing=standing, decided_on=dt.date(2026, 10, 14), is_by_group=False, note="",
        places={first.pk: PlaceSaid(place=1)}, revision=0, actor=outgoing, at=house_clock.now(),
    )  # fmt: skip
    standings.publish(standing=standing, revision=1, actor=outgoing, at=house_clock.now())
    review.refresh_from_db()
    assert review.done_on == dt.date(2026, 10, 14)
    assert "xong 14/10/2026, trễ 298 ngày" in main(page(world, "member", "bloc_detail", late.pk))
    assert year(world).state == BlocYearState.RUNNING
    years.take(bloc_year=year(world, "closed"), action="conclude", actor=outgoing, at=house_clock.now())
    years.take(bloc_year=year(world, "closed"), action="close", actor=world.actor("board_head"), at=house_clock.now())
    assert current_places(year(world)) is None


def test_situation_7_leader_ranks_its_own_bloc_and_wins(world: World) -> None:
    standing = enter(world, draft(world), places={"leader": 1, "member": 2})
    assert LEADER_FIRST in main(page(world, "leader", "standing_detail", standing.pk))
    publish(world, standing)
    assert LEADER_FIRST in main(page(world, "stranger", "standing_detail", standing.pk))


def test_leader_who_left_office_before_the_meeting_is_no_conflict(world: World) -> None:
    year(world).terms.filter(role="leader").update(ends_on=dt.date(2026, 6, 30))
    standing = draft(world, "deputy")
    enter(world, standing, "deputy", places={"leader": 1})
    assert LEADER_FIRST not in main(page(world, "deputy", "standing_detail", standing.pk))


# --- Budget -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("rows", [1, 3, 25])
def test_standing_page_takes_twelve_and_its_forms_less(rows: int) -> None:
    make.ProvinceFactory()
    bloc_year = make.BlocYearFactory()
    standing = make.StandingFactory(bloc_year=bloc_year)
    group = make.SubgroupFactory(bloc_year=bloc_year)
    for number in range(rows):
        row = make.MembershipFactory(bloc_year=bloc_year, subgroup=group if number % 2 else None)
        make.PlaceFactory(standing=standing, membership=row, place=number + 1)
        make.LeadershipTermFactory(bloc_year=bloc_year, agency=row.agency, ends_on="2026-12-31")
        make.StandingFactory(bloc_year=bloc_year, version=number + 2, state="superseded", reason="Sửa.")
    client = Client()
    client.force_login(make.SeatFactory(capacity="board_head").user)

    def count(name: str, *more: str) -> int:
        return query_count(lambda: client.get(reverse(name, args=[standing.pk, *more])))

    assert count("standing_detail") == 12
    assert count("standing_edit") == 8
    assert count("standing_step", "publish") == 9
