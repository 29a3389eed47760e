"""What a plan or the rules of a bloc say, frozen; and which of their lines are headings; pure."""

import dataclasses
import re

from emulation.reports.domain.facts import Frozen, HeaderFact, SignerFact

PASSED = frozenset({"passed", "superseded"})  # states of a paper that is no draft any more
_PART = re.compile(r"(?:phần|chương)\s+(?:[ivxlc]+|\d+|thứ)\b", re.IGNORECASE)
_SECTION = re.compile(r"[IVXLC]+\.\s")
_ARTICLE = re.compile(r"Điều\s+\d+\.?\s")
_POINT_WITH_TITLE = re.compile(r"\d+(?:\.\d+)*\.\s")
_BULLET = re.compile(r"[-+–•*]\s+")
_TITLE_LENGTH = 110  # a longer line that starts with a number is a paragraph
_ENDS = (".", ";", ":", ",")


@dataclasses.dataclass(frozen=True)
class RegulationSummary(Frozen):
    """Everything one version of a plan ("plan") or of rules ("rules") says; `body`: its lines, none of them empty."""

    kind: str
    bloc_name: str
    bloc_kind: str
    year_label: str
    next_year_label: str
    version: int
    state: str
    year_kind: str = "calendar"
    header: HeaderFact = dataclasses.field(default_factory=HeaderFact)
    signer: SignerFact = dataclasses.field(default_factory=SignerFact)
    title: str = ""
    change: str = "first"
    body: tuple[str, ...] = ()
    schema: int = 1

    @property
    def is_draft(self) -> bool:
        """Whether it is not yet passed."""
        return self.state not in PASSED


@dataclasses.dataclass(frozen=True)
class Line:
    """A line of a body as it is printed; `look`: "part", "section", "article", "title", "point" or "text"."""

    text: str
    look: str


def lines(body: tuple[str, ...]) -> tuple[Line, ...]:
    """Return the lines of a body, told apart by how they begin (Decree 30/2020, Annex I: both schemes of numbering).

    A title after "Chương I" stands on the next line; a numbered line that ends like a sentence is a paragraph.
    """
    found: list[Line] = []
    for text in body:
        after_part = bool(found) and found[-1].look == "part" and not _names_itself(found[-1].text)
        found.append(Line(_BULLET.sub("", text, count=1), "point") if _BULLET.match(text) else Line(text, "text"))
        is_title = len(text) <= _TITLE_LENGTH and not text.endswith(_ENDS)
        if _PART.match(text) or (after_part and is_title and not _numbered(text)):
            found[-1] = Line(text, "part")
        elif _SECTION.match(text):
            found[-1] = Line(text, "section")
        elif _ARTICLE.match(text) and is_title:
            found[-1] = Line(text, "article")
        elif _POINT_WITH_TITLE.match(text) and is_title:
            found[-1] = Line(text, "title")
    return tuple(found)


def _numbered(text: str) -> bool:
    return any(shape.match(text) for shape in (_SECTION, _ARTICLE, _POINT_WITH_TITLE, _BULLET))


def _names_itself(text: str) -> bool:
    """Whether "Chương I" is followed by its title in the same line, or is such a title."""
    return re.fullmatch(r"(?:phần|chương)\s+\S+?(?:\s\S+)?\.?", text, re.IGNORECASE) is None


def lead(text: str) -> tuple[str, str]:
    """Return the words that open a paragraph in bold ("Điều 3.") and the rest; "" when it opens with none."""
    found = _ARTICLE.match(text)
    return (text[: found.end()].rstrip(), text[found.end() :]) if found else ("", text)
