"""The pieces a paper is made of, the same for PDF and Word: texts that know their marked parts, tables, charts."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Self

from django.utils.html import escape
from django.utils.safestring import SafeString

from emulation.core.typesetting import bind, bind_last
from emulation.core.vietnamese import roman
from emulation.reports.domain import wording

_PHRASES = "|".join(
    re.escape(phrase).replace(r"\ ", "[ \u00a0]") for phrase in (wording.MISSING, wording.NOT_SPLIT, wording.UNNAMED)
)
# A sign takes along what a no-break space ties to it: a line breaks badly between such a space and a piece of its own.
_MARKED = re.compile(
    rf"(?P<missing>{_PHRASES})|(?P<todo>\[[^\[\]]+\])"
    "|(?P<sign>(?:[^\\s\u00a0]+\u00a0)*(?<![\\w/-])\\w{1,12}(?:[-/]\\w{1,12})*[-/][^\\W\\d]\\w{0,11}(?![\\w/-])"
    "(?:\u00a0[^\\s\u00a0]+)*)"
)


@dataclass(frozen=True)
class Run:
    """A stretch of text with one look: "" plain, "missing", "todo", "sign" (not to be broken)."""

    text: str
    look: str


class Text(str):
    """A sentence with its no-break spaces. Django templates print it with marks on what is missing or to be written."""

    __slots__ = ()

    @classmethod
    def of(cls, sentence: str) -> Self:
        """Return a paragraph ready to print."""
        return cls(bind_last(bind(sentence)))

    @classmethod
    def short(cls, words: str) -> Self:
        """Return the words of a cell or a name, ready to print."""
        return cls(bind(words))

    @property
    def is_todo(self) -> bool:
        """Whether all of it is still to be written."""
        return self.startswith("[")

    def runs(self) -> Iterator[Run]:
        """Yield the stretches of one look each."""
        done = 0
        for found in _MARKED.finditer(self):
            if found.start() > done:
                yield Run(self[done : found.start()], "")
            yield Run(self[found.start() : found.end()], str(found.lastgroup))
            done = found.end()
        if done < len(self):
            yield Run(self[done:], "")

    def __html__(self) -> str:
        """Return the markup: a span with a class around each marked stretch."""
        parts = (
            f'<span class="{run.look}">{escape(run.text)}</span>' if run.look else escape(run.text)
            for run in self.runs()
        )
        return SafeString("".join(parts))


NO_TEXT = Text()


@dataclass(frozen=True)
class Part:
    """The text under one heading, in its order: paragraphs, points of a list, paragraphs after them."""

    before: tuple[Text, ...] = ()
    points: tuple[Text, ...] = ()
    after: tuple[Text, ...] = ()

    @classmethod
    def of(cls, *before: str, points: tuple[str, ...] = (), after: tuple[str, ...] = ()) -> Self:
        """Return a part of plain sentences."""
        return cls(
            tuple(Text.of(sentence) for sentence in before),
            tuple(Text.of(point) for point in points),
            tuple(Text.of(sentence) for sentence in after),
        )


@dataclass(frozen=True)
class Cell:
    """A cell; `look`: "c" centred, "strong" bold, or both; `is_head`: it names its row."""

    text: Text
    look: str = ""
    is_head: bool = False
    columns: int = 1


@dataclass(frozen=True)
class Row:
    """A row of cells; `kind`: "" plain, "group" (its name over all columns but the first), "total"."""

    cells: tuple[Cell, ...]
    kind: str = ""


@dataclass(frozen=True)
class Column:
    """A column's heading and its share of the width, in percent."""

    head: str
    width: int


@dataclass(frozen=True)
class Head:
    """A heading over so many columns, as many rows high."""

    text: str
    columns: int
    rows: int

    @property
    def scope(self) -> str:
        """Return what it names: a column or a group of them."""
        return "colgroup" if self.columns > 1 else "col"


@dataclass(frozen=True)
class Table:
    """A table with at least one row; `size`: "whole" (never split), "airy", "small", "dense" (landscape, no numbers).

    `spans` holds (heading, first column, number of columns) for a second row of headings, columns counted from 0.
    """

    caption: Text
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    size: str = ""
    remark: Text = NO_TEXT
    spans: tuple[tuple[str, int, int], ...] = ()

    @property
    def is_numbered(self) -> bool:
        """Whether a row of column numbers stands under the heads: in tables for landscape sheets."""
        return self.size == "small"

    @property
    def top_heads(self) -> list[Head]:
        """Return the upper row of headings."""
        heads, at = [], 0
        starts = {start: (head, count) for head, start, count in self.spans}
        while at < len(self.columns):
            text, count = starts.get(at, (self.columns[at].head, 1))
            heads.append(Head(text, count, 1 if at in starts or not self.spans else 2))
            at += count
        return heads

    @property
    def lower_heads(self) -> list[str]:
        """Return the headings under the spans."""
        under = {at for _, start, count in self.spans for at in range(start, start + count)}
        return [column.head for at, column in enumerate(self.columns) if at in under]


@dataclass(frozen=True)
class Chart:
    """Counts to draw: rows of (label, count, count as printed); `whole`: what they are parts of, if known."""

    caption: Text
    rows: tuple[tuple[str, int, str], ...]
    whole: int | None
    remark: Text = NO_TEXT

    @property
    def in_words(self) -> str:
        """Return what the picture shows, for those who do not see it."""
        return f"{self.caption}: {'; '.join(f'{label} {shown}' for label, _, shown in self.rows)}"


@dataclass(frozen=True)
class Annex:
    """An annex on pages of its own; `second`: what no longer fits beside the columns of its table."""

    name: str
    title: str
    table: Table
    second: Table | None = None

    @property
    def bookmark(self) -> str:
        """Return its entry in the outline of the PDF."""
        return f"{self.name}. {self.title}"


@dataclass(frozen=True)
class Party:
    """Who signs beside others: agency, role in brackets, lines of office, name; dotted where a hand will write."""

    agency: Text
    role: str
    titles: tuple[str, ...]
    name: Text


class Numbering:
    """Numbers tables, charts and annexes in the order of the paper."""

    def __init__(self, annexes: int) -> None:
        self._annexes, self._annex, self._tables, self._charts = annexes, 0, 0, 0

    def table(self) -> str:
        """Return the next table's name: "Bảng 1", in one of several annexes "Bảng I.1"."""
        self._tables += 1
        prefix = f"{roman(self._annex)}." if self._annex and self._annexes > 1 else ""
        return f"Bảng {prefix}{self._tables}"

    def chart(self) -> str:
        """Return the next chart's name."""
        self._charts += 1
        return f"Biểu đồ {self._charts}"

    def annex(self) -> str:
        """Return the next annex's name; an only annex bears no number (Decree 30/2020, Annex I)."""
        self._annex += 1
        if self._annexes > 1:
            self._tables = 0
        return f"Phụ lục {roman(self._annex)}" if self._annexes > 1 else "Phụ lục"
