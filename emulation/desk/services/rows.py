"""Verdicts → rows: carries out what the check of a workbook found, through the writers of the apps below."""

from collections.abc import Callable, Iterable
from typing import Any

from blocs.enums import AgencyKind, LeadershipRole
from blocs.models import (
    Agency,
    AgencyName,
    Bloc,
    BlocYear,
    LeadershipTerm,
    Membership,
    Monitor,
    Movement,
    NextLeader,
    ReportedFigure,
    ReportedPlace,
    ReportedResult,
    Seat,
    Target,
)
from blocs.services import agencies, blocs, members
from emulation.core import revisions
from emulation.core.audit import Act
from emulation.core.models import SignedPaper, Stamped
from emulation.core.vietnamese import fold
from emulation.desk.domain.matching import Found
from emulation.desk.domain.sheets import OWN_LOCALITY
from emulation.desk.domain.verdicts import RowVerdict, Verdict

_BLOC_COLUMNS = ("name", "number", "kind", "stated_member_count", "theme", "source", "note")
_MEMBER_COLUMNS = (
    "joined_on", "left_on", "is_voting", "is_scored", "is_ranked", "counts_for_quota", "also_in", "note",
)  # fmt: skip


def write_bloc(row: RowVerdict, *, bloc_id: int | None, act: Act) -> BlocYear:
    """Create or change the bloc year a workbook is about, and return it."""
    said = row.values
    if row.row_id is None:
        return blocs.create(
            act=act,
            year=blocs.open_year(act=act, label=said["year"], kind=said["year_kind"]),
            bloc=Bloc.objects.get(pk=bloc_id) if bloc_id else None,
            code=said["code"],
            locality=_stored(said["locality"]),
            parent_id=said["parent_id"],
            partition_id=said["partition_id"],
            state=said["state"],
            **{column: said[column] for column in _BLOC_COLUMNS},
        )
    bloc_year = BlocYear.objects.select_related("bloc", "year").get(pk=row.row_id)
    own = {column: said[column] for column in _BLOC_COLUMNS if column in row.changes}
    own |= {f"{column}_id": said[f"{column}_id"] for column in ("parent", "partition") if column in row.changes}
    stored = {"code": said["code"] or None, "locality": _stored(said["locality"])}
    identity = {column: value for column, value in stored.items() if column in row.changes}
    if identity:
        revisions.save(bloc_year.bloc, revision=bloc_year.bloc.revision, at=act.at, **identity)
    if own:
        blocs.update(act=act, bloc_year=bloc_year, **own)
    return bloc_year


def _stored(locality: str) -> str:
    return "" if locality == OWN_LOCALITY else locality


