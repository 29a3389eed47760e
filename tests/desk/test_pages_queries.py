"""Every list and detail page at 1, 3 and 100 rows under one literal number of statements."""

import pytest
from django.test import Client
from django.urls import reverse

from blocs.enums import LeadershipRole, MilestoneKind
from blocs.models import Agency, BlocYear, EmulationYear
from emulation.accounts.queries import actor_for
from emulation.core import clock
from emulation.core.audit import act
from tests import factories as make
from tests.http import query_count

pytestmark = pytest.mark.django_db

ROWS = pytest.mark.parametrize("rows", [1, 3, 100])
SHELL = 5  # session, account, seats, what the seat stands for, years with the province


@pytest.fixture(autouse=True)
def _one_long_page(settings) -> None:
    settings.PAGE_SIZE = 100


@pytest.fixture
def year() -> EmulationYear:
    make.ProvinceFactory()
    return make.EmulationYearFactory(label="2026")


def login(capacity: str, agency: Agency | None = None) -> Client:
    client = Client()
    client.force_login(make.SeatFactory(capacity=capacity, **({"agency": agency} if agency else {})).user)
    return client


def bloc_years(year: EmulationYear, count: int, agency: Agency | None = None) -> list[BlocYear]:
    """Make blocs, each with a leader, a late milestone, a report and a failed job."""
    rows = [make.BlocYearFactory(year=year) for _ in range(count)]
    for row in rows:
        make.LeadershipTermFactory(bloc_year=row)
        make.MilestoneFactory(bloc_year=row, kind=MilestoneKind.PLAN, due_on="2026-02-01")
        make.DocumentFactory(bloc_year=row)
        make.JobFactory(bloc_year=row)
        if agency:
            make.MembershipFactory(bloc_year=row, agency=agency)
    return rows


@ROWS
def test_frame_of_a_page_takes_five(year: EmulationYear, rows: int) -> None:
    for number in range(rows):
        make.EmulationYearFactory(label=str(1900 + number))
    client = login("officer")
    assert query_count(lambda: client.get(reverse("guide"))) == SHELL


@ROWS
def test_bloc_list_takes_nine(year: EmulationYear, rows: int) -> None:
    bloc_years(year, rows)
    client = login("officer")
    assert query_count(lambda: client.get(reverse("bloc_list"), {"q": "khoi", "year": year.pk})) == SHELL + 4


@ROWS
def test_bloc_export_takes_eight(year: EmulationYear, rows: int) -> None:
    bloc_years(year, rows)
    client = login("officer")
    assert query_count(lambda: client.get(reverse("bloc_export"))) == SHELL + 3


@ROWS
def test_agency_list_takes_nine(year: EmulationYear, rows: int) -> None:
    bloc_year = make.BlocYearFactory(year=year)
    for _ in range(rows):
        make.MembershipFactory(bloc_year=bloc_year, agency__parent=make.AgencyFactory())
    client = login("officer")
    assert query_count(lambda: client.get(reverse("agency_list"), {"q": "so"})) == SHELL + 4


@ROWS
def test_agency_export_takes_eight(year: EmulationYear, rows: int) -> None:
    bloc_year = make.BlocYearFactory(year=year)
    for _ in range(rows):
        make.MembershipFactory(bloc_year=bloc_year)
    client = login("officer")
    assert query_count(lambda: client.get(reverse("agency_export"))) == SHELL + 3


@ROWS
@pytest.mark.parametrize("capacity", ["board_head", "officer", "council"])
def test_bloc_page_takes_fifteen(year: EmulationYear, rows: int, capacity: str) -> None:
    bloc_year = make.BlocYearFactory(year=year)
    group = make.SubgroupFactory(bloc_year=bloc_year)
    member = make.AgencyFactory()
    make.MembershipFactory(bloc_year=bloc_year, agency=member)
    for number in range(rows):
        agency = make.MembershipFactory(bloc_year=bloc_year, subgroup=group if number % 2 else None).agency
        make.LeadershipTermFactory(bloc_year=bloc_year, agency=agency, role=LeadershipRole.DEPUTY)
        make.NextLeaderFactory(bloc_year=bloc_year, agency=agency, role=LeadershipRole.DEPUTY)
        make.ReportedPlaceFactory(bloc_year=bloc_year, agency=agency, place=number + 1)
        make.ReportedResultFactory(bloc_year=bloc_year, agency=agency)
        for factory in (make.MovementFactory, make.TargetFactory, make.ReportedFigureFactory, make.MonitorFactory):
            factory(bloc_year=bloc_year)
        make.DocumentFactory(bloc_year=bloc_year, version=number + 1)
        make.BlocYearFactory(bloc=bloc_year.bloc, year=make.EmulationYearFactory(label=str(1900 + number)))
        make.BlocYearFactory(parent=bloc_year, year=year)
    client = login(capacity, member if capacity == "officer" else None)
    # A council member who does not follow the bloc reads none of its papers, so none are asked for.
    expected = 14 if capacity == "council" else 15
    assert query_count(lambda: client.get(reverse("bloc_detail", args=[bloc_year.pk]))) == expected


@ROWS
def test_agency_page_takes_fourteen(year: EmulationYear, rows: int) -> None:
    agency = make.AgencyFactory(parent=make.AgencyFactory())
    for bloc_year in bloc_years(year, rows, agency):
        make.AgencyFactory(parent=agency)
        make.ReportedPlaceFactory(bloc_year=bloc_year, agency=agency)
        make.ReportedResultFactory(bloc_year=bloc_year, agency=agency)
        make.LeadershipTermFactory(bloc_year=bloc_year, agency=agency, role=LeadershipRole.DEPUTY)
        merged = make.AgencySuccessionFactory(state="done", paper=make.SignedPaperFactory())
        make.ReportedPlaceFactory(agency=make.SuccessionPartyFactory(succession=merged).agency)
        make.SuccessionPartyFactory(succession=merged, side="new", agency=agency)
    client = login("officer")
    assert query_count(lambda: client.get(reverse("agency_detail", args=[agency.pk]))) == SHELL + 10


@ROWS
def test_history_takes_seven(year: EmulationYear, rows: int) -> None:
    bloc_year = make.BlocYearFactory(year=year)
    actor = actor_for(make.UserFactory(), None)
    for _ in range(rows):
        with act(actor=actor, at=clock.now()) as current:
            current.record("edited", bloc_year, data={"fields": ["theme"]})
    client = login("board_head")
    assert query_count(lambda: client.get(reverse("bloc_history", args=[bloc_year.pk]))) == SHELL + 2
