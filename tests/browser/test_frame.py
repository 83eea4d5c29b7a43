"""The frame around every page in a real browser that runs no script."""

import pytest
from django.conf import settings
from django.test import Client


@pytest.fixture
def tab(browser, live_server, staff):
    """A tab of a logged-in person, without JavaScript."""
    client = Client()
    client.force_login(staff)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    context = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 740})
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])
    yield context.new_page()
    context.close()


@pytest.mark.django_db(transaction=True)
def test_language_colours_and_log_out_work_without_a_script_and_keep_the_page(tab, live_server):
    here = f"{live_server.url}/activities/?sort=title&kind=training"
    tab.goto(here)

    tab.click("header [name=language]")
    assert (tab.get_attribute("html", "lang"), tab.url) == ("en", here)

    tab.click("header summary")
    tab.click("header [name=theme][value=dark]")
    assert (tab.get_attribute("html", "data-bs-theme"), tab.url) == ("dark", here)

    tab.click("header summary")
    tab.click("header [data-logout]")
    assert tab.url.startswith(f"{live_server.url}/accounts/login/")
    tab.goto(here)
    assert "/accounts/login/" in tab.url
