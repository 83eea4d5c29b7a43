"""The two commands that open accounts: the demonstration and `create_user`."""

import datetime as dt

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.password_validation import validate_password
from django.core.management import CommandError, call_command

from coalition.members import demo, names
from coalition.members.models import Membership, Organisation, User
from tests.factories.members import OrganisationFactory

pytestmark = pytest.mark.django_db
PASSWORD = "mot-hai-ba-bon-nam-sau"


def test_an_account_is_opened_with_its_role_and_a_verified_address(member):
    for _time in range(2):
        call_command("create_user", "Moi@Example.org", role="focal", organisation="MEMBER", password=PASSWORD)

    user = User.objects.get(email="moi@example.org")
    assert user.check_password(PASSWORD)
    assert [(m.role, m.organisation) for m in user.current_memberships] == [("focal", member)]
    assert EmailAddress.objects.filter(user=user, verified=True, primary=True).count() == 1


def test_a_weak_password_and_an_unknown_organisation_are_refused(member):
    with pytest.raises(CommandError):
        call_command("create_user", "a@example.org", role="focal", organisation="MEMBER", password="matkhau")
    with pytest.raises(CommandError, match="NOWHERE"):
        call_command("create_user", "a@example.org", role="focal", organisation="NOWHERE", password=PASSWORD)

    assert User.objects.count() == 0


def test_the_first_coordinator_brings_the_secretariat_along():
    call_command(
        "create_user",
        "a@example.org",
        role="coordinator",
        organisation="SEC",
        organisation_name="Ban thư ký",
        password=PASSWORD,
    )

    assert Organisation.objects.get(code="SEC").is_secretariat


def test_the_demonstration_of_people_can_be_loaded_twice():
    demo.load(dt.date(2026, 11, 22))
    counts = [model.objects.count() for model in (Organisation, User, Membership, EmailAddress)]

    demo.load(dt.date(2026, 11, 23))

    assert [model.objects.count() for model in (Organisation, User, Membership, EmailAddress)] == counts
    assert Organisation.objects.get(is_secretariat=True).code == "MSD"


def test_the_demonstration_leaves_alone_what_people_changed():
    demo.load(dt.date(2026, 11, 22))
    plan = Organisation.objects.get(code="PLAN")
    plan.note = "Của chúng tôi"
    plan.save()

    demo.load(dt.date(2026, 11, 22))

    plan.refresh_from_db()
    assert plan.note == "Của chúng tôi"


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("NGORC", "NGORC"),
        ("CF", "CHILDFUND"),
        ("Tầm nhìn", "WVIV"),
        ("Cục trẻ em", "DCA"),
        ("Cục BVTE", "DCA"),
        ("Plan", "PLAN"),
        ("VAPCR", "VACR"),
        ("CRS", "CRS"),
        ("PACOM", "PACCOM"),
        ("UNICEF", "UNICEF"),
    ],
)
def test_the_demonstration_knows_the_names_that_minutes_use(written, code):
    demo.load(dt.date(2026, 11, 22))

    assert names.find(written) == Organisation.objects.get(code=code).pk


def test_the_password_of_the_demonstration_would_be_accepted_from_anybody():
    validate_password(demo.PASSWORD, User(email=demo.PEOPLE[0][0], full_name=demo.PEOPLE[0][1]))


def test_a_production_site_refuses_the_demonstration(settings):
    settings.PRODUCTION = True

    with pytest.raises(CommandError, match="production"):
        call_command("demo")

    assert User.objects.count() == 0


def test_a_merged_name_in_the_file_is_no_trouble():
    OrganisationFactory(code="PLAN", name_vi="Plan đã có từ trước")

    demo.load(dt.date(2026, 11, 22))

    assert Organisation.objects.get(code="PLAN").name_vi == "Plan đã có từ trước"
