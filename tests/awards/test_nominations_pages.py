"""The pages of nominations: lists, the dossier, forms, a pasted list, what a bloc agreed on; and who finds what."""

import re
import uuid
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from awards.models import Attachment, AwardKind, Nomination
from blocs.models import Agency, EmulationYear
from emulation.core.models import Event
from tests import factories as make
from tests.http import main, query_count, sheet
from tests.world import World, build

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

LIST_QUERIES, DETAIL_QUERIES = 11, 15


@pytest.fixture
def world() -> World:
    return build()


def award(slug: str = "co_tinh") -> AwardKind:
    return AwardKind.objects.get(slug=slug)


def nominate(world: World, key: str = "member", slug: str = "co_tinh", **more: Any) -> Nomination:
    values = {"bloc_year": world.bloc_years["running"], "agency": world.agencies[key], "award": award(slug)} | more
    row: Nomination = make.NominationFactory(**values)
    return row


def direct(world: World, name: str = "Nguyễn Văn Kín", route: str = "direct", **more: Any) -> Nomination:
    person = make.PersonFactory(name=name, agency=world.agencies["member"])
    year = world.years["2026"]
    return nominate(world, slug="cstd_tinh", route=route, person=person, agency=None, bloc_year=None, year=year, **more)


def test_the_list_costs_the_same_for_1_3_and_100(world: World) -> None:
    client = world.client("board_head")
    url = reverse("nomination_list")
    for total in (1, 3, 100):
        have = Nomination.objects.count()
        for number in range(have, total):
            nominate(world, agency=make.AgencyFactory()) if number % 2 else direct(world, f"Lê Thử {number}")
        assert queries_of(client, url) == LIST_QUERIES, total


def test_the_dossier_costs_the_same_whatever_it_holds(world: World) -> None:
    row = nominate(world, state="sent")
    client = world.client("board_specialist")
    assert queries_of(client, reverse("nomination_detail", args=[row.pk])) <= DETAIL_QUERIES
    first = queries_of(client, reverse("nomination_detail", args=[row.pk]))
    for need in row.award.papers.all():
        make.AttachmentFactory(nomination=row, need=need)
        make.FindingFactory(nomination=row, need=need)
    for _ in range(3):
        make.GrantFactory(line__nomination=nominate(world, state="granted", slug="bk_tinh"))
    assert queries_of(client, reverse("nomination_detail", args=[row.pk])) == first


def test_list_says_groups_natures_and_filters(world: World) -> None:
    nominate(world, state="submitted")
    direct(world)
    client = world.client("board_head")
    text = main(client.get(reverse("nomination_list")))
    assert (
        text.index("I. Tập thể") < text.index("Sở Tài chính") < text.index("II. Cá nhân") < text.index("Nguyễn Văn Kín")
    )
    for query, names in (
        ("q=nguyen+kin", ["Nguyễn Văn Kín"]),
        ("route=via_bloc", ["Sở Tài chính"]),
        (f"award={award('cstd_tinh').pk}", ["Nguyễn Văn Kín"]),
        ("state=submitted", ["Sở Tài chính"]),
        (f"bloc={world.bloc_years['running'].pk}", ["Sở Tài chính"]),
        (f"year={world.years['2025'].pk}", []),
    ):
        page = client.get(f"{reverse('nomination_list')}?{query}")
        assert [line.row.subject_name for line in page.context["lines"]] == names, query
    assert "Nguyễn Văn Kín" in str(sheet(client.get(f"{reverse('nomination_export')}?q=nguyen")))


