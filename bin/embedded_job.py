"""Play the main job once on what `make run` gives: SQLite, no broker, worker and clock in one process.

The demonstration is loaded and served by bin/run.py in a temporary folder; we log in over HTTP, wait for the
clock, plan and deliver reminders, make the donor report, back up and restore, and stop everything by Ctrl-C.
"""

import html
import http.cookiejar
import json
import os
import re
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.parse
import urllib.request
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
OURS = {"DATABASE_URL", "REDIS_URL", "EMAIL_URL", "SECRET_KEY", "MEDIA_ROOT", "BASE_URL"}
OURS |= {"DEBUG", "PRODUCTION", "ALLOWED_HOSTS"}
PASSWORD = re.compile(r"password (\S+) as")
STEPS = []


def step(words):
    """Tell what has been done, with the seconds it took."""
    now = time.monotonic()
    print(f"  {words} ({now - (STEPS[-1] if STEPS else BEGUN):.1f} s)", flush=True)
    STEPS.append(now)


def main():
    folder = Path(tempfile.mkdtemp(prefix="portal-embedded-"))
    environment = {
        name: value for name, value in os.environ.items() if name.removesuffix("_FILE") not in OURS
    }
    environment |= {"VAR_DIR": str(folder / "var"), "PORT": str(free_port()), "LOG_LEVEL": "WARNING"}
    try:
        play(folder, environment)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    print(f"embedded default: {len(STEPS)} steps done in {time.monotonic() - BEGUN:.0f} s")


def play(folder, environment):
    portal = subprocess.Popen(
        [sys.executable, "bin/run.py"], cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True
    )
    try:
        password = read_password(portal)
        step("run.py has prepared the database and loaded the demonstration")
        address = f"http://localhost:{environment['PORT']}"
        await_answer(portal, f"{address}/health/", seconds=60)
        log_in(address, "coordinator@example.org", password)
        step("the coordinator has logged in and seen the home page")
        await_clock(address, seconds=150)
        step("worker and clock run without a broker")
        owed(environment)
        report(folder, environment)
        save_and_restore(folder, environment)
    finally:
        portal.send_signal(signal.SIGINT)
        try:
            code = portal.wait(timeout=30)
        except subprocess.TimeoutExpired:
            portal.kill()
            raise
    check(code == 0, f"run.py ended with {code} after Ctrl-C")
    check(not answers(int(environment["PORT"])), "the web process still answers after Ctrl-C")
    step("Ctrl-C has stopped everything")


def read_password(portal):
    """Return the demonstration's password from what run.py prints."""
    for line in portal.stdout:
        if found := PASSWORD.search(line):
            return found[1]
    sys.exit(f"run.py ended with {portal.wait()} before it served")


def log_in(address, email, password):
    """Log in through the page that people use, and see the home page in Vietnamese."""
    cookies = http.cookiejar.CookieJar()
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(cookies))
    page = browser.open(f"{address}/accounts/login/", timeout=30).read().decode()
    token = html.unescape(re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)[1])
    form = urllib.parse.urlencode({"csrfmiddlewaretoken": token, "login": email, "password": password})
    request = urllib.request.Request(f"{address}/accounts/login/", form.encode(), {"Referer": address})
    answer = browser.open(request, timeout=30)
    check(urllib.parse.urlsplit(answer.url).path == "/", f"after the log-in we are at {answer.url}")
    check('lang="vi"' in answer.read().decode(), "the home page is not in Vietnamese")
    for path in ("/activities/", "/projects/", "/forms/", "/meetings/", "/owed/by/", "/reports/"):
        check(browser.open(address + path, timeout=30).status == 200, f"{path} does not answer")
    for style in re.findall(r'(?:href|src)="(/static/[^"#]+)', page):
        check(browser.open(address + style, timeout=30).status == 200, f"{style} does not answer")


def await_clock(address, seconds):
    """Wait for a new heartbeat in the database (the demonstration wrote one): worker, beat and queue made it."""
    first, end = None, time.monotonic() + seconds
    while True:
        with urllib.request.urlopen(f"{address}/health/", timeout=10) as answer:
            age = json.load(answer)["beat"]["seconds"]
        if age is not None:
            struck = time.monotonic() - age
            first = struck if first is None else first
            if struck > first + 2:
                return
        check(time.monotonic() < end, "the clock has not struck")
        time.sleep(1)


def owed(environment):
    """Plan reminders twice (the second time writes nothing) and deliver them into files."""
    today = date.today().isoformat()
    manage(environment, "plan_reminders", "--today", today, "--json")
    before = count(environment, "notifications_message")
    manage(environment, "plan_reminders", "--today", today, "--json")
    check(count(environment, "notifications_message") == before, "planning twice has written messages twice")
    manage(environment, "deliver_messages", "--once", "--json")
    step("reminders have been planned twice and delivered once")


def report(folder, environment):
    """Make the donor report of the first project as a PDF in both languages."""
    code = query(environment, "SELECT code FROM projects_project ORDER BY id LIMIT 1")
    for language in ("vi", "en"):
        output = folder / f"report-{language}.pdf"
        period = ["--from", "2020-01-01", "--to", "2020-12-31"]
        manage(environment, "donor_report", code, *period, "--language", language, "--output", output)
        check(output.read_bytes().startswith(b"%PDF-"), f"{output.name} is no PDF")
    step(f"the donor report of {code} has been made in both languages")


def save_and_restore(folder, environment):
    """Save everything and bring it back in another folder."""
    archive = folder / "portal.tar.gz"
    manage(environment, "backup", archive)
    other = environment | {"VAR_DIR": str(folder / "other")}
    manage(other, "restore", archive)
    for table in ("projects_activity", "obligations_obligation", "members_user"):
        check(count(environment, table) == count(other, table) > 0, f"{table} has not come back whole")
    step("a backup has been restored elsewhere")


def manage(environment, *arguments):
    command = [sys.executable, "manage.py", *map(str, arguments)]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
    check(done.returncode == 0, f"{' '.join(command[1:])}\n{done.stdout}{done.stderr}")
    return done.stdout


def query(environment, sql):
    path = Path(environment["VAR_DIR"]) / "portal.sqlite3"
    with sqlite3.connect(f"file:{path}?mode=ro", uri=True, timeout=30) as database:
        return database.execute(sql).fetchone()[0]


def count(environment, table):
    return query(environment, f"SELECT count(*) FROM {table}")  # noqa: S608  (our own table names)


def await_answer(portal, url, seconds):
    end = time.monotonic() + seconds
    while True:
        try:
            return urllib.request.urlopen(url, timeout=5)
        except OSError:
            check(portal.poll() is None and time.monotonic() < end, "the web process does not answer")
            time.sleep(0.3)


def answers(port):
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def check(condition, words):
    if not condition:
        sys.exit(f"embedded default: {words}")


if __name__ == "__main__":
    BEGUN = time.monotonic()
    main()
