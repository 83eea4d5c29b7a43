"""What the log no longer says as a finished report does: figures by value, tables, lists and words row by row."""

import datetime as dt
import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field

from django.utils.translation import override

from projects.reports import document as documents
from projects.reports import tables

SHOWN = 8  # rows that are named on each side of a difference


@dataclass(frozen=True)
class Difference:
    """One figure or table that no longer says what it said."""

    section: str
    what: str
    then: str
    now: str
    gone: list = field(default_factory=list)
    new: list = field(default_factory=list)


def since(report):
    """Return the Differences between a finished report and the log of now.

    Both are made on the same day: what only time has changed, such as a duty that fell due, is none.
    """
    made_on = dt.date.fromisoformat(report.snapshot["made_on"])
    return differences(report.snapshot, documents.build_now(report, made_on=made_on))


def differences(then, now):
    """Return the Differences from the snapshot `then` to what the log says `now`, in the first of its languages."""
    later = {section["code"]: section for section in now["sections"]}
    found = []
    for section, _twin in documents.pairs(then):
        here, there = _by_name(section), _by_name(later.get(section["code"], {"blocks": []}))
        for name in [*here, *(name for name in there if name not in here)]:
            found += _changes(section, name, here.get(name), there.get(name))
    return found


def _by_name(section):
    """Return {(type, what it is, how often that came before): block}; figures are known by how they are counted.

    A drawing is left out where the table below it says the same.
    """
    seen, named = defaultdict(int), {}
    for block in section["blocks"]:
        if block["type"] in ("gap", "map") or block.get("told_below"):
            continue
        said = block["rule"] if block["type"] == "figure" else block.get("title", "")
        name = (block["type"], re.sub(r"\d+", "#", said))
        named[*name, seen[name]] = block
        seen[name] += 1
    return named


def _changes(section, name, old, new):
    language = section["language"]
    if name[0] == "figure":
        values = [block["value"] if block else None for block in (old, new)]
        if values[0] == values[1]:
            return []
        shown = [documents.show(value, "number", language) for value in values]
        return [Difference(section["title"], (old or new)["words"], *shown)]
    before, after = Counter(_rows(old, language)), Counter(_rows(new, language))
    if before == after:
        return []
    title = (old or new).get("title") or section["title"]
    sizes = (str(before.total()), str(after.total()))
    gone, fresh = (
        list((one - other).elements())[:SHOWN] for one, other in ((before, after), (after, before))
    )
    return [Difference(section["title"], title, *sizes, gone, fresh)]


def _rows(block, language):
    """Return the rows of a block as a person reads them."""
    if block is None:
        return []
    if block["type"] == "paragraph":
        return [block["text"]]
    if block["type"] == "bullets":
        return block["items"]
    if block["type"] == "photos":
        return [caption for _file, caption in block["items"]]
    with override(language):
        columns, rows = tables.columns_and_rows(block)
    return [
        " · ".join(
            documents.show(cell, kind, language) for cell, (_label, kind) in zip(row, columns, strict=True)
        )
        for row in rows
    ]
