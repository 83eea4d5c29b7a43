"""The doctor names each problem with its remedy, in both languages, and never stumbles itself."""

import json
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from coalition import doctor
from coalition.jobs.models import Heartbeat
from coalition.notifications.models import Message

pytestmark = pytest.mark.django_db


@pytest.fixture
def well(coordinator, reference, settings, tmp_path):
    """A portal on one's own machine where nothing is wrong."""
    Heartbeat.objects.update_or_create(name="beat", defaults={"at": timezone.now()})
    settings.VAR_DIR = tmp_path


def states():
    return {finding.about: finding.state for finding in doctor.examine() if finding.state != doctor.FINE}


def run(capsys, *arguments):
    try:
        call_command("doctor", *arguments)
    except SystemExit as end:
        return end.code, capsys.readouterr().out
    return 0, capsys.readouterr().out


def test_a_portal_where_nothing_is_wrong(well, capsys):
    code, text = run(capsys, "--json")

    answer = json.loads(text)
    assert (code, answer["ok"]) == (0, True)
    assert [finding for finding in answer["findings"] if finding["state"] == "problem"] == []
    assert {finding["about"] for finding in answer["findings"]} >= {
        "database",
        "tables",
        "clock",
        "broker",
        "mail",
    }


def test_each_problem_comes_with_a_remedy(well, settings):
    Heartbeat.objects.all().delete()
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    settings.EMAIL_URL = "smtp://127.0.0.1:1"
    settings.MEDIA_ROOT = settings.BASE_DIR / "manage.py" / "media"
    Message.objects.create(
        kind="x", dedupe_key="x", to_address="a@example.org", not_before=timezone.now() - timedelta(hours=2)
    )

    findings = doctor.examine()

    assert {finding.about for finding in findings if finding.state == doctor.PROBLEM} >= {
        "clock",
        "broker",
        "mail",
        "outbox",
    }
    assert [finding for finding in findings if finding.state != doctor.FINE and not finding.remedy] == []


def test_a_failed_message_is_a_warning(well):
    Message.objects.create(kind="x", dedupe_key="x", to_address="a@example.org", state="failed")

    assert states()["outbox"] == doctor.WARNING


def test_a_portal_without_a_coordinator(reference):
    assert states()["people"] == doctor.PROBLEM


def test_production_with_the_defaults(well, settings):
    settings.PRODUCTION, settings.DEBUG, settings.ALLOWED_HOSTS = True, True, ["*"]
    settings.SECRET_KEY = settings.DEFAULT_SECRET_KEY

    found = [finding.remedy for finding in doctor.examine() if finding.about == "settings"]

    assert len(found) == 3
    assert all(found)


def test_a_package_with_a_known_hole(tmp_path):
    path = tmp_path / "floors.toml"
    path.write_text('[floors]\nDjango = "99"\nceleri = "1"\nredis = "0.1"\n')

    assert [(name, floor) for name, _installed, floor in doctor.older_than(path)] == [
        ("Django", "99"),
        ("celeri", "1"),
    ]


def test_versions_compare_as_numbers():
    assert doctor.numbers("5.2.9") < doctor.numbers("5.2.19")
    assert doctor.numbers("13.0.0rc1") == (13, 0, 0)


def test_without_a_database_the_other_questions_are_still_answered(monkeypatch):
    from coalition import health

    monkeypatch.setattr(health, "database", lambda: health.Probe(False, "OperationalError"))

    found = states()

    assert found["database"] == doctor.PROBLEM
    assert "clock" not in found


@pytest.mark.parametrize(("language", "word"), [("vi", "Cơ sở dữ liệu"), ("en", "The database answers")])
def test_the_doctor_speaks_both_languages(well, capsys, language, word):
    _code, text = run(capsys, "--language", language)

    assert word in text
