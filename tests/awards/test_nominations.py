"""Nominations: drafted on four routes, made in one act, completed, moved, held; who may and what refuses."""

import json
import uuid
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from awards.domain.nomination import HELD
from awards.enums import Route
from awards.models import AwardKind, Nomination, Person
from awards.services import nominations
from awards.services.nominations import FindingSaid, PastedPick, Picked, Said
from awards.services.persons import PersonSaid
from blocs.models import Agency
from emulation.core import audit
from emulation.core import clock as house_clock
from emulation.core.errors import Refused, Stale
from emulation.core.models import Event, label_of
from tests import factories as make
from tests.world import World, build

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.fixture
def world() -> World:
    return build()


def award(slug: str) -> AwardKind:
    return AwardKind.objects.get(slug=slug)


def said(
    world: World, route: Route = Route.VIA_BLOC, slug: str = "co_tinh", owner: str = "member", **more: Any
) -> Said:
    bloc_year = world.bloc_years["running"] if route == Route.VIA_BLOC else None
    values = {"bloc_year": bloc_year} | more
    return Said(route=route, year=world.years["2026"], owner=world.agencies[owner], award=award(slug), **values)


def draft(world: World, role: str = "member", *args: Any, key: uuid.UUID | None = None, **more: Any) -> Nomination:
    return nominations.draft(
        said=said(world, *args, **more), creation_key=key or uuid.uuid4(), actor=world.actor(role), at=house_clock.now()
    )


def take(world: World, row: Nomination, action: str, role: str = "leader", **more: Any) -> Nomination:
    fresh = Nomination.objects.get(pk=row.pk)
    nominations.take(nomination=fresh, action=action, actor=world.actor(role), at=house_clock.now(), **more)
    return Nomination.objects.get(pk=row.pk)


def person(name: str = "Nguyễn Văn An", **more: Any) -> PersonSaid:
    return PersonSaid(name=name, **({"position": "Trưởng phòng"} | more))


def test_an_agency_drafts_on_its_three_routes_and_never_twice(world: World) -> None:
    key = uuid.uuid4()
    own = draft(world, key=key)
    assert (own.subject_name, own.subject_title, own.owner, own.state) == ("Sở Tài chính", "", own.agency, "draft")
    assert draft(world, key=key).pk == own.pk
    with pytest.raises(Refused, match=r"^Năm 2026 đã có đề nghị tặng “Cờ thi đua"):
        draft(world)
    direct = draft(world, "signer", Route.DIRECT, "cstd_tinh", person=person())
    assert (direct.subject_name, direct.subject_title, direct.bloc_year) == (
        "Nguyễn Văn An", "Trưởng phòng, Sở Tài chính", None,
    )  # fmt: skip
    unit = draft(world, "member", Route.DIRECT, "bk_tinh", unit_name="Phòng Ngân sách")
    assert (unit.agency.parent, unit.owner, unit.subject_title) == (
        unit.owner,
        world.agencies["member"],
        "Sở Tài chính",
    )
    again = draft(world, "member", Route.RECORDED, "giay_khen", unit_name="phong ngan sach")
    assert (again.agency, again.route) == (unit.agency, "recorded")
    assert unit.agency.memberships.count() == 0


def test_who_drafts_what(world: World) -> None:
    for role, args, more in (
        ("member", (Route.BOARD, "bk_tinh"), {"person": person()}),
        ("member", (Route.VIA_BLOC,), {"owner": "leader"}),
        ("leader", (Route.DIRECT, "bk_tinh"), {"person": person()}),
        ("council", (Route.VIA_BLOC,), {}),
        ("account_manager", (Route.VIA_BLOC,), {}),
    ):
        with pytest.raises(PermissionError):
            draft(world, role, *args, **more)
    assert draft(world, "board_specialist").state == "draft"
    for wrong, sentence in (
        ({"owner": "stranger"}, r"^“Hội Nông dân tỉnh” không thuộc khối này"),
        ({"unit_name": "Phòng Ngân sách"}, r"^Qua khối chỉ đề nghị tập thể"),
        ({"slug": "cstd_tinh"}, r"không tặng cho tập thể"),
        ({"votes_for": 3}, r"^Ghi cả số phiếu"),
    ):
        with pytest.raises(Refused, match=sentence):
            draft(world, "board_head", **wrong)
    with pytest.raises(Refused, match=r"không tặng cho cá nhân; chọn danh hiệu, hình thức khác\.$"):
        draft(world, "member", Route.DIRECT, "co_tinh", person=person())
    with pytest.raises(Refused, match=r"đơn vị không tự quyết định được; chọn .* hoặc trình thẳng\.$"):
        draft(world, "member", Route.RECORDED, "cstd_tinh", person=person())
    assert Person.objects.count() == 0


