"""Duties follow their organisation into another one, and the role to whoever takes it over."""

import datetime as dt

import pytest
from django.utils import timezone

from coalition.members import actions as members
from coalition.members.models import Membership
from coalition.notifications import delivery
from coalition.notifications.models import Message
from coalition.obligations import planning
from coalition.obligations.models import Obligation
from tests.factories.obligations import ObligationFactory

pytestmark = pytest.mark.usefixtures("rules")


def test_open_duties_of_a_merged_organisation_are_owed_by_the_one_that_stays(
    client, member, other_member, focal, stranger, coordinator
):
    today = timezone.localdate()
    duty = ObligationFactory(organisation=member, due_on=today, title="Gửi logo")
    done = ObligationFactory(organisation=member, due_on=today, state="done")
    planning.plan(today=today)

    members.merge(organisation=member, into=other_member, by=coordinator)
    Message.objects.update(not_before=timezone.now() - dt.timedelta(minutes=1))
    delivery.run()

    assert dict(Obligation.objects.values_list("pk", "organisation")) == {
        duty.pk: other_member.pk, done.pk: member.pk,
    }  # fmt: skip
    assert dict(Message.objects.values_list("recipient", "state")) == {focal.pk: "sent"}
    assert duty.history.count() == 2
    client.force_login(stranger)
    assert "Gửi logo" in client.get("/owed/").content.decode()


def test_a_role_that_passes_on_takes_the_named_duties_along_and_leads_to_the_list(
    client, member, focal, colleague, coordinator
):
    duty = ObligationFactory(organisation=member, person=focal, title="Gửi logo")
    today = timezone.localdate()
    Membership.objects.filter(user=focal).update(starts_on=today - dt.timedelta(days=30))

    members.hand_over(
        membership=Membership.objects.get(user=focal), successor=colleague, starts_on=today, by=coordinator
    )

    duty.refresh_from_db()
    assert duty.person is None
    assert dict(Message.objects.values_list("recipient", "path")) == {
        focal.pk: "/owed/", colleague.pk: "/owed/hand-over/MEMBER/",
    }  # fmt: skip
    client.force_login(colleague)
    assert "Gửi logo" in client.get("/owed/hand-over/MEMBER/").content.decode()


@pytest.mark.parametrize(
    ("sort", "order"), [("due", ["Việc 1", "Việc 2", "Bỏ ngỏ"]), ("-due", ["Việc 2", "Việc 1", "Bỏ ngỏ"])]
)
def test_duties_without_a_date_come_last(client, member, coordinator, sort, order):
    ObligationFactory(organisation=member, title="Bỏ ngỏ", due_on=None)
    ObligationFactory(organisation=member, title="Việc 1", due_on=dt.date(2030, 1, 1))
    ObligationFactory(organisation=member, title="Việc 2", due_on=dt.date(2030, 1, 2))
    client.force_login(coordinator)

    rows = [
        row.split(",")[0]
        for row in b"".join(client.get(f"/owed/by/?sort={sort}&format=csv"))
        .decode("utf-8-sig")
        .splitlines()[1:]
    ]

    assert rows == order
