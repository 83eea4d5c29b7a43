"""Every address, walked by everybody: who may, who may not, what leaks, what it costs, what a look changes."""

import re
from contextlib import suppress

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import NoReverseMatch, reverse

from coalition import access
from tests import samples
from tests.members.logging_in import logged_in

STATEMENTS = 12  # no page issues more
SLOW = ("pdf", "docx", "certificate", "workbook", "marked")  # made once, not by everybody
ONE_CLICK = "notifications:unsubscribe"  # a mail program posts there without our token (RFC 8058)
LOOKERS = ["coordinator", "focal", "donor"]
SHUT = {  # these open only to a secret that no sample knows, or in a state that the sample is not in
    "notifications:unsubscribe",
    "obligations:feed",
    "meetings:feed",
    "campaigns:form_confirm",
    "campaigns:line_correct",
    "campaigns:import_marked",
    "projects:report_file",
    "projects:report_letter",
    "projects:report_letter_file",
    "meetings:item_merge",
}
OWN_WAY = {"account_logout"}  # ends the session of whoever opens it
# Statements that a look may make: the session's own clock, and the count of a publication's downloads.
_KEPT = re.compile(
    r'^(INSERT INTO|UPDATE|DELETE FROM) "?(django_session|usersessions_usersession|projects_downloadcount)',
    re.IGNORECASE,
)
_FRAME = ("SAVEPOINT", "RELEASE", "ROLLBACK")  # of the test's own transactions
_WRITES = re.compile(r"^(INSERT|UPDATE|DELETE)\b", re.IGNORECASE)


@pytest.fixture
def cast(coordinator, staff, focal, colleague, viewer, stranger, donor, reference):
    return {
        "coordinator": coordinator, "staff": staff, "focal": focal, "contributor": colleague, "viewer": viewer,
        "stranger": stranger, "donor": donor,
    }  # fmt: skip


@pytest.fixture
def world(cast, member):
    return samples.world(
        member, owner=cast["focal"], coordinator=cast["coordinator"], stranger=cast["stranger"]
    )


@pytest.fixture
def clients(cast):
    return {name: logged_in(user, Client(raise_request_exception=False)) for name, user in cast.items()}


ROUTES = [
    route for route in access.routes() if not route.name.startswith("admin:") and route.name not in OWN_WAY
]
OURS = [route for route in ROUTES if ":" in route.name or route.name in ("home", "home_part", "health")]
ROLE_OF = {"stranger": "focal"}


def address(route, world):
    return reverse(route.name, kwargs=samples.arguments(route, world))


def walk(routes, world):
    """Yield (route, its address); one without a sample is left to the test that asks for samples."""
    for route in routes:
        with suppress(NoReverseMatch):
            yield route, address(route, world)


def may(name, route):
    return bool({ROLE_OF.get(name, name), access.LOGGED_IN, "public"}.intersection(route.roles))


def ask(client, method, path, data=None):
    """Send one request and undo what it did."""
    with transaction.atomic():
        answer = getattr(client, method)(path, data or {})
        transaction.set_rollback(True)
    return answer


def fault(answer):
    """Say what went wrong: the exception, or the status."""
    return repr(answer.exc_info[1])[:200] if getattr(answer, "exc_info", None) else answer.status_code


def methods(route):
    return [method.lower() for method in route.methods]


def test_every_address_has_its_sample(world):
    reached = {route.name for route, _path in walk(ROUTES, world)}

    assert {route.name for route in ROUTES} - reached == set()


def test_nobody_comes_in_without_logging_in(world):
    client, wrong = Client(), {}
    for route, path in walk(ROUTES, world):
        for method in methods(route) if "public" not in route.roles else ():
            answer = ask(client, method, path)
            if answer.status_code != 302 or not answer["Location"].startswith("/accounts/login/"):
                wrong[route.name, method] = answer.status_code

    assert wrong == {}


def test_a_role_without_the_right_is_refused(world, clients):
    wrong = {}
    for route, path in walk(OURS, world):
        for name in ("staff", "focal", "contributor", "viewer", "donor"):
            if not may(name, route):
                answer = ask(clients[name], methods(route)[-1], path)
                if answer.status_code != 403:
                    wrong[route.name, name] = answer.status_code

    assert wrong == {}


def test_what_is_anothers_does_not_exist_for_a_stranger(world, clients):
    wrong = {}
    for route, path in walk(OURS, world):
        if not samples.sample_of(route)[1] or not may("stranger", route):
            continue
        for method in methods(route):
            answer = ask(clients["stranger"], method, path)
            if answer.status_code != 404:
                wrong[route.name, method] = answer.status_code

    assert wrong == {}


