"""People: an account and its seats together, within the bounds of who gives them (DECISIONS H26).

Every writer locks the account first and asks then, so that a seat given elsewhere in between is seen. A first password
leaves by the return value alone: no row, event, message or log holds it.
"""

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from blocs.domain.people import Chair, RowKind, RowVerdict, digest, examine, propose_login
from blocs.models import Agency, EmulationYear, Seat, SeatConfirmation
from blocs.queries.people import fits_stamp, world_of
from blocs.renderers import people_book
from blocs.services import seats
from emulation.accounts import services as accounts
from emulation.accounts.models import User
from emulation.accounts.services import Given
from emulation.core import clock, files
from emulation.core.access import Actor, can
from emulation.core.audit import Act, act
from emulation.core.errors import Refused, Stale
from emulation.core.models import FileKind, StoredFile
from emulation.core.vietnamese import date_short

RESET_BEFORE = (
    "Mật khẩu vừa được cấp lại hoặc người dùng vừa đổi; mỗi mật khẩu chỉ hiện một lần. "
    "Muốn cấp lại lần nữa thì mở lại trang rồi thực hiện."
)
MOVED_ON = "Danh sách vừa thay đổi so với lúc xem trước; xem lại kết quả dưới đây rồi xác nhận."


@dataclass(frozen=True)
class SeatSaid:
    """A seat as a form says it."""

    capacity: str
    title: str
    starts_on: dt.date
    agency: Agency | None = None
    signs_as: str = ""


@dataclass(frozen=True)
class Sheet:
    """What one account sheet prints; lives only in the answer of the act that made the password."""

    given: Given
    agency: str
    seats: str


def give_account(
    *,
    full_name: str,
    said: SeatSaid,
    actor: Actor,
    at: dt.datetime,
    username: str = "",
    phone: str = "",
    creation_key: uuid.UUID | None = None,
) -> Given:
    """Create an account with its first seat in one act; without a login one is proposed.

    Raises PermissionError, Refused (login taken, seat impossible), ValidationError.
    """
    _require_chair(actor, said)
    if not username:
        stem = (said.agency.code or said.agency.name) if said.agency else ""
        username = propose_login(full_name, stem, lambda login: User.objects.filter(username__iexact=login).exists())
    with act(actor=actor, at=at) as current:
        given = accounts.add(act=current, username=username, full_name=full_name, phone=phone)
        seat = _seat(current, given.user, said, creation_key)
        current.record(
            "user_invited", given.user, data={"is_administrator": False, "seat": seat.pk, **seats.said_of(seat)}
        )
    return given


def add_seat(
    *, user: User, said: SeatSaid, actor: Actor, at: dt.datetime, creation_key: uuid.UUID | None = None
) -> Seat:
    """Give an account one more seat. Raises PermissionError, Refused."""
    _require_chair(actor, said)
    with act(actor=actor, at=at) as current:
        accounts.hold(user, actor)
        seat = _seat(current, user, said, creation_key)
        current.record("seat_added", user, data={"seat": seat.pk, **seats.said_of(seat)})
    return seat


def end_seat(*, seat: Seat, ends_on: dt.date, note: str, revision: int, actor: Actor, at: dt.datetime) -> Seat:
    """End a seat, `ends_on` being its last day. Raises PermissionError, Refused, Stale."""
    with act(actor=actor, at=at) as current:
        accounts.hold(seat.user, actor)
        _require_end(actor, seat)
        if seat.revision != revision:
            raise Stale("Người khác vừa sửa vị trí này; xem lại rồi thực hiện.")
        seats.unseat(act=current, seat=seat, ends_on=ends_on)
        current.record("seat_withdrawn", seat.user, note=note, data={"seat": seat.pk, "ends_on": ends_on})
    return seat


def cancel_seat(*, seat: Seat, note: str, revision: int, actor: Actor, at: dt.datetime) -> None:
    """Take a seat back before it begins; only the event is left of it. Raises PermissionError, Refused, Stale."""
    with act(actor=actor, at=at) as current:
        accounts.hold(seat.user, actor)
        _require_end(actor, seat)
        if seat.revision != revision:
            raise Stale("Người khác vừa sửa vị trí này; xem lại rồi thực hiện.")
        data = {"seat": seat.pk, "starts_on": seat.starts_on, **seats.said_of(seat)}
        seats.take_back(seat)
        current.record("seat_cancelled", seat.user, note=note, data=data)


