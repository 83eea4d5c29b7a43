"""The lists of activities, projects, publications and policy inputs; the search over everything."""

import datetime as dt

import pytest
from django.urls import reverse

from coalition.lists.models import SavedView
from coalition.reference.models import Province
from tests.factories.lists import SavedViewFactory
from tests.factories.members import OrganisationFactory
from tests.factories.projects import (
    ActivityFactory,
    FundingLineFactory,
    ParticipationFactory,
    PolicyInputFactory,
    ProjectFactory,
    PublicationFactory,
)

STATEMENTS = {"activities": 6, "projects": 5, "publications": 5, "policy-inputs": 5}


def rows(client, path="/activities/", query="", columns="kind"):
    """Return the names in the first column of the list as exported."""
    response = client.get(f"{path}?format=csv&cols={columns}&{query}")
    lines = b"".join(response.streaming_content).decode("utf-8-sig").splitlines()[1:]
    return [line.split(",")[0] for line in lines]


@pytest.mark.parametrize(("path", "make"), [
    ("activities", ActivityFactory), ("projects", ProjectFactory), ("publications", PublicationFactory),
    ("policy-inputs", PolicyInputFactory),
])  # fmt: skip
def test_a_list_takes_the_same_statements_for_one_row_and_three(
    client, staff, path, make, django_assert_num_queries
):
    client.force_login(staff)
    make()
    client.get(f"/{path}/")
    with django_assert_num_queries(STATEMENTS[path]):
        client.get(f"/{path}/")
    make()
    make()
    with django_assert_num_queries(STATEMENTS[path]):
        assert client.get(f"/{path}/").content.decode().count("<tr>") == 4


def test_the_list_shows_ones_own_and_what_is_shared(
    client, focal, stranger, donor, donor_organisation, member
):
    ActivityFactory(title="Riêng", lead=member)
    shared = ActivityFactory(title="Chung", lead=member, is_shared=True, starts_on=dt.date(2020, 1, 1))
    expected = {focal: ["Riêng", "Chung"], stranger: ["Chung"], donor: []}
    for person, titles in expected.items():
        client.force_login(person)
        assert rows(client) == titles
    shared.projects.add(FundingLineFactory(giver=donor_organisation).project)
    client.force_login(donor)
    assert rows(client) == ["Chung"]


def test_activities_are_filtered_by_everything_that_describes_them(client, staff, reference):
    lead, guest = OrganisationFactory(name_vi="Viện MSD"), OrganisationFactory(name_vi="Hội Bảo vệ")
    project = ProjectFactory()
    wanted = ActivityFactory(
        title="Đúng", lead=lead, kind="training", starts_on=dt.date(2019, 6, 3), projects=[project],
        province=Province.objects.get(uid="VN63-82"),
    )  # fmt: skip
    ParticipationFactory(activity=wanted, organisation=guest)
    ActivityFactory(title="Sai", kind="other", starts_on=dt.date(2021, 1, 1), state="planned")
    client.force_login(staff)

    for query in (
        "kind=training", "state=held", "year=2019", "quarter=2019Q2", "from=2019-06-03&to=2019-06-03",
        f"project={project.public_id}", "org=vien msd", f"org={lead.public_id}", "attended=bao ve",
        "province=VN63-82", "province=VN34-82", "q=dung", "region=DBSCL",
    ):  # fmt: skip
        assert rows(client, query=query) == ["Đúng"], query


def test_people_stand_in_the_list_once_counted(client, staff):
    ParticipationFactory(activity=ActivityFactory(), count=1234)
    client.force_login(staff)

    assert ">1.234<" in client.get("/activities/").content.decode()


def test_projects_are_seen_by_members_but_drafts_only_by_their_lead(client, focal, stranger, donor, member):
    ProjectFactory(title_vi="Nháp", lead=member, state="draft")
    ProjectFactory(title_vi="Mở")
    for person, titles in ((focal, {"Nháp", "Mở"}), (stranger, {"Mở"}), (donor, set())):
        client.force_login(person)
        assert {*rows(client, "/projects/", columns="state")} == titles


