"""What opening the next year would bring for each bloc; a constant number of statements for any number of blocs."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, F, OuterRef

from blocs.enums import BlocYearState, LeadershipRole
from blocs.models import AgencyName, BlocYear, EmulationYear, LeadershipTerm, Membership, NextLeader, Subgroup
from emulation.core.vietnamese import count2, date_short


@dataclass(frozen=True)
class Member:
    """A membership to carry on, under the name its agency bears now."""

    row: Membership
    name: AgencyName


@dataclass(frozen=True)
class Leader:
    """A named leader or deputy of the next year, under the name its agency bears now."""

    row: NextLeader
    name: AgencyName

    @property
    def is_leader(self) -> bool:
        """Whether it is the leader and not a deputy."""
        return self.row.role == LeadershipRole.LEADER


@dataclass(frozen=True)
class Opening:
    """A bloc year, and what its next year would begin with. `opened`: that next year, where there is one already."""

    row: BlocYear
    opened: BlocYear | None
    has_terms: bool
    members: tuple[Member, ...]
    ended: tuple[Membership, ...]
    groups: tuple[Subgroup, ...]
    leaders: tuple[Leader, ...]
    ended_leaders: tuple[NextLeader, ...]

    @property
    def is_new(self) -> bool:
        """Whether opening would make the next year."""
        return self.opened is None

    @property
    def is_fill(self) -> bool:
        """Whether opening again would give the next year the leadership it was opened without."""
        preparing = self.opened is not None and self.opened.state == BlocYearState.PREPARING
        return preparing and not self.has_terms and bool(self.leaders)

    @property
    def can_open(self) -> bool:
        """Whether there is anything to do."""
        return self.is_new or self.is_fill

    @property
    def leader(self) -> Leader | None:
        """Return the next leader."""
        return next((line for line in self.leaders if line.is_leader), None)

    @property
    def deputies(self) -> tuple[Leader, ...]:
        """Return the next deputies."""
        return tuple(line for line in self.leaders if not line.is_leader)

    @property
    def warnings(self) -> tuple[str, ...]:
        """Return what whoever opens should know; nothing here ever blocks."""
        said = []
        if self.leader is None and not self.has_terms:
            said.append("Chưa ghi Trưởng khối năm sau; mở trước rồi bổ sung lãnh đạo được.")
        said += [
            f"“{row.name}” đã chấm dứt hoạt động ngày {date_short(row.agency.ended_on)}, không đưa sang năm sau."
            for row in self.ended
        ]
        said += [
            f"“{row.name}” được chọn làm {row.get_role_display()} năm sau nhưng đã chấm dứt hoạt động, không đưa sang."
            for row in self.ended_leaders
        ]
        known = {member.row.agency_id for member in self.members}
        said += [
            f"“{line.name}” được chọn làm {line.row.get_role_display()} năm sau nhưng không có trong danh sách đơn vị."
            for line in self.leaders
            if line.row.agency_id not in known
        ]
        if not self.members:
            said.append("Chưa có danh sách đơn vị thành viên để đưa sang.")
        return tuple(said) if self.can_open else ()

    @property
    def member_words(self) -> str:
        """Return how many members go on, in how many groups."""
        groups = f", {count2(len(self.groups))} nhóm" if self.groups else ""
        return f"{count2(len(self.members))} đơn vị{groups}" if self.members else "–"


def next_of(bloc_year: BlocYear) -> BlocYear | None:
    """Return the year after of the same bloc, where it is opened. One query."""
    year = bloc_year.year
    rows = BlocYear.objects.filter(bloc=bloc_year.bloc_id, year__label=year.next_label, year__kind=year.kind)
    return rows.select_related("year", "bloc").first()


def years_to_open() -> list[EmulationYear]:
    """Return the years that blocs can be opened from, the newest first. One query."""
    return list(EmulationYear.objects.order_by("-label", "kind"))


def blocs_of(year: EmulationYear) -> list[BlocYear]:
    """Return the bloc years of one emulation year in the order of lists. One query."""
    return list(BlocYear.objects.in_year(year).select_related("year", "bloc").order_by("sort_key", "pk"))


def openings(rows: Iterable[BlocYear]) -> list[Opening]:
    """Return what opening would bring for each bloc year of one emulation year, in the order given; five queries."""
    rows = list(rows)
    if not rows:
        return []
    year, ids = rows[0].year, [row.pk for row in rows]
    opened = {
        row.bloc_id: row
        for row in BlocYear.objects.filter(
            bloc__in=[row.bloc_id for row in rows], year__label=year.next_label, year__kind=year.kind
        )
        .annotate(has_terms=Exists(LeadershipTerm.objects.filter(bloc_year=OuterRef("pk"))))
        .select_related("year", "bloc")
    }
    memberships = _by_year(
        Membership.objects.filter(bloc_year__in=ids, left_on__isnull=True)
        .select_related("agency", "name")
        .order_by(F("subgroup__position").asc(nulls_last=True), "position", "pk")
    )
    groups = _by_year(Subgroup.objects.filter(bloc_year__in=ids).order_by("position"))
    named = _by_year(
        NextLeader.objects.filter(bloc_year__in=ids).select_related("agency", "name").order_by("-role", "pk")
    )
    agencies = {row.agency_id for kind in (memberships, named) for found in kind.values() for row in found}
    names = {row.agency_id: row for row in AgencyName.objects.filter(agency__in=agencies, valid_to__isnull=True)}
    return [_opening(row, opened.get(row.bloc_id), memberships, groups, named, names) for row in rows]


def _opening(
    row: BlocYear,
    opened: Any,
    memberships: dict[int, list[Any]],
    groups: dict[int, list[Any]],
    named: dict[int, list[Any]],
    names: dict[int, AgencyName],
) -> Opening:
    lasting = [line for line in memberships[row.pk] if line.agency.ended_on is None]
    leaders = [line for line in named[row.pk] if line.agency.ended_on is None]
    return Opening(
        row=row,
        opened=opened,
        has_terms=bool(opened and opened.has_terms),
        members=tuple(Member(line, names[line.agency_id]) for line in lasting),
        ended=tuple(line for line in memberships[row.pk] if line.agency.ended_on is not None),
        groups=tuple(groups[row.pk]),
        leaders=tuple(Leader(line, names[line.agency_id]) for line in leaders),
        ended_leaders=tuple(line for line in named[row.pk] if line.agency.ended_on is not None),
    )


def _by_year(rows: Iterable[Any]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        found[row.bloc_year_id].append(row)
    return found
