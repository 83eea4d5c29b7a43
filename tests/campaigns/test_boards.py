"""The board of a year and the page of a quarter: states, totals, pages, names, a constant number of statements."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from campaigns import actions, boards
from campaigns.models import QuarterlyForm
from coalition.members.models import Organisation
from coalition.notifications.models import Message
from coalition.obligations import nudges
from coalition.obligations.models import Obligation
from coalition.records import new_public_id
from tests.factories.campaigns import FormDutyFactory, FormFactory, RoundFactory
from tests.factories.members import MembershipFactory, OrganisationFactory


def address(name, record):
    return reverse(f"campaigns:{name}", args=[record.public_id])


def one_of_each(opened):
    """Give the round a form of its own organisation in each standing; return the day after it was due."""
    sent = timezone.make_aware(dt.datetime(2015, 4, 1, 9))
    late = timezone.make_aware(dt.datetime(2015, 6, 1, 9))
    for state, fields in {
        "accepted": {"first_submitted_at": late},
        "submitted": {"first_submitted_at": sent, "submitted_at": sent},
        "late": {"first_submitted_at": late, "submitted_at": late, "state": "submitted"},
        "returned": {"due_on": dt.date(2015, 9, 1)},
        "overdue": {"due_on": dt.date(2015, 4, 1), "state": "draft"},
        "draft": {"due_on": dt.date(2015, 9, 1)},
        "not_started": {"due_on": dt.date(2015, 9, 1)},
        "excused": {"duty": "excused", "state": "not_started"},
    }.items():
        organisation = OrganisationFactory(code=state, name_vi=f"Tổ chức {state}")
        duty = FormDutyFactory(
            organisation=organisation,
            due_on=fields.pop("due_on", dt.date(2015, 4, 14)),
            state=fields.pop(
                "duty", "open" if state in ("returned", "overdue", "draft", "not_started") else "done"
            ),
        )
        FormFactory(
            round=opened,
            organisation=organisation,
            obligation=duty,
            **{"state": state, "revision": 1, **fields},
        )
    return dt.date(2015, 7, 1)


@pytest.fixture
def empty_round(campaign, coordinator, today):
    opened, _issued = actions.open_round(campaign=campaign, year=2015, quarter=1, by=coordinator, today=today)
    return opened


def test_each_form_stands_where_its_state_and_its_duty_say(empty_round):
    today = one_of_each(empty_round)

    found = {form.organisation.code: form.standing for form in boards.rows_of_round(empty_round, today)}

    assert found == {standing: standing for standing in QuarterlyForm.Standing.values}


def test_lateness_is_what_the_form_itself_says(empty_round):
    one_of_each(empty_round)
    forms = QuarterlyForm.objects.filter(state="submitted").with_standing(dt.date(2015, 7, 1))

    assert {form.organisation.code: form.was_late for form in forms} == {"submitted": False, "late": True}
    assert {form.organisation.code: form.standing == "late" for form in forms} == {
        "submitted": False,
        "late": True,
    }


def test_the_board_shows_each_form_and_the_totals_of_each_quarter(client, empty_round, coordinator):
    one_of_each(empty_round)
    client.force_login(coordinator)

    shown = client.get(address("campaign_board", empty_round.campaign))

    page = shown.content.decode()
    assert page.count('class="filing-') == 8
    assert page.index("<tfoot>") > page.index("filing-accepted")
    assert "3 trên 8" in page
    assert {key: numbers for key, _words, numbers in shown.context["totals"]} == {
        "accepted": [1],
        "submitted": [1],
        "late": [1],
        "overdue": [4],  # today all duties of 2015 are overdue
        "excused": [1],
    }


def test_a_quarter_shows_one_state_when_asked_to(client, empty_round, coordinator):
    one_of_each(empty_round)
    client.force_login(coordinator)

    late = client.get(address("round_page", empty_round), {"standing": "late"})
    unknown = client.get(address("round_page", empty_round), {"standing": "x", "page": "x"})

    assert [form.organisation.code for form in late.context["forms"]] == ["late"]
    assert len(unknown.context["forms"]) == 8
    assert late.context["received"] == 3


@pytest.fixture
def crowd(empty_round):
    """So many members that they need two pages."""
    for number in range(boards.PER_PAGE + 2):
        organisation = OrganisationFactory(code=f"M{number:03}", name_vi=f"Hội {number:03}")
        duty = FormDutyFactory(organisation=organisation)
        FormFactory(round=empty_round, organisation=organisation, obligation=duty)
    return empty_round


@pytest.mark.parametrize("name", ["campaign_board", "round_page"])
def test_many_members_are_shown_page_by_page_and_found_by_name(client, crowd, coordinator, name):
    path = address(name, crowd.campaign if name == "campaign_board" else crowd)
    client.force_login(coordinator)

    first = client.get(path).content.decode()
    second = client.get(path, {"page": "2"}).content.decode()
    beyond = client.get(path, {"page": "99999999999999999999"})
    found = client.get(path, {"q": "hoi 007"}).content.decode()

    assert "Hội 000" in first
    assert "Hội 051" not in first
    assert "Hội 051" in second
    assert "Hội 000" not in second
    assert beyond.status_code == 200
    assert "Hội 007" in found
    assert "Hội 008" not in found
    assert "52" in found


def test_the_board_opens_with_the_newest_year_that_has_begun(client, empty_round, coordinator):
    tomorrow = timezone.localdate() + dt.timedelta(days=1)
    RoundFactory(
        campaign=empty_round.campaign,
        edition=empty_round.edition,
        year=2099,
        opens_on=tomorrow,
        due_on=tomorrow,
    )
    client.force_login(coordinator)

    shown = client.get(address("campaign_board", empty_round.campaign))
    to_come = client.get(address("campaign_board", empty_round.campaign), {"year": "2099"})

    assert (shown.context["years"], shown.context["year"]) == ([2099, 2015], 2015)
    assert to_come.context["year"] == 2099


@pytest.mark.parametrize("members", [1, 3])
def test_the_boards_ask_the_same_number_of_statements(
    client, campaign, coordinator, today, django_assert_num_queries, members
):
    for _number in range(members):
        OrganisationFactory(coalition_since="2010-01-01")
    opened, _issued = actions.open_round(campaign=campaign, year=2015, quarter=1, by=coordinator, today=today)
    client.force_login(coordinator)

    with django_assert_num_queries(9):
        client.get(address("campaign_board", campaign))
    with django_assert_num_queries(6):
        client.get(address("round_page", opened))


@pytest.mark.parametrize("person", ["focal", "colleague", "stranger", "donor"])
def test_members_do_not_see_who_has_filed(client, opened, person, request):
    client.force_login(request.getfixturevalue(person))

    assert client.get(address("round_page", opened)).status_code == 403
    assert client.get(address("campaign_board", opened.campaign)).status_code == 403


def test_nudging_reaches_more_members_than_one_nudge_of_the_ledger_takes(empty_round, coordinator, today):
    many = nudges.AT_ONCE + 1
    organisations = Organisation.objects.bulk_create(
        Organisation(code=f"N{number}", name_vi=f"Hội {number}", public_id=new_public_id())
        for number in range(many)
    )
    duties = Obligation.objects.bulk_create(
        Obligation(
            kind="form", organisation=organisation, title="Phiếu", due_on=today, public_id=new_public_id()
        )
        for organisation in organisations
    )
    QuarterlyForm.objects.bulk_create(
        QuarterlyForm(
            round=empty_round, organisation=duty.organisation, obligation=duty, public_id=new_public_id()
        )
        for duty in duties
    )
    answering = {
        MembershipFactory(organisation=organisation, role="focal").user
        for organisation in (organisations[0], organisations[-1])
    }
    sent = {"by": coordinator, "note": "", "key": "x", "now": timezone.now(), "today": today}

    told = [actions.nudge(empty_round.forms, **sent), actions.nudge(empty_round.forms, **sent)]

    assert told == [3, 0]
    people = {message.recipient for message in Message.objects.filter(kind="nudge")}
    assert people == {*answering, coordinator}  # who is told where nobody answers
