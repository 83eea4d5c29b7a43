"""Every address says who may open it; what is public is listed here, so that nothing becomes so by mistake."""

import io
import json

from django.core.management import call_command

from coalition import access
from coalition.members import roles

PUBLIC = {
    "open_to_all",  # titles of public campaigns and publications
    "theme_choose",
    "health",
    "members:language_choose",
    "members:invitation_accept",
    "account_login",
    "account_signup",
    "account_inactive",
    "account_request_login_code",
    "account_confirm_login_code",
    "account_email_verification_sent",
    "account_confirm_email",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
    "mfa_authenticate",
    "mfa_login_webauthn",
    "notifications:unsubscribe",
    "obligations:feed",
    "meetings:feed",  # opens to a person's secret address
    "projects:publication_get",  # public ones only; counted without knowing who
    "projects:project_public",  # no number under five, no file, no money
    "campaigns:campaign_public",  # no child's data, no cell under five
    "campaigns:form_confirm",  # by a link signed for one organisation and form
}


def test_every_route_is_declared():
    assert access.undeclared() == []
    assert access.every_route_is_declared() == []


def test_a_route_that_nobody_declared_is_an_error(monkeypatch):
    monkeypatch.delitem(access.THIRD_PARTY, "account_login")

    assert [error.id for error in access.every_route_is_declared()] == ["portal.E010"]


def test_only_these_routes_are_public():
    public = {route.name for route in access.routes() if "public" in route.roles}

    assert public - PUBLIC == set()


def test_no_list_of_third_party_routes_outlives_them():
    names = {route.name for route in access.routes()}

    assert set(access.THIRD_PARTY) - names == set()


def test_every_route_of_ours_has_a_name_and_every_name_is_used_once():
    names = [route.name for route in access.routes() if not route.name.startswith("admin:")]

    assert sorted(names) == sorted(set(names))
    assert "" not in names


def test_every_right_names_known_roles():
    for right, allowed in roles.RIGHTS.items():
        assert allowed <= set(roles.ORDER), right


def test_the_table_is_printed_as_json():
    out = io.StringIO()

    call_command("access_table", json=True, stdout=out)

    table = {route["name"]: route for route in json.loads(out.getvalue())}
    assert table["members:person_list"] == {
        "name": "members:person_list",
        "path": "/people/",
        "methods": ["GET"],
        "roles": ["coordinator"],
        "right": "member.edit",
    }
    assert table["health"]["roles"] == ["public"]
    assert table["admin:index"]["roles"] == ["coordinator"]


def test_the_table_is_printed_for_people():
    out = io.StringIO()

    call_command("access_table", stdout=out)

    assert "/people/" in out.getvalue()
