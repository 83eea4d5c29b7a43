"""Readers of weeks, months, quarters, years: tuần tới, cuối tháng 4, quý I/2015, hết năm, early May."""

import re
from dataclasses import replace

from coalition.dates import words
from coalition.dates.quarters import Quarter
from coalition.dates.readers import reads
from coalition.dates.spans import (
    DAY,
    add_months,
    last_of_month,
    month_span,
    next_yearly,
    part,
    quarter_span,
    unit_span,
    year_span,
)
from coalition.dates.words import (
    ENGLISH_MONTH,
    LONG_ENGLISH_MONTH,
    MONTH,
    NUMBER,
    SHIFT_AFTER,
    SHIFT_BEFORE,
    YEAR,
)

_PARTS = {
    "đầu": "first",
    "giữa": "middle",
    "cuối": "last",
    "hết": "all",
    "trong": "all",
    "beginning": "first",
    "start": "first",
    "early": "first",
    "middle": "middle",
    "mid": "middle",
    "end": "last",
    "late": "last",
}
_PARTS |= {words.bare(word): which for word, which in _PARTS.items()}
_PART = r"(?:khoảng )?(?P<part>đầu|giữa|cuối)(?: của)? "
_ENGLISH_PART = r"(?:the )?(?P<part>beginning|start|early|middle|mid|end|late)(?:-| of the | of | in | )"
_YEAR = (
    rf"(?:(?: ?[/.,-] ?| (?:(?:của|với|of|trong) )?(?:năm )?)(?P<year>{YEAR})|"
    rf" (?:của )?năm (?P<shift>nay|này|sau|tới|ngoái|trước))"
)
_NOT_A_DAY = r"(?! (?:ngày|khi|tết|mồng|mùng|[0-9]))"
_SEPARATOR = re.compile(
    r" ?(,|-|và|hoặc|đến|tới|to|den|toi|and|va)(?: cuối| đầu| giữa)?(?: tháng| quý| quí| q)? ?"
)
# What may follow a second number: "tháng 4, 5 tổ chức" are five organisations, not May.
_ENDED = r"(?= ?(?:$|[,.;:)/-])| (?:năm|và|của|đến|tới|để|tại|ở|sẽ|là|thì|do|nay|sau|này|hoặc|với|tháng|quý|hàng|trước|khi))"
_IMPOSSIBLE = re.compile(r"(?:ngày|mồng|mùng|ngay|mong|mung) [0-9]{1,3} $")
_COUNTED = re.compile(rf"(?<!\w)(?:{NUMBER}|vài|mấy) $")
_STRETCHES = ("-", "đến", "tới", "to", "den", "toi")


def _which(match):
    return _PARTS[match["part"]] if match["part"] else "all"


def month_named(name, year, year_shift, shift, now):
    """Return the month by its name and year, else by how it stands to this one, else the next of that name."""
    if name is None:
        return unit_span("month", words.shift(shift), now)
    month = words.month(name)
    if year or year_shift:
        year = int(year) if year else now.today.year + words.shift(year_shift)
        return month_span(year, month, fixed=True)
    if shift and shift not in ("này", "nay"):
        return _month_beside(month, words.shift(shift), now)
    return next_yearly(lambda year: month_span(year, month), now)


def _month_beside(month, shift, now):
    """ "tháng 3 tới" is the first March after this month; "tháng 3 vừa rồi" the last one before."""
    here = now.today.replace(day=1)
    months = (month - here.month) % 12
    if shift > 0:
        months = months or 12
    elif shift < 0:
        months -= 12
    there = add_months(here, months)
    return month_span(there.year, there.month, fixed=True)


def _series(match, first, more, make):
    """Read "4, 5 và 6" or "3 - 5": `make` turns a name into a Span; a dash makes one stretch."""
    spans = [make(first)]
    pieces = _SEPARATOR.split(more or "")[1:]
    for separator, piece in zip(pieces[::2], pieces[1::2], strict=False):
        span = make(piece)
        if span.end < spans[-1].end and not span.fixed:
            span = _a_year_later(span, 1)
        elif span.end < spans[-1].end:
            spans[-1] = _a_year_later(spans[-1], -1)  # "từ tháng 11 đến tháng 2 năm 2016"
        if separator in _STRETCHES:
            begins = part(spans[-1], _which(match)).start
            spans[-1] = replace(spans[-1], start=begins, end=span.end, kind="stretch")
        else:
            spans.append(span)
    return [part(span, _which(match)) if span.kind == "period" else span for span in spans]


def _a_year_later(span, years):
    return replace(
        span,
        start=add_months(span.start, 12 * years),
        end=last_of_month(span.end.year + years, span.end.month),
    )


def _parted_yearly(match, make, now):
    """Choose the year so that the part, not the whole, is still ahead: in mid-April "đầu tháng 4" is next year's."""
    which = _which(match)
    if which == "all":
        return next_yearly(make, now)
    whole = next_yearly(lambda year: part(make(year), which), now)
    spans = (make(year) for year in (whole.end.year, whole.end.year - 1))
    return next(span.noting("next", now.today) for span in spans if span.start <= whole.end <= span.end)


