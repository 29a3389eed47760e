"""Reading papers back: words of HTML, PDF and Word, one form of each, and pages as pictures."""

import functools
import io
import re
import zipfile
from html import unescape

import pikepdf
import pypdfium2
from lxml import etree
from PIL import Image

from emulation.core import documents
from emulation.reports.domain.facts import Frozen
from emulation.reports.domain.summary import YearSummary
from emulation.reports.renderers import docx, pdf
from tests.documents import bloc_samples, samples

DPI = 60
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@functools.cache
def sample(name: str) -> YearSummary:
    return {**samples.SEEDS, "stress": samples.stress, "written": samples.written}[name]()


@functools.cache
def paper(name: str) -> Frozen:
    return bloc_samples.PAPERS[name]()


@functools.cache
def paper_pdf(name: str) -> bytes:
    return pdf.render(paper(name))


@functools.cache
def paper_docx(name: str) -> bytes:
    return docx.render(paper(name))


@functools.cache
def sample_pdf(name: str) -> bytes:
    return letters_pdf() if name == "letters" else pdf.render(sample(name))


def letters_pdf() -> bytes:
    """One page with the 146 letters and the signs papers use, in the four faces."""
    letters = " ".join(documents.vietnamese_letters())
    signs = "0123456789 “ ” ‘ ’ – — … • □ % ( ) [ ] / - ₫ × ≤ ≥"
    faces = "".join(f'<p class="{look}">{letters} {signs}</p>' for look in ("", "strong", "missing", "strong missing"))
    html = f'<!doctype html><html lang="vi"><head><title>Chữ</title></head><body><h1>Chữ</h1>{faces}</body></html>'
    return documents.render_pdf(html, data=documents.DataFile("a.json", "{}", "Không"))


def words(text: str) -> list[str]:
    """Words in one case: a heading may be printed in capitals."""
    return text.casefold().split()


def html_words(html: str) -> list[str]:
    """The words a reader of the page sees; points of lists bear a dash that the style sheet adds."""
    shown = re.sub(r"<head>.*?</head>|<div class=\"mark\">.*?</div>|<title>.*?</title>", " ", html, flags=re.DOTALL)
    shown = re.sub(r"<li[^>]*>", " - ", shown)
    shown = re.sub(r"</?span\b[^>]*>", "", shown)
    return words(unescape(re.sub(r"<[^>]+>", " ", shown)))


def page_texts(content: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(content)
    try:
        return [page.get_textpage().get_text_bounded().replace("\r\n", "\n") for page in document]
    finally:
        document.close()


def pdf_text(content: bytes) -> str:
    return "\n".join(page_texts(content))


def pdf_words(content: bytes, mark: str = "DỰ THẢO") -> list[str]:
    """The words of the pages without what stands in their margins, which a page draws last: number and draft mark."""
    pages = (re.sub(rf"(?:\n\d+)?(?:\s*{mark})?\s*$", "", text) for text in page_texts(content))
    shown = re.sub(r"(?<=[^\W\d])(?=\d\d\b)", " ", "\n".join(pages))  # a bar's value close to its label
    return words(shown)


def docx_paragraphs(content: bytes) -> list[str]:
    """The paragraphs of the body, those in tables included; a broken line reads on after a blank."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        tree = etree.fromstring(package.read("word/document.xml"))
    return [
        "".join(" " if node.tag == f"{_W}br" else node.text or "" for node in paragraph.iter(f"{_W}t", f"{_W}br"))
        for paragraph in tree.iter(f"{_W}p")
    ]


def docx_words(content: bytes) -> list[str]:
    return words(" ".join(docx_paragraphs(content)))


@functools.cache
def sample_docx(name: str) -> bytes:
    return docx.render(sample(name))


def fonts(content: bytes) -> set[str]:
    with pikepdf.open(io.BytesIO(content)) as document:
        return {
            str(item.BaseFont).split("+")[-1]
            for item in document.objects
            if isinstance(item, pikepdf.Dictionary) and item.get("/Type") == "/Font"
        }


def pictures(content: bytes) -> list[Image.Image]:
    """The pages as grey pictures at 60 dots an inch."""
    document = pypdfium2.PdfDocument(content)
    try:
        return [page.render(scale=DPI / 72).to_pil().convert("L") for page in document]
    finally:
        document.close()
