"""Numbers → geometry for the SVG partials in `templates/charts/`; pure.

Coordinates leave as text with a decimal point, so no template can localise them; only labels are for readers. The
drawings use presentation attributes alone: they stand on a page under a strict CSP, in print and in a PDF alike.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

FONT_SIZE = 15.0
LINE = 17.0
BAR = 15.6
STEP = 26.0
MARGIN = 2.0
GAP = 7.0  # between a bar and its value


@dataclass(frozen=True)
class Label:
    """A line of text at a point."""

    x: str
    y: str
    text: str


@dataclass(frozen=True)
class Bar:
    """A bar on its track, its label in one or more lines at the left, and its value at the right."""

    y: str
    length: str
    height: str
    lines: tuple[Label, ...]
    value: Label


@dataclass(frozen=True)
class BarChart:
    """Horizontal bars. `left`: where they start; `track`: the length that stands for the largest possible value."""

    width: str
    height: str
    left: str
    track: str
    axis_end: str
    font_size: str
    has_track: bool
    bars: tuple[Bar, ...]
    title: str


def bars(
    rows: Sequence[tuple[str, int, str]],
    *,
    title: str,
    measure: Callable[[str], float],
    whole: int | None = None,
    width: float = 620.0,
) -> BarChart:
    """Draw counts as bars from zero, one per row of (label, count, count as printed).

    `whole` is what a full track stands for, when the counts are parts of a known whole; otherwise the largest bar is
    full and no track is drawn. `measure` returns the width of a text at `FONT_SIZE`; labels take at most half of the
    width and wrap. `title` says the same in words for those who do not see it. Raises ValueError without rows.
    """
    if not rows:
        message = "A chart needs at least one row"
        raise ValueError(message)
    texts = [_wrapped(label, width / 2 - 10, measure) for label, _, _ in rows]
    left = round(max(measure(line) for lines in texts for line in lines) + 10, 1)
    has_track = whole is not None and whole >= max(count for _, count, _ in rows)
    largest = whole if has_track and whole else max(1, *(count for _, count, _ in rows))
    track = width - left - GAP - max(measure(shown) for _, _, shown in rows) - MARGIN
    drawn, top = [], MARGIN
    for lines, (_, count, shown) in zip(texts, rows, strict=True):
        height = max(STEP, len(lines) * LINE + STEP - LINE)
        middle = top + height / 2
        length = track * count / largest
        first = middle + FONT_SIZE * 0.34 - (len(lines) - 1) * LINE / 2
        drawn.append(
            Bar(
                y=_n(middle - BAR / 2),
                length=_n(length),
                height=_n(BAR),
                lines=tuple(Label(_n(left - 8), _n(first + at * LINE), line) for at, line in enumerate(lines)),
                value=Label(_n(left + length + GAP), _n(middle + FONT_SIZE * 0.34), shown),
            )
        )
        top += height
    return BarChart(
        width=_n(width),
        height=_n(top + MARGIN),
        left=_n(left),
        track=_n(track),
        axis_end=_n(top),
        font_size=_n(FONT_SIZE),
        has_track=has_track,
        bars=tuple(drawn),
        title=title,
    )


def _wrapped(text: str, room: float, measure: Callable[[str], float]) -> list[str]:
    """Return a text in lines no wider than the room; a word wider than it keeps a line of its own."""
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and measure(longer) > room:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


def _n(value: float) -> str:
    """Return a coordinate: a point for the decimals whatever the language, no needless zeros."""
    return f"{value:.1f}".removesuffix(".0")
