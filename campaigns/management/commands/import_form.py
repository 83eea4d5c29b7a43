"""`manage.py import_form FILE.xlsx …`: fills a member's form from its workbook, from the shell."""

import json

from django.core.files import File
from django.core.management.base import BaseCommand, CommandError

from campaigns import actions
from campaigns.models import QuarterlyForm
from campaigns.workbook import comparing, reading
from coalition.files.checks import Refused


class Command(BaseCommand):
    help = (
        "Fill a quarterly form from a workbook: all mistakes at once, or all changes in one transaction. "
        "What was changed on the portal as well since the workbook was downloaded is a mistake, too."
    )

    def add_arguments(self, parser):
        parser.add_argument("file")
        parser.add_argument("--organisation", required=True, help="code of the organisation")
        parser.add_argument("--campaign", required=True, help="code of the campaign")
        parser.add_argument("--year", type=int, required=True)
        parser.add_argument("--quarter", type=int, required=True)
        parser.add_argument(
            "--encoding", choices=["tcvn3", "vni"], default="", help="convert text of an old font"
        )
        parser.add_argument(
            "--workbook-wins",
            action="store_true",
            help="write what the workbook says also where the portal's is newer",
        )
        parser.add_argument("--dry-run", action="store_true", help="say what would change and write nothing")
        parser.add_argument("--json", action="store_true", help="say it as JSON")

    def handle(self, *, file, **options):
        form = (
            QuarterlyForm.objects.select_related("round__campaign", "organisation")
            .filter(
                organisation__code__iexact=options["organisation"],
                round__campaign__code__iexact=options["campaign"],
                round__year=options["year"],
                round__quarter=options["quarter"],
            )
            .first()
        )
        if form is None:
            raise CommandError("There is no such form.")
        said = self._import(form, file, options)
        if options["json"]:
            self.stdout.write(json.dumps(said, ensure_ascii=False))
        else:
            for mistake in said["mistakes"]:
                self.stdout.write(f"{mistake['sheet']} {mistake['cell']}: {mistake['words']}")
            self.stdout.write(
                ", ".join(
                    f"{name}: {said[name]}" for name in ("new", "changed", "same", "answers", "conflicts")
                )
            )
        if not said["ok"]:
            raise SystemExit(1)

    def _import(self, form, path, options):
        said = {"ok": False, "form": form.public_id, "applied": False, "mistakes": []}
        said |= dict.fromkeys(("new", "changed", "same", "answers", "conflicts"), 0)
        try:
            with open(path, "rb") as file:
                read = reading.read(form, File(file), encoding=options["encoding"])
        except OSError as error:
            raise CommandError(f"{path}: {error.strerror}") from error
        except Refused as refused:
            return {**said, "mistakes": [{"sheet": "", "cell": "", "words": " ".join(refused.messages)}]}
        plan = comparing.plan(form, read.as_data()) if not read.mistakes else comparing.Plan()
        mistakes = [*read.mistakes, *plan.mistakes]
        if not options["workbook_wins"]:
            mistakes += [{**place, "words": self._both(change)} for place, change in plan.disputed]
        if not mistakes and not form.is_open:
            mistakes = [{"sheet": "", "cell": "", "words": "The form is not open."}]
        said |= {
            "ok": not mistakes,
            "mistakes": mistakes,
            "new": len(plan.new),
            "changed": len(plan.changed),
            "same": len(plan.same),
            "answers": len(plan.answers),
            "conflicts": plan.conflicts,  # changed on the portal as well since the download
        }
        if not mistakes and not options["dry_run"]:
            actions.write_plan(form, plan, by=None)
            said["applied"] = True
        return said

    def _both(self, change):
        """Name a cell that was changed on both sides, for whoever decides which should stand."""
        return (
            f"{change.label}: changed on the portal as well since the workbook was downloaded. "
            f"Portal: {change.draft or '–'}; workbook: {change.workbook or '–'}. "
            "Correct the workbook, or give --workbook-wins."
        )
