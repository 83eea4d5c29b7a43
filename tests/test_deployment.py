"""The house as it is installed: the compose file, the processes, the secrets, the launchers."""

import contextlib
import os
import re
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import urlsplit

import psycopg2
import pytest
import yaml
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import connection

from coalition import checks, environment

ROOT = Path(settings.BASE_DIR)
HERE = Path(sys.executable).parent
COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))
PROCESSES = dict(
    line.split(":", 1) for line in (ROOT / "Procfile").read_text(encoding="utf-8").splitlines() if line
)
OURS = {name: service for name, service in COMPOSE["services"].items() if "build" in service}
SAFE = {
    "SECRET_KEY": "the five boxing wizards jump quickly over the lazy dog",
    "ALLOWED_HOSTS": "portal.example.org",
    "BASE_URL": "https://portal.example.org",
}


# --- The compose file -----------------------------------------------------------------------------


def test_every_process_has_its_container_and_runs_its_line_of_the_procfile():
    assert set(PROCESSES) == {"web", "worker", "beat"}
    assert {name: COMPOSE["services"][name]["command"] for name in PROCESSES} == {
        name: f"honcho start {name}" for name in PROCESSES
    }
    assert set(COMPOSE["services"]) == {*PROCESSES, "prepare", "postgres", "redis", "caddy"}


def test_secrets_come_as_files_that_make_secrets_writes(tmp_path):
    (tmp_path / "bin").mkdir()
    script = tmp_path / "bin" / "make_secrets.py"
    script.write_bytes((ROOT / "bin" / "make_secrets.py").read_bytes())

    for _ in range(2):
        subprocess.run([sys.executable, script, "portal.example.org"], check=True, capture_output=True)
        written = {file.name: file.read_text() for file in (tmp_path / "secrets").iterdir()}

    assert set(COMPOSE["secrets"]) == set(written)
    assert written["postgres_password"].strip() in written["database_url"]
    assert written["redis_password"].strip() in written["redis_url"]
    assert "HOST=portal.example.org" in (tmp_path / ".env").read_text()
    assert (tmp_path / "secrets").stat().st_mode & 0o077 == 0


def test_every_secret_a_container_names_is_declared_and_no_secret_stands_in_the_file():
    for service in COMPOSE["services"].values():
        assert set(service.get("secrets", [])) <= set(COMPOSE["secrets"])
        for name, value in service.get("environment", {}).items():
            assert not re.search(r"PASSWORD$|SECRET_KEY$|_URL$", name) or "${" in value, name


def test_the_containers_hand_over_only_variables_that_the_settings_read():
    text = "".join(
        (ROOT / "coalition" / name).read_text(encoding="utf-8") for name in ("settings.py", "environment.py")
    )
    for service in OURS.values():
        for name in service["environment"]:
            assert f'"{name.removesuffix("_FILE")}"' in text, name


def test_only_the_proxy_is_open_to_the_world():
    assert [name for name, service in COMPOSE["services"].items() if "ports" in service] == ["caddy"]
    assert COMPOSE["networks"]["inside"]["internal"] is True
    for name in ("postgres", "redis"):
        assert COMPOSE["services"][name]["networks"] == ["inside"]


def test_containers_wait_for_what_they_need():
    for name in PROCESSES:
        waits = {other: how["condition"] for other, how in COMPOSE["services"][name]["depends_on"].items()}
        assert waits == {
            "postgres": "service_healthy",
            "redis": "service_healthy",
            "prepare": "service_completed_successfully",
        }


# --- Settings that are not safe -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "value", "error"),
    [
        ("SECRET_KEY", settings.DEFAULT_SECRET_KEY, "portal.E001"),
        ("SECRET_KEY", "short", "portal.E001"),
        ("DEBUG", True, "portal.E002"),
        ("ALLOWED_HOSTS", ["portal.example.org", "*"], "portal.E003"),
        ("ALLOWED_HOSTS", [], "portal.E003"),
    ],
)
def test_production_refuses_each_unsafe_setting(settings, name, value, error):
    settings.PRODUCTION, settings.DEBUG = True, False
    settings.SECRET_KEY, settings.ALLOWED_HOSTS = "s" * 50, ["portal.example.org"]
    assert checks.production_is_safe() == []

    setattr(settings, name, value)

    assert [found.id for found in checks.production_is_safe()] == [error]
    with pytest.raises(ImproperlyConfigured):
        checks.refuse_unsafe_production()


