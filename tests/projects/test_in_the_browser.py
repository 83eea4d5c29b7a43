"""Logging and adding photos as people do it: on a phone, with the keyboard alone."""

import io
import re

import pytest
from django.test import Client
from PIL import Image

from projects.models import Activity, Evidence
from tests.factories.projects import ActivityFactory, ProjectFactory

PHONE = {"width": 360, "height": 740}


@pytest.fixture
def logged_in(page, live_server, transactional_db, reference, settings, focal):
    """A phone on which the focal point has logged in."""
    client = Client()
    client.force_login(focal)
    page.set_viewport_size(PHONE)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies(
        [{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}]
    )
    page.home = live_server.url
    return page


class Taps:
    """Counts what a thumb does; typing is not a tap, leaving a choice list counts as one."""

    def __init__(self):
        self.count = 0

    def __call__(self, locator):
        locator.click()
        self.count += 1
        return locator

    def choose(self, locator, **option):
        locator.select_option(**option)
        self.count += 2


@pytest.mark.django_db(transaction=True)
def test_an_activity_is_logged_on_a_phone_in_at_most_twelve_taps(logged_in, member):
    page, tap = logged_in, Taps()
    ProjectFactory(lead=member)
    page.goto(page.home)

    tap(page.locator(".bar-log"))
    tap(page.get_by_label(re.compile("Hoạt động gì|What was it"))).fill("Tập huấn bảo vệ trẻ em")
    tap.choose(page.locator("#id_kind"), value="training")
    tap.choose(page.locator("#id_province"), value="VN34-01")
    tap(page.locator("#id_women")).fill("12")
    tap(page.locator("#id_men")).fill("8")
    tap(page.locator("#id_children")).fill("30")
    tap(page.locator("main button[type=submit]").first)
    page.wait_for_url(re.compile(r"/activities/(?!new)\w+/"))

    activity = Activity.objects.get()
    assert tap.count <= 12
    assert (activity.title, activity.lead, activity.province.uid) == (
        "Tập huấn bảo vệ trẻ em",
        member,
        "VN34-01",
    )
    assert activity.projects.count() == 1
    assert sum(row.count for row in activity.participation.all()) == 50
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


@pytest.mark.django_db(transaction=True)
def test_an_activity_is_logged_with_the_keyboard_alone(logged_in, member):
    page = logged_in
    page.goto(f"{page.home}/activities/new/")

    page.locator("#id_title").focus()
    page.keyboard.type("Họp nhóm nòng cốt")
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.locator("#id_title").focus()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/activities/(?!new)\w+/"))

    assert Activity.objects.get().title == "Họp nhóm nòng cốt"


@pytest.mark.django_db(transaction=True)
def test_a_photo_is_made_smaller_before_it_travels_and_says_so(logged_in, member, tmp_path):
    page = logged_in
    activity = ActivityFactory(lead=member)
    out = io.BytesIO()
    Image.effect_noise((3000, 2000), 80).convert("RGB").save(out, "JPEG", quality=95)
    page.goto(f"{page.home}{activity.get_absolute_url()}evidence/")

    page.set_input_files(
        "input[type=file]", {"name": "anh.jpg", "mimeType": "image/jpeg", "buffer": out.getvalue()}
    )
    told = page.locator("[data-photo-size]")
    told.filter(has_text="kB").wait_for()
    kilobytes = int(re.sub(r"\D", "", told.inner_text().rsplit(":", 1)[1]))
    page.locator("main button[type=submit]").click()
    page.wait_for_url(f"{page.home}{activity.get_absolute_url()}")

    file = Evidence.objects.get().file
    assert kilobytes < len(out.getvalue()) / 1024 / 2
    assert max(file.width, file.height) == 1600


PASTE_AND_DROP = """() => {
  const file = (name) => { const box = new DataTransfer(); box.items.add(new File(["ghi"], name, { type: "text/plain" })); return box; };
  const form = document.querySelector("input[type=file]").form;
  document.dispatchEvent(new ClipboardEvent("paste", { clipboardData: file("dan.txt"), bubbles: true, cancelable: true }));
  form.dispatchEvent(new DragEvent("drop", { dataTransfer: file("tha.txt"), bubbles: true, cancelable: true }));
  return [...document.querySelector("input[type=file]").files].map((each) => each.name);
}"""


@pytest.mark.django_db(transaction=True)
def test_what_is_pasted_and_dropped_on_the_form_is_added_to_what_is_chosen(logged_in, member):
    page = logged_in
    page.goto(f"{page.home}{ActivityFactory(lead=member).get_absolute_url()}evidence/")

    assert page.evaluate(PASTE_AND_DROP) == ["dan.txt", "tha.txt"]


@pytest.mark.django_db(transaction=True)
def test_the_list_answers_while_one_types_and_keeps_the_address(logged_in, member):
    page = logged_in
    ActivityFactory(title="Đối thoại trẻ em", lead=member)
    ActivityFactory(title="Họp quý", lead=member)
    page.goto(f"{page.home}/activities/")

    page.locator("#list-q").press_sequentially("doi thoai")
    page.wait_for_url(re.compile("q=doi"))
    page.locator("#results").get_by_text("Họp quý").wait_for(state="detached")

    assert page.locator("#results tbody tr").count() == 1
    assert page.locator("#list-q").input_value() == "doi thoai"
    assert page.locator("#result-count").inner_text().startswith("1 ")
