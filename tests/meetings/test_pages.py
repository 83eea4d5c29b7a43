"""Who sees and plans meetings, and how many statements the pages take."""

import datetime as dt

import pytest
from django.urls import reverse

from meetings import actions
from meetings.models import (
    Meeting,
)
from tests.factories.meetings import (
    ActionPointFactory,
    AgendaItemFactory,
    AttendanceFactory,
    FollowUpActionFactory,
)

pytestmark = pytest.mark.django_db
DAY = dt.date(2015, 2, 3)


def address(name, thing):
    return reverse(f"meetings:{name}", args=[thing.public_id])


READ = ["meeting_page", "minutes_pdf", "minutes_docx", "meeting_ics"]
WRITE = ["meeting_edit", "meeting_next", "attendance_edit", "minutes_take", "point_add"]


@pytest.mark.parametrize("name", READ)
def test_members_read_what_is_shared_and_not_what_is_not(client, focal, meeting, private, name):
    client.force_login(focal)

    assert client.get(address(name, meeting)).status_code == 200
    assert client.get(address(name, private)).status_code == 404


@pytest.mark.parametrize("name", [*READ, *WRITE])
def test_the_secretariat_reads_and_writes_all(client, staff, private, name):
    client.force_login(staff)

    assert client.get(address(name, private)).status_code == 200


@pytest.mark.parametrize("name", WRITE)
def test_members_do_not_write_minutes(client, focal, meeting, name):
    client.force_login(focal)

    assert client.get(address(name, meeting)).status_code == 403


def test_a_donors_reader_sees_no_meetings(client, donor, meeting):
    client.force_login(donor)

    assert client.get(reverse("meetings:meeting_list")).status_code == 403
    assert client.get(address("meeting_page", meeting)).status_code == 403


@pytest.mark.parametrize(
    "name", ["meeting_list", "action_list", "group_list", "minutes_import", "meeting_plan", "group_new"]
)
def test_the_secretariat_opens_every_page_of_the_room(client, staff, meeting, name):
    client.force_login(staff)

    assert client.get(reverse(f"meetings:{name}")).status_code == 200


def test_the_list_of_meetings_takes_a_constant_number_of_statements(
    client, staff, group, secretariat, django_assert_num_queries
):
    client.force_login(staff)
    client.get(reverse("meetings:meeting_list"))
    for number in (1, 2):
        for _each in range(number):
            follow_up = FollowUpActionFactory(
                point__meeting__group=group, point__meeting__activity__lead=secretariat
            )
            assert follow_up.point.meeting.state == "held"
        with django_assert_num_queries(6):
            client.get(reverse("meetings:meeting_list"))


def test_the_list_of_actions_takes_a_constant_number_of_statements(
    client, staff, group, secretariat, django_assert_num_queries
):
    client.force_login(staff)
    client.get(reverse("meetings:action_list"))
    for number in (1, 2):
        for _each in range(number):
            FollowUpActionFactory(point__meeting__group=group, point__meeting__activity__lead=secretariat)
        with django_assert_num_queries(5):
            client.get(reverse("meetings:action_list"))


def test_a_meetings_page_takes_few_statements_however_long_the_minutes(
    client, focal, meeting, django_assert_max_num_queries
):
    for number in range(12):
        item = AgendaItemFactory(meeting=meeting, order=number)
        FollowUpActionFactory(point=ActionPointFactory(meeting=meeting, item=item))
        AttendanceFactory(meeting=meeting)
    client.force_login(focal)

    with django_assert_max_num_queries(12):
        client.get(address("meeting_page", meeting))


def test_ones_own_part_stands_first(client, focal, member, other_member, meeting):
    actions.add_point(meeting, text="Việc của chúng tôi", organisations=[member])
    actions.add_point(meeting, text="Việc của họ", organisations=[other_member])
    client.force_login(focal)

    own = client.get(address("meeting_page", meeting)).context["own"]

    assert [duty.title for duty in own] == ["Việc của chúng tôi"]


def planned(client, **fields):
    values = {
        "starts_on": "2026-12-08",
        "starts_at": "14:00",
        "ends_at": "17:00",
        "place": "Hà Nội",
        **fields,
    }
    return client.post(reverse("meetings:meeting_plan"), values)


def test_planning_gives_the_pillars_as_agenda_and_a_replay_gives_no_second_meeting(
    client, staff, group, reference
):
    client.force_login(staff)
    uuid = "8b4a7a10-7b1c-4c53-9a3b-0d7a1c6d9f10"

    for _time in (1, 2):
        planned(client, group=group.pk, client_uuid=uuid)

    meeting = Meeting.objects.get(activity__starts_on="2026-12-08")
    assert meeting.activity.title == "Nhóm công tác: họp ngày 08/12/2026"
    assert [item.pillar.code for item in meeting.items.order_by("order")] == [
        "capacity",
        "advocacy",
        "monitoring",
    ]


def test_a_meeting_cannot_end_before_it_begins(client, staff, group):
    client.force_login(staff)

    answer = planned(client, group=group.pk, starts_at="17:00", ends_at="14:00")

    assert answer.status_code == 200
    assert "ends_at" in answer.context["form"].errors
    assert not Meeting.objects.filter(activity__starts_on="2026-12-08").exists()


def test_the_next_meeting_carries_over_what_was_not_discussed(client, staff, meeting, member, reference):
    AgendaItemFactory(meeting=meeting, title="Để lần sau")
    AgendaItemFactory(meeting=meeting, title="Đã bàn", state="discussed")
    actions.add_point(meeting, text="Còn mở", organisations=[member])
    client.force_login(staff)

    for _time in (1, 2):
        client.post(address("meeting_next", meeting), {"starts_on": "2015-03-19"})

    following = Meeting.objects.get(previous=meeting)
    titles = list(following.items.values_list("title", flat=True))
    assert "Để lần sau" in titles
    assert "Đã bàn" not in titles
    page = client.get(address("meeting_page", following))
    assert [point.text for point in page.context["carried"]] == ["Còn mở"]


def test_who_came_is_written_down_by_organisation(client, staff, member, meeting):
    client.force_login(staff)

    for _time in (1, 2):
        client.post(
            address("attendance_edit", meeting),
            {f"status_{member.pk}": "present", f"name_{member.pk}": "chị Lan"},
        )

    assert list(meeting.attendances.values_list("organisation", "status", "represented_by")) == [
        (member.pk, "present", "chị Lan")
    ]
