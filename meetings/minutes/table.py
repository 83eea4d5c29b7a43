"""The table that minutes are written in: rows of cells, cells of lines, and what each column is for."""

import re
from dataclasses import dataclass, field

from coalition import text

CONTENT, ACTION, OWNER, DUE, NUMBER = "content", "action", "owner", "due", "number"
HEADINGS = {
    CONTENT: (
        "noi dung|noi dung thao luan|noi dung cuoc hop|noi dung trao doi|van de|chu de|content|contents|agenda|agenda item|"
        "agenda items|topic|topics|discussion|item|items|discussion points|key points|main points"
    ),
    ACTION: (
        "follow up action|follow up actions|follow-up action|follow-up actions|follow up|action|actions|action point|"
        "action points|action items|next step|next steps|viec can lam|viec can lam tiep|viec can lam tiep theo|hanh dong|hanh dong tiep theo|"
        "cong viec|cong viec tiep theo|viec tiep theo|nhiem vu|hoat dong tiep theo|viec phai lam"
    ),
    OWNER: (
        "responsible|responsibility|responsible person|responsible organisation|who|lead|owner|person in charge|pic|by whom|"
        "phu trach|nguoi phu trach|don vi phu trach|to chuc phu trach|chiu trach nhiem|nguoi chiu trach nhiem|"
        "don vi thuc hien|nguoi thuc hien|to chuc thuc hien|ai lam|don vi"
    ),
    DUE: (
        "due|due date|deadline|timeline|time|when|by when|timeframe|thoi han|han|thoi gian|thoi gian thuc hien|"
        "han hoan thanh|khi nao|han chot|thoi diem"
    ),
    NUMBER: "no|no.|stt|tt|#|so thu tu|s/n",
}
_KNOWN = {name: use for use, names in HEADINGS.items() for name in names.split("|")}
_WORDS = {  # of headings in words of one's own: "Người/Đơn vị phụ trách", "Thời hạn hoàn thành"
    OWNER: r"phu trach|chiu trach nhiem|thuc hien|responsib|in charge|owner|\bwho\b|\bpic\b",
    DUE: r"\bhan\b|thoi gian|thoi diem|deadline|timeline|timeframe|\bdue\b|\bwhen\b",
    ACTION: r"follow.?up|\bactions?\b|hanh dong|viec can|cong viec|nhiem vu|next steps?",
    CONTENT: r"noi dung|van de|thao luan|ket luan|quyet dinh|y kien|content|discussion|decision|topic|agenda|notes?\b",
}
_LONGEST_HEADING = 45  # letters
_FIRST_ROWS = 4  # among which the heading row is looked for: a title may stand above it
_UNNAMED = (CONTENT, ACTION, OWNER, DUE)
_DATES = re.compile(
    r"\d{1,2}[/.-]\d{1,2}|\b(?:ngày|tháng|quý|tuần|hạn|trước|sau) |\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)|week|month|asap|tbc",
    re.IGNORECASE,
)
_PLACE_IN_LIST = re.compile(r"\(?\d{1,3}[.)]?$")
BULLET = re.compile(r"^(?:[·•▪▫◦●○■□–—*+>»]|-(?=\s)|o(?=\s))\s*")
NUMBERED = re.compile(r"^\(?((?:\d{1,2}\.)*\d{1,2}|[ivxIVX]{1,4}|[a-zA-Z])[.)](?!\d)\s*(?=\S)")


@dataclass
class Table:
    """What was read: lines before the table, and rows of cells, each a list of lines that say something.

    `uses` says what each column is for. The heading row is not among the rows.
    """

    before: list[str] = field(default_factory=list)
    rows: list[list[list[str]]] = field(default_factory=list)
    uses: tuple[str, ...] = (CONTENT, ACTION)


def tidy_line(line):
    """Return a line without what nobody can see; hard and soft spaces become single ones."""
    return " ".join(text.clean(line).split())


def heading_use(lines):
    """Return what the column under this heading is for, or None: it is no heading."""
    said = [line for line in lines if line]
    return _KNOWN.get(_folded(said[0])) if len(said) == 1 else None


def _folded(words):
    return text.fold(words).strip(" :.*_/")


def _loose_use(lines):
    """Return the use of a heading in words of one's own; it counts only in a row of headings."""
    said = " ".join(line for line in lines if line)
    if not said or len(said) > _LONGEST_HEADING:
        return None
    known = heading_use(lines)
    return known or next((use for use, words in _WORDS.items() if re.search(words, _folded(said))), None)