def test_persons_are_found_again_and_namesakes_are_asked_about(world: World) -> None:
    first = draft(world, "member", Route.DIRECT, "cstd_tinh", person=person())
    second = draft(world, "member", Route.DIRECT, "bk_tinh", person=person("NGUYỄN VĂN AN", position="Phó Giám đốc"))
    assert (second.person, second.person.name, second.person.position) == (
        first.person,
        "Nguyễn Văn An",
        "Phó Giám đốc",
    )
    other = draft(world, "member", Route.DIRECT, "cstd_tinh", person=person(is_new=True))
    assert other.person != first.person
    with pytest.raises(Refused, match=r"^Sở Tài chính có 2 người tên “Nguyễn Văn An”"):
        draft(world, "member", Route.DIRECT, "giay_khen", person=person())
    chosen = draft(world, "member", Route.DIRECT, "giay_khen", person=person(chosen=other.person_id))
    assert chosen.person == other.person


def test_from_a_standing_in_one_act_and_nothing_twice(world: World) -> None:
    row = world.bloc_years["running"]
    submitted = take(world, draft(world), "submit", "signer")
    picked = [
        Picked(world.agencies["member"], award("co_tinh"), place=1),
        Picked(world.agencies["deputy"], award("bk_tinh"), place=2),
    ]

    def click(role: str = "leader") -> list[Nomination]:
        return nominations.from_standing(bloc_year=row, lines=picked, actor=world.actor(role), at=house_clock.now())

    for role in ("member", "council"):
        with pytest.raises(PermissionError):
            click(role)
    before = Event.objects.count()
    made = click()
    assert [(line.subject_name, line.place, line.state) for line in made] == [
        ("Sở Tài chính", 1, "endorsed"), ("Sở Nội vụ", 2, "endorsed"),
    ]  # fmt: skip
    assert made[0].pk == submitted.pk
    assert [event.verb for event in Event.objects.filter(seq__gt=before).order_by("seq")] == [
        "nomination_endorsed", "nomination_drafted", "nomination_agreed",
    ]  # fmt: skip
    assert (click(), click("board_head"), Nomination.objects.count()) == ([], [], 2)
    picked[:] = [Picked(world.agencies["stranger"], award("co_tinh"))]
    with pytest.raises(Refused, match="không thuộc khối này"):
        click()
    assert list(audit.faults()) == []


def test_the_bloc_agrees_not_to_propose_and_may_meet_again(world: World) -> None:
    row = world.bloc_years["running"]
    dossier = make.SubmissionFactory(bloc_year=row, agency=world.agencies["leader"])

    def decline(key: str = "member", role: str = "leader", reason: str = "Chưa đủ điểm.") -> Nomination:
        line = Picked(world.agencies[key], award("co_tinh"), place=3)
        return nominations.decline_from_standing(
            bloc_year=row, line=line, reason=reason, actor=world.actor(role), at=house_clock.now()
        )

    with pytest.raises(PermissionError):
        decline(role="member")
    with pytest.raises(Refused, match=r"^Cần ghi lý do"):
        decline(reason=" ")
    with pytest.raises(Refused, match="không thuộc khối này"):
        decline("stranger")
    assert Nomination.objects.count() == 0
    drafted = draft(world)
    for _ in range(2):
        declined = decline()
    assert (declined.pk, declined.state, declined.place) == (drafted.pk, "declined", 3)
    told = Event.objects.filter(subject_label=label_of(Nomination), subject_id=drafted.pk).order_by("seq")
    assert list(told.values_list("verb", "note")) == [
        ("nomination_drafted", ""), ("nomination_disagreed", "Chưa đủ điểm."),
    ]  # fmt: skip

    def agree(*shown: int) -> list[Nomination]:
        again = [Picked(world.agencies["member"], award("co_tinh"), place=1)]
        who = {"actor": world.actor("leader"), "at": house_clock.now()}
        return nominations.from_standing(bloc_year=row, lines=again, declined=shown, **who)

    with pytest.raises(Refused, match=r"^Khối vừa ghi không đề nghị .*Sở Tài chính.*Mở lại trang"):
        agree()
    (agreed,) = agree(drafted.pk)
    assert (agreed.pk, agreed.state, agreed.place) == (drafted.pk, "endorsed", 1)

    def now(state: str, **values: Any) -> None:
        Nomination.objects.filter(pk=agreed.pk).update(state=state, **values)

    now("endorsed", submission=dossier)
    assert Nomination.objects.get(pk=decline().pk).submission is None
    told = Event.objects.get(verb="submission_arranged", subject_id=dossier.pk)
    assert json.loads(told.data) == {"added": [], "dropped": [agreed.pk]}
    dossier.refresh_from_db()
    assert dossier.revision == 1
    for state, sentence in (("sent", "khi chưa gửi Sở Nội vụ"), ("returned", "đang trả lại đơn vị hoàn thiện")):
        now(state, submission=dossier)
        with pytest.raises(Refused, match=sentence):
            decline()
    now("returned", submission=None)
    assert decline().state == "declined"
    now("withdrawn")
    assert decline().pk != agreed.pk


