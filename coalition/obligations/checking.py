"""Looks at a mail once more before it leaves: what is met, moved, paused or another's by now is taken out."""

import datetime as dt

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_noop as _  # reasons are kept in English and shown translated

from coalition.members.models import Membership
from coalition.obligations import digest, recipients
from coalition.obligations.models import Obligation, Reminder, ReminderRule


@transaction.atomic
def recheck(message, now):
    """Take out of the mail what no longer holds; return "" if something is left, else why nothing is."""
    planned = list(
        message.reminders.filter(state=Reminder.State.PLANNED).select_related("obligation", "rule")
    )
    day, today = _written_for(message), timezone.localdate(now)
    # A day named by hand (a rehearsal) is kept; a mail that was held up speaks of the day on which it leaves.
    speaks_of = today if day == timezone.localdate(message.created_at) else day
    gone = {}
    for reminder, reason in _no_longer(planned, message.recipient, max(speaks_of, today)):
        gone.setdefault(reason, []).append(reminder.pk)
    for reason, reminders in gone.items():
        Reminder.objects.filter(pk__in=reminders).update(state=Reminder.State.CANCELLED, reason=reason)
    message.carried = {reminder.pk for reminder in planned} - {pk for pks in gone.values() for pk in pks}
    if not message.carried:
        return next(iter(gone), "") or _first_reason(message)
    if speaks_of != day or gone or message.reminders.filter(state=Reminder.State.CANCELLED).exists():
        digest.fill([message], speaks_of)
        message.save(update_fields=digest.WRITTEN)
    return ""


def sent(message):
    """Write down that what this mail carried when it was last checked has been told, whatever happened since."""
    message.reminders.filter(pk__in=message.carried).update(state=Reminder.State.SENT)


def _written_for(message):
    """Return the day whose words the mail says ("3 days left"): a digest has it in its key."""
    if message.kind == digest.KIND:
        return dt.date.fromisoformat(message.dedupe_key.rpartition(":")[2])
    return timezone.localdate(message.created_at)


def _first_reason(message):
    return message.reminders.values_list("reason", flat=True).first() or _(
        "Nothing in it is owed any longer."
    )


def _no_longer(reminders, person, today):
    """Yield (reminder, why it no longer holds) for those that do not."""
    asked = {audience: [] for audience in ReminderRule.Audience.values}
    for reminder in reminders:
        asked[_audience(reminder)].append(reminder.obligation)
    people = {
        audience: recipients.of_duties(duties, today, audience)
        for audience, duties in asked.items()
        if duties
    }
    is_here = (
        person.is_active
        and Membership.objects.in_force(today).filter(user=person).values("organisation")[:1].exists()
    )
    for reminder in reminders:
        reason = _why_not(reminder.obligation, reminder.due_version, today)
        if not reason and not is_here:
            reason = _("The person has left.")
        elif not reason and person not in people[_audience(reminder)][reminder.obligation_id]:
            reason = _("Somebody else answers for it now.")
        if reason:
            yield reminder, reason


def _audience(reminder):
    return reminder.rule.audience if reminder.rule else ReminderRule.Audience.ROLE


def _why_not(duty, due_version, today):
    if duty.state != Obligation.State.OPEN or duty.archived_at:
        return _("The duty is met or no longer owed.")
    if duty.due_version != due_version:
        return _("The due date moved.")
    if duty.paused_until and duty.paused_until > today:
        return _("Reminders were paused.")
    return ""