def transfer(*, user: User, source: Agency, said: SeatSaid, note: str, actor: Actor, at: dt.datetime) -> Seat:
    """End every seat in one agency the day before `said.starts_on` and give one in another from that day.

    Raises PermissionError, Refused when nothing is left there to end or a seat begins on that day or later.
    """
    if not can(actor, "blocs.transfer_person"):
        raise PermissionError("blocs.transfer_person")
    if said.agency is None or said.agency == source:
        raise Refused("Chọn đơn vị mới khác đơn vị cũ.")
    _require_chair(actor, said)
    last_day = said.starts_on - dt.timedelta(days=1)
    with act(actor=actor, at=at) as current:
        accounts.hold(user, actor)
        left = list(user.seats.filter(agency=source).lasting(clock.today()).select_related("agency"))
        if not left:
            raise Refused(f"{user} không còn vị trí nào ở “{source.name}”.")
        late = next((seat for seat in left if seat.starts_on > last_day), None)
        if late:
            raise Refused(
                f"Vị trí “{late.title}” ở đơn vị cũ bắt đầu ngày {date_short(late.starts_on)}; "
                "ngày chuyển phải sau ngày đó."
            )
        for seat in left:
            _require_end(actor, seat)
            if seat.ends_on is None or seat.ends_on > last_day:
                seats.unseat(act=current, seat=seat, ends_on=last_day)
        given = _seat(current, user, said, None)
        data = {"from": source.pk, "to": said.agency.pk, "ended": [seat.pk for seat in left], "seat": given.pk}
        current.record("person_transferred", user, note=note, data=data)
    return given


def reset_passwords(*, chosen: Sequence[tuple[User, str]], note: str, actor: Actor, at: dt.datetime) -> list[Given]:
    """Give new first passwords to all of them or to none; each with the stamp its page showed.

    Raises PermissionError, Refused for a locked account, Stale when a password has changed since the page was shown,
    so that a page posted twice shows no second password.
    """
    given = []
    with act(actor=actor, at=at) as current:
        for user, stamp in sorted(chosen, key=lambda pair: pair[0].pk):
            accounts.hold(user, actor)
            if not user.is_active:
                raise Refused(f"Tài khoản của {user} đang khóa; mở lại rồi cấp mật khẩu.")
            if not fits_stamp(user, stamp):
                raise Stale(RESET_BEFORE)
            given.append(accounts.reset(act=current, user=user, note=note))
    return given


def confirm(
    *,
    agency: Agency,
    year: EmulationYear,
    right: Sequence[int],
    ended: Mapping[int, dt.date],
    actor: Actor,
    at: dt.datetime,
) -> tuple[int, int]:
    """Say that seats of an agency still are their persons', end others; by their ids, in one act.

    Returns how many were confirmed and ended now; what was confirmed before stays as it is. Raises PermissionError,
    Refused, Stale when a seat is no longer in the list.
    """
    if actor.user_id is None or not can(actor, "blocs.confirm_seat", agency):
        raise PermissionError("blocs.confirm_seat")
    if not right and not ended:
        raise Refused("Chưa chọn vị trí nào; đánh dấu “Vẫn đúng” hoặc ghi ngày kết thúc.")
    with act(actor=actor, at=at) as current:
        # People first, always in this order: every act about people takes their locks before those of seats.
        holders = Seat.objects.filter(pk__in=ended, agency=agency).values("user")
        for user in User.objects.filter(pk__in=holders).order_by("pk"):
            accounts.hold(user, actor)
        listed = Seat.objects.filter(agency=agency).lasting(clock.today()).select_for_update(of=("self",))
        found = {seat.pk: seat for seat in listed.order_by("pk")}
        if not {*right, *ended} <= found.keys():
            raise Stale("Danh sách vừa thay đổi: có vị trí đã kết thúc hoặc không còn ở đơn vị; xem lại rồi xác nhận.")
        for pk, day in ended.items():
            _require_end(actor, found[pk])
            seats.unseat(act=current, seat=found[pk], ends_on=day)
        by = User.objects.get(pk=actor.user_id)
        before = set(SeatConfirmation.objects.filter(year=year, seat__in=right).values_list("seat_id", flat=True))
        new = [pk for pk in dict.fromkeys(right) if pk not in before and pk not in ended]
        SeatConfirmation.objects.bulk_create(
            SeatConfirmation(seat=found[pk], year=year, confirmed_by=by, confirmed_at=at) for pk in new
        )
        data = {"year": year.pk, "confirmed": len(new), "ended": sorted(ended)}
        current.record("people_confirmed", agency, data=data)
    return len(new), len(ended)


