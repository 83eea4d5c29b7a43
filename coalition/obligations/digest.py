"""Writes planned reminders into mails, one a person and day."""

import datetime as dt

from django.db import transaction
from django.db.models import Count, F, Min, OuterRef, Q, Subquery, Window
from django.db.models.functions import RowNumber
from django.utils import timezone
from django.utils.translation import gettext_noop as _  # reasons are kept in English and shown translated

from coalition.dates import next_working_day
from coalition.members.models import User
from coalition.notifications.models import Message, Preference
from coalition.obligations import ladder, letters, quiet
from coalition.obligations.models import Reminder

KIND = "digest"
WRITTEN = ["subject", "text_body", "html_body", "attachments"]  # what `fill` writes
SHOWN = 30  # duties named in one mail; of more the mail gives the number and the page
_PEOPLE = 200  # people in one chunk: memory and statements do not grow with the ledger
_WEEK = dt.timedelta(days=7)


def write(*, today, now, overrides):
    """Write a mail for each person with planned reminders; return counts of mails written and rewritten.

    Those who want no mail keep their reminders on the portal; those who want one a week wait for its first
    working day; whoever had today's mail already waits for tomorrow's.
    """
    tally = {"mails": 0, "rewritten": 0, "portal_only": 0}
    urgent = ladder.urgent_dates(today, overrides)
    last = 0
    while True:
        people = _next_people(last, urgent)
        if not people:
            return tally
        for name, number in _write_chunk(people, today, now, overrides, urgent).items():
            tally[name] += number
        last = people[-1]


def _unsent(urgent):
    """Planned reminders that no mail carries yet; on a day off only those that cannot wait."""
    planned = Reminder.objects.filter(state=Reminder.State.PLANNED, message=None)
    return planned.filter(obligation__due_on__range=urgent) if urgent else planned


def _next_people(last, urgent):
    ids = _unsent(urgent).filter(recipient__gt=last).order_by("recipient").values_list("recipient", flat=True)
    return list(ids.distinct()[:_PEOPLE])


@transaction.atomic
def _write_chunk(people, today, now, overrides, urgent):
    left = list(User.objects.filter(pk__in=people, is_active=False).values_list("pk", flat=True))
    if left:
        gone = {"state": Reminder.State.CANCELLED, "reason": _("The person has left.")}
        _unsent(urgent).filter(recipient__in=left).update(**gone)
    rhythms = dict(Preference.objects.filter(user__in=people).values_list("user_id", "reminders"))
    silent = [pk for pk in people if rhythms.get(pk) == Preference.Rhythm.NEVER]
    weekly = [pk for pk in people if rhythms.get(pk) == Preference.Rhythm.WEEKLY]
    portal_only = (
        _unsent(urgent).filter(recipient__in=silent).update(state=Reminder.State.SHOWN) if silent else 0
    )
    served = {*people} - {*silent} - {*left}
    if weekly:
        served -= {*weekly} - _whose_week_begins(weekly, today, overrides)
    written, rewritten = _put_into_mails(sorted(served), today, now, urgent) if served else (0, 0)
    return {"mails": written, "rewritten": rewritten, "portal_only": portal_only}


def _whose_week_begins(people, today, overrides):
    """Of those who want one mail a week: all on its first working day, later those whom that day missed."""
    monday = today - dt.timedelta(days=today.weekday())
    first = next_working_day(monday, overrides)
    if today == first:
        return {*people}
    waiting = Reminder.objects.filter(recipient__in=people, state=Reminder.State.PLANNED, message=None)
    oldest = (
        waiting.values("recipient").annotate(oldest=Min("planned_for")).values_list("recipient", "oldest")
    )
    return {pk for pk, since in oldest if since < monday or since <= first - _WEEK}


