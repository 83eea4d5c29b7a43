"""The cast: the same six people play in every test. And what surrounds them: servers, browser, folders."""

import os
import shutil
from pathlib import Path

import hypothesis
import pytest
from django.conf import settings as django_settings
from django.core.cache import cache
from django.utils import translation

from tests.factories.members import MembershipFactory, OrganisationFactory, UserFactory

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # Playwright runs a loop beside the test
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
ORIGINALS = Path(__file__).resolve().parents[2] / "shared" / "documents"

hypothesis.settings.register_profile("quick", max_examples=30, deadline=None, derandomize=True)
hypothesis.settings.register_profile("deep", max_examples=1000, deadline=None)
hypothesis.settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "quick"))


def pytest_configure(config):
    """Give each of several test processes a Redis database of its own, and hash passwords quickly."""
    django_settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    worker = os.environ.get("PYTEST_XDIST_WORKER", "gw")[2:]
    if worker and django_settings.REDIS_URL.endswith("/0"):
        django_settings.REDIS_URL = f"{django_settings.REDIS_URL[:-1]}{int(worker) + 1}"
        django_settings.CELERY_BROKER_URL = django_settings.REDIS_URL
        django_settings.CACHES["default"]["LOCATION"] = django_settings.REDIS_URL


def pytest_collection_modifyitems(items):
    """Mark what plays in a browser; skip what needs a Chromium or the originals where they are missing."""
    for item in items:
        if "page" in item.fixturenames or "browser" in item.fixturenames:
            item.add_marker("browser")
            if not CHROMIUM:
                item.add_marker(pytest.mark.skip(reason="no Chromium on this machine: make test installs it"))
        if item.get_closest_marker("originals") and not ORIGINALS.is_dir():
            item.add_marker(
                pytest.mark.skip(reason="the two original documents do not stand beside the project")
            )


@pytest.fixture(autouse=True)
def own_surroundings(settings, tmp_path):
    """Give each test its own stored files and an empty cache, and leave no language behind."""
    settings.MEDIA_ROOT = tmp_path / "media"
    cache.clear()
    yield
    translation.activate(settings.LANGUAGE_CODE)


@pytest.fixture(scope="session")
def browser_type_launch_args():
    """Debian's Chromium, quiet: it must not call home."""
    switches = (
        "no-sandbox disable-gpu disable-quic no-first-run disable-background-networking "
        "disable-component-update disable-sync disable-dev-shm-usage"
    )
    return {"executable_path": CHROMIUM, "args": [f"--{switch}" for switch in switches.split()]}


@pytest.fixture(scope="session")
def browser_context_args():
    return {"locale": "vi-VN", "timezone_id": "Asia/Ho_Chi_Minh", "viewport": {"width": 1280, "height": 900}}


@pytest.fixture(scope="session")
def originals():
    """The folder of the coalition's two documents, which the project does not contain."""
    return ORIGINALS


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
    return OrganisationFactory(
        code="MEMBER", name_vi="Tổ chức thành viên", short_name="Thành viên", coalition_since="2010-01-01"
    )


@pytest.fixture
def other_member(db):
    return OrganisationFactory(
        code="OTHER", name_vi="Tổ chức khác", short_name="Khác", coalition_since="2010-01-01"
    )


@pytest.fixture
def donor_organisation(db):
    return OrganisationFactory(code="DONOR", name_vi="Nhà tài trợ", kind="DONOR")


def _person(organisation, role, name, **fields):
    user = UserFactory(
        email=f"{name}@example.org", full_name=fields.pop("full_name", f"Người {name}"), **fields
    )
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
