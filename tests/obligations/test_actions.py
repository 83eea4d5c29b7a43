"""The verbs of a duty's life: what they ask for, what they leave behind, and that twice is once."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from coalition.obligations import actions, kinds
from coalition.obligations.models import Obligation, Reminder
from tests.factories.obligations import ObligationFactory, ReminderFactory

DUE = dt.date(2025, 3, 14)


@pytest.fixture
def duty(member, coordinator):
    return actions.open_duty(
        kind="other", organisation=member, title="Gửi ý tưởng logo", due_on=DUE, by=coordinator
    )


def test_a_duty_is_answered_for_by_the_role_of_its_kind(duty):
    assert (duty.role, duty.state, duty.due_version) == ("focal", "open", 1)
    assert duty.search == "gui y tuong logo"


def test_many_duties_take_a_constant_number_of_statements(member, coordinator, django_assert_num_queries):
    def rows(number):
        return [
            {"kind": "other", "organisation": member, "title": f"Phiếu {n}", "due_on": DUE}
            for n in range(number)
        ]

    with django_assert_num_queries(4):
        actions.open_duties(rows(1), by=coordinator)
    with django_assert_num_queries(4):
        opened = actions.open_duties(rows(30), by=coordinator)

    assert Obligation.objects.count() == 31
    assert [duty.title for duty in opened][:2] == ["Phiếu 0", "Phiếu 1"]
    assert Obligation.objects.get(title="Phiếu 7", pk=opened[7].pk).history.count() == 1


def test_a_moved_date_is_remembered_with_its_reason_and_starts_the_ladder_anew(duty, coordinator):
    ReminderFactory(obligation=duty)

    for _time in range(2):
        moved = actions.move(duty, due_on=DUE + dt.timedelta(days=7), reason="Chờ logo", by=coordinator)

    assert moved.due_version == 2
    assert [(change.old_due_on, change.reason) for change in moved.due_changes.all()] == [(DUE, "Chờ logo")]
    assert [reminder.state for reminder in moved.reminders.all()] == ["cancelled"]


def test_a_date_does_not_move_without_a_reason(duty, coordinator):
    with pytest.raises(ValidationError) as refused:
        actions.move(duty, due_on=None, reason=" ", by=coordinator)

    assert list(refused.value.message_dict) == ["reason"]


def test_closing_asks_for_what_was_done(duty, focal):
    with pytest.raises(ValidationError) as refused:
        actions.close(duty, by=focal)

    assert list(refused.value.message_dict) == ["proof"]


def test_an_important_duty_asks_for_evidence(duty, focal):
    Obligation.objects.filter(pk=duty.pk).update(priority="high")

    with pytest.raises(ValidationError) as refused:
        actions.close(duty, by=focal, proof="Đã gửi")
    closed = actions.close(duty, by=focal, proof="Đã gửi: https://example.org/logo")

    assert list(refused.value.message_dict) == ["proof_file"]
    assert closed.state == "done"


def test_closing_twice_is_closing_once(duty, focal, coordinator):
    first = actions.close(duty, by=focal, proof="Đã gửi")
    again = actions.close(duty, by=coordinator, proof="Khác")

    assert (again.closed_by, again.proof, again.version) == (focal, "Đã gửi", first.version)


def test_what_somebody_set_for_themselves_is_confirmed_by_somebody_else(duty, coordinator, staff, focal):
    closed = actions.close(duty, by=coordinator, proof="Xong")
    assert closed.needs_confirmation

    for nobody in (coordinator, focal):
        with pytest.raises(ValidationError):
            actions.confirm(duty, by=nobody)
    for _time in range(2):
        confirmed = actions.confirm(duty, by=staff)

    assert (confirmed.needs_confirmation, confirmed.confirmed_by) == (False, staff)


def test_the_house_closes_without_words(duty):
    assert actions.close(duty, by=None).state == "done"


def test_a_closed_duty_sends_no_reminder(duty, focal):
    ReminderFactory(obligation=duty)

    actions.close(duty, by=focal, proof="Đã gửi")

    assert Reminder.objects.get().state == "cancelled"


def test_what_is_owed_again_has_a_date_of_its_own(duty, focal, coordinator):
    actions.close(duty, by=focal, proof="Đã gửi")

    for _time in range(2):
        again = actions.reopen(
            duty, by=coordinator, due_on=DUE + dt.timedelta(days=5), reason="Hai ô cần sửa"
        )

    assert (again.state, again.due_on, again.due_version) == ("open", dt.date(2025, 3, 19), 2)
    assert again.due_changes.get().reason == "Hai ô cần sửa"


@pytest.mark.parametrize(("verb", "state"), [(actions.excuse, "excused"), (actions.cancel, "cancelled")])
def test_letting_off_needs_a_reason_and_happens_once(duty, coordinator, verb, state):
    with pytest.raises(ValidationError):
        verb(duty, by=coordinator, reason="")
    for _time in range(2):
        ended = verb(duty, by=coordinator, reason="Đã giải thể")

    assert (ended.state, ended.proof) == (state, "Đã giải thể")
    with pytest.raises(ValidationError):
        actions.close(duty, by=coordinator, proof="Xong")


def test_a_pause_needs_a_reason_and_ends(duty, coordinator):
    with pytest.raises(ValidationError):
        actions.pause(duty, by=coordinator, until=DUE, reason="")
    paused = actions.pause(duty, by=coordinator, until=DUE, reason="Nghỉ thai sản")
    assert paused.paused_until == DUE

    assert actions.pause(duty, by=coordinator, until=None, reason="").paused_until is None


def test_duties_of_a_leaver_go_back_to_the_role(duty, member, focal, colleague, coordinator):
    actions.reassign(duty, by=coordinator, person=colleague)
    other = ObligationFactory(organisation=member)

    listed = actions.hand_over(organisation=member, leaver=colleague, by=coordinator)

    assert [each.pk for each in listed] == [duty.pk, other.pk]
    assert Obligation.objects.filter(person=None).count() == 2


def test_an_unknown_kind_stays_readable():
    assert kinds.get("gone_away").label == "gone away"
