"""A working group's own pillars, its chair in turn, what waits for its next meeting, and its secret calendar."""

import datetime as dt
from urllib.parse import urlsplit

import icalendar
import pytest

from coalition.obligations.models import Obligation
from coalition.reference.models import Pillar
from meetings import actions, calendars, names
from meetings.models import AgendaItem, GroupFeed, WaitingMatter
from tests.factories.meetings import (
    ActionPointFactory,
    AgendaItemFactory,
    FollowUpActionFactory,
    MeetingFactory,
    WaitingMatterFactory,
    WorkingGroupFactory,
)

pytestmark = pytest.mark.django_db
SOON = dt.date(2030, 3, 5)


def planned(group, day=SOON, **fields):
    return actions.plan(group=group, starts_on=day, **fields)


def titles(meeting):
    return list(meeting.items.in_agenda().values_list("title", flat=True))


def pillars_sent(**rows):
    return {
        f"{language}_{place}": rows.get(f"{language}_{place}", "")
        for place in range(8)
        for language in ("vi", "en")
    }


def test_a_group_begins_with_the_three_pillars_of_the_coalition(reference, group):
    assert [pillar.code for pillar in actions.pillars_of(group)] == ["capacity", "advocacy", "monitoring"]


def test_each_group_edits_its_own_pillars_and_leaves_those_of_others_alone(client, staff, reference, group):
    other = WorkingGroupFactory(name_vi="Nhóm truyền thông")
    first, second, _third = actions.pillars_of(group)
    client.force_login(staff)

    sent = pillars_sent(
        vi_0=first.name_vi, en_0=first.name_en, vi_1="Truyền thông", en_1="Communication", vi_2=second.name_vi
    )
    answer = client.post(f"{group.get_absolute_url()}pillars/", sent)

    assert answer.status_code == 302
    assert [(pillar.name_vi, pillar.is_general) for pillar in actions.pillars_of(group)] == [
        (first.name_vi, True),
        ("Truyền thông", False),
        (second.name_vi, False),  # under another number it is the group's own
    ]
    assert titles(planned(group)) == [first.name_vi, "Truyền thông", second.name_vi]
    assert [pillar.code for pillar in actions.pillars_of(other)] == ["capacity", "advocacy", "monitoring"]
    assert Pillar.objects.filter(is_general=True).count() == 3


def test_pillars_saved_twice_make_no_second_ones_and_the_usual_ones_none(client, staff, reference, group):
    usual = actions.pillars_of(group)
    client.force_login(staff)
    own = pillars_sent(vi_0="Truyền thông", vi_1="Nghiên cứu")
    for _again in range(2):
        client.post(f"{group.get_absolute_url()}pillars/", own)
    assert Pillar.objects.filter(is_general=False).count() == 2

    client.post(
        f"{group.get_absolute_url()}pillars/",
        pillars_sent(**{f"vi_{place}": each.name_vi for place, each in enumerate(usual)}),
    )

    assert (group.pillars.count(), actions.pillars_of(group)) == (0, usual)


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({}, "__all__"),
        ({"vi_0": "Truyền thông", "vi_1": "truyền  thông"}, "vi_1"),
        ({"vi_0": "Truyền thông", "en_1": "Research"}, "vi_1"),
    ],
)
def test_pillars_that_cannot_be_are_said_beside_the_row(client, staff, reference, group, sent, field):
    client.force_login(staff)

    answer = client.post(f"{group.get_absolute_url()}pillars/", pillars_sent(**sent))

    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])


def test_minutes_are_read_with_the_groups_own_pillars(client, staff, reference, group):
    client.force_login(staff)
    client.post(
        f"{group.get_absolute_url()}pillars/", pillars_sent(vi_0="Truyền thông", en_0="Communication")
    )
    own = actions.pillars_of(group)[0]

    known = {name: code for code, called in names.pillars(group) for name in called}

    assert (known["Communication"], "Communication" in str(names.pillars())) == (own.code, False)


def test_the_chair_goes_round_in_the_order_of_the_members(client, staff, member, other_member, group):
    group.members.set([member, other_member])
    turn = list(group.members_on(dt.date.today()))
    client.force_login(staff)

    chairs = []
    for _time in range(3):
        client.post(f"{group.get_absolute_url()}chair/")
        group.refresh_from_db()
        chairs.append(group.chair)

    assert chairs == [turn[0], turn[1], turn[0]]
    assert [each.chair_id for each in group.history.order_by("history_id")][-3:] == [
        each.pk for each in chairs
    ]


def test_what_a_member_proposes_waits_and_the_next_meeting_takes_it_up_once(
    client, focal, member, reference, group
):
    client.force_login(focal)
    sent = {
        "title": "Quy chế của nhóm",
        "content": "Bản thứ hai",
        "client_uuid": "6f1b6a52-0000-4000-8000-000000000001",
    }
    for _again in range(2):
        client.post(f"{group.get_absolute_url()}waiting/", sent)
    matter = WaitingMatter.objects.get()
    assert (matter.group, matter.proposed_by, matter.taken_up) == (group, member, None)

    meeting = planned(group)
    actions.take_up(meeting)

    item = AgendaItem.objects.get(meeting=meeting, title="Quy chế của nhóm")
    matter.refresh_from_db()
    assert (matter.taken_up, item.content) == (item, "Bản thứ hai")
    assert WaitingMatter.objects.waiting().count() == 0


