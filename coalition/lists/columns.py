"""The columns of list pages: what stands in a cell on the page and in an export."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.formats import number_format
from django.utils.html import format_html
from django.utils.translation import gettext as _


@dataclass(frozen=True, eq=False)
class Column:
    """A column named `key` in the address.

    value     an attribute ("lead", "province.name") or a function of the row; what exports hold
    html      a function of the row that returns safe markup, where the page shows more than the value
    load      a function of a list of rows that returns {pk: value}: one statement for a whole page
              (never an annotation over the table, which would be computed for rows nobody sees)
    sort      the field that orders by this column ("starts_on", "lead__sort_key"); none: cannot be sorted
    is_main   the cell that names the row and links to it; also the row's heading on a phone
    link      a function of the row that returns the address to link to, where it is not get_absolute_url()
    is_number aligned right
    is_shown  stands there until somebody chooses other columns
    """

    key: str
    label: Any
    value: str | Callable | None = None
    html: Callable | None = None
    load: Callable | None = None
    sort: str = ""
    is_main: bool = False
    link: Callable | None = None
    is_number: bool = False
    is_shown: bool = True

    def of(self, row, loaded=None):
        """Return the bare value of this column in `row`."""
        if self.load:
            return (loaded or {}).get(row.pk)
        if callable(self.value):
            return self.value(row)
        found = row
        for name in (self.value or self.key).split("."):
            found = getattr(found, name, None)
        return found() if callable(found) else found

    def shown(self, row, loaded=None):
        """Return what the page shows of this column in `row`."""
        if self.html:
            return self.html(row)
        words = in_words(self.of(row, loaded))
        if self.link or self.is_main:
            address = self.link(row) if self.link else row.get_absolute_url()
            return format_html('<a href="{}">{}</a>', address, words or "–") if address else words
        return words


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
