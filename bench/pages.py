"""Pages over 1,000, 10,000 … activities beside their floors: goals G1–G7. SIZES=1000,10000,100000 for all three."""

import gc
import io
import itertools
import os
import statistics
import time
from functools import partial
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.test.utils import CaptureQueriesContext
from django.utils.crypto import get_random_string

from bench.databases import copy
from bench.turns import growth, in_turns, ratio

DEMONSTRATION = True
SIZES = [int(size) for size in os.environ.get("SIZES", "1000,10000").split(",")]


class Browser:
    """Asks the WSGI application itself, with the cookie of a logged-in person: no network, no server in between."""

    def __init__(self, user):
        from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
        from django.contrib.sessions.backends.db import SessionStore
        from django.core.wsgi import get_wsgi_application

        session = SessionStore()
        session[SESSION_KEY] = str(user.pk)
        session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
        session[HASH_SESSION_KEY] = user.get_session_auth_hash()
        session.save()
        self.token = get_random_string(32)
        self.cookie = (
            f"{settings.SESSION_COOKIE_NAME}={session.session_key}; {settings.CSRF_COOKIE_NAME}={self.token}"
        )
        self.application = get_wsgi_application()

    def get(self, address):
        """Return the body of the page; raise AssertionError unless the answer is 200."""
        return self._ask("GET", address, "200")

    def post(self, address, fields):
        """Send a form; raise AssertionError unless the answer leads on to another page."""
        return self._ask("POST", address, "302", urlencode({**fields, "csrfmiddlewaretoken": self.token}))

    def _ask(self, method, address, expected, sent=""):
        path, _, query = address.partition("?")
        environ = {
            "REQUEST_METHOD": method,
            "PATH_INFO": path,
            "QUERY_STRING": query,
            "SERVER_NAME": "localhost",
            "SERVER_PORT": "8000",
            "HTTP_HOST": "localhost",
            "HTTP_COOKIE": self.cookie,
            "wsgi.url_scheme": "http",
            "CONTENT_TYPE": "application/x-www-form-urlencoded",
            "CONTENT_LENGTH": str(len(sent)),
            "wsgi.input": io.BytesIO(sent.encode()),
            "wsgi.errors": io.StringIO(),
        }
        told = []
        answer = self.application(environ, lambda status, headers: told.append(status))
        body = b"".join(answer)
        answer.close()
        assert told[0].startswith(expected), f"{address}: {told[0]}"
        return body


def run():
    """Return a row per page and size, then how each grows: the exponent of its time and its CPU time over rows."""
    settings.ROOT_URLCONF = "bench.floor"
    rows, databases = [], {}
    for size in SIZES:
        call_command("scale_data", activities=size, organisations=60, seed=1, stdout=io.StringIO())
        settle()
        databases[size] = kept(f"bench_pages_{size}")
        gc.collect()
        gc.freeze()  # what making the rows left behind is no part of the pages, nor of their growth
        rows += [*measure(size), *beside_admin(size)]
    return [*rows, *grown(databases)] if len(SIZES) > 1 else rows


def settle():
    """Vacuum until every page of the log counts from an index alone, as on a server left in peace.

    An autovacuum at work elsewhere holds it up: the first one may mark next to nothing.
    """
    with connection.cursor() as cursor:
        for _ in range(60):
            cursor.execute("VACUUM ANALYZE projects_activity")
            cursor.execute(
                "SELECT relallvisible >= relpages FROM pg_class WHERE relname = 'projects_activity'"
            )
            if cursor.fetchone()[0]:
                return
            time.sleep(1)
    raise RuntimeError("projects_activity is not all visible after a minute of vacuuming")


def kept(name):
    """Copy the database as it now is, and return a connection to the copy that can stand in for the default one."""
    connection.close()
    copy(name, connection.settings_dict["NAME"])
    other = connections.create_connection(DEFAULT_DB_ALIAS)
    other.settings_dict = {**other.settings_dict, "NAME": name}
    return other


