"""The three jobs, played by hand in a real browser; each ends with what the other side then sees."""

import datetime as dt
import re

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from campaigns import actions as forms
from campaigns.models import QuarterlyForm
from coalition.dates import Quarter, next_working_day
from coalition.notifications import delivery
from coalition.obligations import ladder, planning
from projects.models import Activity, Participation
from tests.factories.campaigns import CampaignFactory, EditionFactory
from tests.factories.projects import ActivityFactory

PASSWORD = "buoi-sang-mua-thu-1990"
PHONE = {"width": 360, "height": 740}


@pytest.fixture
def served(live_server, transactional_db, reference, settings):
    """The portal as people reach it: links in mails lead to this server."""
    settings.BASE_URL = live_server.url
    ladder.load()
    return live_server.url


@pytest.fixture
def quarter():
    """The quarter before this one: it is over, so its forms are asked for."""
    return Quarter.of(Quarter.of(timezone.localdate()).starts_on - dt.timedelta(days=1))


@pytest.fixture
def opened(served, secretariat, member, coordinator, focal, quarter):
    """A CRC-25 round due in a week; one activity is tagged with the campaign, one is only in the log."""
    campaign = CampaignFactory(
        code="crc-25", title_vi="Hướng tới 25 năm CRC", lead=secretariat, asks_for_forms=True
    )
    edition = EditionFactory(
        campaign=campaign, title_vi="Đợt này", starts_on=quarter.starts_on, ends_on=quarter.ends_on
    )
    tagged = ActivityFactory(
        title="Tham vấn trẻ em về trường học",
        lead=member,
        starts_on=quarter.starts_on,
        kind="consultation",
        state="held",
        is_online=True,
    )
    Participation.objects.create(activity=tagged, group="children", sex="female", count=25)
    forms.tag(edition, tagged, by=focal)
    ActivityFactory(
        title="Tọa đàm với cha mẹ",
        lead=member,
        starts_on=quarter.ends_on,
        kind="workshop",
        state="held",
        is_online=True,
    )
    today = timezone.localdate()
    opened, _issued = forms.open_round(
        campaign=campaign,
        year=quarter.year,
        quarter=quarter.number,
        by=coordinator,
        today=today,
        due_on=next_working_day(today) + dt.timedelta(days=7),
    )
    return opened


def log_in(page, user):
    """Type e-mail and password as a person does."""
    user.set_password(PASSWORD)
    user.save()
    EmailAddress.objects.get_or_create(
        user=user, email=user.email, defaults={"verified": True, "primary": True}
    )
    page.get_by_label("Email").or_(page.locator("input[name=login]")).first.fill(user.email)
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("main form button[type=submit]").first.click()


def as_person(browser, served, user, path="/", viewport=None):
    """Open a fresh browser, go to a page and log in on the way."""
    page = browser.new_context(viewport=viewport or {"width": 1280, "height": 900}, locale="vi-VN").new_page()
    page.goto(served + path)
    log_in(page, user)
    page.wait_for_url(f"**{path}*")
    return page


def send_everything():
    """Let the clock strike on the next working day: plan, and deliver at noon of the day after, not at night."""
    day = next_working_day(timezone.localdate())
    planning.plan(today=day)
    noon = timezone.make_aware(dt.datetime.combine(day, dt.time(12))) + dt.timedelta(days=1)
    delivery.run(now=lambda: noon)


def mails_to(user):
    return [message for message in mail.outbox if user.email in " ".join(message.to)]


