import re

import pytest
from django.template.loader import render_to_string
from hypothesis import given
from hypothesis import strategies as st

from emulation.core import charts
from emulation.core.vietnamese import count2


def measure(text: str) -> float:
    return 7.0 * len(text)


def bars(rows: list[tuple[str, int]], whole: int | None = None) -> charts.BarChart:
    return charts.bars(
        [(label, count, count2(count)) for label, count in rows], title="A", measure=measure, whole=whole
    )


def test_bars_are_as_long_as_their_share_of_the_whole():
    chart = bars([("Cờ", 3), ("Bằng khen", 6)], whole=12)
    track = float(chart.track)
    assert [float(bar.length) / track for bar in chart.bars] == pytest.approx([0.25, 0.5], abs=0.001)
    assert chart.has_track


def test_largest_bar_is_full_when_the_whole_is_unknown_or_too_small():
    for whole in (None, 4):
        chart = bars([("Cờ", 3), ("Bằng khen", 6)], whole=whole)
        assert chart.bars[1].length == chart.track
        assert not chart.has_track


def test_bar_of_none_has_no_length():
    chart = bars([("Cờ", 0), ("Bằng khen", 0)])
    assert [bar.length for bar in chart.bars] == ["0", "0"]


def test_long_label_wraps_and_its_bar_stays_in_the_middle():
    chart = bars([("Kỷ niệm chương của một bộ có cái tên rất dài không vừa một dòng", 1), ("Cờ", 2)])
    long, short = chart.bars
    assert len(long.lines) == 2
    assert " ".join(line.text for line in long.lines).endswith("không vừa một dòng")
    assert float(short.y) - float(long.y) > charts.STEP


def test_chart_without_rows_is_refused():
    with pytest.raises(ValueError, match="at least one row"):
        bars([])


@given(
    st.lists(st.tuples(st.text(min_size=1, max_size=80), st.integers(0, 10**6)), min_size=1, max_size=12),
    st.none() | st.integers(0, 10**6),
)
def test_nothing_is_drawn_outside_the_picture(rows: list[tuple[str, int]], whole: int | None):
    chart = bars(rows, whole)
    for bar in chart.bars:
        assert 0 <= float(bar.y) <= float(chart.height) - float(bar.height)
        assert float(chart.left) + float(bar.length) <= float(chart.width)
        assert float(bar.value.x) + measure(bar.value.text) <= float(chart.width) + 1
    heights = [float(bar.y) for bar in chart.bars]
    assert heights == sorted(heights)


def test_svg_has_points_in_its_numbers_and_no_style():
    svg = render_to_string("charts/bars.svg", {"chart": bars([("A & B", 3), ("C", 7)], 11), "font": "VB Serif"})
    assert re.findall(r'="\d+,\d', svg) == []
    assert "style" not in svg
    assert "A &amp; B" in svg
    assert "<title>A</title>" in svg
