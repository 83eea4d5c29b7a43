"""Readers of single days: 28/2, ngày 28 tháng 2, mồng 3 tháng ba, thứ hai tuần tới, mai, 28 February."""

import re
from dataclasses import replace
from datetime import date

from coalition.dates import words
from coalition.dates.readers import reads
from coalition.dates.spans import DAY, add_months, next_yearly, one_day, unit_span, week_span
from coalition.dates.words import ENGLISH_MONTH, LONG_ENGLISH_MONTH, MONTH, SHIFT_AFTER, YEAR

_D = words.DAY
_FIRST = r"(?:(?:các )?ngày |hôm |mồng |mùng |ngày mồng |ngày mùng |ngày thứ )"
_YEAR = rf"(?:(?: ?[/,.-] ?| (?:của )?năm |,? )(?P<year>{YEAR})| (?:của )?năm (?P<shift>nay|này|sau|tới|ngoái|trước))"
_MORE = rf"(?P<more>(?: ?(?:,|-|và|đến|tới|đến ngày|tới ngày|đến mồng|đến mùng|và ngày|, ngày|và mồng|và mùng|&|to|and) ?(?:{_D}))*)"
_NUMERALS = re.compile(
    r"số |định |thông tư |văn |luật |chỉ thị |quyết |mẫu |phiên bản |version |điều |khoản "
)
_PORTIONS = re.compile(
    r" (?:ngày|tổ chức|số|trẻ|thành viên|chặng|kinh phí|trong tổng|giờ|of|buổi|tuần|tháng|năm|quý|người|lần|đơn vị|tỉnh|triệu|"
    r"nghìn|cuộc|lớp|em|hoạt động|days|weeks|months|people|organi[sz]ations)\b"
)
_DATED = re.compile(
    r"(?:^|trước|hạn(?: chót| nộp| gửi| cuối(?: cùng)?)?|chậm nhất|muộn nhất|dịp|(?:thứ \w+|chủ nhật)|by|before|due|deadline|"
    r"truoc|han(?: chot| nop)?|cham nhat|muon nhat)(?: là| la|:)?[ ,]*$"
)
_SEPARATOR = re.compile(r" ?(,|-|&|và|đến|tới|to|and)(?: ngày| mồng| mùng)? ?")


def dated(now, day, month, year=None, shift=None):
    """Return the day: of the year named, of this, the next or the last one, else the next such day."""
    if year:
        year = int(year)
        if year < 100:
            year += 2000 if year < 70 else 1900
        return one_day(date(year, month, day), fixed=True)
    if shift:
        return one_day(date(now.today.year + words.shift(shift), month, day), fixed=True)
    found = next_yearly(lambda year: one_day(date(year, month, day)), now)
    if found is None:
        raise ValueError(f"There is no day {day}/{month}.")
    return found


def several(first, more, make):
    """Read "2, 3 và 5" or "10 - 15" of one month: `make` turns a number into a Span; a dash makes a stretch."""
    spans = [make(first)]
    pieces = _SEPARATOR.split(more)[1:]
    for separator, piece in zip(pieces[::2], pieces[1::2], strict=False):
        span = make(words.number(piece))
        if spans[-1] is None or span is None:
            return None
        if separator in ("-", "đến", "tới", "to", "den", "toi"):
            if span.end < spans[-1].start:
                return None
            spans[-1] = replace(
                spans[-1], end=span.end, kind="stretch", notes=(*spans[-1].notes, *span.notes)[:1]
            )
        else:
            spans.append(span)
    return None if None in spans else spans


@reads(
    rf"{_FIRST}?(?P<day>{_D}){_MORE}(?: của)? ?(?:,|-)? ?tháng (?P<month>{MONTH})(?! lần){_YEAR}?",
    near="tháng",
)
def day_of_month(match, now):
    month = words.month(match["month"])
    return several(
        words.number(match["day"]),
        match["more"],
        lambda day: dated(now, day, month, match["year"], match["shift"]),
    )


@reads(
    rf"(?P<first>{_FIRST})?(?P<day>0?[1-9]|[12][0-9]|3[01])(?P<more>(?: ?(?:,|-|&|và|đến|tới|đến ngày|và ngày) ?[0-9]{{1,2}})*)"
    r"(?P<sep>[/.-])(?P<month>1[0-2]|0?[1-9])(?:(?P=sep)(?P<year>(?:19|20)[0-9]{2}|[0-9]{2})|"
    rf" (?:của )?năm (?:(?P<year2>{YEAR})|(?P<shift>nay|này|sau|tới|ngoái|trước)))?(?![0-9])(?!/\w)",
    near="#",
)
def day_in_figures(match, now):
    text, year = match.string, match["year"] or match["year2"]
    if match["sep"] != "/" and not (year or match["first"]) and not _is_dated(match):
        return None  # "1.2" and "3-4" are numbers until a year, "ngày" or "trước" stands with them
    if not match["first"]:
        before = text[max(0, match.start() - 12) : match.start()]
        if _NUMERALS.search(before) or text[match.end() : match.end() + 1] == "%":
            return None
        if not year and (_PORTIONS.match(text, match.end()) or match[0] == "24/7"):
            return None
    month = int(match["month"])
    return several(int(match["day"]), match["more"], lambda day: dated(now, day, month, year, match["shift"]))


