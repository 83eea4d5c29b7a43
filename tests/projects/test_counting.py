"""Counting people, organisations and places: once, by the rule, true through time."""

import datetime as dt

import pytest

from coalition.members import actions
from coalition.reference.models import Province
from projects import counting
from projects.models import Activity
from tests.factories.members import OrganisationAliasFactory, OrganisationFactory
from tests.factories.projects import ActivityFactory, ParticipationFactory, ProjectFactory


def attended(activity, *organisations, **fields):
    for organisation in organisations:
        ParticipationFactory(activity=activity, organisation=organisation, **fields)


def supported(activities=None):
    found = counting.organisations_supported(Activity.objects.all() if activities is None else activities)
    return {organisation.name_vi for organisation in found}


# Organisations, each once


def test_an_organisation_that_came_twice_counts_once(db):
    guest = OrganisationFactory(name_vi="Khách")
    attended(ActivityFactory(), guest)
    attended(ActivityFactory(), guest)

    assert supported() == {"Khách"}


def test_the_organiser_is_left_out_where_it_leads_and_counts_where_it_is_a_guest(db):
    lead, other = OrganisationFactory(name_vi="Chủ trì"), OrganisationFactory(name_vi="Khác")
    attended(ActivityFactory(lead=lead), lead, other)
    assert supported() == {"Khác"}
    attended(ActivityFactory(lead=other), lead)
    assert supported() == {"Khác", "Chủ trì"}


def test_merged_organisations_count_as_the_one_they_became(db):
    today = OrganisationFactory(name_vi="Tên mới")
    before = OrganisationFactory(name_vi="Tên cũ", merged_into=today)
    attended(ActivityFactory(), today, before)

    assert supported() == {"Tên mới"}


def test_a_merger_of_a_merger_is_followed_to_its_end(db):
    first, middle, today = (OrganisationFactory(name_vi=name) for name in ("Đầu", "Giữa", "Nay"))
    attended(ActivityFactory(), today, first)

    actions.merge(organisation=first, into=middle)
    actions.merge(organisation=middle, into=today)

    assert supported() == {"Nay"}


def test_the_organiser_under_its_former_name_is_left_out_too(db):
    today = OrganisationFactory(name_vi="Nay")
    before = OrganisationFactory(name_vi="Xưa", merged_into=today)
    attended(ActivityFactory(lead=today), before)
    attended(ActivityFactory(lead=before), today)

    assert supported() == set()


def test_an_alias_is_the_same_organisation(client, focal, member):
    guest = OrganisationFactory(name_vi="Hội Bảo vệ quyền trẻ em")
    OrganisationAliasFactory(organisation=guest, name="VACR cũ")
    activity = ActivityFactory(lead=member)
    client.force_login(focal)

    for name in ("VACR cũ", "hoi bao ve quyen tre em"):
        client.post(f"{activity.get_absolute_url()}organisations/", {"organisation": name, "women": "1"})

    assert supported() == {"Hội Bảo vệ quyền trẻ em"}


@pytest.mark.parametrize(("day", "is_counted"), [
    ("2018-12-31", False), ("2019-01-01", True), ("2019-12-31", True), ("2020-01-01", False),
])  # fmt: skip
def test_both_edges_of_a_period_belong_to_it(db, day, is_counted):
    attended(ActivityFactory(starts_on=dt.date.fromisoformat(day)), OrganisationFactory(name_vi="Khách"))

    in_year = Activity.objects.in_period(dt.date(2019, 1, 1), dt.date(2019, 12, 31))

    assert (supported(in_year) == {"Khách"}) == is_counted


@pytest.mark.parametrize("state", ["planned", "postponed", "cancelled"])
def test_only_what_was_held_counts(db, state):
    attended(ActivityFactory(state=state), OrganisationFactory(), count=9)

    assert supported() == set()
    assert counting.people(Activity.objects.all())["people"] is None


def test_archived_activities_do_not_count(db):
    activity = ActivityFactory()
    attended(activity, OrganisationFactory(), count=9)
    activity.archive()

    assert counting.headline(Activity.objects.all()) == {"held": 0, "people": None, "organisations": 0}


def test_an_organisation_in_two_projects_counts_in_each_and_the_overlap_is_told(coordinator):
    one, two = ProjectFactory(), ProjectFactory()
    both, only = OrganisationFactory(name_vi="Cả hai"), OrganisationFactory(name_vi="Một")
    attended(ActivityFactory(projects=[one]), both, only)
    attended(ActivityFactory(projects=[two]), both)

    of_one, of_two = Activity.objects.filter(projects=one), Activity.objects.filter(projects=two)

    assert (len(supported(of_one)), len(supported(of_two)), len(supported())) == (2, 1, 2)
    assert counting.also_in(of_one, one, coordinator) == [(two, 1)]