def test_what_the_bloc_declined_is_not_endorsed_beside_another_that_is_open(world: World) -> None:
    first = make.NominationFactory(
        bloc_year=world.bloc_years["running"], agency=world.agencies["member"], award=award("co_tinh"), state="declined"
    )
    second = take(world, draft(world), "submit", "member")
    with pytest.raises(Refused, match=r"^Năm 2026 đã có đề nghị tặng “Cờ thi đua"):
        take(world, first, "endorse")
    picked = [Picked(world.agencies["member"], award("co_tinh"))]
    (agreed,) = nominations.from_standing(
        bloc_year=first.bloc_year, lines=picked, actor=world.actor("leader"), at=house_clock.now()
    )
    assert agreed == second


@pytest.mark.parametrize("state", ["appraised", "approved", "refused", "proposed_up", "not_granted"])
def test_a_second_draft_does_not_tell_what_the_board_found(world: World, state: str) -> None:
    dossier = make.SubmissionFactory(bloc_year=world.bloc_years["running"], state="received")
    changed = {"award": award("bk_tinh"), "asked_award": award("co_tinh")}
    make.NominationFactory(
        bloc_year=world.bloc_years["running"], agency=world.agencies["member"], submission=dossier, state=state,
        **changed if state == "approved" else {"award": award("co_tinh")},
    )  # fmt: skip
    with pytest.raises(Refused, match=r"^Năm 2026 đã có đề nghị tặng “Cờ thi đua"):
        draft(world)
    if state == "approved":
        with pytest.raises(Refused, match=r"^Hiện chưa lập thêm được"):
            draft(world, slug="bk_tinh")
    type(dossier).objects.update(state="decided")
    if state in {"refused", "not_granted"}:
        assert draft(world).state == "draft"


def test_an_award_the_board_changed_is_not_proposed_a_second_time(world: World) -> None:
    values = {"award": award("bk_tinh"), "asked_award": award("co_tinh"), "state": "approved"}
    make.NominationFactory(bloc_year=world.bloc_years["running"], agency=world.agencies["member"], **values)
    lines = [Picked(world.agencies["member"], award(slug)) for slug in ("co_tinh", "bk_tinh")]
    who = {"actor": world.actor("leader"), "at": house_clock.now()}
    assert nominations.from_standing(bloc_year=world.bloc_years["running"], lines=lines, **who) == []


def test_a_pasted_list_is_drafted_whole_or_not_at_all(world: World) -> None:
    member, leader = world.agencies["member"], world.agencies["leader"]

    def paste(
        lines: list[PastedPick], key: uuid.UUID, slug: str = "bk_tinh", role: str = "board_specialist"
    ) -> list[Any]:
        return nominations.paste(
            year=world.years["2026"], lines=lines, award=award(slug), commendation=None, merit="phòng, chống lụt bão",
            creation_key=key, actor=world.actor(role), at=house_clock.now(),
        )  # fmt: skip

    lines = [PastedPick(member, person()), PastedPick(leader, person("Lê Bình")), PastedPick(leader)]
    key = uuid.uuid4()
    with pytest.raises(Refused, match="không tặng cho"):
        paste(lines, key, "co_tinh")
    with pytest.raises(PermissionError):
        paste(lines, key, role="member")
    assert (Person.objects.count(), Nomination.objects.count()) == (0, 0)
    made = paste(lines, key)
    assert [(row.route, row.subject_name, row.merit) for row in made] == [
        ("board", "Nguyễn Văn An", "phòng, chống lụt bão"),
        ("board", "Lê Bình", "phòng, chống lụt bão"),
        ("board", "Văn phòng UBND tỉnh", "phòng, chống lụt bão"),
    ]
    assert [row.pk for row in paste(lines, key)] == [row.pk for row in made]


