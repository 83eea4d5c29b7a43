"""Save everything the portal holds into one archive."""

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from coalition import backups


class Command(BaseCommand):
    help = "Save database and stored files into one archive, with a manifest of checksums."

    def add_arguments(self, parser):
        parser.add_argument("file", help="the archive to write, for example portal-2026-01-31.tar.gz")

    def handle(self, *, file, **options):
        try:
            manifest = backups.write(file)
        except backups.BackupError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(
            _("%(count)d files saved in %(path)s") % {"count": len(manifest["sha256"]), "path": file}
        )
