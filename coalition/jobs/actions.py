"""Starts long work for a waiting person, runs it in the worker, stops it when it is no longer wanted."""

import logging
from datetime import timedelta

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from coalition.jobs import work
from coalition.jobs.models import Heartbeat, Job

log = logging.getLogger(__name__)
KEPT = timedelta(days=30)
ATTEMPTS = 3  # a job that takes its worker down so often is given up


@transaction.atomic
def start(*, kind, payload, user, title, dedupe_key=None):
    """Queue a piece of work and wake a worker; return the Job.

    With the same `dedupe_key`, a job that waits, runs or is done is returned as it is; one that failed
    or was cancelled is queued again.
    """
    if work.function_of(kind) is None:
        raise ValueError(f"No work is registered as {kind!r}.")
    job = Job.objects.filter(dedupe_key=dedupe_key).first() if dedupe_key else None
    if job is None:
        new = Job(kind=kind, payload=payload, requested_by=user, title=title[:200], dedupe_key=dedupe_key)
        Job.objects.bulk_create([new], ignore_conflicts=bool(dedupe_key))
        job = Job.objects.get(dedupe_key=dedupe_key) if dedupe_key else new
    elif job.state in (Job.State.FAILED, Job.State.CANCELLED):
        Job.objects.filter(pk=job.pk).update(
            state=Job.State.QUEUED,
            payload=payload,
            requested_by=user,
            steps_done=0,
            step="",
            error="",
            attempts=0,
            lease_until=None,
            finished_at=None,
            cancel_asked=False,
        )
        job.refresh_from_db()
    if job.state == Job.State.QUEUED:
        wake(job.pk)
    return job


def wake(pk):
    """Tell a worker after the commit; if the broker is down the clock finds the job (docs/adr/0020)."""
    from coalition.jobs import tasks

    transaction.on_commit(lambda: tasks.run_job.delay(pk), robust=True)


def waiting(now):
    """Jobs nobody works on: new ones, and those whose worker has fallen silent."""
    return Job.objects.filter(Q(state=Job.State.QUEUED) | Q(state=Job.State.RUNNING, lease_until__lt=now))


def run(pk, *, now=None):
    """Claim the job and do it; return its state, or None if another worker has it. Safe to call twice."""
    now = now or timezone.now()
    claimed = (
        waiting(now)
        .filter(pk=pk)
        .update(state=Job.State.RUNNING, attempts=F("attempts") + 1, lease_until=now + work.LEASE)
    )
    if not claimed:
        return None
    job = Job.objects.select_related("requested_by").get(pk=pk)
    if job.cancel_asked:
        return _finish(job, Job.State.CANCELLED)
    if job.attempts > ATTEMPTS:
        return _finish(
            job, Job.State.FAILED, error=_("The work was begun several times and never came to an end.")
        )
    with translation.override(job.requested_by.language):
        return _do(job)


def _do(job):
    function = work.function_of(job.kind)
    try:
        result = function(job, work.Progress(job)) or work.Result()
    except work.Cancelled:
        return _finish(job, Job.State.CANCELLED)
    except work.Lost:
        return None
    except work.Refused as refused:
        return _finish(job, Job.State.FAILED, error=str(refused))
    except Exception:
        log.exception("job %s (%s) failed", job.public_id, job.kind)
        return _finish(
            job, Job.State.FAILED, error=_("Something went wrong on our side. Please try once more.")
        )
    return _finish(job, Job.State.DONE, result_path=result.path, result_file=result.file)


def _finish(job, state, **fields):
    if state == Job.State.DONE:
        fields["steps_done"] = F("steps_total")
    Job.objects.filter(pk=job.pk, attempts=job.attempts, state=Job.State.RUNNING).update(
        state=state, finished_at=timezone.now(), lease_until=None, **fields
    )
    return state


def cancel(job):
    """Stop the work: at once if nobody has begun it, else at its next step."""
    if not Job.objects.filter(pk=job.pk, state=Job.State.QUEUED).update(
        state=Job.State.CANCELLED, cancel_asked=True, finished_at=timezone.now()
    ):
        Job.objects.filter(pk=job.pk, state=Job.State.RUNNING).update(cancel_asked=True)


def forget(now):
    """Delete jobs that came to an end a month ago; their files stay where they belong. Return how many."""
    number, _by_table = Job.objects.filter(finished_at__lt=now - KEPT).delete()
    return number


def strike(name, *, now):
    """Write down that a clock has struck: "beat", "reminders" or "delivery"."""
    Heartbeat.objects.update_or_create(name=name, defaults={"at": now})
