"""What must hold within one row, and between the rows of one sheet once the file is in; pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from blocs.enums import LeadershipRole
from emulation.core.vietnamese import date_short

Values = Mapping[str, Any]
Fault = tuple[str, str]  # column key, sentence
EARLIEST = 1948  # the call for patriotic emulation; no bloc is older


@dataclass(frozen=True)
class Standing:
    """A row as it will stand. `position` is its place among the file's rows; None when it is not in the file."""

    values: Values
    agency: object
    position: int | None
    name: str = ""


def faults_within(sheet: str, values: Values) -> list[Fault]:
    """Return what one row says against itself."""
    rule = {
        "bloc": _bloc,
        "members": _members,
        "leaders": _leaders,
        "monitors": _monitors,
        "targets": _targets,
        "places": _places,
        "results": _results,
        "figures": _figures,
    }.get(sheet)
    return rule(values) if rule else []


def _bloc(values: Values) -> list[Fault]:
    parts = values["year"].split("-")
    years = [int(part) for part in parts if part.isdecimal() and len(part) == len("2026")]
    is_school = values["year_kind"] == "school"
    fits = len(years) == len(parts) == (2 if is_school else 1) and (not is_school or years[1] == years[0] + 1)
    if fits and years[0] >= EARLIEST:
        return []
    return [("year", f"“{values['year']}” không phải là năm; ghi 2026 với năm công tác, 2026-2027 với năm học.")]


def _members(values: Values) -> list[Fault]:
    return _order(values, "joined_on", "left_on")


def _leaders(values: Values) -> list[Fault]:
    if values["term"] == "next":
        filled = [
            key for key in ("elected_on", "recognised_on", "paper_number", "paper_date", "ends_on") if values[key]
        ]
        return [(key, "Lãnh đạo năm sau chưa có ngày và quyết định; để trống ô này.") for key in filled]
    faults = _order(values, "elected_on", "ends_on")
    if values["stated"]:
        faults.append(("stated", "“Cách ghi của nguồn” chỉ dùng cho năm sau; để trống ô này."))
    is_any = values["paper_number"] or values["paper_date"] or values["paper_issuer"]
    if is_any and not (values["paper_date"] and values["paper_issuer"]):
        key = "paper_issuer" if values["paper_date"] else "paper_date"
        faults.append((key, "Quyết định công nhận cần có ngày và cơ quan ban hành; ghi đủ hoặc để trống cả ba ô."))
    return faults


def _monitors(values: Values) -> list[Fault]:
    if values["person"] or values["stated"]:
        return []
    return [("person", "Ghi họ tên người có trong hệ thống, hoặc ghi ở cột Theo nguồn.")]


def _targets(values: Values) -> list[Fault]:
    if values["planned"] is not None and values["planned_text"]:
        return [("planned_text", "Kế hoạch ghi bằng số hoặc bằng chữ; để trống một trong hai ô.")]
    return []


def _places(values: Values) -> list[Fault]:
    return [("place", "Hạng bắt đầu từ 1; sửa con số.")] if values["place"] == 0 else []


def _results(values: Values) -> list[Fault]:
    if values["agency"] and values["how_many"] is not None:
        return [("how_many", "Ghi tên một đơn vị hoặc số tập thể không nêu tên; để trống một trong hai ô.")]
    if not values["agency"] and (values["code"] or values["parent"]):
        return [("agency", "Ghi tên đơn vị, vì đã ghi mã hoặc đơn vị cấp trên.")]
    return []


def _figures(values: Values) -> list[Fault]:
    part, whole = values["part"], values["whole"]
    if part is not None and whole is not None and part > whole:
        return [("part", f"Số đạt ({part}) lớn hơn tổng số ({whole}); sửa một trong hai.")]
    return []


def _order(values: Values, first: str, last: str) -> list[Fault]:
    if values[first] and values[last] and values[first] > values[last]:
        return [(last, f"Ngày kết thúc đứng trước ngày bắt đầu {date_short(values[first])}; sửa một trong hai.")]
    return []


def faults_between(sheet: str, rows: Sequence[Standing]) -> dict[int, Fault]:
    """Return what rows of the file say against other rows: {position: fault}. The leadership of a year is one."""
    if sheet != "leaders":
        return {}
    faults: dict[int, Fault] = {}
    for term in ("this", "next"):
        standing = [row for row in rows if row.values["term"] == term and row.values["ends_on"] is None]
        for row in standing:
            others = [other for other in standing if other is not row]
            if row.position is None:
                continue
            leader = next((other for other in others if _both_lead(row, other)), None)
            twice = next((other for other in others if other.agency == row.agency), None)
            if leader:
                faults[row.position] = ("role", f"Đã có Trưởng khối “{leader.name}”; ghi ngày kết thúc cho một bên.")
            elif twice:
                faults[row.position] = ("agency", f"“{row.name}” đã có vai trò khác trong năm; bỏ một dòng.")
    return faults


def _both_lead(one: Standing, other: Standing) -> bool:
    return bool(one.values["role"] == other.values["role"] == LeadershipRole.LEADER)
