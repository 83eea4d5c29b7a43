"""The year ribbon: fifty-two weeks on one line, with days off, duties, meetings and activities as dots.

Pure functions: lists of dated things go in, numbers and list items for `components/ribbon.html` come out.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

import holidays
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _

from coalition.dates import working_days

WIDTH, LEFT, RIGHT = 1000, 10, 10
LANES = {"owed": 0, "meeting": 1, "activity": 2}
LANE_OF = {
    "owed": "owed",
    "overdue": "owed",
    "met": "owed",
    "meeting": "meeting",
    "activity": "activity",
    "planned": "activity",
}
WORDS = {
    "owed": _("deadline"),
    "overdue": _("overdue"),
    "met": _("done"),
    "meeting": _("meeting"),
    "activity": _("activity"),
    "planned": _("planned"),
}
AXIS = {"owed": 74, "meeting": 96, "activity": 118}  # y of the first dot of each lane
STEP = {"owed": -13, "meeting": 0, "activity": 13}  # where the next dot of the same week goes
STACK = {"owed": 4, "meeting": 1, "activity": 4}  # dots drawn before "+n" takes over


@dataclass(frozen=True, order=True)
class Dot:
    """A dated thing on the ribbon; `kind` is one of LANE_OF, `url` opens it."""

    date: date
    kind: str
    label: str
    url: str = ""


@dataclass(frozen=True)
class DaysOff:
    """A run of days on which nobody works; `is_tet` lifts it out of the other holidays."""

    first: date
    last: date
    label: str
    is_tet: bool = False


def build(year, today, dots, days_off=()):
    """Lay the year out; return a dict for the template.

    `dots` may hold other years (left out), duplicates (drawn once) and come in any order.
    """
    shown = sorted({dot for dot in dots if dot.date.year == year})
    return {
        "year": year,
        "width": WIDTH,
        "height": 188,
        "quarters": _quarters(year, today),
        "months": [{"number": month, "x": _x(date(year, month, 1))} for month in range(1, 13)],
        "days_off": _shades(year, days_off),
        "today": today if today.year == year else None,
        "today_x": _x(today) if today.year == year else None,
        "today_share": f"{_x(today) / WIDTH:.3f}",
        "marks": _marks(shown),
        "months_of_dots": _by_month(shown),
        "count": len(shown),
    }


@lru_cache(maxsize=64)
def holidays_of(year, language="vi"):
    """Return the public holidays of `year` as runs; the weekends they touch belong to them."""
    names = holidays.country_holidays("VN", years=year, language="en_US" if language == "en" else "vi")
    vietnamese = holidays.country_holidays("VN", years=year, language="vi")
    runs = []
    for day in sorted(names):
        if runs and all(not working_days.is_working_day(each) for each in _between(runs[-1][-1], day)):
            runs[-1].append(day)
        else:
            runs.append([day])
    return tuple(_run(days, names, vietnamese) for days in runs)


def _run(days, names, vietnamese):
    is_tet = any("Tết Nguyên Đán" in vietnamese[day] for day in days)
    own = [names[day] for day in days if vietnamese[day] == "Tết Nguyên Đán"] if is_tet else []
    own = own or list(dict.fromkeys(names[day] for day in days if "(" not in names[day])) or [names[days[0]]]
    return DaysOff(days[0], days[-1], ", ".join(own), is_tet)


def _between(first, last):
    return [first + timedelta(days=number) for number in range(1, (last - first).days)]


def _x(day):
    days = (date(day.year + 1, 1, 1) - date(day.year, 1, 1)).days
    return round(LEFT + (day.timetuple().tm_yday - 1) * (WIDTH - LEFT - RIGHT) / days, 1)


def _end_x(day):
    following = day + timedelta(days=1)
    return WIDTH - RIGHT if following.year > day.year else _x(following)


def _quarters(year, today):
    quarters = []
    for number, roman in enumerate(("I", "II", "III", "IV"), start=1):
        first = date(year, 3 * number - 2, 1)
        last = date(year + number // 4, 3 * number % 12 + 1, 1) - timedelta(days=1)
        x = _x(first)
        quarters.append(
            {
                "number": number,
                "roman": roman,
                "x": x,
                "width": round(_end_x(last) - x, 1),
                "middle": round((x + _end_x(last)) / 2, 1),
                "is_now": first <= today <= last,
            }
        )
    return quarters


def _shades(year, days_off):
    shades = []
    for run in days_off:
        first, last = max(run.first, date(year, 1, 1)), min(run.last, date(year, 12, 31))
        if first > last:
            continue
        x = _x(first)
        shades.append(
            {
                "x": x,
                "width": round(max(_end_x(last) - x, 2.5), 1),
                "middle": round((x + _end_x(last)) / 2, 1),
                "label": run.label,
                "is_tet": run.is_tet,
                "first": first,
                "last": last,
            }
        )
    return shades


def _marks(dots):
    """Place the dots of one week and lane in a column, and count what does not fit."""
    columns = {}
    for dot in dots:
        lane = LANE_OF.get(dot.kind, "activity")
        columns.setdefault((lane, dot.date.isocalendar()[:2]), []).append(dot)
    marks = []
    for (lane, _week), column in columns.items():
        x = _x(column[0].date)
        fits = STACK[lane] if len(column) <= STACK[lane] or lane == "meeting" else STACK[lane] - 1
        for row, dot in enumerate(column[:fits]):
            marks.append(
                {"dot": dot, "lane": lane, "kind": dot.kind, "x": x, "y": AXIS[lane] + row * STEP[lane]}
            )
        if len(column) > fits:
            step = STEP[lane] or -13
            marks.append(
                {
                    "more": len(column) - fits,
                    "lane": lane,
                    "x": x,
                    "y": AXIS[lane] + fits * step + 4,
                    "label": "; ".join(dot.label for dot in column[fits:]),
                }
            )
    return marks


def _by_month(dots):
    months = {}
    for dot in dots:
        months.setdefault(dot.date.replace(day=1), []).append(dot)
    return [{"first": first, "lines": _lines(month)} for first, month in months.items()]


def _lines(dots):
    """Return the dots of a month as safe list items; there may be hundreds, so they are written in one go."""
    words = {kind: str(word) for kind, word in WORDS.items()}
    return format_html_join(
        "",
        '<li><time datetime="{}">{}</time> {} <span class="secondary">({})</span></li>',
        (
            (
                dot.date.isoformat(),
                f"{dot.date:%d/%m/%Y}",
                format_html('<a href="{}">{}</a>', dot.url, dot.label) if dot.url else dot.label,
                words.get(dot.kind, words["activity"]),
            )
            for dot in dots
        ),
    )
