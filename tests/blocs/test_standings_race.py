"""Two people at one standing at once, on PostgreSQL: one wins, the other is told; nothing is there twice."""

import datetime as dt
from collections.abc import Callable

import pytest

from blocs.models import Place, Standing
from blocs.services import standings
from blocs.services.standings import PlaceSaid
from emulation.core import clock
from emulation.core.models import Event
from tests.together import together
from tests.world import World, build

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres_only]

MEETING = dt.date(2026, 10, 30)


def province() -> World:
    """Return the province before any bloc has agreed on places."""
    world = build()
    Place.objects.all().delete()
    Standing.objects.all().delete()
    return world


def ready(world: World) -> Standing:
    """Return a standing that can be published."""
    row, leader = world.bloc_years["running"], world.actor("leader")
    standing = standings.draft(bloc_year=row, actor=leader, at=clock.now())
    places = {row.memberships.get(agency=world.agencies["member"]).pk: PlaceSaid(place=1)}
    return standings.enter(
        standing=standing, decided_on=MEETING, is_by_group=False, note="", places=places, revision=0,
        actor=leader, at=clock.now(),
    )  # fmt: skip


def publishing(world: World, standing: Standing, role: str) -> Callable[[], object]:
    row, actor = Standing.objects.select_related("bloc_year").get(pk=standing.pk), world.actor(role)
    return lambda: standings.publish(standing=row, revision=row.revision, actor=actor, at=clock.now())


def editing(world: World, standing: Standing, role: str) -> Callable[[], object]:
    row, actor = Standing.objects.select_related("bloc_year").get(pk=standing.pk), world.actor(role)
    pk = row.bloc_year.memberships.get(agency=world.agencies["member"]).pk
    return lambda: standings.enter(
        standing=row, decided_on=MEETING, is_by_group=False, note="", places={pk: PlaceSaid(place=2)},
        revision=row.revision, actor=actor, at=clock.now(),
    )  # fmt: skip


def test_two_people_draft_at_once_and_get_the_same_standing() -> None:
    world = province()
    row = world.bloc_years["running"]
    actors = [world.actor(role) for role in ("leader", "deputy")]
    told = together(*(lambda who=who: standings.draft(bloc_year=row, actor=who, at=clock.now()) for who in actors))
    assert (told, Standing.objects.count(), Place.objects.count()) == (["", ""], 1, 4)


def test_two_people_publish_at_once_and_one_wins() -> None:
    world = province()
    standing = ready(world)
    told = together(*(publishing(world, standing, role) for role in ("leader", "deputy")))
    assert sorted(told) == ["", "Người khác vừa cập nhật mục này. Tải lại trang để xem trạng thái mới."]
    assert Event.objects.filter(verb="standing_published").count() == 1


def test_publish_and_edit_at_once_never_publish_what_nobody_saw() -> None:
    world = province()
    standing = ready(world)
    published, edited = together(publishing(world, standing, "leader"), editing(world, standing, "deputy"))
    place, state = Place.objects.get(place__isnull=False).place, Standing.objects.get().state
    assert (published, edited, place, state) in [
        ("", standings.WALL, 1, "published"),
        (standings.SEEN, "", 2, "provisional"),
    ]
