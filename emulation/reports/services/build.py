"""Making papers, in a worker: facts → frozen summary → files → one transaction that links them. For tasks only."""

import csv
import hashlib
import io
import logging
import zipfile
from collections.abc import Callable
from typing import Any

from celery.exceptions import SoftTimeLimitExceeded

from blocs.models import BlocYear
from emulation.core import clock, files, jobs
from emulation.core.audit import act
from emulation.core.errors import Refused
from emulation.core.models import ACTIVE_STATES, Document, DocumentKind, FileKind, Job, JobState
from emulation.core.vietnamese import unaccented
from emulation.reports import queries, renderers
from emulation.reports.domain.facts import Frozen
from emulation.reports.models import DocumentTemplate
from emulation.reports.papers import forms
from emulation.reports.queries import SOURCES
from emulation.reports.renderers import docx, pdf

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
    except docx.TemplateFault as fault:
        jobs.fail(job, sentence=fault.sentence, again=False)
    except SoftTimeLimitExceeded:
        jobs.fail(job, sentence=TOO_LONG, again=False)
    except Exception:
        logger.exception("job %s attempt %s", job.pk, job.attempt)
        jobs.fail(job, sentence=BROKE.format(job=job.pk), again=True)
    if job.parent_id:
        jobs.enqueue("reports.collect", job_id=job.parent_id)


def facts_of(kind: DocumentKind, row: Any) -> Frozen:
    """Return what a paper of a row says now. Raises Refused when there is nothing to print."""
    return SOURCES[kind].freeze(row)


def document(job: Job) -> None:
    """Make the paper the job asks for, or link the last version when nothing it says has changed."""
    kind, source = DocumentKind(job.kind), SOURCES[DocumentKind(job.kind)]
    verb = "report" if kind == DocumentKind.YEAR_REPORT else "document"
    row = queries.row_of(job)
    jobs.beat(job, stage="Đang thu thập số liệu", done=0)
    summary = facts_of(kind, row)
    frozen, about, is_draft = summary.to_json(), source.about(summary), source.is_draft(summary)
    template = queries.active_template(kind)
    inputs_hash = _inputs_hash(frozen, template)
    versions = Document.objects.filter(kind=kind, subject_label=job.subject_label, subject_id=job.subject_id)
    last = versions.order_by("-version").first()
    if last and last.inputs_hash == inputs_hash:
        with act(actor=jobs.SYSTEM, at=clock.now()) as current:
            jobs.finish(job, document=last)
            data = {"kind": kind.value, "document": last.pk, "version": last.version}
            current.record(f"{verb}_unchanged", row, data=data)
        return
    version = last.version + 1 if last else 1
    jobs.beat(job, stage="Đang dựng bản PDF", done=1)
    pdf_bytes = pdf.render(summary)
    jobs.beat(job, stage="Đang dựng bản Word", done=2)
    docx_bytes = docx.render(summary, files.read(template.file) if template else None)
    jobs.beat(job, stage="Đang lưu văn bản", done=3)
    name = f"{_file_name(kind, row)}-v{version}"
    stored_pdf = files.store(name=f"{name}.pdf", content=pdf_bytes, kind=FileKind.PDF)
    stored_docx = files.store(name=f"{name}.docx", content=docx_bytes, kind=FileKind.DOCX)
    with act(actor=jobs.SYSTEM, at=clock.now()) as current:
        made = Document.objects.create(
            kind=kind,
            subject_label=job.subject_label,
            subject_id=job.subject_id,
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
        current.record(f"{verb}_made", row, data=data)


def template_trial(job: Job) -> None:
    """Fill a version of the office's template with the newest facts; without a fault, it may be used."""
    template = queries.row_of(job)
    jobs.beat(job, stage="Đang điền số liệu mới nhất vào mẫu", done=0)
    row = queries.newest_row(DocumentKind(template.kind))
    content = docx.render(facts_of(DocumentKind(template.kind), row), files.read(template.file))
    name = f"chay-thu-{forms.FORMS[DocumentKind(template.kind)].stem}-mau-{template.version}.docx"
    stored = files.store(name=name, content=content, kind=FileKind.DOCX)
    at = clock.now()
    with act(actor=jobs.SYSTEM, at=at) as current:
        jobs.finish(job, result=stored)
        DocumentTemplate.objects.filter(pk=template.pk).update(tried_at=at, updated_at=at)
        current.record("template_tried", template, data={"kind": template.kind, "version": template.version})


def _inputs_hash(frozen: str, template: DocumentTemplate | None) -> str:
    """Return a hash of all a paper depends on: code and libraries, the office's own template, the facts."""
    own = f"\n{template.version} {template.file.sha256}" if template else ""
    return hashlib.sha256(f"{renderers.fingerprint()}{own}\n{frozen}".encode()).hexdigest()


def _file_name(kind: DocumentKind, row: Any) -> str:
    subject = queries.described(row)
    parts = (forms.FORMS[kind].stem, _slug(subject.year), _slug(subject.name))
    return "-".join(part for part in parts if part)


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
    return unaccented(text).replace(" ", "-")[:80]
