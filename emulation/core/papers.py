"""Papers signed outside: what was typed about one, and the row that keeps it. Every act may rest on one."""

import datetime as dt
from dataclasses import dataclass

from django.core.files import File
from django.db import models

from emulation.core import files, revisions
from emulation.core.access import Actor
from emulation.core.audit import Act
from emulation.core.models import FileKind, SignedPaper, StoredFile, label_of

SCANS = {FileKind.PDF, FileKind.PNG, FileKind.JPEG}


@dataclass(frozen=True)
class OnPaper:
    """A signed paper as a form hands it over."""

    number: str
    dated_on: dt.date
    issuer: str
    scan: "File[bytes] | None" = None


def keep_scan(scan: "File[bytes] | None", *, actor: Actor) -> StoredFile | None:
    """Store a scan before the act that names it begins. Raises Refused for a file that is no PDF or picture."""
    if scan is None:
        return None
    name, content = str(scan.name), scan.read()
    return files.store(name=name, content=content, kind=files.accept(name, content, kinds=SCANS), actor=actor)


def receive(said: OnPaper | None, *, about: models.Model | None, actor: Actor) -> SignedPaper | None:
    """Return the paper as a row not yet written, its scan stored; None when the act rests on no paper.

    `about`: whose rules the scan obeys; None for what everybody with a seat may read. Raises Refused.
    """
    if said is None:
        return None
    return SignedPaper(
        number=said.number,
        dated_on=said.dated_on,
        issuer=said.issuer,
        scan=keep_scan(said.scan, actor=actor),
        subject_label=label_of(about) if about else "",
        subject_id=about.pk if about else None,
    )


def write(act: Act, paper: SignedPaper | None) -> SignedPaper | None:
    """Write a received paper inside the act that rests on it. Raises ValidationError."""
    return revisions.insert(paper) if paper is not None else None
