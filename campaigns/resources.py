"""How the cells of a workbook become values: django-import-export fields with Vietnamese habits.

Each widget's `clean` raises ValueError with words for the person who filled in the cell.
"""

import datetime as dt
import re

from django.core.exceptions import ValidationError
from django.utils import translation
from django.utils.translation import gettext as _
from import_export import fields, resources, widgets

from campaigns import cells
from campaigns.forms import check_links
from coalition import text
from projects.models import Activity

_DAY = re.compile(r"^\s*(\d{1,2})\s*[/.\-]\s*(\d{1,2})\s*[/.\-]\s*(\d{4}|\d{2})\s*$", re.ASCII)
_ISO = re.compile(r"^\s*(\d{4})-(\d{2})-(\d{2})(?:[T ]00:00(?::00)?)?\s*$", re.ASCII)
_COUNT = re.compile(r"^\d{1,3}(?:[ .,\u00a0]\d{3})+$|^\d+$", re.ASCII)
_FIRST_SERIAL, _LAST_SERIAL = 32_874, 73_415  # 1990 and 2100 as Excel counts days
MOST_PEOPLE = 10_000_000


def plain_text(value):
    """Return a cell's text as the portal stores it; refuse formulas and errors."""
    if isinstance(value, dict):
        if "formula" in value:
            raise ValueError(_("This is a formula. Type the value itself."))
        if "error" in value:
            raise ValueError(_("Excel shows an error here. Type the value itself."))
        day = dt.date.fromisoformat(value["date"])
        return f"{day.day:02}/{day.month:02}/{day.year}"
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(_("yes") if value else _("no"))
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return text.clean(value).strip()


class TextWidget(widgets.Widget):
    """Text in NFC, no longer than the column."""

    def __init__(self, longest, is_required=False):
        self.longest, self.is_required = longest, is_required

    def clean(self, value, row=None, **kwargs):
        found = plain_text(value)
        if self.is_required and not found:
            raise ValueError(_("This cell must be filled in."))
        if len(found) > self.longest:
            raise ValueError(_("Too long: at most %(letters)s letters.") % {"letters": self.longest})
        return found


class LinksWidget(widgets.Widget):
    """Addresses of web pages, one a line."""

    def clean(self, value, row=None, **kwargs):
        try:
            return check_links(plain_text(value))
        except ValidationError as wrong:
            raise ValueError(" ".join(wrong.messages)) from wrong


class DayWidget(widgets.Widget):
    """A real date, or day/month/year as text; a day outside the period whose swap lies inside is asked about."""

    def __init__(self, period, is_plan, is_first):
        self.period, self.is_plan, self.is_first = period, is_plan, is_first

    def clean(self, value, row=None, **kwargs):
        day = self._read(value)
        if day is None:
            if self.is_first:
                raise ValueError(_("This cell must be filled in."))
            return None
        if self.is_first and not self._fits(day):
            swapped = self._swapped(day)
            if swapped and self._fits(swapped):
                raise ValueError(
                    _("%(day)s is outside of this quarter. Did you mean %(other)s?")
                    % {"day": _shown(day), "other": _shown(swapped)}
                )
            raise ValueError(_("%(day)s is outside of this quarter.") % {"day": _shown(day)})
        return day.isoformat()

    def _fits(self, day):
        return day > self.period.ends_on if self.is_plan else day in self.period

    @staticmethod
    def _swapped(day):
        return dt.date(day.year, day.day, day.month) if day.day <= 12 else None

    def _read(self, value):
        if isinstance(value, dict) and "date" in value:
            return dt.date.fromisoformat(value["date"])
        if isinstance(value, int | float) and not isinstance(value, bool):
            if _FIRST_SERIAL <= value <= _LAST_SERIAL:
                return dt.date(1899, 12, 30) + dt.timedelta(days=int(value))
            raise ValueError(_("Not a date. Write day/month/year, such as 12/02/2015."))
        found = plain_text(value)
        if not found:
            return None
        day, iso = _DAY.match(found), _ISO.match(found)
        try:
            if iso:
                return dt.date(int(iso[1]), int(iso[2]), int(iso[3]))
            if day:
                year = int(day[3]) + (2000 if len(day[3]) == 2 else 0)
                return dt.date(year, int(day[2]), int(day[1]))
        except ValueError:
            pass
        raise ValueError(_("Not a date. Write day/month/year, such as 12/02/2015."))


