"""The pages of a covenant: what is shown to whom, what was typed stays, how many statements it takes."""

import re
import uuid
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from blocs.models import BlocPaper, Clause, Membership, Signature, Target, TargetValue
from blocs.services.covenants import TargetSaid
from tests import factories as make
from tests.blocs.covenants import (
    ORDER,
    draft,
    emptied,
    fresh,
    member,
    record,
    record_all,
    sign,
    signed,
    signing,
    step,
    targets,
    write,
    year,
)
from tests.http import main, query_count
from tests.world import ROLES, World

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

RUNS = {"board_head", "board_specialist", "leader", "deputy"}
READS = RUNS | {"member", "signer", "signer_kt", "account_manager", "council", "outgoing"}
HIGH = TargetSaid("Hồ sơ đúng hạn", unit="%", planned=Decimal("98.5"))
WORDS = TargetSaid("Cơ quan văn hóa", section="II. Văn hóa", planned_text="Giữ vững danh hiệu")
SCAN = b"%PDF-1.7\n%%EOF\n"


@pytest.fixture
def world(world_as_built: World) -> World:
    return emptied(world_as_built)


def url(name, *args):
    return reverse(name, args=args)


def get(world, role, name, *args):
    return world.client(role).get(url(name, *args))


def allowed(world, name, *args):
    return {role for role in ROLES if get(world, role, name, *args).status_code == 200}


def typed(response):
    """Return what a form posts when nothing is changed: every box with what it shows."""
    form = response.context["form"]
    data = {name: form[name].value() for name in form.fields if not name.startswith("removes_")}
    text = {name: "" if value is None else form.fields[name].prepare_value(value) for name, value in data.items()}
    return {name: value for name, value in text.items() if value is not False} | {
        "revision": str(response.context["revision"])
    }


# --- The page ---------------------------------------------------------------------------------------------------------


def test_page_says_what_is_promised_who_plans_what_and_who_has_signed(world):
    paper = draft(world)
    write(world, paper, theme="Đoàn kết, sáng tạo", basis="Căn cứ Luật;", witness="Bà Lê Thị Lan")
    first, _ = targets(world, paper, HIGH, WORDS)
    make.TargetValueFactory(target=first, membership=member(world, "member"), planned=Decimal("99.5"))
    make.TargetValueFactory(target=first, membership=member(world, "deputy"), is_assigned=False)
    step(world, paper, "open_signing")
    record(world, paper, "member")
    said = main(get(world, "member", "covenant_detail", paper.pk))
    for words in (
        "phiên bản 1 · đang ký · đã ký 01/04 đơn vị",
        "Chủ đề: “Đoàn kết, sáng tạo” Căn cứ Luật; Thi đua hoàn thành nhiệm vụ.",
        "Đại diện chứng kiến: Bà Lê Thị Lan",
        "1 Hồ sơ đúng hạn càng cao càng tốt % – 98,5 02/04",
        "II. Văn hóa 2 Cơ quan văn hóa càng cao càng tốt – – Giữ vững danh hiệu 00/04",
        "2 Sở Nội vụ không giao –",
        "3 Sở Tài chính 99,5 –",
        "Sở Tài chính Đã ký Nguyễn Văn Ký, Giám đốc · Thủ trưởng · 15/03/2026 · ký trên giấy",
        "Sở Xây dựng Chưa ký",
    ):
        assert words in said


def test_draft_is_seen_by_who_runs_the_bloc_and_later_by_its_members(world):
    paper = draft(world)
    assert allowed(world, "covenant_detail", paper.pk) == RUNS
    step(world, paper, "circulate")
    assert allowed(world, "covenant_detail", paper.pk) == READS


