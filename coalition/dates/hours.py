"""Hours in a phrase: 2h, 14h30, 2 giờ chiều, 9 giờ rưỡi, từ 2h đến 5h, 2:30 pm.

Office hours decide what the words leave open: 1 to 6 is in the afternoon, 7 to 12 as it stands.
"""

import re
from dataclasses import dataclass
from datetime import time

from coalition.dates import words

_PARTS = {
    "sáng": "morning",
    "trưa": "noon",
    "chiều": "afternoon",
    "tối": "evening",
    "đêm": "night",
    "am": "morning",
    "a.m.": "morning",
    "pm": "afternoon",
    "p.m.": "afternoon",
    "in the morning": "morning",
    "in the afternoon": "afternoon",
    "in the evening": "evening",
    "morning": "morning",
    "afternoon": "afternoon",
    "evening": "evening",
    "noon": "noon",
}
_PARTS |= {words.bare(word): part for word, part in _PARTS.items()}
_PART_HOURS = {
    "morning": (time(8), time(12)),
    "noon": (time(12), time(13)),
    "afternoon": (time(13), time(17)),
    "evening": (time(18), time(21)),
    "night": (time(21), time(23, 59)),
}
_HOUR_WORD = "|".join(
    sorted((w for w, n in words.NUMBERS.items() if n <= 24 and w not in ("a", "an")), key=len, reverse=True)
)
_VN_PART = r"(?:sáng|trưa|chiều|tối|đêm)"
_EN_PART = r"(?:am|pm|a\.m\.|p\.m\.|in the (?:morning|afternoon|evening))"


def _clock(prefix):
    """The pattern of one time of day; its groups begin with `prefix`."""
    return (
        rf"(?:(?P<{prefix}hour>[01]?[0-9]|2[0-4])(?: ?(?:h|g|giờ)(?![a-zà-ỹ])|:(?=[0-5][0-9])|(?= rưỡi {_VN_PART}))|"
        rf"(?P<{prefix}word>{_HOUR_WORD}) giờ)"
        rf"(?: ?(?P<{prefix}minute>[0-5][0-9])(?![0-9/])(?: ?(?:phút|p)(?!\w))?(?::[0-5][0-9])?"
        rf"|(?P<{prefix}half> ?rưỡi)| kém (?P<{prefix}less>[0-9]{{1,2}}|năm|mười|mười lăm|hai mươi)(?: phút)?|(?: đúng))?"
        rf"(?: ?(?:buổi )?(?P<{prefix}part>{_VN_PART}|{_EN_PART}))?"
    )


_AMERICAN = (
    r"(?P<{0}hour2>1[0-2]|0?[1-9])(?:[:.](?P<{0}minute2>[0-5][0-9]))? ?(?P<{0}part2>am|pm|a\.m\.|p\.m\.)"
)
_TO = r" ?(?:đến|tới|-|to|until) {0,2}(?:lúc )?"
_BETWEEN = re.compile(
    r"(?<!\w)((?:giữa|giua|between|trong khoảng) [0-9][0-9:.hg ]{0,5}(?:giờ |gio |am |pm )?)(và|va|and)(?= [0-9])"
)
_LEAD = r"(?:vào giữa |giữa |between |vào lúc |vào khoảng |vào đúng |bắt đầu từ |lúc |từ |from |at |khoảng )?"
_FIRST = rf"(?:{_clock('a_')}|{_AMERICAN.format('a_')}|(?P<a_plain>1[0-9]|2[0-4]|[1-9])(?={_TO}(?:[0-9]{{1,2}}) ?(?:h|g|giờ|pm|am)))"
_SECOND = (
    rf"(?:{_clock('b_')}|{_AMERICAN.format('b_')}|(?P<b_plain>1[0-9]|2[0-4]|[1-9])(?![0-9/.-])(?! tháng))"
)
_HOURS = rf"(?:(?P<early>{_VN_PART}) )?{_LEAD}{_FIRST}(?:{_TO}{_SECOND})?"
_PLAIN_SIXTY = r"(?:lúc |at )(?P<oclock>[1-9]|1[0-2]) o'clock"
_DAY_PART = (
    r"(?:vào )?(?:buổi )?(?P<part>sáng|trưa|chiều|tối|đêm)(?= (?:nay|mai|qua|kia|thứ|chủ nhật|ngày|hôm|t[2-7]|[0-9]{1,2}/))|"
    r"(?:buổi )(?P<part2>sáng|trưa|chiều|tối)(?: nay)?|in the (?P<part3>morning|afternoon|evening)|"
    r"(?:tomorrow|today|yesterday|monday|tuesday|wednesday|thursday|friday|this) (?P<part4>morning|afternoon|evening|noon)"
)
_LENGTH_BEFORE = re.compile(
    r"(?:trong|trong vòng|trong thời hạn|tối đa|không quá|in the next|kéo dài|khoảng thời gian|thời lượng|mất|suốt|within|for|lasting)(?: khoảng)? $"
)
_LENGTH_AFTER = re.compile(r" ?(?:tới|nữa|qua|vừa|làm việc|đồng hồ|mỗi|/|một ngày|liên tục|tiếp theo)")