@pytest.mark.once  # every page as every stranger
def test_attackers_find_a_direct_or_board_nomination_nowhere(world: World) -> None:
    hidden = [direct(world, state="sent"), direct(world, "Trần Thị Kín", route="board")]
    file = make.AttachmentFactory(nomination=hidden[0])
    board_file = make.AttachmentFactory(nomination=hidden[1])
    pages = [
        reverse("nomination_list"),
        reverse("bloc_detail", args=[world.bloc_years["running"].pk]),
    ]
    pages += [
        reverse("bloc_history", args=[world.bloc_years["running"].pk]),
        f"{reverse('search')}?q=kin",
        reverse("home"),
    ]
    # One page takes every step and finds the nomination first: a step of the bloc and one of the board stand for all.
    steps = ("endorse", "send_back", "edit", "hold", "resume", "paper")
    for role in ("leader", "deputy", "outgoing", "stranger", "council", "account_manager"):
        client = world.client(role)
        for row in hidden:
            urls = [reverse("nomination_detail", args=[row.pk]), reverse("attachment_new", args=[row.pk])]
            urls += [f"/nominations/{row.pk}/{step}/" for step in steps]
            assert {client.get(url).status_code for url in urls} == {404}, role
            assert {client.post(url, {"note": "x"}).status_code for url in urls} <= {404, 405}, role
        for paper in (file, board_file):
            for name in ("attachment_file", "attachment_remove"):
                assert client.get(reverse(name, args=[paper.pk])).status_code == 404, role
        for url in pages:
            assert "Kín" not in client.get(url).content.decode(errors="ignore"), (role, url)
        export = client.get(reverse("nomination_export"))
        assert export.status_code == 404 or "Kín" not in str(sheet(export)), role
        listed = client.get(reverse("nomination_list"))
        assert listed.status_code == 404 or listed.context["page"].paginator.count == 0, role
    own = world.client("member")
    assert own.get(reverse("nomination_detail", args=[hidden[0].pk])).status_code == 200
    assert b"".join(own.get(reverse("attachment_file", args=[file.pk])).streaming_content).startswith(b"%PDF")
    assert own.get(reverse("nomination_detail", args=[hidden[1].pk])).status_code == 404


def test_what_the_board_thinks_cannot_be_found_out_by_asking(world: World) -> None:
    fine = nominate(world, state="approved", slug="bk_tinh", asked_award=award("co_tinh"))
    for role in ("member", "leader"):
        client = world.client(role)
        found = {
            query: [line.row.pk for line in client.get(f"{reverse('nomination_list')}?{query}").context["lines"]]
            for query in ("state=appraised", f"award={award('co_tinh').pk}", f"award={award('bk_tinh').pk}")
        }
        assert list(found.values()) == [[fine.pk], [fine.pk], []], role
        page = main(client.get(reverse("nomination_detail", args=[fine.pk])))
        assert ("Đã thẩm định, chờ quyết định" in page, "Bằng khen" in page, "Đồng ý" in page) == (True, False, False)
        assert client.get(reverse("nomination_step", args=[fine.pk, "endorse"])).status_code == 409
    answers = set()
    for state in ("appraised", "approved", "refused", "proposed_up", "not_granted"):
        Nomination.objects.filter(pk=fine.pk).update(state=state)
        client = world.client("member")
        urls = [reverse("nomination_step", args=[fine.pk, "withdraw"]), reverse("attachment_new", args=[fine.pk])]
        urls += [reverse("nomination_edit", args=[fine.pk]), reverse("nomination_detail", args=[fine.pk])]
        answers.add(tuple((got := client.get(url)).status_code for url in urls))
        # Nothing but the token of the form and the moment tells the answers apart.
        answers.add(re.sub(r'value="[^"]{20,}"|nonce="[^"]+"', "", main(got)))
    assert len(answers) == 2


def queries_of(client: Any, url: str) -> int:
    return query_count(lambda: client.get(url))


def post(world: World, role: str, kind: str, **data: Any) -> Any:
    said = {"creation_key": uuid.uuid4(), "award": award("cstd_tinh" if kind == "persons" else "bk_tinh").pk} | data
    return world.client(role).post(f"{reverse('nomination_new')}?kind={kind}", said)


