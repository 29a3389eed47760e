"""The list of people as an Excel file: the sample to fill in, and what was filled in. The first sheet is read."""

import io
import re
import zipfile
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.styles import Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from blocs.domain.people import PersonRow
from blocs.enums import SeatCapacity, SignsAs
from blocs.models.seat import AGENCY_CAPACITIES
from emulation.core.errors import Refused
from emulation.core.vietnamese import fold, nfc

ROW_LIMIT = 500
_UNPACKED_LIMIT = 20 * 1024 * 1024
_ROW_TAG = re.compile(rb"<(?:\w+:)?row[\s>/]")
_HEADING_ROWS = 10  # a title above the headings is tolerated
_UNREADABLE = "Không đọc được tệp: tệp hỏng hoặc không phải tệp Excel (.xlsx); mở bằng Excel, lưu lại rồi tải lên."
_MOBILE_DIGITS = 9  # a number cell loses its leading zero
#: Column of a row → its heading, width in characters, whether the heading must be there.
HEADINGS = {
    "agency": ("Mã định danh hoặc tên đơn vị", 40, True),
    "full_name": ("Họ và tên", 28, True),
    "title": ("Chức danh", 28, True),
    "capacity": ("Tư cách", 34, True),
    "signs_as": ("Ký với tư cách", 22, True),
    "phone": ("Điện thoại", 16, False),
    "username": ("Tên đăng nhập", 22, False),
}
_GUIDE = (
    "Mỗi dòng là một người trong một tư cách. Người có hai tư cách thì ghi hai dòng.",
    "Đơn vị: ghi mã định danh; nếu chưa có mã thì ghi tên đúng như trong danh sách đơn vị của hệ thống.",
    "Ký với tư cách: chỉ ghi cho người ký.",
    "Tên đăng nhập: để trống để hệ thống đề xuất; ghi tên của tài khoản đã có để thêm vị trí cho tài khoản đó.",
    "Nhập cùng một tệp hai lần không tạo thêm tài khoản.",
    "",
    "Ví dụ: Sở Tài chính | Nguyễn Thị Lan | Chuyên viên Văn phòng Sở | Đầu mối của đơn vị | | 0912 345 678 |",
    "Ví dụ: Sở Tài chính | Trần Văn Minh | Phó Giám đốc | Người ký của đơn vị | KT. (ký thay) | |",
)


