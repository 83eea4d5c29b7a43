"""Trainings are activities with a list: planned, attended, counted once in the log."""

import datetime as dt

import pytest
from django.utils import timezone

from projects import counting
from projects.models import Activity, Participation
from tests.factories.members import OrganisationFactory
from tests.factories.projects import ActivityFactory, ParticipationFactory
from tests.factories.trainings import (
    AttendanceFactory,
    CourseFactory,
    ParticipantFactory,
    SessionFactory,
    TestFactory,
    TrainingFactory,
)
from trainings import actions, reading
from trainings.models import Attendance, Certificate, Course, Participant, Session, Training

TODAY = timezone.localdate()


@pytest.fixture
def training(member):
    return TrainingFactory(
        activity__lead=member, activity__title="Tập huấn bí mật", activity__is_shared=False
    )


def _typed(lead, **changes):
    return {
        "title": "Tập huấn vận động chính sách", "starts_on": "2026-05-04", "ends_on": "2026-05-05",
        "starts_at": "08:30", "ends_at": "16:30", "lead": lead.pk, "trainers": "MSD", "places": "30",
        "objectives": "Biết viết kiến nghị", "is_shared": "on", **changes,
    }  # fmt: skip


def test_a_planned_training_stands_in_the_log_with_its_sessions(client, staff, secretariat, reference):
    course = CourseFactory()
    client.force_login(staff)
    uuid = str(client.get("/trainings/new/").context["form"]["client_uuid"].value())
    typed = _typed(
        secretariat, course=course.public_id, starts_on="2027-05-04", ends_on="2027-05-05", client_uuid=uuid
    )

    for _time in range(2):
        assert client.post("/trainings/new/", typed).status_code == 302

    activity = Activity.objects.get(title="Tập huấn vận động chính sách")
    assert (activity.kind, activity.state) == ("training", "planned")
    assert activity.training.course == course
    assert list(activity.training.sessions.order_by("day").values_list("day", flat=True)) == [
        dt.date(2027, 5, 4), dt.date(2027, 5, 5),
    ]  # fmt: skip


def test_bad_input_is_told_beside_the_field_and_nothing_is_written(client, staff, secretariat):
    client.force_login(staff)

    answer = client.post("/trainings/new/", _typed(secretariat, ends_on="2026-05-01", places="-3"))

    assert answer.status_code == 422
    assert "places" in answer.context["form"].errors
    assert not Training.objects.exists()


def test_a_training_is_changed_with_its_sessions(client, focal, member, training):
    session = SessionFactory(training=training)
    client.force_login(focal)
    activity = training.activity

    answer = client.post(f"/trainings/{activity.public_id}/edit/", _typed(
        member, title="Tên mới", version=activity.version, **{
            "sessions-TOTAL_FORMS": "2", "sessions-INITIAL_FORMS": "1", "sessions-0-id": session.pk,
            "sessions-0-day": "2026-05-04", "sessions-0-subject": "Mở đầu",
            "sessions-1-id": "", "sessions-1-day": "2026-05-05", "sessions-1-subject": "Thực hành",
        }))  # fmt: skip

    activity.refresh_from_db()
    assert answer.status_code == 302
    assert activity.title == "Tên mới"
    assert sorted(training.sessions.values_list("subject", flat=True)) == ["Mở đầu", "Thực hành"]


def test_a_session_of_another_training_is_out_of_reach(client, focal, member, training):
    foreign = SessionFactory(subject="Của người khác")
    client.force_login(focal)

    client.post(f"/trainings/{training.activity.public_id}/edit/", _typed(
        member, version=training.activity.version, **{
            "sessions-TOTAL_FORMS": "1", "sessions-INITIAL_FORMS": "1", "sessions-0-id": foreign.pk,
            "sessions-0-day": "2026-05-04", "sessions-0-subject": "Chiếm",
        }))  # fmt: skip

    foreign.refresh_from_db()
    assert foreign.subject == "Của người khác"


def test_an_activity_logged_in_a_hurry_is_a_training_too(client, focal, member):
    activity = ActivityFactory(kind="training", lead=member, title="Ghi vội")
    client.force_login(focal)

    assert "Ghi vội" in client.get("/trainings/").text
    assert client.get(f"/trainings/{activity.public_id}/").status_code == 200
    assert not Training.objects.exists()

    client.post(f"/trainings/{activity.public_id}/participants/", {"lines": "Nguyễn Văn An"})
    assert Training.objects.get().activity == activity


def test_a_stranger_meets_nothing_of_an_unshared_training(client, stranger, training):
    ParticipantFactory(training=training, full_name="Tên bí mật")
    client.force_login(stranger)
    path = f"/trainings/{training.activity.public_id}/"

    for address in (path, f"{path}edit/", f"{path}attendance/", f"{path}scores/"):
        assert client.get(address).status_code == 404
    for address in (f"{path}attendance/", f"{path}participants/", f"{path}certificates/"):
        assert client.post(address, {"lines": "A"}).status_code == 404
    assert "Tập huấn bí mật" not in client.get("/trainings/").text


