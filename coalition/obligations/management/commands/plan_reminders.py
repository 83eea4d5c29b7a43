"""Plans the reminders that have come by a day: `manage.py plan_reminders [--today YYYY-MM-DD] [--json]`.

The JSON: today, planned (new reminders), mails (new), rewritten (waiting mails that took more in), portal_only
(for people who want no mail), bridges (organisations told outside), skipped: {already (of this day, planned before),
paused, not_begun}. A second run, or one beside it, plans nothing twice.
"""

import datetime as dt
import json

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from coalition.jobs import actions as jobs
from coalition.obligations import planning


class Command(BaseCommand):
    help = "Write the reminders that have come by a day into the outbox, each once."

    def add_arguments(self, parser):
        parser.add_argument("--today", help="the day to plan for, YYYY-MM-DD; today if left out")
        parser.add_argument("--json", action="store_true", help="print the counts as JSON")

    def handle(self, *, today, json: bool, **options):
        now = timezone.now()
        tally = planning.plan(today=_day(today) if today else timezone.localdate(now), now=now)
        jobs.strike("reminders", now=now)
        self.stdout.write(_as_json(tally) if json else _as_line(tally))


def _day(words):
    try:
        return dt.date.fromisoformat(words)
    except ValueError as mistake:
        raise CommandError(f"--today takes a date such as 2025-03-14, not {words!r}.") from mistake


def _as_json(tally):
    return json.dumps(tally, ensure_ascii=False)


def _as_line(tally):
    return ", ".join(f"{name}: {value}" for name, value in tally.items())
