"""The Celery application: its queues, limits and schedule are settings. The row is the queue, messages are hints."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "emulation.settings")

app = Celery("emulation")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks(["emulation.core", "emulation.reports"])
