"""Invitations: one letter, one person, one role, once."""

import datetime as dt
import re

import pytest
from allauth.account.models import EmailAddress
from django.core.management import call_command
from django.utils import timezone

from coalition.members.models import Invitation, Membership, User
from coalition.notifications.models import Message
from tests.factories.members import OrganisationFactory, UserFactory
from tests.members.logging_in import logged_in

PASSWORD = "mot-hai-ba-bon-nam-sau"
ANSWER = {"full_name": "Lê Thị Hoa", "form_of_address": "chị", "language": "vi", "password": PASSWORD}


@pytest.fixture
def letter(coordinator, member):
    """Invite somebody; return the path of the link in the letter."""
    answer = logged_in(coordinator).post(
        "/invitations/new/",
        {
            "email": "Hoa@example.org",
            "full_name": "Lê Thị Hoa",
            "organisation": member.pk,
            "role": "focal",
            "language": "vi",
        },
    )
    assert answer.status_code == 302
    return _link(Message.objects.get(to_address="hoa@example.org"))


def _link(message):
    return re.search(r"(/invitation/[\w-]+/)", message.text_body).group(1)


def test_the_letter_names_the_role_and_who_invites(letter, member, coordinator):
    message = Message.objects.get(to_address="hoa@example.org")

    assert message.recipient is None
    assert member.name in message.text_body
    assert str(coordinator) in message.text_body
    assert letter in message.html_body


def test_only_a_hash_of_the_token_is_kept(letter):
    token = letter.split("/")[2]

    assert token not in Invitation.objects.get().token_hash
    assert Invitation.objects.with_token(token).count() == 1


def test_an_invited_person_comes_in_with_name_language_and_role(client, letter, member):
    assert client.get(letter).status_code == 200

    answer = client.post(letter, ANSWER)

    user = User.objects.get(email="hoa@example.org")
    assert answer.status_code == 302
    assert client.session["_auth_user_id"] == str(user.pk)
    assert (user.full_name, user.greeting, user.check_password(PASSWORD)) == ("Lê Thị Hoa", "chị Hoa", True)
    assert [(m.role, m.organisation) for m in user.current_memberships] == [("focal", member)]
    assert EmailAddress.objects.get(user=user).verified


def test_an_invitation_works_once(client, letter):
    client.post(letter, ANSWER)

    again = client.__class__().post(letter, {**ANSWER, "full_name": "Người khác"})

    assert again.status_code in (302, 410)
    assert User.objects.filter(email="hoa@example.org").count() == 1
    assert Membership.objects.filter(user__email="hoa@example.org").count() == 1
    assert User.objects.get(email="hoa@example.org").full_name == "Lê Thị Hoa"


def test_a_weak_password_is_refused_and_the_invitation_stays(client, letter):
    answer = client.post(letter, {**ANSWER, "password": "matkhau"})

    assert "password" in answer.context["form"].errors
    assert Invitation.objects.usable(timezone.now()).exists()


def test_a_person_may_do_without_a_password(client, letter):
    client.post(letter, {**ANSWER, "password": ""})

    assert not User.objects.get(email="hoa@example.org").has_usable_password()
    assert client.session["_auth_user_id"]


@pytest.mark.parametrize(
    "state",
    [
        {"revoked_at": timezone.now()},
        {"expires_at": timezone.now() - dt.timedelta(minutes=1)},
        {"accepted_at": timezone.now()},
    ],
)
def test_a_revoked_used_or_old_invitation_opens_nothing(client, letter, state):
    Invitation.objects.update(**state)

    assert client.get(letter).status_code == 410
    assert client.post(letter, ANSWER).status_code == 410
    assert not User.objects.filter(email="hoa@example.org").exists()


def test_a_made_up_token_opens_nothing(client, db):
    assert client.get("/invitation/abc/").status_code == 410


def test_sending_again_closes_the_earlier_link(client, coordinator, letter):
    invitation = Invitation.objects.get()

    logged_in(coordinator).post(f"/invitations/{invitation.public_id}/again/")

    new = _link(Message.objects.filter(to_address="hoa@example.org").latest("pk"))
    assert new != letter
    assert client.get(letter).status_code == 410
    assert client.get(new).status_code == 200


def test_withdrawing_closes_the_link(client, coordinator, letter):
    invitation = Invitation.objects.get()

    for _time in range(2):
        logged_in(coordinator).post(f"/invitations/{invitation.public_id}/revoke/")

    assert client.get(letter).status_code == 410


def test_an_account_that_exists_gains_the_role_only_by_its_owner(client, letter, member):
    owner = UserFactory(email="hoa@example.org", full_name="Chủ tài khoản")

    stranger = client.post(letter, ANSWER)
    assert stranger["Location"].startswith("/accounts/login/")
    assert not Membership.objects.filter(user=owner).exists()

    client.force_login(owner)
    assert client.get(letter).status_code == 200
    client.post(letter)
    assert Membership.objects.get(user=owner).organisation == member
    owner.refresh_from_db()
    assert owner.full_name == "Chủ tài khoản"


def test_only_coordinators_invite(focal, staff, member):
    for user in (focal, staff):
        assert logged_in(user).get("/invitations/new/").status_code == 403
        assert logged_in(user).get("/invitations/").status_code == 403


def test_inviting_asks_for_a_fresh_log_in(client, coordinator):
    coordinator.set_password(PASSWORD)
    coordinator.save()
    client.force_login(coordinator)

    answer = client.get("/invitations/new/")

    assert answer["Location"].startswith("/accounts/reauthenticate/")


def test_what_was_typed_survives_showing_who_one_is(client, coordinator, member):
    coordinator.set_password(PASSWORD)
    coordinator.save()
    client.force_login(coordinator)
    client.post(
        "/invitations/new/",
        {
            "email": "hoa@example.org",
            "organisation": member.pk,
            "role": "viewer",
            "language": "vi",
        },
    )

    client.post("/accounts/reauthenticate/?next=/invitations/new/", {"password": PASSWORD})

    assert Invitation.objects.get().role == "viewer"


def test_the_list_of_invitations_has_few_statements(coordinator, django_assert_num_queries):
    client = logged_in(coordinator)
    for number in (1, 3):
        for index in range(number):
            Invitation.objects.create(
                email=f"a{number}{index}@example.org",
                organisation=OrganisationFactory(),
                role="focal",
                token_hash=f"{number}{index}",
                invited_by=coordinator,
                expires_at=timezone.now(),
            )
        with django_assert_num_queries(4):
            assert client.get("/invitations/").status_code == 200


def test_a_letter_that_was_sent_keeps_no_secret(letter, mailoutbox):
    call_command("deliver_messages", once=True)

    message = Message.objects.get(kind="invitation")
    assert letter in mailoutbox[-1].body
    assert message.state == "sent"
    assert letter not in f"{message.text_body} {message.html_body} {message.path}"


def test_a_withdrawn_invitation_is_not_sent_any_more(letter, mailoutbox):
    Invitation.objects.update(revoked_at=timezone.now())

    call_command("deliver_messages", once=True)

    assert mailoutbox == []
    assert Message.objects.get(kind="invitation").state == "cancelled"
