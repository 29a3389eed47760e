"""Jobs: the row is the queue; whoever lost the lease writes nothing."""

import datetime as dt

import pytest
from django.db import IntegrityError

from blocs.models import Bloc, BlocYear, EmulationYear
from emulation.core import clock, jobs
from emulation.core.access import Actor
from emulation.core.errors import Refused
from emulation.core.models import Event, Job, JobState

pytestmark = pytest.mark.django_db
SOMEBODY = Actor(user_id=None, name="Trần Văn B", title="Chuyên viên", seat_id=None, scope=None)


@pytest.fixture
def bloc_year() -> BlocYear:
    year = EmulationYear.objects.create(label="2026")
    return BlocYear.objects.create(bloc=Bloc.objects.create(), year=year, name="Khối thi đua số 1")


@pytest.fixture
def job(bloc_year: BlocYear) -> Job:
    return jobs.request(kind="year_report", subject=bloc_year, actor=SOMEBODY, at=clock.now(), total=4)


def later(job: Job, **delta: float) -> None:
    Job.objects.filter(pk=job.pk).update(lease_until=clock.now() - dt.timedelta(**delta))


def test_second_request_finds_the_first_job(bloc_year: BlocYear, job: Job) -> None:
    again = jobs.request(kind="year_report", subject=bloc_year, actor=SOMEBODY, at=clock.now(), total=4)
    assert again == job
    assert Event.objects.filter(verb="job_requested").count() == 1


def test_database_refuses_two_active_jobs_for_one_subject(bloc_year: BlocYear, job: Job) -> None:
    with pytest.raises(IntegrityError):
        Job.objects.create(kind="year_report", subject_label=job.subject_label, subject_id=bloc_year.pk)


def test_claim_is_given_once(job: Job) -> None:
    first = jobs.claim(job_id=job.pk)
    assert first is not None
    assert (first.state, first.attempt, first.tries_left) == (JobState.RUNNING, 1, 2)
    assert jobs.claim(job_id=job.pk) is None


def test_orphan_is_claimed_again_when_its_lease_has_run_out(job: Job) -> None:
    first = jobs.claim(job_id=job.pk)
    later(job, seconds=1)
    second = jobs.claim(job_id=job.pk)
    assert second is not None
    assert second.attempt == 2
    with pytest.raises(jobs.Lost):
        jobs.beat(first, stage="Đang dựng bản PDF", done=1)
    with pytest.raises(jobs.Lost):
        jobs.finish(first)
    jobs.finish(second)
    job.refresh_from_db()
    assert (job.state, job.done_count) == (JobState.READY, 4)


def test_sweep_requeues_an_orphan_and_fails_it_after_three_deaths(job: Job) -> None:
    for _ in range(3):
        assert jobs.claim(job_id=job.pk) is not None
        later(job, seconds=1)
        jobs.sweep()
    job.refresh_from_db()
    assert (job.state, job.failure) == (JobState.FAILED, jobs.WORKER_DIED)
    assert job.finished_at is not None


def test_sweep_leaves_a_living_job_alone(job: Job) -> None:
    jobs.claim(job_id=job.pk)
    assert jobs.sweep() == 0
    job.refresh_from_db()
    assert job.state == JobState.RUNNING


def test_error_queues_the_job_again_a_little_later(job: Job) -> None:
    mine = jobs.claim(job_id=job.pk)
    jobs.fail(mine, sentence="Không lập được.", again=True)
    job.refresh_from_db()
    assert job.state == JobState.QUEUED
    assert job.not_before > clock.now()
    assert jobs.claim(job_id=job.pk) is None


def test_error_that_will_not_pass_fails_with_its_sentence(job: Job) -> None:
    mine = jobs.claim(job_id=job.pk)
    jobs.fail(mine, sentence="Không lập được.", again=False)
    job.refresh_from_db()
    assert (job.state, job.failure) == (JobState.FAILED, "Không lập được.")


def test_cancel_stops_a_queued_job_at_once(job: Job) -> None:
    jobs.cancel(job=job, actor=SOMEBODY, at=clock.now())
    job.refresh_from_db()
    assert job.state == JobState.CANCELLED
    assert jobs.claim(job_id=job.pk) is None


def test_cancel_stops_a_running_job_at_its_next_step(job: Job) -> None:
    mine = jobs.claim(job_id=job.pk)
    jobs.cancel(job=job, actor=SOMEBODY, at=clock.now())
    with pytest.raises(jobs.CancelAsked):
        jobs.beat(mine, stage="Đang dựng bản Word", done=2)
    jobs.stop(mine)
    job.refresh_from_db()
    assert job.state == JobState.CANCELLED


def test_cancelled_orphan_is_swept_to_cancelled(job: Job) -> None:
    jobs.claim(job_id=job.pk)
    jobs.cancel(job=job, actor=SOMEBODY, at=clock.now())
    later(job, seconds=1)
    jobs.sweep()
    job.refresh_from_db()
    assert job.state == JobState.CANCELLED


def test_cancelled_job_that_breaks_is_not_queued_again(job: Job) -> None:
    mine = jobs.claim(job_id=job.pk)
    jobs.cancel(job=job, actor=SOMEBODY, at=clock.now())
    jobs.fail(mine, sentence="Không lập được.", again=True)
    job.refresh_from_db()
    assert job.state == JobState.CANCELLED


def test_cancelled_job_that_gives_itself_back_ends(job: Job) -> None:
    mine = jobs.claim(job_id=job.pk)
    jobs.cancel(job=job, actor=SOMEBODY, at=clock.now())
    jobs.release(mine)
    job.refresh_from_db()
    assert job.state == JobState.CANCELLED


def test_ended_job_is_not_cancelled(job: Job) -> None:
    jobs.finish(jobs.claim(job_id=job.pk))
    with pytest.raises(Refused, match="đã kết thúc"):
        jobs.cancel(job=job, actor=SOMEBODY, at=clock.now())


def test_retry_gives_a_failed_job_three_new_tries(job: Job) -> None:
    jobs.fail(jobs.claim(job_id=job.pk), sentence="Không lập được.", again=False)
    jobs.retry(job=job, actor=SOMEBODY, at=clock.now())
    job.refresh_from_db()
    assert (job.state, job.tries_left, job.failure) == (JobState.QUEUED, 3, "")
    with pytest.raises(Refused, match="không cần lập lại"):
        jobs.retry(job=job, actor=SOMEBODY, at=clock.now())


def test_retry_is_refused_while_another_job_runs_for_the_subject(bloc_year: BlocYear, job: Job) -> None:
    jobs.fail(jobs.claim(job_id=job.pk), sentence="Không lập được.", again=False)
    jobs.request(kind="year_report", subject=bloc_year, actor=SOMEBODY, at=clock.now(), total=4)
    with pytest.raises(Refused, match="Đang có một việc cùng loại"):
        jobs.retry(job=job, actor=SOMEBODY, at=clock.now())


def test_release_costs_no_try(job: Job) -> None:
    jobs.release(jobs.claim(job_id=job.pk))
    job.refresh_from_db()
    assert (job.state, job.tries_left) == (JobState.QUEUED, 3)