def test_the_bloc_returns_with_gaps_and_the_member_makes_them_good(world: World) -> None:
    row = take(world, draft(world), "submit", "member")
    need = row.award.papers.order_by("position")[0]
    findings = [FindingSaid(need.title, need), FindingSaid("Ghi rõ số phiếu.")]
    with pytest.raises(Refused, match=r"^Cần ghi lý do"):
        take(world, row, "return")
    row = take(world, row, "return", note="Thiếu giấy tờ.", findings=findings)
    file = SimpleUploadedFile("to-trinh.pdf", b"%PDF-1.7\n%%EOF\n")
    key = uuid.uuid4()
    for _ in range(2):
        nominations.attach(
            nomination=row, title="", need=need, file=file, creation_key=key, actor=world.actor("member"),
            at=house_clock.now(),
        )  # fmt: skip
        file.seek(0)
    assert [(paper.title, paper.need) for paper in row.attachments.all()] == [(need.title, need)]
    assert [gap.resolved_at is None for gap in row.findings.order_by("pk")] == [False, True]
    row = take(world, row, "submit", "member")
    assert row.findings.filter(resolved_at=None).count() == 0
    assert take(world, row, "endorse").state == "endorsed"
    assert take(world, row, "decline", note="Họp lại.").state == "declined"


def test_a_held_nomination_rests_until_it_is_taken_up_again(world: World) -> None:
    row = take(world, draft(world), "submit", "member")
    specialist = {"actor": world.actor("board_specialist"), "at": house_clock.now()}
    with pytest.raises(PermissionError):
        nominations.hold(nomination=row, reason="Đơn phản ánh.", actor=world.actor("leader"), at=house_clock.now())
    nominations.hold(nomination=row, reason="Đơn phản ánh.", **specialist)
    with pytest.raises(Refused, match=HELD):
        take(world, row, "endorse")
    with pytest.raises(Refused, match="từ trước"):
        nominations.hold(nomination=row, reason="Nữa.", **specialist)
    nominations.resume(nomination=row, outcome="Không đúng sự thật.", **specialist)
    assert take(world, row, "endorse").state == "endorsed"
    nominations.hold(nomination=row, reason="Lần hai.", **specialist)
    row = take(world, row, "withdraw", "member", note="Rút.")
    assert (row.state, row.is_held, row.holds.filter(resumed_at=None).exists()) == ("withdrawn", False, False)
    assert take(world, row, "restore", "member").state == "draft"
    said_of = Event.objects.filter(subject_label=label_of(Nomination))
    assert "phản ánh" not in "".join(f"{event.note}{event.data}" for event in said_of)


def test_content_is_edited_by_who_proposes_and_a_stale_form_loses(world: World) -> None:
    row = draft(world)
    nominations.edit(
        nomination=row, revision=0, achievement="Hoàn thành xuất sắc.", award=award("bk_tinh"),
        actor=world.actor("member"), at=house_clock.now(),
    )  # fmt: skip
    fresh = Nomination.objects.get(pk=row.pk)
    assert (fresh.achievement, fresh.award.slug, fresh.revision) == ("Hoàn thành xuất sắc.", "bk_tinh", 1)
    with pytest.raises(Stale):
        nominations.edit(nomination=fresh, revision=0, merit="x", actor=world.actor("board_head"), at=house_clock.now())
    with pytest.raises(PermissionError):
        nominations.edit(nomination=fresh, revision=1, merit="x", actor=world.actor("leader"), at=house_clock.now())
    Nomination.objects.filter(pk=row.pk).update(state="sent")
    with pytest.raises(Refused, match=r"^Đề nghị đã gửi đi"):
        nominations.edit(nomination=fresh, revision=1, merit="x", actor=world.actor("member"), at=house_clock.now())


def test_withdrawn_and_taken_up_again_unless_there_is_another(world: World) -> None:
    row = take(world, draft(world), "withdraw", "member", note="Nhầm.")
    draft(world)
    with pytest.raises(Refused, match="đã có đề nghị"):
        take(world, row, "restore", "member")
    assert Agency.objects.count() == len(world.agencies)
