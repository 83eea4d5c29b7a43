"""Write the secrets of a new production site into secrets/ and its host name into .env; keep what is there.

python3 bin/make_secrets.py portal.example.org [smtp+tls://user:password@mail.example.org]
"""

import os
import secrets
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
READABLE_BY_CONTAINERS = 0o644  # inside a folder that only its owner may enter


def main(host, mail="smtp://localhost:25"):
    folder = ROOT / "secrets"
    folder.mkdir(mode=0o700, exist_ok=True)
    keep(folder / "secret_key", secrets.token_urlsafe(50))
    postgres = keep(folder / "postgres_password", secrets.token_urlsafe(32))
    redis = keep(folder / "redis_password", secrets.token_urlsafe(32))
    keep(folder / "database_url", f"postgres://portal:{postgres}@postgres:5432/portal")
    keep(folder / "redis_url", f"redis://:{redis}@redis:6379/0")
    keep(folder / "email_url", mail)
    keep(ROOT / ".env", f"HOST={host}\nFROM=portal@{host}")
    print("secrets/ and .env are ready. Next:  docker compose up -d --build")


def keep(path, text):
    """Write `text` unless the file is there already; return what the file holds."""
    if not path.exists():
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, READABLE_BY_CONTAINERS)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(text + "\n")
    return path.read_text(encoding="utf-8").strip()


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    main(*sys.argv[1:3])
