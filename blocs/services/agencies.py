"""Agencies and their dated names: the open name and the agency's own columns are written together, only here."""

import datetime as dt
from typing import Any

from blocs.enums import AgencyKind, HeaderStyle
from blocs.models import Agency, AgencyName
from emulation.core import revisions
from emulation.core.audit import Act
from emulation.core.errors import Refused
from emulation.core.vietnamese import date_short, nfc


def create(
    *,
    act: Act,
    name: str,
    locality: str = "",
    kind: str = AgencyKind.OTHER,
    code: str | None = None,
    parent: Agency | None = None,
    phone: str = "",
    short: str = "",
    superior: str = "",
    place: str = "",
    header_style: str = "",
    valid_from: dt.date | None = None,
) -> Agency:
    """Create an agency with its open name; papers of party bodies get the party's header unless told otherwise.

    Raises ValidationError when a value is refused or the code is another agency's.
    """
    agency = Agency(name=nfc(name), locality=locality, kind=kind, code=code or None, parent=parent, phone=phone)
    agency.set_keys([short])
    revisions.insert(agency)
    style = header_style or (HeaderStyle.PARTY if kind == AgencyKind.PARTY else HeaderStyle.STATE)
    revisions.insert(
        AgencyName(
            agency=agency,
            full=agency.name,
            short=short,
            superior=superior,
            place=place,
            header_style=style,
            valid_from=valid_from,
        )
    )
    return agency


def rename(*, act: Act, agency: Agency, full: str, valid_from: dt.date, short: str = "") -> AgencyName:
    """Close the open name the day before and open a new one; what was frozen under the old name keeps it.

    Raises Refused when the open name began on that day or later.
    """
    old = open_name(agency)
    if old.valid_from is not None and old.valid_from >= valid_from:
        raise Refused(f"Tên “{old.full}” có từ ngày {date_short(old.valid_from)}; tên mới phải bắt đầu sau ngày đó.")
    revisions.save(old, revision=old.revision, at=act.at, valid_to=valid_from - dt.timedelta(days=1))
    new = revisions.insert(
        AgencyName(
            agency=agency,
            full=nfc(full),
            short=short,
            superior=old.superior,
            place=old.place,
            header_style=old.header_style,
            valid_from=valid_from,
        )
    )
    agency.name = new.full
    update(act=act, agency=agency, name=new.full)
    return new


def end(*, act: Act, agency: Agency, last_day: dt.date) -> Agency:
    """Write the last day of an agency that was merged, divided or dissolved; raises Refused when it has ended."""
    if agency.ended_on is not None:
        raise Refused(f"“{agency.name}” đã chấm dứt hoạt động từ trước ({date_short(agency.ended_on)}).")
    return revisions.save(agency, revision=agency.revision, at=act.at, ended_on=last_day)


def update(*, act: Act, agency: Agency, **values: Any) -> Agency:
    """Write columns of the agency itself and the keys that search and order read.

    Raises Stale when somebody saved in between, ValidationError when a value is refused.
    """
    for column, value in values.items():
        setattr(agency, column, value)
    agency.set_keys([text for pair in agency.names.values_list("full", "short") for text in pair])
    keys = {"search_key": agency.search_key, "sort_key": agency.sort_key}
    return revisions.save(agency, revision=agency.revision, at=act.at, **values, **keys)


def open_name(agency: Agency) -> AgencyName:
    """Return the name the agency bears now."""
    return agency.names.get(valid_to__isnull=True)
