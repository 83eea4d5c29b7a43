"""Readers of lengths and repetitions: trong vòng 10 ngày, 2 tuần nữa, 5 ngày làm việc, hàng quý, 3 ngày trước Tết."""

import re
from dataclasses import replace

from coalition.dates import words
from coalition.dates.readers import reads, tokens
from coalition.dates.spans import DAY, Span, months_later, part, unit_span
from coalition.dates.words import NUMBER
from coalition.dates.working_days import add_working_days

_UNIT = r"(?P<unit>ngày|hôm|tuần lễ|tuần|tháng|quý|quí|năm|days?|weeks?|months?|quarters?|years?)"
_WORKED = r"(?P<worked> làm việc| công tác| công)?"
_LENGTH = rf"(?P<number>{NUMBER}|nửa)(?: \((?:[0-9]{{1,3}}|[^()0-9]{{2,20}})\))? (?P<worked2>(?:working|business) )?{_UNIT}{_WORKED}"
_END = r"(?= ?(?:$|[,.;:)])| (?:và|sẽ|để|thì|nữa|and|to|tại|ở)(?!\w))"


def _length(match):
    """Return (number, unit) of a length; half a month is fifteen days, half a year six months."""
    unit = words.unit(match["unit"])
    if match["number"] in ("nửa", "nua"):
        return {"month": (15, "day"), "year": (6, "month")}[unit]
    return words.number(match["number"]), unit


def _later(day, match, now, sign=1):
    """Return the day that lies the length of the match after `day`, and what it counts."""
    number, unit = _length(match)
    if unit == "day" and (match["worked"] or match["worked2"]):
        return add_working_days(day, sign * number, now.overrides), "working_day"
    return months_later(day, sign * number, unit), unit


def _of(match, there, unit, key, **more):
    return Span(
        **{"start": there, "end": there, "grain": "day", "fixed": True, "kind": "offset", **more}
    ).noting(key, _length(match)[0], unit)


@reads(
    rf"(?:trong vòng|trong thời hạn|trong thời gian|trong khoảng|trong|không quá|tối đa|chậm nhất là|chậm nhất|muộn nhất|within(?: the next)?|"
    rf"in the next|no later than|over the next) (?:khoảng )?{_LENGTH}(?: (?:tới|nữa|tiếp theo|sắp tới|kể từ (?:hôm )?nay))?"
    rf"(?! (?:trước|sau|kể từ|tính từ|từ|after|from|of|before|đầu|cuối) )",
    near="ngày|hôm|tuần|tháng|quý|quí|năm|day|week|month|quarter|year",
)
def within(match, now):
    """Read "trong vòng 10 ngày": due ten days from today."""
    rest = match.string[match.end() :]
    loose = re.match(r"(?:trong|trong khoang|trong khoảng) (?:khoảng )?[0-9\w]", match[0]) and not re.match(
        r"trong (?:vòng|thời hạn|vong|thoi han)|.*(?:tới|nữa|tiếp theo|toi|nua|nay)$", match[0]
    )
    if loose and re.match(r" \w", rest):
        return None  # "tập huấn trong 1 ngày về quyền trẻ em" says how long, not by when
    there, unit = _later(now.today, match, now)
    return _of(match, there, unit, "within", start=now.today, kind="within")


