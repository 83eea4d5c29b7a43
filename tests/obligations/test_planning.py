"""Reminders are planned for the right people, once, whatever day the clock runs."""

import datetime as dt
import json

import pytest
from django.core.management import call_command
from django.utils import timezone

from coalition.members.models import Membership
from coalition.notifications.models import Message, Preference
from coalition.obligations import actions, planning, tasks
from coalition.obligations.models import Obligation, Reminder, ReminderRule
from tests.factories.members import MembershipFactory, OrganisationFactory, UserFactory
from tests.factories.notifications import PreferenceFactory
from tests.factories.obligations import ObligationFactory

DUE = dt.date(2025, 3, 14)  # a Friday
pytestmark = pytest.mark.usefixtures("rules")


def plan(day):
    return planning.plan(today=day)


def told():
    return sorted(Reminder.objects.values_list("recipient__email", "rule__offset"))


def days_before(number):
    return DUE - dt.timedelta(days=number)


def test_the_role_is_reminded_seven_days_before(member, focal, colleague, stranger):
    ObligationFactory(organisation=member, due_on=DUE)

    tally = plan(days_before(7))

    assert told() == [("focal@example.org", -7)]
    assert tally == {
        "today": "2025-03-07",
        "planned": 1,
        "mails": 1,
        "rewritten": 0,
        "portal_only": 0,
        "bridges": 0,
        "skipped": {"already": 0, "paused": 0, "not_begun": 0},
    }


def test_running_twice_changes_nothing(member, focal):
    ObligationFactory(organisation=member, due_on=DUE)
    plan(days_before(7))
    before = list(Message.objects.values())

    tally = plan(days_before(7))

    assert (tally["planned"], tally["mails"]) == (0, 0)
    assert list(Message.objects.values()) == before
    assert Reminder.objects.count() == 1


def test_the_whole_ladder_reminds_once_a_step(member, focal, coordinator):
    ObligationFactory(organisation=member, due_on=DUE)

    for days in range(-20, 30):
        plan(DUE + dt.timedelta(days=days))

    assert told() == [
        ("coordinator@example.org", 10),
        ("focal@example.org", -14), ("focal@example.org", -7), ("focal@example.org", -1),
        ("focal@example.org", 1), ("focal@example.org", 7),
    ]  # fmt: skip
    assert [d.weekday() < 5 for d in Reminder.objects.values_list("planned_for", flat=True)] == [True] * 6


def test_a_clock_that_was_off_for_nine_days_makes_up_with_one_mail(member, focal):
    first = ObligationFactory(organisation=member, due_on=DUE, title="Phiếu quý")
    second = ObligationFactory(organisation=member, due_on=DUE + dt.timedelta(days=3), title="Logo")
    plan(days_before(13))
    Message.objects.update(state="sent")
    Reminder.objects.update(state="sent")

    tally = plan(days_before(4))

    mail = Message.objects.get(state="queued")
    assert (tally["planned"], tally["mails"]) == (2, 1)
    assert {*mail.reminders.values_list("obligation", "rule__offset")} == {(first.pk, -7), (second.pk, -7)}


def test_a_week_that_was_missed_ends_with_the_latest_step_only(member, focal):
    ObligationFactory(organisation=member, due_on=DUE)

    plan(days_before(-4))

    assert told() == [("focal@example.org", 1)]


def test_a_named_person_is_told_instead_of_the_role(member, focal, colleague):
    ObligationFactory(organisation=member, due_on=DUE, person=colleague)

    plan(days_before(7))

    assert told() == [("colleague@example.org", -7)]


def test_when_the_named_person_leaves_the_role_is_told(member, focal, colleague):
    ObligationFactory(organisation=member, due_on=DUE, person=colleague)
    Membership.objects.filter(user=colleague).update(ends_on=days_before(20))

    plan(days_before(7))

    assert told() == [("focal@example.org", -7)]


def test_duties_move_with_the_role(member, focal):
    ObligationFactory(organisation=member, due_on=DUE)
    plan(days_before(7))
    Membership.objects.filter(user=focal).update(ends_on=days_before(6))
    MembershipFactory(
        user=UserFactory(email="new@example.org"), organisation=member, starts_on=days_before(5)
    )

    plan(days_before(4))

    assert told() == [("focal@example.org", -7), ("new@example.org", -7)]


