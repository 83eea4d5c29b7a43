"""Real Celery workers on the test database and Redis, to be killed at will."""

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import urlsplit

import redis
from django.conf import settings
from django.db import connection


def environment(**more):
    """Return the environment in which a child process works on the database of this test."""
    url = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{connection.settings_dict['NAME']}").geturl()
    return {**os.environ, "DATABASE_URL": url, "REDIS_URL": settings.REDIS_URL, "LOG_LEVEL": "ERROR", **more}


class Worker:
    """A Celery worker with `children` processes that take tasks from `queue`."""

    def __init__(self, queue, children=1, **more):
        self.command = [
            sys.executable, "-m", "celery", "-A", "coalition", "worker", "--concurrency", str(children),
            "--queues", queue, "--hostname", f"{queue}-{time.monotonic_ns()}@test", "--without-mingle",
            "--without-gossip", "--without-heartbeat", "--loglevel", "ERROR",
        ]  # fmt: skip
        self.environment = environment(**more)
        self.process = None

    def start(self):
        self.process = subprocess.Popen(
            self.command, cwd=settings.BASE_DIR, env=self.environment, start_new_session=True,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        return self

    def children(self):
        """Return the ids of the processes that do the work."""
        found = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        try:
            return [int(pid) for pid in found.read_text().split()]
        except FileNotFoundError:
            return []

    def kill_a_child(self, chance):
        """Kill one working process without a word; return whether there was one."""
        children = self.children()
        if not children:
            return False
        with contextlib.suppress(ProcessLookupError):
            os.kill(chance.choice(children), signal.SIGKILL)
        return True

    def kill(self):
        """Kill the worker with all its children."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def __enter__(self):
        return self.start()

    def __exit__(self, *mistake):
        self.kill()


def wait_until(condition, seconds, pause=0.05):
    """Wait until `condition()` holds; return whether it came to hold in time."""
    ends = time.monotonic() + seconds
    while time.monotonic() < ends:
        if condition():
            return True
        time.sleep(pause)
    return condition()


class Redis:
    """A Redis of the test's own, which can go away and come back."""

    def __init__(self, folder):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.url = f"redis://127.0.0.1:{self.port}/0"
        self.command = [
            shutil.which("redis-server") or "redis-server", "--port", str(self.port), "--bind", "127.0.0.1",
            "--dir", str(folder), "--save", "", "--appendonly", "no",
        ]  # fmt: skip

    def start(self):
        self.process = subprocess.Popen(self.command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        assert wait_until(self.answers, 10)

    def answers(self):
        try:
            return redis.Redis.from_url(self.url).ping()
        except redis.exceptions.ConnectionError:
            return False

    def stop(self):
        self.process.terminate()
        self.process.wait()

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *mistake):
        self.stop()
