"""Minutes as plain text: a tab stands between columns, as when a table is copied out of a document.

Two shapes occur. In one, every cell begins with a tab on a line of its own and runs over many lines;
in the other, a line holds a whole row, "left<TAB>right".
"""

import re

from coalition import text
from meetings.minutes.table import NUMBER, heading_use, tidy_line, with_uses

_LISTED = re.compile(r"^\s*(?:[·•▪*+–-]|o|\(?\w{1,3}[.)])\t")  # "1.<TAB>Capacity": a list's tab is no column
_PIPED = re.compile(r"\s*\|.*\|.*\|\s*$")
_RULED = re.compile(r"\s*\|?[\s:|+=-]*-{3}[\s:|+=-]*$")


def read_text(words):
    """Return the Table that stands in `words`."""
    lines = _without_pipes(text.clean(words).split("\n"))
    width = _numbered_width(lines)
    lines = [
        line if line.count("\t") >= width else _LISTED.sub(lambda found: found[0][:-1] + " ", line)
        for line in lines
    ]
    first = next((place for place, line in enumerate(lines) if "\t" in line), None)
    if first is None:
        rows = [[[line for line in map(tidy_line, lines) if line]]]
        return with_uses([], rows)
    before, lines = lines[:first], lines[first:]
    rows = _cells_by_line(lines) if _starts_cells(lines) else _rows_by_line(lines)
    return with_uses([tidy_line(line) for line in before], rows)


def _numbered_width(lines):
    """Return how many tabs a row has whose first column is numbers ("No.<TAB>Action point<TAB>Who")."""
    first = next((line for line in lines if "\t" in line), "")
    return first.count("\t") if heading_use([first.split("\t")[0].strip()]) == NUMBER else 3


def _without_pipes(lines):
    """Turn rows between upright strokes, as e-mails and wikis write tables, into rows with tabs."""
    if sum(bool(_PIPED.match(line)) for line in lines) < 2:
        return lines
    return [
        "\t".join(piece.strip() for piece in line.strip().strip("|").split("|"))
        if _PIPED.match(line)
        else line
        for line in lines
        if not _RULED.match(line)
    ]


def _starts_cells(lines):
    """Say whether tabs stand at the beginning of lines, so that each begins a cell."""
    tabbed = [line for line in lines if "\t" in line]
    return 2 * sum(1 for line in tabbed if not line.split("\t")[0].strip()) > len(tabbed)


def _cells_by_line(lines):
    cells = []
    for line in lines:
        head, *tail = line.split("\t")
        if cells and tidy_line(head):
            cells[-1].append(tidy_line(head))
        cells += [[tidy_line(piece)] for piece in tail]
    cells = [[line for line in cell if line] for cell in cells]
    width = 0
    while width < len(cells) and heading_use(cells[width]):
        width += 1
    width = width if width > 1 else 2
    return [cells[start : start + width] for start in range(0, len(cells), width)]


def _rows_by_line(lines):
    """Read "left<TAB>right"; a line without a tab goes on with the last cell.

    Lines that stand directly above a line with a tab, without a blank one between, belong to its left cell.
    """
    rows, waiting = [], []
    for line in lines:
        if "\t" in line:
            pieces = [[tidy_line(piece)] if tidy_line(piece) else [] for piece in line.split("\t")]
            rows.append([[*waiting, *pieces[0]], *pieces[1:]])
            waiting = []
        elif tidy_line(line):
            waiting.append(tidy_line(line))
        elif waiting and rows:
            rows[-1][-1] += waiting
            waiting = []
    if waiting and rows:
        rows[-1][-1] += waiting
    return rows
