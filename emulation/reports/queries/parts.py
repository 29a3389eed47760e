"""What every paper of a bloc says of itself: its header, its agencies, who signs."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Model

from blocs.domain import locality
from blocs.enums import SeatCapacity, SignsAs
from blocs.models import BlocYear, LeadershipTerm, Seat
from emulation.core import clock
from emulation.core.models import Document, DocumentKind, Province, SignedPaper, label_of
from emulation.reports.domain.facts import AgencyFact, HeaderFact, NextTermFact, SignerFact


def of_year(bloc_year: BlocYear) -> dict[str, Any]:
    """Return what every summary says of the bloc and its year."""
    return {
        "bloc_name": bloc_year.name,
        "bloc_kind": bloc_year.kind,
        "year_label": bloc_year.year.label,
        "next_year_label": bloc_year.year.next_label,
        "year_kind": bloc_year.year.kind,
    }


def agency(row: Any) -> AgencyFact:
    """Return the agency of a row that keeps the name it bore then."""
    return AgencyFact(row.agency_id, row.name.full)


@dataclass(frozen=True)
class Registered:
    """Số and ngày as văn thư gave them; empty while they are to come."""

    number: str = ""
    dated_on: dt.date | None = None


def registered(subject: Model, kind: DocumentKind, about: str = "", paper: SignedPaper | None = None) -> Registered:
    """Return số and ngày of a paper: those of its signed form, else those entered for the last file made of it."""
    if paper is not None:
        return Registered(paper.number, paper.dated_on)
    document = (
        Document.objects.filter(kind=kind, subject_label=label_of(subject), subject_id=subject.pk, about=about)
        .exclude(number="")
        .defer("summary")
        .order_by("-version")
        .first()
    )
    return Registered(document.number, document.issued_on) if document else Registered()


def header(bloc_year: BlocYear, kind_sign: str, known: Registered) -> HeaderFact:
    """Return the header of a paper; `kind_sign`: the abbreviation of its kind ("TB"), "" when it bears no number.

    The province gives the sign of reports ("BC-KTĐ"); those of other kinds end alike ("TB-KTĐ").
    """
    province = Province.objects.get(pk=1)
    number, _, sign = known.number.partition("/")
    where = bloc_year.bloc.locality
    unit = province.number_sign.removeprefix("BC-")
    own = province.number_sign if kind_sign == "BC" else f"{kind_sign}-{unit}" if kind_sign else ""
    return HeaderFact(
        superior=locality.authority(where, province.authority),
        place=locality.place(where, province.place),
        sign=sign or own,
        number=number or None,
        dated_on=known.dated_on,
    )


def leader_of(bloc_year: BlocYear) -> LeadershipTerm | None:
    """Return who leads to the end of the year."""
    return bloc_year.terms.filter(role="leader", ends_on__isnull=True).select_related("name").order_by("pk").first()


def head_seats(agency_ids: list[int]) -> dict[int, list[Seat]]:
    """Return the seats of the heads that ever signed for these agencies, each with its agency; one query."""
    found: dict[int, list[Seat]] = {}
    rows = Seat.objects.filter(agency_id__in=agency_ids, capacity=SeatCapacity.SIGNER, signs_as=SignsAs.HEAD)
    for seat in rows.select_related("user", "agency").order_by("pk"):
        found.setdefault(seat.agency_id or 0, []).append(seat)
    return found


def sat_on(seats: Iterable[Seat], day: dt.date) -> list[Seat]:
    """Return the seats that were open on a day; of an agency that was merged or dissolved before, on its last day.

    So the papers of its years keep who signed for it.
    """
    found = []
    for seat in seats:
        ended_on = seat.agency.ended_on if seat.agency else None
        then = min(day, ended_on) if ended_on else day
        if seat.starts_on <= then and not seat.has_ended(then):
            found.append(seat)
    return found


def heads(agency_ids: list[int], on: dt.date | None = None) -> dict[int, list[Seat]]:
    """Return the seats of the heads that were open on a day, so that an old paper names who signed then; or today."""
    day = on or clock.today()
    return {agency_id: sat_on(seats, day) for agency_id, seats in head_seats(agency_ids).items()}


def signer(leader: LeadershipTerm | None, on: dt.date | None = None) -> SignerFact:
    """Return the one open signer of the leading agency; nobody when there is none or several to choose from."""
    if leader is None:
        return SignerFact()
    seats = heads([leader.agency_id], on).get(leader.agency_id, [])
    if len(seats) != 1:
        return SignerFact()
    return SignerFact(titles=(f"{seats[0].title} {leader.name.full}",), name=seats[0].user.full_name)


def next_terms(bloc_year: BlocYear) -> tuple[NextTermFact, ...]:
    """Return whom the meeting named for the next year, the leader first."""
    rows = bloc_year.next_leaders.select_related("name").order_by("pk")
    return tuple(
        NextTermFact(agency(row), row.role, row.stated) for row in sorted(rows, key=lambda row: row.role != "leader")
    )
