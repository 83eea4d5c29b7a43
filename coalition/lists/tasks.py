"""What the clock starts: deleting the workbooks of long lists after a week."""

from celery import shared_task
from django.utils import timezone

from coalition.lists import background


@shared_task
def forget_exports():
    """Keep no copy of a long list for longer than somebody needs to fetch it."""
    return background.forget(timezone.now())
