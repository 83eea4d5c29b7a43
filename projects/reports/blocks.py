"""What a section of a report is made of: plain data that is shown as a page, PDF, .docx and .xlsx alike.

A section function returns a list of these blocks. They hold only strings, numbers, ISO dates, lists
and dicts, so a finished report keeps them as its snapshot. A drawing that is `told_below` has its numbers in
the table that follows it; every other one carries a table of its own.
"""

import datetime as dt

NAMED = 5  # records that stand by name beside a figure; the others are behind its link


def paragraph(text):
    return {"type": "paragraph", "text": str(text)}


def facts(rows):
    """Return a list of (label, value) pairs, empty values left out."""
    return {
        "type": "facts",
        "rows": [[str(label), str(value)] for label, value in rows if value not in (None, "")],
    }


def bullets(items, title=""):
    return {"type": "bullets", "title": str(title), "items": [str(item) for item in items]}


def figure(value, words, *, path="", rule="", records=(), more=None):
    """Return a number as a sentence that opens.

    value: an int. words: what it counts ("organisations supported"). path: the address of the rows
    behind it. rule: how it was counted, in words. records: (label, address) pairs of the rows behind it, of
    which the first few are named; more: how many there are beside those, where it is not `len(records)`.
    """
    records = list(records)
    named = [[str(label), str(address)] for label, address in records[:NAMED]]
    return {
        "type": "figure",
        "value": value,
        "words": str(words),
        "path": str(path),
        "rule": str(rule),
        "records": named,
        "more": len(records) - len(named) if more is None else more,
    }


def table(title, columns, rows, *, note="", path=""):
    """Return a table.

    columns: (label, kind, share) triples; kind is text, number, date or money, share the part of the
    width. rows: lists of str, int, Decimal, date or None, one a column; None is shown as a dash.
    """
    heads = [{"label": str(label), "kind": kind, "share": share} for label, kind, share in columns]
    return {
        "type": "table",
        "title": str(title),
        "columns": heads,
        "rows": [[_plain(cell) for cell in row] for row in rows],
        "note": str(note),
        "path": str(path),
    }


def bars(title, pairs, *, unit=""):
    """Return a bar chart of (label, number) pairs, with its table."""
    return {
        "type": "bars",
        "title": str(title),
        "unit": str(unit),
        "pairs": [[str(label), value] for label, value in pairs],
    }


def stacked(title, labels, series, *, unit="", told_below=False):
    """Return stacked bars: labels on the axis, series as (name, numbers) pairs, None where nobody counted."""
    return {
        "type": "stacked",
        "title": str(title),
        "unit": str(unit),
        "labels": [str(label) for label in labels],
        "series": [[str(name), list(values)] for name, values in series],
        "told_below": told_below,
    }


def panels(title, labels, series, *, unit=""):
    """Return small multiples: one small bar chart a series, all on one scale, over the same labels."""
    return {**stacked(title, labels, series, unit=unit), "type": "panels"}


def targets(title, rows, *, told_below=False):
    """Return targets against actuals: (label, target, actual) triples, None where nothing is known."""
    return {
        "type": "targets",
        "title": str(title),
        "rows": [[str(label), _number(target), _number(actual)] for label, target, actual in rows],
        "told_below": told_below,
    }


def province_map(title, values, generation, *, unit="", told_below=False):
    """Return a map: {province uid: number} in the 63 or the 34 units, with its table."""
    return {
        "type": "map",
        "title": str(title),
        "unit": str(unit),
        "generation": generation,
        "values": dict(values),
        "told_below": told_below,
    }


def photos(items):
    """Return pictures: (public id of the stored file, caption) pairs; each stands on a consent for donor reports."""
    return {"type": "photos", "items": [[file, str(caption)] for file, caption in items]}


def gap(words):
    """Return a mark for what the portal cannot know and a person must write."""
    return {"type": "gap", "words": str(words)}


def total(one, other):
    """Add two numbers of which either may be unknown; two unknown ones stay unknown."""
    return other if one is None else one if other is None else one + other


def _number(value):
    """Return an int where it is whole, else a float; JSON keeps both."""
    if value is None:
        return None
    return int(value) if value == int(value) else float(value)


def _plain(cell):
    if isinstance(cell, dt.date):
        return cell.isoformat()
    if cell is None or isinstance(cell, bool | int | float):
        return cell
    return str(cell)
