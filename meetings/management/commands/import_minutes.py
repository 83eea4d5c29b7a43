import io
import json
from datetime import date
from pathlib import Path

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from coalition.files.checks import Refused
from meetings import actions, names, reading
from meetings.models import WorkingGroup


class Command(BaseCommand):
    help = (
        "Read minutes (.docx, or text with a tab between columns) into a meeting with its follow-up actions."
    )

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)
        parser.add_argument("--held-on", type=date.fromisoformat, help="the day of the meeting (YYYY-MM-DD)")
        parser.add_argument("--group", default="CRWG", help="code of the working group")
        parser.add_argument("--dry-run", action="store_true", help="read and report, save nothing")
        parser.add_argument("--language", choices=["vi", "en"], default="vi", help="of the explanations")
        parser.add_argument("--json", action="store_true", help="print all that was understood")

    def handle(self, *, file, held_on, group, dry_run, language, **options):
        try:
            content = file.read_bytes()
        except OSError as error:
            raise CommandError(f"{file}: {error.strerror}") from error
        try:
            table = reading.read_file(io.BytesIO(content), file.name, len(content))
            held_on = held_on or reading.held_on_in(table)
        except Refused as error:
            raise CommandError(" ".join(error.messages)) from error
        if held_on is None:
            raise CommandError("The minutes do not say when the meeting was held: add --held-on YYYY-MM-DD.")
        group = WorkingGroup.objects.filter(code=group).first()
        minutes = names.read(table, held_on=held_on, group=group)
        if not dry_run:
            try:
                meeting, added = actions.import_minutes(minutes, group=group)
            except ValidationError as error:
                raise CommandError(" ".join(error.messages)) from error
            if not added["meeting"]:
                self.stderr.write(f"{meeting}: this meeting is known; what is new is added to it")
            if added["reopened"]:
                self.stderr.write(
                    "Its approved minutes are open for a correction; the approved version is kept."
                )
            self.stderr.write(
                f"{meeting}: " + ", ".join(f"{name} +{number}" for name, number in added.items())
            )
        if options["json"]:
            self.stdout.write(json.dumps(minutes.as_json(language), ensure_ascii=False, indent=2))
            return
        for action in minutes.actions:
            self.stdout.write(f"{action.text}\n    {action.due.rule(language)}")
        for doubt in minutes.doubts:
            self.stdout.write(f"? {doubt.row}/{doubt.column}/{doubt.line} {doubt.why}: {doubt.text}")
