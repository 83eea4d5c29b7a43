"""The house: settings, addresses, clocks and the rooms every domain stands on."""

from coalition.celery import app as celery_app

__all__ = ["celery_app"]
