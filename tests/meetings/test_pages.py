"""The pages of meetings: who sees and edits what, how many statements they take, and what stays after a replay."""

import datetime as dt

import pytest
from django.urls import reverse

from coalition.notifications.models import Message
from coalition.obligations.models import Obligation
from meetings import actions
from meetings.models import (
    ActionPoint,
    AgendaItem,
    Comment,
    FollowUpAction,
    Meeting,
    MinutesVersion,
    NoteDraft,
)
from tests.factories.meetings import (
    ActionPointFactory,
    AgendaItemFactory,
    AttendanceFactory,
    FollowUpActionFactory,
    MeetingFactory,
    WorkingGroupFactory,
    as_docx,
    as_text,
)

pytestmark = pytest.mark.django_db
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
        with django_assert_num_queries(7):
            client.get(reverse("meetings:meeting_list"))


def test_the_list_of_actions_takes_a_constant_number_of_statements(
    client, staff, group, secretariat, django_assert_num_queries
):
    client.force_login(staff)
    client.get(reverse("meetings:action_list"))
    for number in (1, 2):
        for _each in range(number):
            FollowUpActionFactory(point__meeting__group=group, point__meeting__activity__lead=secretariat)
        with django_assert_num_queries(6):
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
    assert [follow_up.obligation.title for follow_up in page.context["carried"]] == ["Còn mở"]


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


# --- Taking minutes -------------------------------------------------------------------------------


def typed(client, item, content, version, **more):
    return client.post(
        address("item_edit", item), {"title": item.title, "content": content, "version": version, **more}
    )


def test_what_is_typed_saves_itself_and_tells_its_version(client, staff, meeting):
    item = AgendaItemFactory(meeting=meeting)
    client.force_login(staff)

    answer = typed(client, item, "Một câu", 1, autosave="1")

    item.refresh_from_db()
    assert (answer.json(), item.content, item.state) == ({"version": 2}, "Một câu", "discussed")


def test_two_note_takers_never_overwrite_each_other(client, staff, coordinator, meeting):
    item = AgendaItemFactory(meeting=meeting)
    client.force_login(staff)
    typed(client, item, "Câu của người thứ nhất", 1, autosave="1")
    client.force_login(coordinator)

    typing = typed(client, item, "Câu của người thứ hai", 1, autosave="1")
    saving = typed(client, item, "Câu của người thứ hai", 1)

    assert (typing.status_code, saving.status_code) == (409, 409)
    assert "Câu của người thứ nhất" in saving.content.decode()
    assert "Câu của người thứ hai" in saving.content.decode()
    item.refresh_from_db()
    assert item.content == "Câu của người thứ nhất"
    assert NoteDraft.objects.get(user=coordinator).content == "Câu của người thứ hai"


def test_a_kept_text_is_joined_with_what_was_saved(client, coordinator, staff, meeting):
    item = AgendaItemFactory(meeting=meeting, content="Câu một")
    NoteDraft.objects.create(user=coordinator, item=item, base_version=1, content="Câu hai")
    client.force_login(coordinator)

    shown = client.get(address("item_merge", item))
    assert shown.context["form"]["content"].value() == "Câu một\n\nCâu hai"

    client.post(
        address("item_merge", item),
        {"title": item.title, "content": "Câu một\nCâu hai", "version": item.version},
    )

    item.refresh_from_db()
    assert item.content == "Câu một\nCâu hai"
    assert not NoteDraft.objects.exists()


def test_what_word_pastes_becomes_plain_lines(client, staff, meeting):
    item = AgendaItemFactory(meeting=meeting)
    client.force_login(staff)

    typed(
        client,
        item,
        '<p class="MsoNormal">Một <b>điểm</b></p><ul><li>a</li></ul><script>alert(1)</script>',
        1,
    )

    item.refresh_from_db()
    assert item.content == "Một **điểm**\n- a"


