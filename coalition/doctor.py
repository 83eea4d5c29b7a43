"""What may be wrong with an installed portal, and what to do about each: one small function a question."""

import importlib.metadata
import os
import shutil
import socket
import tomllib
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.staticfiles import finders
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import gettext as _

from coalition import backups, checks, health

FINE, WARNING, PROBLEM = "fine", "warning", "problem"
ENOUGH_DISK = 1024**3  # bytes: a season of reports and photos


@dataclass(frozen=True)
class Finding:
    """The answer to one question: its state, what was seen, and the remedy where one is needed."""

    about: str
    state: str
    text: str
    remedy: str = ""

    def as_dict(self):
        return {"about": self.about, "state": self.state, "text": self.text, "remedy": self.remedy}


def examine():
    """Ask every question and return the findings; what the tables tell is left out where there are none."""
    findings = [*safe_settings(), *packages(), *database()]
    if findings[-1].state == FINE:
        findings += migrations()
        if findings[-1].state != PROBLEM:
            findings += [*reference_tables(), *coordinators(), *clock(), *outbox()]
    return [*findings, *broker(), *mail(), *folders(), *front_end(), *documents(), *archives()]


def safe_settings():
    errors = checks.production_is_safe()
    for error in errors:
        yield Finding("settings", PROBLEM, error.msg, error.hint)
    if not settings.PRODUCTION:
        yield Finding(
            "settings",
            WARNING,
            _("This portal runs with the settings of one's own machine."),
            _("Before people use it, set what docs/operations.md names, and PRODUCTION=1."),
        )
    elif not errors:
        yield Finding("settings", FINE, _("The settings are safe for production."))


def packages():
    path = settings.BASE_DIR / "docs" / "security" / "floors.toml"
    too_old = [
        f"{name} {installed} < {floor}"
        for name, installed, floor in older_than(path)
        if installed is not None
    ]
    if too_old:
        remedy = _("Install the packages again: make run, or build the image again.")
        yield Finding("packages", PROBLEM, _("Packages with known holes: %s") % ", ".join(too_old), remedy)
    else:
        yield Finding("packages", FINE, _("No package is older than its last known hole."))


def older_than(path):
    """Yield (name, installed version or None, floor) of the packages below the floors in the file."""
    for name, floor in tomllib.loads(path.read_text(encoding="utf-8"))["floors"].items():
        try:
            installed = importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:
            installed = None
        if installed is None or numbers(installed) < numbers(floor):
            yield name, installed, floor


def numbers(version):
    """Return the leading numbers of a version: "5.2.19rc1" → (5, 2, 19)."""
    found = []
    for part in version.split("."):
        digits = part[: len(part) - len(part.lstrip("0123456789"))]
        if not digits:
            break
        found.append(int(digits))
    return tuple(found)


def database():
    probe = health.database()
    if not probe.ok:
        remedy = _("Start the database, or correct DATABASE_URL.")
        yield Finding("database", PROBLEM, _("The database does not answer (%s).") % probe.detail, remedy)
    else:
        yield Finding("database", FINE, _("The database answers (%s).") % probe.detail)


def migrations():
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if plan:
        text = _("%d changes to the tables have not been made.") % len(plan)
        yield Finding("tables", PROBLEM, text, _("Run: manage.py migrate"))
        return
    yield Finding("tables", FINE, _("The tables are up to date."))
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_extension WHERE extname = 'pg_trgm'")
            if not cursor.fetchone()[0]:
                text = _("The extension pg_trgm is missing: searching long lists is slow.")
                yield Finding(
                    "tables", WARNING, text, _("As the database's owner run: CREATE EXTENSION pg_trgm")
                )


def reference_tables():
    from coalition.reference.models import Province

    if not Province.objects.exists():
        text = _("The reference tables (provinces, rights, recommendations) are empty.")
        yield Finding("reference", PROBLEM, text, _("Run: manage.py load_reference"))
    else:
        yield Finding("reference", FINE, _("The reference tables are loaded."))


def coordinators():
    from coalition.members.models import Membership

    if not Membership.objects.filter(role="coordinator", user__is_active=True).exists():
        text = _("Nobody is a coordinator: no one can invite people or accept forms.")
        remedy = _("Run: manage.py create_user EMAIL --role coordinator --organisation CODE")
        yield Finding("people", PROBLEM, text, remedy)
    else:
        yield Finding("people", FINE, _("There is a coordinator."))


