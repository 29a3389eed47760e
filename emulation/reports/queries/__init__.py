"""Rows → the facts papers are made of; and what the pages of papers show."""

from emulation.reports.queries.facts import SOURCES, Source
from emulation.reports.queries.pages import (
    PACKS,
    JobPart,
    PaperRow,
    bloc_years_with_papers,
    document_line,
    document_pack,
    pack_files,
    papers_listed,
    papers_of,
    parts_of,
    readable_by,
    versions_of,
)
from emulation.reports.queries.subjects import KINDS, described, row_of, rows_of, subject_of
from emulation.reports.queries.templates import active_template, newest_row, template_lines, versions_of_template
from emulation.reports.queries.year import year_summary

__all__ = [
    "KINDS",
    "PACKS",
    "SOURCES",
    "JobPart",
    "PaperRow",
    "Source",
    "active_template",
    "bloc_years_with_papers",
    "described",
    "document_line",
    "document_pack",
    "newest_row",
    "pack_files",
    "papers_listed",
    "papers_of",
    "parts_of",
    "readable_by",
    "row_of",
    "rows_of",
    "subject_of",
    "template_lines",
    "versions_of",
    "versions_of_template",
    "year_summary",
]
