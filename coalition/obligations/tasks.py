"""What the clock starts: the planning of reminders."""

from celery import shared_task
from django.utils import timezone

from coalition.jobs import actions as jobs
from coalition.obligations import planning


@shared_task
def plan_reminders():
    """Plan the reminders that have come by today."""
    now = timezone.now()
    tally = planning.plan(today=timezone.localdate(now), now=now)
    jobs.strike("reminders", now=now)
    return tally
