"""The members page: adding an agency, writing its flags, ordering the list, taking out what was added by mistake.

Each is an act of its own by the board; `members.join` and `members.update` do the writing.
"""

import datetime as dt
import uuid
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from django.db.models import Max

from blocs.enums import BlocYearState
from blocs.models import (
    Agency,
    BlocYear,
    LeadershipTerm,
    Membership,
    NextLeader,
    ReportedPlace,
    ReportedResult,
    Subgroup,
)
from blocs.services import blocs, members, years
from emulation.core import revisions
from emulation.core.access import Actor, can
from emulation.core.audit import Act, act
from emulation.core.errors import Refused, Stale
from emulation.core.vietnamese import date_short, nfc

QUICKER = "Người khác vừa sửa danh sách này. Đối chiếu thứ tự mới với thứ tự bạn nhập rồi lưu lại."
LEAVE = "ghi ngày rời khối cho đơn vị này"


@dataclass(frozen=True)
class MemberSaid:
    """What was typed about a membership. `new_group` names a group that may not exist yet and goes before `group`."""

    group: int | None = None
    new_group: str = ""
    joined_on: dt.date | None = None
    left_on: dt.date | None = None
    is_voting: bool = True
    is_scored: bool = True
    is_ranked: bool = True
    counts_for_quota: bool = True
    also_in: str = ""
    note: str = ""

    @property
    def columns(self) -> dict[str, Any]:
        """Return the columns that are written as they are."""
        return {name: value for name, value in asdict(self).items() if name not in {"group", "new_group"}}


def add(
    *,
    bloc_year: BlocYear,
    agency: Agency,
    said: MemberSaid,
    creation_key: uuid.UUID,
    actor: Actor,
    at: dt.datetime,
    position: int | None = None,
) -> Membership:
    """Make an agency a member under the name it bears now, last in the list unless a position is given.

    A second click finds the first. Raises PermissionError, Refused when the year is closed, the agency is a member
    already or a unit of another, or the dates contradict; ValidationError.
    """
    _ask(actor, bloc_year)
    with act(actor=actor, at=at) as current:
        years.hold(bloc_year)
        made = bloc_year.memberships.filter(creation_key=creation_key).first()
        if made:
            return made
        _refuse_second(bloc_year, agency)
        _refuse_dates(said)
        last = bloc_year.memberships.aggregate(last=Max("position"))["last"] or 0
        made = members.join(
            act=current,
            bloc_year=bloc_year,
            agency=agency,
            position=position or last + 1,
            subgroup=_group(current, bloc_year, said),
            creation_key=creation_key,
            **said.columns,
        )
        current.record("member_added", bloc_year, data={"membership": made.pk, "agency": agency.pk})
    return made


def edit(
    *, membership: Membership, said: MemberSaid, position: int, revision: int, actor: Actor, at: dt.datetime
) -> Membership:
    """Write what is typed about a membership; the name it joined under stays.

    Raises PermissionError, Refused when the year is closed, the dates contradict or a published standing holds the
    member in its group, Stale, ValidationError.
    """
    bloc_year = membership.bloc_year
    _ask(actor, bloc_year)
    with act(actor=actor, at=at) as current:
        years.hold(bloc_year)
        _refuse_dates(said)
        values = {"position": position, "subgroup": _group(current, bloc_year, said), **said.columns}
        before = Membership.objects.get(pk=membership.pk)
        changed = sorted(name for name, value in values.items() if getattr(before, name) != value)
        if "subgroup" in changed:
            members.refuse_moves([membership])
        revisions.save(membership, revision=revision, at=at, **values)
        data = {"membership": membership.pk, "agency": membership.agency_id, "fields": changed}
        current.record("member_edited", bloc_year, data=data)
    return membership


