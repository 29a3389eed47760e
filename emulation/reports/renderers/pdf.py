"""A frozen summary → PDF: the reading, meeting and archive form of a paper."""

import dataclasses
from functools import partial
from typing import Any

from django.template.loader import render_to_string

from emulation.core import charts, documents
from emulation.reports.domain.facts import Frozen
from emulation.reports.papers.forms import form_of
from emulation.reports.papers.text import Chart, Party
from emulation.reports.renderers import layout


@dataclasses.dataclass(frozen=True)
class Layout:
    """What only measuring can tell: where headings break, and the geometry of the charts."""

    is_narrow: bool
    superior: list[str]
    issuer: list[str]
    subject: list[str]
    authority: list[str]
    attached: list[str]
    attached_wide: list[str]
    parties: list[layout.SetParty]
    granted_chart: charts.BarChart | None
    proposed_chart: charts.BarChart | None


def render(summary: Frozen, *, stamp: str | None = None) -> bytes:
    """Return the PDF/A-3a, PDF/UA-1 file with the summary's JSON inside; equal summaries give equal bytes.

    `stamp`: the mark in the corner of every page; without one, "DỰ THẢO" while the paper is a draft.
    Raises DocumentError when the fonts or the style sheet are not whole.
    """
    data = documents.DataFile("so-lieu.json", summary.to_json(), form_of(summary).data_words)
    return documents.render_pdf(html(summary, stamp=stamp), data=data)


def html(summary: Frozen, *, stamp: str | None = None) -> str:
    """Return the HTML the PDF is made from."""
    form = form_of(summary)
    paper = form.build(summary, stamp=stamp)
    return render_to_string(form.html, {"paper": paper, "layout": _layout(paper), "font": documents.FAMILY})


def _layout(paper: Any) -> Layout:
    is_narrow = layout.is_narrow(paper.superior, paper.bloc_name)
    size = layout.SMALL if is_narrow else layout.LARGE
    attached: tuple[str, ...] = getattr(paper, "attached", ())
    parties: tuple[Party, ...] = getattr(paper, "parties", ())
    columns = getattr(paper, "party_columns", 3)
    return Layout(
        is_narrow=is_narrow,
        superior=layout.header_lines(paper.superior, size),
        issuer=layout.header_lines(paper.bloc_name, size, "Bold"),
        subject=[line for text in paper.subject for line in layout.title_lines(text)],
        authority=layout.title_lines(getattr(paper, "authority", "").upper()),
        attached=[line for text in attached for line in layout.title_lines(text, "Italic")],
        attached_wide=layout.wide_lines(" ".join(attached)),
        parties=[layout.party(party, columns=columns) for party in parties],
        granted_chart=_drawn(getattr(paper, "granted_chart", None)),
        proposed_chart=_drawn(getattr(paper, "proposed_chart", None)),
    )


def _drawn(chart: Chart | None) -> charts.BarChart | None:
    if chart is None:
        return None
    measure = partial(documents.text_width, size=charts.FONT_SIZE)
    return charts.bars(chart.rows, title=chart.in_words, measure=measure, whole=chart.whole)
