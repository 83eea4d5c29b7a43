"""Two people take the minutes of one meeting at once, by keyboard; a third on a phone of 360 points."""

import pytest
from django.conf import settings
from django.test import Client

from coalition.obligations.models import Obligation
from meetings.models import AgendaItem, NoteDraft
from tests.factories.meetings import AgendaItemFactory, MeetingFactory, WorkingGroupFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def meeting(reference, secretariat, member):
    member.name_vi = "Mầm Xanh"
    member.save()
    meeting = MeetingFactory(group=WorkingGroupFactory(name_vi="Nhóm công tác"), activity__lead=secretariat)
    AgendaItemFactory(meeting=meeting, title="Vận động chính sách", number="1")
    return meeting


def opened(browser, live_server, user, path, width=1280):
    """Return a page on which this person has opened `path`."""
    client = Client()
    client.force_login(user)
    context = browser.new_context(viewport={"width": width, "height": 800}, locale="vi-VN")
    context.add_cookies(
        [
            {
                "name": settings.SESSION_COOKIE_NAME,
                "value": client.cookies[settings.SESSION_COOKIE_NAME].value,
                "url": live_server.url,
            },
        ]
    )
    page = context.new_page()
    page.goto(f"{live_server.url}{path}")
    return page


def test_two_note_takers_by_keyboard(browser, live_server, staff, coordinator, meeting):
    path = f"{meeting.get_absolute_url()}minutes/"
    first = opened(browser, live_server, staff, path)
    second = opened(browser, live_server, coordinator, path)

    first.locator("textarea").first.focus()
    first.keyboard.type("Thư ngỏ gửi trong tháng 4.")
    first.wait_for_selector("[data-saved-state][data-state=saved]")
    second.locator("textarea").first.focus()
    second.keyboard.type("Chờ ý kiến của Cục.")
    second.wait_for_selector("[data-saved-state][data-state=unsaved]")

    item = AgendaItem.objects.get()
    assert item.content == "Thư ngỏ gửi trong tháng 4."
    assert NoteDraft.objects.get(user=coordinator).content == "Chờ ý kiến của Cục."
    second.reload()
    second.get_by_role("link", name="So sánh").click()
    both = second.locator("textarea").first.input_value()
    assert both == "Thư ngỏ gửi trong tháng 4.\n\nChờ ý kiến của Cục."
    second.locator("main form button.btn-primary").click()
    item.refresh_from_db()
    assert item.content == both


def test_an_action_is_written_with_two_keys(browser, live_server, staff, member, meeting):
    page = opened(browser, live_server, staff, f"{meeting.get_absolute_url()}minutes/")

    page.locator("[id^=point-new-]").first.focus()
    page.keyboard.type("Mầm Xanh sẽ gửi danh sách trước ngày 28 tháng 2")
    page.keyboard.press("Enter")
    page.wait_for_selector("button.btn-primary:focus")
    page.keyboard.press("Enter")
    page.wait_for_selector("[id^=point-new-]:focus")

    duty = Obligation.objects.get()
    assert (duty.organisation, str(duty.due_on)) == (member, "2015-02-28")
    assert page.url.endswith("/minutes/")


def test_minutes_are_taken_on_a_phone(browser, live_server, staff, meeting):
    page = opened(browser, live_server, staff, f"{meeting.get_absolute_url()}minutes/", width=360)

    left, right = (page.locator(f".minutes-{side}").first.bounding_box() for side in ("left", "right"))
    assert right["y"] >= left["y"] + left["height"]
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.locator("textarea").first.fill("Gõ trên điện thoại")
    page.wait_for_selector("[data-saved-state][data-state=saved]")
    assert AgendaItem.objects.get().content == "Gõ trên điện thoại"
