"""Who follows a bloc's year: assigned by the board, from a day to a day; what a source names without an account too."""

import datetime as dt
import uuid
from dataclasses import dataclass

from blocs.enums import MonitorRole, SeatCapacity
from blocs.models import BlocYear, Monitor, Seat
from blocs.services import years
from emulation.core import clock, revisions
from emulation.core.access import Actor, can
from emulation.core.audit import act
from emulation.core.errors import Refused
from emulation.core.vietnamese import nfc

CAPACITIES = {
    MonitorRole.COUNCIL: (SeatCapacity.COUNCIL,),
    MonitorRole.SPECIALIST: (SeatCapacity.BOARD_SPECIALIST, SeatCapacity.BOARD_HEAD),
}
UNFIT = {
    MonitorRole.COUNCIL: "{name} không phải thành viên Hội đồng; chọn người khác, hoặc chọn vai trò chuyên viên.",
    MonitorRole.SPECIALIST: "{name} không thuộc cơ quan thường trực; chọn người khác, hoặc chọn vai trò Hội đồng.",
}


@dataclass(frozen=True)
class MonitorSaid:
    """From which day to which; without days from now on and until somebody says otherwise."""

    starts_on: dt.date | None = None
    ends_on: dt.date | None = None


def assign(
    *,
    bloc_year: BlocYear,
    role: str,
    seat: Seat | None,
    stated: str,
    said: MonitorSaid,
    creation_key: uuid.UUID,
    actor: Actor,
    at: dt.datetime,
) -> Monitor:
    """Let a seat follow the bloc, or write in words who does when that person has no account.

    A second click finds the first. Raises PermissionError, Refused when the year is closed, nobody is named, the seat
    is over or of another capacity than the role asks, follows the bloc already or the days contradict;
    ValidationError.
    """
    _ask(actor, bloc_year)
    words = "" if seat else nfc(stated.strip())
    if seat is None and not words:
        raise Refused("Chọn người theo dõi, hoặc ghi chức danh, họ tên khi người đó chưa có tài khoản.")
    if seat is not None:
        _refuse_unfit(seat, role)
    _refuse_days(said)
    with act(actor=actor, at=at) as current:
        years.hold(bloc_year)
        made = bloc_year.monitors.filter(creation_key=creation_key).first()
        if made:
            return made
        _refuse_second(bloc_year, role, seat, words)
        made = revisions.insert(
            Monitor(
                bloc_year=bloc_year,
                role=role,
                seat=seat,
                stated=words,
                starts_on=said.starts_on,
                ends_on=said.ends_on,
                creation_key=creation_key,
            )
        )
        data = {"monitor": made.pk, "role": role, "seat": made.seat_id}
        current.record("monitor_assigned", bloc_year, data=data)
    return made


def change(*, monitor: Monitor, said: MonitorSaid, revision: int, actor: Actor, at: dt.datetime) -> Monitor:
    """Write from which day to which; the last day ends what the person may read of the bloc.

    Raises PermissionError, Refused when the year is closed, the days contradict, or the person follows the bloc by
    another line already; Stale, ValidationError.
    """
    bloc_year = monitor.bloc_year
    _ask(actor, bloc_year)
    _refuse_days(said)
    with act(actor=actor, at=at) as current:
        years.hold(bloc_year)
        if said.ends_on is None and monitor.seat:
            _refuse_second(bloc_year, monitor.role, monitor.seat, "", but=monitor.pk)
        revisions.save(monitor, revision=revision, at=at, starts_on=said.starts_on, ends_on=said.ends_on)
        data = {"monitor": monitor.pk, "from": said.starts_on, "to": said.ends_on}
        current.record("monitor_changed", bloc_year, data=data)
    return monitor


def _ask(actor: Actor, bloc_year: BlocYear) -> None:
    if not can(actor, "blocs.edit_members", bloc_year):
        raise PermissionError("blocs.edit_members")


def _refuse_unfit(seat: Seat, role: str) -> None:
    if seat.capacity not in CAPACITIES[MonitorRole(role)]:
        raise Refused(UNFIT[MonitorRole(role)].format(name=seat.user))
    if seat.has_ended(clock.today()):
        raise Refused(f"Vị trí của {seat.user} đã kết thúc; chọn người khác.")


def _refuse_days(said: MonitorSaid) -> None:
    if said.starts_on and said.ends_on and said.ends_on < said.starts_on:
        raise Refused("Ngày thôi theo dõi đứng trước ngày bắt đầu; ghi lại một trong hai ngày.")


def _refuse_second(bloc_year: BlocYear, role: str, seat: Seat | None, words: str, but: int = 0) -> None:
    """Refuse who follows the bloc already: a seat once at a time, words without a seat once in all."""
    same = {"seat": seat, "ends_on__isnull": True} if seat else {"seat__isnull": True, "stated": words}
    if bloc_year.monitors.filter(role=role, **same).exclude(pk=but).exists():
        raise Refused(f"{seat.user if seat else words} đang theo dõi khối này; không cần thêm.")
