"""What the clock starts: delivery of the outbox."""

from celery import shared_task
from django.utils import timezone

from coalition.jobs import actions as jobs
from coalition.notifications import delivery, webhooks


@shared_task
def deliver():
    """Deliver every message that is due, and tell the addresses outside."""
    tally = delivery.run()
    tally["calls"] = webhooks.deliver()["sent"]
    jobs.strike("delivery", now=timezone.now())
    return tally
