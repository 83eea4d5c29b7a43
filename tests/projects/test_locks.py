"""Numbers that are reported stay as they are: no way leads around the lock but a coordinator's."""

import datetime as dt

import pytest
from django.urls import reverse

from projects.models import Activity
from tests.factories.meetings import MeetingFactory
from tests.factories.members import OrganisationFactory
from tests.factories.projects import ActivityFactory, ParticipationFactory, ProjectFactory
from tests.factories.trainings import ParticipantFactory, SessionFactory, TrainingFactory
from trainings.models import Attendance

LOCKED = dt.date(2026, 3, 31)
INSIDE, AFTER = dt.date(2026, 3, 5), dt.date(2026, 4, 1)


@pytest.fixture
def project(member):
    return ProjectFactory(code="KHOA", lead=member, locked_until=LOCKED)


@pytest.fixture
def activity(member, project):
    found = ActivityFactory(lead=member, projects=[project], starts_on=INSIDE, title="Tập huấn")
    ParticipationFactory(activity=found, group="children", sex="female", age="11-15", count=20)
    return found


def shown(activity):
    found = Activity.everything.get(pk=activity.pk)
    counts = sorted(found.participation.values_list("group", "sex", "organisation", "count"))
    return found.state, found.starts_on, found.archived_at is None, counts


def way_to_change(way, activity):
    """Return (address, what is posted) of one way to change the numbers of an activity."""
    page, *given = {
        "state": ("state", {"state": "cancelled", "state_reason": "Bão"}),
        "date": ("state", {"state": "held", "starts_on": "2026-04-09"}),
        "archive": ("archive", {}),
        "people": ("people", {"n_11-15_female": 5, "version": activity.version}),
        "organisations": ("organisations", {"organisation": "Khách", "women": 3}),
        "sent nobody": ("organisation_remove", {}),
        "go back": ("go_back", {}),
    }[way]
    more = {
        "sent nobody": [OrganisationFactory().public_id],
        "go back": [activity.history.order_by("history_date", "pk").first().pk],
    }
    return reverse(f"projects:activity_{page}", args=[activity.public_id, *more.get(way, [])]), given[0]


@pytest.mark.parametrize(
    "way", ["state", "date", "archive", "people", "organisations", "sent nobody", "go back"]
)
def test_no_way_leads_around_the_lock(client, focal, staff, activity, way):
    OrganisationFactory(short_name="Khách")
    before = shown(activity)
    address, typed = way_to_change(way, activity)
    for person in (focal, staff):
        client.force_login(person)

        answer = client.post(address, typed, follow=True)

        assert shown(activity) == before
        assert "Số liệu của KHOA đã khóa" in answer.content.decode()


@pytest.mark.parametrize("way", ["state", "date", "archive"])
def test_coordinators_and_later_activities_are_not_held_up(
    client, coordinator, focal, activity, project, way
):
    later = ActivityFactory(lead=activity.lead, projects=[project], starts_on=AFTER)
    for person, row in ((coordinator, activity), (focal, later)):
        client.force_login(person)
        address, typed = way_to_change(way, row)
        before = shown(row)

        assert client.post(address, typed).status_code == 302
        assert shown(row) != before


def test_an_activity_does_not_come_back_from_the_archive_into_reported_numbers(client, focal, activity):
    activity.archive()
    client.force_login(focal)

    answer = client.post(f"{activity.get_absolute_url()}restore/")

    assert answer.status_code == 409
    assert not Activity.objects.exists()


def test_a_change_of_many_leaves_reported_ones_out(client, focal, member, activity, project):
    free = ActivityFactory(lead=member, starts_on=AFTER)
    early = ActivityFactory(lead=member, starts_on=INSIDE)
    client.force_login(focal)
    share = {"is_shared": "yes", "confirmed": "2"}

    client.post("/activities/change/", share)
    assert set(Activity.objects.filter(is_shared=True)) == {free, early}

    client.post("/activities/change/", {"project": project.public_id, "confirmed": "1"})
    assert set(project.activities.all()) == {activity, free}


def test_only_coordinators_lock_and_unlock(client, coordinator, staff, project):
    def unlock(person):
        client.force_login(person)
        address = f"{project.get_absolute_url()}edit/"
        form = client.get(address).context["form"]
        typed = {name: form[name].value() for name in form.fields if form[name].value() not in (None, False)}
        answer = client.post(address, {**typed, "title_vi": f"Đổi bởi {person.pk}", "locked_until": ""})
        assert answer.status_code == 302
        project.refresh_from_db()
        return project.title_vi, project.locked_until

    assert unlock(staff) == (f"Đổi bởi {staff.pk}", LOCKED)
    assert unlock(coordinator) == (f"Đổi bởi {coordinator.pk}", None)


def test_names_of_a_training_are_numbers_too(client, focal, member, project):
    training = TrainingFactory(activity__lead=member, activity__starts_on=INSIDE)
    training.activity.projects.add(project)
    session, person = SessionFactory(training=training), ParticipantFactory(training=training)
    client.force_login(focal)
    typed = {"present": [f"{person.pk}-{session.pk}"], "version": training.activity.version}

    answer = client.post(f"/trainings/{training.activity.public_id}/attendance/", typed)

    assert answer.status_code == 409
    assert not Attendance.objects.exists()
    assert not training.activity.participation.exists()


def test_a_meeting_is_not_held_inside_reported_numbers(client, staff, secretariat, project):
    meeting = MeetingFactory(
        activity__lead=secretariat, activity__starts_on=INSIDE, activity__state="planned", state="planned"
    )
    meeting.activity.projects.add(project)
    client.force_login(staff)

    answer = client.post(f"{meeting.get_absolute_url()}hold/")

    meeting.refresh_from_db()
    assert answer.status_code == 409
    assert (meeting.state, meeting.activity.state) == ("planned", "planned")
