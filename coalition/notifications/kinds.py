"""The kinds of messages: their names, and what is checked once more just before one is sent.

kinds.register("digest", _("Reminders"), recheck=checking.recheck, can_be_unsubscribed=True)
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Kind:
    """`recheck(message, now)` returns "" if the message still holds (it may rewrite it), else why it does not;
    `sent(message)` is called in the transaction that stamps it sent."""

    code: str
    label: str
    recheck: Callable[[Any, Any], str] | None = None
    sent: Callable[[Any], None] | None = None
    can_be_unsubscribed: bool = False


_kinds: dict[str, Kind] = {}


def register(code, label, **options):
    """Make a kind of message known; registering a code again replaces it."""
    _kinds[code] = Kind(code, label, **options)


def get(code):
    return _kinds.get(code) or Kind(code, _("Message"))


def choices():
    return [(kind.code, kind.label) for kind in _kinds.values()]
