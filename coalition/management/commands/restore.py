"""Put an archive of `manage.py backup` in place of what the portal holds."""

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from coalition import backups


class Command(BaseCommand):
    help = "Verify an archive and put its database and files in place of the portal's own."
    requires_system_checks = ()

    def add_arguments(self, parser):
        parser.add_argument("file", help="an archive that `manage.py backup` wrote")
        parser.add_argument("--force", action="store_true", help="also where the portal already holds data")

    def handle(self, *, file, force, **options):
        try:
            manifest = backups.restore(file, force=force)
        except backups.BackupError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(
            _("Restored what was saved on %(day)s. Now run: manage.py migrate") % {"day": manifest["made_at"]}
        )
