"""Predicates and querysets agree: what a role finds in a list is what it may open, for every role and every row."""

import pytest

from blocs.models import Agency, BlocYear
from emulation.core.access import can
from emulation.core.models import Document, Job
from emulation.reports.queries import bloc_years_with_papers
from tests.world import ROLES, SEATED, World

pytestmark = pytest.mark.django_db

RUNS = {
    "leader": {"running"},
    "deputy": {"running"},
    "outgoing": {"closed"},
}
BELONGS = {
    "leader": {"closed", "running"},
    "deputy": {"closed", "running"},
    "member": {"closed", "running"},
    "signer": {"closed", "running"},
    "signer_kt": {"closed", "running"},
    "account_manager": {"closed", "running"},
    "outgoing": {"closed", "running"},
    "council": {"running"},
    "stranger": {"scoring"},
}
EVERYTHING = {"closed", "running", "preparing", "scoring", "concluded"}
BOARD = {"board_head", "board_specialist"}


def allowed(world: World, role: str, perm: str) -> set[str]:
    return {key for key, row in world.bloc_years.items() if can(world.actor(role), perm, row)}


@pytest.mark.parametrize("role", ROLES)
def test_bloc_years_listed_are_those_that_open(world: World, role: str) -> None:
    listed = set(BlocYear.objects.visible_to(world.actor(role)))
    assert listed == {row for row in BlocYear.objects.all() if can(world.actor(role), "blocs.view_blocyear", row)}
    assert allowed(world, role, "blocs.view_blocyear") == (EVERYTHING if role in SEATED else set())


@pytest.mark.parametrize("role", ROLES)
def test_agencies_listed_are_those_that_open(world: World, role: str) -> None:
    listed = set(Agency.objects.visible_to(world.actor(role)))
    assert listed == {row for row in Agency.objects.all() if can(world.actor(role), "blocs.view_agency", row)}
    assert len(listed) == (6 if role in SEATED else 0)


@pytest.mark.parametrize("role", ROLES)
def test_bloc_year_is_changed_by_who_runs_it(world: World, role: str) -> None:
    runs = EVERYTHING if role in BOARD else RUNS.get(role, set())
    for perm in ("edit", "start", "score", "conclude"):
        assert allowed(world, role, f"blocs.{perm}_blocyear") == runs
    assert allowed(world, role, "blocs.close_blocyear") == (EVERYTHING if role in BOARD else set())
    assert allowed(world, role, "blocs.reopen_blocyear") == (EVERYTHING if role == "board_head" else set())


@pytest.mark.parametrize("role", ROLES)
def test_history_and_papers_are_for_who_belongs(world: World, role: str) -> None:
    belongs = EVERYTHING if role in BOARD else BELONGS.get(role, set())
    assert allowed(world, role, "blocs.view_history") == belongs
    with_papers = {row.pk for row in bloc_years_with_papers(world.actor(role))}
    assert with_papers == {world.bloc_years[key].pk for key in belongs}


@pytest.mark.parametrize("role", ROLES)
def test_papers_and_jobs_open_where_their_bloc_year_is_listed(world: World, role: str) -> None:
    actor = world.actor(role)
    listed = {row.pk for row in bloc_years_with_papers(actor)}
    runs = actor.scope.leads | actor.scope.deputises
    for paper in Document.objects.all():
        readers = runs if paper.is_draft and role not in BOARD else listed
        assert can(actor, "reports.view_document", paper) == (paper.subject_id in readers)
    for job in Job.objects.filter(kind="year_report"):
        assert can(actor, "reports.view_job", job) == (job.subject_id in listed)
    assert can(actor, "reports.view_job", world.jobs["province"]) == (role in BOARD)


def test_superuser_gains_nothing(world: World) -> None:
    admin = world.users["admin"]
    admin.is_superuser = True
    admin.save()
    assert allowed(world, "admin", "blocs.view_blocyear") == set()
    assert list(BlocYear.objects.visible_to(world.actor("admin"))) == []
    assert list(Agency.objects.visible_to(world.actor("admin"))) == []
