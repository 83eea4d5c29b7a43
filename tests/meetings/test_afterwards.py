"""What follows a meeting: minutes sent round, commented, approved, on paper."""

import datetime as dt

import pytest
from django.urls import reverse

from coalition.notifications.models import Message
from meetings import actions
from meetings.models import (
    Comment,
    Meeting,
    MinutesVersion,
)
from tests.factories.meetings import (
    ActionPointFactory,
    AgendaItemFactory,
)

pytestmark = pytest.mark.django_db
DAY = dt.date(2015, 2, 3)


def address(name, thing):
    return reverse(f"meetings:{name}", args=[thing.public_id])


def test_minutes_go_to_everybody_invited_once_each_with_their_part(
    client, staff, focal, stranger, member, meeting
):
    actions.add_point(meeting, text="Gửi danh sách lớp", organisations=[member], by=staff)
    actions.plan_next(meeting, starts_on=dt.date(2015, 3, 19), by=staff)
    client.force_login(staff)

    for _time in (1, 2):
        client.post(address("meeting_circulate", meeting))

    letters = {letter.to_address: letter for letter in Message.objects.filter(kind="minutes")}
    assert sorted(letters) == sorted({focal.email, stranger.email})
    assert "Gửi danh sách lớp" in letters[focal.email].text_body
    assert "Gửi danh sách lớp" not in letters[stranger.email].text_body
    assert "BEGIN:VEVENT" in letters[focal.email].attachments[0]["text"]
    meeting.refresh_from_db()
    assert meeting.state == "circulated"


def test_minutes_of_a_meeting_that_was_not_held_are_not_sent(client, staff, meeting):
    Meeting.objects.update(state="planned")
    client.force_login(staff)

    client.post(address("meeting_circulate", meeting))

    assert not Message.objects.filter(kind="minutes").exists()


def test_comments_end_with_approval_and_a_replay_adds_none(client, focal, staff, meeting):
    client.force_login(focal)
    uuid = "8b4a7a10-7b1c-4c53-9a3b-0d7a1c6d9f11"

    for _time in (1, 2):
        client.post(address("comment_add", meeting), {"text": "Thiếu tên tổ chức", "client_uuid": uuid})
    actions.approve(meeting, by=staff)
    client.post(address("comment_add", meeting), {"text": "Muộn rồi"})

    assert list(Comment.objects.values_list("text", flat=True)) == ["Thiếu tên tổ chức"]


def test_approved_minutes_are_kept_and_closed(client, staff, member, meeting):
    item = AgendaItemFactory(meeting=meeting, content="Đã thống nhất")
    actions.add_point(meeting, text="Một việc", organisations=[member], item=item, by=staff)
    client.force_login(staff)

    for _time in (1, 2):
        client.post(address("meeting_approve", meeting))

    version = MinutesVersion.objects.get()
    assert version.contents["blocks"][0]["actions"][0]["text"] == "Một việc"
    typed = {"title": item.title, "content": "Sửa", "version": 1}
    assert client.post(address("item_edit", item), typed).status_code == 404
    assert client.get(address("minutes_take", meeting)).status_code == 302

    client.post(address("meeting_approve", meeting), {"reopen": "1"})
    assert client.post(address("item_edit", item), typed).status_code == 302


def test_minutes_leave_as_pdf_and_as_a_word_file_that_can_be_read_back(client, focal, meeting):
    import io

    from meetings.minutes import read_docx

    item = AgendaItemFactory(meeting=meeting, title="Vận động chính sách", content="Thư ngỏ\n- một **điểm**")
    ActionPointFactory(meeting=meeting, item=item, text="Gửi thư")
    client.force_login(focal)

    assert b"".join(client.get(address("minutes_pdf", meeting)).streaming_content).startswith(b"%PDF-")
    table = read_docx(io.BytesIO(b"".join(client.get(address("minutes_docx", meeting)).streaming_content)))
    assert table.rows == [[["Vận động chính sách", "Thư ngỏ", "· một điểm"], ["Gửi thư"]]]


def test_a_meeting_leaves_for_the_calendar(client, focal, meeting):
    client.force_login(focal)

    words = client.get(address("meeting_ics", meeting)).content.decode()

    assert "DTSTART;VALUE=DATE:20150203" in words
    assert "SUMMARY:Họp tháng 2" in words


def test_an_approved_version_is_shown_word_for_word_after_later_corrections(
    client, staff, focal, member, meeting
):
    item = AgendaItemFactory(meeting=meeting, content="Bản thứ nhất")
    actions.approve(meeting, by=staff)
    actions.reopen_minutes(meeting, by=staff)
    item.content = "Bản thứ hai"
    item.save()
    client.force_login(focal)

    version = reverse("meetings:minutes_version", args=[meeting.public_id, 1])
    page = client.get(version).content.decode()

    assert ("Bản thứ nhất" in page, "Bản thứ hai" in page) == (True, False)
    assert version in client.get(meeting.get_absolute_url()).content.decode()
    assert client.get(version.replace("/1/", "/2/")).status_code == 404


def test_a_version_of_minutes_that_are_not_shared_is_not_found(client, focal, staff, private):
    actions.approve(private, by=staff)
    client.force_login(focal)

    assert client.get(reverse("meetings:minutes_version", args=[private.public_id, 1])).status_code == 404


@pytest.mark.parametrize("name", ["attendance_edit", "meeting_edit"])
def test_day_place_and_attendance_of_approved_minutes_are_closed_too(client, staff, member, meeting, name):
    actions.approve(meeting, by=staff)
    client.force_login(staff)

    answer = client.post(address(name, meeting), {f"status_{member.pk}": "present", "title": "Tên khác"})

    assert answer.status_code == 302
    meeting.activity.refresh_from_db()
    assert (meeting.attendances.count(), meeting.activity.title) == (0, "Họp tháng 2")
