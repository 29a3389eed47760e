"""Signatures: on screen, on paper, all in one act; once each, voided with a reason, never counted for who left."""

import datetime as dt
import json
import uuid

import pytest
from django.core.files.base import ContentFile

from blocs.models import BlocYear, Membership, Signature
from blocs.queries.covenant import covenant_for, covenant_page
from blocs.services import signatures, years
from emulation.core import clock as house_clock
from emulation.core.errors import Refused
from emulation.core.models import Event, SignedPaper, StoredFile
from emulation.core.papers import OnPaper
from tests import factories as make
from tests.blocs.covenants import (
    ORDER,
    PAPER,
    SIGNED_ON,
    draft,
    emptied,
    fresh,
    member,
    record,
    record_all,
    sign,
    signature,
    signed,
    signing,
    step,
    year,
)
from tests.world import ROLES, World

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.fixture
def world(world_as_built: World) -> World:
    return emptied(world_as_built)


def page(world, paper, role="leader"):
    actor = world.actor(role)
    return covenant_page(covenant_for(actor, paper.pk), actor=actor)


def void(world, row, role="leader", reason="Ghi nhầm đơn vị."):
    found = Signature.objects.select_related("paper__bloc_year", "membership__name").get(pk=row.pk)
    return signatures.void(signature=found, reason=reason, actor=world.actor(role), at=house_clock.now())


def last_event():
    return Event.objects.order_by("-seq")[0]


# --- On screen --------------------------------------------------------------------------------------------------------


def test_signer_signs_with_what_the_seat_says(world):
    row = sign(world, signing(world), "signer_kt")
    assert (row.signer_name, row.signer_title, row.signs_as, row.way, row.signed_on, row.seat) == (
        str(world.users["signer_kt"]), "Phó Giám đốc", "kt", "screen", dt.date(2026, 11, 2), world.seats["signer_kt"],
    )  # fmt: skip
    assert (last_event().verb, json.loads(last_event().data)["signs_as"]) == ("covenant_signed", "kt")


def test_second_click_is_the_same_signature(world):
    paper = signing(world)
    assert sign(world, paper).pk == sign(world, paper).pk
    assert (Signature.objects.count(), Event.objects.filter(verb="covenant_signed").count()) == (1, 1)


def test_another_signer_of_the_agency_is_told_who_signed(world):
    paper = signing(world)
    first = sign(world, paper)
    with pytest.raises(Refused) as refusal:
        sign(world, paper, "signer_kt")
    assert str(refusal.value) == (
        f"“Sở Tài chính” đã có chữ ký ({first.signer_name}, Giám đốc, ngày 02/11/2026); không cần ghi thêm."
    )


@pytest.mark.parametrize("role", [role for role in ROLES if role not in {"signer", "signer_kt"}])
def test_only_a_signer_of_that_agency_signs_on_screen(world, role):
    paper = signing(world)
    with pytest.raises(PermissionError):
        sign(world, paper, role)
    with pytest.raises(PermissionError):
        sign(world, paper, "signer", key="deputy")


@pytest.mark.parametrize(
    ("state", "sentence"),
    [("circulated", signatures.NOT_OPEN), ("superseded", signatures.NOT_HELD), ("none", signatures.NOT_HELD)],
)
def test_covenant_that_is_not_open_takes_no_signature(world, state, sentence):
    paper = draft(world)
    paper.state, paper.none_reason = state, "Lý do." if state == "none" else ""
    paper.save()
    for act in (
        lambda: sign(world, paper),
        lambda: record(world, paper, "member"),
        lambda: record_all(world, paper),
    ):
        with pytest.raises(Refused) as refusal:
            act()
        assert str(refusal.value) == sentence


def test_draft_is_not_even_known_to_the_signer(world):
    with pytest.raises(PermissionError):
        sign(world, draft(world))


# --- On paper ---------------------------------------------------------------------------------------------------------


def test_signature_on_paper_keeps_its_proof_and_for_whom_it_was_typed(world):
    scan = OnPaper("05/GU-KTĐ", SIGNED_ON, "Khối thi đua A", ContentFile(b"%PDF-1.7\n%%EOF\n", name="gu.pdf"))
    row = record(world, signing(world), "member", role="board_specialist", on_paper=scan)
    assert (row.way, row.seat, row.signed_paper.number, row.signed_paper.scan.name) == (
        "paper", None, "05/GU-KTĐ", "gu.pdf",
    )  # fmt: skip
    assert (last_event().verb, last_event().behalf_of, last_event().paper_id) == (
        "signature_recorded", "Sở Tài chính", row.signed_paper_id,
    )  # fmt: skip


