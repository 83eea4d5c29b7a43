"""What kinds of long work there are, and how a piece of it tells how far it is.

work.register("donor_report", build)          # from AppConfig.ready() of an upper room

def build(job, progress):                     # runs in the worker, in the language of who asked
    progress.step(_("Reading the activities"), 1, 3)
    return work.Result(path=report.get_absolute_url())
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.utils import timezone

from coalition.jobs.models import Job

LEASE = timedelta(minutes=5)  # a job that says nothing for so long belongs to nobody
_QUIET = 0.5  # seconds between two writes of progress


class Cancelled(Exception):
    """The person who asked for the work no longer wants it."""


class Lost(Exception):
    """Another worker has taken the job over; this one must stop."""


class Refused(Exception):
    """The work cannot be done; its words are shown to the person who asked."""


@dataclass(frozen=True)
class Result:
    """What came of it: the page to open, a stored file, or both."""

    path: str = ""
    file: Any = None


class Progress:
    """Tells the waiting person how far the work is, and the work whether to stop."""

    def __init__(self, job):
        self.job = job
        self._told = 0.0

    def step(self, text, done, total):
        """Say what is being done, as step `done` of `total`; raise Cancelled if it is no longer wanted."""
        moment = time.monotonic()
        if moment - self._told < _QUIET and done != total and text == self.job.step:
            return
        self._told, self.job.step = moment, str(text)[:200]
        mine = Job.objects.filter(pk=self.job.pk, state=Job.State.RUNNING, attempts=self.job.attempts)
        if not mine.update(
            step=self.job.step, steps_done=done, steps_total=total, lease_until=timezone.now() + LEASE
        ):
            raise Lost
        if mine.filter(cancel_asked=True).exists():
            raise Cancelled


_functions: dict[str, Callable[[Job, Progress], Result | None]] = {}


def register(kind, function):
    """Let jobs of this kind be done by `function(job, progress)`, which returns a Result or None.

    It may be killed at any line and started again: what it writes must bear that.
    """
    _functions[kind] = function


def function_of(kind):
    return _functions.get(kind)
