"""The verbs of a duty's life. Each is one transaction, knows who acts, and may be called twice.

What a person must say (a reason, what was done, evidence) raises ValidationError with the field's name.
"""

import re

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from simple_history.utils import bulk_create_with_history

from coalition.obligations import kinds
from coalition.obligations.models import DueChange, Obligation, Reminder
from coalition.records import new_public_id

_LINK = re.compile(r"https?://\S+")


@transaction.atomic
def open_duty(
    *,
    kind,
    organisation,
    title,
    due_on=None,
    not_before=None,
    due_words="",
    role="",
    person=None,
    source_path="",
    source_label="",
    priority="normal",
    by=None,
):
    """Put a duty on the ledger and return it. Without `role`, the kind's own role answers for it."""
    duty = _new(
        kind=kind,
        organisation=organisation,
        title=title,
        due_on=due_on,
        not_before=not_before,
        due_words=due_words,
        role=role,
        person=person,
        source_path=source_path,
        source_label=source_label,
        priority=priority,
        by=by,
    )
    duty.save()
    return duty


@transaction.atomic
def open_duties(rows, *, by=None):
    """Put many duties on the ledger with a constant number of statements; return them in order.

    Each row is a dict with the keyword arguments of `open_duty` (without `by`).
    """
    duties = [_new(**row, by=by) for row in rows]
    for duty in duties:
        duty.public_id = new_public_id()
        duty.fill_columns()
    return bulk_create_with_history(duties, Obligation, default_user=by)


def _new(*, kind, organisation, title, role="", by=None, **fields):
    return Obligation(
        kind=kind,
        organisation=organisation,
        title=title[:500],
        role=role or kinds.get(kind).role,
        created_by=by,
        **fields,
    )


@transaction.atomic
def move(duty, *, due_on, reason, by):
    """Give the duty another due date (None: open); keep the old one, begin the ladder anew."""
    if not reason.strip():
        raise ValidationError({"reason": _("Say why the date moves: it stays in the history.")})
    duty = _locked(duty)
    _expect_open(duty)
    if due_on == duty.due_on:
        return duty
    _shift(duty, due_on, reason, by)
    duty.save()
    return duty


@transaction.atomic
def close(duty, *, by, proof="", proof_file=None):
    """Say that the duty is met. Ask for what the kind asks for; `by` None means the house itself."""
    duty = _locked(duty)
    if duty.state == Obligation.State.DONE:
        return duty
    _expect_open(duty)
    if by is not None:
        check_proof(duty, proof, proof_file)
    duty.needs_confirmation = by is not None and needs_confirmation(duty, by)
    _end(duty, Obligation.State.DONE, by, proof, proof_file)
    return duty


def check_proof(duty, proof, proof_file=None):
    """Raise ValidationError if the kind asks for more than was said."""
    kind = kinds.get(duty.kind)
    if kind.asks_what_was_done and not proof.strip():
        raise ValidationError({"proof": _("Say in a sentence what was done.")})
    if (
        kind.high_needs_evidence
        and duty.priority == Obligation.Priority.HIGH
        and not (proof_file or _LINK.search(proof))
    ):
        raise ValidationError(
            {"proof_file": _("This duty is important: attach a file, or give a link as evidence.")}
        )


def needs_confirmation(duty, by):
    """Say whether somebody else must confirm, because `by` had set the duty for themselves."""
    return kinds.get(duty.kind).self_set_needs_confirmation and duty.created_by_id == by.pk


@transaction.atomic
def confirm(duty, *, by):
    """Confirm that a duty which somebody set and closed for themselves is met."""
    duty = _locked(duty)
    if not duty.needs_confirmation:
        return duty
    if not by.is_secretariat or by.pk == duty.closed_by_id:
        raise ValidationError(_("Somebody else of the secretariat confirms this."))
    duty.needs_confirmation, duty.confirmed_by = False, by
    duty.save()
    return duty


