"""The long tables of a report, taken out of its text into annexes at its end."""

from django.utils.translation import gettext as _
from django.utils.translation import override

from projects.reports import document as documents

IN_TEXT = 40  # rows; a longer table stands in an annex
LONG = 1000  # rows; a longer annex is laid out in pieces
MOST, LEAST = 1250, 400  # cells of an annex that are laid out at once; towards its end fewer


def taken_out(document):
    """Return (document whose long tables name their annex, the annexes).

    An annex is a dict of heading, language, block, id, is_long and, in a report of two languages, its `twin`
    of heading, language and block.
    """
    annexes, sections = [], []
    for section, twin in documents.pairs(document):
        blocks, others = list(section["blocks"]), list(twin["blocks"]) if twin else []
        for place, (block, other) in enumerate(documents.paired_blocks(section, twin)):
            if block is None or block["type"] != "table" or len(block["rows"]) <= IN_TEXT:
                continue
            annex = _annex(len(annexes) + 1, block, section["language"])
            blocks[place] = _named(block, annex)
            if other and len(other["rows"]) == len(block["rows"]):
                annex["twin"] = _annex(len(annexes) + 1, other, twin["language"])
                others[place] = _named(other, annex["twin"])
            annexes.append(annex)
        sections.append({**section, "blocks": blocks})
        if twin:
            sections.append({**twin, "blocks": others})
    return {**document, "sections": sections}, annexes


def _annex(number, block, language):
    with override(language):
        heading = _("Annex %(number)s. %(title)s") % {"number": number, "title": block["title"]}
    return {
        "id": f"annex-{number}",
        "heading": heading,
        "language": language,
        "block": {**block, "title": "", "path": ""},
        "is_long": len(block["rows"]) > LONG,
    }


def _named(block, annex):
    """Return the block as it stands in the text: its annex is named; a link only where one file holds both."""
    return {**block, "annex": annex["heading"], "annex_id": "" if annex["is_long"] else annex["id"]}


def pieces(annex):
    """Return the annex as a list of shorter annexes, of which the first has the heading.

    Pieces shrink towards the end, so that all who lay them out are done at about the same time. Each begins a
    page: small pieces everywhere would leave many pages half empty.
    """
    found, start, rows = [], 0, len(annex["block"]["rows"])
    columns = len(annex["block"]["columns"]) * (2 if annex.get("twin") else 1)
    while start < rows:
        cells = min(max((rows - start) * columns // 4, LEAST), MOST)
        end = start + -(-cells // columns)
        if rows - end < LEAST // columns // 2:
            end = rows
        piece = _part(annex, start, end)
        if annex.get("twin"):
            piece["twin"] = _part(annex["twin"], start, end)
        found.append(piece)
        start = end
    return found


def _part(annex, start, end):
    block = {**annex["block"], "rows": annex["block"]["rows"][start:end]}
    if end < len(annex["block"]["rows"]):
        block["note"] = ""
    return {**annex, "block": block, "heading": annex["heading"] if start == 0 else ""}
