"""HTML → PDF/A-3a + PDF/UA-1, with our own letters only and nothing read from anywhere else.

Loaded by workers only: WeasyPrint costs a web process 50 MB it does not need. The same inputs give the same bytes: no
clock is read, and the one date a PDF must carry for its attachment is a constant.
"""

import datetime as dt
import functools
import io
import time
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit
from urllib.request import url2pathname

import pikepdf
import weasyprint
from django.conf import settings
from fontTools.ttLib import TTFont
from weasyprint.text.ffi import pango
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

FAMILY = "VB Serif"
STATIC = Path(settings.BASE_DIR) / "static"
FONTS = STATIC / "fonts"
STYLES = STATIC / "css" / "papers.css"
FACES = ("Regular", "Bold", "Italic", "BoldItalic")
VARIANT = "pdf/a-3a"
ATTACHED_AT = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)  # any constant; the day the facts froze stands in the summary
DRESS_SECONDS = 3600
POINTS_PER_MM = 72 / 25.4
_STAND_IN = "□"  # for a sign our letters lack: better than a foreign font in an official paper

# The identification PDF/UA-1 asks for, and the extension schema PDF/A wants to have it explained by.
_UA_METADATA = b"""<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<pdfuaid:part>1</pdfuaid:part></rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of the PDF/UA standard</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>
"""


class DocumentError(Exception):
    """A paper cannot be made on this machine: a font is damaged, or a template asks for what it may not read."""


@dataclass(frozen=True)
class DataFile:
    """Data that travels inside a PDF: its name, its text, and what it is."""

    name: str
    text: str
    description: str


def vietnamese_letters() -> str:
    """Return the 146 letters that tell Vietnamese from ASCII: đ and the twelve vowels in six tones, in both cases."""
    tones = ("", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323")
    lower = "đ" + "".join(unicodedata.normalize("NFC", vowel + tone) for vowel in "aăâeêioôơuưy" for tone in tones)
    return lower + lower.upper()


@functools.cache
def face(name: str) -> TTFont:
    """Return a face of our serif, opened once; raises DocumentError when the file is missing or damaged."""
    path = FONTS / f"LiberationSerif-{name}.ttf"
    try:
        return TTFont(io.BytesIO(path.read_bytes()), lazy=True)
    except Exception as error:
        message = f"Font {path.name} cannot be read"
        raise DocumentError(message) from error


@functools.cache
def covered() -> frozenset[int]:
    """Return the code points every face can print.

    This is the self test of the fonts: raises DocumentError when a face lacks a Vietnamese letter (the old Liberation
    1.07 lacks 92, and a renderer would silently borrow them from another family).
    """
    common = frozenset.intersection(*(frozenset(face(name).getBestCmap()) for name in FACES))
    lacking = [letter for letter in vietnamese_letters() if ord(letter) not in common]
    if lacking:
        message = f"The serif lacks {len(lacking)} Vietnamese letters: {''.join(lacking)}"
        raise DocumentError(message)
    return common


def text_width(text: str, size: float, name: str = "Regular") -> float:
    """Return the width of a text in the unit of `size`, in a face of our serif, kerning aside."""
    font = face(name)
    letters, widths = font.getBestCmap(), font["hmtx"]
    advance = sum(widths[letters.get(ord(char), ".notdef")][0] for char in text)
    return float(advance) * size / float(font["head"].unitsPerEm)


def printable(text: str) -> str:
    """Return a text in which every sign our serif lacks is a small square, so that no other font comes in."""
    strange = {ord(char) for char in set(text)} - covered() - {9, 10, 13}
    return text.translate(dict.fromkeys(strange, _STAND_IN)) if strange else text


class OwnFilesOnly(URLFetcher):  # type: ignore[misc] # WeasyPrint ships no types
    """Reads the fonts and style sheets of `static/` and nothing else: no network, no other file, no `data:`."""

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        """Return one of our files; raises a fatal error for anything else, so that no paper is made half-dressed."""
        parts = urlsplit(url)
        path = Path(url2pathname(unquote(parts.path))).resolve()
        if parts.scheme != "file" or parts.netloc or path.parent not in {FONTS.resolve(), STYLES.parent.resolve()}:
            message = f"Papers may not read {url}"
            raise FatalURLFetchingError(message)
        return super().fetch(url, headers)


def render_pdf(html: str, *, data: DataFile) -> bytes:
    """Return the PDF of a paper written in HTML, with its data inside; equal inputs give equal bytes.

    Raises DocumentError when the HTML asks for a file it may not read or the fonts are not whole.
    """
    try:
        fetcher, fonts, styles = _dress(int(time.monotonic() // DRESS_SECONDS))
        page = weasyprint.HTML(string=printable(html), base_url=STYLES.as_uri(), url_fetcher=fetcher)
        raw = page.write_pdf(
            stylesheets=[styles], font_config=fonts, pdf_variant=VARIANT, attachments=[_attachment(data)]
        )
    except FatalURLFetchingError as error:
        raise DocumentError(str(error)) from error
    return _accessible(raw)


def warm() -> None:
    """Make a page for nobody, so that a worker's first paper finds loaded what every paper needs.

    The fonts are let go again: their folder may not be shared by the processes the worker forks.
    """
    table = "<table><thead><tr><th>Tên</th></tr></thead><tbody><tr><td><b>A</b> <i>B</i></td></tr></tbody></table>"
    page = f'<html lang="vi"><head><title>A</title></head><body><h1>A</h1><p>Đề nghị</p>{table}</body></html>'
    render_pdf(page, data=DataFile("a.json", "{}", "A"))
    _dress.cache_clear()


def _attachment(data: DataFile) -> weasyprint.Attachment:
    """Return the data as an attachment whose dates are constant, for the default is the clock's."""
    return weasyprint.Attachment(
        string=data.text,
        name=data.name,
        description=data.description,
        relationship="Data",
        created=ATTACHED_AT,
        modified=ATTACHED_AT,
    )


@functools.lru_cache(maxsize=1)
def _dress(period: int) -> tuple[OwnFilesOnly, FontConfiguration, weasyprint.CSS]:
    """Return fetcher, fonts and style sheet, read once and kept for a period: a tenth of the time of a short paper.

    Not for ever: WeasyPrint copies the fonts into the folder for temporary files, which machines sweep.
    """
    covered()
    fetcher, fonts = OwnFilesOnly(allowed_protocols={"file"}, allow_redirects=False), FontConfiguration()
    return fetcher, fonts, weasyprint.CSS(filename=STYLES, font_config=fonts, url_fetcher=fetcher)


def _accessible(raw: bytes) -> bytes:
    """Return the PDF with the marks of PDF/UA-1: its identification in plain metadata, its title in the window."""
    target = io.BytesIO()
    with pikepdf.open(io.BytesIO(raw)) as pdf:
        metadata = pdf.Root.Metadata.read_bytes()
        marked = metadata.replace(b"</rdf:RDF>", _UA_METADATA + b"</rdf:RDF>", 1)
        pdf.Root.Metadata = pdf.make_stream(marked, Type=pikepdf.Name.Metadata, Subtype=pikepdf.Name.XML)
        pdf.Root.ViewerPreferences = pikepdf.Dictionary(DisplayDocTitle=True)
        pdf.save(target, object_stream_mode=pikepdf.ObjectStreamMode.generate, deterministic_id=True)
    return target.getvalue()


def pango_version() -> str:
    """Return the version of the system's Pango, which sets the lines."""
    return str(pango.pango_version())
