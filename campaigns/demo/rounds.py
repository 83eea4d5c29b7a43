"""Forms in the demonstration: the four quarters of 2015 all filed, the last quarter mixed, one due soon."""

from datetime import date, datetime, time, timedelta

from django.utils import timezone

from campaigns import actions, snapshots
from campaigns.demo.campaigns import FORMS
from campaigns.models import Answer, Campaign, Edition, FormStep, Question
from coalition.dates import Quarter, add_working_days
from coalition.members.models import User
from coalition.obligations import actions as duties
from coalition.obligations.models import Obligation
from projects.models import Activity

LATE, EXCUSED = {"CRS": 2, "TFCF": 3}, {"BDCF": (1, 2)}  # in 2015: who filed late, who was let off
HIGHLIGHTS = [
    "Trẻ em tự chuẩn bị nội dung và điều hành phần thảo luận; cha mẹ tham dự đông hơn dự kiến.",
    "Lãnh đạo xã cam kết bố trí chỗ chơi cho trẻ em ở nhà văn hóa thôn.",
    "Lần đầu cán bộ cơ sở được tập huấn về Công ước; sau tập huấn có kế hoạch riêng của từng xã.",
    "Logo chung xuất hiện trong mọi tài liệu và phông của sự kiện.",
]
NOTHING = "Trong quý này tổ chức chưa có hoạt động riêng cho chiến dịch."
DIFFICULTIES = [
    "Thời gian chuẩn bị ngắn, trùng với kỳ thi của các em.",
    "Đường đi xa, nhiều em vùng cao không đến được.",
    "",
]
SUPPORT = [
    "Xin mẫu phiếu đồng ý sử dụng hình ảnh.",
    "",
    "Cần tài liệu về Công ước bằng ngôn ngữ dễ hiểu cho trẻ em.",
    "",
]
CLUBS = {  # asked from the quarter before the present one on
    "code": "clubs",
    "kind": "number",
    "order": 6,
    "label_vi": "Số câu lạc bộ trẻ em tổ chức đang hỗ trợ",
    "label_en": "Number of children's clubs you support",
}


def load(today):
    """Open and fill the rounds that are not there yet."""
    campaign = Campaign.objects.get(code=FORMS)
    if campaign.rounds.exists():
        return
    coordinator = User.objects.get(email="coordinator@example.org")
    for quarter in (1, 2, 3, 4):
        _past(campaign, Quarter(2015, quarter), coordinator)
    current = Quarter.of(today - timedelta(days=21))
    _edition_of(campaign, current, today)
    _mixed(campaign, current.previous(), coordinator, today)
    _current(campaign, current, coordinator, today)
    _prepared(campaign, current.next(), coordinator, today)


def _moment(day, hour=9):
    return timezone.make_aware(datetime.combine(day, time(hour, 20)))


def _past(campaign, period, coordinator):
    """File a quarter of 2015: everybody accepted, two late, one let off."""
    opens_on = period.ends_on - timedelta(days=10)
    due_on = add_working_days(period.ends_on, 10)
    opened, _issued = actions.open_round(
        campaign=campaign,
        year=period.year,
        quarter=period.number,
        by=coordinator,
        today=opens_on,
        opens_on=opens_on,
        due_on=due_on,
        grace_until=add_working_days(due_on, 5),
    )
    _back_date(opened, opens_on)
    for number, form in enumerate(_forms(opened)):
        code = form.organisation.code
        if period.number in EXCUSED.get(code, ()):
            duties.excuse(form.obligation, by=coordinator, reason="Tổ chức đang chuyển văn phòng.")
            continue
        late = LATE.get(code) == period.number
        sent = _moment(due_on + timedelta(days=16 if late else -(number % 6)))
        _answer(form, number + period.number)
        form.refresh_from_db()
        form.state, form.revision, form.has_nothing = "accepted", 1, not form.lines.exists()
        form.submitted_at = form.first_submitted_at = sent
        form.submitted_by, form.accepted_at = _focal(form), sent + timedelta(days=3)
        form.save()
        snapshots.take(form, by=form.submitted_by, at=sent)
        FormStep.objects.bulk_create(
            [
                FormStep(form=form, verb="submitted", by=form.submitted_by, at=sent, revision=1),
                FormStep(form=form, verb="accepted", by=coordinator, at=form.accepted_at, revision=1),
            ]
        )
        Obligation.objects.filter(pk=form.obligation_id).update(
            state="done", closed_at=sent, closed_by=form.submitted_by, proof="Đã nộp phiếu."
        )


def _back_date(opened, day):
    """Let the forms and their duties date from the day on which the round was opened."""
    moment = _moment(day, 8)
    FormStep.objects.filter(form__round=opened).update(at=moment)
    Obligation.objects.filter(quarterly_form__round=opened).update(created_at=moment)


def _edition_of(campaign, period, today):
    """Add this year's run and tag two thirds of the recent activities; the rest is offered in the forms."""
    edition = Edition.objects.create(
        campaign=campaign,
        title_vi=f"Phiếu hoạt động năm {period.year}",
        title_en=f"Activity forms {period.year}",
        starts_on=date(period.year, 1, 1),
        ends_on=date(period.year, 12, 31),
    )
    logged = Activity.objects.filter(external_key__startswith="demo-recent-", state="held").order_by(
        "external_key"
    )
    edition.activities.add(*[activity for number, activity in enumerate(logged) if number % 3 != 2])
    return edition


