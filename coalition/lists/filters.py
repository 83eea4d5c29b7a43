"""The filters of list pages: how each reads the address, narrows the rows and names itself on a chip.

A value in the address that a filter cannot read is left out and told to the person, never an error.
Several values of one filter mean "or"; several filters mean "and".
"""

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from coalition import text
from coalition.dates.quarters import Quarter as QuarterOfYear


@dataclass(frozen=True, eq=False)
class Chosen:
    """One value of a filter: as in the address, as an object or Python value, and as words."""

    raw: str
    value: Any
    words: str


@dataclass(frozen=True, eq=False)
class Filter:
    """A filter named `name` in the address, over the model field or lookup `field`.

    `narrow(queryset, values)` replaces the usual way of narrowing.
    """

    name: str
    label: Any
    field: str = ""
    narrow: Callable | None = None
    hint: Any = ""

    widget = "choices"

    def read(self, raw_values, user):
        """Return (chosen, unreadable raw values)."""
        chosen, unread = [], []
        for raw in dict.fromkeys(raw_values):
            found = self.read_one(raw, user)
            chosen.append(found) if found else unread.append(raw)
        return chosen, unread

    def read_one(self, raw, _user):
        raise NotImplementedError

    def apply(self, queryset, values):
        if self.narrow:
            return self.narrow(queryset, values)
        return self.apply_usual(queryset, values)

    def apply_usual(self, queryset, values):
        return queryset.filter(**{f"{self.field or self.name}__in": values})

    def options(self, _user):
        """Return (raw, words) of what may be chosen, for the panel."""
        return []


@dataclass(frozen=True, eq=False)
class Choices(Filter):
    """One of few fixed values: `Choices("kind", _("Kind"), choices=Activity.Kind.choices)`."""

    choices: Any = ()

    def _pairs(self):
        return [
            (str(value), value, str(words))
            for value, words in (self.choices() if callable(self.choices) else self.choices)
        ]

    def read_one(self, raw, _user):
        return next((Chosen(raw, value, words) for key, value, words in self._pairs() if key == raw), None)

    def options(self, _user):
        return [(key, words) for key, _value, words in self._pairs()]


@dataclass(frozen=True, eq=False)
class Flag(Filter):
    """Yes or no: `Flag("shared", _("Shared"), "is_shared")` reads yes|no."""

    def read_one(self, raw, _user):
        if raw in ("yes", "no"):
            return Chosen(raw, raw == "yes", _("yes") if raw == "yes" else _("no"))
        return None

    def options(self, _user):
        return [("yes", _("yes")), ("no", _("no"))]


@dataclass(frozen=True, eq=False)
class Related(Filter):
    """Rows of another table: `Related("org", _("Organisation"), "lead", rows=lambda user: …, key="code")`.

    Over a many-to-many field no row is doubled. Where the table is long, `is_typed` shows a line to type
    in instead of a list, and what is typed is looked for in the other table's `search` column.
    """

    rows: Callable = lambda _user: None
    key: str = "public_id"
    words: Callable = str
    is_typed: bool = False

    @property
    def widget(self):  # type: ignore[override]
        return "typed" if self.is_typed else "select"

    def read(self, raw_values, user):
        wanted = [raw[:100] for raw in dict.fromkeys(raw_values)]
        rows = self.rows(user).filter(**{f"{self.key}__in": wanted})
        found = {str(getattr(row, self.key)): row for row in rows}
        chosen, unread = [], []
        for raw in wanted:
            if raw in found:
                chosen.append(Chosen(raw, found[raw], self.words(found[raw])))
            elif self.is_typed and text.fold(text.clean(raw)):
                chosen.append(Chosen(raw, text.clean(raw), f"“{text.clean(raw)}”"))
            else:
                unread.append(raw)
        return chosen, unread

    def apply_usual(self, queryset, values):
        field = self.field or self.name
        wanted = Q(pk__in=[])
        rows = [value for value in values if not isinstance(value, str)]
        if rows:
            wanted |= Q(**{f"{field}__in": rows})
        for typed in (value for value in values if isinstance(value, str)):
            words = Q()
            for word in text.search_words(typed):
                words &= Q(**{f"{field}__search__contains": word})
            wanted |= words
        first = queryset.model._meta.get_field(field.split("__")[0])
        if first.many_to_many or first.one_to_many:
            return queryset.filter(pk__in=queryset.model._base_manager.filter(wanted).values("pk"))
        return queryset.filter(wanted)

    def options(self, user):
        if self.is_typed:
            return []
        return [(str(getattr(row, self.key)), self.words(row)) for row in self.rows(user)]


@dataclass(frozen=True, eq=False)
class Day(Filter):
    """A date, ISO in the address: `Day("from", _("From"), "starts_on__gte")`; with two, the last counts."""

    widget = "date"

    def read_one(self, raw, _user):
        try:
            day = dt.date.fromisoformat(raw)
        except ValueError:
            return None
        return Chosen(raw, day, f"{day.day:02}/{day.month:02}/{day.year}")

    def apply_usual(self, queryset, values):
        return queryset.filter(**{self.field: values[-1]})


@dataclass(frozen=True, eq=False)
class Year(Filter):
    """A calendar year of the date `field`: `?year=2019&year=2020`."""

    widget = "number"

    def read_one(self, raw, _user):
        if re.fullmatch(r"(19|20)\d\d", raw, re.ASCII):
            return Chosen(raw, int(raw), raw)
        return None

    def apply_usual(self, queryset, values):
        wanted = Q()
        for year in values:
            first, last = dt.date(year, 1, 1), dt.date(year, 12, 31)
            wanted |= Q(**{f"{self.field}__gte": first, f"{self.field}__lte": last})
        return queryset.filter(wanted)


@dataclass(frozen=True, eq=False)
class Quarter(Filter):
    """A quarter of the date `field`: `?quarter=2025Q1`."""

    widget = "text"

    def read_one(self, raw, _user):
        found = re.fullmatch(r"((?:19|20)\d\d)Q([1-4])", raw.upper(), re.ASCII)
        if not found:
            return None
        quarter = QuarterOfYear(int(found[1]), int(found[2]))
        return Chosen(raw, quarter, quarter.label(get_language()))

    def apply_usual(self, queryset, values):
        wanted = Q()
        for quarter in values:
            wanted |= Q(**{f"{self.field}__gte": quarter.starts_on, f"{self.field}__lte": quarter.ends_on})
        return queryset.filter(wanted)