def test_an_officer_proposes_two_persons_straight_to_the_board(world: World) -> None:
    said = {
        "year": world.years["2026"].pk,
        "route": "direct",
        "rows": 3,
        "name_1": "Nguyễn Văn An",
        "position_1": "Kế toán",
        "name_3": "Lê Bình",
    }
    answer = post(world, "member", "persons", **said)
    assert answer.status_code == 302
    made = list(Nomination.objects.order_by("pk").values_list("route", "subject_name", "subject_title"))
    assert made == [("direct", "Nguyễn Văn An", "Kế toán, Sở Tài chính"), ("direct", "Lê Bình", "Sở Tài chính")]
    more = world.client("member").post(f"{reverse('nomination_new')}?kind=persons", said | {"more": 1})
    assert (more.status_code, more.context["form"].rows, more.context["form"]["name_3"].value()) == (200, 8, "Lê Bình")
    empty = post(world, "member", "persons", year=world.years["2026"].pk, route="direct", rows=3)
    assert (empty.status_code, "Ghi họ và tên ít nhất một người." in main(empty)) == (422, True)
    make.PersonFactory(name="Lê Bình", agency=world.agencies["member"], birth_year=1980)
    asked = post(world, "member", "persons", **said | {"award": award("bk_tinh").pk})
    assert (asked.status_code, "Người khác, chưa có tên ở đây" in main(asked)) == (422, True)
    assert (
        post(world, "member", "persons", **said | {"award": award("bk_tinh").pk, "chosen_3": "new"}).status_code == 302
    )


def test_own_collective_unit_and_what_the_board_may(world: World) -> None:
    running = world.bloc_years["running"].pk
    assert post(world, "signer", "own", bloc_year=running, route="via_bloc", award=award().pk).status_code == 302
    said = {"year": world.years["2026"].pk, "route": "recorded", "award": award("giay_khen").pk}
    unit = post(world, "member", "unit", unit_name="Phòng Giá", **said)
    assert (unit.status_code, Agency.objects.get(name="Phòng Giá").parent) == (302, world.agencies["member"])
    for role in ("council", "account_manager"):
        assert world.client(role).get(reverse("nomination_new")).status_code == 404
    on_behalf = post(
        world, "board_specialist", "own", owner=world.agencies["deputy"].pk, bloc_year=running, route="via_bloc",
        year=world.years["2026"].pk,
    )  # fmt: skip
    assert on_behalf.status_code == 302
    wrong = post(world, "board_specialist", "own", owner=world.agencies["stranger"].pk, bloc_year=running,
                 route="via_bloc", year=world.years["2026"].pk)  # fmt: skip
    assert (wrong.status_code, "không thuộc khối này trong năm" in main(wrong)) == (422, True)


def test_recorded_only_offers_what_an_agency_gives_itself(world: World) -> None:
    client, url = world.client("member"), f"{reverse('nomination_new')}?kind=persons"
    offered = [
        {row.slug for row in client.get(url + route).context["form"].fields["award"].rows.values()}
        for route in ("", "&route=recorded")
    ]
    assert ("bk_tinh" in offered[0], offered[1]) == (True, {"cstdcs", "ldtt", "cstt", "knc", "giay_khen"})
    said = {"year": world.years["2026"].pk, "route": "recorded", "rows": 3, "name_1": "Nguyễn Văn An"}
    high = post(world, "member", "persons", **said | {"award": award("bk_tinh").pk})
    sentence = "“Bằng khen của Chủ tịch Ủy ban nhân dân tỉnh” do Chủ tịch Ủy ban nhân dân tỉnh tặng, đơn vị không tự"
    assert (high.status_code, sentence in main(high), "Bằng khen của Thủ tướng" in main(high)) == (422, True, False)
    assert post(world, "member", "persons", **said | {"award": award("giay_khen").pk}).status_code == 302
    row = Nomination.objects.get()
    said = {"award": award("bk_tinh").pk, "revision": row.revision}
    assert client.post(reverse("nomination_edit", args=[row.pk]), said).status_code == 422