def test_where_nobody_holds_the_role_the_coordinators_are_told(coordinator):
    ObligationFactory(organisation=OrganisationFactory(), due_on=DUE)

    plan(DUE + dt.timedelta(days=3))

    assert told() == [("coordinator@example.org", 1)]


def test_after_ten_days_the_head_and_the_coordinator_are_told(member, focal, viewer, coordinator):
    Membership.objects.filter(user=viewer).update(is_head=True)
    ObligationFactory(organisation=member, due_on=DUE)

    plan(DUE + dt.timedelta(days=10))

    assert told() == [("coordinator@example.org", 10), ("focal@example.org", 7), ("viewer@example.org", 10)]


def test_the_coordinator_may_stop_it_with_a_reason(member, focal, coordinator):
    duty = ObligationFactory(organisation=member, due_on=DUE)
    actions.pause(duty, by=coordinator, until=dt.date(9999, 12, 31), reason="Tổ chức đang giải thể")

    for days in range(40):
        plan(DUE + dt.timedelta(days=days))

    assert told() == []


@pytest.mark.parametrize(
    "fields",
    [
        {"state": "done"},
        {"state": "excused"},
        {"archived_at": timezone.now()},
        {"due_on": None},
        {"not_before": dt.date(2025, 3, 10)},
        {"paused_until": dt.date(2025, 3, 10)},
    ],
)
def test_what_is_not_owed_now_is_not_reminded_of(member, focal, fields):
    Obligation.objects.filter(pk=ObligationFactory(organisation=member, due_on=DUE).pk).update(**fields)

    assert plan(days_before(7))["planned"] == 0


def test_a_pause_that_ends_is_made_up_for_once(member, focal):
    duty = ObligationFactory(organisation=member, due_on=DUE)
    Obligation.objects.filter(pk=duty.pk).update(paused_until=days_before(4))

    for days in range(9, 2, -1):
        plan(days_before(days))

    assert list(Reminder.objects.values_list("rule__offset", "planned_for")) == [(-7, days_before(4))]


def test_what_a_pause_cancelled_is_planned_again_after_it(member, focal):
    duty = ObligationFactory(organisation=member, due_on=DUE)
    plan(days_before(7))
    actions.pause(duty, by=focal, until=days_before(4), reason="Đi vắng")

    states = []
    for days in (6, 4):
        plan(days_before(days))
        states.append(Reminder.objects.get().state)

    assert states == ["cancelled", "planned"]


def test_a_kind_with_steps_of_its_own_leaves_the_general_ladder(member, focal):
    ReminderRule.objects.create(kind="other", offset=-3)
    ObligationFactory(organisation=member, due_on=DUE)
    ObligationFactory(organisation=member, due_on=DUE, kind="something_else")

    plan(days_before(3))

    assert sorted(Reminder.objects.values_list("obligation__kind", "rule__offset")) == [
        ("other", -3), ("something_else", -7),
    ]  # fmt: skip


def test_a_step_out_of_use_reminds_nobody_and_the_one_before_goes_on(member, focal):
    ReminderRule.objects.filter(offset=-7).update(is_on=False)
    ObligationFactory(organisation=member, due_on=DUE)

    plan(days_before(7))

    assert told() == [("focal@example.org", -14)]


def test_on_a_day_off_only_what_cannot_wait_is_caught_up_with(member, focal):
    ObligationFactory(organisation=member, due_on=dt.date(2025, 3, 17), title="Hạn thứ Hai")
    ObligationFactory(organisation=member, due_on=dt.date(2025, 3, 24), title="Hạn tuần sau")

    plan(dt.date(2025, 3, 16))  # a Sunday

    assert list(Reminder.objects.values_list("obligation__title", flat=True)) == ["Hạn thứ Hai"]


def test_nothing_goes_out_during_tet(member, focal):
    for offset in range(-20, 21):
        ObligationFactory(organisation=member, due_on=dt.date(2026, 2, 17) + dt.timedelta(days=offset))
    plan(dt.date(2026, 2, 13))

    planned = [plan(dt.date(2026, 2, day))["planned"] for day in range(14, 23)]

    assert planned == [0] * 9


