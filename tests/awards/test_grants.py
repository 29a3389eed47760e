"""Awards given: taken back by a new act, found without accents, inherited by who took over, left by a succession."""

import datetime as dt
import io
import uuid

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from awards.models import Grant, Revocation
from awards.queries import grants as queries
from awards.services import grants, succession_parts
from blocs.enums import SuccessionKind, SuccessionState
from blocs.queries.succession import successions
from emulation.core import clock
from emulation.core.audit import act
from emulation.core.errors import Refused
from emulation.core.models import Event
from emulation.core.papers import OnPaper
from emulation.desk.queries.search import find
from tests import factories as make
from tests.awards.decided import COUNCIL, DAY, HEAD, REVOKING, SPECIALIST, asked, fresh, issued, kind, year
from tests.http import get, main, query_count
from tests.world import World, build

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.fixture
def province() -> None:
    make.ProvinceFactory()


@pytest.fixture
def world() -> World:
    return build()


def given(name: str = "", **values) -> Grant:
    """Return an award given to an agency of that name, or with `person` to a person."""
    person = values.pop("person", None)
    agency = values.pop("agency", None) or (None if person else make.AgencyFactory(**({"name": name} if name else {})))
    line = make.DecisionLineFactory(
        decision=values.pop("decision", None) or make.DecisionFactory(state="issued", year=year()),
        nomination=None,
        agency=agency,
        name=agency.names.get() if agency else None,
        person=person,
        subject_name=person.name if person else agency.name,
        award=values.pop("award", None) or kind("co_tinh"),
    )
    return make.GrantFactory(line=line, **values)


def revoke(row: Grant, actor=HEAD, **values) -> Revocation:
    said = {"paper": REVOKING, "revoked_on": dt.date(2026, 11, 1), "reason": "Kê khai không đúng."} | values
    return grants.revoke(grant=row, **said, actor=actor, at=clock.now())


def names(rows) -> list[str]:
    return [row.subject_name for row in rows]


# --- Taking back ------------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("province")
def test_revoked_award_stays_marked_and_counts_no_more() -> None:
    issued(asked("Trần Thị B"))
    row = Grant.objects.get()
    made = revoke(row)
    assert (fresh(row).is_revoked, list(Grant.objects.standing())) == (True, [])
    event = Event.objects.get(verb="grant_revoked")
    assert (event.note, event.paper_id, str(made.paper)) == ("", made.paper_id, "77/QĐ-UBND (30/10/2026)")
    with pytest.raises(Refused, match="đã được thu hồi"):
        revoke(row)


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"paper": None}, "Ghi số, ngày và cơ quan ban hành của quyết định thu hồi."),
        ({"paper": OnPaper("", dt.date(2026, 10, 30), "UBND")}, "Ghi số, ngày và cơ quan ban hành của quyết định"),
        ({"reason": " "}, "Ghi lý do thu hồi."),
        ({"revoked_on": dt.date(2025, 1, 1)}, "Ngày thu hồi không thể trước ngày tặng (20/12/2026)."),
        ({"revoked_on": dt.date(2026, 12, 30)}, "Quyết định thu hồi không thể có ngày trước ngày tặng (20/12/2026)."),
    ],
)
def test_revocation_needs_paper_reason_and_a_day_after_the_award(values, sentence: str) -> None:
    with pytest.raises(Refused) as refusal:
        revoke(given(), **values)
    assert str(refusal.value).startswith(sentence)
    assert Revocation.objects.count() == 0


def test_specialist_does_not_revoke() -> None:
    with pytest.raises(PermissionError):
        revoke(given(), actor=SPECIALIST)


