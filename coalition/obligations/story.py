"""The story of one duty as its page tells it: who answers, who was told, what comes, what has happened."""

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coalition.obligations import ladder, recipients
from coalition.obligations.models import Obligation, Reminder, ReminderRule
from coalition.reference.models import CalendarDay


def of(duty, today):
    """Return people (who is told), told (reminders so far), coming (the next steps) and history."""
    return {
        "people": recipients.of_duties([duty], today)[duty.pk],
        "told": list(
            duty.reminders.select_related("recipient", "rule", "message", "nudged_by").order_by("-pk")[:50]
        ),
        "coming": coming(duty, today),
        "history": history(duty),
    }


def coming(duty, today):
    """Return the steps of the ladder still to come: (working day, rule), none where nothing will be sent."""
    if duty.state != Obligation.State.OPEN or duty.due_on is None:
        return []
    rules = list(ReminderRule.objects.filter(Q(kind=duty.kind) | Q(kind="")).order_by("offset", "pk"))
    own = [rule for rule in rules if rule.kind]
    overrides = CalendarDay.objects.overrides()
    used = {
        reminder.rule_id
        for reminder in duty.reminders.all()
        if reminder.due_version == duty.due_version and reminder.state != Reminder.State.CANCELLED
    }
    steps = [
        (ladder.falls_on(rule, duty.due_on, overrides), rule)
        for rule in own or rules
        if rule.is_on and rule.pk not in used
    ]
    return [
        {"day": max(day, duty.paused_until or day), "rule": rule, "words": step_words(rule)}
        for day, rule in steps
        if day >= today
    ]


def step_words(rule):
    """Say when a step comes: "7 days before", "on the day", "1 day after"."""
    days = abs(rule.offset)
    if rule.offset < 0:
        return ngettext("%(days)s day before", "%(days)s days before", days) % {"days": days}
    if rule.offset > 0:
        return ngettext("%(days)s day after", "%(days)s days after", days) % {"days": days}
    return _("on the day")


def history(duty):
    """Return rows for `components/history.html`, the newest first."""
    moves = duty.due_changes.select_related("by").order_by("at", "pk")
    rows = [{"moment": duty.created_at, "who": duty.created_by, "words": _("opened")}, *map(_move, moves)]
    if duty.closed_at:
        rows.append(
            {
                "moment": duty.closed_at,
                "who": duty.closed_by,
                "words": duty.get_state_display().lower(),
                "changes": [duty.proof] if duty.proof else [],
            }
        )
    return rows[::-1]


def _move(change):
    words = _("moved from %(old)s to %(new)s") % {
        "old": _day(change.old_due_on),
        "new": _day(change.new_due_on),
    }
    return {"moment": change.at, "who": change.by, "words": words, "changes": [change.reason]}


def _day(day):
    return f"{day.day:02}/{day.month:02}/{day.year}" if day else _("no date")
