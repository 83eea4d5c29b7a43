"""Explain what is wrong with this portal and what to do about it."""

import json

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import translation

from coalition import doctor

SIGNS = {doctor.FINE: "✓", doctor.WARNING: "!", doctor.PROBLEM: "✗"}


class Command(BaseCommand):
    help = "Look at settings, database, clock, queue, mail, folders; explain each problem and its remedy."
    requires_system_checks = ()

    def add_arguments(self, parser):
        parser.add_argument("--json", action="store_true", dest="as_json", help="for other programs")
        parser.add_argument("--language", choices=[code for code, _name in settings.LANGUAGES], default=None)

    def handle(self, *, as_json, language, **options):
        with translation.override(language or settings.LANGUAGE_CODE):
            findings = doctor.examine()
        well = all(finding.state != doctor.PROBLEM for finding in findings)
        if as_json:
            answer = {"ok": well, "findings": [finding.as_dict() for finding in findings]}
            self.stdout.write(json.dumps(answer, ensure_ascii=False, indent=1))
        else:
            for finding in findings:
                self.stdout.write(f"{SIGNS[finding.state]} {finding.text}")
                if finding.remedy:
                    self.stdout.write(f"    → {finding.remedy}")
        if not well:
            raise SystemExit(1)