@pytest.mark.parametrize(
    ("role", "links"),
    [
        ("leader", {"bloc_paper_step", "covenant_record_all", "covenant_record"}),
        ("signer", {"covenant_sign", "covenant_record"}),
        ("member", {"covenant_record"}),
        ("council", set()),
    ],
)
def test_each_is_offered_what_they_may_do_while_it_is_signed(world, role, links):
    paper = signing(world)
    page = get(world, role, "covenant_detail", paper.pk).content.decode()
    own = member(world, "member").pk
    offered = {
        "bloc_paper_step": url("bloc_paper_step", paper.pk, "finish"),
        "covenant_record_all": url("covenant_record_all", paper.pk),
        "covenant_sign": url("covenant_sign", paper.pk),
        "covenant_record": url("covenant_record", paper.pk, own),
    }
    assert {name for name, address in offered.items() if f'href="{address}"' in page} == links


def test_closed_year_offers_nothing(world):
    paper = signing(world)
    bloc_year = year(world)
    bloc_year.state = "closed"
    bloc_year.save()
    page = get(world, "leader", "covenant_detail", paper.pk).content.decode()
    assert url("covenant_record_all", paper.pk) not in page
    for name, args in (("covenant_record_all", ()), ("covenant_record", (member(world, "member").pk,))):
        assert get(world, "leader", name, paper.pk, *args).status_code == 409


@pytest.mark.parametrize("rows", [1, 25])
def test_covenant_page_takes_fifteen_with_25_members_and_12_targets(world, rows):
    bloc_year = world.bloc_years["concluded"]
    members = [make.MembershipFactory(bloc_year=bloc_year) for _ in range(rows)]
    covenant = make.CovenantFactory(bloc_year=bloc_year, state="signed")
    for number in range(1, (12 if rows > 1 else 1) + 1):
        target = make.TargetFactory(bloc_year=bloc_year, covenant=covenant, number=number)
        make.ClauseFactory(covenant=covenant, number=number)
        TargetValue.objects.bulk_create(TargetValue(target=target, membership=row, planned=1) for row in members)
    for row in members:
        make.SignatureFactory(paper=covenant.paper, membership=row)
    client, address = world.client("board_specialist"), url("covenant_detail", covenant.paper.pk)
    assert query_count(lambda: client.get(address)) == 15


@pytest.mark.parametrize("rows", [1, 25])
def test_grid_of_values_takes_nine(world, rows):
    bloc_year = world.bloc_years["concluded"]
    members = [make.MembershipFactory(bloc_year=bloc_year) for _ in range(rows)]
    covenant = make.CovenantFactory(bloc_year=bloc_year)
    for number in range(1, (12 if rows > 1 else 1) + 1):
        target = make.TargetFactory(bloc_year=bloc_year, covenant=covenant, number=number)
        TargetValue.objects.bulk_create(TargetValue(target=target, membership=row, planned=1) for row in members)
    client, address = world.client("board_specialist"), url("covenant_values", covenant.paper.pk)
    assert query_count(lambda: client.get(address)) == 9


# --- Text and targets -------------------------------------------------------------------------------------------------


def test_covenant_is_drafted_and_written_through_its_forms(world):
    client, bloc_year = world.client("leader"), year(world)
    said = {"creation_key": uuid.uuid4(), "title": "Giao ước thi đua năm 2026"}
    made = client.post(url("bloc_paper_new", bloc_year.pk, "covenant"), said)
    paper = BlocPaper.objects.get()
    assert made["Location"] == url("covenant_edit", paper.pk)
    data = typed(client.get(url("covenant_edit", paper.pk))) | {"clauses": "Một\n\nHai"}
    assert client.post(url("covenant_edit", paper.pk), data).status_code == 302
    assert [row.text for row in Clause.objects.order_by("number")] == ["Một", "Hai"]


def test_two_people_edit_one_covenant_and_the_second_sees_both_texts(world):
    paper = draft(world)
    write(world, paper, clauses=("Cũ",))
    first, second = world.client("leader"), world.client("board_specialist")
    data = typed(first.get(url("covenant_edit", paper.pk)))
    assert first.post(url("covenant_edit", paper.pk), data | {"clauses": "Của Trưởng khối"}).status_code == 302
    late = second.post(url("covenant_edit", paper.pk), data | {"clauses": "Của chuyên viên"})
    assert late.status_code == 409
    assert "Nội dung thi đua Của chuyên viên Của Trưởng khối" in main(late)
    again = {**data, "clauses": "Của chuyên viên", "revision": str(late.context["revision"])}
    assert second.post(url("covenant_edit", paper.pk), again).status_code == 302


