"""A real worker process on the test's own database, and the wait for what it does."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from blocs.models import Bloc, BlocYear, EmulationYear
from emulation.core.models import Job, Province
from tests import environment


class Workers:
    """Starts and kills Celery workers as whole process groups."""

    def __init__(self, environ: dict[str, str], log: Path) -> None:
        self.environ, self.log = environ, log
        self.running: list[subprocess.Popen[bytes]] = []

    def start(self, app: str = "emulation", processes: int = 2, **environ: str) -> subprocess.Popen[bytes]:
        with self.log.open("ab") as log:
            process = subprocess.Popen(
                [sys.executable, "-m", "celery", "-A", app, "worker", "-B", "-c", str(processes),
                 "-Q", "default,documents", "--without-gossip", "--without-mingle"],
                cwd=environment.ROOT, env=self.environ | environ, stdout=log, stderr=log, start_new_session=True,
            )  # fmt: skip
        self.running.append(process)
        return process

    def kill(self, process: subprocess.Popen[bytes]) -> None:
        """Kill a worker with its children, as a power cut would."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    def kill_all(self) -> None:
        for process in self.running:
            self.kill(process)
        self.running = []


@pytest.fixture
def workers(
    transactional_db: None, process_environment: Callable[..., dict[str, str]], tmp_path: Path
) -> Iterator[Workers]:
    environ = process_environment(JOB_LEASE_SECONDS="5", SWEEP_SECONDS="1", LOG_LEVEL="INFO")
    group = Workers(environ, tmp_path / "worker.log")
    yield group
    group.kill_all()


def make_bloc_years(count: int) -> list[BlocYear]:
    """Make a province with so many blocs in one year."""
    Province.objects.create(
        pk=1, name="tỉnh Sông Lam", place="Sông Lam", authority="UBND tỉnh Sông Lam", board_label="Phòng Thi đua"
    )
    year = EmulationYear.objects.create(label="2026")
    return [
        BlocYear.objects.create(bloc=Bloc.objects.create(), year=year, name=f"Khối thi đua số {number}")
        for number in range(1, count + 1)
    ]


@pytest.fixture
def bloc_years(transactional_db: None) -> list[BlocYear]:
    return make_bloc_years(3)


def wait_for_end(job: Job, seconds: float = 60) -> Job:
    """Return the job once it has ended; fail after that many seconds."""
    limit = time.monotonic() + seconds
    while time.monotonic() < limit:
        job.refresh_from_db()
        if not job.is_active:
            return job
        time.sleep(0.1)
    pytest.fail(f"job {job.pk} still {job.state}, attempt {job.attempt}, after {seconds} s")
