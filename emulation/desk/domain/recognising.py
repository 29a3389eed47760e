"""Which present row a row of the file is about, and when two new rows are the same; pure."""

from collections.abc import Container, Mapping, Sequence
from typing import Any

from emulation.core.vietnamese import fold
from emulation.desk.domain.facts import RowFact
from emulation.desk.domain.matching import Found, Match
from emulation.desk.domain.sheets import LEADERS, Sheet


def present_row(
    sheet: Sheet,
    rows: Sequence[RowFact],
    matched: Container[int],
    values: Mapping[str, Any],
    said: Mapping[str, Any],
    match: Match | None,
) -> RowFact | None:
    """Return the present row that the file's row is about; `matched` are ids that earlier rows of the file took.

    `values` are the row's values, `said` those of its cells that are not empty.
    """
    agency_id = match.id if isinstance(match, Found) else None
    free = [row for row in rows if row.id not in matched]
    match sheet.key:
        case "bloc":
            return next(iter(rows), None)
        case "members" | "places":
            return next((row for row in rows if agency_id and row.agency_id == agency_id), None)
        case "leaders":
            return _best_term([row for row in free if agency_id and row.agency_id == agency_id], values)
        case "milestones":
            return next((row for row in rows if row.values["kind"] == values["kind"]), None)
        case "monitors":
            return _best_monitor([row for row in rows if _same_monitor(row.values, values)], matched, values)
    if "number" in said:
        return next((row for row in rows if row.values["number"] == said["number"]), None)
    return next((row for row in free if _same_text(sheet, row, values, agency_id)), None)


def _best_term(rows: list[RowFact], values: Mapping[str, Any]) -> RowFact | None:
    """Return the term of the agency that fits best: the same year, then the same role, the same day."""
    term = values["term"] or LEADERS.column("term").fallback  # an empty cell means this year
    same_year = [row for row in rows if row.values["term"] == term]
    return max(
        same_year,
        key=lambda row: (row.values["role"] == values["role"], row.values["elected_on"] == values["elected_on"]),
        default=None,
    )


def _best_monitor(rows: list[RowFact], matched: Container[int], values: Mapping[str, Any]) -> RowFact | None:
    """Return the row that fits best: who was put in charge again has several, of which at most one is open."""
    # A file's row without a last day means the open one, or two rows would be open.
    still = [row for row in rows if row.values["ends_on"] is None] if values["ends_on"] is None else []
    return max(
        still or rows,
        key=lambda row: (row.id not in matched, row.values["ends_on"] == values["ends_on"]),
        default=None,
    )


def _same_monitor(stands: Mapping[str, Any], said: Mapping[str, Any]) -> bool:
    if stands["role"] != said["role"]:
        return False
    if said["person"]:
        return fold(stands["person"]) == fold(said["person"]) and fold(said["title"]) in {"", fold(stands["title"])}
    return bool(said["stated"]) and fold(stands["stated"]) == fold(said["stated"])


_TEXT_OF = {"movements": "title", "targets": "indicator", "figures": "label", "results": "award_text"}


def _same_text(sheet: Sheet, row: RowFact, values: Mapping[str, Any], agency_id: int | None) -> bool:
    """Whether a row without a number says the same thing as a present one."""
    key = _TEXT_OF[sheet.key]
    if fold(row.values[key]) != fold(values[key]):
        return False
    if sheet.key != "results":
        return True
    same_whom = row.agency_id == agency_id and row.values["how_many"] == values["how_many"]
    return same_whom and row.values["stage"] == values["stage"]


def identity(sheet: Sheet, values: Mapping[str, Any], match: Match | None) -> tuple[Any, ...]:
    """Return what makes two new rows of a file the same row."""
    whose = (match.id or match.key) if isinstance(match, Found) else None
    match sheet.key:
        case "members" | "places":
            return (whose,)
        case "leaders":
            return (whose, values["term"], values["role"], values["elected_on"])
        case "milestones":
            return (values["kind"],)
        case "monitors":
            return (values["role"], fold(values["person"]), fold(values["title"]), fold(values["stated"]))
    return (values["number"],)
