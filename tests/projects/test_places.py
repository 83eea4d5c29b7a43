"""The map and the tables by province, region and year."""

import datetime as dt

import pytest

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


def held_in(uid, day, people=None):
    activity = ActivityFactory(
        province=Province.objects.get(uid=uid) if uid else None, starts_on=dt.date.fromisoformat(day)
    )
    if people is not None:
        ParticipationFactory(activity=activity, organisation=OrganisationFactory(), count=people)


@pytest.fixture
def somewhere(reference):
    """Activities in former and present units, in one that was two, in none, and one nobody counted."""
    for uid, day, people in (
        ("VN63-82", "2020-06-01", 10), ("VN63-87", "2021-06-01", 20), ("VN34-82", "2026-02-01", 40),
        ("VN63-01", "2020-06-02", 1), ("VN34-01", "2026-02-02", 2), ("VN63-66", "2020-06-03", None),
        (None, "2020-06-04", 5), ("VN63-45", "2020-06-05", 3), ("VN34-44", "2026-02-03", 4),
    ):  # fmt: skip
        held_in(uid, day, people)


def opened(client, address):
    """Return how many rows an address lists."""
    response = client.get(f"{address}&format=csv")
    return len(b"".join(response.streaming_content).decode().splitlines()) - 1


@pytest.mark.parametrize(
    "query", ["", "?units=63", "?units=63&from=2021-01-01", "?region=BTB", "?year=2020", "?show=people"]
)
def test_every_number_opens_as_many_rows(client, staff, somewhere, query):
    client.force_login(staff)
    context = client.get(f"/activities/places/{query}").context

    groups = context["regions"]
    lines = [row for group in groups for row in group["rows"]] + context["years"]
    lines += [context["unplaced"]] if context["unplaced"] else []
    assert len(lines) > 2
    for line in [*lines, *(group for group in groups if "url" in group)]:
        assert opened(client, line["url"]) == line["activities"], line
        if line.get("organisations"):
            assert opened(client, line["organisations_url"]) == line["organisations"], line
        assert "đã bỏ qua" not in client.get(line["url"]).content.decode()


@pytest.mark.parametrize(
    ("measure", "title"),
    [("people", "Số người tham gia theo tỉnh"), ("organisations", "Tổ chức được hỗ trợ theo tỉnh")],
)
def test_the_map_says_what_it_shows(client, staff, somewhere, measure, title):
    client.force_login(staff)

    drawn = client.get(f"/activities/places/?show={measure}").context["map"]

    assert drawn["title"] == title
    assert all(("/organisations/" in row["url"]) is (measure == "organisations") for row in drawn["rows"])


def test_todays_unit_among_the_former_ones_says_so_and_its_region_opens_nothing(client, staff, somewhere):
    client.force_login(staff)

    groups = client.get("/activities/places/?units=63").context["regions"]

    names = {row["name"]: group for group in groups for row in group["rows"]}
    assert {"Đồng Tháp", "Đồng Tháp (từ 2025)", "Tiền Giang"} <= names.keys()
    assert "url" not in names["Tiền Giang"]
    assert "url" in names["Hà Nội"]


def test_regions_add_up_to_the_provinces_and_nobody_counted_is_not_zero(client, staff, somewhere):
    client.force_login(staff)

    context = client.get("/activities/places/").context

    people = {group["region"].code: group["people"] for group in context["regions"]}
    assert sum(number or 0 for number in people.values()) + context["unplaced"]["people"] == 85
    assert None in people.values()


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
