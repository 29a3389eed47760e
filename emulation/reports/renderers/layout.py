"""Where the headings of a paper break, measured in our own serif, whose widths are those of Times New Roman."""

from dataclasses import dataclass
from functools import partial

from emulation.core import documents
from emulation.core.typesetting import balanced, bind_words
from emulation.reports.papers.text import Party, Text

LARGE, SMALL, TITLE = 13.0, 12.0, 14.0  # sizes in points: names in the header, the smaller legal ones, titles
_LEFT_LINE, _LEFT_ROOM, _TITLE_ROOM, _WIDE_ROOM = (
    millimetres * documents.POINTS_PER_MM for millimetres in (58, 64, 150, 235)
)

_PARTY_ROOMS = {3: 52 * documents.POINTS_PER_MM, 2: 78 * documents.POINTS_PER_MM}


def is_narrow(superior: str, issuer: str) -> bool:
    """Whether the names at the left of the header are so long that it takes the smaller legal sizes."""
    return (
        max(documents.text_width(superior.upper(), LARGE), documents.text_width(issuer.upper(), LARGE, "Bold"))
        > _LEFT_LINE
    )


def header_lines(name: str, size: float, face: str = "Regular") -> list[str]:
    """Return a name of the header in lines, in upper case as it is printed."""
    return _lines(name.upper(), _LEFT_ROOM, size, face)


def title_lines(text: str, face: str = "Bold") -> list[str]:
    """Return a line of a title in as many as an upright page needs."""
    return _lines(text, _TITLE_ROOM, TITLE, face)


def wide_lines(text: str, face: str = "Italic") -> list[str]:
    """Return a line of a title in as many as a landscape page needs."""
    return _lines(text, _WIDE_ROOM, TITLE, face)


@dataclass(frozen=True)
class SetParty:
    """Who signs, its words in lines: long names of agencies and offices break where their sense does."""

    agency: list[str]
    role: str
    titles: list[list[str]]
    name: Text


def party(about: Party, *, columns: int = 3) -> SetParty:
    """Return who signs in one of so many columns."""
    room = _PARTY_ROOMS[columns]
    upper = partial(_lines, room=room, size=LARGE, face="Bold")
    return SetParty(upper(about.agency.upper()), about.role, [upper(line.upper()) for line in about.titles], about.name)


def _lines(text: str, room: float, size: float, face: str) -> list[str]:
    return balanced(bind_words(text), room, partial(documents.text_width, size=size, name=face))
