"""The cast: the same six people play in every test."""

import pytest

from tests.factories.members import MembershipFactory, OrganisationFactory, UserFactory


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """Put the reference tables into the test database once; they stay for all tests."""
    from coalition.reference import loader

    with django_db_blocker.unblock():
        loader.load()


@pytest.fixture
def reference(db):
    """The reference tables, also after a test that emptied the database (transaction=True)."""
    from coalition.reference import loader, models

    if not models.Pillar.objects.exists():
        loader.load()


@pytest.fixture
def secretariat(db):
    return OrganisationFactory(code="CRWG-SEC", name_vi="Ban thư ký CRWG", is_secretariat=True)


@pytest.fixture
def member(db):
    return OrganisationFactory(code="MEMBER", name_vi="Tổ chức thành viên", short_name="Thành viên", coalition_since="2010-01-01")


@pytest.fixture
def other_member(db):
    return OrganisationFactory(code="OTHER", name_vi="Tổ chức khác", short_name="Khác", coalition_since="2010-01-01")


@pytest.fixture
def donor_organisation(db):
    return OrganisationFactory(code="DONOR", name_vi="Nhà tài trợ", kind="DONOR")


def _person(organisation, role, name, **fields):
    user = UserFactory(email=f"{name}@example.org", full_name=fields.pop("full_name", f"Người {name}"), **fields)
    MembershipFactory(user=user, organisation=organisation, role=role)
    return user


@pytest.fixture
def coordinator(secretariat):
    return _person(secretariat, "coordinator", "coordinator")


@pytest.fixture
def staff(secretariat):
    return _person(secretariat, "staff", "staff")


@pytest.fixture
def focal(member):
    return _person(member, "focal", "focal")


@pytest.fixture
def colleague(member):
    return _person(member, "contributor", "colleague")


@pytest.fixture
def viewer(member):
    return _person(member, "viewer", "viewer")


@pytest.fixture
def stranger(other_member):
    return _person(other_member, "focal", "stranger")


@pytest.fixture
def donor(donor_organisation):
    return _person(donor_organisation, "donor", "donor")
