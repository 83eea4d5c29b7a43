"""Corrects a number of an accepted form: what stood there stays readable, reports that used it are marked."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q
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
    """Return the finished reports whose period and subject hold the activity."""
    campaigns = activity.editions.values_list("campaign__public_id", flat=True)
    about = (
        Q(project__activities=activity)
        | Q(project=None, organisation=activity.lead_id)
        | Q(project=None, organisation=None, topic="")
        | Q(topic__in=[f"campaign:{public_id}" for public_id in campaigns])
    )
    return DonorReport.objects.filter(
        about,
        state=DonorReport.State.FINISHED,
        starts_on__lte=activity.starts_on,
        ends_on__gte=activity.starts_on,
    ).distinct()
