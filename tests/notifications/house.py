"""A whole house of its own: PostgreSQL, Redis, mail server, and the processes of the Procfile; each can go away."""

import contextlib
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path

import psycopg2
from django.conf import settings
from django.db import connection

from tests.notifications.sink import Sink
from tests.notifications.workers import Redis, wait_until

sys.path.insert(0, str(settings.BASE_DIR / "bin"))
import with_services


class Postgres:
    """A PostgreSQL of the test's own with a copy of the test's database; it can be stopped and started."""

    def __init__(self, folder):
        self.folder, self.sockets, self.owner = folder, folder / "s", with_services.unprivileged()
        self.address = {"host": str(self.sockets), "user": "postgres", "dbname": "postgres"}
        self.url = f"postgres://postgres@/postgres?host={self.sockets}"
        for name in (folder, self.sockets):
            name.mkdir(mode=0o755)
            if self.owner:
                os.chown(name, self.owner["user"], self.owner["group"])
        self._run("initdb", "-D", folder / "data", "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-sync")

    def _run(self, program, *switches):
        command = [str(word) for word in (with_services.postgres_programs() / program, *switches)]
        subprocess.run(command, check=True, capture_output=True, cwd="/", **self.owner)

    def start(self):
        command = ["postgres", "-D", self.folder / "data", "-k", self.sockets, "-c", "listen_addresses="]
        command[0] = with_services.postgres_programs() / "postgres"
        self.process = subprocess.Popen(
            [str(word) for word in command], cwd="/", stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            **self.owner,
        )  # fmt: skip
        assert wait_until(self.answers, 30)

    def answers(self):
        try:
            psycopg2.connect(**self.address).close()
        except psycopg2.OperationalError:
            return False
        return True

    def stop(self):
        """Stop as an administrator does: every connection is cut."""
        self.process.send_signal(signal.SIGINT)
        self.process.wait(timeout=60)

    def copy_from_test(self):
        """Take over what the test has put into its database."""
        connection.ensure_connection()
        programs, source = with_services.postgres_programs(), connection.connection.info
        dump = subprocess.run(
            [programs / "pg_dump", f"--dbname=host={source.host} port={source.port} user={source.user} dbname={source.dbname}"],
            check=True, capture_output=True, env={**os.environ, "PGPASSWORD": source.password or ""},
        )  # fmt: skip
        target = ["-h", str(self.sockets), "-U", "postgres", "-q", "-o", "/dev/null", "postgres"]
        subprocess.run([programs / "psql", *target], input=dump.stdout, check=True, capture_output=True)

    def ask(self, statement):
        """Return the one number a statement answers with; of an UPDATE, how many rows it touched."""
        with (
            contextlib.closing(psycopg2.connect(**self.address)) as open_one,
            open_one,
            open_one.cursor() as cursor,
        ):
            cursor.execute(statement)
            return cursor.fetchone()[0] if cursor.description else cursor.rowcount


class Process:
    """One process, started by its line of the Procfile."""

    def __init__(self, name, folder, **more):
        line = re.search(
            rf"^{name}: (.+)$", (settings.BASE_DIR / "Procfile").read_text("utf-8"), re.MULTILINE
        )[1]
        path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
        folder.mkdir()
        self.process = subprocess.Popen(
            f"exec {line}", shell=True, cwd=settings.BASE_DIR, start_new_session=True,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            env={**os.environ, "PATH": path, "VAR_DIR": str(folder), "WORKERS": "1", **more},
        )  # fmt: skip

    def is_alive(self):
        return self.process.poll() is None

    def kill(self):
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


class House:
    """Servers and processes together; a copy of the test's database is in it from the start."""

    def __init__(self, workers, beats):
        self.wanted = ["worker"] * workers + ["beat"] * beats

    def __enter__(self):
        with ExitStack() as stack:
            folder = Path(tempfile.mkdtemp(prefix="house-", dir="/tmp"))  # short: the path of a socket
            stack.callback(shutil.rmtree, folder, ignore_errors=True)
            folder.chmod(0o711)
            self.sink = stack.enter_context(Sink())
            self.redis = stack.enter_context(Redis(folder))
            self.postgres = Postgres(folder / "pg")
            self.postgres.start()
            stack.callback(self.postgres.stop)
            self.postgres.copy_from_test()
            self.processes = []
            for number, name in enumerate(self.wanted):
                process = Process(
                    name, folder / f"var{number}", DATABASE_URL=self.postgres.url, REDIS_URL=self.redis.url,
                    EMAIL_URL=self.sink.url,
                )  # fmt: skip
                self.processes.append(process)
                stack.callback(process.kill)
            self._stack = stack.pop_all()
        return self

    def __exit__(self, *mistake):
        self._stack.close()