def _is_dated(match):
    """Say whether "20-11" stands where only a day can stand: alone, or after "trước", "hạn", a weekday."""
    text = match.string
    if _PORTIONS.match(text, match.end()):
        return False
    before = _DATED.search(text[: match.start()])
    return bool(before) and (before[0] != "" or not text[match.end() :].strip(" .,;)"))


@reads(rf"(?P<year>{YEAR})[-/](?P<month>0?[1-9]|1[0-2])[-/](?P<day>[0-9]{{1,2}})", near="#")
def iso_day(match, now):
    return dated(now, int(match["day"]), int(match["month"]), match["year"])


@reads(
    rf"(?:the )?(?P<day>[0-9]{{1,2}})(?:st|nd|rd|th)?(?P<more>(?: ?(?:,|-|and|to) ?[0-9]{{1,2}})*)(?:st|nd|rd|th)?"
    rf"(?: of)?[ -](?P<month>{ENGLISH_MONTH})(?:,?[ -](?P<year>{YEAR}))?",
    near="jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec",
)
def english_day(match, now):
    month, more = words.month(match["month"]), match["more"]
    if match.string[: match.start()].endswith("between "):
        more = more.replace("and", "to")
    return several(int(match["day"]), more, lambda day: dated(now, day, month, match["year"]))


@reads(
    rf"(?P<month>{ENGLISH_MONTH}) (?:the )?(?P<day>[0-9]{{1,2}})(?P<more>(?: ?(?:,|-|and|to) ?[0-9]{{1,2}}(?![0-9]))*)"
    rf"(?:st|nd|rd|th)?(?:,? (?P<year>{YEAR}))?",
    near="jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec",
)
def american_day(match, now):
    return english_day(match, now)


@reads(
    rf"(?:ngày|mồng|mùng) (?:mồng |mùng )?(?P<day>{_D})(?: (?:của )?tháng (?P<shift>{SHIFT_AFTER}))?(?! tháng)",
    near="ngày|mồng|mùng",
)
def day_of_this_month(match, now):
    """ "ngày 10 tháng sau"; without a month, the next 10th."""
    number = words.number(match["day"])
    if match["shift"]:
        first = unit_span("month", words.shift(match["shift"]), now).start
        return one_day(first.replace(day=number), fixed=True)
    if re.match(r" ?(?:ngày|công|/|%|làm việc|tháng)", match.string[match.end() :]):
        return None
    return _next_with_number(number, now)


def _next_with_number(number, now):
    """Return the next day of any month with this number."""
    for months in range(14):
        first = add_months(now.today.replace(day=1), months)
        try:
            day = first.replace(day=number)
        except ValueError:
            continue
        if day >= now.today:
            return one_day(day).noting("next", now.today)
    return None


@reads(
    r"(?:the )?(?P<day>[0-9]{1,2})(?:st|nd|rd|th)(?P<every> of (?:each|every) month)?(?! (?:of|quarter|week|century|anniversary|time|meeting|session|half))",
    near="st|nd|rd|th",
)
def english_day_of_this_month(match, now):
    """ "by the 15th"; "the 25th anniversary" is no day."""
    if match["every"]:
        span = _next_with_number(int(match["day"]), now)
        return replace(span, grain="month", kind="every").noting("named", span.end)
    asked = re.search(
        r"(?:by|before|on|after|until|till|due|from|deadline:?)(?: the)? $", match.string[: match.start()]
    )
    if not (asked or match[0] == match.string) or re.match(r" [a-z]", match.string[match.end() :]):
        return None
    return _next_with_number(int(match["day"]), now)


@reads(
    r"(?:ngày )?(?:ngay )?(?:trong )?(?:hôm nay|ngày hôm nay|bữa nay|today|bây giờ|now|lúc này)|"
    r"(?<=sáng )nay|(?<=trưa )nay|(?<=chiều )nay|(?<=tối )nay|(?<=đêm )nay|(?<=từ )nay|(?:this|tonight)(?= (?:morning|afternoon|evening))|tonight|(?:nội |ngay )?trong ngày(?=$|[.,;)]| (?:để|thì|và))",
    near="nay|today|now|tonight|giờ|lúc|this|trong_ngày",
)
def today(match, now):
    return one_day(now.today, fixed=True, kind="now")