@dataclass(frozen=True)
class Hours:
    """From when to when, where in the phrase, and whether office hours were assumed."""

    begins: time
    ends: time | None
    where: tuple[int, int]
    assumed: bool = False
    named: bool = True  # a clock time was said, not only a part of the day


def find_hours(text, now):
    """Return the first hours in `text`, or None."""
    match = _first_clock(text, now)
    if match:
        return match
    found = words.pattern(_DAY_PART, now.bare).search(text)
    if not found:
        return None
    name = next(group for group in ("part", "part2", "part3", "part4") if found.groupdict()[group])
    part = _PARTS[found[name]]
    begins, ends = _PART_HOURS[part]
    where = found.span(name) if name in ("part", "part4") else found.span()
    return Hours(begins, ends, where, assumed=True, named=False)


def _first_clock(text, now):
    text = _BETWEEN.sub(lambda found: found[1] + "-".ljust(len(found[2])), text)  # letter for letter
    for match in words.pattern(_HOURS, now.bare).finditer(text):
        if (
            match["b_hour"] is None
            and match["b_hour2"] is None
            and match["b_word"] is None
            and match["b_plain"] is None
        ) and (_LENGTH_BEFORE.search(text[: match.start()]) or _LENGTH_AFTER.match(text, match.end())):
            continue  # "trong 2 giờ", "2 giờ nữa": how long, not when
        try:
            return _hours(match)
        except ValueError:
            continue
    return None


def _hours(match):
    """Turn the two times of a match into hours; a part of the day said once holds for both."""
    first, second = _time(match, "a_"), _time(match, "b_")
    part = first[2] or _PARTS.get(match["early"])
    assumed = part is None and (second is None or second[2] is None)
    begins, guessed = _placed(
        first[0], first[1], part or (second[2] if second and second[0] >= first[0] else None)
    )
    ends = None
    if second:
        ends, guessed_too = _placed(second[0], second[1], second[2] or _carried(part, first[0], second[0]))
        if ends <= begins and second[2] is None and ends.hour < 12:
            ends = ends.replace(hour=ends.hour + 12)
        guessed = guessed or guessed_too
    return Hours(begins, ends if ends is None or ends > begins else None, _where(match), assumed and guessed)


def _where(match):
    """Return where the hours stand; "tối" in "8 giờ tối nay" stays, for it dates them."""
    groups = match.groupdict()
    for name in ("b_part", "a_part"):
        if (
            groups[name]
            and re.match(r" (?:nay|qua)(?!\w)", match.string[match.end() :])
            and match.end(name) == match.end()
        ):
            return match.start(), match.start(name)
    return match.span()


def _carried(part, first, second):
    """ "sáng từ 8h đến 11h" ends in the morning, "sáng từ 8h đến 2h" after noon."""
    return part if part and (part != "morning" or second > first) else None


def _time(match, prefix):
    """Return (hour, minute, part of day) of one time of the match, or None."""
    groups = match.groupdict()
    got = lambda name: groups.get(prefix + name)  # noqa: E731  (six short look-ups)
    said = got("hour") or got("hour2") or got("plain")
    if said is None and got("word") is None:
        return None
    hour = int(said) if said else words.number(got("word"))
    minute = int(got("minute") or got("minute2") or (30 if got("half") else 0))
    if got("less"):
        hour, minute = (hour - 1) % 24, 60 - words.number(got("less"))
    part = got("part") or got("part2")
    return hour, minute, _PARTS.get(part) if part else None


def _placed(hour, minute, part):
    """Return the time of day and whether office hours placed it."""
    if hour == 24:
        hour = 0
    if part == "morning":
        return time(0 if hour == 12 else hour, minute), False
    if part == "noon":
        return time(hour + 12 if hour in (1, 2, 3) else hour, minute), False
    if part in ("afternoon", "evening"):
        return time(hour + 12 if hour < 12 else hour, minute), False
    if part == "night":
        return time(0 if hour == 12 else hour + 12 if 6 <= hour < 12 else hour, minute), False
    if 1 <= hour <= 6:
        return time(hour + 12, minute), True
    return time(hour, minute), False
