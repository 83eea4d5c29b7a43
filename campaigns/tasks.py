"""What the clock starts in campaigns."""

from celery import shared_task
from django.db.models import F
from django.utils import timezone

from campaigns import actions
from campaigns.models import FormLine, QuarterlyForm


@shared_task
def open_rounds():
    """Ask for the forms of prepared rounds on the day on which they open."""
    return actions.open_prepared(timezone.localdate())


@shared_task
def record_corrections():
    """Find accepted forms of which an activity was changed in the log since, and record what changed."""
    changed = FormLine.objects.filter(
        form__state=QuarterlyForm.State.ACCEPTED, activity__updated_at__gt=F("form__accepted_at")
    )
    forms = QuarterlyForm.objects.filter(pk__in=changed.values("form")).order_by("pk")
    return sum(actions.record_changes(form) for form in forms.iterator())
