"""A Celery application that kills its own process once, at a point named by KILL_AT: -A tests.worker.killer.

The token file named by KILL_TOKEN is removed right before the kill, so that the next attempt lives.
"""

import os
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

from emulation.celery import app
from emulation.core import files, jobs
from emulation.core.models import Document
from emulation.reports import queries
from emulation.reports.renderers import docx, pdf
from emulation.reports.services import build

celery = app
POINT = os.environ.get("KILL_AT", "")
TOKEN = Path(os.environ.get("KILL_TOKEN", os.devnull))


def die() -> None:
    """Die as a power cut would, once."""
    if TOKEN.is_file():
        TOKEN.unlink()
        os.kill(os.getpid(), signal.SIGKILL)


def around(owner: Any, name: str, *, before: str = "", after: str = "", call: int = 1) -> None:
    """Put the named points before and after the n-th call of a function."""
    real: Callable[..., Any] = getattr(owner, name)
    seen = {"calls": 0}

    def watched(*args: Any, **kwargs: Any) -> Any:
        seen["calls"] += 1
        if before == POINT and seen["calls"] == call:
            die()
        result = real(*args, **kwargs)
        if after == POINT and seen["calls"] == call:
            die()
        return result

    setattr(owner, name, watched)


around(jobs, "claim", before="before_claim", after="after_claim")
around(queries, "year_summary", after="after_facts")
build.year_summary = queries.year_summary
around(pdf, "render", before="before_pdf", after="after_pdf")
around(docx, "render", before="before_word", after="after_word")
around(files, "store", after="after_first_file")
around(files, "store", before="before_second_file", call=2)
around(Document.objects, "create", before="before_document", after="after_document")
around(jobs, "finish", after="before_commit")
around(build, "year_report", after="after_commit")
