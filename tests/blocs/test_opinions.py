"""Comments of members on a circulated paper: who writes, who reads, who answers, until when."""

import datetime as dt
import uuid

import pytest
from django.urls import reverse

from blocs.models import BlocPaper, Opinion
from blocs.services import opinions
from emulation.core import clock as house_clock
from emulation.core.errors import Refused, Stale
from emulation.core.models import Event
from emulation.core.papers import OnPaper
from tests import factories as make
from tests.blocs.covenants import fresh, member, step, year
from tests.http import main
from tests.world import World, build

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
LETTER = OnPaper("15/STC-VP", dt.date(2026, 10, 20), "Sở Tài chính")


@pytest.fixture
def world() -> World:
    return build()


@pytest.fixture
def paper(world) -> BlocPaper:
    return make.BlocPaperFactory(bloc_year=year(world), kind="rules", state="circulated")


def give(world: World, paper: BlocPaper, role: str = "member", key: str = "member", **values) -> Opinion:
    said = {"section": "", "text": "Bổ sung số liệu.", "on_paper": None, "creation_key": uuid.uuid4()} | values
    row = member(world, key)
    return opinions.give(paper=fresh(paper), membership=row, **said, actor=world.actor(role), at=house_clock.now())


def edit(world: World, opinion: Opinion, role: str = "member", **values) -> Opinion:
    said = {"section": "", "text": "Sửa lại.", "revision": opinion.revision} | values
    row = Opinion.objects.select_related("paper__bloc_year", "membership__name").get(pk=opinion.pk)
    return opinions.edit(opinion=row, **said, actor=world.actor(role), at=house_clock.now())


def settle(world: World, opinion: Opinion, outcome: str, answer: str = "", role: str = "leader", **values) -> Opinion:
    row = Opinion.objects.select_related("paper__bloc_year", "membership__name").get(pk=opinion.pk)
    said = {"outcome": outcome, "answer": answer, "revision": row.revision} | values
    return opinions.settle(opinion=row, **said, actor=world.actor(role), at=house_clock.now())


def test_member_comments_once_however_often_it_clicks_and_reopens_by_changing(world, paper):
    key = uuid.uuid4()
    first = give(world, paper, creation_key=key)
    assert give(world, paper, creation_key=key).pk == first.pk
    settle(world, first, "answered", "Đã có ở mục II.")
    row = edit(world, Opinion.objects.get(), role="signer")
    assert (row.text, row.outcome, row.answer) == ("Sửa lại.", "open", "")
    events = Event.objects.filter(subject_id=paper.pk, subject_label="blocs.blocpaper").order_by("seq")
    assert [event.verb for event in events] == ["opinion_given", "opinion_settled", "opinion_edited"]


def test_who_types_for_another_agency_names_its_letter(world, paper):
    with pytest.raises(Refused, match=r"^Ghi văn bản góp ý của đơn vị"):
        give(world, paper, role="leader")
    row = give(world, paper, role="leader", on_paper=LETTER)
    event = Event.objects.get(verb="opinion_given")
    assert (row.signed_paper.number, event.behalf_of) == ("15/STC-VP", "Sở Tài chính")
    assert edit(world, row, role="board_specialist").text == "Sửa lại."


def test_nobody_changes_what_a_member_wrote_itself(world, paper):
    row = give(world, paper)
    for role in ("leader", "board_head", "outgoing", "account_manager"):
        with pytest.raises(PermissionError):
            edit(world, row, role=role)


@pytest.mark.parametrize("role", ["account_manager", "council", "outgoing", "stranger"])
def test_others_do_not_speak_for_the_member(world, paper, role):
    with pytest.raises(PermissionError):
        give(world, paper, role=role)


def test_comment_is_taken_up_or_answered_by_who_runs_the_bloc(world, paper):
    row = give(world, paper)
    with pytest.raises(PermissionError):
        settle(world, row, "adopted", role="member")
    with pytest.raises(Refused, match=r"^Ghi câu trả lời"):
        settle(world, row, "answered", " ")
    assert settle(world, row, "adopted", role="deputy").outcome == "adopted"


def test_answer_to_words_that_have_changed_is_stale(world, paper):
    row = give(world, paper)
    edit(world, row)
    with pytest.raises(Stale):
        settle(world, row, "adopted", revision=0)


def test_passed_paper_takes_no_comment_no_change_and_no_answer(world, paper):
    row = give(world, paper)
    step(world, paper, "pass", passed_on=house_clock.today())
    for act in (lambda: give(world, paper), lambda: edit(world, row), lambda: settle(world, row, "adopted")):
        with pytest.raises(Refused, match=r"^Văn bản đã thông qua nên không nhận góp ý nữa\.$"):
            act()


def test_page_shows_comments_to_who_reads_the_paper_and_acts_to_who_may(world, paper):
    give(world, paper, section="")
    url = reverse("bloc_paper_detail", args=[paper.pk])
    shown = {role: main(world.client(role).get(url)) for role in ("member", "leader", "council", "account_manager")}
    assert [role for role, text in shown.items() if "Bổ sung số liệu." not in text] == []
    acts = {
        "Góp ý": {"member", "leader"},
        "Sửa ý kiến của": {"member"},
        "Tiếp thu, trả lời": {"leader"},
    }
    assert {words: {role for role, text in shown.items() if f" {words} " in text} for words in acts} == acts


def test_form_asks_for_the_letter_of_another_agency_and_keeps_what_was_typed(world, paper):
    client, url = world.client("leader"), reverse("opinion_new", args=[paper.pk])
    said = {"member": member(world, "member").pk, "text": "Bổ sung số liệu.", "creation_key": str(uuid.uuid4())}
    refused = client.post(url, said)
    assert refused.status_code == 422
    assert ("Ghi ngày của văn bản đã ký." in main(refused), "Bổ sung số liệu." in main(refused)) == (True, True)
    assert client.post(url, said | {"paper_dated_on": "20/10/2026"}).status_code == 302
    assert Opinion.objects.get().signed_paper.issuer == "Sở Tài chính"