def test_a_pasted_list_is_previewed_settled_and_made_in_one_act(world: World) -> None:
    client = world.client("board_specialist")
    for number in (1975, 1980):
        make.PersonFactory(name="Trần Thị Bình", agency=world.agencies["member"], birth_year=number)
    text = (
        "1. Nguyễn Văn An, Chuyên viên, so tai chinh\nTrần Thị Bình, Kế toán, Sở Tài chính\nLê C, Đội trưởng, Xây dựng"
    )
    said = {
        "creation_key": uuid.uuid4(), "text": text, "award": award("bk_tinh").pk, "merit": "chống lụt",
        "year": world.years["2026"].pk,
    }  # fmt: skip
    preview = client.post(reverse("nomination_paste"), said)
    form = preview.context["form"]
    assert [(row.word, bool(row.problem)) for row in form.matched] == [
        ("Người mới", False), ("Trùng tên", True), ("Chưa rõ đơn vị", True),
    ]  # fmt: skip
    seen = said | {"seen": form.digest, "confirm": 1}
    assert client.post(reverse("nomination_paste"), seen).status_code == 422
    chosen = make.PersonFactory._meta.model.objects.get(birth_year=1980)
    seen |= {"person_2": chosen.pk, "agency_3": world.agencies["outgoing"].pk}
    assert client.post(reverse("nomination_paste"), seen | {"text": text + "\nSở Nội vụ"}).status_code == 200
    before = Event.objects.count()
    for _ in range(2):
        assert client.post(reverse("nomination_paste"), seen).status_code == 302
    made = Nomination.objects.order_by("pk")
    assert [(row.subject_name, row.owner.name, row.route, row.merit) for row in made] == [
        ("Nguyễn Văn An", "Sở Tài chính", "board", "chống lụt"),
        ("Trần Thị Bình", "Sở Tài chính", "board", "chống lụt"),
        ("Lê C", "Sở Xây dựng", "board", "chống lụt"),
    ]
    assert (made[1].person, Event.objects.count() - before) == (chosen, 3)


def test_the_leader_proposes_what_the_bloc_agreed_on(world: World) -> None:
    row = world.bloc_years["running"]
    standing = make.StandingFactory(
        bloc_year=row, version=2, reason="x", state="published", signer_name="x", signer_title="x"
    )
    members = {member.agency_id: member for member in row.memberships.all()}
    for number, (key, text) in enumerate(
        (("member", "Cờ thi đua của UBND tỉnh"), ("deputy", "Bằng khen"), ("outgoing", "")), 1
    ):
        member = members[world.agencies[key].pk]
        make.PlaceFactory(standing=standing, membership=member, place=number, proposal=text)
    client, url = world.client("leader"), reverse("nominations_from_standing", args=[row.pk])
    page = client.get(url)
    lines = list(page.context["form"].lines())
    assert [(line.candidate.name, line.candidate.is_proposed, line.candidate.is_doubtful) for line in lines] == [
        ("Sở Tài chính", True, False), ("Sở Nội vụ", False, True), ("Sở Xây dựng", False, False),
    ]  # fmt: skip
    assert queries_of(client, url) <= 15
    said = {f"pick_{line.candidate.key}": "on" for line in lines[:2]}
    said |= {f"award_{lines[0].candidate.key}": award().pk}
    assert client.post(url, said).status_code == 422
    said |= {f"award_{lines[1].candidate.key}": award("bk_tinh").pk}
    for _ in range(2):
        assert client.post(url, said).status_code == 302
    made = Nomination.objects.order_by("pk").values_list("subject_name", "award__slug", "state", "place")
    assert list(made) == [("Sở Tài chính", "co_tinh", "endorsed", 1), ("Sở Nội vụ", "bk_tinh", "endorsed", 2)]
    assert next(line.candidate.is_there for line in client.get(url).context["form"].lines()) is True
    changed = {"state": "approved", "award": award("co_cp"), "asked_award": award()}
    Nomination.objects.filter(award=award()).update(**changed)
    page = client.get(url)
    told = next(page.context["form"].lines()).candidate
    assert (told.is_there, told.is_proposed, told.there[0].award) == (True, False, award())
    words = [f"{one}: đã thẩm định, chờ quyết định" in main(page) for one in (award(), award("co_cp"))]
    assert words == [True, False]


