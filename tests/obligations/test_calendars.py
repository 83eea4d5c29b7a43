"""Calendar feeds: a secret address that may be reset, without personal data."""

import datetime as dt

import icalendar
import pytest
from django.utils import timezone

from coalition.members.models import User
from coalition.obligations import feeds
from coalition.obligations.models import CalendarFeed
from tests.factories.obligations import ObligationFactory


@pytest.fixture
def duty(member):
    return ObligationFactory(organisation=member, title="Gửi ý tưởng logo", due_on=timezone.localdate())


def entries(answer):
    return icalendar.Calendar.from_ical(answer.content).walk("VEVENT")


def test_a_person_reads_their_duties_by_a_secret_address(client, duty, focal, stranger):
    path, other = feeds.reset(user=focal), feeds.reset(user=stranger)

    mine, theirs = client.get(path), client.get(other)

    assert mine.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert [str(entry["summary"]).split(": ")[1] for entry in entries(mine)] == ["Gửi ý tưởng logo"]
    assert entries(theirs) == []


def test_a_new_address_ends_the_old_one(client, duty, focal):
    old = feeds.reset(user=focal)
    new = feeds.reset(user=focal)

    assert [client.get(path).status_code for path in (old, new)] == [404, 200]
    assert CalendarFeed.objects.count() == 1


def test_the_secret_is_not_stored(focal):
    token = feeds.reset(user=focal).split("/")[-1].removesuffix(".ics")

    assert token not in str(CalendarFeed.objects.values().get())


def test_whoever_has_left_reads_nothing(client, duty, focal):
    path = feeds.reset(user=focal)
    User.objects.filter(pk=focal.pk).update(is_active=False)

    assert client.get(path).status_code == 404


def test_a_moved_date_replaces_its_entry(client, duty, focal, coordinator):
    from coalition.obligations import actions

    path = feeds.reset(user=focal)
    before = entries(client.get(path))[0]
    actions.move(duty, due_on=duty.due_on + dt.timedelta(days=1), reason="Chờ", by=coordinator)
    after = entries(client.get(path))[0]

    assert (before["uid"], before["sequence"]) == (after["uid"], after["sequence"] - 1)


def test_the_page_shows_the_address_once(client, duty, member, focal):
    client.force_login(focal)

    made = client.post("/owed/calendar/reset/", {"organisation": "MEMBER"}).content.decode()
    again = client.get("/owed/calendar/").content.decode()

    assert ("/owed/calendar/" in made, ".ics" in made, ".ics" in again) == (True, True, False)
    assert CalendarFeed.objects.get().organisation == member
    client.post("/owed/calendar/reset/", {"organisation": "MEMBER", "end": "1"})
    assert CalendarFeed.objects.count() == 0


def test_nobody_resets_the_address_of_another_organisation(client, member, stranger, colleague):
    for person in (stranger, colleague):
        client.force_login(person)
        assert client.post("/owed/calendar/reset/", {"organisation": "MEMBER"}).status_code == 404


@pytest.mark.parametrize("number", [1, 3])
def test_a_feed_takes_the_same_statements(client, member, focal, number, django_assert_num_queries):
    ObligationFactory.create_batch(number, organisation=member, due_on=timezone.localdate())
    path = feeds.reset(user=focal)

    with django_assert_num_queries(4):
        client.get(path)
