"""The groups of a bloc's year: their names and order, and which member stands in which, written in one act."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import CharField, F, Value
from django.db.models.functions import Cast, Concat

from blocs.models import BlocYear, Membership, Subgroup
from blocs.services import members, memberships, years
from emulation.core import revisions
from emulation.core.access import Actor, can
from emulation.core.audit import act
from emulation.core.errors import Refused, Stale
from emulation.core.vietnamese import nfc

NEW = 0
QUICKER = "Người khác vừa sửa nhóm hoặc danh sách đơn vị. Đối chiếu nội dung mới với nội dung bạn nhập rồi lưu lại."
_APART = 100_000


@dataclass(frozen=True)
class GroupSaid:
    """What was typed about one group; without a name the group goes."""

    name: str
    position: int


def arrange(
    *,
    bloc_year: BlocYear,
    groups: Mapping[int, GroupSaid],
    stands_in: Mapping[int, int | None],
    revision: int,
    actor: Actor,
    at: dt.datetime,
) -> bool:
    """Write all groups and where each member stands; return whether anything changed.

    `groups`: by id, under `NEW` the one that is to be made; the order is numbered anew from 1. `stands_in`: the id of
    the group, `NEW` or None, by the id of the membership. `revision`: `revision_of` what the form showed. Raises
    PermissionError, Stale when somebody saved in between, Refused when the year is closed, two groups have one name,
    a group that goes has members or does not exist, a member whose published place is that of its group would move;
    ValidationError.
    """
    if not can(actor, "blocs.edit_members", bloc_year):
        raise PermissionError("blocs.edit_members")
    said = {key: GroupSaid(nfc(row.name.strip()), row.position) for key, row in groups.items()}
    with act(actor=actor, at=at) as current:
        years.hold(bloc_year)
        rows = list(bloc_year.memberships.in_order())
        known = {row.pk: row for row in bloc_year.subgroups.all()}
        if revision_of(rows, list(known.values())) != revision:
            raise Stale(QUICKER)
        kept = {key: row for key, row in said.items() if row.name}
        _refuse(kept, set(known), stands_in)
        members.refuse_moves(_renamed_as_others(rows, kept, known))
        ids, made, changed = _write_groups(bloc_year, kept, known, at)
        moved = _move(rows, {pk: ids[key] if key is not None else None for pk, key in stands_in.items()}, at)
        gone = [pk for pk in known if pk not in kept]
        Subgroup.objects.filter(pk__in=gone).delete()
        is_changed = bool(made or changed or moved or gone)
        if is_changed:
            data = {"made": made, "changed": changed, "gone": gone, "moved": moved}
            current.record("groups_arranged", bloc_year, data=data)
    return is_changed


def revision_of(rows: list[Membership], groups: list[Subgroup]) -> int:
    """Return one number for groups and members that moves when any of them is added, saved or taken out."""
    return memberships.revision_of(rows) + sum((row.revision + 1) * 1000 + row.pk % 1000 for row in groups)


def _refuse(kept: Mapping[int, GroupSaid], known: set[int], stands_in: Mapping[int, int | None]) -> None:
    names = [row.name for row in kept.values()]
    twice = next((name for name in names if names.count(name) > 1), "")
    if twice:
        raise Refused(f"Hai nhóm cùng tên “{twice}”; ghi tên khác cho một nhóm.")
    if not set(kept) <= known | {NEW}:
        raise Refused("Nhóm này không thuộc khối; tải lại trang rồi nhập lại.")
    if not {key for key in stands_in.values() if key is not None} <= set(kept):
        raise Refused("Nhóm bỏ trống tên vẫn còn đơn vị; ghi tên nhóm, hoặc chọn nhóm khác cho các đơn vị đó.")


def _renamed_as_others(
    rows: list[Membership], kept: Mapping[int, GroupSaid], known: Mapping[int, Subgroup]
) -> list[Membership]:
    """Return the members of groups that take another group's name: to a reader they change groups like who moves."""
    names = {row.name: key for key, row in known.items()}
    taking = {key for key, row in kept.items() if key in known and names.get(row.name, key) != key}
    return [row for row in rows if row.subgroup_id in taking]


def _write_groups(
    bloc_year: BlocYear, kept: Mapping[int, GroupSaid], known: Mapping[int, Subgroup], at: dt.datetime
) -> tuple[dict[int, int], list[int], list[int]]:
    """Write the groups that stay and the new one; return the ids by what was said, which was made, which changed."""
    # Of equal numbers the new group comes first, for its number was chosen; the others keep the order that stood.
    order = sorted(kept, key=lambda key: (kept[key].position, known[key].position if key != NEW else 0))
    positions = {key: number for number, key in enumerate(order, start=1)}
    changed = [
        row
        for key, row in known.items()
        if key in kept and (row.name, row.position) != (kept[key].name, positions[key])
    ]
    # Numbers and names are unique in a bloc: those that change, or go, first make way for each other.
    leaving = [row.pk for row in changed] + [key for key in known if key not in kept]
    bloc_year.subgroups.filter(pk__in=leaving).update(
        position=F("position") + _APART, name=Concat(Value("\x01"), Cast("pk", CharField()))
    )
    for row in changed:
        revisions.save(row, revision=row.revision, at=at, name=kept[row.pk].name, position=positions[row.pk])
    ids, made = {key: key for key in kept}, []
    if NEW in kept:
        new = revisions.insert(Subgroup(bloc_year=bloc_year, name=kept[NEW].name, position=positions[NEW]))
        ids[NEW], made = new.pk, [new.pk]
    return ids, made, [row.pk for row in changed]


def _move(rows: list[Membership], wanted: Mapping[int, int | None], at: dt.datetime) -> list[int]:
    moved = [row for row in rows if row.pk in wanted and row.subgroup_id != wanted[row.pk]]
    members.refuse_moves(moved)
    for row in moved:
        row.subgroup_id, row.revision, row.updated_at = wanted[row.pk], row.revision + 1, at
    Membership.objects.bulk_update(moved, ["subgroup", "revision", "updated_at"])
    return [row.pk for row in moved]
