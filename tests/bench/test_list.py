"""The list of fifty blocs against a bare Django view that renders the same fifty rows, in one run on one machine."""

import pytest
from django.contrib.auth.decorators import login_not_required
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.template import Context, Engine
from django.test import Client, override_settings
from django.urls import include, path

from blocs.models import BlocYear, EmulationYear
from emulation.accounts.models import User
from tests.bench.conftest import BLOCS, median, tell

BARE = Engine(debug=False).from_string(
    "<table>{% for row in rows %}<tr><td>{{ forloop.counter }}</td>"
    "<td><a href='/blocs/{{ row.pk }}/'>{{ row.name }}</a></td>"
    "<td>{{ row.year.label }}</td><td>{{ row.terms.all.0.name.full }}</td><td>{{ row.members }}</td>"
    "<td>{{ row.get_state_display }}</td></tr>{% endfor %}</table>"
)


@login_not_required
def bare(request: HttpRequest) -> HttpResponse:
    """Render the rows as plainly as Django can."""
    rows = (
        BlocYear.objects.select_related("year")
        .prefetch_related("terms__name")
        .annotate(members=Count("memberships"))
        .order_by("sort_key")[:50]
    )
    return HttpResponse(BARE.render(Context({"rows": rows})))


urlpatterns = [path("bare/", bare), path("", include("emulation.urls"))]


@pytest.mark.django_db(transaction=True)
@override_settings(ROOT_URLCONF="tests.bench.test_list", PAGE_SIZE=50)
def test_list_of_fifty_rows_has_a_third_of_the_speed_of_a_bare_view(province: EmulationYear) -> None:
    client = Client()
    client.force_login(User.objects.get(username="bench"))
    page = client.get("/blocs/", {"year": province.pk})
    assert page.content.decode().count("Khối thi đua các cơ quan số") >= BLOCS
    plain = median(lambda: client.get("/bare/"), times=40)
    ours = median(lambda: client.get("/blocs/", {"year": province.pk}), times=40)
    print(f"\nbare {plain * 1000:.1f} ms, ours {ours * 1000:.1f} ms")
    tell("list of 50 rows, share of the bare view's speed", plain / ours, "≥ 0.33", holds=plain / ours >= 1 / 3)
