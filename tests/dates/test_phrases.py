"""A table of phrases with the days they mean, and properties that hold for whatever is typed."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coalition.dates import parse_deadline, tet_day
from coalition.dates.lunar import solar

TODAY = date(2015, 2, 3)
TABLE = Path(__file__).with_name("phrases.psv")


def rows():
    for line in TABLE.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            phrase, *cells = (cell.strip() for cell in line.split("|"))
            yield pytest.param(phrase, *cells, id=phrase)


def shown(deadline):
    begins, ends = deadline.start_time, deadline.end_time
    hours = (f"{begins:%H:%M}" if begins else "") + (f"-{ends:%H:%M}" if ends else "")
    start, end, due, after = (
        day.isoformat() if day else ""
        for day in (deadline.start, deadline.end, deadline.due_on, deadline.not_before)
    )
    return [deadline.relation, start, "=" if start and start == end else end, due, after, hours]


def test_the_table_is_long_enough():
    assert len(list(rows())) >= 150


@pytest.mark.parametrize(
    ("phrase", "relation", "start", "end", "due_on", "not_before", "hours"), list(rows())
)
def test_a_phrase_means_these_days(phrase, relation, start, end, due_on, not_before, hours):
    assert shown(parse_deadline(phrase, TODAY)) == [relation, start, end, due_on, not_before, hours]


def test_several_dates_of_one_phrase_stand_in_more():
    found = parse_deadline("Hội thảo tham vấn (cuối tháng 4 và 5)", TODAY)

    assert found.due_on == date(2015, 4, 30)
    assert [more.due_on for more in found.more] == [date(2015, 5, 31)]


def test_the_deadline_comes_before_what_follows_from_it():
    found = parse_deadline("Gửi kế hoạch trước Tết (10/2) để trung tâm chia sẻ sau Tết", TODAY)

    assert (found.relation, found.due_on) == ("by", date(2015, 2, 10))
    assert [(more.relation, more.not_before) for more in found.more] == [("after", date(2015, 2, 24))]


def test_a_deadline_among_other_dates_comes_first():
    found = parse_deadline("Báo cáo quý I/2014 và danh sách gửi trước 20/2", TODAY)

    assert (found.relation, found.due_on) == ("by", date(2015, 2, 20))


def test_days_joined_by_and_share_their_relation():
    found = parse_deadline("trước 28/2 và 15/3", TODAY)

    assert [(one.relation, one.due_on) for one in (found, *found.more)] == [
        ("by", date(2015, 2, 28)),
        ("by", date(2015, 3, 15)),
    ]


def test_staff_can_change_the_working_days():
    plain = parse_deadline("trong vòng 2 ngày làm việc", date(2015, 3, 5))
    longer = parse_deadline("trong vòng 2 ngày làm việc", date(2015, 3, 5), {date(2015, 3, 6): False})

    assert (plain.due_on, longer.due_on) == (date(2015, 3, 9), date(2015, 3, 10))


def test_the_json_has_the_agreed_shape():
    found = parse_deadline("Ngày 19 tháng 3 (từ 2h đến 5h)", TODAY).as_json()

    assert found == {
        "relation": "on",
        "start": "2015-03-19",
        "end": "2015-03-19",
        "start_time": "14:00",
        "end_time": "17:00",
        "grain": "day",
        "due_on": "2015-03-19",
        "not_before": None,
        "rule": "vào ngày 19/03/2015, 14:00–17:00 (lấy lần gần nhất kể từ 03/02/2015; theo giờ hành chính, 2h là 14:00)",
    }
    assert parse_deadline("TBD", TODAY).as_json("en") == {
        "relation": "none",
        "start": None,
        "end": None,
        "start_time": None,
        "end_time": None,
        "grain": None,
        "due_on": None,
        "not_before": None,
        "rule": "no date is named (the time will be announced)",
    }


def test_what_was_assumed_is_said():
    assert "office hours 2h means 14:00" in parse_deadline("2h ngày 19/3", TODAY).rule("en")
    assert "không phải là thứ đã ghi" in parse_deadline("thứ hai 19/3/2015", TODAY).rule()


PIECES = [
    "trước",
    "sau",
    "muộn nhất",
    "đến hết",
    "từ",
    "đến",
    "trong vòng",
    "hàng",
    "mỗi",
    "theo",
    "cuối",
    "đầu",
    "giữa",
    "ngày",
    "tháng",
    "quý",
    "năm",
    "tuần",
    "này",
    "tới",
    "sau nữa",
    "Tết",
    "mùng",
    "thứ",
    "hai",
    "ba",
    "tư",
    "chủ nhật",
    "28/2",
    "28/2/2014",
    "tháng chạp",
    "rằm",
    "cách đây",
    "20-11",
    "năm mới",
    "29/2",
    "31",
    "5",
    "10",
    "2",
    "IV",
    "làm việc",
    "h",
    "giờ",
    "rưỡi",
    "chiều",
    "và",
    ",",
    "-",
    "(",
    ")",
    ":",
    "/",
    "hôm nay",
    "hôm qua",
    "mai",
    "by",
    "before",
    "end of",
    "March",
    "next",
    "Monday",
    "Q3",
    "within",
    "weeks",
    "every",
    "nửa",
    "lần",
    "giêng",
    "trước đó",
    "kể từ",
    "nữa",
    "2 tuần",
]
todays = st.dates(min_value=date(2000, 1, 1), max_value=date(2090, 12, 31))


@settings(max_examples=400, deadline=None)
@given(st.text(max_size=200), st.dates())
def test_whatever_is_typed_is_read_without_an_error(text, today):
    parse_deadline(text, today).as_json()


@settings(max_examples=600, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=9).map(" ".join), todays)
def test_by_is_never_a_past_day(phrase, today):
    found = parse_deadline(phrase, today)

    for deadline in (found, *found.more):
        assert deadline.as_json()["rule"]
        if deadline.relation == "by":
            assert deadline.due_on is None or deadline.due_on >= today
        if deadline:
            assert deadline.start <= deadline.end


@settings(max_examples=200, deadline=None)
@given(st.dates(min_value=date(1995, 1, 1), max_value=date(2060, 12, 31)), todays)
def test_a_full_date_is_that_date_in_every_spelling(day, today):
    spellings = [
        f"{day:%d/%m/%Y}",
        f"{day.day}-{day.month}-{day.year}",
        f"{day:%d.%m.%Y}",
        day.isoformat(),
        f"ngày {day.day} tháng {day.month} năm {day.year}",
        f"{day.day} {day:%B} {day.year}",
        f"ngay {day.day} thang {day.month} nam {day.year}",
    ]

    due_on = day if day >= today else None

    for spelling in [*(f"hạn {spelling}" for spelling in spellings[:-1]), f"truoc {spellings[-1]}"]:
        found = parse_deadline(spelling, today)
        assert (found.relation, found.end, found.due_on) == ("by", day, due_on)


def test_a_deadline_that_has_passed_says_so_and_is_none():
    found = parse_deadline("trước ngày 28/2/2010", TODAY)

    assert (found.end, found.due_on) == (date(2010, 2, 28), None)
    assert found.rule() == "hạn đã qua"


@pytest.mark.parametrize("year", range(1902, 2100, 3))
def test_the_lunar_calendar_gives_the_public_holidays(year):
    assert (solar(1, 1, year), solar(1, 1, year) - timedelta(1)) == (tet_day(year), eve_of(year))


def eve_of(year):
    """Return the last day of the lunar year before, counted from its twelfth month."""
    try:
        return solar(30, 12, year - 1)
    except ValueError:
        return solar(29, 12, year - 1)


@pytest.mark.parametrize(
    ("year", "day"), [(1995, (4, 9)), (2006, (4, 7)), (2015, (4, 28)), (2023, (4, 29)), (2026, (4, 26))]
)
def test_the_hung_kings_are_remembered_on_the_tenth_of_the_third_month(year, day):
    assert solar(10, 3, year) == date(year, *day)


@pytest.mark.parametrize("day", [(31, 1, 2015), (1, 13, 2015), (0, 1, 2015), (1, 1, 1500)])
def test_a_lunar_day_that_does_not_exist_is_an_error(day):
    with pytest.raises(ValueError):
        solar(*day)