def test_targets_are_kept_in_one_table_and_moved_by_their_numbers(world):
    paper = draft(world)
    first, second = targets(world, paper, HIGH, WORDS)
    client = world.client("leader")
    page = client.get(url("covenant_targets", paper.pk))
    data = typed(page) | {
        f"order_{second.pk}": "1", "indicator_new1": "Sáng kiến", "plan_new1": "5", "base_new1": "3,5",
        "direction_new1": "lower",
    }  # fmt: skip
    answer = client.post(url("covenant_targets", paper.pk), data | {"more": "1"})
    assert answer["Location"] == url("covenant_targets", paper.pk)
    rows = Target.objects.filter(covenant__paper=paper).order_by("number")
    assert [(row.indicator, row.base, row.planned, row.planned_text, row.direction) for row in rows] == [
        ("Cơ quan văn hóa", None, None, "Giữ vững danh hiệu", "higher"),
        ("Hồ sơ đúng hạn", None, Decimal("98.5"), "", "higher"),
        ("Sáng kiến", Decimal("3.5"), Decimal(5), "", "lower"),
    ]
    gone = typed(client.get(url("covenant_targets", paper.pk))) | {f"removes_{first.pk}": "on"}
    client.post(url("covenant_targets", paper.pk), gone)
    assert not Target.objects.filter(pk=first.pk).exists()


def test_what_was_typed_wrong_about_a_target_stays(world):
    paper = draft(world)
    (row,) = targets(world, paper, HIGH)
    client = world.client("leader")
    data = typed(client.get(url("covenant_targets", paper.pk))) | {
        f"plan_{row.pk}": "98/100", "unit_new1": "%", f"base_{row.pk}": "abc", "indicator_new2": "Chỉ tiêu",
        "plan_new2": "x",
    }  # fmt: skip
    answer = client.post(url("covenant_targets", paper.pk), data)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert 'value="98/100"' in page
    said = main(answer)
    for words in (
        "“98/100” không phải là số",
        "Ghi tên chỉ tiêu.",
        "“abc” không phải là số",
        "Chỉ ghi “không giao” ở mức",
    ):
        assert words in said


def test_emptied_name_asks_for_the_tick(world):
    paper = draft(world)
    (row,) = targets(world, paper, HIGH)
    client = world.client("leader")
    data = typed(client.get(url("covenant_targets", paper.pk))) | {f"indicator_{row.pk}": ""}
    assert "Ghi tên chỉ tiêu, hoặc đánh dấu “Bỏ”." in main(client.post(url("covenant_targets", paper.pk), data))


def test_two_people_at_the_targets_and_the_second_sees_both(world):
    paper = draft(world)
    (row,) = targets(world, paper, HIGH)
    client = world.client("leader")
    data = typed(client.get(url("covenant_targets", paper.pk)))
    client.post(url("covenant_targets", paper.pk), data | {f"plan_{row.pk}": "99"})
    late = client.post(url("covenant_targets", paper.pk), data | {f"plan_{row.pk}": "97"})
    assert late.status_code == 409
    assert "Kế hoạch: chỉ tiêu 1 97 99" in main(late)


# --- Values -----------------------------------------------------------------------------------------------------------


def test_grid_takes_every_member_and_two_people_see_both_texts(world):
    paper = draft(world)
    first, second = targets(world, paper, HIGH, WORDS)
    client = world.client("leader")
    data = typed(client.get(url("covenant_values", paper.pk)))
    keys = {key: member(world, key).pk for key in ORDER}
    data |= {
        f"value_{first.pk}_{keys['member']}": "99,5%",
        f"value_{first.pk}_{keys['deputy']}": "x",
        f"value_{second.pk}_{keys['member']}": "Đạt",
    }
    assert client.post(url("covenant_values", paper.pk), data).status_code == 302
    assert TargetValue.objects.count() == 3
    late = client.post(url("covenant_values", paper.pk), data | {f"value_{first.pk}_{keys['member']}": "98"})
    assert late.status_code == 409
    assert "Chỉ tiêu 1: Sở Tài chính 98 99,5" in main(late)
    wrong = client.post(url("covenant_values", paper.pk), data | {f"value_{first.pk}_{keys['member']}": "9/10"})
    assert (wrong.status_code, 'value="9/10"' in wrong.content.decode()) == (422, True)


