"""What the clock starts: forgetting people whose time is over."""

from celery import shared_task
from django.utils import timezone

from coalition.members import forgetting


@shared_task
def forget():
    """Keep the promises of `privacy.py` about accounts and invitations."""
    now = timezone.now()
    return forgetting.forget_leavers(timezone.localdate(now)), forgetting.forget_invitations(now)
