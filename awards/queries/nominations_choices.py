"""What the forms of nominations offer to choose from; one statement each."""

from collections.abc import Iterable, Sequence

from django.db.models import Prefetch, Q, QuerySet

from awards.domain.nomination import OWN_LEVELS
from awards.enums import AwardNature, Route
from awards.models import AwardKind, CommendationKind, Person
from blocs.enums import BlocYearState, YearState
from blocs.models import Agency, AgencyName, BlocYear, EmulationYear
from emulation.core.access import Actor
from emulation.core.vietnamese import fold

Grouped = list[tuple[str, str] | tuple[str, list[tuple[str, str]]]]
HEADINGS = ((AwardNature.TITLE, "Danh hiệu thi đua"), (AwardNature.COMMENDATION, "Hình thức khen thưởng"))
NEW_PERSON = "new"


def awards_for(*, is_person: bool | None = None) -> list[AwardKind]:
    """Return what may be proposed today, for persons or for collectives; None: for either."""
    rows = AwardKind.objects.usable().in_order()
    return list(rows if is_person is None else rows.filter(subjects__is_person=is_person).distinct())


def on_route(awards: Iterable[AwardKind], route: str) -> list[AwardKind]:
    """Keep what that route allows: an agency records only what is its own to give."""
    return [row for row in awards if route != Route.RECORDED or row.level in OWN_LEVELS]


def grouped(awards: Iterable[AwardKind], empty: str = "") -> Grouped:
    """Return awards as choices under their two headings: titles and commendations never share a list unmarked."""
    rows = list(awards)
    groups: Grouped = [
        (title, [(str(row.pk), str(row)) for row in rows if row.nature == nature]) for nature, title in HEADINGS
    ]
    first: Grouped = [("", empty)] if empty else []
    return [*first, *(group for group in groups if group[1])]


def commendations() -> list[CommendationKind]:
    """Return the kinds of commendation in their order."""
    return list(CommendationKind.objects.order_by("position", "pk"))


def open_years() -> list[EmulationYear]:
    """Return the years nominations may be written for, the newest first."""
    return list(EmulationYear.objects.filter(state=YearState.OPEN).order_by("-label", "kind"))


def open_blocs(actor: Actor) -> list[BlocYear]:
    """Return the bloc years the actor may propose through: the board all, an agency those it belongs to."""
    rows = BlocYear.objects.exclude(state=BlocYearState.CLOSED).filter(year__state=YearState.OPEN)
    if not actor.scope.is_board:
        rows = rows.filter(memberships__agency=actor.scope.agency_id, memberships__left_on=None).distinct()
    return list(rows.select_related("year", "bloc").order_by("-year__label", "sort_key", "pk"))


def proposers(actor: Actor) -> QuerySet[Agency]:
    """Return who may propose in the actor's name: the board for every agency that works, others for their own."""
    rows = Agency.objects.filter(ended_on=None).own_first()
    return rows.select_related("parent") if actor.scope.is_board else rows.filter(pk=actor.scope.agency_id)


def unit_names(agency_id: int | None) -> list[str]:
    """Return the units of an agency that are known; none, without a query, for nobody."""
    if agency_id is None:
        return []
    return list(Agency.objects.filter(parent=agency_id, ended_on=None).in_order().values_list("name", flat=True))


def known_agencies() -> dict[int, Agency]:
    """Return every agency that works with all its names; two statements."""
    names = Prefetch("names", AgencyName.objects.only("agency", "full", "short"))
    rows = Agency.objects.filter(Q(ended_on=None)).own_first().select_related("parent").prefetch_related(names)
    return {row.pk: row for row in rows}


def names_of(agencies: Iterable[Agency]) -> dict[str, list[int]]:
    """Return each folded name with the agencies that bear or bore it, those of this province alone where there are."""
    found: dict[str, list[Agency]] = {}
    for row in agencies:
        for text in {fold(part) for name in row.names.all() for part in (name.full, name.short) if part}:
            found.setdefault(text, []).append(row)
    return {text: [row.pk for row in _own(rows)] for text, rows in found.items()}


def _own(rows: Sequence[Agency]) -> Sequence[Agency]:
    return [row for row in rows if not row.locality] or rows


def namesake_choices(rows: Iterable[Person]) -> list[tuple[str, str]]:
    """Return known persons of one name as choices, and that it is somebody else."""
    said = [(str(row.pk), ", ".join(part for part in _about(row) if part)) for row in rows]
    return [("", "Chọn đúng người"), *said, (NEW_PERSON, "Người khác, chưa có tên ở đây")]


def _about(row: Person) -> tuple[str, ...]:
    return (row.name, row.position, f"sinh năm {row.birth_year}" if row.birth_year else "")