# Saved views


def test_a_view_is_saved_used_and_deleted(client, focal, stranger):
    client.force_login(focal)
    save = reverse("lists:view_save", args=["activities"])
    query = "kind=training&sort=title&page=3"

    response = client.post(
        save, {"name": "Tập huấn", "sharing": "private", "query": query, "next": "/activities/"}
    )
    client.post(save, {"name": "Tập huấn", "sharing": "private", "query": query, "next": "/activities/"})

    view = SavedView.objects.get()
    assert response.url == f"/activities/?view={view.public_id}"
    client.force_login(stranger)
    assert client.post(reverse("lists:view_delete", args=[view.public_id])).status_code == 404
    client.force_login(focal)
    assert client.get(reverse("lists:view_delete", args=[view.public_id])).status_code == 200
    client.post(reverse("lists:view_delete", args=[view.public_id]))
    assert not SavedView.objects.exists()


def test_a_view_without_a_name_or_for_no_list_is_not_kept(client, focal):
    client.force_login(focal)

    client.post(reverse("lists:view_save", args=["activities"]), {"name": "", "sharing": "all"})
    assert client.post(reverse("lists:view_save", args=["nothing"]), {"name": "x"}).status_code == 404
    assert not SavedView.objects.exists()


def test_views_are_private_of_an_organisation_or_for_all(client, focal, colleague, stranger, member):
    for sharing in ("private", "organisation", "all"):
        SavedViewFactory(owner=focal, organisation=member, sharing=sharing, name=f"Xem {sharing}")
    ActivityFactory(is_shared=True)
    expected = {focal: 3, colleague: 2, stranger: 1}
    for person, number in expected.items():
        client.force_login(person)
        assert len(client.get("/activities/").context["views"]) == number


# Search


def test_search_finds_without_accents_and_only_what_one_may_see(client, focal, stranger, member):
    ActivityFactory(title="Đối thoại trẻ em", lead=member)
    ProjectFactory(title_vi="Quản trị quyền trẻ em")
    client.force_login(focal)
    page = client.get("/search/?q=tre em").content.decode()
    assert "Đối thoại trẻ em" in page
    assert "Quản trị quyền trẻ em" in page

    client.force_login(stranger)
    assert "Đối thoại trẻ em" not in client.get("/search/?q=tre em").content.decode()


@pytest.mark.parametrize("query", ["", "a", "%", "'; drop", "x" * 900, "   "])
def test_any_search_has_an_answer(client, focal, query):
    client.force_login(focal)

    assert client.get("/search/", {"q": query}).status_code == 200


def test_a_view_can_be_what_the_list_opens_with(client, focal, member):
    shown = ActivityFactory(lead=member, kind="training", title="Tập huấn")
    other = ActivityFactory(lead=member, kind="meeting", title="Giao ban")
    client.force_login(focal)
    client.post(
        "/views/save/activities/",
        {"name": "Cũ", "sharing": "private", "query": "kind=meeting", "is_default": "1"},
    )
    client.post(
        "/views/save/activities/",
        {"name": "Mới", "sharing": "private", "query": "kind=training", "is_default": "1"},
    )

    opened, everything = (
        client.get(address).content.decode() for address in ("/activities/", "/activities/?all=1")
    )

    assert (shown.public_id in opened, other.public_id in opened) == (True, False)
    assert (shown.public_id in everything, other.public_id in everything) == (True, True)


def test_a_view_that_somebody_else_opens_with_changes_nothing_for_me(client, focal, colleague, member):
    other = ActivityFactory(lead=member, kind="meeting")
    client.force_login(focal)
    client.post(
        "/views/save/activities/",
        {"name": "Chung", "sharing": "all", "query": "kind=training", "is_default": "1"},
    )

    client.force_login(colleague)

    assert other.public_id in client.get("/activities/").content.decode()