def test_an_activity_of_two_projects_is_counted_once_over_both(db):
    one, two = ProjectFactory(), ProjectFactory()
    attended(ActivityFactory(projects=[one, two]), OrganisationFactory(), count=7)

    activities = Activity.objects.filter(projects__in=[one, two])

    assert counting.headline(activities) == {"held": 1, "people": 7, "organisations": 1}


# People


def test_named_and_unnamed_are_added_and_children_without_ages_are_children(db):
    activity = ActivityFactory()
    ParticipationFactory(activity=activity, count=10)
    ParticipationFactory(activity=activity, count=1, is_named=True)
    ParticipationFactory(activity=activity, group="children", sex="unknown", age="unknown", count=20)
    ParticipationFactory(
        activity=activity, group="children", sex="male", age="11-15", count=5, with_disability=2
    )

    sums = counting.people(Activity.objects.all())

    assert (sums["people"], sums["female"], sums["male"], sums["unknown_sex"]) == (36, 11, 5, 20)
    assert (sums["under_18"], sums["under_16"], sums["adults"], sums["with_disability"]) == (25, 5, 11, 2)


def test_nobody_counted_is_not_zero(db):
    ActivityFactory()
    assert counting.people(Activity.objects.all())["people"] is None
    ParticipationFactory(activity=ActivityFactory(), count=0)
    assert counting.people(Activity.objects.all())["people"] == 0


# Places through time


def at(uid, day="2020-06-01", people=10):
    province = Province.objects.get(uid=uid)
    activity = ActivityFactory(province=province, starts_on=dt.date.fromisoformat(day))
    ParticipationFactory(activity=activity, organisation=OrganisationFactory(), count=people)


def places(generation):
    found = counting.by_province(Activity.objects.all(), generation)
    return {province.uid if province else None: numbers["people"] for province, numbers in found.items()}


@pytest.mark.parametrize(("old", "new"), [
    ("VN63-82", "VN34-82"),  # Tiền Giang → Đồng Tháp
    ("VN63-66", "VN34-66"),  # Đắk Lắk, with Phú Yên
    ("VN63-10", "VN34-15"),  # Lào Cai: the code 15 was Yên Bái's
    ("VN63-15", "VN34-15"),  # Yên Bái → Lào Cai
    ("VN63-46", "VN34-46"),  # Thừa Thiên Huế → Huế
    ("VN63-31", "VN34-31"),  # Hải Phòng, with Hải Dương
])  # fmt: skip
def test_a_former_province_folds_into_its_successor(reference, old, new):
    at(old)

    assert places(34) == {new: 10}
    assert places(63) == {old: 10}


def test_successors_carry_the_names_they_have_today(reference):
    names = dict(Province.objects.filter(generation=34).values_list("uid", "name_vi"))

    assert names["VN34-82"] == "Đồng Tháp"
    assert names["VN34-15"] == "Lào Cai"
    assert Province.objects.get(uid="VN63-15").name_vi == "Yên Bái"


def test_the_total_over_all_provinces_is_the_same_on_both_sides(reference):
    for number, province in enumerate(Province.objects.filter(generation=63).order_by("pk")):
        at(province.uid, people=number + 1)
    for province in Province.objects.filter(generation=34).order_by("pk"):
        at(province.uid, day="2026-01-05", people=100)
    ParticipationFactory(activity=ActivityFactory(is_online=True), count=3)

    total = counting.people(Activity.objects.all())["people"]

    assert sum(places(34).values()) == sum(places(63).values()) == total == sum(range(1, 64)) + 3400 + 3
    assert len([uid for uid in places(34) if uid]) == 34


@pytest.mark.parametrize("uid", ["VN34-82", "VN63-82", "VN34-15", "VN63-10", "VN34-01", "VN63-01"])
def test_the_list_behind_a_places_number_holds_as_many_activities(client, staff, reference, uid):
    for each in ("VN63-82", "VN63-87", "VN63-10", "VN63-15", "VN63-01"):
        at(each)
    for each in ("VN34-82", "VN34-15", "VN34-01"):
        at(each, day="2026-01-05")
    generation = int(uid[2:4])
    counted = counting.by_province(Activity.objects.all(), generation)
    number = next(numbers["activities"] for province, numbers in counted.items() if province.uid == uid)
    client.force_login(staff)

    response = client.get(f"/activities/?province={uid}&state=held&format=csv")

    assert len(b"".join(response.streaming_content).decode().splitlines()) - 1 == number
