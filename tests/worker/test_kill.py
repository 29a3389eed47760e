"""A worker or web process killed with -9 at any point: ready once, or failed with a sentence; nothing twice."""

import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from blocs.models import BlocYear
from emulation.core import clock, jobs
from emulation.core.access import Actor
from emulation.core.models import Document, Event, Job, JobState, StoredFile
from emulation.reports.services import request
from tests import environment
from tests.worker.conftest import make_bloc_years, wait_for_end
from tests.worker.points import POINTS
from tests.workers import Workers

pytestmark = pytest.mark.worker
SOMEBODY = Actor(user_id=None, name="Trần Văn B", title="Chuyên viên", seat_id=None, scope=None)


def ask(bloc_year: BlocYear) -> Job:
    return request.year_report(bloc_year=bloc_year, actor=SOMEBODY, at=clock.now())


def assert_made_once(job: Job) -> None:
    assert (job.state, job.failure) == (JobState.READY, "")
    document = Document.objects.get(subject_id=job.subject_id)
    assert (job.document, document.version) == (document, 1)
    assert Event.objects.filter(verb="report_made", subject_id=job.subject_id).count() == 1
    assert StoredFile.objects.filter(pk__in=[document.pdf_id, document.docx_id]).count() == 2


@pytest.mark.once  # many restarts; on SQLite the three below
def test_report_is_made_once_when_the_worker_dies_at_any_point(workers: Workers, tmp_path: Path) -> None:
    token = tmp_path / "token"
    workers.start("tests.worker.killer", KILL_TOKEN=str(token))
    for point, bloc_year in zip(POINTS, make_bloc_years(len(POINTS)), strict=True):
        token.write_text(point)
        job = wait_for_end(ask(bloc_year))
        assert not token.exists(), f"the worker never came to {point}"
        assert_made_once(job)


@pytest.mark.once
def test_reports_are_made_once_under_twenty_random_kills(workers: Workers, bloc_years: list[BlocYear]) -> None:
    chance = random.Random(20261125)  # noqa: S311 - a repeatable experiment
    worker = workers.start()
    asked: list[Job] = []
    for _ in range(20):
        job = ask(chance.choice(bloc_years))
        asked.append(job)
        time.sleep(chance.uniform(0.2, 3.0))
        workers.kill(worker)
        worker = workers.start()
        if Job.objects.filter(pk=job.pk, state=JobState.FAILED).exists():
            jobs.retry(job=job, actor=SOMEBODY, at=clock.now())
    for job in Job.objects.all():
        ended = wait_for_end(job, seconds=120)
        assert ended.state in {JobState.READY, JobState.FAILED}
        assert ended.state == JobState.READY or ended.failure == jobs.WORKER_DIED
    for bloc_year in bloc_years:
        assert Document.objects.filter(subject_id=bloc_year.pk).count() <= 1
    ready = set(Job.objects.filter(state=JobState.READY).values_list("subject_id", flat=True))
    assert set(Document.objects.values_list("subject_id", flat=True)) == ready


def test_job_is_done_when_the_web_process_dies_before_its_message(
    workers: Workers, bloc_years: list[BlocYear], process_environment: Callable[..., dict[str, str]]
) -> None:
    script = (
        "import os, signal, django; django.setup()\n"
        "from emulation.core import clock, jobs\n"
        "from blocs.models import BlocYear\n"
        "from emulation.reports.services import request\n"
        "jobs._send = lambda name, ids: os.kill(os.getpid(), signal.SIGKILL)\n"
        f"bloc_year = BlocYear.objects.get(pk={bloc_years[0].pk})\n"
        "request.year_report(bloc_year=bloc_year, actor=jobs.SYSTEM, at=clock.now())\n"
    )
    web = subprocess.run(
        [sys.executable, "-c", script],
        env=process_environment(),
        cwd=environment.ROOT,
        check=False,
        capture_output=True,
    )
    assert web.returncode == -signal.SIGKILL
    job = Job.objects.get()
    assert job.state == JobState.QUEUED
    Job.objects.update(updated_at=clock.now() - 2 * jobs.RESEND_AFTER)
    workers.start()
    assert_made_once(wait_for_end(job))


def test_province_reports_come_as_one_zip_though_the_worker_dies(workers: Workers, bloc_years: list[BlocYear]) -> None:
    worker = workers.start()
    job = request.province_reports(year=bloc_years[0].year, actor=SOMEBODY, at=clock.now())
    time.sleep(2)
    workers.kill(worker)
    workers.start()
    wait_for_end(job, seconds=120)
    assert (job.state, job.done_count, job.total_count) == (JobState.READY, 3, 3)
    assert job.result is not None
    assert Document.objects.count() == 3


def test_worker_leaves_alone_a_job_stopped_before_it_came(workers: Workers, bloc_years: list[BlocYear]) -> None:
    job = ask(bloc_years[0])
    jobs.cancel(job=job, actor=SOMEBODY, at=clock.now())
    workers.start()
    time.sleep(3)
    job.refresh_from_db()
    assert (job.state, Document.objects.count()) == (JobState.CANCELLED, 0)