def test_matters_move_up_and_down(client, staff, meeting):
    first, second = (
        AgendaItemFactory(meeting=meeting, order=order, title=title) for order, title in ((1, "A"), (2, "B"))
    )
    client.force_login(staff)

    client.post(address("item_move", second), {"direction": "up"})

    assert list(meeting.items.order_by("order").values_list("title", flat=True)) == ["B", "A"]


def written(client, meeting, **fields):
    return client.post(address("point_add", meeting), {"priority": "normal", **fields})


def test_an_action_proposes_who_and_by_when_and_one_more_key_saves_it(client, staff, member, meeting):
    client.force_login(staff)

    proposed = written(client, meeting, text="Nhóm viết sẽ gửi danh sách trước ngày 28 tháng 2")

    form = proposed.context["form"]
    assert not ActionPoint.objects.exists()
    assert (form["who"].value(), form["due_on"].value(), form["confirmed"].value()) == (
        None,
        "2015-02-28",
        "on",
    )

    member.name_vi = "Mầm Xanh"
    member.save()
    proposed = written(client, meeting, text="Mầm Xanh sẽ gửi danh sách trước ngày 28 tháng 2")
    values = {
        name: proposed.context["form"][name].value() or ""
        for name in ("text", "who", "due_on", "due_words", "confirmed")
    }
    written(client, meeting, **values)

    duty = Obligation.objects.get()
    assert (duty.organisation, duty.due_on, duty.kind, duty.due_words) == (
        member,
        dt.date(2015, 2, 28),
        "follow_up",
        "ngày 28 tháng 2",
    )


def test_htmx_gets_the_right_column_only(client, staff, meeting):
    item = AgendaItemFactory(meeting=meeting)
    client.force_login(staff)

    answer = client.post(
        address("point_add", meeting),
        {"text": "Một việc", "priority": "normal", "item": item.public_id, "confirmed": "on"},
        headers={"HX-Request": "true", "HX-Target": f"points-{item.public_id}"},
    )

    assert answer.content.decode().startswith(f'<div class="minutes-right" id="points-{item.public_id}">')
    assert ActionPoint.objects.get().item == item


def test_a_name_nobody_knows_is_said_beside_the_field(client, staff, meeting):
    client.force_login(staff)

    answer = written(client, meeting, text="Một việc", who="Tổ chức Không Có", confirmed="on")

    assert "who" in answer.context["form"].errors


def test_correcting_an_action_brings_the_ledger_into_line(client, staff, member, other_member, meeting):
    point = actions.add_point(
        meeting, text="Gửi thư", organisations=[member], due_on=dt.date(2015, 2, 10), by=staff
    )
    client.force_login(staff)

    for version in (point.version, point.version + 1):
        client.post(
            address("point_edit", point),
            {
                "text": "Gửi thư ngỏ",
                "who": "OTHER",
                "due_on": "2015-02-20",
                "priority": "normal",
                "version": version,
            },
        )

    states = {
        (duty.organisation.code, duty.state, duty.title)
        for duty in Obligation.objects.select_related("organisation")
    }
    assert states == {("MEMBER", "cancelled", "Gửi thư"), ("OTHER", "open", "Gửi thư ngỏ")}


def test_moving_a_deadline_in_the_minutes_keeps_its_history(staff, member, meeting):
    point = actions.add_point(
        meeting, text="Gửi thư", organisations=[member], due_on=dt.date(2015, 2, 10), by=staff
    )
    point.due_on = dt.date(2015, 2, 20)

    for _time in (1, 2):
        actions.change_point(point, organisations=[member], by=staff)

    change = Obligation.objects.get().due_changes.get()
    assert (change.old_due_on, change.new_due_on) == (dt.date(2015, 2, 10), dt.date(2015, 2, 20))


def test_every_member_owes_its_own_duty_and_again_is_once(staff, member, other_member, meeting):
    point = actions.add_point(meeting, text="Gửi ý tưởng", is_for_every_member=True, by=staff)

    actions.assign(point, organisations=[], by=staff)

    assert sorted(FollowUpAction.objects.values_list("obligation__organisation__code", flat=True)) == [
        "MEMBER",
        "OTHER",
    ]


