"""`manage.py open_round CAMPAIGN YEAR QUARTER`: asks every member for its quarterly form."""

import json
from datetime import date

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from campaigns import actions
from campaigns.models import Campaign
from coalition.dates import Quarter


class Command(BaseCommand):
    help = "Open a reporting round: one form and one duty for each member as of that day. Safe to repeat."

    def add_arguments(self, parser):
        parser.add_argument("campaign", help="code of the campaign")
        parser.add_argument("year", type=int)
        parser.add_argument("quarter", type=int)
        parser.add_argument(
            "--opens",
            type=date.fromisoformat,
            help="members as of this day, YYYY-MM-DD; on a day to come the clock issues the forms",
        )
        parser.add_argument("--due", type=date.fromisoformat, help="due date, YYYY-MM-DD")
        parser.add_argument("--grace", type=date.fromisoformat, help="last day still in time, YYYY-MM-DD")
        parser.add_argument("--json", action="store_true", help="say what was done as JSON")

    def handle(self, *, campaign, year, quarter, **options):
        found = Campaign.objects.filter(code__iexact=campaign).first()
        if found is None:
            raise CommandError(f"There is no campaign {campaign}.")
        try:
            period = Quarter(year, quarter)
        except ValueError as wrong:
            raise CommandError(str(wrong)) from wrong
        try:
            opened, issued = actions.open_round(
                campaign=found,
                year=year,
                quarter=quarter,
                by=None,
                today=timezone.localdate(),
                opens_on=options["opens"],
                due_on=options["due"],
                grace_until=options["grace"],
            )
        except ValidationError as wrong:
            raise CommandError(" ".join(wrong.messages)) from wrong
        said = {
            "campaign": found.code,
            "quarter": period.code,
            "round": opened.public_id,
            "issued": issued,
            "forms": opened.forms.count(),
            "opens_on": opened.opens_on.isoformat(),
            "due_on": opened.due_on.isoformat(),
        }
        if options["json"]:
            self.stdout.write(json.dumps(said))
        else:
            done = f"{issued} forms issued"
            if opened.opens_on > timezone.localdate():
                done = f"opens on {opened.opens_on:%d/%m/%Y}"
            self.stdout.write(f"{period.code}: {done}, due on {opened.due_on:%d/%m/%Y}.")
