"""Lines of a form: a line is an activity of the log, tagged with the round's edition."""

from django.db import transaction

from campaigns import cells
from campaigns.actions.writing import lock_open, start
from campaigns.models import FormLine, QuarterlyForm
from coalition.dates import Quarter
from projects import locks
from projects.models import Activity


def offer(form):
    """Return the organisation's activities of the quarter that no line holds yet."""
    period = form.round.period
    return (
        Activity.objects.filter(lead=form.organisation_id, state=Activity.State.HELD)
        .in_period(period.starts_on, period.ends_on)
        .exclude(form_lines__form=form)
        .select_related("province")
        .order_by("starts_on", "pk")
    )


@transaction.atomic
def tag(edition, activity, *, by):
    """Say that the activity belongs to the edition; an open form of its quarter takes it as a line."""
    edition.activities.add(activity)
    quarter = Quarter.of(activity.starts_on)
    form = (
        QuarterlyForm.objects.open()
        .filter(
            round__edition=edition,
            round__year=quarter.year,
            round__quarter=quarter.number,
            organisation=activity.lead_id,
        )
        .first()
    )
    return add_line(form, activity, by=by) if form else None


@transaction.atomic
def untag(edition, activity, *, by):
    """Take the activity out of the edition and out of forms that are still open; it stays in the log."""
    edition.activities.remove(activity)
    lines = FormLine.objects.filter(
        activity=activity, form__round__edition=edition, form__state__in=QuarterlyForm.OPEN
    ).select_related("form")
    for line in lines:
        remove_line(line, by=by)


@transaction.atomic
def add_line(form, activity, *, by, part=FormLine.Part.DONE):
    """Take an activity of the organisation into its form; twice makes one line."""
    form = lock_open(form)
    line, is_new = FormLine.objects.get_or_create(
        form=form, activity=activity, defaults={"part": part, "order": form.lines.count() + 1}
    )
    if is_new:
        form.round.edition.activities.add(activity)
        start(form, by=by)
        form.save()
    return line


@transaction.atomic
def add_lines(form, activities, *, by):
    """Take many activities of the log into the form at once; those that it holds already stay as they are.

    The number of statements does not grow with them. Return how many lines are new.
    """
    form = lock_open(form)
    held = set(form.lines.values_list("activity", flat=True))
    new = [activity for activity in activities if activity.pk not in held]
    if new:
        write_lines(form, [FormLine(form=form, activity=activity) for activity in new])
        start(form, by=by)
        form.save()
    return len(new)


def write_lines(form, lines):
    """Write unsaved lines after those that the form holds, and tag their activities with the edition."""
    for order, line in enumerate(lines, start=form.lines.count() + 1):
        line.order = order
    FormLine.objects.bulk_create(lines)
    through = form.round.edition.activities.through
    through.objects.bulk_create(
        [through(edition_id=form.round.edition_id, activity_id=line.activity_id) for line in lines],
        ignore_conflicts=True,
    )


@transaction.atomic
def remove_line(line, *, by):
    """Take a line out of the form. The activity stays in the log and is offered again."""
    form = lock_open(line.form)
    deleted, _rows = FormLine.objects.filter(pk=line.pk, form=form).delete()
    if deleted:
        form.round.edition.activities.remove(line.activity_id)
        form.has_nothing = form.has_nothing and not form.lines.exists()
        form.save()
    return form


@transaction.atomic
def save_line(form, *, activity, line, values, part, by):
    """Write the line's activity (saved by its own form), its counts and what the line itself holds.

    `values` holds plain values of counts, `logo_used` and `links`; counts kept in the log in finer
    detail are left alone by leaving them out.
    """
    form = lock_open(form)
    locks.refuse(activity, by=by)
    if line is None:
        line = add_line(form, activity, by=by, part=part)
        form = lock_open(form)
    cells.write_counts(activity, {code: values[code] for code in cells.COUNTS if code in values})
    line.logo_used = values.get("logo_used", line.logo_used)
    line.links = values.get("links", line.links) or ""
    line.save()
    start(form, by=by)
    form.save()
    return line
