import json as as_json

from django.core.management.base import BaseCommand

from coalition import access


class Command(BaseCommand):
    help = "List every address of the portal, its methods and the roles that may open it."

    def add_arguments(self, parser):
        parser.add_argument("--json", action="store_true", help="as JSON, for programs")

    def handle(self, *, json, **options):
        table = access.as_dicts()
        if json:
            self.stdout.write(as_json.dumps(table, ensure_ascii=False, indent=1))
            return
        for route in table:
            methods, who = ",".join(route["methods"]), ", ".join(route["roles"])
            self.stdout.write(f"{route['path']:60} {methods:9} {who}")
