"""A pasted list of names, one a line: "họ tên, chức vụ, đơn vị"; pure."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from emulation.core.vietnamese import fold, nfc

MOST_LINES = 200
_NUMBERED = re.compile(r"^\d{1,3}\s*[.)/-]\s*")
_TITLE = re.compile(r"^(ông|bà|đồng chí|đ/c)\s*:?\s+", re.IGNORECASE)
_HEADING = ("ho ten", "ho va ten", "stt")


@dataclass(frozen=True)
class PastedLine:
    """One line: where it stands (from 1), as typed; a line of one cell names a collective, so `person` is ""."""

    number: int
    text: str
    person: str
    position: str
    agency: str

    @property
    def key(self) -> str:
        """Return what makes two lines speak of the same subject."""
        return f"{fold(self.person)}|{fold(self.agency)}"


def parse(text: str) -> list[PastedLine]:
    """Return the lines that say something. The first cell is the name, the last the agency, between is the position.

    Tabs part the cells where there are any (as pasted from Excel), else semicolons, else commas. Numbers before a
    name ("1.", "2)"), "Ông", "Bà" and a heading line are dropped.
    """
    found = []
    for number, line in enumerate(text.splitlines(), start=1):
        cells = _cells(line)
        if cells and not fold(cells[0]).startswith(_HEADING):
            person = "" if len(cells) == 1 else _TITLE.sub("", cells[0])
            found.append(PastedLine(number, nfc(line), person, ", ".join(cells[1:-1]), cells[-1]))
    return found


def _cells(line: str) -> list[str]:
    parted = next((sign for sign in ("\t", ";") if sign in line), ",")
    cells = [nfc(cell.replace("\t", " ")) for cell in _NUMBERED.sub("", line.strip(" ")).split(parted)]
    cells = [cell for cell in cells if cell]
    if len(cells) > 1 and cells[0].isdecimal():  # a column STT
        cells = cells[1:]
    if cells:
        cells[0] = _NUMBERED.sub("", cells[0])
    return [cell for cell in cells if fold(cell)]


def twins(lines: Sequence[PastedLine]) -> dict[int, int]:
    """Return the numbers of lines that repeat an earlier one, with the number of that one."""
    first: dict[str, int] = {}
    return {line.number: first[line.key] for line in lines if first.setdefault(line.key, line.number) != line.number}


def agencies_meant(text: str, known: Mapping[str, Sequence[int]], *, limit: int = 8) -> tuple[list[int], bool]:
    """Return the ids of the agencies a cell may mean, and whether that is certain.

    `known`: every folded name an agency bears or bore, with the ids of those that do. The whole name is certain when
    one agency has it. Otherwise those whose names hold every word typed, then those whose names the cell holds.
    """
    words = fold(text)
    same = list(dict.fromkeys(known.get(words, ())))
    if same:
        return same[:limit], len(same) == 1
    asked = set(words.split())
    near = [pk for name, ids in known.items() if asked and asked <= set(name.split()) for pk in ids]
    near += [pk for name, ids in known.items() if name and f" {name} " in f" {words} " for pk in ids]
    return list(dict.fromkeys(near))[:limit], False