def test_agency_types_its_own_for_nobody_else(world):
    paper = signing(world)
    record(world, paper, "member", role="member")
    assert last_event().behalf_of == ""
    with pytest.raises(PermissionError):
        record(world, paper, "outgoing", role="member")


def test_name_of_the_agency_in_the_event_is_the_one_it_bore(world):
    row = member(world, "member")
    row.name = make.AgencyNameFactory(
        agency=row.agency, full="Sở Tài chính - Vật giá", valid_from=dt.date(1990, 1, 1), valid_to=dt.date(2003, 1, 1)
    )
    row.save()
    record(world, signing(world), "member")
    assert last_event().behalf_of == "Sở Tài chính - Vật giá"


def test_paper_is_asked_for(world):
    paper = signing(world)
    for act in (lambda: record(world, paper, "member", on_paper=None), lambda: record_all(world, paper, on_paper=None)):
        with pytest.raises(Refused) as refusal:
            act()
        assert str(refusal.value) == signatures.NEEDS_PAPER


def test_day_in_the_future_is_refused(world):
    with pytest.raises(Refused, match=r"^Ngày này ở tương lai"):
        record(world, signing(world), "member", said=signature(day=dt.date(2026, 11, 3)))


def test_two_officers_record_the_same_signature_and_one_row_stands(world):
    paper = signing(world)
    record(world, paper, "member", role="member", said=signature("Lê Thị Hoa"))
    with pytest.raises(Refused) as refusal:
        record(world, paper, "member", role="board_specialist")
    assert str(refusal.value) == (
        "“Sở Tài chính” đã có chữ ký (Lê Thị Hoa, Giám đốc, ngày 15/03/2026); không cần ghi thêm."
    )
    assert (Signature.objects.count(), SignedPaper.objects.filter(number=PAPER.number).count()) == (1, 1)


def test_second_click_on_record_finds_the_first(world):
    paper, key = signing(world), uuid.uuid4()
    assert record(world, paper, "member", creation_key=key).pk == record(world, paper, "member", creation_key=key).pk


def test_member_of_another_bloc_does_not_sign_here(world):
    with pytest.raises(ValueError, match="no member of that bloc year"):
        signatures.record(
            paper=fresh(signing(world)), membership=member(world, "stranger", "scoring"), said=signature(),
            on_paper=PAPER, creation_key=uuid.uuid4(), actor=world.actor("board_head"), at=house_clock.now(),
        )  # fmt: skip


# --- All in one act ---------------------------------------------------------------------------------------------------


def test_ten_ticks_are_one_act_on_one_paper(world):
    for _ in range(6):
        make.MembershipFactory(bloc_year=year(world))
    paper = signing(world)
    said = {row.pk: signature(f"Người ký {row.pk}") for row in year(world).memberships.all()}
    scan = OnPaper("05/GU-KTĐ", SIGNED_ON, "Khối thi đua A", ContentFile(b"%PDF-1.7\n%%EOF\n", name="gu.pdf"))
    made = signatures.record_all(
        paper=fresh(paper), signatures=said, on_paper=scan, creation_key=uuid.uuid4(), actor=world.actor("leader"),
        at=house_clock.now(),
    )  # fmt: skip
    assert (len(made), {row.way for row in made}, len({row.signed_paper_id for row in made})) == (10, {"meeting"}, 1)
    assert StoredFile.objects.filter(name="gu.pdf").count() == 1
    assert Event.objects.filter(verb="signatures_recorded").count() == 1


def test_second_click_on_all_writes_nothing_twice(world):
    paper, key = signing(world), uuid.uuid4()
    first = record_all(world, paper, creation_key=key)
    again = record_all(world, paper, creation_key=key)
    assert {row.pk for row in first} == {row.pk for row in again}
    assert Signature.objects.count() == len(ORDER)


