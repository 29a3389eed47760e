"""The sections of a year-end report: typed, saved while typed, raced, circulated, passed, printed."""

import json
import uuid

import pytest
from django.urls import reverse

from blocs.models import BlocPaper
from blocs.services import papers
from emulation.core import clock as house_clock
from emulation.core.errors import Refused, Stale
from emulation.core.models import Event
from emulation.reports.models import Narrative
from emulation.reports.queries import SOURCES
from emulation.reports.queries.narratives import slots_of
from emulation.reports.queries.year import year_summary
from emulation.reports.services import narratives
from emulation.reports.services.narratives import SectionSaid
from tests import factories as make
from tests.blocs.covenants import draft, fresh, member, step, year
from tests.http import main, query_count
from tests.world import World, build

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
KIND = "year_report"


@pytest.fixture
def world() -> World:
    return build()


def autosave(world: World, paper: BlocPaper, text: str, revision: int = 0, key: str = "limits", role: str = "leader"):
    said = SectionSaid(text, revision)
    return narratives.autosave(paper=fresh(paper), key=key, said=said, actor=world.actor(role), at=house_clock.now())


def save(world: World, paper: BlocPaper, role: str = "leader", **said: SectionSaid) -> None:
    narratives.save(paper=fresh(paper), said=said, actor=world.actor(role), at=house_clock.now())


def verbs(paper: BlocPaper) -> list[str]:
    events = Event.objects.filter(subject_label="blocs.blocpaper", subject_id=paper.pk).order_by("seq")
    return list(events.values_list("verb", flat=True))


# --- Writing ----------------------------------------------------------------------------------------------------------


def test_autosave_counts_revisions_and_writes_no_event(world):
    paper = draft(world, KIND)
    assert (autosave(world, paper, "A"), autosave(world, paper, " A ", 1), autosave(world, paper, "B", 1)) == (1, 1, 2)
    assert (Narrative.objects.get().text, verbs(paper)) == ("B", ["paper_drafted"])


def test_whoever_autosaves_second_is_stale_and_writes_nothing(world):
    paper = draft(world, KIND)
    autosave(world, paper, "A")
    with pytest.raises(Stale):
        autosave(world, paper, "B", 0, role="deputy")
    assert Narrative.objects.get().text == "A"


def test_saving_the_whole_names_the_sections_somebody_else_saved_and_saves_none(world):
    paper = draft(world, KIND)
    autosave(world, paper, "A")
    with pytest.raises(Stale, match=r"“III\.1\. Hạn chế”"):
        save(world, paper, limits=SectionSaid("B", 0), causes=SectionSaid("C", 0))
    assert list(Narrative.objects.values_list("text", flat=True)) == ["A"]
    save(world, paper, limits=SectionSaid("B", 1), causes=SectionSaid("C", 0))
    event = Event.objects.get(subject_label="blocs.blocpaper", subject_id=paper.pk, verb="paper_edited")
    assert json.loads(event.data) == {"kind": KIND, "version": 1, "sections": 2}


def test_each_member_has_a_part_and_no_agency_of_another_bloc(world):
    paper = draft(world, KIND)
    row = member(world, "member")
    autosave(world, paper, "Đạt 100%.", key=f"tasks_{row.pk}")
    with pytest.raises(KeyError):
        autosave(world, paper, "Đạt 100%.", key=f"tasks_{member(world, 'stranger', 'scoring').pk}")
    assert [slot.title for slot in slots_of(fresh(paper)) if slot.text] == ["Sở Tài chính"]


def test_empty_draft_is_not_circulated_and_a_passed_one_takes_no_more_words(world):
    paper = draft(world, KIND)
    with pytest.raises(Refused, match=r"^Văn bản chưa có nội dung"):
        step(world, paper, "circulate")
    autosave(world, paper, "A")
    step(world, paper, "circulate")
    autosave(world, paper, "B", 1)
    step(world, paper, "pass", passed_on=house_clock.today())
    with pytest.raises(Refused, match=r"^Văn bản đã thông qua"):
        autosave(world, paper, "C", 2)


def test_next_version_begins_with_the_sections_of_the_last(world):
    paper = draft(world, KIND)
    autosave(world, paper, "A")
    step(world, paper, "pass", passed_on=house_clock.today())
    new = papers.revise(
        paper=fresh(paper), change="amendment", reason="Bổ sung.", creation_key=uuid.uuid4(),
        actor=world.actor("leader"), at=house_clock.now(),
    )  # fmt: skip
    autosave(world, new, "B", 1)
    assert list(Narrative.objects.order_by("pk").values_list("paper__version", "text")) == [(1, "A"), (2, "B")]


# --- Pages ------------------------------------------------------------------------------------------------------------


def test_autosave_answers_in_data_when_saved_and_in_a_sentence_when_not(world):
    paper, client = draft(world, KIND), world.client("leader")
    url = reverse("narrative_autosave", args=[paper.pk])

    def post(**said):
        answer = client.post(url, {"section": "limits", "revision": 0} | said)
        return answer.status_code, answer.json()

    assert post(text="A") == (200, {"revision": 1, "at": f"{house_clock.local(house_clock.now()):%H:%M}"})
    assert post(text="B") == (
        409,
        {"sentence": "Chưa lưu: người khác vừa sửa mục này. Bấm “Lưu báo cáo” để đối chiếu hai bản."},
    )
    assert post(section="không có", text="B")[0] == 422
    assert post(text="B" * 20_001)[1] == {"sentence": "Mục này dài quá 20.000 chữ; rút gọn rồi lưu lại."}


