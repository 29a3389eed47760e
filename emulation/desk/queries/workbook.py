"""What stands now, in the words of the workbook's columns: for the export, and for the check of an upload."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from blocs.enums import MonitorRole, SeatCapacity, YearState
from blocs.models import (
    Agency,
    AgencyName,
    Bloc,
    BlocYear,
    EmulationYear,
    LeadershipTerm,
    Membership,
    NextLeader,
    Partition,
    ReportedPlace,
    ReportedResult,
    Seat,
)
from blocs.queries.covenant import current_targets, target_refusal
from blocs.queries.members import places_apart
from emulation.core import clock
from emulation.core.models import Province
from emulation.core.vietnamese import fold
from emulation.desk.domain.facts import BlocWanted, RowFact, SeatFact, World, print_of
from emulation.desk.domain.matching import AgencyFact
from emulation.desk.domain.sheets import OWN_LOCALITY, sheet_by
from emulation.desk.domain.workbook import wanted_of
from emulation.desk.models import ImportBatch, ParkedRow, ParkedState

Rows = dict[str, tuple[RowFact, ...]]
_ROLE_OF = {
    SeatCapacity.COUNCIL: MonitorRole.COUNCIL,
    SeatCapacity.BOARD_HEAD: MonitorRole.SPECIALIST,
    SeatCapacity.BOARD_SPECIALIST: MonitorRole.SPECIALIST,
}
_LINKS = (Membership, LeadershipTerm, NextLeader, ReportedPlace, ReportedResult)


def rows_of(bloc_year: BlocYear) -> Rows:
    """Return every row of a bloc's year by sheet. Eleven queries, whatever its size."""
    return {
        "bloc": (_bloc(bloc_year),),
        "members": tuple(
            _member(row) for row in bloc_year.memberships.select_related("agency", "name", "subgroup").in_order()
        ),
        "leaders": tuple(_leaders(bloc_year)),
        "milestones": tuple(
            RowFact(row.pk, {"kind": row.kind, "due_on": row.due_on, "done_on": row.done_on, "note": row.note})
            for row in bloc_year.milestones.order_by("pk")
        ),
        "monitors": tuple(
            RowFact(
                row.pk,
                {
                    "role": row.role,
                    "person": row.seat.user.full_name if row.seat else "",
                    "title": row.seat.title if row.seat else "",
                    "stated": row.stated,
                    "starts_on": row.starts_on,
                    "ends_on": row.ends_on,
                },
            )
            for row in bloc_year.monitors.select_related("seat__user").order_by("pk")
        ),
        "movements": _plain(bloc_year.movements.order_by("number"), "number", "title", "launched_by", "is_next_year"),
        "targets": _plain(
            current_targets(bloc_year),
            "number",
            "indicator",
            "unit",
            "direction",
            "planned",
            "planned_text",
        ),
        "places": tuple(
            RowFact(row.pk, {**_agency(row.agency, row.name), "place": row.place}, row.agency_id)
            for row in bloc_year.places.select_related("agency", "name").order_by("place", "agency__sort_key", "pk")
        ),
        "results": tuple(_result(row) for row in _results(bloc_year)),
        "figures": _plain(bloc_year.figures.order_by("number"), "number", "label", "part", "whole", "note"),
    }


def _plain(rows: Iterable[Any], *columns: str) -> tuple[RowFact, ...]:
    return tuple(RowFact(row.pk, {column: getattr(row, column) for column in columns}) for row in rows)


def _bloc(row: BlocYear) -> RowFact:
    values = {
        "year": row.year.label,
        "year_kind": row.year.kind,
        "code": row.bloc.code or "",
        "name": row.name,
        "number": row.number,
        "kind": row.kind,
        "locality": row.bloc.locality or OWN_LOCALITY,
        "parent": row.parent.name if row.parent else "",
        "partition": row.partition.title if row.partition else "",
        "state": row.state,
        "stated_member_count": row.stated_member_count,
        "theme": row.theme,
        "source": row.source,
        "note": row.note,
    }
    return RowFact(row.pk, values)


def _agency(agency: Agency | None, name: AgencyName | None) -> dict[str, str]:
    if agency is None:
        return {"code": "", "agency": "", "locality": ""}
    return {
        "code": agency.code or "",
        "agency": name.full if name else agency.name,
        "locality": agency.locality or OWN_LOCALITY,
    }


def _member(row: Membership) -> RowFact:
    flags = ("joined_on", "left_on", "is_voting", "is_scored", "is_ranked", "counts_for_quota", "also_in", "note")
    values = {
        "number": row.position,
        **_agency(row.agency, row.name),
        "agency_kind": row.agency.kind,
        "group": row.subgroup.name if row.subgroup else "",
        **{flag: getattr(row, flag) for flag in flags},
    }
    return RowFact(row.pk, values, row.agency_id)


