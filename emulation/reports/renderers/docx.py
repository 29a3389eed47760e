"""A frozen summary → Word: the form the office edits, sends and signs.

The template is an ordinary Word file with a line per text, table and chart; the office may restyle it, move and delete
its lines, and write its own. Tables and charts come as native Word tables in the template's own paragraph styles.
"""

import dataclasses
import io
import re
from collections.abc import Iterable, Sequence
from itertools import chain
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import jinja2
from celery.exceptions import SoftTimeLimitExceeded
from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENTATION
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.shared import Twips
from docxtpl import DocxTemplate, RichText
from jinja2 import nodes
from jinja2.sandbox import SandboxedEnvironment, SecurityError

from emulation.core.documents import DocumentError
from emulation.reports.domain.facts import Frozen
from emulation.reports.papers.forms import form_of
from emulation.reports.papers.regulation import Block
from emulation.reports.papers.text import NO_TEXT, Annex, Cell, Chart, Part, Party, Row, Table, Text
from emulation.reports.renderers import layout

_TWIPS_PER_MM = 1440 / 25.4
_PORTRAIT, _LANDSCAPE = round(165 * _TWIPS_PER_MM), round(252 * _TWIPS_PER_MM)  # widths of the text blocks
_ITALIC = {"missing", "todo"}
_LARGEST = 20_000_000  # letters of one part of a filled Word file, its XML among them; no paper comes near
_REFUSED = (
    nodes.Assign, nodes.AssignBlock, nodes.Block, nodes.CallBlock, nodes.Concat, nodes.Dict, nodes.Extends,
    nodes.FilterBlock, nodes.FromImport, nodes.Import, nodes.Include, nodes.List, nodes.Macro, nodes.With,
)  # fmt: skip


class TemplateFault(DocumentError):
    """The office's template cannot be filled; `sentence` says in Vietnamese what is wrong with it."""

    def __init__(self, error: Exception) -> None:
        super().__init__(f"The Word template cannot be filled: {error}")
        self.sentence = _sentence(error)


def _sentence(error: Exception) -> str:
    named = re.findall(r"'([^']+)'", str(error))
    if isinstance(error, jinja2.UndefinedError):
        name = f" “{named[-1]}”" if named else ""
        return f"Mẫu gọi tên{name} không có trong dữ liệu của loại văn bản này; so lại với mẫu có sẵn rồi sửa."
    if isinstance(error, SecurityError):
        return (
            "Mẫu có phép tính, lời gọi, danh sách hoặc giá trị tự đặt, là những phần không được dùng; "
            "bỏ phần đó, chỉ để tên trường."
        )
    if isinstance(error, TooMuch):
        return "Mẫu lặp ra quá nhiều nội dung; bỏ bớt các dòng {% for … %} lồng nhau, so lại với mẫu có sẵn."
    if isinstance(error, jinja2.TemplateError):
        near = f", gần “{named[0]}”" if named else ""
        return (
            f"Mẫu có lệnh viết sai, hoặc vòng lặp, điều kiện chưa đóng{near}; so lại các dòng {{% … %}} với mẫu có sẵn."
        )
    if isinstance(error, TypeError):
        return "Mẫu lặp qua một trường không phải là danh sách; so lại các dòng {% for … %} với mẫu có sẵn."
    return "Tệp mẫu không đọc được như một tệp Word; mở bằng Word, lưu lại dạng .docx rồi tải lên."


class TooMuch(jinja2.TemplateRuntimeError):
    """A template that loops into more text than any paper has."""


class OfficeEnvironment(SandboxedEnvironment):
    """What a template of the office may do: name fields, loop, ask conditions; nothing that grows or calls."""

    intercepted_binops = frozenset({"+", "-", "*", "/", "//", "**", "%"})

    def __init__(self) -> None:
        super().__init__(autoescape=True, undefined=jinja2.StrictUndefined)
        self.filters = {name: self.filters[name] for name in ("length", "upper", "lower", "first", "last")}

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        """Read a template. Raises SecurityError for what keeps or joins values, which may double them without end."""
        tree = super()._parse(source, name, filename)
        tuples = (node for node in tree.find_all(nodes.Tuple) if node.ctx == "load")  # "store": names of a loop
        if found := next(chain(tree.find_all(_REFUSED), tuples), None):
            raise SecurityError(type(found).__name__)
        return tree

    def concat(self, parts: Iterable[str]) -> str:
        """Return the whole text. Raises TooMuch before a loop fills the memory of the worker."""
        found, size = [], 0
        for part in parts:
            found.append(part)
            size += len(part) + 1
            if size > _LARGEST:
                raise TooMuch
        return "".join(found)

    def call_binop(self, _context: Any, operator: str, _left: Any, _right: Any) -> Any:
        """Refuse arithmetic. Raises SecurityError."""
        raise SecurityError(operator)

    def is_safe_callable(self, _obj: Any) -> bool:
        """Refuse every call."""
        return False