def _mixed(campaign, period, coordinator, today):
    """File the quarter before: most accepted, one waiting for review, one returned, one still owed."""
    opens_on, due_on = period.ends_on - timedelta(days=10), add_working_days(period.ends_on, 10)
    opened, _issued = actions.open_round(
        campaign=campaign,
        year=period.year,
        quarter=period.number,
        by=coordinator,
        today=opens_on,
        opens_on=opens_on,
        due_on=due_on,
        grace_until=add_working_days(due_on, 5),
    )
    _back_date(opened, opens_on)
    Question.objects.create(round=opened, **CLUBS)
    for number, form in enumerate(_forms(opened)):
        code = form.organisation.code
        if code == "TFCF":
            continue
        sent = min(_moment(due_on - timedelta(days=number % 5)), timezone.now() - timedelta(hours=3))
        if code in ("SUDECOM", "CRD"):
            sent = _moment(today - timedelta(days=2), 15)
        handed_in = _submit(form, number, sent)
        if code == "CRD":
            actions.return_form(
                handed_in,
                by=coordinator,
                today=today,
                due_on=add_working_days(today, 3),
                notes=[
                    ("answer-highlights", "Anh/chị cho thêm một ví dụ cụ thể."),
                    ("answer-support", "Tài liệu nào anh/chị đang cần nhất?"),
                ],
                words="Cảm ơn anh/chị, chỉ còn hai chỗ nhỏ.",
                now=_moment(today - timedelta(days=1)),
            )
        elif code != "SUDECOM":
            actions.accept(handed_in, by=coordinator, now=sent + timedelta(days=2))


def _current(campaign, period, coordinator, today):
    """Open the present quarter, due in a week: one draft, two submitted, the others not started."""
    opens_on = max(today - timedelta(days=12), period.starts_on)
    opened, _issued = actions.open_round(
        campaign=campaign,
        year=period.year,
        quarter=period.number,
        by=coordinator,
        today=opens_on,
        opens_on=opens_on,
        due_on=add_working_days(today, 5),
        grace_until=add_working_days(today, 8),
        instructions_vi=(
            "Phiếu này thu sớm để kịp họp cuối quý. Các hoạt động đã ghi nhật ký đã có sẵn trong phiếu; "
            "anh/chị chỉ cần xem lại, bổ sung và trả lời vài câu."
        ),
        instructions_en=(
            "This form is collected early, for the meeting at the end of the quarter. What you logged is already in "
            "it; please check it, add what is missing and answer a few questions."
        ),
    )
    _back_date(opened, opens_on)
    for number, form in enumerate(_forms(opened)):
        code = form.organisation.code
        if code in ("PLAN", "SCI"):
            _submit(form, number, _moment(today - timedelta(days=1 if code == "PLAN" else 4), 16))
        elif code in ("VACR", "CHILDFUND"):
            texts = {"difficulties": DIFFICULTIES[0], "common_logo": "yes"}
            actions.save_answers(form, typed=texts, base_version=form.version, by=_focal(form))


def _prepared(campaign, period, coordinator, today):
    """Prepare the quarter after that: its forms go out by themselves ten days before it ends."""
    actions.open_round(
        campaign=campaign,
        year=period.year,
        quarter=period.number,
        by=coordinator,
        today=today,
        opens_on=period.ends_on - timedelta(days=10),
    )


def _forms(opened):
    return opened.forms.select_related("organisation", "obligation", "round__campaign").order_by(
        "organisation__code"
    )


def _focal(form):
    """Return the organisation's focal point, if the demonstration has one."""
    return (
        User.objects.filter(memberships__organisation=form.organisation, memberships__role="focal")
        .order_by("pk")
        .first()
    )


def _submit(form, number, moment):
    person = _focal(form)
    clubs = str(number % 5 + form.round.quarter)
    typed = {**_words(form, number), "support": SUPPORT[number % 4], "clubs": clubs}
    actions.save_answers(
        form, typed=typed, base_version=form.version, by=person, has_nothing=not form.lines.exists()
    )
    _place(form)
    return actions.submit(form, by=person, now=moment)


def _place(form):
    """Say where each line took place and for how many, as the form asks; the log of the demonstration is rough."""
    for line in form.lines.select_related("activity"):
        if not (line.activity.province_id or line.activity.place or line.activity.is_online):
            line.activity.place = "Hà Nội"
            line.activity.save()


def _answer(form, number):
    questions = {question.code: question for question in form.round.questions.all()}
    for code, text in _words(form, number).items():
        if text:
            Answer.objects.create(form=form, question=questions[code], text=text)


def _words(form, number):
    """Return what the organisation answers; without activities it says just that."""
    if not form.lines.exists():
        return {"highlights": NOTHING, "common_logo": "no"}
    return {
        "highlights": HIGHLIGHTS[number % 4],
        "difficulties": DIFFICULTIES[number % 3],
        "common_logo": "yes" if number % 4 else "no",
    }
