"""Whatever people do and however days pass: nobody is told twice, nobody is told of what is met, nothing is forgotten."""

import datetime as dt
from collections import Counter

import pytest
from django.db import connection, transaction
from django.utils import timezone
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as some
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from coalition.dates import is_working_day
from coalition.members.models import Membership
from coalition.notifications.models import Message
from coalition.obligations import actions, checking, ladder, planning
from coalition.obligations.models import Obligation, Reminder
from tests.factories.members import MembershipFactory, OrganisationFactory
from tests.factories.obligations import ObligationFactory

START = dt.date(2026, 1, 26)  # three weeks before Tết
DUTIES = some.integers(0, 4)


class Coalition(RuleBasedStateMachine):
    """One organisation, its people, a coordinator, a few duties, and a clock that may stand still."""

    def __init__(self):
        super().__init__()
        self.point = transaction.savepoint()
        ladder.load()
        self.today = START
        self.secretariat = OrganisationFactory(is_secretariat=True)
        self.coordinator = MembershipFactory(organisation=self.secretariat, role="coordinator").user
        self.organisation = OrganisationFactory()
        self.focal = MembershipFactory(organisation=self.organisation, starts_on=START).user
        self.colleague = MembershipFactory(
            organisation=self.organisation, role="contributor", starts_on=START
        ).user
        self.sent = []  # (duty, person, rule, version of the date) as carried by mails that left

    def teardown(self):
        transaction.savepoint_rollback(self.point)

    def now(self):
        """Nine in the morning of the machine's own day."""
        return timezone.make_aware(dt.datetime.combine(self.today, dt.time(9)))

    def duty(self, number):
        duties = list(Obligation.objects.order_by("pk"))
        return duties[number % len(duties)]

    @rule(days=some.integers(-5, 40))
    def open_one(self, days):
        ObligationFactory(organisation=self.organisation, due_on=self.today + dt.timedelta(days=days))

    @precondition(lambda self: Obligation.objects.exists())
    @rule(number=DUTIES, days=some.integers(-3, 30))
    def move(self, number, days):
        duty = self.duty(number)
        if duty.state == "open":
            due_on = self.today + dt.timedelta(days=days)
            actions.move(duty, due_on=due_on, reason="Chờ", by=self.coordinator)

    @precondition(lambda self: Obligation.objects.exists())
    @rule(number=DUTIES)
    def close(self, number):
        duty = self.duty(number)
        if duty.state == "open":
            actions.close(duty, by=self.focal, proof="Xong")

    @precondition(lambda self: Obligation.objects.exists())
    @rule(number=DUTIES, days=some.integers(0, 10))
    def owe_again(self, number, days):
        due_on = self.today + dt.timedelta(days=days)
        actions.reopen(self.duty(number), by=self.coordinator, due_on=due_on, reason="Cần sửa")

    @precondition(lambda self: Obligation.objects.exists())
    @rule(number=DUTIES, days=some.integers(1, 10))
    def pause(self, number, days):
        until = self.today + dt.timedelta(days=days)
        actions.pause(self.duty(number), by=self.focal, until=until, reason="Đi vắng")

    @precondition(lambda self: Obligation.objects.exists())
    @rule(number=DUTIES)
    def let_reminders_go_on(self, number):
        actions.pause(self.duty(number), by=self.focal, until=None, reason="")

    @precondition(lambda self: Obligation.objects.exists())
    @rule(number=DUTIES, is_named=some.booleans())
    def reassign(self, number, is_named):
        actions.reassign(self.duty(number), by=self.coordinator, person=self.colleague if is_named else None)

    @rule()
    def hand_the_role_over(self):
        held = Membership.objects.in_force(self.today).filter(organisation=self.organisation, role="focal")
        held.update(ends_on=self.today)
        self.focal = MembershipFactory(organisation=self.organisation, starts_on=self.today).user

    @rule(days=some.integers(1, 9))
    def let_days_pass(self, days):
        self.today += dt.timedelta(days=days)

    @rule(times=some.integers(1, 2))
    def let_the_clock_strike(self, times):
        for _time in range(times):
            planning.plan(today=self.today, now=self.now())
        self.everybody_overdue_was_told()

    @rule()
    def deliver(self):
        for message in Message.objects.filter(state="queued").order_by("pk"):
            reason = checking.recheck(message, self.now())
            if reason:
                Message.objects.filter(pk=message.pk).update(state="cancelled", state_reason=reason)
                continue
            carried = message.reminders.filter(state="planned").select_related("obligation")
            for reminder in carried:
                assert reminder.obligation.state == "open"
                assert reminder.due_version == reminder.obligation.due_version
                self.sent.append(
                    (reminder.obligation_id, reminder.recipient_id, reminder.rule_id, reminder.due_version)
                )
            checking.sent(message)
            Message.objects.filter(pk=message.pk).update(state="sent")

    def everybody_overdue_was_told(self):
        """After a strike on a working day, each overdue duty that is not paused has a reminder to somebody."""
        if not is_working_day(self.today):
            return
        last = self.today - dt.timedelta(
            days=5
        )  # long enough for D+1 to have come, whatever days off lie between
        overdue = Obligation.objects.overdue(last).exclude(paused_until__gt=self.today)
        for duty in overdue:
            live = duty.reminders.filter(due_version=duty.due_version).exclude(state="cancelled")
            assert live.exists(), f"nobody was told of {duty.pk}, due on {duty.due_on}, on {self.today}"

    @invariant()
    def nobody_is_told_twice(self):
        assert [key for key, times in Counter(self.sent).items() if times > 1] == []

    @invariant()
    def nobody_has_two_mails_a_day(self):
        days = Message.objects.filter(kind="digest").values_list("dedupe_key", flat=True)
        assert len(days) == len({*days})

    @invariant()
    def what_is_met_has_nothing_planned(self):
        planned = Reminder.objects.filter(state="planned")
        assert not planned.exclude(obligation__state="open").exists()


@pytest.mark.django_db
def test_reminders_keep_their_promises():
    steps = 40 if connection.vendor == "postgresql" else 25

    run_state_machine_as_test(
        Coalition, settings=hypothesis_settings(max_examples=25, stateful_step_count=steps, deadline=None)
    )