class RowWriter:
    """Writes the rows of one bloc year. New agencies are created once, whatever number of rows names them."""

    def __init__(self, bloc_year: BlocYear, rows: Iterable[RowVerdict], *, act: Act) -> None:
        self.bloc_year = bloc_year
        self.act = act
        self.rows = [row for row in rows if row.verdict in {Verdict.NEW, Verdict.CHANGED}]
        ids = {found.id for row in self.rows for found in (row.found,) if found and found.id}
        known = Agency.objects.prefetch_related("names").in_bulk(ids)
        self.agencies: dict[object, Agency] = dict(known)

    def write(self) -> None:
        """Write every new and changed row; who stops leading goes before who begins."""
        writers: dict[str, Callable[[RowVerdict], Any]] = {
            "members": self._member,
            "leaders": self._leader,
            "milestones": self._milestone,
            "monitors": self._monitor,
            "movements": self._movement,
            "targets": self._target,
            "places": self._place,
            "results": self._result,
            "figures": self._figure,
        }
        order = list(writers)
        for row in sorted(self.rows, key=lambda row: (order.index(row.sheet), _begins_to_lead(row))):
            writers[row.sheet](row)

    def agency(self, row: RowVerdict) -> Agency:
        """Return the agency of a row, created when it is new; a code or kind the row brings is written to it."""
        if row.found is None:
            raise ValueError("the row names no agency")
        agency = self._of(row.found, row)
        changed = {}
        if "code" in row.changes and not agency.code:
            changed["code"] = row.values["code"]
        if "agency_kind" in row.changes and agency.kind != row.values["agency_kind"]:
            changed["kind"] = row.values["agency_kind"]
        return agencies.update(act=self.act, agency=agency, **changed) if changed else agency

    def _of(self, found: Found, row: RowVerdict | None) -> Agency:
        identity = found.id or found.key
        if identity not in self.agencies:
            # A unit's superior may be a member the same file created: it is known by its key, or by its id.
            parent = self._of(found.parent, None) if found.parent else None
            kind = row.values.get("agency_kind", AgencyKind.OTHER) if row else AgencyKind.OTHER
            self.agencies[identity] = (
                Agency.objects.get(pk=found.id)
                if found.id
                else agencies.create(
                    act=self.act,
                    name=found.name,
                    locality=found.locality,
                    code=found.code,
                    parent=parent,
                    kind=kind,
                )
            )
        return self.agencies[identity]

    def _name(self, agency: Agency, row: RowVerdict) -> AgencyName:
        """Return the name the row means: one the agency bore, else the one it bears."""
        plain = fold(row.values["agency"])
        names = sorted(agency.names.all(), key=lambda name: name.valid_to is not None)
        return next((name for name in names if fold(name.full) == plain), names[0])

    def _member(self, row: RowVerdict) -> None:
        said, agency = row.values, self.agency(row)
        group = blocs.subgroup(act=self.act, bloc_year=self.bloc_year, name=said["group"]) if said["group"] else None
        values = {"position": said["number"], "subgroup": group, **{column: said[column] for column in _MEMBER_COLUMNS}}
        if row.row_id is None:
            name = self._name(agency, row)
            members.join(act=self.act, bloc_year=self.bloc_year, agency=agency, name=name, **values)
        else:
            membership = Membership.objects.get(pk=row.row_id)
            members.update(act=self.act, membership=membership, **values)

    def _leader(self, row: RowVerdict) -> None:
        said, agency = row.values, self.agency(row)
        if said["term"] == "next":
            values = {"role": said["role"], "stated": said["stated"]}
            if row.row_id is None:
                name = self._name(agency, row)
                members.name_next(act=self.act, bloc_year=self.bloc_year, agency=agency, name=name, **values)
            else:
                self._save(NextLeader.objects.get(pk=-row.row_id), values)
            return
        values = {
            "role": said["role"],
            "elected_on": said["elected_on"],
            "recognised_on": said["recognised_on"],
            "recognised_paper": self._paper(row),
            "ends_on": said["ends_on"],
        }
        if row.row_id is None:
            name = self._name(agency, row)
            members.elect(act=self.act, bloc_year=self.bloc_year, agency=agency, name=name, **values)
        else:
            self._save(LeadershipTerm.objects.get(pk=row.row_id), values)

    def _paper(self, row: RowVerdict) -> SignedPaper | None:
        """Return the decision of recognition, found again or written."""
        said = row.values
        if not said["paper_date"]:
            return None
        about = {"number": said["paper_number"], "dated_on": said["paper_date"], "issuer": said["paper_issuer"]}
        return SignedPaper.objects.filter(**about).order_by("pk").first() or revisions.insert(SignedPaper(**about))

    def _milestone(self, row: RowVerdict) -> None:
        values = {column: row.values[column] for column in ("kind", "due_on", "done_on", "note")}
        blocs.set_milestone(act=self.act, bloc_year=self.bloc_year, **values)

    def _monitor(self, row: RowVerdict) -> None:
        values = {column: row.values[column] for column in ("stated", "ends_on")}
        if row.row_id is None:
            seat = Seat.objects.get(pk=row.seat_id) if row.seat_id else None
            members.follow(act=self.act, bloc_year=self.bloc_year, role=row.values["role"], seat=seat, **values)
        else:
            self._save(Monitor.objects.get(pk=row.row_id), values)

    def _movement(self, row: RowVerdict) -> None:
        self._numbered(row, blocs.add_movement, Movement, ("title", "launched_by", "is_next_year"))

    def _target(self, row: RowVerdict) -> None:
        columns = ("indicator", "unit", "direction", "planned", "planned_text")
        values = {column: row.values[column] for column in columns}
        if row.row_id is None:
            blocs.add_target(act=self.act, bloc_year=self.bloc_year, number=row.values["number"], **values)
        else:
            target = Target.objects.select_related("bloc_year").get(pk=row.row_id)
            blocs.change_target(act=self.act, target=target, **values)

    def _figure(self, row: RowVerdict) -> None:
        self._numbered(row, blocs.add_figure, ReportedFigure, ("label", "part", "whole", "note"))

    def _place(self, row: RowVerdict) -> None:
        agency = self.agency(row)
        if row.row_id is None:
            name, place = self._name(agency, row), row.values["place"]
            blocs.add_place(act=self.act, bloc_year=self.bloc_year, agency=agency, name=name, place=place)
        else:
            self._save(ReportedPlace.objects.get(pk=row.row_id), {"place": row.values["place"]})

    def _result(self, row: RowVerdict) -> None:
        agency = self.agency(row) if row.found else None
        whom = {"agency": agency, "name": self._name(agency, row) if agency else None}
        self._numbered(row, blocs.add_result, ReportedResult, ("how_many", "award_text", "stage", "note"), whom)

    def _numbered(
        self,
        row: RowVerdict,
        add: Callable[..., Any],
        model: type[Stamped],
        columns: tuple[str, ...],
        more: dict[str, Any] | None = None,
    ) -> None:
        values = {**{column: row.values[column] for column in columns}, **(more or {})}
        if row.row_id is None:
            add(act=self.act, bloc_year=self.bloc_year, number=row.values["number"], **values)
        else:
            self._save(model._default_manager.get(pk=row.row_id), values)

    def _save(self, row: Stamped, values: dict[str, Any]) -> None:
        revisions.save(row, revision=row.revision, at=self.act.at, **values)


def _begins_to_lead(row: RowVerdict) -> bool:
    return row.sheet == "leaders" and row.values["role"] == LeadershipRole.LEADER and row.values["ends_on"] is None
