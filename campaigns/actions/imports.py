"""Takes over a workbook: keeps the upload with what was read, and writes it once it is confirmed."""

import hashlib
import secrets

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from campaigns.actions import many_lines as lines
from campaigns.actions.writing import lock, lock_open, save_answers, start
from campaigns.models import FormImport, FormStep
from campaigns.workbook import comparing, guarding, reading
from coalition import text
from coalition.records import Conflict


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
    mistakes = taken.mistakes or comparing.plan(taken.form, taken.read).mistakes
    return guarding.mark(taken.workbook.path, [each for each in mistakes if each["cell"]])


@transaction.atomic
def apply_import(taken, *, by, version, keep=()):
    """Write what the preview showed. Raises Conflict if the draft is no longer `version`, the one it showed.

    `keep` names cells changed on both sides that stay as they are on the portal.
    """
    form = lock(taken.form)
    taken = FormImport.objects.select_for_update().get(pk=taken.pk)
    if taken.state == FormImport.State.APPLIED:
        return form
    if form.version != version or taken.state != FormImport.State.READY:
        raise Conflict(form, form)
    plan = comparing.plan(form, taken.read, keep)
    if plan.mistakes:
        raise Conflict(form, form)
    form = write_plan(form, plan, by=by)
    taken.state, taken.applied_at = FormImport.State.APPLIED, timezone.now()
    taken.save()
    return form


@transaction.atomic
def write_plan(form, plan, *, by):
    """Write new, changed and returning lines and the answers of a plan without mistakes; return the form.

    The number of statements does not grow with the lines.
    """
    form = lock_open(form)
    if plan.mistakes:
        raise ValueError("A plan with mistakes is not written.")
    if not plan.changes_something:
        return form
    lines.create(form, plan.of_kind(comparing.NEW), by)
    lines.change(form, [*plan.changed, *plan.of_kind(comparing.BACK)], by)
    if plan.answer_texts:
        form = save_answers(form, typed=plan.answer_texts, base_version=form.version, by=by)
    if any(entry.row["part"] == "done" for entry in [*plan.new, *plan.changed]):
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