def test_the_leader_records_that_the_bloc_does_not_propose_and_the_member_reads_why(world: World) -> None:
    row = world.bloc_years["running"]
    standing = make.StandingFactory(
        bloc_year=row, version=2, reason="x", state="published", signer_name="x", signer_title="x"
    )
    member = row.memberships.get(agency=world.agencies["outgoing"])
    place = make.PlaceFactory(standing=standing, membership=member, place=4)
    client, url = world.client("leader"), reverse("nominations_decline", args=[row.pk])
    form = client.get(f"{url}?line=p{place.pk}").context["form"]
    assert form["line"].value() == f"p{place.pk}"
    said = {"line": f"p{place.pk}", "award": award().pk}
    assert "Ghi lý do khối không đề nghị." in main(client.post(url, said))
    assert client.post(url, said | {"reason": "Chưa nộp báo cáo."}).status_code == 302
    made = Nomination.objects.get()
    page = client.get(reverse("nominations_from_standing", args=[row.pk]))
    assert ("khối không đề nghị" in main(page), page.context["form"]["declined"].value()) == (True, str(made.pk))
    page = main(world.client("outgoing").get(reverse("nomination_detail", args=[made.pk])))
    assert ("Khối không đề nghị: Chưa nộp báo cáo." in page, "Khối thống nhất đề nghị" in page) == (True, False)
    assert world.client("member").get(url).status_code == 404


def test_a_file_goes_in_and_out_and_a_return_names_what_is_missing(world: World) -> None:
    row = nominate(world)
    client, need = world.client("member"), row.award.papers.order_by("position")[0]
    said = {"creation_key": uuid.uuid4(), "need": need.pk, "file": SimpleUploadedFile("x.pdf", b"%PDF-1.7\n%%EOF\n")}
    assert client.post(reverse("attachment_new", args=[row.pk]), said).status_code == 302
    paper = Attachment.objects.get()
    bad = {"creation_key": uuid.uuid4(), "file": SimpleUploadedFile("x.exe", b"MZ")}
    assert client.post(reverse("attachment_new", args=[row.pk]), bad).status_code == 422
    assert client.post(reverse("attachment_remove", args=[paper.pk])).status_code == 302
    assert client.get(reverse("attachment_file", args=[paper.pk])).status_code == 404
    Nomination.objects.filter(pk=row.pk).update(state="submitted")
    back = world.client("leader").post(
        reverse("nomination_step", args=[row.pk, "return"]), {"note": "Thiếu.", "needs": [need.pk], "gaps": "Số phiếu"}
    )
    assert back.status_code == 302
    assert [finding.text for finding in row.findings.order_by("pk")] == [need.title, "Số phiếu"]
    page = main(client.get(reverse("nomination_detail", args=[row.pk])))
    assert "Cần bổ sung, sửa 02 nội dung:" in page


def test_the_one_button_of_a_held_one_and_of_a_flag_that_was_not_given(world: World) -> None:
    row, head = nominate(world, state="sent", slug="co_cp"), world.client("board_head")
    urls = {name: reverse(f"nomination_{name}", args=[row.pk]) for name in ("detail", "hold", "resume")}
    assert [head.get(urls[name]).status_code for name in ("hold", "resume")] == [200, 409]
    assert head.post(urls["hold"], {"note": "Đơn phản ánh."}).status_code == 302
    assert [head.get(urls[name]).status_code for name in ("hold", "resume")] == [409, 200]
    page = head.get(urls["detail"])
    assert page.context["primary"]["url"] == urls["resume"]
    assert "Tiếp theo: cơ quan thường trực kết luận, xét tiếp" in main(page)
    assert world.client("member").get(urls["detail"]).context["primary"] is None
    assert head.post(urls["resume"], {"note": "Không đúng."}).status_code == 302
    Nomination.objects.filter(pk=row.pk).update(state="not_granted")
    assert head.get(urls["detail"]).context["primary"]["label"] == "Xét hình thức thấp hơn"
    assert world.client("board_specialist").get(urls["detail"]).context["primary"] is None


def test_history_marks_what_was_inherited(world: World) -> None:
    old = make.AgencyFactory(name="Sở Vật giá")
    merged = make.AgencySuccessionFactory(state="done", paper=make.SignedPaperFactory())
    make.SuccessionPartyFactory(succession=merged, agency=old)
    make.SuccessionPartyFactory(succession=merged, side="new", agency=world.agencies["member"])
    given = nominate(world, agency=old, state="granted", slug="bk_tinh")
    make.GrantFactory(line__nomination=given)
    row = nominate(world, state="submitted")
    page = main(world.client("leader").get(reverse("nomination_detail", args=[row.pk])))
    assert "kế thừa từ Sở Vật giá" in page
    assert EmulationYear.objects.count() == 3
