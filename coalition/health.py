"""Whether the portal is well: /health/ for load balancers, and the same probes for `manage.py doctor`."""

import os
import time
from dataclasses import dataclass

from django.conf import settings
from django.db import Error as DatabaseError
from django.db import connection
from django.http import JsonResponse
from django.utils import timezone

from coalition import __version__
from coalition.http import public

BEAT_IS_LATE = 3600  # seconds: beat strikes each minute, and after an hour people must be told


@dataclass(frozen=True)
class Probe:
    """What one look at a part of the portal found."""

    ok: bool
    detail: str
    seconds: float | None = None  # how long it took; for the clock, how long ago it struck

    def as_dict(self):
        return {"ok": self.ok, "detail": self.detail, "seconds": self.seconds}


@public()
def health(request):
    """Report database, broker and clock; 503 only without a database, for nothing works then."""
    stored = database()
    found = {"database": stored, "broker": broker(), "beat": beat() if stored.ok else Probe(False, "unknown")}
    answer = {"ok": all(probe.ok for probe in found.values()), "version": __version__}
    answer |= {name: probe.as_dict() for name, probe in found.items()}
    return JsonResponse(answer, status=200 if stored.ok else 503, headers={"Cache-Control": "no-store"})


def database():
    """Ask the database for a one."""
    started = time.monotonic()
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError as error:
        return Probe(False, type(error).__name__)
    return Probe(True, connection.vendor, round(time.monotonic() - started, 4))


def broker():
    """Ping Redis, or see whether the folder that stands in for it can be written."""
    if not settings.REDIS_URL:
        folder = settings.CELERY_BROKER_TRANSPORT_OPTIONS["data_folder_in"]
        return Probe(os.access(folder, os.W_OK), "filesystem")

    import redis

    started = time.monotonic()
    client = redis.Redis.from_url(settings.REDIS_URL, socket_timeout=2, socket_connect_timeout=2)
    try:
        client.ping()
    except redis.RedisError as error:
        return Probe(False, type(error).__name__)
    finally:
        client.close()
    return Probe(True, "redis", round(time.monotonic() - started, 4))


def beat():
    """Say how long ago the clock struck; `ok` is False when it never did or stopped for an hour."""
    from coalition.jobs.models import Heartbeat

    try:
        at = Heartbeat.objects.filter(name="beat").values_list("at", flat=True).first()
    except DatabaseError as error:
        return Probe(False, type(error).__name__)
    if at is None:
        return Probe(False, "never")
    age = round((timezone.now() - at).total_seconds(), 1)
    return Probe(age < BEAT_IS_LATE, "late" if age >= BEAT_IS_LATE else "on time", age)
