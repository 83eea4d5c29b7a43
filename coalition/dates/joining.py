"""Putting together what stands side by side: "từ 1/3 đến 15/3", "thứ hai 9/3", "trước Tết (10/2)", "thứ hai hàng tuần"."""

import re
from dataclasses import replace
from datetime import timedelta

from coalition.dates.readers import spans_of
from coalition.dates.spans import DAY, Span

_BETWEEN = re.compile(
    r"[ )]*(?:,? ?(?:(?:cho )?(?:đến|tới|den|toi)|-|to|until|till|through|thru)(?: (?:hết|ngày|het|cuối))?)[ (]*"
)
_AND_BETWEEN = re.compile(r" and (?:the )?")
_FROM = re.compile(r"(?:từ|kể từ|bắt đầu từ|tu|from|between|trong khoảng)[ :(]*(?:ngày |the )?$")
_BESIDE = re.compile(r"[ ,(-]*(?:là |tức |the )?(?:ngày )?$")
_EXPLAINED = re.compile(
    r" ?[(\[,:-] ?(?:tức |nghĩa là |là |i\.e\. |that is |khoảng )?(?:ngày |vào |before |trước |by )?$"
)
_REPEATED = re.compile(r"[ ,(]*(?:vào|của|trong|on|the|in)?[ ]*$")


def joined(tokens, text, now):
    """Return the tokens with neighbours put together, from the left."""
    result = []
    for token in tokens:
        if result:
            gap = text[result[-1].end : token.start]
            if len(gap) <= 24 and _join(result[-1], token, gap, text, now):
                continue
        result.append(token)
    return result


def _join(left, right, gap, text, now):
    """Put `right` into `left` if the words between them make one date of both."""
    if len(left.spans) > 1:
        return _repeat_all(left, right, gap)
    for way in (_weekday_of_date, _repeated, _explained):
        spans = way(left, right, gap)
        if spans:
            break
    else:
        spans = _stretch(left, right, gap, text, now)
    if not spans:
        return False
    left.spans, left.end = spans, right.end
    return True


def _weekday_of_date(left, right, gap):
    kinds = {left.span.kind, right.span.kind}
    if kinds != {"weekday", "date"} or not _BESIDE.fullmatch(gap):
        return None
    dates, weekday = (right.spans, left.span) if left.span.kind == "weekday" else (left.spans, right.span)
    if weekday.start.weekday() != dates[0].start.weekday():
        dates = [dates[0].noting("weekday", dates[0].start), *dates[1:]]
    return dates


def _explained(left, right, gap):
    """ "trước Tết (10/2)": the day in brackets is what is meant."""
    if (
        right.span.kind != "date"
        or right.span.grain != "day"
        or left.span.kind in ("date", "stretch", "every")
    ):
        return None
    if not _EXPLAINED.fullmatch(gap) or ("(" not in gap and left.span.kind not in ("tet", "part", "within")):
        return None
    if "-" in gap and "(" not in gap:
        return None
    return [span.noting("explained") for span in right.spans]


def _repeated(left, right, gap):
    """ "thứ hai hàng tuần", "hàng tháng vào ngày 5": a day that comes back."""
    kinds = (left.span.kind, right.span.kind)
    if "every" not in kinds or kinds == ("every", "every") or not _REPEATED.fullmatch(gap):
        return None
    every, day = (left.span, right.span) if kinds[0] == "every" else (right.span, left.span)
    if day.grain != "day" or day.kind not in ("date", "weekday"):
        return None
    return [_comes_back(day, every)]


def _comes_back(day, every):
    return replace(day, grain=every.grain, kind="every", fixed=False).noting("named", day.end)


def _repeat_all(left, right, gap):
    if right.span.kind != "every" or not _REPEATED.fullmatch(gap) or left.span.grain != "day":
        return False
    left.spans, left.end = [_comes_back(span, right.span) for span in left.spans], right.end
    return True


def _stretch(left, right, gap, text, now):
    """ "từ 1/3 đến 15/3": a year written at one end holds for the other."""
    between = _BETWEEN.fullmatch(gap)
    begun = _FROM.search(text[: left.start])
    if not between and not (begun and _AND_BETWEEN.fullmatch(gap)):
        return None
    if not begun and (
        left.span.grain != right.span.grain or left.span.kind not in ("date", "weekday", "period")
    ):
        return None
    if left.span.kind in ("every", "stretch", "within") or right.span.kind in ("every", "within"):
        return None
    first, last = left.span, right.span
    if last.fixed and not first.fixed:
        back = timedelta(days=6 if first.kind == "weekday" else 365)
        earlier = spans_of(left.read, left.match, replace(now, today=last.end - back))
        first = earlier[0] if earlier else first
    elif not last.fixed:
        later = spans_of(right.read, right.match, replace(now, today=first.start))
        last = later[0] if later else last
    if last.end < first.start:
        return None
    notes = (*first.notes, *last.notes)[:1]
    return [Span(first.start, last.end, first.grain, first.fixed or last.fixed, "stretch", notes)]


def read_again(token, now):
    """Read the token's words as if it were the day after what they meant: the next such date."""
    found = spans_of(token.read, token.match, replace(now, today=token.span.end + DAY))
    return found[0] if found else token.span
