"""The sheets of the bloc workbook and their columns: one declaration for the reader, the writer and the check."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from blocs.enums import (
    AgencyKind,
    BlocKind,
    BlocYearState,
    Launcher,
    LeadershipRole,
    MilestoneKind,
    MonitorRole,
    ResultStage,
    TargetDirection,
    YearKind,
)
from emulation.core.vietnamese import fold

OWN_LOCALITY = "trong tỉnh"  # how a cell names this installation's province


class Kind(StrEnum):
    """What a column holds."""

    TEXT = "text"
    LINES = "lines"  # text of several lines
    COUNT = "count"  # a whole number from 0
    NUMBER = "number"  # a decimal number
    DATE = "date"
    YES_NO = "yes_no"
    CHOICE = "choice"


@dataclass(frozen=True)
class Column:
    """One column.

    `limit` is the longest text; `choices` maps labels to stored values. An empty cell clears the stored value, except
    where `keeps` says that the column cannot be empty: it leaves what is stored, or means `fallback` in a new row.
    """

    key: str
    heading: str
    kind: Kind = Kind.TEXT
    limit: int = 300
    choices: tuple[tuple[str, str], ...] = ()
    is_required: bool = False
    keeps: bool = False
    fallback: Any = None
    width: int = 16
    says: str = ""

    @property
    def empty(self) -> Any:
        """Return what an empty cell stores."""
        return "" if self.kind in {Kind.TEXT, Kind.LINES, Kind.CHOICE} else None


@dataclass(frozen=True)
class Sheet:
    """One sheet: its title, what it is for, its columns from left to right."""

    key: str
    title: str
    says: str
    columns: tuple[Column, ...]

    def column(self, key: str) -> Column:
        """Return the column of that key; raises KeyError."""
        return {column.key: column for column in self.columns}[key]

    @property
    def names_agency(self) -> bool:
        """Whether its rows speak of an agency."""
        return any(column.key == "agency" for column in self.columns)


def _choice(key: str, heading: str, labels: Iterable[tuple[str, str]], **options: Any) -> Column:
    choices = tuple((label, value) for value, label in labels)
    return Column(key, heading, Kind.CHOICE, choices=choices, **{"width": 20, **options})


def _flag(key: str, heading: str, *, fallback: bool, says: str = "") -> Column:
    return Column(key, heading, Kind.YES_NO, keeps=True, fallback=fallback, width=12, says=says)


def _order(says: str) -> Column:
    return Column("number", "Thứ tự", Kind.COUNT, keeps=True, width=8, says=says)


_NUMBERED = "Số thứ tự của dòng trong năm; để trống: hệ thống đánh số tiếp. Dòng đã có được nhận ra theo số này."
_NOTE = Column("note", "Ghi chú", width=30)


def _agency(*, is_required: bool = True) -> tuple[Column, ...]:
    return (
        Column("code", "Mã đơn vị", limit=40, keeps=True, fallback="", width=14, says="Mã định danh, nếu có."),
        Column(
            "agency",
            "Tên đơn vị",
            is_required=is_required,
            width=42,
            says="Tên đầy đủ. Hệ thống nhận ra đơn vị theo mã, nếu không có mã thì theo tên và địa phương.",
        ),
        Column(
            "locality",
            "Địa phương",
            limit=100,
            keeps=True,
            fallback="",
            width=16,
            says=f"Để trống: cùng địa phương với Khối. “{OWN_LOCALITY}”: tỉnh này. “không nêu”: nguồn không ghi.",
        ),
    )


BLOC = Sheet(
    "bloc",
    "Khối",
    "Một dòng: khối nào, năm nào. Mỗi tệp là một khối trong một năm.",
    (
        Column("year", "Năm thi đua", limit=20, is_required=True, says="Ví dụ 2026, hoặc 2026-2027 với năm học."),
        _choice("year_kind", "Loại năm", YearKind.choices, keeps=True, fallback=YearKind.CALENDAR.value),
        Column("code", "Mã khối", limit=40, keeps=True, fallback="", says="Nối các năm của cùng một khối, nếu có."),
        Column("name", "Tên khối", is_required=True, width=48),
        Column("number", "Số của khối", limit=20, width=12),
        _choice("kind", "Khối hay cụm", BlocKind.choices, keeps=True, fallback=BlocKind.KHOI.value, width=14),
        Column(
            "locality",
            "Địa phương",
            limit=100,
            says=f"“{OWN_LOCALITY}” (hoặc để trống): tỉnh này; tên tỉnh khác; “không nêu”: nguồn không ghi.",
        ),
        Column("parent", "Thuộc cụm", width=30, says="Tên của cụm trong cùng năm, nếu khối nằm trong một cụm."),
        Column("partition", "Quyết định chia khối", width=30, says="Trích yếu của quyết định đã có trong hệ thống."),
        _choice(
            "state",
            "Trạng thái",
            BlocYearState.choices,
            keeps=True,
            fallback=BlocYearState.PREPARING.value,
            says="Chỉ dùng khi tạo mới; sau đó đổi bằng nút trên trang của khối.",
        ),
        Column("stated_member_count", "Số đơn vị theo nguồn", Kind.COUNT, says="Để trống nếu nguồn không ghi."),
        Column("theme", "Chủ đề thi đua", limit=500, width=40),
        Column("source", "Nguồn số liệu", limit=500, width=40),
        Column("note", "Ghi chú", Kind.LINES, limit=4000, width=30),
    ),
)
MEMBERS = Sheet(
    "members",
    "Thành viên",
    "Mỗi dòng một đơn vị thành viên, theo thứ tự trong danh sách.",
    (
        Column("number", "Thứ tự", Kind.COUNT, keeps=True, width=8, says="Để trống: tiếp sau dòng cuối."),
        *_agency(),
        _choice(
            "agency_kind",
            "Loại đơn vị",
            AgencyKind.choices,
            keeps=True,
            fallback=AgencyKind.OTHER.value,
            width=30,
            says="Loại của đơn vị; để trống: giữ nguyên.",
        ),
        Column("group", "Nhóm", limit=200, width=32, says="Tên nhóm trong khối, nếu khối chia nhóm."),
        Column("joined_on", "Từ ngày", Kind.DATE),
        Column("left_on", "Đến ngày", Kind.DATE),
        _flag("is_voting", "Bỏ phiếu", fallback=True, says="Có hoặc Không: được bỏ phiếu."),
        _flag("is_scored", "Chấm điểm", fallback=True, says="Có hoặc Không: được chấm điểm."),
        _flag("is_ranked", "Xếp hạng", fallback=True, says="Có hoặc Không: được xếp hạng."),
        _flag("counts_for_quota", "Tính phân bổ", fallback=True, says="Có hoặc Không: tính vào số lượng phân bổ."),
        Column("also_in", "Cũng thuộc cụm, khối khác", width=30),
        _NOTE,
    ),
)
LEADERS = Sheet(
    "leaders",
    "Lãnh đạo",
    "Trưởng khối, Phó Trưởng khối của năm này, và đơn vị được chọn hoặc đề xuất cho năm sau.",
    (
        _choice("term", "Năm nào", (("this", "Năm này"), ("next", "Năm sau")), keeps=True, fallback="this", width=12),
        _choice("role", "Vai trò", LeadershipRole.choices, is_required=True),
        *_agency(),
        Column("elected_on", "Ngày bầu", Kind.DATE),
        Column("recognised_on", "Ngày công nhận", Kind.DATE),
        Column("paper_number", "Số quyết định công nhận", limit=60),
        Column("paper_date", "Ngày quyết định", Kind.DATE),
        Column("paper_issuer", "Cơ quan ban hành", width=26),
        Column("ends_on", "Đến ngày", Kind.DATE),
        Column("stated", "Cách ghi của nguồn", limit=200, width=22, says="Chỉ cho năm sau: đề xuất, bầu, suy tôn."),
    ),
)
MILESTONES = Sheet(
    "milestones",
    "Mốc thời gian",
    "Các bước của năm: hạn, ngày xong. Ngày không rõ thì để trống.",
    (
        _choice("kind", "Bước", MilestoneKind.choices, is_required=True, width=46),
        Column("due_on", "Hạn", Kind.DATE),
        Column("done_on", "Ngày xong", Kind.DATE),
        Column("note", "Ghi chú", width=40),
    ),
)
MONITORS = Sheet(
    "monitors",
    "Theo dõi",
    "Thành viên Hội đồng theo dõi Khối, chuyên viên phụ trách.",
    (
        _choice("role", "Vai trò", MonitorRole.choices, is_required=True, width=50),
        Column("person", "Họ và tên", limit=150, width=26, says="Người đã có vị trí trong hệ thống."),
        Column("title", "Chức danh", limit=150, keeps=True, fallback="", width=24, says="Cần khi có người cùng tên."),
        Column("stated", "Theo nguồn", width=44, says="Khi nguồn chỉ ghi chức danh mà không ghi tên."),
        Column("ends_on", "Đến ngày", Kind.DATE),
    ),
)
MOVEMENTS = Sheet(
    "movements",
    "Phong trào",
    "Các phong trào thi đua của năm và của phương hướng năm sau.",
    (
        _order(_NUMBERED),
        Column("title", "Tên phong trào", limit=600, is_required=True, width=70),
        _choice("launched_by", "Cấp phát động", Launcher.choices, keeps=True, fallback=Launcher.UNSTATED.value),
        _flag("is_next_year", "Thuộc phương hướng năm sau", fallback=False),
    ),
)
TARGETS = Sheet(
    "targets",
    "Chỉ tiêu",
    "Các chỉ tiêu giao ước. Kế hoạch là con số, hoặc bằng chữ khi không có con số.",
    (
        _order(_NUMBERED),
        Column("indicator", "Chỉ tiêu", limit=500, is_required=True, width=60),
        Column("unit", "Đơn vị tính", limit=60),
        _choice("direction", "Chiều", TargetDirection.choices, keeps=True, fallback=TargetDirection.HIGHER.value),
        Column("planned", "Kế hoạch", Kind.NUMBER, says="Số, dấu phẩy thập phân: 93,5."),
        Column("planned_text", "Kế hoạch (bằng chữ)", width=30),
    ),
)
PLACES = Sheet(
    "places",
    "Xếp hạng",
    "Thứ hạng theo nguồn; hai đơn vị có thể cùng hạng.",
    (*_agency(), Column("place", "Hạng", Kind.COUNT, is_required=True, width=8)),
)
RESULTS = Sheet(
    "results",
    "Kết quả",
    "Danh hiệu, hình thức khen thưởng theo nguồn: của một đơn vị, hoặc của bao nhiêu tập thể không nêu tên.",
    (
        _order(_NUMBERED),
        *_agency(is_required=False),
        Column("parent", "Thuộc đơn vị", width=30, says="Khi đơn vị được nêu là bộ phận của một đơn vị thành viên."),
        Column("how_many", "Số tập thể", Kind.COUNT, says="Khi nguồn chỉ ghi số tập thể, không nêu tên."),
        Column("award_text", "Danh hiệu, hình thức", is_required=True, width=44),
        _choice("stage", "Đề nghị hay đã nhận", ResultStage.choices, is_required=True),
        _NOTE,
    ),
)
FIGURES = Sheet(
    "figures",
    "Số liệu",
    "Số liệu nguồn nêu, ví dụ 9/9 đơn vị hoàn thành tốt nhiệm vụ.",
    (
        _order(_NUMBERED),
        Column("label", "Nội dung", is_required=True, width=60),
        Column("part", "Số đạt", Kind.COUNT),
        Column("whole", "Trên tổng số", Kind.COUNT),
        _NOTE,
    ),
)
SHEETS = (BLOC, MEMBERS, LEADERS, MILESTONES, MONITORS, MOVEMENTS, TARGETS, PLACES, RESULTS, FIGURES)
GUIDE_TITLE = "Hướng dẫn"
EXAMPLE_TITLE = "Ví dụ"
ASIDE = frozenset({fold(GUIDE_TITLE), fold(EXAMPLE_TITLE)})  # sheets for the reader's eye, never imported


def sheet_by(key: str) -> Sheet:
    """Return the sheet of that key; raises KeyError."""
    return {sheet.key: sheet for sheet in SHEETS}[key]


def missing_sheets(titles: Iterable[str]) -> list[str]:
    """Return one sentence when sheets are missing, naming them and the sheets that were not recognised."""
    known = {fold(sheet.title): sheet.title for sheet in SHEETS}
    found = {fold(title): title for title in titles}
    missing = [f"“{title}”" for key, title in known.items() if key not in found]
    if not missing:
        return []
    strange = [f"“{title}”" for key, title in found.items() if key not in known and key not in ASIDE]
    also = f" (không nhận ra trang {', '.join(strange)})" if strange else ""
    return [f"Thiếu trang tính {', '.join(missing)}{also}; tải tệp mẫu và giữ nguyên tên các trang tính."]


def place_columns(sheet: Sheet, headings: Mapping[str, str]) -> tuple[dict[str, Column], list[str]]:
    """Match headings ({column letter: text}) to columns by folded text; return {letter: column} and one sentence.

    A column that is not ours is a fault, for what stands in it would be lost without a word.
    """
    known = {fold(column.heading): column for column in sheet.columns}
    placed: dict[str, Column] = {}
    faults = []
    for letter, text in headings.items():
        column = known.get(fold(text))
        if column is None:
            faults.append(f"không nhận ra cột “{text}” (cột {letter})")
        elif column in placed.values():
            faults.append(f"cột “{column.heading}” có hai lần")
        else:
            placed[letter] = column
    missing = [f"“{column.heading}”" for column in sheet.columns if column not in placed.values()]
    if missing:
        faults.append(f"thiếu cột {', '.join(missing)}")
    if not faults:
        return placed, []
    return placed, [f"Trang “{sheet.title}”: {'; '.join(faults)}. Tải tệp mẫu và giữ nguyên tên các cột."]
