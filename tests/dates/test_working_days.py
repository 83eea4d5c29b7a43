from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coalition.dates import (
    add_working_days,
    is_working_day,
    next_working_day,
    previous_working_day,
    tet,
    tet_day,
)

days = st.dates(min_value=date(1995, 1, 1), max_value=date(2050, 12, 31))


@pytest.mark.parametrize(
    ("year", "mung_1"),
    [
        (2015, date(2015, 2, 19)),
        (2025, date(2025, 1, 29)),
        (2026, date(2026, 2, 17)),
        (2027, date(2027, 2, 6)),
        (2028, date(2028, 1, 26)),
        (2007, date(2007, 2, 17)),
        (2030, date(2030, 2, 2)),
    ],
)
def test_the_lunar_new_year_is_that_of_viet_nam(year, mung_1):
    assert tet_day(year) == mung_1


def test_tet_runs_from_its_first_day_off_to_the_first_working_day():
    assert tet(2015) == (date(2015, 2, 15), date(2015, 2, 24))
    assert tet(2026) == (date(2026, 2, 14), date(2026, 2, 23))


def test_staff_can_lengthen_tet():
    assert tet(2026, {date(2026, 2, 23): False}) == (date(2026, 2, 14), date(2026, 2, 24))


def test_the_lunar_calendar_ends():
    with pytest.raises(ValueError):
        tet_day(2300)


def test_weekends_holidays_and_swapped_days():
    assert is_working_day(date(2015, 2, 13))
    assert is_working_day(date(2015, 2, 14))  # a Saturday worked for Monday 16
    assert not is_working_day(date(2015, 2, 16))
    assert not is_working_day(date(2015, 9, 2))
    assert not is_working_day(date(2026, 11, 22))


def test_overrides_win_over_the_calendar():
    sunday, monday = date(2026, 11, 22), date(2026, 11, 23)

    assert is_working_day(sunday, {sunday: True})
    assert not is_working_day(monday, {monday: False})
    assert next_working_day(sunday, {monday: False}) == date(
        2026, 11, 25
    )  # the 24th is a public holiday from 2026


def test_working_days_are_counted_over_tet():
    assert add_working_days(date(2015, 2, 13), 2) == date(2015, 2, 24)
    assert add_working_days(date(2015, 2, 24), -2) == date(2015, 2, 13)
    assert add_working_days(date(2015, 2, 19), 0) == date(2015, 2, 24)


@given(days)
def test_next_and_previous_are_worked_and_nearest(day):
    later, earlier = next_working_day(day), previous_working_day(day)

    assert earlier <= day <= later
    assert is_working_day(later)
    assert is_working_day(earlier)
    assert (later == day) == is_working_day(day) == (earlier == day)


@given(days, st.integers(min_value=1, max_value=60))
def test_there_and_back_again(day, number):
    start = next_working_day(day)

    assert add_working_days(add_working_days(start, number), -number) == start
