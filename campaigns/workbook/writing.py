"""Writes a form as .xlsx: instructions, real dates, drop-downs, locked heads, what is known already."""

import datetime as dt
import io

import xlsxwriter
from django.utils import translation
from django.utils.translation import gettext as _

from campaigns import cells
from campaigns.workbook import layout
from projects.models import Activity

WIDTHS = {
    cells.TEXT: 38,
    cells.LONG: 44,
    cells.LINKS: 34,
    cells.DATE: 13,
    cells.PROVINCE: 20,
    cells.CHOICE: 20,
}


def make(form, language="vi"):
    """Return the bytes of the form's workbook in one language."""
    with translation.override(language):
        return _Writer(form, language).write()


class _Writer:
    """Writes one form; the sheets share formats and lists."""

    def __init__(self, form, language):
        self.form, self.language = form, language
        self.buffer = io.BytesIO()
        self.book = xlsxwriter.Workbook(
            self.buffer,
            {
                "in_memory": True,
                "strings_to_formulas": False,
                "strings_to_urls": False,
                "strings_to_numbers": False,
            },
        )
        self.names = layout.sheet_names(language)
        head = {"bold": True, "text_wrap": True, "valign": "top", "bg_color": "#e5f0ee", "border": 1}
        self.head = self.book.add_format(head)
        self.text = self.book.add_format(
            {"locked": False, "text_wrap": True, "valign": "top", "num_format": "@"}
        )
        self.plain = self.book.add_format({"locked": False, "text_wrap": True, "valign": "top"})
        self.date = self.book.add_format({"locked": False, "num_format": "dd/mm/yyyy", "valign": "top"})
        self.count = self.book.add_format({"locked": False, "num_format": "#,##0", "valign": "top"})
        self.fixed = self.book.add_format({"text_wrap": True, "valign": "top"})
        self.grey = self.book.add_format({"bg_color": "#eceae3", "num_format": "#,##0", "valign": "top"})
        period = form.round.period
        self.units = {
            "done": cells.provinces_on(period.starts_on, period.ends_on),
            "plan": cells.provinces_on(period.next().starts_on, period.next().ends_on),
        }
        self.names_of_units = {
            uid: unit.name_in(language) for units in self.units.values() for uid, unit in units.items()
        }
        self.kinds = {value: str(words) for value, words in Activity.Kind.choices}
        self.yes_no = {True: _("yes"), False: _("no")}

    def write(self):
        lines = list(cells.lines_of(self.form))
        self._help()
        for part in ("done", "plan"):
            self._lines(part, [line for line in lines if line.part == part])
        self._questions()
        self._lists()
        self._meta()
        self.book.close()
        return self.buffer.getvalue()

    def _help(self):
        sheet = self.book.add_worksheet(self.names["help"])
        sheet.set_column(0, 0, 100, self.fixed)
        form = self.form
        title = (
            f"{form.round.campaign.words('title', self.language)} – {form.round.period.label(self.language)}"
        )
        told = [
            title,
            form.organisation.name_in(self.language),
            "",
            *form.round.instructions_in(self.language).splitlines(),
            _(
                "One row an activity. What the activity log already holds is filled in; please correct and add."
            ),
            _("Dates: day/month/year. Numbers: whole numbers."),
            _("Leave a cell blank where you do not know: blank is not zero."),
            _("Province, kind and yes or no are chosen from the list in the cell."),
            _("Grey numbers are kept in the activity log in more detail; change them there."),
            _("A row you leave out here stays in the form. Take a line out of the form on the portal."),
            _("Send the file back on the form's page: you see first what would change."),
        ]
        for row, words in enumerate(told):
            sheet.write_string(row, 0, str(words), self.head if row == 0 else self.fixed)
        sheet.protect()

    def _lines(self, part, lines):
        sheet = self.book.add_worksheet(self.names[part])
        columns = cells.columns_of(part)
        sheet.freeze_panes(1, 2)
        _printed(sheet)
        sheet.set_column(0, 0, None, None, {"hidden": True})
        sheet.write_string(0, 0, layout.KEY_HEAD, self.head)
        for place, column in enumerate(columns, start=1):
            sheet.set_column(place, place, WIDTHS.get(column.kind, 11), self._format(column))
            sheet.write_string(0, place, str(column.label), self.head)
            self._choices(sheet, place, column, part)
        for row, line in enumerate(lines, start=1):
            values = cells.values_of(line)
            sheet.write_string(row, 0, layout.line_key(line, values), self.fixed)
            for place, column in enumerate(columns, start=1):
                is_fixed = column.kind == cells.COUNT and cells.is_broken_down(line.activity, column.code)
                self._cell(sheet, (row, place), column, values[column.code], is_fixed)
        sheet.protect("", {"format_columns": True, "format_rows": True, "sort": True, "insert_rows": True})

    def _format(self, column):
        return {
            cells.DATE: self.date,
            cells.COUNT: self.count,
            cells.TEXT: self.text,
            cells.LONG: self.text,
            cells.LINKS: self.text,
        }.get(column.kind, self.plain)

    def _choices(self, sheet, place, column, part):
        """Give a column its drop-down, or its limits; what does not fit is stopped while typing."""
        lists = {cells.PROVINCE: f"provinces_{part}", cells.CHOICE: "kinds", cells.YES_NO: "yes_no"}
        rules = None
        if column.kind in lists:
            rules = {"validate": "list", "source": f"={lists[column.kind]}", "ignore_blank": True}
        elif column.kind == cells.COUNT:
            rules = {"validate": "integer", "criteria": ">=", "value": 0, "error_type": "warning"}
        elif column.kind == cells.DATE:
            rules = {
                "validate": "date",
                "criteria": ">=",
                "value": dt.date(1990, 1, 1),
                "error_type": "warning",
            }
        if rules:
            sheet.data_validation(1, place, layout.MOST_ROWS, place, rules)

    def _cell(self, sheet, cell, column, value, is_fixed):
        style = self.grey if is_fixed else self._format(column)
        if value is None or value == "":
            sheet.write_blank(*cell, None, style)
        elif column.kind == cells.DATE:
            sheet.write_datetime(*cell, dt.datetime.fromisoformat(value), style)
        elif column.kind == cells.COUNT:
            sheet.write_number(*cell, value, style)
        else:
            sheet.write_string(*cell, self._words(column.kind, value)[:32000], style)

    def _words(self, kind, value):
        if kind == cells.PROVINCE:
            return self.names_of_units.get(value, value)
        if kind == cells.CHOICE:
            return self.kinds[value]
        return self.yes_no[value] if kind == cells.YES_NO else str(value)

    def _questions(self):
        sheet = self.book.add_worksheet(self.names["questions"])
        sheet.freeze_panes(1, 0)
        _printed(sheet)
        sheet.set_column(0, 0, None, None, {"hidden": True})
        sheet.set_column(1, 1, 50, self.fixed)
        sheet.set_column(2, 2, 80, self.text)
        for place, words in enumerate(("code", _("Question"), _("Your answer"))):
            sheet.write_string(0, place, str(words), self.head)
        answers = dict(self.form.answers.values_list("question__code", "text"))
        for row, question in enumerate(self.form.round.questions.order_by("order", "pk"), start=1):
            text = answers.get(question.code, "")
            sheet.write_string(row, 0, layout.answer_key(question.code, text))
            sheet.write_string(row, 1, question.label_in(self.language), self.fixed)
            if question.kind == "yes_no":
                text = {"yes": self.yes_no[True], "no": self.yes_no[False]}.get(text, "")
                sheet.data_validation(
                    row, 2, row, 2, {"validate": "list", "source": "=yes_no", "ignore_blank": True}
                )
            sheet.write_string(row, 2, text[:32000], self.text)
        sheet.protect("", {"format_columns": True, "format_rows": True})

    def _lists(self):
        sheet = self.book.add_worksheet(layout.LISTS)
        lists = {
            "provinces_done": self._sorted(self.units["done"]),
            "provinces_plan": self._sorted(self.units["plan"]),
            "kinds": list(self.kinds.values()),
            "yes_no": [str(words) for words in self.yes_no.values()],
        }
        for place, (name, words) in enumerate(lists.items()):
            for row, word in enumerate(words):
                sheet.write_string(row, place, word)
            letter = layout.column_letter(place)
            self.book.define_name(name, f"={layout.LISTS}!${letter}$1:${letter}${max(len(words), 1)}")
        sheet.protect()
        sheet.hide()

    def _sorted(self, units):
        """Return the names of units in the order of the alphabet; each name stands once."""
        ordered = sorted(units.values(), key=lambda unit: (unit.sort_key, unit.pk))
        return list(dict.fromkeys(unit.name_in(self.language) for unit in ordered))

    def _meta(self):
        sheet = self.book.add_worksheet(layout.META)
        sheet.write_string(0, 0, layout.sign(self.form))
        sheet.protect()
        sheet.very_hidden()


def _printed(sheet):
    """Let a sheet print on A4 across, one page wide, with its heads on each page."""
    sheet.set_paper(9)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
