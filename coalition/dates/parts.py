"""Readers of parts of months and years: sáu tháng đầu năm, nửa cuối tháng 3, tuần đầu tháng 4, the last Friday of May."""

import re
from dataclasses import replace
from datetime import timedelta

from coalition.dates import words
from coalition.dates.periods import month_named
from coalition.dates.readers import reads, tokens
from coalition.dates.spans import DAY, add_months, month_span, next_yearly, one_day, unit_span, week_span
from coalition.dates.words import LONG_ENGLISH_MONTH, MONTH, NUMBER, SHIFT_AFTER, WEEKDAY_AFTER, YEAR

_YEAR = (
    rf"(?:(?: ?[/.,-] ?| (?:(?:của|với|of|trong) )?(?:năm )?)(?P<year>{YEAR})|"
    rf" (?:của )?năm (?P<shift>nay|này|sau|tới|ngoái|trước))"
)
_MONTH = (
    rf"(?: (?:của |trong )?tháng (?:(?P<month>{MONTH})|(?P<near>{SHIFT_AFTER}))| (?:of |in )?(?P<english>{LONG_ENGLISH_MONTH}|may)"
    rf"|(?P<this> (?:của |trong )?tháng| (?:of|in) (?:the|this) month)|(?P<next> (?:of|in) next month))"
)


def _months(match):
    """Return how many months "sáu tháng đầu năm", "hai quý đầu năm", "nửa đầu năm" are."""
    if match["months"]:
        return words.number(match["months"])
    if match["half"] or match["english"] or match["number"]:
        return 6
    return 3 * words.number(match["quarters"] or "1")


def _month(match, now):
    """Return the month that the groups of _MONTH name, fixed where nothing was assumed."""
    name = match["month"] or match["english"]
    near = match["near"] or ("tới" if match["next"] else "này")
    return month_named(name, match["year"], match["shift"], near, now)


@reads(
    rf"(?:(?P<months>{NUMBER}) tháng|(?:(?P<quarters>hai|ba|[123]) )?(?:quý|quí)|(?P<half>nửa)(?: năm)?) (?P<which>đầu|cuối)(?: của)?(?: năm)?"
    rf"(?: (?P<near>nay|này|sau|tới|ngoái|trước)|,? ?/?(?P<year>{YEAR}))?|"
    rf"(?:the )?(?P<english>first|second) half(?: of)?(?: (?P<near2>this|next|last) year| (?:the )?year)?(?: ?(?P<year2>{YEAR}))?|"
    rf"h(?P<number>[12])(?:[ /-](?P<year3>{YEAR}))",
    near="đầu|cuối|half|h1|h2",
)
def half_year(match, now):
    """ "sáu tháng đầu năm", "9 tháng đầu năm 2015", "first half of 2016"."""
    months = _months(match)
    if not 1 <= months <= 11:
        return None
    first = match["which"] in ("đầu", "dau") or match["english"] == "first" or match["number"] == "1"

    def make(year):
        start = month_span(year, 1 if first else 13 - months).start
        return replace(month_span(year, 1), start=start, end=add_months(start, months) - DAY)

    if match["year"] or match["year2"] or match["year3"]:
        return replace(make(int(match["year"] or match["year2"] or match["year3"])), fixed=True)
    near = match["near"] or match["near2"]
    if near:
        return replace(make(now.today.year + words.shift(near)), fixed=True)
    return next_yearly(make, now)


@reads(
    rf"tuần (?:(?P<first>đầu)(?: tiên)?|(?P<last>cuối)(?: cùng)?|(?:thứ )?(?P<number>một|nhất|hai|ba|tư|năm|[1-5]))(?: của)?"
    rf"(?: tháng (?:(?P<month>{MONTH})|(?P<near>{SHIFT_AFTER}))|(?P<this> tháng)){_YEAR}?",
    near="tuần",
)
def week_of_month(match, now):
    """ "tuần đầu tiên của tháng 9": the weeks that begin in the month are counted."""
    span = month_named(match["month"], match["year"], match["shift"], match["near"] or "này", now)
    first = week_span(span.start + 6 * DAY).start
    if match["last"]:
        monday = week_span(span.end).start
    else:
        said = match["number"]
        monday = first + timedelta(
            weeks=(0 if match["first"] or said in ("nhất", "nhat") else words.number(said) - 1)
        )
    return replace(week_span(monday, fixed=span.fixed), notes=span.notes)


@reads(
    rf"(?:the )?(?P<which>first|second|third|fourth|last|1st|2nd|3rd|4th) week{_MONTH}(?:,? (?P<year2>{YEAR}))?",
    near="week",
)
def english_week_of_month(match, now):
    """ "first week of April": of those that begin in the month."""
    name = match["month"] or match["english"]
    near = match["near"] or ("tới" if match["next"] else "này")
    span = month_named(name, match["year2"], None, near, now)
    if match["which"] == "last":
        return replace(week_span(span.end, fixed=span.fixed), notes=span.notes)
    first = week_span(span.start + 6 * DAY).start
    monday = first + timedelta(weeks=words.ORDINALS[match["which"]] - 1)
    return replace(week_span(monday, fixed=span.fixed), notes=span.notes)


