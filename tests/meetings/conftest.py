"""A group, its meeting, and one that is not shared with the coalition."""

import datetime as dt

import pytest

from tests.factories.meetings import MeetingFactory, WorkingGroupFactory

DAY = dt.date(2015, 2, 3)


@pytest.fixture
def group(secretariat):
    return WorkingGroupFactory(code="CRWG", name_vi="Nhóm công tác")


@pytest.fixture
def meeting(group, secretariat):
    return MeetingFactory(
        group=group, activity__lead=secretariat, activity__title="Họp tháng 2", activity__starts_on=DAY
    )


@pytest.fixture
def private(group, secretariat):
    return MeetingFactory(activity__lead=secretariat, activity__is_shared=False, activity__title="Họp nội bộ")