def _leaders(bloc_year: BlocYear) -> Iterable[RowFact]:
    terms = bloc_year.terms.select_related("agency", "name", "recognised_paper").order_by("pk")
    for row in sorted(terms, key=lambda row: row.role != "leader"):
        paper = row.recognised_paper
        values = {
            "term": "this",
            "role": row.role,
            **_agency(row.agency, row.name),
            "elected_on": row.elected_on,
            "recognised_on": row.recognised_on,
            "paper_number": paper.number if paper else "",
            "paper_date": paper.dated_on if paper else None,
            "paper_issuer": paper.issuer if paper else "",
            "ends_on": row.ends_on,
            "stated": "",
        }
        yield RowFact(row.pk, values, row.agency_id)
    blank = dict.fromkeys(("elected_on", "recognised_on", "paper_date", "ends_on")) | {
        "paper_number": "",
        "paper_issuer": "",
    }
    following = bloc_year.next_leaders.select_related("agency", "name").order_by("pk")
    for named in sorted(following, key=lambda row: row.role != "leader"):
        whom = _agency(named.agency, named.name)
        # Two kinds of rows share the sheet: ids of the next year's are told apart by their sign.
        values = {"term": "next", "role": named.role, **whom, **blank, "stated": named.stated}
        yield RowFact(-named.pk, values, named.agency_id)


def _results(bloc_year: BlocYear) -> Iterable[ReportedResult]:
    return bloc_year.results.select_related("agency__parent", "name").order_by("number")


def _result(row: ReportedResult) -> RowFact:
    parent = row.agency.parent if row.agency else None
    values = {
        "number": row.number,
        **_agency(row.agency, row.name),
        "parent": parent.name if parent else "",
        "how_many": row.how_many,
        "award_text": row.award_text,
        "stage": row.stage,
        "note": row.note,
    }
    return RowFact(row.pk, values, row.agency_id)


def world_for(wanted: BlocWanted | None) -> World:
    """Return what stands now around the bloc year a file is about."""
    province = Province.objects.filter(pk=1).first()
    own = frozenset(fold(text) for text in (province.name, province.place) if text) if province else frozenset()
    if wanted is None:
        return World(own=own, agencies=_agencies(), seats=_seats())
    year = EmulationYear.objects.filter(label=wanted.year, kind=wanted.year_kind).first()
    rows = BlocYear.objects.filter(year=year).select_related("bloc", "year", "parent", "partition").order_by("pk")
    in_year = list(rows) if year else []
    place = _locality(wanted.locality, own)
    found, bloc_id, refusal = _bloc_year(wanted, place, in_year)
    remark = "" if found or bloc_id else _remark(wanted, place)
    return world_of(
        found,
        own=own,
        bloc_id=bloc_id,
        in_year=in_year,
        is_closed=year is not None and year.state == YearState.CLOSED,
        refusal=refusal,
        remark=remark,
    )


def world_of(
    bloc_year: BlocYear | None,
    *,
    own: frozenset[str] | None = None,
    bloc_id: int | None = None,
    in_year: Iterable[BlocYear] = (),
    is_closed: bool = False,
    refusal: str = "",
    remark: str = "",
    is_fresh: bool = False,
) -> World:
    """Return what stands around one bloc year, or around a new one; `is_fresh` leaves out what rows wait already."""
    if own is None:
        province = Province.objects.filter(pk=1).first()
        own = frozenset(fold(text) for text in (province.name, province.place)) if province else frozenset()
    return World(
        own=own,
        agencies=_agencies(),
        linked=_linked(bloc_year.bloc_id if bloc_year else bloc_id),
        seats=_seats(),
        parents=tuple((row.pk, row.name) for row in in_year if bloc_year is None or row.pk != bloc_year.pk),
        partitions=tuple(Partition.objects.values_list("pk", "title")),
        rows=rows_of(bloc_year) if bloc_year else {},
        bloc_year_id=bloc_year.pk if bloc_year else None,
        bloc_id=bloc_year.bloc_id if bloc_year else bloc_id,
        is_closed=is_closed or bool(bloc_year and bloc_year.is_closed),
        refusal=refusal,
        remark=remark,
        frozen=_frozen(bloc_year),
        held=_held(bloc_year),
        **_decisions(bloc_year, is_fresh=is_fresh),
    )


def _frozen(bloc_year: BlocYear | None) -> dict[str, str]:
    """Return the sheets that take no rows now, each with the sentence that says why."""
    refusal = target_refusal(bloc_year) if bloc_year else ""
    return {"targets": refusal} if refusal else {}


def _held(bloc_year: BlocYear | None) -> frozenset[int]:
    """Return the memberships that a published standing by groups keeps in their groups."""
    if bloc_year is None:
        return frozenset()
    places = places_apart().filter(membership__bloc_year=bloc_year).order_by()
    return frozenset(places.values_list("membership_id", flat=True))


