"""Makes a donor report from the shell."""

import datetime as dt
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from projects.models import Project
from projects.reports import actions, registry
from projects.reports import document as documents


class Command(BaseCommand):
    help = "Write the report of a project as .pdf, .docx or .xlsx, by the ending of --output."

    def add_arguments(self, parser):
        parser.add_argument("project", help="the project's code or public id")
        parser.add_argument("--from", dest="starts_on", required=True, type=dt.date.fromisoformat)
        parser.add_argument("--to", dest="ends_on", required=True, type=dt.date.fromisoformat)
        parser.add_argument("--template", default="PROJECT")
        parser.add_argument("--language", choices=["vi", "en"], default="vi")
        parser.add_argument("--provinces", type=int, choices=[34, 63], default=34)
        parser.add_argument("--made-on", type=dt.date.fromisoformat, default=None)
        parser.add_argument("--output", required=True, type=Path)

    def handle(self, *args, **options):
        project = (
            Project.objects.filter(code=options["project"]).first()
            or Project.objects.filter(public_id=options["project"]).first()
        )
        if project is None:
            known = ", ".join(Project.objects.order_by("code").values_list("code", flat=True)[:20])
            raise CommandError(f"No project {options['project']!r}. Known: {known or 'none'}")
        if options["ends_on"] < options["starts_on"]:
            raise CommandError("--to is before --from")
        kind = options["output"].suffix.lstrip(".")
        if kind not in actions.MAKERS:
            raise CommandError("--output must end in .pdf, .docx or .xlsx")
        scope = registry.Scope(
            project, options["starts_on"], options["ends_on"], options["language"], options["provinces"]
        )
        made_on = options["made_on"] or timezone.localdate()
        try:
            document = documents.build(
                scope, options["template"], title=project.title_in(options["language"]), made_on=made_on
            )
        except KeyError:
            raise CommandError(f"No template {options['template']!r}.") from None
        options["output"].write_bytes(actions.MAKERS[kind][0](document))
        self.stdout.write(
            f"{options['output']}: {options['output'].stat().st_size} bytes, {documents.fingerprint(document)}"
        )
