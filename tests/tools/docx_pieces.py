"""The pieces Word templates are made of: styles of the decree, pages, header of state, signature, loops and tables."""

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENTATION, WD_SECTION
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.section import Section, _Header
from docx.shared import Cm, Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph
from docx.text.run import Run

FONT = "Times New Roman"
ADDRESSEE = "{% if addressees|length > 1 %}- {% endif %}{{r name }}{% if loop.last %}.{% else %};{% endif %}"
CENTER, LEFT, JUSTIFY = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.LEFT, WD_ALIGN_PARAGRAPH.JUSTIFY


def blank() -> WordDocument:
    """Return an empty document with the styles, the page and the properties of every paper."""
    document = Document()
    document.core_properties.title = "{{ title }}"
    document.core_properties.author = "{{ bloc_name }}"
    document.core_properties.comments = ""
    _styles(document)
    _page(document)
    return document


# --- Styles and pages -------------------------------------------------------------------------------------------------


def _styles(document: WordDocument) -> None:
    """Layout profile of Decree 30/2020: 14 pt justified, first line 1.27 cm, steps of 6 pt."""
    normal = _style(document, "Normal", 14, JUSTIFY, before=6, line=18, indent=True)
    normal.paragraph_format.widow_control = True
    properties = normal.element.get_or_add_rPr()
    language = OxmlElement("w:lang")
    for name in ("val", "eastAsia", "bidi"):
        language.set(qn(f"w:{name}"), "vi-VN")
    properties.append(language)
    for level, before in ((1, 24), (2, 12), (3, 6), (4, 6)):
        heading = _style(document, f"Heading {level}", 14, CENTER if level == 1 else JUSTIFY, before=before, line=18)
        heading.paragraph_format.first_line_indent = Cm(0 if level == 1 else 1.27)
        heading.paragraph_format.keep_with_next = True
        heading.font.bold = True
        heading.font.italic = level == 4
        heading.font.all_caps = level == 2
        heading.font.color.rgb = RGBColor(0, 0, 0)
    new(document, "Header Text", 13, CENTER, line=16)
    new(document, "Header Name", 13, CENTER, line=16).font.all_caps = True
    new(document, "Header Date", 14, CENTER, before=9, line=16).font.italic = True
    new(document, "Subject", 14, CENTER, line=18).font.bold = True
    new(document, "Addressee", 14, LEFT, line=18)
    new(document, "Table Caption", 13, CENTER, before=10, after=4, line=17, keep=True).font.bold = True
    new(document, "Table Text", 12, LEFT, before=2.5, after=2.5, line=15)
    new(document, "Table Small", 11, LEFT, before=2, after=2, line=13)
    new(document, "Remark", 11, JUSTIFY, before=4, after=12, line=14).font.italic = True
    new(document, "Annex Name", 14, CENTER, line=18, keep=True).font.bold = True
    new(document, "Annex Reference", 14, CENTER, line=18, keep=True).font.italic = True
    new(document, "Signature Title", 14, CENTER, line=17, keep=True).font.bold = True
    new(document, "Copies Head", 12, LEFT, line=15, keep=True).font.bold = True
    document.styles["Copies Head"].font.italic = True
    new(document, "Copies", 11, LEFT, line=14, keep=True)


def new(
    document: WordDocument,
    name: str,
    size: float,
    align: WD_ALIGN_PARAGRAPH,
    *,
    before: float = 0,
    after: float = 0,
    line: float = 18,
    keep: bool = False,
) -> ParagraphStyle:
    style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    style.base_style = document.styles["Normal"]
    style.element.set(qn("w:styleId"), name.replace(" ", ""))
    return _style(document, name, size, align, before=before, after=after, line=line, keep=keep)


def _style(
    document: WordDocument,
    name: str,
    size: float,
    align: WD_ALIGN_PARAGRAPH,
    *,
    before: float = 0,
    after: float = 0,
    line: float = 18,
    indent: bool = False,
    keep: bool = False,
) -> ParagraphStyle:
    style: ParagraphStyle = document.styles[name]
    style.font.name, style.font.size = FONT, Pt(size)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for attribute in list(fonts.attrib):
        if attribute.endswith("Theme"):
            del fonts.attrib[attribute]
    for name_of in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{name_of}"), FONT)
    layout = style.paragraph_format
    layout.alignment, layout.space_before, layout.space_after = align, Pt(before), Pt(after)
    layout.line_spacing_rule, layout.line_spacing = WD_LINE_SPACING.AT_LEAST, Pt(line)
    layout.first_line_indent = Cm(1.27) if indent else Cm(0)
    layout.keep_with_next = keep
    return style


