from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coalition.dates import Quarter

days = st.dates(min_value=date(2, 1, 1), max_value=date(9998, 12, 31))


def test_a_quarter_knows_its_days_and_its_names():
    quarter = Quarter(2015, 1)

    assert (quarter.starts_on, quarter.ends_on) == (date(2015, 1, 1), date(2015, 3, 31))
    assert quarter.months == (1, 2, 3)
    assert quarter.label("vi") == "Quý I/2015"
    assert quarter.label("en") == "Q1 2015"
    assert str(quarter) == "Quý I/2015"
    assert quarter.code == "2015Q1"


def test_the_year_turns_between_the_fourth_and_the_first():
    assert Quarter(2015, 4).next() == Quarter(2016, 1)
    assert Quarter(2016, 1).previous() == Quarter(2015, 4)
    assert Quarter(2015, 2).shifted(-6) == Quarter(2013, 4)


@pytest.mark.parametrize("code", ["2015Q1", "2015-q1", " 2015Q1 "])
def test_a_code_is_read(code):
    assert Quarter.from_code(code) == Quarter(2015, 1)


@pytest.mark.parametrize("code", ["", "2015", "2015Q5", "Q1 2015", "15Q1"])
def test_what_is_no_code_is_refused(code):
    with pytest.raises(ValueError):
        Quarter.from_code(code)


def test_there_is_no_fifth_quarter():
    with pytest.raises(ValueError):
        Quarter(2015, 5)


@given(days)
def test_every_day_lies_in_its_quarter_and_quarters_leave_no_gap(day):
    quarter = Quarter.of(day)

    assert day in quarter
    assert (quarter.next().starts_on - quarter.ends_on).days == 1
    assert Quarter.from_code(quarter.code) == quarter
