"""The workflow of a decision (DESIGN 6): number and day come from văn thư, never from us; its rules, pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from awards.enums import DecisionState as State
from awards.enums import NominationState as Nominated
from emulation.core.vietnamese import count2, fold
from emulation.core.workflow import Step, Workflow, sources

DECISION = Workflow(
    "decision",
    State.DRAFT,
    (
        Step(
            "number", sources(State.DRAFT), State.NUMBERED, "Ghi số, ngày của văn thư", "decision_numbered",
            "awards.number_decision", "Quyết định đã vào số; tải lại trang để xem số đã ghi.", is_inner=True,
        ),
        Step(
            "unnumber", sources(State.NUMBERED), State.DRAFT, "Bỏ số, soạn lại", "decision_unnumbered",
            "awards.issue_decision", "Chỉ bỏ số được khi quyết định chưa ban hành.", needs_note=True,
        ),
        Step(
            "issue", sources(State.NUMBERED), State.ISSUED, "Ghi đã ban hành", "decision_issued",
            "awards.issue_decision", "Chỉ ghi ban hành được quyết định đã vào số.", is_inner=True,
        ),
        Step(
            "cancel", sources(State.DRAFT, State.NUMBERED), State.CANCELLED, "Hủy dự thảo", "decision_cancelled",
            "awards.issue_decision", "Quyết định đã ban hành thì không hủy được; lập quyết định thu hồi.",
            needs_note=True,
        ),
    ),
)  # fmt: skip


# --- Numbers, titles, and what stands in the way of issuing -----------------------------------------------------------

DECIDABLE = frozenset({Nominated.APPRAISED, Nominated.APPROVED, Nominated.PROPOSED_UP})
GRANTABLE = frozenset({Nominated.APPROVED, Nominated.PROPOSED_UP})
_NAMED = 5


def number_key(issuer: str, number: str) -> str:
    """Return what tells numbers apart: "05 /qđ-ubnd" and "5/QĐ-UBND" of one issuer are the same number."""
    return f"{fold(issuer)}|{re.sub(r'(?<![a-z0-9])0+(?=[0-9])', '', fold(number))}"


def title_of(award: str, year: str) -> str:
    """Return the usual subject line of a decision that gives one award."""
    return f"Về việc tặng {award[:1].lower()}{award[1:]} năm {year}"


@dataclass(frozen=True)
class Awaiting:
    """What the nomination of a line is like when the decision shall be issued.

    `is_above`: others than the province confer it. `is_other`: another award was approved than the line says.
    """

    name: str
    state: str
    is_held: bool
    is_above: bool
    is_other: bool = False


def obstacle(line: Awaiting) -> str:
    """Say why a line of the province's decision cannot be given now; "" when it can."""
    if line.is_held:
        return "đang ghi “chưa xét khen thưởng”"
    if line.state not in GRANTABLE:
        return str(Nominated(line.state).label).lower()
    if line.is_other:
        return "đã phê duyệt danh hiệu, hình thức khác; mở dòng này rồi lưu để cập nhật"
    return "do cấp trên tặng, ghi ở “Ghi quyết định nơi khác”" if line.is_above else ""


def obstacles(lines: Sequence[Awaiting]) -> tuple[str, ...]:
    """Name every line that cannot be given now, with the reason."""
    return tuple(f"{line.name} ({why})" for line in lines if (why := obstacle(line)))


def named(found: Sequence[str]) -> str:
    """Return the first names of a long list, and how many more there are."""
    rest = len(found) - _NAMED
    return "; ".join(found[:_NAMED]) + (f" và {count2(rest)} dòng khác" if rest > 0 else "")


def search_key_of(*parts: str) -> str:
    """Return the search key of an award given: the name, position and agency it was printed with, each said once."""
    return " ".join(dict.fromkeys(fold(part) for part in parts if part))[:400]
