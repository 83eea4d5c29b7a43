"""The outbox, one message, the preferences and the way out of reminders."""

import pytest

from coalition.notifications import actions
from coalition.notifications.models import Preference
from tests.factories.notifications import MessageFactory


@pytest.fixture
def message(focal):
    return MessageFactory(recipient=focal, subject="Thư của đầu mối", path="/owed/")


def test_people_see_their_own_messages_and_coordinators_all(client, message, focal, stranger, coordinator):
    seen = {}
    for person in (focal, stranger, coordinator):
        client.force_login(person)
        listed = "Thư của đầu mối" in client.get("/messages/").content.decode()
        seen[person] = (listed, client.get(message.get_absolute_url()).status_code)

    assert seen == {focal: (True, 200), stranger: (False, 404), coordinator: (True, 200)}


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_takes_the_same_statements_for_any_number(
    client, coordinator, number, django_assert_num_queries
):
    MessageFactory.create_batch(number)
    client.force_login(coordinator)

    with django_assert_num_queries(6):
        assert client.get("/messages/").status_code == 200


def test_only_coordinators_send_again(client, focal):
    client.force_login(focal)

    assert client.post("/messages/again/").status_code == 403


def test_a_person_chooses_how_to_be_reminded(client, focal):
    client.force_login(focal)
    assert client.get("/messages/preferences/").status_code == 200

    for _time in range(2):
        answer = client.post("/messages/preferences/", {"reminders": "weekly"})

    assert answer.status_code == 302
    preference = Preference.objects.get()
    assert (preference.user, preference.reminders, preference.attach_calendar) == (focal, "weekly", False)


def test_a_wrong_choice_is_answered_beside_the_field(client, focal):
    client.force_login(focal)

    answer = client.post("/messages/preferences/", {"reminders": "hourly"})

    assert answer.status_code == 200
    assert Preference.objects.count() == 0


def test_the_way_out_asks_first_and_works_without_log_in(client, focal):
    path = actions.unsubscribe_path(focal)

    asked = client.get(path)
    assert asked.status_code == 200
    assert Preference.objects.count() == 0
    for _time in range(2):
        assert client.post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200

    assert Preference.objects.get().reminders == "never"


def test_a_mail_program_needs_no_cookie_to_unsubscribe(focal):
    from django.test import Client

    answer = Client(enforce_csrf_checks=True).post(
        actions.unsubscribe_path(focal), {"List-Unsubscribe": "One-Click"}
    )

    assert answer.status_code == 200


@pytest.mark.parametrize("token", ["nobody", "abc:def", "%00", "x" * 500])
def test_a_forged_way_out_leads_nowhere(client, db, token):
    assert client.get(f"/messages/unsubscribe/{token}/").status_code in (400, 404)