def clock():
    probe = health.beat()
    if probe.ok:
        yield Finding("clock", FINE, _("The clock struck %d seconds ago.") % probe.seconds)
        return
    text = (
        _("The clock never struck: nobody is reminded.")
        if probe.seconds is None
        else _("The clock last struck %d minutes ago: nobody is reminded.") % (probe.seconds // 60)
    )
    remedy = _("Start the worker and beat (the lines of the Procfile), then look into their output.")
    yield Finding("clock", PROBLEM, text, remedy)


def outbox():
    from datetime import timedelta

    from django.utils import timezone

    from coalition.notifications.models import Message

    waiting = Message.objects.filter(
        state="queued", not_before__lt=timezone.now() - timedelta(hours=1)
    ).count()
    failed = Message.objects.filter(state="failed").count()
    if waiting:
        text = _("%d messages have been waiting for more than an hour.") % waiting
        yield Finding(
            "outbox", PROBLEM, text, _("Start the worker; try by hand: manage.py deliver_messages --once")
        )
    if failed:
        text = _("%d messages could not be delivered.") % failed
        yield Finding("outbox", WARNING, text, _("Open the outbox as a coordinator: it says why for each."))
    if not waiting and not failed:
        yield Finding("outbox", FINE, _("No message is stuck."))


def broker():
    probe = health.broker()
    if probe.ok:
        yield Finding("broker", FINE, _("The queue of the worker answers (%s).") % probe.detail)
    else:
        text = _("The queue of the worker does not answer (%s).") % probe.detail
        remedy = _("Start Redis, or correct REDIS_URL. Nothing is lost: messages wait in the database.")
        yield Finding("broker", PROBLEM, text, remedy)


def mail():
    address = urlsplit(settings.EMAIL_URL)
    if address.scheme not in ("smtp", "smtp+tls", "smtps"):
        state = PROBLEM if settings.PRODUCTION else FINE
        remedy = (
            _("Set EMAIL_URL to the mail server: smtp+tls://user:password@host:587")
            if settings.PRODUCTION
            else ""
        )
        yield Finding("mail", state, _("Mails go to %s, not to people.") % address.scheme, remedy)
        return
    try:
        port = address.port or {"smtp": 25, "smtp+tls": 587, "smtps": 465}[address.scheme]
        with socket.create_connection((address.hostname, port), timeout=5):
            yield Finding("mail", FINE, _("The mail server %s can be reached.") % address.hostname)
    except (OSError, ValueError) as error:
        text = _("The mail server %(host)s cannot be reached: %(error)s") % {
            "host": address.hostname,
            "error": error,
        }
        yield Finding("mail", PROBLEM, text, _("Correct EMAIL_URL, or let the portal through to the server."))


def folders():
    for path in (settings.VAR_DIR, settings.MEDIA_ROOT):
        nearest = next(folder for folder in (path, *path.parents) if folder.exists())
        if not os.access(nearest, os.W_OK):
            remedy = _("Give the user of the portal the right to write there.")
            yield Finding("folders", PROBLEM, _("The folder %s cannot be written.") % path, remedy)
        elif shutil.disk_usage(nearest).free < ENOUGH_DISK:
            text = _("Less than 1 GB is free in %s.") % path
            yield Finding("folders", WARNING, text, _("Make room, or give the folder a larger disk."))
        else:
            yield Finding("folders", FINE, _("The folder %s can be written.") % path)


def front_end():
    if settings.PRODUCTION:
        missing = [] if (settings.STATIC_ROOT / "staticfiles.json").exists() else ["staticfiles.json"]
        remedy = _("Run: manage.py collectstatic")
    else:
        wanted = ("icons.svg", "tabler.css", "vendor/htmx/htmx.min.js")
        missing = [name for name in wanted if not finders.find(name)]
        remedy = _("Run: python3 bin/install.py")
    missing += [
        f"locale/{source.parts[-3]}"
        for source in settings.BASE_DIR.glob("locale/*/LC_MESSAGES/django.po")
        if not source.with_suffix(".mo").exists()
    ]
    if missing:
        yield Finding("front end", PROBLEM, _("These files are missing: %s") % ", ".join(missing), remedy)
    else:
        yield Finding("front end", FINE, _("Styles, icons and translations are there."))


def documents():
    try:
        import weasyprint  # noqa: F401
    except (ImportError, OSError) as error:
        text = _("PDF documents cannot be made: %s") % str(error).splitlines()[0]
        remedy = (
            "apt-get install -y --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
        )
        yield Finding("documents", PROBLEM, text, remedy)
    else:
        yield Finding("documents", FINE, _("PDF documents can be made."))


def archives():
    missing = (
        [name for name in backups.PROGRAMS if not shutil.which(name)]
        if connection.vendor == "postgresql"
        else []
    )
    if missing:
        text = _("manage.py backup needs %s.") % ", ".join(missing)
        yield Finding("backup", WARNING, text, "apt-get install -y postgresql-client")
    else:
        yield Finding("backup", FINE, _("Everything that backups need is there."))
