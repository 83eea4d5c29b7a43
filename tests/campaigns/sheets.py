"""Workbooks as the tests fill them in: made from a form, changed with openpyxl, read again."""

import datetime as dt
import io

import openpyxl
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command

from campaigns import actions
from campaigns.workbook import reading, writing

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
HEADS = {
    name: place
    for place, name in enumerate(
        [
            "key",
            "title",
            "kind",
            "starts_on",
            "ends_on",
            "province",
            "place",
            "is_online",
            "girls",
            "boys",
            "children",
            "women",
            "men",
            "adults",
            "outcome",
            "logo",
            "links",
        ],
        start=1,
    )
}


def book_of(form, language="vi"):
    return openpyxl.load_workbook(io.BytesIO(writing.make(form, language)))


def packed(book):
    out = io.BytesIO()
    book.save(out)
    return SimpleUploadedFile("phieu.xlsx", out.getvalue(), XLSX)


def add_row(book, row, **values):
    sheet = book.worksheets[1]
    for name, value in {
        "title": "Buổi nói chuyện",
        "kind": "Tập huấn",
        "starts_on": dt.date(2015, 3, 3),
        **values,
    }.items():
        sheet.cell(row, HEADS[name]).value = value


def read(form, book):
    return reading.read(form, packed(book))


def take(form, book, by):
    upload = packed(book)
    return actions.take_in(form, content=upload.read(), name="phieu.xlsx", by=by)


def mistakes(form, **values):
    book = book_of(form)
    add_row(book, 2, **values)
    return [(each["cell"], each["words"]) for each in read(form, book).mistakes]


def import_form(path, *options):
    call_command(
        "import_form",
        str(path),
        "--organisation",
        "MEMBER",
        "--campaign",
        "crc-25",
        "--year",
        "2015",
        "--quarter",
        "1",
        "--json",
        *options,
    )
