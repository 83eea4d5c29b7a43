"""Every page a person can reach: axe finds nothing, the browser blocks nothing, nothing is too wide.

The pages are found by walking the links from the home page, one page for each route, on the
demonstration's data; so a new page is looked at without anybody listing it here.
"""

from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import Client
from django.urls import Resolver404, resolve, reverse
from playwright.sync_api import Error

from coalition.members.models import User
from projects.models import DonorReport

AXE = (Path(settings.BASE_DIR) / "node_modules" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")
RUN = (
    "axe.run(document, {resultTypes: ['violations']}).then(found => found.violations.map("
    "each => `${each.id}: ${each.nodes.slice(0, 3).map(node => node.target.join(' ')).join(' | ')}`))"
)
LINKS = "links => links.map(link => new URL(link.getAttribute('href'), location).href)"  # of SVG as well
LEFT_OUT = ("/back-office/", "/accounts/logout/", "/health/")
SCREENS = [
    ("coordinator@example.org", "vi", "light", 1280),
    ("focal.vacr@example.org", "en", "dark", 360),
    ("donor@example.org", "vi", "dark", 1280),
]


@pytest.fixture
def demonstration(transactional_db, reference):
    call_command("demo", verbosity=0)


def open_context(browser, live_server, email, language, theme, width):
    """Return a browser context in which this person is logged in, with language and colours set."""
    context = browser.new_context(viewport={"width": width, "height": 800})
    cookies = {"theme": theme, settings.LANGUAGE_COOKIE_NAME: language}
    if email:
        user = User.objects.get(email=email)
        User.objects.filter(pk=user.pk).update(language=language)
        client = Client()
        client.force_login(user)
        cookies[settings.SESSION_COOKIE_NAME] = client.cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies(
        [{"name": name, "value": value, "url": live_server.url} for name, value in cookies.items()]
    )
    return context


def route_of(path):
    """Return the route a path belongs to, or None for what is no page of ours."""
    if path.startswith(LEFT_OUT):
        return None
    try:
        return resolve(path).route
    except Resolver404:
        return None


def troubles_of(page, url):
    """Open one page; return (what is wrong with it, the paths it links to)."""
    blocked = []
    page.on("console", lambda message: blocked.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: blocked.append(str(error)))
    answer = page.goto(url)
    if answer.status >= 400:
        return [f"status {answer.status}"], []
    if "text/html" not in answer.headers.get("content-type", ""):
        return [], []
    page.wait_for_selector(".htmx-request", state="detached")  # a part that is still on its way is faded
    page.evaluate(AXE)
    troubles = page.evaluate(RUN) + blocked
    wider = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    if wider > 0:
        troubles.append(f"{wider} px wider than the screen")
    return troubles, page.eval_on_selector_all("a[href]:not([download])", LINKS)


def walk(context, start, first=("/",)):
    """Visit one page of every route that links lead to; return ({path: troubles}, number of pages)."""
    waiting, seen, bad = list(first), set(), {}
    while waiting:
        path = waiting.pop(0)
        route = route_of(path.split("?")[0])
        if route is None or route in seen:
            continue
        seen.add(route)
        page = context.new_page()
        try:
            troubles, links = troubles_of(page, start + path)
        except Error as error:
            if "Download is starting" not in str(error):
                raise
            troubles, links = [], []
        finally:
            page.close()
        if troubles:
            bad[path] = troubles
        waiting += [urlsplit(link).path for link in links if link.startswith(start)]
    return bad, len(seen)


def seldom_linked(email):
    """Return pages that the first page of a route need not link to: the letter beside a finished report."""
    if email != SCREENS[0][0]:
        return []
    report = DonorReport.objects.get(state=DonorReport.State.FINISHED)
    return [reverse("projects:report_letter", args=[report.public_id, "vi"])]


def test_axe_finds_nothing_on_any_page(browser, live_server, demonstration):
    found = {}
    for email, language, theme, width in SCREENS:
        context = open_context(browser, live_server, email, language, theme, width)
        bad, visited = walk(context, live_server.url, ["/", *seldom_linked(email)])
        context.close()
        found |= {f"{email} {path}": troubles for path, troubles in bad.items()}
        assert visited >= 15

    assert found == {}


def test_axe_finds_nothing_before_log_in_and_on_empty_pages(
    browser, live_server, transactional_db, reference
):
    from tests.factories.members import MembershipFactory, OrganisationFactory, UserFactory

    context = open_context(browser, live_server, None, "en", "light", 360)
    bad, _visited = walk(context, live_server.url, ["/accounts/login/", "/khong-co-gi/"])
    context.close()
    assert bad == {}

    MembershipFactory(
        user=UserFactory(email="first@example.org"),
        organisation=OrganisationFactory(is_secretariat=True), role="coordinator",
    )  # fmt: skip
    context = open_context(browser, live_server, "first@example.org", "vi", "light", 360)
    bad, visited = walk(context, live_server.url)
    context.close()
    assert bad == {}
    assert visited >= 12
