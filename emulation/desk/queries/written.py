"""The rows an import may write, as they stand: looked at before and after, and again when it shall be undone."""

import datetime as dt
import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.serializers import serialize
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Q

from blocs.models import (
    Agency,
    AgencyName,
    Bloc,
    BlocYear,
    EmulationYear,
    LeadershipTerm,
    Membership,
    Milestone,
    Monitor,
    Movement,
    NextLeader,
    ReportedFigure,
    ReportedPlace,
    ReportedResult,
    Subgroup,
    Target,
)
from emulation.core.models import SignedPaper, Stamped, label_of
from emulation.desk.domain.written import Columns, Rows
from emulation.desk.models import ImportBatch, ParkedRow

_OF_BLOC_YEAR: tuple[type[Stamped], ...] = (
    ReportedPlace,
    ReportedResult,
    ReportedFigure,
    Target,
    Movement,
    Monitor,
    Milestone,
    NextLeader,
    LeadershipTerm,
    Membership,
    Subgroup,
)
#: Every kind of row an import writes; who points comes before whom it points to.
WRITTEN: tuple[type[Stamped], ...] = (
    *_OF_BLOC_YEAR,
    ParkedRow,
    SignedPaper,
    BlocYear,
    Bloc,
    EmulationYear,
    AgencyName,
    Agency,
)
#: Columns that say when and how often a row was saved, not what it holds. Undoing an import counts the revision of what
#: it restores up, as every save does: the import before it is still to be undone when every value is as it left it.
STAMPS = frozenset({"created_at", "updated_at", "creation_key", "revision"})


@dataclass(frozen=True)
class Around:
    """Which rows an import may write: those of a bloc's year, its agencies, its year, the papers it names.

    `papers`: pairs of number, day and issuer. The rows of the batch itself that wait are left out.
    """

    batch: ImportBatch
    bloc_year_id: int | None
    bloc_id: int | None
    year: tuple[str, str]
    agency_ids: frozenset[int]
    papers: frozenset[tuple[str, dt.date, str]]


def stand(around: Around) -> Rows:
    """Return the rows as they stand now; one query for each kind."""
    asked: dict[type[Stamped], Q] = {
        **{model: Q(bloc_year=around.bloc_year_id) for model in _OF_BLOC_YEAR},
        ParkedRow: Q(batch__bloc_year=around.bloc_year_id) & ~Q(batch=around.batch),
        SignedPaper: _papers(around.papers),
        BlocYear: Q(pk=around.bloc_year_id),
        Bloc: Q(pk=around.bloc_id),
        EmulationYear: Q(label=around.year[0], kind=around.year[1]),
        AgencyName: Q(agency__in=around.agency_ids),
        Agency: Q(pk__in=around.agency_ids),
    }
    return {
        (label_of(model), row.pk): columns
        for model in WRITTEN
        for row, columns in columns_of(model._default_manager.filter(asked[model]).order_by("pk"))
    }


def _papers(papers: Iterable[tuple[str, dt.date, str]]) -> Q:
    asked = Q(pk__in=())
    for number, dated_on, issuer in papers:
        asked |= Q(number=number, dated_on=dated_on, issuer=issuer)
    return asked


def columns_of(rows: Iterable[Any]) -> list[tuple[Any, Columns]]:
    """Return each row with its columns as JSON has them, without its stamps."""
    found = list(rows)
    plain = json.loads(json.dumps(serialize("python", found), cls=DjangoJSONEncoder))
    return [
        (row, {name: value for name, value in said["fields"].items() if name not in STAMPS})
        for row, said in zip(found, plain, strict=True)
    ]
