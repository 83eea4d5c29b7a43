"""On which day each step reminds, and that windows of due dates say the same."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as some

from coalition.dates import is_working_day
from coalition.obligations import ladder
from coalition.obligations.models import ReminderRule

D = dt.date
LADDER = [ReminderRule(pk=pk, offset=offset) for pk, offset in enumerate((-14, -7, -1, 1, 7), start=1)]


def rule(offset):
    return ReminderRule(offset=offset)


@pytest.mark.parametrize(
    ("name", "due_on", "offset", "falls_on"),
    [
        # Tết 2025: days off 25 January to 2 February.
        ("Tết 2025, D-7 in the holiday", D(2025, 2, 5), -7, D(2025, 1, 24)),
        ("Tết 2025, D-1 of the first working day", D(2025, 2, 3), -1, D(2025, 1, 24)),
        ("Tết 2025, D+1 of the last working day", D(2025, 1, 24), 1, D(2025, 2, 3)),
        # Tết 2026: days off 14 to 22 February (mùng 1 on the 17th).
        ("Tết 2026, D-7 in the holiday", D(2026, 2, 25), -7, D(2026, 2, 13)),
        ("Tết 2026, D-1 of the first working day", D(2026, 2, 23), -1, D(2026, 2, 13)),
        ("Tết 2026, D+1 of the last working day", D(2026, 2, 13), 1, D(2026, 2, 23)),
        ("Tết 2026, D+7 in the holiday", D(2026, 2, 12), 7, D(2026, 2, 23)),
        # Tết 2027: mùng 1 on 6 February; people are back on the 11th.
        ("Tết 2027, D-7 in the holiday", D(2027, 2, 15), -7, D(2027, 2, 3)),
        ("Tết 2027, D+1 of a day before", D(2027, 2, 3), 1, D(2027, 2, 11)),
        ("30 April and 1 May 2025, D-1 of the next working day", D(2025, 5, 5), -1, D(2025, 4, 29)),
        ("30 April and 1 May 2026, D+1", D(2026, 4, 29), 1, D(2026, 5, 4)),
        ("a Friday due date at D-1", D(2025, 3, 14), -1, D(2025, 3, 13)),
        ("a Monday due date at D-1", D(2025, 3, 17), -1, D(2025, 3, 14)),
        ("a Friday due date at D+1", D(2025, 3, 14), 1, D(2025, 3, 17)),
        ("end of the first quarter at D-14", D(2025, 3, 31), -14, D(2025, 3, 17)),
        ("end of the second quarter at D-1", D(2025, 6, 30), -1, D(2025, 6, 27)),
        ("end of the third quarter at D+7", D(2025, 9, 30), 7, D(2025, 10, 7)),
        ("end of the year at D+1", D(2025, 12, 31), 1, D(2026, 1, 2)),
    ],
)
def test_the_day_of_a_step(name, due_on, offset, falls_on):
    assert ladder.falls_on(rule(offset), due_on) == falls_on, name


def test_staff_may_make_a_saturday_a_working_day():
    saturday = D(2025, 3, 15)

    assert ladder.falls_on(rule(-1), D(2025, 3, 16), {saturday: True}) == saturday


@given(some.dates(D(2024, 1, 1), D(2027, 12, 31)), some.dates(D(2024, 1, 1), D(2027, 12, 31)))
def test_a_due_date_lies_in_the_window_of_the_latest_step_it_has_reached(today, due_on):
    reached = [rule for rule in LADDER if ladder.falls_on(rule, due_on) <= today]
    expected = [max(reached, key=lambda rule: rule.offset).pk] if reached else []
    urgent = ladder.urgent_dates(today)
    if urgent and not urgent[0] <= due_on <= urgent[1]:
        expected = []

    found = [window.rule.pk for window in ladder.windows(LADDER, today) if due_on in window]

    assert found == expected


@given(some.dates(D(2024, 1, 1), D(2027, 12, 31)), some.sampled_from([-14, -7, -1, 0, 1, 7, 10]))
def test_no_step_falls_on_a_day_off(due_on, offset):
    assert is_working_day(ladder.falls_on(rule(offset), due_on))
