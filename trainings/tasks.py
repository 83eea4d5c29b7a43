"""What the clock starts: forgetting the names on old lists."""

from celery import shared_task
from django.utils import timezone

from trainings import actions


@shared_task
def forget_participants():
    """Keep the promise of `coalition/members/privacy.py`: five years after a training the names go."""
    return actions.forget_participants(today=timezone.localdate())
