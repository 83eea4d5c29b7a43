"""Makes a donor report from the shell."""

import datetime as dt
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from coalition.members.models import Organisation
from projects.models import Project
from projects.reports import actions, outlines, registry
from projects.reports import document as documents

WHOLE = "COALITION"


def day(words):
    """Read a day; the error names the form that is wanted."""
    try:
        return dt.date.fromisoformat(words)
    except ValueError:
        raise CommandError(f"{words!r} is not a day: write it as 2020-12-31.") from None


class Command(BaseCommand):
    help = "Write a report as .pdf, .docx or .xlsx, by the ending of --output."

    def add_arguments(self, parser):
        parser.add_argument(
            "project",
            help=f"a project's code or public id, an organisation's code, campaign:PUBLIC_ID, or {WHOLE}",
        )
        parser.add_argument("--from", dest="starts_on", required=True, type=day)
        parser.add_argument("--to", dest="ends_on", required=True, type=day)
        parser.add_argument("--template", default="PROJECT", help="for example PROJECT, EU, UNICEF, ANNUAL")
        parser.add_argument("--language", choices=["vi", "en", documents.BOTH], default="vi")
        parser.add_argument("--provinces", type=int, choices=[34, 63], default=34)
        parser.add_argument("--title", default="")
        parser.add_argument("--made-on", type=day, default=None)
        parser.add_argument("--output", required=True, type=Path)

    def handle(self, *args, **options):
        output = options["output"]
        kind = output.suffix.lstrip(".").lower()
        if kind not in actions.MAKERS:
            raise CommandError("--output must end in .pdf, .docx or .xlsx")
        if not output.resolve().parent.is_dir():
            raise CommandError(f"There is no folder {output.resolve().parent}")
        if options["ends_on"] < options["starts_on"]:
            raise CommandError("--to is before --from")
        known = [code for code, _name in outlines.choices()]
        if options["template"] not in known:
            raise CommandError(f"No template {options['template']!r}. Known: {', '.join(known)}")
        document = self.document(options)
        try:
            output.write_bytes(actions.MAKERS[kind][0](document))
        except OSError as error:
            raise CommandError(f"{output} cannot be written: {error.strerror}") from None
        self.stdout.write(f"{output}: {output.stat().st_size} bytes, {documents.fingerprint(document)}")

    def document(self, options):
        about, language = subject(options["project"]), options["language"]

        def scope(spoken):
            return registry.Scope(
                about.get("project"),
                options["starts_on"],
                options["ends_on"],
                spoken,
                options["provinces"],
                about.get("organisation"),
                about.get("topic", ""),
            )

        title = options["title"] or registry.title_of(scope("en" if language == "en" else "vi"))
        return documents.build_in(
            language,
            scope,
            options["template"],
            title=title,
            made_on=options["made_on"] or timezone.localdate(),
        )


def subject(words):
    """Return what the report is about as {"project" | "organisation" | "topic": …}, or {} for the whole coalition."""
    if words == WHOLE:
        return {}
    if registry.topic_title(words, "vi"):
        return {"topic": words}
    for name, found in (
        ("project", Project.objects.filter(code=words) | Project.objects.filter(public_id=words)),
        ("organisation", Organisation.objects.filter(code=words)),
    ):
        if found.exists():
            return {name: found.first()}
    known = ", ".join(Project.objects.order_by("code").values_list("code", flat=True)[:20])
    raise CommandError(f"No project {words!r}. Known: {known or 'none'}; {WHOLE} is the whole coalition.")