def test_one_mail_a_day_carries_everything(member, focal):
    for number in range(3):
        ObligationFactory(organisation=member, due_on=DUE, title=f"Việc {number}")

    plan(days_before(7))
    ObligationFactory(organisation=member, due_on=DUE, title="Việc mới")
    tally = plan(days_before(7))

    message = Message.objects.get()
    assert (tally["mails"], tally["rewritten"]) == (0, 1)
    assert "Việc mới" in message.text_body
    assert message.subject == "[Cần làm] Việc 0 – hạn 14/03/2025 (và 3 việc khác)"


def test_what_comes_after_the_days_mail_waits_for_tomorrow(member, focal):
    ObligationFactory(organisation=member, due_on=DUE, title="Việc 1")
    plan(dt.date(2025, 3, 6))
    Message.objects.update(state="sent")
    ObligationFactory(organisation=member, due_on=DUE, title="Việc 2")

    same_day = plan(dt.date(2025, 3, 6))
    next_day = plan(dt.date(2025, 3, 7))

    assert (same_day["planned"], same_day["mails"], next_day["mails"]) == (1, 0, 1)
    mail = Message.objects.get(state="queued")
    assert (mail.text_body.count("- Việc 1"), mail.text_body.count("- Việc 2")) == (1, 1)


def test_whoever_wants_one_mail_a_week_gets_it_on_its_first_working_day(member, focal):
    PreferenceFactory(user=focal, reminders=Preference.Rhythm.WEEKLY)
    ObligationFactory(organisation=member, due_on=dt.date(2025, 3, 20))

    mails = [plan(dt.date(2025, 3, day))["mails"] for day in range(12, 19)]

    assert mails == [0, 0, 0, 0, 0, 1, 0]  # Monday 17 March
    assert Reminder.objects.filter(message=None).count() == 0


def test_a_missed_monday_is_made_up_for_on_tuesday(member, focal):
    PreferenceFactory(user=focal, reminders=Preference.Rhythm.WEEKLY)
    ObligationFactory(organisation=member, due_on=dt.date(2025, 3, 20))
    plan(dt.date(2025, 3, 13))

    assert plan(dt.date(2025, 3, 18))["mails"] == 1


def test_whoever_wants_no_mail_finds_it_on_the_portal(member, focal):
    PreferenceFactory(user=focal, reminders=Preference.Rhythm.NEVER)
    ObligationFactory(organisation=member, due_on=DUE)

    tally = plan(days_before(7))

    assert (tally["mails"], tally["portal_only"]) == (0, 1)
    assert Reminder.objects.get().state == "shown"


def test_reminders_wait_for_the_end_of_the_quiet_hours(member, focal):
    today = dt.date(2025, 3, 7)
    ObligationFactory(organisation=member, due_on=DUE)
    night = timezone.make_aware(dt.datetime(2025, 3, 7, 0, 30))

    planning.plan(today=today, now=night)

    assert timezone.localtime(Message.objects.get().not_before) == timezone.make_aware(
        dt.datetime(2025, 3, 7, 7)
    )


def test_in_the_evening_the_mail_waits_for_the_morning(member, focal):
    ObligationFactory(organisation=member, due_on=DUE)

    planning.plan(today=dt.date(2025, 3, 7), now=timezone.make_aware(dt.datetime(2025, 3, 7, 21)))

    assert timezone.localtime(Message.objects.get().not_before) == timezone.make_aware(
        dt.datetime(2025, 3, 8, 7)
    )


def test_statements_do_not_grow_with_duties_nor_people(django_assert_num_queries):
    def owe(number):
        for _time in range(number):
            membership = MembershipFactory()
            ObligationFactory(organisation=membership.organisation, due_on=DUE)

    owe(1)
    with django_assert_num_queries(38):
        plan(days_before(7))
    owe(30)
    with django_assert_num_queries(38):
        plan(days_before(7))


def test_the_command_prints_json(member, focal, capsys):
    ObligationFactory(organisation=member, due_on=DUE)

    call_command("plan_reminders", "--today", "2025-03-07", "--json")

    assert json.loads(capsys.readouterr().out)["planned"] == 1


def test_the_task_runs_twice(member, focal):
    ObligationFactory(organisation=member, due_on=timezone.localdate())

    first, second = tasks.plan_reminders(), tasks.plan_reminders()

    assert (first["planned"], second["planned"]) == (1, 0)
