"""Files of exactly what a list shows: same filters, columns and order, safe to open in a spreadsheet."""

import csv
import datetime as dt
import logging
import tempfile
from itertools import chain, islice

import xlsxwriter
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from coalition import text
from coalition.http import download
from coalition.lists import flat
from coalition.lists.columns import in_words

FORMATS = ("csv", "xlsx")
CHUNK = 1000
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORMULA_OPENERS = frozenset("=+-@|\t\r\n＝＋－＠")
SHEET_ROWS = 1_000_000  # a sheet ends at 1,048,576
_log = logging.getLogger(__name__)


def safe_cell(value):
    """Return a value whose text no spreadsheet takes for a formula: what opens one gets a ' before it."""
    if isinstance(value, str) and value[:1] in FORMULA_OPENERS:
        return f"'{value}"
    return value


def answer(request, listpage, reading, rows):
    """Answer with the rows as CSV (streamed) or XLSX; the worker writes a workbook of very many rows."""
    from coalition.lists import background

    kind = request.GET["format"]
    name = filename(listpage, timezone.localdate(), kind)
    _log.info("export list=%s format=%s user=%s", listpage.name, kind, request.user.pk)
    if kind == "csv":
        separator = ";" if request.GET.get("separator") == "semicolon" else ","
        lines = csv_lines(listpage, reading.columns, rows, separator, translation.get_language())
        return download(lines, name, "text/csv; charset=utf-8")
    if background.is_long(listpage, rows):
        return background.start(request, listpage)
    facts = facts_of(listpage, reading, request.user, timezone.localtime())
    return download(xlsx_file(listpage, reading.columns, rows, facts), name, XLSX)


def filename(listpage, day, kind):
    return f"{text.slug(str(listpage.title))}-{day:%Y-%m-%d}.{kind}"


def batches_of(listpage, columns, rows):
    """Yield lists of a thousand rows' bare values: what a column loads is loaded once a batch."""
    found = flat.sources(columns, rows.model) if listpage.only else None
    if found:
        yield from flat.batches(rows, found, CHUNK)
        return
    stream = iter(rows.iterator(chunk_size=CHUNK))
    while batch := list(islice(stream, CHUNK)):
        loaded = {column.key: column.load(batch) for column in columns if column.load}
        readers = [column.reader(loaded.get(column.key)) for column in columns]
        yield [[read(row) for read in readers] for row in batch]


class _Line:
    """A file for csv.writer that hands back what was written."""

    def write(self, line):
        return line


def csv_lines(listpage, columns, rows, separator=",", language="vi"):
    """Yield the CSV as bytes with a byte-order mark; days are ISO so that they sort anywhere."""
    # The answer streams after the request's language was put away, so it is set again for each batch.
    writer = csv.writer(_Line(), delimiter=separator, lineterminator="\r\n")
    with translation.override(language):
        yield b"\xef\xbb\xbf" + writer.writerow([safe_cell(str(column.label)) for column in columns]).encode()
    batches = batches_of(listpage, columns, rows)
    while True:
        with translation.override(language):
            batch = next(batches, None)
            if batch is None:
                return
            lines = "".join([writer.writerow([_csv_cell(value) for value in row]) for row in batch])
        yield lines.encode()


def _csv_cell(value):
    if isinstance(value, str):  # most cells are
        return f"'{value}" if value[:1] in FORMULA_OPENERS else value
    if value is None:
        return ""
    if isinstance(value, dt.datetime):
        return timezone.localtime(value).strftime("%Y-%m-%d %H:%M")
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, int | float) and not isinstance(value, bool):
        return value
    return safe_cell(in_words(value) if isinstance(value, bool | list | tuple) else str(value))


def facts_of(listpage, reading, user, now):
    """Return the second sheet's lines: what was exported, with which filters, by whom and when."""
    filters = [
        (str(filter_.label), ", ".join(each.words for each in chosen))
        for filter_, chosen in reading.chosen.items()
    ]
    return [
        (_("List"), str(listpage.title)),
        (_("Searched for"), reading.q or "–"),
        *(filters or [(_("Filters"), _("none"))]),
        (_("Sorted by"), str(reading.sort_column.label) if reading.sort_column else "–"),
        (_("Exported by"), str(user)),
        (_("Exported at"), f"{now:%H:%M %d/%m/%Y}"),
    ]


def xlsx_file(listpage, columns, rows, facts, on_rows=None):
    """Return an open temporary file with the workbook: the rows, then a sheet saying what they are.

    on_rows: called after each thousand rows with how many are written.
    """
    file = tempfile.TemporaryFile()  # noqa: SIM115 (the answer streams it and closes it)
    book = xlsxwriter.Workbook(
        file,
        {
            "constant_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
            "remove_timezone": True,
            "default_date_format": "dd/mm/yyyy",
        },
    )
    bold = book.add_format({"bold": True, "bottom": 1, "text_wrap": True})
    moment = book.add_format({"num_format": "dd/mm/yyyy hh:mm"})
    sheet = book.add_worksheet(_("Rows"))
    sheet.freeze_panes(1, 0)
    for place, column in enumerate(columns):
        sheet.set_column(place, place, 48 if column.is_main else 18)
        sheet.write_string(0, place, str(column.label), bold)
    count = 0
    values = chain.from_iterable(batches_of(listpage, columns, rows))
    for count, row in enumerate(islice(values, SHEET_ROWS), start=1):
        for place, value in enumerate(row):
            _write(sheet, count, place, value, moment)
        if on_rows and not count % CHUNK:
            on_rows(count)
    about = book.add_worksheet(_("About"))
    about.set_column(0, 0, 24)
    about.set_column(1, 1, 70)
    for line, (name, value) in enumerate([*facts, (_("Number of rows"), count)]):
        about.write_string(line, 0, str(name), bold)
        _write(about, line, 1, value, moment)
    book.set_properties({"title": str(listpage.title), "author": "", "company": ""})
    book.close()
    file.seek(0)
    return file


def _write(sheet, row, place, value, moment):
    if isinstance(value, str):  # most cells are
        if value:
            sheet.write_string(row, place, value[:32000])
        return
    if value is None:
        return
    if isinstance(value, bool | list | tuple):
        value = in_words(value)
    if isinstance(value, dt.datetime):
        sheet.write_datetime(row, place, timezone.localtime(value).replace(tzinfo=None), moment)
    elif isinstance(value, dt.date):
        sheet.write_datetime(row, place, value)
    elif hasattr(value, "as_tuple") or isinstance(value, int | float):
        sheet.write_number(row, place, value)
    else:
        sheet.write_string(row, place, str(value)[:32000])
