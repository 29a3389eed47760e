"""Core's tasks: the sweep."""

import logging

from celery import shared_task
from celery.signals import worker_ready

from emulation.core import jobs

logger = logging.getLogger(__name__)


@shared_task(name="core.sweep")
def sweep(**_: object) -> None:
    """Requeue what a dead worker left."""
    touched = jobs.sweep()
    if touched:
        logger.info("sweep touched %s jobs", touched)


@worker_ready.connect
def sweep_at_start(**_: object) -> None:
    """Look first, when a worker starts, at what the last one left."""
    sweep.delay()
