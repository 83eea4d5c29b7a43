"""Takes over a workbook: keeps the upload with what was read, and writes it once it is confirmed."""

import hashlib
import secrets

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from simple_history.utils import bulk_create_with_history

from campaigns import cells
from campaigns.actions.writing import lock, lock_open, save_answers, start
from campaigns.models import FormImport, FormLine, FormStep
from campaigns.workbook import comparing, guarding, reading
from coalition import text
from coalition.records import Conflict, new_public_id
from projects.models import Activity, Participation


@transaction.atomic
def take_in(form, *, content, name, by, encoding=""):
    """Keep an upload (bytes that passed the checks) with what was read and what is wrong; write nothing else.

    The same file for the same draft is one import. Raises Refused where the file cannot be read.
    """
    read = reading.read_content(form, content, encoding=encoding)
    mistakes = read.mistakes or comparing.plan(form, read.as_data()).mistakes
    fields = {
        "state": FormImport.State.WRONG if mistakes else FormImport.State.READY,
        "read": read.as_data(),
        "mistakes": mistakes,
        "base_revision": read.form_version,
    }
    made, is_new = FormImport.objects.update_or_create(
        form=form,
        sha256=hashlib.sha256(content).hexdigest(),
        form_version=form.version,
        by=by,
        defaults=fields,
        create_defaults={**fields, "original_name": text.clean(name)[:120]},
    )
    if is_new:
        made.workbook.save(f"{secrets.token_hex(16)}.xlsx", ContentFile(content))
    return made


def marked(taken):
    """Return the uploaded workbook with its wrong cells in red and a comment on each."""
    return guarding.mark(taken.workbook.path, [each for each in taken.mistakes if each["cell"]])


@transaction.atomic
def apply_import(taken, *, by, version):
    """Write what the preview showed. Raises Conflict if the draft is no longer `version`, the one it showed."""
    form = lock(taken.form)
    taken = FormImport.objects.select_for_update().get(pk=taken.pk)
    if taken.state == FormImport.State.APPLIED:
        return form
    if form.version != version or taken.state != FormImport.State.READY:
        raise Conflict(form, form)
    plan = comparing.plan(form, taken.read)
    if plan.mistakes:
        raise Conflict(form, form)
    form = write_plan(form, plan, by=by)
    taken.state, taken.applied_at = FormImport.State.APPLIED, timezone.now()
    taken.save()
    return form


@transaction.atomic
def write_plan(form, plan, *, by):
    """Write new, changed and returning lines and the answers of a plan without mistakes; return the form."""
    form = lock_open(form)
    if plan.mistakes:
        raise ValueError("A plan with mistakes is not written.")
    if not plan.changes_something:
        return form
    period = form.round.period
    provinces = cells.provinces_on(period.starts_on, period.next().ends_on)
    _create(form, plan.of_kind(comparing.NEW), provinces, by)
    for entry in [*plan.changed, *plan.of_kind(comparing.BACK)]:
        _change(form, entry, provinces)
    if plan.answers:
        form = save_answers(
            form,
            typed={code: mine for code, _label, mine, _draft, _before in plan.answers},
            base_version=form.version,
            by=by,
        )
    if any(entry.kind != comparing.SAME and entry.row["part"] == "done" for entry in plan.entries):
        form.has_nothing = False
    start(form, by=by)
    form.save()
    note = _("%(new)s new, %(changed)s changed, %(answers)s answers") % {
        "new": len(plan.new),
        "changed": len(plan.changed),
        "answers": len(plan.answers),
    }
    FormStep.objects.create(form=form, verb=FormStep.Verb.IMPORTED, by=by, note=note, revision=form.revision)
    return form


def _create(form, entries, provinces, by):
    """Write new activities, their counts, their lines and their place in the edition: a row each, a statement each."""
    states = {"done": Activity.State.HELD, "plan": Activity.State.PLANNED}
    activities, keys = [], set()
    rows = []
    for entry in entries:
        key = comparing.external_key(form, entry.row)
        if key in keys:
            continue
        keys.add(key)
        activity = Activity(
            lead=form.organisation,
            state=states[entry.row["part"]],
            external_key=key,
            created_by=by,
            public_id=new_public_id(),
        )
        cells.fill_activity(activity, entry.row["values"], provinces)
        activity.fill_columns()
        activities.append(activity)
        rows.append(entry.row)
    bulk_create_with_history(activities, Activity, default_user=by)
    Participation.objects.bulk_create(
        count
        for activity, row in zip(activities, rows, strict=True)
        for count in cells.count_rows(activity, row["values"])
    )
    first = form.lines.count() + 1
    FormLine.objects.bulk_create(
        FormLine(
            form=form,
            activity=activity,
            part=row["part"],
            order=order,
            logo_used=row["values"].get("logo_used"),
            links=row["values"].get("links") or "",
        )
        for order, (activity, row) in enumerate(zip(activities, rows, strict=True), start=first)
    )
    through = form.round.edition.activities.through
    through.objects.bulk_create(
        (through(edition_id=form.round.edition_id, activity=activity) for activity in activities),
        ignore_conflicts=True,
    )


def _change(form, entry, provinces):
    """Write the changed cells of one line; a row that had been taken out comes back as a line."""
    values = {code: entry.row["values"][code] for code in entry.codes}
    line = entry.line
    if line is None:
        line = FormLine(
            form=form, activity=entry.activity, part=entry.row["part"], order=form.lines.count() + 1
        )
        form.round.edition.activities.add(entry.activity)
    if cells.fill_activity(entry.activity, values, provinces):
        entry.activity.save()
    cells.write_counts(entry.activity, {code: values[code] for code in cells.COUNTS if code in values})
    line.logo_used = values.get("logo_used", line.logo_used)
    line.links = values.get("links", line.links) or ""
    line.save()
