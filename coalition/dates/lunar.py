"""The Vietnamese lunar calendar: which solar day a lunar day is.

Lunar months begin on the day of the new moon in Viet Nam (UTC+7); the month that holds the winter
solstice is the eleventh; in a year of thirteen months the first month without a major solar term is
the leap one. New moons and the sun's longitude follow J. Meeus, Astronomical Algorithms, chapters 25
and 49, shortened to the terms that decide the day.
"""

import math
from datetime import date, timedelta
from functools import lru_cache

_ZONE = 7 / 24
_JULIAN = 1721424.5  # the Julian date of the proleptic ordinal 0
_MONTH = 29.530588861


@lru_cache(maxsize=4096)
def _new_moon(number):
    """Return the ordinal of the day of new moon `number`, counted from that of 6 January 2000."""
    t = number / 1236.85
    julian = 2451550.09766 + _MONTH * number + 0.00015437 * t**2
    sun = math.radians(2.5534 + 29.1053567 * number)
    moon = math.radians(201.5643 + 385.81693528 * number + 0.0107582 * t**2)
    node = math.radians(160.7108 + 390.67050284 * number - 0.0016118 * t**2)
    bright = 1 - 0.002516 * t
    julian += (
        -0.4072 * math.sin(moon)
        + 0.17241 * bright * math.sin(sun)
        + 0.01608 * math.sin(2 * moon)
        + 0.01039 * math.sin(2 * node)
        + 0.00739 * bright * math.sin(moon - sun)
        - 0.00514 * bright * math.sin(moon + sun)
        + 0.00208 * math.sin(2 * sun)
        - 0.00111 * math.sin(moon - 2 * node)
        - 0.00057 * math.sin(moon + 2 * node)
        + 0.00056 * math.sin(2 * moon + sun)
        - 0.00042 * math.sin(3 * moon)
        + 0.00042 * math.sin(sun + 2 * node)
        + 0.00038 * math.sin(sun - 2 * node)
        - 0.00024 * math.sin(2 * moon - sun)
    )
    julian -= (65 + 55 * t) / 86400  # terrestrial time runs about a minute ahead of the clock
    return math.floor(julian - _JULIAN + _ZONE)


def _term(ordinal):
    """Return the number (0–11) of the major solar term in force as the day begins in Viet Nam."""
    t = (ordinal + _JULIAN - _ZONE - 2451545.0) / 36525
    anomaly = math.radians(357.52911 + 35999.05029 * t)
    longitude = 280.46646 + 36000.76983 * t + 0.0003032 * t**2
    longitude += (1.914602 - 0.004817 * t) * math.sin(anomaly) + 0.019993 * math.sin(2 * anomaly)
    longitude -= 0.00569 + 0.00478 * math.sin(math.radians(125.04 - 1934.136 * t))
    return int(longitude % 360 // 30)


@lru_cache(maxsize=512)
def _eleventh(year):
    """Return the number of the new moon that begins the month of the winter solstice of a solar year."""
    number = round((date(year, 12, 31).toordinal() + _JULIAN - 2451550.09766) / _MONTH)
    while _new_moon(number) > date(year, 12, 31).toordinal():
        number -= 1
    return number - 1 if _term(_new_moon(number)) >= 9 else number


@lru_cache(maxsize=512)
def _first_of(month, year):
    """Return the day on which `month` (1–12) of the lunar year that begins in the solar `year` begins."""
    start = _eleventh(year - 1 if month < 11 else year)
    end = _eleventh(year if month < 11 else year + 1)
    place = (month - 11) % 12
    if end - start == 13:
        leap = next(
            place
            for place in range(1, 14)
            if _term(_new_moon(start + place)) == _term(_new_moon(start + place + 1))
        )
        place += place >= leap
    return date.fromordinal(_new_moon(start + place))


def solar(day, month, year):
    """Return the solar day of a lunar one, `year` being the solar year in which that lunar year begins.

    Raises ValueError where the month has no such day.
    """
    if not 1800 <= year <= 2198 or not 1 <= month <= 12 or not 1 <= day <= 30:
        raise ValueError(f"No lunar day {day}/{month}/{year}.")
    first = _first_of(month, year)
    found = first + timedelta(days=day - 1)
    if day == 30 and found.toordinal() in {
        _new_moon(round((found.toordinal() + _JULIAN - 2451550.09766) / _MONTH) + step) for step in (-1, 0, 1)
    }:
        raise ValueError(f"Lunar month {month} of {year} has 29 days.")
    return found
