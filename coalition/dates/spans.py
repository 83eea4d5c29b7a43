"""A stretch of days that words name, and the calendar arithmetic to make one."""

import calendar
from dataclasses import dataclass, replace
from datetime import date, timedelta

from coalition.dates.quarters import Quarter

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Span:
    """The first and the last day that words name.

    `fixed`: a year is written, or the words hang on today ("tuần sau"), so nothing was assumed.
    `kind` says which words: "date", "weekday", "period", "part", "tet", "offset", "within", "every", "now".
    `notes` are (key, values) for coalition.dates.rules.
    """

    start: date
    end: date
    grain: str
    fixed: bool = False
    kind: str = "period"
    notes: tuple = ()

    def noting(self, key, *values):
        return replace(self, notes=(*self.notes, (key, values)))


@dataclass(frozen=True)
class Now:
    """What reading depends on: the day it is, the corrected calendar, the phrase as typed."""

    today: date
    overrides: object = None
    bare: bool = False
    raw: str = ""


def one_day(day, **more):
    return Span(day, day, "day", **{"kind": "date", **more})


def last_of_month(year, month):
    return date(year, month, calendar.monthrange(year, month)[1])


def month_span(year, month, **more):
    return Span(date(year, month, 1), last_of_month(year, month), "month", **more)


def quarter_span(quarter, **more):
    return Span(quarter.starts_on, quarter.ends_on, "quarter", **more)


def year_span(year, **more):
    return Span(date(year, 1, 1), date(year, 12, 31), "year", **more)


def week_span(day, **more):
    """Return the week, Monday to Sunday, that `day` lies in."""
    monday = day - day.weekday() * DAY
    return Span(monday, monday + 6 * DAY, "week", **more)


def add_months(day, months):
    """Return the same day so many months later, or the last of that month where it is shorter."""
    year, month = divmod(12 * day.year + day.month - 1 + months, 12)
    return min(
        day.replace(day=1, month=month + 1, year=year) + (day.day - 1) * DAY, last_of_month(year, month + 1)
    )


def unit_span(unit, shift, now, **more):
    """Return this (shift 0), the next (1), the last (-1) … week, month, quarter or year."""
    today, more = now.today, {"fixed": True, **more}
    if unit == "day":
        return one_day(today + shift * DAY, **more)
    if unit == "week":
        return week_span(today + 7 * shift * DAY, **more)
    if unit == "month":
        there = add_months(today.replace(day=1), shift)
        return month_span(there.year, there.month, **more)
    if unit == "quarter":
        return quarter_span(Quarter.of(today).shifted(shift), **more)
    return year_span(today.year + shift, **more)


def months_later(day, number, unit):
    """Return the day `number` days, weeks, months, quarters or years after `day` (before, if negative)."""
    if unit in ("day", "week"):
        return day + number * (7 if unit == "week" else 1) * DAY
    return add_months(day, number * {"month": 1, "quarter": 3, "year": 12}[unit])


def next_yearly(make, now):
    """Return the first of `make(year)` that ends on or after today: a date without a year is the next one."""
    for year in range(now.today.year - 1, now.today.year + 9):
        try:
            span = make(year)
        except ValueError:
            continue  # 29 February, or a year the lunar calendar does not know
        if span.end >= now.today:
            return replace(span, fixed=False).noting("next", now.today)
    return None


def part(span, which):
    """Return the "first", "middle" or "last" part of a period, as people divide it; "all" is the whole."""
    start, end = span.start, span.end
    if which == "all":
        return span
    if span.grain == "month":
        days = {"first": (1, 10), "middle": (11, 20), "last": (21, end.day)}[which]
        start, end = (start.replace(day=day) for day in days)
    elif span.grain == "week":
        days = {"first": (0, 1), "middle": (2, 3), "last": (5, 6)}[which]
        start, end = (span.start + day * DAY for day in days)
    else:
        months = 3 if span.grain == "quarter" else 12
        third = {"first": 0, "middle": 1, "last": 2}[which] * months // 3
        start = add_months(span.start, third)
        end = add_months(start, months // 3) - DAY
    return replace(span, start=start, end=end, kind="part").noting(f"{which}_part", span.grain)