def test_a_focal_point_files_the_form_gets_it_back_and_files_again(
    browser, served, opened, focal, member, coordinator
):
    send_everything()
    reminder = next(message for message in mails_to(focal) if "ần làm]" in message.subject)
    link = re.search(rf"{re.escape(served)}(/\S+)", reminder.body).group(1).rstrip(".,)>")

    page = as_person(browser, served, focal, link)
    form = QuarterlyForm.objects.get(organisation=member)
    if form.public_id not in page.url:
        page.goto(served + form.get_absolute_url())

    assert page.get_by_text("Tham vấn trẻ em về trường học").first.is_visible()
    page.get_by_role("button", name=re.compile("Tọa đàm với cha mẹ")).first.click()
    fill_in(page, form, served)
    submit(page)

    form.refresh_from_db()
    assert form.state == "submitted"
    assert form.obligation.__class__.objects.get(pk=form.obligation_id).state == "done"
    send_everything()
    assert any("Thành viên" in message.subject for message in mails_to(coordinator))

    desk = as_person(browser, served, coordinator, reverse("campaigns:form_return", args=[form.public_id]))
    desk.locator("textarea[name^=note-answer-]").first.fill("Xin nói rõ hơn trẻ em đã nói gì.")
    desk.locator("input[name^=note-]").first.fill("Xin xem lại số này.")
    desk.locator("main form .btn-primary").last.click()
    form.refresh_from_db()
    assert form.state == "returned"
    send_everything()
    assert any("Xin nói rõ hơn trẻ em đã nói gì." in message.body for message in mails_to(focal))

    page.goto(served + form.get_absolute_url())
    assert page.get_by_text("Xin nói rõ hơn trẻ em đã nói gì.").first.is_visible()
    page.locator("#answers textarea").first.fill("Trẻ em muốn có góc đọc sách ở mỗi lớp.")
    submit(page)
    form.refresh_from_db()
    assert form.state == "submitted"


def fill_in(page, form, served):
    """Answer what the form still asks for: numbers of each line, then the questions."""
    for line in form.lines.all():
        page.goto(served + reverse("campaigns:line_edit", args=[form.public_id, line.public_id]))
        for box in page.locator("main input[inputmode]").all():
            if not box.input_value():
                box.fill("5")
        page.locator("main form .btn-primary").last.click()
        page.wait_for_load_state()
    page.goto(served + form.get_absolute_url())
    for area in page.locator("#answers textarea").all():
        if not area.input_value():
            area.fill(
                "https://example.org/anh"
                if "link" in (area.get_attribute("name") or "")
                else "Trẻ em tự điều hành buổi tham vấn."
            )
    page.locator("#answers button[type=submit]").first.click()
    page.wait_for_load_state()


def submit(page):
    page.get_by_role("button", name="Lưu và chuyển sang nộp").or_(
        page.locator("button[name=then]")
    ).first.click()
    page.wait_for_load_state()
    page.locator("main form .btn-primary").last.click()
    page.wait_for_load_state()


def test_a_coordinator_accepts_and_exports_the_donor_report_in_both_languages(
    browser, served, opened, focal, member, coordinator, donor, donor_organisation, tmp_path
):
    from projects.models import FundingLine
    from tests.factories.projects import ProjectFactory

    form = QuarterlyForm.objects.get(organisation=member)
    project = ProjectFactory(
        lead=member, state="open", starts_on=opened.period.starts_on, ends_on=opened.period.ends_on
    )
    FundingLine.objects.create(project=project, giver=donor_organisation, receiver=member)
    for activity in Activity.objects.all():
        activity.projects.add(project)
    form.refresh_from_db()
    typed = {
        question.code: "Trẻ em tự điều hành." for question in opened.questions.all() if question.is_required
    }
    forms.save_answers(form, typed=typed, base_version=form.version, by=focal)
    form.refresh_from_db()
    forms.submit(form, by=focal)

    desk = as_person(browser, served, coordinator, form.get_absolute_url())
    desk.locator(f"form[action$='{reverse('campaigns:form_accept', args=[form.public_id])}'] button").click()
    desk.wait_for_load_state()
    form.refresh_from_db()
    assert form.state == "accepted"
    assert Activity.objects.get(title="Tham vấn trẻ em về trường học").is_shared
    send_everything()
    assert mails_to(focal)

    for language in ("vi", "en"):
        desk.goto(served + reverse("projects:report_new") + f"?project={project.public_id}")
        desk.locator("select[name=language]").select_option(language)
        desk.locator("main form .btn-primary").last.click()
        desk.wait_for_url("**/reports/*/")
        assert desk.locator("article.report").get_attribute("lang") == language
        made = build_pdf(desk, served)
        assert made[:5] == b"%PDF-"
        (tmp_path / f"{language}.pdf").write_bytes(made)
    desk.get_by_role("link", name="Hoàn thành").or_(desk.locator("a[href$='/finish/']")).first.click()
    desk.locator("input[name=with_gaps]").check()  # the log of one activity leaves sections empty
    desk.locator("main form .btn-primary").last.click()
    desk.wait_for_load_state()

    reader = as_person(browser, served, donor, reverse("projects:report_list"))
    assert (
        reader.locator("main a[href^='/reports/']")
        .filter(has_text=project.title_vi[:20])
        .or_(reader.locator("main .rows-main a"))
        .first.is_visible()
    )