def _shown(day):
    return f"{day.day:02}/{day.month:02}/{day.year}"


class CountWidget(widgets.Widget):
    """A whole number; blank is "not known", 0 is zero, "1.500" is one thousand five hundred."""

    def clean(self, value, row=None, **kwargs):
        if isinstance(value, bool) or (isinstance(value, dict) and "date" in value):
            raise ValueError(_("Not a number."))
        if isinstance(value, int | float):
            number = int(value) if value == int(value) else None
        else:
            found = plain_text(value)
            if not found:
                return None
            number = int(re.sub(r"\D", "", found)) if len(found) < 20 and _COUNT.match(found) else None
        if number is None:
            raise ValueError(_("Not a whole number. Leave the cell blank where you do not know."))
        if number < 0:
            raise ValueError(_("A number of people cannot be below zero."))
        if number > MOST_PEOPLE:
            raise ValueError(_("More than ten million people: please look at this number again."))
        return number


class WordWidget(widgets.Widget):
    """One of a list of words, in either language, whatever its case and accents."""

    def __init__(self, words, message, is_required=False, default=None):
        self.words, self.message, self.is_required, self.default = words, message, is_required, default

    def clean(self, value, row=None, **kwargs):
        if isinstance(value, bool) and True in self.words.values():
            return value
        found = text.fold(plain_text(value))
        if not found:
            if self.is_required:
                raise ValueError(_("This cell must be filled in."))
            return self.default
        if found not in self.words:
            raise ValueError(self.message % {"value": plain_text(value)[:60]})
        return self.words[found]


def _kinds():
    words = {}
    for language in ("vi", "en"):
        with translation.override(language):
            words |= {text.fold(str(label)): value for value, label in Activity.Kind.choices}
    return words | {value: value for value in Activity.Kind.values}


def yes_no_words():
    """Return what people write for yes and no, folded."""
    yes, no = ("co", "yes", "x", "1", "true", "dung", "y"), ("khong", "no", "0", "false", "sai", "n", "k")
    return dict.fromkeys(yes, True) | dict.fromkeys(no, False)


def province_words(units):
    """Return {folded name: uid}; where an old and a new unit share a name, the one named first stays."""
    words = {}
    for unit in sorted(units.values(), key=lambda unit: unit.uid):
        names = [unit.name_vi, unit.name_en, unit.full_name_vi, unit.full_name_en, unit.uid]
        for name in [*names, *unit.alt_names.split(";")]:
            if name.strip():
                words.setdefault(text.fold(name), unit.uid)
    return words


class LineResource(resources.Resource):
    """The columns of one part of a form; `values(row)` gives plain values and what is wrong, cell by cell."""

    def __init__(self, part, period, units):
        super().__init__()
        self.columns = cells.columns_of(part)
        is_plan = part == "plan"
        province = _("“%(value)s” is no province of that time. Choose it from the list in the cell.")
        kinds = _("“%(value)s” is no kind of activity. Choose it from the list in the cell.")
        yes_no = _("“%(value)s”: write yes or no.")
        made = {
            "title": TextWidget(300, is_required=True),
            "kind": WordWidget(_kinds(), kinds, is_required=True),
            "starts_on": DayWidget(period, is_plan, is_first=True),
            "ends_on": DayWidget(period, is_plan, is_first=False),
            "province": WordWidget(province_words(units), province),
            "place": TextWidget(200),
            "is_online": WordWidget(yes_no_words(), yes_no, default=False),
            "outcome": TextWidget(20_000),
            "logo_used": WordWidget(yes_no_words(), yes_no),
            "links": LinksWidget(),
            **dict.fromkeys(cells.COUNTS, CountWidget()),
        }
        for column in self.columns:
            self.fields[column.code] = fields.Field(column_name=column.code, widget=made[column.code])

    def values(self, row):
        """Return ({code: plain value}, {code: what is wrong}) of a row {code: cell}."""
        values, wrong = {}, {}
        for column in self.columns:
            try:
                values[column.code] = self.fields[column.code].widget.clean(row.get(column.code), row)
            except ValueError as error:
                wrong[column.code] = str(error)
        if not wrong and values.get("ends_on") and values["ends_on"] < values["starts_on"]:
            wrong["ends_on"] = _("It cannot end before it begins.")
        return values, wrong
