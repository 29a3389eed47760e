"""Blocs for the workers to report on, and the wait for what they do."""

import time

import pytest

from blocs.models import Bloc, BlocYear, EmulationYear
from emulation.core.models import Job, Province


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


def wait_for_end(job: Job, seconds: float = 120) -> Job:
    """Return the job once it has ended; fail after that many seconds."""
    limit = time.monotonic() + seconds
    while time.monotonic() < limit:
        job.refresh_from_db()
        if not job.is_active:
            return job
        time.sleep(0.1)
    pytest.fail(f"job {job.pk} still {job.state}, attempt {job.attempt}, after {seconds} s")