def test_names_are_seen_by_few_even_where_the_training_is_shared(client, focal, stranger, staff, member):
    training = TrainingFactory(activity__lead=OrganisationFactory(), activity__is_shared=True)
    ParticipantFactory(training=training, full_name="Người của thành viên", organisation=member)
    path = f"/trainings/{training.activity.public_id}/"
    shown = {}
    for user in (focal, stranger, staff):
        client.force_login(user)
        shown[user] = "Người của thành viên" in client.get(path).text

    assert shown == {focal: True, stranger: False, staff: True}


def test_donors_and_viewers_do_not_change_trainings(client, donor, viewer, training):
    client.force_login(donor)
    assert client.get("/trainings/").status_code == 403
    client.force_login(viewer)
    assert client.get(f"/trainings/{training.activity.public_id}/").status_code == 200
    assert client.get(f"/trainings/{training.activity.public_id}/edit/").status_code == 403


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_takes_a_fixed_number_of_statements(
    client, focal, member, number, django_assert_num_queries
):
    for index in range(number):
        training = TrainingFactory(activity__lead=member)
        ParticipationFactory(activity=training.activity, organisation=OrganisationFactory(), count=index + 1)
    client.force_login(focal)

    with django_assert_num_queries(7):
        assert client.get("/trainings/").status_code == 200


@pytest.mark.parametrize("number", [1, 3])
def test_the_catalogue_takes_a_fixed_number_of_statements(client, focal, number, django_assert_num_queries):
    for course in CourseFactory.create_batch(number):
        TrainingFactory(course=course)
    client.force_login(focal)

    with django_assert_num_queries(6):
        assert client.get("/trainings/courses/").status_code == 200


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_takes_few_statements_however_many_came(
    client, focal, training, member, number, django_assert_num_queries
):
    for _index in range(number):
        person = ParticipantFactory(training=training, organisation=member)
        AttendanceFactory(session=SessionFactory(training=training), participant=person)
        TestFactory(participant=person)
        ParticipationFactory(
            activity=training.activity, organisation=member, is_named=True, age="18+", count=1
        )
    client.force_login(focal)

    with django_assert_num_queries(8):
        assert client.get(f"/trainings/{training.activity.public_id}/").status_code == 200


def test_the_list_is_filtered_by_course_and_by_who_took_part(client, staff, member):
    wanted, other = TrainingFactory(), TrainingFactory()
    ParticipationFactory(activity=wanted.activity, organisation=member)
    client.force_login(staff)

    by_course = client.get("/trainings/", {"course": wanted.course.public_id}).context["page"].object_list
    by_guest = client.get("/trainings/", {"attended": member.public_id}).context["page"].object_list

    assert by_course == by_guest == [wanted.activity]
    assert other.activity not in by_course


def test_named_people_count_once_however_many_sessions(training, staff):
    guest = OrganisationFactory()
    sessions = SessionFactory.create_batch(2, training=training)
    ann, ben = ParticipantFactory.create_batch(2, training=training, organisation=guest)
    ParticipantFactory(training=training, organisation=guest)

    for _time in range(2):
        actions.take_attendance(training=training, by=staff, present={
            (ann.pk, sessions[0].pk), (ann.pk, sessions[1].pk), (ben.pk, sessions[1].pk),
        })  # fmt: skip

    rows = Participation.objects.filter(activity=training.activity)
    assert [(row.organisation, row.age, row.count, row.is_named) for row in rows] == [
        (guest, "18+", 1, True)
    ] * 2
    assert list(counting.organisations_supported(Activity.objects.all())) == [guest]
    assert Attendance.objects.count() == 3


def test_named_people_are_added_to_head_counts(training, staff):
    ParticipationFactory(activity=training.activity, group="children", age="11-15", sex="female", count=20)
    actions.add_participants(training=training, people=[("Lan", None, "cso", "female")], by=staff)

    assert counting.people(Activity.objects.all())["people"] == 21


def test_before_a_training_is_held_nobody_has_come(member, staff):
    training = TrainingFactory(activity__lead=member, activity__state="planned")

    actions.add_participants(training=training, people=[("Lan", None, "cso", "female")], by=staff)

    assert not Participation.objects.exists()


def test_pairs_of_other_trainings_are_left_out(training, staff):
    foreign = AttendanceFactory()
    session = SessionFactory(training=training)

    actions.take_attendance(training=training, by=staff, present={
        (foreign.participant_id, session.pk), (foreign.participant_id, foreign.session_id),
    })  # fmt: skip

    assert Attendance.objects.count() == 1
    assert not Participation.objects.filter(activity=training.activity).exists()


def test_attendance_is_ticked_on_the_page(client, focal, training):
    session, person = SessionFactory(training=training), ParticipantFactory(training=training)
    client.force_login(focal)
    path = f"/trainings/{training.activity.public_id}/attendance/"
    version = training.activity.version

    answer = client.post(path, {"present": [f"{person.pk}-{session.pk}", "x-1", "²-3"], "version": version})
    assert answer.status_code == 302
    assert Attendance.objects.get().participant == person

    assert client.post(path, {"version": version}).status_code == 409
    assert Attendance.objects.count() == 1


