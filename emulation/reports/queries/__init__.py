"""Rows → the facts papers are made of; and what the pages of papers show."""

from emulation.reports.queries.facts import SOURCES, Source
from emulation.reports.queries.pages import (
    JobPart,
    PaperRow,
    bloc_years_with_papers,
    document_line,
    papers_listed,
    papers_of,
    parts_of,
    readable_by,
    subject_of,
    versions_of,
)
from emulation.reports.queries.year import year_summary

__all__ = [
    "SOURCES",
    "JobPart",
    "PaperRow",
    "Source",
    "bloc_years_with_papers",
    "document_line",
    "papers_listed",
    "papers_of",
    "parts_of",
    "readable_by",
    "subject_of",
    "versions_of",
    "year_summary",
]
