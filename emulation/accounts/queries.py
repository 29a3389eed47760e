"""What the account's seats stand for. Seats live in a higher app; they are reached by their reverse names only."""

import datetime as dt
import zlib
from typing import Any

from allauth.mfa.models import Authenticator
from django.db.models import F, Q, Value

from emulation.accounts.domain.accounts import Account
from emulation.accounts.domain.scope import AGENCY, Capacity, Scope
from emulation.core import clock
from emulation.core.access import Actor
from emulation.core.models import Event, Province, label_of
from emulation.core.vietnamese import date_short

ANONYMOUS = Actor(user_id=None, name="", title="", seat_id=None, scope=Scope())


def open_seats(user: Any) -> list[Any]:
    """Return the seats the user sits in today, each with its agency, oldest first. One query."""
    return list(user.seats.open_on(clock.today()).select_related("agency").order_by("starts_on", "pk"))


def acting_title(seat: Any) -> str:
    """Return whom the seat acts for, as events and papers print it: "Phó Giám đốc, Sở Tài chính"."""
    return f"{seat.title}, {seat.agency.name}" if seat.agency_id else f"{seat.title}"


def actor_for(user: Any, seat: Any | None) -> Actor:
    """Return the actor a user is in a seat; one query."""
    return Actor(
        user_id=user.pk,
        name=str(user),
        title=acting_title(seat) if seat else "",
        seat_id=seat.pk if seat else None,
        scope=scope_of(user, seat),
    )


def scope_of(user: Any, seat: Any | None) -> Scope:
    """Return what the seat stands for today."""
    if seat is None:
        return Scope(is_staff=user.is_staff)
    capacity, today = Capacity(seat.capacity), clock.today()
    if capacity not in AGENCY:
        begun = Q(starts_on__isnull=True) | Q(starts_on__lte=today)
        followed = seat.monitored.filter(begun, _lasting("ends_on", today))
        lent = Province.objects.filter(lends_head_acts=True).values_list("pk", Value("lent"))
        stands = list(followed.values_list("bloc_year_id", Value("followed")).union(lent))
        return Scope(
            capacity=capacity,
            monitors=frozenset(year for year, what in stands if what == "followed"),
            is_staff=user.is_staff,
            lends_head_acts=any(what == "lent" for _, what in stands),
        )
    lasting = seat.agency.leadership_terms.filter(_lasting("ends_on", today))
    terms = lasting.values_list("bloc_year_id", "role")
    # Files are handed forward only: who led 2025 learns nothing of 2027 by that.
    earlier = lasting.filter(bloc_year__bloc__years__year__label__lt=F("bloc_year__year__label"))
    inherited = earlier.values_list("bloc_year__bloc__years", Value("inherited"))
    member_of = seat.agency.memberships.filter(_lasting("left_on", today)).values_list("bloc_year_id", Value("member"))
    stands = list(terms.union(member_of, inherited))
    return Scope(
        capacity=capacity,
        agency_id=seat.agency_id,
        member_of=frozenset(year for year, role in stands if role == "member"),
        leads=frozenset(year for year, role in stands if role == "leader"),
        deputises=frozenset(year for year, role in stands if role == "deputy"),
        inherits=frozenset(year for year, role in stands if role == "inherited"),
        is_staff=user.is_staff,
    )


def account_of(user: Any) -> Account:
    """Return the account as a subject of permissions; one query."""
    stands = user.seats.lasting(clock.today()).values_list("capacity", "agency_id")
    return Account(user_id=user.pk, is_staff=user.is_staff, stands=frozenset(stands))


def revision_of(user: Any) -> int:
    """Return a number that moves when name or phone are saved; accounts have no revision of their own."""
    return zlib.crc32(f"{user.full_name}\n{user.phone}".encode())


def reset_notice(user: Any) -> str:
    """Say who reset the password the person has just come in with, "" when nobody did; one query, or none."""
    if not user.must_change_password:
        return ""
    resets = Event.objects.filter(subject_label=label_of(user), subject_id=user.pk, verb="password_reset")
    event = resets.order_by("-seq").first()
    if event is None:
        return ""
    by = f"{event.actor_name} ({event.actor_title})" if event.actor_title else event.actor_name
    return (
        f"Mật khẩu do {by} cấp lại ngày {date_short(clock.local(event.at).date())}. "
        "Nếu ông/bà không đề nghị, báo ngay cho cơ quan thường trực."
    )


def factor_types(user: Any) -> frozenset[str]:
    """Return the kinds of second factor the user has enrolled; one query."""
    return frozenset(Authenticator.objects.filter(user_id=user.pk).values_list("type", flat=True))


def _lasting(field: str, day: dt.date) -> Q:
    return Q(**{f"{field}__isnull": True}) | Q(**{f"{field}__gte": day})