_NEAR = {
    "hôm qua": -1,
    "yesterday": -1,
    "hôm kia": -2,
    "hôm kìa": -3,
    "mai": 1,
    "tomorrow": 1,
    "mốt": 2,
    "kia": 2,
    "kìa": 3,
    "the day after tomorrow": 2,
    "day after tomorrow": 2,
}
_NEAR |= {f"{part} qua": -1 for part in ("sáng", "trưa", "chiều", "tối", "đêm")}
_NEAR |= {words.bare(said): shift for said, shift in reversed(_NEAR.items())}


@reads(
    rf"(?:ngày )?(?P<said>{'|'.join(sorted(_NEAR, key=len, reverse=True))})",
    near="mai|qua|kia|kìa|mốt|yesterday|tomorrow",
)
def near_day(match, now):
    if match[0] in ("mai", "mốt", "kia", "kìa", "mot") and not _is_no_name(match, now):
        return None
    return one_day(now.today + _NEAR[match["said"]] * DAY, fixed=True)


def _is_no_name(match, now):
    """Say whether a bare "mai" is a day: not "chị Mai", not a capital letter within a sentence."""
    before = match.string[: match.start()]
    if re.search(r"(?:anh|chị|chi|cô|em|bà|ông|bạn|ms|mrs|miss)\.? $", before):
        return False
    alone = len(match.string.split()) <= 3
    return alone or (match[0] != "kia" and match[0] != "mốt" and now.raw[match.start()].islower())


_OF_WEEK = rf"(?:,? (?:của )?(?:(?P<week>tuần) (?P<shift>{SHIFT_AFTER})|(?P<near>{SHIFT_AFTER})))"
_COUNTED = re.compile(
    r"(?:lần|kỳ|họp|cuộc|bản|điều|người|phần|khóa|khoá|đợt|năm|giai đoạn|vòng|nhóm|lop|lan|ky|cuoc) $"
)


@reads(
    rf"(?:vào )?(?:ngày )?(?P<weekday>{words.WEEKDAY_AFTER}){_OF_WEEK}?", near="thứ|nhật|t2|t3|t4|t5|t6|t7|cn"
)
def weekday(match, now):
    said = match["weekday"]
    if _COUNTED.search(match.string[: match.start()]):
        return None  # "lần thứ hai" is the second time
    if said[0] == "t" and said[1:].isdigit() and not (match["week"] or len(match.string) <= 4):
        return None
    name = re.sub(r"^(?:thứ|thu|t) ?(?=\S)", "", said)
    return _weekday(words.weekday(name), match, now)


def _weekday(number, match, now):
    if match["week"]:
        there = unit_span("week", words.shift(match["shift"]), now)
        return one_day(there.start + number * DAY, fixed=True, kind="weekday")
    ahead = (number - now.today.weekday()) % 7
    if match["near"] is None:
        return one_day(now.today + ahead * DAY, kind="weekday").noting("next", now.today)
    shift = words.shift(match["near"])
    if shift > 0:
        ahead = ahead or 7
    elif shift < 0:
        ahead -= 7
    else:
        return one_day(week_span(now.today).start + number * DAY, fixed=True, kind="weekday")
    return one_day(now.today + ahead * DAY, fixed=True, kind="weekday")


_ENGLISH_WEEKDAY = "monday|tuesday|wednesday|thursday|friday|saturday|sunday|mon|tues?|wed|thurs?|fri"


@reads(
    rf"(?:(?P<near>this|next|coming|the coming|last) )?(?P<weekday>{_ENGLISH_WEEKDAY})\.?"
    r"(?: (?:of )?(?:(?P<shift>this|next|last|the coming) (?P<week>week)))?",
    near="mon|tue|wed|thur|fri|satur|sun",
)
def english_weekday(match, now):
    """Read a weekday; "next Monday" is the next one after today."""
    if words.bare(match["weekday"]) == "thu":
        return None
    return _weekday(words.weekday(match["weekday"]), match, now)


@reads(
    r"(?P<which>ngày đầu tiên|ngày đầu|ngày cuối cùng|ngày cuối|the first day|first day|the last day|last day)"
    rf"(?: của| of)?(?: tháng (?:(?P<month>{MONTH})|(?P<shift>{SHIFT_AFTER}))| (?P<english>{LONG_ENGLISH_MONTH}|may)"
    rf"| (?:this|the) month| tháng){_YEAR.replace('shift', 'shift2')}?",
    near="ngày_đầu|ngày_cuối|first_day|last_day",
)
def edge_of_month(match, now):
    from coalition.dates.periods import month_named

    span = month_named(
        match["month"] or match["english"], match["year"], match["shift2"], match["shift"] or "này", now
    )
    first = words.bare(match["which"]).removeprefix("the ").startswith(("ngay dau", "first"))
    return replace(
        span,
        start=span.start if first else span.end,
        end=span.start if first else span.end,
        grain="day",
        kind="date",
    )