def test_a_pasted_list_is_read_line_by_line(client, focal, training):
    guest = OrganisationFactory(short_name="Tầm nhìn")
    client.force_login(focal)
    lines = "1. Nguyễn  Thị Lan; Tầm nhìn; nữ\nTrần Văn Bình\ttam nhin\tNam\n\nAi đó; Không có; nam\nLê Hoa"

    answer = client.post(f"/trainings/{training.activity.public_id}/participants/", {"lines": lines})

    assert answer.status_code == 422
    assert set(training.participants.values_list("full_name", "organisation", "sex")) == {
        ("Trần Văn Bình", guest.pk, "male"),
        ("Nguyễn Thị Lan", guest.pk, "female"),
        ("Lê Hoa", None, "unknown"),
    }
    assert answer.context["wrong"][0][:2] == (4, "Ai đó; Không có; nam")
    assert answer.context["form"]["lines"].value() == "Ai đó; Không có; nam"


def test_the_same_list_twice_adds_nobody(client, focal, training):
    client.force_login(focal)

    for _time in range(2):
        client.post(f"/trainings/{training.activity.public_id}/participants/", {"lines": "Lê Hoa\nLê  Hoa"})

    assert training.participants.count() == 1


def test_somebody_is_taken_off_the_list(client, focal, training):
    person = ParticipantFactory(training=training)
    foreign = ParticipantFactory()
    client.force_login(focal)
    path = f"/trainings/{training.activity.public_id}/participants"

    client.post(f"{path}/{person.pk}/remove/")

    assert not Participant.objects.filter(pk=person.pk).exists()
    assert client.post(f"{path}/{foreign.pk}/remove/").status_code == 404


def test_scores_are_written_and_lie_between_0_and_100(client, focal, training):
    person = ParticipantFactory(training=training)
    client.force_login(focal)
    path = f"/trainings/{training.activity.public_id}/scores/"

    refused = client.post(path, {f"before_{person.pk}": "120", f"after_{person.pk}": "90"})
    saved = client.post(path, {f"before_{person.pk}": "40,5", f"after_{person.pk}": "90"})

    assert (refused.status_code, saved.status_code) == (422, 302)
    assert reading.learned(training) == {"before": 40.5, "after": 90, "number": 1}
    client.post(path, {f"before_{person.pk}": "", f"after_{person.pk}": ""})
    assert reading.learned(training) is None


def test_certificates_are_for_those_who_came_to_everything(training, staff):
    sessions = SessionFactory.create_batch(2, training=training)
    all_of_it, half = ParticipantFactory.create_batch(2, training=training)
    for session in sessions:
        AttendanceFactory(session=session, participant=all_of_it)
    AttendanceFactory(session=sessions[0], participant=half)

    for _time in range(2):
        actions.issue_certificates(training=training, by=staff, today=TODAY)

    assert [each.participant for each in Certificate.objects.all()] == [all_of_it]
    assert not actions.remove_participant(participant=all_of_it, by=staff)


def test_a_training_without_sessions_gives_no_certificate(training, staff):
    ParticipantFactory(training=training)

    assert actions.issue_certificates(training=training, by=staff, today=TODAY) == []


def test_a_certificate_is_a_pdf_for_those_who_may_see_the_name(client, focal, stranger, training):
    training.activity.is_shared = True
    training.activity.save()
    session = SessionFactory(training=training)
    AttendanceFactory(
        session=session, participant=ParticipantFactory(training=training, full_name="Đỗ Thị Ước")
    )
    (certificate,) = actions.issue_certificates(training=training, by=None, today=TODAY)
    path = f"/trainings/{training.activity.public_id}/certificates/{certificate.number}/"

    client.force_login(focal)
    answer = client.get(path)
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF")
    client.force_login(stranger)
    assert client.get(path).status_code == 404


def test_only_the_secretariat_keeps_the_catalogue(client, focal, staff):
    client.force_login(focal)
    assert client.get("/trainings/courses/new/").status_code == 403
    client.force_login(staff)

    answer = client.post(
        "/trainings/courses/new/", {"name_vi": "Quyền trẻ em", "code": "QTE", "hours": "7,5"}
    )

    course = Course.objects.get()
    assert answer["Location"] == course.get_absolute_url()
    assert course.hours == dt.timedelta(hours=7.5).total_seconds() / 3600
    assert client.get(course.get_absolute_url()).status_code == 200


def test_no_child_is_ever_on_a_list(training):
    from django.db import IntegrityError

    with pytest.raises(IntegrityError):
        ParticipantFactory(training=training, group="children")


def test_a_session_is_written_once(training):
    from django.db import IntegrityError

    SessionFactory(training=training, subject="Một", day=TODAY)

    with pytest.raises(IntegrityError):
        Session.objects.create(training=training, subject="Một", day=TODAY)