@reads(
    rf"(?:{_PART})?(?:vào )?tháng (?P<month>{MONTH})(?! lần)"
    rf"(?P<more>(?: ?(?:(?:,|-|và|hoặc) ?(?:(?:cuối |đầu |giữa )?tháng )?|(?:đến|tới) ?(?:tháng )?)"
    rf"(?:{MONTH})(?! ?(?:/|-) ?[0-9]{{1,2}}(?![0-9])){_ENDED})*)"
    rf"(?:{_YEAR}| (?P<near>{SHIFT_AFTER}){_NOT_A_DAY})?",
    near="tháng",
)
def month(match, now):
    if _IMPOSSIBLE.search(match.string[: match.start()]):
        return []  # "ngày 32 tháng 1" is not all of January

    def make(name):
        if not (match["year"] or match["shift"] or match["near"]):
            number = words.month(name)
            return _parted_yearly(match, lambda year: month_span(year, number), now)
        return month_named(name, match["year"], match["shift"], match["near"], now)

    return _series(match, match["month"], match["more"], make)


@reads(
    rf"(?:(?P<part>đầu|giữa|cuối) )?t(?P<month>1[0-2]|0?[1-9])(?:[/.-]| năm )(?P<year>{YEAR})|(?<!/)(?P<month2>1[0-2]|0?[1-9])[/](?P<year2>{YEAR})(?!/)",
    near="#",
)
def month_in_figures(match, now):
    before = match.string[max(0, match.start() - 12) : match.start()]
    if re.search(r"số |định |thông tư |văn |luật |chỉ thị |quyết |điều ", before):
        return None
    year, number = match["year"] or match["year2"], match["month"] or match["month2"]
    return part(month_span(int(year), int(number), fixed=True), _which(match))


@reads(
    rf"(?:{_ENGLISH_PART})?(?P<month>{ENGLISH_MONTH})(?P<more>(?: ?(?:,|-|and|to) ?(?:{ENGLISH_MONTH}))*)(?:,? (?:of )?(?P<year>{YEAR}))?",
    near="jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec",
)
def english_month(match, now):
    name, before = match["month"].rstrip("."), match.string[: match.start()]
    plain = not (match["part"] or match["year"] or match["more"])
    if (
        plain
        and not re.fullmatch(LONG_ENGLISH_MONTH, name)
        and not re.search(
            r"(?:\bin|by|before|after|until|during|since|from|next|every|latest|due|to|and|this|mid)[ -]$",
            before,
        )
        and match[0] != match.string
    ):
        return None  # "may", "mar" and "dec" are words and names until something dates them

    def make(name):
        number = words.month(name)
        if match["year"]:
            return month_span(int(match["year"]), number, fixed=True)
        return _parted_yearly(match, lambda year: month_span(year, number), now)

    return _series(match, name, match["more"], make)


_QUARTER_NAME = r"(?:iv|i{1,3}|[1-4](?![0-9])|một|nhất|hai|ba|tư|bốn)(?!\w)"


@reads(
    rf"(?:{_PART})?(?:quý|quí|q) ?(?P<quarter>{_QUARTER_NAME})"
    rf"(?P<more>(?: ?(?:,|-|và|hoặc|đến|tới) ?(?:(?:quý|quí|q) ?)?(?:{_QUARTER_NAME}){_ENDED})*){_YEAR}?",
    near="quý|quí|q",
)
def quarter(match, now):
    def make(name):
        number = 1 if name.strip() in ("nhất", "nhat") else words.quarter(name)
        if match["year"]:
            return quarter_span(Quarter(int(match["year"]), number), fixed=True)
        if match["shift"]:
            return quarter_span(Quarter(now.today.year + words.shift(match["shift"]), number), fixed=True)
        return _parted_yearly(match, lambda year: quarter_span(Quarter(year, number)), now)

    return _series(match, match["quarter"], match["more"], make)


@reads(
    rf"(?:{_ENGLISH_PART})?(?:(?:the )?(?P<ordinal>first|second|third|fourth|1st|2nd|3rd|4th) quarter|"
    rf"q ?(?P<quarter>[1-4])|quarter (?P<quarter3>[1-4]))(?:(?: of|/|-|,)? ?(?P<year>{YEAR}))?|(?P<year2>{YEAR}) ?-?q(?P<quarter2>[1-4])",
    near="quarter|q",
)
def english_quarter(match, now):
    number = words.quarter(match["ordinal"] or match["quarter"] or match["quarter2"] or match["quarter3"])
    year = match["year"] or match["year2"]
    if year:
        return part(quarter_span(Quarter(int(year), number), fixed=True), _which(match))
    return part(_parted_yearly(match, lambda year: quarter_span(Quarter(year, number)), now), _which(match))


