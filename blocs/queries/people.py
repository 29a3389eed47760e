"""People: accounts with their seats, as lists, one page, the yearly confirmation and the file of many show them."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q, QuerySet
from django.utils.crypto import constant_time_compare, salted_hmac

from blocs.domain.people import AgencyFact, Chair, People, PersonFact, PersonRow
from blocs.models import Agency, BlocYear, EmulationYear, Seat, SeatConfirmation
from blocs.models.seat import AGENCY_CAPACITIES, SeatQuerySet
from blocs.queries.years import YEAR_KEY, current_year
from emulation.accounts.domain.accounts import Account, may_manage
from emulation.accounts.models import User
from emulation.core import audit, clock
from emulation.core.access import Actor, can
from emulation.core.models import Event, label_of
from emulation.core.vietnamese import date_short, nfc

HISTORY = {
    "user_invited": "Tạo tài khoản",
    "user_edited": "Sửa họ tên, điện thoại",
    "password_reset": "Cấp lại mật khẩu",
    "password_changed": "Tự đổi mật khẩu",
    "user_deactivated": "Khóa tài khoản",
    "user_reactivated": "Mở lại tài khoản",
    "seat_added": "Thêm vị trí",
    "seat_withdrawn": "Kết thúc vị trí",
    "seat_cancelled": "Hủy vị trí chưa bắt đầu",
    "person_transferred": "Chuyển đơn vị",
    "administrator_given": "Giao quyền quản trị",
    "administrator_withdrawn": "Thôi quyền quản trị",
    "second_factor_added": "Thêm cách xác thực hai bước",
    "second_factor_removed": "Gỡ cách xác thực hai bước",
    "recovery_codes_renewed": "Lập lại mã dự phòng",
    "corrected": "Sửa ở trang quản trị",
}


def stamp_of(user: User) -> str:
    """Return what a page posts back to reset a password: it fits only while the password is the one it was."""
    return salted_hmac("blocs.people.reset", f"{user.pk}:{user.password}").hexdigest()[:24]


def fits_stamp(user: User, stamp: str) -> bool:
    """Whether the password has not changed since the page was shown."""
    return constant_time_compare(stamp, stamp_of(user))


def visible_people(actor: Actor) -> QuerySet[User]:
    """Return the accounts the actor may know of.

    The board all, administrators without a seat left out; an account manager those who sit, or will, in the agency.
    """
    seats = Seat.objects.filter(user=OuterRef("pk"))
    if actor.scope.is_board:
        return User.objects.filter(Q(is_staff=False) | Exists(seats))
    if not can(actor, "blocs.list_people"):
        return User.objects.none()
    return User.objects.filter(Exists(seats.filter(agency=actor.scope.agency_id).lasting(clock.today())))


def visible_seats(actor: Actor) -> SeatQuerySet:
    """Return the seats the actor may know of: the board all, an account manager those in the own agency."""
    seats: SeatQuerySet = Seat.objects.select_related("agency")
    return seats if actor.scope.is_board else seats.filter(agency=actor.scope.agency_id, agency__isnull=False)


def confirmed_in(year: EmulationYear | None) -> Exists:
    """Say of a seat whether it was confirmed for the year."""
    return Exists(SeatConfirmation.objects.filter(seat=OuterRef("pk"), year=year))


def people_list(actor: Actor, year: EmulationYear | None) -> QuerySet[User]:
    """Return the people in the order of their names, each with `shown_seats`; two statements."""
    seats = visible_seats(actor).lasting(clock.today()).annotate(is_confirmed=confirmed_in(year))
    return (
        visible_people(actor)
        .prefetch_related(Prefetch("seats", seats.order_by("starts_on", "pk"), to_attr="shown_seats"))
        .order_by("sort_key", "pk")
    )


@dataclass(frozen=True)
class State:
    """The state of an account in words."""

    word: str
    look: str
    note: str = ""


def state_of(user: User, at: dt.datetime) -> State:
    """Say in words where the account is."""
    if not user.is_active:
        return State("Đã khóa", "bad")
    if user.is_given_password_expired(at):
        return State("Mật khẩu được cấp đã hết hạn", "bad", "Cấp lại mật khẩu")
    until = user.given_password_until
    note = f"đến {date_short(clock.local(until).date())}" if user.must_change_password and until else ""
    if user.last_login is None:
        return State("Chờ đăng nhập lần đầu", "soon", note)
    if user.must_change_password:
        return State("Phải đổi mật khẩu", "soon", note)
    return State("Đang dùng", "ok")


@dataclass(frozen=True)
class SeatLine:
    """A seat as people read it."""

    seat: Seat
    note: str
    look: str
    may_end: bool = False
    may_cancel: bool = False

    @property
    def since(self) -> str:
        """Return from when to when."""
        until = f" đến {date_short(self.seat.ends_on)}" if self.seat.ends_on else ""
        return f"từ {date_short(self.seat.starts_on)}{until}"


@dataclass(frozen=True)
class PersonLine:
    """A person in the list."""

    user: User
    seats: tuple[SeatLine, ...]
    state: State
    confirmed: State | None


def people_lines(rows: Iterable[User], year: EmulationYear | None) -> list[PersonLine]:
    """Turn rows of `people_list` into lines; no statement."""
    now, today = clock.now(), clock.today()
    return [
        PersonLine(
            user,
            tuple(seat_line(seat, today) for seat in user.shown_seats),  # type: ignore[attr-defined] # prefetched
            state_of(user, now),
            _confirmed(user.shown_seats, year),  # type: ignore[attr-defined] # as above
        )
        for user in rows
    ]


def seat_line(seat: Seat, today: dt.date, *, may_end: bool = False) -> SeatLine:
    """Say where a seat is in time."""
    if seat.has_ended(today):
        return SeatLine(seat, "Đã kết thúc", "", may_end)
    if seat.starts_on > today:
        return SeatLine(seat, "Chưa bắt đầu", "soon", may_end, may_cancel=may_end)
    return SeatLine(seat, "", "ok", may_end)


def _confirmed(seats: Sequence[Seat], year: EmulationYear | None) -> State | None:
    of_agencies = [seat for seat in seats if seat.agency_id]
    if not of_agencies or year is None:
        return None
    if all(seat.is_confirmed for seat in of_agencies):  # type: ignore[attr-defined] # annotated
        return State("Đã xác nhận", "ok")
    return State("Chưa xác nhận", "soon")


@dataclass(frozen=True)
class PersonPage:
    """One person: the seats the actor may know of, what may be done, what was done."""

    state: State
    seats: tuple[SeatLine, ...]
    may_manage: bool
    may_transfer: bool
    why_not: str
    events: tuple[tuple[Event, str], ...]


def person_page(actor: Actor, user: User) -> PersonPage:
    """Return the page of one person; two statements."""
    today = clock.today()
    seats = list(user.seats.select_related("agency").order_by(F("ends_on").desc(nulls_first=True), "starts_on", "pk"))
    account = account_from(user, [seat for seat in seats if not seat.has_ended(today)])
    may = can(actor, "accounts.manage_user", account)
    known = [seat for seat in seats if actor.scope.is_board or seat.agency_id == actor.scope.agency_id]
    lines = tuple(
        seat_line(seat, today, may_end=may and not seat.has_ended(today) and may_end(actor, seat)) for seat in known
    )
    events = tuple((event, HISTORY.get(event.verb, event.verb)) for event in audit.timeline(label_of(user), user.pk))
    in_agency = any(seat.agency_id and not seat.has_ended(today) for seat in seats)
    return PersonPage(
        state=state_of(user, clock.now()),
        seats=lines,
        may_manage=may,
        may_transfer=may and in_agency and can(actor, "blocs.transfer_person"),
        why_not="" if may else _why_not(actor, user),
        events=events,
    )


def may_end(actor: Actor, seat: Seat) -> bool:
    """Whether the actor may end that seat, as far as the seat goes."""
    return can(actor, "blocs.give_seat", Chair(seat.capacity, seat.agency_id))


def _why_not(actor: Actor, user: User) -> str:
    if user.pk == actor.user_id:
        return "Đây là tài khoản của chính ông/bà; người khác có thẩm quyền mới sửa được."
    if user.is_staff:
        return "Đây là tài khoản quản trị hệ thống; quản trị hệ thống xử lý ở trang quản trị."
    if actor.scope.is_board:
        return "Tài khoản của lãnh đạo cơ quan thường trực chỉ do lãnh đạo cơ quan thường trực quản lý."
    return (
        "Người này có vị trí ngoài phạm vi quản lý của ông/bà (ở đơn vị khác, hoặc không phải đầu mối, người ký); "
        "việc sửa, cấp lại mật khẩu do cơ quan thường trực làm."
    )


def account_from(user: User, lasting: Iterable[Seat]) -> Account:
    """Return the account as a subject of permissions, from its seats that have not ended."""
    stands = frozenset((seat.capacity, seat.agency_id) for seat in lasting)
    return Account(user_id=user.pk, is_staff=user.is_staff, stands=stands)


def manageable(actor: Actor, agency: Agency) -> list[tuple[User, tuple[SeatLine, ...]]]:
    """Return the people of an agency whose password the actor may reset, with their seats there; two statements."""
    today = clock.today()
    lasting = Seat.objects.lasting(today).select_related("agency").order_by("starts_on", "pk")
    here = Exists(Seat.objects.filter(user=OuterRef("pk"), agency=agency).lasting(today))
    users = User.objects.filter(here, is_active=True).prefetch_related(Prefetch("seats", lasting, to_attr="lasting"))
    return [
        (user, tuple(seat_line(seat, today) for seat in user.lasting if seat.agency_id == agency.pk))
        for user in users.order_by("sort_key", "pk")
        if can(actor, "accounts.manage_user", account_from(user, user.lasting))
    ]


@dataclass(frozen=True)
class ConfirmLine:
    """A seat to confirm, with who confirmed it; whether the actor may end it here."""

    seat: Seat
    confirmation: SeatConfirmation | None
    may_end: bool


def confirm_lines(actor: Actor, agency: Agency, year: EmulationYear) -> list[ConfirmLine]:
    """Return the seats of an agency that have not ended, with their confirmations of the year; four statements."""
    today = clock.today()
    of_year = SeatConfirmation.objects.filter(year=year).select_related("confirmed_by")
    lasting = Seat.objects.lasting(today)
    seats = (
        lasting.filter(agency=agency)
        .select_related("user", "agency")
        .prefetch_related(
            Prefetch("confirmations", of_year, to_attr="of_year"), Prefetch("user__seats", lasting, to_attr="lasting")
        )
        .order_by("user__sort_key", "user_id", "starts_on", "pk")
    )
    return [
        ConfirmLine(
            seat,
            next(iter(seat.of_year), None),  # type: ignore[arg-type] # the plugin takes any row for one
            can(actor, "accounts.manage_user", account_from(seat.user, seat.user.lasting)) and may_end(actor, seat),  # type: ignore[attr-defined] # as above
        )
        for seat in seats
    ]


def unconfirmed_agencies(year: EmulationYear | None) -> QuerySet[Agency]:
    """Return the agencies with open seats: `seat_count`, and how many of them nobody confirmed, `open_count`."""
    today = clock.today()
    lasting = Q(seats__ends_on__isnull=True) | Q(seats__ends_on__gte=today)
    done = SeatConfirmation.objects.filter(year=year).values("seat")
    return (
        Agency.objects.annotate(
            seat_count=Count("seats", filter=lasting),
            open_count=Count("seats", filter=lasting & ~Q(seats__in=done)),
        )
        .filter(seat_count__gt=0)
        .in_order()
    )


def agency_choices() -> list[tuple[str, str]]:
    """Return the agencies people sit in; one statement."""
    seats = Seat.objects.filter(agency=OuterRef("pk"))
    return [(str(pk), name) for pk, name in Agency.objects.filter(Exists(seats)).in_order().values_list("pk", "name")]


def bloc_choices(year: EmulationYear | None) -> list[tuple[str, str]]:
    """Return the blocs of the year; one statement."""
    return [(str(pk), name) for pk, name in BlocYear.objects.filter(year=year).in_order().values_list("pk", "name")]


def world_of(actor: Actor, rows: Sequence[PersonRow]) -> People:
    """Return what a file of people is examined against; four statements.

    Agencies of other places, which sources speak of, have no accounts here: their names would only be mistaken.
    """
    of_province = Agency.objects.filter(locality="").order_by("pk")
    columns = of_province.values_list("pk", "name", "code", "ended_on")
    agencies = [AgencyFact(pk, name, code or "", ended_on) for pk, name, code, ended_on in columns]
    logins = {nfc(row.username).lower() for row in rows if row.username}
    lasting = Seat.objects.lasting(clock.today())
    in_agencies = Exists(lasting.filter(user=OuterRef("pk"), capacity__in=AGENCY_CAPACITIES))
    users = User.objects.filter(in_agencies | Q(username__in=logins))
    accounts = [
        PersonFact(
            user.pk,
            user.username,
            user.full_name,
            frozenset(Chair(seat.capacity, seat.agency_id) for seat in user.lasting),
            may_manage(actor.scope, actor.user_id, account_from(user, user.lasting)),
        )
        for user in users.prefetch_related(Prefetch("seats", lasting, to_attr="lasting")).order_by("pk")
    ]
    every_login = frozenset(name.lower() for name in User.objects.values_list("username", flat=True))
    return People(
        agencies, accounts, every_login, lambda capacity, pk: can(actor, "blocs.give_seat", Chair(capacity, pk))
    )


def last_confirmations(year: EmulationYear | None, agencies: Iterable[Agency]) -> dict[int, dt.datetime]:
    """Return when somebody last confirmed seats of each agency; one statement."""
    rows = SeatConfirmation.objects.filter(year=year, seat__agency__in=[agency.pk for agency in agencies])
    return dict(rows.order_by("confirmed_at").values_list("seat__agency_id", "confirmed_at"))


def year_of(request: Any) -> EmulationYear | None:
    """Return the year chosen in the head, which people are confirmed for; read once a request."""
    if not hasattr(request, "people_year"):
        chosen = request.session.get(YEAR_KEY)
        request.people_year = current_year(EmulationYear.objects.order_by("-label", "kind"), chosen)
    year: EmulationYear | None = request.people_year
    return year
