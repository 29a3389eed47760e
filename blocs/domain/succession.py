"""Changes of agencies: the workflow, what may be asked for, which years are still running, the words; pure."""

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from blocs.enums import SuccessionKind as Kind
from blocs.enums import SuccessionState as State
from blocs.enums import YearKind
from emulation.core.vietnamese import date_short, fold
from emulation.core.workflow import Step, Workflow, sources

SUCCESSION = Workflow(
    "succession",
    State.DRAFT,
    (
        Step(
            "complete", sources(State.DRAFT), State.DONE, "Thực hiện sắp xếp", "succession_done",
            "blocs.complete_succession", "Việc sắp xếp này đã thực hiện hoặc đã hủy.", is_inner=True,
        ),
        Step(
            "cancel", sources(State.DRAFT), State.CANCELLED, "Hủy, không thực hiện", "succession_cancelled",
            "blocs.cancel_succession", "Chỉ hủy được việc sắp xếp chưa thực hiện.",
        ),
    ),
)  # fmt: skip

SEVERAL = 2
NEED_TO = frozenset({Kind.MERGE, Kind.SPLIT})  # kinds that pass objects on to other agencies


@dataclass(frozen=True)
class Asked:
    """What a form asks for: ids of old agencies, ids of existing new ones, titles of those to be created."""

    kind: str
    old: Sequence[int]
    new: Sequence[int]
    titles: Sequence[str]
    has_target: bool

    @property
    def receivers(self) -> int:
        """Return how many agencies stand on the new side."""
        return len(self.new) + len(self.titles)


def problems(asked: Asked) -> Iterator[tuple[str, str]]:
    """Say what is wrong with what was asked for: the field, and a sentence."""
    if not asked.old:
        yield "old", "Chọn ít nhất một đơn vị cũ."
    if len({fold(title) for title in asked.titles}) < len(asked.titles):
        yield "title_1", "Hai đơn vị mới có cùng tên; sửa lại một tên."
    if asked.has_target and asked.kind != Kind.TRANSFER:
        yield "to_bloc_year", "Chỉ “Chuyển sang khối khác” mới chọn khối đến."
    yield from _BY_KIND[Kind(asked.kind)](asked)


def _merge(asked: Asked) -> Iterator[tuple[str, str]]:
    if asked.receivers != 1:
        yield "new", "Sáp nhập, hợp nhất chỉ có một đơn vị mới: chọn một đơn vị đang có hoặc ghi một tên mới."
    elif asked.titles and len(asked.old) == 1:
        yield "old", "Hợp nhất thành đơn vị mới cần từ 02 đơn vị cũ; nếu chỉ có một, chọn “Đổi tên”."
    elif asked.old and set(asked.old) <= set(asked.new):
        yield "old", "Đơn vị không sáp nhập vào chính nó; chọn thêm đơn vị cũ khác."


def _split(asked: Asked) -> Iterator[tuple[str, str]]:
    if len(asked.old) > 1:
        yield "old", "Mỗi lần chỉ chia, tách một đơn vị."
    if asked.receivers < SEVERAL:
        yield "title_1", "Chia, tách cần từ 02 đơn vị mới; nếu đơn vị cũ vẫn hoạt động, chọn cả đơn vị cũ ở bên mới."


def _rename(asked: Asked) -> Iterator[tuple[str, str]]:
    if len(asked.old) > 1:
        yield "old", "Mỗi lần chỉ đổi tên một đơn vị."
    if len(asked.titles) != 1 or asked.new:
        yield "title_1", "Đổi tên: ghi một tên mới, không chọn đơn vị đang có."


def _dissolve(asked: Asked) -> Iterator[tuple[str, str]]:
    if asked.receivers:
        yield "new", "Giải thể thì không có đơn vị mới; nếu có đơn vị tiếp nhận, chọn “Sáp nhập, hợp nhất”."


def _transfer(asked: Asked) -> Iterator[tuple[str, str]]:
    if asked.receivers:
        yield "new", "Chuyển khối không làm thay đổi đơn vị; bỏ phần đơn vị mới."
    if not asked.has_target:
        yield "to_bloc_year", "Chọn khối mà đơn vị chuyển đến."


_BY_KIND = {
    Kind.MERGE: _merge, Kind.SPLIT: _split, Kind.RENAME: _rename, Kind.DISSOLVE: _dissolve, Kind.TRANSFER: _transfer,
}  # fmt: skip


def last_day(label: str, kind: str) -> dt.date | None:
    """Return the last day of an emulation year: 31 December, a school year's 31 August; None for a label of words."""
    found = re.findall(r"\d{4}", label)
    if not found:
        return None
    year = int(found[-1])
    return dt.date(year, 8, 31) if kind == YearKind.SCHOOL else dt.date(year, 12, 31)


def is_over(label: str, kind: str, day: dt.date) -> bool:
    """Whether an emulation year had ended before a day."""
    end = last_day(label, kind)
    return end is not None and end < day


def joined(names: Sequence[str]) -> str:
    """Return names as a list in a sentence: "A, B và C"."""
    return " và ".join(part for part in (", ".join(names[:-1]), *names[-1:]) if part)


def on_paper(number: str, dated_on: dt.date | None) -> str:
    """Return the decision in brackets: "(văn bản số 12/QĐ-UBND ngày 20/05/2026)"; "" without one."""
    if dated_on is None:
        return ""
    return f" (văn bản {f'số {number} ' if number else ''}ngày {date_short(dated_on)})"


def sentence(
    kind: str, *, is_new: bool, is_both: bool, old: Sequence[str], new: Sequence[str], day: dt.date, target: str = ""
) -> str:
    """Say on the page of an agency what happened to it.

    `is_new`: it stands on the new side. `is_both`: on both, so it took another in or let another go and lives on.
    """
    since = f"từ ngày {date_short(day)}"
    came, went = joined(old), joined(new)
    match Kind(kind):
        case Kind.MERGE if is_both:
            return f"Nhận sáp nhập {came} {since}"
        case Kind.MERGE if is_new:
            return f"{'Hợp nhất từ' if len(old) >= SEVERAL else 'Nhận sáp nhập'} {came} {since}"
        case Kind.MERGE:
            return f"Đã sáp nhập vào {went} {since}"
        case Kind.SPLIT if is_both:
            return f"Tách ra {went} {since}"
        case Kind.SPLIT if is_new:
            return f"Chia, tách từ {came} {since}"
        case Kind.SPLIT:
            return f"Đã chia, tách thành {went} {since}"
        case Kind.RENAME:
            return f"Đổi tên từ {came} thành {went} {since}"
        case Kind.DISSOLVE:
            return f"Đã giải thể {since}"
        case Kind.TRANSFER:
            return f"Chuyển sang {target} {since}"


@dataclass(frozen=True)
class Heir:
    """That one agency carries on the history of another; which, and whose."""

    heir: int
    ancestor: int


def ancestors(agency: int, links: Sequence[Heir]) -> frozenset[int]:
    """Return every agency whose history came down to one, over chains A → B → C.

    An agency that ended can be on no later change, so there are no circles; a link met twice is walked once.
    """
    seen: set[int] = set()
    frontier = {agency}
    while frontier:
        frontier = {link.ancestor for link in links if link.heir in frontier} - seen - {agency}
        seen |= frontier
    return frozenset(seen)
