"""Rounds that are prepared for a day to come, and opened by the clock on that day."""

import datetime as dt
import json

import pytest
from django.core.management import call_command
from django.utils import timezone

from campaigns import actions, tasks
from campaigns.models import QuarterlyForm, ReportingRound
from coalition.members.models import CoalitionPeriod
from coalition.obligations.models import Obligation
from tests.campaigns.test_rounds import dates
from tests.factories.campaigns import FormActivityFactory, RoundFactory
from tests.factories.members import CoalitionPeriodFactory, OrganisationFactory

OPENS = dt.date(2015, 4, 1)


@pytest.fixture
def prepared(campaign, member, other_member, coordinator, today):
    prepared, _issued = actions.open_round(
        campaign=campaign, year=2015, quarter=1, by=coordinator, today=today, opens_on=OPENS
    )
    return prepared


def test_nothing_goes_out_before_the_day(prepared):
    assert actions.open_prepared(OPENS - dt.timedelta(days=1)) == 0
    assert not QuarterlyForm.objects.exists()
    assert not Obligation.objects.exists()
    assert prepared.questions.count() == 5


def test_on_the_day_the_members_of_that_day_are_asked_once(prepared, member, other_member):
    CoalitionPeriod.objects.filter(organisation=other_member).update(ends_on=OPENS - dt.timedelta(days=1))
    joined = CoalitionPeriodFactory(organisation=OrganisationFactory(), starts_on=OPENS).organisation
    activity = FormActivityFactory(lead=member)
    prepared.edition.activities.add(activity)

    issued = [actions.open_prepared(OPENS), actions.open_prepared(OPENS)]

    assert issued == [2, 0]
    assert {form.organisation for form in prepared.forms.all()} == {member, joined}
    assert [line.activity for line in prepared.forms.get(organisation=member).lines.all()] == [activity]
    assert {duty.due_on for duty in Obligation.objects.all()} == {prepared.due_on}


def test_a_clock_that_comes_late_still_asks_the_members_of_the_day(prepared, other_member):
    CoalitionPeriod.objects.filter(organisation=other_member).update(ends_on=OPENS)

    assert actions.open_prepared(OPENS + dt.timedelta(days=40)) == 2


def test_the_task_opens_what_is_due_today(prepared, campaign):
    tomorrow = timezone.localdate() + dt.timedelta(days=1)
    RoundFactory(campaign=campaign, edition=prepared.edition, quarter=2, opens_on=tomorrow, due_on=tomorrow)

    assert [tasks.open_rounds(), tasks.open_rounds()] == [2, 0]
    assert {form.round for form in QuarterlyForm.objects.all()} == {prepared}


def test_opening_it_by_hand_before_its_day_issues_nothing(prepared, campaign, coordinator, today):
    again, issued = actions.open_round(campaign=campaign, year=2015, quarter=1, by=coordinator, today=today)

    assert (again, issued) == (prepared, 0)
    assert not QuarterlyForm.objects.exists()


@pytest.fixture
def to_come(campaign, member, other_member, coordinator):
    """A round that opens a week from the day on which the tests run."""
    today = timezone.localdate()
    prepared, _issued = actions.open_round(
        campaign=campaign,
        year=2015,
        quarter=3,
        by=coordinator,
        today=today,
        opens_on=today + dt.timedelta(days=7),
    )
    return prepared


def test_its_pages_say_when_it_opens(client, to_come, campaign, coordinator):
    client.force_login(coordinator)
    day = f"{to_come.opens_on:%d/%m/%Y}"

    page = client.get(to_come.get_absolute_url()).content.decode()

    assert f"Mở ngày {day}" in page
    assert "2 tổ chức" in page
    for path in (campaign.get_absolute_url(), f"{campaign.get_absolute_url()}board/"):
        assert f"mở ngày {day}" in client.get(path).content.decode()


def test_it_is_prepared_from_the_page(client, campaign, member, coordinator):
    client.force_login(coordinator)
    opens_on = timezone.localdate() + dt.timedelta(days=30)
    typed = {"campaign": campaign.pk, "year": "2015", "quarter": "2", "opens_on": opens_on.isoformat()}

    refused = client.post("/forms/rounds/new/", {**typed, "due_on": timezone.localdate().isoformat()})
    taken = client.post(
        "/forms/rounds/new/", {**typed, "due_on": (opens_on + dt.timedelta(days=9)).isoformat()}
    )

    assert refused.status_code == 422
    assert "due_on" in refused.context["typed"].errors
    assert taken.status_code == 302
    assert ReportingRound.objects.get().opens_on == opens_on
    assert not QuarterlyForm.objects.exists()


def test_until_then_its_dates_change_without_a_reason(client, to_come, coordinator):
    client.force_login(coordinator)
    later = to_come.opens_on + dt.timedelta(days=3)

    answered = client.post(
        f"{to_come.get_absolute_url()}edit/",
        dates(
            to_come,
            opens_on=later.isoformat(),
            due_on=(later + dt.timedelta(days=20)).isoformat(),
            grace_until="",
        ),
    )

    to_come.refresh_from_db()
    assert answered.status_code == 302
    assert (to_come.opens_on, to_come.due_on) == (later, later + dt.timedelta(days=20))
    assert not QuarterlyForm.objects.exists()


def test_it_opens_at_once_when_its_day_is_moved_to_today(client, to_come, coordinator):
    client.force_login(coordinator)
    sent = dates(to_come, opens_on=timezone.localdate().isoformat())

    client.post(f"{to_come.get_absolute_url()}edit/", sent)

    assert to_come.forms.count() == 2


def test_the_day_of_an_open_round_does_not_move(client, opened, coordinator):
    client.force_login(coordinator)
    before = opened.opens_on

    client.post(f"{opened.get_absolute_url()}edit/", dates(opened, opens_on="2015-03-01"))

    opened.refresh_from_db()
    assert opened.opens_on == before


def test_the_command_prepares_too(campaign, member, capsys):
    day = timezone.localdate() + dt.timedelta(days=30)

    call_command("open_round", "crc-25", "2015", "2", f"--opens={day.isoformat()}", "--json")
    said = json.loads(capsys.readouterr().out)
    call_command("open_round", "crc-25", "2015", "2")

    assert (said["issued"], said["opens_on"]) == (0, day.isoformat())
    assert f"opens on {day:%d/%m/%Y}" in capsys.readouterr().out