def sample() -> bytes:
    """Return the empty list with its headings, lists to choose from, and a guide."""
    book = Workbook()
    sheet, guide = book.active, book.create_sheet("Hướng dẫn")
    sheet.title = "Người dùng"
    for position, (heading, width, _) in enumerate(HEADINGS.values(), start=1):
        cell = sheet.cell(1, position, heading)
        cell.font, cell.fill = Font(bold=True), PatternFill("solid", fgColor="FFF2EEE9")
        letter = get_column_letter(position)
        sheet.column_dimensions[letter].width = width
        for row in range(2, ROW_LIMIT + 2) if heading in {"Điện thoại", HEADINGS["agency"][0]} else ():
            sheet.cell(row, position).number_format = "@"
    sheet.freeze_panes = "A2"
    choices = {
        "capacity": [SeatCapacity(value).label for value in AGENCY_CAPACITIES],
        "signs_as": [str(label) for label in SignsAs.labels],
    }
    guide.column_dimensions["A"].width = 110
    for line in _GUIDE:
        guide.append([line])
    for key, labels in choices.items():
        guide.append([])
        guide.append([HEADINGS[key][0]])
        first = guide.max_row + 1
        for label in labels:
            guide.append([label])
        letter = get_column_letter(list(HEADINGS).index(key) + 1)
        rule = DataValidation("list", formula1=f"'Hướng dẫn'!$A${first}:$A${guide.max_row}", allow_blank=True)
        sheet.add_data_validation(rule)
        rule.add(f"{letter}2:{letter}{ROW_LIMIT + 1}")
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def read(content: bytes) -> list[PersonRow]:
    """Read the rows that are not blank. Raises Refused with one sentence when the file as a whole is wrong."""
    _weigh(content)
    try:
        book = load_workbook(io.BytesIO(content), data_only=False, keep_links=False)
    except Exception as broken:
        raise Refused(_UNREADABLE) from broken
    if not book.worksheets:
        raise Refused(_UNREADABLE)
    # The library's iterators make every cell up to the last one, and the last one may stand in row 1,048,576.
    cells: dict[tuple[int, int], Any] = book.worksheets[0]._cells  # noqa: SLF001 - see above
    heading_row, columns = _headings(cells)
    missing = [heading for key, (heading, _, is_needed) in HEADINGS.items() if is_needed and key not in columns]
    if missing:
        named = ", ".join(f"“{heading}”" for heading in missing)
        raise Refused(f"Trang đầu của tệp thiếu cột {named}; dùng tệp mẫu và giữ nguyên hàng tiêu đề.")
    rows = [
        _row(number, {key: cells.get((number, column)) for key, column in columns.items()})
        for number in sorted({row for row, _ in cells if row > heading_row})
    ]
    filled = [row for row in rows if row is not None]
    if not filled:
        raise Refused("Tệp chưa có dòng nào; điền ít nhất một người rồi tải lên.")
    if len(filled) > ROW_LIMIT:
        raise Refused(f"Tệp có {len(filled)} dòng, nhiều hơn {ROW_LIMIT}; chia thành nhiều tệp.")
    return filled


def _weigh(content: bytes) -> None:
    """Refuse what would fill the memory, unparsed."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if sum(part.file_size for part in archive.infolist()) > _UNPACKED_LIMIT:
                raise Refused("Tệp quá lớn khi mở ra; xóa hình ảnh và các trang tính thừa rồi tải lên.")
            pages = [archive.read(part) for part in archive.infolist() if "worksheets/" in part.filename]
    except (zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, RuntimeError, OSError, EOFError) as broken:
        raise Refused(_UNREADABLE) from broken
    if any(b"mergeCell " in page for page in pages):
        raise Refused("Tệp có ô gộp; bỏ gộp ô, điền từng dòng rồi tải lên.")
    tags = sum(len(_ROW_TAG.findall(page)) for page in pages)
    if tags > ROW_LIMIT * 10:
        raise Refused(f"Tệp có {tags} dòng, nhiều hơn {ROW_LIMIT}; xóa các dòng thừa hoặc chia thành nhiều tệp.")


def _headings(cells: dict[tuple[int, int], Any]) -> tuple[int, dict[str, int]]:
    """Return the row that holds most of the headings, and the column of each."""
    known = {fold(heading): key for key, (heading, _, _) in HEADINGS.items()}
    found: dict[int, dict[str, int]] = {row: {} for row in range(1, _HEADING_ROWS + 1)}
    for (row, column), cell in sorted(cells.items()):
        key = known.get(fold(str(cell.value))) if row <= _HEADING_ROWS and cell.value is not None else None
        if key:
            found[row].setdefault(key, column)
    best = max(found, key=lambda row: (len(found[row]), -row))
    return best, found[best]


def _row(number: int, cells: dict[str, Any]) -> PersonRow | None:
    said = {key: _text(key, cell) for key, cell in cells.items()}
    if not any(said.values()):
        return None
    formulas = tuple(HEADINGS[key][0] for key, cell in cells.items() if cell is not None and cell.data_type == "f")
    return PersonRow(number=number, formulas=formulas, **said)


def _text(key: str, cell: Any) -> str:
    value = None if cell is None else cell.value
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    text = nfc(str(value)).replace("\n", " ")
    is_short = key == "phone" and isinstance(value, int) and len(text) == _MOBILE_DIGITS
    return f"0{text}" if is_short else text
