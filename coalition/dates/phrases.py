"""Reading a deadline phrase: which days it names, and whether to be done by, on, in or after them.

    parse_deadline("trước ngày 28 tháng 2", date(2015, 2, 3)).due_on == date(2015, 2, 28)

A date without a year is the next one on or after `today`.
"""

import re
from dataclasses import replace

from coalition.dates import days, lengths, named_days, parts, periods, words  # noqa: F401  (they register their readers)
from coalition.dates.deadlines import Deadline
from coalition.dates.hours import find_hours
from coalition.dates.joining import joined
from coalition.dates.readers import tokens
from coalition.dates.relations import deadlines
from coalition.dates.spans import Now

_PROMISING = re.compile(
    r"[0-9]|ng[aà]y|h[oô]m|th[aá]ng|tu[aầ]n|qu[yýíi]|n[aă]m|t[eế]t|th[uứ] |ch[uủ] nh|m[aồù]|mốt|nay|kia|cn|^hè|gi[oờ]|gi[eê]ng|r[aằ]m|tr[uư]a|"
    r"s[aá]ng|chi[eề]u|t[oố]i|m[uù]a|d[iị]p|th[uừ]a|kh[aá]nh|sinh|noel|year|month|week|quarter|day|daily|weekly|annual|tomorrow|"
    r"tonight|now|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|half|mon|tue|wed|fri|christmas|once|twice|times|l[aầ]n|yearly|đ[eê]m|"
    r"trung|gi[oỗ]|h[uù]ng|vu lan|ph[aậ]t|đoan|t[aá]o|autumn|fortnight|phụ n|lao đ|nh[aà] gi|nh[aâ]n quy|ch[aạ]p|^sang|sang "
)
_WAITING = (
    r"thông báo sau|báo sau|chờ|đợi|chưa (?:có|chốt|xác định|rõ)|sau này|tbd|tba|tbc|"
    r"to be (?:announced|confirmed|decided|determined)"
)


def parse_deadline(phrase, today, overrides=None):
    """Return the Deadline that `phrase` names, seen from the day `today`; never raises.

    `overrides` maps days to True (worked) or False (off). Where several dates stand in one phrase, the
    first that is a deadline ("by") comes first, and the others stand in `more`.
    """
    raw = words.tidy(phrase)
    text = words.lower(raw)
    if not _PROMISING.search(text):
        return _nothing(text)
    now = Now(today, overrides, bare=not words.has_accents(text), raw=raw)
    hours = find_hours(text, now)
    if hours and hours.named:
        first, last = hours.where
        text = f"{text[:first]}{' ' * (last - first)}{text[last:]}"
    found = deadlines(joined(tokens(text, now), text, now), text, now)
    if not found:
        return _only_hours(text, today, hours)
    if hours:
        _give_hours(found, hours)
    found.sort(key=lambda deadline: deadline.relation != "by")
    return replace(found[0], more=tuple(found[1:]))


def _nothing(text):
    """Nothing names a day; say so if the words put it off."""
    waits = words.pattern(_WAITING).search(text) or words.pattern(_WAITING, True).search(text)
    return Deadline(notes=(("waiting", ()),) if waits else ())


def _only_hours(text, today, hours):
    """Hours that stand alone are today's; within a sentence they name no day."""
    if not hours or not hours.named:
        return _nothing(text)
    if len(text.split()) <= 1:
        notes = (("today", ()), *_assumed(hours))
        return Deadline("on", today, today, hours.begins, hours.ends, "day", today, notes=notes)
    return replace(_nothing(text), start_time=hours.begins, end_time=hours.ends)


def _give_hours(found, hours):
    """Give the hours to the date they stand nearest to."""
    middle = sum(hours.where) / 2
    place = min(range(len(found)), key=lambda place: abs(found[place].at - middle))
    nearest = found[place]
    found[place] = replace(
        nearest, start_time=hours.begins, end_time=hours.ends, notes=(*nearest.notes, *_assumed(hours))
    )


def _assumed(hours):
    """Say which hour office hours decided."""
    if not hours.assumed or not hours.named:
        return ()
    return (("office", (f"{(hours.begins.hour - 1) % 12 + 1}h", f"{hours.begins:%H:%M}")),)
