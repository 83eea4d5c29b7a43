"""The map and the tables by province, region and year."""

import datetime as dt

from coalition.reference.models import Province
from tests.factories.members import OrganisationFactory
from tests.factories.projects import ActivityFactory, ParticipationFactory, ProjectFactory


def test_the_map_shows_places_regions_and_years_and_opens_their_rows(client, staff, reference):
    project = ProjectFactory()
    activity = ActivityFactory(
        province=Province.objects.get(uid="VN63-82"), starts_on=dt.date(2020, 6, 1), projects=[project]
    )
    ParticipationFactory(activity=activity, organisation=OrganisationFactory(), count=12)
    ActivityFactory(is_online=True)
    client.force_login(staff)

    page = client.get(f"/activities/places/?project={project.public_id}").content.decode()

    assert "Đồng Tháp" in page
    assert f"/activities/?project={project.public_id}&amp;province=VN34-82&amp;state=held" in page
    assert "year=2020" in page
    assert "Tiền Giang" in client.get("/activities/places/?units=63&show=people").content.decode()


def test_nothing_yet_and_nonsense_are_answered(client, focal, reference):
    client.force_login(focal)

    assert client.get("/activities/places/").status_code == 200
    assert client.get("/activities/places/?units=99&show=money&project=x").status_code == 200


def test_strangers_see_only_their_own_places(client, stranger, member, reference):
    ActivityFactory(lead=member, province=Province.objects.get(uid="VN63-82"))
    client.force_login(stranger)

    assert not client.get("/activities/places/").context["regions"]


def test_the_page_takes_the_same_statements_with_many_rows(
    client, staff, reference, django_assert_num_queries
):
    provinces = list(Province.objects.filter(generation=63)[:9])
    ActivityFactory(province=provinces[0])
    client.force_login(staff)
    client.get("/activities/places/")
    with django_assert_num_queries(9):
        client.get("/activities/places/")
    for province in provinces:
        activity = ActivityFactory(province=province)
        ParticipationFactory(activity=activity, organisation=OrganisationFactory())
    with django_assert_num_queries(9):
        client.get("/activities/places/")