@pytest.mark.parametrize(
    "command",
    [
        ["gunicorn", "--check-config", "coalition.wsgi"],
        ["celery", "-A", "coalition", "worker"],
        ["celery", "-A", "coalition", "beat"],
        ["python", "manage.py", "check"],
    ],
)
def test_no_process_starts_in_production_with_the_defaults(command, tmp_path):
    done = native(command, PRODUCTION="1", DEBUG="1", ALLOWED_HOSTS="*", VAR_DIR=str(tmp_path))

    assert done.returncode != 0
    for word in ("SECRET_KEY", "DEBUG", "ALLOWED_HOSTS"):
        assert word in done.stderr + done.stdout


def test_a_secret_may_stand_in_a_file(tmp_path, monkeypatch):
    (tmp_path / "key").write_text("from the file\n")
    monkeypatch.setenv("ANY_SECRET", "from the variable")
    monkeypatch.setenv("ANY_SECRET_FILE", str(tmp_path / "key"))

    assert environment.read("ANY_SECRET") == "from the file"


def test_production_is_strict_about_transport(tmp_path):
    done = native(
        ["python", "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
        PRODUCTION="1", VAR_DIR=str(tmp_path), **SAFE,
    )  # fmt: skip

    warnings = set(re.findall(r"\((security\.W\d+|portal\.E\d+)\)", done.stderr))
    assert warnings <= {"security.W021"}, done.stderr  # W021: preloading HSTS is the owner's decision


def native(command, **variables):
    """Run one of our programs as a container would, with only these variables."""
    return subprocess.run(
        [HERE / command[0], *command[1:]],
        env=bare(**variables),
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


def bare(**variables):
    kept = {name: os.environ[name] for name in ("HOME", "LANG", "TMPDIR") if name in os.environ}
    return {**kept, "PATH": f"{HERE}:{os.environ['PATH']}", **variables}


# --- The processes, started natively by the lines that the containers run --------------------------


@pytest.fixture
def production(tmp_path):
    """The environment of a production site with a database of its own and its secrets in files."""
    if connection.vendor != "postgresql" or not settings.REDIS_URL:
        pytest.skip("production runs on PostgreSQL and Redis")
    name = f"portal_production_{os.getpid()}"
    server = psycopg2.connect(**connection.get_connection_params() | {"dbname": "postgres"})
    server.autocommit = True
    server.cursor().execute(f"DROP DATABASE IF EXISTS {name}")
    server.cursor().execute(f"CREATE DATABASE {name}")
    secrets = {
        "SECRET_KEY": SAFE["SECRET_KEY"],
        "DATABASE_URL": address_of(name),
        "REDIS_URL": re.sub(r"/\d+$", "/14", settings.REDIS_URL),
        "EMAIL_URL": f"file://{tmp_path}/mail",
    }
    variables = {"PRODUCTION": "1", "ALLOWED_HOSTS": "portal.example.org", "BASE_URL": SAFE["BASE_URL"]}
    variables |= {
        "VAR_DIR": str(tmp_path / "var"),
        "MEDIA_ROOT": str(tmp_path / "media"),
        "TRUSTED_PROXY_COUNT": "1",
    }
    variables |= {"STATIC_ROOT": str(tmp_path / "static"), "PORT": str(free_port())}
    for secret, value in secrets.items():
        (tmp_path / secret.lower()).write_text(value + "\n")
        variables[f"{secret}_FILE"] = str(tmp_path / secret.lower())
    yield variables
    server.cursor().execute(f"DROP DATABASE {name} WITH (FORCE)")
    server.close()


def address_of(database):
    """Return DATABASE_URL of another database on the server of the tests."""
    parts = urlsplit(os.environ["DATABASE_URL"])
    return parts._replace(path=f"/{database}").geturl().replace("postgres://?", "postgres:///?")


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Process:
    """One line of the Procfile, started by a shell of its own so that it can be killed alone."""

    def __init__(self, name, variables, log):
        self.log = log / f"{name}.log"
        with self.log.open("w") as output:
            self.popen = subprocess.Popen(
                ["sh", "-c", f"exec {PROCESSES[name].strip()}"],
                env=bare(**variables),
                cwd=ROOT,
                start_new_session=True,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
            )

    def wrote(self, words):
        return words in self.log.read_text(errors="replace")

    def runs(self):
        return self.popen.poll() is None

    def stop(self):
        if self.runs():
            self.popen.send_signal(signal.SIGTERM)
            self.popen.wait(timeout=30)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.popen.pid, signal.SIGKILL)  # whatever a killed master left behind
        return self.popen.returncode


def until(condition, seconds, what):
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, what()
        time.sleep(0.2)


@pytest.mark.servers
def test_web_worker_and_beat_run_alone_and_can_be_killed_alone(production, tmp_path):
    for command in (
        ["migrate", "--verbosity", "0"],
        ["load_reference"],
        ["collectstatic", "--noinput", "-v", "0"],
    ):
        done = native(["python", "manage.py", *command], **production)
        assert done.returncode == 0, done.stderr
    ask = ["python", "bin/ask_health.py"]
    running = {name: Process(name, production, tmp_path) for name in PROCESSES}
    try:
        web, worker, beat = (running[name] for name in ("web", "worker", "beat"))
        until(lambda: not web.runs() or native(ask, **production).returncode == 0, 120, web.log.read_text)
        assert web.runs(), web.log.read_text()
        until(lambda: worker.wrote("ready."), 120, worker.log.read_text)
        until(lambda: beat.wrote("Sending due task"), 150, beat.log.read_text)
        until(lambda: worker.wrote("succeeded in"), 120, worker.log.read_text)

        os.killpg(beat.popen.pid, signal.SIGKILL)
        beat.popen.wait(timeout=10)
        assert worker.runs()
        assert native(ask, **production).returncode == 0

        assert running["worker"].stop() is not None
        assert native(ask, **production).returncode == 0
        answer = fetch(production, "/accounts/login/")
        assert answer.startswith("HTTP/1.1 200")
        assert "__Host-csrf" in answer
        assert "Strict-Transport-Security" in answer
    finally:
        for process in running.values():
            process.stop()
    assert native(ask, **production).returncode == 1


def fetch(production, path):
    """Ask the web process for a page as the proxy does; return the head of the answer."""
    with socket.create_connection(("127.0.0.1", int(production["PORT"])), timeout=10) as connected:
        connected.sendall(
            f"GET {path} HTTP/1.1\r\nHost: {production['ALLOWED_HOSTS']}\r\nX-Forwarded-Proto: https\r\n"
            f"X-Forwarded-For: 203.0.113.7\r\nConnection: close\r\n\r\n".encode()
        )
        answer = b""
        while piece := connected.recv(65536):
            answer += piece
    return answer.decode(errors="replace").split("\r\n\r\n")[0]


# --- The launchers --------------------------------------------------------------------------------

LAUNCHER = ["python", "bin/with_services.py"]
TELL = "import os, time; print(os.environ['DATABASE_URL'], os.environ['REDIS_URL'], flush=True)"


@pytest.mark.servers
@pytest.mark.parametrize("end", ["by itself", signal.SIGTERM, signal.SIGKILL])
def test_the_private_servers_end_with_the_command(end):
    wait = "" if end == "by itself" else "; time.sleep(600)"
    process = subprocess.Popen(
        [HERE / "python", "bin/with_services.py", HERE / "python", "-c", TELL + wait],
        cwd=ROOT, env=bare(), stdout=subprocess.PIPE, text=True, start_new_session=True,
    )  # fmt: skip
    try:
        database, redis = process.stdout.readline().split()
        folder = Path(database.split("host=")[1])
        if end != "by itself":
            assert folder.is_dir()
            assert answers(redis)
            process.send_signal(end)
        process.wait(timeout=30)

        until(lambda: not answers(redis), 15, lambda: "Redis still answers")
        until(
            lambda: not (folder / ".s.PGSQL.5432").exists() or refused(folder),
            15,
            lambda: "PostgreSQL still answers",
        )
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)


