"""What people say about themselves, and the language the portal speaks to them."""

import pytest
from allauth.account.models import EmailAddress
from django.urls import reverse

from coalition.members import actions
from tests.factories.members import UserFactory
from tests.members.logging_in import logged_in

PASSWORD = "mot-hai-ba-bon-nam-sau"


def test_a_person_changes_their_own_details(client, focal):
    client.force_login(focal)

    answer = client.post("/me/", {"full_name": "Trần  Văn Bình ", "form_of_address": "anh", "language": "en"})

    focal.refresh_from_db()
    assert answer.status_code == 302
    assert (focal.full_name, focal.language, focal.greeting) == ("Trần  Văn Bình", "en", "anh Bình")


def test_a_name_cannot_be_empty(client, focal):
    client.force_login(focal)

    answer = client.post("/me/", {"full_name": " ", "form_of_address": "anh", "language": "vi"})

    assert answer.status_code == 200
    assert "full_name" in answer.context["form"].errors


@pytest.mark.parametrize(("language", "said"), [("en", "Organisations"), ("vi", "Organisations")])
def test_the_language_switch_keeps_the_page(client, focal, language, said):
    client.force_login(focal)

    answer = client.post("/language/", {"language": language, "next": "/organisations/?q=plan"})

    focal.refresh_from_db()
    assert answer["Location"] == "/organisations/?q=plan"
    assert focal.language == language
    assert client.get("/organisations/").headers["Content-Language"] == language


def test_the_language_switch_works_before_log_in_and_leads_nowhere_else(client, db):
    answer = client.post("/language/", {"language": "en", "next": "https://elsewhere.example.org/"})

    assert answer["Location"] == "/"
    assert client.get("/accounts/login/").headers["Content-Language"] == "en"


def test_an_unknown_language_changes_nothing(client, focal):
    client.force_login(focal)

    client.post("/language/", {"language": "xx"})

    focal.refresh_from_db()
    assert focal.language == "vi"


def test_a_person_logs_in_with_address_and_password(client, db):
    actions.open_account(email="an@example.org", password=PASSWORD, full_name="An")

    answer = client.post("/accounts/login/", {"login": "AN@example.org", "password": PASSWORD})

    assert answer.status_code == 302
    assert client.session["_auth_user_id"]


def test_a_wrong_password_is_not_told_apart_from_an_unknown_address(client, db):
    actions.open_account(email="an@example.org", password=PASSWORD, full_name="An")

    known = client.post("/accounts/login/", {"login": "an@example.org", "password": "khong-dung-dau-nhe"})
    unknown = client.post("/accounts/login/", {"login": "ai@example.org", "password": "khong-dung-dau-nhe"})

    assert known.context["form"].errors == unknown.context["form"].errors


def test_too_many_wrong_passwords_are_slowed_down(client, db):
    actions.open_account(email="an@example.org", password=PASSWORD, full_name="An")

    for _time in range(6):
        answer = client.post("/accounts/login/", {"login": "an@example.org", "password": "khong-dung-dau"})

    assert not client.session.get("_auth_user_id")
    assert "__all__" in answer.context["form"].errors
    right = client.post("/accounts/login/", {"login": "an@example.org", "password": PASSWORD})
    assert right.status_code == 200


def test_nobody_signs_up_without_an_invitation(client, db):
    answer = client.get("/accounts/signup/")

    assert "form" not in (answer.context or {})
    client.post("/accounts/signup/", {"email": "ai@example.org", "password1": PASSWORD})
    assert not EmailAddress.objects.exists()


def test_a_code_by_mail_logs_in(client, db, mailoutbox):
    user = actions.open_account(email="an@example.org", full_name="An")
    client.post(reverse("account_request_login_code"), {"email": "an@example.org"})
    code = _code(mailoutbox)

    client.post(reverse("account_confirm_login_code"), {"code": code})

    assert client.session["_auth_user_id"] == str(user.pk)


def _code(mailoutbox):
    words = mailoutbox[-1].body.split()
    return next(
        word for word in words if word.replace("-", "").isalnum() and word.isupper() and len(word) > 5
    )


def test_coordinators_must_have_a_second_factor_where_it_is_asked(client, coordinator, focal, settings):
    settings.SECOND_FACTOR_ROLES = ["coordinator"]
    client.force_login(coordinator)

    assert client.get("/")["Location"] == reverse("mfa_index")
    client.force_login(focal)
    assert client.get("/").status_code == 200


def test_a_coordinator_with_a_second_factor_passes(client, coordinator, settings):
    from allauth.mfa.models import Authenticator

    settings.SECOND_FACTOR_ROLES = ["coordinator"]
    Authenticator.objects.create(user=coordinator, type="totp", data={"secret": "x"})
    client.force_login(coordinator)

    assert client.get("/").status_code == 200


def test_a_stale_log_in_by_code_cannot_add_a_second_factor(client, db):
    user = UserFactory(email="ma@example.org")
    user.set_unusable_password()
    user.save()
    client.force_login(user)

    answer = client.get(reverse("mfa_activate_totp"))

    assert answer["Location"].startswith("/accounts/login/")
    assert "_auth_user_id" not in client.session


def test_a_fresh_log_in_by_code_can_add_a_second_factor(client, db):
    user = UserFactory(email="ma@example.org")
    user.set_unusable_password()
    user.save()
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    logged_in(user, client)

    assert client.get(reverse("mfa_activate_totp")).status_code == 200
