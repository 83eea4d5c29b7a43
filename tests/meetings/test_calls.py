"""Calls to members: each owes its answers, sees its own, votes once; the result stands on the next agenda."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from coalition.obligations.models import Obligation
from meetings import actions
from meetings.models import Answer, Call, Vote
from tests.factories.meetings import AnswerFactory, CallDutyFactory, CallFactory, MeetingFactory

pytestmark = pytest.mark.django_db
TODAY = dt.date(2030, 2, 1)
LATER = dt.date(2030, 3, 5)


@pytest.fixture
def call(staff, member, other_member):
    return actions.open_call(CallFactory(purpose="ideas", title="Ý tưởng logo"), by=staff, today=TODAY)


def address(name, thing):
    return reverse(f"meetings:{name}", args=[thing.public_id])


def test_opening_puts_one_duty_on_each_member_however_often(staff, call):
    actions.open_call(call, by=staff, today=TODAY)

    owed = Obligation.objects.filter(call_duty__call=call).values_list("organisation__code", "due_on")
    assert sorted(owed) == [("MEMBER", dt.date(2030, 2, 28)), ("OTHER", dt.date(2030, 2, 28))]


def test_the_duty_closes_with_the_last_answer_asked_for(focal, member, call):
    Call.objects.update(items_wanted=2)
    first, second = (AnswerFactory(call=call, organisation=member) for _each in range(2))

    actions.submit_answer(first, by=focal, today=TODAY)
    assert Obligation.objects.get(organisation=member).state == "open"
    for _time in (1, 2):
        actions.submit_answer(second, by=focal, today=TODAY)
    assert Obligation.objects.get(organisation=member).state == "done"


def test_a_late_answer_says_why(focal, member, call):
    answer = AnswerFactory(call=call, organisation=member)

    with pytest.raises(ValidationError):
        actions.submit_answer(answer, by=focal, today=LATER)
    answer.late_reason = "Đi công tác"
    answer.save()

    assert actions.submit_answer(answer, by=focal, today=LATER).state == "submitted"


def test_an_extension_for_one_organisation_makes_it_not_late(staff, focal, member, call):
    from coalition.obligations import actions as ledger

    duty = Obligation.objects.get(organisation=member)
    ledger.move(duty, due_on=dt.date(2030, 3, 10), reason="Xin thêm thời gian", by=staff)

    answer = actions.submit_answer(AnswerFactory(call=call, organisation=member), by=focal, today=LATER)

    assert answer.state == "submitted"


def test_a_focal_point_answers_on_the_page_and_a_replay_adds_none(client, focal, member, call):
    client.force_login(focal)
    posted = {"organisation": member.pk, "text": "Chim bồ câu", "send": "1",
              "client_uuid": "8b4a7a10-7b1c-4c53-9a3b-0d7a1c6d9f12"}  # fmt: skip

    for _time in (1, 2):
        client.post(address("answer_save", call), posted)

    assert list(Answer.objects.values_list("organisation", "text", "state")) == [
        (member.pk, "Chim bồ câu", "submitted")
    ]


def test_a_colleague_writes_drafts_and_the_focal_point_sends_them_in(client, colleague, focal, member, call):
    client.force_login(colleague)
    client.post(address("answer_save", call), {"organisation": member.pk, "text": "Bàn tay", "send": "1"})
    answer = Answer.objects.get()
    assert answer.state == "draft"
    assert client.post(address("answer_submit", answer)).status_code == 403

    client.force_login(focal)
    client.post(address("answer_submit", answer))

    answer.refresh_from_db()
    assert answer.state == "submitted"


def test_a_stranger_neither_sees_nor_sends_the_answers_of_others(client, stranger, member, call):
    answer = AnswerFactory(call=call, organisation=member, text="Bí mật của thành viên")
    client.force_login(stranger)

    assert "Bí mật" not in client.get(address("call_page", call)).content.decode()
    assert client.post(address("answer_submit", answer)).status_code == 404
    other = client.post(address("answer_save", call), {"organisation": member.pk, "text": "Mạo danh"})
    assert other.status_code == 422


def test_a_call_that_is_being_written_is_seen_by_the_secretariat_only(client, staff, focal):
    call = CallFactory()

    client.force_login(focal)
    assert client.get(address("call_page", call)).status_code == 404
    client.force_login(staff)
    assert client.get(address("call_page", call)).status_code == 200


def test_fields_that_are_not_asked_for_are_not_there(client, focal, call):
    client.force_login(focal)
    assert set(client.get(address("call_page", call)).context["form"].fields) == {
        "organisation",
        "text",
        "version",
        "client_uuid",
    }

    Call.objects.update(asks_month=True, options="Hà Nội\nHuế")
    form = client.get(address("call_page", call)).context["form"]

    assert {"month", "choice"} <= set(form.fields)


@pytest.mark.parametrize("month", ["2030-05", "05/2030", "5/2030"])
def test_a_month_is_read_as_people_write_it(client, focal, member, call, month):
    Call.objects.update(asks_month=True)
    client.force_login(focal)

    client.post(address("answer_save", call), {"organisation": member.pk, "text": "Chia sẻ", "month": month})

    assert Answer.objects.get().month == dt.date(2030, 5, 1)


def test_a_month_that_is_none_is_said_beside_the_field(client, focal, member, call):
    Call.objects.update(asks_month=True)
    client.force_login(focal)

    answer = client.post(
        address("answer_save", call), {"organisation": member.pk, "text": "x", "month": "13/2030"}
    )

    assert "month" in answer.context["form"].errors


def test_each_organisation_has_one_vote_and_authors_stay_hidden_until_the_end(
    client, staff, focal, stranger, member, other_member, call
):
    mine, theirs = (
        AnswerFactory(call=call, organisation=each, state="submitted") for each in (member, other_member)
    )
    actions.begin_vote(call, by=staff)
    client.force_login(stranger)

    page = client.get(address("call_page", call))
    assert page.context["names_shown"] is False
    for choice in (theirs, mine, mine):
        client.post(address("vote_give", choice))

    assert list(Vote.objects.values_list("organisation", "answer")) == [(other_member.pk, mine.pk)]


def test_the_result_stands_on_the_next_agenda_once(staff, focal, member, other_member, call):
    meeting = MeetingFactory(group=None, state="planned", activity__starts_on=dt.date(2030, 3, 19))
    first, second = (
        AnswerFactory(call=call, organisation=each, text=words, state="submitted")
        for each, words in ((member, "Bàn tay"), (other_member, "Ngôi nhà"))
    )
    actions.begin_vote(call, by=staff)
    actions.vote(second, organisation=member, by=focal)

    for _time in (1, 2):
        actions.end_call(call, by=staff, today=LATER)

    item = meeting.items.get()
    assert item.content.split("\n")[0].startswith("- Ngôi nhà")
    assert Call.objects.get().result == item
    with pytest.raises(ValidationError):
        actions.vote(first, organisation=member, by=focal)


def test_the_list_of_calls_takes_a_constant_number_of_statements(client, staff, django_assert_num_queries):
    client.force_login(staff)
    client.get(reverse("meetings:call_list"))
    for number in (1, 2):
        for _each in range(number):
            CallDutyFactory()
        with django_assert_num_queries(6):
            client.get(reverse("meetings:call_list"))


def test_the_page_of_a_call_takes_few_statements(client, staff, call, django_assert_max_num_queries):
    for _each in range(8):
        duty = CallDutyFactory(call=call)
        AnswerFactory(call=call, organisation=duty.obligation.organisation, state="submitted")
    client.force_login(staff)

    with django_assert_max_num_queries(12):
        client.get(address("call_page", call))


def test_a_chosen_list_is_asked_and_nobody_else(staff, member, other_member):
    call = CallFactory()
    call.asked.set([other_member])

    for _time in (1, 2):
        actions.open_call(call, by=staff, today=TODAY)

    assert [duty.obligation.organisation for duty in call.duties.all()] == [other_member]


def test_those_asked_are_chosen_in_the_form_until_the_call_is_open(client, staff, member, other_member):
    client.force_login(staff)
    posted = {
        "title": "Góp ý dự thảo", "purpose": "other", "items_wanted": 1, "closes_on": "2030-02-28",
        "asked": [member.pk],
    }  # fmt: skip
    client.post(reverse("meetings:call_new"), posted)

    call = actions.open_call(Call.objects.get(), by=staff, today=TODAY)

    assert [duty.obligation.organisation for duty in call.duties.all()] == [member]
    assert "asked" not in client.get(address("call_edit", call)).context["form"].fields


def states(client, call):
    return {
        str(row["duty"].organisation): (bool(row["seen_at"]), row["drafts"], row["sent"])
        for row in client.get(address("call_page", call)).context["roster"]
    }


def test_the_roster_knows_who_has_opened_the_call(client, staff, focal, member, other_member, call):
    client.force_login(staff)
    assert {seen for seen, *_counts in states(client, call).values()} == {False}

    client.force_login(focal)
    client.get(address("call_page", call))
    first = call.duties.get(obligation__organisation=member).seen_at
    client.get(address("call_page", call))

    assert call.duties.get(obligation__organisation=member).seen_at == first
    assert states(client, call) == {str(member): (True, 0, 0), str(other_member): (False, 0, 0)}


def test_nobody_learns_before_the_end_whose_idea_it_is_or_how_the_vote_stands(
    client, staff, stranger, member, other_member, call
):
    one, two = (
        AnswerFactory(call=call, organisation=each, state="submitted") for each in (member, other_member)
    )
    actions.begin_vote(call, by=staff)
    usual = sorted([one, two], key=lambda answer: answer.public_id)
    actions.vote(usual[1], organisation=member, by=staff)

    for person in (staff, stranger):
        client.force_login(person)
        page = client.get(address("call_page", call))
        assert (list(page.context["answers"]), page.context["names_shown"]) == (usual, False)

    actions.end_call(call, by=staff, today=LATER)
    page = client.get(address("call_page", call))
    assert (list(page.context["answers"]), page.context["names_shown"]) == (usual[::-1], True)


def test_the_result_waits_for_the_next_meeting_where_none_is_planned(staff, member, reference, call):
    AnswerFactory(call=call, organisation=member, text="Bàn tay", state="submitted")

    for _time in (1, 2):
        actions.end_call(call, by=staff, today=LATER)
    meeting = actions.plan(group=None, starts_on=LATER, host=member)

    item = meeting.items.get(title="Ý tưởng logo")
    assert item.content.startswith("- Bàn tay")


def topics(member):
    call = CallFactory(purpose="topics", state="open")
    return AnswerFactory(call=call, organisation=member, text="Kỷ luật tích cực", state="submitted")


def test_a_topic_gets_an_hour_of_a_meeting_once_and_moves_with_a_second_choice(client, staff, member):
    answer = topics(member)
    first, second = (
        MeetingFactory(state="planned", activity__starts_on=dt.date(2030, month, 5)) for month in (4, 5)
    )
    client.force_login(staff)

    for meeting in (first, first, second):
        client.post(address("session_schedule", answer), {"meeting": meeting.public_id})

    answer.refresh_from_db()
    item = second.items.get()
    assert (first.items.count(), answer.session, item.minutes) == (0, item, 60)
    assert item.title == f"Chia sẻ: Kỷ luật tích cực ({member})"


def test_a_draft_or_a_meeting_that_was_held_gives_no_session(staff, member):
    answer = topics(member)
    draft = AnswerFactory(call=answer.call, organisation=member)

    with pytest.raises(ValidationError):
        actions.schedule_session(answer, MeetingFactory(state="held"), by=staff)
    with pytest.raises(ValidationError):
        actions.schedule_session(draft, MeetingFactory(state="planned"), by=staff)


def test_members_schedule_no_sessions(client, focal, member):
    client.force_login(focal)

    sent = client.post(address("session_schedule", topics(member)), {"meeting": MeetingFactory().public_id})

    assert sent.status_code == 403
