"""YearSummary → PDF: the reading, meeting and archive form of the report."""

import dataclasses
from functools import partial

from django.template.loader import render_to_string

from emulation.core import charts, documents
from emulation.reports.domain.summary import YearSummary
from emulation.reports.papers import year_report
from emulation.reports.papers.text import Chart
from emulation.reports.papers.year_report import YearReport
from emulation.reports.renderers import layout

TEMPLATE = "documents/year_report.html"


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
    is_narrow = layout.is_narrow(paper.superior, paper.bloc_name)
    size = layout.SMALL if is_narrow else layout.LARGE
    return Layout(
        is_narrow=is_narrow,
        superior=layout.header_lines(paper.superior, size),
        issuer=layout.header_lines(paper.bloc_name, size, "Bold"),
        subject=[line for text in paper.subject for line in layout.title_lines(text)],
        attached=[line for text in paper.attached for line in layout.title_lines(text, "Italic")],
        attached_wide=layout.wide_lines(" ".join(paper.attached)),
        granted_chart=_drawn(paper.granted_chart),
        proposed_chart=_drawn(paper.proposed_chart),
    )


def _drawn(chart: Chart | None) -> charts.BarChart | None:
    if chart is None:
        return None
    measure = partial(documents.text_width, size=charts.FONT_SIZE)
    return charts.bars(chart.rows, title=chart.in_words, measure=measure, whole=chart.whole)
