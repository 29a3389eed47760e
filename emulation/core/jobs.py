"""Jobs: the row is the queue, messages are hints. A worker that dies leaves a row whose lease runs out.

Bound: a sweep runs every 30 s, at worker start and in the page's own poll; a lease lasts JOB_LEASE_SECONDS (60), so a
job whose worker was killed runs again, or has failed with a sentence, within two minutes.
"""

import datetime as dt
import logging

from celery import current_app
from django.conf import settings
from django.db import IntegrityError, models, transaction
from django.db.models import F, Q

from emulation.core import clock
from emulation.core.access import Actor
from emulation.core.audit import Act, act
from emulation.core.errors import Refused
from emulation.core.models import ACTIVE_STATES, Document, Job, JobState, StoredFile, label_of
from emulation.core.registry import job_kind

logger = logging.getLogger(__name__)

SYSTEM = Actor(user_id=None, name="Hệ thống", title="", seat_id=None, scope=None)
TRIES = 3
RESEND_AFTER = dt.timedelta(seconds=20)
WORKER_DIED = (
    "Máy lập văn bản dừng đột ngột ba lần liên tiếp. Bấm “Lập lại”; nếu vẫn không được, báo quản trị hệ thống."
)


class Lost(Exception):
    """The lease went to another worker, or the job ended: nothing more may be written by this attempt."""


class CancelAsked(Exception):
    """Somebody asked to stop the job."""


def enqueue(name: str, **ids: int) -> None:
    """Send a task by its name after the commit. A lost message is no harm: the sweep sends it again."""
    transaction.on_commit(lambda: _send(name, ids), robust=True)


def _send(name: str, ids: dict[str, int]) -> None:
    current_app.send_task(name, kwargs=ids, retry=False, queue=_queue_of(name))


def _queue_of(name: str) -> str:
    return "documents" if name.startswith("reports.") else str(settings.CELERY_TASK_DEFAULT_QUEUE)


def request(
    *, kind: str, subject: models.Model, actor: Actor, at: dt.datetime, total: int = 0, parent: Job | None = None
) -> Job:
    """Queue a job about a row, or return the one that is already under way for it (a second click finds the first)."""
    active = _active(kind, subject)
    if active:
        return active
    try:
        with act(actor=actor, at=at) as current:
            return add(current, kind=kind, subject=subject, total=total, parent=parent)
    except IntegrityError:
        active = _active(kind, subject)
        if active is None:
            raise
        return active


def add(current: Act, *, kind: str, subject: models.Model, total: int = 0, parent: Job | None = None) -> Job:
    """Queue a job inside an act that is already open."""
    job = Job.objects.create(
        kind=kind,
        subject_label=label_of(subject),
        subject_id=subject.pk,
        total_count=total,
        parent=parent,
        asked_by_id=current.actor.user_id,
        asked_as=f"{current.actor.name}, {current.actor.title}".strip(", "),
    )
    current.record("job_requested", subject, data={"kind": kind, "job": job.pk})
    enqueue(job_kind(kind).task, job_id=job.pk)
    return job


def _active(kind: str, subject: models.Model) -> Job | None:
    return Job.objects.filter(
        kind=kind, subject_label=label_of(subject), subject_id=subject.pk, state__in=ACTIVE_STATES
    ).first()


def claim(*, job_id: int) -> Job | None:
    """Take a queued job, or a running one whose worker's lease ran out; None when there is nothing to take."""
    at = clock.now()
    free = Q(state=JobState.QUEUED) & (Q(not_before__isnull=True) | Q(not_before__lte=at))
    orphaned = Q(state=JobState.RUNNING, lease_until__lt=at)
    taken = Job.objects.filter(free | orphaned, pk=job_id, tries_left__gt=0, is_cancel_requested=False).update(
        state=JobState.RUNNING,
        attempt=F("attempt") + 1,
        tries_left=F("tries_left") - 1,
        lease_until=_lease(at),
        failure="",
        updated_at=at,
    )
    return Job.objects.get(pk=job_id) if taken else None


def _lease(at: dt.datetime) -> dt.datetime:
    return at + dt.timedelta(seconds=settings.JOB_LEASE_SECONDS)


def _mine(job: Job) -> "models.QuerySet[Job]":
    return Job.objects.filter(pk=job.pk, state=JobState.RUNNING, attempt=job.attempt)


def beat(job: Job, *, stage: str, done: int | None = None) -> None:
    """Say what is being done and keep the lease. Raises Lost or CancelAsked when the work must stop."""
    at = clock.now()
    values = {"stage": stage, "lease_until": _lease(at), "updated_at": at}
    if done is not None:
        values["done_count"] = done
    if _mine(job).update(**values) != 1:
        raise Lost
    if Job.objects.filter(pk=job.pk, is_cancel_requested=True).exists():
        raise CancelAsked


