"""Saves what people type into a draft: field by field, so that two colleagues never overwrite each other."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from campaigns.models import Answer, FormStep, QuarterlyForm
from coalition.records import Conflict


class FieldConflict(Conflict):
    """Two people changed the same answers; `fields` holds (name, label, theirs, mine) for each of them."""

    def __init__(self, form, fields):
        super().__init__(form, form, [(label, theirs, mine) for _name, label, theirs, mine in fields])
        self.fields = fields


def lock(form):
    """Return the form as it stands now, locked until the end of the transaction."""
    found = QuarterlyForm.objects.select_for_update(of=("self",)).select_related(
        "round__campaign", "round__edition", "organisation", "obligation"
    )
    return found.get(pk=form.pk)


def require_open(form):
    if not form.is_open:
        raise PermissionDenied


def start(form, *, by):
    """Turn an untouched form into a draft; the caller saves it."""
    if form.state == QuarterlyForm.State.NOT_STARTED:
        form.state = QuarterlyForm.State.DRAFT
        FormStep.objects.create(form=form, verb=FormStep.Verb.STARTED, by=by)


@transaction.atomic
def save_answers(form, *, typed, base_version, by, has_nothing=None):
    """Save answers typed by somebody who read version `base_version`; return the saved form.

    `typed` maps question codes to texts. What somebody else saved since and this person did not touch
    stays theirs; where both changed the same field, nothing is saved and FieldConflict says which.
    A replay changes nothing.
    """
    form = lock(form)
    require_open(form)
    questions = {question.code: question for question in form.round.questions.all()}
    now = {answer.question.code: answer for answer in form.answers.select_related("question")}
    base = _base_of(form, base_version)
    conflicts, changes = [], {}
    for code, mine in typed.items():
        if code not in questions:
            continue
        theirs = now[code].text if code in now else ""
        before = theirs if base is None else base.get(code, "")
        if mine in (theirs, before):
            continue
        if theirs != before:
            conflicts.append((f"answer-{code}", questions[code].label, theirs, mine))
        changes[code] = mine
    nothing_changes = has_nothing is not None and _nothing_changes(form, has_nothing, base_version, conflicts)
    if conflicts:
        raise FieldConflict(form, conflicts)
    if changes or nothing_changes:
        if nothing_changes:
            form.has_nothing = has_nothing
        start(form, by=by)
        form.save()
        for code, text in changes.items():
            answer = now.get(code) or Answer(form=form, question=questions[code])
            answer.text, answer.form_version = text, form.version
            answer.save()
    return form


def _base_of(form, version):
    """Return {code: text} as it stood in `version`, or None if that is the present one."""
    if not version or version >= form.version:
        return None
    rows = Answer.history.filter(form_id=form.pk, form_version__lte=version).order_by(
        "form_version", "history_id"
    )
    return {row.question.code: row.text for row in rows.select_related("question")}


def _nothing_changes(form, mine, version, conflicts):
    if mine == form.has_nothing:
        return False
    if version and version < form.version:
        read = form.history.filter(version=version).order_by("-history_id").first()
        before = read.has_nothing if read else False
        if mine == before:
            return False
        if form.has_nothing != before:
            conflicts.append(
                (
                    "has_nothing",
                    _("No activities this quarter"),
                    _("yes") if form.has_nothing else _("no"),
                    _("yes") if mine else _("no"),
                )
            )
    return True
