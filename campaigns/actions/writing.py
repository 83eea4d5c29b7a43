"""Saves what people type into a draft: field by field, so that two colleagues never overwrite each other."""

from django.db import transaction

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


def lock_open(form):
    """Return the form as it stands now, locked; raise Conflict if it was handed in meanwhile."""
    form = lock(form)
    if not form.is_open:
        raise Conflict(form, form)
    return form


def start(form, *, by):
    """Turn an untouched form into a draft; the caller saves it."""
    if form.state == QuarterlyForm.State.NOT_STARTED:
        form.state = QuarterlyForm.State.DRAFT
        FormStep.objects.create(form=form, verb=FormStep.Verb.STARTED, by=by)


@transaction.atomic
def save_answers(form, *, typed, base_version, by, has_nothing=None, client_uuid=None, merge=True):
    """Save answers typed by somebody who read version `base_version`; return the saved form.

    `typed` maps question codes to texts. What somebody else saved since and this person did not touch
    stays theirs (without `merge` that is a conflict too: the open page would not show it); where both
    changed the same field, nothing is saved and FieldConflict says which. A replay changes nothing, and
    what the same open page (`client_uuid`) wrote is never somebody else's.
    """
    form = lock_open(form)
    questions = {question.code: question for question in form.round.questions.all()}
    now = {answer.question.code: answer for answer in form.answers.select_related("question")}
    base = _base_of(form, base_version)
    conflicts, changes = [], {}
    for code, mine in typed.items():
        if code not in questions:
            continue
        theirs = now[code].text if code in now else ""
        is_ours = base is None or (code in now and client_uuid and now[code].client_uuid == client_uuid)
        before = theirs if is_ours else base.get(code, "")
        if mine == theirs:
            continue
        if theirs != before and (mine != before or not merge):
            conflicts.append((f"answer-{code}", questions[code].label, theirs, mine))
        elif mine != before:
            changes[code] = mine
    if conflicts:
        raise FieldConflict(form, conflicts)
    nothing_changes = has_nothing is not None and _nothing_changes(form, has_nothing, base_version)
    if changes or nothing_changes:
        if nothing_changes:
            form.has_nothing = has_nothing
        start(form, by=by)
        form.save()
        for code, text in changes.items():
            answer = now.get(code) or Answer(form=form, question=questions[code])
            answer.text, answer.form_version, answer.client_uuid = text, form.version, client_uuid
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


def text_as_of(form, code, version):
    """Return the answer to question `code` as it stood in `version` of the form."""
    rows = Answer.history.filter(form_id=form.pk, question__code=code, form_version__lte=version or 0)
    row = rows.order_by("-form_version", "-history_id").first()
    return row.text if row else ""


def _nothing_changes(form, mine, version):
    """Say whether the tick was set or taken away by this person, not by somebody else since `version`."""
    if mine == form.has_nothing:
        return False
    if not version or version >= form.version:
        return True
    read = form.history.filter(version=version).order_by("-history_id").first()
    return mine != (read.has_nothing if read else False)
