"""Which days are worked in Viet Nam: weekends, public holidays, swapped days, Tết.

The calendar is that of PyPI `holidays`, which has the lunar dates from 1901 to 2100 and the days the
Government swapped. `overrides` maps a day to True (worked) or False (off) and wins over it: the
Government announces swaps late in the year, so staff correct the calendar in a table.
"""

from datetime import date, timedelta
from functools import lru_cache

import holidays

_DAY = timedelta(days=1)
_SATURDAY = 5
_KNOWN = range(1901, 2101)


@lru_cache(maxsize=256)
def _year(year):
    """Return the public holidays of `year` (day → Vietnamese name) and the Saturdays worked in exchange."""
    if year not in _KNOWN:
        return {}, frozenset()
    found = holidays.country_holidays("VN", years=year, language="vi")
    return dict(found), frozenset(day for day in found.weekend_workdays if day.year == year)


def holiday_name(day):
    """Return the Vietnamese name of the public holiday on `day`, or None."""
    return _year(day.year)[0].get(day)


def is_working_day(day, overrides=None):
    """Say whether people work on `day`."""
    if overrides and day in overrides:
        return overrides[day]
    days_off, worked = _year(day.year)
    if day in worked:
        return True
    return day.weekday() < _SATURDAY and day not in days_off


def next_working_day(day, overrides=None):
    """Return `day` if it is worked, else the first worked day after it."""
    while not is_working_day(day, overrides) and day < date.max:
        day += _DAY
    return day


def previous_working_day(day, overrides=None):
    """Return `day` if it is worked, else the last worked day before it."""
    while not is_working_day(day, overrides) and day > date.min:
        day -= _DAY
    return day


def add_working_days(day, number, overrides=None):
    """Return the working day that is `number` working days after `day` (before it, if negative).

    0 gives `day` itself if it is worked, else the next worked day.
    """
    if number == 0:
        return next_working_day(day, overrides)
    step = _DAY if number > 0 else -_DAY
    left = abs(number)
    while left and date.min < day < date.max:
        day += step
        if is_working_day(day, overrides):
            left -= 1
    return day


def tet_day(year):
    """Return the first day of the lunar year, mùng 1 Tết, in the solar `year`; raise ValueError if unknown."""
    found = [day for day, name in _year(year)[0].items() if "Tết Nguyên Đán" in name.split("; ")]
    if not found:
        raise ValueError(f"The lunar calendar is known from {_KNOWN[0]} to {_KNOWN[-1]}, not for {year}.")
    return min(found)


def tet(year, overrides=None):
    """Return (first day off for Tết, first working day after Tết) of the solar `year`.

    The days off run without a gap around mùng 1, weekends and swapped days included. Raises
    ValueError outside the years the lunar calendar is known for.
    """
    middle = tet_day(year)
    first = middle
    while first > date.min and not is_working_day(first - _DAY, overrides):
        first -= _DAY
    return first, next_working_day(middle + _DAY, overrides)
