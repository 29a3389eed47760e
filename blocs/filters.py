"""Filters of the lists of this app; "Tất cả" first, search without accents."""

from typing import Any

import django_filters
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import QueryDict

from blocs.enums import SeatCapacity
from blocs.models import Seat
from blocs.queries.people import agency_choices, bloc_choices, confirmed_in, visible_seats, year_of
from emulation.accounts.models import User
from emulation.core import clock
from emulation.core.access import Actor
from emulation.core.filters import search

STATES = {
    "waiting": ("Chờ đăng nhập lần đầu", Q(is_active=True, last_login=None)),
    "must_change": ("Phải đổi mật khẩu", Q(is_active=True, must_change_password=True, last_login__isnull=False)),
    "locked": ("Đã khóa", Q(is_active=False)),
    "working": ("Đang dùng", Q(is_active=True, must_change_password=False, last_login__isnull=False)),
}
NO_SEAT = "no_seat"


def _named(label: str, **options: Any) -> django_filters.ChoiceFilter:
    return django_filters.ChoiceFilter(label=label, empty_label="Tất cả", **options)


class PeopleFilter(django_filters.FilterSet):
    """People by name or login, and by one seat that fits agency, bloc and capacity together."""

    q = django_filters.CharFilter(label="Họ tên, tên đăng nhập")
    agency = _named("Đơn vị")
    bloc = _named("Khối")
    capacity = _named("Tư cách", choices=SeatCapacity.choices)
    state = _named(
        "Trạng thái", choices=[*((key, word) for key, (word, _) in STATES.items()), (NO_SEAT, "Không có vị trí")]
    )
    confirmed = _named("Xác nhận trong năm", choices=[("yes", "Đã xác nhận"), ("no", "Chưa xác nhận")])

    class Meta:
        model = User
        fields = ["q", "agency", "bloc", "capacity", "state", "confirmed"]

    def __init__(self, data: QueryDict, *, queryset: Any, request: Any) -> None:
        super().__init__(data, queryset=queryset, request=request)
        self.actor: Actor = request.actor
        self.year = year_of(request)
        if self.actor.scope.is_board:
            self.filters["agency"].extra["choices"] = agency_choices()
            self.filters["bloc"].extra["choices"] = bloc_choices(self.year)
        else:
            del self.filters["agency"], self.filters["bloc"]

    def filter_queryset(self, queryset: QuerySet[User]) -> QuerySet[User]:
        """Keep who fits everything that was asked."""
        said = self.form.cleaned_data
        queryset = search(queryset, "q", said["q"])
        lasting = visible_seats(self.actor).filter(user=OuterRef("pk")).lasting(clock.today())
        seats = self._fitting(lasting, said)
        if seats is not lasting:
            queryset = queryset.filter(Exists(seats))
        if said["state"] == NO_SEAT:
            queryset = queryset.filter(~Exists(Seat.objects.filter(user=OuterRef("pk")).lasting(clock.today())))
        elif said["state"]:
            queryset = queryset.filter(STATES[said["state"]][1])
        if said["confirmed"]:
            of_agencies = lasting.filter(agency__isnull=False)
            is_open = Exists(of_agencies.annotate(is_confirmed=confirmed_in(self.year)).filter(is_confirmed=False))
            queryset = queryset.filter(Exists(of_agencies), ~is_open if said["confirmed"] == "yes" else is_open)
        return queryset

    def _fitting(self, seats: Any, said: dict[str, Any]) -> Any:
        if said.get("agency"):
            seats = seats.filter(agency=said["agency"])
        if said.get("bloc"):
            seats = seats.filter(agency__memberships__bloc_year=said["bloc"], agency__memberships__left_on=None)
        if said["capacity"]:
            seats = seats.filter(capacity=said["capacity"])
        return seats
