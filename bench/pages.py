"""Pages over 1,000, 10,000 … activities beside the floor: goals G1–G7. SIZES=1000,10000,100000 for all three."""

import io
import os

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

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
        self.cookie = f"{settings.SESSION_COOKIE_NAME}={session.session_key}"
        self.application = get_wsgi_application()

    def get(self, address):
        """Return the body of the page; raise AssertionError unless the answer is 200."""
        path, _, query = address.partition("?")
        environ = {
            "REQUEST_METHOD": "GET",
            "PATH_INFO": path,
            "QUERY_STRING": query,
            "SERVER_NAME": "localhost",
            "SERVER_PORT": "8000",
            "HTTP_HOST": "localhost",
            "HTTP_COOKIE": self.cookie,
            "wsgi.url_scheme": "http",
            "wsgi.input": io.BytesIO(),
            "wsgi.errors": io.StringIO(),
        }
        told = []
        answer = self.application(environ, lambda status, headers: told.append(status))
        body = b"".join(answer)
        answer.close()
        assert told[0].startswith("200"), f"{address}: {told[0]}"
        return body


def run():
    """Return a row per page and size."""
    settings.ROOT_URLCONF = "bench.floor"
    rows, seconds = [], {}
    for size in SIZES:
        call_command("scale_data", activities=size, organisations=60, seed=1, stdout=io.StringIO())
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        for row, taken in measure(size):
            rows.append(row)
            seconds.setdefault(row["page"], []).append(taken)
    for page, taken in seconds.items():
        if len(taken) > 1:
            exponent = growth(SIZES, taken)
            rows.append({"page": page, "rows": "growth", "p50 ms": f"{exponent:+.3f}"})
    return rows


def measure(size):
    """Yield (row, seconds) of each page beside its floor."""
    from projects.models import Activity

    browser = Browser(get_user_model().objects.get(email="coordinator@example.org"))
    some = Activity.objects.order_by("-starts_on", "-pk").values_list("public_id", flat=True)[40]
    pages = {
        "list": ("/floor/", "/activities/"),
        "filter and search": ("/floor/", "/activities/?q=tap+huan"),
        "detail": (f"/floor/{some}/", f"/activities/{some}/"),
        "home": ("/floor/", "/"),
    }
    for page, (floor, ours) in pages.items():
        measured = in_turns({"floor": lambda f=floor: browser.get(f), "ours": lambda o=ours: browser.get(o)})
        with CaptureQueriesContext(connection) as asked:
            body = browser.get(ours)
        row = {
            "page": page,
            "rows": size,
            "p50 ms": f"{measured['ours'].ms:.1f}",
            "p50 ratio": ratio(measured["ours"], measured["floor"], "wall"),
            "cpu ratio": ratio(measured["ours"], measured["floor"], "cpu"),
            "SQL": len(asked),
            "kB": f"{len(body) / 1024:.0f}",
        }
        yield row, measured["ours"].ms
