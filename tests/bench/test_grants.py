"""Fifty thousand awards and six thousand persons: the look-up, a search, an agency's page stay quick (DESIGN 11)."""

import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from awards.models import AwardKind, Decision, Grant, Person
from blocs.models import Agency, EmulationYear
from emulation.accounts.models import User
from emulation.core import clock
from emulation.core.vietnamese import fold, sort_key
from tests.bench.conftest import median, tell
from tests.http import query_count

GRANTS, PERSONS, DECISIONS = 50_000, 6000, 500
BUDGET = 0.3
_FAMILY = ("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Vũ", "Đặng", "Bùi", "Đỗ", "Hồ")
_MIDDLE = ("Văn", "Thị", "Đức", "Minh", "Thanh", "Quốc")
_GIVEN = ("An", "Bình", "Cường", "Dũng", "Hà", "Hương", "Lan", "Nam", "Quỳnh", "Yến")


def _persons(agencies: list[Agency]) -> list[Person]:
    names = [
        f"{_FAMILY[n % 10]} {_MIDDLE[n // 10 % 6]} {_GIVEN[n // 60 % 10]} {_GIVEN[n // 600]}" for n in range(PERSONS)
    ]
    return Person.objects.bulk_create(
        Person(
            name=name,
            position="Chuyên viên",
            agency=agencies[number % len(agencies)],
            search_key=fold(name),
            sort_key=sort_key(name),
        )
        for number, name in enumerate(names)
    )


@pytest.fixture
def awarded(province: EmulationYear) -> Agency:
    """Give fifty thousand awards by five hundred decisions over ten years, to agencies and persons in turn."""
    agencies = list(Agency.objects.order_by("pk"))
    persons, kinds = _persons(agencies), list(AwardKind.objects.order_by("pk"))
    decisions = Decision.objects.bulk_create(
        Decision(
            year=province,
            state="issued",
            title="Về việc tặng Bằng khen",
            issuer="UBND tỉnh Sông Lam",
            number=f"{number}/QĐ-UBND",
            dated_on=dt.date(2017 + number % 10, 12, 1 + number % 28),
            number_year=2017 + number % 10,
            number_key=str(number),
            search_key=f"{number} qd ubnd ve viec tang bang khen",
            issued_at=clock.now(),
        )
        for number in range(DECISIONS)
    )
    # In SQL: fifty thousand rows of two tables through the models take minutes.
    every = (
        "FROM generate_series(0, %(count)s - 1) n "
        "JOIN unnest(%(decisions)s::bigint[]) WITH ORDINALITY d(pk, at) ON d.at = n %% %(d)s + 1 "
        "JOIN unnest(%(agencies)s::bigint[]) WITH ORDINALITY a(pk, at) ON a.at = n / 2 %% %(a)s + 1 "
        "JOIN unnest(%(persons)s::bigint[]) WITH ORDINALITY p(pk, at) ON p.at = n %% %(p)s + 1 "
        "JOIN unnest(%(kinds)s::bigint[]) WITH ORDINALITY k(pk, at) ON k.at = n %% %(k)s + 1 "
        "JOIN awards_decision decision ON decision.id = d.pk "
        "JOIN blocs_agency agency ON agency.id = a.pk "
        "JOIN awards_person person ON person.id = p.pk"
    )
    said = {"count": GRANTS, "year": province.pk}
    for name, rows in (("decisions", decisions), ("agencies", agencies), ("persons", persons), ("kinds", kinds)):
        said |= {name: [row.pk for row in rows], name[0]: len(rows)}
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO awards_decisionline (created_at, updated_at, revision, creation_key, subject_name, "
            "subject_title, merit, position, is_struck, directive, decision_id, agency_id, person_id, award_id) "
            "SELECT now(), now(), 0, gen_random_uuid(), CASE n % 2 WHEN 1 THEN person.name ELSE agency.name END, "
            "'', '', n, false, '', d.pk, CASE n % 2 WHEN 0 THEN a.pk END, CASE n % 2 WHEN 1 THEN p.pk END, k.pk "
            f"{every}".replace(" % 2", " %% 2"),
            said,
        )
        cursor.execute(
            "INSERT INTO awards_grant (created_at, updated_at, revision, creation_key, subject_name, subject_title, "
            "search_key, granted_on, is_revoked, line_id, decision_id, award_id, year_id, agency_id, person_id, "
            "owner_id) SELECT now(), now(), 0, gen_random_uuid(), line.subject_name, '', "
            "coalesce(person.search_key, '') || ' ' || owner.search_key, decision.dated_on, false, line.id, "
            "line.decision_id, line.award_id, %(year)s, line.agency_id, line.person_id, owner.id "
            "FROM awards_decisionline line JOIN awards_decision decision ON decision.id = line.decision_id "
            "LEFT JOIN awards_person person ON person.id = line.person_id "
            "JOIN blocs_agency owner ON owner.id = coalesce(line.agency_id, person.agency_id) ORDER BY line.id",
            said,
        )
        cursor.execute("ANALYZE")
    return agencies[0]


@pytest.mark.django_db(transaction=True)
def test_look_up_search_and_agency_hold_at_fifty_thousand_awards(awarded: Agency) -> None:
    client = Client()
    client.force_login(User.objects.get(username="bench"))
    grant = Grant.objects.order_by("pk")[1]
    pages = {
        "look-up, first page": (reverse("grant_list"), 10),
        "look-up, last page": (f"{reverse('grant_list')}?page=99999", 10),
        "look-up of a person": (f"{reverse('grant_list')}?q=quinh+tran+van", 10),
        "look-up of nobody": (f"{reverse('grant_list')}?q=zzz", 8),
        "look-up by award and level": (f"{reverse('grant_list')}?award={grant.award_id}&state=standing", 10),
        "look-up of an agency": (f"{reverse('grant_list')}?agency={awarded.pk}", 12),
        "one award": (reverse("grant_detail", args=[grant.pk]), 7),
        "decisions": (reverse("decision_list"), 8),
        "one decision": (reverse("decision_detail", args=[grant.decision_id]), 11),
        "an agency": (reverse("agency_detail", args=[awarded.pk]), 14),
        "search in the head": (f"{reverse('search')}?q=quinh+tran", None),
    }
    for what, (url, count) in pages.items():
        if count is not None:
            assert (what, query_count(lambda url=url: client.get(url))) == (what, count)
        taken = median(lambda url=url: client.get(url), times=7, warm=1)
        tell(f"{what}, seconds", taken, f"≤ {BUDGET}", holds=taken <= BUDGET)
