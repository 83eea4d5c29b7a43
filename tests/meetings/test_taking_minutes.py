"""Taking minutes: saved as typed, by two at once, actions with proposals, the ledger in line."""

import datetime as dt

import pytest
from django.urls import reverse

from coalition.obligations.models import Obligation
from meetings import actions
from meetings.models import (
    ActionPoint,
    FollowUpAction,
    NoteDraft,
)
from tests.factories.meetings import (
    AgendaItemFactory,
)

pytestmark = pytest.mark.django_db
DAY = dt.date(2015, 2, 3)


def address(name, thing):
    return reverse(f"meetings:{name}", args=[thing.public_id])


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
    _first, second = (
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
        "trước ngày 28 tháng 2",
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


def test_two_people_who_correct_one_action_see_both_texts(
    client, staff, coordinator, member, other_member, meeting
):
    point = actions.add_point(meeting, text="Gửi thư", organisations=[member], by=staff)
    posted = {"who": "MEMBER", "priority": "normal", "version": point.version}
    client.force_login(staff)
    client.post(address("point_edit", point), {**posted, "text": "Gửi thư ngỏ"})
    client.force_login(coordinator)

    answer = client.post(address("point_edit", point), {**posted, "text": "Gửi công văn", "who": "OTHER"})

    page = answer.content.decode()
    assert (answer.status_code, "Gửi thư ngỏ" in page, "Gửi công văn" in page) == (409, True, True)
    assert [(duty.title, duty.organisation) for duty in Obligation.objects.all()] == [("Gửi thư ngỏ", member)]


def test_an_action_and_a_matter_sent_twice_are_written_once(client, staff, member, meeting):
    client.force_login(staff)
    page = client.get(address("minutes_take", meeting)).content.decode()
    sent = {"text": "Việc gấp", "confirmed": "on", "who": "MEMBER", "priority": "normal"}
    for _time in (1, 2):
        written(client, meeting, **sent, client_uuid="0d9f2d0e-1111-4222-8333-000000000001")
        client.post(
            address("item_add", meeting),
            {"title": "Mục mới", "client_uuid": "0d9f2d0e-1111-4222-8333-000000000002"},
        )

    assert page.count('name="client_uuid"') == 1
    assert (meeting.points.count(), Obligation.objects.count()) == (1, 1)
    assert meeting.items.filter(title="Mục mới").count() == 1


def test_the_key_that_confirms_what_was_proposed_writes_one_action_when_pressed_twice(
    client, staff, member, meeting
):
    client.force_login(staff)
    first = written(
        client, meeting, text="MEMBER gửi thư trước ngày 10/2", priority="normal",
        client_uuid="0d9f2d0e-1111-4222-8333-000000000003",
    )  # fmt: skip
    form = first.context["form"]
    confirmed = {
        name: form[name].value() or ""
        for name in ("text", "who", "due_on", "due_words", "priority", "confirmed", "client_uuid")
    }
    for _time in (1, 2):
        written(client, meeting, **confirmed)

    assert (meeting.points.count(), str(Obligation.objects.get().due_on)) == (1, "2015-02-10")
