"""Prepare the database, load the demonstration into an empty one, and serve: what `make run` does last.

PORT (8000), HOST (127.0.0.1) and every variable of the README's table may be set. With DEBUG=1 Django's own
server is used, which starts again when code changes.
"""

import io
import os
import secrets
import signal
import socket
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PORT = os.environ.get("PORT", "8000")
HOST = os.environ.get("HOST", "127.0.0.1")
ORDERLY = (130, 143, -signal.SIGINT, -signal.SIGTERM)  # how honcho and its children end when told to


def main():
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    os.chdir(ROOT)
    sys.path.insert(0, str(ROOT))
    if not port_is_free():
        sys.exit(f"Port {PORT} is taken. Try another one:  make run PORT={int(PORT) + 1}")
    set_environment()
    prepare_database()
    tell()
    sys.exit(serve())


def port_is_free():
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, int(PORT)))
        except OSError:
            return False
    return True


def set_environment():
    """Fill in what one's own machine needs and nobody has set."""
    var = Path(os.environ.setdefault("VAR_DIR", str(ROOT / "var")))
    (var / "static").mkdir(parents=True, exist_ok=True)
    key = var / "secret_key"
    if not key.exists():
        key.touch(mode=0o600)
        key.write_text(secrets.token_urlsafe(50), encoding="utf-8")
    if "SECRET_KEY" not in os.environ:
        os.environ.setdefault("SECRET_KEY_FILE", str(key))
    os.environ.setdefault("BASE_URL", f"http://localhost:{PORT}")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "coalition.settings")
    os.environ.setdefault("LOG_LEVEL", "WARNING")


def prepare_database():
    """Bring the tables up to date; a portal without people gets the demonstration."""
    import django

    django.setup()
    from django.contrib.auth import get_user_model
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    if not get_user_model().objects.exists():
        print("  loading the demonstration", flush=True)
        call_command("demo", verbosity=0, stdout=io.StringIO())


def tell():
    """Say where the portal is and who may come in."""
    from coalition.members import demo

    logins = [(email, f"{role} ({organisation})") for email, role, organisation in demo.logins()]
    width = max(len(email) for email, _role in logins)
    print(f"\n  The portal is at {os.environ['BASE_URL']}\n\n  Log in with the password {demo.PASSWORD} as")
    for email, role in logins:
        print(f"    {email:<{width}}  {role}")
    print("\n  Mails are put into var/mail. Stop with Ctrl-C.\n", flush=True)


def serve():
    """Run the web process and the worker with its clock, until Ctrl-C or until one of them ends."""
    from honcho.manager import Manager

    here = Path(sys.executable).parent
    manager = Manager()
    if os.environ.get("DEBUG"):
        manager.add_process("web", f"{here}/python manage.py runserver {HOST}:{PORT}", env=os.environ)
    else:
        manager.add_process(
            "web",
            f"{here}/gunicorn coalition.wsgi --bind {HOST}:{PORT} --worker-class gthread "
            "--threads 8 --no-control-socket --log-level warning --graceful-timeout 5",
            env=os.environ,
        )
    quiet = {"PYTHONWARNINGS": "ignore:You're running the worker with superuser"}
    manager.add_process(
        "worker",
        f"{here}/celery --quiet -A coalition worker --beat --pool threads --concurrency 2 "
        "--loglevel ERROR --without-mingle --without-gossip",
        env=os.environ | quiet,
    )
    manager.loop()
    return 0 if manager.returncode in (None, *ORDERLY) else manager.returncode


if __name__ == "__main__":
    main()
