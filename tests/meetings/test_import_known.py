"""Minutes of a meeting that the portal knows already: what is new is added to it, what is there stays."""

import datetime as dt

import pytest

from meetings import actions
from meetings.models import ActionPoint, AgendaItem, Meeting
from tests.factories.meetings import ROWS, as_text
from tests.meetings.test_import import counted, imported

pytestmark = pytest.mark.django_db
DAY = dt.date(2015, 4, 7)


def test_a_planned_meeting_takes_in_its_minutes_and_loses_its_empty_headings(
    reference, organisations, group, text_file
):
    planned = actions.plan(group=group, starts_on=DAY)
    kept = planned.items.first()
    kept.content = "Đã ghi trước."
    kept.save()

    imported(text_file)

    meeting = Meeting.objects.get(activity__starts_on=DAY)
    assert (meeting, meeting.state, meeting.points.count()) == (planned, "held", 6)
    assert list(meeting.items.filter(parent=None).in_agenda().values_list("title", flat=True)) == [
        kept.title,
        ROWS[1][0][0],
        "Lan – Bình Minh báo cáo chuyến đi",
    ]


def test_minutes_that_were_taken_here_keep_all_they_have(organisations, group, text_file, word_file):
    meeting = actions.plan(group=group, starts_on=DAY, with_agenda=False)
    actions.hold(meeting)
    own = AgendaItem(meeting=meeting, title="Ghi tại chỗ", order=100)
    own.save()

    first = imported(text_file)
    before = counted()

    assert imported(word_file) == imported(text_file) == first
    assert counted() == before
    assert Meeting.objects.filter(activity__starts_on=DAY).count() == 1
    assert meeting.items.in_agenda().first() == own


def test_approved_minutes_are_opened_for_what_is_new_and_stay_closed_where_nothing_is(
    organisations, group, text_file, coordinator
):
    meeting = actions.plan(group=group, starts_on=DAY, with_agenda=False)
    actions.hold(meeting)
    actions.approve(meeting, by=coordinator)

    imported(text_file)
    meeting.refresh_from_db()
    assert (meeting.state, meeting.versions.count(), meeting.points.count()) == ("held", 1, 6)

    actions.approve(meeting, by=coordinator)
    imported(text_file)
    meeting.refresh_from_db()
    assert (meeting.state, meeting.versions.count(), meeting.points.count()) == ("approved", 2, 6)


def test_what_was_moved_or_taken_out_here_does_not_come_back(organisations, group, text_file):
    imported(text_file)
    meeting = Meeting.objects.get(activity__starts_on=DAY)
    actions.remove_point(meeting.points.first(), by=None)
    item = meeting.items.in_agenda().first()
    item.order, item.title = 5000, "Đổi tên"
    item.save()
    before = counted()

    imported(text_file)

    assert counted() == before
    assert ActionPoint.everything.filter(meeting=meeting).count() == 6


def test_another_group_on_the_same_day_is_another_meeting(organisations, group, text_file):
    actions.plan(group=None, starts_on=DAY, with_agenda=False)

    imported(text_file)

    assert Meeting.objects.filter(activity__starts_on=DAY).count() == 2


def test_the_review_says_that_the_meeting_is_known(client, staff, organisations, group):
    meeting = actions.plan(group=group, starts_on=DAY, with_agenda=False)
    client.force_login(staff)

    review = client.post("/meetings/import/", {"text": as_text(), "held_on": DAY, "group": group.pk})

    assert review.context["known"] == meeting
    assert meeting.get_absolute_url() in review.content.decode()