def test_officer_writes_the_own_column_of_a_circulated_draft_only(world):
    paper = draft(world)
    (row,) = targets(world, paper, HIGH)
    own, other = member(world, "member"), member(world, "deputy")
    client = world.client("member")
    assert client.get(url("covenant_member_values", paper.pk, own.pk)).status_code == 404
    step(world, paper, "circulate")
    assert client.get(url("covenant_values", paper.pk)).status_code == 404
    assert client.get(url("covenant_member_values", paper.pk, other.pk)).status_code == 404
    page = client.get(url("covenant_member_values", paper.pk, own.pk))
    data = typed(page) | {f"value_{row.pk}_{own.pk}": "97"}
    assert client.post(url("covenant_member_values", paper.pk, own.pk), data).status_code == 302
    assert TargetValue.objects.get().planned == Decimal(97)
    step(world, paper, "open_signing")
    assert client.get(url("covenant_member_values", paper.pk, own.pk)).status_code == 409


# --- Signing ----------------------------------------------------------------------------------------------------------


def test_opening_warns_of_members_without_values_and_does_not_stop(world):
    paper = draft(world)
    (row,) = targets(world, paper, HIGH)
    make.TargetValueFactory(target=row, membership=member(world, "member"), planned=1)
    address = url("bloc_paper_step", paper.pk, "open_signing")
    said = main(world.client("leader").get(address))
    assert "03 đơn vị chưa ghi mức chỉ tiêu: Văn phòng UBND tỉnh, Sở Nội vụ, Sở Xây dựng." in said
    assert world.client("leader").post(address, {}).status_code == 302
    assert fresh(paper).state == "signing"


def test_signer_is_asked_and_signs_once_however_often_clicked(world):
    paper = signing(world)
    client, address = world.client("signer_kt"), url("covenant_sign", paper.pk)
    assert "Ký thay mặt Sở Tài chính" in main(client.get(address))
    assert [client.post(address).status_code for _ in range(2)] == [302, 302]
    assert Signature.objects.get().signs_as == "kt"
    assert world.client("leader").get(address).status_code == 404


def test_one_signature_on_paper_is_recorded_with_its_scan(world):
    paper = signing(world)
    own = member(world, "member")
    client, address = world.client("board_specialist"), url("covenant_record", paper.pk, own.pk)
    page = client.get(address)
    assert page.context["form"]["signer_title"].value() == "Giám đốc"
    data = {
        "creation_key": uuid.uuid4(), "signer_name": "Lê Thị Hoa", "signer_title": "Phó Giám đốc", "signs_as": "kt",
        "signed_on": "16/03/2026", "paper_number": "05/GU-KTĐ", "paper_dated_on": "15/03/2026",
        "paper_issuer": "Khối thi đua A",
    }  # fmt: skip
    bare = client.post(address, data | {"paper_dated_on": "", "signer_name": ""})
    assert (bare.status_code, "Ghi họ tên người ký." in main(bare)) == (422, True)
    data["paper_scan"] = SimpleUploadedFile("gu.pdf", SCAN)
    assert client.post(address, data).status_code == 302
    assert Signature.objects.get().signed_paper.scan.name == "gu.pdf"
    late = world.client("leader").post(
        address, {**data, "creation_key": uuid.uuid4(), "paper_scan": SimpleUploadedFile("gu.pdf", SCAN)}
    )
    assert (late.status_code, "đã có chữ ký (Lê Thị Hoa, Phó Giám đốc, ngày 16/03/2026)" in main(late)) == (422, True)
    assert client.get(url("covenant_record", paper.pk, member(world, "stranger", "scoring").pk)).status_code == 404


