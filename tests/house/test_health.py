"""/health/ tells load balancers and people whether database, broker and clock are well."""

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from coalition.jobs.models import Heartbeat

pytestmark = pytest.mark.django_db


def struck(**ago):
    Heartbeat.objects.update_or_create(name="beat", defaults={"at": timezone.now() - timedelta(**ago)})


def test_all_is_well(client):
    struck(seconds=30)

    answer = client.get("/health/")

    assert answer.status_code == 200
    found = answer.json()
    assert (found["ok"], found["database"]["ok"], found["broker"]["ok"], found["beat"]["ok"]) == (True,) * 4
    assert 30 <= found["beat"]["seconds"] < 60
    assert answer["Cache-Control"] == "no-store"


def test_a_clock_that_stopped_for_an_hour_is_told_but_the_site_stays_up(client):
    struck(hours=1, seconds=1)

    answer = client.get("/health/")

    assert answer.status_code == 200
    assert answer.json()["ok"] is False
    assert answer.json()["beat"]["detail"] == "late"


def test_a_clock_that_never_struck_is_told(client):
    assert client.get("/health/").json()["beat"] == {"ok": False, "detail": "never", "seconds": None}


def test_a_broker_that_is_away_is_told(client, settings):
    struck(seconds=1)
    settings.REDIS_URL = "redis://127.0.0.1:1/0"

    answer = client.get("/health/")

    assert answer.status_code == 200
    assert answer.json()["broker"] == {"ok": False, "detail": "ConnectionError", "seconds": None}


def test_without_a_database_the_answer_is_503(client, monkeypatch):
    from django.db import OperationalError

    def away(*args, **kwargs):
        raise OperationalError("gone")

    monkeypatch.setattr(connection, "cursor", away)

    answer = client.get("/health/")

    assert answer.status_code == 503
    assert answer.json()["database"] == {"ok": False, "detail": "OperationalError", "seconds": None}


def test_the_answer_holds_no_secret(client, settings):
    text = client.get("/health/").content.decode()

    assert settings.SECRET_KEY not in text
    assert "postgres://" not in text