def build_pdf(desk, served):
    """Ask for the PDF, let the worker do it, and take the file from the page that shows how far it is."""
    from coalition.jobs import actions as jobs
    from coalition.jobs.models import Job

    address = desk.url
    desk.locator("form[action$='/make/pdf/'] button").click()
    desk.wait_for_url("**/jobs/**")
    jobs.run(Job.objects.order_by("-pk").first().pk)
    with desk.expect_download() as waiting:
        desk.locator("a.btn-primary[href*='/files/']").click()  # once the page has renewed itself
    desk.goto(address)
    assert desk.locator(".file-list a").first.is_visible()
    return waiting.value.path().read_bytes()


def test_staff_log_an_activity_on_a_phone_within_twelve_taps(browser, served, staff, secretariat):
    page = as_person(browser, served, staff, viewport=PHONE)
    taps = 0

    def tap(place):
        nonlocal taps
        taps += 1
        place.click()

    tap(page.locator("nav.bar a, .bar a").filter(has_text="Ghi").first)
    tap(page.locator("input[name=title]"))
    page.keyboard.type("Đối thoại với trẻ em về đường đến trường")
    taps += 2  # a drop-down is opened and chosen from
    page.locator("select[name=kind]").select_option("dialogue")
    taps += 2
    page.locator("select[name=province]").select_option("VN34-01")
    tap(page.locator("input[name=children]"))
    page.keyboard.type("1.200")
    tap(page.locator("input[name=women]"))
    page.keyboard.type("14")
    tap(page.locator("main form .btn-primary").last)
    page.wait_for_load_state()

    activity = Activity.objects.get(title="Đối thoại với trẻ em về đường đến trường")
    assert taps <= 12
    assert activity.lead == secretariat
    assert sum(row.count for row in activity.participation.all()) == 1214
    page.goto(f"{served}/activities/?q=doi+thoai+duong+den+truong")
    assert page.locator("main").get_by_text("Đối thoại với trẻ em về đường đến trường").first.is_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


MINUTES = """\tNội dung\tViệc cần làm
\tKế hoạch hoạt động năm 2015

2. Advocacy:

· Các tổ chức cùng thiết kế một logo chung.\tMỗi tổ chức gửi ít nhất 1 ý tưởng về logo trước ngày 28 tháng 2.

\tLịch họp tiếp theo: Ngày 19 tháng 3 (từ 2h đến 5h) tại văn phòng Plan Việt Nam
"""


def test_staff_turn_minutes_into_actions_that_members_owe(browser, served, originals):
    """On the coalition's real minutes where they stand beside the project, else on a few lines of the same shape."""
    from coalition.members import demo
    from coalition.members.models import User
    from coalition.obligations.models import Obligation

    demo.load(timezone.localdate())
    real = originals / "meeting-minutes.txt"
    page = as_person(
        browser, served, User.objects.get(email="staff@example.org"), "/meetings/import/", viewport=PHONE
    )
    page.locator("textarea[name=text]").fill(real.read_text(encoding="utf-8") if real.is_file() else MINUTES)
    page.locator("input[name=held_on]").fill("2015-02-03")
    page.locator("main form .btn-primary").last.click()
    page.wait_for_load_state()
    assert page.locator("main table.rows tbody tr").count() >= 1
    page.locator("main form .btn-primary").last.click()
    page.wait_for_url("**/meetings/*/")

    logo = Obligation.objects.filter(title__icontains="logo", due_on=dt.date(2015, 2, 28))
    assert logo.filter(organisation__code="PLAN").count() == 1
    assert logo.filter(organisation__code="VACR").count() == 1

    planning.plan(today=dt.date(2015, 2, 27))
    focal = User.objects.get(email="focal.plan@example.org")
    reader = as_person(browser, served, focal, "/owed/", viewport=PHONE)
    assert reader.locator("main").get_by_text("logo").first.is_visible()
    assert focal.messages.filter(kind="digest").count() == 1
