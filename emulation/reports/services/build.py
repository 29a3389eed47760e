"""Making papers, in a worker: facts → frozen summary → files → one transaction that links them. For tasks only."""

import csv
import hashlib
import io
import logging
import re
import zipfile
from collections.abc import Callable

from celery.exceptions import SoftTimeLimitExceeded

from blocs.models import BlocYear
from emulation.core import clock, files, jobs
from emulation.core.audit import act
from emulation.core.errors import Refused
from emulation.core.models import ACTIVE_STATES, Document, DocumentKind, FileKind, Job, JobState, label_of
from emulation.core.vietnamese import fold
from emulation.reports import renderers
from emulation.reports.domain.facts import Frozen
from emulation.reports.queries import SOURCES
from emulation.reports.renderers import docx, forms, pdf

logger = logging.getLogger(__name__)

BROKE = "Máy lập văn bản gặp lỗi. Bấm “Lập lại”; nếu vẫn không được, báo quản trị hệ thống mã việc số {job}."
TOO_LONG = "Lập văn bản quá lâu nên đã dừng. Bấm “Lập lại” khi máy rảnh; nếu vẫn không được, báo quản trị hệ thống."


def run(job: Job, work: Callable[[Job], None]) -> None:
    """Do the work of a claimed job; whatever happens the row ends ready, cancelled, queued or failed in words."""
    try:
        work(job)
    except jobs.Lost:
        logger.info("job %s went to another worker", job.pk)
    except jobs.CancelAsked:
        jobs.stop(job)
    except Refused as refused:
        jobs.fail(job, sentence=str(refused), again=False)
    except SoftTimeLimitExceeded:
        jobs.fail(job, sentence=TOO_LONG, again=False)
    except Exception:
        logger.exception("job %s attempt %s", job.pk, job.attempt)
        jobs.fail(job, sentence=BROKE.format(job=job.pk), again=True)
    if job.parent_id:
        jobs.enqueue("reports.collect", job_id=job.parent_id)


def facts_of(kind: DocumentKind, bloc_year: BlocYear) -> Frozen:
    """Return what a paper of a bloc's year says now. Raises Refused when there is nothing to print."""
    return SOURCES[kind].freeze(bloc_year)


def document(job: Job) -> None:
    """Make the paper of a bloc's year the job asks for, or link the last version when nothing it says has changed."""
    kind, source = DocumentKind(job.kind), SOURCES[DocumentKind(job.kind)]
    verb = "report" if kind == DocumentKind.YEAR_REPORT else "document"
    bloc_year = BlocYear.objects.select_related("bloc", "year").get(pk=job.subject_id)
    jobs.beat(job, stage="Đang thu thập số liệu của khối", done=0)
    summary = facts_of(kind, bloc_year)
    frozen, about, is_draft = summary.to_json(), source.about(summary), source.is_draft(summary)
    inputs_hash = hashlib.sha256(f"{renderers.fingerprint()}\n{frozen}".encode()).hexdigest()
    versions = Document.objects.filter(kind=kind, subject_label=label_of(bloc_year), subject_id=bloc_year.pk)
    last = versions.order_by("-version").first()
    if last and last.inputs_hash == inputs_hash:
        with act(actor=jobs.SYSTEM, at=clock.now()) as current:
            jobs.finish(job, document=last)
            data = {"kind": kind.value, "document": last.pk, "version": last.version}
            current.record(f"{verb}_unchanged", bloc_year, data=data)
        return
    version = last.version + 1 if last else 1
    jobs.beat(job, stage="Đang dựng bản PDF", done=1)
    pdf_bytes = pdf.render(summary)
    jobs.beat(job, stage="Đang dựng bản Word", done=2)
    docx_bytes = docx.render(summary)
    jobs.beat(job, stage="Đang lưu văn bản", done=3)
    name = f"{forms.FORMS[kind].stem}-{_slug(bloc_year.year.label)}-{_slug(bloc_year.name)}-v{version}"
    stored_pdf = files.store(name=f"{name}.pdf", content=pdf_bytes, kind=FileKind.PDF)
    stored_docx = files.store(name=f"{name}.docx", content=docx_bytes, kind=FileKind.DOCX)
    with act(actor=jobs.SYSTEM, at=clock.now()) as current:
        made = Document.objects.create(
            kind=kind,
            subject_label=label_of(bloc_year),
            subject_id=bloc_year.pk,
            version=version,
            about=about,
            is_draft=is_draft,
            inputs_hash=inputs_hash,
            summary=frozen,
            pdf=stored_pdf,
            docx=stored_docx,
            made_by_id=job.asked_by_id,
        )
        jobs.finish(job, document=made)
        data = {"kind": kind.value, "document": made.pk, "version": version, "pdf_sha256": stored_pdf.sha256}
        current.record(f"{verb}_made", bloc_year, data=data)


def province_reports(job: Job) -> None:
    """Gather the reports of a year into one ZIP once all have ended; until then give the job back."""
    children = list(job.children.select_related("document__pdf", "document__docx").order_by("pk"))
    ended = [child for child in children if not child.is_active]
    jobs.beat(job, stage=f"Đã xong {len(ended)}/{len(children)} khối", done=len(ended))
    if len(ended) < len(children):
        jobs.release(job)
        # The last report may have ended while this call held the job, and its message found it taken.
        if not job.children.filter(state__in=ACTIVE_STATES).exists():
            jobs.enqueue("reports.collect", job_id=job.pk)
        return
    names = dict(BlocYear.objects.filter(pk__in=[child.subject_id for child in children]).values_list("pk", "name"))
    content = _zip([(names[child.subject_id], child) for child in children])
    jobs.beat(job, stage="Đang lưu tệp ZIP")
    stored = files.store(name=f"bao-cao-tong-ket-toan-tinh-{job.pk}.zip", content=content, kind=FileKind.ZIP)
    with act(actor=jobs.SYSTEM, at=clock.now()) as current:
        jobs.finish(job, result=stored)
        made = sum(child.state == JobState.READY for child in children)
        current.record("province_reports_made", job, data={"blocs": len(children), "made": made})


def _zip(rows: list[tuple[str, Job]]) -> bytes:
    """Return the ZIP: a list of what is inside, and of what is not and why, then the files in the list's order."""
    buffer, listing = io.BytesIO(), io.StringIO()
    table = csv.writer(listing, delimiter=";")
    table.writerow(["STT", "Khối", "Kết quả", "Phiên bản", "Tệp", "Ghi chú"])
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, (name, child) in enumerate(rows, start=1):
            document = child.document
            stem = f"{number:02d}-{_slug(name)}"
            if document:
                archive.writestr(f"{stem}.pdf", files.read(document.pdf))
                archive.writestr(f"{stem}.docx", files.read(document.docx))
            version = str(document.version) if document else ""
            table.writerow([number, name, child.get_state_display(), version, stem if document else "", child.failure])
        archive.writestr("00-danh-sach.csv", "\ufeff" + listing.getvalue())
    return buffer.getvalue()


def _slug(text: str) -> str:
    return re.sub(r"\s+", "-", fold(text))[:80]
