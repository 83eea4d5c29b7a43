"""A mail is looked at once more before it leaves: whom it still concerns, and what it says by then."""

import datetime as dt

import pytest
from django.utils import timezone

from coalition.members.models import Membership
from coalition.notifications import delivery
from coalition.notifications.models import Message
from coalition.obligations import actions, checking, planning
from coalition.obligations.models import Reminder
from tests.factories.members import MembershipFactory, UserFactory
from tests.factories.obligations import ObligationFactory

FRIDAY = dt.date(2025, 3, 7)
DUE = dt.date(2025, 3, 14)
pytestmark = pytest.mark.usefixtures("rules")


def at(day, hour):
    return timezone.make_aware(dt.datetime.combine(day, dt.time(hour)))


def plan_on(day, hour=9):
    """Plan as the clock does on that day, at that hour."""
    tally = planning.plan(today=day, now=at(day, hour))
    Message.objects.filter(created_at__gte=timezone.now() - dt.timedelta(minutes=5)).update(
        created_at=at(day, hour)
    )
    return tally


def deliver_on(day, hour=9):
    return delivery.run(now=lambda: at(day, hour))


def test_whoever_has_given_the_role_away_is_not_written_to_though_still_a_colleague(member, focal):
    ObligationFactory(organisation=member, due_on=DUE)
    plan_on(FRIDAY)
    Membership.objects.filter(user=focal).update(role="contributor")
    MembershipFactory(user=UserFactory(email="new@example.org"), organisation=member)

    tally = deliver_on(FRIDAY)

    assert (tally["sent"], tally["reasons"]) == (0, {"Somebody else answers for it now.": 1})
    plan_on(FRIDAY + dt.timedelta(days=3))
    assert Reminder.objects.get(state="planned").recipient.email == "new@example.org"


def test_a_head_who_steps_down_is_not_written_to(member, focal, viewer):
    Membership.objects.filter(user=viewer).update(is_head=True)
    ObligationFactory(organisation=member, due_on=FRIDAY - dt.timedelta(days=20))
    plan_on(FRIDAY)
    Membership.objects.filter(user=viewer).update(is_head=False)

    deliver_on(FRIDAY)

    assert dict(Message.objects.values_list("recipient", "state")) == {
        viewer.pk: "cancelled",
        focal.pk: "sent",
    }


def test_a_mail_that_was_held_up_speaks_of_the_day_on_which_it_leaves(member, focal):
    ObligationFactory(organisation=member, due_on=DUE, title="Gửi logo")
    plan_on(FRIDAY)
    assert "(còn 7 ngày)" in Message.objects.get().text_body

    deliver_on(FRIDAY + dt.timedelta(days=4))

    message = Message.objects.get()
    assert (message.state, "(còn 3 ngày)" in message.text_body) == ("sent", True)


def test_a_mail_for_a_day_named_by_hand_speaks_of_that_day(member, focal):
    ObligationFactory(organisation=member, due_on=DUE, title="Gửi logo")
    gone = ObligationFactory(organisation=member, due_on=DUE, title="Gửi ảnh")
    planning.plan(today=FRIDAY)
    gone.state = "done"
    gone.save()

    delivery.run()

    message = Message.objects.get()
    assert ("(còn 7 ngày)" in message.text_body, "Gửi ảnh" in message.text_body) == (True, False)


def test_when_mail_was_down_for_days_what_has_gathered_goes_out_in_one_mail(member, focal):
    first = ObligationFactory(organisation=member, due_on=DUE, title="Gửi logo")
    second = ObligationFactory(organisation=member, due_on=DUE + dt.timedelta(days=3), title="Gửi ảnh")
    for days in range(6):
        plan_on(FRIDAY + dt.timedelta(days=days))

    tally = deliver_on(FRIDAY + dt.timedelta(days=6))

    mail = Message.objects.get(state="sent")
    assert tally["sent"] == 1
    assert {*mail.reminders.values_list("obligation", "state")} == {(first.pk, "sent"), (second.pk, "sent")}
    assert {*Message.objects.exclude(pk=mail.pk).values_list("state", "state_reason")} == {
        ("cancelled", "A later mail says it.")
    }


def test_what_was_planned_in_the_evening_and_in_the_morning_is_one_mail(member, focal):
    ObligationFactory(organisation=member, due_on=DUE, title="Gửi logo")
    plan_on(dt.date(2025, 3, 6), hour=21)  # a Thursday: D-8, the step of D-14
    plan_on(FRIDAY, hour=0)

    assert deliver_on(FRIDAY, hour=8)["sent"] == 1


def test_who_holds_the_role_by_now_is_told_in_a_rehearsal_of_a_day_gone_by(member, focal):
    Membership.objects.update(starts_on=timezone.localdate())
    ObligationFactory(organisation=member, due_on=DUE)

    tally = planning.plan(today=FRIDAY)

    assert (tally["planned"], delivery.run()["sent"]) == (1, 1)


def test_planning_says_what_it_left_out(member, focal):
    ObligationFactory(organisation=member, due_on=DUE)
    ObligationFactory(organisation=member, due_on=DUE, paused_until=DUE)
    ObligationFactory(organisation=member, due_on=DUE, not_before=DUE)

    first, second = plan_on(FRIDAY), plan_on(FRIDAY)

    assert (first["planned"], first["skipped"]) == (1, {"already": 0, "paused": 1, "not_begun": 1})
    assert (second["planned"], second["skipped"]["already"]) == (0, 1)


def test_a_mail_that_was_cancelled_before_it_left_carries_what_comes_later_that_day(member, focal):
    duty = ObligationFactory(organisation=member, due_on=DUE)
    planning.plan(today=FRIDAY)
    actions.close(duty, by=focal, proof="Xong")
    cancelled = delivery.run()["cancelled"]
    ObligationFactory(organisation=member, due_on=DUE, title="Việc mới")

    tally = planning.plan(today=FRIDAY)

    assert (cancelled, tally["planned"], tally["mails"], tally["rewritten"]) == (1, 1, 0, 1)
    assert delivery.run()["sent"] == 1
    assert "Việc mới" in Message.objects.get().text_body


def test_what_is_paused_while_its_mail_is_under_way_counts_as_told(member, focal):
    duty = ObligationFactory(organisation=member, due_on=DUE)
    planning.plan(today=FRIDAY)
    message = Message.objects.get()
    assert checking.recheck(message, timezone.now()) == ""

    actions.pause(duty, by=focal, until=DUE - dt.timedelta(days=5), reason="Đi vắng")
    checking.sent(message)

    assert Reminder.objects.get().state == "sent"
    assert planning.plan(today=DUE - dt.timedelta(days=5))["planned"] == 0
