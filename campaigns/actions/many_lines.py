"""Writes many lines of a form at once, as a workbook brings them: a fixed number of statements for any number."""

from django.db.models import Q
from django.utils import timezone
from simple_history.utils import bulk_create_with_history, bulk_update_with_history

from campaigns import cells
from campaigns.actions.lines import write_lines
from campaigns.models import FormLine
from campaigns.workbook import comparing
from coalition.records import Conflict, new_public_id
from projects import earlier_counts
from projects.models import Activity, Participation

AT_ONCE = 1000  # rows in one UPDATE
STATES = {"done": Activity.State.HELD, "plan": Activity.State.PLANNED}


def create(form, entries, by):
    """Write new activities, their counts, their lines and their place in the edition."""
    provinces = _provinces(form)
    activities = []
    for entry in entries:
        activity = Activity(
            lead=form.organisation,
            state=STATES[entry.row["part"]],
            external_key=comparing.external_key(form, entry.row),
            created_by=by,
            public_id=new_public_id(),
        )
        cells.fill_activity(activity, entry.row["values"], provinces)
        activity.fill_columns()
        activities.append(activity)
    bulk_create_with_history(activities, Activity, default_user=by)
    rows = [entry.row for entry in entries]
    Participation.objects.bulk_create(
        count
        for activity, row in zip(activities, rows, strict=True)
        for count in cells.count_rows(activity, row["values"])
    )
    write_lines(form, _lines(form, zip(activities, rows, strict=True)))


def change(form, entries, by):
    """Write the changed cells of known activities; one that had been taken out of the form comes back into it.

    Raises Conflict if somebody saved one of the activities since they were compared.
    """
    if not entries:
        return
    read = {entry.activity.pk: entry.activity.version for entry in entries}
    now = Activity.everything.select_for_update().filter(pk__in=read).order_by("pk")
    if dict(now.values_list("pk", "version")) != read:
        raise Conflict(form, form)
    provinces, fields, changed = _provinces(form), set(), []
    for entry in entries:
        activity = entry.activity
        if entry.codes:
            fields.update(cells.fill_activity(activity, _changed_values(entry), provinces))
            activity.version += 1
            activity.updated_at = timezone.now()
            activity.fill_columns()
            changed.append(activity)
    stored = [*fields, "version", "updated_at", "search", "sort_key"]
    bulk_update_with_history(changed, Activity, stored, batch_size=AT_ONCE, default_user=by)
    _write_counts(entries)
    _write_own_cells(entries)
    write_lines(form, _lines(form, [(each.activity, each.row) for each in entries if each.line is None]))


def _provinces(form):
    return cells.provinces_on(form.round.period.starts_on, form.round.period.next().ends_on)


def _changed_values(entry):
    return {code: entry.row["values"][code] for code in entry.codes}


def _write_counts(entries):
    """Replace the counts that the workbook changed: none of them is kept in finer detail."""
    gone, made = Q(), []
    for code in cells.COUNTS:
        changed = [entry for entry in entries if code in entry.codes]
        if changed:
            gone |= Q(activity__in=[entry.activity.pk for entry in changed], **cells.count_key(code))
            for entry in changed:
                made += cells.count_rows(entry.activity, {code: entry.row["values"][code]})
    if not gone:
        return
    touched = {entry.activity.pk: entry.activity for entry in entries if entry.codes}
    with earlier_counts.kept(touched.values(), is_saved=True):
        Participation.objects.filter(gone, organisation=None, is_named=False).delete()
        Participation.objects.bulk_create(made)


def _write_own_cells(entries):
    """Write what a line itself holds: whether the logo was used, and links."""
    lines = []
    for entry in entries:
        if entry.line is not None and not set(cells.ON_LINE).isdisjoint(entry.codes):
            values = _changed_values(entry)
            entry.line.logo_used = values.get("logo_used", entry.line.logo_used)
            entry.line.links = values.get("links", entry.line.links) or ""
            lines.append(entry.line)
    FormLine.objects.bulk_update(lines, cells.ON_LINE, batch_size=AT_ONCE)


def _lines(form, activities_and_rows):
    """Return the unsaved lines of the form that hold these (activity, row)."""
    return [
        FormLine(
            form=form,
            activity=activity,
            part=row["part"],
            logo_used=row["values"].get("logo_used"),
            links=row["values"].get("links") or "",
        )
        for activity, row in activities_and_rows
    ]
