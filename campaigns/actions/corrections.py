"""Corrects a number of an accepted form: what stood there stays readable, reports that used it are marked.

The activity log goes on living after a form was handed in. Numbers that change there are corrections too: those
up to its acceptance are recorded when it is accepted, later ones when the clock finds them.
"""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from campaigns import cells
from campaigns.actions.writing import lock
from campaigns.models import Correction, FormStep, QuarterlyForm
from projects import locks
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
    record_changes(form)
    activity = line.activity
    before = cells.counts_of(activity)[field]
    if before == value:
        return None
    if cells.is_broken_down(activity, field):
        raise ValidationError({"value": _("The log keeps this number in more detail: correct it there.")})
    locks.refuse(activity, by=by)
    activity.save()
    cells.write_counts(activity, {field: value})
    return _record(
        form, activity, field, (before, value), reason=reason.strip(), by=by, at=now or timezone.now()
    )


def _record(form, activity, field, numbers, *, reason, by, at):
    """Write what stood there and what stands there now, and mark the reports finished before."""
    before, after = ("" if number is None else str(number) for number in numbers)
    made = Correction.objects.create(
        form=form,
        activity=activity,
        field=field,
        before=before,
        after=after,
        reason=reason[:300],
        by=by,
        at=at,
    )
    made.reports.set(reports_that_used(activity).exclude(finished_at__gt=at))
    FormStep.objects.create(
        form=form, verb=FormStep.Verb.CORRECTED, by=by, at=at, note=reason, revision=form.revision
    )
    return made


@transaction.atomic
def record_changes(form):
    """Record the numbers of an accepted form that were changed in the log since it was handed in.

    Return how many. Safe to repeat.
    """
    form = lock(form)
    if form.state != QuarterlyForm.State.ACCEPTED:
        return 0
    snapshot = form.snapshots.order_by("-revision").first()
    if snapshot is None:
        return 0
    said = {line["key"]: dict(line) for line in snapshot.data["lines"]}
    for correction in (
        form.corrections.filter(at__gt=snapshot.taken_at).select_related("activity").order_by("pk")
    ):
        known = said.get(correction.activity.public_id, {})
        known[correction.field] = int(correction.after) if correction.after else None
    recorded = 0
    for line in cells.lines_of(form):
        before = said.get(line.activity.public_id)
        for field, number in cells.counts_of(line.activity).items() if before else ():
            if before.get(field) != number:
                _record_change(form, line.activity, field, (before.get(field), number), snapshot.taken_at)
                recorded += 1
    return recorded


def _record_change(form, activity, field, numbers, submitted_at):
    last = activity.history.select_related("history_user").order_by("-history_date", "-history_id").first()
    at = activity.updated_at
    is_before = at <= form.accepted_at
    _record(
        form,
        activity,
        field,
        numbers,
        reason=_("Changed in the activity log before the form was accepted.")
        if is_before
        else _("Changed in the activity log."),
        by=last.history_user if last else None,
        at=at if at > submitted_at else timezone.now(),  # attendance changes numbers and not the activity
    )


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
