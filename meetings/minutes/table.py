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
_UNNAMED = {
    1: (CONTENT,),
    2: (CONTENT, ACTION),
    3: (CONTENT, ACTION, OWNER),
    4: (CONTENT, ACTION, OWNER, DUE),
}
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
    if len(said) != 1:
        return None
    return _KNOWN.get(text.fold(said[0]).strip(" :.*_/"))


def with_uses(before, rows):
    """Return the Table: take the heading row off, or give columns the use that their number suggests."""
    rows = [row for row in rows if any(cell for cell in row)]
    width = max((len(row) for row in rows), default=0)
    rows = [row + [[]] * (width - len(row)) for row in rows]
    uses = None
    if rows:
        named = [heading_use(cell) for cell in rows[0]]
        if any(named) and all(use or not cell for use, cell in zip(named, rows[0], strict=True)):
            uses = tuple(use or NUMBER for use in named)
            rows = rows[1:]
    if uses is None:
        uses = _UNNAMED.get(width, (CONTENT, ACTION, OWNER, DUE) + (NUMBER,) * (width - 4))
    return Table([line for line in before if line], rows, uses)
