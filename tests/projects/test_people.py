"""Counting who took part: the grid, the organisations, the history of the numbers."""

import pytest

from projects.models import Activity, Participation
from tests.factories.members import OrganisationAliasFactory, OrganisationFactory
from tests.factories.projects import ActivityFactory, ParticipationFactory


@pytest.fixture
def activity(member):
    return ActivityFactory(lead=member)


def people(activity):
    return f"{activity.get_absolute_url()}people/?group=children"


def counts(activity):
    rows = activity.participation.order_by("pk")
    return {(row.group, row.sex, row.age): (row.count, row.with_disability) for row in rows}


def test_a_group_is_counted_by_sex_and_age_and_the_others_stay(client, focal, activity):
    ParticipationFactory(activity=activity, group="parents", count=7)
    client.force_login(focal)

    client.post(people(activity), {
        "version": 1, "n_6-10_female": "10", "n_6-10_male": "8", "n_16-17_unknown": "0", "d_6-10": "3"
    })  # fmt: skip

    assert counts(activity) == {
        ("children", "female", "6-10"): (10, 3), ("children", "male", "6-10"): (8, 0),
        ("children", "unknown", "16-17"): (0, None), ("parents", "female", "18+"): (7, None),
    }  # fmt: skip


def test_the_grid_shows_what_was_counted(client, focal, activity):
    ParticipationFactory(activity=activity, group="children", age="6-10", count=12, with_disability=2)
    client.force_login(focal)

    page = client.get(people(activity)).content.decode()

    assert 'value="12"' in page
    assert 'data-sum="all"' in page


def test_disability_cannot_exceed_the_people(client, focal, activity):
    client.force_login(focal)

    response = client.post(people(activity), {"version": 1, "n_6-10_female": "2", "d_6-10": "3"})

    assert response.status_code == 422
    assert not Participation.objects.exists()


def test_counting_over_somebody_elses_count_is_a_conflict(client, focal, activity):
    client.force_login(focal)
    assert client.post(people(activity), {"version": 1, "n_6-10_female": "2"}).status_code == 302

    late = client.post(people(activity), {"version": 1, "n_6-10_female": "9"})

    assert late.status_code == 409
    assert late.context["conflict"].typed == [("6–10, Nữ", "2", "9")]
    assert counts(activity)["children", "female", "6-10"] == (2, None)


def test_the_change_of_the_number_is_told_in_the_history(client, focal, activity):
    ParticipationFactory(activity=activity, group="children", sex="unknown", age="unknown", count=40)
    client.force_login(focal)
    client.post(people(activity), {"version": 1, "n_unknown_unknown": "45"})

    page = client.get(f"{activity.get_absolute_url()}history/").content.decode()

    assert "40" in page
    assert "45" in page
    assert Activity.objects.get().history.first().history_user == focal


def test_organisations_are_noted_under_any_of_their_names(client, focal, activity):
    known = OrganisationFactory(name_vi="Hội Bảo vệ quyền trẻ em", short_name="VACR")
    OrganisationAliasFactory(organisation=known, name="Hội BVQTE")
    client.force_login(focal)
    address = f"{activity.get_absolute_url()}organisations/"

    client.post(address, {"organisation": "hoi bvqte", "women": "2"})
    client.post(address, {"organisation": "vacr", "women": "3", "men": "1"})

    rows = activity.participation.order_by("sex")
    assert [(row.organisation, row.sex, row.count) for row in rows] == [
        (known, "female", 3),
        (known, "male", 1),
    ]


@pytest.mark.parametrize("data", [
    {"organisation": "không ai biết", "women": "2"}, {"organisation": "Thành viên"}, {"organisation": "", "women": "1"},
])  # fmt: skip
def test_what_is_not_known_is_asked_for(client, focal, activity, data):
    client.force_login(focal)

    response = client.post(f"{activity.get_absolute_url()}organisations/", data)

    assert response.status_code == 422
    assert not Participation.objects.exists()


def test_an_organisation_is_taken_off_the_list(client, focal, activity):
    row = ParticipationFactory(activity=activity, organisation=OrganisationFactory())
    client.force_login(focal)
    address = f"{activity.get_absolute_url()}organisations/{row.organisation.public_id}/remove/"

    assert client.post(address).status_code == 302
    assert client.post(address).status_code == 302
    assert not Participation.objects.exists()


def test_a_stranger_counts_nothing(client, stranger, activity):
    client.force_login(stranger)

    assert client.post(people(activity), {"version": 1, "n_6-10_female": "2"}).status_code == 404
    address = f"{activity.get_absolute_url()}organisations/"
    assert client.post(address, {"organisation": "Thành viên", "women": "1"}).status_code == 404
    assert not Participation.objects.exists()
