"""The Word templates of the papers of awards: requests, lists, extract of the minutes, appraisal, decision."""

from docx.document import Document as WordDocument

from tests.tools.docx_papers import DATED, blocks, pictures, started, styled, two_sides
from tests.tools.docx_pieces import CENTER, addressees, loop, new, part, picture, ruled_paragraph, signature


def proposal() -> WordDocument:
    """Return the template of a request, a bloc's or the department's."""
    document = _to_somebody()
    part(document, "opening")
    picture(document, "count_table")
    part(document, "closing")
    _keep_last(document)
    signature(document)
    return document


def nominee_list() -> WordDocument:
    """Return the template of a list that goes with another paper: no header of state, no signature."""
    document = styled()
    document.add_paragraph("{{ kind }}", "Annex Name").runs[0].font.all_caps = True
    loop(document, "line in subject", "{{ line }}", "Annex Name")
    loop(document, "line in attached", "{{ line }}", "Annex Reference")
    ruled_paragraph(document.add_paragraph(style="Annex Reference"), 57)
    _tables(document)
    return document


def minutes_extract() -> WordDocument:
    """Return the template of the extract of minutes."""
    document = started("")
    part(document, "facts")
    part(document, "agreed")
    _tables(document)
    document.add_paragraph("{{r closing }}").paragraph_format.keep_with_next = True
    two_sides(document)
    return document


def appraisal() -> WordDocument:
    """Return the template of the report of the appraisal."""
    document = _to_somebody()
    part(document, "opening")
    document.add_paragraph("I. Hồ sơ tiếp nhận", "Heading 2")
    part(document, "received")
    picture(document, "dossier_table")
    document.add_paragraph("II. Kết quả thẩm định", "Heading 2")
    part(document, "found")
    picture(document, "found_table")
    document.add_paragraph("III. Giấy tờ của hồ sơ", "Heading 2")
    part(document, "lacking", has_points=True)
    document.add_paragraph("IV. Đề nghị", "Heading 2")
    part(document, "proposed")
    _keep_last(document)
    signature(document)
    return document


def decision() -> WordDocument:
    """Return the template of a decision."""
    document = started(DATED, has_superior=False)
    authority = new(document, "Authority", 14, CENTER, before=12, after=6, keep=True)
    authority.font.bold = True
    loop(document, "line in authority", "{{ line }}", "Authority")
    loop(document, "text in basis", "{{r text }}", "Basis")
    document.add_paragraph("{{ kind }}:", "Part")
    blocks(document, "body", is_last=True)
    signature(document)
    return document


def _to_somebody() -> WordDocument:
    document = started(DATED)
    addressees(document)
    loop(document, "text in basis", "{{r text }}", "Basis")
    return document


def _tables(document: WordDocument) -> None:
    pictures(document, "tables")
    document.add_paragraph("{%p if missing %}")
    document.add_paragraph("{{r missing }}")
    document.add_paragraph("{%p endif %}")


def _keep_last(document: WordDocument) -> None:
    """Tie the last text to the signature, which never stands alone on a page."""
    texts = [paragraph for paragraph in document.paragraphs if paragraph.text.startswith("{{")]
    texts[-1].paragraph_format.keep_with_next = True