def test_the_next_meeting_carries_over_what_is_unfinished_and_what_waits(staff, reference, group, meeting):
    AgendaItemFactory(meeting=meeting, title="Chưa bàn tới", order=900)
    WaitingMatterFactory(group=group, title="Đang chờ")

    following = actions.plan_next(meeting, starts_on=SOON, by=staff)

    assert titles(following)[-2:] == ["Đang chờ", "Chưa bàn tới"] or set(titles(following)[-2:]) == {
        "Đang chờ",
        "Chưa bàn tới",
    }


def test_a_matter_left_for_later_waits_with_its_words(client, staff, meeting, group):
    item = AgendaItemFactory(meeting=meeting, title="Để lần sau", content="Đã có dự thảo.")
    client.force_login(staff)

    client.post(f"/meetings/items/{item.public_id}/move/", {"direction": "later"})

    matter = WaitingMatter.objects.get()
    assert (matter.title, matter.content, matter.group) == ("Để lần sau", "Đã có dự thảo.", group)
    assert not AgendaItem.objects.filter(pk=item.pk).exists()


def test_only_who_proposed_a_matter_or_the_secretariat_takes_it_back(client, focal, stranger, staff, group):
    own = WaitingMatterFactory(group=group, created_by=focal)
    theirs = WaitingMatterFactory(group=group, created_by=stranger)
    client.force_login(focal)

    answers = [client.post(f"/meetings/waiting/{each.public_id}/").status_code for each in (own, theirs)]

    assert (answers, list(WaitingMatter.objects.all())) == ([302, 404], [theirs])
    client.force_login(staff)
    assert client.post(f"/meetings/waiting/{theirs.public_id}/").status_code == 302


def test_a_planned_meeting_takes_up_what_waits_and_one_that_was_held_does_not(
    client, staff, reference, group, meeting
):
    coming = planned(group)
    WaitingMatterFactory(group=group, title="Đến sau khi đã lên lịch")
    client.force_login(staff)

    client.post(f"{meeting.get_absolute_url()}waiting/")
    assert WaitingMatter.objects.waiting().count() == 1
    client.post(f"{coming.get_absolute_url()}waiting/")

    assert titles(coming)[-1] == "Đến sau khi đã lên lịch"


def test_what_is_still_open_is_shown_while_minutes_are_taken(client, staff, group, meeting):
    point = ActionPointFactory(
        meeting=MeetingFactory(group=group, activity__starts_on="2015-01-06"), text="Việc kỳ trước"
    )
    FollowUpActionFactory(point=point)
    client.force_login(staff)

    page = client.get(f"{meeting.get_absolute_url()}minutes/")

    assert [(each, len(each.open_duties)) for each in page.context["carried"]] == [(point, 1)]


# --- The secret calendar of a group ---------------------------------------------------------------


def entries(answer):
    return {str(entry["summary"]) for entry in icalendar.Calendar.from_ical(answer.content).walk("VEVENT")}


def address(user, group):
    return calendars.reset_feed(group, user=user)


def test_a_groups_feed_holds_its_meetings_and_what_they_agreed_and_nothing_of_other_groups(
    client, focal, reference, group
):
    meeting = planned(group, title="Họp nhóm tháng 3")
    planned(WorkingGroupFactory(), title="Họp nhóm khác")
    planned(group, title="Họp kín", is_shared=False)
    follow_up = FollowUpActionFactory(point=ActionPointFactory(meeting=meeting, text="Gửi góp ý"))
    Obligation.objects.filter(pk=follow_up.pk).update(due_on=SOON)

    answer = client.get(address(focal, group))

    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert entries(answer) == {"Họp nhóm tháng 3", "Đến hạn: Gửi góp ý"}


def test_a_feed_is_made_shown_once_reset_and_closed(client, focal, group):
    client.force_login(focal)
    path = f"{group.get_absolute_url()}calendar/"
    first, second = (urlsplit(client.post(path).context["fresh"]).path for _time in range(2))
    client.logout()

    assert [client.get(each).status_code for each in (first, second)] == [404, 200]
    assert (
        GroupFeed.objects.count(),
        second.split("/")[-1].removesuffix(".ics") in str(GroupFeed.objects.values()),
    ) == (1, False)
    client.force_login(focal)
    assert ".ics" not in client.get(group.get_absolute_url()).content.decode()
    client.post(path, {"end": "1"})
    assert client.get(second).status_code == 404


def test_a_feed_ends_with_the_account_and_shows_nothing_after_the_last_role(client, focal, reference, group):
    planned(group)
    path = address(focal, group)
    focal.memberships.update(ends_on="2020-01-01")
    assert entries(client.get(path)) == set()

    focal.is_active = False
    focal.save()

    assert client.get(path).status_code == 404


def test_a_donors_reader_makes_no_feed_of_a_group(client, donor, group):
    client.force_login(donor)

    assert client.post(f"{group.get_absolute_url()}calendar/").status_code == 403
    assert GroupFeed.objects.count() == 0


@pytest.mark.parametrize("name", ["pillars/", "chair/"])
def test_members_change_neither_pillars_nor_the_chair(client, focal, group, name):
    client.force_login(focal)

    assert client.post(f"{group.get_absolute_url()}{name}").status_code == 403


def test_the_page_of_a_group_takes_a_constant_number_of_statements(
    client, focal, reference, group, django_assert_num_queries
):
    client.force_login(focal)
    for number in (1, 3):
        while WaitingMatter.objects.count() < number:
            WaitingMatterFactory(group=group, created_by=focal)
            MeetingFactory(group=group)
        with django_assert_num_queries(10):
            client.get(group.get_absolute_url())
