"""The reminder ladder: which due dates each of its steps speaks for on a day.

A step never asks "is it exactly seven days before?" but "has this due date reached the step, and not yet the
next one?". So a clock that stood still for a day or nine is caught up with by one reminder, the latest step.
"""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction

from coalition.dates import is_working_day, next_working_day, previous_working_day
from coalition.obligations import kinds
from coalition.obligations.models import ReminderRule

_DAY = dt.timedelta(days=1)


@dataclass(frozen=True)
class Window:
    """The due dates a rule speaks for on a day: those after `after` and up to `until`."""

    rule: ReminderRule
    after: dt.date
    until: dt.date

    def __contains__(self, due_on):
        return self.after < due_on <= self.until


def load():
    """Put up the general ladder if there is no rule at all; return how many were made."""
    if ReminderRule.objects.exists():
        return 0
    rules = [ReminderRule(offset=offset, audience=audience) for offset, audience in kinds.LADDER]
    rules += [
        ReminderRule(kind=kind.code, offset=offset, audience=audience)
        for kind in kinds.registered()
        for offset, audience in kind.ladder
    ]
    return len(ReminderRule.objects.bulk_create(rules))


@transaction.atomic
def save(formset):
    """Save the steps as set; a kind that gets its first step of its own keeps the general ones, as its own."""
    had = {*ReminderRule.objects.values_list("kind", flat=True)}
    saved = formset.save()
    for kind in {rule.kind for rule in saved} - had - {""}:
        ReminderRule.objects.bulk_create(
            [
                ReminderRule(kind=kind, offset=rule.offset, audience=rule.audience, is_on=rule.is_on)
                for rule in ReminderRule.objects.filter(kind="").order_by("offset", "pk")
            ],
            ignore_conflicts=True,
        )


def falls_on(rule, due_on, overrides=None):
    """Return the working day on which `rule` reminds of a duty that is due on `due_on`.

    Up to the due date it is the last working day before, afterwards the next one.
    """
    day = due_on + dt.timedelta(days=rule.offset)
    return next_working_day(day, overrides) if rule.offset > 0 else previous_working_day(day, overrides)


def windows(rules, today, overrides=None):
    """Return a Window for each rule in use; those of one kind and audience touch and never overlap.

    On a day off nothing new falls due (see `falls_on`), so only what cannot wait is caught up with: duties
    due before people are back at work, or on that very day.
    """
    ladders = {}
    for rule in rules:
        if rule.is_on:
            ladders.setdefault((rule.kind, rule.audience), []).append(rule)
    found = []
    for steps in ladders.values():
        steps.sort(key=lambda rule: rule.offset, reverse=True)
        after = dt.date.min
        for rule in steps:
            until = _reached(rule, today, overrides)
            found.append(Window(rule, after, until))
            after = until
    urgent = urgent_dates(today, overrides)
    if urgent is None:
        return found
    narrowed = [
        Window(each.rule, max(each.after, urgent[0] - _DAY), min(each.until, urgent[1])) for each in found
    ]
    return [each for each in narrowed if each.after < each.until]


def urgent_dates(today, overrides=None):
    """Return (first, last) due date that cannot wait for the next working day; None if today is one."""
    if is_working_day(today, overrides):
        return None
    return today, next_working_day(today, overrides)


def _reached(rule, today, overrides):
    """Return the latest due date whose reminder under `rule` has come by `today`: `falls_on` turned round."""
    if rule.offset > 0:
        day = previous_working_day(today, overrides)
    else:
        day = next_working_day(today + _DAY, overrides) - _DAY
    return day - dt.timedelta(days=rule.offset)
