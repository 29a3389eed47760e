"""The year-end report speaks of what the bloc did here: the published standing, steps left out, no draft."""

import pytest

from emulation.reports.queries.year import year_summary
from tests import factories as make

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.fixture
def members():
    make.ProvinceFactory()
    bloc_year = make.BlocYearFactory()
    return [make.MembershipFactory(bloc_year=bloc_year) for _ in range(3)]


def named(rows):
    return [(row.agency.name, getattr(row, "place", None) or row.text) for row in rows]


def test_places_are_those_published_before_those_a_source_states(members):
    first, second, third = members
    make.ReportedPlaceFactory(bloc_year=first.bloc_year, agency=third.agency, place=1)
    assert named(year_summary(first.bloc_year).places) == [(third.name.full, 1)]
    standing = make.StandingFactory(bloc_year=first.bloc_year, state="published")
    make.PlaceFactory(standing=standing, membership=second, place=1, proposal="Cờ thi đua của UBND tỉnh")
    make.PlaceFactory(standing=standing, membership=first, place=None, remark="không xếp hạng")
    summary = year_summary(first.bloc_year)
    assert named(summary.places) == [(second.name.full, 1)]
    assert named(summary.awards) == [(second.name.full, "Cờ thi đua của UBND tỉnh")]
    assert summary.awards[0].stage == "proposed"


def test_provisional_standing_never_comes_into_the_report(members):
    standing = make.StandingFactory(bloc_year=members[0].bloc_year)
    make.PlaceFactory(standing=standing, membership=members[0], place=1, proposal="Bằng khen")
    summary = year_summary(members[0].bloc_year)
    assert (summary.places, summary.awards) == ((), ())


def test_proposals_a_source_states_are_not_said_twice(members):
    bloc_year = members[0].bloc_year
    make.ReportedResultFactory(bloc_year=bloc_year, agency=members[0].agency, award_text="Bằng khen")
    standing = make.StandingFactory(bloc_year=bloc_year, state="published")
    make.PlaceFactory(standing=standing, membership=members[0], place=1, proposal="Bằng khen")
    assert named(year_summary(bloc_year).awards) == [(members[0].name.full, "Bằng khen")]


def test_step_the_bloc_does_without_is_said_with_its_reason(members):
    make.MilestoneFactory(bloc_year=members[0].bloc_year, kind="half_year", none_reason="Gộp với tổng kết năm.")
    (step,) = year_summary(members[0].bloc_year).milestones
    assert (step.is_done, step.note) == (None, "Không thực hiện: Gộp với tổng kết năm.")


def test_targets_of_a_draft_covenant_stay_with_who_drafts_it(members):
    covenant = make.CovenantFactory(bloc_year=members[0].bloc_year)
    make.TargetFactory(bloc_year=members[0].bloc_year, covenant=covenant, indicator="Hồ sơ đúng hạn")
    assert year_summary(members[0].bloc_year).targets == ()
    covenant.paper.state = "circulated"
    covenant.paper.save()
    assert [row.indicator for row in year_summary(members[0].bloc_year).targets] == ["Hồ sơ đúng hạn"]