def with_uses(before, rows):
    """Return the Table: take the heading row off, or give columns the use that their cells suggest.

    What stands above the heading row (a title over all columns) is kept before the table; a heading row
    that is repeated on a new page is left out; a column under an unknown heading is content.
    """
    rows = [row for row in rows if any(cell for cell in row)]
    width = max((len(row) for row in rows), default=0)
    rows = [row + [[]] * (width - len(row)) for row in rows]
    place, uses = _heading_row(rows)
    if uses is None:
        return Table([line for line in before if line], rows, _unnamed_uses(rows, width))
    above = [line for row in rows[:place] for cell in row for line in cell]
    heading = rows[place]
    rows = [row for row in rows[place + 1 :] if row != heading]
    return Table([line for line in (*before, *above) if line], rows, uses)


def joined(tables, before=(), after=()):
    """Return one Table of several of a document, each a list of rows; `before` and `after` are lines around them.

    If some have headings, those without that stand before them (who came, for instance) are lines before the
    table, and later ones of their width go on with them. Tables of different headings are put side by side
    under content, action, owner, due.
    """
    places = [_heading_row([row for row in rows if any(row)])[1] for rows in tables]
    if not any(places):
        rows = [row for rows in tables for row in rows]
        return with_uses([*before], rows + [[[line], []] for line in after])
    first = next(place for place, uses in enumerate(places) if uses)
    lines = [line for rows in tables[:first] for row in rows for cell in row for line in cell]
    made = with_uses([*before, *lines], tables[first])
    for uses, rows in zip(places[first + 1 :], tables[first + 1 :], strict=True):
        width = max((len(row) for row in rows), default=0)
        if uses is None and width == len(made.uses):
            made.rows += [row for row in rows if any(row)]
            continue
        more = with_uses([], rows)
        if more.uses != made.uses:
            made, more = _spread(made), _spread(more)
        made.rows += more.rows
        made.before += more.before
    if after and CONTENT not in made.uses:
        made = _spread(made)
    made.rows += [[[line] if use == CONTENT else [] for use in made.uses] for line in after]
    return made


def _spread(table):
    """Return the Table with one column for each use."""
    rows = []
    for row in table.rows:
        cells = {use: [] for use in _UNNAMED}
        for use, cell in zip(table.uses, row, strict=False):
            cells.setdefault(use, []).extend(cell)
        rows.append([cells[use] for use in _UNNAMED])
    return Table(table.before, rows, _UNNAMED)


def _heading_row(rows):
    """Return (place, uses) of the row of headings, or (0, None)."""
    for place, row in enumerate(rows[:_FIRST_ROWS]):
        exact = [heading_use(cell) for cell in row]
        loose = [_loose_use(cell) for cell in row]
        filled = [cell for cell in row if any(cell)]
        all_known = any(exact) and all(use or not any(cell) for use, cell in zip(exact, row, strict=True))
        is_short = all(
            len(" ".join(cell)) <= _LONGEST_HEADING and not re.search(r"\d", " ".join(cell))
            for cell in filled
        )
        is_loose = len(filled) > 2 and is_short and any(exact) and len({*loose} - {None}) > 1
        if (all_known and (place == 0 or len(filled) > 1)) or is_loose:
            uses = [use or (CONTENT if any(cell) else NUMBER) for use, cell in zip(loose, row, strict=True)]
            return place, _with_action(uses)
    return 0, None


def _with_action(uses):
    """Let the last content column be the actions where a table says who or when, but not what follows."""
    if ACTION not in uses and CONTENT in uses and (OWNER in uses or DUE in uses):
        uses[len(uses) - 1 - uses[::-1].index(CONTENT)] = ACTION
    return tuple(uses)


def _unnamed_uses(rows, width):
    """Return what columns without headings are for: numbers of a list first, days where days stand."""
    first = [" ".join(row[0]) for row in rows if any(row[0])] if width > 2 else []
    is_numbered = bool(first) and all(_PLACE_IN_LIST.match(words) for words in first)
    uses = [NUMBER, *_UNNAMED[1:]] if is_numbered else [*_UNNAMED]
    uses = (uses + [NUMBER] * width)[:width]
    if width == 3:
        last = [" ".join(row[2]) for row in rows if any(row[2])]
        if last and 2 * sum(bool(_DATES.search(words)) for words in last) > len(last):
            uses[2] = DUE
    return tuple(uses)
