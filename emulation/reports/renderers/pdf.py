"""YearSummary → PDF: the reading, meeting and archive form of the report."""

import dataclasses
from functools import partial

from django.template.loader import render_to_string

from emulation.core import charts, documents
from emulation.core.typesetting import balanced, bind_words
from emulation.reports.domain.summary import YearSummary
from emulation.reports.papers import year_report
from emulation.reports.papers.text import Chart
from emulation.reports.papers.year_report import YearReport

TEMPLATE = "documents/year_report.html"
_LEFT_LINE = 58 * documents.POINTS_PER_MM  # beyond it the header takes the smaller legal sizes
_LEFT_ROOM = 64 * documents.POINTS_PER_MM
_TITLE_ROOM = 150 * documents.POINTS_PER_MM
_WIDE_ROOM = 235 * documents.POINTS_PER_MM
_LARGE, _SMALL, _TITLE = 13.0, 12.0, 14.0


@dataclasses.dataclass(frozen=True)
class Layout:
    """What only measuring can tell: where headings break, and the geometry of the charts."""

    is_narrow: bool
    superior: list[str]
    issuer: list[str]
    subject: list[str]
    attached: list[str]
    attached_wide: list[str]
    granted_chart: charts.BarChart | None
    proposed_chart: charts.BarChart | None


def render(summary: YearSummary, *, stamp: str | None = None) -> bytes:
    """Return the PDF/A-3a, PDF/UA-1 file with the summary's JSON inside; equal summaries give equal bytes.

    `stamp`: the mark in the corner of every page; without one, "DỰ THẢO" until the paper has its số and ngày.
    Raises DocumentError when the fonts or the style sheet are not whole.
    """
    data = documents.DataFile("so-lieu.json", summary.to_json(), "Số liệu đã chốt của báo cáo")
    return documents.render_pdf(html(summary, stamp=stamp), data=data)


def html(summary: YearSummary, *, stamp: str | None = None) -> str:
    """Return the HTML the PDF is made from."""
    paper = year_report.build(summary, stamp=stamp)
    return render_to_string(TEMPLATE, {"paper": paper, "layout": _layout(paper), "font": documents.FAMILY})


def _layout(paper: YearReport) -> Layout:
    superior, issuer = paper.superior.upper(), paper.bloc_name.upper()
    widest = max(documents.text_width(superior, _LARGE), documents.text_width(issuer, _LARGE, "Bold"))
    size = _SMALL if widest > _LEFT_LINE else _LARGE
    return Layout(
        is_narrow=size == _SMALL,
        superior=_lines(superior, _LEFT_ROOM, size),
        issuer=_lines(issuer, _LEFT_ROOM, size, "Bold"),
        subject=[line for text in paper.subject for line in _lines(text, _TITLE_ROOM, _TITLE, "Bold")],
        attached=[line for text in paper.attached for line in _lines(text, _TITLE_ROOM, _TITLE, "Italic")],
        attached_wide=_lines(" ".join(paper.attached), _WIDE_ROOM, _TITLE, "Italic"),
        granted_chart=_drawn(paper.granted_chart),
        proposed_chart=_drawn(paper.proposed_chart),
    )


def _lines(text: str, room: float, size: float, face: str = "Regular") -> list[str]:
    return balanced(bind_words(text), room, partial(documents.text_width, size=size, name=face))


def _drawn(chart: Chart | None) -> charts.BarChart | None:
    if chart is None:
        return None
    measure = partial(documents.text_width, size=charts.FONT_SIZE)
    return charts.bars(chart.rows, title=chart.in_words, measure=measure, whole=chart.whole)