@reads(
    r"(?:trong vòng|trong thời hạn|không quá|tối đa|within(?: the next)?|in the next) (?P<hours>[0-9]{1,3}) ?(?:giờ|tiếng|h|hours?)(?: đồng hồ| tới| nữa)?",
    near="#",
)
def within_hours(match, now):
    """ "trong vòng 48 giờ": due on the day on which the hours end; less than a day is today."""
    days = -(-int(match["hours"]) // 24) if int(match["hours"]) >= 24 else 0
    return Span(now.today, now.today + days * DAY, "day", True, "within")


@reads(
    rf"(?:sau(?: khoảng)? |in ){_LENGTH}(?:['’]s?)?(?: time)?{_END}(?: nữa)?|{_LENGTH.replace('?P<', '?P<x_')} (?:nữa|sau{_END}|from now|later|from today)",
    near="ngày|hôm|tuần|tháng|quý|quí|năm|day|week|month|quarter|year",
)
def ahead(match, now):
    match = _Renamed(match) if match["number"] is None else match
    there, unit = _later(now.today, match, now)
    return _of(match, there, unit, "later")


@reads(
    rf"{_LENGTH} (?:trước(?: đây)?|ago|before|về trước){_END}|(?:cách đây|cách nay)(?: khoảng)? {_LENGTH.replace('?P<', '?P<x_')}",
    near="ngày|hôm|tuần|tháng|quý|quí|năm|day|week|month|quarter|year",
)
def ago(match, now):
    match = _Renamed(match) if match["number"] is None else match
    there, unit = _later(now.today, match, now, -1)
    return _of(match, there, unit, "earlier")


class _Renamed(dict):
    """The groups of a pattern's second half, under the names of the first."""

    def __init__(self, match):
        super().__init__(
            {
                name.removeprefix("x_"): text
                for name, text in match.groupdict().items()
                if name.startswith("x_")
            }
        )


@reads(
    rf"(?:(?:the )?next )?{_LENGTH} (?:tới|tiếp theo|kế tiếp|sắp tới|tiếp)|(?:the )?next {_LENGTH.replace('?P<', '?P<x_')}",
    near="ngày|hôm|tuần|tháng|quý|quí|năm|day|week|month|quarter|year",
)
def coming_units(match, now):
    """Read "3 tháng tới" as the three whole months after this one."""
    match = _Renamed(match) if match["number"] is None else match
    number, unit = _length(match)
    if match["worked"] or match["worked2"]:
        there, unit = _later(now.today, match, now)
        return _of(match, there, unit, "within", start=now.today, kind="within")
    if not 1 <= number <= 100:
        return None
    first, last = unit_span(unit, 1, now), unit_span(unit, number, now)
    return replace(first, end=last.end).noting("coming", number, unit)


@reads(
    rf"{_LENGTH} (?:qua|vừa qua|vừa rồi|gần đây)|(?:the )?(?:last|past) {_LENGTH.replace('?P<', '?P<x_')}",
    near="ngày|hôm|tuần|tháng|quý|quí|năm|day|week|month|quarter|year",
)
def past_units(match, now):
    match = _Renamed(match) if match["number"] is None else match
    number, unit = _length(match)
    if not 1 <= number <= 100:
        return None
    first, last = unit_span(unit, -number, now), unit_span(unit, -1, now)
    return replace(first, end=last.end)


_DATE = (
    rf"(?:(?:ngày|mồng|mùng) )?(?:[0-9]{{1,2}}[/-][0-9]{{1,2}}(?:[/-](?:[0-9]{{4}}|[0-9]{{2}}))?|"
    rf"(?:{words.DAY}) tháng (?:{words.MONTH})(?:(?: năm |/| ){words.YEAR})?|{words.YEAR}-[0-9]{{2}}-[0-9]{{2}})|"
    rf"[0-9]{{1,2}}(?:st|nd|rd|th)? {words.ENGLISH_MONTH}(?: {words.YEAR})?|{words.ENGLISH_MONTH} [0-9]{{1,2}}(?:, {words.YEAR})?|"
    r"(?:dịp |kỳ nghỉ |nghỉ )?tết(?: nguyên đán| âm lịch)?|hôm nay|today|thứ (?:[2-7]|hai|ba|tư|năm|sáu|bảy)(?: tuần (?:này|sau|tới))?|"
    r"cuối (?:tháng|quý|năm)(?: này)?|the end of (?:the |this )?(?:month|quarter|year)"
)


@reads(
    rf"(?P<within>trong vòng |trong thời hạn |trong |within |chậm nhất |chậm nhất là |muộn nhất |không quá )?{_LENGTH} "
    rf"(?P<side>trước|sau|kể từ|tính từ|từ|after|from|before|of)(?: khi| thời điểm)? (?P<anchor>{_DATE})",
    near="ngày|hôm|tuần|tháng|quý|quí|năm|day|week|month|quarter|year",
)
def counted_from(match, now):
    """Read "5 ngày trước 28/2", "trong vòng 10 ngày kể từ ngày 1/3"; without a date to count from, nothing."""
    return _counted(match, now, before=match["side"] in ("trước", "truoc", "before"), within=match["within"])


@reads(
    rf"(?P<side>trước|sau|before|after) (?P<anchor>(?:dịp |kỳ nghỉ )?(?:tết(?: nguyên đán| âm lịch)?|[0-9]{{1,2}}/[0-9]{{1,2}})) {_LENGTH}",
    near="trước|sau|before|after",
)
def counted_after_name(match, now):
    """Read "trước Tết 1 tuần"."""
    return _counted(match, now, before=match["side"] in ("trước", "truoc", "before"), within=None)


def _counted(match, now, before, within):
    anchors = tokens(match["anchor"], now)
    if not anchors or len(anchors[0].spans) > 1:
        return None
    anchor = anchors[0].span
    there, unit = _later(anchor.start if before else anchor.end, match, now, -1 if before else 1)
    if there < now.today and not anchor.fixed and anchor.grain == "day":
        return None
    span = _of(
        match, there, unit, "before_that" if before else "after_that", kind="within" if within else "offset"
    )
    return replace(span, start=anchor.end if within and not before else there, fixed=anchor.fixed)


def coming_weeks(now, number):
    """Return this week and those after it."""
    first = unit_span("week", 0, now)
    return replace(first, end=first.start + 7 * number * DAY - DAY)


_EVERY = r"(?:định kỳ |định kì )?(?:hàng|hằng|mỗi|từng|theo từng|định kỳ theo|định kỳ)"
_NOT_POLITE = r"(?! (?:vị|tổ chức|anh|chị|khách|cơ quan|bạn|đại biểu|công ty|ông|bà|đoạn))"


@reads(
    rf"(?:(?P<part>đầu|giữa|cuối) )?(?:{_EVERY} (?P<unit>ngày|tuần|tháng|quý|quí|năm){_NOT_POLITE}(?: (?:một|1) lần)?|"
    rf"theo (?P<unit2>ngày|tuần|tháng|quý|quí|năm)(?! (?:[0-9]|này|sau|trước|tới|nay|vị|i|tổ|anh|chị))"
    rf"|(?:every|each|per) (?P<unit3>day|week|month|quarter|year)"
    rf"|(?P<word>daily|weekly|monthly|quarterly|annually|yearly|annual)|(?P<two>biweekly|bi-weekly|fortnightly))",
    near="hàng|hằng|mỗi|từng|theo|định|every|each|per|daily|weekly|monthly|quarterly|annual|yearly|fortnightly",
)
def every(match, now):
    if match["two"]:
        return replace(coming_weeks(now, 2), kind="every", fixed=False).noting("each", 2, "week")
    said = {"daily": "day", "weekly": "week", "monthly": "month", "quarterly": "quarter"}
    unit = match["unit"] or match["unit2"] or match["unit3"]
    unit = words.unit(unit) if unit else said.get(match["word"], "year")
    span = unit_span(unit, 0, now, kind="every")
    if match["part"]:
        which = {"dau": "first", "giua": "middle", "cuoi": "last"}[words.bare(match["part"])]
        span = part(span, which)
        if span.end < now.today:
            span = part(unit_span(unit, 1, now), which)
        span = replace(span, kind="every").noting("named", span.end)
    return replace(span, fixed=False)


@reads(
    rf"(?:mỗi|cứ|every) (?:{_LENGTH})(?: một lần| 1 lần| lần)?|{_LENGTH.replace('?P<', '?P<x_')}(?:/| )(?:một |1 |mỗi )?lần|"
    r"(?P<times>[0-9]{1,2}|một|hai|ba|bốn|four|two|three) (?:lần|times)(?: ?/ ?| trong | một | mỗi | trong một | a | per )"
    r"(?:1 |một |mỗi )?(?P<per>tuần|tháng|quý|năm|week|month|quarter|year)|(?:once|twice) (?:a|per) (?P<per2>week|month|quarter|year)",
    near="mỗi|cứ|every|lần|times|once|twice",
)
def every_so_often(match, now):
    """Read "3 tháng một lần", "2 lần/năm"."""
    if match["per"] or match["per2"]:
        return unit_span(words.unit(match["per"] or match["per2"]), 0, now, kind="every", fixed=False)
    match = _Renamed(match) if match["number"] is None else match
    number, unit = _length(match)
    span = unit_span(unit, 0, now, kind="every", fixed=False)
    return replace(span, end=months_later(span.start, number, unit) - DAY).noting("each", number, unit)
