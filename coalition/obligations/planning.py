"""Plans reminders: one set-based statement for each rule, then one mail for each person.

The statement is written in SQL because Django's ORM has no INSERT … SELECT: 100,000 duties are planned
inside the database, and the worker's memory does not grow (docs/adr/0021).
"""

import datetime as dt

from django.db import connection, transaction
from django.db.models import Count, Q
from django.utils import timezone

from coalition.obligations import bridges, digest, ladder
from coalition.obligations.models import Obligation, Reminder, ReminderRule
from coalition.reference.models import CalendarDay

# Who is told. To the role: the named person while they belong to the organisation, else all who hold the
# role, else (nobody does) the coordinators. To the head: the organisation's heads and the coordinators.
# Whoever holds the role by now counts for a day gone by as well (a rehearsal with --today).
# Rows are written in one order, so that two clocks at once wait for each other and never lock each other out.
# A reminder that was cancelled before it left (a pause, a change of persons) is planned again once it holds.
_OWED = """
INSERT INTO obligations_reminder
    (obligation_id, recipient_id, rule_id, due_version, planned_for, state, reason, created_at)
WITH holders AS MATERIALIZED (
    SELECT DISTINCT m.organisation_id, m.user_id, m.role, m.is_head
    FROM members_membership m JOIN members_user u ON u.id = m.user_id
    WHERE u.is_active AND m.starts_on <= %(begun)s AND (m.ends_on IS NULL OR m.ends_on >= %(today)s)
), answered AS MATERIALIZED (
    SELECT DISTINCT organisation_id, role FROM holders
), belonging AS MATERIALIZED (
    SELECT DISTINCT organisation_id, user_id FROM holders
), owed AS MATERIALIZED (
    SELECT o.id, o.organisation_id, o.role, o.due_version, belonging.user_id AS person_id
    FROM obligations_obligation o
    LEFT JOIN belonging ON belonging.organisation_id = o.organisation_id AND belonging.user_id = o.person_id
    WHERE o.state = 'open' AND o.archived_at IS NULL AND o.due_on > %(after)s AND o.due_on <= %(until)s
      AND (o.not_before IS NULL OR o.not_before <= %(today)s)
      AND (o.paused_until IS NULL OR o.paused_until <= %(today)s)
      AND (o.kind = %(kind)s OR (
          %(kind)s = '' AND o.kind NOT IN (SELECT kind FROM obligations_reminderrule WHERE kind <> '')))
)
"""
_TOLD = {
    ReminderRule.Audience.ROLE: """, told AS (
    SELECT id, due_version, person_id AS user_id FROM owed WHERE person_id IS NOT NULL
    UNION
    SELECT owed.id, owed.due_version, holders.user_id FROM owed
    JOIN holders ON holders.organisation_id = owed.organisation_id AND holders.role = owed.role
    WHERE owed.person_id IS NULL
    UNION
    SELECT owed.id, owed.due_version, coordinators.user_id FROM owed
    LEFT JOIN answered ON answered.organisation_id = owed.organisation_id AND answered.role = owed.role
    JOIN holders coordinators ON coordinators.role = 'coordinator'
    WHERE owed.person_id IS NULL AND answered.role IS NULL
)""",
    ReminderRule.Audience.HEAD: """, told AS (
    SELECT owed.id, owed.due_version, holders.user_id FROM owed
    JOIN holders ON holders.organisation_id = owed.organisation_id AND holders.is_head
    UNION
    SELECT owed.id, owed.due_version, coordinators.user_id FROM owed
    JOIN holders coordinators ON coordinators.role = 'coordinator'
)""",
}
_ONCE = """
SELECT told.id, told.user_id, %(rule)s, told.due_version, %(today)s, 'planned', '', %(now)s
FROM told WHERE told.user_id IS NOT NULL
ORDER BY told.id, told.user_id
ON CONFLICT (obligation_id, recipient_id, rule_id, due_version) DO UPDATE
SET state = 'planned', reason = '', message_id = NULL, planned_for = excluded.planned_for
WHERE obligations_reminder.state = 'cancelled'
"""


def plan(*, today, now=None):
    """Plan every reminder that has come by `today` and write the mails; return what was done, as counts.

    Safe to run twice and by two clocks at once: a reminder is unique by duty, person, rule and version of the
    due date; a mail by person and day.
    """
    now = now or timezone.now()
    overrides = CalendarDay.objects.overrides()
    rules = ReminderRule.objects.filter(is_on=True).order_by("kind", "offset", "pk")
    windows = ladder.windows(rules, today, overrides)
    planned = sum(_plan_rule(window, today, now) for window in windows)
    written = digest.write(today=today, now=now, overrides=overrides)
    return {
        "today": today.isoformat(), "planned": planned, **written, "bridges": bridges.tell(today),
        "skipped": _skipped(windows, planned, today),
    }  # fmt: skip


def _skipped(windows, planned, today):
    """Return why nothing new was planned: reminders of this day that stood already, duties that are silent now."""
    horizon = max((window.until for window in windows), default=dt.date.min)
    silent = Obligation.objects.open().filter(due_on__lte=horizon)
    already = Reminder.objects.filter(planned_for=today, rule__isnull=False)
    return {
        "already": already.exclude(state=Reminder.State.CANCELLED).count() - planned,
        **silent.aggregate(
            paused=Count("pk", filter=Q(paused_until__gt=today)),
            not_begun=Count("pk", filter=Q(not_before__gt=today)),
        ),
    }


@transaction.atomic
def _plan_rule(window, today, now):
    """Insert the missing reminders of one rule; return how many."""
    operations = connection.ops
    with connection.cursor() as cursor:
        cursor.execute(
            _OWED + _TOLD[window.rule.audience] + _ONCE,
            {
                "rule": window.rule.pk,
                "kind": window.rule.kind,
                "after": operations.adapt_datefield_value(window.after),
                "until": operations.adapt_datefield_value(window.until),
                "today": operations.adapt_datefield_value(today),
                "begun": operations.adapt_datefield_value(max(today, timezone.localdate(now))),
                "now": operations.adapt_datetimefield_value(now),
            },
        )
        return cursor.rowcount