def test_who_signed_already_is_named_and_nothing_is_written(world):
    paper = signing(world)
    sign(world, paper)
    with pytest.raises(Refused) as refusal:
        record_all(world, paper)
    assert str(refusal.value) == "Đã có chữ ký của Sở Tài chính; bỏ dấu ở các đơn vị đó rồi lưu lại."
    assert Signature.objects.count() == 1


def test_nobody_ticked_is_refused(world):
    with pytest.raises(Refused, match=r"^Đánh dấu ít nhất một đơn vị"):
        record_all(world, signing(world), ())


@pytest.mark.parametrize("role", ["member", "signer", "account_manager", "council", "outgoing", "stranger"])
def test_all_in_one_act_and_voiding_are_for_who_runs_the_bloc(world, role):
    paper = signing(world)
    with pytest.raises(PermissionError):
        record_all(world, paper, role=role)
    row = record(world, paper, "member")
    with pytest.raises(PermissionError):
        void(world, row, role=role)


# --- Voiding ----------------------------------------------------------------------------------------------------------


def test_voided_signature_stays_and_the_agency_signs_again(world):
    paper = signing(world)
    row = record(world, paper, "member")
    with pytest.raises(Refused, match=r"^Ghi lý do hủy chữ ký"):
        void(world, row, reason=" ")
    void(world, row)
    assert (last_event().verb, last_event().note) == ("signature_voided", "Ghi nhầm đơn vị.")
    with pytest.raises(Refused, match=r"^Chữ ký này đã hủy rồi"):
        void(world, row)
    sign(world, paper)
    assert (page(world, paper).signed, page(world, paper).voided) == (1, 1)


def test_closed_year_is_a_wall(world):
    paper = signing(world)
    row = record(world, paper, "member")
    BlocYear.objects.filter(pk=year(world).pk).update(state="closed")
    for act in (
        lambda: sign(world, paper),
        lambda: record(world, paper, "deputy"),
        lambda: record_all(world, paper, ("deputy",)),
        lambda: void(world, row),
        lambda: step(world, paper, "finish"),
    ):
        with pytest.raises(Refused) as refusal:
            act()
        assert str(refusal.value) == years.READ_ONLY


# --- The grid ---------------------------------------------------------------------------------------------------------


def test_members_stand_in_the_order_of_the_decision_never_of_the_alphabet(world):
    rows = list(Membership.objects.filter(bloc_year=year(world)).order_by("position"))
    for position, row in enumerate(reversed(rows), start=1):
        Membership.objects.filter(pk=row.pk).update(position=position)
    said = page(world, signing(world))
    assert [line.row.name.full for line in said.members] == [
        "Sở Xây dựng", "Sở Tài chính", "Sở Nội vụ", "Văn phòng UBND tỉnh",
    ]  # fmt: skip
    assert [line.role for line in said.members] == ["", "", "Phó Trưởng khối", "Trưởng khối"]


def test_who_left_is_shown_apart_and_who_joined_later_is_counted(world):
    paper = signing(world)
    record(world, paper, "outgoing")
    Membership.objects.filter(pk=member(world, "outgoing").pk).update(left_on=dt.date(2026, 6, 1))
    make.MembershipFactory(bloc_year=year(world), joined_on=dt.date(2026, 7, 1))
    said = page(world, paper)
    assert ([line.row.name.full for line in said.gone], said.signed_words) == (["Sở Xây dựng"], "đã ký 00/04 đơn vị")


def test_who_left_signs_no_later_day_but_an_earlier_one(world):
    paper = signing(world)
    Membership.objects.filter(pk=member(world, "outgoing").pk).update(left_on=dt.date(2026, 3, 31))
    with pytest.raises(Refused, match=r"^“Sở Xây dựng” đã rời khối từ ngày 31/03/2026"):
        record(world, paper, "outgoing", said=signature(day=dt.date(2026, 4, 1)))
    assert record(world, paper, "outgoing").signed_on == SIGNED_ON


def test_signature_that_comes_after_the_covenant_was_finished_is_still_written(world):
    paper = signing(world)
    record_all(world, paper, ("leader", "deputy", "member"))
    step(world, paper, "finish", note="Sở Xây dựng ký sau.")
    record(world, paper, "outgoing", said=signature(signs_as="kt", day=dt.date(2026, 4, 2)))
    assert (page(world, paper).signed_words, fresh(paper).passed_on) == ("đã ký 04/04 đơn vị", SIGNED_ON)