def answers(url):
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", urlsplit(url).port)) == 0


def refused(folder):
    with socket.socket(socket.AF_UNIX) as probe:
        return probe.connect_ex(str(folder / ".s.PGSQL.5432")) != 0


def test_the_command_s_exit_code_is_the_launcher_s():
    given = dict.fromkeys(("DATABASE_URL", "REDIS_URL"), "given")

    done = native([*LAUNCHER, "sh", "-c", "echo $DATABASE_URL; exit 3"], **given)

    assert (done.returncode, done.stdout) == (3, "given\n")


def test_no_address_of_a_registry_stands_in_the_requirements():
    for name in ("requirements.txt", "requirements-dev.txt", "requirements-node.txt"):
        assert "://" not in (ROOT / name).read_text(encoding="utf-8")
    assert '"resolved"' not in (ROOT / "package-lock.json").read_text(encoding="utf-8")


def test_the_sprite_holds_every_icon_that_templates_name():
    sys.path.insert(0, str(ROOT / "bin"))
    try:
        import icons
    finally:
        sys.path.remove(str(ROOT / "bin"))

    sprite = icons.sprite(icons.names())

    assert re.findall(r'id="tabler-([a-z0-9-]+)"', sprite) == icons.names()
    assert len(sprite) < 40_000
