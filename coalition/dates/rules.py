"""The words in which a reading is shown to the person who confirms it, in Vietnamese and English."""

_GRAINS = {
    "vi": {
        "day": "ngày",
        "week": "tuần",
        "month": "tháng",
        "quarter": "quý",
        "year": "năm",
        "working_day": "ngày làm việc",
    },
    "en": {
        "day": "day",
        "week": "week",
        "month": "month",
        "quarter": "quarter",
        "year": "year",
        "working_day": "working day",
    },
}
_RELATIONS = {
    "vi": {
        "by": "chậm nhất ngày {due}",
        "on": "vào ngày {start}",
        "in": "từ {start} đến {end}",
        "after": "không trước ngày {after}",
        "every": "lặp lại theo {grain}",
        "none": "không có ngày nào được nêu",
        "by_passed": "hạn đã qua",
    },
    "en": {
        "by": "no later than {due}",
        "on": "on {start}",
        "in": "from {start} to {end}",
        "after": "not before {after}",
        "every": "repeated every {grain}",
        "none": "no date is named",
        "by_passed": "the date has passed",
    },
}
_NOTES = {
    "vi": {
        "next": "lấy lần gần nhất kể từ {0}",
        "first_part": "đầu {0}",
        "middle_part": "giữa {0}",
        "last_part": "cuối {0}",
        "tet": "Tết Nguyên đán, mùng 1 là ngày {0}, tính cả ngày nghỉ",
        "lunar": "ngày {0} tháng {1} âm lịch",
        "lunar_month": "tháng {0} âm lịch",
        "working": "tính ngày làm việc",
        "within": "trong vòng {0} {1}",
        "later": "sau {0} {1}",
        "earlier": "{0} {1} trước",
        "before_that": "{0} {1} trước mốc đó",
        "after_that": "{0} {1} sau mốc đó",
        "coming": "{0} {1} tới, không tính {1} này",
        "each": "cứ {0} {1} một lần",
        "named": "kỳ gần nhất kết thúc ngày {0}",
        "office": "theo giờ hành chính, {0} là {1}",
        "today": "không nêu ngày nên hiểu là hôm nay",
        "explained": "ngày ghi rõ bên cạnh được lấy",
        "weekday": "ngày {0} không phải là thứ đã ghi",
        "before": "trước khi kỳ đó bắt đầu",
        "waiting": "thời gian sẽ thông báo sau",
    },
    "en": {
        "next": "the next one from {0}",
        "first_part": "the first part of the {0}",
        "middle_part": "the middle of the {0}",
        "last_part": "the end of the {0}",
        "tet": "Lunar New Year, whose first day is {0}, days off included",
        "lunar": "day {0} of lunar month {1}",
        "lunar_month": "lunar month {0}",
        "working": "working days counted",
        "within": "within {0} {1}(s)",
        "later": "{0} {1}(s) from today",
        "earlier": "{0} {1}(s) ago",
        "before_that": "{0} {1}(s) before that day",
        "after_that": "{0} {1}(s) after that day",
        "coming": "the {0} {1}(s) after this one",
        "each": "once in {0} {1}(s)",
        "named": "the next one ends on {0}",
        "office": "in office hours {0} means {1}",
        "today": "no day is named, so today",
        "explained": "the date written beside it is taken",
        "weekday": "{0} is not the weekday written",
        "before": "before it begins",
        "waiting": "the time will be announced",
    },
}


def _day(day):
    return day.strftime("%d/%m/") + f"{day.year:04d}" if day else ""


def _value(value, language):
    if hasattr(value, "isoformat") and hasattr(value, "year"):
        return _day(value)
    return _GRAINS[language].get(value, str(value))


def say(deadline, language="vi"):
    """Return one sentence without a full stop: what was understood; in brackets what was assumed."""
    language = "vi" if str(language).startswith("vi") else "en"
    relation = deadline.relation
    if relation == "in" and deadline.start == deadline.end:
        relation = "on"
    if relation == "by" and deadline.due_on is None:
        relation = "by_passed"
    said = _RELATIONS[language][relation].format(
        due=_day(deadline.due_on),
        start=_day(deadline.start),
        end=_day(deadline.end),
        after=_day(deadline.not_before),
        grain=_GRAINS[language].get(deadline.grain, ""),
    )
    if deadline.start_time:
        hours = deadline.start_time.strftime("%H:%M")
        said += f", {hours}" + (f"–{deadline.end_time:%H:%M}" if deadline.end_time else "")
    notes = [
        _NOTES[language][key].format(*(_value(value, language) for value in values))
        for key, values in deadline.notes
    ]
    return f"{said} ({'; '.join(notes)})" if notes else said
