"""Tasks: claim, call one service, nothing else. A message about a job that is gone or taken does nothing."""

import gc

from celery import shared_task
from celery.signals import worker_init
from django.template.loader import get_template

from emulation.core import documents, jobs
from emulation.core.models import DocumentKind
from emulation.reports import renderers
from emulation.reports.papers.forms import FORMS
from emulation.reports.renderers import docx
from emulation.reports.services import build


@worker_init.connect
def load_what_papers_need(**_: object) -> None:
    """Pay once, before the worker forks its processes, what the first paper of each would else pay."""
    renderers.fingerprint()
    for form in FORMS.values():
        get_template(form.html)
    documents.warm()
    docx.warm(FORMS[DocumentKind.YEAR_REPORT].docx)
    gc.collect()
    gc.freeze()  # nor does each process look through all this again


@shared_task(name="reports.build")
def build_document(*, job_id: int, **_: object) -> None:
    """Make the paper a job asks for."""
    job = jobs.claim(job_id=job_id)
    if job:
        build.run(job, build.document)


@shared_task(name="reports.try_template")
def try_template(*, job_id: int, **_: object) -> None:
    """Fill a template of the office with real facts."""
    job = jobs.claim(job_id=job_id)
    if job:
        build.run(job, build.template_trial)


@shared_task(name="reports.collect")
def collect_province_reports(*, job_id: int, **_: object) -> None:
    """Gather the reports of a year if they are all there."""
    job = jobs.claim(job_id=job_id)
    if job:
        build.run(job, build.province_reports)
