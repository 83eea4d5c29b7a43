"""Who asks for a page is known, with their roles, by one statement."""

from datetime import timedelta

import pytest
from django.contrib.auth import get_user
from django.utils import timezone

from coalition.members.backend import PersonBackend
from tests.factories.members import MembershipFactory, UserFactory

pytestmark = pytest.mark.django_db


def test_person_and_roles_are_read_together(django_assert_num_queries):
    focal = MembershipFactory(role="focal")
    head = MembershipFactory(user=focal.user, role="staff")
    MembershipFactory(user=focal.user, role="donor", starts_on=timezone.localdate() + timedelta(days=1))

    with django_assert_num_queries(1):
        user = PersonBackend().get_user(focal.user.pk)
        names = [membership.organisation.name for membership in user.current_memberships]

    assert user == focal.user
    assert sorted(names) == sorted([focal.organisation.name, head.organisation.name])
    assert {membership.user for membership in user.current_memberships} == {user}
    assert all(membership.user is user for membership in user.current_memberships)


def test_roles_are_those_that_the_person_has_read_alone():
    held = MembershipFactory(role="focal")
    MembershipFactory(user=held.user, role="staff")
    MembershipFactory(role="coordinator")  # somebody else's

    together = PersonBackend().get_user(held.user.pk).current_memberships

    assert together == held.user.current_memberships


def test_somebody_without_a_role_is_known_all_the_same():
    user = UserFactory()

    found = PersonBackend().get_user(user.pk)

    assert found == user
    assert found.current_memberships == []


@pytest.mark.parametrize("has_role", [True, False])
def test_a_closed_account_is_nobody(has_role):
    user = UserFactory(is_active=False)
    if has_role:
        MembershipFactory(user=user)

    assert PersonBackend().get_user(user.pk) is None


def test_a_number_without_an_account_is_nobody():
    assert PersonBackend().get_user(987_654) is None


def test_a_session_ends_with_a_changed_password(client, rf):
    held = MembershipFactory()
    client.force_login(held.user)
    request = rf.get("/")
    request.session = client.session
    assert get_user(request) == held.user

    held.user.set_password("another-one-2026")
    held.user.save()

    assert get_user(request).is_anonymous
