"""Seats: giving and ending one is an act of its own, for every right follows from it.

`seat` and `unseat` work inside an open act; none of these asks whether the actor may. Pages go by `services.people`.
"""

import datetime as dt
import uuid

from blocs.enums import SignsAs
from blocs.models import Agency, Seat
from blocs.models.seat import AGENCY_CAPACITIES
from emulation.accounts.models import User
from emulation.core import clock, revisions
from emulation.core.access import Actor
from emulation.core.audit import Act, act
from emulation.core.errors import Refused, Stale
from emulation.core.vietnamese import date_short

BEGUN = "Vị trí này đã bắt đầu nên không hủy được; ghi ngày kết thúc."


def give(
    *,
    user: User,
    capacity: str,
    title: str,
    starts_on: dt.date,
    actor: Actor,
    at: dt.datetime,
    agency: Agency | None = None,
    signs_as: str = "",
    ends_on: dt.date | None = None,
) -> Seat:
    """Seat a person. The caller has asked whether the actor may. Raises Refused as `seat` does."""
    with act(actor=actor, at=at) as current:
        given = seat(
            act=current,
            user=user,
            capacity=capacity,
            title=title,
            agency=agency,
            signs_as=signs_as,
            starts_on=starts_on,
            ends_on=ends_on,
        )
        current.record("seat_given", given, data=said_of(given))
    return given


def said_of(given: Seat) -> dict[str, object]:
    """Return what the event of a given seat holds: ids and the capacity, nothing private."""
    return {"user": given.user_id, "capacity": given.capacity, "agency": given.agency_id}


def seat(
    *,
    act: Act,
    user: User,
    capacity: str,
    title: str,
    starts_on: dt.date,
    agency: Agency | None = None,
    signs_as: str = "",
    ends_on: dt.date | None = None,
    creation_key: uuid.UUID | None = None,
) -> Seat:
    """Seat a person within an open act.

    Raises Refused when the capacity needs an agency, must not have one, the agency is no more by the seat's last day,
    or the person sits there already.
    """
    if (capacity in AGENCY_CAPACITIES) != (agency is not None):
        raise Refused("Tư cách này phải gắn với đơn vị." if agency is None else "Tư cách này không gắn với đơn vị.")
    if (capacity == "signer") != (signs_as in SignsAs.values):
        raise Refused("Chỉ người ký có cách ghi khi ký; chọn lại tư cách hoặc cách ghi.")
    if agency is not None:
        _refuse_ended(agency, ends_on)
    if ends_on is None and _sits(user, capacity, agency):
        raise Refused(f"{user} đã có vị trí này; không cần thêm.")
    return revisions.insert(
        Seat(
            user=user,
            capacity=capacity,
            agency=agency,
            title=title,
            signs_as=signs_as,
            starts_on=starts_on,
            ends_on=ends_on,
            creation_key=creation_key or uuid.uuid4(),
        )
    )


def _refuse_ended(agency: Agency, ends_on: dt.date | None) -> None:
    if agency.ended_on is not None and (ends_on is None or ends_on > agency.ended_on):
        raise Refused(
            f"“{agency.name}” đã chấm dứt hoạt động, đến hết ngày {date_short(agency.ended_on)}; "
            f"chọn đơn vị đang hoạt động."
        )


def _sits(user: User, capacity: str, agency: Agency | None) -> bool:
    return user.seats.filter(capacity=capacity, agency=agency, ends_on__isnull=True).exists()


def end(*, seat: Seat, ends_on: dt.date, actor: Actor, at: dt.datetime, note: str = "") -> Seat:
    """End a seat on that day, its last; the row stays. Raises Refused as `unseat` does."""
    with act(actor=actor, at=at) as current:
        unseat(act=current, seat=seat, ends_on=ends_on)
        current.record("seat_ended", seat, note=note, data={"ends_on": ends_on})
    return seat


def take_back(seat: Seat) -> None:
    """Delete a seat that has not begun, within an open act: nobody ever sat in it, so nothing rests on it.

    Raises Refused when it has begun, or somebody was named in it to follow a bloc; Stale when somebody changed it.
    """
    row = Seat.objects.select_for_update().filter(pk=seat.pk, revision=seat.revision).first()
    if row is None:
        raise Stale("Người khác vừa sửa vị trí này; xem lại rồi thực hiện.")
    if row.starts_on <= clock.today():
        raise Refused(BEGUN)
    if row.monitored.exists():
        raise Refused("Vị trí này đã được giao theo dõi khối nên không hủy được; ghi ngày kết thúc.")
    row.confirmations.all().delete()
    row.delete()


def unseat(*, act: Act, seat: Seat, ends_on: dt.date) -> Seat:
    """End a seat within an open act; an end that lies ahead may be brought forward.

    Raises Refused when it ends by then already or begins later, Stale when somebody changed it in between.
    """
    if seat.ends_on is not None and seat.ends_on <= ends_on:
        raise Refused("Vị trí này đã kết thúc.")
    if ends_on < seat.starts_on:
        raise Refused(f"Ngày kết thúc đứng trước ngày bắt đầu ({date_short(seat.starts_on)}); ghi lại ngày kết thúc.")
    return revisions.save(seat, revision=seat.revision, at=act.at, ends_on=ends_on)
