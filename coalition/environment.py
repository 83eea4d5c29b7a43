"""Reads the environment: every setting also as NAME_FILE, for secrets kept in files."""

import os
from pathlib import Path


def read(name, default=None):
    """Return the variable `name`, or the stripped content of the file that `name`_FILE points to."""
    path = os.environ.get(f"{name}_FILE")
    if path:
        return Path(path).read_text(encoding="utf-8").strip()
    return os.environ.get(name, default)


def read_flag(name, default=False):
    """Return True for 1/true/yes/on in any case, False for everything else that is set."""
    value = read(name)
    return default if value is None else value.strip().lower() in {"1", "true", "yes", "on"}


def read_list(name, default=""):
    """Return the comma-separated words of the variable, without empty ones."""
    return [word.strip() for word in (read(name, default) or "").split(",") if word.strip()]


def email_settings(url):
    """Return Django's EMAIL_… settings for smtp://, smtp+tls://, smtps:// (user:password@host:port) or file:///folder."""
    from urllib.parse import unquote, urlsplit

    parts = urlsplit(url)
    if parts.scheme == "file":
        return {
            "EMAIL_BACKEND": "django.core.mail.backends.filebased.EmailBackend",
            "EMAIL_FILE_PATH": parts.path,
        }
    if parts.scheme not in {"smtp", "smtp+tls", "smtps"}:
        raise ValueError(f"EMAIL_URL: unknown scheme {parts.scheme!r}; use smtp, smtp+tls, smtps or file")
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname or "localhost",
        "EMAIL_PORT": parts.port or {"smtp": 25, "smtp+tls": 587, "smtps": 465}[parts.scheme],
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_TLS": parts.scheme == "smtp+tls",
        "EMAIL_USE_SSL": parts.scheme == "smtps",
    }
