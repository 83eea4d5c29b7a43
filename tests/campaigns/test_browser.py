"""A quarter's form from the reminder to acceptance, in a real browser, with a lost connection and a workbook."""

import datetime as dt
import io
import re

import openpyxl
import pytest
from django.urls import reverse

from campaigns.models import QuarterlyForm
from coalition.obligations.models import Obligation
from projects.models import Activity, Participation
from tests.browser.test_three_jobs import (
    as_person,
    log_in,
    mails_to,
    opened,
    quarter,
    send_everything,
    served,
)

__all__ = ["opened", "quarter", "served"]  # fixtures of the three jobs


def duty(form):
    return Obligation.objects.get(pk=form.obligation_id)


def test_a_form_from_the_reminder_to_acceptance(
    browser, served, opened, quarter, focal, member, coordinator, tmp_path
):
    form = QuarterlyForm.objects.get(organisation=member)
    logged = Activity.objects.get(title="Tọa đàm với cha mẹ")
    Participation.objects.create(activity=logged, group="other", sex="female", age="18+", count=14)
    send_everything()
    reminder = next(message for message in mails_to(focal) if "ần làm]" in message.subject)
    link = re.search(rf"{re.escape(served)}(/forms/\S+)", reminder.body).group(1).rstrip(".,)>")
    assert link == form.get_absolute_url()

    page = as_person(browser, served, focal, link)
    assert page.get_by_text("Tham vấn trẻ em về trường học").first.is_visible()
    page.get_by_role("button", name=re.compile("Tọa đàm với cha mẹ")).click()
    add_a_line(page, quarter)
    words_typed_without_a_connection_come_through(page, form)
    words_typed_after_the_session_ended_come_through(page, form, focal)
    hand_in(page, form)
    assert (form.state, duty(form).state) == ("submitted", "done")
    assert form.lines.count() == 3
    review = Obligation.objects.get(kind="form_review")
    assert review.state == "open"
    send_everything()
    assert any("Thành viên" in message.subject for message in mails_to(coordinator))

    desk = as_person(browser, served, coordinator, reverse("campaigns:form_return", args=[form.public_id]))
    line = form.lines.get(activity=logged)
    desk.locator("textarea[name='note-answer-highlights']").fill("Xin một ví dụ.")
    desk.locator(f"input[name='note-line-{line.public_id}-adults_female']").fill("14 hay 41?")
    desk.locator("main form .btn-primary").last.click()
    desk.wait_for_url(re.compile(f"{form.get_absolute_url()}$"))
    form.refresh_from_db()
    review.refresh_from_db()
    assert (form.state, duty(form).state, review.state) == ("returned", "open", "done")
    assert form.notes.count() == 2
    send_everything()
    assert any("14 hay 41?" in message.body for message in mails_to(focal))

    correct_in_the_workbook(page, served, form, tmp_path)
    assert logged.participation.get().count == 41
    assert form.answers.get(question__code="highlights").text == "Ví dụ: các em tự làm báo tường."
    hand_in(page, form)
    review.refresh_from_db()
    assert (form.state, form.revision, duty(form).state, review.state) == ("submitted", 2, "done", "open")

    desk.goto(served + form.get_absolute_url())
    desk.locator("main .btn-primary").first.click()
    desk.wait_for_load_state()
    form.refresh_from_db()
    review.refresh_from_db()
    assert (form.state, review.state) == ("accepted", "done")
    assert all(line.activity.is_shared for line in form.lines.select_related("activity"))
    send_everything()
    assert any(
        "đã được duyệt" in message.subject or "accepted" in message.subject for message in mails_to(focal)
    )


def add_a_line(page, quarter):
    page.locator("a[href$='/lines/new/']").click()
    page.locator("[name=title]").fill("Ngày hội ở trường")
    page.locator("[name=starts_on]").fill((quarter.starts_on + dt.timedelta(days=9)).isoformat())
    page.locator("[name=place]").fill("Trường tiểu học")
    page.locator("[name=children_female]").fill("1.200")
    page.locator("main form .btn-primary").last.click()
    page.wait_for_url("**/forms/*/#lines")
    assert page.get_by_text("Ngày hội ở trường").first.is_visible()


def words_typed_without_a_connection_come_through(page, form):
    """Type while the connection is away; what was typed is saved once it is back, without a click."""
    page.context.set_offline(True)
    page.locator("[name='answer-highlights']").fill("Các em tự điều hành.")
    page.locator("[data-saved-state][data-state=unsaved]").wait_for(timeout=10_000)
    assert not form.answers.filter(question__code="highlights").exists()
    page.context.set_offline(False)
    page.locator("[data-saved-state][data-state=saved]").wait_for(timeout=40_000)
    assert form.answers.get(question__code="highlights").text == "Các em tự điều hành."


def words_typed_after_the_session_ended_come_through(page, form, focal):
    """Type and press the button with the session gone: after logging in again the words are there, and saved."""
    page.context.clear_cookies(name="sessionid")
    page.locator("[name='answer-support']").fill("Xin mẫu phiếu đồng ý.")
    page.locator("#answers .form-actions .btn").click()
    page.wait_for_url("**/accounts/login/**")
    log_in(page, focal)
    page.wait_for_url(f"**{form.get_absolute_url()}*")
    page.locator("[data-saved-state][data-state=saved]").wait_for(timeout=20_000)
    assert form.answers.get(question__code="support").text == "Xin mẫu phiếu đồng ý."


def hand_in(page, form):
    page.locator("main .btn-primary").first.click()
    page.wait_for_url(re.compile("/submit/"))
    page.locator("main form .btn-primary").last.click()
    page.wait_for_url(re.compile(f"{form.get_absolute_url()}(#.*)?$"))
    form.refresh_from_db()


def correct_in_the_workbook(page, served, form, folder):
    page.goto(served + form.get_absolute_url())
    with page.expect_download() as downloading:
        page.locator("a[href$='/workbook/']").click()
    book = openpyxl.load_workbook(io.BytesIO(downloading.value.path().read_bytes()))
    sheet = book.worksheets[1]
    row = next(row for row in range(2, 9) if sheet.cell(row, 2).value == "Tọa đàm với cha mẹ")
    sheet.cell(row, 12).value = "bốn mươi mốt"
    book.worksheets[3]["C2"].value = "Ví dụ: các em tự làm báo tường."
    upload(page, served, form, book, folder)
    assert page.get_by_text(f"L{row}").first.is_visible()
    sheet.cell(row, 12).value = 41
    upload(page, served, form, book, folder)
    assert page.get_by_text("14", exact=True).first.is_visible()
    page.locator("main form .btn-primary").last.click()
    page.wait_for_url(re.compile(f"{form.get_absolute_url()}(#.*)?$"))
    form.refresh_from_db()


def upload(page, served, form, book, folder):
    book.save(folder / "phieu.xlsx")
    page.goto(served + reverse("campaigns:form_upload", args=[form.public_id]))
    page.locator("input[type=file]").set_input_files(folder / "phieu.xlsx")
    page.locator("main form .btn-primary").last.click()
    page.wait_for_url("**/forms/imports/*/")


@pytest.mark.parametrize("width", [360, 1280])
def test_nothing_on_the_form_is_wider_than_the_screen(browser, served, opened, focal, member, width):
    form = QuarterlyForm.objects.get(organisation=member)

    page = as_person(
        browser, served, focal, form.get_absolute_url(), viewport={"width": width, "height": 800}
    )

    assert page.evaluate("document.documentElement.scrollWidth") <= width
