"""Years, blocs and bloc years, with what frames a year: groups, calendar, movements, targets, what sources state."""

import datetime as dt
import uuid
from decimal import Decimal
from typing import Any

from django.db.models import Max

from blocs.enums import BlocKind, BlocYearState, Launcher, TargetDirection, YearKind
from blocs.models import (
    Agency,
    AgencyName,
    Bloc,
    BlocYear,
    Covenant,
    EmulationYear,
    Milestone,
    Movement,
    ReportedFigure,
    ReportedPlace,
    ReportedResult,
    Subgroup,
    Target,
)
from blocs.queries.covenant import current_covenants, target_refusal
from emulation.core import revisions
from emulation.core.audit import Act
from emulation.core.errors import Refused


def open_year(*, act: Act, label: str, kind: str = YearKind.CALENDAR) -> EmulationYear:
    """Return the emulation year of that label and kind, created when there is none."""
    return EmulationYear.objects.get_or_create(label=label, kind=kind)[0]


def create(
    *,
    act: Act,
    year: EmulationYear,
    name: str,
    bloc: Bloc | None = None,
    code: str | None = None,
    locality: str = "",
    number: str = "",
    kind: str = BlocKind.KHOI,
    parent_id: int | None = None,
    partition_id: int | None = None,
    state: str = BlocYearState.PREPARING,
    stated_member_count: int | None = None,
    theme: str = "",
    source: str = "",
    note: str = "",
    creation_key: uuid.UUID | None = None,
) -> BlocYear:
    """Create a bloc's year, and the bloc itself unless it is given.

    Raises ValidationError when a value is refused or the bloc has that year already.
    """
    if bloc is None:
        bloc = revisions.insert(Bloc(code=code or None, locality=locality))
    bloc_year = BlocYear(
        bloc=bloc,
        year=year,
        name=name,
        number=number,
        kind=kind,
        parent_id=parent_id,
        partition_id=partition_id,
        state=state,
        stated_member_count=stated_member_count,
        theme=theme,
        source=source,
        note=note,
        creation_key=creation_key or uuid.uuid4(),
    )
    bloc_year.set_keys()
    return revisions.insert(bloc_year)


def update(*, act: Act, bloc_year: BlocYear, **values: Any) -> BlocYear:
    """Write columns of a bloc's year, never its state, which changes by steps only.

    Raises Stale when somebody saved in between, ValidationError when a value is refused.
    """
    if "state" in values:
        raise ValueError("the state of a bloc year changes by its workflow")
    for column, value in values.items():
        setattr(bloc_year, column, value)
    bloc_year.set_keys()
    keys = {"search_key": bloc_year.search_key, "sort_key": bloc_year.sort_key}
    return revisions.save(bloc_year, revision=bloc_year.revision, at=act.at, **values, **keys)


def subgroup(*, act: Act, bloc_year: BlocYear, name: str) -> Subgroup:
    """Return the group of that name, created after the last one when there is none."""
    found = bloc_year.subgroups.filter(name=name).first()
    if found:
        return found
    last = bloc_year.subgroups.aggregate(last=Max("position"))["last"] or 0
    return revisions.insert(Subgroup(bloc_year=bloc_year, position=last + 1, name=name))


def set_milestone(
    *, act: Act, bloc_year: BlocYear, kind: str, due_on: dt.date | None, done_on: dt.date | None, note: str = ""
) -> Milestone:
    """Write one step of the year's calendar; a day on which it was done takes back "không rõ ngày" and "không có"."""
    values: dict[str, Any] = {"due_on": due_on, "done_on": done_on, "note": note}
    if done_on is not None:
        values |= {"is_done_undated": False, "none_reason": ""}
    found = bloc_year.milestones.filter(kind=kind).first()
    if found:
        return revisions.save(found, revision=found.revision, at=act.at, **values)
    return revisions.insert(Milestone(bloc_year=bloc_year, kind=kind, **values))


def add_movement(
    *,
    act: Act,
    bloc_year: BlocYear,
    number: int,
    title: str,
    launched_by: str = Launcher.UNSTATED,
    is_next_year: bool = False,
) -> Movement:
    """Add a movement; raises ValidationError when the number is taken."""
    return revisions.insert(
        Movement(bloc_year=bloc_year, number=number, title=title, launched_by=launched_by, is_next_year=is_next_year)
    )


def add_target(
    *,
    act: Act,
    bloc_year: BlocYear,
    number: int,
    indicator: str,
    unit: str = "",
    direction: str = TargetDirection.HIGHER,
    planned: Decimal | None = None,
    planned_text: str = "",
) -> Target:
    """Add a target to the year's list: to the covenant in draft, or to what a source states where there is none.

    Raises ValidationError when the number is taken, Refused once the covenant has left the hands of who drafts it.
    """
    covenant = _open_to_targets(bloc_year)
    return revisions.insert(
        Target(
            bloc_year=bloc_year,
            covenant=covenant,
            number=number,
            indicator=indicator,
            unit=unit,
            direction=direction,
            planned=planned,
            planned_text=planned_text,
        )
    )


def change_target(*, act: Act, target: Target, **values: Any) -> Target:
    """Write columns of a target of the year's list; raises Refused as `add_target` does, Stale, ValidationError."""
    _open_to_targets(target.bloc_year)
    return revisions.save(target, revision=target.revision, at=act.at, **values)


def _open_to_targets(bloc_year: BlocYear) -> Covenant | None:
    """Return the covenant in draft, None where only a source states targets; raises Refused for one that is out."""
    # Whoever circulates or signs the covenant waits for the same row.
    BlocYear.objects.select_for_update().get(pk=bloc_year.pk)
    refusal = target_refusal(bloc_year)
    if refusal:
        raise Refused(refusal)
    return current_covenants(bloc_year).first()


def add_place(*, act: Act, bloc_year: BlocYear, agency: Agency, name: AgencyName, place: int) -> ReportedPlace:
    """Add the place a source gives an agency; two may share one."""
    return revisions.insert(ReportedPlace(bloc_year=bloc_year, agency=agency, name=name, place=place))


def add_result(
    *,
    act: Act,
    bloc_year: BlocYear,
    number: int,
    award_text: str,
    stage: str,
    agency: Agency | None = None,
    name: AgencyName | None = None,
    how_many: int | None = None,
    note: str = "",
) -> ReportedResult:
    """Add an award a source states, of an agency or of so many collectives without names."""
    return revisions.insert(
        ReportedResult(
            bloc_year=bloc_year,
            number=number,
            agency=agency,
            name=name,
            how_many=how_many,
            award_text=award_text,
            stage=stage,
            note=note,
        )
    )


def add_figure(
    *,
    act: Act,
    bloc_year: BlocYear,
    number: int,
    label: str,
    part: int | None = None,
    whole: int | None = None,
    note: str = "",
) -> ReportedFigure:
    """Add a figure a source states."""
    return revisions.insert(
        ReportedFigure(bloc_year=bloc_year, number=number, label=label, part=part, whole=whole, note=note)
    )
