"""Whatever a finished report used: when it changes later, the difference is named."""

import datetime as dt

import pytest

from campaigns.models import FormLine
from projects.models import BudgetLine, DonorReport, IndicatorValue
from projects.reports import actions, comparing
from tests.factories import campaigns, meetings, projects, trainings
from tests.factories.reports import ReportFactory

DAY = dt.date(2020, 3, 1)


def publication(project, member):
    found = projects.PublicationFactory(project=project, title_vi="Sổ tay", published_on=DAY)
    return lambda: update(found, title_vi="Sổ tay (bản sửa)")


def policy_input(project, member):
    found = projects.PolicyInputFactory(project=project, title="Góp ý", submitted_on=DAY, stage="submitted")
    return lambda: update(found, stage="adopted")


def result(project, member):
    found = projects.ResultFactory(project=project, achieved_vi="Một")
    return lambda: update(found, achieved_vi="Hai")


def indicator_value(project, member):
    indicator = projects.ProjectIndicatorFactory(result=projects.ResultFactory(project=project), target=10)
    found = IndicatorValue.objects.create(indicator=indicator, starts_on=DAY, ends_on=DAY, value=3)
    return lambda: update(found, value=4)


def budget_line(project, member):
    found = BudgetLine.objects.create(
        funding=project.funding.get(), order=1, name_vi="In ấn", planned=600, spent=450
    )
    return lambda: update(found, spent=500)


def funding(project, member):
    return lambda: update(project.funding.get(), amount=2000)


def training(project, member):
    course = trainings.CourseFactory(name_vi="Vận động")
    activity = project.activities.get(kind="training", starts_on__year=2020)
    found = trainings.TrainingFactory(activity=activity, course=course)
    return lambda: update(found.course, name_vi="Vận động chính sách")


def difficulty(project, member):
    activity = project.activities.filter(state="held", starts_on__year=2020).first()
    return lambda: update(activity, difficulties="Mưa bão")


def objective(project, member):
    return lambda: update(project, objective_vi="Khác")


def update(record, **fields):
    assert type(record)._base_manager.filter(pk=record.pk).update(**fields) == 1


USED = {
    publication: "Ấn phẩm",
    policy_input: "Góp ý luật và chính sách",
    result: "Kết quả",
    indicator_value: "Chỉ số",
    budget_line: "Ngân sách và thực chi",
    funding: "Nguồn tài trợ",
    training: "Tập huấn",
    difficulty: "Khó khăn và bài học kinh nghiệm",
    objective: "Mục tiêu",
}


@pytest.mark.parametrize("used, named", USED.items(), ids=lambda each: getattr(each, "__name__", ""))
def test_a_later_change_of_what_a_report_used_is_named_with_both_rows(
    logged, member, coordinator, used, named
):
    change = used(logged, member)
    report = actions.finish(ReportFactory(project=logged), by=coordinator)
    assert comparing.since(report) == []

    change()

    report = DonorReport.objects.get(pk=report.pk)
    (found,) = comparing.since(report)
    assert found.what.startswith(named)
    assert found.new
    assert found.gone != found.new


def test_forms_and_follow_ups_of_a_coalitions_report_are_compared_too(reference, member, coordinator):
    moment = dt.datetime(2020, 4, 5, tzinfo=dt.UTC)
    form = campaigns.FormFactory(
        state="accepted", submitted_at=moment, first_submitted_at=moment, round__year=2020, round__quarter=1
    )
    action = meetings.FollowUpActionFactory(obligation__organisation=member)
    update(action.point.meeting.activity, starts_on=DAY, state="held")
    report = actions.finish(ReportFactory(project=None, template_code="ANNUAL"), by=coordinator)
    assert comparing.since(report) == []

    campaigns.FormLineFactory(form=form, part=FormLine.Part.DONE)
    update(action.obligation, state="done")

    changed = {each.what.split(",")[0] for each in comparing.since(report)}
    assert any(what.startswith("Phiếu hoạt động") for what in changed)
    assert "Việc cần làm tiếp theo" in changed


def test_time_alone_changes_nothing(logged, coordinator):
    """A report made before a duty was due says so still, though it is overdue by now."""
    action = meetings.FollowUpActionFactory(obligation__due_on=dt.date(2021, 1, 20))
    meeting = action.point.meeting.activity
    update(meeting, starts_on=DAY, state="held")
    meeting.projects.add(logged)
    report = ReportFactory(project=logged, template_code="ANNUAL")

    report = actions.finish(report, by=coordinator, now=dt.datetime(2021, 1, 15, tzinfo=dt.UTC))

    assert comparing.since(report) == []