def finish(job: Job, *, document: Document | None = None, result: StoredFile | None = None) -> None:
    """Mark the job ready with what it made, inside the transaction that made it. Raises Lost."""
    at = clock.now()
    changed = _mine(job).update(
        state=JobState.READY,
        document=document,
        result=result,
        done_count=F("total_count"),
        stage="",
        lease_until=None,
        finished_at=at,
        updated_at=at,
    )
    if changed != 1:
        raise Lost


def release(job: Job) -> None:
    """Give a job back untried: what it waits for is not there yet, and whoever brings that sends the message."""
    back = {"tries_left": F("tries_left") + 1, "lease_until": None, "updated_at": clock.now()}
    if not _unasked(job).update(state=JobState.QUEUED, **back):
        stop(job)


def _unasked(job: Job) -> "models.QuerySet[Job]":
    """Return the job unless somebody asked to stop it: back in the queue with that wish, nobody would take it again."""
    return _mine(job).filter(is_cancel_requested=False)


def stop(job: Job) -> None:
    """Mark the job cancelled, by the worker that saw the wish."""
    at = clock.now()
    _mine(job).update(state=JobState.CANCELLED, lease_until=None, finished_at=at, updated_at=at)


def fail(job: Job, *, sentence: str, again: bool) -> None:
    """End an attempt that went wrong: queue it again a little later, or fail with a sentence that says what to do."""
    at = clock.now()
    if again and job.tries_left > 0:
        wait = dt.timedelta(seconds=5 * job.attempt)
        changed = _unasked(job).update(state=JobState.QUEUED, not_before=at + wait, lease_until=None, updated_at=at)
    else:
        changed = _unasked(job).update(
            state=JobState.FAILED, failure=sentence, lease_until=None, finished_at=at, updated_at=at, stage=""
        )
    if not changed:
        stop(job)


def cancel(*, job: Job, actor: Actor, at: dt.datetime) -> None:
    """Stop a queued job at once, a running one at its worker's next step. Raises Refused when it has already ended."""
    with act(actor=actor, at=at) as current:
        queued = Job.objects.filter(pk=job.pk, state=JobState.QUEUED).update(
            state=JobState.CANCELLED, finished_at=at, updated_at=at
        )
        running = (
            0 if queued else Job.objects.filter(pk=job.pk, state=JobState.RUNNING).update(is_cancel_requested=True)
        )
        if not queued and not running:
            raise Refused("Việc này đã kết thúc nên không dừng được nữa. Tải lại trang để xem kết quả.")
        Job.objects.filter(parent=job, state=JobState.QUEUED).update(
            state=JobState.CANCELLED, finished_at=at, updated_at=at
        )
        Job.objects.filter(parent=job, state=JobState.RUNNING).update(is_cancel_requested=True)
        current.record("job_cancelled", job, data={"kind": job.kind})


def retry(*, job: Job, actor: Actor, at: dt.datetime) -> None:
    """Queue an ended job again. Raises Refused unless it ended without a result and no other is running."""
    try:
        with act(actor=actor, at=at) as current:
            changed = Job.objects.filter(pk=job.pk, state__in=(JobState.FAILED, JobState.CANCELLED)).update(
                state=JobState.QUEUED,
                tries_left=TRIES,
                not_before=None,
                is_cancel_requested=False,
                finished_at=None,
                failure="",
                done_count=0,
                updated_at=at,
            )
            if changed != 1:
                raise Refused("Việc này đang chạy hoặc đã xong, không cần lập lại.")
            current.record("job_retried", job, data={"kind": job.kind})
            enqueue(job_kind(job.kind).task, job_id=job.pk)
    except IntegrityError:
        raise Refused("Đang có một việc cùng loại chạy cho mục này; chờ việc đó xong.") from None


def sweep(*, only: int | None = None) -> int:
    """Return to the queue what dead workers left, and send lost messages again; say how many rows were touched.

    With `only`, look at one job: what a page that watches it does in its own poll.
    """
    at = clock.now()
    rows = Job.objects.filter(pk=only) if only is not None else Job.objects.all()
    orphans = rows.filter(state=JobState.RUNNING, lease_until__lt=at)
    ended = {"lease_until": None, "finished_at": at, "updated_at": at}
    touched = orphans.filter(is_cancel_requested=True).update(state=JobState.CANCELLED, **ended)
    orphans = orphans.filter(is_cancel_requested=False)
    touched += orphans.filter(tries_left=0).update(state=JobState.FAILED, failure=WORKER_DIED, **ended)
    touched += orphans.update(
        state=JobState.QUEUED, lease_until=None, not_before=None, updated_at=at - 2 * RESEND_AFTER
    )
    waiting = rows.filter(Q(not_before__isnull=True) | Q(not_before__lte=at), state=JobState.QUEUED)
    for job_id, kind in waiting.filter(updated_at__lt=at - RESEND_AFTER).values_list("pk", "kind"):
        if Job.objects.filter(pk=job_id, state=JobState.QUEUED).update(updated_at=at):
            enqueue(job_kind(kind).task, job_id=job_id)
            touched += 1
    return touched