@transaction.atomic
def reopen(duty, *, by, due_on, reason, kind=""):
    """Owe it again, with a due date of its own: a returned form, a proof that was none.

    `kind` names what it is now, if that is another kind of duty than before.
    """
    if not reason.strip():
        raise ValidationError({"reason": _("Say why it is owed again.")})
    duty = _locked(duty)
    if duty.state == Obligation.State.OPEN:
        return duty
    duty.state, duty.closed_at, duty.closed_by = Obligation.State.OPEN, None, None
    duty.needs_confirmation, duty.confirmed_by, duty.proof_file = False, None, None
    duty.paused_until, duty.pause_reason = None, ""
    duty.kind = kind or duty.kind
    _shift(duty, due_on, reason, by)
    duty.save()
    return duty


@transaction.atomic
def excuse(duty, *, by, reason):
    """Let the organisation off; the reason stays with the duty."""
    return _drop(duty, Obligation.State.EXCUSED, by, reason)


@transaction.atomic
def cancel(duty, *, by, reason):
    """Take the duty back: it was opened by mistake or what it served is off."""
    return _drop(duty, Obligation.State.CANCELLED, by, reason)


@transaction.atomic
def pause(duty, *, by, until, reason):
    """Send no reminders before `until`; the duty stays owed. `until` None lets reminders go on."""
    if until is not None and not reason.strip():
        raise ValidationError({"reason": _("Say why no reminders should go out.")})
    duty = _locked(duty)
    duty.paused_until, duty.pause_reason = until, reason.strip()[:300] if until else ""
    duty.save()
    if until is not None:
        _forget_reminders([duty.pk], gettext_noop("Reminders were paused."))
    return duty


@transaction.atomic
def reassign(duty, *, by, person=None, role=""):
    """Let a named person answer for the duty, or (person None) again whoever holds the role."""
    duty = _locked(duty)
    if person == duty.person and role in ("", duty.role):
        return duty
    duty.person, duty.role = person, role or duty.role
    duty.save()
    _forget_reminders([duty.pk], gettext_noop("Somebody else answers for it now."))
    return duty


@transaction.atomic
def follow_merger(*, organisation, into, by):
    """Let `into` owe what is open of an organisation that is now part of it.

    Its people have moved there already, so reminders that wait still reach those who answer.
    """
    for duty in Obligation.objects.open().filter(organisation=organisation).select_for_update():
        duty.organisation = into
        duty.save()


@transaction.atomic
def hand_over(*, organisation, leaver, by):
    """Give every open duty named to `leaver` back to its role; return all open duties of the organisation.

    Duties owed by a role need no move: they follow whoever holds it.
    """
    for duty in Obligation.objects.open().filter(organisation=organisation, person=leaver):
        reassign(duty, by=by, person=None)
    return Obligation.objects.open().filter(organisation=organisation).for_list()


def _locked(duty):
    """Return the duty as it stands now, locked until the end of the transaction."""
    return Obligation.everything.select_for_update(of=("self",)).get(pk=duty.pk)


def _expect_open(duty):
    if duty.state != Obligation.State.OPEN:
        raise ValidationError(_("This duty is no longer open."))


def _shift(duty, due_on, reason, by):
    DueChange.objects.create(
        obligation=duty, old_due_on=duty.due_on, new_due_on=due_on, reason=reason.strip()[:300], by=by
    )
    duty.due_on = due_on
    duty.due_version += 1
    _forget_reminders([duty.pk], gettext_noop("The due date moved."))


def _drop(duty, state, by, reason):
    if not reason.strip():
        raise ValidationError({"reason": _("Say why.")})
    duty = _locked(duty)
    if duty.state == state:
        return duty
    _expect_open(duty)
    _end(duty, state, by, reason)
    return duty


def _end(duty, state, by, words, proof_file=None):
    duty.state, duty.closed_at, duty.closed_by = state, timezone.now(), by
    duty.proof = words.strip()
    if proof_file is not None:
        duty.proof_file = proof_file
    duty.save()
    _forget_reminders([duty.pk], gettext_noop("The duty is met or no longer owed."))


def _forget_reminders(duties, reason):
    """Cancel reminders that were planned and not sent; delivery takes them out of the mail they are in."""
    Reminder.objects.filter(obligation__in=duties, state=Reminder.State.PLANNED).update(
        state=Reminder.State.CANCELLED, reason=reason
    )
