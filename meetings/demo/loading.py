"""Demonstration data: the working group's meeting of 3 February 2015 retold, the year around it, and this season.

The facts of 2015 (what was decided, who took it on, by when) are those of the coalition; the words are
our own. People are called by what they do. Everything of this season is made up.
"""

from datetime import date, datetime, time, timedelta

from django.utils import timezone

from coalition.dates import next_working_day
from coalition.members.models import Organisation, User
from coalition.obligations import actions as ledger
from coalition.obligations.models import Obligation
from coalition.reference.models import Pillar
from meetings import actions
from meetings.demo.season import season
from meetings.demo.year_2015 import ALL, PLAN_2015, YEAR_2015
from meetings.models import AgendaItem, Answer, Call, Meeting, PlanItem, WaitingMatter, WorkingGroup

STAFF = "staff@example.org"


def load(today):
    """Add what is missing; what people have changed since stays as they left it."""
    organisations = {organisation.code: organisation for organisation in Organisation.objects.all()}
    staff = User.objects.filter(email=STAFF).first()
    group = _group(organisations)
    previous = None
    for told in YEAR_2015:
        previous = _told(told, group, organisations, staff, previous)
    _this_season(group, organisations, staff, today)
    _call(group, organisations, staff, today)
    _plan(organisations, staff)


def _group(organisations):
    group, _made = WorkingGroup.objects.get_or_create(
        code="CRWG",
        defaults={
            "name_vi": "Nhóm công tác về Quyền trẻ em",
            "name_en": "Child Rights Working Group",
            "chair": organisations.get("SCI"),
            "place": "Trung tâm Dữ liệu các tổ chức phi chính phủ nước ngoài, Hà Nội",
            "starts_at": time(14),
            "ends_at": time(17),
        },
    )
    return group


def _told(told, group, organisations, staff, previous):
    """Write one meeting of 2015 with its minutes; everything it asked for has been done."""
    meeting = Meeting.objects.filter(
        group=group, activity__starts_on=told["day"], activity__created_by=staff
    ).first()
    if meeting:
        return meeting
    begins, ends = told.get("hours", (group.starts_at, group.ends_at))
    meeting = actions.plan(
        group=group,
        starts_on=told["day"],
        by=staff,
        host=organisations.get(told["host"]),
        place=told["place"],
        starts_at=begins,
        ends_at=ends,
        previous=previous,
        with_agenda=False,
    )
    meeting.activity.summary = told["summary"]
    _write(meeting, told, organisations, staff)
    moment = timezone.make_aware(datetime.combine(told["day"] + timedelta(days=21), time(9)))
    Obligation.everything.filter(follow_up__point__meeting=meeting).update(closed_at=moment)
    actions.approve(meeting, by=staff)
    Meeting.objects.filter(pk=meeting.pk).update(approved_at=moment)
    meeting.refresh_from_db()
    return meeting


def _write(meeting, told, organisations, staff):
    pillars = {pillar.code: pillar for pillar in Pillar.objects.all()}
    items = []
    for place, (number, title, pillar, lines) in enumerate(told["items"], 1):
        item = AgendaItem(
            meeting=meeting,
            order=place * 10,
            number=number,
            title=title,
            pillar=pillars.get(pillar),
            content="\n".join(lines),
            state=AgendaItem.State.DISCUSSED,
            created_by=staff,
        )
        item.save()
        items.append(item)
    actions.hold(meeting, by=staff)
    present = list(meeting.invited())[:14]
    actions.attend(
        meeting,
        rows=[
            (
                organisation.pk,
                "apologies" if place % 6 == 5 else "present",
                "" if place % 6 == 5 else "cán bộ chương trình",
            )
            for place, organisation in enumerate(present)
        ],
    )
    for item, text, owners, person, words, due_on, not_before, proof in told["points"]:
        point = actions.add_point(
            meeting,
            text=text,
            by=staff,
            item=items[item],
            person_words=person,
            due_words=words,
            due_on=due_on,
            not_before=not_before,
            is_for_every_member=ALL in owners,
            organisations=[organisations[code] for code in owners if code in organisations],
        )
        if proof:
            for follow_up in point.follow_ups.select_related("obligation"):
                ledger.close(follow_up.obligation, by=None, proof=proof)