# --- Finding ----------------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("province")
def test_person_and_agency_are_found_by_beginnings_of_words_without_accents() -> None:
    issued(asked("Nguyễn Thị Quỳnh"))
    given("Sở Tài chính")
    found = {each.kind.name: [hit.title for hit in each.hits] for each in find(COUNCIL, "quinh")}
    assert found["grants"] == ["Nguyễn Thị Quỳnh"]
    found = {each.kind.name: [hit.title for hit in each.hits] for each in find(COUNCIL, "tai so")}
    assert found["grants"] == ["Sở Tài chính"]
    assert [len(each.hits) for each in find(COUNCIL, "12 qd") if each.kind.name == "decisions"] == [1]


def test_draft_decision_is_found_by_the_board_only() -> None:
    make.DecisionFactory(title="Về việc tặng cờ", number="")
    assert [
        [hit.note for hit in each.hits] for each in find(SPECIALIST, "tang co") if each.kind.name == "decisions"
    ] == [["UBND tỉnh Sông Lam · dự thảo"]]
    assert [each.total for each in find(COUNCIL, "tang co") if each.kind.name == "decisions"] == [0]


def test_look_up_filters_by_year_award_nature_level_and_state(world: World) -> None:
    flag, medal = given("Sở Xây dựng"), given("Sở Y tế", award=kind("hcld3"), year=None, granted_on=DAY)
    revoke(medal)
    client = world.client("stranger")

    def shown(**asked) -> list[bool]:
        text = main(get(client, reverse("grant_list"), **asked))
        return ["Sở Xây dựng" in text, "Sở Y tế" in text]

    assert shown() == [True, True]
    assert shown(year=str(flag.year_id)) == shown(nature="title") == shown(state="standing") == [True, False]
    assert shown(level="state") == shown(state="revoked") == shown(award=str(medal.award_id)) == [False, True]
    assert shown(q="so xay") == [True, False]


def test_agency_shows_its_own_awards_and_marks_what_came_down_to_it(world: World) -> None:
    old, new = make.AgencyFactory(name="Sở Kế hoạch"), make.AgencyFactory(name="Sở Tài chính mới")
    merger = make.AgencySuccessionFactory(
        state=SuccessionState.DONE, kind=SuccessionKind.MERGE, paper=make.SignedPaperFactory()
    )
    make.SuccessionPartyFactory(succession=merger, side="old", agency=old, name=old.names.get())
    make.SuccessionPartyFactory(succession=merger, side="new", agency=new, name=new.names.get())
    given(agency=old), given(agency=new), given(person=make.PersonFactory(agency=new, name="Lê Văn Riêng"))
    of = queries.agency_grants(COUNCIL, queries.whose(new))
    assert sorted((line.row.subject_name, line.origin) for line in of.lines) == [
        ("Lê Văn Riêng", ""), ("Sở Kế hoạch", "Sở Kế hoạch"), ("Sở Tài chính mới", ""),
    ]  # fmt: skip
    text = main(get(world.client("stranger"), reverse("agency_detail", args=[new.pk])))
    assert "Sở Kế hoạch kế thừa từ Sở Kế hoạch “Cờ thi đua" in text
    assert "kế thừa từ Sở Kế hoạch" in main(get(world.client("stranger"), reverse("grant_list"), agency=str(new.pk)))