def test_taking_an_action_out_cancels_what_is_open(client, staff, member, meeting):
    point = actions.add_point(meeting, text="Nhầm", organisations=[member], by=staff)
    client.force_login(staff)

    client.post(address("point_move", point), {"remove": "1"})

    assert Obligation.objects.get().state == "cancelled"
    assert not ActionPoint.objects.exists()


# --- Afterwards -----------------------------------------------------------------------------------


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
    assert typed(client, item, "Sửa lén", 1).status_code == 404
    assert client.get(address("minutes_take", meeting)).status_code == 302

    client.post(address("meeting_approve", meeting), {"reopen": "1"})
    assert typed(client, item, "Sửa có lý do", 1).status_code == 302


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


# --- Import on the web ----------------------------------------------------------------------------


def uploaded(client, content=None, name="bien-ban.docx", **fields):
    from django.core.files.uploadedfile import SimpleUploadedFile

    values = {"held_on": "2015-04-07", **fields}
    if content is not None:
        values["file"] = SimpleUploadedFile(name, content)
    return client.post(reverse("meetings:minutes_import"), values)


def test_an_upload_is_reviewed_corrected_and_saved(client, staff, member, group):
    client.force_login(staff)

    review = uploaded(client, as_docx(), group=group.pk)

    assert not Meeting.objects.exists()
    rows, sealed = review.context["rows"], review.context["sealed"]
    posted = {"sealed": sealed}
    for row in rows:
        posted |= {
            f"keep_{row['place']}": "1",
            f"who_{row['place']}": row["who"],
            f"due_{row['place']}": row["due_on"] or "",
        }
    posted["who_0"], posted["due_0"] = "MEMBER", "2015-04-18"
    del posted[f"keep_{rows[-1]['place']}"]
    for _time in (1, 2):
        client.post(reverse("meetings:minutes_confirm"), posted)

    meeting = Meeting.objects.get(activity__starts_on="2015-04-07")
    assert meeting.points.count() == len(rows) - 1
    duty = meeting.points.order_by("order").first().follow_ups.get().obligation
    assert (duty.organisation, duty.due_on) == (member, dt.date(2015, 4, 18))


def test_pasted_text_is_reviewed_like_a_file(client, staff, group):
    client.force_login(staff)

    assert len(uploaded(client, text=as_text()).context["rows"]) == 6


def test_a_bad_upload_is_refused_beside_its_field(client, staff, group):
    client.force_login(staff)

    answer = uploaded(client, b"PK\x03\x04 no zip")

    assert answer.status_code == 415
    assert answer.context["form"].errors["file"]
    assert uploaded(client).context["form"].errors["file"]


def test_a_review_that_is_not_ours_begins_again(client, staff):
    client.force_login(staff)

    answer = client.post(reverse("meetings:minutes_confirm"), {"sealed": "made up"})

    assert (answer.status_code, Meeting.objects.exists()) == (302, False)


def test_an_unknown_name_or_date_in_the_review_is_said(client, staff, group):
    client.force_login(staff)
    sealed = uploaded(client, as_docx()).context["sealed"]

    answer = client.post(
        reverse("meetings:minutes_confirm"),
        {"sealed": sealed, "keep_0": "1", "who_0": "Không Có", "due_0": ""},
    )

    assert answer.context["errors"]
    assert not Meeting.objects.exists()


def test_the_demonstration_is_told_once(reference):
    from coalition.members import demo as people
    from meetings import demo

    people.load(dt.date(2026, 11, 22))
    for _time in (1, 2):
        demo.load(dt.date(2026, 11, 22))

    february = Meeting.objects.get(activity__starts_on=DAY)
    assert (february.state, AgendaItem.objects.filter(meeting=february).count()) == ("approved", 4)
    assert Meeting.objects.count() == 7
