"""The columns of list pages: what stands in a cell on the page and in an export."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from html import escape
from typing import Any

from django.utils import timezone
from django.utils.formats import number_format
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _


@dataclass(frozen=True, eq=False)
class Column:
    """A column named `key` in the address.

    value     an attribute ("lead", "province.name") or a function of the row; what exports hold
    choices   (value, words) of an attribute with few values: the words stand in the cell
    html      a function of the row that returns safe markup, where the page shows more than the value
    load      a function of a list of rows that returns {pk: value}: one statement for a whole page
              (never an annotation over the table, which would be computed for rows nobody sees)
    sort      the field that orders by this column ("starts_on", "lead__sort_key"); none: cannot be sorted
    is_sparse that field is often empty: the empty ones come last, up or down and on every database
    needs     fields to read for it, where the list reads only what it shows (`ListPage.only`)
    is_main   the cell that names the row and links to it; also the row's heading on a phone
    link      a function of the row that returns the address to link to, where it is not get_absolute_url()
    is_number aligned right
    is_shown  stands there until somebody chooses other columns
    """

    key: str
    label: Any
    value: str | Callable | None = None
    choices: Any = ()
    html: Callable | None = None
    load: Callable | None = None
    sort: str = ""
    is_sparse: bool = False
    needs: tuple[str, ...] = ()
    is_main: bool = False
    link: Callable | None = None
    is_number: bool = False
    is_shown: bool = True

    def reader(self, loaded=None):
        """Return a function of a row that returns the bare value of this column."""
        if self.load:
            return lambda row, found=loaded or {}: found.get(row.pk)
        if callable(self.value):
            return self.value
        first, *rest = (self.value or self.key).split(".")
        if self.choices:
            words = {value: str(word) for value, word in self.choices}
            return lambda row: words.get(getattr(row, first), getattr(row, first))
        return (
            (lambda row: _along(row, first, rest))
            if rest
            else (lambda row: _called(getattr(row, first, None)))
        )

    def shower(self, loaded=None):
        """Return a function of a row that returns what the page shows of this column."""
        if self.html:
            return self.html
        read = self.reader(loaded)
        if not (self.link or self.is_main):
            return lambda row: in_words(read(row))

        def linked(row):
            address = self.link(row) if self.link else row.get_absolute_url()
            words = in_words(read(row))
            if not address:
                return words
            return mark_safe(f'<a href="{escape(address)}">{_escaped(words or "–")}</a>')

        return linked

    def opening(self):
        """Return the opening tag of this column's cells; the label serves a phone's stacked rows."""
        if self.is_main:
            return '<th scope="row" class="rows-main">'
        kind = ' class="num"' if self.is_number else ""
        return f'<td data-label="{escape(str(self.label))}"{kind}>'

    def closing(self):
        return "</th>" if self.is_main else "</td>"


def _called(value):
    return value() if callable(value) else value


def _along(row, first, rest):
    found = getattr(row, first, None)
    for name in rest:
        found = getattr(found, name, None)
    return _called(found)


def _escaped(words):
    """Escape what is not markup already: Django's conditional_escape, without its look for lazy texts in each cell."""
    return words.__html__() if hasattr(words, "__html__") else escape(str(words))


def rows_markup(columns, rows, loaded, tone=None):
    """Return all rows as safe markup, written in one go, the labels translated once."""
    cells = [
        (column.opening(), column.closing(), column.shower(loaded.get(column.key))) for column in columns
    ]
    written = []
    for row in rows:
        found = tone(row) if tone else ""
        written.append(f'<tr class="{escape(found)}">' if found else "<tr>")
        for opening, closing, show in cells:
            written += (opening, _escaped(show(row)), closing)
        written.append("</tr>\n")
    return mark_safe("".join(written))


def in_words(value):
    """Return a value as the page shows it: dd/mm/yyyy, 1.234, yes or no, a list with commas."""
    if value is None or isinstance(value, str):
        return value or ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, dt.date):
        return _day_in_words(value)
    if isinstance(value, int | Decimal | float):
        return number_format(value, use_l10n=True, force_grouping=True)
    if isinstance(value, list | tuple):
        return ", ".join(str(item) for item in value)
    return str(value)


def _day_in_words(value):
    if not isinstance(value, dt.datetime):
        return f"{value.day:02}/{value.month:02}/{value.year}"
    moment = timezone.localtime(value) if timezone.is_aware(value) else value
    return f"{moment.hour:02}:{moment.minute:02} {_day_in_words(moment.date())}"