def reorder(*, bloc_year: BlocYear, positions: Mapping[int, int], revision: int, actor: Actor, at: dt.datetime) -> None:
    """Order the list by the numbers typed, and number it anew from 1; equal numbers keep their old order.

    `positions`: by the id of the membership. `revision`: `revision_of` what the form showed. Raises PermissionError,
    Refused when the year is closed, Stale when somebody saved in between.
    """
    _ask(actor, bloc_year)
    with act(actor=actor, at=at) as current:
        years.hold(bloc_year)
        rows = list(bloc_year.memberships.in_order())
        if revision_of(rows) != revision:
            raise Stale(QUICKER)
        ordered = sorted(rows, key=lambda row: positions.get(row.pk, row.position))
        moved = [(row, number) for number, row in enumerate(ordered, start=1) if row.position != number]
        for row, number in moved:
            row.position, row.revision, row.updated_at = number, row.revision + 1, at
        if moved:
            Membership.objects.bulk_update([row for row, _ in moved], ["position", "revision", "updated_at"])
            current.record("members_reordered", bloc_year, data={"moved": len(moved)})


def remove(*, membership: Membership, actor: Actor, at: dt.datetime) -> None:
    """Take out a member that was added by mistake: only while the year is prepared and nothing hangs on it.

    Raises PermissionError, Refused otherwise: then the day it left is written.
    """
    bloc_year = membership.bloc_year
    _ask(actor, bloc_year)
    with act(actor=actor, at=at) as current:
        years.hold(bloc_year)
        refuse_removal(membership)
        data = {"membership": membership.pk, "agency": membership.agency_id}
        membership.delete()
        current.record("member_removed", bloc_year, data=data)


def refuse_removal(membership: Membership) -> None:
    """Raise Refused unless the membership may be taken out."""
    state = BlocYear.objects.values_list("state", flat=True).get(pk=membership.bloc_year_id)
    if state != BlocYearState.PREPARING:
        raise Refused(f"Chỉ bỏ được đơn vị khi năm của khối đang chuẩn bị; năm đã bắt đầu thì {LEAVE}.")
    if _hangs(membership):
        raise Refused(f"Đơn vị này đã có số liệu trong năm của khối nên không bỏ được; {LEAVE}.")


def revision_of(rows: list[Membership]) -> int:
    """Return one number for the whole list that moves when a row is added, saved or taken out."""
    return sum((row.revision + 1) * 1000 + row.pk % 1000 for row in rows)


def _hangs(membership: Membership) -> bool:
    """Whether a row of any kind points to the membership, or to its agency within the year."""
    pointing = [relation.field for relation in Membership._meta.related_objects]
    if any(field.model._default_manager.filter(**{field.name: membership}).exists() for field in pointing):
        return True
    same = {"bloc_year": membership.bloc_year_id, "agency": membership.agency_id}
    kinds = (LeadershipTerm, NextLeader, ReportedPlace, ReportedResult)
    return any(model._default_manager.filter(**same).exists() for model in kinds)


def _ask(actor: Actor, bloc_year: BlocYear) -> None:
    if not can(actor, "blocs.edit_members", bloc_year):
        raise PermissionError("blocs.edit_members")


def _refuse_second(bloc_year: BlocYear, agency: Agency) -> None:
    found = bloc_year.memberships.filter(agency=agency).select_related("name").first()
    if found is None:
        return
    if found.left_on:
        raise Refused(
            f"“{found.name}” đã là thành viên và rời khối ngày {date_short(found.left_on)}; sửa dòng của đơn vị đó."
        )
    raise Refused(f"“{found.name}” đã là thành viên của khối; không cần thêm.")


def _refuse_dates(said: MemberSaid) -> None:
    if said.joined_on and said.left_on and said.left_on < said.joined_on:
        raise Refused("Ngày rời khối đứng trước ngày tham gia; ghi lại một trong hai ngày.")


def _group(current: Act, bloc_year: BlocYear, said: MemberSaid) -> Subgroup | None:
    """Return the group named anew, else the chosen one; raises Refused for a group of another bloc."""
    if said.new_group.strip():
        return blocs.subgroup(act=current, bloc_year=bloc_year, name=nfc(said.new_group.strip()))
    if said.group is None:
        return None
    found = bloc_year.subgroups.filter(pk=said.group).first()
    if found is None:
        raise Refused("Nhóm này không thuộc khối; chọn lại nhóm.")
    return found
