"""The house: settings, addresses, clocks and the rooms every domain stands on."""

from coalition.celery import app as celery_app

__version__ = "0.1.0"
__all__ = ["__version__", "celery_app"]
