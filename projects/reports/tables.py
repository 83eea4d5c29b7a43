"""Every table, chart and list of facts of a report as columns and rows; and as a table of Word, written in one go."""

from html import escape
from itertools import zip_longest
from math import ceil

from django.utils.translation import gettext as _
from django.utils.translation import override
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from projects.reports import document as documents

NUMBERS = ("number", "money")
WIDEST_HEAD = 9  # percent; a longer word is broken
LINE = 'w:val="single" w:sz="4" w:color="D9D5CA"'
LINES = "".join(f"<w:{side} {LINE}/>" for side in ("top", "bottom", "insideH"))
MARGINS = "".join(f'<w:{side} w:w="70" w:type="dxa"/>' for side in ("left", "right"))  # a day needs the room


def columns_and_rows(block):
    """Return ([(label, kind)], rows) of a block of numbers, or None for one that is not."""
    kind = block["type"]
    if kind == "table":
        return [(column["label"], column["kind"]) for column in block["columns"]], block["rows"]
    if kind == "facts":
        return [("", "text"), ("", "text")], block["rows"]
    if kind == "bars":
        return [("", "text"), (block["unit"] or _("Number"), "number")], block["pairs"]
    if kind == "targets":
        return [("", "text"), (_("Target"), "number"), (_("Actual"), "number")], block["rows"]
    if kind in ("stacked", "panels"):
        columns = [("", "text"), *((name, "number") for name, _values in block["series"])]
        rows = [[label, *(v[i] for _n, v in block["series"])] for i, label in enumerate(block["labels"])]
        return columns, rows
    return None


def fit(block, other):
    """Say whether two blocks can stand side by side row by row."""
    one, two = columns_and_rows(block), columns_and_rows(other)
    if not (one and two):
        return block["type"] == other["type"] == "map"
    return len(one[1]) == len(two[1])


def of(sides):
    """Return (heads, rows of words, widths in percent) of (block, language) pairs, side by side."""
    heads, shares, parts = [], [], []
    for block, language in sides:
        with override(language):
            columns, rows = columns_and_rows(block)
        heads += [label for label, _kind in columns]
        named = block.get("columns") or [
            {"share": 100 // len(columns), "kind": kind} for _label, kind in columns
        ]
        shares += widths(named, len(sides))
        parts.append(
            [
                [
                    (documents.show(cell, kind, language), kind in NUMBERS)
                    for cell, (_label, kind) in zip(row, columns, strict=True)
                ]
                for row in rows
            ]
        )
    rows = [[cell for part in line for cell in part] for line in zip(*parts, strict=True)]
    return (heads if any(heads) else []), rows, shares


def widths(columns, sides):
    """Return the share of each column in percent; beside another language heads and days still need their room."""
    if sides == 1:
        return [column["share"] for column in columns]
    widths = [max(column["share"] // sides, _room(column)) for column in columns]
    while sum(widths) > 100 // sides:
        widths[widths.index(max(widths))] -= 1
    return widths


def _room(column):
    """Return the share (percent) that the longest word of a head takes on a page of two languages, or a day."""
    word = max((len(word) for word in str(column.get("label", "")).split()), default=0)
    return min(max(ceil(word * 0.58 + 0.9), 8 if column["kind"] == "date" else 4), WIDEST_HEAD)


def side_by_side(one, other):
    """Return the rows of two lists of facts beside each other; the shorter one ends in blanks."""
    return list(zip_longest(one, other, fillvalue=["", ""]))


def add(place, heads, rows, widths, *, half=0):
    """Add a table to a document or cell. rows: of words or (words, is a number); widths: percent, one a column.

    half: the column where the other language begins. Written as one piece of XML: python-docx adds rows in a time
    that grows with their square.
    """
    if not rows:
        place.add_paragraph(_("None in this period."))
        return
    rows = [[cell if isinstance(cell, tuple) else (cell, False) for cell in row] for row in rows]
    grid = "".join(f'<w:gridCol w:w="{int(50 * width)}"/>' for width in widths)
    named = [(head, is_number) for head, (_words, is_number) in zip(heads, rows[0], strict=False)]
    first = _row(named, widths, half, is_head=True) if heads else ""
    lines = "".join(_row(row, widths, half) for row in rows)
    table = parse_xml(
        f'<w:tbl {nsdecls("w")}><w:tblPr><w:tblStyle w:val="TableNormal"/><w:tblW w:w="5000" w:type="pct"/>'
        f'<w:tblBorders>{LINES}</w:tblBorders><w:tblLayout w:type="fixed"/><w:tblCellMar>{MARGINS}</w:tblCellMar>'
        f"</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{first}{lines}</w:tbl>"
    )
    place.add_paragraph()._p.addprevious(table)


def _row(cells, widths, half, *, is_head=False):
    properties = (
        "<w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>" if is_head else "<w:trPr><w:cantSplit/></w:trPr>"
    )
    made = "".join(
        _cell(*cell, width, is_head, place == half > 0)
        for place, (cell, width) in enumerate(zip(cells, widths, strict=True))
    )
    return f"<w:tr>{properties}{made}</w:tr>"


def _cell(words, is_number, width, is_head, is_half):
    side = '<w:jc w:val="right"/>' if is_number else ""
    bold = "<w:b/>" if is_head else ""
    edges = f"<w:left {LINE}/>" if is_half else ""
    edges += '<w:bottom w:val="single" w:sz="8" w:color="1C2826"/>' if is_head else ""
    shown = escape("".join(sign for sign in str(words) if sign.isprintable() or sign == "\n"))
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{int(50 * width)}" w:type="pct"/><w:tcBorders>{edges}</w:tcBorders></w:tcPr><w:p>'
        f'<w:pPr><w:spacing w:before="20" w:after="20"/>{side}</w:pPr>'
        f'<w:r><w:rPr>{bold}<w:sz w:val="17"/></w:rPr><w:t xml:space="preserve">{shown}</w:t></w:r></w:p></w:tc>'
    )
