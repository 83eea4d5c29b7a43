"""The steps of a form between the two sides: submit, return, accept, reopen. Each side has its clock."""

import datetime as dt

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from campaigns import cells, missing, notices, photos, snapshots
from campaigns.actions import corrections
from campaigns.actions.writing import lock
from campaigns.models import CellNote, FormStep, QuarterlyForm
from coalition.dates import add_working_days
from coalition.members import roles
from coalition.members.models import Organisation
from coalition.obligations import actions as duties
from coalition.obligations.models import Obligation
from coalition.records import Conflict
from coalition.reference.models import CalendarDay
from projects.models import Activity

State, Verb = QuarterlyForm.State, FormStep.Verb
DAYS_TO_REVIEW, DAYS_TO_CORRECT = 5, 5  # working days


class NotReady(Exception):
    """The form cannot be submitted yet; `missing` says what is missing, cell by cell."""

    def __init__(self, missing):
        super().__init__(f"{len(missing)} things are missing")
        self.missing = missing


@transaction.atomic
def submit(form, *, by, now=None, version=None):
    """Hand the form in: freeze it, close the member's duty, start the coordinator's clock."""
    now = now or timezone.now()
    form = lock(form)
    if form.state == State.SUBMITTED:
        return form
    if not form.is_open:
        raise PermissionDenied
    if version and version != form.version:
        raise Conflict(form, form)
    _require_complete(form)
    form.state, form.submitted_at, form.submitted_by = State.SUBMITTED, now, by
    form.first_submitted_at = form.first_submitted_at or now
    form.revision += 1
    form.confirmed_at, form.confirmed_by = (now, by) if _answers_for_itself(form, by) else (None, None)
    form.review = _open_review(form, by, timezone.localtime(now).date())
    form.save()
    snapshots.take(form, by=by, at=now)
    _close(form.obligation, _("Submitted."))
    _step(form, Verb.SUBMITTED, by, now)
    notices.submitted(form)
    if form.waits_for_confirmation:
        notices.ask_to_confirm(form)
    return form


def _answers_for_itself(form, by):
    """Say whether the organisation hands in a form that was typed in for it earlier: nobody need confirm it."""
    return bool(form.on_behalf_by_id and by and form.answering_id in by.filing_organisation_ids)


def _require_complete(form):
    lines = list(cells.lines_of(form))
    answers = dict(form.answers.values_list("question__code", "text"))
    questions = form.round.questions.order_by("order", "pk")
    found = missing.find(form, lines, questions, answers, photos.of(form))
    if found:
        raise NotReady(found)


def _open_review(form, by, today):
    """Open the secretariat's duty to look at the form, or open it again."""
    due_on = add_working_days(today, DAYS_TO_REVIEW, CalendarDay.objects.overrides())
    if form.review_id:
        return duties.reopen(form.review, by=by, due_on=due_on, reason=_("The form was submitted again."))
    secretariat = Organisation.objects.filter(is_secretariat=True).order_by("pk").first()
    if secretariat is None:
        return None
    with translation.override("vi"):
        title = _("Review the form of %(organisation)s, %(quarter)s") % {
            "organisation": form.organisation.short_name or form.organisation.name_vi,
            "quarter": form.round.period.label("vi"),
        }
    return duties.open_duty(
        kind="form_review",
        organisation=secretariat,
        role=roles.COORDINATOR,
        title=title,
        due_on=due_on,
        source_path=form.get_absolute_url(),
        source_label=form.round.campaign.title_vi,
        by=by,
    )


@transaction.atomic
def return_form(form, *, by, notes, today, due_on=None, words="", now=None, revision=None):
    """Send the form back with notes on exact cells: [(cell, text)]. The member's duty starts anew.

    A cell is named "answer-CODE" or "line-ID-FIELD". Raises ValidationError when nothing says what to
    change, or a cell is not of this form; Conflict when it is not `revision` any more, the one that was read.
    """
    now = now or timezone.now()
    form = lock(form)
    if form.state == State.RETURNED:
        return form
    _require_submitted(form, revision)
    if not notes and not words.strip():
        raise ValidationError(_("Say what should be changed: a note on a cell, or a sentence."))
    CellNote.objects.bulk_create(_cell_notes(form, notes, by, now))
    due_on = due_on or add_working_days(today, DAYS_TO_CORRECT, CalendarDay.objects.overrides())
    form.state = State.RETURNED
    form.save()
    reason = words.strip() or _("The form was returned for changes.")
    duties.reopen(form.obligation, by=by, due_on=due_on, reason=reason[:300], kind="form_returned")
    _close(form.review, _("Returned."))
    _step(form, Verb.RETURNED, by, now, note=words.strip())
    notices.returned(form, due_on, words.strip())
    return form


