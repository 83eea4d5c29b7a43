import datetime as dt
import json

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from campaigns import actions
from campaigns.models import FormLine, FormStep, QuarterlyForm, Question, ReportingRound
from coalition.members.models import CoalitionPeriod
from coalition.obligations.models import Obligation
from tests.factories.campaigns import CampaignFactory, FormActivityFactory
from tests.factories.members import CoalitionPeriodFactory, OrganisationFactory


def test_each_member_gets_one_form_and_one_duty(campaign, member, other_member, coordinator, today):
    opened, issued = actions.open_round(campaign=campaign, year=2015, quarter=1, by=coordinator, today=today)

    forms = QuarterlyForm.objects.filter(round=opened)
    assert issued == 2
    assert {form.organisation for form in forms} == {member, other_member}
    assert {form.state for form in forms} == {"not_started"}
    assert Obligation.objects.filter(kind="form", state="open", due_on=opened.due_on).count() == 2
    assert {form.obligation.source_path for form in forms} == {form.get_absolute_url() for form in forms}
    assert FormStep.objects.filter(verb="issued").count() == 2


def test_opening_twice_issues_nothing_twice(opened, campaign, coordinator, today):
    again, issued = actions.open_round(campaign=campaign, year=2015, quarter=1, by=coordinator, today=today)

    assert (again, issued) == (opened, 0)
    assert QuarterlyForm.objects.count() == 2
    assert Obligation.objects.count() == 2
    assert Question.objects.filter(round=opened).count() == 5


def test_a_member_who_joins_later_gets_its_form_when_the_round_is_opened_again(
    opened, campaign, coordinator, today
):
    CoalitionPeriodFactory(organisation=OrganisationFactory(code="LATE"), starts_on=today)

    _round, issued = actions.open_round(campaign=campaign, year=2015, quarter=1, by=coordinator, today=today)

    assert issued == 1


def test_only_members_as_of_the_opening_day_are_asked(campaign, member, other_member, coordinator, today):
    CoalitionPeriod.objects.filter(organisation=other_member).update(ends_on=today - dt.timedelta(days=1))
    CoalitionPeriodFactory(organisation=OrganisationFactory(), starts_on=today + dt.timedelta(days=1))

    opened, _issued = actions.open_round(campaign=campaign, year=2015, quarter=1, by=coordinator, today=today)

    assert [form.organisation for form in opened.forms.all()] == [member]


def test_tagged_activities_of_the_quarter_are_already_in_the_form(campaign, member, coordinator, today):
    edition = campaign.editions.get()
    inside = FormActivityFactory(lead=member)
    planned = FormActivityFactory(lead=member, state="planned")
    outside = FormActivityFactory(lead=member, starts_on=dt.date(2015, 4, 1))
    FormActivityFactory(lead=member, title="Không gắn chiến dịch")
    edition.activities.add(inside, planned, outside)

    opened, _issued = actions.open_round(campaign=campaign, year=2015, quarter=1, by=coordinator, today=today)

    assert [line.activity for line in FormLine.objects.filter(form__round=opened)] == [inside]


def test_lines_are_numbered_form_by_form(campaign, member, other_member, coordinator, today):
    for lead in (member, other_member):
        campaign.editions.get().activities.add(FormActivityFactory(lead=lead), FormActivityFactory(lead=lead))

    opened, _issued = actions.open_round(campaign=campaign, year=2015, quarter=1, by=coordinator, today=today)

    assert sorted(FormLine.objects.filter(form__round=opened).values_list("order", flat=True)) == [1, 1, 2, 2]


@pytest.mark.parametrize("members", [3, 15])
def test_the_number_of_statements_does_not_grow_with_the_members(campaign, coordinator, today, members):
    for _number in range(members):
        CoalitionPeriodFactory(organisation=OrganisationFactory())

    with CaptureQueriesContext(connection) as statements:
        actions.open_round(campaign=campaign, year=2015, quarter=1, by=coordinator, today=today)

    assert len(statements) == 22


def test_due_dates_are_working_days_after_the_quarter(campaign, member, coordinator, today):
    opened, _issued = actions.open_round(campaign=campaign, year=2015, quarter=1, by=coordinator, today=today)

    assert opened.due_on == dt.date(2015, 4, 14)
    assert opened.grace_until == dt.date(2015, 4, 21)


def test_questions_of_the_next_round_are_those_of_the_last_one(opened, campaign, coordinator, today):
    opened.questions.filter(code="support").delete()
    Question.objects.create(round=opened, code="extra", label_vi="Câu thêm", order=9)

    following, _issued = actions.open_round(
        campaign=campaign, year=2015, quarter=2, by=coordinator, today=today
    )

    codes = [question.code for question in following.questions.order_by("order")]
    assert codes == ["highlights", "difficulties", "common_logo", "links", "extra"]
    assert opened.questions.count() == 5


def test_a_campaign_without_a_run_in_that_year_gets_one(campaign, member, coordinator, today):
    opened, _issued = actions.open_round(campaign=campaign, year=2016, quarter=1, by=coordinator, today=today)

    assert opened.edition.starts_on == dt.date(2016, 1, 1)
    assert opened.edition.title_vi == "Hướng tới 25 năm CRC 2016"


