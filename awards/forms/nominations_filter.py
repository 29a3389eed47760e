"""The filters of the list of nominations; "Tất cả" first. They ask what is shown, never what is hidden."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.http import QueryDict

from awards.domain.shown import CONFIDENTIAL, WAITING
from awards.enums import NominationState as State
from awards.enums import Route
from awards.models import Nomination
from awards.queries import nominations_choices as offer
from awards.queries.nominations import for_award, in_state
from blocs.models import BlocYear, EmulationYear
from blocs.queries.people import year_of
from emulation.core.access import Actor
from emulation.core.filters import every_word, word_of

_ENDS = frozenset({State.REFUSED, State.NOT_GRANTED})


def _named(label: str, **options: Any) -> django_filters.ChoiceFilter:
    return django_filters.ChoiceFilter(label=label, empty_label="Tất cả", **options)


class NominationFilter(django_filters.FilterSet):
    """Nominations by agency or person, year (the chosen one unless asked otherwise), bloc, award, route, state."""

    q = django_filters.CharFilter(label="Đơn vị, cá nhân", method="named")
    year = _named("Năm thi đua", field_name="year_id")
    bloc = _named("Khối", field_name="bloc_year_id")
    award = _named("Danh hiệu, hình thức", method="for_award")
    route = _named("Con đường", choices=Route.choices)
    state = _named("Trạng thái", method="in_state")

    class Meta:
        model = Nomination
        fields = ["q", "year", "bloc", "award", "route", "state"]

    def __init__(self, data: QueryDict, *, queryset: Any, request: Any) -> None:
        self.actor: Actor = request.actor
        asked, chosen = data.copy(), year_of(request)
        if "year" not in asked and chosen is not None:
            asked["year"] = str(chosen.pk)
        super().__init__(asked, queryset=queryset, request=request)
        years = EmulationYear.objects.order_by("-label", "kind")
        self.filters["year"].extra["choices"] = [(str(row.pk), row.label) for row in years]
        self.filters["award"].extra["choices"] = offer.grouped(offer.awards_for())
        self.filters["state"].extra["choices"] = _states(self.actor)
        self.filters["bloc"].extra["choices"] = _blocs(self.actor, asked.get("year", ""))

    def named(self, rows: QuerySet[Nomination], _name: str, value: str) -> QuerySet[Nomination]:
        """Keep those whose person, agency or proposing agency has every word typed."""
        return rows.filter(
            every_word(value, *(word_of(f"{of}__search_key") for of in ("owner", "agency", "person")))
        )  # fmt: skip

    def for_award(self, rows: QuerySet[Nomination], _name: str, value: str) -> QuerySet[Nomination]:
        """Keep those for an award, as it is shown to the actor."""
        return for_award(rows, int(value), self.actor)

    def in_state(self, rows: QuerySet[Nomination], _name: str, value: str) -> QuerySet[Nomination]:
        """Keep those in a state, as it is shown to the actor."""
        return in_state(rows, value, self.actor)


def _states(actor: Actor) -> list[tuple[str, str]]:
    if actor.scope.is_board:
        return list(State.choices)
    told = [(state.value, str(state.label)) for state in State if state not in CONFIDENTIAL - _ENDS]
    at = next(number for number, (value, _) in enumerate(told) if value == State.SENT) + 1
    return [*told[:at], (State.APPRAISED.value, WAITING), *told[at:]]


def _blocs(actor: Actor, year: str) -> list[tuple[str, str]]:
    rows = BlocYear.objects.filter(year=int(year)) if year.isdecimal() else BlocYear.objects.all()
    if not actor.scope.is_board:
        scope = actor.scope
        rows = rows.filter(pk__in=scope.member_of | scope.leads | scope.deputises | scope.monitors | scope.inherits)
    return [
        (str(pk), name if year.isdecimal() else f"{name}, năm {label}")
        for pk, name, label in rows.in_order().values_list("pk", "name", "year__label")
    ]