def _page(document: WordDocument) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.right_margin, section.bottom_margin, section.left_margin = (
        Mm(20),
        Mm(15),
        Mm(20),
        Mm(30),
    )
    section.header_distance = Mm(10)
    section.different_first_page_header_footer = True
    _head(document, section.header, 165, has_number=True)
    _head(document, section.first_page_header, 165, has_number=False)


def _head(document: WordDocument, header: _Header, width: float, *, has_number: bool) -> None:
    """Write a page's head: the number in the middle, from page 2 on, and the draft mark at the right."""
    paragraph = header.paragraphs[0]
    paragraph.style, paragraph.alignment = document.styles["Header Text"], LEFT
    stops = paragraph.paragraph_format.tab_stops
    stops.add_tab_stop(Mm(width / 2), WD_TAB_ALIGNMENT.CENTER)
    stops.add_tab_stop(Mm(width), WD_TAB_ALIGNMENT.RIGHT)
    number = paragraph.add_run("\t")
    number.font.size = Pt(14)
    if has_number:
        _field(number, "PAGE")
    paragraph.add_run("\t")
    mark = paragraph.add_run("{% if mark %}\u00a0{{ mark }}\u00a0{% endif %}")
    mark.font.size, mark.font.bold = Pt(11), True
    frame = OxmlElement("w:bdr")
    for name, value in (("val", "single"), ("sz", "8"), ("space", "0"), ("color", "000000")):
        frame.set(qn(f"w:{name}"), value)
    mark._r.get_or_add_rPr().append(frame)


def _field(run: Run, code: str) -> None:
    for kind, text in (("begin", ""), ("", code), ("separate", ""), ("end", "")):
        if kind:
            element = OxmlElement("w:fldChar")
            element.set(qn("w:fldCharType"), kind)
        else:
            element = OxmlElement("w:instrText")
            element.set(qn("xml:space"), "preserve")
            element.text = f" {text} "
        run._r.append(element)


# --- Pieces -----------------------------------------------------------------------------------------------------------


def part(document: WordDocument, name: str, *, has_points: bool = False) -> None:
    loop(document, f"text in {name}.before", "{{r text }}", "Normal")
    if has_points:
        loop(document, f"text in {name}.points", "- {{r text }}", "Normal")
        loop(document, f"text in {name}.after", "{{r text }}", "Normal")


def prose(document: WordDocument, name: str) -> None:
    """Add what stands under a heading: part after part, each with its paragraphs and points."""
    document.add_paragraph(f"{{%p for part in {name} %}}")
    part(document, "part", has_points=True)
    document.add_paragraph("{%p endfor %}")


def loop(document: WordDocument, head: str, line: str, style: str, *, keep: bool = False) -> None:
    document.add_paragraph(f"{{%p for {head} %}}")
    document.add_paragraph(line, style).paragraph_format.keep_with_next = keep or None
    document.add_paragraph("{%p endfor %}")


def picture(document: WordDocument, name: str) -> None:
    """Add a table or a chart under its caption, with its remark."""
    document.add_paragraph(f"{{%p if {name} %}}")
    document.add_paragraph(f"{{{{r {name}.caption }}}}", "Table Caption")
    document.add_paragraph(f"{{{{p {name}.body }}}}")
    document.add_paragraph(f"{{%p if {name}.remark %}}")
    document.add_paragraph(f"{{{{r {name}.remark }}}}", "Remark")
    document.add_paragraph("{%p endif %}")
    document.add_paragraph("{%p endif %}")


def plain_table(document: WordDocument, widths: tuple[float, float]) -> Table:
    table: Table = document.add_table(rows=1, cols=2)
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
    for cell, width in zip(table.rows[0].cells, widths, strict=True):
        cell.width = Mm(width)
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        margin = OxmlElement(f"w:{side}")
        margin.set(qn("w:w"), "0")
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    table._tbl.tblPr.insert_element_before(margins, "w:tblLook")
    limit = OxmlElement("w:cantSplit")
    table.rows[0]._tr.get_or_add_trPr().append(limit)
    return table


def line(cell: _Cell, text: str, style: str) -> Paragraph:
    first = cell.paragraphs[0]
    paragraph: Paragraph = (
        first if not first.text and len(cell.paragraphs) == 1 and not first.runs else cell.add_paragraph()
    )
    paragraph.style = style
    paragraph.add_run(text)
    return paragraph


def rule(cell: _Cell, inset: float) -> None:
    rule = cell.add_paragraph(style="Header Text")
    ruled_paragraph(rule, inset)
    rule.paragraph_format.space_after = Pt(0)


