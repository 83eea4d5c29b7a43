"""Roles have dates; whoever takes one over takes its duties over."""

import datetime as dt

import pytest
from django.utils import timezone

from coalition.members import actions
from coalition.members.models import Membership, User
from coalition.notifications.models import Message
from tests.factories.members import MembershipFactory
from tests.members.logging_in import logged_in

TODAY = timezone.localdate()


def test_a_role_is_given_from_a_day_on(coordinator, viewer, other_member):
    client = logged_in(coordinator)

    answer = client.post(
        f"/people/{viewer.public_id}/roles/new/",
        {
            "organisation": other_member.pk,
            "role": "contributor",
            "starts_on": TODAY.isoformat(),
            "ends_on": "",
        },
    )

    assert answer.status_code == 302
    fresh = User.objects.get(pk=viewer.pk)
    assert fresh.roles == {"viewer", "contributor"}


def test_a_role_that_ended_gives_no_right_any_more(client, coordinator, focal, member):
    membership = Membership.objects.get(user=focal)
    client.force_login(focal)
    assert client.get(f"/organisations/{member.public_id}/edit/").status_code == 200

    answer = logged_in(coordinator).post(f"/people/{focal.public_id}/roles/{membership.pk}/end/")

    membership.refresh_from_db()
    assert answer.status_code == 302
    assert membership.ends_on == TODAY - dt.timedelta(days=1)
    assert client.get(f"/organisations/{member.public_id}/edit/").status_code == 403


def test_a_role_of_today_vanishes_when_it_ends(focal, member):
    membership = MembershipFactory(user=focal, organisation=member, role="viewer", starts_on=TODAY)

    actions.end_role(membership=membership, today=TODAY)

    assert not Membership.objects.filter(pk=membership.pk).exists()


def test_a_new_focal_point_takes_over_and_both_are_told(coordinator, focal, colleague, member):
    membership = Membership.objects.get(user=focal)
    typed = {"successor": colleague.public_id, "starts_on": TODAY.isoformat()}

    for _time in range(2):
        logged_in(coordinator).post(f"/people/{focal.public_id}/roles/{membership.pk}/hand-over/", typed)

    held = Membership.objects.filter(organisation=member, role="focal").in_force(TODAY)
    assert [each.user for each in held] == [colleague]
    assert {message.recipient for message in Message.objects.filter(kind="hand_over")} == {focal, colleague}
    assert Message.objects.filter(kind="hand_over").count() == 2


def test_a_role_is_not_handed_over_to_another_organisation(coordinator, focal, stranger):
    membership = Membership.objects.get(user=focal)

    answer = logged_in(coordinator).post(
        f"/people/{focal.public_id}/roles/{membership.pk}/hand-over/",
        {"successor": stranger.public_id, "starts_on": TODAY.isoformat()},
    )

    assert "successor" in answer.context["form"].errors


def test_a_role_of_somebody_else_is_not_found_under_this_person(coordinator, focal, stranger):
    membership = Membership.objects.get(user=stranger)

    assert (
        logged_in(coordinator).get(f"/people/{focal.public_id}/roles/{membership.pk}/end/").status_code == 404
    )


def test_a_closed_account_is_out_at_once(client, coordinator, focal):
    client.force_login(focal)

    logged_in(coordinator).post(f"/people/{focal.public_id}/suspend/")

    assert client.get("/me/")["Location"].startswith("/accounts/login/")


def test_nobody_closes_their_own_account(coordinator):
    logged_in(coordinator).post(f"/people/{coordinator.public_id}/suspend/")

    coordinator.refresh_from_db()
    assert coordinator.is_active


@pytest.mark.parametrize("address", ["/people/", "/people/{}/", "/people/{}/roles/new/"])
def test_people_are_a_matter_of_coordinators(focal, staff, donor, stranger, address):
    for user in (focal, staff, donor):
        assert logged_in(user).get(address.format(stranger.public_id)).status_code == 403


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_takes_a_fixed_number_of_statements(coordinator, number, django_assert_num_queries):
    MembershipFactory.create_batch(number)
    client = logged_in(coordinator)

    with django_assert_num_queries(6):
        assert client.get("/people/").status_code == 200


def test_the_list_is_filtered_by_role_and_organisation(coordinator, focal, stranger, member):
    client = logged_in(coordinator)

    assert set(client.get("/people/?role=focal").context["page"].object_list) == {focal, stranger}
    assert client.get(f"/people/?org={member.public_id}").context["page"].object_list == [focal]
    assert client.get("/people/", {"q": "nguoi stranger"}).context["page"].object_list == [stranger]