def test_all_in_one_act_is_prefilled_and_keeps_what_was_typed(world):
    paper = signing(world)
    client, address = world.client("leader"), url("covenant_record_all", paper.pk)
    page = client.get(address)
    own = member(world, "member").pk
    assert page.context["form"][f"signer_title_{own}"].value() == "Giám đốc"
    data = {
        "creation_key": str(uuid.uuid4()), "all_signed_on": "15/03/2026", "paper_number": "05/GU-KTĐ",
        "paper_dated_on": "15/03/2026", "paper_issuer": "Khối thi đua A",
    }  # fmt: skip
    for key in ("leader", "deputy", "member"):
        pk = member(world, key).pk
        data |= {f"tick_{pk}": "on", f"signer_name_{pk}": f"Người {key}", f"signer_title_{pk}": "Giám đốc"}
    data[f"signs_as_{own}"], data[f"signed_on_{own}"] = "kt", "16/03/2026"
    wrong = client.post(address, data | {f"signer_name_{own}": ""})
    assert (wrong.status_code, 'value="Người deputy"' in wrong.content.decode()) == (422, True)
    assert "Đánh dấu ít nhất" in main(client.post(address, {k: v for k, v in data.items() if "tick" not in k}))
    assert [client.post(address, data).status_code for _ in range(2)] == [302, 302]
    rows = Signature.objects.order_by("membership__position")
    assert [(row.signer_name, row.signs_as, f"{row.signed_on:%d/%m}") for row in rows] == [
        ("Người leader", "head", "15/03"),
        ("Người deputy", "head", "15/03"),
        ("Người member", "kt", "16/03"),
    ]
    other = client.post(address, data | {"creation_key": str(uuid.uuid4())})
    assert (other.status_code, "Đã có chữ ký của" in main(other)) == (422, True)


def test_finish_asks_for_the_reason_where_signatures_are_missing(world):
    paper = signing(world)
    record_all(world, paper, ("leader", "deputy", "member"))
    client, address = world.client("leader"), url("bloc_paper_step", paper.pk, "finish")
    assert "Đã ký 03/04 đơn vị. Chưa ký: Sở Xây dựng." in re.sub(r"\s+", " ", main(client.get(address)))
    assert client.post(address, {"note": ""}).status_code == 422
    assert client.post(address, {"note": "Ký sau."}).status_code == 302
    assert "Ghi chú khi ghi nhận ký xong Ký sau." in main(client.get(url("covenant_detail", paper.pk)))


def test_signature_is_voided_through_its_form_once(world):
    paper = signing(world)
    row = sign(world, paper)
    address = url("signature_void", row.pk)
    client = world.client("leader")
    assert client.post(address, {"reason": ""}).status_code == 422
    assert client.post(address, {"reason": "Ký nhầm."}).status_code == 302
    assert client.get(address).status_code == 409
    assert world.client("member").get(address).status_code == 404
    assert "01 chữ ký đã hủy" in main(client.get(url("covenant_detail", paper.pk)))


def test_reopened_through_its_form_voids_all(world):
    paper = signing(world)
    record_all(world, paper)
    address = url("bloc_paper_step", paper.pk, "reopen")
    assert world.client("leader").post(address, {"note": "Sửa chỉ tiêu."}).status_code == 302
    assert not Signature.objects.filter(voided_at=None).exists()


def test_who_left_is_shown_apart(world):
    paper = signed(world)
    Membership.objects.filter(pk=member(world, "outgoing").pk).update(left_on="2026-06-01")
    said = main(get(world, "member", "covenant_detail", paper.pk))
    assert "đã ký 03/03 đơn vị" in said
    assert "Sở Xây dựng đã rời khối 01/06/2026" in said


@pytest.mark.parametrize("name", ["covenant_edit", "covenant_targets", "covenant_values"])
def test_frozen_content_is_refused_before_anything_is_typed(world, name):
    assert get(world, "leader", name, signed(world).pk).status_code == 409


def test_plan_has_no_covenant_page(world):
    assert get(world, "leader", "covenant_detail", draft(world, "plan").pk).status_code == 404
