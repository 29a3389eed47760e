"""The Celery application: queues, limits and the beat schedule. The row is the queue; messages are hints."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "emulation.settings")

app = Celery("emulation")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks(["emulation.core", "emulation.reports"])
app.conf.beat_schedule = {
    "sweep-jobs": {"task": "core.sweep", "schedule": 30.0, "options": {"expires": 25}},
}
