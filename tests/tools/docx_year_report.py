"""The Word template of the year-end report."""

from docx.document import Document as WordDocument

from tests.tools.docx_pieces import (
    addressees,
    annexes,
    blank,
    header_of_state,
    loop,
    part,
    picture,
    prose,
    ruled_paragraph,
    signature,
)


def build() -> WordDocument:
    """Return the template as a document."""
    document = blank()
    _first_page(document)
    _body(document)
    signature(document)
    annexes(document)
    return document


def _first_page(document: WordDocument) -> None:
    """Header of state, title, addressees."""
    header_of_state(document, "{{r place }}, {{ dated }}")
    document.add_paragraph("BÁO CÁO", "Heading 1")
    loop(document, "line in subject", "{{ line }}", "Subject")
    ruled_paragraph(document.add_paragraph(style="Subject"), 57)
    addressees(document)


def _body(document: WordDocument) -> None:
    """Sections I to V."""
    add = document.add_paragraph
    part(document, "opening")
    add("I. Đặc điểm tình hình", "Heading 2")
    add("1. Tổ chức của {{ noun }}", "Heading 3")
    part(document, "structure")
    add("2. Chức năng, nhiệm vụ", "Heading 3")
    prose(document, "duties")
    add("3. Thuận lợi, khó khăn", "Heading 3")
    prose(document, "conditions")
    add("II. Kết quả thực hiện", "Heading 2")
    add("1. Công tác tổ chức, chỉ đạo", "Heading 3")
    prose(document, "organisation")
    picture(document, "targets_table")
    picture(document, "steps_table")
    add("2. Thực hiện nhiệm vụ chính trị", "Heading 3")
    prose(document, "tasks")
    add("{%p for name, parts in member_tasks %}")
    add("{{r name }}", "Heading 4")
    prose(document, "parts")
    add("{%p endfor %}")
    add("3. Các phong trào thi đua", "Heading 3")
    prose(document, "movements")
    add("4. Công tác khen thưởng", "Heading 3")
    part(document, "commendation")
    picture(document, "granted_table")
    picture(document, "granted_chart")
    picture(document, "levels_table")
    picture(document, "comparison_table")
    add("5. Điển hình tiên tiến", "Heading 3")
    prose(document, "examples")
    add("6. Hoạt động chung của {{ noun }}", "Heading 3")
    prose(document, "activities")
    add("III. Hạn chế, nguyên nhân", "Heading 2")
    add("1. Hạn chế", "Heading 3")
    prose(document, "limits")
    add("2. Nguyên nhân", "Heading 3")
    prose(document, "causes")
    add("IV. Phương hướng, nhiệm vụ {{ next_year }}", "Heading 2")
    prose(document, "plans")
    add("V. Kết quả bình xét và đề nghị khen thưởng", "Heading 2")
    add("1. Kết quả bình xét, xếp hạng", "Heading 3")
    part(document, "standing", has_points=True)
    add("2. Đề nghị khen thưởng", "Heading 3")
    part(document, "proposals", has_points=True)
    picture(document, "results_table")
    picture(document, "proposed_chart")
    add("3. Lãnh đạo {{ noun }} {{ next_year }}", "Heading 3")
    add("{{r next_leadership }}")
    add("4. Kiến nghị", "Heading 3")
    prose(document, "requests")
    loop(document, "text in closing.before", "{{r text }}", "Normal", keep=True)
