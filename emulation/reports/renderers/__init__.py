"""The forms a report is handed out in; loaded by workers only."""

import functools
import hashlib
from importlib.metadata import version
from pathlib import Path

from django.conf import settings

from emulation.core import documents

_LIBRARIES = (
    "Django",
    "weasyprint",
    "pydyf",
    "tinycss2",
    "pyphen",
    "fonttools",
    "pikepdf",
    "docxtpl",
    "python-docx",
    "Jinja2",
)
_SOURCES = (
    "emulation/core/charts.py",
    "emulation/core/documents.py",
    "emulation/core/vietnamese.py",
    "emulation/reports/domain/*.py",
    "emulation/reports/papers/*.py",
    "emulation/reports/renderers/*.py",
    "static/css/papers.css",
    "static/fonts/*.ttf",
    "templates/charts/*.svg",
    "templates/documents/**/*.html",
    "templates/docx/*.docx",
)


@functools.cache
def fingerprint() -> str:
    """Return a hash of everything but the facts that a report depends on: code, templates, styles, fonts, libraries.

    Read once per process: a deployment starts new ones.
    """
    base, digest = Path(settings.BASE_DIR), hashlib.sha256()
    digest.update(f"pango {documents.pango_version()}\n".encode())
    for library in _LIBRARIES:
        digest.update(f"{library} {version(library)}\n".encode())
    for pattern in _SOURCES:
        for path in sorted(base.glob(pattern)):
            digest.update(f"{path.relative_to(base).as_posix()}\n".encode())
            digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()
