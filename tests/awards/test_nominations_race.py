"""Two people at the same nominations at once, on PostgreSQL: one wins, the other is told; nothing is there twice."""

import uuid

import pytest

from awards.enums import Route
from awards.models import AwardKind, Nomination, Person
from awards.services import nominations
from awards.services.nominations import PastedPick, Picked, Said
from awards.services.persons import PersonSaid
from emulation.core import clock
from tests import factories as make
from tests.together import together
from tests.world import build

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres_only]


def test_two_leaders_propose_the_same_standing_and_nothing_is_there_twice() -> None:
    world = build()
    row, flag = world.bloc_years["running"], AwardKind.objects.get(slug="co_tinh")
    lines = [Picked(world.agencies[key], flag) for key in ("member", "outgoing")]
    actors = [world.actor(role) for role in ("leader", "deputy")]
    told = together(
        *(
            lambda who=who: nominations.from_standing(bloc_year=row, lines=lines, actor=who, at=clock.now())
            for who in actors
        )
    )
    assert (told, Nomination.objects.filter(state="endorsed").count()) == (["", ""], 2)


def test_one_new_person_in_two_lists_is_written_once() -> None:
    world = build()
    member, letter = world.agencies["member"], AwardKind.objects.get(slug="bk_tinh")
    who = PersonSaid("Nguyễn Văn An")

    def pasting() -> object:
        return nominations.paste(
            year=world.years["2026"], lines=[PastedPick(member, who)], award=letter, commendation=None, merit="",
            creation_key=uuid.uuid4(), actor=world.actor("board_specialist"), at=clock.now(),
        )  # fmt: skip

    def drafting() -> object:
        said = Said(route=Route.DIRECT, year=world.years["2026"], owner=member, award=letter, person=who)
        return nominations.draft(said=said, creation_key=uuid.uuid4(), actor=world.actor("member"), at=clock.now())

    assert together(pasting, drafting) == ["", ""]
    assert (Person.objects.count(), Nomination.objects.count()) == (1, 2)


def test_endorsed_and_withdrawn_at_once() -> None:
    world = build()
    member = world.agencies["member"]
    row = make.NominationFactory(bloc_year=world.bloc_years["running"], agency=member, state="submitted")

    def step(action: str, role: str) -> object:
        fresh = Nomination.objects.get(pk=row.pk)
        return nominations.take(nomination=fresh, action=action, note="x", actor=world.actor(role), at=clock.now())

    together(lambda: step("endorse", "leader"), lambda: step("withdraw", "member"))
    assert Nomination.objects.get(pk=row.pk).state == "withdrawn"


def test_what_was_declined_is_endorsed_and_drafted_anew_at_once() -> None:
    world = build()
    member, bloc_year = world.agencies["member"], world.bloc_years["running"]
    flag = AwardKind.objects.get(slug="co_tinh")
    row = make.NominationFactory(bloc_year=bloc_year, agency=member, award=flag, state="declined")
    said = Said(route=Route.VIA_BLOC, year=bloc_year.year, owner=member, award=flag, bloc_year=bloc_year)
    told = together(
        lambda: nominations.take(nomination=row, action="endorse", actor=world.actor("leader"), at=clock.now()),
        lambda: nominations.draft(said=said, creation_key=uuid.uuid4(), actor=world.actor("member"), at=clock.now()),
    )
    assert sorted(bool(refusal) for refusal in told) == [False, True]
    assert next(filter(None, told)).startswith("Năm 2026 đã có đề nghị")
    assert Nomination.objects.open().count() == 1