# --- Awkward situations -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "note"),
    [
        (dt.date(2025, 11, 6), "Ký trước khi năm thi đua bắt đầu (06/11/2025)."),
        (dt.date(2026, 8, 7), "Ký khi đã quá nửa năm thi đua (07/08/2026)."),
    ],
)
def test_situation_3_covenant_signed_before_the_year_or_after_half_of_it(world, day, note):
    BlocYear.objects.filter(pk=year(world).pk).update(state="preparing")
    paper = signing(world)
    for key in ORDER:
        record(world, paper, key, said=signature(day=day))
    step(world, paper, "finish")
    assert (fresh(paper).passed_on, page(world, paper).timing_note) == (day, note)
    assert year(world).milestones.get(kind="covenant").done_on == day


def test_situation_6_nine_members_eight_present_nine_signatures(world):
    for _ in range(5):
        make.MembershipFactory(bloc_year=year(world))
    BlocYear.objects.filter(pk=year(world).pk).update(stated_member_count=8)
    paper = signing(world)
    *present, absent = year(world).memberships.in_order()
    signatures.record_all(
        paper=fresh(paper), signatures={row.pk: signature() for row in present}, on_paper=PAPER,
        creation_key=uuid.uuid4(), actor=world.actor("leader"), at=house_clock.now(),
    )  # fmt: skip
    assert page(world, paper).signed_words == "đã ký 08/09 đơn vị"
    signatures.record(
        paper=fresh(paper), membership=Membership.objects.select_related("name").get(pk=absent.pk),
        said=signature(day=dt.date(2026, 3, 20), signs_as="kt"), on_paper=PAPER, creation_key=uuid.uuid4(),
        actor=world.actor("leader"), at=house_clock.now(),
    )  # fmt: skip
    step(world, paper, "finish")
    said = page(world, paper)
    assert (said.signed_words, said.stated_note) == (
        "đã ký 09/09 đơn vị", "Nguồn số liệu nêu 08 đơn vị, danh sách của khối có 09 đơn vị.",
    )  # fmt: skip


def test_situation_6_n_of_n_may_disagree_when_the_reason_is_given(world):
    paper = signing(world)
    record_all(world, paper, ("leader", "deputy"))
    step(world, paper, "finish", note="Hai đơn vị vắng, gửi văn bản thống nhất sau.")
    said = page(world, paper)
    assert (said.signed_words, said.finish_note) == (
        "đã ký 02/04 đơn vị", "Hai đơn vị vắng, gửi văn bản thống nhất sau.",
    )  # fmt: skip


def test_situation_16_deputy_head_signs_kt_after_the_head_changed(world):
    paper = signing(world)
    head = world.seats["signer"]
    head.ends_on = dt.date(2026, 6, 30)
    head.save()
    with pytest.raises(PermissionError):
        sign(world, paper, "signer")
    row = sign(world, paper, "signer_kt")
    assert (row.signs_as, row.signer_title) == ("kt", "Phó Giám đốc")
    new = make.SeatFactory(
        user=make.UserFactory(), capacity="signer", agency=world.agencies["member"], title="Giám đốc", signs_as="head"
    )
    world.users["new_head"] = new.user
    with pytest.raises(Refused, match=r"^“Sở Tài chính” đã có chữ ký"):
        sign(world, paper, "new_head")


def test_situation_16_signature_of_a_head_who_left_stays_readable(world):
    paper = signing(world)
    sign(world, paper)
    world.seats["signer"].ends_on = dt.date(2026, 11, 2)
    world.seats["signer"].title = "Nguyên Giám đốc"
    world.seats["signer"].save()
    assert page(world, paper, "board_head").own is None
    line = next(line for line in page(world, paper, "member").members if line.signature)
    assert (line.signature.signer_title, line.signature.get_signs_as_display()) == ("Giám đốc", "Thủ trưởng")


def test_signed_covenant_takes_no_second_signature_and_no_second_first_version(world):
    paper = signed(world)
    with pytest.raises(Refused, match=r"^“Sở Tài chính” đã có chữ ký"):
        sign(world, paper)
    with pytest.raises(Refused, match=r"^Đã có “Giao ước thi đua năm 2026”, phiên bản 1 \(đã ký\)"):
        draft(world)
