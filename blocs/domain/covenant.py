"""What a covenant usually says, how a plan is written in one box, how many have signed, in words; pure."""

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from emulation.core.vietnamese import count2, date_short, fold, nfc, number, parse_number

NOT_ASSIGNED = "không giao"
_NOT_ASSIGNED_WORDS = frozenset({"x", "khong giao", "khong duoc giao", "khong giao chi tieu"})
_DIGITS, _PLACES = 14, 4  # what the columns hold before and after the comma
_PLAN_LENGTH = 300
_LAW_SINCE = 2024  # Luật Thi đua, khen thưởng 2022 is in force from 01/01/2024


@dataclass(frozen=True)
class Plan:
    """A planned value: a number, or words, or that the target is not this member's business; or nothing said yet."""

    planned: Decimal | None = None
    words: str = ""
    is_assigned: bool = True

    @property
    def is_said(self) -> bool:
        """Whether anything is said at all."""
        return self.planned is not None or bool(self.words) or not self.is_assigned

    def __str__(self) -> str:
        """Return it as the box shows it: "98,5", the words, "không giao", or nothing."""
        if not self.is_assigned:
            return NOT_ASSIGNED
        return number(self.planned) if self.planned is not None else self.words


def read_plan(text: str, unit: str = "") -> Plan:
    """Read what was typed: a number (its unit may follow), "x" for a target that is not assigned, else words.

    Raises ValueError with a Vietnamese sentence for figures that are no number, and for what the columns cannot hold.
    """
    plain = nfc(text)
    if not plain:
        return Plan()
    if fold(plain) in _NOT_ASSIGNED_WORDS:
        return Plan(is_assigned=False)
    if unit and plain.casefold().endswith(unit.casefold()):
        bare = plain[: -len(unit)].strip()
        if re.fullmatch(r"[+-]?[\d.,\s]+", bare):
            plain = bare
    if any(char.isalpha() for char in plain):
        if len(plain) > _PLAN_LENGTH:
            raise ValueError(f"Ghi tối đa {_PLAN_LENGTH} ký tự.")
        return Plan(words=plain)
    return Plan(planned=read_figure(plain))


def read_figure(text: str) -> Decimal:
    """Read a number the columns of targets can hold. Raises ValueError with a Vietnamese sentence."""
    value = parse_number(text)
    if abs(value) >= Decimal(10) ** _DIGITS:
        raise ValueError("Số quá lớn; chọn đơn vị tính lớn hơn, ví dụ triệu đồng.")
    if value != round(value, _PLACES):
        raise ValueError(f"Ghi tối đa {_PLACES} chữ số thập phân.")
    return value


def lines_of(text: str) -> tuple[str, ...]:
    """Return the paragraphs of a text, blank lines aside."""
    return tuple(line for line in nfc(text).split("\n") if line)


def usual_basis(bloc_name: str, year_label: str) -> str:
    """Return the "căn cứ" a new covenant begins with; the law of 2022 only for years it holds in."""
    year = int(year_label[:4]) if year_label[:4].isdecimal() else 0
    law = "Căn cứ Luật Thi đua, khen thưởng ngày 15 tháng 6 năm 2022;\n" if year >= _LAW_SINCE else ""
    before = f" năm {year - 1}" if year else " năm trước"
    return f"{law}Căn cứ kết quả hội nghị tổng kết phong trào thi đua{before} của {bloc_name};"


USUAL_ORGANISATION = (
    "Các đơn vị thành viên cụ thể hóa nội dung giao ước thành kế hoạch của đơn vị và tổ chức thực hiện.\n"
    "Trưởng khối, Phó Trưởng khối theo dõi, đôn đốc việc thực hiện và tổng hợp kết quả tại hội nghị tổng kết."
)


def signed_words(signed: int, members: int) -> str:
    """Return how many have signed: "đã ký 08/09 đơn vị"."""
    return f"đã ký {count2(signed)}/{count2(members)} đơn vị"


def named(names: Sequence[str], most: int = 5) -> str:
    """Return names for a sentence: the first few, then how many more."""
    more = len(names) - most
    return ", ".join(names[:most]) + (f" và {count2(more)} đơn vị khác" if more > 0 else "")


def signed_when(year_label: str, day: dt.date | None) -> str:
    """Say that a covenant was signed before its year began, or after half of it; "" otherwise. Both happen and hold.

    The year is the calendar's, or from September for a school year ("2026-2027").
    """
    years = re.findall(r"\d{4}", year_label)
    if day is None or not years:
        return ""
    first, is_school = int(years[0]), len(years) > 1
    begin = dt.date(first, 9, 1) if is_school else dt.date(first, 1, 1)
    half = dt.date(first + 1, 3, 1) if is_school else dt.date(first, 7, 1)
    if day < begin:
        return f"Ký trước khi năm thi đua bắt đầu ({date_short(day)})."
    if day >= half:
        return f"Ký khi đã quá nửa năm thi đua ({date_short(day)})."
    return ""
