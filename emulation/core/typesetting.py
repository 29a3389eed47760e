"""Where a Vietnamese line may break; pure. Printed words are syllables, so a blank may lie inside a word.

`bind` keeps pairs of running text together; `bind_words` does so for whole words of official names, in headings; then
`balanced` sets a heading in lines of like width that end where its sense allows.
"""

import itertools
import math
import re
from collections.abc import Callable

NO_BREAK = "\u00a0"

# Words of two or three syllables that official names are made of: a heading is never broken inside one.
_WORDS = (
    "ủy ban nhân dân", "hội đồng nhân dân", "mặt trận tổ quốc", "thi đua", "khen thưởng", "cơ quan", "đơn vị",
    "trung ương", "địa bàn", "địa phương", "chuyên môn", "sự nghiệp", "doanh nghiệp", "tổng hợp", "hành chính",
    "văn hóa", "xã hội", "kinh tế", "kỹ thuật", "nội chính", "quản lý", "nhà nước", "tham mưu", "hội đồng", "ủy ban",
    "nhân dân", "đoàn thể", "mặt trận", "tổ quốc", "việt nam", "lực lượng", "vũ trang", "ngân hàng", "tài chính",
    "giáo dục", "đào tạo", "công nghiệp", "nông nghiệp", "thương mại", "du lịch", "tổ chức", "chính trị", "các cấp",
    "xây dựng", "giao thông", "môi trường", "công nghệ", "thông tin", "truyền thông", "trường học", "phổ thông",
    "trung học", "cao đẳng", "đại học", "bệnh viện", "y tế", "khoa học", "bảo hiểm", "công ty", "cổ phần", "hợp tác",
    "thành phố", "thị trấn", "đặc khu", "công tác", "phương hướng", "nhiệm vụ", "tổng kết", "sơ kết", "nông thôn",
    "thể thao", "nội vụ", "tư pháp", "thanh tra", "dân tộc", "tôn giáo", "văn phòng", "giám đốc",
)  # fmt: skip
_WORD = re.compile(rf"\b(?:{'|'.join(word.replace(' ', '[ ]') for word in _WORDS)})\b", re.IGNORECASE)
_OPENERS = {"các", "của", "và", "thuộc", "trên", "đóng", "về", "cho", "trực", "trong", "theo", "do", "tại", "–", "-"}
_PAIR = re.compile(r"\b(ngày|tháng|năm|số|thứ|Bảng|Biểu đồ|Phụ lục|Khối|Cụm) (?=[\dIVX])")
_UNIT = re.compile(
    r"(?<=\d) (đơn vị|tập thể|nhóm|chỉ tiêu|phong trào|cơ quan|bước|tháng(?= (?:đầu|cuối))|ngày$|%)(?!\w)"
)
_DASH = re.compile(r"(?<=[\w,”)]) ([-–]) ")
_OFFICE = re.compile(r"\b(Sở|Ban|Cục|Bộ) (?=\w)")
_LAST = re.compile(r"(?<=.{40}) (\S{1,16})$")


def bind(text: str) -> str:
    """Return a sentence whose pairs stay on one line: number and unit, day and its number, a dash and the word before.

    Pairs only: a whole date in one piece would tear a justified line open.
    """
    text = _PAIR.sub(rf"\1{NO_BREAK}", text)
    text = _UNIT.sub(lambda found: NO_BREAK + found[1].replace(" ", NO_BREAK), text)
    text = _DASH.sub(rf"{NO_BREAK}\1 ", text)
    return _OFFICE.sub(rf"\1{NO_BREAK}", text)


def bind_last(text: str) -> str:
    """Return a paragraph that does not end in a line of one short word."""
    return _LAST.sub(rf"{NO_BREAK}\1", text)


def bind_words(text: str) -> str:
    """Return a heading whose words of several syllables stay whole."""
    return bind(_WORD.sub(lambda found: found[0].replace(" ", NO_BREAK), text))


def balanced(text: str, room: float, measure: Callable[[str], float]) -> list[str]:
    """Return a heading in lines that fit the room, of like width, broken before "của", "và", … or after a comma.

    `measure` returns the width of a text in the unit of `room`. A piece wider than the room has a line of its own.
    No-break spaces hold. One line more than the fewest is taken when it breaks better at sense.
    """
    words = text.split(" ")
    if measure(text) <= room or len(words) == 1:
        return [text]
    width = {(a, b): measure(" ".join(words[a:b])) for a in range(len(words)) for b in range(a + 1, len(words) + 1)}
    fits = {span: size <= room or span[1] - span[0] == 1 for span, size in width.items()}
    fewest = _fewest(len(words), fits)
    best = min((_set(words, room, width, fits, lines) for lines in (fewest, fewest + 1)), key=lambda result: result[0])
    cuts = [0, *best[1], len(words)]
    return [" ".join(words[a:b]) for a, b in itertools.pairwise(cuts)]


def _fewest(count: int, fits: dict[tuple[int, int], bool]) -> int:
    lines, start = 0, 0
    while start < count:
        start = max(end for end in range(start + 1, count + 1) if fits[start, end])
        lines += 1
    return lines


def _set(
    words: list[str], room: float, width: dict[tuple[int, int], float], fits: dict[tuple[int, int], bool], lines: int
) -> tuple[float, tuple[int, ...]]:
    """Return the cost of the best way into so many lines, and where it cuts; an infinite cost when there is none."""
    mean = width[0, len(words)] / lines
    best: dict[tuple[int, int], tuple[float, tuple[int, ...]]] = {(0, 0): (0.3 * lines, ())}
    for line in range(1, lines + 1):
        for end in range(line, len(words) + 1):
            options = []
            for start in range(line - 1, end):
                before = best.get((line - 1, start))
                if before and fits[start, end]:
                    uneven = ((width[start, end] - mean) / room) ** 2
                    options.append((before[0] + uneven + _break_cost(words, start), (*before[1], start)))
            if options:
                best[line, end] = min(options)
    cost, cuts = best.get((lines, len(words)), (math.inf, ()))
    return cost, cuts[1:]


def _break_cost(words: list[str], at: int) -> float:
    """Return what a break before a word costs: nothing at sense, much after a word that opens a phrase."""
    if at == 0:
        return 0.0
    before, after = words[at - 1].lower(), words[at].lower().split(NO_BREAK)[0]
    if before.split(NO_BREAK)[-1] in _OPENERS:
        return 0.5
    return 0.0 if after in _OPENERS or before.endswith((",", ";", ":")) else 0.12
