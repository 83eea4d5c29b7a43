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
