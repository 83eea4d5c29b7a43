import pytest
from django.urls import reverse

from campaigns.models import Campaign, Component
from projects.models import Participation
from tests.factories.campaigns import (
    CampaignFactory,
    ChallengeDayFactory,
    ChallengeFactory,
    ComponentFactory,
    ContestFactory,
    EditionFactory,
    FormActivityFactory,
)


@pytest.fixture
def edition(campaign):
    edition = campaign.editions.get()
    challenge = ChallengeFactory(
        component=ComponentFactory(edition=edition, kind="challenge", title_vi="21 ngày")
    )
    ChallengeDayFactory(challenge=challenge, number=1, title_vi="Khen con một điều")
    ContestFactory(
        component=ComponentFactory(edition=edition, kind="contest", title_vi="Vẽ tranh"), entries=40
    )
    return edition


@pytest.mark.parametrize("person", ["coordinator", "staff", "focal", "viewer", "stranger"])
def test_members_read_campaigns(client, edition, person, request):
    client.force_login(request.getfixturevalue(person))

    assert "Hướng tới 25 năm CRC" in client.get("/campaigns/").content.decode()
    assert client.get(edition.campaign.get_absolute_url()).status_code == 200
    assert "Khen con một điều" in client.get(edition.get_absolute_url()).content.decode()


def test_a_donors_reader_has_no_campaign_pages(client, edition, donor):
    client.force_login(donor)

    assert client.get("/campaigns/").status_code == 403


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_asks_the_same_number_of_statements(client, focal, django_assert_num_queries, number):
    CampaignFactory.create_batch(number)
    client.force_login(focal)

    with django_assert_num_queries(5):
        client.get("/campaigns/")


def test_staff_add_a_campaign_with_a_run_and_a_challenge(client, staff, secretariat):
    client.force_login(staff)
    client.post(
        "/campaigns/new/",
        {
            "code": "lan-toa",
            "title_vi": "Lan toả",
            "lead": secretariat.pk,
            "starts_on": "2019-06-01",
        },
    )
    campaign = Campaign.objects.get(code="lan-toa")
    client.post(
        reverse("campaigns:edition_new", args=[campaign.public_id]),
        {
            "title_vi": "Năm 2019",
            "starts_on": "2019-06-01",
            "ends_on": "2019-12-31",
        },
    )
    edition = campaign.editions.get()
    client.post(
        reverse("campaigns:component_new", args=[edition.public_id]),
        {
            "kind": "challenge",
            "title_vi": "21 ngày",
            "starts_on": "2019-06-01",
            "days": "21",
        },
    )

    component = Component.objects.get()
    assert (component.edition, component.challenge.days) == (edition, 21)


def test_a_contest_that_ends_before_it_begins_is_refused(client, staff, edition):
    client.force_login(staff)

    answered = client.post(
        reverse("campaigns:component_new", args=[edition.public_id]),
        {
            "kind": "contest",
            "title_vi": "Thi ảnh",
            "starts_on": "2019-06-10",
            "ends_on": "2019-06-01",
        },
    )

    assert answered.status_code == 422
    assert not Component.objects.filter(title_vi="Thi ảnh").exists()


def test_a_member_cannot_edit_campaigns(client, edition, focal):
    client.force_login(focal)

    for path in (
        "/campaigns/new/",
        reverse("campaigns:campaign_edit", args=[edition.campaign.public_id]),
        reverse("campaigns:edition_edit", args=[edition.public_id]),
        reverse("campaigns:component_new", args=[edition.public_id]),
    ):
        assert client.get(path).status_code == 403


def test_a_member_tags_its_own_activity_but_not_anothers(client, edition, focal, member, other_member):
    mine, theirs = FormActivityFactory(lead=member), FormActivityFactory(lead=other_member)
    client.force_login(focal)
    path = reverse("campaigns:edition_tag", args=[edition.public_id])

    client.post(path, {"activity": mine.public_id})
    refused = client.post(path, {"activity": theirs.public_id})

    assert list(edition.activities.all()) == [mine]
    assert refused.status_code == 404


def test_the_public_page_shows_no_small_group_and_no_internal_activity(client, edition, member):
    shared = FormActivityFactory(lead=member, is_shared=True, title="Công khai")
    hidden = FormActivityFactory(lead=member, title="Nội bộ")
    edition.activities.add(shared, hidden)
    Participation.objects.create(activity=shared, group="children", sex="female", count=4)
    Participation.objects.create(activity=shared, group="parents", sex="female", age="18+", count=30)
    Participation.objects.create(activity=hidden, group="children", sex="female", count=400)

    answered = client.get(reverse("campaigns:campaign_public", args=[edition.campaign.code]))
    page = answered.content.decode()

    assert answered.status_code == 200
    assert "Khen con một điều" in page
    assert "Nội bộ" not in page
    assert '<span class="figure-value">30</span>' in page
    assert '<span class="figure-value">4</span>' not in page


def test_a_campaign_that_is_not_public_has_no_public_page(client, db):
    campaign = CampaignFactory(is_public=False)

    assert client.get(reverse("campaigns:campaign_public", args=[campaign.code])).status_code == 404


def test_an_edition_of_nothing_is_404(client, focal):
    EditionFactory()
    client.force_login(focal)

    assert client.get("/campaigns/editions/none/").status_code == 404