@reads(
    rf"(?:nửa (?P<which>đầu|cuối|sau)|(?:the )?(?P<english_half>first|second) half){_MONTH}{_YEAR}?",
    near="nửa|half",
)
def half_of_month(match, now):
    """ "nửa cuối tháng 3": from the 16th on."""
    span = _month(match, now)
    middle = span.start.replace(day=15)
    if match["which"] in ("đầu", "dau") or match["english_half"] == "first":
        return replace(span, end=middle, kind="part")
    return replace(span, start=middle + DAY, kind="part")


@reads(
    rf"(?P<number>{NUMBER}) (?P<unit>ngày|tuần) (?P<which>đầu|cuối)(?: tiên| cùng)?{_MONTH}{_YEAR}?",
    near="ngày|tuần",
)
def edge_days_of_month(match, now):
    """ "10 ngày đầu tháng 3", "hai tuần cuối tháng 4"."""
    span, days = (
        _month(match, now),
        words.number(match["number"]) * (7 if match["unit"] in ("tuần", "tuan") else 1),
    )
    if not 1 <= days < 28:
        return None
    if match["which"] in ("đầu", "dau"):
        return replace(span, end=span.start + (days - 1) * DAY, kind="part")
    return replace(span, start=span.end - (days - 1) * DAY, kind="part")


_PLACES = {"đầu tiên": 1, "đầu": 1, "cuối cùng": -1, "cuối": -1, "last": -1, **words.ORDINALS}
_PLACES |= {words.bare(name): place for name, place in _PLACES.items()}


@reads(
    rf"(?P<weekday>{WEEKDAY_AFTER}) (?:(?P<place>đầu tiên|đầu|cuối cùng|cuối)|thứ (?P<number>hai|ba|tư|2|3|4))"
    rf"(?:{_MONTH}{_YEAR}?|(?P<every> (?:hàng|hằng|mỗi|của mỗi) tháng))|"
    rf"(?:the )?(?P<place2>first|second|third|fourth|last|1st|2nd|3rd|4th) "
    rf"(?P<weekday2>monday|tuesday|wednesday|thursday|friday|saturday|sunday)"
    rf"(?:{_MONTH.replace('?P<', '?P<e_')}(?:,? (?P<year2>{YEAR}))?|(?P<every2> (?:of )?(?:every|each) month))",
    near="thứ|nhật|t2|t3|t4|t5|t6|t7|cn|monday|tuesday|wednesday|thursday|friday|saturday|sunday",
)
def weekday_of_month(match, now):
    """ "thứ hai đầu tiên của tháng 3", "the last Friday of the month"; past ones are the next such day."""
    groups = match.groupdict()
    place = (
        _PLACES[match["place"] or match["place2"]] if not match["number"] else words.number(match["number"])
    )
    said = re.sub(r"^(?:thứ|thu|t) ?(?=\S)", "", match["weekday"]) if match["weekday"] else match["weekday2"]
    number = words.weekday(said)
    if match["every"] or match["every2"]:
        return _next_month_with(number, place, now, kind="every", grain="month", named=True)
    year, shift = match["year"] or match["year2"], match["shift"]
    name = match["month"] or match["english"] or groups["e_month"] or groups["e_english"]
    if name and not (year or shift):
        return next_yearly(
            lambda each: one_day(_nth(month_span(each, words.month(name)), number, place)), now
        )
    if name:
        return one_day(_nth(month_named(name, year, shift, None, now), number, place), fixed=True)
    if match["next"] or groups["e_next"] or match["near"] or groups["e_near"]:
        near = match["near"] or groups["e_near"] or "tới"
        return one_day(_nth(unit_span("month", words.shift(near), now), number, place), fixed=True)
    return _next_month_with(number, place, now)


def _nth(span, weekday, place):
    """Return the `place`-th such weekday of a month, or the last for -1; raise ValueError if it has none."""
    if place == -1:
        return span.end - (span.end.weekday() - weekday) % 7 * DAY
    day = span.start + ((weekday - span.start.weekday()) % 7 + 7 * (place - 1)) * DAY
    if day > span.end:
        raise ValueError("The month has no such weekday.")
    return day


def _next_month_with(weekday, place, now, named=False, **more):
    """Return the first such weekday of a month that has not passed."""
    for ahead in range(3):
        day = _nth(unit_span("month", ahead, now), weekday, place)
        if day >= now.today:
            span = replace(one_day(day).noting("next", now.today), **more)
            return span.noting("named", day) if named else span
    return None


@reads(
    rf"(?:trong )?(?:tuần(?: lễ)?(?: có| bắt đầu(?: từ)?)?|(?:the )?week (?:of|beginning|commencing|starting)(?: on)?) "
    rf"(?P<anchor>(?:ngày )?[0-9]{{1,2}}[/-][0-9]{{1,2}}(?:[/-][0-9]{{4}})?|ngày {MONTH} tháng {MONTH}|"
    rf"(?:[0-9]{{1,2}}(?:st|nd|rd|th)? {words.ENGLISH_MONTH}|{words.ENGLISH_MONTH} [0-9]{{1,2}})(?: {YEAR})?)(?! ?(?:-|đến|tới))",
    near="tuần|week",
)
def week_with(match, now):
    """ "tuần bắt đầu từ 9/2", "the week of 9 February"."""
    anchors = tokens(match["anchor"], now)
    return week_span(anchors[0].span.start, fixed=anchors[0].span.fixed) if anchors else None
