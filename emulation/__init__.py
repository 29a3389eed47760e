"""The frame of the house: the floor (core, accounts) and the roof (reports, desk)."""

from emulation.celery import app as celery_app

__all__ = ["celery_app"]
