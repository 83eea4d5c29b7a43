"""Projects, publications and policy inputs are archived with a way back, and go back to what they were."""

import pytest

from tests.factories.projects import PolicyInputFactory, ProjectFactory, PublicationFactory

MAKERS = {
    "projects": (ProjectFactory, "title_vi"),
    "publications": (PublicationFactory, "title_vi"),
    "policy-inputs": (PolicyInputFactory, "title"),
}


@pytest.mark.parametrize("room", MAKERS)
def test_it_leaves_the_list_its_page_offers_the_way_back_and_members_no_longer_find_it(
    client, staff, focal, room
):
    record = MAKERS[room][0]()
    client.force_login(staff)

    archived = client.post(f"{record.get_absolute_url()}archive/")

    assert archived.url == record.get_absolute_url()
    assert client.get(archived.url).status_code == 200
    assert record.public_id not in client.get(f"/{room}/").content.decode()
    client.force_login(focal)
    assert client.get(record.get_absolute_url()).status_code == 404
    assert client.post(f"{record.get_absolute_url()}archive/").status_code == 403
    client.force_login(staff)
    client.post(f"{record.get_absolute_url()}archive/")
    assert record.public_id in client.get(f"/{room}/?all=1").content.decode()


@pytest.mark.parametrize("room", MAKERS)
def test_an_earlier_version_comes_back_after_asking(client, staff, focal, room):
    make, field = MAKERS[room]
    record = make(**{field: "Tên đầu"})
    earlier = record.history.first().pk
    setattr(record, field, "Tên sau")
    record.save()
    address = f"{record.get_absolute_url()}history/{earlier}/"

    client.force_login(focal)
    assert client.post(address).status_code == 403
    client.force_login(staff)
    assert client.get(address).status_code == 200
    client.post(address)

    record.refresh_from_db()
    assert getattr(record, field) == "Tên đầu"


@pytest.mark.parametrize("room", MAKERS)
def test_the_page_offers_earlier_versions_and_not_the_present_one(client, staff, room):
    make, field = MAKERS[room]
    record = make(**{field: "Tên đầu"})
    setattr(record, field, "Tên sau")
    record.save()
    client.force_login(staff)

    address = record.get_absolute_url()
    page = client.get(f"{address}history/" if room == "projects" else address).content.decode()

    newest, earlier = record.history.order_by("-version").values_list("pk", flat=True)
    assert f"{address}history/{earlier}/" in page
    assert f"{address}history/{newest}/" not in page


def test_languages_of_a_publication_are_named(client, staff):
    publication = PublicationFactory(languages="vi, en,xx")
    client.force_login(staff)

    assert "Tiếng Việt, Tiếng Anh, xx" in client.get(publication.get_absolute_url()).content.decode()
