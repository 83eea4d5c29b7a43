"""What the clock starts: delivery of the outbox."""

from celery import shared_task
from django.utils import timezone

from coalition.jobs import actions as jobs
from coalition.notifications import delivery


@shared_task
def deliver():
    """Deliver every message that is due."""
    tally = delivery.run()
    jobs.strike("delivery", now=timezone.now())
    return tally
