"""What a record was linked with stands in its history, and comes back with an earlier version."""

import datetime as dt
import uuid

import pytest
from django.urls import reverse

from coalition import earlier_links, history
from coalition.reference.models import Article
from projects import imports, many
from projects.models import Activity, Project
from tests.factories.members import OrganisationFactory
from tests.factories.projects import ActivityFactory, PolicyInputFactory, ProjectFactory
from tests.projects.test_activities import edit
from tests.projects.test_imports import planned, row


@pytest.fixture
def project(member):
    return ProjectFactory(lead=member, code="DA-CU", title_vi="Dự án cũ")


@pytest.fixture
def activity(member, focal, project):
    return ActivityFactory(lead=member, projects=[project], created_by=focal)


def move(client, activity, *projects):
    """Send the form with other projects; return the activity as it is now."""
    data = edit(Activity.objects.get(pk=activity.pk), projects=[project.pk for project in projects])
    assert client.post(f"{activity.get_absolute_url()}edit/", data).status_code == 302
    return Activity.objects.get(pk=activity.pk)


def address(activity, index):
    version = activity.history.order_by("version")[index]
    return reverse("projects:activity_go_back", args=[activity.public_id, version.pk])


def linked(activity):
    return set(activity.projects.values_list("code", flat=True))


def key_of(code):
    return Project.objects.get(code=code).pk


def sentences(record, reader):
    return [change for told in history.rows(record, reader) for change in told["changes"]]


def test_history_says_which_project_an_activity_left_and_joined(client, focal, activity, member):
    client.force_login(focal)
    move(client, activity, ProjectFactory(lead=member, title_vi="Dự án mới"))

    page = client.get(f"{activity.get_absolute_url()}history/").content.decode()

    assert "Dự án: thêm “Dự án mới”; bỏ “Dự án cũ”" in page


def test_going_back_links_again_and_forward_again(client, focal, activity, member):
    client.force_login(focal)
    move(client, activity, ProjectFactory(lead=member, code="DA-MOI"))

    client.post(address(activity, 0))
    assert linked(activity) == {"DA-CU"}
    client.post(address(activity, 1))
    assert linked(activity) == {"DA-MOI"}
    assert len(sentences(activity, focal)) == 3


def test_a_version_between_two_changes_has_the_links_of_the_one_before(client, focal, activity, member):
    client.force_login(focal)
    for code in ("DA-2", "DA-3"):
        move(client, activity, ProjectFactory(lead=member, code=code))
        changed = Activity.objects.get()
        changed.title = f"Sau {code}"
        changed.save()

    assert [
        earlier_links.of(activity, version)["projects"] for version in activity.history.order_by("version")
    ] == [
        [pk]
        for pk in (
            key_of("DA-CU"),
            *[key_of("DA-2")] * 2,
            *[key_of("DA-3")] * 2,
        )
    ]
    assert len(sentences(activity, focal)) == 4


def test_links_that_never_changed_stay_untouched(client, focal, activity):
    client.force_login(focal)
    data = edit(activity, title="Tên sau", projects=list(activity.projects.values_list("pk", flat=True)))
    client.post(f"{activity.get_absolute_url()}edit/", data)
    assert not activity.history.filter(links__isnull=False).exists()

    client.post(address(activity, 0))

    assert linked(activity) == {"DA-CU"}
    assert Activity.objects.get().title != "Tên sau"


def test_no_way_back_into_a_project_whose_numbers_are_locked(client, focal, coordinator, activity, project):
    client.force_login(focal)
    move(client, activity)
    project.locked_until = activity.starts_on
    project.save()

    assert client.post(address(activity, 0)).status_code == 409
    assert not linked(activity)
    client.force_login(coordinator)
    client.post(address(activity, 0))
    assert linked(activity) == {"DA-CU"}


def test_a_member_does_not_link_again_with_a_project_that_is_closed(client, focal, activity, project):
    client.force_login(focal)
    move(client, activity)
    project.state = "closed"
    project.save()

    client.post(address(activity, 0))

    assert not linked(activity)


def test_a_reader_is_not_told_the_name_of_a_project_it_may_not_see(client, staff, focal, activity):
    client.force_login(staff)
    hidden = ProjectFactory(state="draft", title_vi="Dự án còn giữ kín")
    activity.projects.add(hidden)
    move(client, activity)

    client.force_login(focal)
    page = client.get(f"{activity.get_absolute_url()}history/").content.decode()

    assert "còn giữ kín" not in page
    assert "bỏ “Dự án cũ”, 1 mục khác" in page


def test_changing_many_at_once_keeps_what_each_was_in(staff, activity, member):
    other = ActivityFactory(lead=member)
    joined = ProjectFactory(lead=member, title_vi="Dự án chung")

    many.change([activity, other], by=staff, project=joined)

    for each in (activity, other):
        assert sentences(each, staff) == ["Dự án: thêm “Dự án chung”"]
        each.refresh_from_db()
    first = activity.history.earliest("version")
    assert earlier_links.of(activity, first)["projects"] == [activity.projects.get(code="DA-CU").pk]


def test_an_import_keeps_what_it_changes(staff, member):
    OrganisationFactory(short_name="MSD")
    ProjectFactory(code="DA-A", title_vi="Dự án A")
    for projects in (None, "DA-A"):
        imports.write(planned(row(lead="MSD", projects=projects)), by=staff)

    assert "Dự án: thêm “Dự án A”" in sentences(Activity.objects.get(), staff)


def test_more_records_than_one_statement_takes_are_kept_in_batches(member, project, monkeypatch):
    monkeypatch.setattr(earlier_links, "BATCH", 3)
    activities = [ActivityFactory(lead=member) for _each in range(7)]
    for activity in activities:
        activity.save()
    through = Activity.projects.through

    with earlier_links.kept(activities):
        through.objects.bulk_create(through(activity=each, project=project) for each in activities)

    for activity in activities:
        versions = activity.history.order_by("version")
        assert [version.links["projects"] for version in versions] == [[], [project.pk]]


@pytest.mark.parametrize("number", [1, 40])
def test_keeping_takes_four_statements(member, project, number, django_assert_num_queries):
    activities = [ActivityFactory(lead=member) for _each in range(number)]
    for activity in activities:
        activity.save()
    through = Activity.projects.through

    with django_assert_num_queries(5), earlier_links.kept(activities):
        through.objects.bulk_create(through(activity=each, project=project) for each in activities)


def test_a_record_that_was_just_written_keeps_nothing(client, focal, member, project):
    client.force_login(focal)
    data = {
        "title": "Tập huấn", "kind": "training", "starts_on": "2026-03-05", "project": project.public_id,
        "client_uuid": str(uuid.uuid4()), "lead": member.pk,
    }  # fmt: skip

    client.post(reverse("projects:activity_log"), data)

    assert linked(Activity.objects.get()) == {"DA-CU"}
    assert not Activity.history.filter(links__isnull=False).exists()


def test_projects_and_policy_inputs_come_back_with_their_links_too(client, staff, reference):
    article = Article.objects.get(code="CRC-12")
    guest = OrganisationFactory()
    made = {
        "articles": (ProjectFactory(starts_on=dt.date(2026, 1, 1)), article),
        "organisations": (PolicyInputFactory(), guest),
    }
    client.force_login(staff)
    for name, (record, other) in made.items():
        record.save()
        with earlier_links.kept([record]):
            getattr(record, name).add(other)
        assert any(str(other) in sentence for sentence in sentences(record, staff))

        first = record.history.earliest("version")
        client.post(f"{record.get_absolute_url()}history/{first.pk}/")

        assert not getattr(record, name).exists()
