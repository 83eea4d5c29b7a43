"""Nudging by hand: a kind word at once to those who still owe, and a memory of who was nudged when."""

from collections import defaultdict

from django.db import transaction

from coalition.notifications.models import Message
from coalition.obligations import digest, quiet, recipients
from coalition.obligations.models import Reminder

KIND = "nudge"
AT_ONCE = 500  # duties in one nudge


def preview(duties, today):
    """Return rows (duty, people it would reach, who was nudged last, when and by whom) for duties still owed."""
    owed = list(duties.open().for_list()[:AT_ONCE])
    told = recipients.of_duties(owed, today)
    nudged = Reminder.objects.filter(obligation__in=owed, rule=None).exclude(state=Reminder.State.CANCELLED)
    last = defaultdict(dict)
    for reminder in nudged.select_related("recipient", "nudged_by").order_by("created_at", "pk"):
        last[reminder.obligation_id][reminder.recipient_id] = reminder
    return [{"duty": duty, "people": told[duty.pk], "nudged": [*last[duty.pk].values()]} for duty in owed]


@transaction.atomic
def nudge(duties, *, by, note, key, now, today):
    """Write one mail to each person who answers for any of these open duties; return how many it reaches.

    `key` makes a second sending of the same form a no-op. Whoever closes a duty before the mail leaves
    is not written to about it.
    """
    rows = preview(duties, today)
    by_person = defaultdict(list)
    for row in rows:
        for person in row["people"]:
            by_person[person].append(row["duty"])
    keys = {f"{KIND}:{key}:{person.pk}": person for person in by_person}
    done = {*Message.objects.filter(dedupe_key__in=keys).values_list("dedupe_key", flat=True)}
    new = [
        Message(
            kind=KIND,
            dedupe_key=each,
            recipient=person,
            to_address=person.email,
            language=person.language,
            path="/owed/",
            not_before=quiet.send_at(now, today),
        )
        for each, person in keys.items()
        if each not in done
    ]
    Message.objects.bulk_create(new, ignore_conflicts=True)
    messages = list(
        Message.objects.filter(dedupe_key__in=[m.dedupe_key for m in new]).select_related("recipient")
    )
    Reminder.objects.bulk_create(
        [
            Reminder(
                obligation=duty,
                recipient=message.recipient,
                due_version=duty.due_version,
                planned_for=today,
                message=message,
                reason=note.strip()[:300],
                nudged_by=by,
            )
            for message in messages
            for duty in by_person[message.recipient]
        ]
    )
    written = digest.fill(messages, today)
    Message.objects.bulk_update(written, digest.WRITTEN, batch_size=100)
    return len(messages)
