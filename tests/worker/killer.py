"""A Celery application that kills its own process at a named point: -A tests.worker.killer.

The file named by KILL_TOKEN holds the point; it is removed right before the kill, so that the next attempt lives.
"""

import os
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

import django

django.setup()

from emulation.celery import app
from emulation.core import files, jobs
from emulation.core.models import Document
from emulation.reports.renderers import docx, pdf
from emulation.reports.services import build

celery = app
TOKEN = Path(os.environ["KILL_TOKEN"])


def die_at(point: str) -> None:
    """Die as a power cut would, if this is the point, once."""
    if point and TOKEN.is_file() and TOKEN.read_text() == point:
        TOKEN.unlink()
        os.kill(os.getpid(), signal.SIGKILL)


def around(owner: Any, name: str, *, before: str = "", after: str = "", calls: tuple[int, int] = (0, 1)) -> None:
    """Put the named points before and after a function; `calls`: which of how many calls of one job."""
    real: Callable[..., Any] = getattr(owner, name)
    seen = {"calls": 0}

    def watched(*args: Any, **kwargs: Any) -> Any:
        is_the_one = seen["calls"] % calls[1] == calls[0]
        seen["calls"] += 1
        if is_the_one:
            die_at(before)
        result = real(*args, **kwargs)
        if is_the_one:
            die_at(after)
        return result

    setattr(owner, name, watched)


around(jobs, "claim", before="before_claim", after="after_claim")
around(build, "facts_of", after="after_facts")
around(pdf, "render", before="before_pdf", after="after_pdf")
around(docx, "render", before="before_word", after="after_word")
around(files, "store", after="after_first_file", calls=(0, 2))
around(files, "store", before="before_second_file", calls=(1, 2))
around(Document.objects, "create", before="before_document", after="after_document")
around(jobs, "finish", after="before_commit")
around(build, "document", after="after_commit")
