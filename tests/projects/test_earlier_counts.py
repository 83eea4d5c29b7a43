"""Going back to an earlier version of an activity brings its head counts back, whichever way they had changed."""

import pytest
from django.urls import reverse

from projects import actions, earlier_counts, imports
from projects.models import Activity, CountsVersion, Participation
from tests.factories.members import OrganisationFactory
from tests.factories.projects import ActivityFactory, ParticipationFactory
from tests.projects.test_imports import planned, row


@pytest.fixture
def activity(member, focal):
    found = ActivityFactory(lead=member, title="Tập huấn")
    ParticipationFactory(
        activity=found, group="children", sex="female", age="11-15", count=40, with_disability=2
    )
    return found


def counts(activity):
    rows = activity.participation.filter(is_named=False)
    return sorted(
        rows.values_list("group", "sex", "age", "organisation", "count", "with_disability"), key=str
    )


def address(activity, index):
    version = activity.history.order_by("version")[index]
    return reverse("projects:activity_go_back", args=[activity.public_id, version.pk])


def test_a_changed_number_comes_back_with_its_version_and_forward_again(client, focal, activity):
    first = counts(activity)
    actions.count_people(activity=activity, counts={("children", "female", "11-15"): 45}, by=focal)
    second = counts(activity)
    client.force_login(focal)

    assert "40" in client.get(address(activity, 0)).content.decode()
    client.post(address(activity, 0))
    assert counts(activity) == first
    client.post(address(activity, 1))
    assert counts(activity) == second
    assert [row.count for row in activity.participation.all()] == [45]


def page_of(client, activity):
    return client.get(f"{activity.get_absolute_url()}history/").content.decode()


def test_history_says_which_number_went_from_what_to_what(client, focal, activity):
    counts_now = {("children", "female", "11-15"): 1245, ("children", "male", "11-15"): 3}
    actions.count_people(activity=activity, counts=counts_now, disabled={("children", "11-15"): 1}, by=focal)
    client.force_login(focal)

    page = page_of(client, activity)

    assert "Trẻ em · Nữ · 11–15: từ “40” thành “1.245”" in page
    assert "Trẻ em · Nam · 11–15: “3”" in page
    assert "Trẻ em · Nữ · 11–15 · trong đó người khuyết tật: từ “2” thành “1”" in page


def test_a_change_within_the_same_total_is_told_too(client, focal, activity):
    actions.count_people(activity=activity, counts={("children", "male", "11-15"): 40}, by=focal)
    client.force_login(focal)

    page = page_of(client, activity)

    assert "Trẻ em · Nữ · 11–15: đã bỏ “40”" in page
    assert "Trẻ em · Nam · 11–15: “40”" in page


def test_history_names_the_organisation_that_sent_people(client, focal, activity):
    guest = OrganisationFactory(short_name="BAN-TRE")
    actions.count_organisation(
        activity=activity, organisation=guest, by=focal, women=3, men=0, not_known=None
    )
    client.force_login(focal)

    page = page_of(client, activity)

    assert "BAN-TRE · Cán bộ tổ chức xã hội · Nữ · Từ 18 trở lên: “3”" in page
    assert "BAN-TRE · Cán bộ tổ chức xã hội · Nam · Từ 18 trở lên: “0”" in page


def test_what_organisations_sent_comes_back_and_a_named_list_stays(client, focal, activity):
    guest = OrganisationFactory()
    ParticipationFactory(activity=activity, organisation=guest, is_named=True)
    numbers = {"women": 3, "men": None, "not_known": None}
    actions.count_organisation(activity=activity, organisation=guest, by=focal, **numbers)
    sent = counts(activity)
    actions.count_organisation(
        activity=activity, organisation=guest, by=focal, women=None, men=None, not_known=None
    )
    assert counts(activity) != sent
    client.force_login(focal)

    client.post(address(activity, 1))

    assert counts(activity) == sent
    assert activity.participation.filter(is_named=True, organisation=guest).count() == 1


def test_nobody_counted_then_is_not_zero(client, focal, member):
    activity = ActivityFactory(lead=member)
    actions.count_people(activity=activity, counts={("children", "male", "6-10"): 0}, by=focal)
    client.force_login(focal)

    assert "Khi đó chưa đếm" in client.get(address(activity, 0)).content.decode()
    client.post(address(activity, 0))

    assert not activity.participation.exists()


def test_counts_that_never_changed_stay_untouched(client, focal, activity):
    before = counts(activity)
    activity.title = "Tên sau"
    activity.save()
    client.force_login(focal)

    client.post(address(activity, 0))

    assert counts(activity) == before
    assert Activity.objects.get().title == "Tập huấn"
    assert not CountsVersion.objects.exists()


def test_an_import_keeps_what_it_changes(staff, reference):
    OrganisationFactory(short_name="MSD")
    for women in (12, 15):
        imports.write(planned(row(lead="MSD", women=women)), by=staff)
    activity = Activity.objects.get()

    assert [earlier_counts.people(earlier_counts.of(activity, version)) for version in (1, 2)] == [12, 15]


@pytest.mark.parametrize("number", [1, 40])
def test_keeping_takes_four_statements(member, number, django_assert_num_queries):
    activities = ActivityFactory.create_batch(number, lead=member)

    with django_assert_num_queries(4), earlier_counts.kept(activities):
        pass


def test_an_organisation_that_is_gone_is_left_out(activity):
    rows = [["cso", "female", "18+", 10**9, 3, None], ["cso", "male", "18+", None, 2, None]]

    earlier_counts.put_back(activity, rows)

    assert [row.count for row in Participation.objects.filter(activity=activity)] == [2]