def test_lost_session_is_told_to_the_script_and_not_answered_with_the_login_page(world):
    paper = draft(world, KIND)
    page = f"http://testserver{reverse('narrative_edit', args=[paper.pk])}"
    headers = {"HX-Request": "true", "HX-Current-URL": page}
    answer = world.client("anonymous").post(reverse("narrative_autosave", args=[paper.pk]), {}, headers=headers)
    assert (answer.status_code, answer["HX-Redirect"]) == (
        204, f"/accounts/login/?next={reverse('narrative_edit', args=[paper.pk])}"
    )  # fmt: skip


def test_form_saves_what_was_typed_and_shows_both_texts_to_who_lost(world):
    paper, client = draft(world, KIND), world.client("leader")
    url = reverse("narrative_edit", args=[paper.pk])
    autosave(world, paper, "Của phó khối", role="deputy")
    typed = {"limits": "Của trưởng khối", "initial-limits": "", "revision_limits": 0, "revision": 0}
    lost = client.post(url, typed)
    assert lost.status_code == 409
    assert "Ông/bà đã nhập Đang lưu trong hệ thống III.1. Hạn chế Của trưởng khối Của phó khối" in main(lost)
    assert b'name="revision_limits" value="1"' in b" ".join(lost.content.split())
    assert client.post(url, typed | {"revision_limits": 1}).status_code == 302
    assert Narrative.objects.get().text == "Của trưởng khối"


def test_section_nobody_touched_is_left_to_who_saved_it(world):
    paper, client = draft(world, KIND), world.client("leader")
    autosave(world, paper, "Mới", role="deputy")
    said = {"limits": "", "initial-limits": "", "revision_limits": 0, "causes": "Kiêm nhiệm", "revision_causes": 0}
    assert client.post(reverse("narrative_edit", args=[paper.pk]), said | {"revision": 0}).status_code == 302
    assert dict(Narrative.objects.values_list("section", "text")) == {"limits": "Mới", "causes": "Kiêm nhiệm"}


@pytest.mark.parametrize("rows", [1, 3, 100])
def test_draft_and_its_form_take_the_same_queries_at_every_size(world, rows):
    paper = draft(world, KIND)
    autosave(world, paper, "A")
    step(world, paper, "circulate")
    for _ in range(rows):
        row = make.MembershipFactory(bloc_year=paper.bloc_year)
        make.NarrativeFactory(paper=paper, section="tasks", membership=row)
        make.OpinionFactory(paper=paper, membership=row)
    client = world.client("leader")
    assert query_count(lambda: client.get(reverse("narrative_detail", args=[paper.pk]))) == 12
    assert query_count(lambda: client.get(reverse("narrative_edit", args=[paper.pk]))) == 8


def test_new_report_leads_from_its_title_to_its_sections_and_from_the_list_to_its_page(world):
    client = world.client("leader")
    new = reverse("bloc_paper_new", args=[year(world).pk, KIND])
    answer = client.post(new, {"title": "Báo cáo tổng kết năm 2026", "creation_key": str(uuid.uuid4())})
    paper = BlocPaper.objects.get(kind=KIND)
    assert answer["Location"] == reverse("narrative_edit", args=[paper.pk])
    shown = client.get(reverse("bloc_paper_detail", args=[paper.pk]))
    assert shown["Location"] == reverse("narrative_detail", args=[paper.pk])


# --- What the report says ---------------------------------------------------------------------------------------------


def test_report_prints_the_newest_version_and_stays_with_who_drafts_it_until_circulated(world):
    paper = draft(world, KIND)
    autosave(world, paper, "Một.\n- Hai")
    row = member(world, "member")
    autosave(world, paper, "Đạt 100%.", key=f"tasks_{row.pk}")
    summary = year_summary(year(world))
    assert (summary.narrative("limits"), summary.narrative("tasks", row.agency_id)) == (
        ("Một.", "- Hai"), ("Đạt 100%.",),
    )  # fmt: skip
    is_draft = SOURCES[KIND].is_draft
    assert (is_draft(summary), summary.is_draft) == (True, True)
    step(world, paper, "circulate")
    assert is_draft(year_summary(year(world))) is False


def test_report_counts_what_decisions_gave_to_members_and_compares_with_the_year_before(world):
    this, before = year(world), world.bloc_years["closed"]
    owner = world.agencies["member"]
    given = {"year": this.year, "bloc_year": None}
    for _ in range(2):
        make.GrantFactory(line__agency=owner, **given)
    make.GrantFactory(line__agency=owner, is_revoked=True, **given)
    make.GrantFactory(line__agency=world.agencies["stranger"], **given)
    make.GrantFactory(line__agency=owner, year=before.year, bloc_year=world.bloc_years["scoring"])
    person = make.PersonFactory(agency=owner)
    make.GrantFactory(line__agency=None, line__person=person, **given)
    make.ReportedResultFactory(bloc_year=before, agency=owner, stage="granted")
    make.ReportedPlaceFactory(bloc_year=before, agency=owner, place=2)
    summary = year_summary(this)
    assert [(row.level, row.collectives, row.persons) for row in summary.grants] == [("province", 2, 1)]
    assert summary.previous is not None
    assert (summary.previous.year_label, summary.previous.member_total) == ("2025", 4)
    assert [row.place for row in summary.previous.places] == [2]
    assert (len(summary.previous.awards), summary.previous.grants) == (1, ())
