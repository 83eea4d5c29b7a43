import json
from datetime import date

from django.core.management.base import BaseCommand
from django.db import DatabaseError
from django.utils import timezone

from coalition.dates import parse_deadline
from coalition.reference.models import CalendarDay


class Command(BaseCommand):
    requires_system_checks = []  # it reads a phrase; the rest of the portal may be under repair
    help = "Say which days a deadline phrase means, in Vietnamese or English."

    def add_arguments(self, parser):
        parser.add_argument("phrase")
        parser.add_argument("--today", type=date.fromisoformat, help="the day it is said (YYYY-MM-DD)")
        parser.add_argument("--language", choices=["vi", "en"], default="vi", help="of the explanation")
        parser.add_argument("--json", action="store_true", help="print all that was understood")

    def handle(self, *, phrase, today, language, **options):
        found = parse_deadline(phrase, today or timezone.localdate(), working_days())
        if options["json"]:
            self.stdout.write(json.dumps(found.as_json(language), ensure_ascii=False, indent=2))
            return
        for deadline in (found, *found.more):
            self.stdout.write(deadline.rule(language))


def working_days():
    """Return the corrected calendar; a database that is not prepared yet has none."""
    try:
        return CalendarDay.objects.overrides()
    except DatabaseError:
        return {}