def _cell_notes(form, notes, by, now):
    questions = {question.code: question for question in form.round.questions.all()}
    lines = {line.public_id: line for line in form.lines.all()}
    made = []
    for cell, text in dict(notes).items():
        kind, _dash, rest = cell.partition("-")
        note = CellNote(form=form, revision=form.revision, text=text.strip(), by=by, at=now)
        if kind == "answer" and rest in questions:
            note.question = questions[rest]
        elif kind == "line" and rest.partition("-")[0] in lines and rest.partition("-")[2] in cells.BY_CODE:
            note.line, note.field = lines[rest.partition("-")[0]], rest.partition("-")[2]
        else:
            raise ValidationError(_("A note is on a cell that this form does not have."))
        if note.text:
            made.append(note)
    return made


@transaction.atomic
def accept(form, *, by, now=None, revision=None):
    """Accept what was submitted: the activities become the coalition's to read, the review is done.

    Raises Conflict when it is not `revision` any more, the submission that was read.
    """
    now = now or timezone.now()
    form = lock(form)
    if form.state == State.ACCEPTED:
        return form
    _require_submitted(form, revision)
    form.state, form.accepted_at = State.ACCEPTED, now
    form.save()
    corrections.record_changes(form)  # what the log says by now is what is accepted, and differs visibly
    _share(form, by, now)
    _close(form.review, _("Accepted."))
    _step(form, Verb.ACCEPTED, by, now)
    notices.accepted(form)
    return form


def accept_many(forms, *, by, now=None):
    """Accept those of the forms that wait for it, each in its own transaction; return how many.

    What was returned, or handed in anew, since the forms were read is left for another look.
    """
    accepted = 0
    for form in forms:
        if form.state != State.SUBMITTED:
            continue
        try:
            accept(form, by=by, now=now, revision=form.revision)
        except (Conflict, PermissionDenied):
            continue
        accepted += 1
    return accepted


def _require_submitted(form, revision):
    if form.state != State.SUBMITTED:
        raise PermissionDenied
    if revision and revision != form.revision:
        raise Conflict(form, form)


def _share(form, by, now):
    """Open the form's activities to all members, with a new version and a row of history each."""
    hidden = Activity.objects.filter(form_lines__form=form, is_shared=False)
    found = list(hidden.values_list("pk", flat=True))
    Activity.objects.filter(pk__in=found).update(is_shared=True, version=F("version") + 1, updated_at=now)
    Activity.history.bulk_history_create(
        list(Activity.objects.filter(pk__in=found)), update=True, default_user=by
    )


@transaction.atomic
def reopen(form, *, by, reason, today, due_on=None, now=None):
    """Open an accepted form again, for a reason that both sides can read."""
    if not reason.strip():
        raise ValidationError({"reason": _("Say why the form is opened again.")})
    form = lock(form)
    if form.is_open:
        return form
    due_on = due_on or add_working_days(today, DAYS_TO_CORRECT, CalendarDay.objects.overrides())
    if form.state == State.SUBMITTED:
        _close(form.review, _("Reopened."))
    form.state, form.accepted_at = State.DRAFT, None
    form.save()
    duties.reopen(form.obligation, by=by, due_on=due_on, reason=reason.strip()[:300], kind="form_returned")
    _step(form, Verb.REOPENED, by, now, note=reason.strip())
    notices.reopened(form, due_on, reason.strip())
    return form


def _close(duty, words):
    """Close a duty of one side; one that was let off or taken back meanwhile stays as it is."""
    if duty is not None and duty.state == Obligation.State.OPEN:
        duties.close(duty, by=None, proof=words)


def _step(form, verb, by, at: dt.datetime | None = None, note=""):
    return FormStep.objects.create(
        form=form, verb=verb, by=by, at=at or timezone.now(), note=note, revision=form.revision
    )
