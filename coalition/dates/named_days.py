"""Readers of days with a name: Tết, mùng 3 Tết, rằm tháng giêng, Quốc khánh, Giáng sinh, the children's month."""

import re
from dataclasses import replace
from datetime import date, timedelta

from coalition.dates import words
from coalition.dates.readers import reads
from coalition.dates.spans import DAY, Span, month_span, next_yearly, one_day
from coalition.dates.words import YEAR
from coalition.dates.working_days import tet, tet_day

_YEAR = rf"(?:,? (?:năm )?(?:(?P<year>{YEAR})|(?P<shift>nay|này|sau|tới|ngoái)))"
_FIXED_DAYS = {
    "tết dương lịch": (1, 1),
    "tết tây": (1, 1),
    "new year's day": (1, 1),
    "quốc tế phụ nữ": (3, 8),
    "international women's day": (3, 8),
    "giải phóng miền nam": (4, 30),
    "quốc tế lao động": (5, 1),
    "quốc tế thiếu nhi": (6, 1),
    "international children's day": (6, 1),
    "quốc khánh": (9, 2),
    "national day": (9, 2),
    "nhà giáo việt nam": (11, 20),
    "giáng sinh": (12, 25),
    "lễ noel": (12, 25),
    "noel": (12, 25),
    "christmas": (12, 25),
}
_FIXED_DAYS |= {words.bare(name): day for name, day in _FIXED_DAYS.items()}


def _of_year(match, now, make):
    """Make the span of the year written, of this or the next one, else the next that has not passed."""
    if match["year"]:
        return replace(make(int(match["year"])), fixed=True)
    if match["shift"]:
        return replace(make(now.today.year + words.shift(match["shift"])), fixed=True)
    return next_yearly(make, now)


@reads(
    rf"(?:kỳ |dịp |kì )?(?:nghỉ )?(?:tết(?: (?:nguyên đán|âm lịch|cổ truyền|ta|cả))?|(?<=ra )giêng|(?:the )?lunar new year|nguyên đán)"
    rf"(?: (?:holidays?|break))?{_YEAR}?",
    near="tết|giêng|lunar|nguyên_đán|tet",
)
def lunar_new_year(match, now):
    """Read Tết as its days off, by the lunar calendar and the days the Government swapped."""
    if re.match(
        r" (?:trung thu|thiếu nhi|đoan ngọ|hàn thực|dương|tây|doan ngo)", match.string[match.end() :]
    ):
        return None

    def make(year):
        first, back = tet(year, now.overrides)
        return Span(first, back - DAY, "day", kind="tet").noting("tet", tet_day(year))

    return _of_year(match, now, make)


@reads(
    rf"(?:ngày |sáng |chiều |tối )?(?:mồng|mùng) (?P<day>[1-9]|10|một|hai|ba|bốn|tư|năm|sáu|bảy|tám|chín|mười) tết(?: nguyên đán)?{_YEAR}?",
    near="tết",
)
def day_of_tet(match, now):
    number = words.number(match["day"])
    return _of_year(
        match, now, lambda year: one_day(tet_day(year) + (number - 1) * DAY).noting("lunar", number, 1)
    )


@reads(rf"(?:(?:đêm )?giao thừa|lunar new year's eve){_YEAR}?", near="giao_thừa|lunar")
def eve(match, now):
    return _of_year(match, now, lambda year: one_day(tet_day(year) - DAY))


@reads(
    rf"(?:(?P<full>rằm)|(?:ngày |mồng |mùng |ngày mồng |ngày mùng )?(?P<day>{words.DAY})) tháng giêng{_YEAR}?",
    near="giêng",
)
def first_lunar_month(match, now):
    """ "rằm tháng giêng" is the 15th of the first lunar month."""
    number = 15 if match["full"] else words.number(match["day"])
    if number > 29:
        return None
    return _of_year(
        match, now, lambda year: one_day(tet_day(year) + (number - 1) * DAY).noting("lunar", number, 1)
    )


@reads(rf"tháng giêng{_YEAR}?", near="giêng")
def lunar_january(match, now):
    return _of_year(
        match,
        now,
        lambda year: Span(tet_day(year), tet_day(year) + timedelta(28), "month").noting("lunar_month", 1),
    )


@reads(
    rf"(?:ngày |dịp |lễ |ngày lễ )?(?P<name>{'|'.join(re.escape(name) for name in sorted(_FIXED_DAYS, key=len, reverse=True))}){_YEAR}?"
)
def holiday(match, now):
    month, day = _FIXED_DAYS[match["name"]]
    return _of_year(match, now, lambda year: one_day(date(year, month, day)))


@reads(rf"tháng hành động vì trẻ em{_YEAR}?", near="hành_động")
def month_for_children(match, now):
    """The Law on Children 2016 (article 11) makes June the month of action for children."""
    return _of_year(match, now, lambda year: month_span(year, 6))
