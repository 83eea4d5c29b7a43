"""The second step at log-in: an authenticator app, recovery codes, and the list of open sessions."""

import re
import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from allauth.usersessions.models import UserSession
from django.test import Client
from django.urls import reverse

from coalition.members import actions
from tests.members.logging_in import logged_in

PASSWORD = "mot-hai-ba-bon-nam-sau"


@pytest.fixture
def person(db):
    return actions.open_account(email="an@example.org", password=PASSWORD, full_name="Nguyễn Văn An")


@pytest.fixture
def secret(person):
    return _turn_on()


def _turn_on():
    """Turn the second step on through its page, as a person does; return the app's secret."""
    client = _with_password(Client())
    secret = client.get(reverse("mfa_activate_totp")).context["form"].secret
    answer = client.post(reverse("mfa_activate_totp"), {"code": _code(secret)})
    assert answer.status_code == 302
    return secret


def _with_password(client):
    client.post("/accounts/login/", {"login": "an@example.org", "password": PASSWORD})
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    return client


def _code(secret, ahead=0):
    counter = int(time.time()) // 30 + ahead
    return totp.format_hotp_value(totp.hotp_value(secret, counter))


def test_the_password_alone_is_no_longer_enough(client, secret):
    answer = client.post("/accounts/login/", {"login": "an@example.org", "password": PASSWORD})

    assert answer["Location"] == reverse("mfa_authenticate")
    assert "_auth_user_id" not in client.session
    assert client.get("/")["Location"].startswith("/accounts/login/")


def test_the_app_s_code_lets_in_and_works_once(client, secret, person):
    code = _code(secret, ahead=1)
    client.post("/accounts/login/", {"login": "an@example.org", "password": PASSWORD})
    client.post(reverse("mfa_authenticate"), {"code": code})
    assert client.session["_auth_user_id"] == str(person.pk)

    other = Client()
    other.post("/accounts/login/", {"login": "an@example.org", "password": PASSWORD})
    other.post(reverse("mfa_authenticate"), {"code": code})
    assert "_auth_user_id" not in other.session


def test_a_recovery_code_lets_in_once(client, secret, person):
    codes = Authenticator.objects.get(user=person, type="recovery_codes").wrap().get_unused_codes()
    assert len(codes) >= 8

    for expected in (True, False):
        client = Client()
        client.post("/accounts/login/", {"login": "an@example.org", "password": PASSWORD})
        client.post(reverse("mfa_authenticate"), {"code": codes[0]})
        assert ("_auth_user_id" in client.session) is expected


def test_turning_it_on_is_told_by_mail(transactional_db, person, mailoutbox):
    _turn_on()

    assert [mail.to for mail in mailoutbox] == [["an@example.org"]]


def test_other_sessions_can_be_ended(person):
    here, elsewhere = _with_password(Client()), _with_password(Client())
    for client in (here, elsewhere):
        client.get("/me/")
    assert UserSession.objects.filter(user=person).count() == 2

    here.post(reverse("usersessions_list"))

    assert here.get("/me/").status_code != 302 or not here.get("/me/")["Location"].startswith("/accounts/")
    assert elsewhere.get("/me/")["Location"].startswith("/accounts/login/")


def test_a_forgotten_password_is_set_anew_but_the_second_step_stays(client, secret, mailoutbox):
    client.post(reverse("account_reset_password"), {"email": "an@example.org"})
    link = re.search(r"(/accounts/password/reset/key/\S+/)", mailoutbox[-1].body).group(1)
    form = client.get(link, follow=True)
    client.post(
        form.redirect_chain[-1][0],
        {"password1": "hoan-toan-moi-nhe-ban", "password2": "hoan-toan-moi-nhe-ban"},
    )

    answer = client.post("/accounts/login/", {"login": "an@example.org", "password": "hoan-toan-moi-nhe-ban"})

    assert answer["Location"] == reverse("mfa_authenticate")


def test_an_unknown_address_learns_nothing_from_a_forgotten_password(client, person, mailoutbox):
    known = client.post(reverse("account_reset_password"), {"email": "an@example.org"})
    unknown = client.post(reverse("account_reset_password"), {"email": "ai@example.org"})

    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])


def test_pages_of_the_second_step_open_in_vietnamese(person):
    client = logged_in(person)
    for name in (
        "mfa_index",
        "mfa_list_webauthn",
        "usersessions_list",
        "account_email",
        "account_change_password",
    ):
        assert client.get(reverse(name)).status_code == 200
