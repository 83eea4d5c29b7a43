"""Demonstration duties around today, in every state a duty can be in, and the reminders of the weeks before.

What they ask for is made up; nobody's name is in it. Forms, calls and minutes bring their own duties.
"""

import datetime as dt

from django.utils import timezone

from coalition.dates import is_working_day, next_working_day, previous_working_day
from coalition.jobs import actions as jobs
from coalition.members.models import Organisation, User
from coalition.notifications.models import Message
from coalition.obligations import actions, ladder, planning
from coalition.obligations.models import Obligation, Reminder
from coalition.reference.models import CalendarDay

COORDINATOR = "coordinator@example.org"
PLAN, PHOTOS = "Góp ý dự thảo kế hoạch năm của nhóm", "Gửi ảnh đã có bản đồng ý cho bản tin quý"
DUTIES = [  # organisation, what, days from today (None: no date), role, deadline as written, what became of it
    ("VACR", PHOTOS, -3, "", "", ""),
    ("VACR", PLAN, 4, "", "trước khi họp nhóm", ""),
    ("VACR", "Cử hai người dự tập huấn bảo vệ trẻ em", 19, "", "", ""),
    ("VACR", "Báo lại khi đổi người làm đầu mối", None, "", "khi có thay đổi nhân sự", ""),
    ("PLAN", PLAN, 4, "", "trước khi họp nhóm", "done"),
    ("PLAN", "Giữ phòng họp cho buổi chia sẻ kinh nghiệm", 8, "", "", ""),
    ("CSAGA", PHOTOS, -13, "", "", ""),
    ("CDSH", PHOTOS, -3, "", "", "excused"),
    ("BDCF", PLAN, 4, "", "trước khi họp nhóm", "paused"),
    ("NGORC", "Đưa bản tin quý lên trang của trung tâm", 11, "", "", "moved"),
    ("MSD", "Tổng hợp góp ý kế hoạch năm", 9, "coordinator", "", ""),
    ("MSD", "Kiểm tra danh bạ đầu mối của các tổ chức", -1, "coordinator", "", "to confirm"),
]
WEEKS = 3  # of reminders before today


def load(today):
    """Add what is missing; what people have changed since stays as they left it."""
    ladder.load()
    coordinator = User.objects.filter(email=COORDINATOR).first()
    organisations = {organisation.code: organisation for organisation in Organisation.objects.all()}
    wanted = [row for row in DUTIES if row[0] in organisations]
    there = {*Obligation.everything.filter(kind="other").values_list("organisation__code", "title")}
    new = [row for row in wanted if row[:2] not in there]
    if not new:
        return
    ends = [(_open(row, organisations, coordinator, today), row[5]) for row in new]
    _remember_reminders(today)
    for duty, end in ends:
        _end(duty, end, coordinator, today)
    jobs.strike("beat", now=timezone.now())


def _open(row, organisations, coordinator, today):
    code, title, days, role, words, _end_of_it = row
    due_on = next_working_day(today + dt.timedelta(days=days)) if days is not None else None
    if days is not None and days < 0:
        due_on = previous_working_day(today + dt.timedelta(days=days))
    duty = actions.open_duty(
        kind="other", organisation=organisations[code], title=title, due_on=due_on, due_words=words, role=role,
        source_label="Trao đổi của ban thư ký", by=coordinator,
    )  # fmt: skip
    since = timezone.make_aware(dt.datetime.combine(today - dt.timedelta(weeks=WEEKS + 1), dt.time(9)))
    Obligation.objects.filter(pk=duty.pk).update(created_at=since)
    return duty


def _end(duty, end, coordinator, today):
    focal = duty.organisation.people.filter(memberships__role="focal").order_by("pk").first()
    if end == "done":
        actions.close(duty, by=focal, proof="Đã gửi góp ý cho ba mục: tập huấn, truyền thông và giám sát.")
    elif end == "excused":
        actions.excuse(duty, by=coordinator, reason="Quý này tổ chức không có hoạt động nào được chụp ảnh.")
    elif end == "paused":
        until = today + dt.timedelta(days=3)
        actions.pause(duty, by=focal, until=until, reason="Cả văn phòng đi thực địa đến hết tuần.")
    elif end == "moved":
        later = next_working_day(duty.due_on + dt.timedelta(days=7))
        actions.move(duty, due_on=later, reason="Bản tin chờ thêm ảnh của hai tổ chức.", by=coordinator)
    elif end == "to confirm":
        actions.close(duty, by=coordinator, proof="Đã gọi lại mười ba đầu mối, sửa hai địa chỉ thư.")


def _remember_reminders(today):
    """Plan the reminders of the working days before today and count their mails as sent on those mornings."""
    overrides = CalendarDay.objects.overrides()
    for days in range(7 * WEEKS, 0, -1):
        day = today - dt.timedelta(days=days)
        if not is_working_day(day, overrides):
            continue
        morning = timezone.make_aware(dt.datetime.combine(day, dt.time(7, 30)))
        planning.plan(today=day, now=morning)
        mails = Message.objects.filter(dedupe_key__startswith="digest:", dedupe_key__endswith=day.isoformat())
        Reminder.objects.filter(message__in=mails).update(state=Reminder.State.SENT)
        mails.filter(state=Message.State.QUEUED).update(
            state=Message.State.SENT, created_at=morning, not_before=morning, sent_at=morning, attempts=1
        )
