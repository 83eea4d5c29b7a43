"""One archive with everything the portal holds: database, stored files, and a manifest that proves both.

The archive is a .tar.gz of `database.dump` (PostgreSQL: pg_dump's own format) or `database.sqlite3`,
`media/…`, and, last, `manifest.json` with the SHA-256 of each.
"""

import hashlib
import json
import os
import shutil
import sqlite3
import subprocess
import tarfile
import tempfile
from contextlib import closing
from pathlib import Path

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import Error as DatabaseError
from django.db import connection, connections
from django.db.migrations.loader import MigrationLoader
from django.utils import timezone
from django.utils.translation import gettext as _

from coalition import __version__

FORMAT = 1
PROGRAMS = ("pg_dump", "pg_restore", "psql")
EMPTY_SCHEMA = "DROP SCHEMA public CASCADE; CREATE SCHEMA public;\n"


class BackupError(Exception):
    """What is wrong with an archive or its target, in words for the person at the keyboard."""


def write(path):
    """Write the archive to `path` (whole or not at all) and return its manifest."""
    path = Path(path)
    if path.exists():
        raise BackupError(_("%(path)s exists already; a backup never overwrites another.") % {"path": path})
    with tempfile.TemporaryDirectory(dir=path.parent, prefix=".backup-") as folder:
        work = Path(folder)
        dump = work / dump_name()
        dump_database(dump)
        members = {dump.name: dump} | {f"media/{name}": file for name, file in stored_files()}
        manifest = describe({name: sha256(file) for name, file in members.items()})
        listing = work / "manifest.json"
        listing.write_text(json.dumps(manifest, indent=1, ensure_ascii=False), encoding="utf-8")
        unfinished = work / "archive"
        with tarfile.open(unfinished, "w:gz", compresslevel=6) as archive:
            for name, file in [*members.items(), (listing.name, listing)]:
                archive.add(file, arcname=name, recursive=False)
        unfinished.chmod(0o600)
        os.replace(unfinished, path)
    return manifest


def restore(path, *, force=False):
    """Put the archive's database and files in place of the portal's own and return its manifest.

    Everything is verified before anything is touched. Raises BackupError when the archive is damaged, of
    another kind of database or of a newer portal, or when the target holds data and `force` is not set.
    """
    with tempfile.TemporaryDirectory(prefix="restore-") as folder:
        work = Path(folder)
        manifest = unpack(Path(path), work)
        check_fits(manifest)
        if not force and holds_data():
            raise BackupError(
                _("This portal already holds data. Add --force to put the archive in its place.")
            )
        load_database(work / dump_name())
        replace_media(work / "media")
    return manifest


def describe(hashes):
    """Return the manifest: what was saved, when, by which portal, from which database."""
    applied = MigrationLoader(connection).applied_migrations
    return {
        "format": FORMAT,
        "portal": __version__,
        "made_at": timezone.now().isoformat(timespec="seconds"),
        "database": connection.vendor,
        "migrations": sorted(f"{app}.{name}" for app, name in applied),
        "sha256": hashes,
    }


def unpack(path, folder):
    """Unpack the archive into `folder`, verify each file against the manifest and return the manifest."""
    try:
        with tarfile.open(path, "r:gz") as archive:
            for member in archive:
                take_out(archive, member, folder)
        manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
        expected = manifest["sha256"]
    except FileNotFoundError as error:
        raise BackupError(_("%(path)s cannot be found, or is no backup.") % {"path": path}) from error
    except (OSError, EOFError, tarfile.TarError, ValueError, KeyError) as error:
        raise BackupError(_("%(path)s is damaged, or is no backup.") % {"path": path}) from error
    there = {file.relative_to(folder).as_posix(): file for file in folder.rglob("*") if file.is_file()}
    there.pop("manifest.json")
    wrong = sorted(
        name
        for name in expected.keys() | there.keys()
        if name not in there or sha256(there[name]) != expected.get(name)
    )
    if wrong:
        raise BackupError(
            _("These files are not as they were saved: %(names)s") % {"names": ", ".join(wrong[:5])}
        )
    return manifest


def take_out(archive, member, folder):
    """Write one member below `folder`; nothing but plain files, and nothing outside (tarfile.data_filter is
    missing before Python 3.11.4)."""
    target = folder / member.name
    if not member.isfile() or not target.resolve().is_relative_to(folder.resolve()):
        raise tarfile.TarError(member.name)
    target.parent.mkdir(parents=True, exist_ok=True)
    with archive.extractfile(member) as source, target.open("wb") as file:
        shutil.copyfileobj(source, file)


