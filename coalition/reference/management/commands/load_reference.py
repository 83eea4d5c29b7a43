from django.core.management.base import BaseCommand

from coalition.reference import loader


class Command(BaseCommand):
    help = "Load provinces, the Convention, recommendations, indicators and the calendar; safe to repeat."

    def handle(self, **options):
        for table, number in loader.load().items():
            self.stdout.write(f"{table}: {number}")
