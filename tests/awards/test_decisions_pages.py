"""The pages of decisions: drafted by ticking, directed, numbered, issued; what others see of them."""

import io
import uuid

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from openpyxl import load_workbook

from awards.models import Decision, Grant
from tests import factories as make
from tests.awards.decided import asked, draft, fresh, issued, number, year
from tests.http import get, main, query_count
from tests.world import World, build

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.fixture
def world() -> World:
    return build()


def post(client, name: str, pk: int | None = None, **said):
    return client.post(reverse(name, args=[pk] if pk else []), said)


def test_from_ticks_to_awards_given(world: World) -> None:
    client, head = world.client("board_specialist"), world.client("board_head")
    first, second = asked("Trần A"), asked("Lê B", state="appraised")
    above = asked("Cao C", slug="bk_ttg")
    page = get(client, reverse("decision_new"))
    assert all(row.subject_name in main(page) for row in (first, second, above))
    assert set(page.context["form"].initial["nominations"]) == {str(first.pk), str(second.pk)}
    said = {"nominations": [first.pk, second.pk], "how": "one", "creation_key": str(uuid.uuid4())}
    empty = post(client, "decision_new", **said)
    assert (empty.status_code, "Ghi trích yếu của quyết định." in main(empty)) == (422, True)
    post(client, "decision_new", **said, title="Về việc tặng Bằng khen", merit="Có thành tích")
    row = Decision.objects.get()
    line = row.lines.get(nomination=second)
    assert "Lê B: đã thẩm định, chờ phê duyệt." in main(get(client, reverse("decision_detail", args=[row.pk])))
    struck = {"what": "strike", "directive": "Chủ tịch chỉ đạo ngày 30/10/2026", "revision": "0"}
    assert post(client, "decision_line", line.pk, **struck).status_code == 302
    lost = post(client, "decision_line", line.pk, what="keep", revision="0")
    assert "Giữ như đề nghị đã thẩm định Đưa ra khỏi danh sách" in main(lost)
    signed = {"number": "12/QĐ-UBND", "dated_on": "31/10/2026", "signer_name": "", "signer_title": "", "revision": "1"}
    assert post(client, "decision_number", row.pk, **signed).status_code == 302
    assert post(client, "decision_issue", row.pk, revision="2").status_code == 404
    assert post(head, "decision_issue", row.pk, revision="2").status_code == 302
    assert [str(grant) for grant in Grant.objects.all()] == [f"Trần A: {first.award}"]
    scan = {"scan": ContentFile(b"%PDF-1.4 A", "a.pdf"), "revision": "3"}
    assert post(client, "decision_scan", row.pk, **scan).status_code == 302
    wrong = {"scan": ContentFile(b"%PDF-1.4 B", "b.pdf"), "revision": "3"}
    assert "Ghi lý do thay bản quét." in main(post(client, "decision_scan", row.pk, **wrong))
    wrong["scan"].seek(0)
    assert post(client, "decision_scan", row.pk, **wrong, note="Đính nhầm tệp.").status_code == 302
    assert fresh(row).paper.scan.name == "b.pdf"
    stranger = world.client("stranger")
    assert "Lê B" not in main(get(stranger, reverse("decision_detail", args=[row.pk])))
    exported = load_workbook(io.BytesIO(get(stranger, reverse("decision_lines_export", args=[row.pk])).content)).active
    assert [row[2] for row in exported.iter_rows(min_row=4, values_only=True)] == ["Trần A"]


def test_others_than_the_board_know_nothing_of_a_draft(world: World) -> None:
    row = draft(asked("Trần A"))
    for role in ("leader", "member", "council"):
        client = world.client(role)
        assert get(client, reverse("decision_detail", args=[row.pk])).status_code == 404
        assert "Về việc tặng" not in main(get(client, reverse("decision_list")))


def test_text_typed_stays_when_another_officer_saved_first(world: World) -> None:
    row = draft(asked("Trần A"))
    line = row.lines.get()
    client = world.client("board_specialist")
    said = {
        "title": "Trích yếu mới", "issuer": "UBND tỉnh", "merit": "", "note": "", "revision": "0",
        f"place_{line.pk}": "1", f"name_{line.pk}": "Trần A", f"title_{line.pk}": "Phó phòng", f"merit_{line.pk}": "",
    }  # fmt: skip
    assert post(client, "decision_edit", row.pk, **said).status_code == 302
    lost = post(
        client, "decision_edit", row.pk, **said | {"title": "Trích yếu khác", f"title_{line.pk}": "Trưởng phòng"}
    )
    text = main(lost)
    assert (lost.status_code, "Trích yếu khác" in text, "Trích yếu mới" in text) == (409, True, True)
    number(row)
    assert get(client, reverse("decision_edit", args=[row.pk])).status_code == 409


def test_agency_records_its_own_decision(world: World) -> None:
    person = make.PersonFactory(agency=world.agencies["member"])
    own = make.NominationFactory(
        route="recorded", person=person, year=year(), award=make.AwardKindFactory(slug="ldtt"), state="draft"
    )
    url = reverse("grant_own", args=[own.pk])
    said = {"number": "3/QĐ-STC", "dated_on": "20/10/2026", "creation_key": str(uuid.uuid4()), "revision": "0"}
    assert world.client("stranger").post(url, said).status_code == 404
    assert world.client("member").post(url, said).status_code == 302
    row = Decision.objects.get()
    assert (row.issuer, row.is_elsewhere, fresh(own).state) == ("Sở Tài chính", True, "granted")
    assert world.client("member").get(url).status_code == 409


def test_drafting_takes_as_many_queries_for_any_number_of_nominations(world: World) -> None:
    client = world.client("board_specialist")
    taken = []
    row = draft(asked())
    for size in (1, 3, 30):
        while len(rows := list(row.lines.all())) < size:
            _line(row, len(rows) + 1)
            asked()
        urls = [reverse("decision_new"), *(reverse(name, args=[row.pk]) for name in (
            "decision_detail", "decision_edit", "decision_add",
        ))]  # fmt: skip
        taken.append([query_count(lambda url=url: client.get(url)) for url in urls])
    assert taken == [[7, 11, 7, 7]] * 3


def _line(row: Decision, position: int) -> None:
    made = asked()
    make.DecisionLineFactory(decision=row, nomination=made, position=position, award=made.award)


def test_issued_decision_shows_what_was_taken_back(world: World) -> None:
    row = issued(asked("Trần A"))
    grant = Grant.objects.get()
    head = world.client("board_head")
    said = {
        "paper_number": "77/QĐ-UBND", "paper_dated_on": "30/10/2026", "paper_issuer": "UBND tỉnh",
        "revoked_on": "01/11/2026", "reason": "Kê khai không đúng.", "revision": "0",
    }  # fmt: skip
    assert post(head, "grant_revoke", grant.pk, **said).status_code == 302
    text = main(get(world.client("stranger"), reverse("decision_detail", args=[row.pk])))
    assert "Đã thu hồi" in text
    detail = main(get(world.client("stranger"), reverse("grant_detail", args=[grant.pk])))
    assert "Đã thu hồi từ ngày 01/11/2026." in detail
