"""Minutes of 200 rows: read from text and from .docx, understood, and imported with their duties on the ledger."""

import datetime as dt
import io
import time

from django.core.management import call_command
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

ROWS = 200
HELD_ON = dt.date(2015, 2, 3)


class Undo(Exception):
    """Leaves nothing of a measurement behind."""


def table():
    """Return the rows of an invented table: a matter on the left, two sentences on the right."""
    left = "{0}. Vận động chính sách: nội dung thứ {0} đã được trao đổi."
    right = "VACR sẽ gửi tài liệu số {} trước ngày {}/{}. Plan và CRS chuẩn bị cuối tháng 4."
    return [
        (["Nội dung"], ["Follow up action"]),
        *(
            ([left.format(number)], [right.format(number, number % 28 + 1, number % 12 + 1)])
            for number in range(1, ROWS + 1)
        ),
    ]


def as_text(rows):
    return "\n".join(f"\t{cell[0]}" for row in rows for cell in row)


def as_docx(rows):
    import docx

    document = docx.Document()
    made = document.add_table(rows=len(rows), cols=2)
    for cells, row in zip((row.cells for row in made.rows), rows, strict=True):
        for cell, lines in zip(cells, row, strict=True):
            cell.text = lines[0]
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def timed(function):
    begun = time.perf_counter()
    found = function()
    return time.perf_counter() - begun, found


def run():
    """Return seconds for each step, and the statements of the import for each action."""
    from coalition.members import demo
    from meetings import actions, names
    from meetings.minutes import read_docx, read_text
    from meetings.models import WorkingGroup

    call_command("migrate", verbosity=0)
    rows = table()
    text, word_file = as_text(rows), as_docx(rows)
    figures = {}
    try:
        with transaction.atomic():
            demo.load(dt.date(2026, 11, 22))
            group, _made = WorkingGroup.objects.get_or_create(code="CRWG", defaults={"name_vi": "CRWG"})
            figures["read text s"], read = timed(lambda: read_text(text))
            figures["read .docx s"], from_word = timed(lambda: read_docx(io.BytesIO(word_file)))
            figures["understand s"], minutes = timed(lambda: names.read(read, held_on=HELD_ON, group=group))
            figures["both say the same"] = read.rows == from_word.rows
            with CaptureQueriesContext(connection) as statements:
                figures["import s"], _saved = timed(lambda: actions.import_minutes(minutes, group=group))
            figures["actions"] = len(minutes.actions)
            figures["statements for each action"] = len(statements) / len(minutes.actions)
            raise Undo
    except Undo:
        return figures
