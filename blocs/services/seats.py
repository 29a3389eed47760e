"""Seats: giving and ending one is an act of its own, for every right follows from it."""

import datetime as dt

from blocs.enums import SignsAs
from blocs.models import Agency, Seat
from blocs.models.seat import AGENCY_CAPACITIES
from emulation.accounts.models import User
from emulation.core import revisions
from emulation.core.access import Actor
from emulation.core.audit import act
from emulation.core.errors import Refused


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
    """Seat a person. The caller has asked whether the actor may.

    Raises Refused when the capacity needs an agency, must not have one, or the person sits there already.
    """
    if (capacity in AGENCY_CAPACITIES) != (agency is not None):
        raise Refused("Tư cách này phải gắn với đơn vị." if agency is None else "Tư cách này không gắn với đơn vị.")
    if (capacity == "signer") != (signs_as in SignsAs.values):
        raise Refused("Chỉ người ký có cách ghi khi ký; chọn lại tư cách hoặc cách ghi.")
    with act(actor=actor, at=at) as current:
        if ends_on is None and _sits(user, capacity, agency):
            raise Refused(f"{user} đã có vị trí này; không cần thêm.")
        seat = revisions.insert(
            Seat(
                user=user,
                capacity=capacity,
                agency=agency,
                title=title,
                signs_as=signs_as,
                starts_on=starts_on,
                ends_on=ends_on,
            )
        )
        current.record(
            "seat_given", seat, data={"user": user.pk, "capacity": capacity, "agency": agency.pk if agency else None}
        )
    return seat


def _sits(user: User, capacity: str, agency: Agency | None) -> bool:
    return user.seats.filter(capacity=capacity, agency=agency, ends_on__isnull=True).exists()


def end(*, seat: Seat, ends_on: dt.date, actor: Actor, at: dt.datetime, note: str = "") -> Seat:
    """End a seat on that day, its last; the row stays. Raises Refused when it has ended or begins later."""
    with act(actor=actor, at=at) as current:
        if seat.ends_on is not None:
            raise Refused("Vị trí này đã kết thúc.")
        if ends_on < seat.starts_on:
            raise Refused("Ngày kết thúc đứng trước ngày bắt đầu; ghi lại ngày kết thúc.")
        revisions.save(seat, revision=seat.revision, at=at, ends_on=ends_on)
        current.record("seat_ended", seat, note=note, data={"ends_on": ends_on})
    return seat
