"""Demonstration trainings: the courses, the log's trainings told in full, one with its list of people.

The people on the list are made up and called by their task, so that nobody real is in it.
"""

import random
from datetime import timedelta

from coalition import text
from coalition.members.models import Organisation
from coalition.reference.models import Pillar, Province
from projects.models import Activity
from trainings import actions
from trainings.models import Course, Session, Training

COURSES = [  # code, Vietnamese, English, hours, words of titles that belong to it
    ("THAM-GIA", "Sự tham gia của trẻ em", "Child participation", 14, "tham gia cua tre em|nong cot|lang nghe"),
    ("BVTE", "Bảo vệ và an toàn trẻ em", "Child protection", 14, "bao ve tre em|an toan tre em|tai nan"),
    ("CHI-SO", "Bộ chỉ số thực hiện quyền trẻ em", "Indicators of child rights", 7, "chi so"),
    ("VDCS", "Vận động chính sách", "Advocacy", 14, "van dong chinh sach|bao cao bo sung"),
    ("GAY-QUY", "Truyền thông gây quỹ", "Communication for fundraising", 14, "gay quy"),
    ("MXH", "Truyền thông mạng xã hội", "Social media for advocacy", 7, "mang xa hoi"),
    ("BAO-CHI", "Truyền thông báo chí về quyền trẻ em", "Working with the press", 7, "bao chi"),
    ("CRP", "Xây dựng chương trình dựa trên quyền trẻ em", "Child rights programming", 21, "dua tren quyen"),
    ("CRBP", "Quyền trẻ em và nguyên tắc kinh doanh", "Children's rights and business principles", 7, "crbp"),
    ("DOI-TAC", "Phát triển quan hệ đối tác", "Building partnerships", 7, "doi tac"),
    ("GIAM-SAT", "Giám sát thực hiện quyền trẻ em", "Monitoring child rights", 14, "giam sat|phieu"),
    ("QTE", "Quyền trẻ em cơ bản", "Child rights, an introduction", 7, "co ban|mot ngay|quyen tre em cho"),
]  # fmt: skip
PLANNED_2015 = [  # the two trainings of the 2015 plan that the log does not hold yet
    ("2015-09-17", "NGORC", "VN63-01", "Tập huấn bộ chỉ số thực hiện quyền trẻ em cho thành viên CRWG"),
    ("2015-10-15", "PLAN", "VN63-01", "Tập huấn bảo vệ trẻ em cho thành viên CRWG"),
]
GUESTS = ("VACR", "WVIV", "PLAN", "CHILDFUND", "CRS", "CRD", "SUDECOM", "CDSH", "CSAGA", "BDCF")
TASKS = (("Cán bộ chương trình", "female"), ("Cán bộ giám sát", "male"), ("Trợ lý dự án", "female"))


def load(today):
    """Add what is missing; what people have changed since stays as they left it."""
    courses = _courses()
    _trainings_of_2015(courses)
    for activity in Activity.objects.filter(
        kind=Activity.Kind.TRAINING, external_key__startswith="demo-", training=None
    ).order_by("pk"):
        _tell(activity, courses)
    _with_a_list(today, courses)


def _courses():
    known = {course.code: course for course in Course.everything.all()}
    for code, name_vi, name_en, hours, _words in COURSES:
        if code not in known:
            known[code] = Course.objects.create(code=code, name_vi=name_vi, name_en=name_en, hours=hours)
    return known


def _course_of(title, courses):
    folded = text.fold(title)
    for code, _vi, _en, _hours, words in COURSES:
        if any(word in folded for word in words.split("|")):
            return courses[code]
    return None


def _tell(activity, courses):
    """Write the training of an activity that the log already holds: its course, two sessions."""
    day = activity.starts_on
    training = Training.objects.create(
        activity=activity, course=_course_of(activity.title, courses), trainers=str(activity.lead), places=40
    )
    Session.objects.bulk_create([
        Session(training=training, day=day, starts_at="08:30", ends_at="11:30", subject="Buổi sáng"),
        Session(training=training, day=day, starts_at="13:30", ends_at="16:30", subject="Buổi chiều"),
    ])  # fmt: skip
    return training


def _trainings_of_2015(courses):
    capacity = Pillar.objects.filter(code="capacity").first()
    for number, (day, code, uid, title) in enumerate(PLANNED_2015):
        lead = Organisation.objects.get(code=code)
        activity, is_new = Activity.everything.get_or_create(
            lead=lead, external_key=f"demo-plan-2015-{number}",
            defaults={
                "title": title, "kind": "training", "state": "held", "starts_on": day, "pillar": capacity,
                "province": Province.objects.filter(uid=uid).first(), "is_shared": True,
            },
        )  # fmt: skip
        if is_new:
            activity.refresh_from_db()
            _tell(activity, courses)


def _with_a_list(today, courses):
    """Write a training of two days three weeks ago, with names, attendance, tests and certificates."""
    lead = Organisation.objects.get(code="MSD")
    day = today - timedelta(days=20)
    activity, is_new = Activity.everything.get_or_create(
        lead=lead, external_key="demo-training-with-list",
        defaults={
            "title": "Tập huấn giám sát thực hiện quyền trẻ em cho các tổ chức thành viên",
            "kind": "training", "state": "held", "starts_on": day, "ends_on": day + timedelta(days=1), "is_shared": True,
            "province": Province.objects.filter(uid="VN34-01").first(), "place": "Văn phòng MSD",
            "summary": "Hai ngày thực hành: đặt câu hỏi giám sát, đọc số liệu, viết khuyến nghị.",
        },
    )  # fmt: skip
    if not is_new:
        return
    training = Training.objects.create(
        activity=activity, course=courses["GIAM-SAT"], trainers="MSD, VACR", places=30,
        objectives="Đọc được bộ chỉ số và viết được một khuyến nghị có bằng chứng.",
    )  # fmt: skip
    sessions = [
        Session.objects.create(training=training, day=day + timedelta(days=index), subject=f"Ngày {index + 1}")
        for index in range(2)
    ]  # fmt: skip
    dice = random.Random(20)  # noqa: S311  (a plausible list, not a secret)
    actions.add_participants(training=training, people=_people(), by=None)
    people = list(training.participants.order_by("pk"))
    present = {(person.pk, session.pk) for person in people for session in sessions if dice.random() < 0.92}
    actions.take_attendance(training=training, present=present, by=None)
    actions.write_scores(training=training, scores={
        person.pk: (dice.randint(30, 60), dice.randint(65, 95)) for person in people
    })  # fmt: skip
    actions.issue_certificates(training=training, by=None, today=day + timedelta(days=1))


def _people():
    organisations = {each.code: each for each in Organisation.objects.filter(code__in=GUESTS)}
    return [
        (f"{task} {organisations[code]}", organisations[code].pk, "cso", sex)
        for code in GUESTS
        for task, sex in TASKS[: 2 + (len(code) % 2)]
        if code in organisations
    ]
