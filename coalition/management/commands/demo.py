from datetime import date

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction
from django.utils import timezone
from django.utils.module_loading import import_string

from coalition.members import demo as people


class Command(BaseCommand):
    help = "Load the demonstration: the coalition's story and a plausible year; safe to repeat."

    def add_arguments(self, parser):
        parser.add_argument("--today", type=date.fromisoformat, help="the day to stand on (YYYY-MM-DD)")
        parser.add_argument("--force", action="store_true", help="also where PRODUCTION is set")

    def handle(self, *, today, force, **options):
        if settings.PRODUCTION and not force:
            raise CommandError(
                "This is a production site: the demonstration would add made-up people "
                "with a known password. Use --force if you are sure."
            )
        today = today or timezone.localdate()
        for name in settings.DEMONSTRATION:
            load = import_string(name)
            with transaction.atomic():
                load(today)
                _look_again()
        self.stdout.write(f"Log in with one of these addresses, password {people.PASSWORD}")
        for email, role, code in people.logins():
            self.stdout.write(f"  {email:30} {role} ({code})")


def _look_again():
    """Let PostgreSQL count its rows: after thousands of new ones its plans are guesses, and some take minutes."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
