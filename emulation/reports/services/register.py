"""Entering what văn thư gave a paper: number, date, signed scan."""

import datetime as dt

from django.core.files import File

from emulation.core import files, revisions
from emulation.core.access import Actor
from emulation.core.audit import act
from emulation.core.models import Document, FileKind

SCANS = {FileKind.PDF, FileKind.PNG, FileKind.JPEG}


def register(
    *,
    document: Document,
    number: str,
    issued_on: dt.date,
    scan: "File[bytes] | None",
    revision: int,
    actor: Actor,
    at: dt.datetime,
) -> None:
    """Store the scan, then number, date and scan on the paper. Raises Refused for a wrong file, Stale for a race."""
    stored = document.signed_scan
    if scan is not None:
        name, content = str(scan.name), scan.read()
        stored = files.store(name=name, content=content, kind=files.accept(name, content, kinds=SCANS), actor=actor)
    with act(actor=actor, at=at) as current:
        revisions.save(document, revision=revision, at=at, number=number, issued_on=issued_on, signed_scan=stored)
        current.record(
            "report_registered",
            document,
            data={"number": number, "issued_on": issued_on, "scan_sha256": stored.sha256 if stored else ""},
        )