def ruled_paragraph(paragraph: Paragraph, inset: float) -> None:
    """Turn an empty paragraph into a rule, inset in millimetres from both sides."""
    layout = paragraph.paragraph_format
    layout.left_indent = layout.right_indent = Mm(inset)
    layout.line_spacing_rule, layout.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(4)
    layout.space_before, layout.space_after = Pt(4), Pt(6)
    borders, top = OxmlElement("w:pBdr"), OxmlElement("w:top")
    for name, value in (("val", "single"), ("sz", "6"), ("space", "1"), ("color", "000000")):
        top.set(qn(f"w:{name}"), value)
    borders.append(top)
    paragraph._p.get_or_add_pPr().insert_element_before(borders, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc")


def annexes(document: WordDocument, upright: str = "members_annex", *, has_second: bool = False) -> None:
    """Add the upright annex, then the wide table on landscape pages; each annex counts its pages anew.

    `has_second`: the wide annex may hold one more table.
    """
    document.add_paragraph(f"{{%p if {upright} %}}")
    _own_head(document, new_section(document), 165)
    _annex(document, upright, 57)
    document.add_paragraph("{%p endif %}")
    document.add_paragraph("{%p if wide_annex %}")
    section = new_section(document)
    section.orientation = WD_ORIENTATION.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    _own_head(document, section, 252)
    _annex(document, "wide_annex", 98)
    if has_second:
        picture(document, "wide_annex.second")
    document.add_paragraph("{%p endif %}")


def _own_head(document: WordDocument, section: Section, width: float) -> None:
    """Give a section its own head: the one before it may be left out of a paper, with the head that others borrow."""
    for header, has_number in ((section.header, True), (section.first_page_header, False)):
        header.is_linked_to_previous = False
        _head(document, header, width, has_number=has_number)


def _annex(document: WordDocument, name: str, inset: float) -> None:
    document.add_paragraph(f"{{{{ {name}.name }}}}", "Annex Name")
    title = document.add_paragraph(f"{{{{ {name}.title }}}}", "Annex Name")
    title.runs[0].font.all_caps = True
    loop(document, "line in attached", "{{ line }}", "Annex Reference")
    ruled_paragraph(document.add_paragraph(style="Annex Reference"), inset)
    picture(document, f"{name}.table")


def new_section(document: WordDocument) -> Section:
    section: Section = document.add_section(WD_SECTION.NEW_PAGE)
    number = OxmlElement("w:pgNumType")
    number.set(qn("w:start"), "1")
    section._sectPr.insert_element_before(number, "w:cols", "w:titlePg", "w:docGrid")
    return section


def header_of_state(document: WordDocument, dated: str, *, has_superior: bool = True) -> None:
    """Write the names at the left, the country at the right, under them the number and the place with its day."""
    table = plain_table(document, (66, 99))
    left, right = table.rows[0].cells
    if has_superior:
        line(left, "{{r superior }}", "Header Name")
    for text in ("{%p for line in issuer %}", "{{ line }}", "{%p endfor %}"):
        line(left, text, "Header Name").runs[0].font.bold = True
    rule(left, 21)
    line(right, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Header Text").runs[0].font.bold = True
    motto = line(right, "Độc lập - Tự do - Hạnh phúc", "Header Text").runs[0]
    motto.font.bold, motto.font.size = True, Pt(14)
    rule(right, 18)
    left, right = table.add_row().cells  # type: ignore[no-untyped-call] # python-docx
    line(left, "{{ number }}", "Header Text").paragraph_format.space_before = Pt(9)
    line(right, dated, "Header Date")


def addressees(document: WordDocument) -> None:
    """Kính gửi: one on the same line, several on lines of their own."""
    left, right = plain_table(document, (48, 117)).rows[0].cells
    label = line(left, "Kính gửi:", "Addressee")
    label.alignment, label.paragraph_format.right_indent = WD_ALIGN_PARAGRAPH.RIGHT, Mm(2)
    for text in ("{%p for name in addressees %}", ADDRESSEE, "{%p endfor %}"):
        line(right, text, "Addressee")
    document.add_paragraph(style="Header Text")


def signature(document: WordDocument) -> None:
    """Nơi nhận at the left, the signature at the right; one row that never parts from the last paragraph."""
    gap = document.add_paragraph(style="Header Text")
    gap.paragraph_format.keep_with_next = True
    table = plain_table(document, (74, 91))
    left, right = table.rows[0].cells
    line(left, "Nơi nhận:", "Copies Head")
    for text in ("{%p for name in recipients %}", "- {{r name }}", "{%p endfor %}"):
        line(left, text, "Copies")
    for text in ("{%p for line in signature %}", "{{ line }}", "{%p endfor %}"):
        line(right, text, "Signature Title").runs[0].font.all_caps = True
    name = line(right, "{{r signer_name }}", "Signature Title")
    name.paragraph_format.space_before = Pt(68)
    name.paragraph_format.keep_with_next = False