def render(summary: Frozen, template: bytes | None = None) -> bytes:
    """Return the Word file of a summary, made from the office's template or, without one, the built-in.

    Raises TemplateFault when the office's template is no Word file, asks for a field there is none of, or does what a
    template may not.
    """
    form = form_of(summary)
    paper = form.build(summary)
    is_upright = getattr(paper, "wide_annex", None) is None
    fields = _plain_fields(paper)
    if template is None:
        return _filled(form.docx.read_bytes(), fields, is_upright=is_upright)
    try:
        return _filled(template, fields, is_upright=is_upright)
    except SoftTimeLimitExceeded:
        raise
    except Exception as error:  # our own file is filled by the same lines, so whatever fails is the office's
        raise TemplateFault(error) from error


def _filled(template: bytes, fields: dict[str, Any], *, is_upright: bool) -> bytes:
    target = io.BytesIO()
    document = DocxTemplate(io.BytesIO(template))
    document.render(fields, OfficeEnvironment(), autoescape=True)
    if is_upright:
        _end_upright(document.docx)
    document.save(target)
    return target.getvalue()


def warm(path: Path) -> None:
    """Fill a built-in template with nothing, so that the first paper finds Word and Jinja loaded."""
    environment = OfficeEnvironment()
    environment.undefined = jinja2.ChainableUndefined
    DocxTemplate(io.BytesIO(path.read_bytes())).render({}, environment, autoescape=True)