def _this_season(group, organisations, staff, today):
    """Write the last meeting, with work under way, and plan the next one."""
    if Meeting.objects.filter(group=group, activity__starts_on__gte=today - timedelta(days=60)).exists():
        return
    last = next_working_day(today - timedelta(days=27))
    meeting = actions.plan(
        group=group,
        starts_on=last,
        by=staff,
        host=organisations.get("PLAN"),
        place="Văn phòng Plan Việt Nam",
        with_agenda=False,
    )
    meeting.activity.summary = "Preparing the quarterly form and the dialogue with children before Tết."
    _write(meeting, season(today), organisations, staff)
    actions.plan_next(
        meeting,
        starts_on=next_working_day(today + timedelta(days=16)),
        by=staff,
        host=organisations.get("VACR"),
        place="Hội Bảo vệ quyền trẻ em Việt Nam, Hà Nội",
    )


def _call(group, organisations, staff, today):
    """Write a call that is under way: some have answered, one is writing, the others still owe it."""
    if Call.objects.exists():
        return
    call = Call(
        title="Chủ đề chia sẻ trong các cuộc họp quý tới", purpose=Call.Purpose.TOPICS, asks_month=True, group=group,
        words="Mỗi tổ chức gửi ít nhất một chủ đề là thế mạnh của mình. Mỗi buổi chia sẻ kéo dài một tiếng, kể cả hỏi đáp.",
        closes_on=next_working_day(today + timedelta(days=18)), created_by=staff,
    )  # fmt: skip
    call.save()
    actions.open_call(call, by=staff, today=today)
    month = (today.replace(day=1) + timedelta(days=75)).replace(day=1)
    for code, words, is_sent in (
        ("CRS", "Hòa nhập trẻ em khuyết tật ở trường", True),
        ("SCI", "Kỷ luật tích cực: bài học từ 21 ngày Lan tỏa yêu thương", True),
        ("WVIV", "Trẻ em tham gia lập kế hoạch xã", False),
    ):
        answer = Answer(
            call=call, organisation=organisations[code], text=words, month=month, created_by=staff
        )
        answer.save()
        if is_sent:
            actions.submit_answer(answer, by=None, today=today)
    coming = Meeting.objects.filter(group=group, state=Meeting.State.PLANNED).order_by("activity__starts_on")
    topic, following = call.answers.submitted().order_by("pk").first(), coming.last()
    if topic and following:
        actions.schedule_session(topic, following, by=staff)
    WaitingMatter(
        group=group, title="Cách mời trẻ em cùng chuẩn bị diễn đàn năm sau", proposed_by=organisations["CRS"],
        content="Muốn nghe kinh nghiệm của các tổ chức đã làm.", created_by=staff,
    ).save()  # fmt: skip


def _plan(organisations, staff):
    """Write the group's plan of 2015: four trainings, the letter, the logo, the indicators."""
    pillars = {pillar.code: pillar for pillar in Pillar.objects.all()}
    meetings = {meeting.activity.starts_on: meeting for meeting in Meeting.objects.select_related("activity")}
    for code, title, lead, quarter, month, state, note in PLAN_2015:
        item, is_new = PlanItem.objects.get_or_create(
            year=2015, title=title, defaults={
                "pillar": pillars[code], "lead": organisations.get(lead), "quarter": quarter, "month": month,
                "state": state, "note": note, "created_by": staff,
            },
        )  # fmt: skip
        if is_new and code == "advocacy":
            item.points.set(meetings[date(2015, 2, 3)].points.filter(item__pillar=pillars[code])[:2])