# --- Many at once -----------------------------------------------------------------------------------------------------


def upload(*, name: str, content: bytes, actor: Actor) -> StoredFile:
    """Keep a file of people for its uploader to look through. Raises PermissionError, Refused."""
    if not can(actor, "blocs.list_people"):
        raise PermissionError("blocs.list_people")
    files.accept(name, content, kinds={FileKind.XLSX})
    people_book.read(content)
    return files.store(name=name, content=content, kind=FileKind.XLSX, actor=actor)


def preview(*, stored: StoredFile, actor: Actor) -> list[RowVerdict]:
    """Return what each row of the file would make as things are now. Raises Refused when it cannot be read."""
    rows = people_book.read(files.read(stored))
    return examine(rows, world_of(actor, rows))


def bring_in(*, stored: StoredFile, seen: str, actor: Actor, at: dt.datetime) -> list[Sheet]:
    """Create everything the file says in one act and return the account sheets of the new accounts.

    The file is examined once more; `seen` is the digest of the preview. Raises PermissionError, Stale when the outcome
    would differ from the preview, Refused when a row is wrong or there is nothing to do.
    """
    if not can(actor, "blocs.list_people"):
        raise PermissionError("blocs.list_people")
    rows = people_book.read(files.read(stored))
    made: dict[str, Given] = {}
    sheets = []
    with act(actor=actor, at=at) as current:
        verdicts = examine(rows, world_of(actor, rows))
        if digest(verdicts) != seen:
            raise Stale(MOVED_ON)
        wrong = [verdict for verdict in verdicts if verdict.kind == RowKind.WRONG]
        if wrong:
            raise Refused(f"Còn {len(wrong):02d} dòng cần sửa; sửa trong tệp rồi tải lên lại.")
        todo = [verdict for verdict in verdicts if verdict.kind in {RowKind.NEW, RowKind.SEAT}]
        if not todo:
            raise Refused("Mọi dòng của tệp đều đã có; không tạo thêm gì.")
        agencies = Agency.objects.in_bulk({verdict.agency_id for verdict in todo})
        existing = User.objects.in_bulk({verdict.user_id for verdict in todo if verdict.user_id})
        for verdict in sorted(todo, key=lambda verdict: verdict.user_id):
            user = existing.get(verdict.user_id)
            if user is not None:
                accounts.hold(user, actor)
            elif verdict.kind == RowKind.NEW:
                made[verdict.username] = accounts.add(
                    act=current, username=verdict.username, full_name=verdict.full_name, phone=verdict.phone
                )
            said = SeatSaid(
                verdict.capacity,
                verdict.title,
                clock.today(),
                agencies.get(verdict.agency_id),
                verdict.signs_as,
            )
            _require_chair(actor, said)
            _seat(current, user or made[verdict.username].user, said, None)
            if verdict.kind == RowKind.NEW:
                sheets.append((verdict, made[verdict.username]))
        data = {
            "file": stored.sha256,
            "accounts": len(made),
            "seats": len(todo),
            "users": sorted(given.user.pk for given in made.values()),
        }
        current.record("people_imported", stored, data=data)
    return [
        Sheet(given, verdict.agency, ", ".join(other.title for other in todo if other.username == verdict.username))
        for verdict, given in sheets
    ]


# --- Bounds -----------------------------------------------------------------------------------------------------------


def _require_chair(actor: Actor, said: SeatSaid) -> None:
    if not can(actor, "blocs.give_seat", Chair(said.capacity, said.agency.pk if said.agency else None)):
        raise PermissionError("blocs.give_seat")


def _require_end(actor: Actor, seat: Seat) -> None:
    if not can(actor, "blocs.give_seat", Chair(seat.capacity, seat.agency_id)):
        raise PermissionError("blocs.give_seat")


def _seat(current: Act, user: User, said: SeatSaid, creation_key: uuid.UUID | None) -> Seat:
    return seats.seat(
        act=current,
        user=user,
        capacity=said.capacity,
        title=said.title,
        agency=said.agency,
        signs_as=said.signs_as,
        starts_on=said.starts_on,
        creation_key=creation_key,
    )
