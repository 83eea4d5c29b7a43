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
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.crypto import get_random_string

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
    rows, seconds = [], {}
    for size in SIZES:
        call_command("scale_data", activities=size, organisations=60, seed=1, stdout=io.StringIO())
        settle()
        gc.collect()
        gc.freeze()  # what making the rows left behind is no part of the pages, nor of their growth
        for row, ours in measure(size):
            rows.append(row)
            seconds.setdefault(row["page"], []).append(ours)
    if len(SIZES) > 1:
        for page, ours in seconds.items():
            wall = growth(SIZES, [statistics.median(each.wall) for each in ours])
            cpu = growth(SIZES, [statistics.median(each.cpu) for each in ours])
            rows.append(
                {"page": page, "rows": "growth", "p50 ms": f"{wall:+.3f}", "cpu ratio": f"{cpu:+.3f}"}
            )
    return rows


def settle():
    """Vacuum until every page of the log counts from an index alone, as on a server left in peace.

    An autovacuum at work elsewhere holds it up: the first one may mark next to nothing.
    """
    with connection.cursor() as cursor:
        for _ in range(60):
            cursor.execute("VACUUM ANALYZE projects_activity")
            cursor.execute("SELECT relallvisible >= relpages FROM pg_class WHERE relname = 'projects_activity'")
            if cursor.fetchone()[0]:
                return
            time.sleep(1)
    raise RuntimeError("projects_activity is not all visible after a minute of vacuuming")


def measure(size):
    """Yield (row, what ours took) of each page beside its floor."""
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
    calls = {page: [partial(browser.get, each) for each in both] for page, both in pages.items()}
    calls["create"] = [creating(browser, "/floor/new/"), creating(browser, "/activities/new/")]
    for page, (floor, ours) in calls.items():
        measured = in_turns({"floor": floor, "ours": ours})
        with CaptureQueriesContext(connection) as asked:
            body = ours()
        row = {
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
        yield row, measured["ours"]


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
