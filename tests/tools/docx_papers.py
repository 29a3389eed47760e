"""The Word templates of the papers of a bloc's year."""

from docx.document import Document as WordDocument
from docx.shared import Cm, Pt

from tests.tools.docx_pieces import (
    CENTER,
    annexes,
    blank,
    header_of_state,
    line,
    loop,
    new,
    part,
    picture,
    plain_table,
    ruled_paragraph,
    signature,
)

DATED = "{{r place }}, {{ dated }}"
RECIPIENTS = ("{%p for name in recipients %}", "- {{r name }}", "{%p endfor %}")


def covenant() -> WordDocument:
    """Return the template of the covenant."""
    document = started(DATED)
    add = document.add_paragraph
    add("{%p if theme %}")
    add("{{r theme }}", "Theme")
    add("{%p endif %}")
    loop(document, "text in basis", "{{r text }}", "Basis")
    add("{{r opening }}")
    add("{%p if replaces %}")
    add("{{r replaces }}")
    add("{%p endif %}")
    add("I. Nội dung thi đua", "Heading 2")
    loop(document, "text in clauses", "{{r text }}", "Normal")
    add("II. Chỉ tiêu thi đua", "Heading 2")
    picture(document, "targets_table")
    add("{%p if not targets_table %}")
    add("{{r targets_missing }}")
    add("{%p endif %}")
    add("III. Tổ chức thực hiện", "Heading 2")
    loop(document, "text in organisation", "{{r text }}", "Normal")
    add("{%p if parties %}")
    add("{{ parties_heading }}", "Parties")
    add("{{p parties }}")
    add("{%p endif %}")
    add("{%p if witness %}")
    add("{{ witness_heading }}", "Parties")
    loop(document, "text in witness.titles", "{{ text }}", "Party", keep=True)
    add("{{r witness.name }}", "Party Name").paragraph_format.space_before = Pt(68)
    add("{%p endif %}")
    annexes(document, "annex", has_second=True)
    return document


def standing() -> WordDocument:
    """Return the template of the notice of the standing."""
    document = started(DATED)
    part(document, "opening")
    picture(document, "places_table")
    part(document, "after")
    document.add_paragraph("{{r next_leadership }}")
    document.add_paragraph("{{r closing }}").paragraph_format.keep_with_next = True
    signature(document)
    return document


def handover() -> WordDocument:
    """Return the template of the record of a handing over."""
    document = started("")
    add = document.add_paragraph
    part(document, "facts")
    add("{%p for side in sides %}")
    loop(document, "text in side.before", "{{r text }}", "Normal")
    add("{%p endfor %}")
    add("{{r agreed }}").paragraph_format.keep_with_next = True
    picture(document, "items_table")
    add("{%p if not items_table %}")
    add("{{r items_missing }}")
    add("{%p endif %}")
    loop(document, "text in notes", "{{r text }}", "Normal")
    add("{{r closing }}").paragraph_format.keep_with_next = True
    two_sides(document)
    return document


def two_sides(document: WordDocument) -> None:
    """Two who sign level with each other, Nơi nhận under them."""
    document.add_paragraph("{{p parties }}").paragraph_format.keep_with_next = True
    table = plain_table(document, (74, 91))
    left = table.rows[0].cells[0]
    line(left, "Nơi nhận:", "Copies Head").paragraph_format.space_before = Pt(12)
    for text in RECIPIENTS:
        line(left, text, "Copies").paragraph_format.keep_with_next = False


def regulation() -> WordDocument:
    """Return the template of a plan or of rules: headings and paragraphs as the text was drafted."""
    document = started(DATED)
    blocks(document, "body", is_last=True)
    signature(document)
    return document


def achievement() -> WordDocument:
    """Return the template of an achievement report, of a collective or a person."""
    document = started(DATED)
    add = document.add_paragraph
    blocks(document, "before")
    pictures(document, "result_tables")
    blocks(document, "after")
    add("{{ history_heading }}", "Heading 2")
    pictures(document, "history_tables")
    add(style="Header Text").paragraph_format.keep_with_next = True  # two tables that touch would be one
    add("{{p parties }}")
    add("{%p if confirmation %}")
    add(style="Header Text").paragraph_format.keep_with_next = True
    loop(document, "text in confirmation.titles", "{{ text }}", "Party", keep=True)
    add("{{ confirmation.role }}", "Party Role")
    add("{{r confirmation.name }}", "Party Name").paragraph_format.space_before = Pt(68)
    add("{%p endif %}")
    return document


def blocks(document: WordDocument, name: str, *, is_last: bool = False) -> None:
    """Add headings, paragraphs and points as they come; `is_last`: the last of them stays with what follows."""
    shapes = [
        ('block.look == "part"', "{{r block.text }}", "Part", False),
        ('block.look == "section"', "{{r block.text }}", "Heading 2", False),
        ('block.look == "article" or block.look == "title"', "{{r block.text }}", "Heading 3", False),
        ('block.look == "point"', "- {{r block.text }}", "Normal", False),
    ]
    if is_last:
        shapes[3:3] = [
            ('loop.last and block.look == "point"', "- {{r block.text }}", "Normal", True),
            ("loop.last", "{{r block.lead }}{{r block.text }}", "Normal", True),
        ]
    document.add_paragraph(f"{{%p for block in {name} %}}")
    for at, (test, text, style, keep) in enumerate(shapes):
        document.add_paragraph(f"{{%p {'elif' if at else 'if'} {test} %}}")
        document.add_paragraph(text, style).paragraph_format.keep_with_next = keep or None
    document.add_paragraph("{%p else %}")
    document.add_paragraph("{{r block.lead }}{{r block.text }}", "Normal")
    document.add_paragraph("{%p endif %}")
    document.add_paragraph("{%p endfor %}")


def pictures(document: WordDocument, name: str) -> None:
    """Add tables one after the other."""
    document.add_paragraph(f"{{%p for table in {name} %}}")
    picture(document, "table")
    document.add_paragraph("{%p endfor %}")


def started(dated: str, *, has_superior: bool = True) -> WordDocument:
    """Return a document with its styles, the header of state and the title."""
    document = styled()
    header_of_state(document, dated, has_superior=has_superior)
    document.add_paragraph("{{ kind }}", "Heading 1").runs[0].font.all_caps = True
    loop(document, "line in subject", "{{ line }}", "Subject")
    ruled_paragraph(document.add_paragraph(style="Subject"), 57)
    return document


def styled() -> WordDocument:
    """Return an empty document with the styles of the papers of a bloc and of the board."""
    document = blank()
    new(document, "Theme", 14, CENTER, before=6).font.italic = True
    basis = new(document, "Basis", 14, document.styles["Normal"].paragraph_format.alignment, before=6)
    basis.font.italic, basis.paragraph_format.first_line_indent = True, Cm(1.27)
    chapter = new(document, "Part", 14, CENTER, before=12, keep=True)
    chapter.font.bold = chapter.font.all_caps = True
    parties = new(document, "Parties", 14, CENTER, before=18, keep=True)
    parties.font.bold = parties.font.all_caps = True
    party = new(document, "Party", 13, CENTER, line=16, keep=True)
    party.font.bold = party.font.all_caps = True
    new(document, "Party Role", 13, CENTER, line=16, keep=True).font.italic = True
    new(document, "Party Name", 13, CENTER, line=16).font.bold = True
    return document
