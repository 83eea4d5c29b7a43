"""Hides small numbers of people in what everybody may read, and what would give them away."""

SMALLEST = 5


def hide_small(table):
    """Return {(row, column): number} with None for each number that must not be shown.

    A number from 1 to 4 is hidden. Because the sums of rows and columns stand beside them, a hidden number
    could be worked out from its neighbours: further numbers, the smallest first, are hidden until in every
    row and column either none is, or several are that together make at least five people (complementary
    suppression, as statistical offices do it).
    """
    hidden = {cell for cell, number in table.items() if 0 < number < SMALLEST}
    while more := next(filter(None, (_next(table, hidden, line) for line in _lines(table))), None):
        hidden.add(more)
    return {cell: None if cell in hidden else number for cell, number in table.items()}


def _lines(table):
    """Return the cells of each row and each column."""
    rows = sorted({row for row, _column in table})
    columns = sorted({column for _row, column in table})
    return [
        *([cell for cell in table if cell[0] == row] for row in rows),
        *([cell for cell in table if cell[1] == column] for column in columns),
    ]


def _next(table, hidden, line):
    """Return the cell to hide next in a line that still gives a hidden one away, or None."""
    gone = [cell for cell in line if cell in hidden]
    if not gone or (len(gone) > 1 and sum(table[cell] for cell in gone) >= SMALLEST):
        return None
    left = [cell for cell in line if cell not in hidden]
    return min(left, key=lambda cell: (table[cell] == 0, table[cell], cell), default=None)


def sums(table):
    """Return ({row: sum}, {column: sum}, the sum of all) of a table; None for a sum that is small itself.

    A row or column of which everything is hidden and which is small hides its sum too; the sum of all then
    stays away as well, or it would bring the small one back.
    """
    rows: dict = {}
    columns: dict = {}
    for (row, column), number in table.items():
        rows[row] = rows.get(row, 0) + number
        columns[column] = columns.get(column, 0) + number
    is_small = any(0 < number < SMALLEST for number in (*rows.values(), *columns.values()))
    return _shown(rows), _shown(columns), None if is_small else sum(rows.values())


def _shown(found):
    """Hide small sums, and the next smallest where only one is hidden: the other direction knows the rest."""
    small = {key for key, number in found.items() if 0 < number < SMALLEST}
    if len(small) == 1 and len(found) > 1:
        small.add(min((key for key in found if key not in small), key=lambda key: (found[key], key)))
    return {key: None if key in small else number for key, number in found.items()}