def calls():
    """Return {page: {"floor": call, "ours": call}} on the database in use."""
    from projects.models import Activity

    browser = Browser(get_user_model().objects.get(email="coordinator@example.org"))
    activity = Activity.objects.order_by("-starts_on", "-pk")[40]
    attended(activity)
    some = activity.public_id
    pages = {
        "list": ("/floor/", "/activities/"),
        "filter": ("/floor/", "/activities/?kind=training&state=held"),
        "search": ("/floor/", "/activities/?q=tap+huan"),
        "detail": (f"/floor/{some}/", f"/activities/{some}/"),
        "home": ("/floor/", "/"),
    }
    found = {
        page: {"floor": partial(browser.get, floor), "ours": partial(browser.get, ours)}
        for page, (floor, ours) in pages.items()
    }
    return found | {
        "create": {
            "floor": creating(browser, "/floor/new/"),
            "ours": creating(browser, "/activities/new/"),
        }
    }


def measure(size):
    """Yield a row for each page beside its floor."""
    for page, both in calls().items():
        measured = in_turns(both)
        with CaptureQueriesContext(connection) as asked:
            body = both["ours"]()
        yield {
            "page": page,
            "rows": size,
            "p50 ms": f"{measured['ours'].ms:.1f}",
            "p50 ratio": ratio(measured["ours"], measured["floor"], "wall"),
            "cpu ratio": ratio(measured["ours"], measured["floor"], "cpu"),
            "SQL": len(
                [
                    each
                    for each in asked
                    if not each["sql"].startswith(("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE"))
                ]
            ),
            "kB": f"{len(body) / 1024:.0f}",
        }


def beside_admin(size):
    """Yield how our list and search stand to those of Django's admin, fewer times: its search reads every row."""
    browser = Browser(get_user_model().objects.get(email="coordinator@example.org"))
    words = urlencode({"q": "tập huấn"})
    for page, query in (("list", ""), ("search", f"?{words}")):
        measured = in_turns(
            {
                "admin": partial(browser.get, f"/shelf/projects/activity/{query}"),
                "ours": partial(browser.get, f"/activities/{query}"),
            },
            rounds=5,
            block=3,
            warm=1,
        )
        yield {
            "page": f"{page}, of admin's",
            "rows": size,
            "p50 ms": f"{measured['admin'].ms:.1f}",
            "p50 ratio": ratio(measured["ours"], measured["admin"], "wall"),
            "cpu ratio": ratio(measured["ours"], measured["admin"], "cpu"),
        }


def grown(databases):
    """Yield the growth of each page, all sizes in turns: measured minutes apart, the machine's moods are larger."""

    def on(size, call=None):
        connections[DEFAULT_DB_ALIAS] = databases[size]
        return call() if call else calls()

    pages = {size: on(size) for size in SIZES}
    for page in pages[SIZES[0]]:
        measured = in_turns({size: partial(on, size, pages[size][page]["ours"]) for size in SIZES})
        wall, cpu = (
            growth(SIZES, [statistics.median(getattr(measured[size], what)) for size in SIZES])
            for what in ("wall", "cpu")
        )
        yield {"page": page, "rows": "growth", "p50 ms": f"{wall:+.3f}", "cpu ratio": f"{cpu:+.3f}"}


def attended(activity):
    """Let 205 organisations have sent people to the activity (G5)."""
    from coalition.members.models import Organisation
    from projects.models import Participation

    for sex in ("female", "male"):
        rows = [
            Participation(activity=activity, organisation=each, group="cso", sex=sex, age="18+", count=1)
            for each in Organisation.objects.order_by("pk")[:103]
        ]
        Participation.objects.bulk_create(rows, ignore_conflicts=True)


def creating(browser, address):
    """Return a function that logs one more activity through the form at `address`."""
    number, lead = (
        itertools.count(1),
        get_user_model().objects.get(email="coordinator@example.org").organisation,
    )

    def create():
        fields = {
            "title": f"Bench {next(number)}",
            "kind": "training",
            "starts_on": "2026-03-05",
            "women": "12",
        }
        return browser.post(address, {**fields, "lead": lead.pk})

    return create