def _decisions(bloc_year: BlocYear | None, *, is_fresh: bool) -> dict[str, Any]:
    """Return what humans decided about rows of this bloc year before: agencies they named, rows they dropped."""
    if bloc_year is None:
        return {}
    choices, settled = {}, {}
    for row in ParkedRow.objects.filter(batch__bloc_year=bloc_year).order_by("pk"):
        texts = {key: text for key, (_, text) in row.texts.items()}
        if row.state == ParkedState.PLACED and row.agency_id is not None:
            choices[wanted_of(texts).key] = row.agency_id
        if row.state == ParkedState.PLACED and row.was_mended:
            settled[print_of(row.sheet, texts)] = "Đã sửa và nhập ở lần nhập trước."
        elif row.state == ParkedState.WAITING:
            settled[print_of(row.sheet, texts)] = f"Đã chờ xử lý từ lần nhập trước: {row.reason}"
        elif row.state == ParkedState.DROPPED:
            settled[print_of(row.sheet, texts)] = f"Đã bỏ ở lần nhập trước: {row.note}"
    return {"choices": choices, "settled": {} if is_fresh else settled}


def _locality(text: str, own: frozenset[str]) -> str:
    plain = fold(text)
    return "" if plain in own or plain == fold(OWN_LOCALITY) else plain


def _bloc_year(wanted: BlocWanted, place: str, in_year: list[BlocYear]) -> tuple[BlocYear | None, int | None, str]:
    """Return the bloc year meant, or the bloc that has no such year yet, or a sentence when it cannot be told."""
    if wanted.code:
        by_code = next((row for row in in_year if row.bloc.code == wanted.code), None)
        if by_code:
            return by_code, by_code.bloc_id, ""
        bloc = Bloc.objects.filter(code=wanted.code).first()
        if bloc:
            return None, bloc.pk, ""
    same = [row for row in in_year if fold(row.name) == fold(wanted.name) and fold(row.bloc.locality) == place]
    if len(same) > 1:
        return None, None, f"Năm {wanted.year} có {len(same)} khối tên “{wanted.name}”; ghi Mã khối để phân biệt."
    if same and wanted.code and same[0].bloc.code:
        return None, None, f"“{same[0].name}” đã có mã {same[0].bloc.code}, tệp ghi mã {wanted.code}; sửa lại mã."
    return (same[0], same[0].bloc_id, "") if same else (None, None, "")


def _remark(wanted: BlocWanted, place: str) -> str:
    """Return a remark when another year has a bloc of that name: it may be the same, and only a code can say so."""
    others = BlocYear.objects.filter(search_key__startswith=fold(wanted.name)).select_related("bloc", "year")
    labels = sorted(
        {row.year.label for row in others if fold(row.name) == fold(wanted.name) and fold(row.bloc.locality) == place}
    )
    if not labels:
        return ""
    return f"Năm {', '.join(labels)} có khối cùng tên; nếu là cùng một khối thì ghi Mã khối cho cả hai năm."


def _agencies() -> tuple[AgencyFact, ...]:
    names: dict[int, set[str]] = {}
    for agency_id, full, short in AgencyName.objects.values_list("agency_id", "full", "short"):
        names.setdefault(agency_id, set()).update(fold(text) for text in (full, short) if text)
    columns = ("pk", "name", "code", "locality", "kind", "parent_id", "ended_on")
    return tuple(
        AgencyFact(pk, name, frozenset(names.get(pk, {fold(name)})), code or "", *rest)
        for pk, name, code, *rest in Agency.objects.order_by("sort_key", "pk").values_list(*columns)
    )


def _linked(bloc_id: int | None) -> frozenset[int]:
    """Return the agencies the bloc has dealt with in any year."""
    if bloc_id is None:
        return frozenset()
    first, *rest = (
        model.objects.filter(bloc_year__bloc_id=bloc_id, agency__isnull=False).order_by().values_list("agency_id")
        for model in _LINKS
    )
    return frozenset(agency_id for (agency_id,) in first.union(*rest))


def _seats() -> tuple[SeatFact, ...]:
    seats = Seat.objects.open_on(clock.today()).filter(capacity__in=_ROLE_OF).select_related("user").order_by("pk")
    return tuple(SeatFact(row.pk, _ROLE_OF[SeatCapacity(row.capacity)], row.user.full_name, row.title) for row in seats)


def batches() -> QuerySet[ImportBatch]:
    """Return the uploads, the newest first."""
    return ImportBatch.objects.select_related("file", "uploaded_by", "bloc_year__year").defer("written").order_by("-pk")


def waiting_rows() -> QuerySet[ParkedRow]:
    """Return the rows that wait, the newest upload first."""
    waiting = ParkedRow.objects.filter(state=ParkedState.WAITING)
    return (
        waiting.select_related("batch__bloc_year__year", "batch__file")
        .defer("batch__written")
        .order_by("-batch_id", "pk")
    )


@dataclass(frozen=True)
class ShownParked:
    """A waiting row in words: its sheet's title, its cells as (address, heading, text)."""

    row: ParkedRow
    sheet: str
    cells: tuple[tuple[str, str, str], ...]


def shown_parked(row: ParkedRow) -> ShownParked:
    """Return a waiting row in words."""
    sheet, texts = sheet_by(row.sheet), row.texts
    cells = tuple((texts[c.key][0], c.heading, texts[c.key][1]) for c in sheet.columns if c.key in texts)
    return ShownParked(row, sheet.title, cells)
