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
    if not _gives_away(table, hidden, line):
        return None
    left = [cell for cell in line if cell not in hidden]
    return min(left, key=lambda cell: (table[cell] == 0, table[cell], cell), default=None)


def _gives_away(table, hidden, line):
    gone = [cell for cell in line if cell in hidden]
    return bool(gone) and (len(gone) == 1 or sum(table[cell] for cell in gone) < SMALLEST)


def sums(table):
    """Return ({row: sum}, {column: sum}, the sum of all) of a table; None for all of them where one tells too much.

    That is so where a sum is small itself, or where a line has too few cells to hide a small one among others:
    then no sum stands beside the table, and nothing can be worked out.
    """
    rows: dict = {}
    columns: dict = {}
    for (row, column), number in table.items():
        rows[row] = rows.get(row, 0) + number
        columns[column] = columns.get(column, 0) + number
    hidden = {cell for cell, number in hide_small(table).items() if number is None}
    is_small = any(0 < number < SMALLEST for number in (*rows.values(), *columns.values()))
    if is_small or any(_gives_away(table, hidden, line) for line in _lines(table)):
        return dict.fromkeys(rows), dict.fromkeys(columns), None
    return rows, columns, sum(rows.values())
