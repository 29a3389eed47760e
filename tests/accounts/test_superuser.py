"""Being superuser gives nothing: not on our pages, not in the admin site."""

from types import SimpleNamespace

import pytest

from blocs.models.seat import AGENCY_CAPACITIES
from emulation.accounts import services
from emulation.accounts.queries import actor_for, open_seats
from emulation.core import access
from tests import factories as make
from tests.accounts.conftest import log_in

pytestmark = pytest.mark.django_db
# A subject of every kind at once: what any predicate may read.
SUBJECT = SimpleNamespace(
    pk=1, bloc_year_id=1, agency_id=1, subject_label="blocs.blocyear", subject_id=1, state="running",
    kind="year_report", user_id=10**6, is_staff=False, stands=frozenset(), parent_id=None, asked_by_id=None,
    capacity="officer", giver_id=1, receiver_id=1, signed_paper_id=None,
    owner_id=1, route="via_bloc", is_draft=False, _meta=SimpleNamespace(label_lower="blocs.blocyear"),
)  # fmt: skip


@pytest.mark.parametrize("capacity", [None, "officer", "signer", "account_manager", "council", "board_specialist"])
def test_superuser_has_the_permissions_of_its_seat_and_no_more(capacity):
    plain, superuser = make.UserFactory(), make.UserFactory(is_superuser=True)
    if capacity:
        agency = {"agency": make.AgencyFactory()} if capacity in AGENCY_CAPACITIES else {}
        for user in (plain, superuser):
            make.SeatFactory(user=user, capacity=capacity, **agency)
    granted = [
        {perm for perm in access.permissions() if access.can(_actor(user), perm, SUBJECT)}
        for user in (plain, superuser)
    ]
    assert granted[0] == granted[1]
    assert {"accounts.invite_administrator", "blocs.reopen_blocyear"} <= access.permissions() - granted[1]


def _actor(user):
    return actor_for(user, next(iter(open_seats(user)), None))


@pytest.mark.parametrize("path", ["/admin/", "/admin/core/event/", "/admin/accounts/user/", "/admin/login/"])
def test_superuser_does_not_know_of_the_admin_site(path):
    user = make.SeatFactory(user__is_superuser=True).user
    assert log_in(user).get(path).status_code == 404


def test_superuser_on_the_staff_but_not_in_the_group_stays_out():
    client = log_in(make.UserFactory(is_superuser=True, is_staff=True))
    assert client.get("/admin/").status_code == 404


def test_superuser_among_administrators_may_what_they_may(administrator):
    superuser = make.UserFactory(is_superuser=True, is_staff=True)
    superuser.groups.add(services.administrators())
    event_pages = ["/admin/", "/admin/core/event/", "/admin/core/event/add/", "/admin/auth/group/", "/admin/core/job/"]
    for path in event_pages:
        assert log_in(superuser).get(path).status_code == log_in(administrator).get(path).status_code, path


def test_superuser_without_a_seat_is_led_to_the_page_that_says_so():
    client = log_in(make.UserFactory(is_superuser=True))
    assert client.get("/blocs/")["Location"] == "/accounts/seat/"
