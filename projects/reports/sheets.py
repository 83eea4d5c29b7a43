"""A report's figures and tables as .xlsx, text always as text, never as a formula."""

import datetime as dt
import io
import re

import xlsxwriter
from django.utils.translation import gettext as _
from django.utils.translation import override

from projects.reports import document as documents
from projects.reports import tables


def make(document):
    """Return a workbook (bytes): one sheet of figures and facts, one sheet a table, one of how it was made."""
    made_on = dt.datetime.combine(dt.date.fromisoformat(document["made_on"]), dt.time())
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(
        buffer,
        {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        },
    )
    book.set_properties(
        {"title": document["title"], "author": document["lead"] or "CRWG", "created": made_on}
    )
    with override(document["language"]):
        _Writer(book, document).write()
    book.close()
    return buffer.getvalue()


class _Writer:
    """Writes one document into one workbook."""

    def __init__(self, book, document):
        self.book, self.document, self.names = book, document, set()
        self.head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        self.wrap = book.add_format({"text_wrap": True, "valign": "top"})
        self.number = book.add_format({"num_format": "#,##0.##", "valign": "top"})
        self.date = book.add_format({"num_format": "dd/mm/yyyy", "valign": "top"})

    def write(self):
        self._summary()
        for section in self.document["sections"]:
            for block in section["blocks"]:
                found = tables.columns_and_rows(block)
                if found and block["type"] != "facts" and not block.get("told_below"):
                    self._table(block.get("title") or section["title"], *found)
        self._about()

    def _sheet(self, title):
        base = re.sub(r"[\[\]:*?/\\']", " ", title).strip()[:28] or _("Table")
        name, number = base, 2
        while name.casefold() in self.names:
            name, number = f"{base[:26]} {number}", number + 1
        self.names.add(name.casefold())
        return self.book.add_worksheet(name)

    def _summary(self):
        sheet = self._sheet(_("Summary"))
        sheet.set_column(0, 0, 46)
        sheet.set_column(1, 1, 30)
        sheet.set_column(2, 2, 70)
        sheet.write_string(0, 0, self.document["title"], self.head)
        sheet.write_string(1, 0, self.document["period_words"])
        row = 3
        for section in self.document["sections"]:
            for block in section["blocks"]:
                if block["type"] == "figure":
                    sheet.write_string(row, 0, block["words"], self.wrap)
                    self._cell(sheet, row, 1, block["value"], "number")
                    sheet.write_string(row, 2, block["rule"], self.wrap)
                    row += 1
                elif block["type"] == "facts":
                    for label, value in block["rows"]:
                        sheet.write_string(row, 0, label, self.wrap)
                        sheet.write_string(row, 1, value, self.wrap)
                        row += 1

    def _table(self, title, columns, rows):
        sheet = self._sheet(title)
        sheet.freeze_panes(1, 0)
        for column, (label, kind) in enumerate(columns):
            sheet.write_string(0, column, label, self.head)
            sheet.set_column(column, column, 14 if kind in ("number", "money", "date") else 36)
        for number, row in enumerate(rows, start=1):
            for column, (cell, (_label, kind)) in enumerate(zip(row, columns, strict=True)):
                self._cell(sheet, number, column, cell, kind)

    def _cell(self, sheet, row, column, value, kind):
        if value is None or value == "":
            sheet.write_blank(row, column, None)
        elif kind == "date":
            sheet.write_datetime(row, column, dt.datetime.fromisoformat(value), self.date)
        elif kind in ("number", "money"):
            sheet.write_number(row, column, float(value), self.number)
        else:
            sheet.write_string(row, column, str(value), self.wrap)

    def _about(self):
        sheet = self._sheet(_("How this was made"))
        sheet.set_column(0, 0, 30)
        sheet.set_column(1, 1, 70)
        rows = [
            (_("Report"), self.document["title"]),
            (_("Period"), self.document["period_words"]),
            (_("Provinces"), str(self.document["generation"])),
            (_("Made on"), self.document["made_on"]),
            (_("Fingerprint of the data (SHA-256):"), documents.fingerprint(self.document)),
        ]
        for number, (label, value) in enumerate(rows):
            sheet.write_string(number, 0, label, self.head)
            sheet.write_string(number, 1, value, self.wrap)
