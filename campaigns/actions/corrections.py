"""Corrects a number of an accepted form: what stood there stays readable, reports that used it are marked."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from campaigns import cells
from campaigns.actions.writing import lock
from campaigns.models import Correction, FormStep, QuarterlyForm
from projects.models import DonorReport


@transaction.atomic
def correct(line, *, field, value, reason, by, now=None):
    """Change one count of an accepted line; return the correction, or None if the number was that already."""
    if not reason.strip():
        raise ValidationError({"reason": _("Say why the number changes.")})
    if field not in cells.COUNTS:
        raise ValidationError({"field": _("Only numbers are corrected this way.")})
    form = lock(line.form)
    if form.state != QuarterlyForm.State.ACCEPTED:
        raise PermissionDenied
    activity = line.activity
    before = cells.counts_of(activity)[field]
    if before == value:
        return None
    if cells.is_broken_down(activity, field):
        raise ValidationError({"value": _("The log keeps this number in more detail: correct it there.")})
    cells.write_counts(activity, {field: value})
    activity.save()
    made = Correction.objects.create(
        form=form,
        activity=activity,
        field=field,
        before="" if before is None else str(before),
        after="" if value is None else str(value),
        reason=reason.strip()[:300],
        by=by,
        at=now or timezone.now(),
    )
    made.reports.set(reports_that_used(activity))
    FormStep.objects.create(
        form=form, verb=FormStep.Verb.CORRECTED, by=by, note=reason.strip(), revision=form.revision
    )
    return made


def reports_that_used(activity):
    """Return the finished reports whose project and period hold the activity."""
    return DonorReport.objects.filter(
        state=DonorReport.State.FINISHED,
        project__activities=activity,
        starts_on__lte=activity.starts_on,
        ends_on__gte=activity.starts_on,
    ).distinct()