def check_fits(manifest):
    """Raise BackupError unless this portal can take the archive in."""
    if manifest["format"] != FORMAT:
        raise BackupError(_("The archive was written by another version of the backup command."))
    if manifest["database"] != connection.vendor:
        raise BackupError(
            _("The archive holds a %(archive)s database, this portal uses %(here)s.")
            % {"archive": manifest["database"], "here": connection.vendor}
        )
    known = {
        f"{app}.{name}" for app, name in MigrationLoader(None, ignore_no_migrations=True).disk_migrations
    }
    newer = sorted(set(manifest["migrations"]) - known)
    if newer:
        raise BackupError(
            _("The archive comes from a newer portal (it knows %(name)s).") % {"name": newer[0]}
        )


def holds_data():
    """Tell whether the target has people or stored files."""
    try:
        people = get_user_model().objects.exists()
    except DatabaseError:
        people = False  # no tables yet
    return people or next(stored_files(), None) is not None


def stored_files():
    """Yield (name, path) of each file below MEDIA_ROOT."""
    root = Path(settings.MEDIA_ROOT)
    for file in sorted(root.rglob("*")) if root.is_dir() else ():
        if file.is_file():
            yield file.relative_to(root).as_posix(), file


def sha256(path):
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def dump_name():
    return "database.dump" if connection.vendor == "postgresql" else "database.sqlite3"


def dump_database(target):
    """Write one consistent picture of the database to `target`."""
    if connection.vendor == "postgresql":
        run("pg_dump", "--format=custom", "--no-owner", "--no-privileges", "--file", target)
        return
    connection.ensure_connection()
    with closing(sqlite3.connect(target)) as copy:
        connection.connection.backup(copy)


def load_database(source):
    """Put the dump in place of all tables: wholly, or not at all."""
    if connection.vendor == "postgresql":
        script = source.with_suffix(".sql")
        run("pg_restore", "--no-owner", "--no-privileges", "--file", script, source)
        script.write_text(EMPTY_SCHEMA + script.read_text(encoding="utf-8"), encoding="utf-8")
        connections.close_all()
        run(
            "psql",
            "--quiet",
            "--no-psqlrc",
            "--single-transaction",
            "--set=ON_ERROR_STOP=1",
            "--file",
            script,
            "--output",
            os.devnull,
        )
        return
    connection.ensure_connection()
    with closing(sqlite3.connect(source)) as copy:
        if copy.execute("PRAGMA integrity_check").fetchone() != ("ok",):
            raise BackupError(_("The archive's database is damaged."))
        copy.backup(connection.connection)
    connections.close_all()


def replace_media(source):
    """Put the archive's files in place of MEDIA_ROOT's; the old ones go only when the new ones are there."""
    root = Path(settings.MEDIA_ROOT)
    root.parent.mkdir(parents=True, exist_ok=True)
    fresh, old = root.with_name(f"{root.name}.new"), root.with_name(f"{root.name}.old")
    for leftover in (fresh, old):
        shutil.rmtree(leftover, ignore_errors=True)
    if source.is_dir():
        shutil.copytree(source, fresh)
    else:
        fresh.mkdir()
    if root.exists():
        root.rename(old)
    fresh.rename(root)
    shutil.rmtree(old, ignore_errors=True)


def run(program, *arguments):
    """Run one of PostgreSQL's programs on the portal's database; raise BackupError with its own words."""
    found = shutil.which(program)
    if not found:
        raise BackupError(
            _("The program %(name)s is missing: install postgresql-client.") % {"name": program}
        )
    given = connection.get_connection_params()
    names = {
        "host": "PGHOST",
        "port": "PGPORT",
        "user": "PGUSER",
        "password": "PGPASSWORD",
        "dbname": "PGDATABASE",
    }
    environment = os.environ | {
        variable: str(given[name]) for name, variable in names.items() if given.get(name)
    }
    done = subprocess.run(  # noqa: S603  (our own words, no shell)
        [found, *map(str, arguments)],
        env=environment,
        check=False,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
    )
    if done.returncode:
        raise BackupError(f"{program}: {done.stderr.strip()}")