@reads(
    rf"(?:{_PART})?(?:ngày )?(?P<unit>tuần lễ|tuần|tháng|quý|quí|năm) (?P<near>{SHIFT_AFTER}){_NOT_A_DAY}(?: của)?",
    near="tuần|tháng|quý|quí|năm",
)
def placed_unit(match, now):
    """ "tuần tới", "cuối tháng này", "đầu năm sau"; "2 tuần sau hội thảo" counts from something else."""
    if match["near"] in ("sau", "trước", "truoc") and _COUNTED.search(match.string[: match.start()]):
        return None
    return part(unit_span(words.unit(match["unit"]), words.shift(match["near"]), now), _which(match))


@reads(
    rf"(?:{_PART})?(?:sang (?P<unit>tuần|tháng|quý|quí|năm)(?! (?:{SHIFT_AFTER}|{YEAR}|[0-9i]))|năm (?P<ago>kia|kìa))",
    near="sang|năm_kia|năm_kìa",
)
def unit_beyond(match, now):
    """ "sang năm" is next year, "năm kia" the one before last."""
    if match["ago"]:
        return unit_span("year", -3 if match["ago"] == "kìa" else -2, now)
    return part(unit_span(words.unit(match["unit"]), 1, now), _which(match))


@reads(
    r"(?P<part>đầu|giữa|cuối|hết|trong) (?P<unit>tuần|tháng|quý|quí|năm)"
    r"(?! (?:học|tài chính|công|lễ|vị|trước|[0-9]|i|một|hai|ba|tư|bốn|năm|sáu|bảy|tám|chín|mười|giêng|hành|tới|sau|này|nay|qua|vừa))",
    near="tuần|tháng|quý|quí|năm",
)
def bare_unit(match, now):
    """ "cuối quý", "hết năm": of the one we are in."""
    if re.match(r" (?:đầu|thứ)", match.string[match.end() :]):
        return None
    span = unit_span(words.unit(match["unit"]), 0, now)
    parted = part(span, _PARTS[match["part"]])
    if parted.end < now.today:  # "đầu tháng", said in the last week of one
        parted = part(unit_span(words.unit(match["unit"]), 1, now), _PARTS[match["part"]])
    return replace(parted, fixed=False)


@reads(
    rf"(?:{_ENGLISH_PART})?(?:the )?(?:(?P<near>{SHIFT_BEFORE}|the) )(?P<unit>week|month|quarter|year)",
    near="week|month|quarter|year",
)
def english_unit(match, now):
    near = match["near"]
    if near == "the" and not match["part"]:
        return None
    return part(unit_span(match["unit"], 0 if near == "the" else words.shift(near), now), _which(match))


@reads(
    r"(?:the )?(?P<part>end|middle|beginning) of (?P<unit>week|month|quarter|year)|(?:this|next|the) weekend|(?:month|quarter|year)[- ]end",
    near="week|month|quarter|year",
)
def english_edge(match, now):
    if "weekend" in match[0]:
        return part(unit_span("week", 1 if match[0].startswith("next") else 0, now), "last")
    return part(
        unit_span(match["unit"] or re.split("[- ]", match[0])[0], 0, now),
        _which(match) if match["part"] else "last",
    )


@reads(
    rf"(?:{_PART}|(?P<whole>cả|hết|trong) )?(?:năm )(?P<year>{YEAR})(?: ?- ?(?P<last>{YEAR}))?|(?P<alone>{YEAR})",
    near="#",
)
def year(match, now):
    if match["alone"]:
        before = match.string[: match.start()]
        asked = re.search(
            r"(?:\bin|by|before|after|until|during|since|of|end of|early|mid|late|hết|cuối|trước)[ -]$",
            before,
        )
        if match[0] != match.string and not asked:
            return None
    span = year_span(int(match["year"] or match["alone"]), fixed=True)
    if match["last"]:
        return replace(span, end=year_span(int(match["last"])).end, kind="stretch")
    return part(span, _which(match))


_SEASONS = {"xuân": 1, "hè": 6, "hạ": 6, "thu": 9, "đông": 12}
_SEASONS |= {words.bare(name): month for name, month in _SEASONS.items()}


@reads(
    rf"(?:(?:mùa|dịp) (?P<season>xuân|hè|hạ|thu|đông)|hè(?= (?:năm )?(?:nay|này|sau|tới|{YEAR})))(?: (?:(?:năm )?(?P<near>nay|này|sau|tới)|(?:năm )?(?P<year>{YEAR})))?",
    near="mùa|dịp|hè",
)
def season(match, now):
    """ "mùa hè": June to August, as schools and offices count."""
    first = _SEASONS[match["season"] or "hè"]

    def make(year):
        start = month_span(year, first).start
        return replace(month_span(year, first), start=start, end=add_months(start, 3) - DAY, grain="quarter")

    if match["year"]:
        return replace(make(int(match["year"])), fixed=True)
    if match["near"] and words.shift(match["near"]) == 1:
        return replace(make(now.today.year + 1), fixed=True)
    return next_yearly(make, now)