def test_excel_has_the_filtered_rows_and_too_many_are_refused(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    given("Sở Xây dựng"), given("Sở Y tế")
    client = world.client("stranger")
    answer = get(client, reverse("grant_export"), q="xay dung")
    sheet = load_workbook(io.BytesIO(answer.content)).active
    assert [row[1] for row in sheet.iter_rows(min_row=4, values_only=True)] == ["Sở Xây dựng"]
    monkeypatch.setattr("awards.views.grants.MOST_ROWS", 1)
    assert get(client, reverse("grant_export")).status_code == 409


# --- A change of agencies ---------------------------------------------------------------------------------------------


def test_merger_leaves_awards_and_asks_about_open_nominations() -> None:
    old = make.AgencyFactory(name="Sở Kế hoạch")
    merger = make.AgencySuccessionFactory(kind=SuccessionKind.MERGE, state=SuccessionState.DRAFT)
    make.SuccessionPartyFactory(succession=merger, side="old", agency=old, name=old.names.get())
    make.SuccessionPartyFactory(succession=merger, side="new", agency=None, name=None, title="Sở mới")
    given(agency=old)
    person = make.PersonFactory(agency=old, name="Trần Kín")
    open_one = make.NominationFactory(route="direct", person=person, year=year(), award=kind("bk_tinh"))
    approved = make.NominationFactory(
        route="direct", person=person, year=year(), award=kind("bk_tinh"), state="approved"
    )
    row = successions().get()
    (stays,) = succession_parts.find_grants(row)
    assert (stays.title, stays.is_fixed) == ("01 khen thưởng của Sở Kế hoạch", True)
    first, second = succession_parts.find_nominations(row)
    assert ([word for word, _ in first.choices], second.is_fixed) == (["keep", "withdraw"], True)
    assert "Kín" not in first.title
    with act(actor=SPECIALIST, at=clock.now()) as current:
        said = [
            succession_parts.apply_nominations(current, row, first, "withdraw"),
            succession_parts.apply_nominations(current, row, second, "keep"),
        ]
    assert said == ["Rút đề nghị.", "Giữ nguyên, tiếp tục xét."]
    assert (fresh(open_one).state, fresh(approved).state) == ("withdrawn", "approved")


# --- Pages ------------------------------------------------------------------------------------------------------------


def test_old_award_is_typed_with_search_namesakes_and_a_new_person(world: World) -> None:
    client, agency = world.client("board_specialist"), world.agencies["member"]
    twins = [make.PersonFactory(name="Trần Văn Nam", agency=agency, birth_year=born) for born in (1970, 1980)]
    url = reverse("grant_new")
    assert "Sở Tài chính" in main(client.post(url, {"find": "1", "find_agency": "tai chinh", "person_name": "Trần"}))
    said = {
        "agency": str(agency.pk), "person_name": "Trần Văn Nam", "award": str(kind("bk_ttg").pk), "year": "",
        "title": "Về việc tặng Bằng khen", "issuer": "Thủ tướng Chính phủ", "number": "9/QĐ-TTg",
        "dated_on": "19/05/2015", "creation_key": str(uuid.uuid4()),
    }  # fmt: skip
    wrong = main(client.post(url, said | {"award": str(kind("co_cp").pk), "birth_year": "99999"}))
    assert ("không tặng cho cá nhân; chọn" in wrong, "Ghi năm sinh bằng 4 chữ số." in wrong) == (True, True)
    doubt = client.post(url, said)
    assert (doubt.status_code, "2 người tên “Trần Văn Nam”" in main(doubt)) == (422, True)
    assert "sinh 1970" in main(doubt)
    assert client.post(url, said | {"person": str(twins[1].pk)}).status_code == 302
    assert (Grant.objects.get().person, Grant.objects.get().subject_title) == (twins[1], "Sở Tài chính")
    assert client.post(url, said | {"person": "new", "creation_key": str(uuid.uuid4())}).status_code == 302
    assert Grant.objects.count() == 2


def test_lists_and_pages_take_as_many_queries_at_any_size(world: World) -> None:
    client = world.client("board_specialist")
    taken = []
    decision = make.DecisionFactory(state="issued", year=year())
    for size in (1, 3, 100):
        while Grant.objects.count() < size:
            given(agency=world.agencies["member"], decision=decision)
        first = Grant.objects.first()
        urls = [
            reverse("grant_list"),
            reverse("grant_list") + f"?agency={world.agencies['member'].pk}",
            reverse("grant_detail", args=[first.pk]),
            reverse("decision_list"),
            reverse("decision_detail", args=[decision.pk]),
            reverse("agency_detail", args=[world.agencies["member"].pk]),
        ]
        taken.append([query_count(lambda url=url: client.get(url)) for url in urls])
    assert taken == [[10, 13, 7, 8, 11, 15]] * 3
