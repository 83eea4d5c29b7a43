"""Readers of days with a name: Tết, mùng 3 Tết, rằm tháng giêng, Trung thu, Quốc khánh, the children's month."""

import re
from dataclasses import replace
from datetime import date

from coalition.dates import words
from coalition.dates.lunar import solar
from coalition.dates.readers import reads
from coalition.dates.spans import DAY, Span, month_span, next_yearly, one_day
from coalition.dates.words import YEAR
from coalition.dates.working_days import tet, tet_day

_YEAR = rf"(?:,? (?:năm )?(?:(?P<year>{YEAR})|(?P<shift>nay|này|sau|tới|ngoái)))"
_FIXED_DAYS = {
    "tết dương lịch|tết tây|tết tây lịch|new year's day|new year": (1, 1),
    "thầy thuốc việt nam": (2, 27),
    "quốc tế phụ nữ|phụ nữ quốc tế|international women's day|women's day": (3, 8),
    "người khuyết tật việt nam": (4, 18),
    "giải phóng miền nam|thống nhất đất nước|chiến thắng": (4, 30),
    "quốc tế lao động|lao động quốc tế|labour day": (5, 1),
    "quốc tế thiếu nhi|tết thiếu nhi|international children's day|children's day": (6, 1),
    "gia đình việt nam": (6, 28),
    "thương binh liệt sĩ|thương binh, liệt sĩ": (7, 27),
    "quốc khánh|national day": (9, 2),
    "phụ nữ việt nam": (10, 20),
    "nhà giáo việt nam|trẻ em thế giới|thế giới trẻ em|quyền trẻ em thế giới|world children's day": (11, 20),
    "quốc tế người khuyết tật|người khuyết tật quốc tế": (12, 3),
    "nhân quyền|nhân quyền quốc tế|human rights day": (12, 10),
    "giáng sinh|nô-en|nô en|noel|christmas": (12, 25),
}
_FIXED_DAYS = {name: day for names, day in _FIXED_DAYS.items() for name in names.split("|")}
_LUNAR_DAYS = {
    "đoan ngọ|tết đoan ngọ": (5, 5),
    "phật đản": (15, 4),
    "vu lan|xá tội vong nhân": (15, 7),
    "trung thu|rằm trung thu|mid-autumn festival|mid-autumn": (15, 8),
    "giỗ tổ hùng vương|giỗ tổ|hùng vương|hung kings": (10, 3),
    "ông công ông táo|ông táo|ông công": (23, 12),
}
_LUNAR_DAYS = {name: day for names, day in _LUNAR_DAYS.items() for name in names.split("|")}
_MONTHS = {"giêng": 1, "chạp": 12}
_MONTHS |= {words.bare(name): month for name, month in _MONTHS.items()}
_FIXED_DAYS |= {words.bare(name): day for name, day in _FIXED_DAYS.items()}
_LUNAR_DAYS |= {words.bare(name): day for name, day in _LUNAR_DAYS.items()}


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


_LUNAR_MONTH = (
    rf"tháng (?:(?P<called>giêng|chạp)|(?P<month>{words.MONTH})(?P<said> (?:âm lịch|âl|ta|lunar))?)"
)


def _lunar(day, month, match, now):
    return _of_year(match, now, lambda year: one_day(solar(day, month, year)).noting("lunar", day, month))


@reads(
    rf"(?:(?P<full>rằm)|(?:ngày |mồng |mùng |ngày mồng |ngày mùng )?(?P<day>{words.DAY})) {_LUNAR_MONTH}{_YEAR}?"
    rf"(?P<after> (?:âm lịch|âl))?|(?P<day2>[12]?[0-9]|30)/(?P<month2>1[0-2]|[1-9]) ?\(?(?:âm lịch|âl)\)?",
    near="giêng|chạp|rằm|âm_lịch|âl",
)
def lunar_day(match, now):
    """ "rằm tháng giêng", "23 tháng chạp", "mùng 10 tháng 3 âm lịch", "15/7 âm lịch"."""
    if match["day2"]:
        return _lunar(int(match["day2"]), int(match["month2"]), match, now)
    if not (match["called"] or match["said"] or match["after"] or match["full"]):
        return None  # "mùng 10 tháng 3" is a solar day until it is called lunar
    month = _MONTHS[match["called"]] if match["called"] else words.month(match["month"])
    return _lunar(15 if match["full"] else words.number(match["day"]), month, match, now)


@reads(rf"(?:ngày )?(?P<day>2[0-9]|30|hai mươi (?:ba|bảy|tám|chín)|ba mươi) tết{_YEAR}?", near="tết")
def day_before_tet(match, now):
    """ "28 Tết" is the 28th of the last lunar month; "30 Tết" its last day, even in a month of 29."""
    number = words.number(match["day"])

    def make(year):
        if number == 30:
            return one_day(tet_day(year) - DAY).noting(
                "lunar", (tet_day(year) - solar(1, 12, year - 1)).days, 12
            )
        return one_day(solar(number, 12, year - 1)).noting("lunar", number, 12)

    return _of_year(match, now, make)


@reads(rf"{_LUNAR_MONTH}{_YEAR}?", near="giêng|chạp|âm_lịch|âl|lunar")
def lunar_month(match, now):
    """ "tháng giêng", "tháng chạp", "tháng 7 âm lịch"."""
    if not (match["called"] or match["said"]):
        return None
    month = _MONTHS[match["called"]] if match["called"] else words.month(match["month"])

    def make(year):
        following = solar(1, month + 1, year) if month < 12 else tet_day(year + 1)
        return Span(solar(1, month, year), following - DAY, "month").noting("lunar_month", month)

    return _of_year(match, now, make)


@reads(
    rf"(?:ngày |dịp |lễ |tết |ngày tết |ngày lễ |the )*(?P<name>{'|'.join(re.escape(name) for name in sorted(_LUNAR_DAYS, key=len, reverse=True))}){_YEAR}?",
    near="trung_thu|tổ|hùng|đoan|vu_lan|xá|phật|ông|mid-autumn|hung",
)
def lunar_festival(match, now):
    """ "Trung thu", "Giỗ tổ Hùng Vương": festivals by the lunar calendar."""
    return _lunar(*_LUNAR_DAYS[match["name"]], match, now)


@reads(rf"(?:đón |dịp |chào )?năm mới{_YEAR}?", near="năm_mới")
def new_year(match, now):
    """ "trước năm mới" is New Year's Day; "kế hoạch năm mới" is no day."""
    alone = match[0] == match.string.strip()
    asked = re.search(r"(?:trước|sau|đến|tới|truoc|den|toi|hết|het) $", match.string[: match.start()])
    if not (alone or asked or re.match(r"đón|dịp|chào|don|dip|chao", match[0])):
        return None
    return _of_year(match, now, lambda year: one_day(date(year, 1, 1)))


@reads(
    rf"(?:ngày |dịp |lễ |ngày lễ |the )*(?P<name>{'|'.join(re.escape(name) for name in sorted(_FIXED_DAYS, key=len, reverse=True))}){_YEAR}?"
)
def holiday(match, now):
    month, day = _FIXED_DAYS[match["name"]]
    return _of_year(match, now, lambda year: one_day(date(year, month, day)))


@reads(rf"tháng hành động vì trẻ em{_YEAR}?", near="hành_động")
def month_for_children(match, now):
    """The Law on Children 2016 (article 11) makes June the month of action for children."""
    return _of_year(match, now, lambda year: month_span(year, 6))
