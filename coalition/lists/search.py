"""What `/search/` looks through: each room registers a provider from `AppConfig.ready()`.

    from coalition.lists import search
    search.register(10, "activities", _("Activities"), find_activities, "/activities/")

A provider takes `(user, query, limit)`, asks through `visible_to(user)` in one statement and returns
`Hit`s. The last argument is the list whose `?q=` shows all that was found.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from coalition import text

LIMIT = 6


@dataclass(frozen=True)
class Hit:
    """One thing that was found: its name, its page, and a word beside it (date, organisation)."""

    title: str
    url: str
    side: str = ""


@dataclass(frozen=True, order=True)
class Provider:
    order: int
    name: str
    label: Any
    find: Callable
    list_path: str = ""


_providers: list[Provider] = []


def register(order, name, label, find, list_path=""):
    """Let the search page look through something; registering the same name again replaces it."""
    _providers[:] = [provider for provider in _providers if provider.name != name]
    _providers.append(Provider(order, name, label, find, list_path))


def found(user, query):
    """Return for each provider with hits: provider, hits, and whether there are more."""
    if len(text.fold(text.clean(query)).replace(" ", "")) < 2:
        return []
    groups = []
    for provider in sorted(_providers, key=lambda provider: (provider.order, provider.name)):
        hits = list(provider.find(user, query, LIMIT + 1))
        if hits:
            groups.append({"provider": provider, "hits": hits[:LIMIT], "is_more": len(hits) > LIMIT})
    return groups
