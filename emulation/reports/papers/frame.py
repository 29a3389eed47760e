"""What every paper of a bloc has besides its body: header, title, number and date, recipients, signature."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from emulation.core.vietnamese import date_long
from emulation.reports.domain import wording
from emulation.reports.domain.facts import HeaderFact, OfBlocYear, OfYear, SignerFact
from emulation.reports.papers.text import NO_TEXT, Text

DRAFT_MARK = "DỰ THẢO"
NUMBER_BLANK = "\u2003\u2003\u2003"
DAY_BLANK = "\u2003\u2003"


@dataclass(frozen=True, kw_only=True)
class Frame:
    """A paper, ready for a template; kinds of papers add their bodies.

    `kind`: its name in the title ("Thông báo"); `number`, `dated`: empty on a paper that bears none. `bloc_name`: who
    issues it, a bloc or an office; `noun`: what the paper calls a bloc after its first mention.
    """

    title: str
    bookmark: str
    mark: str
    kind: str
    noun: str
    bloc_name: str
    superior: Text
    number: str
    place: Text
    dated: str
    subject: tuple[str, ...]
    recipients: tuple[Text, ...] = ()
    signature: tuple[str, ...] = ()
    signer_name: Text = NO_TEXT


def number_of(header: HeaderFact) -> str:
    """Return "05/BC-KTĐ", with a blank for a number still to come; a number that brings its own sign keeps it."""
    number = header.number
    return number if number and "/" in number else f"{number or NUMBER_BLANK}/{header.sign}"


def number_line(header: HeaderFact) -> str:
    """Return the line "Số: 05/TB-KTĐ"; empty for a kind of paper that bears no number."""
    return f"Số: {number_of(header)}".replace(": \u2003", ":\u2003") if header.number or header.sign else ""


def dated_line(day: dt.date | None, year_label: str = "") -> str:
    """Return "ngày 05 tháng 3 năm 2026", with blanks for what is to come; `year_label`: the year, when it is known."""
    if day:
        return date_long(day)
    return f"ngày{DAY_BLANK}tháng{DAY_BLANK}năm{f' {year_label}' if year_label.isdecimal() else DAY_BLANK}"


def mark(*, is_draft: bool, stamp: str | None) -> str:
    """Return the mark in the corner of every page: a stamp that is given, else that of a draft."""
    return stamp if stamp is not None else (DRAFT_MARK if is_draft else "")


def framed(
    facts: OfBlocYear,
    header: HeaderFact,
    *,
    kind: str,
    title: str,
    subject: tuple[str, ...],
    is_draft: bool,
    dated: str,
    stamp: str | None,
) -> dict[str, Any]:
    """Return the fields of a frame that follow from the facts; `stamp` stands for the mark of a draft when given."""
    return {
        "title": title,
        "bookmark": f"{kind} {wording.year(facts)}",
        "mark": mark(is_draft=is_draft, stamp=stamp),
        "kind": kind,
        "noun": wording.noun(facts),
        "bloc_name": facts.bloc_name,
        "superior": Text(wording.superior(header)),
        "number": number_line(header),
        "place": Text(wording.place(header)),
        "dated": dated,
        "subject": subject,
    }


def framed_by_office(
    facts: OfYear,
    header: HeaderFact,
    *,
    issuer: str,
    kind: str,
    title: str,
    subject: tuple[str, ...],
    is_draft: bool,
    stamp: str | None,
) -> dict[str, Any]:
    """Return the fields of a frame of a paper an office issues; one without a superior has no line above its name."""
    return {
        "title": title,
        "bookmark": f"{kind} {wording.year(facts)}",
        "mark": mark(is_draft=is_draft, stamp=stamp),
        "kind": kind,
        "noun": "",
        "bloc_name": issuer,
        "superior": Text(header.superior or ""),
        "number": number_line(header),
        "place": Text(wording.place(header)),
        "dated": dated_line(header.dated_on),
        "subject": subject,
    }


def signed_for_bloc(facts: OfBlocYear, signer: SignerFact, *recipients: str) -> dict[str, Any]:
    """Return recipients and signature of a paper the leader signs for the bloc."""
    return {
        "recipients": tuple(Text.short(name) for name in recipients),
        "signature": wording.signature(facts, signer),
        "signer_name": Text(wording.signer_name(signer)),
    }