def _put_into_mails(people, today, now, urgent):
    """Attach the reminders of each person to the mail of the day, making it if it is not there."""
    keys = {pk: f"{KIND}:{pk}:{today.isoformat()}" for pk in people}
    there = {*Message.objects.filter(dedupe_key__in=keys.values()).values_list("dedupe_key", flat=True)}
    new = [pk for pk in people if keys[pk] not in there]
    users = User.objects.in_bulk(new)
    begun = [
        Message(
            kind=KIND,
            dedupe_key=keys[pk],
            recipient=users[pk],
            to_address=users[pk].email,
            language=users[pk].language,
            path="/owed/",
            created_at=now,
            not_before=quiet.send_at(now, today),
        )
        for pk in new
    ]
    Message.objects.bulk_create(begun, ignore_conflicts=True)
    mine, held_up = _locked(keys, now)
    by_person = Message.objects.filter(
        pk__in=[message.pk for message in mine], recipient=OuterRef("recipient")
    )
    persons = [message.recipient_id for message in mine]
    carried_before = Reminder.objects.filter(message__in=held_up, state=Reminder.State.PLANNED)
    # One at a time and over one table: joined, a hundred thousand fresh rows take minutes.
    for reminders in (carried_before, _unsent(urgent)):
        reminders.filter(recipient__in=persons).update(message=Subquery(by_person.values("pk")[:1]))
    held_up.update(state=Message.State.CANCELLED, state_reason=_("A later mail says it."))
    for message in mine:
        if message.state == Message.State.CANCELLED:  # it never left; now there is something to say again
            message.state, message.state_reason = Message.State.QUEUED, ""
            message.not_before = quiet.send_at(now, today)
    written = [*WRITTEN, "state", "state_reason", "not_before"]
    Message.objects.bulk_update(fill(mine, today), written, batch_size=100)
    made = {message.public_id for message in begun}  # another clock may have been first with some of them
    number = sum(message.public_id in made for message in mine)
    return number, len(mine) - number


def _locked(keys, now):
    """Return (the unsent mails with these keys, those of earlier days that could not leave); by {person: key}.

    All are kept from delivery until we have written into them. When mail could not be sent for days, what has
    gathered goes out in one mail, not in a burst.
    """
    morning = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
    earlier = Q(kind=KIND, recipient__in=keys, created_at__lt=morning)
    waiting, cancelled = Q(state=Message.State.QUEUED), Q(state=Message.State.CANCELLED)
    of_today = Q(dedupe_key__in=keys.values())
    unsent = Message.objects.filter(waiting & (of_today | earlier) | cancelled & of_today)
    found = list(unsent.select_for_update(of=("self",)).select_related("recipient").order_by("pk"))
    mine = [message for message in found if message.dedupe_key == keys[message.recipient_id]]
    served = {message.recipient_id for message in mine}
    others = [each.pk for each in found if each not in mine and each.recipient_id in served]
    return mine, Message.objects.filter(pk__in=others)


def fill(messages, today):
    """Write each message anew from the reminders it carries; return them unsaved."""
    messages = list(messages)
    carried, numbers = _carried(messages)
    calendars = {
        *Preference.objects.filter(
            user__in=[message.recipient_id for message in messages], attach_calendar=False
        ).values_list("user_id", flat=True)
    }
    for message in messages:
        letter = letters.write(
            message.kind, message.recipient, carried.get(message.pk, []), numbers.get(message.pk, 0), today
        )
        message.subject, message.text_body, message.html_body = letter.subject, letter.text, letter.html
        message.attachments = (
            [] if message.recipient_id in calendars else letters.calendar(carried.get(message.pk, []), today)
        )
    return messages


def _carried(messages):
    """Return, by message: the reminders of its first duties by date, and how many duties it has."""
    planned = Reminder.objects.filter(message__in=messages, state=Reminder.State.PLANNED)
    numbered = planned.annotate(
        place=Window(
            RowNumber(),
            partition_by=F("message"),
            order_by=[F("obligation__due_on").asc(nulls_last=True), F("obligation").asc()],
        )
    )
    carried = {}
    for reminder in (
        numbered.filter(place__lte=SHOWN * 2)
        .select_related("obligation__organisation", "rule")
        .order_by("message", F("obligation__due_on").asc(nulls_last=True), "obligation", "pk")
    ):
        rows = carried.setdefault(reminder.message_id, [])
        if len(rows) < SHOWN and all(row.obligation_id != reminder.obligation_id for row in rows):
            rows.append(reminder)
    numbers = planned.order_by().values("message").annotate(number=Count("obligation", distinct=True))
    return carried, dict(numbers.values_list("message", "number"))
