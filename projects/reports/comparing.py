"""What has changed between two builds of a report: figures by value, tables and lists row by row."""

import re
from collections import defaultdict
from dataclasses import dataclass, field

from projects.reports import document as documents

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


def differences(then, now):
    """Return the Differences from the snapshot `then` to what the log says `now`."""
    later = {section["code"]: section for section in now["sections"]}
    found = []
    for section in then["sections"]:
        other = later.get(section["code"], {"blocks": []})
        here, there = _by_name(section), _by_name(other)
        for name in [*here, *(name for name in there if name not in here)]:
            found += _changes(section, name, here.get(name), there.get(name))
    return found


def _by_name(section):
    """Return {(type, what it is, how often that came before): block}; figures are known by how they are counted."""
    seen, named = defaultdict(int), {}
    for block in section["blocks"]:
        if block["type"] not in ("figure", "table", "bullets"):
            continue
        said = block["rule"] if block["type"] == "figure" else block["title"]
        name = (block["type"], re.sub(r"\d+", "#", said))
        named[*name, seen[name]] = block
        seen[name] += 1
    return named


def _changes(section, name, old, new):
    if name[0] == "figure":
        values = [block["value"] if block else None for block in (old, new)]
        if values[0] == values[1]:
            return []
        shown = [documents.show(value, "number", section["language"]) for value in values]
        return [Difference(section["title"], (old or new)["words"], *shown)]
    before, after = _rows(old, section["language"]), _rows(new, section["language"])
    if before == after:
        return []
    gone = [row for row in before if row not in set(after)]
    fresh = [row for row in after if row not in set(before)]
    title = (old or new)["title"] or section["title"]
    sizes = (str(len(before)), str(len(after)))
    return [Difference(section["title"], title, *sizes, gone[:SHOWN], fresh[:SHOWN])]


def _rows(block, language):
    """Return the rows of a table or list as a person reads them."""
    if block is None:
        return []
    if block["type"] == "bullets":
        return block["items"]
    kinds = [column["kind"] for column in block["columns"]]
    return [
        " · ".join(documents.show(cell, kind, language) for cell, kind in zip(row, kinds, strict=True))
        for row in block["rows"]
    ]
