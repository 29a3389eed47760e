"""Tasks: claim, call one service, nothing else. A message about a job that is gone or taken does nothing."""

from celery import shared_task

from emulation.core import jobs
from emulation.reports.services import build


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