def _end_upright(document: WordDocument) -> None:
    """Turn the last section upright: the template ends in the landscape annex, which this paper does not have."""
    section = document.sections[-1]
    if section.orientation != WD_ORIENTATION.LANDSCAPE:
        return
    section.orientation = WD_ORIENTATION.PORTRAIT
    section.page_width, section.page_height = section.page_height, section.page_width
    for header in (section.header, section.first_page_header):
        stops = header.paragraphs[0].paragraph_format.tab_stops
        stops.clear_all()
        stops.add_tab_stop(Twips(_PORTRAIT // 2), WD_TAB_ALIGNMENT.CENTER)
        stops.add_tab_stop(Twips(_PORTRAIT), WD_TAB_ALIGNMENT.RIGHT)


# --- What a template may name -----------------------------------------------------------------------------------------


def _plain_fields(paper: Any) -> dict[str, Any]:
    """Return the paper as the plain data a template may use: texts, lists, tables, nothing that can be called."""
    fields = {field.name: _plain(getattr(paper, field.name)) for field in dataclasses.fields(paper)}
    if parties := getattr(paper, "parties", ()):
        columns = paper.party_columns
        fields["parties"] = _grid([layout.party(party, columns=columns) for party in parties], columns)
    return fields | {
        "issuer": layout.header_lines(paper.bloc_name, layout.LARGE, "Bold"),
        "subject": [line for text in paper.subject for line in layout.title_lines(text)],
        "authority": layout.title_lines(getattr(paper, "authority", "").upper()),
    }


def _plain(value: Any) -> Any:
    if isinstance(value, Text):
        return _remark(value)
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, Part):
        return {"before": _plain(value.before), "points": _plain(value.points), "after": _plain(value.after)}
    if isinstance(value, Annex):
        second = _plain_table(value.second) if value.second else ""
        return {"name": value.name, "title": value.title, "table": _plain_table(value.table), "second": second}
    if isinstance(value, Table):
        return _plain_table(value)
    if isinstance(value, Party):
        return {"titles": list(value.titles), "role": value.role, "name": _plain(value.name)}
    if isinstance(value, Block):
        lead = _rich(Text(f"{value.lead} "), bold=True) if value.lead else _rich(NO_TEXT)
        return {"look": value.look, "lead": lead, "text": _rich(value.text)}
    if isinstance(value, Chart):
        return {"caption": _rich(value.caption), "body": _chart(value), "remark": _remark(value.remark)}
    return value


def _plain_table(table: Table) -> dict[str, Any]:
    return {"caption": _rich(table.caption), "body": _table(table), "remark": _remark(table.remark)}


def _remark(text: Text) -> RichText | str:
    """Return a text, or what a template takes for none: a rich text is never false."""
    return _rich(text) if text else ""


def _rich(text: Text, *, bold: bool = False) -> RichText:
    rich = RichText()
    for run in text.runs():
        rich.add(run.text, bold=bold, italic=run.look in _ITALIC)
    return rich


# --- Tables and charts in Word's own XML ------------------------------------------------------------------------------


class Xml(str):
    """Markup that a template inserts as it is."""

    __slots__ = ()

    def __html__(self) -> str:
        """Return itself: it is escaped already."""
        return self


def _table(table: Table) -> Xml:
    """Return a table: fixed columns, heads repeated on each page, no row split over two pages."""
    is_small = table.size in {"small", "dense"}
    total = _LANDSCAPE if is_small else _PORTRAIT
    widths = [round(total * column.width / 100) for column in table.columns]
    look = "TableSmall" if is_small else "TableText"
    rows = [*_head_rows(table, widths, look)]
    keep_whole = table.size == "whole"
    for at, row in enumerate(table.rows):
        is_last = at == len(table.rows) - 1
        keep = not is_last and (keep_whole or row.kind == "group" or at in {0, 1, len(table.rows) - 2})
        keep = keep or (is_last and bool(table.remark))
        rows.append(_row(_body_cells(row, widths, look, keep=keep)))
    return _framed(widths, rows)


def _head_rows(table: Table, widths: list[int], look: str) -> Iterable[str]:
    cells, at = [], 0
    for head in table.top_heads:
        merge = '<w:vMerge w:val="restart"/>' if head.rows > 1 else ""
        cells.append(_td(_head(head.text, look), sum(widths[at : at + head.columns]), head.columns, merge))
        at += head.columns
    yield _row(cells, is_head=True)
    if table.spans:
        lower = iter(table.lower_heads)
        under = {at for _, start, count in table.spans for at in range(start, start + count)}
        yield _row(
            [
                _td(_head(next(lower), look), width)
                if at in under
                else _td(_head("", look), width, 1, '<w:vMerge w:val="continue"/>')
                for at, width in enumerate(widths)
            ],
            is_head=True,
        )
    if table.is_numbered:
        numbers = [Text(f"({at})") for at in range(1, len(widths) + 1)]
        yield _row(
            [_td(_paragraph(_rich(text), look, "center"), width) for text, width in zip(numbers, widths, strict=True)],
            is_head=True,
        )


def _head(text: str, look: str) -> str:
    return _paragraph(_rich(Text(text), bold=True), look, "center", keep=True)


def _body_cells(row: Row, widths: list[int], look: str, *, keep: bool) -> list[str]:
    cells, at = [], 0
    for cell in row.cells:
        columns = cell.columns
        bold = bool(row.kind) or "strong" in cell.look
        text = _paragraph(_rich(cell.text, bold=bold), look, _alignment(cell), keep=keep)
        cells.append(_td(text, sum(widths[at : at + columns]), columns))
        at += columns
    return cells


def _alignment(cell: Cell) -> str:
    return "center" if "c" in cell.look.split() else "left"


def _grid(parties: Sequence[layout.SetParty], columns: int) -> Xml:
    """Return who signs beside each other, in a table without lines: what belongs together stands level.

    Three rows of the table for each row of parties, kept on one page: agencies, offices, and the names under the space
    for the hands; two keep what stands under them too. An only party of the last row of three stands in the middle.
    """
    width = round(_PORTRAIT / columns)
    rows: list[str] = []
    for start in range(0, len(parties), columns):
        beside: list[layout.SetParty | None] = list(parties[start : start + columns])
        if len(beside) == 1 and columns == 3:  # noqa: PLR2004 - three columns have a middle
            beside.insert(0, None)
        beside += [None] * (columns - len(beside))
        rows.append(_row([_open_cell(_agency(party), width) for party in beside]))
        rows.append(_row([_open_cell(_offices(party), width) for party in beside]))
        keep = columns == 2  # noqa: PLR2004 - the two sides of a record, with Nơi nhận under them
        rows.append(_row([_open_cell(_name(party, keep=keep), width) for party in beside]))
    return _framed([width] * columns, rows, colour="")


def _agency(party: layout.SetParty | None) -> str:
    if party is None:
        return _paragraph("", "Party", "center", keep=True)
    role = _paragraph(party.role, "PartyRole", "center", keep=True) if party.role else ""
    return _paragraph(_broken(party.agency), "Party", "center", keep=True, before=12) + role


def _offices(party: layout.SetParty | None) -> str:
    titles = [_broken(title) for title in party.titles] if party else []
    return "".join(
        _paragraph(title, "Party", "center", keep=True, before=0 if at else 4) for at, title in enumerate(titles)
    ) or _paragraph("", "Party", "center", keep=True)


def _name(party: layout.SetParty | None, *, keep: bool) -> str:
    return _paragraph(_rich(party.name) if party else "", "PartyName", "center", keep=keep, before=64)


def _broken(lines: Sequence[str]) -> RichText:
    """Return words in lines that end where their sense does."""
    rich = RichText()
    for at, text in enumerate(lines):
        rich.add(f"\n{text}" if at else text)
    return rich


def _open_cell(content: str, width: int) -> str:
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/><w:vAlign w:val="top"/></w:tcPr>{content}</w:tc>'


def _chart(chart: Chart) -> Xml:
    """Return bars drawn as shaded paragraphs, their lengths as indents: native, sharp, and readable in words."""
    largest = max(count for _, count, _ in chart.rows)
    has_track = chart.whole is not None and chart.whole >= largest
    whole = chart.whole if has_track and chart.whole else max(largest, 1)
    widths = [round(_PORTRAIT * share / 100) for share in (45, 8, 47)]
    flush = '<w:tcMar><w:left w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/></w:tcMar>'
    track = f'<w:shd w:val="clear" w:color="auto" w:fill="EBEBEB"/>{flush}' if has_track else flush
    rows = []
    for label, count, shown in chart.rows:
        rest = widths[2] - round(widths[2] * count / whole)
        cells = [
            _td(_paragraph(_rich(Text(label)), "TableText", "right", keep=True), widths[0]),
            _td(_paragraph(_rich(Text(shown)), "TableText", "center", keep=True), widths[1]),
            _td(_bar(rest) if count else _paragraph("", "TableText", "left"), widths[2], 1, track),
        ]
        rows.append(_row(cells))
    return _framed(widths, rows, "FFFFFF", 24)


def _bar(rest: int) -> str:
    """Return a dark paragraph that ends so many twips before the end of its cell."""
    look = '<w:pStyle w:val="TableText"/><w:keepNext/><w:shd w:val="clear" w:color="auto" w:fill="595959"/>'
    return f'<w:p><w:pPr>{look}<w:spacing w:before="0" w:after="0"/><w:ind w:right="{rest}"/></w:pPr></w:p>'


def _framed(widths: list[int], rows: Iterable[str], colour: str = "000000", weight: int = 4) -> Xml:
    """Return a table of fixed columns, as wide as the text, its lines in eighths of a point; no colour, no lines."""
    line = f'w:val="single" w:sz="{weight}" w:space="0" w:color="{colour}"' if colour else 'w:val="nil"'
    sides = "".join(f"<w:{side} {line}/>" for side in ("top", "left", "bottom", "right", "insideH", "insideV"))
    margin = 80 if colour else 20
    margins = "".join(f'<w:{side} w:w="{margin}" w:type="dxa"/>' for side in ("left", "right"))
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return Xml(
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:jc w:val="center"/>'
        f'<w:tblBorders>{sides}</w:tblBorders><w:tblLayout w:type="fixed"/><w:tblCellMar>{margins}</w:tblCellMar>'
        f"</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )


def _row(cells: Iterable[str], *, is_head: bool = False) -> str:
    return f"<w:tr><w:trPr><w:cantSplit/>{'<w:tblHeader/>' if is_head else ''}</w:trPr>{''.join(cells)}</w:tr>"


def _td(content: str, width: int, columns: int = 1, extra: str = "") -> str:
    span = f'<w:gridSpan w:val="{columns}"/>' if columns > 1 else ""
    size = f'<w:tcW w:w="{width}" w:type="dxa"/>'
    return f'<w:tc><w:tcPr>{size}{span}{extra}<w:vAlign w:val="center"/></w:tcPr>{content}</w:tc>'


def _paragraph(content: RichText | str, style: str, align: str, *, keep: bool = False, before: int = 0) -> str:
    spaced = f'<w:spacing w:before="{before * 20}"/>' if before else ""
    kept = "<w:keepNext/>" if keep else ""
    inside = content.xml if isinstance(content, RichText) else _run(content)
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{kept}{spaced}<w:jc w:val="{align}"/></w:pPr>{inside}</w:p>'


def _run(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r>' if text else ""