def test_the_command_opens_a_round_and_says_so(campaign, member, other_member, capsys):
    call_command("open_round", "crc-25", "2015", "2", "--json")

    said = json.loads(capsys.readouterr().out)
    assert said["issued"] == 2
    assert said["quarter"] == "2015Q2"
    assert QuarterlyForm.objects.filter(round__quarter=2).count() == 2


def test_the_command_speaks_to_people_too_and_takes_dates(campaign, member, capsys):
    call_command(
        "open_round", "crc-25", "2015", "2", "--opens=2015-06-20", "--due=2015-07-10", "--grace=2015-07-15"
    )

    assert capsys.readouterr().out == "2015Q2: 1 forms issued, due on 10/07/2015.\n"
    opened = ReportingRound.objects.get()
    assert (opened.opens_on, opened.grace_until) == (dt.date(2015, 6, 20), dt.date(2015, 7, 15))


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"due": "2015-02-30"}, "invalid"),
        ({"opens": "2015-05-05", "due": "2015-05-04"}, "."),
        ({"due": "2015-05-04", "opens": "2015-05-01", "grace": "2015-05-03"}, "."),
    ],
)
def test_the_command_refuses_dates_that_do_not_fit_together(campaign, member, options, words):
    with pytest.raises(CommandError, match=words):
        call_command(
            "open_round", "crc-25", "2015", "2", *[f"--{name}={day}" for name, day in options.items()]
        )

    assert not ReportingRound.objects.exists()


def test_a_campaign_without_forms_asks_nobody(member):
    CampaignFactory(code="duong-pho", asks_for_forms=False)

    with pytest.raises(CommandError):
        call_command("open_round", "duong-pho", "2015", "2")

    assert not QuarterlyForm.objects.exists()


def dates(opened, **fields):
    questions = list(opened.questions.order_by("order"))
    sent = {
        "version": opened.version,
        "due_on": opened.due_on.isoformat(),
        "grace_until": opened.grace_until.isoformat(),
        "instructions_vi": "",
        "instructions_en": "",
        "reason": "",
        "questions-TOTAL_FORMS": len(questions) + 1,
        "questions-INITIAL_FORMS": len(questions),
    }
    for number, question in enumerate(questions):
        sent |= {
            f"questions-{number}-{name}": getattr(question, name)
            for name in ("id", "order", "code", "kind", "label_vi", "label_en", "hint_vi", "hint_en")
        }
        if question.is_required:
            sent[f"questions-{number}-is_required"] = "on"
    return {
        **sent,
        f"questions-{len(questions)}-order": "1",
        f"questions-{len(questions)}-kind": "text",
        **fields,
    }


def edit(client, opened, **fields):
    return client.post(f"/forms/rounds/{opened.public_id}/edit/", dates(opened, **fields))


def test_a_new_due_date_moves_the_duties_that_stood_on_the_old_one(
    client, opened, coordinator, form, strangers_form
):
    from coalition.obligations import actions as duties

    extended = dt.date(2015, 5, 29)
    duties.move(strangers_form.obligation, due_on=extended, reason="Chuyển văn phòng", by=coordinator)
    client.force_login(coordinator)

    edit(client, opened, due_on="2015-04-20", reason="Trùng ngày nghỉ")

    assert Obligation.objects.get(pk=form.obligation_id).due_on == dt.date(2015, 4, 20)
    assert Obligation.objects.get(pk=strangers_form.obligation_id).due_on == extended


def test_a_due_date_does_not_move_without_a_reason(client, opened, coordinator, form):
    client.force_login(coordinator)

    assert edit(client, opened, due_on="2015-04-20").status_code == 422
    assert Obligation.objects.get(pk=form.obligation_id).due_on == opened.due_on


def test_a_question_is_added_and_one_that_was_answered_stays(client, opened, coordinator, form, focal):
    actions.save_answers(form, typed={"highlights": "x"}, base_version=1, by=focal)
    client.force_login(coordinator)
    assert client.get(f"/forms/rounds/{opened.public_id}/edit/").status_code == 200

    added = edit(
        client,
        opened,
        **{"questions-5-code": "stories", "questions-5-label_vi": "Một câu chuyện", "questions-5-order": "6"},
    )
    opened.refresh_from_db()
    refused = edit(client, opened, **{"questions-0-DELETE": "on"})
    renamed = edit(client, opened, **{"questions-0-code": "other"})

    assert added.status_code == 302
    assert (refused.status_code, renamed.status_code) == (422, 422)
    assert [question.code for question in opened.questions.order_by("order")] == [
        "highlights",
        "difficulties",
        "support",
        "common_logo",
        "links",
        "stories",
    ]


@pytest.mark.parametrize("person", ["staff", "focal", "stranger"])
def test_only_the_coordinator_changes_a_round(client, opened, person, request):
    client.force_login(request.getfixturevalue(person))

    assert edit(client, opened, due_on="2015-04-20", reason="x").status_code == 403


def test_who_was_let_off_is_not_overdue_on_the_board(opened, form, coordinator):
    from campaigns import boards
    from coalition.obligations import actions as duties

    duties.excuse(form.obligation, by=coordinator, reason="Chuyển văn phòng")

    words = {row.organisation.code: row.standing for row in boards.rows_of_round(opened, dt.date(2016, 1, 1))}
    assert words == {"MEMBER": "excused", "OTHER": "overdue"}
