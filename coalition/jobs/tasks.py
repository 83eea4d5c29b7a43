"""What the clock and waiting people start: the heartbeat, one job, jobs nobody has picked up, old ones."""

from celery import shared_task
from django.utils import timezone

from coalition.jobs import actions


@shared_task
def beat():
    """Write down that the clock runs."""
    actions.strike("beat", now=timezone.now())


@shared_task
def run_job(pk):
    """Do one job, unless another worker has it."""
    return actions.run(pk)


@shared_task
def run_waiting(limit=20):
    """Do the jobs that wait because the broker was down or their worker died."""
    return [
        actions.run(pk)
        for pk in actions.waiting(timezone.now()).order_by("pk").values_list("pk", flat=True)[:limit]
    ]


@shared_task
def forget():
    """Keep the promise of `privacy.py` about jobs: nothing of them after thirty days."""
    return actions.forget(timezone.now())
