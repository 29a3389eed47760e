"""Dividing a year into blocs: a new bloc, its name and what it rests on, agencies put into it."""

import datetime as dt
import uuid
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db.models import Max

from blocs.enums import BlocKind, YearState
from blocs.models import Agency, BlocYear, EmulationYear, Membership, Partition
from blocs.services import blocs, members, years
from emulation.core import papers, revisions
from emulation.core.access import Actor, can
from emulation.core.audit import Act, act
from emulation.core.errors import Refused
from emulation.core.models import SignedPaper
from emulation.core.papers import OnPaper
from emulation.core.vietnamese import fold, nfc

NO_TITLE = "Ghi trích yếu của quyết định chia khối mới."


@dataclass(frozen=True)
class FrameSaid:
    """What was typed about a bloc in its year. `title` is that of a new decision, which goes before `partition`."""

    name: str
    number: str = ""
    kind: str = BlocKind.KHOI
    parent: int | None = None
    partition: int | None = None
    title: str = ""


def found(
    *,
    year: EmulationYear,
    said: FrameSaid,
    creation_key: uuid.UUID,
    actor: Actor,
    at: dt.datetime,
    on_paper: OnPaper | None = None,
) -> BlocYear:
    """Make a new bloc with its first year; a second click finds the first.

    Raises PermissionError, Refused when the year is closed or has a bloc of that name, or cụm and decision do not fit;
    ValidationError.
    """
    if not can(actor, "blocs.open_year"):
        raise PermissionError("blocs.open_year")
    paper = papers.receive(on_paper, about=None, actor=actor)
    with act(actor=actor, at=at) as current:
        _hold(year)
        made = BlocYear.objects.filter(creation_key=creation_key).first()
        if made:
            return made
        values = _values(current, BlocYear(year=year), said, paper)
        made = blocs.create(act=current, year=year, creation_key=creation_key, **values)
        current.record("created", made)
    return made


def reframe(
    *,
    bloc_year: BlocYear,
    said: FrameSaid,
    revision: int,
    actor: Actor,
    at: dt.datetime,
    on_paper: OnPaper | None = None,
) -> BlocYear:
    """Write name, number, cụm and decision of a bloc's year.

    Raises PermissionError, Refused as `found` does or when a cụm that has khối shall be one, Stale, ValidationError.
    """
    if not can(actor, "blocs.edit_members", bloc_year):
        raise PermissionError("blocs.edit_members")
    paper = papers.receive(on_paper, about=None, actor=actor)
    with act(actor=actor, at=at) as current:
        _hold(bloc_year.year)
        years.hold(bloc_year)
        values = _values(current, bloc_year, said, paper)
        changed = sorted(name for name, value in values.items() if getattr(bloc_year, name) != value)
        bloc_year.revision = revision
        blocs.update(act=current, bloc_year=bloc_year, **values)
        current.record("edited", bloc_year, data={"fields": changed})
    return bloc_year


def divide(*, bloc_year: BlocYear, agencies: Collection[Agency], actor: Actor, at: dt.datetime) -> list[Membership]:
    """Make agencies members, last in the list, in one act; who stands in a bloc of the year already is passed over.

    Raises PermissionError, Refused when the year is closed, nobody is left to be added, or as `members.join` does.
    """
    if not can(actor, "blocs.edit_members", bloc_year):
        raise PermissionError("blocs.edit_members")
    with act(actor=actor, at=at) as current:
        _hold(bloc_year.year)
        years.hold(bloc_year)
        stands = Membership.objects.filter(bloc_year__year=bloc_year.year_id, left_on__isnull=True)
        taken = set(stands.values_list("agency_id", flat=True))
        taken |= set(bloc_year.memberships.values_list("agency_id", flat=True))
        left = [agency for agency in agencies if agency.pk not in taken]
        if not left:
            raise Refused("Các đơn vị đã chọn đều đã thuộc khối trong năm này; tải lại trang để xem danh sách mới.")
        last = bloc_year.memberships.aggregate(last=Max("position"))["last"] or 0
        made = [
            members.join(act=current, bloc_year=bloc_year, agency=agency, position=number)
            for number, agency in enumerate(left, start=last + 1)
        ]
        for row in made:
            current.record("member_added", bloc_year, data={"membership": row.pk, "agency": row.agency_id})
    return made


def _hold(year: EmulationYear) -> None:
    """Let writers of one year's division wait for each other; raises Refused when the year is closed."""
    if EmulationYear.objects.select_for_update().get(pk=year.pk).state == YearState.CLOSED:
        raise Refused(f"Năm thi đua {year.label} đã khóa; chọn năm khác ở đầu trang.")


def _values(current: Act, row: BlocYear, said: FrameSaid, paper: SignedPaper | None) -> dict[str, Any]:
    name = nfc(said.name.strip())
    locality = row.bloc.locality if row.pk else ""
    same = BlocYear.objects.filter(year=row.year, bloc__locality=locality).exclude(pk=row.pk)
    if any(fold(title) == fold(name) for title in same.values_list("name", flat=True)):
        raise Refused(f"Năm {row.year.label} đã có khối tên “{name}”; mở khối đó, hoặc ghi tên khác.")
    return {
        "name": name,
        "number": nfc(said.number.strip()),
        "kind": said.kind,
        "parent_id": _parent(row, said),
        "partition_id": _partition(current, said, paper),
    }


def _parent(row: BlocYear, said: FrameSaid) -> int | None:
    if (said.kind, said.parent) == (row.kind, row.parent_id):
        return said.parent  # what a source stated stays, also what this page would not offer
    if said.kind == BlocKind.KHOI and row.kind == BlocKind.CUM and row.pk is not None and row.children.exists():
        raise Refused("Cụm này đang có khối; đưa các khối ra khỏi cụm trước khi đổi thành khối.")
    if said.parent is None:
        return None
    if said.kind == BlocKind.CUM:
        raise Refused("Cụm không thuộc cụm khác; bỏ chọn ở ô “Thuộc cụm”.")
    if not BlocYear.objects.filter(pk=said.parent, year=row.year, kind=BlocKind.CUM).exclude(pk=row.pk).exists():
        raise Refused("Chọn lại cụm trong danh sách.")
    return said.parent


def _partition(current: Act, said: FrameSaid, paper: SignedPaper | None) -> int | None:
    """Return the decision chosen, or the new one that was typed."""
    if paper is None:
        return said.partition
    if not said.title.strip():
        raise Refused(NO_TITLE)
    written = papers.write(current, paper)
    return revisions.insert(Partition(title=nfc(said.title.strip()), paper=written)).pk
