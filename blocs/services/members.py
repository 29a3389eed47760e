"""Who belongs to a bloc's year, who leads it, who shall lead the next, who follows it."""

import datetime as dt
import uuid
from collections.abc import Sequence
from typing import Any

from blocs.domain.members import RANKED, ended_refusal
from blocs.enums import LeadershipRole
from blocs.models import (
    Agency,
    AgencyName,
    BlocYear,
    LeadershipTerm,
    Membership,
    Monitor,
    NextLeader,
    Place,
    Seat,
    Subgroup,
)
from blocs.queries.members import places_apart
from blocs.services.agencies import open_name
from emulation.core import revisions
from emulation.core.audit import Act
from emulation.core.errors import Refused
from emulation.core.models import SignedPaper


def join(
    *,
    act: Act,
    bloc_year: BlocYear,
    agency: Agency,
    position: int,
    name: AgencyName | None = None,
    subgroup: Subgroup | None = None,
    joined_on: dt.date | None = None,
    left_on: dt.date | None = None,
    is_voting: bool = True,
    is_scored: bool = True,
    is_ranked: bool = True,
    counts_for_quota: bool = True,
    also_in: str = "",
    note: str = "",
    creation_key: uuid.UUID | None = None,
) -> Membership:
    """Make an agency a member under the name it bears now, unless another of its names is given.

    Raises Refused for a unit of an agency, for only whole agencies are members; for one that would be a member beyond
    its own last day.
    """
    if agency.parent_id is not None:
        raise Refused(
            f"“{agency.name}” là bộ phận của đơn vị khác, không phải đơn vị thành viên; chọn đơn vị cấp trên."
        )
    year = bloc_year.year
    refusal = ended_refusal(
        agency.name, agency.ended_on, label=year.label, kind=year.kind, joined_on=joined_on, left_on=left_on
    )
    if refusal:
        raise Refused(refusal)
    return revisions.insert(
        Membership(
            bloc_year=bloc_year,
            agency=agency,
            name=name or open_name(agency),
            subgroup=subgroup,
            position=position,
            joined_on=joined_on,
            left_on=left_on,
            is_voting=is_voting,
            is_scored=is_scored,
            is_ranked=is_ranked,
            counts_for_quota=counts_for_quota,
            also_in=also_in,
            note=note,
            creation_key=creation_key or uuid.uuid4(),
        )
    )


def update(*, act: Act, membership: Membership, **values: Any) -> Membership:
    """Write columns of a membership; raises Refused as `refuse_moves` does, Stale, ValidationError."""
    if "subgroup" in values and values["subgroup"] != membership.subgroup:
        refuse_moves([membership])
    return revisions.save(membership, revision=membership.revision, at=act.at, **values)


def refuse_moves(moved: Sequence[Membership]) -> None:
    """Raise Refused when one of these members leaves its group though it was ranked there in a published standing."""
    found = ranked_apart([row.pk for row in moved])
    if found:
        raise Refused(RANKED.format(name=found.membership.name))


def ranked_apart(membership_ids: Sequence[int]) -> Place | None:
    """Return the first place one of these members has within its group in a published standing."""
    ranked = places_apart().filter(membership__in=membership_ids)
    return ranked.select_related("membership__name").order_by("pk").first()


def elect(
    *,
    act: Act,
    bloc_year: BlocYear,
    agency: Agency,
    role: str,
    name: AgencyName | None = None,
    elected_on: dt.date | None = None,
    recognised_on: dt.date | None = None,
    recognised_paper: SignedPaper | None = None,
    ends_on: dt.date | None = None,
    creation_key: uuid.UUID | None = None,
) -> LeadershipTerm:
    """Make an agency leader or deputy of the year; it acts from its election, recognition may come later.

    Raises Refused when the year has an open leader, or the agency an open term, already.
    """
    # The lock makes two elections wait for each other, so that the check below is still true at the write.
    BlocYear.objects.select_for_update().get(pk=bloc_year.pk)
    if ends_on is None:
        _refuse_second_term(bloc_year, agency, role)
    return revisions.insert(
        LeadershipTerm(
            bloc_year=bloc_year,
            agency=agency,
            name=name or open_name(agency),
            role=role,
            elected_on=elected_on,
            recognised_on=recognised_on,
            recognised_paper=recognised_paper,
            ends_on=ends_on,
            creation_key=creation_key or uuid.uuid4(),
        )
    )


def _refuse_second_term(bloc_year: BlocYear, agency: Agency, role: str) -> None:
    for term in bloc_year.terms.filter(ends_on__isnull=True).select_related("name"):
        if term.agency_id == agency.pk:
            raise Refused(f"“{agency.name}” đang là {term.get_role_display()}; ghi ngày kết thúc trước.")
        if term.role == role == LeadershipRole.LEADER:
            raise Refused(
                f"Khối đang có Trưởng khối là “{term.name}”; ghi ngày kết thúc trước khi ghi Trưởng khối mới."
            )


def name_next(
    *,
    act: Act,
    bloc_year: BlocYear,
    agency: Agency,
    role: str,
    name: AgencyName | None = None,
    stated: str = "",
    creation_key: uuid.UUID | None = None,
) -> NextLeader:
    """Write whom the year's meeting chose or proposed to lead the next year."""
    return revisions.insert(
        NextLeader(
            bloc_year=bloc_year,
            agency=agency,
            name=name or open_name(agency),
            role=role,
            stated=stated,
            creation_key=creation_key or uuid.uuid4(),
        )
    )


def follow(
    *,
    act: Act,
    bloc_year: BlocYear,
    role: str,
    seat: Seat | None = None,
    stated: str = "",
    ends_on: dt.date | None = None,
) -> Monitor:
    """Write who follows the bloc: a seat, or the words of a source that names nobody."""
    return revisions.insert(Monitor(bloc_year=bloc_year, role=role, seat=seat, stated=stated, ends_on=ends_on))
