"""Delivers the outbox: `manage.py deliver_messages [--once] [--json]`; without --once until stopped.

The JSON: sent, cancelled (no longer true when they were to leave), retried and failed (refused by the mail server),
reasons: {words: how many}, waiting (still queued), held (of these: whose time has not come, e.g. quiet hours),
next_at (when the first of the held leaves, or null), calls (addresses outside told); server_away: 1 if the mail server
could not be reached, which costs no message an attempt.
"""

import json
import time

from django.core.management.base import BaseCommand
from django.utils import timezone

from coalition.jobs import actions as jobs
from coalition.notifications import delivery, webhooks

_PAUSE = 5  # seconds


class Command(BaseCommand):
    help = "Deliver the messages that are due."

    def add_arguments(self, parser):
        parser.add_argument("--once", action="store_true", help="stop when nothing is due")
        parser.add_argument("--json", action="store_true", help="print the counts as JSON, one line a run")

    def handle(self, *, once, json: bool, **options):
        while True:
            tally = delivery.run()
            tally["calls"] = webhooks.deliver()["sent"]
            jobs.strike("delivery", now=timezone.now())
            if once or tally["sent"] + tally["cancelled"] + tally["retried"] + tally["failed"]:
                self.stdout.write(_as_json(tally) if json else _as_line(tally))
            if once:
                return
            time.sleep(_PAUSE)


def _as_json(tally):
    return json.dumps(tally, ensure_ascii=False)


def _as_line(tally):
    return ", ".join(f"{name}: {value}" for name, value in tally.items())