def test_nothing_of_another_organisation_leaks(world, clients):
    leaks = {}
    for route, path in walk(OURS, world):
        if "GET" not in route.methods or any(word in route.name for word in SLOW):
            continue
        for name in ("stranger", "donor"):
            for query in ("", f"?q={samples.CANARY}", "?format=csv", "?year=2026"):
                if query and samples.sample_of(route)[0]:
                    continue
                text = _text(ask(clients[name], "get", f"{path}{query}")).replace(f"?q={samples.CANARY}", "")
                if samples.CANARY in re.sub(r'value="[^"]*"|“[^”]*”', "", text):
                    leaks[route.name, name, query] = text[text.index(samples.CANARY) - 60 :][:160]

    assert leaks == {}


def test_its_own_people_do_see_it(world, clients):
    """The canary is really there: what is hidden from strangers is shown to the owner."""
    paths = ("/activities/", "/trainings/", "/projects/", "/owed/", "/messages/", "/meetings/")
    shown = {path for path in paths if samples.CANARY in _text(ask(clients["focal"], "get", f"{path}?all=1"))}

    assert shown == {*paths}


def test_pages_open_for_those_who_may_in_few_statements_and_change_nothing(world, clients):
    closed, costly, writing = {}, {}, {}
    for route, path in walk(OURS, world):
        if "GET" not in route.methods:
            continue
        names = ["coordinator", "focal"] if any(word in route.name for word in SLOW) else LOOKERS
        seen = {}
        for name in names:
            if may(name, route):
                answer, statements = look(clients[name], path)
                seen[name] = fault(answer)
                if answer.status_code == 200 and len(statements) > STATEMENTS:
                    costly[route.name, name] = len(statements)
                written = [sql[:120] for sql in statements if _WRITES.match(sql) and not _KEPT.match(sql)]
                if written:
                    writing[route.name, name] = written
        if not {200, 302, 410}.intersection(seen.values()) and route.name not in SHUT:
            closed[route.name] = seen
        if any(isinstance(status, str) for status in seen.values()):
            closed[route.name] = seen

    assert closed == {}
    assert costly == {}
    assert writing == {}


def look(client, path):
    """Open a page; return the answer and the statements it took."""
    with CaptureQueriesContext(connection) as asked:
        answer = ask(client, "get", path)
    return answer, [query["sql"] for query in asked if not query["sql"].startswith(_FRAME)]


def test_an_empty_form_is_never_a_fault(world, clients):
    faults = {}
    for route, path in walk(OURS, world):
        for name in ("coordinator", "focal") if "POST" in route.methods else ():
            if not may(name, route):
                continue
            answer = ask(clients[name], "post", path)
            if answer.status_code >= 500:
                faults[route.name, name] = fault(answer)

    assert faults == {}


def test_a_post_without_its_token_is_refused(world, cast):
    taken = {}
    client = logged_in(cast["coordinator"], Client(enforce_csrf_checks=True))
    for route, path in walk(ROUTES, world):
        if "POST" in route.methods and route.name != ONE_CLICK:
            answer = ask(client, "post", path)
            if answer.status_code != 403:
                taken[route.name] = answer.status_code

    assert taken == {}


@pytest.mark.parametrize(
    "query",
    [
        "?page=²&sort=nothing&cols=;&year=20x6&q=%F0%9F%91%B6&org=0&org=&from=31/02/2026&nobody=knows",
        "?page=-1&per=7&view=zz&panel=zz&format=exe&year=9999&from=0000-00-00&kind=&state=x",
    ],
)
def test_no_address_is_an_error(world, clients, query):
    wrong = {}
    for route, path in walk(OURS, world):
        if "GET" in route.methods and "<" not in route.path:
            answer = ask(clients["coordinator"], "get", f"{path}{query}")
            if answer.status_code >= 500:
                wrong[route.name] = fault(answer)

    assert wrong == {}


def test_every_page_carries_the_policy_and_stays_out_of_caches(world, clients):
    missing = []
    for route, path in walk(OURS, world):
        if "GET" in route.methods and "<" not in route.path and may("coordinator", route):
            answer = ask(clients["coordinator"], "get", path)
            policy = answer.headers.get("Content-Security-Policy", "")
            if "unsafe" in policy or "default-src 'self'" not in policy:
                missing.append((route.name, policy[:80]))
            if route.name != "health" and "no-store" not in answer.headers.get("Cache-Control", ""):
                missing.append((route.name, answer.headers.get("Cache-Control")))

    assert missing == []
    assert settings.X_FRAME_OPTIONS == "DENY"


def _text(answer):
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return content.decode("utf-8", "replace")
