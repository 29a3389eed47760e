"""A year of 540 nominations: list, queue, drafting and the board's home stay in their budgets (issue 4)."""

import pytest
from django.test import Client
from django.urls import reverse

from awards.models import AwardKind, Nomination
from blocs.models import BlocYear, EmulationYear
from emulation.accounts.models import User
from tests.bench.conftest import median, tell
from tests.http import query_count

EACH = 11  # members of a bloc that are proposed: 50 blocs, 550 in all
BUDGET = 0.5


@pytest.fixture
def proposed(province: EmulationYear) -> None:
    """Let every bloc propose eleven of its twelve members; a third waits, a third is appraised, a third approved."""
    kinds = list(AwardKind.objects.filter(slug__in=["co_tinh", "bk_tinh", "ttldxs"]).order_by("pk"))
    states = ("endorsed", "appraised", "approved")
    Nomination.objects.bulk_create(
        Nomination(
            route="via_bloc",
            state=states[number % 3],
            year=province,
            bloc_year=bloc_year,
            owner=member.agency,
            agency=member.agency,
            name=member.name,
            subject_name=member.name.full,
            award=kinds[number % 3],
        )
        for bloc_year in BlocYear.objects.in_year(province)
        for number, member in enumerate(bloc_year.memberships.select_related("agency", "name").in_order()[:EACH])
    )


@pytest.mark.django_db(transaction=True)
def test_pages_of_the_board_hold_at_a_year_of_nominations(proposed: None) -> None:
    client = Client()
    client.force_login(User.objects.get(username="bench"))
    pages = {
        "nominations": (reverse("nomination_list"), 12),
        "nominations, last page": (f"{reverse('nomination_list')}?page=999", 12),
        "the queue": (reverse("appraisal_list"), 12),
        "drafting a decision": (reverse("decision_new"), 12),
        "home of the board": (reverse("home"), 12),
    }
    for what, (url, most) in pages.items():
        count = query_count(lambda url=url: client.get(url))
        assert count <= most, (what, count)
        taken = median(lambda url=url: client.get(url), times=5, warm=1)
        tell(f"{what}: {count} queries, seconds", taken, f"≤ {BUDGET}", holds=taken <= BUDGET)
