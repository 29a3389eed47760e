"""The year-end report: against bare WeasyPrint, on one and two processes, its memory, and a fresh worker's first."""

import resource
import time

import pytest
from weasyprint import HTML

from blocs.models import BlocYear, EmulationYear
from emulation.core import clock, documents, files, jobs
from emulation.core.models import Document, FileKind, Job, JobState
from emulation.reports.queries import year_summary
from emulation.reports.renderers import pdf
from emulation.reports.services import request
from tests.bench.conftest import median, tell
from tests.worker.conftest import wait_for_end
from tests.workers import Workers

REPORTS = 20
LIMIT_MB = 350


def queue(year: EmulationYear, count: int) -> list[Job]:
    """Ask for the reports of some blocs."""
    return [
        request.year_report(bloc_year=row, actor=jobs.SYSTEM, at=clock.now())
        for row in BlocYear.objects.in_year(year)[:count]
    ]


def forget() -> None:
    """Take all papers away, so that the next run makes them anew."""
    Job.objects.all().delete()
    Document.objects.all().delete()


def seconds_for(asked: list[Job]) -> float:
    """Return how long the workers took from the first start to the last end."""
    for job in asked:
        assert wait_for_end(job, seconds=240).state == JobState.READY
    ends = [job.finished_at for job in asked]
    return (max(ends) - min(job.created_at for job in asked)).total_seconds()


@pytest.mark.django_db(transaction=True)
def test_report_costs_little_more_than_bare_weasyprint(province: EmulationYear) -> None:
    bloc_year = BlocYear.objects.in_year(province).select_related("bloc", "year").first()

    def whole() -> None:
        content = pdf.render(year_summary(bloc_year))
        files.store(name="bao-cao.pdf", content=content, kind=FileKind.PDF)

    html = pdf.html(year_summary(bloc_year))
    bare = HTML(string=html, base_url=documents.STYLES.as_uri())
    base = median(lambda: bare.write_pdf(stylesheets=[documents.STYLES]), times=5, warm=2)
    ours = median(whole, times=5, warm=2)
    print(f"\nbare {base * 1000:.0f} ms, ours {ours * 1000:.0f} ms")
    tell("facts to stored PDF against bare WeasyPrint", ours / base, "≤ 1.3", holds=ours / base <= 1.3)
    used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    tell("memory of a process that renders, MB", used, f"≤ {LIMIT_MB}", holds=used <= LIMIT_MB)


def test_two_processes_make_twenty_reports_nearly_twice_as_fast(workers: Workers, province: EmulationYear) -> None:
    taken = {}
    for processes in (1, 2):
        worker = workers.start(processes=processes)
        seconds_for(queue(province, 4))
        forget()
        taken[processes] = seconds_for(queue(province, REPORTS))
        workers.kill(worker)
        forget()
    print(f"\none process {taken[1]:.1f} s, two {taken[2]:.1f} s")
    gain = taken[1] / taken[2]
    tell(f"{REPORTS} reports, two processes against one", gain, "≥ 1.8", holds=gain >= 1.8)


def test_fresh_worker_makes_its_first_paper_within_a_second(workers: Workers, province: EmulationYear) -> None:
    workers.start(processes=1)
    workers.wait_until_ready()
    time.sleep(1)  # its pool has to settle
    asked = queue(province, 1)
    first = seconds_for(asked)
    tell("fresh worker to its first report, s", first, "≤ 1.0", holds=first <= 1.0)
